"""What the conventions mean, in words that fit on a problem and in a verdict."""

from __future__ import annotations

from typing import NamedTuple


class Wording(NamedTuple):
    """One value of a convention, as a problem prints it."""

    text: str
    latex: str = ""


CONVENTIONS: dict[str, dict[str, Wording]] = {
    "hebb": {
        "per-neuron": Wording(
            "Hebb factor 1/N (N neurons), diagonal set to 0", r"W = \frac{1}{N}\sum_p x_p x_p^\top"
        ),
        "per-pattern": Wording(
            "Hebb factor 1/P (P patterns), minus the identity",
            r"W = \frac{1}{P}\sum_p x_p x_p^\top - I",
        ),
    },
    "offset": {
        "bias": Wording("b is a bias, added to the field", r"\sum_j w_{ij} y_j + b_i"),
        "threshold": Wording(
            "b is a threshold, subtracted from the field", r"\sum_j w_{ij} y_j - b_i"
        ),
    },
    "update": {
        "async": Wording("asynchronous: one unit at a time, always from the newest state"),
        "sync": Wording("synchronous: all units at once, from the same old state"),
    },
    "tie": {
        "plus": Wording("a field of exactly 0 gives +1"),
        "keep": Wording("a field of exactly 0 keeps the old state"),
        "minus": Wording("a field of exactly 0 gives -1"),
    },
    "softmax_shift": {
        "none": Wording("softmax of the logits as they are"),
        "max": Wording("the largest exponent is subtracted before exponentiating"),
    },
    "relu_slope_at_zero": {
        "zero": Wording("slope at the kink: the left one (ReLU: 0)"),
        "one": Wording("slope at the kink: the right one, 1"),
    },
    "gelu": {
        "exact": Wording("GELU with the normal distribution function", r"x\,\Phi(x)"),
        "tanh": Wording("GELU by its tanh approximation"),
    },
    "layout": {
        "column": Wording("column vectors: one row of W per target unit", r"z = W x + b"),
        "row": Wording("row vectors: one row of W per source unit", r"z = x W + b"),
    },
    "squared_error": {
        "half-sum": Wording("squared error with 1/2", r"E = \frac{1}{2}\sum_k (y_k - t_k)^2"),
        "sum": Wording("squared error without 1/2", r"E = \sum_k (y_k - t_k)^2"),
        "mean": Wording(
            "mean squared error over the outputs", r"E = \frac{1}{O}\sum_k (y_k - t_k)^2"
        ),
    },
    "batch": {
        "mean": Wording("gradients are averaged over the batch"),
        "sum": Wording("gradients are summed over the batch"),
    },
    "l2": {
        "lambda": Wording("penalty with factor λ", r"\lambda \sum_i w_i^2"),
        "half-lambda": Wording("penalty with factor λ/2", r"\frac{\lambda}{2} \sum_i w_i^2"),
    },
    "dropout": {
        "inverted": Wording("inverted dropout: divided by 1 - p in training, nothing at test"),
        "test-scaled": Wording("classic dropout: nothing in training, times 1 - p at test"),
    },
}


def describe(name: str, value: str) -> str:
    """A convention for people: its name, its value and what that means."""
    wording = CONVENTIONS.get(name, {}).get(value)
    shown = name.replace("_", " ")
    return f"{shown} = {value} ({wording.text})" if wording else f"{shown} = {value}"
