"""Figures of the cards on generalization that no solver computes."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from quizapp.packs.model import Pack


def explained(pack: Pack, card: str) -> str:
    """Return the explanation of a card on one line."""
    return " ".join(pack.cards[card].explanation.split())


def test_a_line_misses_the_three_points_that_a_parabola_meets(pack: Pack) -> None:
    x, y = np.array([0.0, 1, 2]), np.array([0, 1.2, 3.8])
    line, parabola = np.polyfit(x, y, 1), np.polyfit(x, y, 2)

    assert np.allclose(np.polyval(parabola, x), y)
    missed = [f"{abs(gap):.3f}" for gap in y - np.polyval(line, x)]
    assert missed == ["0.233", "0.467", "0.233"]
    assert "by 0.233, 0.467 and 0.233" in explained(pack, "gen-training-error-monotone")


def test_a_random_split_seldom_keeps_a_family_together(pack: Pack) -> None:
    trained = comb(983, 200) / comb(1000, 200)
    tested = comb(983, 183) / comb(1000, 200)

    assert round(trained + tested, 2) == 0.02
    assert "with probability about 0.02" in explained(pack, "gen-split-by-family")


def test_descent_on_one_example_ends_nearest_to_its_start(pack: Pack) -> None:
    x, ends = np.array([1.0, 2]), []
    for start in ([0.0, 0.0], [4.0, 0.0]):
        weights = np.array(start)
        for _ in range(200):
            weights -= 0.05 * 2 * (weights @ x - 5) * x
        ends.append(weights.round(6).tolist())

    assert ends == [[1, 2], [4.2, 0.4]]
    text = explained(pack, "gen-least-norm-fit")
    assert "(1, 2)$" in text
    assert "$(4.2, 0.4)$" in text


def test_five_points_of_a_simplex_have_the_cosine(pack: Pack) -> None:
    means = np.eye(5) - 1 / 5
    cosines = {round(float(a @ b / (a @ a)), 9) for a in means for b in means if a is not b}

    assert -0.25 in {value for value in cosines if value < 0.99}
    assert "-1/(K - 1) = -1/4" in explained(pack, "gen-collapse-cosine")
