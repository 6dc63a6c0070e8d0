"""How often the weights change in a training run: epochs times batches."""

from __future__ import annotations

from typing import Any

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import frac, num

_MOST = 10**12


def _full_batches(N: float, M: float) -> int:
    return int(N) // int(M)


def _per_epoch(N: float, M: float) -> int:
    return -(-int(N) // int(M))


def _per_epoch_work(N: float, M: float) -> list[Work]:
    rest = int(N) % int(M)
    whole = frac(num(int(N) - rest), num(M))
    return [Work((), f"{whole} + 1" if rest else whole)]


def _last_work(N: float, M: float, per_epoch: float) -> list[Work]:
    return [Work((), rf"{num(N)} - {num(M)} \cdot ({num(per_epoch)} - 1)")]


def _total_work(epochs: float, per_epoch: float) -> list[Work]:
    return [Work((), rf"{num(epochs)} \cdot {num(per_epoch)}")]


def check(N: float, M: float, epochs: float) -> None:
    """There is at least one example, one in a batch, one epoch."""
    for name, value in (("N", N), ("M", M), ("epochs", epochs)):
        if not 1 <= value <= _MOST:
            raise GivenError(f"'{name}' is a whole number from 1 to {_MOST}.", where=name)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Batches that come out even; a smaller last batch; a data set of thousands."""
    if level == 1:
        size = int(rng.choice((5, 10, 20, 25)))
        examples = size * int(rng.integers(2, 13))
        return {"N": examples, "M": size, "epochs": int(rng.integers(2, 11))}
    if level == 2:
        size = int(rng.choice((4, 8, 16, 32)))
        return {"N": int(rng.integers(40, 260)), "M": size, "epochs": int(rng.integers(2, 16))}
    size = int(rng.choice((32, 64, 100, 128, 256)))
    examples = 50 * int(rng.integers(40, 1201))
    return {"N": examples, "M": size, "epochs": int(rng.choice((5, 10, 20, 30, 50, 100)))}


def avoid(N: float, M: float, epochs: float, per_epoch: float) -> str | None:
    """Numbers at which two mistakes give one total, and batches larger than the data."""
    if M > N:
        return "a batch larger than the data"
    if N > 100 and M not in {5, 10, 20, 25} and int(N) % int(M) == 0:
        return "no smaller batch"
    wrong = [per_epoch, epochs, epochs * N]
    return "two mistakes give one number" if len(set(wrong)) < len(wrong) else None


FAMILY = Family(
    id="update-count",
    topic="optimizers",
    title="Number of updates in a training run",
    task="Count the weight updates per epoch and in the whole run. The last batch may be smaller.",
    sources=("mcb", "nnt", "ece493"),
    givens=(
        Given("N", "N", "number of examples", kind="integer"),
        Given("M", "M", "batch size", kind="integer"),
        Given("epochs", "E", "number of epochs", kind="integer"),
    ),
    steps=(
        Step(
            "per_epoch",
            "Updates per epoch",
            r"B = \lceil N / M \rceil",
            _per_epoch,
            kind="integer",
            work=_per_epoch_work,
        ),
        Step(
            "last_batch",
            "Examples in the last batch",
            r"N - M (B - 1)",
            lambda N, M, per_epoch: N - M * (per_epoch - 1),
            kind="integer",
            work=_last_work,
        ),
        Step(
            "total",
            "Updates in the whole run",
            r"E \cdot B",
            lambda epochs, per_epoch: epochs * per_epoch,
            final=True,
            kind="integer",
            work=_total_work,
        ),
    ),
    slips=(
        Slip(
            "last-batch-lost",
            "per_epoch",
            _full_batches,
            "The last batch is smaller but is an update too: round up.",
            when=lambda N, M: int(N) % int(M) != 0,
        ),
        Slip(
            "epochs-forgotten",
            "total",
            lambda per_epoch: per_epoch,
            "This is one epoch only.",
            when=lambda epochs: epochs > 1 + TIE,
        ),
        Slip(
            "one-per-example",
            "total",
            lambda epochs, N: epochs * N,
            "There is one update per BATCH, not per example.",
            when=lambda N, per_epoch: abs(N - per_epoch) > TIE,
        ),
        Slip(
            "one-per-epoch",
            "total",
            lambda epochs: epochs,
            "There is one update per batch, not per epoch.",
            when=lambda per_epoch: per_epoch > 1 + TIE,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("online-vs-minibatch-vs-fullbatch",),
    items=("pl-minibatch", "pl-full-batch", "pl-fit-methods", "ncl-training-code"),
)
