"""The figure of the vote of weak features, by the binomial distribution."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.packs.model import Pack

FEATURES = 100
RIGHT = 0.55


def chance(count: int) -> float:
    """Return the probability that just so many of the features agree with the class."""
    return comb(FEATURES, count) * RIGHT**count * (1 - RIGHT) ** (FEATURES - count)


def test_many_weak_features_beat_a_strong_one_on_clean_inputs(pack: Pack) -> None:
    half = FEATURES // 2
    vote = sum(chance(count) for count in range(half + 1, FEATURES + 1)) + chance(half) / 2
    assert f"{vote:.0%}" == "84%"

    told = " ".join(pack.cards["eth-robust-why"].explanation.split())
    assert "is right in about 84 % of clean cases" in told
