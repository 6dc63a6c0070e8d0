"""What one student hands in, and how one computes."""

from __future__ import annotations

import inspect
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.graph import evaluate
from tests.exercises.students.paper import typed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from quizapp.exercises.family import Rule, Slip
    from quizapp.exercises.problem import Problem
    from tests.exercises.students.paper import Hand, MixedHand


FINALS = "finals alone"
"""The kind of students who show no line but those asked for."""


@dataclass(frozen=True)
class Sheet:
    """One student's lines, and what was done to get them.

    ``values`` are the lines handed in as numbers, ``answers`` the same as typed; ``slips`` were
    made, ``conventions`` are the student's own where they differ; ``spoilt`` is the line with an
    error that has no name.
    """

    problem: Problem
    kind: str
    values: Mapping[str, Any]
    answers: Mapping[str, Any]
    how: str
    slips: tuple[Slip, ...] = ()
    conventions: Mapping[str, str] = field(default_factory=dict)
    spoilt: str = ""

    def __str__(self) -> str:
        problem = self.problem
        other = {k: v for k, v in problem.conventions.items() if v != problem.family.defaults[k]}
        parts = [
            f"{problem.family.id} level {problem.level}",
            f"seed {problem.seed} variant {problem.variant}",
            f"under {other}" if other else "",
            f"{self.kind}: {self.how}",
            f"slips {', '.join(slip.name for slip in self.slips)}" if self.slips else "",
            f"by {dict(self.conventions)}" if self.conventions else "",
            f"error in {self.spoilt}" if self.spoilt else "",
        ]
        return ", ".join(part for part in parts if part)


def stream(problem: Problem, kind: str) -> Any:
    """The random stream of a kind of student on a problem, spawned from the problem's own."""
    names = [zlib.crc32(text.encode()) for text in (problem.family.id, kind)]
    key = (names[0], problem.level or 0, problem.variant, names[1])
    return np.random.default_rng(np.random.SeedSequence(problem.seed, spawn_key=key))


def same(value: Any) -> Any:
    """An inner line that stays in the pocket calculator."""
    return value


def compute(
    problem: Problem,
    hand: Hand | MixedHand,
    *,
    conventions: Mapping[str, str] | None = None,
    replaced: Mapping[str, Rule] | None = None,
    inner: Callable[[Any], Any] | None = None,
) -> dict[str, Any]:
    """All lines of someone who writes every line and computes on from what is written.

    ``inner`` is how the inner lines are rounded, by default as the others. Raises Undefined.
    """
    return evaluate(
        problem.family,
        {**problem.env, **(conventions or {})},
        line=inner or hand.write,
        written=lambda step, value: hand.write(value, figures=step.figures),
        replaced=replaced,
    )


def calculate(
    problem: Problem, hand: Hand, *, replaced: Mapping[str, Rule] | None = None
) -> dict[str, Any]:
    """All lines of someone who computes on in the calculator; only what is written is rounded.

    Raises Undefined.
    """
    steps = problem.family.by_name
    return {
        name: hand.write(value, figures=steps[name].figures)
        if steps[name].kind == "real"
        else value
        for name, value in evaluate(problem.family, problem.env, replaced=replaced).items()
    }


def hand_in(
    problem: Problem,
    kind: str,
    values: Mapping[str, Any],
    rng: Any,
    how: object,
    *,
    shown: Collection[str] | None = None,
    slips: tuple[Slip, ...] = (),
    conventions: Mapping[str, str] | None = None,
    spoilt: str = "",
) -> Sheet:
    """A sheet with these lines on it, or those of them that are shown."""
    steps = problem.family.by_name
    kept = {name: v for name, v in values.items() if shown is None or name in shown}
    answers = {
        name: typed(steps[name], value, problem.decimals + 1, rng) for name, value in kept.items()
    }
    return Sheet(problem, kind, kept, answers, str(how), slips, dict(conventions or {}), spoilt)


def reading(names: tuple[str, ...], function: Callable[[Mapping[str, Any]], Any]) -> Rule:
    """A rule that reads these names and hands them over together."""

    def rule(*values: Any) -> Any:
        return function(dict(zip(names, values, strict=True)))

    kinds = inspect.Parameter.POSITIONAL_OR_KEYWORD
    rule.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, kinds) for name in names]
    )
    return rule
