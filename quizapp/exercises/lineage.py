"""What each step of a family depends on, directly and through the lines above it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from quizapp.exercises.graph import parameters, stages

if TYPE_CHECKING:
    from quizapp.exercises.family import Family


@dataclass(frozen=True, slots=True)
class Lineage:
    """``ancestors``: the steps a step depends on; ``conventions``: those it depends on."""

    ancestors: dict[str, frozenset[str]]
    conventions: dict[str, frozenset[str]]


@lru_cache(maxsize=512)
def lineage(family: Family) -> Lineage:
    """The lineage of a family, walked once."""
    ancestors: dict[str, frozenset[str]] = {}
    conventions: dict[str, frozenset[str]] = {}
    for stage in stages(family):
        members = {step.name for step in stage.steps} if stage.loop else set()
        for step in stage.steps:
            read = set(parameters(step.rule))
            if stage.loop:  # rows of a loop depend on rows of all members, and on the row count
                read |= members
                read |= {n for member in stage.steps for n in parameters(member.rule)}
                read |= set(parameters(family.rows)) if family.rows else set()
            direct = {name for name in read if name in family.by_name}
            above = set(direct)
            seen = {name for name in read if name in family.conventions}
            for name in direct - members:
                above |= ancestors[name]
                seen |= conventions[name]
            ancestors[step.name] = frozenset(above - {step.name})
            conventions[step.name] = frozenset(seen)
    return Lineage(ancestors, conventions)
