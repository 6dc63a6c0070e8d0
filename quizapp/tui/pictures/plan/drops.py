"""What could be left out where the time does not suffice, and what was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.mathtext import prose
from quizapp.study.spans import lasting
from quizapp.tui.names import topic_name
from quizapp.tui.pictures.chances import percent
from quizapp.tui.say import heading, join, say
from quizapp.tui.widgets.fitted import wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.content import Content

    from quizapp.study.exam_plan import Dropped, ExamPlan

_MUTED = "$text-muted"
_INDENT = 4
_FEW, _LEAST = 0.1, 0.001
"""A share below the first is told with a decimal, one below the other as less than that."""
FITS = (
    "Nothing needs to be dropped: there is time to meet everything that the exam can ask for at "
    "least once."
)
_SHORT = (
    "There is no time left to meet everything once. The least weight in the exam for the time it "
    "takes comes first here; what is left out counts 0 on the day, and its time goes to the rest."
)


def page(plan: ExamPlan, named: Callable[[str], str], columns: int) -> list[Content]:
    """What to leave out, or that nothing must be; then what has been left out.

    ``named`` says what an item or a card is about, with formulas between dollars.
    """
    drops, out = plan.feasibility.drops, []
    if drops:
        out += wrapped(_SHORT, columns)
        out += [say(""), *_sums(drops, "a  leaves this out", columns)]
        for drop in drops:
            out += _drop(drop, named, columns)
    elif not plan.accepted:
        return wrapped(FITS, columns, "$text-success")
    if plan.accepted:
        out += [say("")] if out else []
        out += _sums(plan.accepted, "u  takes it back in", columns, lead="Left out already")
        for drop in plan.accepted:
            out += _drop(drop, named, columns)
    return out


def _sums(
    drops: Sequence[Dropped], key: str, columns: int, lead: str = "To leave out"
) -> Iterator[Content]:
    weight = sum(drop.weight for drop in drops)
    minutes = sum(drop.minutes for drop in drops)
    yield heading(lead)
    yield from wrapped(f"{_share(weight)} of the exam, frees {lasting(minutes * 60)}", columns)
    yield say(key, "bold $text-accent")


def _drop(drop: Dropped, named: Callable[[str], str], columns: int) -> Iterator[Content]:
    """The topic with its price, then each item."""
    what = "computations" if drop.deck == "skills" else "cards"
    yield say("")
    yield say(topic_name(drop.topic), "bold")
    told = f"{_share(drop.weight)} of the exam · {lasting(drop.minutes * 60)} · {what}"
    yield from (join("  ", line) for line in wrapped(told, columns - 2, _MUTED))
    # A computation is known by its title, a card by the item that it is about.
    for name in drop.cards if drop.deck == "skills" else drop.items:
        for row, line in enumerate(prose(named(name), max(columns - _INDENT, 1))):
            yield join("    " if row else "  · ", say(line))


def _share(weight: float) -> str:
    if 0 < weight < _LEAST:
        return f"< {100 * _LEAST:.1f} %"
    return f"{100 * weight:.1f} %" if weight < _FEW else percent(weight)
