"""Independent solvers of the families on autoencoders, and problems for them.

Plain loops from the definitions: a divergence is an expectation of a log ratio, an
eigenvector the end of Jacobi's rotations.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Numbers = list[float]
Table = list[list[float]]
Values = dict[str, Any]

NEAR = 1e-9


def _dot(a: Numbers, b: Numbers) -> float:
    return math.fsum(x * y for x, y in zip(a, b, strict=True))


# Autoencoder -----------------------------------------------------------------------------


def _activated(f: str, z: float) -> float:
    if f == "sigmoid":
        return math.exp(z) / (1 + math.exp(z)) if z < 0 else 1 / (1 + math.exp(-z))
    return {"identity": z, "relu": max(0.0, z), "tanh": math.tanh(z)}[f]


def autoencoder_loss(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    encoder = list(zip(g["W_enc"], g["b_enc"], strict=True))
    decoder = list(zip(g["W_dec"], g["b_dec"], strict=True))
    codes = [[_activated(g["activation"], _dot(w, x) + b) for w, b in encoder] for x in g["X"]]
    reconstructions = [[_dot(w, code) + b for w, b in decoder] for code in codes]
    weight = {"sum": 1.0, "mean": 1.0 / len(g["b_dec"]), "half-sum": 0.5}[c["squared_error"]]
    errors = [
        weight * math.fsum((a - b) ** 2 for a, b in zip(x, r, strict=True))
        for x, r in zip(g["X"], reconstructions, strict=True)
    ]
    return {
        "codes": codes,
        "reconstructions": reconstructions,
        "errors": errors,
        "loss": math.fsum(errors) / (len(errors) if c["batch"] == "mean" else 1),
    }


# Principal components --------------------------------------------------------------------


def _rotated(matrix: Table, axes: Table, p: int, q: int) -> None:
    """One of Jacobi's rotations: entry (p, q) of a symmetric matrix becomes 0."""
    if matrix[p][q] == 0:
        return
    angle = 0.5 * math.atan2(2 * matrix[p][q], matrix[q][q] - matrix[p][p])
    c, s = math.cos(angle), math.sin(angle)
    for row in (*matrix, *axes):
        row[p], row[q] = c * row[p] - s * row[q], s * row[p] + c * row[q]
    for k in range(len(matrix)):
        a, b = matrix[p][k], matrix[q][k]
        matrix[p][k], matrix[q][k] = c * a - s * b, s * a + c * b


def _eigenpairs(symmetric: Table) -> list[tuple[float, Numbers]]:
    """Eigenvalues with unit eigenvectors, largest first (Jacobi 1846)."""
    size = range(len(symmetric))
    matrix = [list(row) for row in symmetric]
    axes = [[float(i == j) for j in size] for i in size]
    for _ in range(30):
        for p in size:
            for q in range(p + 1, len(symmetric)):
                _rotated(matrix, axes, p, q)
    pairs = [(matrix[j][j], [row[j] for row in axes]) for j in size]
    return sorted(pairs, key=lambda pair: -pair[0])


