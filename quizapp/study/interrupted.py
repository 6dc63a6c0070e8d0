"""An exercise of the review that was broken off, taken up again from what the log has of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError
from quizapp.exercises.problem import read_problem
from quizapp.study.practice import ATTEMPT, PracticeRun

if TYPE_CHECKING:
    from quizapp.store.events import Event
    from quizapp.study.skills import Skill
    from quizapp.study.workspace import Workspace


def interrupted(workspace: Workspace, skill: Skill) -> PracticeRun | None:
    """The exercise of today that was checked in part and never rated; None where there is none.

    What was typed and not checked, and hints after the last check, are not in the log. Raises
    StoreError.
    """
    attempts = workspace.store.events(kind=ATTEMPT, subject=skill.family)
    mine = [event for event in attempts if event.payload.get("skill") is True]
    last = mine[-1] if mine else None
    if last is None or last.day != workspace.today() or _rated(workspace, skill, last):
        return None
    try:
        return _run(workspace, last)
    except (QuizError, AttributeError, KeyError, TypeError, ValueError):
        return None  # of another version: fresh numbers are as good


def _rated(workspace: Workspace, skill: Skill, attempt: Event) -> bool:
    answers = workspace.store.events(kind="review", subject=skill.card)
    return any(answer.payload.get("attempt") == attempt.id for answer in answers)


def _run(workspace: Workspace, event: Event) -> PracticeRun:
    """The run as it stood when it was last checked."""
    told = event.payload
    run = PracticeRun(workspace, read_problem(told["problem"]))
    run.id = str(told["run"])
    run.skill = True
    run.answers = dict(told["answers"])
    run.checked = set(told["checked"]) & set(run.problem.family.by_name)
    run.first = {name: float(share) for name, share in told["first"].items()}
    run.slips = dict(told["slips"])
    run.hints = {"": int(told["hints"])} if told["hints"] else {}
    run.solution_seen = bool(told["solution_seen"])
    run.gave_up = run.solution_seen and not run.finished(run.marking())
    run.seconds = float(told["seconds"])
    return run
