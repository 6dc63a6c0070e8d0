"""The operations an answer may contain, on finite floats, with every trap checked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from quizapp.exercises.answers.outcome import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quizapp.exercises.answers.tokens import Token

CONSTANTS: Mapping[str, float] = {
    "e": math.e,
    "pi": math.pi,
    "π": math.pi,
    "inf": math.inf,
    "infinity": math.inf,
    "∞": math.inf,
}


_LARGEST_FACTORIAL = 170


def _sigmoid(x: float) -> float:
    """Return 1 / (1 + e^-x) without an overflow for a large negative x."""
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))


def _relu(x: float) -> float:
    return max(x, 0.0)


def _sign(x: float) -> float:
    return math.copysign(1.0, x) if x else 0.0


def _factorial(x: float) -> float:
    """Return x!; raises ValueError unless x is a whole number from 0."""
    if x > _LARGEST_FACTORIAL:
        raise OverflowError
    if x != int(x):
        raise ValueError
    return float(math.factorial(int(x)))


FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "ln": math.log,
    "log2": math.log2,
    "log_2": math.log2,
    "log10": math.log10,
    "log_10": math.log10,
    "tanh": math.tanh,
    "sigmoid": _sigmoid,
    "sigma": _sigmoid,
    "σ": _sigmoid,
    "relu": _relu,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "abs": abs,
    "sign": _sign,
    "sgn": _sign,
    "fact": _factorial,
    "factorial": _factorial,
}

IDENTITIES = frozenset({"float64", "float32", "float16", "int64", "int32"})
"""Names that NumPy prints around a number; they change nothing."""


def apply(function: str, argument: float, token: Token) -> float:
    """Return the function's value; raises UnreadableError outside its domain or range."""
    if function in IDENTITIES:
        return argument
    _check_finite(argument, token)
    try:
        return FUNCTIONS[function](argument)
    except OverflowError:
        raise _too_large(token) from None
    except ValueError:
        raise UnreadableError(
            f"The {function} at character {token.at} has no real value at {argument:g}; check its"
            " argument.",
            token.at,
        ) from None


def combine(left: float, operator: Token, right: float) -> float:
    """Return ``left operator right`` for + - * /; raises UnreadableError where it is not finite."""
    _check_finite(left, operator)
    _check_finite(right, operator)
    if operator.text == "+":
        value = left + right
    elif operator.text == "-":
        value = left - right
    elif operator.text == "/":
        if right == 0:
            raise UnreadableError(
                f"The division at character {operator.at} is by zero; write inf for an infinite"
                " value.",
                operator.at,
            )
        value = left / right
    else:  # "*", or the token before which a product sign is left out
        value = left * right
    if math.isinf(value):
        raise _too_large(operator)
    return value


def power(base: float, exponent: float, operator: Token) -> float:
    """Return base to the exponent; raises UnreadableError where that is no finite real number."""
    _check_finite(base, operator)
    _check_finite(exponent, operator)
    if base == 0 and exponent < 0:
        raise UnreadableError(
            f"The power at character {operator.at} divides by zero; check base and exponent.",
            operator.at,
        )
    try:
        # exp is exact to the last place where a power of the rounded e is not.
        return math.exp(exponent) if base == math.e else math.pow(base, exponent)
    except OverflowError:
        raise _too_large(operator) from None
    except ValueError:
        raise UnreadableError(
            f"The power at character {operator.at} of a negative number is not real; check base and"
            " exponent.",
            operator.at,
        ) from None


def _check_finite(value: float, token: Token) -> None:
    if math.isinf(value):
        raise UnreadableError(
            f"Infinity cannot be computed with, as at character {token.at}; write inf or -inf alone"
            " in its cell.",
            token.at,
        )


def _too_large(token: Token) -> UnreadableError:
    return UnreadableError(
        f"The result at character {token.at} is too large for a number; write one below 1e308, or"
        " inf.",
        token.at,
    )
