"""The energy landscape of a Hopfield network: minima and parasitic states (Hopfield 1982)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import ENERGIES, Among
from quizapp.exercises.families.hopfield._network import (
    all_states,
    check_network,
    draw_weights,
    energies_of,
    energy_work,
    numbers_of,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import num

_OTHER_MINIMUM = {"strict": "nonstrict", "nonstrict": "strict"}
_OTHER_MIRRORS = {"excluded": "counted", "counted": "excluded"}


def _energies(W: Any, b: Any, offset: str, half: float = 0.5) -> Any:
    return energies_of(W, b, all_states(len(W)), offset, half)


def _stated_energies(W: Any, b: Any, offset: str) -> Any:
    return _energies(W, b, offset)


def _minima(energies: Any, W: Any, minimum: str) -> Any:
    """The numbers of the states that beat (strict) or equal (nonstrict) all single flips."""
    here = np.arange(len(energies))
    out = np.ones(len(energies), dtype=bool)
    for unit in range(len(W)):
        above = energies[here ^ (1 << unit)] - energies
        out &= above > TIE if minimum == "strict" else above >= -TIE
    return here[out] + 1.0


def _global_only(energies: Any, lowest: float) -> Any:
    return np.flatnonzero(np.abs(energies - lowest) <= TIE) + 1.0


def _parasitic(minima: Any, patterns: Any, mirrors: str) -> Any:
    stored = patterns if mirrors == "counted" else np.vstack([patterns, -patterns])
    return np.array(minima)[~np.isin(np.rint(minima), numbers_of(stored))]


def _energies_work(W: Any, b: Any, offset: str, value: Any) -> list[Work]:
    states = all_states(len(W))
    return [Work((k,), energy_work(W, b, states[k], offset)) for k in range(len(value))]


def check(W: Any) -> None:
    """A Hopfield matrix of at most 8 units."""
    check_network(W)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two units, three, and four with two patterns; not every pattern need be a minimum."""
    n = level + 1
    weights = {
        1: (-1.0, -0.5, 0.5, 1.0),
        2: (-1.0, -0.5, 0.5, 1.0),
        3: (-1.0, -0.5, 0.0, 0.5, 1.0),
    }[level]
    count = 1 if level == 1 else int(rng.integers(1, 3)) if level == 2 else 2
    return {
        "W": draw_weights(rng, n, weights),
        "b": rng.choice((-0.25, 0.0, 0.25), size=n),
        "patterns": rng.choice((-1.0, 1.0), size=(count, n)),
    }


def avoid(
    W: Any, b: Any, patterns: Any, energies: Any, lowest: float, mirrors: str, offset: str
) -> str | None:
    """Patterns that are alike, and lists that are empty under some convention or mistake.

    An empty line is one left blank. Strict minima and stored mirrors give the shortest lists;
    the other form of the offset gives the mirror images.
    """
    if len(patterns) > 1 and abs(patterns[0] @ patterns[1]) == patterns.shape[1]:
        return "equal or mirrored patterns"
    strict = _minima(energies, W, "strict")
    doubled = _minima(_energies(W, b, offset, half=1.0), W, "strict")
    shortest = [_parasitic(minima, patterns, "excluded") for minima in (strict, doubled)]
    shortest.append(_parasitic(_global_only(energies, lowest), patterns, mirrors))
    return None if all(numbers.size for numbers in shortest) else "nothing parasitic"


def _same(a: Any, b: Any) -> bool:
    return np.array_equal(a, b)


def _strictness_matters(energies: Any, W: Any) -> bool:
    return not _same(_minima(energies, W, "strict"), _minima(energies, W, "nonstrict"))


