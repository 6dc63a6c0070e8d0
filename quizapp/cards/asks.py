"""The few ways in which a card can ask, which the screens, the line mode and the paper all know."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace

from quizapp.cards.spelling import essence, misspelt


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose from."""

    text: str
    why: str = ""
    """Why it is right, or which misconception it is; may be empty."""


@dataclass(frozen=True, slots=True)
class Reveal:
    """Think of the answer, then look at it."""

    front: str
    back: str
    other: str = ""
    """What the side that does not count would say; empty where there is one answer."""


@dataclass(frozen=True, slots=True)
class ChooseOne:
    """Choose the one right option."""

    front: str
    options: tuple[Option, ...]
    right: int
    """Index of the right option."""
    other: int | None = None
    """Index of the option that is right by the other side, where the sides differ."""
    fixed: bool = False
    """The options keep their order."""


@dataclass(frozen=True, slots=True)
class ChooseMany:
    """Choose every right option and no other."""

    front: str
    options: tuple[Option, ...]
    right: frozenset[int]
    """Indices of the right options."""
    other: frozenset[int] | None = None
    """The options that are right by the other side, where the sides differ."""
    fixed: bool = False
    """The options keep their order."""


@dataclass(frozen=True, slots=True)
class Number:
    """Give a number."""

    front: str
    value: float
    tolerance: float
    """Largest accepted distance from the value."""
    unit: str = ""
    other: float | None = None
    """The value by the other side, where the sides differ."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer that students give, and what is wrong with it."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Words:
    """Type a word or a short phrase."""

    front: str
    answer: str
    accept: tuple[str, ...] = ()
    """Further spellings and names that count as right."""
    mistakes: tuple[Mistake, ...] = ()
    other: str = ""
    """The answer by the other side, where the sides differ."""


@dataclass(frozen=True, slots=True)
class Order:
    """Put steps in their order."""

    front: str
    steps: tuple[str, ...]
    """As they are shown."""
    right: tuple[int, ...]
    """Indices of the steps in the right order."""


@dataclass(frozen=True, slots=True)
class Row:
    """One aspect of a comparison, with an entry for each column."""

    aspect: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """For each row say to which column the entry shown belongs."""

    front: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    right: tuple[int, ...]
    """For each row the column whose entry is shown."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The entry asked for in each row."""
        return tuple(row.cells[column] for row, column in zip(self.rows, self.right, strict=True))


Ask = Reveal | ChooseOne | ChooseMany | Number | Words | Order | Match

Response = int | float | str | frozenset[int] | set[int] | tuple[int | None, ...] | None
"""An index, the indices, a number, a text, the steps in order or the column of each row; None for
a Reveal or for no answer."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What to say after an answer."""

    right: bool | None
    """None where only the student can tell (Reveal)."""
    shown: str
    """The right answer, to be shown."""
    other: bool
    """The response is wrong by the side that counts and right by the other one."""
    remark: str = ""
    """What else there is to say of the response: how the word is spelled, which mistake it is."""


def shuffled(ask: Ask, seed: int | str) -> Ask:
    """Return the ask with its options in an order that depends on the seed alone.

    The steps of an Order are mixed, never in the right order; a Match draws the order of its rows
    and the entries it shows, not all of one column. An ask without options, or one whose options
    keep their order, comes back as it is.
    """
    stream = random.Random(seed)
    if isinstance(ask, Order):
        return _mixed(ask, stream)
    if isinstance(ask, Match):
        return _drawn(ask, stream)
    if not isinstance(ask, ChooseOne | ChooseMany) or ask.fixed:
        return ask
    order = list(range(len(ask.options)))
    stream.shuffle(order)
    options = tuple(ask.options[old] for old in order)
    new = {old: index for index, old in enumerate(order)}
    if isinstance(ask, ChooseOne):
        other = None if ask.other is None else new[ask.other]
        return replace(ask, options=options, right=new[ask.right], other=other)
    others = None if ask.other is None else frozenset(new[old] for old in ask.other)
    rights = frozenset(new[old] for old in ask.right)
    return replace(ask, options=options, right=rights, other=others)


def _mixed(ask: Order, stream: random.Random) -> Order:
    places = list(range(len(ask.steps)))
    while [ask.right.index(place) for place in places] == sorted(places):
        stream.shuffle(places)
    new = {old: index for index, old in enumerate(places)}
    steps = tuple(ask.steps[old] for old in places)
    return replace(ask, steps=steps, right=tuple(new[old] for old in ask.right))


def _drawn(ask: Match, stream: random.Random) -> Match:
    rows = list(ask.rows)
    stream.shuffle(rows)
    columns = len(ask.columns)
    right = [stream.randrange(columns) for _ in rows]
    while len(set(right)) == 1:
        right = [stream.randrange(columns) for _ in rows]
    return replace(ask, rows=tuple(rows), right=tuple(right))


def judge(ask: Ask, response: Response) -> Judgement:
    """Return whether the response is right, with the right answer to show.

    ``response`` is an index for ChooseOne, a set of indices for ChooseMany, a float for Number, a
    text for Words, the indices of the steps in order for Order, the column of each row for Match;
    None (no answer given) is wrong there. A Reveal is never judged here, whatever the response.
    """
    remark = ""
    match ask:
        case Reveal():
            return Judgement(right=None, shown=ask.back, other=False)
        case ChooseOne():
            right, other = response == ask.right, ask.other is not None and response == ask.other
            shown = ask.options[ask.right].text
        case ChooseMany():
            right, other = response == ask.right, ask.other is not None and response == ask.other
            shown = "\n".join(f"- {ask.options[index].text}" for index in sorted(ask.right))
        case Number():
            right = _near(response, ask.value, ask.tolerance)
            other = ask.other is not None and _near(response, ask.other, ask.tolerance)
            shown = f"{ask.value:.15g} {ask.unit}".rstrip()
        case Words():
            right, other, remark = _read(ask, response)
            shown = ask.answer
        case Order():
            right, other = response == ask.right, False
            shown = "\n".join(f"{n}. {ask.steps[i]}" for n, i in enumerate(ask.right, start=1))
        case Match():
            right, other = response == ask.right, False
            pairs = zip(ask.rows, ask.shown, ask.right, strict=True)
            shown = "\n".join(f"- {row.aspect}: {cell}: {ask.columns[c]}" for row, cell, c in pairs)
    return Judgement(right=right, shown=shown, other=other and not right, remark=remark)


def _read(ask: Words, response: Response) -> tuple[bool, bool, str]:
    """Return whether a typed answer is right, right by the other side, and a remark on it."""
    typed = essence(response) if isinstance(response, str) else ""
    if not typed:
        return False, False, ""
    if typed in map(essence, (ask.answer, *ask.accept)):
        return True, False, ""
    for mistake in ask.mistakes:
        if typed == essence(mistake.text):
            return False, False, mistake.why
    if ask.other and typed == essence(ask.other):
        return False, True, ""
    meant = next((one for one in (ask.answer, *ask.accept) if misspelt(typed, essence(one))), None)
    return meant is not None, False, f"It is spelled {meant}." if meant else ""


def _near(response: Response, value: float, tolerance: float) -> bool:
    if not isinstance(response, int | float) or not math.isfinite(response):
        return False
    # 0.51 − 0.5 is a little more than 0.01 in binary; a few units in the last place forgive that.
    rounding = 4 * math.ulp(max(abs(response), abs(value)))
    return abs(response - value) <= tolerance + rounding
