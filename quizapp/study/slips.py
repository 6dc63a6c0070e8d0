"""The student's own slips: which are made most often, and problems in which they would show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError
from quizapp.exercises.catalogue import UnknownFamily
from quizapp.exercises.catalogue import family as find_family
from quizapp.exercises.generate import GenerationError, generate, shows
from quizapp.exercises.graph import alternatives, applies
from quizapp.study.attempts import attempts
from quizapp.study.practice import fresh_seed
from quizapp.study.selection import course_conventions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from quizapp.exercises.family import Family, Slip
    from quizapp.exercises.problem import Problem
    from quizapp.study.attempts import PastAttempt
    from quizapp.study.practice import PracticeRun
    from quizapp.study.workspace import Workspace

TRIES = 30
"""So many variants are drawn at a level before another is tried."""
DRILLED = 5
"""So many slips are practised one after the other."""


class SlipError(QuizError):
    """A slip that does not exist, was never made or cannot show."""

    code = "slip"


@dataclass(frozen=True, slots=True)
class SlipRecord:
    """A slip and how often it was made."""

    family: str
    title: str
    """The title of the family."""
    slip: str
    says: str
    """What the mistake is, in words."""
    times: int
    """The problems on which it was made."""
    last: date
    """The study day on which it was made last."""
    level: int
    """The level at which it was made last."""
    right_since: int
    """The problems of the family that were right since then."""


def slip_records(past: Sequence[PastAttempt]) -> list[SlipRecord]:
    """Every slip that was made, the most frequent first and of these the latest."""
    times: dict[tuple[str, str], int] = {}
    last: dict[tuple[str, str], int] = {}
    for place, attempt in enumerate(past):
        for slip in attempt.slips:
            key = attempt.family, slip
            times[key] = times.get(key, 0) + 1
            last[key] = place
    order = sorted(times, key=lambda key: (times[key], last[key]), reverse=True)
    return [_record(past, family, slip, times[family, slip], last[family, slip])
            for family, slip in order]  # fmt: skip


def _record(
    past: Sequence[PastAttempt], family: str, slip: str, times: int, last: int
) -> SlipRecord:
    title, says = _in_words(family, slip)
    since = [one for one in past[last + 1 :] if one.family == family and one.right]
    return SlipRecord(
        family, title, slip, says, times, past[last].day, past[last].level or 1, len(since)
    )


def _in_words(family_id: str, slip: str) -> tuple[str, str]:
    """The title of a family and what a slip says; the names where this version knows neither."""
    try:
        family = find_family(family_id)
    except UnknownFamily:  # an attempt of a version that knew more
        return family_id, slip
    return family.title, next((s.says for s in family.slips if s.name == slip), slip)


def most_frequent(
    workspace: Workspace, count: int, *, since: date | None = None
) -> list[SlipRecord]:
    """The slips made most often, or most often since a study day. Raises StoreError."""
    past = [one for one in attempts(workspace) if since is None or one.day >= since]
    return slip_records(past)[:count]


# Problems in which a slip would show ------------------------------------------------------


def problem_showing(workspace: Workspace, family_id: str, slip_name: str, level: int) -> Problem:
    """New numbers on which a slip exists and gives something else than the right computation.

    The level is kept where it can be, else the nearest one is taken; the conventions are those
    of the course where the slip exists under them, else those of which one differs. Raises
    UnknownFamily, and SlipError where there is no such slip or no such problem is found.
    """
    family = find_family(family_id)
    slip = next((s for s in family.slips if s.name == slip_name), None)
    if slip is None:
        raise SlipError(f"{family.title} knows no slip '{slip_name}'.", where=family_id)
    for conventions in _settings(workspace, family):
        for near in sorted(family.levels, key=lambda other: (abs(other - level), other)):
            problem = _search(family, slip, near, conventions)
            if problem is not None:
                return problem
    raise SlipError(
        f"no numbers were found on which this slip would show: {slip.says} "
        "Practise the family as it is.",
        where=family.title,
    )


def _settings(workspace: Workspace, family: Family) -> Iterator[Mapping[str, str]]:
    """The conventions of the course, then those that differ in one."""
    course = course_conventions(workspace.course, dict(family.conventions))
    base = {**family.defaults, **course}
    yield base
    for other in alternatives(family, base):
        if sum(other[name] != base[name] for name in base) > 1:
            return
        yield other


def _search(
    family: Family, slip: Slip, level: int, conventions: Mapping[str, str]
) -> Problem | None:
    """A variant on which the slip shows, None where none of the first ones is."""
    seed = fresh_seed()
    for variant in range(TRIES):
        try:
            problem = generate(
                family, seed=seed, level=level, variant=variant, conventions=conventions
            )
        except GenerationError:
            return None  # hardly any variant is worth setting here
        if can_be_made(problem, slip):
            return problem
    return None


def can_be_made(problem: Problem, slip: Slip) -> bool:
    """Whether a slip exists on these numbers and can be told from the right computation."""
    scope = {**problem.solve(), **problem.env}
    return applies(slip.when, scope) and shows(problem, slip)


class Drill:
    """Slips to practise one after the other, from the start again after the last."""

    def __init__(self, workspace: Workspace, slips: Sequence[SlipRecord]) -> None:
        self.workspace = workspace
        self.slips = tuple(slips)
        self._next = 0
        self.slip = self.slips[0]
        """The slip of the last problem."""

    @classmethod
    def of_mine(cls, workspace: Workspace, family: str | None = None) -> Drill:
        """The most frequent slips, in all families or one.

        Those not yet followed by a right problem come first. Raises SlipError where none was
        made, StoreError.
        """
        made = [
            one
            for one in slip_records(attempts(workspace))
            if family in {None, one.family} and _known(one)
        ]
        if not made:
            where = f" of {find_family(family).title}" if family else ""
            raise SlipError(
                f"no slip{where} is in your log yet: they are noted as you practise computations."
            )
        made.sort(key=lambda one: one.right_since > 0)
        return cls(workspace, made[:DRILLED])

    @classmethod
    def of_run(cls, run: PracticeRun) -> Drill:
        """The slips that were made on one problem. Raises SlipError where none was, StoreError."""
        family = run.problem.family.id
        made = [
            one
            for one in slip_records(attempts(run.workspace))
            if one.family == family and one.slip in run.slips
        ]
        if not made:
            raise SlipError("no slip was made on this problem.")
        return cls(run.workspace, made)

    def problem(self) -> Problem:
        """A problem for the next slip. Raises SlipError where none can show."""
        refused: SlipError | None = None
        for _ in self.slips:
            self.slip = self.slips[self._next]
            self._next = (self._next + 1) % len(self.slips)
            try:
                return problem_showing(
                    self.workspace, self.slip.family, self.slip.slip, self.slip.level
                )
            except SlipError as error:
                refused = error
        raise refused or SlipError("there is no slip to practise.")


def _known(record: SlipRecord) -> bool:
    """Whether this version knows the slip."""
    try:
        family = find_family(record.family)
    except UnknownFamily:
        return False
    return any(slip.name == record.slip for slip in family.slips)
