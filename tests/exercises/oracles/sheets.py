"""Oracles of families that course sheets ask for beside the larger ones: loops and differences.

Gradients come from the complex step, so that no derivative is written twice.
"""

from __future__ import annotations

import cmath
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

Givens = Mapping[str, Any]
Setting = Mapping[str, str]
Values = dict[str, Any]
Vector = list[Any]

STEP = 1e-40


def inner(a: Sequence[Any], b: Sequence[Any]) -> Any:
    return sum(x * y for x, y in zip(a, b, strict=True))


def derivatives(of: Callable[[Vector], Any], at: Sequence[float]) -> list[float]:
    """The partial derivatives of a scalar by the complex step."""
    out = []
    for k in range(len(at)):
        moved = [complex(x, STEP if j == k else 0.0) for j, x in enumerate(at)]
        out.append(float(of(moved).imag / STEP))
    return out


def shares(row: Sequence[float]) -> list[float]:
    top = max(row)
    powers = [math.exp(x - top) for x in row]
    return [power / math.fsum(powers) for power in powers]


# Attention -------------------------------------------------------------------------------


def attention_from_scores(g: Givens, _: Setting) -> Values:
    scaled = [[x / math.sqrt(g["d_k"]) for x in row] for row in g["scores"]]
    causal = g["mask"] == "causal"
    visible, weights = [], []
    for i, row in enumerate(scaled):
        stop = i + 1 if causal else len(row)
        visible.append([1] * stop + [0] * (len(row) - stop))
        weights.append(shares(row[:stop]) + [0.0] * (len(row) - stop))
    columns = list(zip(*g["V"], strict=True))
    return {
        "scaled": scaled,
        "visible": visible,
        "weights": weights,
        "output": [[inner(row, column) for column in columns] for row in weights],
    }


def attention_shapes(g: Givens, _: Setting) -> Values:
    n, wide, heads, keys, values = (int(g[k]) for k in ("n", "d_model", "H", "d_k", "d_v"))
    return {
        "W_Q": [wide, keys],
        "Q": [n, keys],
        "V": [n, values],
        "scores": [n, n],
        "head": [n, values],
        "concat": [n, sum(itertools.repeat(values, heads))],
        "W_O": [sum(itertools.repeat(values, heads)), wide],
        "output": [n, wide],
        "score_entries": sum(itertools.repeat(n * n, heads * int(g["layers"]))),
    }


# Gradients -------------------------------------------------------------------------------


def residual_sum(g: Givens, c: Setting) -> Values:
    x, branch, jacobian, back = g["x"], g["F"], g["J"], g["g"]
    added = [a + b for a, b in zip(x, branch, strict=True)]
    post = c["residual"] == "post-relu"
    at_zero = 1.0 if c["relu_slope_at_zero"] == "one" else 0.0
    gates = [(1.0 if s > 1e-9 else 0.0 if s < -1e-9 else at_zero) if post else 1.0 for s in added]
    d_sum = [b * gate for b, gate in zip(back, gates, strict=True)]

    def carried(moved: Vector) -> Any:
        """The loss near x if the branch is linear there: only its derivative counts."""
        off = [a - b for a, b in zip(moved, x, strict=True)]
        return sum(
            d * (a + f + inner(row, off))
            for d, a, f, row in zip(d_sum, moved, branch, jacobian, strict=True)
        )

    gradient = derivatives(carried, x)
    return {
        "sum": added,
        "output": [max(0.0, s) for s in added] if post else added,
        "d_sum": d_sum,
        "d_branch": [a - b for a, b in zip(gradient, d_sum, strict=True)],
        "gradient": gradient,
    }


def _out(name: str, z: Any) -> Any:
    if name == "sigmoid":
        return 1 / (1 + cmath.exp(-z))
    if name == "tanh":
        return cmath.tanh(z)
    if name == "relu":
        return z if complex(z).real > 0 else 0 * z
    return z


