"""A line to type into."""

from __future__ import annotations

from textual.widgets import Input

_TYPED = {"minus", "at", "comma", "question_mark", "plus", "slash", "asterisk"}
"""Keys that are characters though Textual knows them by a name only."""


class Entry(Input):
    """A line of text without a frame; every printable key is typed, never a command."""

    DEFAULT_CSS = """
    Entry, Entry:focus { width: 1fr; background: $panel; }
    Entry:focus { background: $primary 30%; }
    """

    def __init__(
        self,
        value: str = "",
        placeholder: str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(value, placeholder, id=id, compact=True, select_on_focus=False)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether the key is typed; what is typed is no key of the screen."""
        return key in _TYPED or super().check_consume_key(key, character)
