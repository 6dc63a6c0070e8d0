"""The options of a choice card: numbered, marked when chosen, judged after the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.message import Message

from quizapp.tui.say import join, say
from quizapp.tui.widgets.prose import Passage, Prose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from textual.app import ComposeResult
    from textual.content import Content

    from quizapp.cards import Option

MOST = 6
"""As many options as a card can have."""


class _OptionRow(Prose):
    """One option; a click chooses it."""

    DEFAULT_CSS = """
    _OptionRow { padding: 0 1; }
    _OptionRow.-open:hover { background: $panel; }
    """

    def __init__(self, index: int) -> None:
        super().__init__()
        self._index = index

    def on_click(self) -> None:
        """Choose this one."""
        self.post_message(Options.Chosen(self._index))


class Options(Vertical):
    """All options of a card, from the first to the last."""

    DEFAULT_CSS = """
    Options { height: auto; margin: 1 0 0 0; }
    """

    @dataclass
    class Chosen(Message):
        """An option was clicked."""

        index: int

    def compose(self) -> ComposeResult:
        """As many rows as there can be; those a card does not need stay away."""
        for index in range(MOST):
            yield _OptionRow(index)

    @property
    def _all(self) -> list[_OptionRow]:
        return list(self.query(_OptionRow))

    def put(self, options: Sequence[Option], chosen: Collection[int], *, many: bool) -> None:
        """Show the options before the answer; ``many`` shows a box before each."""
        self.display = bool(options)
        for index, row in enumerate(self._all):
            row.display = index < len(options)
            row.set_class(index < len(options), "-open")
            if index < len(options):
                row.show(_asked(index, options[index], many=many, marked=index in chosen))

    def judge(
        self, options: Sequence[Option], chosen: Collection[int], right: Collection[int]
    ) -> None:
        """Show the options after the answer: which are right, which were chosen, and why."""
        for index, row in enumerate(self._all[: len(options)]):
            row.remove_class("-open")
            found = _judged(index, options[index], chosen=index in chosen, right=index in right)
            row.show(*found)

    def show_raw(self, *, raw: bool) -> None:
        """Show the LaTeX of the formulas, or what it means."""
        for row in self._all:
            row.show_raw(raw=raw)


def _asked(index: int, option: Option, *, many: bool, marked: bool) -> Passage:
    box = say("[x] " if marked else "[ ] ", "bold" if marked else "$text-muted") if many else ""
    return Passage(option.text, "bold" if marked else "", lead=join(box, _number(index)))


def _judged(index: int, option: Option, *, chosen: bool, right: bool) -> Iterator[Passage]:
    if not (chosen or right):
        yield Passage(option.text, "$text-muted", lead=join("  ", _number(index)))
        return
    sign, style = ("✓ ", "$text-success") if right else ("✗ ", "$text-error")
    yield Passage(option.text, style, lead=join(say(sign, f"bold {style}"), _number(index)))
    told = "right" if right else "not right"
    told = f"your choice, {told}" if chosen else told
    if option.why:
        yield Passage(f"{told}: {option.why}", indent=5, gap=False)
    else:
        yield Passage(told, "$text-muted", indent=5, gap=False, ours=True)


def _number(index: int) -> Content:
    return say(f"{index + 1}  ", "bold $text-accent")
