"""Practising on plain lines: one line of the computation at a time."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from quizapp.cli.prompt import ask
from quizapp.core.errors import QuizError
from quizapp.core.verdicts import Verdict
from quizapp.exercises.catalogue import family as find_family
from quizapp.exercises.wording import message
from quizapp.mathtext import inline, prose
from quizapp.study.selection import advice, course_families
from quizapp.study.sheet import MARKS, marked, size, solution, statement, titled

if TYPE_CHECKING:
    from quizapp.exercises.family import Step
    from quizapp.exercises.marks import LineMark
    from quizapp.study.practice import PracticeRun
    from quizapp.study.workspace import Workspace

COLUMNS = 76
KEYS = (
    "Type the values of each line, a semicolon between rows: 1 2; 3 4. "
    "Enter alone goes on to the next line, ? gives a hint, ! shows the solution, q ends."
)


def choose(workspace: Workspace) -> str | None:
    """The family that the student picks from a numbered list; None where none is picked."""
    ids = course_families(workspace)
    if not ids:
        raise QuizError(
            f"{workspace.course.title} has no computations of its own; name one of "
            "`quizapp families`."
        )
    for number, family_id in enumerate(ids, start=1):
        print(f"{number:>3}  {find_family(family_id).title}")
    while True:
        text = ask(f"Which one, 1 to {len(ids)} (q ends): ")
        if text is None or text.lower() == "q":
            return None
        if text.isdecimal() and len(text) < 6 and 1 <= int(text) <= len(ids):
            return ids[int(text) - 1]
        if text.lower() in ids:
            return text.lower()
        print(f"Type a number from 1 to {len(ids)}.")


def practise(run: PracticeRun) -> None:
    """Ask for every line, saying what is right and what is not."""
    print("\n".join(statement(run.problem, COLUMNS)))
    print()
    print("\n".join(wrap(KEYS, COLUMNS)))
    for number, step in enumerate(run.problem.family.steps, start=1):
        if not _line(run, number, step):
            break
    _end(run)


def _line(run: PracticeRun, number: int, step: Step) -> bool:
    """Ask for one line until it is right, skipped or left as it is; False ends the run."""
    print()
    print(f"{number}. {titled(step)} {inline(step.formula)} ({size(run.problem, step)})")
    while True:
        text = ask("> ")
        if text is None or text.lower() == "q":
            return False
        if not text:
            return True
        if text == "?":
            sentence, formula = run.hint(step.name)
            print(f"{sentence} {inline(formula) if formula else ''}".rstrip())
        elif text == "!":
            run.solution()
            print()
            print("\n".join(solution(run.problem, COLUMNS)))
            return False
        elif _checked(run, step, text):
            return True


def _checked(run: PracticeRun, step: Step, text: str) -> bool:
    """Check what was typed and say so; whether the line can stay as it is."""
    run.write(step.name, text)
    line = run.check(step.name)
    print(f"{MARKS[line.verdict]} {_said(run, line)}".rstrip())
    if line.verdict.right or line.verdict is Verdict.CONVENTION:
        return True
    if line.verdict is Verdict.INVALID or line.typed is None:
        run.write(step.name, "")  # it costs nothing, and is asked for again
    else:
        print("Try again, or press Enter to go on with it.")
    return False


def _said(run: PracticeRun, line: LineMark) -> str:
    if line.typed is None and line.verdict is Verdict.BLANK:
        return "Nothing stands there yet."
    return message(run.marking(), line)


def _end(run: PracticeRun) -> None:
    """Say how the whole went, and what the sources say where they differ."""
    marking = run.check_all()
    if any(line.typed is not None for line in marking.lines):
        print()
        print("\n".join(marked(marking)))
    course = run.workspace.course.id
    for entry in run.discrepancies():
        told = f"Sources differ: {entry.title} {advice(entry, course)}"
        print("\n".join(prose(told, COLUMNS)))
