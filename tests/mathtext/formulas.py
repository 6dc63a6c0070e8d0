"""Formulas for property tests: right ones, and pieces of LaTeX that are mostly wrong."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from quizapp.mathtext.symbols import KNOWN

ATOMS = st.sampled_from(
    ["x", "y_i", "W", "12", "0.5", r"\alpha", r"\hat{y}", r"\mathbf{x}", r"\mathrm{loss}", "神",
     r"\text{if so}", r"\mathbb{R}", "+", "-", "=", ",", "(", ")", "|", "/", "!", r"\cdot", r"\to",
     r"\log", r"\sum", r"\max", r"\ldots", r"\,", r"\quad", "x'", r"{}", "é"]
)  # fmt: skip


FORMS = (
    r"\frac{A}{B}", r"\tfrac{A}{B}", r"\binom{A}{B}", r"\sqrt[A]{B}", r"\sqrt{A}",
    r"{A}^{B}", r"{A}_{B}", r"\sum_{A}^{B}", r"\max_{A}", r"\overline{A}",
    r"\underline{A}", r"\underbrace{A}_{B}", r"\left(A\right)", r"\left\{A\right.",
    r"\left\langle A \right\|", r"\begin{pmatrix}A & B \\ B & A\end{pmatrix}",
    r"\begin{bmatrix}A, z\end{bmatrix}", r"\begin{cases}A & B \\ B\end{cases}",
    r"\begin{aligned}A &= B \\ &+ A\end{aligned}", r"\int_{A}^{B}",
)  # fmt: skip


def _filled(form: str, first: str, second: str) -> str:
    return re.sub("[AB]", lambda match: first if match[0] == "A" else second, form)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, max_size=4).map(" ".join),
        inner.map(lambda formula: f"{{{formula}}}"),
        st.builds(_filled, st.sampled_from(FORMS), inner, inner),
    )


FORMULAS = st.recursive(ATOMS, _grown, max_leaves=12)
# Pieces of LaTeX in any order: mostly wrong, often nearly right.
SOUP = st.lists(
    st.one_of(
        ATOMS,
        st.sampled_from(sorted(KNOWN)).map(lambda name: f"\\{name}"),
        st.sampled_from(["{", "}", "^", "_", "&", r"\\", "$", r"\$", "[", "]", "\n", "\\", " "]),
    ),
    max_size=30,
).map("".join)
