"""Convolution over several channels (Goodfellow, Bengio and Courville 2016, section 9.5)."""

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
    windows_of,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.shapes import MOST_ENTRIES
from quizapp.exercises.substitution import dot, entries, factor, num, total


def _size(x: Any, k: Any, stride: float, pad: float) -> Any:
    return counted([n + 2 * pad for n in x.shape[1:]], k.shape[2:], stride)


def _channel_maps(x: Any, k: Any, stride: float, pad: float, size: Any, kernel: str) -> Any:
    """Map (f, c): channel c under its own slice of filter f."""
    padded = [bordered(channel, pad) for channel in x]
    return np.array(
        [
            [
                responses(channel, laid(part, kernel), stride, size)
                for channel, part in zip(padded, one, strict=True)
            ]
            for one in k
        ]
    )


def _other_flip(x: Any, k: Any, stride: float, pad: float, size: Any, kernel: str) -> Any:
    return _channel_maps(x, k, stride, pad, size, OTHER_KERNEL[kernel])


def _first_slice(x: Any, k: Any, stride: float, pad: float, size: Any, kernel: str) -> Any:
    return _channel_maps(x, np.repeat(k[:, :1], len(x), axis=1), stride, pad, size, kernel)


def _sums(channel_maps: Any) -> Any:
    return channel_maps.sum(axis=1)


def _last_channel(channel_maps: Any) -> Any:
    return channel_maps[:, -1]


def _mean(channel_maps: Any) -> Any:
    return channel_maps.mean(axis=1)


def _output(sums: Any, bias: Any) -> Any:
    return sums + bias[:, None, None]


def _size_work(x: Any, k: Any, stride: float, pad: float) -> list[Work]:
    sides = zip(x.shape[1:], k.shape[2:], strict=True)
    return [
        Work((side,), count_text(length + 2 * pad, window, stride))
        for side, (length, window) in enumerate(sides)
    ]


def _map_work(x: Any, k: Any, stride: float, pad: float, kernel: str, value: Any) -> list[Work]:
    size = value.shape[2:]
    seen = [windows_of(bordered(channel, pad), k.shape[2:], stride, size) for channel in x]
    out = []
    for f, c, row, column in entries(value):
        taps = laid(k[f, c], kernel)
        out.append(Work((f, c, row, column), dot(seen[c][row, column].ravel(), taps.ravel())))
    return out


def _sums_work(channel_maps: Any, value: Any) -> list[Work]:
    return [Work(at, total(channel_maps[(at[0], slice(None), *at[1:])])) for at in entries(value)]


def _output_work(sums: Any, bias: Any) -> list[Work]:
    return [Work(at, f"{num(sums[at])} + {factor(bias[at[0]])}") for at in entries(sums)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two channels: 2 x 2 under 1 x 1, then 3 x 3 under 2 x 2, then two such filters."""
    side, window, filters = {1: (2, 1, 1), 2: (3, 2, 1), 3: (3, 2, 2)}[level]
    weights = (-2, -1, 1, 2, 3) if level == 1 else (-2, -1, 0, 1, 2)
    return {
        "x": rng.integers(-2, 4, size=(2, side, side)),
        "k": rng.choice(weights, size=(filters, 2, window, window)),
        "bias": rng.choice((-2, -1, 1, 2), size=filters),
        "stride": 1,
        "pad": 0,
    }


def avoid(x: Any, k: Any) -> str | None:
    """Channels or slices of a filter that are the same."""
    if not differ(x[0], x[1]):
        return "equal channels"
    return "equal slices" if any(not differ(one[0], one[1]) for one in k) else None


def check(x: Any, k: Any, stride: float, pad: float) -> None:
    """The kernels fit on the padded channels, and the maps can be written down."""
    check_sliding(x.shape[1:], k.shape[2:], stride, pad, where="k")
    if k.shape[0] * k.shape[1] * _size(x, k, stride, pad).prod() > MOST_ENTRIES:
        raise GivenError(f"'k' makes maps of more than {MOST_ENTRIES} entries.", where="k")


def _slices_differ(x: Any, k: Any) -> bool:
    return len(x) > 1 and any(differ(one, np.repeat(one[:1], len(one), axis=0)) for one in k)


FAMILY = Family(
    id="conv2d-channels",
    topic="cnn",
    title="Convolution with several channels and filters",
    task="Slide every slice of a filter over its channel, add the channels up and add the bias of "
    "the filter.",
    sources=("ece493",),
    givens=(
        Given("x", "x", "input maps, one per channel", "C x H x W"),
        Given("k", "k", "kernels: for each filter one slice per channel", "F x C x K x L"),
        Given("bias", "b", "biases, one per filter", "F"),
        Given("stride", "s", "stride: the step between windows in both directions", kind="integer"),
        Given("pad", "p", "padding: zeros added on every side of every channel", kind="integer"),
    ),
    conventions={"kernel": ("correlation", "flipped")},
    steps=(
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
            "channel_maps",
            "Response of every channel, filter by filter",
            r"m_{fc} = \sum_{i,j} \tilde{x}_{c, rs+i, qs+j} \, k_{fcij}"
            r" \text{ (flipped: } k_{fc} \text{ turned by 180 degrees)}",
            _channel_maps,
            work=_map_work,
            formula_for=Among(
                "kernel",
                {
                    "correlation": r"m_{fc} = \sum_{i,j} \tilde{x}_{c, rs+i, qs+j} \, k_{fcij}",
                    "flipped": r"m_{fc} = \sum_{i,j} \tilde{x}_{c, rs+i, qs+j} \, "
                    r"k_{fc, K+1-i, L+1-j}",
                },
            ),
        ),
        Step(
            "sums",
            "Sum over the channels",
            r"\sum_c m_{fc}",
            _sums,
            work=_sums_work,
        ),
        Step(
            "output",
            "Output maps, one per filter",
            r"y_f = \sum_c m_{fc} + b_f",
            _output,
            final=True,
            work=_output_work,
        ),
    ),
    slips=(
        Slip(
            "last-channel-only",
            "sums",
            _last_channel,
            "A filter adds up its responses over all input channels.",
            when=lambda channel_maps, sums: differ(_last_channel(channel_maps), sums),
        ),
        Slip(
            "channels-averaged",
            "sums",
            _mean,
            "Channel responses are added, not averaged.",
            when=lambda channel_maps, sums: differ(_mean(channel_maps), sums),
        ),
        Slip(
            "first-slice-for-all",
            "channel_maps",
            _first_slice,
            "Every input channel has its own slice of the filter.",
            when=_slices_differ,
        ),
        Slip(
            "bias-per-channel",
            "output",
            lambda sums, bias, x: _output(sums, len(x) * bias),
            "One bias per filter, added once, not once per channel.",
            when=lambda x, bias: len(x) > 1 and bool(np.any(np.abs(bias) > TIE)),
        ),
        Slip(
            "other-flip",
            "channel_maps",
            _other_flip,
            "The kernel lies on the window the other way round.",
            when=lambda k: differ(k, np.flip(k, axis=(2, 3))),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("convolution-is-cross-correlation",),
    items=("dl-conv", "dl-param-sharing"),
)
