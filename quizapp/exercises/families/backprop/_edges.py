"""Graphs given as lists of edges: the paths in them, and what fits together."""

from __future__ import annotations

from typing import Any

from quizapp.core.text import quoted
from quizapp.exercises.family import GivenError
from quizapp.exercises.shapes import MOST_ENTRIES, is_number

_MOST_EDGES = 1000
_LONGEST_NAME = 40


def _following(edges: Any) -> dict[str, list[str]]:
    """Where the edges from each node lead."""
    out: dict[str, list[str]] = {}
    for start, end, _ in edges:
        out.setdefault(start, []).append(end)
    return out


def _leading_to(target: str, edges: Any) -> dict[str, list[str]]:
    """Where the edges lead that are on a way to the target."""
    before = _following([(end, start, partial) for start, end, partial in edges])
    reached, ready = {target}, [target]
    while ready:
        for name in before.get(ready.pop(), []):
            if name not in reached:
                reached.add(name)
                ready.append(name)
    return _following([edge for edge in edges if edge[1] in reached])


def paths_between(edges: Any, source: str, target: str) -> list[list[str]]:
    """All paths, in the order of the lists of their names."""
    following = _leading_to(target, edges)
    found = []
    started = [[source]]
    while started:
        path = started.pop()
        if path[-1] == target:
            found.append(path)
            continue
        started += [[*path, name] for name in following.get(path[-1], [])]
    return sorted(found)


def check_edges(edges: Any, source: Any, target: Any) -> None:
    """Edges between named nodes, none twice, no cycle, and no more paths than can be listed."""
    for where, name in (("source", source), ("target", target)):
        _check_name(name, where)
    if not isinstance(edges, list) or len(edges) > _MOST_EDGES:
        raise GivenError(
            f"'edges' is a list of at most {_MOST_EDGES} edges, such as "
            '[["t", "x", 2], ["x", "z", 5]].',
            where="edges",
        )
    seen = set()
    for number, edge in enumerate(edges, start=1):
        if not isinstance(edge, list) or len(edge) != 3:
            raise GivenError(
                f'edge {number} must be [from, to, partial], such as ["t", "x", 2].',
                where="edges",
            )
        start, end, partial = edge
        _check_name(start, "edges")
        _check_name(end, "edges")
        if not is_number(partial):
            raise GivenError(
                f"the partial of edge {number} is {quoted(partial)}; write a finite number.",
                where="edges",
            )
        if (start, end) in seen:
            raise GivenError(
                f"the edge from {quoted(start)} to {quoted(end)} stands there twice.",
                where="edges",
            )
        seen.add((start, end))
    _check_paths(edges, source, target)


def _check_name(name: Any, where: str) -> None:
    if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST_NAME:
        raise GivenError(
            f"'{where}' holds {quoted(name)} where the name of a node is needed.", where=where
        )


def _check_paths(edges: Any, source: str, target: str) -> None:
    """No cycle, and few enough paths: counted node by node, every node after those before it."""
    following = _following(edges)
    waiting: dict[str, int] = {}
    for _, end, _ in edges:
        waiting[end] = waiting.get(end, 0) + 1
    ready = [name for name in {start for start, _, _ in edges} if name not in waiting]
    ways = {source: 1}
    handled = 0
    while ready:
        name = ready.pop()
        for end in following.get(name, []):
            handled += 1
            ways[end] = ways.get(end, 0) + (ways.get(name, 0) if name != target else 0)
            waiting[end] -= 1
            if not waiting[end]:
                ready.append(end)
    if handled < len(edges):
        raise GivenError("the edges go round in a cycle; a value depends on itself.", where="edges")
    if ways.get(target, 0) * len(waiting) > MOST_ENTRIES:
        raise GivenError(
            f"there are {min(ways[target], 10**9)} paths; fewer can be listed.", where="edges"
        )
