"""The equations between numbers that a text prints, found and evaluated."""

from __future__ import annotations

import ast
import math
import operator
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MATHS = re.compile(r"(?<!\\)\$(.+?)(?<!\\)\$", re.DOTALL)
_RELATION = re.compile(r"=|\\approx")
_BRACED = r"\{([^{}]*)\}"
_REWRITES = (
    (re.compile(r"\\[,;:! ]|\\left|\\right"), ""),
    (re.compile(r"\\(?:cdot|times)"), "*"),
    (re.compile(r"\\[td]?frac" + _BRACED + _BRACED), r"((\1)/(\2))"),
    (re.compile(r"\\sqrt" + _BRACED), r"sqrt(\1)"),
    (re.compile(r"\^" + _BRACED), r"**(\1)"),
    (re.compile(r"\^(\d)"), r"**\1"),
    (re.compile(r"\\operatorname" + _BRACED), r"\1"),
    (re.compile(r"\\(ReLU|sigma|tanh|ln)\b"), r"\1"),
    (re.compile(r"\\(sin|cos) (\d+(?:\.\d+)?)"), r"\1(\2)"),
    (re.compile(r"\\(sin|cos|pi|max)\b"), r" \1 "),
    (re.compile(r"(?<=[\d)])\s*(?=\(|pi|sqrt|e\b)"), "*"),
)
_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "tanh": math.tanh,
    "ln": math.log,
    "sin": math.sin,
    "cos": math.cos,
    "ReLU": lambda x: max(0.0, x),
    "sigma": lambda z: 1 / (1 + math.exp(-z)),
}
_SHOWN = re.compile(r"[-+]?\d+(?:\.(\d+))?(?:\*10\*\*\(?(-?\d+)\)?)?")


class Equation(NamedTuple):
    """Two numbers that a text calls equal."""

    latex: str
    left: float
    right: float
    within: float
    """Half a unit of the last digit that the right side shows, with room for rounded inputs."""


def equations(text: str) -> Iterator[Equation]:
    """Yield the equations of a text whose two sides are arithmetic; others are passed over."""
    for formula in _MATHS.findall(text):
        sides = [_python(side) for side in _RELATION.split(formula)]
        values = [_value(side) for side in sides]
        for place in range(1, len(sides)):
            left, right = values[place - 1], values[place]
            if left is not None and right is not None:
                yield Equation(formula, left, right, _within(sides[place], right))


def _python(latex: str) -> str:
    text = latex.strip()
    while True:
        new = text
        for pattern, replacement in _REWRITES:
            new = pattern.sub(replacement, new)
        if new == text:
            return re.sub(r"\s+", "", text)
        text = new


def _value(expression: str) -> float | None:
    try:
        return _number(ast.parse(expression, mode="eval").body)
    except (SyntaxError, ValueError, ArithmeticError):
        return None


def _number(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.Name(id="e"):
            return math.e
        case ast.Name(id="pi"):
            return math.pi
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_number(inner)
        case ast.UnaryOp(op=ast.UAdd(), operand=inner):
            return _number(inner)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)](_number(left), _number(right))
        case ast.Call(func=ast.Name(id=name), args=[inner]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](_number(inner))
    raise ValueError(ast.dump(node))


def _within(shown: str, value: float) -> float:
    literal = _SHOWN.fullmatch(shown)
    if literal is None:
        return 1e-9 * max(1.0, abs(value))
    decimals, exponent = literal.groups()
    return float(0.55 * 10.0 ** (int(exponent or 0) - len(decimals or "")))
