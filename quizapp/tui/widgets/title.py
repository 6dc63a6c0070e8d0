"""The first line of a screen: where one is on the left, how far on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.visual import Visual
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.strip import Strip
    from textual.style import Style
    from textual.visual import RenderOptions

_GAP = 2


class _Spread(Visual):
    """Two contents at the ends of one line; the left one gives way."""

    def __init__(self, left: Content, right: Content) -> None:
        self._left, self._right = left, right

    def at(self, width: int) -> Content:
        """The line in a width."""
        right = self._right
        room = width - right.cell_length - (_GAP if right else 0)
        if room < min(self._left.cell_length, width // 3):
            right, room = Content(""), width
        left = self._left.truncate(room, ellipsis=True)
        return left + " " * (width - left.cell_length - right.cell_length) + right

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return self.at(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        return 1


class Title(Widget):
    """A title line."""

    DEFAULT_CSS = """
    Title { height: 1; width: 1fr; padding: 0 1; background: $panel; text-wrap: nowrap; }
    """

    def __init__(
        self,
        left: Content | None = None,
        right: Content | None = None,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)
        self._line = _Spread(left or Content(""), right or Content(""))

    def show(self, left: Content, right: Content | None = None) -> None:
        """Show something else."""
        self._line = _Spread(left, right or Content(""))
        self.refresh()

    def render(self) -> Visual:
        """The line."""
        return self._line
