"""The pages of the statistics screen in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from quizapp.tui.pictures import ahead, days, memories, predictions, recall, results
from quizapp.tui.say import join, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.content import Content

    from quizapp.study.figures.reading import Figures

Draw: TypeAlias = "Callable[[Figures, int, int], Sequence[Content]]"
"""Lines from the figures for columns and rows."""


class Named(Protocol):
    """A page as far as its name goes."""

    @property
    def name(self) -> str:
        """What stands between the names of the others."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page; without ``draw`` it is a list to choose from."""

    id: str
    name: str
    draw: Draw | None = None


PAGES = (
    Page("days", "Days", days.page),
    Page("recall", "Recall", recall.page),
    Page("load", "Load", ahead.page),
    Page("memory", "Memory", memories.page),
    Page("topics", "Topics"),
    Page("predicted", "Predicted", predictions.page),
    Page("practice", "Slips"),
    Page("exams", "Exams", results.page),
)


def place_of(name: str) -> int:
    """The place of a page by its id; the first one for a name that none has."""
    return next((place for place, page in enumerate(PAGES) if page.id == name), 0)


def tabs(current: int, columns: int, pages: Sequence[Named] = PAGES) -> Content:
    """The names of all pages with their keys, the current one in brackets; it alone if narrow."""
    names = [f"{n} {page.name}" for n, page in enumerate(pages, 1)]
    if sum(len(name) + 2 for name in names) + 1 > columns:
        told = say(f"  page {current + 1} of {len(pages)}", "$text-muted")
        return join(say(f"‹[{names[current]}]›", "bold $text-accent"), told)
    parts = [
        say(f"[{name}]", "bold $text-accent") if place == current else say(f" {name} ")
        for place, name in enumerate(names)
    ]
    return join(*parts)
