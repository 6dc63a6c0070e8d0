"""The losses that the texts on contrastive learning give without a family behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from quizapp.packs.model import Pack

Array = NDArray[np.float64]

IMAGES = np.array([[3, 0], [0, 1]], dtype=float)
TEXTS = np.array([[1, 1], [0, 2]], dtype=float)


def explained(pack: Pack, card: str) -> str:
    """Return the explanation of a card on one line."""
    return " ".join(pack.cards[card].explanation.split())


def row_losses(logits: Array) -> Array:
    """Return the cross-entropy of each row, whose right answer lies on the diagonal."""
    return np.asarray(np.log(np.exp(logits).sum(axis=1)) - np.diag(logits))


def loss(logits: Array) -> float:
    """Return the mean of both directions."""
    return float((row_losses(logits) + row_losses(logits.T)).mean() / 2)


def unit(vectors: Array) -> Array:
    """Return the rows with length 1."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def test_what_plain_dot_products_would_gain(pack: Pack) -> None:
    plain, cosine = loss(IMAGES @ TEXTS.T), loss(unit(IMAGES) @ unit(TEXTS).T)
    example = pack.discrepancies["clip-needs-normalised-embeddings"].example
    assert example is not None
    text = " ".join(example.text.split())
    assert f"the loss is {cosine:.3f}" in text
    assert f"it would be {plain:.3f}" in text
    assert f"normalized the loss is {cosine:.3f}, with plain dot products {plain:.3f}" in explained(
        pack, "ct-clip-why-normalize"
    )


def test_the_two_directions_of_a_clip_loss(pack: Pack) -> None:
    logits = np.array([[4, 1], [2, 3]], dtype=float)
    rows, columns = row_losses(logits), row_losses(logits.T)
    text = explained(pack, "ct-clip-loss-structure")
    assert f"rows cost {rows[0]:.4f} and {rows[1]:.4f}, mean {rows.mean():.3f}" in text
    assert f"columns {columns[0]:.4f} each; loss {loss(logits):.3f}" in text
    assert np.allclose(columns, columns[0])


def test_the_lower_the_temperature_the_surer(pack: Pack) -> None:
    similarities = np.array([0.8, 0.2, 0.1])
    text = explained(pack, "ct-ntxent-value")
    for temperature in (1.0, 0.1, 0.5):
        scaled = similarities / temperature
        value = float(np.log(np.exp(scaled).sum()) - scaled[0])
        assert f"{value:.3f}" in text