def pca_reconstruction(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    x, n = g["X"], len(g["X"])
    size = range(len(x[0]))
    mean = [math.fsum(row[j] for row in x) / n for j in size]
    centred = [[row[j] - mean[j] for j in size] for row in x]
    by = n if c["covariance_divisor"] == "n" else n - 1
    covariance = [[math.fsum(row[i] * row[j] for row in centred) / by for j in size] for i in size]
    pairs = _eigenpairs(covariance)
    direction = pairs[0][1]
    if next(v for v in direction if abs(v) > NEAR) < 0:
        direction = [-v for v in direction]
    codes = [_dot(row, direction) for row in centred]
    reconstructions = [[mean[j] + code * direction[j] for j in size] for code in codes]
    return {
        "mean": mean,
        "centred": centred,
        "covariance": covariance,
        "eigenvalues": [value for value, _ in pairs],
        "direction": direction,
        "codes": codes,
        "reconstructions": reconstructions,
        "error": math.fsum(
            (a - b) ** 2
            for row, other in zip(x, reconstructions, strict=True)
            for a, b in zip(row, other, strict=True)
        )
        / n,
    }


# Variational autoencoders ----------------------------------------------------------------


def _deviation(s: float, spread: str) -> float:
    if spread == "variance":
        return math.sqrt(s)
    return s if spread == "std" else math.sqrt(math.exp(s))


def _log_density(z: float, mu: float, std: float) -> float:
    return -0.5 * ((z - mu) / std) ** 2 - math.log(std) - 0.5 * math.log(2 * math.pi)


def _divergence(mu: float, std: float) -> float:
    """E_q[ln q - ln p]; of a quadratic in z the mean is that over the two points mu ± std."""
    points = (mu - std, mu + std)
    return math.fsum(_log_density(z, mu, std) - _log_density(z, 0.0, 1.0) for z in points) / 2


def vae_kl(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    deviations = [_deviation(s, c["spread"]) for s in g["s"]]
    terms = [_divergence(mu, std) for mu, std in zip(g["mu"], deviations, strict=True)]
    return {"variance": [v**2 for v in deviations], "terms": terms, "kl": math.fsum(terms)}


def _samples(g: Mapping[str, Any], deviations: Numbers) -> Numbers:
    return [m + v * e for m, v, e in zip(g["mu"], deviations, g["eps"], strict=True)]


def vae_reparam(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    """The derivatives by complex steps."""
    tiny = 1e-30
    deviations = [_deviation(s, c["spread"]) for s in g["s"]]
    triples = list(zip(g["mu"], deviations, g["eps"], strict=True))
    return {
        "std": deviations,
        "noise": [v * e for _, v, e in triples],
        "z": _samples(g, deviations),
        "dz_dmu": [(m + tiny * 1j + v * e).imag / tiny for m, v, e in triples],
        "dz_dstd": [(m + (v + tiny * 1j) * e).imag / tiny for m, v, e in triples],
    }


def vae_elbo(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    deviations = [_deviation(s, c["spread"]) for s in g["s"]]
    z = _samples(g, deviations)
    reconstruction = [_dot(w, z) + b for w, b in zip(g["W"], g["b"], strict=True)]
    pairs = list(zip(g["x"], reconstruction, strict=True))
    likelihood = math.fsum(_log_density(x, r, 1.0) for x, r in pairs)
    if c["gauss_const"] == "dropped":
        likelihood -= len(pairs) * _log_density(0.0, 0.0, 1.0)
    kl = math.fsum(_divergence(mu, v) for mu, v in zip(g["mu"], deviations, strict=True))
    return {
        "std": deviations,
        "z": z,
        "reconstruction": reconstruction,
        "log_likelihood": likelihood,
        "kl": kl,
        "elbo": likelihood - kl,
    }


# Own problems ----------------------------------------------------------------------------


def _table(rng: Any, *shape: int, spread: float = 1.0) -> Any:
    return rng.normal(0.0, spread, size=shape).tolist()


def _autoencoder_loss(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    n, wide, narrow = (int(k) for k in rng.integers(1, 12, size=3))
    return {
        "X": _table(rng, n, wide, spread=4.0),
        "W_enc": _table(rng, narrow, wide),
        "b_enc": _table(rng, narrow),
        "W_dec": _table(rng, wide, narrow),
        "b_dec": _table(rng, wide),
        "activation": str(rng.choice(("identity", "relu", "tanh", "sigmoid"))),
    }


def _pca_reconstruction(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    """Samples whose spread differs from column to column, then mixed: a clear first axis."""
    n, wide = int(rng.integers(4, 40)), int(rng.integers(1, 7))
    mixing = rng.normal(size=(wide, wide)) + 2 * rng.normal(size=(1, wide))
    return {"X": (rng.normal(size=(n, wide)) @ mixing + rng.normal(0, 5, size=wide)).tolist()}


def _spreads(rng: Any, spread: str, size: int) -> Any:
    drawn = rng.normal(0.0, 2.0, size=size)
    return (drawn if spread == "log-variance" else abs(drawn) + 0.01).tolist()


def _vae_kl(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    d = int(rng.integers(1, 30))
    return {"mu": _table(rng, d, spread=3.0), "s": _spreads(rng, c["spread"], d)}


def _vae_reparam(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    givens = _vae_kl(rng, c)
    return {**givens, "eps": _table(rng, len(givens["mu"]))}


def _vae_elbo(rng: Any, c: Mapping[str, str]) -> dict[str, Any]:
    givens = _vae_reparam(rng, c)
    wide = int(rng.integers(1, 12))
    return {
        "x": _table(rng, wide, spread=3.0),
        **givens,
        "W": _table(rng, wide, len(givens["mu"])),
        "b": _table(rng, wide),
    }


ORACLES = {
    "autoencoder-loss": autoencoder_loss,
    "pca-reconstruction": pca_reconstruction,
    "vae-kl": vae_kl,
    "vae-reparam": vae_reparam,
    "vae-elbo": vae_elbo,
}

DRAWS = {
    "autoencoder-loss": _autoencoder_loss,
    "pca-reconstruction": _pca_reconstruction,
    "vae-kl": _vae_kl,
    "vae-reparam": _vae_reparam,
    "vae-elbo": _vae_elbo,
}
