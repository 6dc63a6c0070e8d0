"""One epoch of online, minibatch or full-batch gradient descent (Robbins and Monro 1951)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.optimizers._descent import (
    STEEPEST,
    along,
    bounded,
    confusable,
    unlike,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, frac, num

_OTHER = {"mean": "sum", "sum": "mean"}
_LARGEST = 20.0


def rows(x: Any, batch_size: float) -> int:
    """One row per update; the last batch may be smaller."""
    return -(-len(x) // int(batch_size))


def _members(values: Any, batch_size: float, row: int) -> Any:
    """The entries of the batch of that row."""
    start = (row - 1) * int(batch_size)
    return values[start : start + int(batch_size)]


def _gradient(
    x: Any, t: Any, batch_size: float, w: Any, batch: str, row: int, two: float = 2.0
) -> float:
    inputs, targets = _members(x, batch_size, row), _members(t, batch_size, row)
    slopes = two * (w[row - 1] * inputs - targets) * inputs
    return float(bounded(slopes.mean() if batch == "mean" else slopes.sum()))


def _gradients(x: Any, t: Any, batch_size: float, w: Any, batch: str, row: int) -> float:
    return _gradient(x, t, batch_size, w, batch, row)


def _stale(x: Any, t: Any, batch_size: float, w: Any, batch: str, row: int) -> float:
    return _gradient(x, t, batch_size, [w[0]] * row, batch, row)


def _other_reduction(x: Any, t: Any, batch_size: float, w: Any, batch: str, row: int) -> float:
    return _gradient(x, t, batch_size, w, _OTHER[batch], row)


def _without_two(x: Any, t: Any, batch_size: float, w: Any, batch: str, row: int) -> float:
    return _gradient(x, t, batch_size, w, batch, row, two=1.0)


def _along(rule: Any, x: Any, t: Any, batch_size: float, w0: float, w: Any, batch: str) -> Any:
    return along(lambda visited, row: rule(x, t, batch_size, visited, batch, row), w0, w)


def _next(eta: float, gradients: Any, w: Any, row: int) -> Any:
    return bounded(w[row - 1] - eta * gradients[row])


def _ascent(eta: float, gradients: Any, w: Any, row: int) -> Any:
    return bounded(w[row - 1] + eta * gradients[row])


def _residual(w: Any, x: Any, t: Any) -> str:
    """The error w x - t with the numbers, in parentheses."""
    return rf"({factor(w)} \cdot {factor(x)} - {factor(t)})"


def _gradient_work(
    x: Any, t: Any, batch_size: float, w0: float, w: Any, batch: str, value: Any
) -> list[Work]:
    out = []
    for (k,) in entries(value):
        pairs = zip(
            _members(x, batch_size, k + 1).tolist(),
            _members(t, batch_size, k + 1).tolist(),
            strict=True,
        )
        before = [w0, *w][k]
        terms = [rf"2 \cdot {_residual(before, a, b)} \cdot {factor(a)}" for a, b in pairs]
        written = " + ".join(terms)
        mean = batch == "mean" and len(terms) > 1
        out.append(Work((k,), frac(written, str(len(terms))) if mean else written))
    return out


def _step_work(w0: float, eta: float, gradients: Any, w: Any, value: Any) -> list[Work]:
    return [
        Work((k,), rf"{num([w0, *w][k])} - {factor(eta)} \cdot {factor(gradients[k])}")
        for (k,) in entries(value)
    ]


def _loss_work(x: Any, t: Any, w: Any) -> list[Work]:
    squares = [f"{_residual(w[-1], a, b)}^{{2}}" for a, b in zip(x, t, strict=True)]
    return [Work((), frac(" + ".join(squares), str(len(x))))]


def check(eta: float, batch_size: float) -> None:
    """A learning rate is not negative, and a batch holds at least one example."""
    if eta < 0:
        raise GivenError("'eta' is negative: a learning rate is at least 0.", where="eta")
    if batch_size < 1:
        raise GivenError("'batch_size' is the number of examples: at least 1.", where="batch_size")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two examples, online or at once; three; four in batches.

    Sums over exactly two examples are not set: there a mean and a missing 2 are the same.
    """
    count = level + 1
    sizes: tuple[int, ...] = {1: (1, 2), 2: (1, 3), 3: (2, 4)}[level]
    inputs = (-1.0, 0.5, 1.0, 1.5) if level == 1 else (-1.5, -1.0, -0.5, 0.5, 1.0, 1.5)
    if conventions["batch"] == "sum":
        sizes = {1: (1,), 2: (1, 3), 3: (3, 4)}[level]
        inputs = inputs if level == 1 else (-1.0, -0.5, 0.5, 1.0)
    return {
        "x": rng.choice(inputs, size=count),
        "t": rng.choice((-2.0, -1.0, 0.0, 1.0, 2.0, 3.0), size=count),
        "w0": float(rng.choice((0.0, 0.5, 1.0) if level == 1 else (-1.0, -0.5, 0.0, 0.5, 1.0))),
        "eta": float(rng.choice((0.1, 0.2) if level == 1 else (0.05, 0.1))),
        "batch_size": int(rng.choice(sizes)),
    }


