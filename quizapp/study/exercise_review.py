"""An exercise as a review of its skill: fresh numbers, a rating with its reason, the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from quizapp.exercises.catalogue import family as find_family
from quizapp.scheduling.effort import Effort, Rated, level_of, rated
from quizapp.scheduling.memory import Rating, describe_interval
from quizapp.study.balancing import previews
from quizapp.study.interrupted import interrupted
from quizapp.study.practice import ATTEMPT, PracticeRun, fresh_problem
from quizapp.study.prerequisites import Behind, behind
from quizapp.study.skills import skill_of

if TYPE_CHECKING:
    from datetime import date

    from quizapp.exercises.marks import Marking
    from quizapp.scheduling.memory import CardMemory
    from quizapp.store.events import Event
    from quizapp.study.skills import Skill
    from quizapp.study.workspace import Workspace

HOW = "exercise"
"""How the answer to a skill is given, as the log says it."""
FAILED = "failed-skill"
"""Why cards come earlier than planned, as the log says it."""

_open: WeakKeyDictionary[Workspace, dict[str, PracticeRun]] = WeakKeyDictionary()
_rated: WeakKeyDictionary[Workspace, dict[str, list[PracticeRun]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What came of an exercise once it was rated."""

    memory: CardMemory
    behind: Behind
    """The cards that come first because it went wrong."""


def run_for(workspace: Workspace, skill: Skill, memory: CardMemory | None) -> PracticeRun:
    """The exercise that was left unanswered, also by a program that broke off, else a fresh one.

    One that was left is kept until it is rated, whatever was typed: else hints and the solution
    could be had for nothing. Raises QuizError.
    """
    runs = _open.setdefault(workspace, {})
    if skill.card not in runs:
        runs[skill.card] = interrupted(workspace, skill) or _fresh(workspace, skill, memory)
    return runs[skill.card]


def _fresh(workspace: Workspace, skill: Skill, memory: CardMemory | None) -> PracticeRun:
    level = level_of(memory, find_family(skill.family).levels)
    run = PracticeRun(workspace, fresh_problem(workspace, skill.family, level))
    run.skill = True
    return run


def is_open(workspace: Workspace, skill: Skill) -> bool:
    """Whether an exercise of the skill was begun and left."""
    run = _open.get(workspace, {}).get(skill.card)
    return run is not None and bool(run.standing or run.hints or run.solution_seen)


def reopen(workspace: Workspace, card: str) -> None:
    """Take the exercise up again whose rating was taken back, if this program still has it."""
    runs = _rated.get(workspace, {}).get(card)
    if runs:
        _open.setdefault(workspace, {})[card] = runs.pop()


def put_away(workspace: Workspace, card: str) -> None:
    """Let go of an exercise that was taken up again, since its rating was brought back."""
    run = _open.get(workspace, {}).get(card)
    if run is not None and run.counted:
        _rated.setdefault(workspace, {}).setdefault(card, []).append(run)
        del _open[workspace][card]


def proposal(run: PracticeRun, marking: Marking | None = None) -> Rated:
    """The rating that an exercise deserves as it stands, and why. Raises StoreError."""
    marks = run.marking() if marking is None else marking
    return rated(
        Effort(
            first=[run.first.get(line.step.name, line.share) for line in marks.lines],
            final=[line.share for line in marks.lines],
            seconds=run.seconds,
            hints=sum(run.hints.values()),
            solution_seen=run.gave_up,
            earlier=_earlier(run),
        )
    )


def _earlier(run: PracticeRun) -> list[float]:
    """The times of the exercises of this family and level that were solved before."""
    last: dict[str, Event] = {}
    for event in run.workspace.store.events(kind=ATTEMPT, subject=run.problem.family.id):
        last[str(event.payload["run"])] = event
    last.pop(run.id, None)
    return [
        float(event.payload.get("seconds", 0.0))
        for event in last.values()
        if event.payload["problem"].get("level") == run.problem.level
        and event.payload["score"] >= 1.0
        and not event.payload.get("solution_seen", False)
    ]


def rate(
    workspace: Workspace,
    skill: Skill,
    run: PracticeRun,
    rating: Rating,
    *,
    due: date | None = None,
) -> Reviewed:
    """Write an exercise and its rating down, and bring cards forward where it was failed.

    All of it is one step of the log; ``due`` is the day shown for the rating. Raises StoreError,
    after which nothing is written.
    """
    marking = run.marking()
    forward = behind(workspace, skill, run) if rating is Rating.AGAIN else Behind()
    today, scheduler = workspace.today(), workspace.scheduler
    with workspace.store.step() as step:
        attempt = step.append(ATTEMPT, run.problem.family.id, run.attempt(marking))
        memory = step.review(
            skill.card,
            rating,
            ms=round(run.seconds * 1000),
            how=HOW,
            scheduler=scheduler,
            due=due,
            more={"attempt": attempt.id},
        )
        for card in forward.cards:
            step.reschedule(card, today, why=FAILED)
    run.counted = True
    _open.get(workspace, {}).pop(skill.card, None)
    _rated.setdefault(workspace, {}).setdefault(skill.card, []).append(run)
    return Reviewed(memory, forward)


# Free practice -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counted:
    """An exercise of free practice that counted as a review."""

    rated: Rated
    interval: str
    """Until the skill comes again, as it would stand on a button."""
    behind: Behind

    @property
    def told(self) -> str:
        """A sentence or two for the student."""
        rated = f"{self.rated.rating.name.capitalize()} ({self.rated.why})"
        again = f"Counts as today's review: {rated}, again in {self.interval}."
        return f"{again} {self.behind.told}".rstrip()


def count(run: PracticeRun) -> Counted | None:
    """Count an exercise of free practice as a review, once, where it is one; else None.

    See ``counts``. Raises StoreError.
    """
    skill = None if run.counted else counts(run)
    if skill is None:
        return None
    workspace = run.workspace
    now, today = workspace.now(), workspace.today()
    after = previews(workspace, workspace.store.memory(skill.card), now, skill.card)
    found = proposal(run)
    then = after[found.rating]
    reviewed = rate(workspace, skill, run, found.rating, due=then.due_day)
    return Counted(found, describe_interval(then, now, today), reviewed.behind)


def counts(run: PracticeRun) -> Skill | None:
    """The skill of which an exercise of free practice counts as a review; None where it does not.

    It counts once it is finished without a look at the solution, if the skill is new or due today
    and the exercise is not easier than the one that the schedule would have brought: else who
    practises much would be asked less, or asked again for what was just shown. Raises StoreError.
    """
    problem = run.problem
    if problem.level is None or problem.seed is None or run.shared or run.gave_up:
        return None
    skill = skill_of(run.workspace, problem.family.id)
    if skill is None or not run.finished(run.marking()):
        return None
    state, today = run.workspace.store.state(skill.card), run.workspace.today()
    held = state.suspended or (state.buried_until is not None and state.buried_until > today)
    memory = state.memory
    waits = memory is not None and memory.due_day is not None and memory.due_day > today
    if held or waits or problem.level < level_of(memory, problem.family.levels):
        return None
    return skill
