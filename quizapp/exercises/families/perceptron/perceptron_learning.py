"""The perceptron learning rule, one sample at a time (Rosenblatt 1958; Novikoff 1962)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among, sign_of, step_of
from quizapp.exercises.families.perceptron._presentations import (
    PLUS_MINUS,
    b_work,
    error_work,
    mistake_work,
    presented,
    sample,
    target_work,
    w_work,
    wrong_outputs,
    z_work,
)
from quizapp.exercises.families.perceptron._threshold import CORNERS, differ, heaviside, sign
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step
from quizapp.exercises.functions import TIE


def rows(X: Any, epochs: float) -> int:
    """One row per presentation of a sample."""
    return len(X) * int(epochs)


def _targets(t: Any, labels: str) -> Any:
    return 2.0 * t - 1.0 if labels == PLUS_MINUS else t


def _z(X: Any, w: Any, b: Any, row: int) -> float:
    return float(X[sample(row, X)] @ w[row - 1] + b[row - 1])


def _stale_z(X: Any, w0: Any, b0: float, row: int) -> float:
    return float(X[sample(row, X)] @ w0 + b0)


def _outputs(z: Any, labels: str, heaviside_at_zero: str, tie: str, row: int) -> float:
    decided = sign(z[row], tie) if labels == PLUS_MINUS else heaviside(z[row], heaviside_at_zero)
    return float(decided)


def _error(target: float, output: float, labels: str, perceptron_rule: str) -> float:
    if abs(target - output) <= TIE:
        return 0.0
    by_mistake = labels == PLUS_MINUS and perceptron_rule == "mistake"
    return float(target if by_mistake else target - output)


def _errors(
    targets: Any, outputs: Any, labels: str, perceptron_rule: str, X: Any, row: int
) -> float:
    return _error(targets[sample(row, X)], outputs[row], labels, perceptron_rule)


def _other_coding(
    targets: Any, outputs: Any, labels: str, perceptron_rule: str, X: Any, row: int
) -> float:
    halved = labels == PLUS_MINUS and perceptron_rule == "error"
    return _errors(targets, outputs, labels, perceptron_rule, X, row) * (0.5 if halved else 2.0)


def _w(X: Any, eta: float, errors: Any, w: Any, row: int) -> Any:
    return w[row - 1] + eta * errors[row] * X[sample(row, X)]


def _hebb(X: Any, eta: float, targets: Any, w: Any, row: int) -> Any:
    return w[row - 1] + eta * targets[sample(row, X)] * X[sample(row, X)]


def _mistakes(targets: Any, outputs: Any, epochs: float) -> Any:
    """The number of wrong outputs in each epoch."""
    wrong = wrong_outputs(targets, outputs)
    return wrong.reshape(int(epochs), -1).sum(axis=1)


def check(eta: float, epochs: float) -> None:
    """A learning rate is not negative, and there is at least one epoch."""
    if eta < 0:
        raise GivenError("'eta' is negative: a learning rate is at least 0.", where="eta")
    if epochs < 1:
        raise GivenError("'epochs' is the number of passes: at least 1.", where="epochs")


_GATES = ((0.0, 0.0, 0.0, 1.0), (0.0, 1.0, 1.0, 1.0), (1.0, 1.0, 1.0, 0.0), (1.0, 0.0, 0.0, 0.0))


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """AND or OR from zero, then two epochs of a gate from anywhere, then three points."""
    n = 2
    if level == 3:
        X = rng.choice((-2.0, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0), size=(3, n))
        t = rng.integers(0, 2, size=3).astype(float)
    else:
        order = rng.permutation(4)
        gates = _GATES[:2] if level == 1 else _GATES
        X, t = CORNERS[order], np.array(gates[rng.integers(len(gates))])[order]
    start = (0.0,) if level == 1 else (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5)
    return {
        "X": X,
        "t": t,
        "eta": float(rng.choice((0.5, 1.0) if level == 1 else (0.25, 0.5, 1.0))),
        "w0": rng.choice(start, size=n),
        "b0": float(rng.choice(start)),
        "epochs": 1 if level == 1 else 2,
    }


def avoid(X: Any, mistakes: Any, outputs: Any) -> str | None:
    """Runs without a mistake, without a right output, or with the same sample twice."""
    if not mistakes.any():
        return "no mistake"
    if mistakes.sum() == len(outputs):
        return "no right output"
    return "equal samples" if len(np.unique(X, axis=0)) < len(X) else None


def _hebb_shows(X: Any, eta: float, t: Any, labels: str, errors: Any) -> bool:
    """Whether some update differs from the Hebbian one; until then both have the same weights."""
    wanted = np.tile(_targets(t, labels), len(errors) // len(X))
    return differ(eta * (wanted - errors)[:, np.newaxis] * presented(X, errors), 0.0)


def _learns(eta: float, errors: Any) -> bool:
    return eta > 0 and differ(errors, 0.0)


def _eta_shows(X: Any, eta: float, errors: Any) -> bool:
    return abs(eta - 1.0) > TIE and differ(errors[:, np.newaxis] * presented(X, errors), 0.0)


def _stale_shows(X: Any, w0: Any, b0: float, z: Any) -> bool:
    return differ(presented(X, z) @ w0 + b0, z)


FAMILY = Family(
    id="perceptron-learning",
    topic="perceptron",
    title="Perceptron learning rule",
    task="Present the samples in the stated order and learn after each one: weighted sum, output, "
    "error, new weights, new bias. Then count the wrong outputs of every epoch.",
    sources=("ece493", "nc"),
    givens=(
        Given("X", "X", "samples, one per row, presented in this order in every epoch", "N x n"),
        Given("t", "t", "labels 0 or 1 (0 is the negative class)", "N", kind="bit"),
        Given("eta", r"\eta", "learning rate"),
        Given("w0", "w^{(0)}", "weights at the start", "n"),
        Given("b0", "b^{(0)}", "bias at the start"),
        Given("epochs", r"\mathrm{epochs}", "number of passes through the data", kind="integer"),
    ),
    conventions={
        "labels": ("zero-one", PLUS_MINUS),
        "perceptron_rule": ("mistake", "error"),
        "heaviside_at_zero": ("one", "zero"),
        "tie": ("plus", "minus"),
    },
    rows=rows,
    steps=(
        Step(
            "targets",
            "Targets",
            r"t \text{ (plus-minus: } 2t - 1 \text{)}",
            _targets,
            kind="integer",
            work=target_work,
            formula_for=Among("labels", {"zero-one": r"t", "plus-minus": r"2t - 1"}),
        ),
        Step(
            "z",
            "Weighted sum",
            r"z_k = w^{(k-1)} \cdot x_k + b^{(k-1)}",
            _z,
            loop="presentation",
            work=z_work,
        ),
        Step(
            "outputs",
            "Output",
            r"y_k = H(z_k) \text{ (plus-minus: } \mathrm{sgn}(z_k) \text{)}",
            _outputs,
            loop="presentation",
            kind="integer",
            formula_for=lambda labels, heaviside_at_zero, tie: (
                "y_k = "
                + (
                    sign_of("z_k", tie)
                    if labels == PLUS_MINUS
                    else step_of("z_k", heaviside_at_zero)
                )
            ),
        ),
        Step(
            "errors",
            "Error",
            r"e_k = t_k - y_k \text{ (plus-minus by mistakes: } t_k \text{ where } y_k \ne t_k"
            r"\text{, else } 0 \text{)}",
            _errors,
            loop="presentation",
            kind="integer",
            work=error_work,
            formula_for=lambda labels, perceptron_rule: (
                r"e_k = t_k \text{ where } y_k \ne t_k, \text{ else } 0"
                if labels == PLUS_MINUS and perceptron_rule == "mistake"
                else "e_k = t_k - y_k"
            ),
        ),
        Step(
            "w",
            "Weights after each sample",
            r"w^{(k)} = w^{(k-1)} + \eta \, e_k x_k",
            _w,
            final=True,
            loop="presentation",
            before="w0",
            work=w_work,
        ),
        Step(
            "b",
            "Bias after each sample",
            r"b^{(k)} = b^{(k-1)} + \eta \, e_k",
            lambda eta, errors, b, row: float(b[row - 1] + eta * errors[row]),
            final=True,
            loop="presentation",
            before="b0",
            work=b_work,
        ),
        Step(
            "mistakes",
            "Wrong outputs in each epoch",
            r"\sum_{k \text{ in epoch}} [y_k \ne t_k]",
            _mistakes,
            kind="integer",
            work=mistake_work,
        ),
    ),
    slips=(
        Slip(
            "hebb-update",
            "w",
            _hebb,
            "This is the Hebb rule: the perceptron rule changes nothing when the output is right.",
            when=_hebb_shows,
        ),
        Slip(
            "other-coding",
            "errors",
            _other_coding,
            "The error has the size it has in the other label coding (factor 2).",
            when=lambda errors: differ(errors, 0.0),
        ),
        Slip(
            "sign-flipped",
            "errors",
            lambda targets, outputs, labels, perceptron_rule, X, row: (
                0.0 - _errors(targets, outputs, labels, perceptron_rule, X, row)
            ),
            "The error is target minus output, not output minus target.",
            when=lambda errors: differ(errors, 0.0),
        ),
        Slip(
            "stale-weights",
            "z",
            _stale_z,
            "The weights must be the updated ones, not the start weights.",
            when=_stale_shows,
        ),
        Slip(
            "bias-frozen",
            "b",
            lambda b, row: b[row - 1],
            "The bias is learned too; its input is the constant 1.",
            when=_learns,
        ),
        Slip(
            "eta-missing",
            "w",
            lambda X, errors, w, row: w[row - 1] + errors[row] * X[sample(row, X)],
            "The learning rate is missing from the weight change.",
            when=_eta_shows,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("perceptron-means-different-units", "heaviside-at-zero"),
    items=("dl-perceptron", "dl-perceptron-rule", "dl-perceptron-theorem", "nc-rosenblatt"),
)
