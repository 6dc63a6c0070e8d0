"""Leeches: cards that are forgotten again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.scheduling.memory import CardMemory

LAPSES = 8
"""So many lapses make a leech."""
AGAIN_AFTER = 4
"""It is told again after so many more."""


def is_leech(memory: CardMemory | None) -> bool:
    """Return whether a card is a leech; None is one that was never answered."""
    return memory is not None and memory.lapses >= LAPSES


def told_as_leech(memory: CardMemory, before: CardMemory | None = None) -> bool:
    """Return whether the student is told after an answer that left this memory.

    That is after the lapse that makes a leech, and after every fourth from then on. ``before`` is
    the memory that was answered: Again in relearning is no further lapse, and tells nothing new.
    """
    lapsed = memory.phase == "relearning" if before is None else memory.lapses > before.lapses
    return lapsed and is_leech(memory) and (memory.lapses - LAPSES) % AGAIN_AFTER == 0
