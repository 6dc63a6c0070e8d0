"""Activation functions and their slopes.

Leaky ReLU: Maas et al. 2013; ELU: Clevert et al. 2016; GELU with its tanh approximation:
Hendrycks and Gimpel 2016; swish: Ramachandran et al. 2017.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import activated, gelu_formula, kinked, slope_of
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE, normal_cdf, normal_pdf, sigmoid
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import entries, exp, factor, frac, num

KINKED = frozenset({"relu", "leaky-relu", "elu"})
NAMES = ("sigmoid", "tanh", "relu", "leaky-relu", "elu", "gelu", "swish")
_ROOT = np.sqrt(2.0 / np.pi)
_CUBIC = 0.044715
_LEFT_SLOPES = {"leaky-relu": r"\alpha", "elu": r"y + \alpha"}
_GELU_TANH_SLOPE = (
    r"\frac{1 + u}{2} + \frac{x}{2} (1 - u^2) \sqrt{\frac{2}{\pi}} (1 + 0.134145 x^2), \quad "
    r"u = \tanh\left(\sqrt{\frac{2}{\pi}} (x + 0.044715 x^3)\right)"
)


def _sigmoid(x: Any, line: Line) -> Any:
    """1 / (1 + e^-x), the e^-x an inner line wherever it does not overflow."""
    if line is exact or np.max(np.abs(x), initial=0.0) > 30:
        return sigmoid(x)
    return 1.0 / (1.0 + line(np.exp(-x)))


def _saturating(x: Any, alpha: float, line: Line, sign: float = 1.0) -> Any:
    """ELU: alpha (e^x - 1) for negative x (e^-x with sign -1), and x itself for the others."""
    return np.where(x < 0, alpha * (line(np.exp(sign * np.minimum(x, 0.0))) - 1.0), x)


def _gelu_tanh(x: Any, line: Line) -> Any:
    """tanh(√(2/π) (x + 0.044715 x³)), the inner function of GELU's approximation."""
    return line(np.tanh(line(_ROOT * (x + _CUBIC * x**3))))


def values(x: Any, f: str, alpha: float, beta: float, gelu: str, line: Line) -> Any:
    """The activation f of every pre-activation."""
    if f == "sigmoid":
        return _sigmoid(x, line)
    if f == "tanh":
        return np.tanh(x)
    if f == "relu":
        return np.maximum(x, 0.0)
    if f == "leaky-relu":
        return np.maximum(alpha * x, x)
    if f == "elu":
        return _saturating(x, alpha, line)
    if f == "swish":
        return x * line(_sigmoid(beta * x, line))
    if gelu == "exact":
        return x * line(normal_cdf(x))
    return 0.5 * x * (1.0 + _gelu_tanh(x, line))


def _by_side(x: Any, negative: Any, left: float, relu_slope_at_zero: str) -> Any:
    """1 on the positive side, ``negative`` on the other; at 0 the left slope or 1."""
    at_zero = 1.0 if relu_slope_at_zero == "one" else left
    return np.where(np.abs(x) <= TIE, at_zero, np.where(x > 0, 1.0, negative))


def slopes(
    x: Any,
    f: str,
    alpha: float,
    beta: float,
    value: Any,
    relu_slope_at_zero: str,
    gelu: str,
    line: Line,
) -> Any:
    """The derivative of f at every pre-activation; ``value`` holds the outputs."""
    if f == "sigmoid":
        return value * (1.0 - value)
    if f == "tanh":
        return 1.0 - value**2
    if f == "relu":
        return _by_side(x, 0.0, 0.0, relu_slope_at_zero)
    if f == "leaky-relu":
        return _by_side(x, alpha, alpha, relu_slope_at_zero)
    if f == "elu":
        return _by_side(x, value + alpha, alpha, relu_slope_at_zero)
    if f == "swish":
        return beta * value + line(_sigmoid(beta * x, line)) * (1.0 - beta * value)
    if gelu == "exact":
        return line(normal_cdf(x)) + x * line(normal_pdf(x))
    t = _gelu_tanh(x, line)
    inner = line(_ROOT * (1.0 + 3.0 * _CUBIC * x**2))
    return 0.5 * (1.0 + t) + 0.5 * x * (1.0 - t**2) * inner


def _value_latex(x: float, f: str, alpha: float, beta: float, gelu: str) -> str:
    if f == "sigmoid":
        return frac("1", f"1 + {exp(-x)}")
    if f == "tanh":
        return rf"\tanh({num(x)})"
    if f == "relu":
        return rf"\max(0, {num(x)})"
    if f == "leaky-relu":
        return rf"\max({factor(alpha)} \cdot {factor(x)}, {num(x)})"
    if f == "elu":
        return num(x) if x >= 0 else rf"{factor(alpha)} \cdot ({exp(x)} - 1)"
    if f == "swish":
        return frac(num(x), f"1 + {exp(-beta * x)}")
    if gelu == "exact":
        return rf"{factor(x)} \cdot {factor(normal_cdf(x))}"
    return rf"\frac{{1}}{{2}} \cdot {factor(x)} \cdot (1 + {_gelu_tanh_latex(x)})"


