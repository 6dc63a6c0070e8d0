"""The figures that the texts on biology give without a family behind them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.packs.model import Pack

POTASSIUM = (4.0, 140.0)
SODIUM = (142.0, 14.0)
SLOPE = 61.5


def balance(outside: float, inside: float) -> float:
    """Return the potential in mV at which an ion of charge +1 is in balance."""
    return SLOPE * math.log10(outside / inside)


def leaks(sodium_share: float) -> float:
    """Return the potential in mV that leaks of both ions give (Goldman)."""
    outside, inside = (k + sodium_share * na for k, na in zip(POTASSIUM, SODIUM, strict=True))
    return balance(outside, inside)


def explained(pack: Pack, card: str) -> str:
    """Return the explanation of a card on one line."""
    return " ".join(pack.cards[card].explanation.split())


def test_the_resting_potential_of_the_leaks(pack: Pack) -> None:
    value = f"{leaks(0.01):.1f}"
    assert value == "-86.9"
    assert f"${value}$ mV" in explained(pack, "bio-why-negative")
    example = pack.discrepancies["pump-explains-resting-potential"].example
    assert example is not None
    text = " ".join(example.text.split())
    assert f"the leaks alone give ${value}$ mV" in text
    assert f"K⁺ alone ${balance(*POTASSIUM):.1f}$ mV" in text


def test_the_balance_of_sodium(pack: Pack) -> None:
    assert f"$+{balance(*SODIUM):.1f}$ mV" in explained(pack, "bio-potassium-nernst")


def test_a_failed_spike_fades_and_adds_up(pack: Pack) -> None:
    left = 8 * math.exp(-1)
    text = explained(pack, "bio-failed-spike")
    assert f"\\approx {left:.1f}$ are left" in text
    assert f"add up to {left + 13:.1f} mV" in text
    assert left + 13 >= -55 + 70
