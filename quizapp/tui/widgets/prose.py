"""Texts of the pack on the screen: prose with formulas that wraps as the window changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.visual import Visual
from textual.widget import Widget

from quizapp.mathtext import prose
from quizapp.tui.say import lines, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.css.styles import RulesMap
    from textual.strip import Strip
    from textual.style import Style
    from textual.visual import RenderOptions

WIDEST = 96
"""Longer lines are hard to read, however wide the terminal is."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of the pack, or a line of ours, as part of a page."""

    text: str
    style: str = ""
    lead: Content = Content("")  # noqa: RUF009 - content never changes
    """Stands before the first line; the other lines are indented by as much."""
    indent: int = 0
    """Cells before every line, the lead's included."""
    gap: bool = True
    """A blank line before it, unless it is the first."""
    stack: bool = False
    """A formula that is a paragraph of its own is shown in two dimensions."""
    ours: bool = False
    """The app's own sentence: no dollar in it opens a formula."""


class Page(Visual):
    """Passages set in the width that there is."""

    def __init__(self, passages: Sequence[Passage], *, raw: bool) -> None:
        self._passages = tuple(passages)
        self._raw = raw
        self._set: tuple[int, Content, int] = (-1, Content(""), 0)

    def at(self, width: int) -> tuple[Content, int]:
        """The page in a width, and how many lines it has."""
        if self._set[0] != width:
            rows: list[Content] = []
            for passage in self._passages:
                if passage.gap and rows:
                    rows.append(Content(""))
                rows += _rows(passage, min(width, WIDEST), raw=self._raw)
            self._set = (width, lines(rows), len(rows))
        return self._set[1], self._set[2]

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The lines in a width."""
        return self.at(width)[0].render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        """As wide as there is room."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        """The number of lines in a width."""
        return self.at(width)[1]


def _rows(passage: Passage, width: int, *, raw: bool) -> list[Content]:
    lead, indent = passage.lead, " " * passage.indent
    room = max(width - passage.indent - lead.cell_length, 8)
    text = passage.text.replace("$", "\\$") if passage.ours else passage.text
    found = prose(text, room, raw=raw and not passage.ours, stack=passage.stack) or [""]
    rest = " " * lead.cell_length
    return [
        Content(indent) + (rest if number else lead) + say(line, passage.style)
        for number, line in enumerate(found)
    ]


class Prose(Widget):
    """A page of passages; wraps at its own width, as high as it must be."""

    DEFAULT_CSS = """
    Prose { width: 1fr; height: auto; text-wrap: nowrap; }
    """

    def __init__(
        self,
        *passages: Passage,
        raw: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._passages: tuple[Passage, ...] = passages
        self._raw = raw
        self._page = Page(passages, raw=raw)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What stands on the page."""
        return self._passages

    def show(self, *passages: Passage) -> None:
        """Show something else."""
        self._set(passages, raw=self._raw)

    def show_raw(self, *, raw: bool) -> None:
        """Show the LaTeX of the formulas, or what it means."""
        self._set(self._passages, raw=raw)

    def _set(self, passages: Sequence[Passage], *, raw: bool) -> None:
        self._passages, self._raw = tuple(passages), raw
        self._page = Page(self._passages, raw=raw)
        self.refresh(layout=True)

    def render(self) -> Visual:
        """The page."""
        return self._page


def ours(text: str, style: str = "", *, gap: bool = True) -> Passage:
    """A sentence of the app's own."""
    return Passage(text, style, gap=gap, ours=True)
