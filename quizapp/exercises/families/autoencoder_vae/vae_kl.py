"""KL term of a variational autoencoder (Kingma and Welling 2014, appendix B)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.autoencoder_vae._spread import (
    SPREADS,
    check_spreads,
    differ,
    divergence_text,
    draw_spreads,
    variances,
    variances_work,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, total

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line


def _misread(s: Any, spread: str) -> Any:
    return {"std": s, "variance": s**2, "log-variance": np.abs(s)}[spread]


def _terms(mu: Any, variance: Any, line: Line) -> Any:
    return 0.5 * (line(mu**2) + variance - line(np.log(variance)) - 1.0)


def _reversed(mu: Any, variance: Any, line: Line) -> Any:
    return 0.5 * (line((1.0 + mu**2) / variance) - 1.0 + line(np.log(variance)))


def _log_of_std(mu: Any, variance: Any, line: Line) -> Any:
    return 0.5 * (line(mu**2) + variance - line(0.5 * np.log(variance)) - 1.0)


def _terms_work(mu: Any, variance: Any) -> list[Work]:
    return [
        Work(at, rf"\frac{{1}}{{2}} \cdot ({divergence_text(mu[at], variance[at])})")
        for at in entries(mu)
    ]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One code, now and then with the deviation 1; then two codes; then three."""
    d = level
    spread = conventions["spread"]
    s = draw_spreads(rng, spread, d)
    if level == 1 and rng.random() < 0.3:
        s = np.full(1, 0.0 if spread == "log-variance" else 1.0)
    return {"mu": rng.choice((-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0), size=d), "s": s}


def avoid(mu: Any, variance: Any) -> str | None:
    """Codes that are those of the prior."""
    return "the prior itself" if not differ(mu, 0.0) and not differ(variance, 1.0) else None


FAMILY = Family(
    id="vae-kl",
    topic="autoencoder-vae",
    title="KL term of a variational autoencoder",
    task="Compute the divergence of the posterior with means μ and the given spreads from the "
    "standard normal prior.",
    sources=("ece493",),
    givens=(
        Given("mu", r"\mu", "means of the codes", "d"),
        Given("s", "s", "spreads of the codes, read as the convention says", "d"),
    ),
    conventions={"spread": SPREADS},
    steps=(
        Step(
            "variance",
            "Variances",
            r"\sigma^2 = s^2 \text{ (variance: } s \text{; log-variance: } e^{s} \text{)}",
            variances,
            work=variances_work,
            formula_for=Among(
                "spread",
                {
                    "std": r"\sigma^2 = s^2",
                    "variance": r"\sigma^2 = s",
                    "log-variance": r"\sigma^2 = e^{s}",
                },
            ),
        ),
        Step(
            "terms",
            "Term of every code",
            r"\frac{1}{2} (\mu_j^2 + \sigma_j^2 - \ln \sigma_j^2 - 1)",
            _terms,
            work=_terms_work,
        ),
        Step(
            "kl",
            "Divergence",
            r"\mathrm{KL}(q \| p) = \sum_j \frac{1}{2} (\mu_j^2 + \sigma_j^2 - \ln \sigma_j^2 - 1)",
            lambda terms: float(terms.sum()),
            final=True,
            work=lambda terms: [Work((), total(terms))],
        ),
    ),
    slips=(
        Slip(
            "spread-misread",
            "variance",
            _misread,
            "The given spread was misread (standard deviation, variance and log-variance are "
            "different numbers).",
            when=lambda s, spread, variance: (
                differ(_misread(s, spread), variance) and bool(np.all(_misread(s, spread) > 0))
            ),
        ),
        Slip(
            "reversed-kl",
            "terms",
            _reversed,
            "That is KL(prior || posterior); the ELBO has KL(posterior || prior).",
            when=lambda mu, variance, terms, line: differ(_reversed(mu, variance, line), terms),
        ),
        Slip(
            "no-half",
            "terms",
            lambda mu, variance, line: 2.0 * _terms(mu, variance, line),
            "The factor ½ is missing.",
            when=lambda kl: abs(kl) > TIE,
        ),
        Slip(
            "log-of-std",
            "terms",
            _log_of_std,
            "The logarithm is of the variance (2 ln σ), not of the standard deviation.",
            when=lambda variance: differ(variance, 1.0),
        ),
        Slip(
            "one-dropped",
            "terms",
            lambda mu, variance, line: _terms(mu, variance, line) + 0.5,
            "The -1 is missing: the KL of the prior with itself must be 0.",
        ),
    ),
    make=make,
    avoid=avoid,
    check=check_spreads,
    items=("dl-elbo", "dl-elbo-terms", "dl-vae"),
)
