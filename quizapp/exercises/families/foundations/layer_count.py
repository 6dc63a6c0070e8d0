"""Counting the layers of a network, and calling it shallow or deep (Bengio 2009, section 1)."""

from __future__ import annotations

from typing import Any

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work

_DEEP_FROM = {"three-hidden": 3, "two-hidden": 2}
_LARGEST = 10**9


def _word(hidden: float, deep_from: str) -> str:
    """What a net with so many hidden layers is called."""
    if hidden == 0:
        return "single-layer"
    return "deep" if hidden >= _DEEP_FROM[deep_from] else "shallow"


def _word_from_layers(weight_sets: float, deep_from: str) -> str:
    """The mistake of judging by the sets of weights."""
    return _word(weight_sets, deep_from)


def _layers(weight_sets: float, counting: str) -> float:
    return weight_sets + (counting == "with-input")


def _layers_otherwise(weight_sets: float, counting: str) -> float:
    return weight_sets + (counting == "weights")


def check(sizes: Any) -> None:
    """There are inputs and outputs, and no layer is empty."""
    if len(sizes) < 2:
        raise GivenError(
            "'sizes' holds at least two layers: the inputs and the outputs.", where="sizes"
        )
    if not all(1 <= size <= _LARGEST for size in sizes):
        raise GivenError(f"every layer of 'sizes' has from 1 to {_LARGEST} units.", where="sizes")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Three layers, then four, then five or six."""
    layers = {1: 3, 2: 4, 3: int(rng.integers(5, 7))}[level]
    return {"sizes": rng.integers(2, 10, size=layers)}


FAMILY = Family(
    id="layer-count",
    topic="foundations",
    title="Number of layers, shallow or deep",
    task=(
        "Count the hidden layers, the sets of weights and the layers of the network with these "
        "layer sizes, and say whether it is single-layer, shallow or deep."
    ),
    sources=("nnt", "nc"),
    givens=(
        Given(
            "sizes",
            r"n_0, \ldots, n_L",
            "sizes of all layers, inputs and outputs included",
            "L",
            kind="integer",
        ),
    ),
    conventions={
        "counting": ("weights", "with-input"),
        "deep_from": ("three-hidden", "two-hidden"),
    },
    steps=(
        Step(
            "hidden",
            "Hidden layers",
            r"\text{layers between inputs and outputs}",
            lambda sizes: float(len(sizes) - 2),
            kind="integer",
            work=lambda sizes: [Work((), f"{len(sizes)} - 2")],
        ),
        Step(
            "weight_sets",
            "Sets of weights",
            r"\text{hidden layers} + 1",
            lambda hidden: hidden + 1.0,
            kind="integer",
            work=lambda hidden: [Work((), f"{hidden:.0f} + 1")],
        ),
        Step(
            "layers",
            "Layers of the network",
            r"\text{sets of weights} \text{ (with the input: } + 1 \text{)}",
            _layers,
            final=True,
            kind="integer",
            work=lambda weight_sets, counting: [
                Work((), f"{weight_sets:.0f}" + (" + 1" if counting == "with-input" else ""))
            ],
            formula_for=Among(
                "counting",
                {"weights": r"\text{sets of weights}", "with-input": r"\text{sets of weights} + 1"},
            ),
        ),
        Step(
            "word",
            "Single-layer, shallow or deep?",
            r"\text{deep from three (or two) hidden layers}",
            _word,
            final=True,
            kind="text",
            formula_for=Among(
                "deep_from",
                {
                    "three-hidden": r"\text{deep from three hidden layers}",
                    "two-hidden": r"\text{deep from two hidden layers}",
                },
            ),
        ),
    ),
    slips=(
        Slip(
            "output-counted-as-hidden",
            "hidden",
            lambda sizes: float(len(sizes) - 1),
            "The output layer is not a hidden layer.",
        ),
        Slip(
            "other-count",
            "layers",
            _layers_otherwise,
            "Whether the input counts as a layer depends on the convention named.",
        ),
        Slip(
            "hidden-only",
            "layers",
            lambda hidden: hidden,
            "The output layer counts as a layer.",
        ),
        Slip(
            "word-from-layers",
            "word",
            _word_from_layers,
            "Shallow and deep are judged by the number of HIDDEN layers.",
            when=lambda weight_sets, word, deep_from: (
                _word_from_layers(weight_sets, deep_from) != word
            ),
        ),
    ),
    make=make,
    check=check,
    discrepancies=("layer-counting-and-depth-words",),
    items=("ncl-layer-count", "nc-layer-counting", "nc-shallow", "nc-deep"),
)
