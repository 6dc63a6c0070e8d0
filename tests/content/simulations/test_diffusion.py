"""The figures on the usual noise schedule that the texts on diffusion models give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from quizapp.packs.model import Pack

KEPT = np.cumprod(1 - np.linspace(0.0001, 0.02, 1000))
"""The share of the data's variance after 1, 2, ... 1000 steps of the linear schedule."""


def explained(pack: Pack, card: str) -> str:
    """Return the explanation of a card on one line."""
    return " ".join(pack.cards[card].explanation.split())


def test_what_the_linear_schedule_leaves_at_its_end(pack: Pack) -> None:
    text = explained(pack, "df-limit")
    assert f"{KEPT[-1] * 1e5:.2f} \\cdot 10^{{-5}}" in text
    assert f"contributes {np.sqrt(KEPT[-1]):.4f}" in text
    assert f"at step 500, it is still {KEPT[499]:.3f}" in text
    assert f"factor {np.sqrt(0.1):.3f}" in text


def test_when_half_of_the_variance_is_gone(pack: Pack) -> None:
    text = explained(pack, "df-limit-many-steps")
    assert f"takes {1 + int(np.argmax(KEPT < 0.5))} steps to the half" in text
    assert f"after {1 + int(np.argmax(np.cumprod(np.full(100, 0.98)) < 0.505))} steps" in text


def test_how_much_an_error_of_the_noise_is_blown_up(pack: Pack) -> None:
    factor = np.sqrt(1 - KEPT[-1]) / np.sqrt(KEPT[-1])
    assert f"blown up {factor:.0f} times" in explained(pack, "df-x0-estimate")
