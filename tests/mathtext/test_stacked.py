"""Formulas in two dimensions, read by eye once and fixed here."""

from __future__ import annotations

import pytest

from quizapp.mathtext import parse, stacked
from quizapp.mathtext.stacked import gains_by_stacking

GOLDEN = {
    r"E(y) = -\frac{1}{2}\sum_{i,j} w_{ij} y_i y_j - \sum_i b_i y_i": """
          1
E(y) = − ───  Σ  wᵢⱼyᵢyⱼ − Σ bᵢyᵢ
          2  i,j           i
""",
    r"\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V": """
       ⎛ QKᵀ ⎞
softmax⎜─────⎟V
       ⎜  __ ⎟
       ⎝ √dₖ ⎠
""",
    r"\mathcal{L} = -\frac{1}{N}\sum_{n=1}^{N} \log p(y_n \mid x_n)": """
       1   N
ℒ = − ───  Σ  log p(yₙ | xₙ)
       N  n=1
""",
    r"\frac{\partial E}{\partial y}\frac{\partial y}{\partial z}": """
 ∂E   ∂y
──── ────
 ∂y   ∂z
""",
    r"\frac{e^{z_i}}{\sum_j e^{z_j}}": """
   zᵢ
  e
───────
    zⱼ
 Σ e
 j
""",
    r"\sigma(z) = \frac{1}{1+\frac{1}{x}}": """
           1
σ(z) = ─────────
             1
        1 + ───
             x
""",
    r"W = \begin{bmatrix} 1 & -0.25 \\ 0.5 & 10 \end{bmatrix} x": """
W = ⎡ 1    −0.25 ⎤x
    ⎣ 0.5  10    ⎦
""",
    r"\begin{pmatrix} a \\ b + c \\ d \end{pmatrix}^\top": """
⎛   a   ⎞ᵀ
⎜ b + c ⎟
⎝   d   ⎠
""",
    r"\begin{bmatrix} 1 & 2 \end{bmatrix}": """
[ 1  2 ]
""",
    r"f(z)=\begin{cases} 1 & \text{if } z \ge 0 \\ 0 & \text{otherwise} \end{cases}": """
       ⎧ 1  if z ≥ 0
f(z) = ⎨
       ⎩ 0  otherwise
""",
    r"\begin{cases} a \\ b \\ c \end{cases}": """
⎧ a
⎨ b
⎩ c
""",
    r"\sqrt{b^2 - 4ac}": """
 ________
√b² − 4ac
""",
    r"\sqrt{\frac{a}{b}}": """
 ┌───
 │ a
 │───
╲│ b
""",
    r"\max_{a'} Q(s', a')": """
max Q(s′, a′)
a′
""",
    r"\sigma_B^2 + w_{\text{new}}": """
σ² + w
 B    new
""",
    r"\left\lfloor \frac{n}{s} \right\rfloor^2": """
⎢ n ⎥²
⎢───⎥
⎣ s ⎦
""",
    r"\left\{\begin{matrix} 1 \\ 0 \end{matrix}\right.": """
⎰1
⎱0
""",
    r"\binom{n}{k}": """
⎛n⎞
⎜ ⎟
⎝k⎠
""",
    r"\underbrace{Wx + b}_{\text{net input}}": """
 Wx + b
 ╰─┬──╯
net input
""",
    r"\overline{x + y} + \underline{ab}": """
_____
x + y + ab
        ‾‾
""",
    r"\begin{aligned} z &= Wx + b \\ y &= \frac{1}{1+e^{-z}} \end{aligned}": """
z = Wx + b

        1
y = ─────────
     1 + e⁻ᶻ
""",
    r"\tfrac{1}{2} x_i^2 + \mathbb{R}": """
½xᵢ² + ℝ
""",
    r"\sqrt[q]{x}": """
q _
 √x
""",
    r"\left(\frac{a}{b}\right)'_{pq}": """
⎛ a ⎞′
⎜───⎟
⎝ b ⎠pq
""",
    r"\left\| \begin{matrix} 1 \\ 2 \\ 3 \end{matrix} \right\|": """
║1║
║2║
║3║
""",
    r"\left\{ \frac{a}{b} \right\}": """
⎧ a ⎫
⎨───⎬
⎩ b ⎭
""",
}


@pytest.mark.parametrize("latex", GOLDEN)
def test_real_formulas(latex: str) -> None:
    lines = [line.rstrip() for line in stacked(latex).lines]
    assert lines == GOLDEN[latex].strip("\n").split("\n")


def test_the_baseline_is_the_line_that_neighbours_meet() -> None:
    block = stacked(r"x = \frac{a}{\frac{b}{c}}")
    assert block.lines[block.baseline].startswith("x = ─")


def test_a_matrix_of_two_rows_meets_on_its_first() -> None:
    block = stacked(r"Q = \begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}")
    assert block.baseline == 0


@pytest.mark.parametrize(
    ("latex", "gains"),
    [
        (r"\frac{a}{b}", True),
        (r"\sum_i x_i", True),
        (r"\left(\begin{matrix} 1 \end{matrix}\right)", True),
        (r"\begin{cases} 1 \\ 2 \end{cases}", True),
        (r"a + \sqrt{\frac{a}{b}}", True),
        (r"\tfrac{a}{b}", False),
        (r"\sum x", False),
        (r"x^2 + \sqrt{y}", False),
        (r"\max_i x_i", False),
    ],
)
def test_stacking_gains_where_something_has_a_height(latex: str, *, gains: bool) -> None:
    assert gains_by_stacking(parse(latex)) is gains
