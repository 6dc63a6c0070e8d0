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
Kind: TypeAlias = Literal["real", "integer", "sign", "boolean", "text"]
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
    ``by``. ``choices`` restricts a text. ``ragged`` is a list of lists of any lengths, ``raw``
    any data, which ``check`` of the family must look at.
    """

    name: str
    symbol: str
    about: str
    shape: str | Mapping[str, str] = ""
    by: str | None = None
    kind: Literal["real", "integer", "sign", "bit", "text", "ragged", "raw"] = "real"
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

    ``formula`` is LaTeX in its general form; ``formula_for`` (parameters by name: givens and
    conventions) gives the one that fits a problem, see ``formulas``. ``title`` is what a student
    calls the line. Steps with the same ``loop`` are evaluated row by row: the rule gets ``row``
    and reads the history of every member, in which index 0 is the row before the first
    (``before``: the name of a given) and index k is row k. Kinds other than ``real`` are compared
    exactly, ``text`` without regard to capitals.
    ``figures`` compares by significant figures, for values that span magnitudes. ``work`` takes
    parameters as the rule does, plus ``value`` (the value of the step itself).

    A ``ragged`` value is a list of rows of lengths of their own. Where a step is ``open``, how many
    entries there are is part of the answer; lists of words always are. ``align`` (the right value
    and the typed one, as arrays of one shape; see ``values``) writes the right value in the terms
    of the typed one where these are free: the names of colours, the order of rows. In a loop it
    gets single rows.
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
    ragged: bool = False
    open: bool = False
    align: Callable[[Any, Any], Any] | None = None
    formula_for: Callable[..., str] | None = None

    @property
    def plain(self) -> bool:
        """Whether the value is a table of numbers whose shape the problem tells."""
        return not (self.ragged or self.open) and self.kind != "text"


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
        before = {given.name for given in self.givens} | set(self.conventions)
        self._demand("rows", self.rows, before)
        self._demand("check", self.check, before)
        for step in self.steps:
            self._demand(f"the formula of {step.name}", step.formula_for, before, frozenset())
        seen: dict[str, set[str]] = {}
        for step in self.steps:
            peers = {s.name for s in self.steps if step.loop and s.loop == step.loop}
            seen[step.name] = before | peers
            self._demand(step.name, step.rule, before | peers)
            before = before | {step.name}
        for slip in self.slips:
            if slip.step not in seen:
                raise DeclarationError(f"{self.id}: slip {slip.name} names no step: {slip.step}")
            self._demand(slip.name, slip.rule, seen[slip.step])
            self._demand(f"the condition of {slip.name}", slip.when, before)
        self._demand("avoid", self.avoid, before)
        self._demand("tie", self.tie, before)
        for step in self.steps:
            self._demand(f"the work of {step.name}", step.work, before | {"value"})
        self._demand_whole()

    def _demand(
        self,
        who: str,
        rule: Callable[..., Any] | None,
        known: set[str],
        reserved: frozenset[str] = RESERVED,
    ) -> None:
        unknown = set(reads(rule)) - known - reserved if rule else set()
        if unknown:
            raise DeclarationError(f"{self.id}: {who} reads unknown {sorted(unknown)}")

    def _demand_whole(self) -> None:
        """Every name stands for one thing, something is asked for, a loop says how long it is."""
        names = [*self.given_by_name, *self.conventions, *(step.name for step in self.steps)]
        if len(set(names)) < len(self.givens) + len(self.conventions) + len(self.steps):
            raise DeclarationError(f"{self.id}: a name is used twice among {sorted(names)}")
        if len({slip.name for slip in self.slips}) < len(self.slips):
            raise DeclarationError(f"{self.id}: two slips have the same name")
        if not self.finals:
            raise DeclarationError(f"{self.id}: no step is part of the answer")
        if any(step.align and step.kind == "real" for step in self.steps):
            raise DeclarationError(f"{self.id}: only what is compared exactly can be aligned")
        if self.rows is None and any(step.loop for step in self.steps):
            raise DeclarationError(f"{self.id}: a loop needs to know how many rows it has")

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
