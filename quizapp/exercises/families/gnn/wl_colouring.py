"""Colour refinement (Weisfeiler and Lehman 1968)."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from quizapp.exercises.aligning import names_by, renamed
from quizapp.exercises.families.gnn._graph import (
    check_graph,
    connected,
    path,
    relabelled,
    star,
    tree,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step
from quizapp.exercises.shapes import MOST_ENTRIES
from quizapp.exercises.values import FILLING

_LABELLED = 0.3  # of the graphs of level 3, how many start with two colours


def _number(rounds: float) -> int:
    return int(rounds)


def _neighbours(A: Any) -> list[list[int]]:
    return [np.flatnonzero(row).tolist() for row in A]


def _around(A: Any, colours: Any) -> list[list[float]]:
    """The sorted colours of the neighbours of each node."""
    return [sorted(float(colours[u]) for u in among) for among in _neighbours(A)]


def _signatures(A: Any, colours: Any, row: int) -> list[list[float]]:
    before = colours[row - 1]
    return [[float(own), *seen] for own, seen in zip(before, _around(A, before), strict=True)]


def _without_own(A: Any, colours: Any, row: int) -> list[list[float]]:
    return _around(A, colours[row - 1])


def _sets(A: Any, colours: Any, row: int) -> list[list[float]]:
    return [[own, *sorted(set(seen))] for own, *seen in _signatures(A, colours, row)]


def _seen_at_start(A: Any, start: Any, colours: Any, row: int) -> list[list[float]]:
    before = colours[row - 1]
    return [[float(own), *seen] for own, seen in zip(before, _around(A, start), strict=True)]


def _colours(signatures: Any, row: int) -> Any:
    """The numbers of the signatures in their order; the neighbours in one may stand in any."""
    keys = [(*one[:1], *sorted(one[1:])) for one in signatures[row]]
    number = {key: n for n, key in enumerate(sorted(set(keys)), start=1)}
    return np.array([number[key] for key in keys], dtype=float)


def _classes(start: Any, colours: Any) -> Any:
    return np.array([len(set(row.tolist())) for row in (start, *colours)])


def _histogram(colours: Any) -> list[int]:
    return sorted(Counter(colours[-1].tolist()).values(), reverse=True)


def _under_typed_names(truth: Any, typed: Any) -> Any:
    """The signatures of a round under the names of colours that were typed.

    The first entry of a signature is the node's own colour: it tells the names, unless more
    signatures agree as they are. The neighbours may stand in any order.
    """
    names = names_by(truth[:, 0], typed[:, 0])
    ways = [_under(naming, truth, typed) for naming in ({}, names)]
    return max(ways, key=lambda way: (way == typed).all(axis=-1).sum())


def _under(names: dict[float, float], truth: Any, typed: Any) -> Any:
    """The signatures under some names of colours, each as it was typed where it is that one."""
    out = truth.copy()
    for node, (right, own) in enumerate(zip(truth.tolist(), typed.tolist(), strict=True)):
        here = [names.get(colour, colour) for colour in right if colour != FILLING]
        there = [colour for colour in own if colour != FILLING]
        if here[:1] == there[:1] and Counter(here[1:]) == Counter(there[1:]):
            out[node] = typed[node]
        else:
            out[node, : len(here)] = [*here[:1], *sorted(here[1:])]
    return out


def check(A: Any, start: Any, rounds: float) -> None:
    """A simple graph and at least one round."""
    check_graph(A)
    if rounds < 1:
        raise GivenError("'rounds' must be at least 1.", where="rounds")
    if rounds * (A.sum() + len(A)) > MOST_ENTRIES:
        raise GivenError(
            f"'rounds' asks for signatures of more than {MOST_ENTRIES} entries; refine for fewer "
            "rounds.",
            where="rounds",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A path of 4; a star or tree of 5; six nodes for three rounds, some with two labels."""
    if level == 1:
        A = path(4)
    elif level == 2:
        A = star(5) if rng.random() < 0.2 else tree(rng, 5)
    else:
        A = connected(rng, 6, int(rng.integers(5, 8)))
    A = relabelled(rng, A)
    start = np.ones(len(A), dtype=int)
    if level == 3 and rng.random() < _LABELLED:
        start[rng.choice(len(A), size=2, replace=False)] = 2
    return {"A": A, "start": start, "rounds": 3 if level == 3 else 2}


def avoid(classes: Any) -> str | None:
    """Graphs on which nothing ever changes."""
    return "nothing changes" if classes[-1] == classes[0] else None


def _differ(colours: Any, start: Any, signatures: Any, wrong: Any) -> bool:
    """Whether a mistake changes a signature in some round, from the right colours before it."""
    history = [start, *colours]
    return any(wrong(history, row) != right for row, right in enumerate(signatures, start=1))


FAMILY = Family(
    id="wl-colouring",
    topic="gnn",
    title="Weisfeiler-Lehman colour refinement",
    task=(
        "Refine the colours. In every round write the signature of each node (its own colour, "
        "then the sorted colours of its neighbours), sort the different signatures as lists and "
        "number them 1, 2, …; other names for the colours of a round do as well. Then count the "
        "colours at the start and after every round, and give the sizes of the last classes, "
        "largest first."
    ),
    sources=("ece493",),
    givens=(
        Given("A", "A", "adjacency matrix of the graph", "n x n", kind="bit"),
        Given("start", "c^{(0)}", "colours of the nodes at the start", "n", kind="integer"),
        Given("rounds", "R", "number of rounds", kind="integer"),
    ),
    rows=_number,
    steps=(
        Step(
            "signatures",
            "Signatures of the nodes, one round per row",
            r"(c_v^{(r-1)}, \text{ sorted } c_u^{(r-1)} \text{ for } u \in N(v))",
            _signatures,
            kind="integer",
            loop="rounds",
            ragged=True,
            open=True,
            align=_under_typed_names,
        ),
        Step(
            "colours",
            "Colours of the nodes, one round per row",
            r"c_v^{(r)} = \text{number of the signature of } v",
            _colours,
            kind="integer",
            loop="rounds",
            before="start",
            align=renamed,
        ),
        Step(
            "classes",
            "Number of colours at the start and after every round",
            r"|\{ c_v^{(r)} : v \}|",
            _classes,
            kind="integer",
        ),
        Step(
            "histogram",
            "Sizes of the classes after the last round, largest first",
            r"|\{ v : c_v^{(R)} = c \}|",
            _histogram,
            final=True,
            kind="integer",
            open=True,
        ),
    ),
    slips=(
        Slip(
            "own-colour-omitted",
            "signatures",
            _without_own,
            "The signature starts with the node's own colour.",
        ),
        Slip(
            "set-for-multiset",
            "signatures",
            _sets,
            "Repeated neighbour colours count: it is a multiset, not a set.",
            when=lambda A, start, colours, signatures: _differ(
                colours, start, signatures, lambda history, row: _sets(A, history, row)
            ),
        ),
        Slip(
            "start-colours-kept",
            "signatures",
            _seen_at_start,
            "Every round uses the colours of the round before.",
            when=lambda A, start, colours, signatures: _differ(
                colours,
                start,
                signatures,
                lambda history, row: _seen_at_start(A, start, history, row),
            ),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    items=("dl-wl", "dl-wl-bound"),
)
