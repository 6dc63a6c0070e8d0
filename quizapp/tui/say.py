"""The one door through which text reaches a widget: as content, never as markup.

Textual reads markup in every plain string that a widget is given: ``E[X]`` would show as
``E``. The class here takes Content only; a lint rule bans the originals elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Said", "heading", "join", "lines", "say"]


def say(text: str, style: str = "") -> Content:
    """Text exactly as it is, in one style (such as ``bold $text-success``)."""
    return Content.styled(text, style) if style else Content(text)


def heading(text: str) -> Content:
    """A heading within a screen."""
    return say(text, "bold $text-accent")


def join(*parts: Content | str) -> Content:
    """Contents and plain texts one after the other."""
    return Content("").join(
        [part if isinstance(part, Content) else Content(part) for part in parts]
    )


def lines(parts: Iterable[Content | str]) -> Content:
    """Contents and plain texts, each on a line of its own."""
    return Content("\n").join(
        [part if isinstance(part, Content) else Content(part) for part in parts]
    )


class Said(Static):
    """A block of text that shows what it is given, character by character."""

    def __init__(
        self,
        content: Content | None = None,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(content or Content(""), id=id, classes=classes, markup=False)

    def show(self, content: Content) -> None:
        """Show something else."""
        self.update(content)
