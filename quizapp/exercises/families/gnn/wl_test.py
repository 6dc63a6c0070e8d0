"""The Weisfeiler-Lehman test of dimension one (Weisfeiler and Lehman 1968)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.aligning import renamed
from quizapp.exercises.families.gnn._graph import (
    check_graph,
    differ,
    path,
    relabelled,
    star,
    tree,
)
from quizapp.exercises.families.gnn._pairs import equal_degrees, never_separated, same_spectrum
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step
from quizapp.exercises.shapes import MOST_ENTRIES

_NEVER = 0.4  # of the pairs of level 3, how many no number of rounds separates


def refine(A: Any, rounds: float, *, once: bool = False) -> Any:
    """The colours after each round, one round per row, from colour 1 everywhere.

    A node's signature is its own colour, then the sorted colours of its neighbours (each
    ``once`` if so wanted); the signatures of a round, in order, are numbered from 1.
    """
    neighbours = [np.flatnonzero(row).tolist() for row in A]
    colours = [1] * len(A)
    history = []
    for _ in range(int(rounds)):
        seen = [[colours[u] for u in among] for among in neighbours]
        signatures = [
            (own, *sorted(set(around) if once else around))
            for own, around in zip(colours, seen, strict=True)
        ]
        number = {signature: n for n, signature in enumerate(sorted(set(signatures)), start=1)}
        colours = [number[signature] for signature in signatures]
        history.append(colours)
    return np.array(history, dtype=float)


def _side_by_side(A1: Any, A2: Any) -> Any:
    """One graph whose parts are the two, the nodes of the first in front."""
    n = len(A1)
    both = np.zeros((n + len(A2),) * 2)
    both[:n, :n], both[n:, n:] = A1, A2
    return both


def _colours(A1: Any, A2: Any, rounds: float) -> Any:
    return refine(_side_by_side(A1, A2), rounds)


def _own_numbering(A1: Any, A2: Any, rounds: float) -> Any:
    return np.hstack([refine(A1, rounds), refine(A2, rounds)])


def _sets(A1: Any, A2: Any, rounds: float) -> Any:
    return refine(_side_by_side(A1, A2), rounds, once=True)


def _separated_in(sorted1: Any, sorted2: Any) -> int:
    pairs = enumerate(zip(sorted1, sorted2, strict=True), start=1)
    return next((number for number, (one, other) in pairs if differ(one, other)), 0)


def _last_round_only(sorted1: Any, sorted2: Any, rounds: float) -> int:
    return int(rounds) if differ(sorted1[-1], sorted2[-1]) else 0


def check(A1: Any, A2: Any, rounds: float) -> None:
    """Two simple graphs and at least one round."""
    check_graph(A1, "A1")
    check_graph(A2, "A2")
    if rounds < 1:
        raise GivenError("'rounds' must be at least 1.", where="rounds")
    if rounds * (len(A1) + len(A2)) > MOST_ENTRIES:
        raise GivenError(
            f"'rounds' asks for more than {MOST_ENTRIES} colours; refine for fewer rounds.",
            where="rounds",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Path and star of 4, then trees of 5 or 6, then graphs of equal degrees."""
    if level == 1:
        pair, rounds = (path(4), star(4)), 2
    elif level == 2:
        nodes = int(rng.integers(5, 7))
        pair, rounds = (tree(rng, nodes), tree(rng, nodes)), int(rng.integers(2, 4))
    else:
        pair = never_separated(rng) if rng.random() < _NEVER else equal_degrees(rng)
        rounds = 3
    first = int(rng.integers(2))
    return {
        "A1": relabelled(rng, pair[first]),
        "A2": relabelled(rng, pair[1 - first]),
        "rounds": rounds,
    }


def avoid(A1: Any, A2: Any, separated_in: float) -> str | None:
    """Graphs that are not separated because they may well be the same."""
    return "isomorphic graphs" if separated_in == 0 and same_spectrum(A1, A2) else None


FAMILY = Family(
    id="wl-test",
    topic="gnn",
    title="Weisfeiler-Lehman test on two graphs",
    task=(
        "Refine the colours of both graphs side by side, starting from colour 1 everywhere. In "
        "every round, sort the different signatures (own colour, then the sorted colours of the "
        "neighbours) of both graphs as lists and number them 1, 2, …; then say in which round "
        "the sorted colours of the graphs first differ (0 if never)."
    ),
    sources=("ece493",),
    givens=(
        Given("A1", "A_1", "adjacency matrix of graph 1", "n_1 x n_1", kind="bit"),
        Given("A2", "A_2", "adjacency matrix of graph 2", "n_2 x n_2", kind="bit"),
        Given("rounds", "R", "number of rounds", kind="integer"),
    ),
    steps=(
        Step(
            "colours",
            "Colours, one round per row, the nodes of graph 1 first",
            r"c_v^{(r)} = \text{number of } (c_v^{(r-1)}, \text{ sorted } "
            r"c_u^{(r-1)} \text{ for } u \in N(v))",
            _colours,
            kind="integer",
            align=renamed,
        ),
        Step(
            "sorted1",
            "Sorted colours of graph 1, one round per row",
            r"\text{sorted } c_v^{(r)} \text{ for } v \text{ in graph } 1",
            lambda colours, A1: np.sort(colours[:, : len(A1)], axis=1),
            kind="integer",
        ),
        Step(
            "sorted2",
            "Sorted colours of graph 2, one round per row",
            r"\text{sorted } c_v^{(r)} \text{ for } v \text{ in graph } 2",
            lambda colours, A1: np.sort(colours[:, len(A1) :], axis=1),
            kind="integer",
        ),
        Step(
            "separated_in",
            "First round in which the sorted colours differ (0: never)",
            r"\min \{ r : \text{row } r \text{ of graph } 1 \ne \text{row } r "
            r"\text{ of graph } 2 \}",
            _separated_in,
            final=True,
            kind="integer",
        ),
    ),
    slips=(
        Slip(
            "own-numbering",
            "colours",
            _own_numbering,
            "Both graphs need one common numbering, otherwise equal numbers mean different "
            "signatures.",
            when=lambda A1, A2, rounds, colours: differ(_own_numbering(A1, A2, rounds), colours),
        ),
        Slip(
            "set-for-multiset",
            "colours",
            _sets,
            "Repeated neighbour colours count: it is a multiset, not a set.",
            when=lambda A1, A2, rounds, colours: differ(_sets(A1, A2, rounds), colours),
        ),
        Slip(
            "last-round-only",
            "separated_in",
            _last_round_only,
            "Asked is the first round in which the colour counts differ.",
            when=lambda separated_in, rounds: 0 < separated_in < rounds,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    items=("dl-wl",),
)
