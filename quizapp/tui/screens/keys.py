"""All keys of a screen, over that screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from quizapp.tui.say import Said, heading, say
from quizapp.tui.widgets.prose import Passage, Prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.app import ComposeResult
    from textual.dom import DOMNode
    from textual.screen import Screen

    from quizapp.tui.app import QuizApp


class KeysScreen(ModalScreen[None]):
    """Help: every key of the screen below and of the app, each with what it does."""

    DEFAULT_CSS = """
    KeysScreen { align: center middle; background: $background 60%; }
    KeysScreen #box {
        width: 74; max-width: 96%; height: auto; max-height: 96%;
        background: $surface; border: round $primary; padding: 0 1;
    }
    KeysScreen #keys { height: auto; max-height: 1fr; scrollbar-size-vertical: 1; }
    KeysScreen #out { height: 1; color: $text-muted; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "escape,q,question_mark,f1,enter,space",
            "leave",
            "Back",
            id="keys.leave",
            tooltip="Back to where you were",
        ),
    ]

    app: QuizApp

    def __init__(self, of: Screen[Any]) -> None:
        super().__init__()
        self._groups = _groups(of)

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical(id="box"):
            yield Said(heading("Keys"))
            with VerticalScroll(id="keys"):
                yield Prose(*_page(self._groups))
            yield Said(say("Esc closes", "$text-muted"), id="out")

    def on_mount(self) -> None:
        """Arrow keys scroll."""
        self.query_one("#keys").focus()

    def action_leave(self) -> None:
        """Close."""
        self.dismiss()


def _groups(of: Screen[Any]) -> list[list[tuple[str, str]]]:
    """The keys of the focused widgets, of the screen, of the app: what to press, what it does."""
    focused = of.focused.ancestors_with_self if of.focused else [of, of.app]
    nodes: list[DOMNode] = [node for node in focused if node is not of.app]
    if of not in nodes:
        nodes.append(of)
    inside = [pair for node in nodes if node is not of for pair in _told(of, node)]
    here = _told(of, of)
    known = {told for _, told in here}
    everywhere = [(keys, told) for keys, told in _told(of, of.app) if told not in known]
    return [group for group in (inside, here, everywhere) if group]


def _page(groups: list[list[tuple[str, str]]]) -> Iterator[Passage]:
    width = max((len(keys) for group in groups for keys, _ in group), default=0)
    for group in groups:
        for number, (keys, told) in enumerate(group):
            lead = say(f"{keys:<{width}}  ", "bold $text-accent")
            yield Passage(told, lead=lead, gap=number == 0, ours=True)


def _told(of: Screen[Any], node: DOMNode) -> list[tuple[str, str]]:
    """The keys that a node binds with an explanation, those of one meaning together."""
    meanings: dict[str, list[str]] = {}
    for binding in _bindings(node):
        if binding.tooltip:
            shown = of.app.get_key_display(binding).replace("^", "ctrl+")
            meanings.setdefault(binding.tooltip, []).append(shown)
    return [(_keys(shown), tooltip) for tooltip, shown in meanings.items()]


def _keys(shown: list[str]) -> str:
    keys = list(dict.fromkeys(shown))
    if len(keys) > 2 and all(key.isdigit() for key in keys):
        return f"{keys[0]}-{keys[-1]}"
    return " ".join(keys)


def _bindings(node: DOMNode) -> Iterable[Binding]:
    for _, binding in node._bindings:  # noqa: SLF001 - active_bindings leaves out what rests
        yield binding


SCREEN = KeysScreen
