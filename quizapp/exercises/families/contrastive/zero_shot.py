"""Zero-shot classification with image and text embeddings (Radford et al. 2021, section 3.1)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.contrastive._embeddings import (
    TRIANGLES,
    demand_embeddings,
    demand_temperature,
    draw,
    length_latex,
    lengths,
    some_length_is_not_one,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE, softmax
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, exp, frac, num

_SMALLEST = 0.005


def _unit(image: Any, line: Line = exact) -> Any:
    return image / lengths(image[None, :], line)[0]


def _units(texts: Any, line: Line = exact) -> Any:
    return texts / lengths(texts, line)


def _logits(image_unit: Any, text_unit: Any, tau: float) -> Any:
    return text_unit @ image_unit / tau


def _raw(image: Any, texts: Any, tau: float) -> Any:
    return texts @ image / tau


def _first_largest(p: Any) -> int:
    return int(np.flatnonzero(p >= p.max() - TIE)[0]) + 1


def _p_work(logits: Any) -> list[Work]:
    below = " + ".join(exp(x) for x in logits)
    return [Work((k,), frac(exp(x), below)) for k, x in enumerate(logits)]


def check(image: Any, texts: Any, tau: float) -> None:
    """Every embedding has a direction; a temperature is positive."""
    if not np.any(np.abs(image) > TIE):
        raise GivenError("'image' is zero; a cosine needs a direction.", where="image")
    demand_embeddings("texts", texts)
    demand_temperature(tau)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two classes, then three, then three with a temperature of one half."""
    return {
        "image": draw(rng, TRIANGLES, 1)[0],
        "texts": draw(rng, (*TRIANGLES, (1, 0), (0, 2), (6, 8)), 2 if level == 1 else 3),
        "tau": 0.5 if level == 3 else 1.0,
    }


def avoid(image_unit: Any, text_unit: Any, texts: Any, p: Any) -> str | None:
    """Classes that look alike, embeddings of length 1, a class that is all but certain."""
    cosines = np.sort(text_unit @ image_unit)
    if np.any(np.diff(cosines) < 0.05) or np.any(np.abs(cosines) <= TIE):
        return "classes that look alike"
    if not some_length_is_not_one(texts):
        return "all embeddings of length 1"
    return "a class all but certain" if p.min() < _SMALLEST else None


FAMILY = Family(
    id="zero-shot",
    topic="contrastive",
    title="Zero-shot classification with text embeddings",
    task="Normalize the embeddings, compare the image with the description of every class and "
    "name the class.",
    sources=("ece493",),
    givens=(
        Given("image", "v", "embedding of the image", "d"),
        Given("texts", "T", "embeddings of the class descriptions, one per row", "K x d"),
        Given("tau", r"\tau", "temperature", default=1.0),
    ),
    steps=(
        Step(
            "image_unit",
            "Image embedding of length 1",
            r"\frac{v}{\|v\|}",
            _unit,
            work=lambda image: [
                Work((k,), frac(num(x), length_latex(image))) for k, x in enumerate(image)
            ],
        ),
        Step(
            "text_unit",
            "Text embeddings of length 1",
            r"\frac{T_k}{\|T_k\|}",
            _units,
            work=lambda texts: [
                Work(at, frac(num(texts[at]), length_latex(texts[at[0]]))) for at in entries(texts)
            ],
        ),
        Step(
            "logits",
            "Cosines over the temperature",
            r"\frac{\cos(v, T_k)}{\tau}",
            _logits,
            work=lambda image_unit, text_unit, tau: [
                Work((k,), frac(dot(row, image_unit), num(tau))) for k, row in enumerate(text_unit)
            ],
        ),
        Step(
            "p",
            "Class probabilities",
            r"\softmax(\cdot)",
            lambda logits, line: softmax(logits, line),
            work=_p_work,
        ),
        Step(
            "predicted",
            "Number of the class, from 1",
            r"\argmax_k p_k",
            _first_largest,
            final=True,
            kind="integer",
        ),
    ),
    slips=(
        Slip(
            "raw-products",
            "logits",
            _raw,
            "This is the inner product of the raw embeddings; the cosine divides by both lengths.",
            when=lambda image, texts, tau, logits: bool(
                np.any(np.abs(_raw(image, texts, tau) - logits) > TIE)
            ),
        ),
        Slip(
            "temperature-ignored",
            "logits",
            lambda image_unit, text_unit: text_unit @ image_unit,
            "The cosines are divided by the temperature.",
            when=lambda tau: abs(tau - 1.0) > TIE,
        ),
        Slip(
            "texts-not-normalised",
            "text_unit",
            lambda texts: texts,
            "The text embeddings are divided by their lengths first.",
            when=lambda texts: some_length_is_not_one(texts),
        ),
        Slip(
            "shares-of-cosines",
            "p",
            lambda logits: logits / np.sum(logits),
            "The cosines were divided by their sum; a softmax exponentiates first.",
            when=lambda logits: abs(np.sum(logits)) > 0.05,
        ),
        Slip(
            "farthest-class",
            "predicted",
            lambda p: int(np.argmin(p)) + 1,
            "The class with the LARGEST cosine is the nearest one.",
            when=lambda p: len(p) > 1 and bool(np.ptp(p) > TIE),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("clip-needs-normalised-embeddings",),
    items=("dl-clip-zeroshot", "dl-cosine"),
)
