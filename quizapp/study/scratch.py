"""A line to calculate on, like the edge of a sheet: expressions, their values, ``ans``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizapp.core.errors import QuizError
from quizapp.core.text import clean
from quizapp.exercises.answers import Ambiguous, Invalid, read
from quizapp.exercises.worked import rounded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.exercises.family import Step

LONGEST = 200
"""Characters of an expression; longer ones are refused before anything looks at them."""
KEPT = 20
"""So many results can be seen again, and so many expressions stand in the log."""
_LOGGED = 80
"""Characters of an expression in the log."""
_DIGITS = 10
_ANS = re.compile(r"(?<![^\W\d])ans(?!\w)", re.IGNORECASE)
_PLACE = re.compile(r"(?<=\bcharacter )\d+")


class ScratchError(QuizError):
    """An expression that has no value: where it goes wrong and what to write."""

    code = "scratch"


@dataclass(frozen=True, slots=True)
class Result:
    """An expression that was calculated."""

    text: str
    value: float

    @property
    def shown(self) -> str:
        """The value with the digits of a pocket calculator."""
        return digits(self.value)


class Scratch:
    """The calculations of one problem.

    ``before`` is what the log says of earlier ones; they count, but cannot be recalled.
    """

    def __init__(self, before: Mapping[str, Any] | None = None) -> None:
        before = before or {}
        self.results: list[Result] = []
        """The last results, the newest last."""
        self.count = int(before.get("count", 0))
        """How many results there were in all."""
        self._before = [str(text) for text in before.get("expressions", ())]

    @property
    def ans(self) -> float | None:
        """The last result in full, None before the first."""
        return self.results[-1].value if self.results else None

    def value(self, text: str) -> float | None:
        """The value of an expression, None where nothing stands there. Raises ScratchError."""
        if len(text) > LONGEST:
            raise ScratchError(
                f"This is longer than {LONGEST} characters; calculate it in pieces, ans is the "
                "last result."
            )
        bare = _bare(text)
        if not bare:
            return None
        outcome = read(self._with_ans(bare), ())
        if isinstance(outcome, Invalid):
            raise ScratchError(self._in_place(outcome.reason, bare))
        if isinstance(outcome, Ambiguous):
            readings = " or as ".join(outcome.texts)
            raise ScratchError(f"This can be read as {readings}; write it so that only one fits.")
        return outcome.value if isinstance(outcome.value, float) else None

    def keep(self, text: str) -> Result | None:
        """Calculate and remember; None where nothing stands there. Raises ScratchError."""
        value = self.value(text)
        if value is None:
            return None
        result = Result(_bare(text), value)
        self.results.append(result)
        del self.results[:-KEPT]
        self.count += 1
        return result

    def as_json(self) -> dict[str, Any]:
        """How often it was used, and the last expressions cut to length, for the log."""
        texts = [*self._before, *(result.text for result in self.results)]
        return {"count": self.count, "expressions": [text[:_LOGGED] for text in texts[-KEPT:]]}

    @property
    def _spelled(self) -> str:
        """The last result as it stands in an expression."""
        return f"({self.ans!r})"

    def _with_ans(self, text: str) -> str:
        """The text with the last result for ``ans``."""
        if self.ans is None and _ANS.search(text):
            raise ScratchError("There is no ans yet: it is the last result.")
        return _ANS.sub(lambda _: self._spelled, text)

    def _in_place(self, reason: str, text: str) -> str:
        """A complaint whose places count the characters as they were typed."""
        longer = len(self._spelled) - len("ans")

        def typed(found: re.Match[str]) -> str:
            place = int(found[0])
            shift = 0
            for ans in _ANS.finditer(text):
                start = ans.start() + 1 + shift
                if place <= start:
                    break
                shift += min(longer, place - start)
            return str(place - shift)

        return _PLACE.sub(typed, reason)


def _bare(text: str) -> str:
    """An expression without the equals sign before it, or after it as on a pocket calculator."""
    return clean(text).strip().removeprefix("=").removesuffix("=").strip()


def digits(value: float) -> str:
    """A number with the digits of a pocket calculator."""
    return f"{value + 0.0:.{_DIGITS}g}"  # no minus before a zero


def for_cell(value: float, step: Step, decimals: int) -> str:
    """A result as a student writes it into a line: with the decimals to keep."""
    if step.kind != "real" and value.is_integer():
        return f"{value:.0f}"
    return rounded(value, decimals, figures=step.figures)