def output_delta(g: Givens, c: Setting) -> Values:
    z, t, name = g["z"], g["t"], g["out"]

    def loss(y: Sequence[Any]) -> Any:
        if g["loss"] == "cross-entropy":
            return sum(
                -(b * cmath.log(a) if b else 0.0) - ((1 - b) * cmath.log(1 - a) if b != 1 else 0.0)
                for a, b in zip(y, t, strict=True)
            )
        squares = sum((a - b) ** 2 for a, b in zip(y, t, strict=True))
        return squares / {"half-sum": 2, "sum": 1, "mean": len(t)}[c["squared_error"]]

    y = [complex(_out(name, x)).real for x in z]
    delta = derivatives(lambda moved: loss([_out(name, x) for x in moved]), z)
    slopes = [derivatives(lambda m: _out(name, m[0]), [x])[0] for x in z]
    for k, x in enumerate(z):
        if name == "relu" and abs(x) <= 1e-9:
            slopes[k] = 1.0 if c["relu_slope_at_zero"] == "one" else 0.0
    by_output = derivatives(loss, y)
    return {
        "y": y,
        "loss_value": complex(loss(y)).real,
        "dL_dy": by_output,
        "slope": slopes,
        "delta": [a * b for a, b in zip(by_output, slopes, strict=True)]
        if name == "relu"
        else delta,
    }


def weight_gradient(g: Givens, c: Setting) -> Values:
    delta, h, W, b, eta = g["delta"], g["h"], g["W"], g["b"], g["eta"]
    column = c["layout"] == "column"
    units, sources = len(delta), len(h)

    def carried(moved: Vector) -> Any:
        """A loss whose error signals are delta, in the weights (unit by unit) and biases."""
        rows = [moved[k * sources : (k + 1) * sources] for k in range(units)]
        return sum(
            d * (inner(row, h) + bias)
            for d, row, bias in zip(delta, rows, moved[units * sources :], strict=True)
        )

    flat = [W[k][j] if column else W[j][k] for k in range(units) for j in range(sources)]
    slopes = derivatives(carried, [*flat, *b])
    by_unit = [slopes[k * sources : (k + 1) * sources] for k in range(units)]
    dW = by_unit if column else [list(row) for row in zip(*by_unit, strict=True)]
    db = slopes[units * sources :]
    return {
        "dW": dW,
        "db": db,
        "W_new": [
            [w - eta * s for w, s in zip(*rows, strict=True)] for rows in zip(W, dW, strict=True)
        ],
        "b_new": [x - eta * s for x, s in zip(b, db, strict=True)],
    }


def softmax_chain(g: Givens, _: Setting) -> Values:
    z, t = g["z"], g["t"]

    def probability(k: int, moved: Sequence[Any]) -> Any:
        return 1 / sum(cmath.exp(x - moved[k]) for x in moved)

    def loss(p: Sequence[Any]) -> Any:
        return -sum(a * cmath.log(b) for a, b in zip(t, p, strict=True) if a)

    p = shares(z)
    classes = range(len(z))
    return {
        "p": p,
        "loss": -math.fsum(a * math.log(b) for a, b in zip(t, p, strict=True) if a),
        "dL_dp": [-a / b for a, b in zip(t, p, strict=True)],
        "jacobian": [derivatives(partial(probability, k), z) for k in classes],
        "dL_dz": derivatives(lambda m: loss([probability(k, m) for k in classes]), z),
    }


def regression_step(g: Givens, c: Setting) -> Values:
    X, y, w, b, eta = g["X"], g["y"], g["w"], g["b"], g["eta"]

    def error(moved: Sequence[Any]) -> Any:
        squares = sum(
            (inner(row, moved[:-1]) + moved[-1] - target) ** 2
            for row, target in zip(X, y, strict=True)
        )
        return squares / {"mean": len(y), "sum": 1, "half-sum": 2}[c["squared_error"]]

    slopes = derivatives(error, [*w, b])
    predictions = [inner(row, w) + b for row in X]
    return {
        "predictions": predictions,
        "residuals": [a - t for a, t in zip(predictions, y, strict=True)],
        "loss": error([*w, b]),
        "grad_w": slopes[:-1],
        "grad_b": slopes[-1],
        "w_new": [a - eta * s for a, s in zip(w, slopes[:-1], strict=True)],
        "b_new": b - eta * slopes[-1],
    }


# Costs, minima, statistics ---------------------------------------------------------------


