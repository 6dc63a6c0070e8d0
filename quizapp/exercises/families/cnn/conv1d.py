"""One-dimensional convolution (Goodfellow, Bengio and Courville 2016, section 9.1)."""

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


def _size(padded: Any, taps: Any, stride: float) -> float:
    return float(counted(padded.shape, taps.shape, stride)[0])


def _other_taps(k: Any, kernel: str) -> Any:
    return laid(k, OTHER_KERNEL[kernel])


def _by_ones(padded: Any, taps: Any, size: float) -> Any:
    return responses(padded, taps, 1, size)


def _size_work(padded: Any, taps: Any, stride: float) -> list[Work]:
    return [Work((), count_text(len(padded), len(taps), stride))]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Five inputs and three weights, then with padding, then in steps of 2."""
    n = int(rng.integers(6, 8)) if level == 3 else 5
    return {
        "x": rng.integers(-3, 6, size=n),
        "k": rng.integers(-2, 3, size=3),
        "stride": 2 if level == 3 else 1,
        "pad": {1: 0, 2: 1}.get(level, int(rng.integers(2))),
    }


def avoid(k: Any, output: Any) -> str | None:
    """Kernels on which both conventions agree, and responses that are all the same."""
    if not differ(k, np.flip(k)):
        return "palindromic kernel"
    return "constant output" if np.ptp(output) == 0 else None


def check(x: Any, k: Any, stride: float, pad: float) -> None:
    """The kernel fits on the padded inputs."""
    check_sliding(x.shape, k.shape, stride, pad, where="k")


FAMILY = Family(
    id="conv1d",
    topic="cnn",
    title="One-dimensional convolution",
    task="Slide the kernel over the padded inputs and compute every output.",
    sources=("ece493",),
    givens=(
        Given("x", "x", "inputs", "n"),
        Given("k", "k", "kernel weights", "m"),
        Given("stride", "s", "stride: the step between windows", kind="integer"),
        Given("pad", "p", "padding: zeros added on each side", kind="integer"),
    ),
    conventions={"kernel": ("correlation", "flipped")},
    steps=(
        Step(
            "padded",
            "Inputs with padding",
            r"\tilde{x} = (0, \ldots, 0, x_1, \ldots, x_n, 0, \ldots, 0)",
            bordered,
            work=written,
        ),
        Step(
            "taps",
            "Weights as they lie on the window",
            r"w_i = k_i \text{ (flipped: } k_{m+1-i} \text{)}",
            laid,
            work=written,
            formula_for=Among(
                "kernel", {"correlation": r"w_i = k_i", "flipped": r"w_i = k_{m+1-i}"}
            ),
        ),
        Step(
            "size",
            "Number of outputs",
            r"\left\lfloor \frac{n + 2p - m}{s} \right\rfloor + 1",
            _size,
            kind="integer",
            work=_size_work,
        ),
        Step(
            "output",
            "Outputs",
            r"y_t = \sum_{i=0}^{m-1} \tilde{x}_{ts+i} \, w_i, \quad t = 0, 1, \ldots",
            responses,
            final=True,
            work=responses_work,
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
            "padding-forgotten",
            "padded",
            lambda x: x,
            "The zeros of the padding are missing.",
            when=lambda pad: pad > 0,
        ),
        Slip(
            "stride-ignored",
            "output",
            _by_ones,
            "The window moves by the stride, not by 1.",
            when=lambda padded, taps, size, output: differ(_by_ones(padded, taps, size), output),
        ),
        Slip(
            "size-without-plus-one",
            "size",
            lambda padded, taps, stride: _size(padded, taps, stride) - 1.0,
            "The window also fits at position 0: add 1.",
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("convolution-is-cross-correlation",),
    items=("dl-conv", "dl-translation-equivariance"),
)
