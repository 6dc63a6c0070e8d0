"""Every reading a text has, and the decision whether there is exactly one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from quizapp.exercises.answers.characters import normalize, tight_commas
from quizapp.exercises.answers.cursor import BLANKS
from quizapp.exercises.answers.fitting import MisfitError, fit, natural
from quizapp.exercises.answers.layout import read_layout
from quizapp.exercises.answers.outcome import (
    Ambiguous,
    AnswerError,
    Asked,
    Cells,
    Invalid,
    Uneven,
    UnreadableError,
    Value,
)
from quizapp.exercises.answers.showing import show
from quizapp.exercises.answers.tokens import (
    Comma,
    Kind,
    Token,
    tokenize,
)

if TYPE_CHECKING:
    from quizapp.exercises.answers.layout import Node

MAX_LENGTH = 20_000
"""Longer texts are refused before anything looks at them."""

MAX_READINGS = 4


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What comes of one meaning of the commas and semicolons."""

    comma: Comma
    node: Node | None = None
    """None where the text cannot be read this way."""
    fits: bool = False
    value: Cells = None
    fault: UnreadableError | None = None
    mixed: bool = False
    """Whether both a decimal point and a decimal comma occur."""


def read(text: str, shape: Asked | Uneven) -> Value | Invalid | Ambiguous:
    """Return what the text says as a number, vector or matrix of the asked shape.

    A length of None in the shape is any length. Never raises: a text without a reading
    is Invalid with the reason, one with several is Ambiguous with all of them.
    """
    if len(text) > MAX_LENGTH:
        reason = f"This is longer than {MAX_LENGTH} characters; write only the answer."
        return Invalid(reason, MAX_LENGTH + 1)
    plain = normalize(text)
    bare = plain.strip()
    if not bare.strip("_") or bare.lower() in BLANKS:
        return Value(None)
    return _decide(_attempts(plain, shape), plain, shape)


def calculate(text: str) -> float:
    """Return the value of one expression; raises AnswerError where it has not exactly one."""
    outcome = read(text, ())
    if isinstance(outcome, Invalid):
        raise AnswerError(outcome.reason)
    if isinstance(outcome, Ambiguous):
        raise AnswerError(f"This can be read as {' or '.join(outcome.texts)}; write one of them.")
    if not isinstance(outcome.value, float):
        raise AnswerError("There is nothing to calculate; write an expression such as 1/3.")
    return outcome.value


def _attempts(plain: str, shape: Asked | Uneven) -> list[_Attempt]:
    commas = [Comma.SEPARATOR]
    if tight_commas(plain):
        commas += [Comma.DECIMAL, Comma.GROUPING]
    return [attempt for comma in commas for attempt in _with_comma(plain, comma, shape)]


def _with_comma(plain: str, comma: Comma, shape: Asked | Uneven) -> list[_Attempt]:
    try:
        tokens = tokenize(plain, comma)
    except UnreadableError as fault:
        return [_Attempt(comma, fault=fault)]
    attempts = [_attempt(tokens, comma, shape)]
    if len(shape) > 1 and _is_table(tokens):
        beside = [token._replace(text=",") if token.text == ";" else token for token in tokens]
        attempts.append(_attempt(beside, comma, shape))
    return attempts


def _is_table(tokens: list[Token]) -> bool:
    """Return whether semicolons may separate cells: rows are lines, and cells stand behind them."""
    pairs = list(pairwise(tokens))
    lines = any(a.text == "\n" and b.kind is not Kind.END for a, b in pairs)
    inside = any(a.text == ";" and b.text != "\n" and b.kind is not Kind.END for a, b in pairs)
    return lines and inside and not any(token.text == "[" for token in tokens)


def _attempt(tokens: list[Token], comma: Comma, shape: Asked | Uneven) -> _Attempt:
    try:
        node = read_layout(tokens, len(shape), uneven=isinstance(shape, Uneven))
    except UnreadableError as fault:
        return _Attempt(comma, fault=fault)
    numbers = [token.text for token in tokens if token.kind is Kind.NUMBER]
    mixed = (
        comma is Comma.DECIMAL
        and any("," in number for number in numbers)
        and any("." in number for number in numbers)
    )
    try:
        return _Attempt(comma, node, fits=True, value=fit(node, shape), mixed=mixed)
    except MisfitError as fault:
        return _Attempt(comma, node, fault=fault, mixed=mixed)


def _decide(
    attempts: list[_Attempt], plain: str, shape: Asked | Uneven
) -> Value | Invalid | Ambiguous:
    readings = _readings(attempts, len(shape))
    if not readings:
        return _refusal(attempts, plain, shape)
    distinct: list[Cells] = []
    for reading in readings:
        if reading not in distinct:
            distinct.append(reading)
    if len(distinct) == 1:
        return Value(distinct[0])
    shown = tuple(distinct[:MAX_READINGS])
    return Ambiguous(shown, tuple(show(reading) for reading in shown))


def _readings(attempts: list[_Attempt], dimensions: int) -> list[Cells]:
    """Return what the text may mean, the decimal point first."""
    fitting = {attempt.comma for attempt in attempts if attempt.fits}
    # Nobody may group digits; but whoever reads 1,234 as 1.234 must be sure it was not meant.
    if Comma.DECIMAL not in fitting:
        fitting.discard(Comma.GROUPING)
    # Where both marks are used, as in 1.5, 2,5, the asked length does not tell which is meant.
    mixed = dimensions > 0 and any(attempt.mixed for attempt in attempts)
    readings: list[Cells] = []
    for attempt in attempts:
        if attempt.comma in fitting and attempt.fits:
            readings.append(attempt.value)
        elif fitting and mixed and attempt.comma is not Comma.GROUPING:
            readings += _as_typed(attempt, dimensions)
    return readings


def _as_typed(attempt: _Attempt, dimensions: int) -> list[Cells]:
    """Return the one reading in another shape than asked; none where the text has no shape."""
    if attempt.node is None:
        return []
    try:
        return [natural(attempt.node, dimensions)]
    except MisfitError:
        return []


def _refusal(attempts: list[_Attempt], plain: str, shape: Asked | Uneven) -> Invalid:
    tight = tight_commas(plain)
    if any(attempt.fits for attempt in attempts):  # only the grouping of digits does
        return Invalid(
            f"The comma at character {tight[0]} seems to group digits; write the number without it,"
            " such as 1234567.",
            tight[0],
        )
    faults = {attempt.comma: attempt.fault for attempt in reversed(attempts) if attempt.fault}
    plainly, decimally = faults[Comma.SEPARATOR], faults.get(Comma.DECIMAL)
    if decimally is None:
        return Invalid(plainly.reason, plainly.at)
    if not shape and len(tight) == plain.count(","):
        # In the field of one number such a comma can only be meant as its decimal mark.
        return Invalid(decimally.reason, decimally.at)
    if isinstance(plainly, MisfitError) and isinstance(decimally, MisfitError):
        other = decimally.found.removeprefix("This has ")
        reason = f"{plainly.found} ({other} with decimal commas), but {plainly.wanted}."
        return Invalid(reason, plainly.at)
    fault = decimally if isinstance(decimally, MisfitError) else plainly
    return Invalid(fault.reason, fault.at)
