"""What to say about a macro that is not in the table."""

from __future__ import annotations

import difflib
from typing import NoReturn

from quizapp.mathtext import symbols
from quizapp.mathtext.errors import MathError

_LONGEST_SHOWN = 24


def refuse_macro(name: str, column: int) -> NoReturn:
    """Raise the MathError that names an unknown macro and the nearest known one."""
    shown = name if len(name) <= _LONGEST_SHOWN else f"{name[:_LONGEST_SHOWN]}…"
    near = difflib.get_close_matches(shown, sorted(symbols.KNOWN), n=1, cutoff=0.75)
    advice = (
        f"did you mean \\{near[0]}?"
        if near
        else "write words as \\text{...} and names of functions as \\operatorname{...}."
    )
    raise MathError(f"The macro \\{shown} is not known; {advice}", column)
