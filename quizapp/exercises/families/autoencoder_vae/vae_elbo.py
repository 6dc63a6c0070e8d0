"""Evidence lower bound with one sample (Kingma and Welling 2014, sections 2.3 and 3)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.autoencoder_vae._spread import (
    SPREADS,
    check_spreads,
    deviations,
    deviations_work,
    differ,
    divergence_text,
    draw_spreads,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot, entries, factor, frac, num

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

_PI = f"{math.pi:.6f}"
_FAR = 4.0  # squares of larger residuals carry every rounding far


def _squares(x: Any, reconstruction: Any, line: Line) -> float:
    return float(np.sum(line((x - reconstruction) ** 2)))


def _constant(x: Any, gauss_const: str, line: Line) -> float:
    """What the density of x keeps besides the exponent: -(D/2) ln 2π, or nothing."""
    kept = gauss_const == "kept"
    return -0.5 * len(x) * float(line(math.log(2.0 * math.pi))) if kept else 0.0


def _log_likelihood(x: Any, reconstruction: Any, gauss_const: str, line: Line) -> float:
    return -0.5 * _squares(x, reconstruction, line) + _constant(x, gauss_const, line)


def _whole_squares(x: Any, reconstruction: Any, gauss_const: str, line: Line) -> float:
    return _constant(x, gauss_const, line) - _squares(x, reconstruction, line)


def _kl(mu: Any, std: Any, line: Line) -> float:
    variance = line(std**2)
    return float(0.5 * np.sum(line(mu**2) + variance - line(np.log(variance)) - 1.0))


def _sample_work(mu: Any, std: Any, eps: Any) -> list[Work]:
    return [
        Work(at, rf"{num(mu[at])} + {factor(std[at])} \cdot {factor(eps[at])}")
        for at in entries(mu)
    ]


def _reconstruction_work(W: Any, z: Any, b: Any) -> list[Work]:
    return [Work(at, f"{dot(W[at], z)} + {factor(b[at])}") for at in entries(b)]


def _likelihood_work(x: Any, reconstruction: Any, gauss_const: str) -> list[Work]:
    pairs = zip(x, reconstruction, strict=True)
    squares = " + ".join(f"({num(a)} - {factor(r)})^{{2}}" for a, r in pairs)
    latex = rf"-{frac('1', '2')} \cdot ({squares})"
    if gauss_const == "kept":
        latex += rf" - {frac(str(len(x)), '2')} \cdot \ln(2 \cdot {_PI})"
    return [Work((), latex)]


def _kl_work(mu: Any, std: Any) -> list[Work]:
    terms = " + ".join(divergence_text(m, v) for m, v in zip(mu, std**2, strict=True))
    return [Work((), rf"\frac{{1}}{{2}} \cdot ({terms})")]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One code and one value, then two values, then two of each."""
    d, D = {1: (1, 1), 2: (1, 2), 3: (2, 2)}[level]
    return {
        "x": rng.choice((-2.0, -1.0, 0.0, 1.0, 1.5, 2.0, 3.0), size=D),
        "mu": rng.choice((-1.0, -0.5, 0.0, 0.5, 1.0, 2.0), size=d),
        "s": draw_spreads(rng, conventions["spread"], d),
        "eps": rng.choice((-1.0, -0.5, 0.5, 1.0), size=d),
        "W": rng.choice((-2.0, -1.0, 1.0, 2.0), size=(D, d)),
        "b": rng.choice((-1.0, 0.0, 1.0), size=D),
    }


def avoid(x: Any, eps: Any, reconstruction: Any, kl: float) -> str | None:
    """Codes that are those of the prior, samples without noise, perfect or hopeless decoders."""
    if abs(kl) <= TIE:
        return "no divergence"
    if np.any(eps == 0):
        return "no noise"
    if not differ(x, reconstruction):
        return "perfect reconstruction"
    return "far off" if np.any(np.abs(x - reconstruction) > _FAR) else None


