"""Autoencoders, principal components and the variational bound."""

from __future__ import annotations

from typing import Any

from tests.exercises.torch_oracles.tensors import (
    NEAR,
    Givens,
    Setting,
    Values,
    activated,
    compared,
    functional,
    learned,
    slopes,
    torch,
)


@compared("autoencoder-loss")
def autoencoder_loss(g: Givens, c: Setting) -> Values:
    codes = activated(g["activation"], functional.linear(g["X"], g["W_enc"], g["b_enc"]))
    reconstructions = functional.linear(codes, g["W_dec"], g["b_dec"])
    reduction = "mean" if c["squared_error"] == "mean" else "sum"
    half = 0.5 if c["squared_error"] == "half-sum" else 1.0
    errors = torch.stack(
        [
            half * functional.mse_loss(r, x, reduction=reduction)
            for r, x in zip(reconstructions, g["X"], strict=True)
        ]
    )
    return {
        "codes": codes,
        "reconstructions": reconstructions,
        "errors": errors,
        "loss": errors.mean() if c["batch"] == "mean" else errors.sum(),
    }


@compared("pca-reconstruction")
def pca_reconstruction(g: Givens, c: Setting) -> Values:
    """By singular values: the best approximation of rank 1, and what it leaves."""
    x = g["X"]
    n, width = x.shape
    correction = 0 if c["covariance_divisor"] == "n" else 1
    mean = x.mean(dim=0)
    u, s, vh = torch.linalg.svd(x - mean, full_matrices=False)
    shares = s**2 / (n - correction)
    turn = torch.sign(vh[0][vh[0].abs() > NEAR][0])
    return {
        "mean": mean,
        "centred": x - mean,
        "covariance": torch.cov(x.T, correction=correction).reshape(width, width),
        "eigenvalues": functional.pad(shares, (0, width - len(s))),
        "direction": turn * vh[0],
        "codes": turn * s[0] * u[:, 0],
        "reconstructions": mean + s[0] * torch.outer(u[:, 0], vh[0]),
        "error": (s[1:] ** 2).sum() / n,
    }


def _posterior(g: Givens, spread: str) -> Any:
    s = g["s"]
    std = {"std": s, "variance": s.abs().sqrt(), "log-variance": (s / 2).exp()}[spread]
    return torch.distributions.Normal(g["mu"], std)


def _divergence(posterior: Any) -> Any:
    prior = torch.distributions.Normal(
        torch.zeros_like(posterior.mean), torch.ones_like(posterior.mean)
    )
    return torch.distributions.kl_divergence(posterior, prior)


@compared("vae-kl")
def vae_kl(g: Givens, c: Setting) -> Values:
    posterior = _posterior(g, c["spread"])
    terms = _divergence(posterior)
    return {"variance": posterior.variance, "terms": terms, "kl": terms.sum()}


def _sample(mu: Any, std: Any, eps: Any) -> Any:
    return torch.distributions.AffineTransform(mu, std)(eps)


@compared("vae-reparam")
def vae_reparam(g: Givens, c: Setting) -> Values:
    mu, std = learned(g["mu"]), learned(_posterior(g, c["spread"]).stddev)
    z = _sample(mu, std, g["eps"])
    dz_dmu, dz_dstd = slopes(z.sum(), mu, std)
    return {
        "std": std,
        "noise": _sample(torch.zeros_like(mu), std, g["eps"]),
        "z": z,
        "dz_dmu": dz_dmu,
        "dz_dstd": dz_dstd,
    }


@compared("vae-elbo")
def vae_elbo(g: Givens, c: Setting) -> Values:
    posterior = _posterior(g, c["spread"])
    z = _sample(posterior.mean, posterior.stddev, g["eps"])
    reconstruction = functional.linear(z, g["W"], g["b"])
    likelihood = -functional.gaussian_nll_loss(
        reconstruction,
        g["x"],
        torch.ones_like(g["x"]),
        full=c["gauss_const"] == "kept",
        reduction="sum",
    )
    kl = _divergence(posterior).sum()
    return {
        "std": posterior.stddev,
        "z": z,
        "reconstruction": reconstruction,
        "log_likelihood": likelihood,
        "kl": kl,
        "elbo": likelihood - kl,
    }
