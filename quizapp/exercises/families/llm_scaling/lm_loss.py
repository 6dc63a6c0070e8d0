"""Loss and perplexity of a language model (Jelinek et al. 1977; Radford et al. 2018)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import factor, frac, num
from quizapp.exercises.substitution import total as added

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

_E = "e"
_OTHER = {_E: "two", "two": _E}
_RARE = 0.01  # a sequence less likely than this is lost in the rounding


def _log(x: Any, log_base: str) -> Any:
    return np.log(x) if log_base == _E else np.log2(x)


def _power(x: float, log_base: str) -> float:
    return float(np.exp(x) if log_base == _E else np.exp2(x))


def _terms(probs: Any, log_base: str) -> Any:
    return 0.0 - _log(probs, log_base)


def _log_of_mean(probs: Any, log_base: str, line: Line) -> float:
    return float(-len(probs) * line(_log(line(probs.mean()), log_base)))


def _terms_work(probs: Any, log_base: str) -> list[Work]:
    logarithms = [rf"\ln({num(p)})" for p in probs]
    if log_base != _E:
        logarithms = [frac(text, r"\ln(2)") for text in logarithms]
    return [Work((t,), f"-{text}") for t, text in enumerate(logarithms)]


def _perplexity_work(mean: float, log_base: str) -> list[Work]:
    return [Work((), f"{'e' if log_base == _E else '2'}^{{{num(mean)}}}")]


def _sequence_work(probs: Any) -> list[Work]:
    return [Work((), r" \cdot ".join(factor(p) for p in probs))]


def check(probs: Any) -> None:
    """Every token has a chance."""
    if np.any(probs <= 0) or np.any(probs > 1):
        raise GivenError("every entry of 'probs' must be above 0 and at most 1.", where="probs")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two or three tokens with powers of one half, then three and four with tenths."""
    if level == 1:
        return {"probs": rng.choice((0.5, 0.25, 0.125), size=int(rng.integers(2, 4)))}
    return {"probs": rng.integers(2, 10, size=level + 1) / 10}


def avoid(probs: Any, sequence_probability: float) -> str | None:
    """Tokens that are certain or alike, sequences that hardly ever occur."""
    if np.any(probs >= 1) or np.ptp(probs) <= TIE:
        return "certain or equal tokens"
    return "a rare sequence" if sequence_probability < _RARE else None


FAMILY = Family(
    id="lm-loss",
    topic="llm-scaling",
    title="Autoregressive loss and perplexity",
    task="Compute the loss of the language model on this text, in total and per token, its "
    "perplexity and the probability of the text.",
    sources=("ece493",),
    givens=(Given("probs", "p", "probabilities of the actual next tokens", "T"),),
    conventions={"log_base": (_E, "two")},
    steps=(
        Step(
            "terms",
            "Loss of each token",
            r"-\log p_t",
            _terms,
            work=_terms_work,
            formula_for=Among("log_base", {"e": r"-\ln p_t", "two": r"-\log_{2} p_t"}),
        ),
        Step(
            "total",
            "Loss of the text",
            r"L = -\sum_{t=1}^{T} \log p_t",
            lambda terms: float(terms.sum()),
            final=True,
            work=lambda terms: [Work((), added(terms))],
            formula_for=Among(
                "log_base",
                {"e": r"L = -\sum_{t=1}^{T} \ln p_t", "two": r"L = -\sum_{t=1}^{T} \log_{2} p_t"},
            ),
        ),
        Step(
            "mean",
            "Loss per token",
            r"\frac{L}{T}",
            lambda total, terms: total / len(terms),
            work=lambda total, terms: [Work((), frac(num(total), num(len(terms))))],
        ),
        Step(
            "perplexity",
            "Perplexity",
            r"e^{L / T} \text{ (base 2: } 2^{L / T} \text{)}",
            lambda mean, log_base: _power(mean, log_base),
            final=True,
            work=_perplexity_work,
            formula_for=Among("log_base", {"e": r"e^{L / T}", "two": r"2^{L / T}"}),
        ),
        Step(
            "sequence_probability",
            "Probability of the text",
            r"\prod_{t=1}^{T} p_t",
            lambda probs: float(np.prod(probs)),
            work=_sequence_work,
        ),
    ),
    slips=(
        Slip(
            "perplexity-of-total",
            "perplexity",
            lambda total, log_base: _power(total, log_base),
            "Perplexity uses the mean per token, not the sum.",
            when=lambda total, mean: abs(total - mean) > TIE,
        ),
        Slip(
            "base-mixed",
            "perplexity",
            lambda mean, log_base: _power(mean, _OTHER[log_base]),
            "The base of the power must be the base of the logarithm.",
            when=lambda mean: abs(mean) > TIE,
        ),
        Slip(
            "log-of-mean",
            "total",
            _log_of_mean,
            "Take the logarithm of every token probability, then add.",
            when=lambda probs: float(np.ptp(probs)) > TIE,
        ),
        Slip(
            "other-base",
            "terms",
            lambda probs, log_base: _terms(probs, _OTHER[log_base]),
            "The logarithm has another base than stated.",
            when=lambda probs: bool(np.any(probs < 1 - TIE)),
        ),
        Slip(
            "sum-of-probabilities",
            "sequence_probability",
            lambda probs: float(np.sum(probs)),
            "The probability of the text is the product of the token probabilities.",
            when=lambda probs: len(probs) > 1,
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    items=("dl-lm-loss", "dl-ar-sampling"),
)
