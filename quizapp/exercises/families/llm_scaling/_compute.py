"""Training compute: six operations per parameter and token (Kaplan et al. 2020, section 2.1)."""

from __future__ import annotations

from quizapp.exercises.family import Step, Work
from quizapp.exercises.substitution import factor

FORWARD_AND_BACKWARD = 6.0


def _compute(N: float, D: float) -> float:
    return FORWARD_AND_BACKWARD * N * D


def without_six(N: float, D: float) -> float:
    """One operation per parameter and token."""
    return N * D


def forward_only(N: float, D: float) -> float:
    """The two operations per parameter and token of the forward pass."""
    return 2.0 * N * D


def _compute_work(N: float, D: float) -> list[Work]:
    return [Work((), rf"6 \cdot {factor(N)} \cdot {factor(D)}")]


def compute_step(title: str, *, final: bool = False) -> Step:
    """The step that multiplies parameters and tokens."""
    return Step("compute", title, "C = 6 N D", _compute, final=final, work=_compute_work)
