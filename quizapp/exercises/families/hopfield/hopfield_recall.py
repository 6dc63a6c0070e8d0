"""Recall by repeated Hopfield updates (Hopfield 1982), as a trace of fields and states."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import ENERGIES, FIELDS, sign_of
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot, entries, factor


def _orders(sweeps: Any) -> list[tuple[int, int]]:
    """The updates in order: (number of its first update in the sweep, unit from 0)."""
    return _flat(tuple(tuple(sweep) for sweep in sweeps))


@lru_cache(maxsize=8)
def _flat(sweeps: tuple[tuple[int, ...], ...]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    start = 0
    for sweep in sweeps:
        out.extend((start, unit - 1) for unit in sweep)
        start += len(sweep)
    return out


def rows(sweeps: Any, update: str) -> int:
    """One row per update of a unit, or one per sweep when all units are updated at once."""
    return len(sweeps) if update == "sync" else sum(len(sweep) for sweep in sweeps)


def _signed(b: Any, offset: str) -> Any:
    return b if offset == "bias" else -b


def _field(W: Any, b: Any, offset: str, state: Any, unit: int) -> Any:
    return W[unit] @ state + _signed(b, offset)[unit]


def _decide(field: Any, old: Any, tie: str, low: float = -1.0) -> Any:
    """The new state for a field, entry by entry."""
    at_zero = {"plus": 1.0, "minus": -1.0, "keep": old}[tie]
    return np.where(np.abs(field) <= TIE, at_zero, np.where(np.asarray(field) > 0, 1.0, low))


def _fields(W: Any, b: Any, sweeps: Any, states: Any, update: str, offset: str, row: int) -> Any:
    state = states[row - 1]
    if update == "sync":
        return W @ state + _signed(b, offset)
    return _field(W, b, offset, state, _orders(sweeps)[row - 1][1])


def _set(state: Any, unit: int, value: Any) -> Any:
    new = np.array(state, dtype=float)
    new[unit] = value
    return new


def _states(fields: Any, states: Any, sweeps: Any, update: str, tie: str, row: int) -> Any:
    old = states[row - 1]
    if update == "sync":
        return _decide(fields[row], old, tie)
    unit = _orders(sweeps)[row - 1][1]
    return _set(old, unit, _decide(fields[row], old[unit], tie))


def _zero_for_minus(fields: Any, states: Any, sweeps: Any, update: str, tie: str, row: int) -> Any:
    old = states[row - 1]
    if update == "sync":
        return _decide(fields[row], old, tie, low=0.0)
    unit = _orders(sweeps)[row - 1][1]
    return _set(old, unit, _decide(fields[row], old[unit], tie, low=0.0))


_OTHER_TIE = {"plus": "keep", "minus": "keep", "keep": "plus"}


def _other_tie(fields: Any, states: Any, sweeps: Any, update: str, tie: str, row: int) -> Any:
    return _states(fields, states, sweeps, update, _OTHER_TIE[tie], row)


def _sync_for_async(W: Any, b: Any, sweeps: Any, states: Any, offset: str, row: int) -> Any:
    first, unit = _orders(sweeps)[row - 1]
    return _field(W, b, offset, states[first], unit)


def _async_for_sync(W: Any, b: Any, states: Any, offset: str, tie: str, row: int) -> Any:
    state = np.array(states[row - 1], dtype=float)
    out = np.zeros(len(state))
    for unit in range(len(state)):
        out[unit] = _field(W, b, offset, state, unit)
        state[unit] = _decide(out[unit], state[unit], tie)
    return out


def _energy(W: Any, b: Any, offset: str, state: Any, half: float = 0.5) -> float:
    return float(-half * (state @ W @ state) - _signed(b, offset) @ state)


def _visited(start: Any, states: Any) -> list[Any]:
    return [start, *states]


def _stable(W: Any, b: Any, end_state: Any, tie: str, offset: str) -> bool:
    field = W @ end_state + _signed(b, offset)
    return bool(np.array_equal(_decide(field, end_state, tie), end_state))


def _recalled(end_state: Any, patterns: Any) -> int:
    for sign in (1, -1):
        for number, pattern in enumerate(patterns, start=1):
            if np.array_equal(end_state, sign * pattern):
                return sign * number
    return 0


def _energy_work(W: Any, b: Any, start: Any, states: Any, offset: str, value: Any) -> list[Work]:
    out = []
    for (t,) in entries(value):
        y = _visited(start, states)[t]
        sign = "-" if offset == "bias" else "+"
        quadratic = rf"-\frac{{1}}{{2}} \cdot {factor(y @ W @ y)}"
        out.append(Work((t,), rf"{quadratic} {sign} {factor(b @ y)}"))
    return out


def _field_work(
    W: Any, b: Any, start: Any, sweeps: Any, states: Any, update: str, offset: str, value: Any
) -> list[Work]:
    out = []
    orders = _orders(sweeps)
    sign = "+" if offset == "bias" else "-"
    for at in entries(value):
        before = _visited(start, states)[at[0]]
        unit = at[1] if update == "sync" else orders[at[0]][1]
        others = [j for j in range(len(before)) if j != unit]
        written = dot(W[unit][others], np.asarray(before)[others])
        out.append(Work(at, f"{written} {sign} {factor(b[unit])}"))
    return out


def check(W: Any, start: Any, sweeps: Any) -> None:
    """A Hopfield matrix is symmetric with a zero diagonal; units are numbered from 1."""
    if not np.allclose(W, W.T, atol=TIE):
        raise GivenError("'W' is not symmetric: w_ij and w_ji must be equal.", where="W")
    if np.any(np.abs(np.diag(W)) > TIE):
        raise GivenError("the diagonal of 'W' must be 0: no unit feeds itself.", where="W")
    units = [unit for sweep in sweeps for unit in sweep]
    if min(units) < 1 or max(units) > len(start):
        raise GivenError(
            f"'sweeps' names unit {min(units) if min(units) < 1 else max(units)}, but the units "
            f"are numbered 1 to {len(start)}.",
            where="sweeps",
        )


def _hebb(patterns: Any) -> Any:
    W = patterns.T @ patterns / patterns.shape[1]
    np.fill_diagonal(W, 0.0)
    return W


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Nets of 3 or 4 units; the start is a stored pattern with a flipped bit, or any state."""
    n, count = {1: (3, 1), 2: (4, 1), 3: (4, 2)}[level]
    patterns = rng.choice((-1.0, 1.0), size=(count, n))
    if level == 1:
        W = np.triu(rng.choice((-1.0, 0.0, 1.0), size=(n, n)), 1)
        W = W + W.T
        start = rng.choice((-1.0, 1.0), size=n)
    else:
        W = _hebb(patterns)
        start = patterns[0].copy()
        start[rng.integers(n)] *= -1
    b = rng.choice((-0.5, -0.25, 0.0, 0.25, 0.5), size=n) if level != 2 else np.zeros(n)
    order = [int(unit) + 1 for unit in (range(n) if level == 1 else rng.permutation(n))]
    sweeps = [order] if level == 1 else [order, order]
    if level == 1:
        patterns = np.array([_settle(W, b, start, conventions)])
    return {"W": W, "b": b, "start": start, "sweeps": sweeps, "patterns": patterns}


