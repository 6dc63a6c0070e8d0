"""Backward pass through one unit (Rumelhart, Hinton and Williams 1986)."""

from __future__ import annotations

from typing import Any

from quizapp.exercises.families._formulas import Among, output_line, slope_of
from quizapp.exercises.families.backprop._bias_slot import demand_bias, with_constant, without_bias
from quizapp.exercises.families.backprop._slopes import (
    BOUNDED,
    FUNCTIONS,
    differ,
    slope_from_output_text,
    slopes_from_output,
)
from quizapp.exercises.families.mlp_forward.mlp_forward import outputs, saturated
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, exp, factor, frac, num

_FLAT = 2.5
_HALVES = (-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0)


def _slope(f: str, y: float, line: Line = exact) -> float:
    return float(slopes_from_output(f, y, line))


def _dE_dw(dE_dyhat: float, x: Any, bias_slot: str) -> Any:  # noqa: N802
    return dE_dyhat * with_constant(x, bias_slot)


def _bias_gradient_zero(dE_dyhat: float, x: Any, bias_slot: str) -> Any:
    return dE_dyhat * with_constant(x, bias_slot, 0.0)


def _dE_dx(dE_dyhat: float, w: Any, bias_slot: str) -> Any:  # noqa: N802
    return dE_dyhat * without_bias(w, bias_slot)


def _output_work(f: str, yhat: float) -> list[Work]:
    latex = {
        "identity": num(yhat),
        "sigmoid": frac("1", f"1 + {exp(-yhat)}"),
        "tanh": rf"\tanh({num(yhat)})",
        "relu": rf"\max(0, {num(yhat)})",
    }
    return [Work((), latex[f])]


def _scaled_work(dE_dyhat: float, by: Any) -> list[Work]:
    return [Work(at, rf"{factor(dE_dyhat)} \cdot {factor(by[at])}") for at in entries(by)]


