"""Convolution of one channel (Goodfellow, Bengio and Courville 2016, section 9.1)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.cnn._window import (
    OTHER_KERNEL,
    bordered,
    check_sliding,
    count_text,
    counted,
    differ,
    laid,
    responses,
    responses_work,
    written,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, num


def _size(padded: Any, taps: Any, stride: float) -> Any:
    return counted(padded.shape, taps.shape, stride)


def _other_taps(k: Any, kernel: str) -> Any:
    return laid(k, OTHER_KERNEL[kernel])


def _half_turned(k: Any, kernel: str) -> Any:
    """Transposed where nothing is to be done, upside down where a rotation is."""
    return k.T if kernel == "correlation" else k[::-1]


def _by_ones(padded: Any, taps: Any, size: Any) -> Any:
    return responses(padded, taps, 1, size)


def _size_work(padded: Any, taps: Any, stride: float) -> list[Work]:
    return [
        Work((side,), count_text(padded.shape[side], taps.shape[side], stride)) for side in (0, 1)
    ]


def _output_work(sums: Any, bias: float) -> list[Work]:
    return [Work(at, f"{num(sums[at])} + {factor(bias)}") for at in entries(sums)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """3 x 3 under a 2 x 2 kernel, then 4 x 4 with padding, then 5 x 5 in steps of 2."""
    side, window, pad, stride = {1: (3, 2, 0, 1), 2: (4, 3, 1, 1), 3: (5, 3, 0, 2)}[level]
    return {
        "x": rng.integers(-2, 5, size=(side, side)),
        "k": rng.integers(-2, 3, size=(window, window)),
        "bias": 0 if level == 1 else int(rng.choice((-2, -1, 1, 2))),
        "stride": stride,
        "pad": pad,
    }


def avoid(x: Any, k: Any) -> str | None:
    """Kernels that equal their rotation by 180 degrees, and inputs that are all the same."""
    if not differ(k, np.flip(k)):
        return "the kernel equals its rotation"
    return "constant input" if np.ptp(x) == 0 else None


def check(x: Any, k: Any, stride: float, pad: float) -> None:
    """The kernel fits on the padded map."""
    check_sliding(x.shape, k.shape, stride, pad, where="k")


FAMILY = Family(
    id="conv2d",
    topic="cnn",
    title="Two-dimensional convolution, one channel",
    task="Slide the kernel over the padded map, row by row, and add the bias to every response.",
    sources=("ece493",),
    givens=(
        Given("x", "x", "input map", "H x W"),
        Given("k", "k", "kernel weights", "K x L"),
        Given("bias", "b", "bias, added to every output"),
        Given("stride", "s", "stride: the step between windows in both directions", kind="integer"),
        Given("pad", "p", "padding: zeros added on every side", kind="integer"),
    ),
    conventions={"kernel": ("correlation", "flipped")},
    steps=(
        Step(
            "padded",
            "Map with padding",
            r"\tilde{x} = x \text{ with a border of } p \text{ zeros}",
            bordered,
            work=written,
        ),
        Step(
            "taps",
            "Weights as they lie on the window",
            r"w_{ij} = k_{ij} \text{ (flipped: } k_{K+1-i, L+1-j} \text{)}",
            laid,
            work=written,
            formula_for=Among(
                "kernel",
                {"correlation": r"w_{ij} = k_{ij}", "flipped": r"w_{ij} = k_{K+1-i, L+1-j}"},
            ),
        ),
        Step(
            "size",
            "Rows and columns of the output",
            r"\left\lfloor \frac{H + 2p - K}{s} \right\rfloor + 1, \quad "
            r"\left\lfloor \frac{W + 2p - L}{s} \right\rfloor + 1",
            _size,
            kind="integer",
            work=_size_work,
        ),
        Step(
            "sums",
            "Responses",
            r"\sum_{i,j} \tilde{x}_{rs+i, cs+j} \, w_{ij}",
            responses,
            work=responses_work,
        ),
        Step(
            "output",
            "Output map",
            r"y_{rc} = \sum_{i,j} \tilde{x}_{rs+i, cs+j} \, w_{ij} + b",
            lambda sums, bias: sums + bias,
            final=True,
            work=_output_work,
        ),
    ),
    slips=(
        Slip(
            "other-flip",
            "taps",
            _other_taps,
            "The kernel lies on the window the other way round: correlation does not flip it, "
            "convolution in the strict sense does.",
            when=lambda k: differ(k, np.flip(k)),
        ),
        Slip(
            "flipped-once",
            "taps",
            _half_turned,
            "The kernel must lie on the window unchanged (correlation) or rotated by 180 degrees "
            "(convolution).",
            when=lambda k, kernel, taps: (
                k.shape[0] == k.shape[1] and differ(_half_turned(k, kernel), taps)
            ),
        ),
        Slip(
            "padding-forgotten",
            "padded",
            lambda x: x,
            "The border of zeros is missing.",
            when=lambda pad: pad > 0,
        ),
        Slip(
            "stride-ignored",
            "sums",
            _by_ones,
            "The window moves by the stride, not by 1.",
            when=lambda padded, taps, size, sums: differ(_by_ones(padded, taps, size), sums),
        ),
        Slip(
            "size-without-plus-one",
            "size",
            lambda padded, taps, stride: _size(padded, taps, stride) - 1.0,
            "The window also fits at position 0: add 1 in both directions.",
        ),
        Slip(
            "bias-forgotten",
            "output",
            lambda sums: sums,
            "The bias is added to every entry of the map.",
            when=lambda bias: abs(bias) > TIE,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("convolution-is-cross-correlation",),
    items=("dl-conv",),
)