FAMILY = Family(
    id="vae-elbo",
    topic="autoencoder-vae",
    title="Evidence lower bound with one sample",
    task="Draw the code z with the given ε, decode it, and compute the evidence lower bound of x "
    "under a Gaussian decoder of variance 1.",
    sources=("ece493",),
    givens=(
        Given("x", "x", "data point", "D"),
        Given("mu", r"\mu", "means of the codes", "d"),
        Given("s", "s", "spreads of the codes, read as the convention says", "d"),
        Given("eps", r"\varepsilon", "draws from the standard normal distribution", "d"),
        Given("W", "W", "weights of the linear decoder", "D x d"),
        Given("b", "b", "biases of the decoder", "D"),
    ),
    conventions={"spread": SPREADS, "gauss_const": ("kept", "dropped")},
    steps=(
        Step(
            "std",
            "Standard deviations",
            r"\sigma = s \text{ (variance: } \sqrt{s} \text{; log-variance: } e^{s/2} \text{)}",
            deviations,
            work=deviations_work,
            formula_for=Among(
                "spread",
                {
                    "std": r"\sigma = s",
                    "variance": r"\sigma = \sqrt{s}",
                    "log-variance": r"\sigma = e^{s/2}",
                },
            ),
        ),
        Step(
            "z",
            "Sample",
            r"z = \mu + \sigma \odot \varepsilon",
            lambda mu, std, eps: mu + std * eps,
            work=_sample_work,
        ),
        Step(
            "reconstruction",
            "Reconstruction",
            r"\hat{x} = W z + b",
            lambda W, z, b: W @ z + b,
            work=_reconstruction_work,
        ),
        Step(
            "log_likelihood",
            "Log-likelihood of x",
            r"-\frac{1}{2} \|x - \hat{x}\|^2 - \frac{D}{2} \ln 2\pi"
            r" \text{ (dropped: without the last term)}",
            _log_likelihood,
            work=_likelihood_work,
            formula_for=Among(
                "gauss_const",
                {
                    "kept": r"-\frac{1}{2} \|x - \hat{x}\|^2 - \frac{D}{2} \ln 2\pi",
                    "dropped": r"-\frac{1}{2} \|x - \hat{x}\|^2",
                },
            ),
        ),
        Step(
            "kl",
            "KL term",
            r"\frac{1}{2} \sum_j (\mu_j^2 + \sigma_j^2 - \ln \sigma_j^2 - 1)",
            _kl,
            work=_kl_work,
        ),
        Step(
            "elbo",
            "Evidence lower bound",
            r"\ln p(x \mid z) - \mathrm{KL}(q \| p)",
            lambda log_likelihood, kl: log_likelihood - kl,
            final=True,
            work=lambda log_likelihood, kl: [Work((), f"{num(log_likelihood)} - {factor(kl)}")],
        ),
    ),
    slips=(
        Slip(
            "kl-added",
            "elbo",
            lambda log_likelihood, kl: log_likelihood + kl,
            "The KL term is a penalty: it is subtracted.",
            when=lambda kl: abs(kl) > TIE,
        ),
        Slip(
            "loss-for-bound",
            "elbo",
            lambda log_likelihood, kl: kl - log_likelihood,
            "That is the loss, the negative ELBO.",
            when=lambda elbo: abs(elbo) > TIE,
        ),
        Slip(
            "mean-for-sample",
            "z",
            lambda mu: mu,
            "The decoder gets the sample z = μ + σ ε, not the mean.",
            when=lambda mu, z: differ(z, mu),
        ),
        Slip(
            "no-half",
            "log_likelihood",
            _whole_squares,
            "The exponent of the Gaussian carries a factor ½.",
            when=lambda x, reconstruction: differ(reconstruction, x),
        ),
        Slip(
            "kl-no-half",
            "kl",
            lambda mu, std, line: 2.0 * _kl(mu, std, line),
            "The factor ½ of the KL term is missing.",
            when=lambda kl: abs(kl) > TIE,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check_spreads,
    items=("dl-elbo", "dl-elbo-terms", "dl-reparam"),
)
