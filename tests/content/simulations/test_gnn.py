"""The colourings of small graphs that the texts on graph networks give."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.packs.model import Pack

Graph = dict[int, tuple[int, ...]]


def graph(*edges: tuple[int, int]) -> Graph:
    """Return the neighbours of each node."""
    nodes = sorted({node for edge in edges for node in edge})
    return {v: tuple(sum(edge) - v for edge in edges if v in edge) for v in nodes}


def path(nodes: int) -> Graph:
    """Return a path of nodes."""
    return graph(*((v, v + 1) for v in range(nodes - 1)))


def refine(given: Graph) -> list[tuple[int, ...]]:
    """Return the colours of 1-WL after 0, 1, ... rounds, numbered as they first occur."""
    rounds = [(1,) * len(given)]
    while True:
        old = rounds[-1]
        seen = [(old[v], tuple(sorted(old[u] for u in given[v]))) for v in given]
        names = {signature: number for number, signature in enumerate(dict.fromkeys(seen), 1)}
        new = tuple(names[signature] for signature in seen)
        if len(set(new)) == len(set(old)):
            return rounds
        rounds.append(new)


def explained(pack: Pack, card: str) -> str:
    """Return the explanation of a card on one line."""
    return " ".join(pack.cards[card].explanation.split())


def test_the_colours_of_paths(pack: Pack) -> None:
    for card, nodes in (("gnn-wl-order", 5), ("gnn-wl-path", 7)):
        text = explained(pack, card)
        for colours in refine(path(nodes)):
            assert f"({', '.join(map(str, colours))})" in text


def test_a_triangle_with_a_tail_has_three_colours_after_one_round(pack: Pack) -> None:
    rounds = refine(graph((0, 1), (1, 2), (0, 2), (2, 3)))

    assert [len(set(colours)) for colours in rounds] == [1, 3]
    assert "three colours in the first round" in explained(pack, "gnn-wl-name")


def test_two_triangles_and_a_six_cycle_look_alike() -> None:
    cycle = graph(*((v, (v + 1) % 6) for v in range(6)))
    triangles = graph((0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5))

    assert [Counter(colours) for colours in refine(cycle)] == [Counter({1: 6})]
    assert refine(triangles) == refine(cycle)


def test_the_other_pairs_of_the_card_are_told_apart() -> None:
    star = graph((0, 1), (0, 2), (0, 3))
    cycle = graph(*((v, (v + 1) % 6) for v in range(6)))

    assert Counter(refine(path(4))[-1]) != Counter(refine(star)[-1])
    assert Counter(refine(path(6))[-1]) != Counter(refine(cycle)[-1])
