"""Presentations of samples in perceptron learning, and their lines written out."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot, entries, factor, num, total

PLUS_MINUS = "plus-minus"


def sample(row: int, X: Any) -> int:
    """The number (from 0) of the sample that is presented in a row (from 1)."""
    return (row - 1) % len(X)


def wrong_outputs(targets: Any, outputs: Any) -> Any:
    """1 for every presentation with a wrong output, else 0."""
    outputs = np.asarray(outputs, dtype=float)
    wanted = np.tile(targets, len(outputs) // len(targets))
    return np.where(np.abs(outputs - wanted) > TIE, 1.0, 0.0)


def presented(X: Any, errors: Any) -> Any:
    """The sample of every presentation, one per row."""
    return np.tile(X, (len(errors) // len(X), 1))


def target_work(t: Any, labels: str, value: Any) -> list[Work]:
    """The targets in their coding."""
    if labels == PLUS_MINUS:
        return [Work(at, rf"2 \cdot {num(t[at])} - 1") for at in entries(value)]
    return [Work(at, num(t[at])) for at in entries(value)]


def z_work(X: Any, w0: Any, b0: float, w: Any, b: Any, value: Any) -> list[Work]:
    """Each weighted sum with the weights and the bias of the row before."""
    before, bias = [w0, *w], [b0, *b]
    return [
        Work((k,), f"{dot(X[sample(k + 1, X)], before[k])} + {factor(bias[k])}")
        for (k,) in entries(value)
    ]


def error_work(
    targets: Any, outputs: Any, labels: str, perceptron_rule: str, value: Any
) -> list[Work]:
    """Each error as a difference, or as the target where a mistake is counted as such."""
    out = []
    for (k,) in entries(value):
        target, output = targets[k % len(targets)], outputs[k]
        plain = abs(target - output - value[k]) <= TIE
        out.append(Work((k,), f"{num(target)} - {factor(output)}" if plain else num(target)))
    return out


def _step_work(before: float, eta: float, error: float, x: float) -> str:
    return rf"{num(before)} + {factor(eta)} \cdot {factor(error)} \cdot {factor(x)}"


def w_work(X: Any, w0: Any, eta: float, errors: Any, value: Any) -> list[Work]:
    """Each weight as the one of the row before plus its change."""
    before = [w0, *value]
    return [
        Work((k, i), _step_work(before[k][i], eta, errors[k], X[sample(k + 1, X)][i]))
        for k, i in entries(value)
    ]


def b_work(b0: float, eta: float, errors: Any, value: Any) -> list[Work]:
    """Each bias as the one of the row before plus its change."""
    before = [b0, *value]
    return [
        Work((k,), rf"{num(before[k])} + {factor(eta)} \cdot {factor(errors[k])}")
        for (k,) in entries(value)
    ]


def mistake_work(targets: Any, outputs: Any, value: Any) -> list[Work]:
    """The wrong outputs of each epoch counted one by one."""
    epochs = wrong_outputs(targets, outputs).reshape(len(value), -1)
    return [Work((epoch,), total(epochs[epoch])) for (epoch,) in entries(value)]
