"""The last days before an exam, in which each card comes once more and nothing new is met."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.scheduling.plan import Share


def final_pass(shares: Sequence[Share]) -> list[Share]:
    """Return the shares with those of the final pass marked.

    It is the longest run of days up to the exam without a new card and without a card twice.
    """
    met: set[str] = set()
    begin = len(shares)
    while begin > 0:
        share = shares[begin - 1]
        if share.new or not met.isdisjoint(share.cards):
            break
        met.update(share.cards)
        begin -= 1
    return [replace(share, final_pass=at >= begin) for at, share in enumerate(shares)]
