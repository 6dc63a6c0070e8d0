"""Convolutions, patches, pooling and residual blocks."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.exercises.torch_oracles.tensors import (
    MANY,
    Givens,
    Setting,
    Values,
    compared,
    empty,
    functional,
    learned,
    rectified,
    slopes,
    torch,
)


@compared("conv1d")
def conv1d(g: Givens, c: Setting) -> Values:
    """Convolution in the strict sense is the transposed one: every input spreads the kernel."""
    x, k, stride, pad = g["x"][None], g["k"][None, None], int(g["stride"]), int(g["pad"])
    padded = functional.pad(x, (pad, pad))
    if c["kernel"] == "correlation":
        output = functional.conv1d(x, k, stride=stride, padding=pad)
    else:
        inner = functional.conv_transpose1d(padded, k, padding=k.shape[-1] - 1)
        output = inner[:, ::stride]
    return {"padded": padded[0], "size": output.shape[-1], "output": output[0]}


def _slid2d(x: Any, k: Any, g: Givens, kernel: str, groups: int = 1) -> Any:
    """Kernels (out x in x K x L) over maps (in x H x W), by a convolution of either sense."""
    stride, pad = int(g["stride"]), int(g["pad"])
    if kernel == "correlation":
        return functional.conv2d(x, k, stride=stride, padding=pad, groups=groups)
    padded = functional.pad(x, (pad, pad, pad, pad))
    margin = (k.shape[-2] - 1, k.shape[-1] - 1)
    turned = k if groups > 1 or k.shape[1] == k.shape[0] == 1 else k.transpose(0, 1)
    full = functional.conv_transpose2d(padded, turned, padding=margin, groups=groups)
    return full[..., ::stride, ::stride]


@compared("conv2d")
def conv2d(g: Givens, c: Setting) -> Values:
    sums = _slid2d(g["x"][None], g["k"][None, None], g, c["kernel"])[0]
    pad = int(g["pad"])
    return {
        "padded": functional.pad(g["x"], (pad, pad, pad, pad)),
        "size": list(sums.shape),
        "sums": sums,
        "output": sums + g["bias"],
    }


@compared("conv2d-channels")
def conv2d_channels(g: Givens, c: Setting) -> Values:
    x, k = g["x"], g["k"]
    maps = [_slid2d(x, one[:, None], g, c["kernel"], groups=len(x)) for one in k]
    sums = _slid2d(x, k, g, c["kernel"])
    return {
        "size": list(sums.shape[1:]),
        "channel_maps": torch.stack(maps),
        "sums": sums,
        "output": sums + g["bias"][:, None, None],
    }


@compared("pooling")
def pooling(g: Givens, _: Setting) -> Values:
    x, side, stride = g["x"][None], int(g["window"]), int(g["stride"])
    pool = functional.max_pool2d if g["mode"] == "max" else functional.avg_pool2d
    output = pool(x, side, stride)[0]
    return {
        "size": list(output.shape),
        "windows": functional.unfold(x[None], side, stride=stride)[0].T,
        "output": output,
    }


# Counted on tensors without entries ------------------------------------------------------


@compared("conv-output-size")
def conv_output_size(g: Givens, _: Setting) -> Values:
    side, stride, pad, dilation = (int(g[name]) for name in ("K", "stride", "pad", "dilation"))
    x, kernels = empty(1, g["H"], g["W"]), empty(g["F"], 1, side, side)
    output = functional.conv2d(x, kernels, stride=stride, padding=pad, dilation=dilation)
    one = functional.conv_transpose2d(empty(1, 1, 1), kernels[:1], dilation=dilation)
    return {
        "padded": list(functional.pad(x, (pad, pad, pad, pad)).shape[1:]),
        "extent": one.shape[-1],
        "output": list(output.shape[1:]),
        "values": output.numel(),
    }


@compared("conv-params")
def conv_params(g: Givens, c: Setting) -> Values:
    height, width, channels, filters = (int(g[name]) for name in ("H", "W", "C", "F"))
    bias, side = bool(g["bias"]), int(g["K"])
    layer = torch.nn.Conv2d(channels, filters, side, bias=bias, device="meta")
    outputs = filters if c["dense"] == "units" else empty(filters, height, width).numel()
    dense = torch.nn.Linear(height * width * channels, outputs, bias=False, device="meta")
    return {
        "per_filter": layer.weight[0].numel(),
        "weights": layer.weight.numel(),
        "biases": layer.bias.numel() if bias else 0,
        "total": sum(parameter.numel() for parameter in layer.parameters()),
        "dense_weights": dense.weight.numel(),
        "ratio": dense.weight.numel() / layer.weight.numel(),
    }


def _reached(layers: list[list[int]], units: int) -> int:
    """The length of what so many neighbouring units see: the way back is the transposed one."""
    seen = empty(1, units)
    for kernel, stride in reversed(layers):
        seen = functional.conv_transpose1d(seen, empty(1, 1, kernel), stride=stride)
    return int(seen.shape[-1])


@compared("receptive-field")
def receptive_field(g: Givens, _: Setting) -> Values:
    layers = [[int(v) for v in row] for row in g["layers"].tolist()]
    fields = [_reached(layers[: depth + 1], 1) for depth in range(len(layers))]
    # Two neighbours see as much more as the field of one moves between them.
    pairs = [
        _reached(layers[:depth], 2) - _reached(layers[:depth], 1) for depth in range(len(layers))
    ]
    return {"jumps": pairs, "fields": fields, "receptive_field": fields[-1]}


def _short_stack(rng: Any, _: Setting) -> dict[str, Any]:
    depth = int(rng.integers(1, 5))
    kernels, strides = rng.integers(1, 6, size=depth), rng.integers(1, 4, size=depth)
    return {"layers": np.stack((kernels, strides), axis=1).tolist()}


@compared("receptive-field", _short_stack)
def receptive_field_by_gradient(g: Givens, _: Setting) -> Values:
    """The inputs on which the middle unit of a long stack depends, whatever lies between."""
    layers = [[int(v) for v in row] for row in g["layers"].tolist()]
    x = learned(torch.zeros(1, 4 * _reached(layers, 1) + 1))
    y, fields = x, []
    for kernel, stride in layers:
        y = functional.conv1d(y, torch.ones(1, 1, kernel, dtype=x.dtype), stride=stride)
        (touched,) = slopes(y[0, y.shape[-1] // 2], x)
        inputs = touched[0].nonzero()
        fields.append(int(inputs.max() - inputs.min()) + 1)
    return {"fields": fields, "receptive_field": fields[-1]}


@compared("vit-tokens")
def vit_tokens(g: Givens, _: Setting) -> Values:
    side, d = int(g["P"]), int(g["d"])
    embed = torch.nn.Conv2d(int(g["C"]), d, side, stride=side, bias=bool(g["bias"]), device="meta")
    patches = embed(empty(1, g["C"], g["H"], g["W"])).flatten(2).transpose(1, 2)
    tokens = torch.cat((empty(1, 1, d), patches), dim=1)
    return {
        "patches": patches.shape[1],
        "tokens": tokens.shape[1],
        "patch_dim": embed.weight[0].numel(),
        "projection_params": sum(parameter.numel() for parameter in embed.parameters()),
        "position_params": torch.empty_like(tokens).numel(),
        "attention_entries": torch.bmm(tokens, tokens.mT).numel(),
    }


@compared("vit-patches")
def vit_patches(g: Givens, c: Setting) -> Values:
    """Patches by unfolding, their projection by a convolution whose stride is its side."""
    side, image = int(g["P"]), g["x"][None]
    squares = functional.unfold(image[None], side, stride=side)[0].T.unflatten(1, (side, side))
    kernels = g["E"].unflatten(1, (side, side))
    if c["flatten"] == "column-major":
        squares, kernels = squares.mT, kernels.mT
    projected = functional.conv2d(image, kernels[:, None], stride=side).flatten(1).T
    sequence = torch.cat((g["cls"][None], projected))
    return {
        "patches": squares.flatten(1),
        "projected": projected,
        "sequence": sequence,
        "tokens": sequence + g["pos"],
    }


# Residual blocks -------------------------------------------------------------------------


def _block(g: Givens, h: Any, residual: str, slope_at_zero: str) -> Values:
    pre = functional.linear(h, g["W1"])
    hidden = rectified(pre, slope_at_zero)
    branch = functional.linear(hidden, g["W2"])
    total = h + branch
    output = total if residual == "plain" else rectified(total, slope_at_zero)
    return {"pre": pre, "hidden": hidden, "branch": branch, "sum": total, "output": output}


@compared("resnet-block")
def resnet_block(g: Givens, c: Setting) -> Values:
    return _block(g, g["h"], c["residual"], "zero")


@compared("resnet-gradient", problems=MANY)
def resnet_gradient(g: Givens, c: Setting) -> Values:
    h = learned(g["h"])
    run = _block(g, h, c["residual"], c["relu_slope_at_zero"])
    gradient, d_sum, d_hidden, d_pre = slopes(
        run["output"], h, run["sum"], run["hidden"], run["pre"], along=g["g"]
    )
    (d_branch,) = slopes(run["branch"], h, along=d_sum)
    return {
        "pre": run["pre"],
        "sum": run["sum"],
        "d_sum": d_sum,
        "d_hidden": d_hidden,
        "d_pre": d_pre,
        "d_branch": d_branch,
        "gradient": gradient,
    }
