"""Fitting the schedule to the student's own answers."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from quizapp.scheduling.training import Trial
    from quizapp.study.training import InUse, Moved, Training
    from quizapp.study.workspace import Workspace

_ABOUT = """\
Fits the parameters of the schedule (FSRS-6) to your own answers. They are adopted only if they
foresee later answers, which the training does not see, better than the present ones; all cards
are then rescheduled by replaying your log."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.description = _ABOUT
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--dry-run", action="store_true", help="only say what would happen; change nothing"
    )
    what.add_argument(
        "--undo", action="store_true", help="go back to the parameters before the last training"
    )
    what.add_argument("--show", action="store_true", help="show the parameters in use")
    parser.add_argument(
        "--keep-due-days",
        action="store_true",
        help="leave the days on which cards are due; new parameters hold from the next answers on",
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Train, take the last training back, or show the parameters."""
    from quizapp.study.workspace import Workspace

    workspace = Workspace.open(os.environ)
    try:
        told, lines = _done(workspace, arguments)
    finally:
        workspace.close()
    if arguments.json:
        emit(told)
    else:
        print("\n".join(lines))
    return 0


def _done(
    workspace: Workspace, arguments: argparse.Namespace
) -> tuple[dict[str, Any], Iterator[str]]:
    from quizapp.study.training import in_use, take_back, train

    if arguments.show:
        used = in_use(workspace)
        return asdict(used), _used(used)
    if arguments.undo:
        moved = take_back(workspace)
        told = {"undone": moved is not None, "cards": None if moved is None else asdict(moved)}
        return told, _undone(moved, in_use(workspace))
    training = train(workspace, dry_run=arguments.dry_run, keep_due_days=arguments.keep_due_days)
    return _plain(training), _trained(training)


def _plain(training: Training) -> dict[str, Any]:
    """A training as JSON knows it."""
    from quizapp.scheduling.training import FEWEST, Trial

    result = training.result
    trial = (
        asdict(result) | {"since": result.since.isoformat()} if isinstance(result, Trial) else None
    )
    return {
        "answers": result.answers,
        "fewest": FEWEST,
        "accepted": training.accepted,
        "adopted": training.adopted,
        "trial": trial,
        "cards": None if training.moved is None else asdict(training.moved),
    }


def _trained(training: Training) -> Iterator[str]:
    from quizapp.scheduling.training import FEWEST, TooFew

    result = training.result
    if isinstance(result, TooFew):
        yield f"{result.why} Nothing was changed."
        yield f"There are {result.answers} of at least {FEWEST}; those count that were given a day"
        yield "or more after the last answer to the same card."
        return
    yield from _tried(result)
    if not training.accepted:
        yield _refused(result)
    elif not training.adopted:
        yield "That is better: without --dry-run the new parameters would be adopted."
    else:
        yield "That is better: the new parameters are adopted. quizapp train --undo goes back."
    if training.moved is not None:
        yield from _shift(training.moved, would=not training.adopted)
    elif training.accepted:
        yield "The cards stay due as they are; the parameters hold from the next answers on."


def _tried(trial: Trial) -> Iterator[str]:
    yield f"Trained three times, on up to {trial.trained_on} answers, and tried on what came next:"
    yield f"{trial.tried_on} answers since {trial.since}."
    yield ""
    yield f"{'':20}{'log loss':>10}{'calibration error (RMSE)':>27}"
    for name, fit in (("present parameters", trial.present), ("trained parameters", trial.trained)):
        yield f"{name:20}{fit.log_loss:>10.4f}{fit.rmse:>27.4f}"
    yield ""
    verb = "rises" if trial.gain < 0 else "falls"
    yield f"The log loss {verb} by {abs(trial.gain):.4f} ± {trial.error:.4f}."


def _refused(trial: Trial) -> str:
    if trial.last_gain <= 0 < trial.gain:
        return "Of late that was no better; nothing was changed."
    return "That is not better by more than chance; nothing was changed."


def _shift(moved: Moved, *, would: bool) -> Iterator[str]:
    verb = "would come" if would else "come"
    yield (
        f"Of {moved.cards} cards {moved.earlier} {verb} earlier and {moved.later} later; "
        f"due today: {moved.due_before} → {moved.due_after}."
    )


def _undone(moved: Moved | None, used: InUse) -> Iterator[str]:
    if moved is None:
        yield "There is no training to take back; the standard parameters are in use."
        return
    yield f"The last training is taken back; now in use are {_origin(used)}."
    yield from _shift(moved, would=False)


def _used(used: InUse) -> Iterator[str]:
    yield f"In use are {_origin(used)}."
    loss = used.trial.get("log_loss")
    if isinstance(loss, list) and len(loss) == 2 and all(isinstance(x, float) for x in loss):
        yield f"Log loss on the later answers: {loss[0]:.4f} before, {loss[1]:.4f} with them."
    values = [f"{value:g}" for value in used.parameters]
    for start in range(0, len(values), 7):
        yield "  " + "".join(f"{value:>9}" for value in values[start : start + 7])


def _origin(used: InUse) -> str:
    if used.trained_on is None:
        return "the standard parameters of FSRS-6"
    return f"parameters trained on {used.trained_on}"
