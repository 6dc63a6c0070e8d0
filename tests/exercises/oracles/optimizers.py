"""Independent solvers of the families on optimizers, and problems of any size for them.

Gradients are complex steps of the functions; the moments of Adam are written out as sums.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

Values = dict[str, Any]
Givens = Mapping[str, Any]
Conventions = Mapping[str, str]

_TINY = 1e-30


def _slope(f: Callable[[complex], complex], x: float) -> float:
    """The derivative at x by a complex step."""
    return f(x + _TINY * 1j).imag / _TINY


# Descents --------------------------------------------------------------------------------


def gradient_descent(g: Givens, _: Conventions) -> Values:
    def f(x: complex) -> complex:
        total = 0j
        for c in reversed(g["coeffs"]):
            total = total * x + c
        return total

    x = g["x0"]
    gradients, iterates = [], []
    for _step in range(int(g["T"])):
        gradients.append(_slope(f, x))
        x -= g["eta"] * gradients[-1]
        iterates.append(x)
    return {"gradients": gradients, "iterates": iterates, "f_end": f(x).real}


def gradient_descent_quadratic(g: Givens, _: Conventions) -> Values:
    n = len(g["c"])

    def f(x: list[Any]) -> complex:
        quadratic = sum(x[i] * g["A"][i][j] * x[j] for i in range(n) for j in range(n))
        return complex(quadratic / 2 + sum(g["c"][i] * x[i] for i in range(n)))

    def partial(x: list[float], i: int) -> float:
        return _slope(lambda z: f([*x[:i], z, *x[i + 1 :]]), x[i])

    x = list(g["x0"])
    gradients, iterates = [], []
    for _step in range(int(g["T"])):
        gradients.append([partial(x, i) for i in range(n)])
        x = [value - g["eta"] * slope for value, slope in zip(x, gradients[-1], strict=True)]
        iterates.append(x)
    return {"gradients": gradients, "iterates": iterates, "f_end": f(list(x)).real}


def sgd_epoch(g: Givens, c: Conventions) -> Values:
    pairs = list(zip(g["x"], g["t"], strict=True))
    w = g["w0"]
    gradients, weights = [], []
    while pairs:
        batch, pairs = pairs[: int(g["batch_size"])], pairs[int(g["batch_size"]) :]
        by = len(batch) if c["batch"] == "mean" else 1

        def loss(z: complex, batch: list[Any] = batch, by: int = by) -> complex:
            return complex(sum((z * x - t) ** 2 for x, t in batch) / by)

        gradients.append(_slope(loss, w))
        w -= g["eta"] * gradients[-1]
        weights.append(w)
    errors = [(w * x - t) ** 2 for x, t in zip(g["x"], g["t"], strict=True)]
    return {"gradients": gradients, "w": weights, "epoch_loss": math.fsum(errors) / len(errors)}


def update_count(g: Givens, _: Conventions) -> Values:
    """Counted by going through the examples."""
    updates = waiting = last = 0
    for number in range(1, int(g["N"]) + 1):
        waiting += 1
        if waiting == g["M"] or number == g["N"]:
            updates, last, waiting = updates + 1, waiting, 0
    return {"per_epoch": updates, "last_batch": last, "total": updates * g["epochs"]}


def momentum(g: Givens, c: Conventions) -> Values:
    """Every velocity from all gradients so far: the recursion written out as a sum."""
    share = 1 - g["mu"] if c["momentum"] == "ema" else 1.0
    n = range(len(g["theta0"]))
    theta = list(g["theta0"])
    velocities, trace = [], []
    for k in range(1, len(g["grads"]) + 1):
        row = []
        for i in n:
            terms = [share * g["mu"] ** (k - s) * g["grads"][s - 1][i] for s in range(1, k + 1)]
            row.append(g["mu"] ** k * g["v0"][i] + math.fsum(terms))
        velocities.append(row)
        theta = [theta[i] - g["eta"] * row[i] for i in n]
        trace.append(theta)
    return {"v": velocities, "theta": trace}


# Adam ------------------------------------------------------------------------------------


def _moment(beta: float, values: list[float]) -> float:
    """The moment after these values, from 0."""
    k = len(values)
    return (1 - beta) * math.fsum(beta ** (k - 1 - s) * value for s, value in enumerate(values))


def _adam(g: Givens, decay: str | None) -> Values:
    lam = g.get("lam", 0.0)
    names = ("g_eff", "m", "v", "m_hat", "v_hat", "step", "theta")
    out: dict[str, list[list[float]]] = {name: [] for name in names}
    theta = list(g["theta0"])
    for k, grads in enumerate(g["grads"], start=1):
        pulls = [lam * t if decay == "l2" else 0.0 for t in theta]
        out["g_eff"].append([d + pull for d, pull in zip(grads, pulls, strict=True)])
        rows: dict[str, list[float]] = {name: [] for name in names[1:]}
        for i, at in enumerate(theta):
            seen = [row[i] for row in out["g_eff"]]
            m = _moment(g["beta1"], seen)
            v = _moment(g["beta2"], [d * d for d in seen])
            m_hat, v_hat = m / (1 - g["beta1"] ** k), v / (1 - g["beta2"] ** k)
            step = g["eta"] * m_hat / (math.sqrt(v_hat) + g["eps"])
            direct = g["eta"] * lam * at if decay == "decoupled" else 0.0
            for name, value in zip(
                names[1:], (m, v, m_hat, v_hat, step, at - step - direct), strict=True
            ):
                rows[name].append(value)
        for name, row in rows.items():
            out[name].append(row)
        theta = rows["theta"]
    return dict(out)


def adam(g: Givens, _: Conventions) -> Values:
    out = _adam(g, None)
    del out["g_eff"]
    return out


def adamw(g: Givens, c: Conventions) -> Values:
    return _adam(g, c["decay"])


def clipping(g: Givens, _: Conventions) -> Values:
    norm = math.hypot(*[x for group in g["grads"] for x in group])
    scale = g["gamma"] / norm if norm > g["gamma"] else 1.0
    clipped = [[scale * x for x in group] for group in g["grads"]]
    return {"norm": norm, "scale": scale, "clipped": clipped}


ORACLES = {
    "gradient-descent": gradient_descent,
    "gradient-descent-quadratic": gradient_descent_quadratic,
    "sgd-epoch": sgd_epoch,
    "update-count": update_count,
    "momentum": momentum,
    "adam": adam,
    "adamw": adamw,
    "clipping": clipping,
}


# Problems of any size --------------------------------------------------------------------


def _list(rng: Any, n: int, spread: float = 1.0) -> Any:
    return rng.normal(0.0, spread, size=n).tolist()


def _table(rng: Any, m: int, n: int, spread: float = 1.0) -> Any:
    return rng.normal(0.0, spread, size=(m, n)).tolist()


def _draw_descent(rng: Any, _: Conventions) -> dict[str, Any]:
    return {
        "coeffs": _list(rng, int(rng.integers(1, 8)), 0.3),
        "x0": float(rng.uniform(-1.0, 1.0)),  # further out, a high power runs away
        "eta": float(rng.uniform(0.001, 0.05)),
        "T": int(rng.integers(1, 8)),
    }


def _draw_quadratic(rng: Any, _: Conventions) -> dict[str, Any]:
    n = int(rng.integers(1, 9))
    half = rng.normal(size=(n, n))
    return {
        "A": (half + half.T).tolist(),
        "c": _list(rng, n),
        "x0": _list(rng, n, 5.0),
        "eta": float(rng.uniform(0.001, 0.3)),
        "T": int(rng.integers(1, 10)),
    }


def _draw_epoch(rng: Any, _: Conventions) -> dict[str, Any]:
    count = int(rng.integers(1, 30))
    return {
        "x": _list(rng, count),
        "t": _list(rng, count, 3.0),
        "w0": float(rng.normal()),
        "eta": float(rng.uniform(0.001, 0.05)),
        "batch_size": int(rng.integers(1, count + 3)),
    }


def _draw_count(rng: Any, _: Conventions) -> dict[str, Any]:
    examples = int(rng.integers(1, 20_000))
    return {
        "N": examples,
        "M": int(rng.integers(1, examples + 1)),
        "epochs": int(rng.integers(1, 1_000)),
    }


def _draw_momentum(rng: Any, _: Conventions) -> dict[str, Any]:
    n, steps = (int(k) for k in rng.integers(1, 12, size=2))
    return {
        "theta0": _list(rng, n),
        "v0": _list(rng, n),
        "mu": float(rng.uniform(0.0, 0.99)),
        "eta": float(rng.uniform(0.001, 1.0)),
        "grads": _table(rng, steps, n, 4.0),
    }


def _draw_adam(rng: Any, _: Conventions) -> dict[str, Any]:
    n, steps = (int(k) for k in rng.integers(1, 12, size=2))
    return {
        "theta0": _list(rng, n, 3.0),
        "grads": _table(rng, steps, n, float(rng.choice((0.01, 1.0, 50.0)))),
        "eta": float(rng.uniform(0.001, 1.0)),
        "beta1": float(rng.choice((0.0, 0.5, 0.9))),
        "beta2": float(rng.choice((0.0, 0.9, 0.999))),
        "eps": float(rng.choice((1e-8, 1e-3))),
    }


def _draw_adamw(rng: Any, c: Conventions) -> dict[str, Any]:
    return {**_draw_adam(rng, c), "lam": float(rng.uniform(0.0, 0.5))}


def _draw_clipping(rng: Any, _: Conventions) -> dict[str, Any]:
    ragged = bool(rng.random() < 0.5)
    one = int(rng.integers(1, 9))
    lengths = [int(rng.integers(1, 9)) if ragged else one for _ in range(rng.integers(1, 6))]
    return {
        "grads": [_list(rng, n, 3.0) for n in lengths],
        "gamma": float(rng.choice((0.5, 1.0, 5.0, 100.0))),
    }


DRAWS = {
    "gradient-descent": _draw_descent,
    "gradient-descent-quadratic": _draw_quadratic,
    "sgd-epoch": _draw_epoch,
    "update-count": _draw_count,
    "momentum": _draw_momentum,
    "adam": _draw_adam,
    "adamw": _draw_adamw,
    "clipping": _draw_clipping,
}
