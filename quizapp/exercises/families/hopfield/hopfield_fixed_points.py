"""Fixed points and 2-cycles of the update of all units at once (Bruck and Goodman 1988)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import FIELDS, sign_of
from quizapp.exercises.families.hopfield._network import (
    OTHER_TIE,
    all_states,
    check_network,
    decide,
    draw_weights,
    field_work,
    numbers_of,
    signed,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries


def _fields(W: Any, b: Any, offset: str) -> Any:
    return all_states(len(W)) @ W.T + signed(b, offset)


def _next(fields: Any, tie: str) -> Any:
    return decide(fields, all_states(np.shape(fields)[1]), tie)


def _zero_stays(fields: Any) -> Any:
    return np.where(np.abs(fields) <= TIE, 0.0, np.sign(fields))


def _fixed(next: Any) -> Any:  # noqa: A002 - the name of the step
    """The numbers of the rows that are the state of their own number."""
    after = numbers_of(next)
    return np.flatnonzero(after == np.arange(1, len(after) + 1)) + 1.0


def _back_after_two(next: Any) -> Any:  # noqa: A002
    """The numbers of the states to which the second update leads back."""
    after = numbers_of(next)
    twice = np.where(after > 0, after[after - 1], 0)
    return np.flatnonzero(twice == np.arange(1, len(after) + 1)) + 1.0


def _two_cycle(next: Any) -> Any:  # noqa: A002
    return np.setdiff1d(_back_after_two(next), _fixed(next))


def _fields_work(W: Any, b: Any, offset: str, value: Any) -> list[Work]:
    states = all_states(len(W))
    return [Work((k, i), field_work(W[i], states[k], b[i], offset, i)) for k, i in entries(value)]


def check(W: Any) -> None:
    """A Hopfield matrix of at most 8 units."""
    check_network(W)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two units, three, and three with offsets."""
    n = 2 if level == 1 else 3
    among = (-2.0, -1.0, 1.0, 2.0) if level == 1 else (-3.0, -2.0, -1.0, 1.0, 2.0, 3.0)
    offsets = {1: (-0.5, 0.0, 0.5), 2: (0.0,), 3: (-1.0, -0.5, 0.0, 0.5, 1.0)}[level]
    return {"W": draw_weights(rng, n, among), "b": rng.choice(offsets, size=n)}


def avoid(W: Any, fields: Any, tie: str) -> str | None:
    """Lists that are empty under some convention or mistake: an empty line is one left blank."""
    updated = [_next(fields, rule) for rule in OTHER_TIE]
    updated += [_zero_stays(fields), _next(all_states(len(W)) @ W.T, tie)]
    full = all(_fixed(states).size and _two_cycle(states).size for states in updated)
    return None if full else "an empty list"


def _some_field_is_zero(fields: Any) -> bool:
    return bool(np.any(np.abs(fields) <= TIE))


def _other_tie(fields: Any, tie: str) -> Any:
    return _next(fields, OTHER_TIE[tie])


FAMILY = Family(
    id="hopfield-fixed-points",
    topic="hopfield",
    title="Fixed points and 2-cycles of the whole-state update",
    task="Update every state once, all units at once; then list the fixed points and 2-cycles.",
    sources=("nc", "hub"),
    givens=(
        Given("W", "W", "symmetric weights with a zero diagonal, at most 8 units", "N x N"),
        Given("b", "b", "offsets, zeros when the network has none", "N"),
    ),
    conventions={"tie": ("plus", "keep", "minus"), "offset": ("bias", "threshold")},
    steps=(
        Step(
            "fields",
            "Fields of every state (-1 first, the last unit fastest)",
            r"h = W y \pm b",
            _fields,
            work=_fields_work,
            formula_for=lambda offset: f"h = W y {FIELDS[offset]} b",
        ),
        Step(
            "next",
            "Next state of every state",
            r"y' = \mathrm{sgn}(h)",
            _next,
            kind="sign",
            formula_for=lambda tie: f"y' = {sign_of('h', tie)}",
        ),
        Step(
            "fixed",
            "Numbers of the fixed points",
            r"y' = y",
            _fixed,
            final=True,
            kind="integer",
        ),
        Step(
            "n_fixed",
            "Number of fixed points",
            r"\text{how many}",
            lambda fixed: fixed.size,
            final=True,
            kind="integer",
        ),
        Step(
            "two_cycle",
            "Numbers of the states on 2-cycles",
            r"y'' = y \ne y'",
            _two_cycle,
            kind="integer",
        ),
    ),
    slips=(
        Slip(
            "other-tie",
            "next",
            _other_tie,
            "A zero field was resolved with another tie rule than the one stated.",
            when=lambda fields, tie: (
                not np.array_equal(_other_tie(fields, tie), _next(fields, tie))
            ),
        ),
        Slip(
            "zero-stays-zero",
            "next",
            _zero_stays,
            "0 is not a legal state: sgn(0) takes the value the stated tie rule gives.",
            when=_some_field_is_zero,
        ),
        Slip(
            "offset-forgotten",
            "fields",
            lambda W: all_states(len(W)) @ W.T,
            "The bias (threshold) is missing in the local fields.",
            when=lambda b: bool(np.any(np.abs(b) > TIE)),
        ),
        Slip(
            "any-repeat",
            "fixed",
            _back_after_two,
            "A state that comes back after two synchronous updates is on a 2-cycle, not a fixed "
            "point.",
            when=lambda two_cycle: len(two_cycle) > 0,
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    tie=_some_field_is_zero,
    tie_rules=("tie",),
    discrepancies=(
        "zero-weight-example-depends-on-tie-rule",
        "synchronous-vs-asynchronous",
        "stored-pattern-definition",
        "local-minimum-strict-vs-nonstrict",
        "single-pattern-theorem-details",
    ),
    items=("nc-hn-update", "nc-hn-stable-def", "nc-hn-attractor", "nc-hn-zero-example"),
)
