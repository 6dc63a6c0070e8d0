"""Texts of the pack on the screen: prose with formulas that wraps as the window changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

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


class Part(Protocol):
    """What can stand on a page."""

    @property
    def gap(self) -> bool:
        """Whether a blank line comes before it, unless it is the first."""

    def rows(self, width: int, *, raw: bool) -> list[Content]:
        """Its lines in a width, with formulas or (raw) with their LaTeX."""


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

    def rows(self, width: int, *, raw: bool) -> list[Content]:
        """The text in lines, the lead before the first."""
        lead, indent = self.lead, " " * self.indent
        room = max(width - self.indent - lead.cell_length, 8)
        text = self.text.replace("$", "\\$") if self.ours else self.text
        found = prose(text, room, raw=raw and not self.ours, stack=self.stack) or [""]
        rest = " " * lead.cell_length
        return [
            Content(indent) + (rest if number else lead) + say(line, self.style)
            for number, line in enumerate(found)
        ]


class Page(Visual):
    """Passages set in the width that there is."""

    def __init__(self, parts: Sequence[Part], *, raw: bool) -> None:
        self._parts = tuple(parts)
        self._raw = raw
        self._set: tuple[int, Content, int] = (-1, Content(""), 0)

    def at(self, width: int) -> tuple[Content, int]:
        """The page in a width, and how many lines it has."""
        if self._set[0] != width:
            rows: list[Content] = []
            for part in self._parts:
                if part.gap and rows:
                    rows.append(Content(""))
                rows += part.rows(min(width, WIDEST), raw=self._raw)
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


class Prose(Widget):
    """A page of passages; wraps at its own width, as high as it must be."""

    DEFAULT_CSS = """
    Prose { width: 1fr; height: auto; text-wrap: nowrap; }
    """

    def __init__(
        self,
        *parts: Part,
        raw: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._parts: tuple[Part, ...] = parts
        self._raw = raw
        self._page = Page(parts, raw=raw)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What stands on the page."""
        return self._parts

    def show(self, *parts: Part) -> None:
        """Show something else."""
        self._set(parts, raw=self._raw)

    def show_raw(self, *, raw: bool) -> None:
        """Show the LaTeX of the formulas, or what it means."""
        self._set(self._parts, raw=raw)

    def _set(self, parts: Sequence[Part], *, raw: bool) -> None:
        self._parts, self._raw = tuple(parts), raw
        self._page = Page(self._parts, raw=raw)
        self.refresh(layout=True)

    def render(self) -> Visual:
        """The page."""
        return self._page


def ours(text: str, style: str = "", *, gap: bool = True) -> Passage:
    """A sentence of the app's own."""
    return Passage(text, style, gap=gap, ours=True)
