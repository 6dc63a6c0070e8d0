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
    from quizapp.study.practice import PracticeRun

_MOST = 3
_BANNER = "Slides against textbook (F9 reads more)"


def summary(run: PracticeRun, marking: Marking) -> Content:
    """The score and what now, in a line or two."""
    hints = sum(run.hints.values())
    helped = f", {hints} hint{'s' if hints != 1 else ''}" if hints else ""
    helped += ", solution seen" if run.solution_seen else ""
    score = say(f"Score {marking.score:.0%}{helped}. ", "bold")
    if run.solved(marking):
        now = "F5 again with new numbers, F8 harder, F4 worked solution."
        return join(say("✓ Solved. ", "bold $text-success"), score, say(now))
    return join(score, say(_what_now(marking)))


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
