"""The lines of an exercise below each other, the one being worked on in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.geometry import Region, Spacing

from quizapp.tui.widgets.line_entry import LineEntry

if TYPE_CHECKING:
    from textual.widget import Widget

    from quizapp.tui.widgets.grid import Grid


class Worksheet(VerticalScroll, can_focus=False):
    """Holds line entries; the cursor moves from one to the next."""

    DEFAULT_CSS = """
    Worksheet { height: 1fr; padding: 0 1 0 0; scrollbar-size-vertical: 1; }
    """

    def __init__(self, *children: Widget, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(*children, id=id)
        self._said: LineEntry | None = None
        self._here: LineEntry | None = None

    @property
    def entries(self) -> list[LineEntry]:
        """The lines in order."""
        return list(self.query(LineEntry))

    @property
    def current(self) -> LineEntry | None:
        """The line with the cursor."""
        return next((entry for entry in self.entries if entry.grid.has_focus), None)

    @property
    def chosen(self) -> LineEntry | None:
        """The line with the cursor, or the last one that had it."""
        here = self._here
        return self.current or (here if here is not None and here.is_attached else None)

    @property
    def filled(self) -> int:
        """The rows that the lines take."""
        return max((entry.virtual_region.bottom for entry in self.entries), default=0)

    def go_from(self, entry: LineEntry, direction: int) -> None:
        """Take the cursor to the line below (1) or above (-1), if there is one."""
        entries = self.entries
        place = entries.index(entry) + direction
        if 0 <= place < len(entries):
            entries[place].grid.enter_from(direction)

    def go_on(self, entry: LineEntry) -> None:
        """Take the cursor to the line below, what is said of this one in sight."""
        self._said = entry
        self.go_from(entry, 1)

    def point_at(self, here: LineEntry) -> None:
        """Show which line is being worked on, and bring it into sight."""
        self._here = here
        for entry in self.entries:
            entry.point(here=entry is here)
        self.call_after_refresh(self._reveal, here)

    def reveal(self) -> None:
        """Bring the line with the cursor into sight once everything has its place."""
        if self.chosen is not None:
            self.call_after_refresh(self._reveal, self.chosen)

    def _reveal(self, entry: LineEntry) -> None:
        """Scroll to the whole line where it fits, else to the row with the cursor."""
        if not entry.is_attached:
            return
        whole = entry.virtual_region
        said = self._said
        if said is not None and said is not entry:
            self._said = None
            top = said.virtual_region.bottom - said.said_height
            height = min(whole.bottom - top, self.size.height)
            self.scroll_to_region(Region(0, top, 1, height), animate=False, spacing=Spacing.all(0))
            return
        if whole.height > self.size.height:
            grid = entry.grid
            row = grid.region.y - self.region.y + self.scroll_offset.y + grid.line_of(grid.row)
            whole = Region(0, max(row - 1, 0), 1, min(3, self.size.height))
        self.scroll_to_region(whole, animate=False, spacing=Spacing.all(0))

    def turn(self, pages: int) -> None:
        """Scroll by almost a page."""
        self.scroll_relative(y=pages * max(self.size.height - 2, 1), animate=False)


def entry_of(grid: Grid) -> LineEntry:
    """The line to which a grid belongs."""
    return next(node for node in grid.ancestors if isinstance(node, LineEntry))
