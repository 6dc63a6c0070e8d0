"""Output size of a convolution or pooling layer (Dumoulin and Visin 2016, section 2.4 and 5.1)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from quizapp.exercises.families.cnn._window import count_text, counted, differ
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.substitution import num

_LARGEST = 1_000_000


def _padded(H: float, W: float, pad: float) -> Any:
    return np.array([H + 2.0 * pad, W + 2.0 * pad])


def _padded_once(H: float, W: float, pad: float) -> Any:
    return np.array([H + pad, W + pad])


def _extent(K: float, dilation: float) -> float:
    return dilation * (K - 1.0) + 1.0


def _output(padded: Any, extent: float, stride: float) -> Any:
    return counted(padded, (extent, extent), stride)


def _rounded_up(padded: Any, extent: float, stride: float) -> Any:
    return np.array([math.ceil((side - extent) / stride) + 1.0 for side in padded])


def _padded_work(H: float, W: float, pad: float) -> list[Work]:
    return [Work((at,), rf"{num(side)} + 2 \cdot {num(pad)}") for at, side in enumerate((H, W))]


def _extent_work(K: float, dilation: float) -> list[Work]:
    return [Work((), rf"{num(dilation)} \cdot ({num(K)} - 1) + 1")]


def _output_work(padded: Any, extent: float, stride: float) -> list[Work]:
    return [Work((at,), count_text(padded[at], extent, stride)) for at in (0, 1)]


def _values_work(output: Any, F: float) -> list[Work]:
    return [Work((), rf"{num(F)} \cdot {num(output[0])} \cdot {num(output[1])}")]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A small map, then the middle of a network, then the first layer of one."""
    if level == 1:
        side = int(rng.integers(5, 10))
        return _layer(side, side, int(rng.choice((2, 3))), 1, 0, 1, int(rng.integers(1, 5)))
    if level == 2:
        height, width = rng.choice((28, 30, 32, 33), size=2)
        kernel, pad = int(rng.choice((3, 5))), int(rng.choice((1, 2)))
        return _layer(int(height), int(width), kernel, 2, pad, 1, int(rng.choice((8, 16))))
    height, width = rng.choice((64, 96, 112, 127, 224), size=2)
    kernel, stride = int(rng.choice((3, 5, 7))), int(rng.choice((2, 3, 4)))
    dilation, filters = int(rng.choice((1, 2, 3))), int(rng.choice((16, 32, 64)))
    pad = int(rng.integers(1, 4))
    return _layer(int(height), int(width), kernel, stride, pad, dilation, filters)


def _layer(H: int, W: int, K: int, stride: int, pad: int, dilation: int, F: int) -> dict[str, Any]:
    return {
        "H": H, "W": W, "K": K, "stride": stride, "pad": pad, "dilation": dilation, "F": F,
    }  # fmt: skip


def avoid(padded: Any, extent: float) -> str | None:
    """Kernels that do not fit."""
    return "extent larger than the padded input" if extent > padded.min() else None


def check(
    H: float, W: float, K: float, stride: float, pad: float, dilation: float, F: float
) -> None:
    """All sizes can be those of a layer, and the kernel fits."""
    least = {"H": 1, "W": 1, "K": 1, "stride": 1, "pad": 0, "dilation": 1, "F": 1}
    given = {"H": H, "W": W, "K": K, "stride": stride, "pad": pad, "dilation": dilation, "F": F}
    for name, low in least.items():
        if not low <= given[name] <= _LARGEST:
            raise GivenError(
                f"'{name}' must be a whole number from {low} to {_LARGEST}.", where=name
            )
    if _extent(K, dilation) > _padded(H, W, pad).min():
        raise GivenError(
            "'K' with its dilation spans more than the padded input; no window fits.", where="K"
        )


FAMILY = Family(
    id="conv-output-size",
    topic="cnn",
    title="Output size of a convolution or pooling layer",
    task="Compute the height and the width of the output, and how many values it has.",
    sources=("ece493",),
    givens=(
        Given("H", "H", "input height", kind="integer"),
        Given("W", "W", "input width", kind="integer"),
        Given("K", "K", "side of the square kernel", kind="integer"),
        Given("stride", "s", "stride: the step between windows", kind="integer"),
        Given("pad", "p", "padding: zeros added on every side", kind="integer"),
        Given("dilation", "d", "dilation: spacing of the kernel taps (1 = dense)", kind="integer"),
        Given("F", "F", "number of output channels", kind="integer"),
    ),
    steps=(
        Step(
            "padded",
            "Height and width with padding",
            r"H + 2p, \quad W + 2p",
            _padded,
            kind="integer",
            work=_padded_work,
        ),
        Step(
            "extent",
            "Extent of the kernel",
            r"e = d (K - 1) + 1",
            _extent,
            kind="integer",
            work=_extent_work,
        ),
        Step(
            "output",
            "Height and width of the output",
            r"\left\lfloor \frac{H + 2p - e}{s} \right\rfloor + 1, \quad "
            r"\left\lfloor \frac{W + 2p - e}{s} \right\rfloor + 1",
            _output,
            final=True,
            kind="integer",
            work=_output_work,
        ),
        Step(
            "values",
            "Values of the output",
            r"F H' W' \text{ with the output's height } H' \text{ and width } W'",
            lambda output, F: F * float(output[0]) * float(output[1]),
            kind="integer",
            work=_values_work,
        ),
    ),
    slips=(
        Slip(
            "plus-one-missing",
            "output",
            lambda padded, extent, stride: _output(padded, extent, stride) - 1.0,
            "The window also fits at position 0: add 1 after the division.",
        ),
        Slip(
            "padding-once",
            "padded",
            _padded_once,
            "Padding is added on both sides: 2 pad.",
            when=lambda pad: pad > 0,
        ),
        Slip(
            "rounded-up",
            "output",
            _rounded_up,
            "A window that does not fit completely is dropped: round down.",
            when=lambda padded, extent, stride, output: differ(
                _rounded_up(padded, extent, stride), output
            ),
        ),
        Slip(
            "dilation-times-kernel",
            "extent",
            lambda K, dilation: dilation * K,
            "K taps have K - 1 gaps: the extent is dilation (K - 1) + 1.",
            when=lambda dilation: dilation > 1,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    items=("dl-conv", "dl-pooling"),
)
