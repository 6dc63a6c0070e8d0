"""The worked solution: every line with its formula, the numbers put in, its value."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen

from quizapp.core.errors import QuizError
from quizapp.mathtext import Block, MathError, beside, matrix_block, prose, stacked, width
from quizapp.study.asked import asked
from quizapp.study.otherwise import otherwise
from quizapp.study.sheet import under_others
from quizapp.study.shown import entry_text, value_tables
from quizapp.study.substitutions import place, telling
from quizapp.study.usage import usage_of
from quizapp.tui.say import join, say
from quizapp.tui.widgets.fitted import Fitted, formula_lines
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.statement import numbered, pieces, statement
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from quizapp.exercises.problem import Problem
    from quizapp.exercises.worked import WorkedLine
    from quizapp.study.asked import Asked
    from quizapp.study.export.files import Form
    from quizapp.study.otherwise import Otherwise
    from quizapp.study.practice import PracticeRun
    from quizapp.tui.app import QuizApp

_FIRST = 2
"""So many entries of a line are worked out unless all are asked for."""
_INDENT = 5
_MUTED = "$text-muted"


class SolutionScreen(Screen[None]):
    """The solution of the problem of a run; the run remembers that it was seen."""

    DEFAULT_CSS = """
    SolutionScreen #page { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "a", "all", "All entries", id="solution.all",
            tooltip="Work out every entry, or only the first ones",
        ),
        Binding(
            "space,pagedown", "page(1)", "On", id="solution.on", tooltip="One page down",
            key_display="space",
        ),
        Binding(
            "pageup", "page(-1)", "Back up", id="solution.up", show=False, tooltip="One page up"
        ),
        Binding(
            "p", "save('pdf')", "Save PDF", id="solution.pdf",
            tooltip="Save the solution as a PDF in the folder where you started quizapp",
        ),
        Binding(
            "m", "save('markdown')", "Markdown", id="solution.markdown",
            tooltip="Save the solution as Markdown in the folder where you started quizapp",
        ),
        Binding(
            "escape,q,f4", "leave", "Back", id="solution.leave", tooltip="Back to your own lines",
            key_display="esc",
        ),
    ]  # fmt: skip

    app: QuizApp

    def __init__(self, run: PracticeRun) -> None:
        super().__init__()
        self._problem = run.problem
        self._lines = run.solution()
        self._asked = asked(run.problem)
        self._usage = usage_of(run.workspace)
        self._others = otherwise(run.problem, self._lines, self._asked, self._usage)
        self._all = False

    def compose(self) -> ComposeResult:
        """The page."""
        family = self._problem.family
        title = join(say("Solution", "bold"), say(f" · {family.title}", _MUTED))
        yield Title(title)
        with VerticalScroll(id="page"):
            yield Fitted(self._set, id="solution")
        yield Keybar()

    def on_mount(self) -> None:
        """Arrow keys scroll."""
        self.query_one("#page").focus()

    def _set(self, columns: int) -> Sequence[Content]:
        out = [*statement(self._problem, self._usage)(columns)]
        for line, asked_for in zip(self._lines, self._asked, strict=True):
            out.append(Content(""))
            out += line_solution(self._problem, line, asked_for, columns, all_entries=self._all)
            out += _others(self._others.get(line.step.name, ()), columns, all_entries=self._all)
        return out

    def action_all(self) -> None:
        """All entries, or only the first."""
        self._all = not self._all
        self.query_one("#solution", Fitted).show(self._set)

    async def action_save(self, form: Form) -> None:
        """Write the solution into the folder that the app was started in, under a free name."""
        from quizapp.study.export.files import save

        try:
            # Typst takes a tenth of a second; the screen need not wait for it.
            path = await asyncio.to_thread(save, self._problem, form, Path.cwd(), self._usage)
        except QuizError as error:
            self.app.attempt(error)
        except OSError as error:  # the folder is gone
            self.app.attempt(QuizError(f"nothing can be saved here ({error.strerror})."))
        else:
            self.app.tell(f"Saved: {path}")

    def action_page(self, by: int) -> None:
        """Scroll by almost a page."""
        page = self.query_one("#page", VerticalScroll)
        page.scroll_relative(y=by * max(page.size.height - 2, 1), animate=False)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()


def line_solution(
    problem: Problem, line: WorkedLine, asked_for: Asked, columns: int, *, all_entries: bool
) -> list[Content]:
    """One line of the solution in lines of text: title, formula, substitution, value."""
    room = columns - _INDENT
    mark = "  final" if line.step.final else ""
    out = [join(numbered(line.number, here=False), say(line.step.title, "bold"), say(mark, _MUTED))]
    body = formula_lines(line.formula, room, "$text-accent")
    worked_out = telling(problem, line)
    shown = worked_out if all_entries else worked_out[:_FIRST]
    for work in shown:
        result = entry_text(problem, line, work.index)
        body += _substitution(place(work.index, asked_for), work.latex, result, room)
    left = len(worked_out) - len(shown)
    if left:
        told = f"and {left} more entr{'ies' if left != 1 else 'y'} in the same way (a shows all)"
        body.append(say(told, _MUTED))
    for block in _value(problem, line, asked_for, room):
        body += [say(text) for text in block.lines]
    return out + [join(" " * _INDENT, text) for text in body]


def _others(others: Sequence[Otherwise], columns: int, *, all_entries: bool) -> list[Content]:
    """What the line is under other conventions."""
    lines = under_others(others, columns - _INDENT, everything=all_entries)
    return [say(" " * _INDENT + text, "" if n else _MUTED) for n, text in enumerate(lines)]


def _substitution(where: str, latex: str, result: str, room: int) -> list[Content]:
    """``(1, 2)  0.5 · 2 + ... = 1``, in two dimensions where it fits."""
    head = f"{where}  " if where else ""
    try:
        block = stacked(latex)
    except MathError:
        return [say(f"{head}{latex} = {result}")]
    parts = [Block((where,))] if where else []
    whole = beside(*parts, block, Block((f"= {result}",)))
    if whole.width <= room:
        return [say(text.rstrip()) for text in whole.lines]
    lines = prose(f"${latex}$", room - width(head))
    tail = f" = {result}"
    if width(lines[-1]) + width(tail) <= room - width(head):
        lines[-1] += tail
    else:
        lines.append(tail.strip())
    blank = " " * width(head)
    return [say((blank if n else head) + text) for n, text in enumerate(lines)]


def _value(problem: Problem, line: WorkedLine, asked_for: Asked, room: int) -> list[Block]:
    tables = value_tables(problem, line, asked_for)
    if len(tables) == 1:
        if not (asked_for.shape or ()):
            return [Block((f"= {tables[0][0][0]}",))]
        if asked_for.labels:
            rows = tables[0]
            labels = asked_for.labels
            names = Block(tuple(f"{label:<{max(map(len, labels))}}" for label in labels))
            matrix = matrix_block(rows)
            return [beside(Block(names.lines, matrix.baseline), matrix)]
        return _cut(tables[0], room)
    return [block for table in tables for block in _cut(table, room)]


def _cut(rows: list[list[str]], room: int) -> list[Block]:
    whole = beside(Block(("=",)), matrix_block(rows))
    return [whole] if whole.width <= room else pieces("", rows, room)


SCREEN = SolutionScreen
