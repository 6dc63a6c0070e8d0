"""A list to choose one thing from; its rows are content, never markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to choose; ``id`` is what comes back."""

    id: str
    content: Content
    disabled: bool = False
    """Shown and passed over, as a heading between rows is."""


class Choices(OptionList):
    """A list with a highlight: arrows move it, Enter or a click chooses."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("enter", "select", "Open", id="choices.open", tooltip="Open the marked line"),
    ]

    DEFAULT_CSS = """
    Choices, Choices:focus {
        border: none;
        padding: 0;
        background: $background;
        background-tint: $background 0%;
        height: auto;
        max-height: 100%;
        scrollbar-size-vertical: 1;
    }
    Choices { min-width: 4; }  /* a character, the paddings, the scrollbar: less breaks Textual */
    Choices > .option-list--option { padding: 0 1; }
    Choices > .option-list--option-highlighted { background: $panel; }
    Choices:focus > .option-list--option-highlighted {
        color: $foreground;
        background: $primary 45%;
        text-style: none;
    }
    Choices:light:focus > .option-list--option-highlighted { background: $primary 20%; }
    Choices > .option-list--option-disabled { color: $text-muted; }
    """

    @dataclass
    class Chosen(Message):
        """A row was chosen."""

        choices: Choices
        id: str

        @property
        def control(self) -> Choices:
            """The list it was chosen from."""
            return self.choices

    @dataclass
    class Moved(Message):
        """The highlight is on another row."""

        choices: Choices
        id: str | None

        @property
        def control(self) -> Choices:
            """The list in which it moved."""
            return self.choices

    def __init__(
        self,
        rows: Iterable[Row] = (),
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(*_options(rows), id=id, classes=classes, markup=False)

    def fill(self, rows: Iterable[Row]) -> None:
        """Show other rows; the highlight stays on its row, or goes to the first."""
        kept = self.current
        self.set_options(_options(rows))
        places = {option.id: index for index, option in enumerate(self.options)}
        if kept in places:
            self.highlighted = places[kept]
        else:
            self.action_first()

    def put_on(self, id: str) -> None:  # noqa: A002 - Textual's own name
        """Move the highlight to a row, if there is one of that id."""
        for index, option in enumerate(self.options):
            if option.id == id:
                self.highlighted = index

    @property
    def current(self) -> str | None:
        """The id of the row with the highlight, None in an empty list."""
        option = self.highlighted_option
        return None if option is None else option.id

    def action_page_up(self) -> None:
        """A page up; to the first row where only a heading is left above."""
        super().action_page_up()  # type: ignore[no-untyped-call]
        if self.highlighted is None:
            self.action_first()

    def action_page_down(self) -> None:
        """A page down, or to the last row."""
        super().action_page_down()  # type: ignore[no-untyped-call]
        if self.highlighted is None:
            self.action_last()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Say which row was chosen, by its id."""
        event.stop()
        if event.option_id is not None:
            self.post_message(self.Chosen(self, event.option_id))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say where the highlight is."""
        event.stop()
        self.post_message(self.Moved(self, event.option_id))


def _options(rows: Iterable[Row]) -> list[Option]:
    return [Option(row.content, id=row.id, disabled=row.disabled) for row in rows]
