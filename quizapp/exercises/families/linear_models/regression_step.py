"""Mean squared error of a linear model and one gradient step (Bishop 2006, section 3.1.3)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, factor, frac, num, total

_LARGE = 6.0


def _divisor(squared_error: str, count: int) -> float:
    """What the sum of squares is divided by."""
    return {"mean": float(count), "sum": 1.0, "half-sum": 2.0}[squared_error]


def _loss(residuals: Any, squared_error: str, line: Line = exact) -> float:
    return float(np.sum(line(np.square(residuals))) / _divisor(squared_error, len(residuals)))


def _grad_w(X: Any, residuals: Any, squared_error: str) -> Any:
    return 2.0 * (X.T @ residuals) / _divisor(squared_error, len(X))


def _grad_b(residuals: Any, squared_error: str) -> float:
    return float(2.0 * np.sum(residuals) / _divisor(squared_error, len(residuals)))


def _without_two(X: Any, residuals: Any, squared_error: str) -> Any:
    return _grad_w(X, residuals, squared_error) / 2.0


def _without_inputs(X: Any, residuals: Any, squared_error: str) -> Any:
    return np.full(X.shape[1], _grad_b(residuals, squared_error))


def _scaled(text: str, squared_error: str, count: int) -> str:
    """Twice a sum over the divisor of the error function."""
    if squared_error == "half-sum":
        return text
    doubled = rf"2 \cdot ({text})"
    return frac(doubled, str(count)) if squared_error == "mean" else doubled


def _loss_work(residuals: Any, squared_error: str) -> list[Work]:
    text = " + ".join(f"{factor(r)}^{{2}}" for r in residuals)
    divisor = _divisor(squared_error, len(residuals))
    return [Work((), text if divisor == 1 else frac(text, num(divisor)))]


def _grad_w_work(X: Any, residuals: Any, squared_error: str) -> list[Work]:
    return [
        Work((j,), _scaled(dot(X[:, j], residuals), squared_error, len(X)))
        for j in range(X.shape[1])
    ]


def _grad_b_work(residuals: Any, squared_error: str) -> list[Work]:
    return [Work((), _scaled(total(residuals), squared_error, len(residuals)))]


def check(eta: float) -> None:
    """A learning rate is not negative."""
    if eta < 0:
        raise GivenError("'eta' is negative: a learning rate is at least 0.", where="eta")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two points, then three, then three with two features."""
    N, D = {1: (2, 1), 2: (3, 1), 3: (3, 2)}[level]
    return {
        "X": rng.choice((-1.0, 1.0, 2.0, 3.0) if level == 1 else (-1.0, 0.5, 1.0, 2.0), (N, D)),
        "y": rng.choice((-1.0, 0.0, 1.0, 2.0, 3.0), size=N),
        "w": rng.choice((-1.0, 0.5, 1.0, 2.0), size=D),
        "b": float(rng.choice((-1.0, 0.0, 0.5, 1.0))),
        "eta": float(rng.choice((0.1, 0.2) if conventions["squared_error"] == "mean" else (0.1,))),
    }


def avoid(X: Any, residuals: Any, grad_w: Any, grad_b: float) -> str | None:
    """Points on the line, gradients that vanish, agree or are large."""
    if np.all(np.abs(np.abs(residuals) - np.abs(residuals[0])) <= TIE) or not residuals.all():
        return "equal residuals"
    if abs(grad_b) <= TIE or np.any(np.abs(grad_w) <= TIE):
        return "no gradient"
    if np.all(np.abs(grad_w - grad_b) <= TIE):
        return "equal gradients"
    return "large residuals" if np.abs(residuals).max() > _LARGE else None


