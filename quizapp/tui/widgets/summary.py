"""What an exercise comes to: the score, and what to do now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.verdicts import Verdict
from quizapp.study.selection import advice
from quizapp.tui.say import join, say
from quizapp.tui.widgets.prose import Passage, ours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from quizapp.exercises.marks import Marking
    from quizapp.packs.model import Discrepancy
    from quizapp.scheduling.effort import Rated
    from quizapp.study.practice import PracticeRun
    from quizapp.study.slips import Drill

_MOST = 3
_BANNER = "Slides against textbook (F9 reads more)"


def summary(run: PracticeRun, marking: Marking, drill: Drill | None = None) -> Content:
    """The score and what now, in a line or two."""
    score = say(f"Score {marking.score:.0%}{_helped(run)}. ", "bold")
    if not run.solved(marking):
        return join(score, say(_what_now(marking)), *_slip(run))
    solved = join(say("✓ Solved. ", "bold $text-success"), score)
    if drill is not None:
        return join(solved, *_drilled(run, drill))
    now = "F5 again with new numbers, F8 harder, F4 worked solution."
    return join(solved, say(now), *_slip(run))


def assessed(run: PracticeRun, marking: Marking, rated: Rated) -> Content:
    """The score, the rating that it deserves and why, in a line or two."""
    solved = run.solved(marking)
    sign = say("✓ Solved. ", "bold $text-success") if solved else say("")
    score = say(f"Score {marking.score:.0%}{_helped(run)}. ")
    told = say(f"{rated.rating.name.capitalize()}: {rated.why}. ", "bold")
    mend = say("" if solved or run.solution_seen else "Tab mends a line.", "$text-muted")
    return join(sign, score, told, mend)


def _helped(run: PracticeRun) -> str:
    """What helped: hints, the solution, the calculator."""
    helped = ""
    for count, one, more in (
        (sum(run.hints.values()), "1 hint", "hints"),
        (run.scratch.count, "1 calculation", "calculations"),
    ):
        helped += f", {one if count == 1 else f'{count} {more}'}" if count else ""
    return helped + (", solution seen" if run.solution_seen else "")


def _slip(run: PracticeRun) -> list[Content]:
    """What to do about a slip."""
    if not run.slips:
        return []
    which = "it" if len(run.slips) == 1 else "them"
    return [say(f" You made {'a slip' if which == 'it' else 'slips'}: F10 practises {which}.")]


def _drilled(run: PracticeRun, drill: Drill) -> list[Content]:
    """Whether the slip that was practised was made again."""
    again = drill.slip.slip in run.slips
    told = "Made again: " if again else "✓ Not made this time: "
    next_one = " F5 next slip." if len(drill.slips) > 1 else " F5 again with new numbers."
    return [
        say(told, "bold $text-warning" if again else "bold $text-success"),
        say(drill.slip.says),
        say(next_one),
    ]


def _what_now(marking: Marking) -> str:
    wrong = [
        str(number)
        for number, line in enumerate(marking.lines, start=1)
        if line.share < 1 and line.verdict is not Verdict.BLANK
    ]
    if wrong:
        where = f"{'Line' if len(wrong) == 1 else 'Lines'} {', '.join(wrong)}"
        them = "it" if len(wrong) == 1 else "them"
        return f"{where}: mend {them} and check again, or F4 for the solution."
    if all(line.verdict is Verdict.BLANK for line in marking.lines):
        return "Nothing is typed yet: fill a line and press Enter, or F2 for a hint."
    return "Right so far: go on with the next line, or F2 for a hint."


def banner(found: Sequence[Discrepancy], course: str) -> list[Passage]:
    """Where the sources differ about an exercise: each with what to write in the exam."""
    passages = [ours(_BANNER, "bold $text-accent")] if found else []
    for one in found[:_MOST]:
        passages.append(Passage(one.title, "bold", gap=False))
        passages.append(Passage(advice(one, course), "$text-muted", indent=2, gap=False))
    if len(found) > _MOST:
        passages.append(ours(f"and {len(found) - _MOST} more: F9", "$text-muted", gap=False))
    return passages
