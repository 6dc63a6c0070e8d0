"""Receptive field of a stack of layers (Araujo, Norris and Sim 2019)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.substitution import num, total

_LARGEST = 1e15
"""Beyond it, whole numbers are no longer exact."""


def _strides_before(layers: Any) -> Any:
    return np.cumprod(np.concatenate(([1.0], layers[:-1, 1])))


def _strides_so_far(layers: Any) -> Any:
    return np.cumprod(layers[:, 1])


def _growth(layers: Any, jumps: Any) -> Any:
    return (layers[:, 0] - 1.0) * jumps


def _fields(growth: Any) -> Any:
    return 1.0 + np.cumsum(growth)


def _jump_work(layers: Any) -> list[Work]:
    strides = [num(stride) for stride in layers[:, 1]]
    return [Work((at,), r" \cdot ".join(strides[:at]) or "1") for at in range(len(layers))]


def _growth_work(layers: Any, jumps: Any) -> list[Work]:
    kernels = layers[:, 0]
    return [
        Work((at,), rf"({num(kernel)} - 1) \cdot {num(jumps[at])}")
        for at, kernel in enumerate(kernels)
    ]


def _field_work(growth: Any) -> list[Work]:
    return [Work((at,), total([1.0, *growth[: at + 1]])) for at in range(len(growth))]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two layers of stride 1, then three with one stride of 2, then with pooling between."""
    if level == 1:
        return {"layers": [[int(kernel), 1] for kernel in rng.choice((2, 3, 5, 7), size=2)]}
    kernels = [int(kernel) for kernel in rng.choice((3, 5, 7), size=3)]
    if level == 2:
        strided = int(rng.integers(2))
        return {"layers": [[kernel, 1 + (at == strided)] for at, kernel in enumerate(kernels)]}
    pools = [[int(rng.choice((2, 3))), 2] for _ in range(2)]
    convolutions = [[kernel, 1] for kernel in kernels]
    return {"layers": [convolutions[0], pools[0], convolutions[1], pools[1], convolutions[2]]}


def avoid(layers: Any) -> str | None:
    """Stacks that see one pixel only."""
    return "all kernels 1" if np.all(layers[:, 0] == 1) else None


def check(layers: Any) -> None:
    """Kernels and strides are at least 1, and the counts stay exact."""
    if np.any(layers < 1):
        raise GivenError("kernels and strides in 'layers' are at least 1.", where="layers")
    with np.errstate(over="ignore"):
        reach = layers[:, 0].sum() * np.prod(layers[:, 1])
    if reach > _LARGEST:
        raise GivenError(
            "the strides in 'layers' multiply to more than can be counted.", where="layers"
        )


FAMILY = Family(
    id="receptive-field",
    topic="cnn",
    title="Receptive field of a stack of layers",
    task="Compute, layer by layer, how many input pixels along one side a unit sees.",
    sources=("ece493",),
    givens=(
        Given(
            "layers",
            r"(k_l, s_l)",
            "one row per layer, the first layer first: kernel side and stride",
            "L x 2",
            kind="integer",
        ),
    ),
    steps=(
        Step(
            "jumps",
            "Step of every layer, in input pixels",
            r"j_l = s_1 s_2 \cdots s_{l-1}",
            _strides_before,
            kind="integer",
            work=_jump_work,
        ),
        Step(
            "growth",
            "What every layer adds",
            r"(k_l - 1) \, j_l",
            _growth,
            kind="integer",
            work=_growth_work,
        ),
        Step(
            "fields",
            "Receptive field after every layer",
            r"r_l = 1 + \sum_{i \le l} (k_i - 1) \, j_i",
            _fields,
            kind="integer",
            work=_field_work,
        ),
        Step(
            "receptive_field",
            "Receptive field of the stack",
            r"r_L",
            lambda fields: float(fields[-1]),
            final=True,
            kind="integer",
            work=lambda fields: [Work((), num(fields[-1]))],
        ),
    ),
    slips=(
        Slip(
            "stride-ignored",
            "jumps",
            lambda layers: np.ones(len(layers)),
            "Strides of earlier layers multiply the step of this one; 1 + L(k-1) holds for "
            "stride 1 only.",
            when=lambda layers: bool(np.any(layers[:-1, 1] > 1)),
        ),
        Slip(
            "own-stride-included",
            "jumps",
            _strides_so_far,
            "The stride of a layer spreads the layers after it, not itself.",
            when=lambda layers: bool(np.any(layers[:, 1] > 1)),
        ),
        Slip(
            "kernel-added",
            "growth",
            lambda layers, jumps: layers[:, 0] * jumps,
            "Every layer adds k - 1, because one position is already covered.",
        ),
        Slip(
            "one-forgotten",
            "fields",
            lambda growth: _fields(growth) - 1.0,
            "Start with 1: a unit without any layer sees one pixel.",
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("resnet50-receptive-field",),
    items=("dl-receptive-field", "dl-resnet50-rf", "dl-vgg"),
)
