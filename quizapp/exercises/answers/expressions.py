"""One number as students write it: 1 - 0.25, 2√3, e^-1, 10⁻³, 50 %.

    sum     = term { ("+" | "-") term }
    term    = factor { ("*" | "/") factor | power }      the last form leaves the sign out
    factor  = { "+" | "-" } power                        so -2^2 is -4
    power   = postfix { "^" { "+" | "-" } postfix }      from the right
    postfix = primary { raised | "%" }
    primary = number | constant | name "(" sum ")" | "(" sum ")" | "√" … primary

Only brackets recurse, and their depth is capped before; signs, roots and powers are loops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.exercises.answers import arithmetic
from quizapp.exercises.answers.characters import quoted
from quizapp.exercises.answers.cursor import bare_name
from quizapp.exercises.answers.outcome import UnreadableError
from quizapp.exercises.answers.tokens import Kind, Token

if TYPE_CHECKING:
    from quizapp.exercises.answers.cursor import Cursor

_SIGNS = frozenset("+-")


def read_sum(cursor: Cursor, *, cells: bool) -> float:
    """Return the number that starts at the cursor, and leave the cursor behind it.

    With ``cells`` a blank may end the number, as in a row of MATLAB: ``1 -2`` are two
    cells and ``1 - 2`` is one. Raises UnreadableError.
    """
    value = _term(cursor, cells=cells)
    while cursor.token.text in _SIGNS and not (cells and _starts_cell(cursor)):
        operator = cursor.take()
        value = arithmetic.combine(value, operator, _term(cursor, cells=cells))
    return value


def _starts_cell(cursor: Cursor) -> bool:
    return cursor.token.spaced and not cursor.next.spaced


def _term(cursor: Cursor, *, cells: bool) -> float:
    value = _factor(cursor)
    divided = False
    while True:
        token = cursor.token
        if token.text in {"*", "/"}:
            cursor.take()
            divided = token.text == "/"
            value = arithmetic.combine(value, token, _factor(cursor))
        elif _multiplies(token) and not (cells and token.spaced):
            _check_product(cursor, divided=divided)
            value = arithmetic.combine(value, token, _power(cursor))
        else:
            return value


def _multiplies(token: Token) -> bool:
    """Return whether the token may follow a number without a product sign."""
    return token.kind is Kind.NAME or token.text in {"(", "√"}


def _check_product(cursor: Cursor, *, divided: bool) -> None:
    """Refuse a product without a sign where it can be read in two ways."""
    token = cursor.token
    before = cursor.tokens[cursor.place - 1]
    if token.text == "e" and cursor.next.text != "^" and cursor.next.kind is not Kind.RAISED:
        raise UnreadableError(
            f"The e at character {token.at} may be Euler's number or a power of ten; write 2*e or"
            " 2e-3.",
            token.at,
        )
    if divided:
        raise UnreadableError(
            f"It is open what the division before character {token.at} divides by; write 1/(2√3)"
            " or (1/2)√3.",
            token.at,
        )
    if before.text == "%":
        raise UnreadableError(
            f"A product sign is missing at character {token.at}; write 50 % * 3.", token.at
        )
    if token.text != "√" and cursor.place >= 2 and cursor.tokens[cursor.place - 2].text == "√":
        raise UnreadableError(
            f"It is open how far the root before character {token.at} reaches; write √(2π) or"
            " √2 * π.",
            token.at,
        )


def _factor(cursor: Cursor) -> float:
    negative = _sign(cursor)
    value = _power(cursor)
    return -value if negative else value


def _sign(cursor: Cursor) -> bool:
    """Take the signs at the cursor; return whether they make a number negative."""
    negative = False
    while cursor.token.text in _SIGNS:
        negative ^= cursor.take().text == "-"
    return negative


def _power(cursor: Cursor) -> float:
    operands = [(False, _postfix(cursor))]
    operators = []
    while cursor.token.text == "^":
        if cursor.tokens[cursor.place - 1].kind is Kind.RAISED:
            raise UnreadableError(
                f"A power stands on a raised exponent at character {cursor.token.at}; put the inner"
                " power in parentheses.",
                cursor.token.at,
            )
        operators.append(cursor.take())
        operands.append((_sign(cursor), _postfix(cursor)))
    negative, value = operands.pop()
    while operators:
        exponent = -value if negative else value
        negative, base = operands.pop()
        value = arithmetic.power(base, exponent, operators.pop())
    return value


def _postfix(cursor: Cursor) -> float:
    root = cursor.token.text == "√"
    value = _primary(cursor)
    root = root and cursor.tokens[cursor.place - 1].text != ")"
    while True:
        token = cursor.token
        if token.kind is Kind.RAISED:
            value = arithmetic.power(value, token.value, cursor.take())
        elif token.text == "%":
            if root:
                raise UnreadableError(
                    f"It is open how far the root before character {token.at} reaches; write"
                    " √(2 %) or (√2) %.",
                    token.at,
                )
            value = arithmetic.combine(value, cursor.take()._replace(text="/"), 100.0)
        else:
            return value


def _primary(cursor: Cursor) -> float:
    roots = []
    while cursor.token.text == "√":
        roots.append(cursor.take())
    value = _operand(cursor)
    while roots:
        value = arithmetic.apply("sqrt", value, roots.pop())
    return value


def _operand(cursor: Cursor) -> float:
    token = cursor.token
    if token.kind is Kind.NUMBER:
        return cursor.take().value
    if token.text == "(":
        return _parentheses(cursor)
    if token.kind is Kind.NAME:
        return _named(cursor)
    raise _no_number(token)


def _parentheses(cursor: Cursor) -> float:
    cursor.take()
    value = read_sum(cursor, cells=False)
    if cursor.token.text == ")":
        cursor.take()
        return value
    token = cursor.token
    what = "The line ends" if token.text == "\n" else f"{quoted(token.text)} stands"
    raise UnreadableError(
        f"{what} inside parentheses at character {token.at}; write one number in parentheses, or a"
        " list in square brackets.",
        token.at,
    )


def _named(cursor: Cursor) -> float:
    token = cursor.take()
    name = bare_name(token)
    if name in arithmetic.CONSTANTS:
        _check_constant(token, cursor)
        return arithmetic.CONSTANTS[name]
    if name not in arithmetic.FUNCTIONS and name not in arithmetic.IDENTITIES:
        raise _unknown_name(token, name)
    if cursor.token.text != "(":
        raise UnreadableError(
            f"The argument of {name} at character {token.at} needs parentheses; write {name}(2).",
            token.at,
        )
    return arithmetic.apply(name, _parentheses(cursor), token)


def _check_constant(token: Token, cursor: Cursor) -> None:
    """Refuse ``e-3``, which may be e minus three, e to the minus three or 10 to the minus three."""
    sign, number = cursor.token, cursor.next
    tight = not sign.spaced and not number.spaced
    if token.text == "e" and sign.text in _SIGNS and tight and number.kind is Kind.NUMBER:
        raise UnreadableError(
            f"The e at character {token.at} may be Euler's number or a power of ten; write e^-3,"
            " 1e-3, or e - 3 with blanks.",
            token.at,
        )


def _unknown_name(token: Token, name: str) -> UnreadableError:
    if name == "log":
        says = "The base of log is open: write ln, log2 or log10"
    elif name == "nan":
        says = "nan is no number: write the value, or _ for a blank cell"
    elif name[0] == "x" and not name[1:].strip("0123456789"):
        says = "The letter x is no product sign: write * or ×"
    else:
        says = f"{quoted(token.text)} is not known: write a number such as 0.5, 1/3 or sqrt(2)"
    return UnreadableError(f"{says} (character {token.at}).", token.at)


def _no_number(token: Token) -> UnreadableError:
    found = {"": "the text ends", "\n": "the line ends"}.get(token.text, f"{quoted(token.text)} is")
    return UnreadableError(
        f"A number is missing at character {token.at}, where {found}; write one such as 0.5, or _"
        " for a blank cell.",
        token.at,
    )