def regularized_cost(g: Givens, c: Setting) -> Values:
    risk = math.fsum(g["losses"]) / len(g["losses"])
    absolute = math.fsum(abs(w) for w in g["w"])
    squares = math.fsum(w * w for w in g["w"])
    size = absolute if g["norm"] == "l1" else squares
    penalty = g["lam"] * size
    if g["norm"] == "l2" and c["l2"] == "half-lambda":
        penalty /= 2
    return {
        "risk": risk,
        "l1_norm": absolute,
        "sq_norm": squares,
        "penalty": penalty,
        "cost": risk + penalty,
    }


def hopfield_local_minimum(g: Givens, c: Setting) -> Values:
    W, y = g["W"], g["y"]
    b = [x if c["offset"] == "bias" else -x for x in g["b"]]
    units = range(len(y))

    def energy(state: Sequence[float]) -> float:
        pairs = sum(W[i][j] * state[i] * state[j] for i in units for j in range(i))
        return float(-pairs - inner(b, state))

    here = energy(y)
    around = [energy([-s if k == i else s for k, s in enumerate(y)]) for i in units]
    changes = [e - here for e in around]
    least = 1e-9 if c["minimum"] == "strict" else -1e-9
    return {
        "fields": [inner(row, y) + x for row, x in zip(W, b, strict=True)],
        "energy": here,
        "changes": changes,
        "neighbours": around,
        "minimum_here": all(change > least for change in changes),
    }


def batch_norm_inference(g: Givens, c: Setting) -> Values:
    kept = g["momentum"] if c["running"] == "old" else 1 - g["momentum"]
    mean = [b + kept * (a - b) for a, b in zip(g["mean"], g["batch_mean"], strict=True)]
    var = [b + kept * (a - b) for a, b in zip(g["var"], g["batch_var"], strict=True)]
    normal = [(x - m) / math.sqrt(v + g["eps"]) for x, m, v in zip(g["x"], mean, var, strict=True)]
    scaled = zip(g["gamma"], normal, g["beta"], strict=True)
    return {
        "mean_new": mean,
        "var_new": var,
        "normalised": normal,
        "y": [a * x + b for a, x, b in scaled],
    }


# Embeddings and language models ----------------------------------------------------------


def zero_shot(g: Givens, _: Setting) -> Values:
    image, texts = g["image"], g["texts"]
    logits = [
        inner(row, image) / (math.hypot(*row) * math.hypot(*image) * g["tau"]) for row in texts
    ]
    p = shares(logits)
    return {
        "image_unit": [x / math.hypot(*image) for x in image],
        "text_unit": [[x / math.hypot(*row) for x in row] for row in texts],
        "logits": logits,
        "p": p,
        "predicted": 1 + next(k for k, x in enumerate(p) if x >= max(p) - 1e-9),
    }


def contrastive_counts(g: Givens, _: Setting) -> Values:
    N = int(g["N"])
    return {"views": N + N, "negatives": N + N - 2, "pairs": N**2, "pair_negatives": N * (N - 1)}


def preference_loss(g: Givens, c: Setting) -> Values:
    margins = [a - b for a, b in zip(g["chosen"], g["rejected"], strict=True)]
    losses = [math.log1p(math.exp(-m)) if m > -30 else -m for m in margins]
    whole = math.fsum(losses)
    return {
        "margins": margins,
        "probabilities": [1 / (1 + math.exp(-m)) for m in margins],
        "losses": losses,
        "loss": whole if c["batch"] == "sum" else whole / len(losses),
    }


def kl_penalty(g: Givens, _: Setting) -> Values:
    ratios = [a - b for a, b in zip(g["logp"], g["logp_ref"], strict=True)]
    whole = math.fsum(g["logp"]) - math.fsum(g["logp_ref"])
    return {
        "log_ratios": ratios,
        "divergence": whole,
        "penalty": whole * g["beta"],
        "objective": g["reward"] - whole * g["beta"],
    }


def dp_sgd_step(g: Givens, _: Setting) -> Values:
    C, count = g["C"], len(g["grads"])
    norms = [math.hypot(*row) for row in g["grads"]]
    scales = [min(1.0, C / norm) if norm else 1.0 for norm in norms]
    clipped = [[s * x for x in row] for s, row in zip(scales, g["grads"], strict=True)]
    total = [math.fsum(column) for column in zip(*clipped, strict=True)]
    noisy = [(x + g["sigma"] * C * d) / count for x, d in zip(total, g["draws"], strict=True)]
    return {
        "norms": norms,
        "scales": scales,
        "clipped": clipped,
        "total": total,
        "noisy": noisy,
        "theta_new": [a - g["eta"] * x for a, x in zip(g["theta"], noisy, strict=True)],
    }


