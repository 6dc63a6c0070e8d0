"""Fitting the schedule to the own log: try, adopt or leave, look at it, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizapp.scheduling.histories import Answer
from quizapp.scheduling.memory import Rating
from quizapp.scheduling.training import Trial, attempt
from quizapp.store.events import REVIEW, SCHEDULER, TRAINING
from quizapp.store.replay import Settings, replay, trained_parameters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from quizapp.scheduling.memory import CardMemory
    from quizapp.scheduling.training import TooFew, Trainer
    from quizapp.store.events import Event
    from quizapp.study.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Moved:
    """What other parameters do to the days on which cards are due."""

    cards: int
    """Cards that are due on a day; those being learned are not moved."""
    earlier: int
    later: int
    due_before: int
    """Cards due today or overdue with the parameters of before."""
    due_after: int


@dataclass(frozen=True, slots=True)
class Training:
    """What came of a training."""

    result: Trial | TooFew
    adopted: bool
    """Whether the parameters were written down; not after a dry run."""
    moved: Moved | None
    """None where the due days stay as they are."""

    @property
    def accepted(self) -> bool:
        """Whether the parameters found are better."""
        return isinstance(self.result, Trial) and self.result.accepted


@dataclass(frozen=True, slots=True)
class InUse:
    """The parameters that the schedule uses."""

    parameters: tuple[float, ...]
    trained_on: str | None
    """The study day of the training, None for the standard parameters."""
    replayed: bool
    """Whether they hold for the answers before the training, too."""
    trial: Mapping[str, Any]
    """What the training was judged by; whatever the log has, checked by nobody."""


def train(
    workspace: Workspace,
    *,
    dry_run: bool = False,
    keep_due_days: bool = False,
    trainer: Trainer | None = None,
) -> Training:
    """Fit the parameters, and adopt them if they are better on later answers.

    All cards are then rescheduled by replay; with ``keep_due_days`` the parameters hold from the
    next answers on. Raises TrainingError and StoreError; nothing is changed then.
    """
    store = workspace.store
    result = attempt(answers(workspace), workspace.scheduler, trainer)
    if not isinstance(result, Trial) or not result.accepted:
        return Training(result, adopted=False, moved=None)
    before = store.memories()
    if not dry_run:
        store.append(SCHEDULER, TRAINING, _payload(result, replayed=not keep_due_days))
    moved = None
    if not keep_due_days:
        after = _foreseen(workspace, result.parameters) if dry_run else store.memories()
        moved = _moved(before, after, workspace.today())
    return Training(result, adopted=not dry_run, moved=moved)


def take_back(workspace: Workspace) -> Moved | None:
    """Go back to the parameters before the last training; None when there is none in force.

    The log is replayed as if that training had never been. Raises StoreError.
    """
    store = workspace.store
    training = _last(workspace)
    if training is None:
        return None
    before = store.memories()
    store.take_back(training)
    return _moved(before, store.memories(), workspace.today())


def in_use(workspace: Workspace) -> InUse:
    """The parameters of now, and where they come from. Raises StoreError."""
    parameters = workspace.scheduler.parameters
    training = _last(workspace)
    if training is None:
        return InUse(parameters, trained_on=None, replayed=False, trial={})
    trial = training.payload.get("trial")
    return InUse(
        parameters=parameters,
        trained_on=training.day.isoformat(),
        replayed=training.payload.get("replay") is True,
        trial=trial if isinstance(trial, dict) else {},
    )


def answers(workspace: Workspace) -> Iterator[Answer]:
    """The answers of the log in replay order, without those that this version cannot read."""
    ratings = tuple(Rating)
    for event in workspace.store.events(REVIEW):
        rating = event.payload.get("rating")
        if rating in ratings:
            yield Answer(event.subject, event.day, int(rating))


def _last(workspace: Workspace) -> Event | None:
    """The last training in force that this version can read."""
    trainings = workspace.store.events(SCHEDULER, TRAINING)
    readable = [event for event in trainings if trained_parameters(event.payload) is not None]
    return readable[-1] if readable else None


def _foreseen(workspace: Workspace, parameters: tuple[float, ...]) -> dict[str, CardMemory]:
    """The memories that a replay of the whole log with these parameters leads to."""
    events = workspace.store.events()
    settings = Settings((e for e in events if e.kind == SCHEDULER), parameters=parameters)
    states = replay(events, settings)
    return {card: state.memory for card, state in states.items() if state.memory is not None}


def _moved(before: Mapping[str, CardMemory], after: Mapping[str, CardMemory], today: date) -> Moved:
    days = [(old.due_day, after[card].due_day) for card, old in before.items() if card in after]
    known = [(old, new) for old, new in days if old is not None and new is not None]
    return Moved(
        cards=len(known),
        earlier=sum(new < old for old, new in known),
        later=sum(new > old for old, new in known),
        due_before=sum(old <= today for old, _ in known),
        due_after=sum(new <= today for _, new in known),
    )


def _payload(trial: Trial, *, replayed: bool) -> dict[str, Any]:
    return {
        "parameters": list(trial.parameters),
        "replay": replayed,
        "trial": {
            "trained_on": trial.trained_on,
            "tried_on": trial.tried_on,
            "since": trial.since.isoformat(),
            "log_loss": [trial.present.log_loss, trial.trained.log_loss],
            "rmse": [trial.present.rmse, trial.trained.rmse],
            "gain": trial.gain,
            "error": trial.error,
        },
    }
