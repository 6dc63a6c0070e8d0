"""Whether the predicted recall came true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.tui.say import join, say
from quizapp.tui.widgets.fitted import wrapped
from quizapp.tui.widgets.plots.bars import MARK, Bar, bars

if TYPE_CHECKING:
    from textual.content import Content

    from quizapp.study.figures.calibration import Calibration
    from quizapp.study.figures.reading import Figures

_MUTED = "$text-muted"
_EMPTY = (
    "Nothing can be compared yet: a card has to come back on a later day. Then this shows how "
    "often you recalled what the schedule gave you a chance of, say, 90 % for."
)
ENOUGH = 200
"""From so many answers on a difference is more than chance."""
_CLOSE = 0.03


def page(figures: Figures, columns: int, height: int) -> list[Content]:  # noqa: ARG001
    """A bar for what was recalled, with a mark where it was predicted."""
    facts = figures.calibration
    if not facts.answers:
        return wrapped(_EMPTY, columns)
    out = wrapped(verdict(facts), columns)
    key = f" recalled   {MARK} predicted   (predicted chance, recalled, answers)"
    out += [say(""), join(say("█", "$text-success"), say(key, _MUTED))]
    rows = [
        Bar(f"{one.low}–{one.high} %", one.actual, f"{one.actual:.0%} of {one.answers:>6}",
            one.predicted)
        if one.actual is not None
        else Bar(f"{one.low}–{one.high} %", None, "no answers")
        for one in facts.bins
    ]  # fmt: skip
    return [*out, *bars(rows, columns)]


def verdict(facts: Calibration) -> str:
    """What the comparison comes to, in a sentence."""
    predicted, actual = facts.predicted or 0.0, facts.actual or 0.0
    told = f"Predicted {predicted:.1%}, recalled {actual:.1%} of {facts.answers} answers. "
    if facts.answers < ENOUGH:
        return told + f"Below {ENOUGH} answers chance decides most of the difference."
    if abs(predicted - actual) < _CLOSE:
        return told + "The schedule knows you well."
    if actual > predicted:
        return told + "You remember more than predicted: cards could come less often."
    return told + "You forget more than predicted: cards come too late for you."
