"""What an exercise family declares: givens, steps, slips, conventions.

From this one declaration the engine derives the solver, the worked solution, marking
with follow-through, the naming of slips and conventions, and the choice of variants.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeAlias

from quizapp.core.errors import QuizError

Value: TypeAlias = Any
"""A number, an array, or (for givens) text or a ragged list."""
Rule: TypeAlias = Callable[..., Value]
"""A function whose parameter names say what it reads.

Givens, earlier steps and conventions are read by their names. Two names are reserved:
``line``, a function that a rule wraps around each inner line a student would also write
down and round (an e^x, a sum, a root); and ``row``, the number of the row (from 1) in a loop.
"""
Kind: TypeAlias = Literal["real", "integer", "sign", "boolean"]
Conventions: TypeAlias = Mapping[str, str]
RESERVED = frozenset({"line", "row"})


class DeclarationError(Exception):
    """A family contradicts itself; found when the family is first used."""


class GivenError(QuizError):
    """A given of a problem does not fit; ``where`` names it."""

    code = "given"


@dataclass(frozen=True, slots=True)
class Given:
    """One quantity that the problem states.

    ``shape`` is text such as ``"n x d_k"``, ``"n"`` or ``""`` (a scalar), whose letters are
    bound across all givens of a problem; a mapping gives one shape per value of the convention
    ``by``. ``choices`` restricts a text. ``ragged`` is a list of lists of any lengths.
    """

    name: str
    symbol: str
    about: str
    shape: str | Mapping[str, str] = ""
    by: str | None = None
    kind: Literal["real", "integer", "sign", "bit", "text", "ragged"] = "real"
    choices: tuple[str, ...] = ()
    default: Value = None


@dataclass(frozen=True, slots=True)
class Work:
    """One entry of a step written out: its index and the substitution in LaTeX.

    Evaluated as arithmetic, ``latex`` gives the value of the entry.
    """

    index: tuple[int, ...]
    latex: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the computation.

    ``formula`` is LaTeX, ``title`` what a student calls the line. Steps with the same ``loop``
    are evaluated row by row: the rule gets ``row`` and reads the history of every member, in
    which index 0 is the row before the first (``before``: the name of a given) and index k is
    row k. Kinds other than ``real`` are compared exactly. ``figures`` compares by significant
    figures, for values that span magnitudes. ``work`` takes parameters as the rule does, plus
    ``value`` (the value of the step itself).
    """

    name: str
    title: str
    formula: str
    rule: Rule
    final: bool = False
    kind: Kind = "real"
    loop: str | None = None
    before: str | None = None
    work: Callable[..., Sequence[Work]] | None = None
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Slip:
    """A named mistake: the same graph with the rule of one step replaced.

    ``when`` (parameters by name, as in a rule) says on which problems the slip exists and can
    differ from the truth; without it, always.
    """

    name: str
    step: str
    rule: Rule
    says: str
    when: Callable[..., bool] | None = None


def reads(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names of the parameters of a rule, in order."""
    return tuple(inspect.signature(function).parameters)


def _no_reason(**_: Value) -> str | None:
    return None


@dataclass(frozen=True, eq=False)
class Family:
    """A kind of exercise.

    ``make(rng, level, conventions)`` draws the givens of a variant; ``rows`` (parameters by
    name) says how many rows a loop has; ``avoid`` gives the reason why a variant is not worth
    setting, or None; ``check`` raises GivenError for givens that fit by shape but not by
    meaning; ``tie`` says whether a variant hinges on one of the conventions ``tie_rules``.
    ``avoid``, ``tie`` and ``check`` read givens, steps (not ``check``) and conventions by name.
    """

    id: str
    topic: str
    title: str
    task: str
    sources: tuple[str, ...]
    givens: tuple[Given, ...]
    steps: tuple[Step, ...]
    slips: tuple[Slip, ...]
    make: Callable[[Any, int, Conventions], Mapping[str, Value]]
    conventions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    version: int = 1
    levels: tuple[int, ...] = (1, 2, 3)
    decimals: int = 3
    rows: Callable[..., int] | None = None
    avoid: Callable[..., str | None] | None = None
    check: Callable[..., None] | None = None
    tie: Callable[..., bool] | None = None
    tie_rules: tuple[str, ...] = ()
    discrepancies: tuple[str, ...] = ()
    items: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known = {g.name for g in self.givens} | set(self.conventions)
        loops = {s.name: s.loop for s in self.steps if s.loop}
        for step in self.steps:
            peers = {n for n, loop in loops.items() if loop == step.loop} if step.loop else set()
            self._demand(step.name, step.rule, known | peers)
            known.add(step.name)
        for slip in self.slips:
            if slip.step not in self.by_name:
                raise DeclarationError(f"{self.id}: slip {slip.name} names no step: {slip.step}")
            self._demand(slip.name, slip.rule, known)

    def _demand(self, who: str, rule: Rule, known: set[str]) -> None:
        unknown = set(reads(rule)) - known - RESERVED
        if unknown:
            raise DeclarationError(f"{self.id}: {who} reads unknown {sorted(unknown)}")

    @cached_property
    def by_name(self) -> dict[str, Step]:
        """The steps by name, in their order."""
        return {s.name: s for s in self.steps}

    @cached_property
    def given_by_name(self) -> dict[str, Given]:
        """The givens by name, in their order."""
        return {g.name: g for g in self.givens}

    @cached_property
    def finals(self) -> tuple[str, ...]:
        """The names of the steps that are part of the answer."""
        return tuple(s.name for s in self.steps if s.final)

    @cached_property
    def defaults(self) -> dict[str, str]:
        """The conventions that hold when nothing is said."""
        return {name: values[0] for name, values in self.conventions.items()}