def check(w: Any, x: Any) -> None:
    """There is a weight for every input and one for the bias."""
    demand_bias("w", len(w), len(x), "inputs")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A sigmoid at 0, whose slope is 1/4; then tanh with two inputs; then three inputs."""
    n = int(rng.integers(1, 3)) if level == 1 else level
    x = rng.choice((-2.0, -1.0, 0.5, 1.0, 2.0, 3.0), size=n)
    weights = rng.choice((-2.0, -1.0, 1.0, 2.0, 3.0) if level == 1 else _HALVES[1:-1], size=n)
    bias = -float(weights @ x) if level == 1 else float(rng.choice(_HALVES))
    w = [bias, *weights] if conventions["bias_slot"] == "first" else [*weights, bias]
    return {
        "w": w,
        "x": x,
        "f": {1: "sigmoid", 2: "tanh", 3: str(rng.choice(FUNCTIONS))}[level],
        "dE_dy": float(rng.choice((-2.0, -1.5, -1.0, 0.5, 1.0, 2.0))),
    }


def avoid(w: Any, x: Any, f: str, yhat: float, g: float, bias_slot: str) -> str | None:
    """Units that let nothing back, and numbers by which weights and inputs look alike."""
    if abs(g) <= TIE:
        return "no slope"
    if saturated(f, yhat, _FLAT):
        return "saturated unit"
    if not differ(without_bias(w, bias_slot), x) or abs(w[0] - w[-1]) <= TIE:
        return "weights equal to the inputs or to the bias"
    return None


FAMILY = Family(
    id="unit-backprop",
    topic="backprop",
    title="Backward pass through one unit",
    task="Compute the output of the unit and its slope, then the derivatives of the error with "
    "respect to its weights and its inputs.",
    sources=("nnt",),
    givens=(
        Given("w", "w", "weights, that of the bias in the slot named by bias_slot", "n+1"),
        Given("x", "x", "inputs, without the constant 1", "n"),
        Given("f", "f", "activation function of the unit", kind="text", choices=FUNCTIONS),
        Given(
            "dE_dy",
            r"\frac{\partial E}{\partial y}",
            "derivative of the error with respect to the output",
        ),
    ),
    conventions={"bias_slot": ("first", "last")},
    steps=(
        Step(
            "yhat",
            "Pre-activation",
            r"\hat{y} = w \cdot (1, x) \text{ (last: } w \cdot (x, 1) \text{)}",
            lambda w, x, bias_slot: float(w @ with_constant(x, bias_slot)),
            work=lambda w, x, bias_slot: [Work((), dot(w, with_constant(x, bias_slot)))],
            formula_for=Among(
                "bias_slot",
                {"first": r"\hat{y} = w \cdot (1, x)", "last": r"\hat{y} = w \cdot (x, 1)"},
            ),
        ),
        Step(
            "y",
            "Output",
            r"y = f(\hat{y})",
            lambda yhat, f, line: float(outputs(f, yhat, line)),
            work=lambda yhat, f: _output_work(f, yhat),
            formula_for=lambda f: output_line(f, "y", r"\hat{y}"),
        ),
        Step(
            "g",
            "Slope from the output",
            r"g(y) = f'(\hat{y}): \; y (1 - y) \text{ (sigmoid), } 1 - y^2 \text{ (tanh)}",
            lambda y, f, line: _slope(f, y, line),
            work=lambda y, f: [Work((), slope_from_output_text(f, y))],
            formula_for=lambda f: "g(y) = " + slope_of(f, "y", y="y"),
        ),
        Step(
            "dE_dyhat",
            "Derivative at the pre-activation",
            r"\frac{\partial E}{\partial \hat{y}} = g(y) \frac{\partial E}{\partial y}",
            lambda g, dE_dy: g * dE_dy,
            work=lambda g, dE_dy: [Work((), rf"{factor(g)} \cdot {factor(dE_dy)}")],
        ),
        Step(
            "dE_dw",
            "Derivatives with respect to the weights, bias included",
            r"\frac{\partial E}{\partial w_i} = \frac{\partial E}{\partial \hat{y}} x_i",
            _dE_dw,
            final=True,
            work=lambda dE_dyhat, x, bias_slot: _scaled_work(dE_dyhat, with_constant(x, bias_slot)),
        ),
        Step(
            "dE_dx",
            "Derivatives with respect to the inputs",
            r"\frac{\partial E}{\partial x_i} = \frac{\partial E}{\partial \hat{y}} w_i",
            _dE_dx,
            final=True,
            work=lambda dE_dyhat, w, bias_slot: _scaled_work(dE_dyhat, without_bias(w, bias_slot)),
        ),
    ),
    slips=(
        Slip(
            "slope-from-preactivation",
            "g",
            lambda yhat, f, line: _slope(f, yhat, line),
            "g takes the output y, not the pre-activation.",
            when=lambda yhat, f, g: f in BOUNDED and differ(_slope(f, yhat), g),
        ),
        Slip(
            "slope-forgotten",
            "dE_dyhat",
            lambda dE_dy: dE_dy,
            "The slope of the activation is missing.",
            when=lambda f, dE_dy, dE_dyhat: f != "identity" and differ(dE_dy, dE_dyhat),
        ),
        Slip(
            "inputs-and-weights-mixed",
            "dE_dw",
            lambda dE_dyhat, w: dE_dyhat * w,
            "The derivative with respect to a weight contains the INPUT, not the weight.",
            when=lambda dE_dyhat, w, dE_dw: differ(dE_dyhat * w, dE_dw),
        ),
        Slip(
            "input-for-weight",
            "dE_dx",
            lambda dE_dyhat, x: dE_dyhat * x,
            "The derivative with respect to an input contains the WEIGHT, not the input.",
            when=lambda dE_dyhat, x, dE_dx: differ(dE_dyhat * x, dE_dx),
        ),
        Slip(
            "bias-gradient-zero",
            "dE_dw",
            _bias_gradient_zero,
            "The constant input is 1, so the bias gradient equals ∂E/∂ŷ.",
            when=lambda dE_dyhat: abs(dE_dyhat) > TIE,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=(
        "product-rule-and-stray-hat",
        "symbol-g-derivative-or-activation",
        "bias-position-in-weight-vector",
    ),
    items=(
        "ncl-local-activation",
        "ncl-local-w",
        "ncl-local-x",
        "ncl-chain-w",
        "ncl-chain-x",
        "ncl-error-w",
        "ncl-error-x",
    ),
)
