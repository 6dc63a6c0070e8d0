"""Practising a computation: fresh numbers or the student's own, line by line."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias
from weakref import WeakKeyDictionary

from quizapp.core.ids import uuid7
from quizapp.core.verdicts import Verdict
from quizapp.exercises.catalogue import family as find_family
from quizapp.exercises.generate import generate
from quizapp.exercises.grading import mark
from quizapp.exercises.problem import read_problem
from quizapp.exercises.worked import HINTS, hint, worked
from quizapp.study.scratch import Scratch
from quizapp.study.selection import course_conventions, touching

if TYPE_CHECKING:
    from quizapp.exercises.marks import LineMark, Marking
    from quizapp.exercises.problem import Problem
    from quizapp.exercises.worked import WorkedLine
    from quizapp.packs.model import Discrepancy
    from quizapp.study.sharing import Shared
    from quizapp.study.workspace import Workspace

ATTEMPT = "attempt"
_SEEDS = 2**32
_MOST_OPEN = 5
_IDLE_SECONDS = 300
"""Whoever does nothing for longer has gone away; that time does not count."""
_SEVERITIES = ("high", "medium", "low")

Answer: TypeAlias = "str | list[Any]"
"""What stands in a line: one text, or nested lists with a text for each cell."""


def fresh_problem(workspace: Workspace, family_id: str, level: int) -> Problem:
    """New numbers for a family under the conventions of the course. Raises QuizError."""
    family = find_family(family_id)
    conventions = course_conventions(workspace.course, dict(family.conventions))
    return generate(family, seed=fresh_seed(), level=level, conventions=conventions)


def fresh_seed() -> int:
    """A seed that nobody has chosen."""
    return secrets.randbelow(_SEEDS)


def own_problem(workspace: Workspace, raw: Mapping[str, Any]) -> Problem:
    """A problem from a sheet, the course's conventions where it names none. Raises QuizError."""
    family = find_family(str(raw.get("family", "")))
    stated = raw.get("conventions") or {}
    if isinstance(stated, Mapping):
        stated = course_conventions(workspace.course, dict(family.conventions)) | dict(stated)
    return read_problem({**raw, "conventions": stated})


