"""How flags look: a sign with its number, in its colour; never the colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.study.query.terms import FLAGS
from quizapp.tui.say import say

if TYPE_CHECKING:
    from textual.content import Content

_COLOURS = ("", "#e5534b", "#e0823d", "#57ab5a", "#539bf5", "#e275ad", "#39c5cf", "#b083f0")


def flag_sign(flag: int) -> Content:
    """A flag in two cells; blanks for none, a plus for a number that only other programs know."""
    if not flag:
        return say("  ")
    known = 0 < flag < len(_COLOURS)
    return say(f"⚑{flag}", f"bold {_COLOURS[flag]}") if known else say("⚑+", "bold")


def flag_name(flag: int) -> str:
    """A flag by its number and its colour."""
    return f"{flag} {FLAGS[flag]}" if 0 <= flag < len(FLAGS) else str(flag)
