"""Formulas in LaTeX that depend on a convention or on a chosen activation function."""

from __future__ import annotations

from inspect import Parameter, Signature
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Among:
    """One of several formulas, by the value of the convention or given of this name.

    Stands as the ``formula_for`` of a step, with that name as its only parameter. A value that
    has no formula of its own raises KeyError.
    """

    def __init__(self, name: str, formulas: Mapping[str, str]) -> None:
        self._formulas = dict(formulas)
        self.__signature__ = Signature([Parameter(name, Parameter.POSITIONAL_OR_KEYWORD)])

    def __call__(self, value: str) -> str:
        return self._formulas[value]


def activated(name: str, z: str) -> str:
    """An activation function of z, such as max(0, z). Raises KeyError for an unknown one."""
    bracketed = f"({z})" if "+" in z or " " in z else z
    return {
        "identity": z,
        "sigmoid": rf"\frac{{1}}{{1 + e^{{-{bracketed}}}}}",
        "tanh": rf"\tanh({z})",
        "relu": rf"\max(0, {z})",
    }[name]


def entry(symbol: str, index: str) -> str:
    """An entry of a vector, such as y_k; of one with an index of its own, z_{L,k}."""
    base, _, own = symbol.partition("_")
    return f"{base}_{{{own},{index}}}" if own else f"{symbol}_{index}"


def bare(latex: str) -> str:
    """A single sum in brackets without them; anything else as it is."""
    alone = latex.startswith("(") and latex.endswith(")") and latex.count("(") == 1
    return latex[1:-1] if alone else latex


def gelu_formula(x: str, gelu: str) -> str:
    """GELU of x under the convention ``gelu`` (Hendrycks and Gimpel 2016)."""
    if gelu == "exact":
        return rf"{x}\, \Phi({x})"
    inner = rf"\sqrt{{\frac{{2}}{{\pi}}}} ({x} + 0.044715 {x}^3)"
    return rf"\frac{{1}}{{2}} {x} \left(1 + \tanh\left({inner}\right)\right)"


def output_line(name: str, y: str, z: str) -> str:
    """The line y = f(z) of units with that function; entry by entry for a softmax."""
    if name == "softmax":
        return rf"{entry(y, 'k')} = \frac{{e^{{{entry(z, 'k')}}}}}{{\sum_j e^{{{entry(z, 'j')}}}}}"
    return f"{y} = {activated(name, z)}"


def kinked(z: str, at_zero: str, left: str = "0") -> str:
    """The slope of a function with a kink at 0: 1 on the right, ``left`` on the left.

    ``at_zero`` (the convention ``relu_slope_at_zero``) says which of them holds at 0.
    """
    right, others = (r"\ge", "<") if at_zero == "one" else (">", r"\le")
    return rf"\begin{{cases}} 1 & {z} {right} 0 \\ {left} & {z} {others} 0 \end{{cases}}"


def step_of(z: str, heaviside_at_zero: str) -> str:
    """The step function of z, with its value at 0 by the convention. Raises KeyError."""
    at_zero = {"one": "1", "zero": "0"}[heaviside_at_zero]
    return rf"H({z}), \; H(0) = {at_zero}"


def sign_of(z: str, tie: str, old: str = "y") -> str:
    """The sign of z; at 0 it is +1, -1 or ``old`` by the convention ``tie``. Raises KeyError."""
    at_zero = {"plus": "1", "minus": "-1", "keep": old}[tie]
    return rf"\mathrm{{sgn}}({z}), \; \mathrm{{sgn}}(0) = {at_zero}"


def stays(field: str, state: str, tie: str) -> str:
    """The condition that every unit i keeps its value in its field. Raises KeyError."""
    if tie == "keep":
        return rf"{state} {field} \ge 0 \text{{ for every }} i"
    at_zero = {"plus": "1", "minus": "-1"}[tie]
    signs = rf"\mathrm{{sgn}}({field}) = {state} \text{{ for every }} i"
    return rf"{signs}, \; \mathrm{{sgn}}(0) = {at_zero}"


def slope_of(name: str, z: str, at_zero: str = "zero", y: str = "") -> str:
    """The slope of an activation function at z, by the output y where that is given.

    Raises KeyError for an unknown function.
    """
    if name == "relu":
        return kinked(z, at_zero)
    if name == "sigmoid":
        y = y or rf"\sigma({z})"
        return rf"{y} (1 - {y})"
    return {"identity": "1", "tanh": f"1 - {y}^2" if y else rf"1 - \tanh^2({z})"}[name]


def through(first: str, name: str, y: str, z: str) -> str:
    """``first`` times the slope of units with outputs y = f(z), entry by entry.

    Raises KeyError for an unknown function.
    """
    return {
        "identity": bare(first),
        "sigmoid": rf"{first} \odot {y} \odot (1 - {y})",
        "tanh": rf"{first} \odot (1 - {y}^2)",
        "relu": rf"{first} \odot \ReLU'({z})",
    }[name]


def sum_of_squares(squared_error: str, squares: str, count: str = "n") -> str:
    """The squared error of these squares with the factor of the convention."""
    factor = {"half-sum": r"\frac{1}{2} ", "sum": "", "mean": rf"\frac{{1}}{{{count}}} "}
    return rf"{factor[squared_error]}\sum_k {squares}"


def error_slope(squared_error: str, residual: str, count: str = "n") -> str:
    """The derivative of the squared error by an output."""
    factor = {"half-sum": "", "sum": "2 ", "mean": rf"\frac{{2}}{{{count}}} "}
    return f"{factor[squared_error]}{residual}"


FIELDS = {"bias": "+", "threshold": "-"}
"""The sign of b in a local field, by the convention ``offset``."""
ENERGIES = {"bias": "-", "threshold": "+"}
"""The sign of b in the energy."""
