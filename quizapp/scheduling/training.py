"""Parameters of FSRS fitted to the own log, and whether they are any better.

The trainer sees earlier answers only; later ones say whether what it found foresees them better
than the parameters in force, and by more than chance. This is done in three rounds, each further
along in time: with one round, simulated learners whom the standard parameters describe were taken
for others several times as often.
"""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.core.errors import QuizError
from quizapp.scheduling.histories import Answer, Fit, Histories
from quizapp.scheduling.memory import Scheduler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from quizapp.scheduling.histories import Item

    Trainer = Callable[[Sequence[Item]], Sequence[float]]
    """Fits the 21 parameters to items in the order of time."""

FEWEST = 1_000
"""Foreseeable answers; with fewer, even a learner far from the standard one was often not told
from it in simulations."""
CUTS = (0.4, 0.6, 0.8)
"""After these shares of the answers a round trains on all before and is tried on the next part."""
FEWEST_BEFORE = 250
FEWEST_TRIED = 100
"""In each round; rounds are parted between days."""
CHANCE = 0.5
"""Standard errors by which the loss must fall. In simulations with 1 000 to 3 000 answers training
got past this for 2 % of the learners whom the standard parameters describe, and for some 85 % of
those who forget much faster or slower."""
DECIMALS = 4
"""Of a parameter; the library counts in single precision, which can lie beyond a bound by it."""
REQUIREMENT = "fsrs-rs-python>=0.9.3,<0.10"
_LIBRARY = "fsrs_rs_python"
_RELEARNING_STEPS = 1


class TrainingError(QuizError):
    """Training cannot be done here, or has failed."""

    code = "training"


@dataclass(frozen=True, slots=True)
class TooFew:
    """There is not enough to train on."""

    answers: int
    """The foreseeable ones."""
    why: str
    """A sentence."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What training found, and how it fared on answers that it had not seen."""

    parameters: tuple[float, ...]
    """Those of the last round."""
    trained_on: int
    """Foreseeable answers that they were trained on."""
    tried_on: int
    """Foreseeable answers tried, in all rounds together."""
    answers: int
    """Foreseeable answers there are."""
    since: date
    """The first study day of the answers tried."""
    present: Fit
    """How the parameters in force foresee the answers tried."""
    trained: Fit
    """How the parameters trained before them do."""
    gain: float
    """By how much the log loss falls; negative where it grows."""
    error: float
    """The standard error of the gain."""
    last_gain: float
    """The gain of the last round, which is that of the parameters found."""

    @property
    def accepted(self) -> bool:
        """Whether the new parameters are better, and training better by more than chance."""
        return self.gain > CHANCE * self.error and self.last_gain > 0


def attempt(
    answers: Iterable[Answer], present: Scheduler, trainer: Trainer | None = None
) -> Trial | TooFew:
    """Return how training on earlier answers fares on later ones.

    ``answers`` come in replay order. Raises TrainingError where the library is missing or fails.
    """
    histories = Histories(answers)
    days = np.sort(histories.days[histories.foreseeable])
    if len(days) < FEWEST:
        return TooFew(len(days), "There are too few answers to learn from.")
    bounds = [int(days[int(len(days) * cut)]) for cut in CUTS] + [int(days[-1]) + 1]
    before = np.searchsorted(days, bounds)
    if before[0] < FEWEST_BEFORE or np.diff(before).min() < FEWEST_TRIED:
        return TooFew(len(days), "The answers lie on too few days to learn from.")
    now = histories.predicted(present.parameters)
    trained, parameters, last = now.copy(), present.parameters, histories.foreseeable
    for start, end in pairwise(bounds):
        parameters = _usable((trainer or by_library)(histories.items(start)))
        last = histories.foreseeable & (histories.days >= start) & (histories.days < end)
        trained[last] = histories.predicted(parameters)[last]
    tried = histories.foreseeable & (histories.days >= bounds[0])
    gains = histories.losses(now) - histories.losses(trained)
    return Trial(
        parameters=parameters,
        trained_on=int(before[-2]),
        tried_on=int(tried.sum()),
        answers=len(days),
        since=date.fromordinal(bounds[0]),
        present=histories.fit(now, tried),
        trained=histories.fit(trained, tried),
        gain=float(gains[tried].mean()),
        error=float(gains[tried].std(ddof=1)) / sqrt(tried.sum()),
        last_gain=float(gains[last].mean()),
    )


def by_library(items: Sequence[Item]) -> Sequence[float]:
    """Return the parameters that fsrs-rs-python fits. Raises TrainingError."""
    library = _library()
    reviews = {
        pair: library.FSRSReview(*pair) for pair in {pair for item in items for pair in item}
    }
    rows = [library.FSRSItem([reviews[pair] for pair in item]) for item in items]
    try:
        found: list[float] = library.FSRS([]).compute_parameters(
            rows, num_relearning_steps=_RELEARNING_STEPS
        )
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - a panic in Rust is no Exception
        raise TrainingError(f"{_LIBRARY} has failed ({error}); nothing was changed.") from None
    return found


def _library() -> Any:
    try:
        return importlib.import_module(_LIBRARY)
    except ImportError:
        raise TrainingError(
            "training needs a package that is not installed; install it with "
            f'{sys.executable} -m pip install "{REQUIREMENT}"'
        ) from None


def _usable(parameters: Sequence[float]) -> tuple[float, ...]:
    """Return trained parameters as the scheduler takes them. Raises TrainingError."""
    try:
        return Scheduler([round(float(w), DECIMALS) for w in parameters]).parameters
    except (TypeError, ValueError, OverflowError) as error:
        reason = str(error).splitlines()[-1]
        raise TrainingError(
            f"training gave no usable parameters ({reason}); nothing was changed."
        ) from None
