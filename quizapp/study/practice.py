"""Practising a computation: fresh numbers or the student's own, line by line."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from quizapp.core.ids import uuid7
from quizapp.core.verdicts import Verdict
from quizapp.exercises.catalogue import family as find_family
from quizapp.exercises.generate import generate
from quizapp.exercises.grading import mark
from quizapp.exercises.problem import read_problem
from quizapp.exercises.worked import HINTS, hint, worked
from quizapp.study.selection import course_conventions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.exercises.marks import LineMark, Marking
    from quizapp.exercises.problem import Problem
    from quizapp.exercises.worked import WorkedLine
    from quizapp.study.workspace import Workspace

ATTEMPT = "attempt"
_SEEDS = 2**32


def fresh_problem(workspace: Workspace, family_id: str, level: int) -> Problem:
    """New numbers for a family under the conventions of the course. Raises QuizError."""
    family = find_family(family_id)
    conventions = course_conventions(workspace.course, dict(family.conventions))
    return generate(family, seed=secrets.randbelow(_SEEDS), level=level, conventions=conventions)


def own_problem(workspace: Workspace, raw: Mapping[str, Any]) -> Problem:
    """A problem from a sheet, the course's conventions where it names none. Raises QuizError."""
    family = find_family(str(raw.get("family", "")))
    conventions = course_conventions(workspace.course, dict(family.conventions))
    conventions |= raw.get("conventions") or {}
    return read_problem({**raw, "conventions": conventions})


class PracticeRun:
    """One problem being worked on. What was checked is in the log at once.

    Lines that cannot be read are said so and count for nothing; a run of which no line could
    be read leaves no attempt.
    """

    def __init__(self, workspace: Workspace, problem: Problem) -> None:
        self.workspace = workspace
        self.problem = problem
        self.answers: dict[str, str] = {}
        """What stands in the lines, by step."""
        self.checked: set[str] = set()
        """The lines that were checked since they last changed."""
        self.hints: dict[str, int] = {}
        """How many hints were taken, by step."""
        self.solution_seen = False
        self.slips: dict[str, str] = {}
        """Every slip made in this run, mended or not, with the step it was made on."""
        self.calculations = 0
        self.started = workspace.now()
        self.id = uuid7(int(self.started.timestamp() * 1000))
        self._logged: dict[str, Any] | None = None

    def write(self, step: str, text: str) -> None:
        """Put text into a line; its verdict is gone until it is checked again."""
        if self.answers.get(step, "") != text:
            self.checked.discard(step)
        self.answers[step] = text

    def marking(self) -> Marking:
        """The marks of all that stands there now; looks without recording anything."""
        return mark(self.problem, {k: v for k, v in self.answers.items() if v.strip()})

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
        number = min(self.hints.get(step, 0) + 1, HINTS)
        self.hints[step] = number
        return hint(self.problem, step, number)

    def solution(self) -> list[WorkedLine]:
        """The worked solution; the run remembers that it was shown."""
        self.solution_seen = True
        return worked(self.problem)

    def _note(self, marking: Marking) -> None:
        for line in marking.lines:
            if line.step.name in self.checked and line.verdict is Verdict.SLIP:
                for slip in line.slips[:1]:
                    self.slips.setdefault(slip.name, slip.step)

    def _log(self, marking: Marking) -> None:
        """Append the attempt as it stands; of one run the last event counts."""
        took = (self.workspace.now() - self.started).total_seconds()
        payload = {
            "run": self.id,
            "problem": self.problem.as_json(),
            "answers": {k: v for k, v in self.answers.items() if v.strip()},
            "checked": sorted(self.checked),
            "score": marking.score,
            "verdicts": {m.step.name: m.verdict.value for m in marking.lines},
            "slips": self.slips,
            "hints": sum(self.hints.values()),
            "solution_seen": self.solution_seen,
        }
        if payload != self._logged:
            self.workspace.store.append(
                ATTEMPT, self.problem.family.id, {**payload, "seconds": round(max(took, 0.0), 1)}
            )
            self._logged = payload