def _settle(W: Any, b: Any, start: Any, conventions: Conventions) -> Any:
    """The end of an asynchronous run, to have a pattern that is a memory of this net."""
    state = start.copy()
    for _ in range(20):
        for unit in range(len(state)):
            field = _field(W, b, conventions["offset"], state, unit)
            state[unit] = _decide(field, state[unit], conventions["tie"])
    return state


def avoid(W: Any, b: Any, start: Any, states: Any, patterns: Any) -> str | None:
    """Traces in which nothing happens, nets without weights, equal or mirrored patterns."""
    if not W.any():
        return "no weights"
    if np.all(np.array(states) == states[0][0]):
        return "all states alike"
    if np.all(np.array(states) == start):
        return "no unit changes"
    if len(patterns) > 1 and abs(patterns[0] @ patterns[1]) == patterns.shape[1]:
        return "equal or mirrored patterns"
    return None


def _tie_met(fields: Any) -> bool:
    return bool(np.any(np.abs(np.asarray(fields)) <= TIE))


def _other_tie_shows(
    fields: Any, states: Any, start: Any, sweeps: Any, update: str, tie: str
) -> bool:
    """Whether some zero field is resolved to another value under the other rule."""
    history = [start, *states]
    for row in range(1, len(history)):
        trace = [None, *fields]
        other = _other_tie(trace, history, sweeps, update, tie, row)
        if not np.array_equal(other, history[row]):
            return True
    return False


def _some_field_negative(fields: Any) -> bool:
    return bool(np.any(np.asarray(fields) < -TIE))


def _sync_differs(
    W: Any, b: Any, sweeps: Any, states: Any, start: Any, fields: Any, offset: str, update: str
) -> bool:
    if update != "async":
        return False
    history = [start, *states]
    other = [_sync_for_async(W, b, sweeps, history, offset, row) for row in range(1, len(history))]
    return bool(np.any(np.abs(np.asarray(other) - np.asarray(fields)) > TIE))