def avoid(
    x: Any,
    t: Any,
    batch_size: float,
    batch: str,
    w0: float,
    gradients: Any,
    w: Any,
) -> str | None:
    """Updates that do not move, steep losses, weights that leave the range of the hand."""
    if np.any(np.abs(gradients) <= TIE):
        return "a gradient of 0"
    curves = [
        _gradient(x, 0 * t, batch_size, [1.0] * row, batch, row) for row in range(1, len(w) + 1)
    ]
    at_end = 2.0 * np.mean((w[-1] * x - t) * x)
    if max(*curves, abs(at_end)) > STEEPEST:
        return "steep"
    mistakes = (_stale, _other_reduction, _without_two)
    if confusable(gradients, *(_along(m, x, t, batch_size, w0, w, batch) for m in mistakes)):
        return "two mistakes give one number"
    return "far away" if np.any(np.abs(w) > _LARGEST) else None


def _shows(rule: Any) -> Any:
    """The condition that a mistaken gradient differs from the right one in some update."""

    def when(
        x: Any, t: Any, batch_size: float, w0: float, w: Any, batch: str, gradients: Any
    ) -> bool:
        return unlike(_along(rule, x, t, batch_size, w0, w, batch), gradients)

    return when


FAMILY = Family(
    id="sgd-epoch",
    topic="optimizers",
    title="One epoch of online, minibatch or full-batch descent",
    task="Go once through the examples, one update per batch, each from the newest weight.",
    sources=("mcb", "nnt", "ece493"),
    givens=(
        Given("x", "x", "inputs, one per example", "N"),
        Given("t", "t", "targets; the loss of example i is (w x_i - t_i)^2", "N"),
        Given("w0", "w_0", "start weight"),
        Given("eta", r"\eta", "learning rate"),
        Given(
            "batch_size",
            "M",
            "examples per update, in order: 1 is online, N full batch; the last may be smaller",
            kind="integer",
        ),
    ),
    conventions={"batch": ("mean", "sum")},
    rows=rows,
    steps=(
        Step(
            "gradients",
            "Gradient of the batch",
            r"g_k = \frac{1}{M} \sum_i 2 (w_{k-1} x_i - t_i) x_i "
            r"\text{ (sum: without } \frac{1}{M} \text{)}",
            _gradients,
            loop="update",
            work=_gradient_work,
            formula_for=Among(
                "batch",
                {
                    "mean": r"g_k = \frac{1}{M} \sum_i 2 (w_{k-1} x_i - t_i) x_i",
                    "sum": r"g_k = \sum_i 2 (w_{k-1} x_i - t_i) x_i",
                },
            ),
        ),
        Step(
            "w",
            "Weight after the update",
            r"w_k = w_{k-1} - \eta g_k",
            _next,
            final=True,
            loop="update",
            before="w0",
            work=_step_work,
        ),
        Step(
            "epoch_loss",
            "Mean loss over all examples at the last weight",
            r"\frac{1}{N} \sum_i (w x_i - t_i)^2",
            lambda x, t, w: float(bounded(np.mean(np.square(w[-1] * x - t)))),
            work=_loss_work,
        ),
    ),
    slips=(
        Slip(
            "stale-weights",
            "gradients",
            _stale,
            "Every update must use the weight of the update before.",
            when=_shows(_stale),
        ),
        Slip(
            "other-reduction",
            "gradients",
            _other_reduction,
            "The batch is reduced the other way.",
            when=_shows(_other_reduction),
        ),
        Slip(
            "factor-two-missing",
            "gradients",
            _without_two,
            "The derivative of a square brings a factor 2 (there is no 1/2 in this loss).",
            when=_shows(_without_two),
        ),
        Slip(
            "ascent",
            "w",
            _ascent,
            "The step goes against the gradient.",
            when=lambda eta, gradients: eta > TIE and bool(np.any(np.abs(gradients) > TIE)),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("online-vs-minibatch-vs-fullbatch",),
    items=("pl-gd-vs-sgd", "pl-minibatch", "pl-full-batch", "ncl-training-procedure"),
)
