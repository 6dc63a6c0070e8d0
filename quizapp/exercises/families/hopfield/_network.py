"""A Hopfield network: fields, decisions and energies of one state or of all (Hopfield 1982)."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from quizapp.exercises.family import GivenError
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot, factor

MOST_UNITS = 8
"""All states of a network with more units are too many to look at."""

OTHER_TIE = {"plus": "keep", "minus": "keep", "keep": "plus"}
"""The tie rule that someone mixes up with the one stated."""


def signed(b: Any, offset: str) -> Any:
    """The offsets as they enter a field: a bias is added, a threshold subtracted."""
    return b if offset == "bias" else -b


def decide(field: Any, old: Any, tie: str) -> Any:
    """The new value for a field, entry by entry."""
    at_zero = {"plus": 1.0, "minus": -1.0, "keep": old}[tie]
    return np.where(np.abs(field) <= TIE, at_zero, np.where(np.asarray(field) > 0, 1.0, -1.0))


def energy(W: Any, b: Any, y: Any, offset: str, half: float = 0.5) -> float:
    """The energy of a state."""
    return float(-half * (y @ W @ y) - signed(b, offset) @ y)


@cache
def all_states(units: int) -> Any:
    """All 2^N states in counting order, one per row: -1 before +1, the last unit fastest."""
    numbers = np.arange(2**units)[:, None]
    states = 2.0 * (numbers >> np.arange(units - 1, -1, -1) & 1) - 1.0
    states.flags.writeable = False
    return states


def numbers_of(states: Any) -> Any:
    """The numbers of states in counting order, from 1; 0 for rows with an entry not -1 or +1."""
    legal = np.all(np.abs(np.abs(states) - 1.0) <= TIE, axis=1)
    places = 2 ** np.arange(np.shape(states)[1] - 1, -1, -1)
    return np.where(legal, (np.asarray(states) > 0) @ places + 1, 0)


def energies_of(W: Any, b: Any, states: Any, offset: str, half: float = 0.5) -> Any:
    """The energies of states, one per row."""
    return -half * np.sum(states @ W * states, axis=1) - states @ signed(b, offset)


def field_work(w: Any, y: Any, b: float, offset: str, unit: int) -> str:
    """The field of a unit with the numbers; the unit itself is left out of the sum."""
    others = [j for j in range(len(y)) if j != unit or w[j]] or [unit]
    sign = "+" if offset == "bias" else "-"
    return f"{dot(w[others], y[others])} {sign} {factor(b)}"


def energy_work(W: Any, b: Any, y: Any, offset: str) -> str:
    """The energy of a state with the numbers, the quadratic and the offset term summed up."""
    sign = "-" if offset == "bias" else "+"
    return rf"-\frac{{1}}{{2}} \cdot {factor(y @ W @ y)} {sign} {factor(b @ y)}"


def check_network(W: Any) -> None:
    """A Hopfield matrix is symmetric with a zero diagonal, here of at most 8 units."""
    if len(W) > MOST_UNITS:
        raise GivenError(
            f"'W' has {len(W)} units; all states can be looked at for at most {MOST_UNITS}.",
            where="W",
        )
    if np.any(np.abs(W - W.T) > TIE):
        raise GivenError("'W' is not symmetric: w_ij and w_ji must be equal.", where="W")
    if np.any(np.abs(np.diag(W)) > TIE):
        raise GivenError("the diagonal of 'W' must be 0: no unit feeds itself.", where="W")


def draw_weights(rng: Any, units: int, among: tuple[float, ...]) -> Any:
    """Symmetric weights with a zero diagonal, drawn from a few values."""
    upper = np.triu(rng.choice(among, size=(units, units)), 1)
    return upper + upper.T
