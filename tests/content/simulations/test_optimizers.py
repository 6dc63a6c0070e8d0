"""The figures that the cards on gradient steps state, by running the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from quizapp.packs.model import Pack


def explained(pack: Pack, card: str) -> str:
    """Return the explanation of a card on one line."""
    return " ".join(pack.cards[card].explanation.split())


def velocity(gradients: list[float]) -> float:
    """Return the velocity of a heavy ball with momentum 0.9."""
    speed = 0.0
    for gradient in gradients:
        speed = 0.9 * speed + gradient
    return speed


def descend(start: float, rate: float, steps: int) -> float:
    """Return where descent on x^4/4 - x^2/2 ends."""
    for _ in range(steps):
        start -= rate * (start**3 - start)
    return start


def test_alternating_and_equal_gradients(pack: Pack) -> None:
    swinging = abs(velocity([(-1) ** step for step in range(1000)]))
    steady = velocity([1] * 1000)
    text = explained(pack, "opt-momentum-oscillation")
    assert f"= {swinging:.3f}$ in size" in text
    assert f"= {steady:.0f}$" in text
    assert f"from 1 to {steady / swinging:.0f}" in text


def test_descent_leaves_the_nearest_stationary_point() -> None:
    assert abs(descend(0.1, 0.01, 5000) - 1) < 1e-9
    assert abs(descend(0.1, 0.5, 20) - 1) < 1e-9


def test_descent_ends_in_the_worse_minimum(pack: Pack) -> None:
    x = -0.5
    for _ in range(5000):
        x -= 0.01 * (x**3 - x**2 - 2 * x)
    assert abs(x + 1) < 1e-9
    values = [x**4 / 4 - x**3 / 3 - x**2 for x in (-1.0, 2.0)]
    text = explained(pack, "opt-stationary-kinds")
    assert all(f"${value:.3f}$" in text for value in values)


def test_the_angles_of_clipping(pack: Pack) -> None:
    before, after = (np.degrees(np.arctan2(y, 0.6)) for y in (8, 1))
    text = explained(pack, "opt-clip-two-kinds")
    assert f"{after:.0f} degrees to the first axis; before it was {before:.0f}" in text


def test_a_thousand_steps_of_adam_and_of_plain_descent(pack: Pack) -> None:
    first = second = moved = plain = 0.0
    for step in range(1, 1001):
        first = 0.9 * first + 0.1 * 0.01
        second = 0.999 * second + 0.001 * 0.01**2
        moved += 0.001 * first / (1 - 0.9**step) / np.sqrt(second / (1 - 0.999**step))
        plain += 0.001 * 0.01
    text = explained(pack, "opt-adam-rate")
    assert f"= {moved:.0f}$." in text
    assert f"= {plain:.2f}$." in text