def pe_wavelength(g: Givens, _: Setting) -> Values:
    divisors = [math.exp(2 * i / g["d"] * math.log(10000)) for i in g["pairs"]]
    return {
        "exponents": [2 * i / g["d"] for i in g["pairs"]],
        "divisors": divisors,
        "wavelengths": [math.tau * x for x in divisors],
    }


ORACLES: dict[str, Callable[[Givens, Setting], Values]] = {
    "attention-from-scores": attention_from_scores,
    "attention-shapes": attention_shapes,
    "batch-norm-inference": batch_norm_inference,
    "contrastive-counts": contrastive_counts,
    "dp-sgd-step": dp_sgd_step,
    "hopfield-local-minimum": hopfield_local_minimum,
    "kl-penalty": kl_penalty,
    "output-delta": output_delta,
    "pe-wavelength": pe_wavelength,
    "preference-loss": preference_loss,
    "regression-step": regression_step,
    "regularized-cost": regularized_cost,
    "residual-sum": residual_sum,
    "softmax-chain": softmax_chain,
    "weight-gradient": weight_gradient,
    "zero-shot": zero_shot,
}


# Problems far beyond hand size -----------------------------------------------------------


def _table(rng: Any, *shape: int, spread: float = 1.0) -> Any:
    return rng.normal(0.0, spread, size=shape).tolist()


def _size(rng: Any, low: int = 1, high: int = 12) -> int:
    return int(rng.integers(low, high))


def _attention_from_scores(rng: Any, _: Setting) -> Values:
    n, m, d_v = _size(rng), _size(rng), _size(rng)
    causal = bool(rng.random() < 0.5)
    rows = m if causal else n
    return {
        "scores": _table(rng, rows, m, spread=6.0),
        "d_k": _size(rng, 1, 65),
        "V": _table(rng, m, d_v),
        "mask": "causal" if causal else "none",
    }


def _attention_shapes(rng: Any, _: Setting) -> Values:
    return {
        "n": _size(rng, 1, 5000),
        "d_model": _size(rng, 1, 5000),
        "H": _size(rng, 1, 64),
        "d_k": _size(rng, 1, 200),
        "d_v": _size(rng, 1, 200),
        "layers": _size(rng, 1, 100),
    }


def _residual_sum(rng: Any, _: Setting) -> Values:
    d = _size(rng)
    whole = bool(rng.random() < 0.5)  # whole numbers meet the kink
    x = rng.integers(-2, 3, size=d).tolist() if whole else _table(rng, d)
    branch = rng.integers(-2, 3, size=d).tolist() if whole else _table(rng, d)
    return {"x": x, "F": branch, "J": _table(rng, d, d), "g": _table(rng, d)}


def _output_delta(rng: Any, _: Setting) -> Values:
    n, name = _size(rng), str(rng.choice(("identity", "sigmoid", "tanh", "relu")))
    cross = name == "sigmoid" and bool(rng.random() < 0.5)
    z = _table(rng, n, spread=2.0)
    if name == "relu" and rng.random() < 0.5:
        z[0] = 0.0
    t = rng.choice((0.0, 0.25, 1.0), size=n).tolist() if cross else _table(rng, n)
    return {"z": z, "t": t, "out": name, "loss": "cross-entropy" if cross else "squared-error"}


def _weight_gradient(rng: Any, c: Setting) -> Values:
    units, sources = _size(rng), _size(rng)
    if rng.random() < 0.3:
        sources = units
    shape = (units, sources) if c["layout"] == "column" else (sources, units)
    return {
        "delta": _table(rng, units),
        "h": _table(rng, sources),
        "W": _table(rng, *shape),
        "b": _table(rng, units),
        "eta": float(rng.uniform(0.0, 2.0)),
    }


def _softmax_chain(rng: Any, _: Setting) -> Values:
    K = _size(rng, 2, 9)
    t = np.eye(K)[rng.integers(K)] if rng.random() < 0.5 else rng.dirichlet(np.ones(K))
    return {"z": _table(rng, K, spread=2.0), "t": t.tolist()}


