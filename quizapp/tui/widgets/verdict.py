"""What is said of a line: a sign with words, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.core.verdicts import Verdict
from quizapp.exercises.marks import wrong_entries
from quizapp.exercises.wording import message
from quizapp.mathtext import prose
from quizapp.tui.say import join, say
from quizapp.tui.widgets.fitted import wrapped

if TYPE_CHECKING:
    from textual.content import Content

    from quizapp.exercises.marks import LineMark, Marking

_SIGNS = {
    Verdict.CORRECT: ("✓", "$text-success"),
    Verdict.CARRIED: ("✓", "$text-success"),
    Verdict.CONVENTION: ("≈", "$text-warning"),
    Verdict.SLIP: ("✗", "$text-error"),
    Verdict.WRONG: ("✗", "$text-error"),
    Verdict.INVALID: ("?", "$text-warning"),
    Verdict.BLANK: ("…", "$text-muted"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is said under a line; ``formula`` is LaTeX behind the sentence."""

    sign: str
    style: str
    text: str
    formula: str = ""
    good: bool = False
    """Whether it says that the line is right."""

    def lines(self, columns: int) -> list[Content]:
        """The sentence in lines, its sign in front."""
        room = max(columns - 2, 8)
        if self.formula:
            text = self.text.replace("$", "\\$")
            shown = [say(line, self.style) for line in prose(f"{text} ${self.formula}$", room)]
        else:
            shown = wrapped(self.text, room, self.style)
        sign = say(f"{self.sign} ", f"bold {self.style}")
        return [join(sign if n == 0 else "  ", line) for n, line in enumerate(shown)]


def verdict(marking: Marking, line: LineMark) -> Told:
    """The verdict on a line that was checked."""
    sign, style = _SIGNS[line.verdict]
    text = message(marking, line)
    if line.verdict is Verdict.BLANK:
        text = text or "Nothing stands here yet."
    elif line.verdict is Verdict.INVALID:
        text = f"Cannot be read: {text}"
    elif line.verdict is Verdict.CONVENTION and marking.problem.printed & line.convention.keys():
        text += " Here the convention is stated, so it earns no points."
    elif line.verdict is Verdict.SLIP:
        text = f"{_rows(line)}{text}"
    good = line.verdict.right or (line.verdict is Verdict.CONVENTION and line.share == 1.0)
    return Told(sign, style, text, good=good)


def _rows(line: LineMark) -> str:
    """Which rows of a loop a slip was made in."""
    bad = [str(n) for n, row in enumerate(line.loop_rows, start=1) if _is_wrong(row)]
    if not bad:
        return ""
    return f"Row {bad[0]}: " if len(bad) == 1 else f"Rows {', '.join(bad)}: "


def _is_wrong(row: Verdict) -> bool:
    return not row.right and row is not Verdict.BLANK


def row_marks(line: LineMark) -> tuple[bool | None, ...]:
    """For each row of a loop whether it is right, None for blank rows; () if no row is wrong."""
    if not any(_is_wrong(row) for row in line.loop_rows):
        return ()
    return tuple(None if row is Verdict.BLANK else row.right for row in line.loop_rows)


def wrong_cells(line: LineMark) -> list[bool] | None:
    """For each entry, row by row, whether it is wrong; None where single entries are not judged."""
    if line.verdict not in {Verdict.SLIP, Verdict.WRONG} or line.loop_rows:
        return None
    return wrong_entries(line) if line.typed is not None and line.cells is not None else None
