"""Entropy, cross-entropy and KL divergence (Shannon 1948; Kullback and Leibler 1951)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.losses._logarithms import (
    OTHER_BASE,
    cross_latex,
    differ,
    weighted_logs,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import factor, num

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

_SLACK = 0.01  # probabilities that someone has rounded


def _cross(p: Any, q: Any, log_base: str, line: Line) -> float:
    """-sum of p log q."""
    return 0.0 - float(weighted_logs(p, q, log_base, line).sum())


def _entropy(p: Any, log_base: str, line: Line) -> float:
    return _cross(p, p, log_base, line)


def _other_entropy(p: Any, log_base: str, line: Line) -> float:
    return _cross(p, p, OTHER_BASE[log_base], line)


def _swapped(p: Any, q: Any, log_base: str, line: Line) -> float:
    return _cross(q, p, log_base, line)


def _reversed(p: Any, q: Any, log_base: str, line: Line) -> float:
    """Sum of q log(q/p); where q is 0 nothing is divided."""
    quotients = np.divide(q, p, out=np.ones_like(q), where=q > 0)
    return float(weighted_logs(q, quotients, log_base, line).sum())


def _covered(p: Any, q: Any) -> bool:
    """Whether p is positive wherever q is, so that p can stand in the logarithm."""
    return bool(np.all((p > 0) | (q <= 0)))


def _distribution(rng: Any, K: int) -> Any:
    """K positive tenths that add up to 1."""
    cuts = np.sort(rng.permutation(9)[: K - 1] + 1)
    return np.diff(np.concatenate(([0], cuts, [10]))) / 10


def check(p: Any, q: Any) -> None:
    """Two distributions, of which q is positive wherever p is."""
    for name, values in {"p": p, "q": q}.items():
        if values.min() < 0 or abs(values.sum() - 1.0) > _SLACK + TIE:
            raise GivenError(
                f"'{name}' must hold probabilities: none negative, and adding up to 1.", where=name
            )
    if not _covered(q, p):
        raise GivenError(
            "'q' must be positive wherever 'p' is; the cross-entropy is infinite.", where="q"
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two outcomes or a one-hot target, then three and four outcomes in tenths."""
    if level > 1:
        return {"p": _distribution(rng, level + 1), "q": _distribution(rng, level + 1)}
    if rng.random() < 0.5:
        return {"p": _distribution(rng, 2), "q": _distribution(rng, 2)}
    return {"p": np.eye(3)[rng.integers(3)], "q": _distribution(rng, 3)}


def avoid(p: Any, q: Any) -> str | None:
    """Distributions that are equal but for their order."""
    return "a permutation" if not differ(np.sort(p), np.sort(q)) else None


FAMILY = Family(
    id="entropy-kl",
    topic="information-theory",
    title="Entropy, cross-entropy and KL divergence",
    task="Compute the entropy of p, the cross-entropy of q with p as the target, and the "
    "divergence of q from p.",
    sources=("mcb",),
    givens=(
        Given("p", "p", "target probabilities", "K"),
        Given("q", "q", "model probabilities, positive wherever p is", "K"),
    ),
    conventions={"log_base": ("e", "two")},
    steps=(
        Step(
            "entropy",
            "Entropy",
            r"H(p) = -\sum_k p_k \log p_k",
            _entropy,
            final=True,
            work=lambda p, log_base: [Work((), cross_latex(p, p, log_base))],
            formula_for=Among(
                "log_base",
                {"e": r"H(p) = -\sum_k p_k \ln p_k", "two": r"H(p) = -\sum_k p_k \log_{2} p_k"},
            ),
        ),
        Step(
            "cross_entropy",
            "Cross-entropy",
            r"\mathrm{CE}(p, q) = -\sum_k p_k \log q_k",
            _cross,
            final=True,
            work=lambda p, q, log_base: [Work((), cross_latex(p, q, log_base))],
            formula_for=Among(
                "log_base",
                {
                    "e": r"\mathrm{CE}(p, q) = -\sum_k p_k \ln q_k",
                    "two": r"\mathrm{CE}(p, q) = -\sum_k p_k \log_{2} q_k",
                },
            ),
        ),
        Step(
            "kl",
            "Divergence",
            r"\mathrm{KL}(p \| q) = \mathrm{CE}(p, q) - H(p)",
            lambda entropy, cross_entropy: cross_entropy - entropy,
            final=True,
            work=lambda entropy, cross_entropy: [
                Work((), f"{num(cross_entropy)} - {factor(entropy)}")
            ],
        ),
    ),
    slips=(
        Slip(
            "roles-swapped",
            "cross_entropy",
            _swapped,
            "The target distribution weights the logarithm of the model, not the other way round.",
            when=lambda p, q, log_base, line, cross_entropy: (
                _covered(p, q) and differ(_swapped(p, q, log_base, line), cross_entropy)
            ),
        ),
        Slip(
            "kl-reversed",
            "kl",
            _reversed,
            "KL is not symmetric: KL(p‖q) weights with p.",
            when=lambda p, q, log_base, line, kl: (
                _covered(p, q) and differ(_reversed(p, q, log_base, line), kl)
            ),
        ),
        Slip(
            "added",
            "kl",
            lambda entropy, cross_entropy: cross_entropy + entropy,
            "KL is cross-entropy MINUS entropy.",
            when=lambda entropy: abs(entropy) > TIE,
        ),
        Slip(
            "sign",
            "kl",
            lambda entropy, cross_entropy: entropy - cross_entropy,
            "The sign is wrong: KL is never negative.",
            when=lambda kl: abs(kl) > TIE,
        ),
        Slip(
            "other-log",
            "entropy",
            _other_entropy,
            "The entropy is in the other unit (bits instead of nats or the reverse).",
            when=lambda entropy: abs(entropy) > TIE,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("cross-entropy-argument-order", "cross-entropy-verbal-definition"),
    items=(
        "pl-entropy",
        "pl-cross-entropy-def",
        "pl-kl-objective",
        "pl-ce-kl-equiv",
        "pl-shannon-info",
    ),
)
