"""Early stopping with patience (Prechelt 1998)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, num


def _improvements(val: Any, margin: float = TIE) -> Any:
    """For each epoch, the epoch (from 1) of the last improvement up to it."""
    last, best, out = 1.0, val[0], []
    for epoch, loss in enumerate(val, start=1):
        if loss < best - margin:
            last = float(epoch)
        best = min(best, loss)
        out.append(last)
    return np.array(out)


def _epochs(val: Any) -> Any:
    return np.arange(1.0, len(val) + 1.0)


def _wait(val: Any) -> Any:
    return _epochs(val) - _improvements(val)


def _ties_improve(val: Any) -> Any:
    return _epochs(val) - _improvements(val, -TIE)


def _first_epoch(reached: Any) -> float:
    """The first epoch at which this holds, else the last of the table."""
    return float(np.argmax(reached) + 1 if np.any(reached) else len(reached))


def _stop(wait: Any, patience: float) -> float:
    return _first_epoch(np.asarray(wait) >= patience - TIE)


def _one_later(wait: Any, patience: float) -> float:
    return _first_epoch(np.asarray(wait) > patience + TIE)


def _smallest(losses: Any) -> float:
    return float(np.argmax(losses <= losses.min() + TIE) + 1)


def _kept(val: Any, stop_epoch: float) -> float:
    """The best epoch up to the stop. Raises IndexError for a stop outside the table."""
    if not 1 <= stop_epoch <= len(val):
        raise IndexError("the table has no such epoch")
    return _smallest(val[: round(stop_epoch)])


def _at(val: Any, kept_epoch: float) -> float:
    """The validation loss of an epoch. Raises IndexError for one outside the table."""
    if not 1 <= kept_epoch <= len(val):
        raise IndexError("the table has no such epoch")
    return float(val[round(kept_epoch) - 1])


def _wait_work(val: Any) -> list[Work]:
    last = _improvements(val)
    return [Work(at, f"{at[0] + 1} - {num(last[at])}") for at in entries(val)]


def check(patience: float) -> None:
    """Somebody without patience would never start."""
    if patience < 1:
        raise GivenError("'patience' is a number of epochs: at least 1.", where="patience")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Five epochs and patience 1, eight and 2, ten with a smaller minimum after the stop."""
    epochs, patience = {1: (5, 1), 2: (8, 2), 3: (10, int(rng.integers(2, 4)))}[level]
    falling = int(rng.integers(1, epochs - patience - (2 if level == 3 else 1)))
    rises = rng.integers(1, 12, size=epochs - falling - 1)
    steps = np.concatenate((-rng.integers(3, 15, size=falling), rises))
    if level > 1:
        steps[falling + 1 :] *= rng.choice((-1, 1), size=epochs - falling - 2)
        if rng.random() < 0.3:
            steps[rng.integers(falling, epochs - 2)] = 0
    losses = np.cumsum([0, *steps])
    if level == 3:
        losses[int(rng.integers(falling + patience + 1, epochs - 1))] = losses.min() - 3
    val = (losses - losses.min() + rng.integers(25, 60)) / 100
    train = (np.cumsum(rng.integers(2, 12, size=epochs))[::-1] + 5) / 100
    return {"train": train, "val": val, "patience": patience}


def avoid(train: Any, val: Any, stop_epoch: float, kept_epoch: float) -> str | None:
    """Tables on which training runs to the end, or whose answer can be had by a wrong rule."""
    if stop_epoch >= len(val):
        return "no early stop"
    if _smallest(train) in {kept_epoch, stop_epoch, _smallest(val)}:
        return "training minimum at another answer"
    late = len(val) == 10 and _smallest(val) <= stop_epoch
    return "no late minimum" if late else None


FAMILY = Family(
    id="early-stopping",
    topic="regularization",
    title="Early stopping with patience",
    task="Trace the best validation loss and the epochs without improvement, then say where "
    "training stops and which epoch's weights are kept (epochs count from 1).",
    sources=("hub", "mcb"),
    givens=(
        Given("train", r"L_{\mathrm{train}}", "training loss of each epoch", "T"),
        Given("val", r"L_{\mathrm{val}}", "validation loss of each epoch", "T"),
        Given(
            "patience",
            "P",
            "epochs in a row without improvement after which training stops",
            kind="integer",
        ),
    ),
    steps=(
        Step(
            "best_val",
            "Best validation loss so far, epoch by epoch",
            r"b_k = \min_{j \le k} L_{\mathrm{val}, j}",
            lambda val: np.minimum.accumulate(val),
            work=lambda value: [Work(at, num(value[at])) for at in entries(value)],
        ),
        Step(
            "wait",
            "Epochs since the last improvement, epoch by epoch",
            r"w_k = k - \text{last epoch } j \le k \text{ with } L_{\mathrm{val}, j} < b_{j-1}",
            _wait,
            kind="integer",
            work=_wait_work,
        ),
        Step(
            "stop_epoch",
            "Epoch at which training stops",
            r"\text{first } k \text{ with } w_k \ge P, \text{ else the last}",
            _stop,
            kind="integer",
        ),
        Step(
            "kept_epoch",
            "Epoch whose weights are kept",
            r"\text{first } k \text{ up to the stop with the smallest } L_{\mathrm{val}, k}",
            _kept,
            final=True,
            kind="integer",
        ),
        Step(
            "kept_val",
            "Its validation loss",
            r"L_{\mathrm{val}} \text{ at the kept epoch}",
            _at,
            work=lambda value: [Work((), num(value))],
        ),
    ),
    slips=(
        Slip(
            "train-minimum",
            "kept_epoch",
            lambda train: _smallest(train),
            "The validation loss decides, not the training loss.",
            when=lambda train, kept_epoch: _smallest(train) != kept_epoch,
        ),
        Slip(
            "last-weights-kept",
            "kept_epoch",
            lambda stop_epoch: stop_epoch,
            "Training stops here, but the weights of the BEST epoch are kept.",
            when=lambda stop_epoch, kept_epoch: stop_epoch != kept_epoch,
        ),
        Slip(
            "patience-off-by-one",
            "stop_epoch",
            _one_later,
            "Training stops as soon as the patience is used up, not one epoch later.",
            when=lambda wait, patience, stop_epoch: _one_later(wait, patience) != stop_epoch,
        ),
        Slip(
            "peeked",
            "kept_epoch",
            lambda val: _smallest(val),
            "Training was stopped before that epoch; it cannot be chosen.",
            when=lambda val, stop_epoch: _smallest(val) > stop_epoch,
        ),
        Slip(
            "ties-improve",
            "wait",
            _ties_improve,
            "An equal loss is no improvement.",
            when=lambda val, wait: not np.array_equal(_ties_improve(val), wait),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    items=("hub-early-stopping",),
)