FAMILY = Family(
    id="hopfield-landscape",
    topic="hopfield",
    title="Energy landscape, minima and parasitic states",
    task="Compute the energy of every state; then list the minima and those that nobody stored.",
    sources=("hub", "nc"),
    givens=(
        Given("W", "W", "symmetric weights with a zero diagonal, at most 8 units", "N x N"),
        Given("b", "b", "offsets, zeros when the network has none", "N"),
        Given("patterns", "X", "stored patterns, one per row", "P x N", kind="sign"),
    ),
    conventions={
        "minimum": ("strict", "nonstrict"),
        "mirrors": ("excluded", "counted"),
        "offset": ("bias", "threshold"),
    },
    steps=(
        Step(
            "energies",
            "Energy of every state (-1 first, the last unit fastest)",
            r"E(y) = -\frac{1}{2} y^\top W y \mp b^\top y",
            _stated_energies,
            work=_energies_work,
            formula_for=lambda offset: (
                rf"E(y) = -\frac{{1}}{{2}} y^\top W y {ENERGIES[offset]} b^\top y"
            ),
        ),
        Step(
            "lowest",
            "Lowest energy",
            r"\min_y E(y)",
            lambda energies: float(np.min(energies)),
            work=lambda value: [Work((), num(value))],
        ),
        Step(
            "minima",
            "Numbers of the minima",
            r"E(y) < E(y') \text{ for every single flip } y' \text{ (nonstrict: } \le \text{)}",
            _minima,
            kind="integer",
            formula_for=Among(
                "minimum",
                {
                    "strict": r"E(y) < E(y') \text{ for every single flip } y'",
                    "nonstrict": r"E(y) \le E(y') \text{ for every single flip } y'",
                },
            ),
        ),
        Step(
            "n_minima",
            "Number of minima",
            r"\text{how many}",
            lambda minima: minima.size,
            final=True,
            kind="integer",
        ),
        Step(
            "parasitic",
            "Numbers of the parasitic states",
            r"\text{minima that are no } x_p \text{ (excluded: nor } -x_p \text{)}",
            _parasitic,
            kind="integer",
            formula_for=Among(
                "mirrors",
                {
                    "excluded": r"\text{minima that are no } x_p \text{ and no } -x_p",
                    "counted": r"\text{minima that are no } x_p",
                },
            ),
        ),
        Step(
            "n_parasitic",
            "Number of parasitic states",
            r"\text{how many}",
            lambda parasitic: parasitic.size,
            final=True,
            kind="integer",
        ),
    ),
    slips=(
        Slip(
            "other-strictness",
            "minima",
            lambda energies, W, minimum: _minima(energies, W, _OTHER_MINIMUM[minimum]),
            "Ties were counted the other way: strict minima need every neighbour higher, "
            "non-strict ones only none lower.",
            when=_strictness_matters,
        ),
        Slip(
            "other-mirrors",
            "parasitic",
            lambda minima, patterns, mirrors: _parasitic(minima, patterns, _OTHER_MIRRORS[mirrors]),
            "Mirror states were counted the other way: decide whether -x is parasitic and keep "
            "to it.",
            when=lambda minima, patterns: (
                not _same(
                    _parasitic(minima, patterns, "excluded"),
                    _parasitic(minima, patterns, "counted"),
                )
            ),
        ),
        Slip(
            "global-only",
            "minima",
            _global_only,
            "Only the global minimum was kept; a local minimum only has to beat its single-flip "
            "neighbours.",
            when=lambda energies, lowest, minima: not _same(_global_only(energies, lowest), minima),
        ),
        Slip(
            "no-half",
            "energies",
            lambda W, b, offset: _energies(W, b, offset, half=1.0),
            "The factor 1/2 is missing in the energy.",
            when=lambda W: bool(np.any(np.abs(W) > TIE)),
        ),
        Slip(
            "stored-not-removed",
            "parasitic",
            lambda minima: minima,
            "Stored patterns are minima too; parasitic are only the ones nobody stored.",
            when=lambda minima, parasitic: len(minima) != len(parasitic),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    tie=_strictness_matters,
    tie_rules=("minimum",),
    discrepancies=(
        "hub-landscape-has-no-parasitic-minima",
        "local-minimum-strict-vs-nonstrict",
        "are-mirror-states-parasitic",
        "stored-patterns-at-global-minimum",
        "mirror-energy-needs-zero-bias",
    ),
    items=(
        "hub-parasitic-def",
        "hub-fig-landscape",
        "hub-local-min-code",
        "hub-stored-global-min",
        "hub-mirror-energy",
        "hub-more-patterns",
    ),
)
