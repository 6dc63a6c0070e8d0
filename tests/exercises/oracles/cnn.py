"""Independent solvers of the families on convolutions and residual blocks, and problems for them.

Plain loops over windows; gradients are complex steps, never the formulas that are under test.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Numbers = list[float]
Table = list[list[float]]
Values = dict[str, Any]

NEAR = 1e-9
_TINY = 1e-30


# Convolution and pooling -----------------------------------------------------------------


def _positions(length: int, window: int, stride: int) -> int:
    """How many windows fit, counted one by one."""
    return sum(1 for start in range(0, length, stride) if start + window <= length)


def _with_border(x: Table, pad: int) -> Table:
    wide = len(x[0]) + 2 * pad
    rows = [[0.0] * pad + list(row) + [0.0] * pad for row in x]
    return [[0.0] * wide for _ in range(pad)] + rows + [[0.0] * wide for _ in range(pad)]


def _turned(k: Table, kernel: str) -> Table:
    return [list(row) for row in k] if kernel == "correlation" else [row[::-1] for row in k[::-1]]


def _slid(x: Table, taps: Table, stride: int) -> Table:
    rows = _positions(len(x), len(taps), stride)
    columns = _positions(len(x[0]), len(taps[0]), stride)
    offsets = list(itertools.product(range(len(taps)), range(len(taps[0]))))
    return [
        [
            math.fsum(x[r * stride + i][c * stride + j] * taps[i][j] for i, j in offsets)
            for c in range(columns)
        ]
        for r in range(rows)
    ]


def conv1d(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    pad, stride = int(g["pad"]), int(g["stride"])
    padded = [0.0] * pad + list(g["x"]) + [0.0] * pad
    taps = list(g["k"]) if c["kernel"] == "correlation" else list(g["k"])[::-1]
    output = _slid([padded], [taps], stride)[0]
    return {"padded": padded, "taps": taps, "size": len(output), "output": output}


def conv2d(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    padded = _with_border(g["x"], int(g["pad"]))
    taps = _turned(g["k"], c["kernel"])
    sums = _slid(padded, taps, int(g["stride"]))
    return {
        "padded": padded,
        "taps": taps,
        "size": [len(sums), len(sums[0])],
        "sums": sums,
        "output": [[v + g["bias"] for v in row] for row in sums],
    }


def conv2d_channels(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    maps = [
        [
            _slid(_with_border(x, int(g["pad"])), _turned(k, c["kernel"]), int(g["stride"]))
            for x, k in zip(g["x"], one, strict=True)
        ]
        for one in g["k"]
    ]
    rows, columns = len(maps[0][0]), len(maps[0][0][0])
    sums = [
        [[math.fsum(m[r][q] for m in one) for q in range(columns)] for r in range(rows)]
        for one in maps
    ]
    return {
        "size": [rows, columns],
        "channel_maps": maps,
        "sums": sums,
        "output": [
            [[v + b for v in row] for row in one] for one, b in zip(sums, g["bias"], strict=True)
        ],
    }


def pooling(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    x, side, stride = g["x"], int(g["window"]), int(g["stride"])
    rows, columns = (_positions(n, side, stride) for n in (len(x), len(x[0])))
    seen = [
        [x[r * stride + i][c * stride + j] for i in range(side) for j in range(side)]
        for r in range(rows)
        for c in range(columns)
    ]
    pooled = [max(w) if g["mode"] == "max" else math.fsum(w) / len(w) for w in seen]
    return {
        "size": [rows, columns],
        "windows": seen,
        "output": [pooled[r * columns : (r + 1) * columns] for r in range(rows)],
    }


def conv_output_size(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    """The taps are laid out one by one, and the windows counted."""
    taps = range(0, int(g["K"] * g["dilation"]), int(g["dilation"]))
    padded = [int(g[side] + 2 * g["pad"]) for side in "HW"]
    extent = taps[-1] + 1
    output = [_positions(n, extent, int(g["stride"])) for n in padded]
    return {
        "padded": padded,
        "extent": extent,
        "output": output,
        "values": g["F"] * output[0] * output[1],
    }


def conv_params(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    height, width, channels, side, filters = (int(g[name]) for name in ("H", "W", "C", "K", "F"))
    one = len(list(itertools.product(range(side), range(side), range(channels))))
    biases = filters if g["bias"] else 0
    outputs = filters if c["dense"] == "units" else height * width * filters
    dense = height * width * channels * outputs
    return {
        "per_filter": one,
        "weights": one * filters,
        "biases": biases,
        "total": one * filters + biases,
        "dense_weights": dense,
        "ratio": dense / (one * filters),
    }


def receptive_field(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    """The input pixels that one unit sees, walked back from it through the layers."""
    layers = [(int(kernel), int(stride)) for kernel, stride in g["layers"]]

    def seen(depth: int) -> int:
        low = high = 0
        for kernel, stride in reversed(layers[:depth]):
            low, high = low * stride, high * stride + kernel - 1
        return high - low + 1

    fields = [seen(depth) for depth in range(1, len(layers) + 1)]
    growth = [b - a for a, b in itertools.pairwise([1, *fields])]
    jumps = []
    jump = 1
    for _kernel, stride in layers:
        jumps.append(jump)
        jump *= stride
    return {"jumps": jumps, "growth": growth, "fields": fields, "receptive_field": fields[-1]}


# Residual blocks -------------------------------------------------------------------------


def _times(w: Sequence[Sequence[complex]], x: Sequence[complex]) -> list[complex]:
    return [sum((a * b for a, b in zip(row, x, strict=True)), 0j) for row in w]


def _rectified(z: complex, at_zero: str = "zero") -> complex:
    open_ = at_zero == "one" if abs(z.real) <= NEAR else z.real > 0
    return z if open_ else 0j


def _real(values: Sequence[complex]) -> Numbers:
    return [complex(v).real for v in values]


def resnet_block(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    pre = _real(_times(g["W1"], g["h"]))
    hidden = [max(0.0, z) for z in pre]
    branch = _real(_times(g["W2"], hidden))
    total = [a + b for a, b in zip(g["h"], branch, strict=True)]
    output = total if c["residual"] == "plain" else [max(0.0, v) for v in total]
    return {"pre": pre, "hidden": hidden, "branch": branch, "sum": total, "output": output}


def resnet_gradient(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    """All gradients by complex steps of g · output, each with respect to one line of the block."""
    at_zero = c["relu_slope_at_zero"]
    h = [complex(v) for v in g["h"]]

    def loss_at_sum(total: list[complex]) -> complex:
        if c["residual"] == "post-relu":
            total = [_rectified(v, at_zero) for v in total]
        return sum((a * b for a, b in zip(g["g"], total, strict=True)), 0j)

    def loss_at_hidden(hidden: list[complex]) -> complex:
        branch = _times(g["W2"], hidden)
        return loss_at_sum([a + b for a, b in zip(h, branch, strict=True)])

    def loss_at_pre(pre: list[complex]) -> complex:
        return loss_at_hidden([_rectified(z, at_zero) for z in pre])

    def loss_in_branch(inner: list[complex]) -> complex:
        return loss_at_pre(_times(g["W1"], inner))

    def loss(outer: list[complex]) -> complex:
        hidden = [_rectified(z, at_zero) for z in _times(g["W1"], outer)]
        branch = _times(g["W2"], hidden)
        return loss_at_sum([a + b for a, b in zip(outer, branch, strict=True)])

    pre = _times(g["W1"], h)
    hidden = [_rectified(z, at_zero) for z in pre]
    total = [a + b for a, b in zip(h, _times(g["W2"], hidden), strict=True)]
    return {
        "pre": _real(pre),
        "sum": _real(total),
        "d_sum": _slopes(loss_at_sum, total),
        "d_hidden": _slopes(loss_at_hidden, hidden),
        "d_pre": _slopes(loss_at_pre, pre),
        "d_branch": _slopes(loss_in_branch, h),
        "gradient": _slopes(loss, h),
    }


def _slopes(loss: Callable[[list[complex]], complex], at: Sequence[complex]) -> Numbers:
    out = []
    for i in range(len(at)):
        moved = [complex(v) for v in at]
        moved[i] += _TINY * 1j
        out.append(loss(moved).imag / _TINY)
    return out


# Own problems ----------------------------------------------------------------------------


def _table(rng: Any, *shape: int, spread: float = 1.0) -> Any:
    return rng.normal(0.0, spread, size=shape).tolist()


def _conv1d(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    m = int(rng.integers(1, 9))
    return {
        "x": _table(rng, m + int(rng.integers(0, 60)), spread=9.0),
        "k": _table(rng, m),
        "stride": int(rng.integers(1, 6)),
        "pad": int(rng.integers(0, 7)),
    }


def _sides(rng: Any) -> tuple[int, int, int, int]:
    """The sides of a kernel and those of a map on which it fits."""
    rows, columns = (int(n) for n in rng.integers(1, 5, size=2))
    height, width = (int(n) for n in rng.integers(0, 9, size=2))
    return rows, columns, rows + height, columns + width


def _conv2d(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    rows, columns, height, width = _sides(rng)
    return {
        "x": _table(rng, height, width, spread=9.0),
        "k": _table(rng, rows, columns),
        "bias": float(rng.normal()),
        "stride": int(rng.integers(1, 4)),
        "pad": int(rng.integers(0, 4)),
    }


def _conv2d_channels(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    rows, columns, height, width = _sides(rng)
    channels, filters = (int(n) for n in rng.integers(1, 5, size=2))
    return {
        "x": _table(rng, channels, height, width, spread=9.0),
        "k": _table(rng, filters, channels, rows, columns),
        "bias": _table(rng, filters),
        "stride": int(rng.integers(1, 4)),
        "pad": int(rng.integers(0, 3)),
    }


def _pooling(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    side = int(rng.integers(1, 6))
    height, width = (side + int(n) for n in rng.integers(0, 12, size=2))
    return {
        "x": _table(rng, height, width, spread=9.0),
        "window": side,
        "stride": int(rng.integers(1, 5)),
        "mode": str(rng.choice(("max", "average"))),
    }


def _conv_output_size(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    side, dilation = (int(n) for n in rng.integers(1, 12, size=2))
    height, width = (int(n) for n in rng.integers(side * dilation, 600, size=2))
    return {
        "H": height,
        "W": width,
        "K": side,
        "stride": int(rng.integers(1, 9)),
        "pad": int(rng.integers(0, 9)),
        "dilation": dilation,
        "F": int(rng.integers(1, 2048)),
    }


def _conv_params(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    height, width = (int(n) for n in rng.integers(1, 300, size=2))
    return {
        "H": height,
        "W": width,
        "C": int(rng.integers(1, 300)),
        "K": int(rng.integers(1, 12)),
        "F": int(rng.integers(1, 300)),
        "bias": bool(rng.random() < 0.5),
    }


def _receptive_field(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    depth = int(rng.integers(1, 21))
    kernels, strides = rng.integers(1, 12, size=depth), rng.integers(1, 4, size=depth)
    return {"layers": np.stack((kernels, strides), axis=1).tolist()}


def _block(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    d, m = (int(n) for n in rng.integers(1, 9, size=2))
    if rng.random() < 0.3:  # whole numbers meet the kink of a ReLU
        return {
            "h": rng.integers(-1, 2, size=d).tolist(),
            "W1": rng.integers(-1, 2, size=(m, d)).tolist(),
            "W2": rng.integers(-1, 2, size=(d, m)).tolist(),
        }
    return {"h": _table(rng, d), "W1": _table(rng, m, d), "W2": _table(rng, d, m)}


def _block_and_gradient(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    givens = _block(rng, c)
    return {**givens, "g": _table(rng, len(givens["h"]))}


ORACLES = {
    "conv1d": conv1d,
    "conv2d": conv2d,
    "conv2d-channels": conv2d_channels,
    "pooling": pooling,
    "conv-output-size": conv_output_size,
    "conv-params": conv_params,
    "receptive-field": receptive_field,
    "resnet-block": resnet_block,
    "resnet-gradient": resnet_gradient,
}

DRAWS = {
    "conv1d": _conv1d,
    "conv2d": _conv2d,
    "conv2d-channels": _conv2d_channels,
    "pooling": _pooling,
    "conv-output-size": _conv_output_size,
    "conv-params": _conv_params,
    "receptive-field": _receptive_field,
    "resnet-block": _block,
    "resnet-gradient": _block_and_gradient,
}
