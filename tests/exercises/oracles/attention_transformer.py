"""Independent solvers of the Transformer families, and problems of any size for them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

Numbers = list[float]
Table = list[list[float]]
Values = dict[str, Any]
Givens = Mapping[str, Any]
Setting = Mapping[str, str]


def _times(a: Table, b: Table) -> Table:
    columns = list(zip(*b, strict=True))
    return [
        [math.fsum(x * y for x, y in zip(row, column, strict=True)) for column in columns]
        for row in a
    ]


def _turned(a: Table) -> Table:
    return [list(column) for column in zip(*a, strict=True)]


def _plus(a: Table, b: Table) -> Table:
    return [[x + y for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def _shifted(a: Table, b: Numbers) -> Table:
    return [[x + y for x, y in zip(row, b, strict=True)] for row in a]


def _distribution(row: Numbers) -> Numbers:
    """Softmax: each entry is 1 over the sum of e^(other - this)."""
    return [1.0 / math.fsum(math.exp(y - x) for y in row) for x in row]


def _scores_over_root(queries: Table, keys: Table) -> Table:
    root = math.sqrt(len(keys[0]))
    return [
        [math.fsum(a * b for a, b in zip(q, k, strict=True)) / root for k in keys] for q in queries
    ]


def _standard(row: Numbers, eps: float) -> Numbers:
    """A row minus its mean over the root of its mean squared deviation + eps."""
    mean = math.fsum(row) / len(row)
    spread = math.fsum((v - mean) ** 2 for v in row) / len(row)
    return [(v - mean) / math.sqrt(spread + eps) for v in row]


def multi_head(g: Givens, _: Setting) -> Values:
    out: Values = {name: [] for name in ("Q", "K", "V", "scaled", "weights", "heads")}
    for w_q, w_k, w_v in zip(g["W_Q"], g["W_K"], g["W_V"], strict=True):
        q, k, v = (_times(g["X"], w) for w in (w_q, w_k, w_v))
        scaled = _scores_over_root(q, k)
        weights = [_distribution(row) for row in scaled]
        head = _times(weights, v)
        for name, value in zip(out, (q, k, v, scaled, weights, head), strict=True):
            out[name].append(value)
    concat = [
        [entry for head in out["heads"] for entry in head[token]] for token in range(len(g["X"]))
    ]
    return {**out, "concat": concat, "output": _times(concat, g["W_O"])}


def mha_params(g: Givens, _: Setting) -> Values:
    """Counted head by head, matrix by matrix."""
    heads = range(int(g["H"]))
    d, d_k, d_v = (int(g[name]) for name in ("d_model", "d_k", "d_v"))
    has = bool(g["bias"])
    queries_keys = sum(d * d_k + d * d_k for _ in heads)
    values = sum(d * d_v for _ in heads)
    rows = sum(d_v for _ in heads)
    biases = sum(d_k + d_k + d_v for _ in heads) + d if has else 0
    return {
        "qk_weights": queries_keys,
        "v_weights": values,
        "out_weights": rows * d,
        "biases": biases,
        "total": queries_keys + values + rows * d + biases,
    }


def _active(z: float, name: str, gelu: str) -> float:
    if name == "relu":
        return z if z > 0 else 0.0
    if gelu == "exact":
        return z * (1.0 + math.erf(z / math.sqrt(2.0))) / 2.0
    inner = math.sqrt(2.0 / math.pi) * (z + 0.044715 * z**3)
    return z / 2.0 * (1.0 + math.tanh(inner))


def ffn(g: Givens, c: Setting) -> Values:
    pre = _shifted(_times(g["H"], g["W1"]), g["b1"])
    hidden = [[_active(z, g["activation"], c["gelu"]) for z in row] for row in pre]
    return {
        "pre": pre,
        "hidden": hidden,
        "output": _shifted(_times(hidden, g["W2"]), g["b2"]),
    }


def add_norm(g: Givens, _: Setting) -> Values:
    added = _plus(g["x"], g["sublayer"])
    means = [math.fsum(row) / len(row) for row in added]
    normed = [_standard(row, g["eps"]) for row in added]
    return {
        "sum": added,
        "mean": means,
        "variance": [
            math.fsum((v - m) ** 2 for v in row) / len(row)
            for row, m in zip(added, means, strict=True)
        ],
        "normalised": normed,
        "output": [
            [s * v + t for s, v, t in zip(g["gamma"], row, g["beta"], strict=True)]
            for row in normed
        ],
    }


def encoder_block(g: Givens, c: Setting) -> Values:
    def normed(rows: Table) -> Table:
        return [_standard(row, g["eps"]) for row in rows]

    post = c["norm_position"] == "post"
    tokens = g["X"]
    attn_in = tokens if post else normed(tokens)
    q, k, v = (_times(attn_in, g[name]) for name in ("W_Q", "W_K", "W_V"))
    weights = [_distribution(row) for row in _scores_over_root(q, k)]
    attended = _times(_times(weights, v), g["W_O"])
    first = _plus(tokens, attended)
    mid = normed(first) if post else first
    ffn_in = mid if post else normed(mid)
    hidden = [[max(z, 0.0) for z in row] for row in _shifted(_times(ffn_in, g["W1"]), g["b1"])]
    fed = _shifted(_times(hidden, g["W2"]), g["b2"])
    second = _plus(mid, fed)
    return {
        "attn_in": attn_in,
        "weights": weights,
        "attended": attended,
        "residual1": first,
        "mid": mid,
        "ffn_in": ffn_in,
        "ffn": fed,
        "residual2": second,
        "output": normed(second) if post else second,
    }


def vit_tokens(g: Givens, _: Setting) -> Values:
    """Counted by walking over the image."""
    side, d = int(g["P"]), int(g["d"])
    patches = len(range(0, int(g["H"]), side)) * len(range(0, int(g["W"]), side))
    numbers = sum(side * int(g["C"]) for _ in range(side))
    return {
        "patches": patches,
        "tokens": 1 + patches,
        "patch_dim": numbers,
        "projection_params": d * (numbers + 1) if g["bias"] else d * numbers,
        "position_params": d + d * patches,
        "attention_entries": (1 + patches) * (1 + patches),
    }


def vit_patches(g: Givens, c: Setting) -> Values:
    """Pixel by pixel from the corner of each patch."""
    image, side = g["x"], int(g["P"])
    patches = []
    for top in range(0, len(image), side):
        for left in range(0, len(image[0]), side):
            if c["flatten"] == "row-major":
                places = [(r, s) for r in range(side) for s in range(side)]
            else:
                places = [(r, s) for s in range(side) for r in range(side)]
            patches.append([image[top + r][left + s] for r, s in places])
    projected = [
        [math.fsum(e * p for e, p in zip(row, patch, strict=True)) for row in g["E"]]
        for patch in patches
    ]
    sequence = [list(g["cls"]), *projected]
    return {
        "patches": patches,
        "projected": projected,
        "sequence": sequence,
        "tokens": _plus(sequence, g["pos"]),
    }


ORACLES: dict[str, Callable[[Givens, Setting], Values]] = {
    "multi-head": multi_head,
    "mha-params": mha_params,
    "ffn": ffn,
    "add-norm": add_norm,
    "encoder-block": encoder_block,
    "vit-tokens": vit_tokens,
    "vit-patches": vit_patches,
}


# Problems as a student brings them along ---------------------------------------------------


def _table(rng: Any, *shape: int, spread: float = 1.0) -> Any:
    return rng.normal(0.0, spread, size=shape).tolist()


def _sizes(rng: Any, most: int, count: int) -> list[int]:
    return [int(v) for v in rng.integers(1, most + 1, size=count)]


def _multi_head(rng: Any, _: Setting) -> Values:
    n, d, heads, d_k, d_v = _sizes(rng, 6, 5)
    return {
        "X": _table(rng, n, d, spread=2.0),
        "W_Q": _table(rng, heads, d, d_k, spread=2.0),
        "W_K": _table(rng, heads, d, d_k),
        "W_V": _table(rng, heads, d, d_v),
        "W_O": _table(rng, heads * d_v, d),
    }


def _mha_params(rng: Any, _: Setting) -> Values:
    d_model, d_k, d_v = _sizes(rng, 20_000, 3)
    return {
        "d_model": d_model,
        "H": int(rng.integers(1, 200)),
        "d_k": d_k,
        "d_v": d_v,
        "bias": bool(rng.random() < 0.5) if rng.random() < 0.7 else 1.0,
    }


def _ffn(rng: Any, _: Setting) -> Values:
    n, d, d_ff = _sizes(rng, 9, 3)
    return {
        "H": _table(rng, n, d),
        "W1": _table(rng, d, d_ff),
        "b1": _table(rng, d_ff),
        "W2": _table(rng, d_ff, d),
        "b2": _table(rng, d),
        "activation": str(rng.choice(("relu", "gelu"))),
    }


def _add_norm(rng: Any, _: Setting) -> Values:
    n, d = int(rng.integers(1, 12)), int(rng.integers(2, 40))
    return {
        "x": _table(rng, n, d, spread=5.0),
        "sublayer": _table(rng, n, d, spread=3.0),
        "gamma": _table(rng, d),
        "beta": _table(rng, d),
        "eps": float(rng.choice((0.0, 1e-5, 0.1))),
    }


def _encoder_block(rng: Any, _: Setting) -> Values:
    n, d_ff = _sizes(rng, 8, 2)
    d = int(rng.integers(2, 8))
    return {
        "X": _table(rng, n, d, spread=2.0),
        **{name: _table(rng, d, d) for name in ("W_Q", "W_K", "W_V", "W_O")},
        "W1": _table(rng, d, d_ff),
        "b1": _table(rng, d_ff),
        "W2": _table(rng, d_ff, d),
        "b2": _table(rng, d),
        "eps": float(rng.choice((1e-5, 1e-3, 0.1))),
    }


def _vit_tokens(rng: Any, _: Setting) -> Values:
    side, down, across = _sizes(rng, 32, 3)
    return {
        "H": side * down,
        "W": side * across,
        "C": int(rng.integers(1, 12)),
        "P": side,
        "d": int(rng.integers(1, 5_000)),
        "bias": bool(rng.random() < 0.5) if rng.random() < 0.7 else 0.0,
    }


def _vit_patches(rng: Any, _: Setting) -> Values:
    side, down, across, d = _sizes(rng, 5, 4)
    return {
        "x": _table(rng, side * down, side * across, spread=9.0),
        "P": side,
        "E": _table(rng, d, side * side),
        "cls": _table(rng, d),
        "pos": _table(rng, down * across + 1, d),
    }


DRAWS: dict[str, Callable[[Any, Setting], Values]] = {
    "multi-head": _multi_head,
    "mha-params": _mha_params,
    "ffn": _ffn,
    "add-norm": _add_norm,
    "encoder-block": _encoder_block,
    "vit-tokens": _vit_tokens,
    "vit-patches": _vit_patches,
}
