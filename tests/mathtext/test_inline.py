"""Real formulas of the courses on one line, read by eye once and fixed here."""

from __future__ import annotations

import unicodedata

import pytest

from quizapp.mathtext import MathError, inline, parse

GOLDEN = [
    # Energies, recursions, attention: what the shipped cards are full of.
    (
        r"E(y) = -\frac{1}{2}\sum_{i,j} w_{ij} y_i y_j - \sum_i b_i y_i",
        "E(y) = −½ Σ_(i,j) wᵢⱼyᵢyⱼ − Σᵢ bᵢyᵢ",
    ),
    (r"E = -\frac12\sum_{ij} w_{ij} y_i y_j", "E = −½ Σᵢⱼ wᵢⱼyᵢyⱼ"),
    (
        r"\delta^{(\ell)} = (W^{(\ell+1)})^\top \delta^{(\ell+1)} \odot \varphi'(z^{(\ell)})",
        "δ⁽ˡ⁾ = (W⁽ˡ⁺¹⁾)ᵀδ⁽ˡ⁺¹⁾ ⊙ φ′(z⁽ˡ⁾)",
    ),
    (
        r"\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V",
        "softmax(QKᵀ/√d_k)V",
    ),
    (r"\softmax(Q K^T / \sqrt{d_k}) V", "softmax(QKᵀ/√d_k)V"),
    (r"PE(pos,2i)=\sin(pos/10000^{2i/d})", "PE(pos, 2i) = sin(pos/10000^(2i/d))"),
    (r"x_{pos,2i}", "x_(pos,2i)"),
    (r"\Delta w_{ij} = \eta\,\delta_j\,y_i", "Δwᵢⱼ = η δⱼ yᵢ"),
    (r"\hat{y} = \sigma(\mathbf{w}^\top \mathbf{x} + b)", "ŷ = σ(wᵀx + b)"),
    (
        r"\mathcal{L} = -\frac{1}{N}\sum_{n=1}^{N} \log p(y_n \mid x_n)",
        "ℒ = −(1/N) Σₙ₌₁ᴺ log p(yₙ | xₙ)",
    ),
    (r"\sigma(z) = \frac{1}{1+e^{-z}}", "σ(z) = 1/(1 + e⁻ᶻ)"),
    (r"\frac{e^{z_i}}{\sum_j e^{z_j}}", "e^(zᵢ)/(Σⱼ e^(zⱼ))"),
    (r"w_{\text{new}} = w_{\text{old}} - \eta \nabla E", "w_new = w_old − η∇E"),
    (
        r"h_t = \tanh(W_{hh} h_{t-1} + W_{xh} x_t + b_h)",
        "hₜ = tanh(Wₕₕhₜ₋₁ + Wₓₕxₜ + bₕ)",
    ),
    (r"\hat{m}_t = \frac{m_t}{1-\beta_1^t}", "m̂ₜ = mₜ/(1 − β₁ᵗ)"),
    (
        r"\theta_{t+1} = \theta_t - \frac{\eta}{\sqrt{\hat{v}_t}+\epsilon}\hat{m}_t",
        "θₜ₊₁ = θₜ − (η/(√v̂_t + ϵ))m̂ₜ",
    ),
    (
        r"w_{ij} = \frac{1}{N}\sum_{\mu=1}^{P} \xi_i^\mu \xi_j^\mu, \quad w_{ii} = 0",
        "wᵢⱼ = (1/N) Σ_(μ=1)^P ξᵢ^μ ξⱼ^μ,  wᵢᵢ = 0",
    ),
    (
        r"E_w = -\frac{\partial E}{\partial y}\frac{\partial y}{\partial w}",
        "E_w = −(∂E/∂y)(∂y/∂w)",
    ),
    (r"\lVert x - y \rVert^2 = \sum_{i=1}^{N} (x_i - y_i)^2", "‖x − y‖² = Σᵢ₌₁ᴺ (xᵢ − yᵢ)²"),
    (r"\mathbb{E}_{x \sim p}[f(x)]", "𝔼_(x∼p)[f(x)]"),
    (r"\mathrm{Var}[X] = \E[X^2] - \E[X]^2", "Var[X] = 𝔼[X²] − 𝔼[X]²"),
    (
        r"\mathrm{KL}(q \| p) = \sum_x q(x) \log\frac{q(x)}{p(x)}",
        "KL(q‖p) = Σₓ q(x) log(q(x)/p(x))",
    ),
    (r"\max_{a'} Q(s',a') + \arg\max_y p(y)", "max_(a′) Q(s′, a′) + arg max_y p(y)"),
    (r"-\log \frac{\exp(s_i/\tau)}{\sum_j \exp(s_j/\tau)}", "−log(exp(sᵢ/τ)/(Σⱼ exp(sⱼ/τ)))"),
    (r"\left\lfloor \frac{n + 2p - k}{s} \right\rfloor + 1", "⌊(n + 2p − k)/s⌋ + 1"),
    (r"\nabla_\theta J(\theta)", "∇_θ J(θ)"),
    (r"\delta = \nabla_h \mathrm{loss} \odot \varphi'(z)", "δ = ∇ₕ loss ⊙ φ′(z)"),
    (
        r"\sum_{u \in \mathcal{N}(v)} \frac{1}{|\mathcal{N}(v)|} W h_u",
        "Σ_(u∈𝒩(v)) (1/|𝒩(v)|)Whᵤ",
    ),
    # Fractions: parentheses exactly where the bar did their work.
    (r"\frac{a+b}{c}", "(a + b)/c"),
    (r"\frac{a}{b+c}", "a/(b + c)"),
    (r"\frac{ab}{c}", "ab/c"),
    (r"\frac{a}{bc}", "a/(bc)"),
    (r"\frac{1}{2N}", "1/(2N)"),
    (r"\frac{1}{N(N-1)}", "1/(N(N − 1))"),
    (r"\frac{P(B|A)P(A)}{P(B)}", "P(B|A)P(A)/P(B)"),
    (r"\frac{p}{p(1-p)}", "p/(p(1 − p))"),
    (r"\frac{\partial^2 E}{\partial w^2}", "∂²E/∂w²"),
    (r"\frac{\mathrm{d}y}{\mathrm{d}x}", "dy/dx"),
    (r"\frac{d}{dx} f(x)", "(d/dx)f(x)"),
    (r"\frac{\mathrm{TP}}{\mathrm{TP}+\mathrm{FN}}", "TP/(TP + FN)"),
    (r"\frac{\text{right answers}}{\text{all}}", "(right answers)/all"),
    (r"\frac{\sum_i x_i}{N}", "(Σᵢ xᵢ)/N"),
    (r"\frac{\log x}{2}", "(log x)/2"),
    (r"\frac{a\cdot b}{c}", "(a · b)/c"),
    (r"\frac{\frac{a}{b}}{c} \cdot \frac{a}{\frac{b}{c}}", "(a/b)/c · a/(b/c)"),
    (r"\frac{-b \pm \sqrt{b^2-4ac}}{2a}", "(−b ± √(b² − 4ac))/(2a)"),
    (r"\frac{-x}{2}y", "(−x/2)y"),
    (r"-\frac{a}{b}", "−a/b"),
    (r"2\frac{a}{b}", "2(a/b)"),
    (r"\frac{a}{b}!", "(a/b)!"),
    (r"c/\frac{a}{b}", "c/(a/b)"),
    (r"w - \eta \frac{\partial L}{\partial w}", "w − η(∂L/∂w)"),
    (r"\frac{1}{2}x", "½x"),
    (r"3\frac{1}{2}", "3(1/2)"),
    (r"\frac{1}{2}^n", "(½)ⁿ"),
    (r"\left(\frac{a}{b}\right)^2", "(a/b)²"),
    (r"e^{-\frac{(x-\mu)^2}{2\sigma^2}}", "e^(−(x−μ)²/(2σ²))"),
    # Scripts.
    (r"x^{-1} + 2^{10} + 10^{-3}", "x⁻¹ + 2¹⁰ + 10⁻³"),
    (r"W_{ij}^{(\ell)}", "Wᵢⱼ⁽ˡ⁾"),
    (r"\ell", "ℓ"),
    (r"\sigma_B^2", "σ_B^2"),
    (r"W_{\mathrm{out}}h + \gamma^{\tau}x + c_q x", "W_out h + γ^τ x + c_q x"),
    (r"d_{model} + x^{pq}", "d_model + x^(pq)"),
    (r"x_{i_j}", "x_(iⱼ)"),
    (r"{x^2}^3 + {x_i}^2", "(x²)³ + xᵢ²"),
    (r"\theta^* + 90^\circ + i^{\text{th}}", "θ* + 90° + iᵗʰ"),
    (r"\text{weights} + \text{biases}", "weights + biases"),
    (r"|\text{TPR}_1 - \text{TPR}_2|", "|TPR₁ − TPR₂|"),
    (r"\text{if } -x", "if −x"),
    (r"X \text{ (or: } Y \text{)}", "X (or: Y)"),
    (r"x''_i + f'^2", "x″ᵢ + f′²"),
    (r"\mathbb{R}^{n \times m} \to \mathbb{R}", "ℝ^(n×m) → ℝ"),
    # Roots.
    (r"\sqrt{x+1} + \sqrt[3]{x} + 2\sqrt[n]{x}", "√(x + 1) + ∛x + 2 ⁿ√x"),
    (r"\sqrt{d_k}V", "√(dₖ)V"),
    (r"\sqrt{x^2} + \sqrt{x}^2", "√(x²) + (√x)²"),
    (r"\sqrt[q]{x+1}", "(x + 1)^(1/q)"),
    # Signs and spaces.
    (r"(-1, +1) = -x - y", "(−1, +1) = −x − y"),
    (r"a \cdot -b", "a · −b"),
    (r"\|x\|_2^2 + |x-1| + \log|y|", "‖x‖₂² + |x − 1| + log|y|"),
    (r"x_1, \ldots, x_n \in \{-1, 1\}", "x₁, …, xₙ ∈ {−1, 1}"),
    (r"a := b", "a := b"),
    (r"f\colon X \to Y", "f: X → Y"),
    (r"250{,}000 + 250\,000 + 5\,\%", "250,000 + 250 000 + 5 %"),
    (r"\operatorname{sgn}(-0.5) = -1", "sgn(−0.5) = −1"),
    (r"\forall x\, \neg(x \land y)", "∀x ¬(x ∧ y)"),
    (r"\int_0^1 x\,dx", "∫₀¹ x dx"),
    (r"x < y ≤ z · 2", "x < y ≤ z · 2"),
    # Tables and the rest.
    (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "[1 2; 3 4]"),
    (r"\begin{bmatrix} a+b & c \\ d & -e \\ \end{bmatrix}^\top", "[a + b, c; d, −e]ᵀ"),
    (r"\begin{vmatrix} a & b \\ c & d \end{vmatrix} = ad - bc", "|a b; c d| = ad − bc"),
    (r"\left[\begin{matrix} 1 & 2 \end{matrix}\right]", "[1 2]"),
    (
        r"f(z)=\begin{cases} 1 & \text{if } z \ge 0 \\ 0 & \text{otherwise} \end{cases}",
        "f(z) = {1 if z ≥ 0; 0 otherwise}",
    ),
    (r"\begin{cases} z & z > 0 \\ 0 & z \le 0 \end{cases}", "{z if z > 0; 0 if z ≤ 0}"),
    (r"\begin{aligned} a &= b + c \\ &= d \end{aligned}", "a = b + c; = d"),
    (r"\binom{n}{k}", "(n choose k)"),
    (r"\underbrace{Wx+b}_{\text{net input}}", "(Wx + b)⏟_(net input)"),
    (r"\underbrace{f'(z)}_{\text{slope}}(t - y)", "f′(z)⏟_slope (t − y)"),
]


@pytest.mark.parametrize(("latex", "shown"), GOLDEN)
def test_real_formulas(latex: str, shown: str) -> None:
    assert inline(latex) == unicodedata.normalize("NFC", shown)


def test_there_are_many_real_formulas() -> None:
    assert len(GOLDEN) >= 60


def test_a_tree_and_its_source_look_alike() -> None:
    latex = r"\hat{y} = \frac{a}{b}"
    assert inline(parse(latex)) == inline(latex)


def test_accents_are_composed() -> None:
    assert inline(r"\hat y") == "\N{LATIN SMALL LETTER Y WITH CIRCUMFLEX}"


def test_the_two_letters_phi_stay_apart() -> None:
    assert inline(r"\phi") != inline(r"\varphi")


def test_a_greek_script_is_not_mistaken_for_a_latin_one() -> None:
    assert inline(r"x^\alpha + y_\gamma + z^\beta") == "x^α + y_γ + zᵝ"


def test_an_empty_formula_is_empty() -> None:
    assert inline("") == inline("{}") == ""


def test_what_cannot_be_read_is_an_error() -> None:
    with pytest.raises(MathError):
        inline(r"\nonsense")
