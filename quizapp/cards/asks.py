"""The few ways in which a card can ask, which the screens, the line mode and the paper all know."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace


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


Ask = Reveal | ChooseOne | ChooseMany | Number

Response = int | float | frozenset[int] | set[int] | None
"""A chosen index, the chosen indices, a number; None for a Reveal or for no answer."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What to say after an answer."""

    right: bool | None
    """None where only the student can tell (Reveal)."""
    shown: str
    """The right answer, to be shown."""
    other: bool
    """The response is wrong by the side that counts and right by the other one."""


def shuffled(ask: Ask, seed: int | str) -> Ask:
    """Return the ask with its options in an order that depends on the seed alone.

    An ask without options, or one whose options keep their order, comes back as it is.
    """
    if not isinstance(ask, ChooseOne | ChooseMany) or ask.fixed:
        return ask
    order = list(range(len(ask.options)))
    random.Random(seed).shuffle(order)
    options = tuple(ask.options[old] for old in order)
    new = {old: index for index, old in enumerate(order)}
    if isinstance(ask, ChooseOne):
        other = None if ask.other is None else new[ask.other]
        return replace(ask, options=options, right=new[ask.right], other=other)
    others = None if ask.other is None else frozenset(new[old] for old in ask.other)
    rights = frozenset(new[old] for old in ask.right)
    return replace(ask, options=options, right=rights, other=others)


def judge(ask: Ask, response: Response) -> Judgement:
    """Return whether the response is right, with the right answer to show.

    ``response`` is an index for ChooseOne, a set of indices for ChooseMany, a float for Number;
    None (no answer given) is wrong there. A Reveal is never judged here, whatever the response.
    """
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
    return Judgement(right=right, shown=shown, other=other and not right)


def _near(response: Response, value: float, tolerance: float) -> bool:
    if not isinstance(response, int | float) or not math.isfinite(response):
        return False
    # 0.51 − 0.5 is a little more than 0.01 in binary; a few units in the last place forgive that.
    rounding = 4 * math.ulp(max(abs(response), abs(value)))
    return abs(response - value) <= tolerance + rounding