def _async_differs(
    W: Any, b: Any, states: Any, start: Any, fields: Any, offset: str, tie: str, update: str
) -> bool:
    if update != "sync":
        return False
    history = [start, *states]
    other = [_async_for_sync(W, b, history, offset, tie, row) for row in range(1, len(history))]
    return bool(np.any(np.abs(np.asarray(other) - np.asarray(fields)) > TIE))


FAMILY = Family(
    id="hopfield-recall",
    topic="hopfield",
    title="Recall by repeated Hopfield updates",
    task="Trace the updates in the stated order: field, new state, energy. Name the end state.",
    sources=("hub", "nc"),
    givens=(
        Given("W", "W", "symmetric weights with a zero diagonal", "N x N"),
        Given("b", "b", "offsets, zeros when the network has none", "N"),
        Given("start", "y^{(0)}", "the state to start from", "N", kind="sign"),
        Given(
            "sweeps",
            r"\mathrm{order}",
            "unit numbers (from 1) in the order of their updates, one list a sweep",
            kind="ragged",
        ),
        Given("patterns", "X", "stored patterns, one per row", "P x N", kind="sign"),
    ),
    conventions={
        "update": ("async", "sync"),
        "tie": ("plus", "keep", "minus"),
        "offset": ("bias", "threshold"),
    },
    rows=rows,
    steps=(
        Step(
            "fields",
            "Local field",
            r"h_i = \sum_j w_{ij} y_j \pm b_i",
            _fields,
            loop="update",
            work=_field_work,
            formula_for=lambda offset: rf"h_i = \sum_j w_{{ij}} y_j {FIELDS[offset]} b_i",
        ),
        Step(
            "states",
            "New state",
            r"y_i \leftarrow \mathrm{sgn}(h_i)",
            _states,
            loop="update",
            before="start",
            kind="sign",
            formula_for=lambda tie: r"y_i \leftarrow " + sign_of("h_i", tie, "y_i"),
        ),
        Step(
            "energies",
            "Energy at the start and after each update",
            r"E = -\frac{1}{2} y^\top W y \mp b^\top y",
            lambda W, b, start, states, offset: np.array(
                [_energy(W, b, offset, y) for y in _visited(start, states)]
            ),
            work=_energy_work,
            formula_for=lambda offset: (
                rf"E = -\frac{{1}}{{2}} y^\top W y {ENERGIES[offset]} b^\top y"
            ),
        ),
        Step(
            "end_state",
            "End state",
            r"y^{(T)}",
            lambda states: np.array(states[-1]),
            final=True,
            kind="sign",
        ),
        Step("stable", "Is the end state stable?", r"\mathrm{sgn}(h) = y", _stable, kind="boolean"),
        Step(
            "recalled",
            "Recalled pattern (p, -p for its mirror, 0 for none)",
            r"p",
            _recalled,
            final=True,
            kind="integer",
        ),
    ),
    slips=(
        Slip(
            "sync-for-async",
            "fields",
            _sync_for_async,
            "Asynchronous updates use the newest state; here all fields of a sweep were taken "
            "from the state at its start.",
            when=_sync_differs,
        ),
        Slip(
            "async-for-sync",
            "fields",
            _async_for_sync,
            "A synchronous update computes every field from the same old state.",
            when=_async_differs,
        ),
        Slip(
            "other-tie",
            "states",
            _other_tie,
            "A zero field was resolved with another tie rule than the one stated.",
            when=_other_tie_shows,
        ),
        Slip(
            "offset-forgotten",
            "fields",
            lambda W, b, sweeps, states, update, row: _fields(
                W, 0 * b, sweeps, states, update, "bias", row
            ),
            "The bias (threshold) is missing in the local field.",
            when=lambda b: bool(np.any(b)),
        ),
        Slip(
            "zero-for-minus",
            "states",
            _zero_for_minus,
            "The states are bipolar: a negative field gives -1, not 0.",
            when=_some_field_negative,
        ),
        Slip(
            "no-half",
            "energies",
            lambda W, b, start, states, offset: np.array(
                [_energy(W, b, offset, y, half=1.0) for y in _visited(start, states)]
            ),
            "The factor 1/2 is missing in the energy.",
            when=lambda W, start, states: any(
                abs(y @ W @ y) > TIE for y in _visited(start, states)
            ),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    tie=_tie_met,
    tie_rules=("tie",),
    discrepancies=(
        "synchronous-vs-asynchronous",
        "zero-weight-example-depends-on-tie-rule",
        "nearest-attractor-claim",
        "energy-monotone-vs-nonincreasing",
        "are-mirror-states-parasitic",
    ),
    items=("hub-async-rule", "hub-alg-hopfield-update", "hub-local-convergence", "hub-cam"),
)
