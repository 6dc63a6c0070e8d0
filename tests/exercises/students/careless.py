"""Students whose pen slips: one entry of one line is off, by no named mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.graph import Undefined, call, finite, parameters
from tests.exercises import nested
from tests.exercises.students.fits import unit
from tests.exercises.students.free import form
from tests.exercises.students.honest import usual
from tests.exercises.students.paper import MixedHand, digits, hands, restored
from tests.exercises.students.sheet import FINALS, compute, hand_in, reading, stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from quizapp.exercises.family import Rule, Step
    from quizapp.exercises.problem import Problem
    from tests.exercises.students.paper import Hand
    from tests.exercises.students.sheet import Sheet

_QUANTITIES = {"real", "sign", "bit"}
Index = tuple[int, ...]
DROPPED = object()
Wrong = Any
"""The wrong entry, or DROPPED; None where the pen cannot slip in this way here."""


def with_an_error(problem: Problem, count: int) -> Iterator[Sheet]:
    """All lines, and the final ones, of students with one error, computed on from it."""
    rng = stream(problem, "careless")
    steps = list(problem.family.steps)
    for _ in range(count):
        step = steps[int(rng.integers(len(steps)))]
        hand = usual(problem, rng)
        among = errors(step)
        name = among[int(rng.integers(len(among)))]
        row = int(rng.integers(len(problem.solve()[step.name]))) + 1 if step.loop else None
        spoilt = _spoilt(problem, step, hand, name, row, rng)
        try:
            values = compute(problem, hand, replaced={step.name: spoilt})
        except (Undefined, _NothingToSpoilError):
            continue
        if not all(finite(value) for value in values.values()):
            continue
        how = f"{name}{f' in row {row}' if row else ''}, {hand}"
        for kind, shown in (("careless", None), (FINALS, problem.family.finals)):
            yield hand_in(problem, kind, values, rng, how, shown=shown, spoilt=step.name)


FAR = 5.0
"""So many times what twelve roundings can do, and a unit, is no rounding any more."""


def just_beyond(problem: Problem, count: int) -> Iterator[Sheet]:
    """All lines right but for one entry that is further off than any rounding puts it."""
    rng = stream(problem, "just beyond")
    truth = problem.solve()
    steps = [step for step in problem.family.steps if step.kind == "real" and _size(truth, step)]
    if not steps:
        return
    among = hands(problem)
    runs = [compute(problem, hand) for hand in among]
    runs += [compute(problem, MixedHand(among, rng)) for _ in among]
    for _ in range(count):
        step = steps[int(rng.integers(len(steps)))]
        line = np.array(nested.leaves(truth[step.name]))
        moved = max(float(np.max(np.abs(nested.leaves(run[step.name]) - line))) for run in runs)
        index = int(rng.integers(line.size))
        sign = 1.0 if rng.random() < 0.5 else -1.0
        line[index] += sign * FAR * (moved + unit(problem, step, line)[index])
        moved_line = restored(step, nested.filled(truth[step.name], line.tolist()))
        values = {**truth, step.name: moved_line}
        yield hand_in(problem, "just beyond", values, rng, "not rounded", spoilt=step.name)


def _size(values: Mapping[str, Any], step: Step) -> int:
    return len(nested.leaves(values[step.name]))


class _NothingToSpoilError(Exception):
    """An error that cannot be made on this line."""


def _spoilt(problem: Problem, step: Step, hand: Hand, name: str, row: int | None, rng: Any) -> Rule:
    """The rule of a line with one entry of what it gives (in one row) written wrongly."""
    names = parameters(step.rule) if row is None else (*parameters(step.rule), "row")

    def value(scope: Mapping[str, Any]) -> Any:
        right = call(step.rule, scope)
        if row is not None and scope["row"] != row:
            return right
        written = hand.write(right, figures=step.figures) if step.kind == "real" else right
        places = nested.places(written)
        if not places:
            raise _NothingToSpoilError
        slate = Slate(problem, step, hand, scope, written, int(rng.integers(len(places))), rng)
        wrong = ERRORS[name](slate)
        if wrong is None or wrong == slate.entry:
            raise _NothingToSpoilError
        return restored(step, slate.with_entry(wrong))

    return reading(tuple(dict.fromkeys(names)), value)


class Slate:
    """A written line, the entry that goes wrong, and what the line was computed from.

    ``place`` is the number of the entry among all entries.
    """

    def __init__(
        self,
        problem: Problem,
        step: Step,
        hand: Hand,
        scope: Mapping[str, Any],
        line: Any,
        place: int,
        rng: Any,
    ) -> None:
        self.problem = problem
        self.step = step
        self.hand = hand
        self.scope = scope
        self.line = line
        self.entries = nested.leaves(line)
        self.place = place
        self.rng = rng

    @property
    def entry(self) -> Any:
        """The entry as it should be."""
        return self.entries[self.place]

    @property
    def neighbour(self) -> Any:
        """The entry beside it, None if it stands alone."""
        return _beside(self.entries, self.place)

    def with_entry(self, wrong: Any) -> Any:
        """The line with another entry; or without it, and the row if it is the only one there."""
        if wrong is DROPPED:
            return _without(nested.plainly(self.line), nested.places(self.line)[self.place])
        entries = [*self.entries[: self.place], wrong, *self.entries[self.place + 1 :]]
        return nested.filled(self.line, entries)

    def again(self, changed: Mapping[str, Any]) -> Any:
        """The entry computed from inputs some of which were read wrongly."""
        value = call(self.step.rule, {**self.scope, **changed})
        if form(value) != form(self.line):
            raise _NothingToSpoilError
        entry = nested.leaves(value)[self.place]
        if self.step.kind != "real" or not np.isfinite(entry):
            return entry
        return self.hand.number(entry, figures=self.step.figures)

    def inputs(self) -> list[tuple[str, Index]]:
        """The numbers that the line is computed from; in a loop, those of the row before."""
        out: list[tuple[str, Index]] = []
        for name in parameters(self.step.rule):
            array = _numbers(self.scope[name])
            if self._is_quantity(name) and array is not None:
                out.extend((name, index) for index in np.ndindex(array.shape) if array[index])
        return out

    def _is_quantity(self, name: str) -> bool:
        """Whether a name stands for numbers to compute with, not for counts, labels or an order."""
        given = self.problem.family.given_by_name.get(name)
        return name not in {"row", "line"} and (given is None or given.kind in _QUANTITIES)

    def changed(self, name: str, change: Callable[[Any], None]) -> dict[str, Any]:
        """An input with a change made to a copy of its numbers."""
        was = self.scope[name]
        array = _numbers(was)
        assert array is not None
        array = array.copy()
        change(array)
        now = array if array.ndim else float(array)
        return {name: [*was[:-1], now] if isinstance(was, list) else now}


def _numbers(value: Any) -> Any:
    """An input as numbers; of a history its last row; None for text and the like."""
    if isinstance(value, list):
        value = value[-1] if value else None
    if isinstance(value, (float, int, np.ndarray, np.number)) and not isinstance(value, bool):
        array = np.asarray(value)
        return array.astype(float) if array.dtype.kind in "fi" else None
    return None


# The errors ------------------------------------------------------------------------------


def sign_flipped(slate: Slate) -> Wrong:
    """Minus for plus; yes for no."""
    if slate.step.kind == "text":
        return None
    return 1.0 - slate.entry if slate.step.kind == "boolean" else -slate.entry


def digits_swapped(slate: Slate) -> Wrong:
    """Two digits, or letters, that stand side by side change places."""
    if slate.step.kind not in {"real", "integer", "text"}:
        return None
    word = slate.step.kind == "text"
    text = slate.entry if word else digits(slate.entry, 0)
    places = [
        (i, j)
        for i in range(len(text))
        for j in ([i + 2] if text[i + 1 : i + 2] == "." else [i + 1])
        if j < len(text) and text[i] != text[j] and (word or (text[i] + text[j]).isdigit())
    ]
    if not places:
        return None
    i, j = places[int(slate.rng.integers(len(places)))]
    swapped = list(text)
    swapped[i], swapped[j] = text[j], text[i]
    return "".join(swapped) if word else float("".join(swapped))


def off_by_one(slate: Slate) -> Wrong:
    """One digit is one too many or too few: a count by 1, a number in its first or second digit."""
    sign = 1.0 if slate.rng.random() < 0.5 else -1.0
    if slate.step.kind == "integer":
        return slate.entry + sign
    if slate.step.kind != "real":
        return None
    size = abs(slate.entry)
    place = np.floor(np.log10(size)) if size else 0.0
    off = sign * 10.0 ** (place - float(slate.rng.integers(2)))
    return slate.hand.number(slate.entry + off, figures=slate.step.figures)


def term_forgotten(slate: Slate) -> Wrong:
    """One of the numbers above is left out."""
    inputs = slate.inputs()
    if not inputs:
        return None
    name, index = inputs[int(slate.rng.integers(len(inputs)))]

    def leave_out(array: Any) -> None:
        array[index] = 0.0

    return slate.again(slate.changed(name, leave_out))


def neighbour_read(slate: Slate) -> Wrong:
    """One of the numbers above is read from the place beside it."""
    inputs = [(name, index) for name, index in slate.inputs() if index]
    if not inputs:
        return None
    name, index = inputs[int(slate.rng.integers(len(inputs)))]

    def read_beside(array: Any) -> None:
        flat = array.reshape(-1)
        place = int(np.ravel_multi_index(index, array.shape))
        array[index] = flat[place + 1 if place + 1 < flat.size else place - 1]

    return slate.again(slate.changed(name, read_beside))


def neighbour_copied(slate: Slate) -> Wrong:
    """The entry beside it is written twice."""
    return slate.neighbour


def entry_forgotten(slate: Slate) -> Wrong:
    """One of the entries is not listed."""
    return DROPPED if slate.place or len(slate.entries) > 1 else None


def _beside(entries: list[Any], place: int) -> Any:
    if len(entries) < 2:
        return None
    return entries[place + 1 if place + 1 < len(entries) else place - 1]


def _without(value: Any, place: Index) -> Any:
    """Nested lists without the entry at a place; no list is left empty."""
    first, *rest = place
    left = _without(value[first], tuple(rest)) if rest else []
    return [*value[:first], *([left] if left else []), *value[first + 1 :]]


ERRORS: dict[str, Callable[[Slate], Wrong]] = {
    "sign flipped": sign_flipped,
    "digits swapped": digits_swapped,
    "off by one": off_by_one,
    "term forgotten": term_forgotten,
    "neighbour read": neighbour_read,
    "neighbour copied": neighbour_copied,
    "entry forgotten": entry_forgotten,
}


def errors(step: Step) -> list[str]:
    """The errors that can be made on a line."""
    if step.kind == "text":
        named = ["digits swapped", "neighbour read", "neighbour copied"]
    else:
        named = [name for name in ERRORS if name != "entry forgotten"]
    return [*named, "entry forgotten"] if _is_open(step) else named


def _is_open(step: Step) -> bool:
    return step.open or (step.kind == "text" and step.ragged)
