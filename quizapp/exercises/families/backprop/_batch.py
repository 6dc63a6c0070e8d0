"""A softmax layer with cross-entropy on a batch, one example per row (Bridle 1990)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import GivenError, Work
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, exp, factor, frac, num, total

SATURATED = 0.05
"""A softmax with a smaller output is nearly one-hot: nothing is left to compute."""


def layer(X: Any, W: Any, b: Any, layout: str) -> Any:
    """One row of pre-activations per example: W x + b (column) or x W + b (row)."""
    return (X @ W.T if layout == "column" else X @ W) + b


def layer_work(X: Any, W: Any, b: Any, layout: str, value: Any) -> list[Work]:
    """Each pre-activation as its sum of products plus the bias."""
    towards = W if layout == "column" else W.T
    return [Work((n, k), f"{dot(X[n], towards[k])} + {factor(b[k])}") for n, k in entries(value)]


def softmax_work(a: Any) -> list[Work]:
    """Each output as a share of the powers of its row."""
    return [
        Work((n, k), frac(exp(a[n, k]), " + ".join(exp(z) for z in a[n]))) for n, k in entries(a)
    ]


def one_hot(t: Any, y: Any) -> Any:
    """The targets as rows of 0 and 1, as many as there are outputs."""
    return np.eye(y.shape[1])[np.asarray(t).astype(int)]


def _share(y: Any, batch: str) -> float:
    """What the errors are divided by: the number of examples, or nothing."""
    return float(len(y)) if batch == "mean" else 1.0


def cross_entropy(y: Any, t: Any, batch: str, line: Line = exact) -> float:
    """Mean or sum of -ln y at the true classes; each of them is a written line."""
    right = y[np.arange(len(y)), np.asarray(t).astype(int)]
    return float(np.sum(line(-np.log(right))) / _share(y, batch))


def cross_entropy_work(y: Any, t: Any, batch: str) -> list[Work]:
    """The loss with its logarithms."""
    text = " - ".join(rf"\ln({num(row[int(k)])})" for row, k in zip(y, t, strict=True))
    whole = len(y) == 1 or batch == "sum"
    return [Work((), f"-{text}" if whole else frac(f"-{text}", str(len(y))))]


def errors(y: Any, t: Any, batch: str) -> Any:
    """The gradient of the loss at the logits."""
    return (y - one_hot(t, y)) / _share(y, batch)


def errors_work(y: Any, t: Any, batch: str) -> list[Work]:
    """Each error as output minus target."""
    targets = one_hot(t, y)
    whole = len(y) == 1 or batch == "sum"
    out = []
    for at in entries(y):
        difference = f"{num(y[at])} - {num(targets[at])}"
        out.append(Work(at, difference if whole else frac(difference, str(len(y)))))
    return out


def elementwise(y: Any, t: Any, batch: str) -> Any:
    """The error if the softmax were a sigmoid: only the true class, with the slope y (1 - y)."""
    return -one_hot(t, y) * (1.0 - y) / _share(y, batch)


def other_reduction(y: Any, t: Any, batch: str) -> Any:
    """The errors of the other reduction of the loss."""
    return errors(y, t, "sum" if batch == "mean" else "mean")


def weight_gradient(inputs: Any, d: Any, layout: str) -> Any:
    """The gradient of the weights, in their layout, summed over the examples."""
    return d.T @ inputs if layout == "column" else inputs.T @ d


def weight_gradient_work(inputs: Any, d: Any, layout: str, value: Any) -> list[Work]:
    """Each weight's gradient as the sum of error times input over the examples."""
    out = []
    for at in entries(value):
        to, source = at if layout == "column" else at[::-1]
        out.append(Work(at, dot(d[:, to], inputs[:, source])))
    return out


def column_sum_work(d: Any, value: Any) -> list[Work]:
    """Each bias's gradient as a sum over the examples."""
    return [Work((k,), total(d[:, k])) for (k,) in entries(value)]


def demand_labels(t: Any, classes: int) -> None:
    """GivenError unless every label is the number of a class, from 0."""
    if np.any(t < 0) or np.any(t >= classes):
        raise GivenError(
            f"'t' holds class labels counted from 0, here up to {classes - 1} (the last output).",
            where="t",
        )