FAMILY = Family(
    id="regression-step",
    topic="linear-models",
    title="Linear regression by gradient descent, one step",
    task="Compute the predictions of the linear model, their error and its gradients. Then take "
    "one gradient step.",
    sources=("ece493",),
    givens=(
        Given("X", "X", "features, one point per row", "N x D"),
        Given("y", "y", "targets, one for each point", "N"),
        Given("w", "w", "weights before the step", "D"),
        Given("b", "b", "bias before the step"),
        Given("eta", r"\eta", "learning rate"),
    ),
    conventions={"squared_error": ("mean", "sum", "half-sum")},
    steps=(
        Step(
            "predictions",
            "Predictions",
            r"\hat{y}_i = w \cdot x_i + b",
            lambda X, w, b: X @ w + b,
            work=lambda X, w, b: [
                Work((i,), f"{dot(w, row)} + {factor(b)}") for i, row in enumerate(X)
            ],
        ),
        Step(
            "residuals",
            "Residuals",
            r"r_i = \hat{y}_i - y_i",
            lambda predictions, y: predictions - y,
            work=lambda predictions, y: [
                Work(at, f"{num(predictions[at])} - {factor(y[at])}") for at in entries(y)
            ],
        ),
        Step(
            "loss",
            "Error",
            r"\frac{1}{N} \sum_i r_i^2 \text{ (sum: without } \frac{1}{N} \text{; half-sum: } "
            r"\frac{1}{2} \text{)}",
            _loss,
            work=_loss_work,
            formula_for=Among(
                "squared_error",
                {
                    "mean": r"L = \frac{1}{N} \sum_i r_i^2",
                    "sum": r"L = \sum_i r_i^2",
                    "half-sum": r"L = \frac{1}{2} \sum_i r_i^2",
                },
            ),
        ),
        Step(
            "grad_w",
            "Gradient of the weights",
            r"\frac{2}{N} \sum_i r_i x_i \text{ (sum: } 2 \sum_i r_i x_i \text{; half-sum: } "
            r"\sum_i r_i x_i \text{)}",
            _grad_w,
            final=True,
            work=_grad_w_work,
            formula_for=Among(
                "squared_error",
                {
                    "mean": r"\frac{2}{N} \sum_i r_i x_i",
                    "sum": r"2 \sum_i r_i x_i",
                    "half-sum": r"\sum_i r_i x_i",
                },
            ),
        ),
        Step(
            "grad_b",
            "Gradient of the bias",
            r"\frac{2}{N} \sum_i r_i \text{ (sum: } 2 \sum_i r_i \text{; half-sum: } "
            r"\sum_i r_i \text{)}",
            _grad_b,
            final=True,
            work=_grad_b_work,
            formula_for=Among(
                "squared_error",
                {
                    "mean": r"\frac{2}{N} \sum_i r_i",
                    "sum": r"2 \sum_i r_i",
                    "half-sum": r"\sum_i r_i",
                },
            ),
        ),
        Step(
            "w_new",
            "Weights after the step",
            r"w - \eta \, \frac{\partial L}{\partial w}",
            lambda w, eta, grad_w: w - eta * grad_w,
            work=lambda w, eta, grad_w: [
                Work(at, rf"{num(w[at])} - {factor(eta)} \cdot {factor(grad_w[at])}")
                for at in entries(w)
            ],
        ),
        Step(
            "b_new",
            "Bias after the step",
            r"b - \eta \, \frac{\partial L}{\partial b}",
            lambda b, eta, grad_b: b - eta * grad_b,
            work=lambda b, eta, grad_b: [
                Work((), rf"{num(b)} - {factor(eta)} \cdot {factor(grad_b)}")
            ],
        ),
    ),
    slips=(
        Slip(
            "residual-sign",
            "residuals",
            lambda predictions, y: y - predictions,
            "Here a residual is prediction minus target; the sign matters for the gradient.",
            when=lambda residuals: bool(np.any(np.abs(residuals) > TIE)),
        ),
        Slip(
            "two-missing",
            "grad_w",
            _without_two,
            "The 2 from the derivative of the square is missing.",
            when=lambda squared_error, grad_w: (
                squared_error != "half-sum" and bool(np.any(np.abs(grad_w) > TIE))
            ),
        ),
        Slip(
            "inputs-forgotten",
            "grad_w",
            _without_inputs,
            "Every residual is multiplied by the feature of its weight; that factor is missing.",
            when=lambda X, residuals, squared_error, grad_w: bool(
                np.any(np.abs(_without_inputs(X, residuals, squared_error) - grad_w) > TIE)
            ),
        ),
        Slip(
            "ascent",
            "w_new",
            lambda w, eta, grad_w: w + eta * grad_w,
            "The step goes up: the gradient is subtracted, not added.",
            when=lambda eta, grad_w: eta > TIE and bool(np.any(np.abs(grad_w) > TIE)),
        ),
        Slip(
            "bias-kept",
            "b_new",
            lambda b: b,
            "The bias is learnt too: it moves by its own gradient.",
            when=lambda eta, grad_b: eta > TIE and abs(grad_b) > TIE,
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("squared-error-half-or-not",),
    items=("dl-mse", "dl-linreg", "dl-minibatch-sgd"),
)