def _gelu_tanh_latex(x: float) -> str:
    cubic = rf"{factor(x)} + {num(_CUBIC)} \cdot ({num(x)})^{{3}}"
    return rf"\tanh(\sqrt{{\frac{{2}}{{{num(np.pi)}}}}} \cdot ({cubic}))"


def _slope_latex(
    x: float, f: str, alpha: float, beta: float, relu_slope_at_zero: str, gelu: str
) -> str:
    y = float(values(np.asarray(x), f, alpha, beta, gelu, exact))
    if f == "sigmoid":
        return rf"{factor(y)} \cdot (1 - {factor(y)})"
    if f == "tanh":
        return f"1 - {factor(y)}^{{2}}"
    if f == "elu" and x < -TIE:
        return f"{num(y)} + {factor(alpha)}"
    if f in KINKED:
        return num(
            _by_side(x, alpha if f == "leaky-relu" else 0.0, _left(f, alpha), relu_slope_at_zero)
        )
    if f == "swish":
        written = rf"{factor(beta)} \cdot {factor(y)}"
        return rf"{written} + {frac('1', f'1 + {exp(-beta * x)}')} \cdot (1 - {written})"
    if gelu == "exact":
        return rf"{num(normal_cdf(x))} + {factor(x)} \cdot {factor(normal_pdf(x))}"
    t = _gelu_tanh_latex(x)
    inner = rf"{num(_ROOT)} \cdot (1 + {num(3 * _CUBIC)} \cdot {factor(x)}^{{2}})"
    return (
        rf"\frac{{1}}{{2}} \cdot (1 + {t}) + \frac{{1}}{{2}} \cdot {factor(x)} \cdot "
        rf"(1 - ({t})^{{2}}) \cdot {inner}"
    )


def _left(f: str, alpha: float) -> float:
    return 0.0 if f == "relu" else alpha


def _value_work(x: Any, f: str, alpha: float, beta: float, gelu: str) -> list[Work]:
    return [Work(at, _value_latex(float(x[at]), f, alpha, beta, gelu)) for at in entries(x)]


def _slope_work(
    x: Any, f: str, alpha: float, beta: float, relu_slope_at_zero: str, gelu: str
) -> list[Work]:
    return [
        Work(at, _slope_latex(float(x[at]), f, alpha, beta, relu_slope_at_zero, gelu))
        for at in entries(x)
    ]


def _formula(f: str, gelu: str) -> str:
    """The output for one x in symbols; the functions every network uses are shared."""
    if f == "gelu":
        return gelu_formula("x", gelu)
    of_its_own = {
        "leaky-relu": r"\begin{cases} x & x > 0 \\ \alpha x & x \le 0 \end{cases}",
        "elu": r"\begin{cases} x & x > 0 \\ \alpha (e^{x} - 1) & x \le 0 \end{cases}",
        "swish": r"\frac{x}{1 + e^{-\beta x}}",
    }
    return of_its_own.get(f) or activated(f, "x")


def _slope_formula(f: str, gelu: str, relu_slope_at_zero: str) -> str:
    """The slope at one x in symbols, by the output y where that is shorter."""
    if f == "gelu":
        return r"\Phi(x) + x\, \Phi'(x)" if gelu == "exact" else _GELU_TANH_SLOPE
    if f == "swish":
        return r"\beta y + \sigma(\beta x) (1 - \beta y)"
    if f in _LEFT_SLOPES:
        return kinked("x", relu_slope_at_zero, _LEFT_SLOPES[f])
    return slope_of(f, "x", relu_slope_at_zero, "y")


def check(f: str, alpha: float) -> None:
    """The parameter alpha fits the function that uses it."""
    if f == "leaky-relu" and not 0 < alpha < 1:
        raise GivenError(
            "'alpha' is the slope of leaky ReLU for negative x; it lies between 0 and 1.",
            where="alpha",
        )
    if f == "elu" and alpha <= 0:
        raise GivenError("'alpha' of ELU must be positive: ELU tends to -alpha.", where="alpha")


