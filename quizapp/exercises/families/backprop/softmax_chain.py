"""Cross-entropy behind a softmax, differentiated link by link (Bridle 1990; Bishop 2006, 4.3.4)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.backprop._slopes import differ
from quizapp.exercises.families.losses._logarithms import cross_latex, weighted_logs
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE, softmax
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, exp, frac, num

_SMALLEST = 0.06  # a smaller probability magnifies what was rounded
_LARGEST = 30.0  # beyond it a probability is 0 to the last digit


def _loss(p: Any, t: Any, line: Line = exact) -> float:
    return float(0.0 - np.sum(weighted_logs(t, p, line=line)))


def _by_probability(p: Any, t: Any) -> Any:
    return 0.0 - t / p


def _jacobian(p: Any) -> Any:
    return np.diag(p) - np.outer(p, p)


def _by_logit(jacobian: Any, dL_dp: Any) -> Any:
    return jacobian.T @ dL_dp


def _one_by_one(p: Any, t: Any) -> Any:
    return 0.0 - t * (1.0 - p)


def _p_work(z: Any) -> list[Work]:
    below = " + ".join(exp(x) for x in z)
    return [Work((k,), frac(exp(x), below)) for k, x in enumerate(z)]


def _jacobian_work(p: Any, value: Any) -> list[Work]:
    out = []
    for k, j in entries(value):
        other = f"(1 - {num(p[k])})" if k == j else num(p[j])
        sign = "" if k == j else "-"
        out.append(Work((k, j), rf"{sign}{num(p[k])} \cdot {other}"))
    return out


def check(z: Any, t: Any) -> None:
    """Targets are a distribution, and no probability vanishes."""
    if t.min() < 0 or abs(t.sum() - 1.0) > 1e-6:
        raise GivenError(
            "'t' is a distribution: no entry is negative, and they add up to 1.", where="t"
        )
    if np.ptp(z) > _LARGEST:
        raise GivenError(
            "the entries of 'z' are more than 30 apart; a probability would vanish.", where="z"
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two classes, then three, then soft targets."""
    K = 2 if level == 1 else 3
    t = np.eye(K)[rng.integers(K)]
    if level == 3 and rng.random() < 0.5:
        t = rng.permutation((0.5, 0.3, 0.2))
    return {"z": rng.choice((-1.0, -0.5, 0.0, 0.5, 1.0, 2.0), size=K), "t": t}


def avoid(p: Any) -> str | None:
    """Logits that are all equal, or so far apart that a probability nearly vanishes."""
    if np.ptp(p) <= TIE:
        return "equal logits"
    return "saturated" if p.min() < _SMALLEST else None


FAMILY = Family(
    id="softmax-chain",
    topic="backprop",
    title="Cross-entropy through the softmax, link by link",
    task="Compute the probabilities and the loss. Then differentiate the loss by the "
    "probabilities, the probabilities by the logits, and the loss by the logits.",
    sources=("mcb", "nnt", "ece493"),
    givens=(
        Given("z", "z", "logits", "K"),
        Given("t", "t", "target distribution, one-hot for a class", "K"),
    ),
    steps=(
        Step(
            "p",
            "Probabilities",
            r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}",
            lambda z, line: softmax(z, line),
            work=_p_work,
        ),
        Step(
            "loss",
            "Loss",
            r"-\sum_k t_k \ln p_k",
            _loss,
            work=lambda p, t: [Work((), cross_latex(t, p))],
        ),
        Step(
            "dL_dp",
            "Derivatives by the probabilities",
            r"\frac{\partial L}{\partial p_k} = -\frac{t_k}{p_k}",
            _by_probability,
            work=lambda p, t: [Work((k,), f"-{frac(num(t[k]), num(p[k]))}") for k in range(len(p))],
        ),
        Step(
            "jacobian",
            "Derivatives of the probabilities by the logits",
            r"\frac{\partial p_k}{\partial z_j} = p_k (\delta_{kj} - p_j)",
            _jacobian,
            work=_jacobian_work,
        ),
        Step(
            "dL_dz",
            "Derivatives by the logits",
            r"\frac{\partial L}{\partial z_j} = \sum_k \frac{\partial L}{\partial p_k} "
            r"\frac{\partial p_k}{\partial z_j} = p_j - t_j",
            _by_logit,
            final=True,
            work=lambda jacobian, dL_dp: [
                Work((j,), dot(dL_dp, jacobian[:, j])) for j in range(len(dL_dp))
            ],
        ),
    ),
    slips=(
        Slip(
            "minus-missing",
            "dL_dp",
            lambda p, t: t / p,
            "The minus is missing: the loss is -t ln p.",
        ),
        Slip(
            "already-by-logits",
            "dL_dp",
            lambda p, t: p - t,
            "p - t is the derivative by the LOGITS; by a probability it is -t/p.",
        ),
        Slip(
            "diagonal-only",
            "jacobian",
            lambda p: np.diag(p * (1.0 - p)),
            "Every logit moves every probability: the entries off the diagonal are -p_k p_j.",
        ),
        Slip(
            "delta-forgotten",
            "jacobian",
            lambda p: 0.0 - np.outer(p, p),
            "On the diagonal the entry is p_k (1 - p_k); the part of the δ is missing.",
        ),
        Slip(
            "elementwise",
            "dL_dz",
            _one_by_one,
            "Each output was differentiated by its own logit only; the sum over all outputs is "
            "missing.",
            when=lambda p, t, dL_dz: differ(_one_by_one(p, t), dL_dz),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=(
        "elementwise-derivative-for-softmax",
        "symbol-y-logit-or-probability",
        "softmax-derivative-variable",
    ),
    items=("pl-mc-backprop", "pl-autodiff-1", "ncl-softmax-jacobian"),
)