class PracticeRun:
    """One problem being worked on. What was checked is in the log at once.

    Lines that cannot be read are said so and count for nothing; a run of which no line could
    be read leaves no attempt. ``shared`` is what the file of the problem says beside its numbers;
    its scheme weighs the lines.
    """

    def __init__(
        self, workspace: Workspace, problem: Problem, shared: Shared | None = None
    ) -> None:
        self.workspace = workspace
        self.problem = problem
        self.shared = shared
        self.answers: dict[str, Answer] = {}
        """What stands in the lines, by step."""
        self.checked: set[str] = set()
        """The lines that were checked since they last changed."""
        self.first: dict[str, float] = {}
        """The share of its points that each line earned when it was first checked."""
        self.hints: dict[str, int] = {}
        """How many hints were taken, by step."""
        self.solution_seen = False
        self.gave_up = False
        """Whether the solution was looked at before the exercise was solved."""
        self.skill = False
        """Whether the daily review asked for it; the log says so, to take it up again."""
        self.counted = False
        """Whether it has counted as a review of its skill."""
        self.slips: dict[str, str] = {}
        """Every slip made in this run, mended or not, with the step it was made on."""
        self.scratch = Scratch()
        """What was calculated on the side; it is said in the log."""
        self.started = workspace.now()
        self.id = uuid7(int(self.started.timestamp() * 1000))
        self._seen = self.started
        self.seconds = 0.0
        """How long it was worked on, breaks left out."""
        self._logged: dict[str, Any] | None = None

    def write(self, step: str, answer: Answer) -> None:
        """Put an answer into a line; its verdict is gone until it is checked again."""
        self._work()
        if self.answers.get(step, "") != answer:
            self.checked.discard(step)
        self.answers[step] = answer

    @property
    def standing(self) -> dict[str, Answer]:
        """The lines in which something stands."""
        return {
            step: answer
            for step, answer in self.answers.items()
            if (answer.strip() if isinstance(answer, str) else answer)
        }

    def marking(self) -> Marking:
        """The marks of all that stands there now; looks without recording anything."""
        return mark(self.problem, self.standing, self.scheme)

    @property
    def scheme(self) -> Mapping[str, float]:
        """The points of the steps, 1 where it is silent."""
        return self.shared.scheme if self.shared is not None else {}

    def check(self, step: str) -> LineMark:
        """Check one line, as a recorded attempt unless it is blank or cannot be read."""
        marking = self.marking()
        line = marking.line(step)
        if line.typed is not None and line.verdict is not Verdict.INVALID:
            self.checked.add(step)
            self._note(marking)
            self._log(marking)
        return line

    def check_all(self) -> Marking:
        """Check every line that can be read."""
        marking = self.marking()
        readable = [m for m in marking.lines if m.typed is not None]
        if readable:
            self.checked.update(m.step.name for m in readable)
            self._note(marking)
            self._log(marking)
        return marking

    def hint(self, step: str) -> tuple[str, str]:
        """The next hint for a line, as a sentence and a formula; the last one is repeated."""
        self._work()
        number = min(self.hints.get(step, 0) + 1, HINTS)
        self.hints[step] = number
        return hint(self.problem, step, number)

    def solution(self) -> list[WorkedLine]:
        """The worked solution; the run remembers that it was shown."""
        if not self.solution_seen:
            self.gave_up = not self.finished(self.marking())
        self.solution_seen = True
        return worked(self.problem)

    def solved(self, marking: Marking) -> bool:
        """Whether every final line was checked and is right, not only carried on from a mistake."""
        return all(
            line.step.name in self.checked
            and line.share == 1.0
            and line.verdict in {Verdict.CORRECT, Verdict.CONVENTION}
            for line in marking.lines
            if line.step.final
        )

    def finished(self, marking: Marking) -> bool:
        """Whether every final line was checked and earns its points, if only by carrying on."""
        return all(
            line.step.name in self.checked and line.share == 1.0
            for line in marking.lines
            if line.step.final
        )

    def discrepancies(self) -> list[Discrepancy]:
        """Where the sources differ about this exercise, what matters most first.

        Empty until the answer is there, so that nothing is given away.
        """
        if not (self.solution_seen or self.solved(self.marking())):
            return []
        pack, family = self.workspace.pack, self.problem.family
        named = [one.id for one in pack.discrepancies.values() if family.id in one.families]
        found = touching(pack, tuple(dict.fromkeys((*family.discrepancies, *named))))
        return sorted(found, key=lambda one: _SEVERITIES.index(one.severity))

    def _note(self, marking: Marking) -> None:
        for line in marking.lines:
            if line.step.name not in self.checked or line.typed is None:
                continue
            if line.verdict is not Verdict.INVALID and not line.incomplete:
                self.first.setdefault(line.step.name, line.share)
            if line.verdict is Verdict.SLIP:
                for slip in line.slips[:1]:
                    self.slips.setdefault(slip.name, slip.step)

    def _work(self) -> None:
        """Something is being done: count the time since the last thing, unless it was a break."""
        now = self.workspace.now()
        gap = (now - self._seen).total_seconds()
        self.seconds += min(max(gap, 0.0), _IDLE_SECONDS)
        self._seen = now

    def attempt(self, marking: Marking) -> dict[str, Any]:
        """The attempt as it stands now, as it goes into the log."""
        self._work()
        return {**self._facts(marking), "seconds": round(self.seconds, 1)}

    def _facts(self, marking: Marking) -> dict[str, Any]:
        payload = {
            "run": self.id,
            "problem": self.problem.as_json(),
            "answers": self.standing,
            "checked": sorted(self.checked),
            "score": marking.score,
            "verdicts": {m.step.name: m.verdict.value for m in marking.lines},
            "slips": dict(self.slips),
            "first": dict(self.first),
            "hints": sum(self.hints.values()),
            "solution_seen": self.solution_seen,
            "scratch": self.scratch.as_json(),
        }
        if self.scheme:
            payload["scheme"] = dict(self.scheme)
        if self.skill:
            payload["skill"] = True
        return payload

    def _log(self, marking: Marking) -> None:
        """Append the attempt as it stands; of one run the last event counts."""
        self._work()
        payload = self._facts(marking)
        if payload != self._logged:
            timed = {**payload, "seconds": round(self.seconds, 1)}
            self.workspace.store.append(ATTEMPT, self.problem.family.id, timed)
            self._logged = payload


# Runs that were left ----------------------------------------------------------------------

_left: WeakKeyDictionary[Workspace, list[PracticeRun]] = WeakKeyDictionary()


def leave(run: PracticeRun) -> None:
    """Keep a run that was left with something in it, to be taken up again until one quits."""
    runs = _left.setdefault(run.workspace, [])
    if run in runs:
        runs.remove(run)
    if run.standing and not run.solution_seen and not run.solved(run.marking()):
        runs.insert(0, run)
        del runs[_MOST_OPEN:]


def left(workspace: Workspace) -> list[PracticeRun]:
    """The runs that can be taken up again, the latest first."""
    return list(_left.get(workspace, ()))


def last_scores(workspace: Workspace) -> dict[str, float]:
    """The score of the last attempt at each family, 0 to 1. Raises StoreError."""
    return {
        event.subject: float(event.payload["score"])
        for event in workspace.store.events(kind=ATTEMPT)
    }