_POOLS = {
    "sigmoid": np.arange(-4, 5) / 2,
    "tanh": np.arange(-3, 4) / 2,
    "relu": np.arange(-3, 4) * 1.0,
    "leaky-relu": np.arange(-3, 4) * 1.0,
    "elu": np.arange(-4, 5) / 2,
    "swish": np.array([-1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0]),
    "gelu": np.array([-1.5, -1.0, -0.5, 0.5, 1.0, 1.5]),
}
_FUNCTIONS = {
    1: ("relu", "leaky-relu", "sigmoid", "tanh"),
    2: ("leaky-relu", "elu", "elu", "swish"),
    3: ("gelu", "gelu", "elu", "leaky-relu"),
}
_ALPHAS = {"leaky-relu": (0.01, 0.1, 0.2, 0.25), "elu": (0.5, 1.0, 2.0)}


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Three or four distinct pre-activations for one function, zeros at ties only."""
    f = str(rng.choice(_FUNCTIONS[level]))
    return {
        "x": rng.choice(_POOLS[f], size=4 if level == 3 else 3, replace=False),
        "f": f,
        "alpha": float(rng.choice(_ALPHAS.get(f, (1.0,)))),
        "beta": float(rng.choice((1.0, 2.0))) if f == "swish" else 1.0,
    }


def avoid(f: str, x: Any) -> str | None:
    """Only one side of the axis, on which a function shows half of what it does."""
    return None if (x < 0).any() and (x > 0).any() else f"{f} on one side only"


def _zero_met(x: Any, f: str, alpha: float) -> bool:
    """Whether a slope is asked for at a kink (ELU with alpha = 1 has none)."""
    kink = f in KINKED and abs(_left(f, alpha) - 1.0) > TIE
    return kink and bool(np.any(np.abs(x) <= TIE))


def _some_negative(x: Any) -> bool:
    return bool(np.any(x < -TIE))


def _some_not_zero(x: Any) -> bool:
    return bool(np.any(np.abs(x) > TIE))


FAMILY = Family(
    id="activations",
    topic="activations",
    title="Activation functions and their slopes",
    task="Compute the output of the activation function f at every x, and its slope there.",
    sources=("hub", "mcb", "nnt", "ece493", "nc"),
    givens=(
        Given("x", "x", "pre-activations", "n"),
        Given("f", "f", "the activation function", kind="text", choices=NAMES),
        Given(
            "alpha",
            r"\alpha",
            "slope of leaky ReLU for negative x, or saturation of ELU; others ignore it",
            default=1.0,
        ),
        Given("beta", r"\beta", "sharpness of swish; others ignore it", default=1.0),
    ),
    conventions={"relu_slope_at_zero": ("zero", "one"), "gelu": ("exact", "tanh")},
    steps=(
        Step(
            "value",
            "Outputs",
            r"y = f(x)",
            values,
            final=True,
            work=_value_work,
            formula_for=lambda f, gelu: "y = " + _formula(f, gelu),
        ),
        Step(
            "slope",
            "Slopes",
            r"f'(x)",
            slopes,
            final=True,
            work=_slope_work,
            formula_for=lambda f, gelu, relu_slope_at_zero: (
                "f'(x) = " + _slope_formula(f, gelu, relu_slope_at_zero)
            ),
        ),
    ),
    slips=(
        Slip(
            "elu-exponent-sign",
            "value",
            lambda x, alpha, line: _saturating(x, alpha, line, sign=-1.0),
            "The exponent is +x on the negative side; with -x the function explodes instead of "
            "saturating at -α.",
            when=lambda x, f: f == "elu" and _some_negative(x),
        ),
        Slip(
            "sigmoid-exponent-sign",
            "value",
            lambda x, line: _sigmoid(-x, line),
            "The exponent is -x; this is sigmoid(-x).",
            when=lambda x, f: f == "sigmoid" and _some_not_zero(x),
        ),
        Slip(
            "leaky-as-relu",
            "value",
            lambda x: np.maximum(x, 0.0),
            "The small slope α on the negative side is missing.",
            when=lambda x, f: f == "leaky-relu" and _some_negative(x),
        ),
        Slip(
            "gelu-as-swish",
            "value",
            lambda x, line: x * line(_sigmoid(x, line)),
            "GELU weights x with the normal distribution function Φ(x), not with sigmoid(x).",
            when=lambda x, f: f == "gelu" and _some_not_zero(x),
        ),
        Slip(
            "tanh-slope-sign",
            "slope",
            lambda value: (value - 1.0) * (value + 1.0),
            "The sign is wrong: the slope is 1 - y², never negative.",
            when=lambda slope, f: f == "tanh" and _some_not_zero(slope),
        ),
        Slip(
            "slope-from-preactivation",
            "slope",
            lambda x, f: x * (1.0 - x) if f == "sigmoid" else 1.0 - x**2,
            "The short formula for the slope takes the OUTPUT y, not the pre-activation.",
            when=lambda x, f: f == "sigmoid" or (f == "tanh" and _some_not_zero(x)),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    tie=_zero_met,
    tie_rules=("relu_slope_at_zero",),
    discrepancies=(
        "elu-exponent-sign",
        "elu-smoothness",
        "tanh-derivative-sign",
        "relu-slope-at-zero",
        "symbol-g-derivative-or-activation",
        "qian-sejnowski-hidden-activation",
    ),
    items=(
        "hub-relu-def",
        "hub-leaky-relu",
        "hub-fig-activations",
        "hub-saturation-3",
        "hub-sigmoid-max-quarter",
        "hub-relu-binary-slope",
        "hub-relu-vs-sigmoid",
    ),
)
