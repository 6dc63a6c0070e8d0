"""Practising on plain lines: one line of the computation at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.cli.prompt import ask
from quizapp.core.verdicts import Verdict
from quizapp.exercises.catalogue import family as find_family
from quizapp.exercises.wording import message
from quizapp.mathtext import inline
from quizapp.study.selection import advice, course_families, touching
from quizapp.study.sheet import MARKS, marked, solution, statement

if TYPE_CHECKING:
    from quizapp.exercises.family import Step
    from quizapp.exercises.marks import LineMark
    from quizapp.study.practice import PracticeRun
    from quizapp.study.workspace import Workspace

COLUMNS = 76
KEYS = (
    "Type a line's values, such as 1 2; 3 4 with a semicolon between rows. Enter skips a line, "
    "? gives a hint, ! the solution, q ends."
)


def choose(workspace: Workspace) -> str | None:
    """The family that the student picks from a numbered list; None at the end of input."""
    ids = course_families(workspace)
    for number, family_id in enumerate(ids, start=1):
        print(f"{number:>3}  {find_family(family_id).title}")
    while True:
        text = ask(f"Which one, 1 to {len(ids)}: ")
        if text is None or text.lower() == "q":
            return None
        if text.isdecimal() and len(text) < 6 and 1 <= int(text) <= len(ids):
            return ids[int(text) - 1]
        print("Type a number of the list.")


def practise(run: PracticeRun) -> None:
    """Ask for every line, saying what is right and what is not."""
    print("\n".join(statement(run.problem, COLUMNS)))
    print()
    print(KEYS)
    for number, step in enumerate(run.problem.family.steps, start=1):
        if not _line(run, number, step):
            break
    _end(run)


def _line(run: PracticeRun, number: int, step: Step) -> bool:
    """Ask for one line until it is right, skipped or left as it is; False ends the run."""
    print()
    print(f"{number}. {step.title}: {inline(step.formula)}")
    while True:
        text = ask("> ")
        if text is None or text.lower() == "q":
            return False
        if not text:
            return True
        if text == "?":
            sentence, formula = run.hint(step.name)
            print(f"{sentence} {inline(formula) if formula else ''}".rstrip())
            continue
        if text == "!":
            run.solution()
            print("\n".join(solution(run.problem, COLUMNS)))
            return False
        run.write(step.name, text)
        line = run.check(step.name)
        print(f"{MARKS[line.verdict]} {_said(run, line)}")
        if line.verdict is Verdict.INVALID:
            run.write(step.name, "")
        elif line.verdict.right or line.verdict is Verdict.CONVENTION:
            return True
        else:
            print("Try again, or press Enter to go on with what you have.")


def _said(run: PracticeRun, line: LineMark) -> str:
    return message(run.marking(), line) if line.verdict is not Verdict.INVALID else line.reason


def _end(run: PracticeRun) -> None:
    marking = run.check_all()
    print()
    print("\n".join(marked(marking)))
    finals = [marking.line(name) for name in run.problem.family.finals]
    if run.solution_seen or all(line.verdict.right for line in finals):
        pack, course = run.workspace.pack, run.workspace.course.id
        for entry in touching(pack, run.problem.family.discrepancies):
            print(f"Sources differ: {entry.title} {advice(entry, course)}")
