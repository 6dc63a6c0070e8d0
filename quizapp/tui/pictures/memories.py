"""How well the cards sit: stability and difficulty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.tui.say import heading, join, say
from quizapp.tui.widgets.fitted import wrapped
from quizapp.tui.widgets.plots.bars import Bar, bars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from quizapp.study.figures.memory import Class
    from quizapp.study.figures.reading import Figures

_MUTED = "$text-muted"
_EMPTY = (
    "No card has been answered yet. After the first review this shows for how many days your "
    "cards will hold, and which of them are hard for you."
)
_SIDE_BY_SIDE = 76
_GAP = 4
_STABILITIES = ("< 1 d", "1–3 d", "3–7 d", "1–3 wk", "3–8 wk", "2–6 mo", "6–12 mo", "> 1 y")


def page(figures: Figures, columns: int, height: int) -> list[Content]:  # noqa: ARG001
    """Two pictures beside each other, or below each other where it is narrow."""
    facts = figures.memory
    if not facts.cards or facts.median_stability is None or facts.median_difficulty is None:
        return wrapped(_EMPTY, columns)
    beside = columns >= _SIDE_BY_SIDE
    room = (columns - _GAP) // 2 if beside else columns
    left = [
        join(heading("Stability"), say(f"  median {facts.median_stability:.0f} days", _MUTED)),
        *bars(_rows(facts.stability, _STABILITIES), room),
    ]
    names = [f"{one.low:.0f}–{one.low + 1:.0f}" for one in facts.difficulty]
    right = [
        join(heading("Difficulty"), say(f"  median {facts.median_difficulty:.1f} of 10", _MUTED)),
        *bars(_rows(facts.difficulty, names), room),
    ]
    told = wrapped(
        f"{facts.cards} cards. Stability: days until the predicted recall falls to 90 %.",
        columns,
        _MUTED,
    )
    if not beside:
        return [*left, *right, *told]
    left += [say("")] * (len(right) - len(left))
    pairs = zip(left, right, strict=False)
    rows = [join(one, " " * (room + _GAP - one.cell_length), other) for one, other in pairs]
    return [*rows, say(""), *told]


def _rows(classes: Sequence[Class], names: Sequence[str]) -> list[Bar]:
    most = max((one.cards for one in classes), default=0)
    return [
        Bar(name, one.cards / most if most else 0.0, str(one.cards))
        for name, one in zip(names, classes, strict=True)
    ]