def _regression_step(rng: Any, _: Setting) -> Values:
    N, D = _size(rng), _size(rng)
    return {
        "X": _table(rng, N, D, spread=3.0),
        "y": _table(rng, N, spread=5.0),
        "w": _table(rng, D),
        "b": float(rng.normal()),
        "eta": float(rng.uniform(0.0, 1.0)),
    }


def _regularized_cost(rng: Any, _: Setting) -> Values:
    return {
        "losses": rng.exponential(size=_size(rng, 1, 40)).tolist(),
        "w": _table(rng, _size(rng, 1, 40), spread=3.0),
        "lam": float(rng.exponential()),
        "norm": str(rng.choice(("l1", "l2"))),
    }


def _hopfield_local_minimum(rng: Any, _: Setting) -> Values:
    units = _size(rng, 2, 20)
    whole = bool(rng.random() < 0.5)  # whole numbers meet the ties
    raw = rng.integers(-2, 3, size=(units, units)) if whole else rng.normal(size=(units, units))
    upper = np.triu(raw, 1).astype(float)
    b = [0.0] * units if whole else _table(rng, units)
    return {
        "W": (upper + upper.T).tolist(),
        "b": b,
        "y": rng.choice((-1, 1), size=units).tolist(),
    }


def _batch_norm_inference(rng: Any, _: Setting) -> Values:
    d = _size(rng)
    return {
        "mean": _table(rng, d),
        "var": rng.uniform(0.1, 9.0, size=d).tolist(),
        "batch_mean": _table(rng, d, spread=4.0),
        "batch_var": rng.uniform(0.1, 9.0, size=d).tolist(),
        "momentum": float(rng.uniform(0.0, 1.0)),
        "x": _table(rng, d, spread=4.0),
        "gamma": _table(rng, d),
        "beta": _table(rng, d),
        "eps": float(rng.choice((0.0, 1e-5, 0.1))),
    }


def _zero_shot(rng: Any, _: Setting) -> Values:
    K, d = _size(rng), _size(rng)
    return {
        "image": _table(rng, d, spread=3.0),
        "texts": _table(rng, K, d, spread=3.0),
        "tau": float(rng.choice((0.01, 0.07, 1.0, 7.0))),
    }


def _contrastive_counts(rng: Any, _: Setting) -> Values:
    return {"N": _size(rng, 1, 100_000)}


def _preference_loss(rng: Any, _: Setting) -> Values:
    n = _size(rng)
    return {"chosen": _table(rng, n, spread=4.0), "rejected": _table(rng, n, spread=4.0)}


def _kl_penalty(rng: Any, _: Setting) -> Values:
    T = _size(rng, 1, 50)
    return {
        "reward": float(rng.normal()),
        "logp": (-rng.exponential(size=T)).tolist(),
        "logp_ref": (-rng.exponential(size=T)).tolist(),
        "beta": float(rng.exponential()),
    }


def _dp_sgd_step(rng: Any, _: Setting) -> Values:
    M, n = _size(rng), _size(rng)
    return {
        "theta": _table(rng, n),
        "grads": _table(rng, M, n, spread=3.0),
        "C": float(rng.uniform(0.1, 9.0)),
        "sigma": float(rng.exponential()),
        "draws": _table(rng, n),
        "eta": float(rng.uniform(0.0, 2.0)),
    }


def _pe_wavelength(rng: Any, _: Setting) -> Values:
    d = 2 * _size(rng, 1, 300)
    return {"pairs": rng.integers(0, d // 2, size=_size(rng)).tolist(), "d": d}


DRAWS: dict[str, Callable[[Any, Setting], Values]] = {
    "attention-from-scores": _attention_from_scores,
    "attention-shapes": _attention_shapes,
    "batch-norm-inference": _batch_norm_inference,
    "contrastive-counts": _contrastive_counts,
    "dp-sgd-step": _dp_sgd_step,
    "hopfield-local-minimum": _hopfield_local_minimum,
    "kl-penalty": _kl_penalty,
    "output-delta": _output_delta,
    "pe-wavelength": _pe_wavelength,
    "preference-loss": _preference_loss,
    "regression-step": _regression_step,
    "regularized-cost": _regularized_cost,
    "residual-sum": _residual_sum,
    "softmax-chain": _softmax_chain,
    "weight-gradient": _weight_gradient,
    "zero-shot": _zero_shot,
}
