"""Cross-entropy loss of a batch of logits (Bishop 2006, Pattern recognition, section 4.3.4)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.losses._logarithms import OTHER_BASE, differ, log, log_latex
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE, softmax
from quizapp.exercises.substitution import entries, exp, factor, frac, num, total

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

_OTHER_BATCH = {"mean": "sum", "sum": "mean"}
_SMALLEST = 0.02  # a smaller probability is known to one digit only
_LEAST_TRUE = 0.1  # the logarithm of a smaller one magnifies what was rounded


def _twice(Z: Any, line: Line) -> Any:
    return softmax(line(softmax(Z, line)), line)


def _of_the_class(p: Any, t: Any) -> Any:
    return p[np.arange(len(t)), t.astype(int)]


def _losses(p_true: Any, eps: float, log_base: str) -> Any:
    return 0.0 - log(p_true + eps, log_base)


def _other_log(p_true: Any, eps: float, log_base: str) -> Any:
    return _losses(p_true, eps, OTHER_BASE[log_base])


def _over_all_classes(p: Any, eps: float, log_base: str, line: Line) -> Any:
    return 0.0 - line(log(p + eps, log_base)).sum(axis=1)


def _reduced(losses: Any, batch: str) -> float:
    return float(np.mean(losses) if batch == "mean" else np.sum(losses))


def _p_work(Z: Any, value: Any) -> list[Work]:
    return [
        Work((n, k), frac(exp(Z[n, k]), " + ".join(exp(z) for z in Z[n])))
        for n, k in entries(value)
    ]


def _losses_work(p_true: Any, eps: float, log_base: str) -> list[Work]:
    return [Work((n,), f"-{_log_work(p, eps, log_base)}") for n, p in enumerate(p_true)]


def _log_work(p: float, eps: float, log_base: str) -> str:
    if not eps:
        return log_latex(p, log_base)
    inside = rf"\ln({num(p)} + {factor(eps)})"
    return inside if log_base == "e" else frac(inside, r"\ln(2)")


def _loss_work(losses: Any, batch: str) -> list[Work]:
    written = total(losses)
    return [Work((), frac(written, str(len(losses))) if batch == "mean" else written)]


def check(Z: Any, t: Any, eps: float) -> None:
    """Labels that are classes, and an ``eps`` that is not negative."""
    if t.min() < 0 or t.max() >= Z.shape[1]:
        raise GivenError(
            f"'t' holds class labels counted from 0: 0 to {Z.shape[1] - 1}.", where="t"
        )
    if eps < 0:
        raise GivenError("'eps' stands inside a logarithm; it is 0 or positive.", where="eps")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One example with three classes, then two with three, then three with four."""
    size = {1: (1, 3), 2: (2, 3), 3: (3, 4)}[level]
    draw = (-1.0, 0.0, 1.0, 2.0) if level == 1 else (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
    return {
        "Z": rng.choice(draw, size=size),
        "t": rng.integers(size[1], size=size[0]),
        "eps": 0.0,
    }


def avoid(Z: Any, p: Any, p_true: Any) -> str | None:
    """Logits that are all equal, and probabilities that nearly round to 0."""
    if np.any(np.ptp(Z, axis=1) <= TIE):
        return "equal logits"
    return "a tiny probability" if p.min() < _SMALLEST or p_true.min() < _LEAST_TRUE else None


FAMILY = Family(
    id="cross-entropy",
    topic="losses",
    title="Cross-entropy loss of a batch of logits",
    task="Compute the cross-entropy of the logits Z, one example per row, with the true classes t.",
    sources=("mcb", "ece493"),
    givens=(
        Given("Z", "Z", "logits, one example per row", "N x K"),
        Given("t", "t", "true classes, counted from 0", "N", kind="integer"),
        Given(
            "eps",
            r"\varepsilon",
            "small number added inside the logarithm (0 on paper)",
            default=0.0,
        ),
    ),
    conventions={"log_base": ("e", "two"), "batch": ("mean", "sum")},
    steps=(
        Step(
            "p",
            "Probabilities",
            r"p_n = \mathrm{softmax}(Z_n)",
            lambda Z, line: softmax(Z, line),
            work=_p_work,
        ),
        Step(
            "p_true",
            "Probability of the true class",
            r"p_{n, t_n}",
            _of_the_class,
            work=lambda p_true: [Work((n,), num(p)) for n, p in enumerate(p_true)],
        ),
        Step(
            "losses",
            "Loss of every example",
            r"L_n = -\log(p_{n, t_n} + \varepsilon)",
            _losses,
            work=_losses_work,
            formula_for=Among(
                "log_base",
                {
                    "e": r"L_n = -\ln(p_{n, t_n} + \varepsilon)",
                    "two": r"L_n = -\log_{2}(p_{n, t_n} + \varepsilon)",
                },
            ),
        ),
        Step(
            "loss",
            "Loss of the batch",
            r"L = \frac{1}{N} \sum_n L_n \text{ (sum: without } \frac{1}{N} \text{)}",
            _reduced,
            final=True,
            work=_loss_work,
            formula_for=Among(
                "batch", {"mean": r"L = \frac{1}{N} \sum_n L_n", "sum": r"L = \sum_n L_n"}
            ),
        ),
    ),
    slips=(
        Slip(
            "double-softmax",
            "p",
            _twice,
            "Softmax was applied twice (a loss that expects logits got probabilities).",
            when=lambda Z, p, line: differ(_twice(Z, line), p),
        ),
        Slip(
            "other-log",
            "losses",
            _other_log,
            "The logarithm has the other base (nats and bits differ by the factor 1.4427).",
            when=lambda losses: differ(losses, 0.0 * losses),
        ),
        Slip(
            "minus-missing",
            "losses",
            lambda p_true, eps, log_base: log(p_true + eps, log_base),
            "The minus sign is missing: a loss is not negative.",
            when=lambda losses: differ(losses, 0.0 * losses),
        ),
        Slip(
            "all-classes",
            "losses",
            _over_all_classes,
            "Only the true class counts; its target is 1, the others are 0.",
            when=lambda p, eps, log_base, line, losses: differ(
                _over_all_classes(p, eps, log_base, line), losses
            ),
        ),
        Slip(
            "other-reduction",
            "loss",
            lambda losses, batch: _reduced(losses, _OTHER_BATCH[batch]),
            "The batch is reduced the other way (sum instead of mean, or mean instead of sum).",
            when=lambda losses, loss: len(losses) > 1 and abs(loss) > TIE,
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("symbol-y-logit-or-probability", "loss-cost-risk-terms"),
    items=(
        "pl-ce-loss",
        "pl-ce-mean",
        "pl-log-eps",
        "pl-torch-celoss",
        "pl-torch-labels",
        "dl-ce-mean",
    ),
)
