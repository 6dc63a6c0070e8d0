"""Practising on plain lines: one line of the computation at a time."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from quizapp.cli.prompt import ask
from quizapp.core.errors import QuizError
from quizapp.core.verdicts import Verdict
from quizapp.exercises.catalogue import family as find_family
from quizapp.exercises.formulas import formula
from quizapp.exercises.wording import message
from quizapp.mathtext import inline, prose
from quizapp.study.exercise_review import count
from quizapp.study.selection import advice, course_families
from quizapp.study.sharing import told
from quizapp.study.sheet import MARKS, marked, size, solution, statement, titled
from quizapp.study.usage import usage_of

if TYPE_CHECKING:
    from quizapp.exercises.family import Step
    from quizapp.exercises.marks import LineMark
    from quizapp.study.practice import PracticeRun
    from quizapp.study.slips import Drill
    from quizapp.study.workspace import Workspace

COLUMNS = 76
KEYS = (
    "Type the values of each line, a semicolon between rows: 1 2; 3 4. "
    "Enter alone goes on to the next line, ? gives a hint, ! shows the solution, q ends. "
    "= 3*0.25 + exp(-1) calculates; ans is the last result."
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


def practise(run: PracticeRun, *, counts: bool = True) -> bool:
    """Ask for every line, saying what is right and what is not; whether all were gone through.

    Where it ``counts`` as a review of its skill, that is done and said.
    """
    if run.shared is not None:
        print("\n".join(told(run.shared, COLUMNS)))
    print("\n".join(statement(run.problem, COLUMNS, usage_of(run.workspace))))
    print()
    print("\n".join(wrap(KEYS, COLUMNS)))
    steps = enumerate(run.problem.family.steps, start=1)
    through = all(_line(run, number, step) for number, step in steps)
    _end(run)
    counted = count(run) if counts else None
    if counted is not None:
        print("\n".join(wrap(counted.told, COLUMNS)))
    return through


def practise_slip(drill: Drill) -> None:
    """Practise on numbers on which a slip would show, and say how that went."""
    from quizapp.study.practice import PracticeRun

    run = PracticeRun(drill.workspace, drill.problem())
    practise(run)
    told = ""
    if drill.slip.slip in run.slips:
        told = "You made the slip again"
    elif run.solved(run.marking()):
        told = "You did not make the slip this time"
    if told:
        print("\n".join(wrap(f"{told}: {drill.slip.says}", COLUMNS)))


def _line(run: PracticeRun, number: int, step: Step) -> bool:
    """Ask for one line until it is right, skipped or left as it is; False ends the run."""
    print()
    latex = formula(run.problem, step)
    print(f"{number}. {titled(step)} {inline(latex)} ({size(run.problem, step)})")
    while True:
        text = ask("> ")
        if text is None or text.lower() == "q":
            return False
        if not text:
            return True
        if text == "?":
            sentence, latex = run.hint(step.name)
            print(f"{sentence} {inline(latex) if latex else ''}".rstrip())
        elif text.startswith("="):
            _calculate(run, text)
        elif text == "!":
            run.solution()
            print()
            print("\n".join(solution(run.problem, COLUMNS, usage_of(run.workspace))))
            return False
        elif _checked(run, step, text):
            return True


def _calculate(run: PracticeRun, text: str) -> None:
    """Show the value of an expression, or why it has none."""
    try:
        result = run.scratch.keep(text)
    except QuizError as error:
        print(f"? {error}")
    else:
        print("Nothing to calculate yet." if result is None else f"= {result.shown}")


def _checked(run: PracticeRun, step: Step, text: str) -> bool:
    """Check what was typed and say so; whether the line can stay as it is."""
    run.write(step.name, text)
    line = run.check(step.name)
    said = f"{MARKS[line.verdict]} {_said(run, line)}"
    print("\n".join(wrap(said, COLUMNS, subsequent_indent="  ")))
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
