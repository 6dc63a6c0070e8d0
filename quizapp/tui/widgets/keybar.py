"""The line at the bottom: the keys that mean something now, as many as fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from quizapp.tui.say import join, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.binding import Binding
    from textual.screen import Screen

HELP = "app.help"


@dataclass(frozen=True, slots=True)
class _Item:
    """One key, or a few of one meaning."""

    key: str
    shown: str
    told: str
    tooltip: str
    last: bool
    """Stands at the end and is never dropped."""

    @property
    def width(self) -> int:
        """Columns with a blank before and between."""
        return len(self.shown) + len(self.told) + 2


class Keybar(Widget):
    """Textual's footer in one widget: drawn at once, and Help stays in sight on narrow screens."""

    DEFAULT_CSS = """
    Keybar {
        dock: bottom; height: 1; width: 1fr; text-wrap: nowrap;
        background: $footer-background; color: $footer-description-foreground;
    }
    """
    ALLOW_SELECT = False

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if screen is self.screen:
            self.refresh()

    def render(self) -> Content:
        """The keys."""
        items, gap = self._fitting()
        return Content("").join(
            [
                join(say(f" {item.shown} ", "bold $footer-key-foreground"), item.told + " " * gap)
                for item in items
            ]
        )

    def _fitting(self) -> tuple[list[_Item], int]:
        """As many keys as fit, in the order of the bindings, and the blanks after each.

        They stand closer together where that lets more of them fit.
        """
        items = list(self._items())
        loose = self._chosen(items, 1)
        if len(loose) == len(items):
            return loose, 1
        tight = self._chosen(items, 0)
        return (tight, 0) if len(tight) > len(loose) else (loose, 1)

    def _chosen(self, items: list[_Item], gap: int) -> list[_Item]:
        last = [item for item in items if item.last]
        room = self.size.width - sum(item.width + gap for item in last)
        out = []
        for item in items:
            if item.last:
                continue
            room -= item.width + gap
            if room < 0:
                break
            out.append(item)
        return out + last

    def _items(self) -> Iterator[_Item]:
        """The keys that are shown, those of an action by the first, those of a group together."""
        actions: dict[str, tuple[Binding, str]] = {}
        for _, binding, enabled, tooltip in self.screen.active_bindings.values():
            if binding.show and enabled:
                actions.setdefault(binding.action, (binding, tooltip))
        groups: dict[object, str] = {}
        for binding, _ in actions.values():
            if binding.group is not None:
                display = self.app.get_key_display(binding)
                before = groups.get(binding.group, "")
                between = "" if binding.group.compact or not before else "/"
                groups[binding.group] = before + between + display
        for action, (binding, tooltip) in actions.items():
            shown, told = self.app.get_key_display(binding), binding.description
            if binding.group is not None:
                if binding.group not in groups:
                    continue
                shown, told = groups.pop(binding.group), binding.group.description
            last = action in {HELP, "help"}
            yield _Item(binding.key, shown, told, tooltip, last)

    def _under(self, column: int) -> _Item | None:
        items, gap = self._fitting()
        for item in items:
            column -= item.width + gap
            if column < 0:
                return item
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Explain the key under the pointer."""
        item = self._under(event.x)
        self.tooltip = Content(item.tooltip) if item and item.tooltip else None

    def on_click(self, event: events.Click) -> None:
        """As if the key had been pressed."""
        item = self._under(event.x)
        if item is not None:
            self.app.simulate_key(item.key)
