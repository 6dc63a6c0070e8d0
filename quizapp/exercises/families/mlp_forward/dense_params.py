"""Parameters of a fully connected network (Goodfellow, Bengio and Courville 2016, chapter 6)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.attention_transformer._counts import demand_flag, product, whole
from quizapp.exercises.families.perceptron._threshold import differ
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work

_LARGEST = 100_000


def _shapes(sizes: Any, layout: str) -> Any:
    pair = (sizes[1:], sizes[:-1]) if layout == "column" else (sizes[:-1], sizes[1:])
    return np.column_stack(pair)


def _weights(sizes: Any) -> Any:
    return sizes[:-1] * sizes[1:]


def _sums(sizes: Any) -> Any:
    return sizes[:-1] + sizes[1:]


def _biases(sizes: Any, bias: Any) -> Any:
    return sizes[1:] if bias else 0.0 * sizes[1:]


def _per_input(sizes: Any) -> Any:
    return sizes[:-1]


def _total(weights: Any, biases: Any) -> float:
    return float(np.sum(weights) + np.sum(biases))


def _first_layer(weights: Any, biases: Any) -> float:
    return float(weights[0] + biases[0])


def _weights_work(sizes: Any) -> list[Work]:
    return [Work((k,), product(sizes[k], sizes[k + 1])) for k in range(len(sizes) - 1)]


def _total_work(weights: Any, biases: Any) -> list[Work]:
    counts = [*weights, *(n for n in biases if n)]
    return [Work((), " + ".join(whole(n) for n in counts))]


def check(sizes: Any, bias: Any) -> None:
    """At least one layer of weights, sizes that are counts; ``bias`` is yes or no."""
    if len(sizes) < 2:
        raise GivenError(
            "'sizes' needs at least two entries: the inputs and one layer.", where="sizes"
        )
    if sizes.min() < 1 or sizes.max() > _LARGEST:
        raise GivenError(
            f"every entry of 'sizes' must be a whole number from 1 to {_LARGEST}.", where="sizes"
        )
    demand_flag("bias", bias)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A small network; a window of one-hot letters; four or five layers of sizes."""
    if level == 1:
        sizes = [rng.integers(5, 13), rng.integers(3, 9), rng.integers(2, 6)]
    elif level == 2:
        window, letters = rng.choice((7, 9, 11, 13)), rng.choice((4, 20, 21))
        sizes = [window * letters, 5 * rng.integers(2, 13), rng.integers(2, 6)]
    else:
        sizes = [*rng.choice((8, 10, 12, 16, 20, 24, 32), size=rng.integers(3, 5)), 3]
    return {
        "sizes": np.array(sizes, dtype=float),
        "bias": bool(level == 1 or rng.random() < 0.8),
    }


def avoid(sizes: Any) -> str | None:
    """Layers in which inputs and units cannot be told apart."""
    return "equal neighbouring sizes" if np.any(np.diff(sizes) == 0) else None


FAMILY = Family(
    id="dense-params",
    topic="mlp-forward",
    title="Parameter count of a fully connected network",
    task="Write down the shape of every weight matrix and count the parameters of the network.",
    sources=("mcb", "nnt", "ece493"),
    givens=(
        Given(
            "sizes",
            "n",
            "sizes of all layers, the inputs first",
            "L",
            kind="integer",
        ),
        Given(
            "bias", r"\mathrm{bias}", "whether every layer after the inputs has biases", kind="raw"
        ),
    ),
    conventions={"layout": ("column", "row")},
    steps=(
        Step(
            "shapes",
            "Shape of every weight matrix",
            r"n_l \times n_{l-1} \text{ (row: } n_{l-1} \times n_l \text{)}",
            _shapes,
            kind="integer",
            formula_for=Among(
                "layout", {"column": r"n_l \times n_{l-1}", "row": r"n_{l-1} \times n_l"}
            ),
        ),
        Step(
            "weights",
            "Weights of every layer",
            r"n_{l-1} \cdot n_l",
            _weights,
            kind="integer",
            work=_weights_work,
        ),
        Step(
            "biases",
            "Biases of every layer",
            r"n_l \text{ with biases, } 0 \text{ without}",
            _biases,
            kind="integer",
            formula_for=lambda bias: "n_l" if bias else "0",
        ),
        Step(
            "total",
            "All parameters",
            r"\sum_l (\text{weights} + \text{biases})",
            _total,
            final=True,
            kind="integer",
            work=_total_work,
            formula_for=lambda bias: (
                r"\sum_l (n_{l-1} n_l + n_l)" if bias else r"\sum_l n_{l-1} n_l"
            ),
        ),
    ),
    slips=(
        Slip(
            "biases-lost",
            "biases",
            lambda sizes: 0.0 * sizes[1:],
            "The biases are parameters too: one per unit after the inputs.",
            when=lambda bias: bias == 1,
        ),
        Slip(
            "biases-per-input",
            "biases",
            _per_input,
            "There is one bias per OUTPUT unit of a layer, not per input.",
            when=lambda sizes, bias: bias == 1 and differ(sizes[:-1], sizes[1:]),
        ),
        Slip(
            "sizes-added",
            "weights",
            _sums,
            "Every input is connected with every output: multiply the sizes.",
            when=lambda sizes: differ(_sums(sizes), _weights(sizes)),
        ),
        Slip(
            "first-layer-only",
            "total",
            _first_layer,
            "The later layers have parameters too.",
            when=lambda sizes: len(sizes) > 2,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("weight-orientation-row-column",),
    items=("pl-fc-shapes", "pl-mlp-dims", "pl-qs-params", "pl-perceptron-1out"),
)
