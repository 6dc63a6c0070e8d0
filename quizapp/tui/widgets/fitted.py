"""Lines that are set anew for every width: statements, labels, verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from textual.visual import Visual
from textual.widget import Widget

from quizapp.tui.say import lines, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.content import Content
    from textual.css.styles import RulesMap
    from textual.strip import Strip
    from textual.style import Style
    from textual.visual import RenderOptions

Setting: TypeAlias = "Callable[[int], Sequence[Content]]"
"""Lines for a width in cells."""


class _Page(Visual):
    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._set: tuple[int, Sequence[Content]] = (-1, ())

    def at(self, width: int) -> Sequence[Content]:
        if self._set[0] != width:
            self._set = (width, self._setting(width))
        return self._set[1]

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return lines(self.at(width)).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        return len(self.at(width))


def _nothing(_width: int) -> Sequence[Content]:
    return ()


class Fitted(Widget):
    """A block of lines as wide as there is room, as high as it must be."""

    DEFAULT_CSS = """
    Fitted { width: 1fr; height: auto; text-wrap: nowrap; }
    """

    def __init__(
        self,
        setting: Setting = _nothing,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._page = _Page(setting)

    def show(self, setting: Setting) -> None:
        """Show something else."""
        self._page = _Page(setting)
        self.refresh(layout=True)

    def render(self) -> Visual:
        """The lines."""
        return self._page


def wrapped(text: str, columns: int, style: str = "") -> list[Content]:
    """Our own sentence in lines; no dollar in it opens a formula."""
    from quizapp.mathtext import prose  # here, since the home screen is painted without it

    return [say(line, style) for line in prose(text.replace("$", "\\$"), columns)]


def formula_lines(latex: str, columns: int, style: str = "") -> list[Content]:
    """A formula in two dimensions where it fits, else on as many lines as it takes."""
    from quizapp.mathtext import MathError, prose, stacked

    try:
        block = stacked(latex)
    except MathError:
        return wrapped(latex, columns, style)
    if block.width > columns:
        return [say(line, style) for line in prose(f"${latex}$", columns)]
    return [say(line.rstrip(), style) for line in block.lines]
