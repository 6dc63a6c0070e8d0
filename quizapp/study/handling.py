"""What can be done to cards beside answering them; all cards at once, undone at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError
from quizapp.core.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from quizapp.store.events import Event
    from quizapp.store.replay import CardState
    from quizapp.study.workspace import Workspace

LONGEST_TAG = 60


class TagError(QuizError):
    """Text that is no tag."""

    code = "tag"


@dataclass(frozen=True, slots=True)
class Turned:
    """What an undo took back, or a redo brought back."""

    kind: str
    """The kind of its first event: ``suspend``, ``review``, ..."""
    cards: int
    """How many cards it was about."""


class Handling:
    """Actions on cards. Each is one step of the log, and says how many cards it has changed.

    Every method may raise StoreError; then nothing is changed.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def suspend(self, cards: Sequence[str], *, on: bool = True) -> int:
        """Keep cards out until they are taken back in (``on=False``)."""
        changed = [card for card, state in self._states(cards) if state.suspended != on]
        with self._workspace.store.step() as step:
            for card in changed:
                step.suspend(card, on=on)
        return len(changed)

    def bury(self, cards: Sequence[str], *, on: bool = True) -> int:
        """Keep cards out until tomorrow; with ``on=False`` let them come today."""
        today = self._workspace.today()
        changed = [card for card, state in self._states(cards) if _buried(state, today) != on]
        with self._workspace.store.step() as step:
            for card in changed:
                step.bury(card, today + timedelta(days=1) if on else None)
        return len(changed)

    def flag(self, cards: Sequence[str], flag: int) -> int:
        """Flag cards with a number from 1 to 7; 0 takes the flag away."""
        changed = [card for card, state in self._states(cards) if state.flag != flag]
        with self._workspace.store.step() as step:
            for card in changed:
                step.flag(card, flag)
        return len(changed)

    def tag(self, cards: Sequence[str], tag: str, *, on: bool = True) -> int:
        """Give cards a tag, or take it away; what the content itself says of them stays."""
        changed = [card for card, state in self._states(cards) if (tag in state.tags) != on]
        with self._workspace.store.step() as step:
            for card in changed:
                step.tag(card, tag, on=on)
        return len(changed)

    def reschedule(self, cards: Sequence[str], day: date) -> int:
        """Let cards come on a day; those that were never answered come first among the new."""
        with self._workspace.store.step() as step:
            for card in cards:
                step.reschedule(card, day)
        return len(cards)

    def forget(self, cards: Sequence[str]) -> int:
        """Make cards new again; their answers stay in the log and in the statistics."""
        changed = [card for card, state in self._states(cards) if state.memory or state.wanted]
        with self._workspace.store.step() as step:
            for card in changed:
                step.forget(card)
        return len(changed)

    def all_suspended(self, cards: Sequence[str]) -> bool:
        """Whether none of some cards is left to suspend."""
        return all(state.suspended for _, state in self._states(cards))

    def all_buried(self, cards: Sequence[str]) -> bool:
        """Whether none of some cards is left to bury."""
        today = self._workspace.today()
        return all(_buried(state, today) for _, state in self._states(cards))

    def given_tags(self, cards: Sequence[str] | None = None) -> list[str]:
        """The tags that the student gave some cards, or any card, in alphabetical order."""
        if cards is None:
            return sorted(self._workspace.store.tags())
        return sorted({tag for _, state in self._states(cards) for tag in state.tags})

    def undo(self) -> Turned | None:
        """Take back what was last done to cards; None where nothing is left to take back."""
        return self._turned(self._workspace.store.undo())

    def redo(self) -> Turned | None:
        """Take the last undo back; None where nothing was undone."""
        return self._turned(self._workspace.store.redo())

    def _turned(self, shown: Event | None) -> Turned | None:
        turn = self._workspace.store.last_turn
        if shown is None or turn is None:
            return None
        return Turned(shown.kind, len({event.subject for event in turn.events}))

    def _states(self, cards: Sequence[str]) -> Iterator[tuple[str, CardState]]:
        from quizapp.store.replay import CardState

        states = self._workspace.store.states()
        return ((card, states.get(card, CardState())) for card in dict.fromkeys(cards))


def read_tag(text: str) -> str:
    """The tag that was typed, one blank for each gap. Raises TagError."""
    tag = " ".join(clean(text).split())
    if not tag or tag.startswith("-") or len(tag) > LONGEST_TAG or set(tag) & set('"*'):
        raise TagError(
            f"a tag has 1 to {LONGEST_TAG} characters, does not begin with a minus and holds "
            'neither " nor *; write one such as exam or ask-again.'
        )
    return tag


def _buried(state: CardState, today: date) -> bool:
    return state.buried_until is not None and state.buried_until > today
