"""The counts of windows and entries that the cards on one-hot codes state, by enumeration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from quizapp.packs.model import Pack

WIDTH = 13


def explained(pack: Pack, card: str) -> str:
    """Return the explanation of a card on one line."""
    return " ".join(pack.cards[card].explanation.split())


def windows(text: str) -> list[str]:
    """Return all windows inside a text."""
    return [text[start : start + WIDTH] for start in range(len(text) - WIDTH + 1)]


def test_the_windows_of_two_chains(pack: Pack) -> None:
    chains = ["a" * 41, "b" * 46]
    pad = "-" * (WIDTH // 2)
    inside = sum(len(windows(chain)) for chain in chains)
    padded = sum(len(windows(pad + chain + pad)) for chain in chains)
    joined = windows("".join(chains))
    mixed = sum(len(set(window)) > 1 for window in joined)
    assert (inside, padded, len(joined), mixed) == (63, 87, 75, 12)
    text = explained(pack, "enc-window-count")
    assert "= 63" in text
    assert "= 87$" in text
    assert "= 75$, 12 of them" in text
    beyond = sum("-" in window for window in windows(pad + chains[0] + pad))
    assert f"{beyond} of the 41 windows" in explained(pack, "enc-21st-symbol")


def test_the_two_orders_of_flattening(pack: Pack) -> None:
    matrix = np.eye(4, dtype=int)[["ACGT".index(letter) for letter in "ACCTG"]]
    rows, columns = matrix.flatten(), matrix.T.flatten()
    same = int((rows == columns).sum())
    assert same == 14
    assert f"they agree in {same} places" in explained(pack, "enc-same-ones")
    assert "Six of the 20 entries differ" in explained(pack, "enc-accg-transposed")


def test_gatt_slot_by_slot(pack: Pack) -> None:
    matrix = np.eye(4, dtype=int)[["ACGT".index(letter) for letter in "GATT"]]
    printed = " ".join("".join(map(str, row)) for row in matrix.T)
    assert printed in explained(pack, "enc-dna-decode")
