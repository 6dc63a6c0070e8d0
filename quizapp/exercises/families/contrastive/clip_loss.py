"""The loss of CLIP: cross-entropy in both directions (Radford et al. 2021, figure 3)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.contrastive._embeddings import (
    AXES,
    TRIANGLES,
    demand_embeddings,
    demand_temperature,
    draw,
    length_latex,
    lengths,
    some_length_is_not_one,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, exp, factor, frac, num, total


def _unit(rows: Any, line: Line) -> Any:
    return rows / lengths(rows, line)


def _log_sums(logits: Any, line: Line) -> Any:
    """The logarithm of the sum of e^x in each row; e^x, sum and logarithm are inner lines."""
    if line is exact or np.max(np.abs(logits), initial=0.0) > 30:
        top = logits.max(axis=1)
        return line(top + np.log(np.exp(logits - top[:, None]).sum(axis=1)))
    return line(np.log(line(line(np.exp(logits)).sum(axis=1))))


def _losses(logits: Any, line: Line) -> Any:
    """Cross-entropy of each row, the right column being that of the same number."""
    return _log_sums(logits, line) - np.diag(logits)


def _unit_work(rows: Any) -> list[Work]:
    return [Work((i, j), frac(num(rows[i, j]), length_latex(rows[i]))) for i, j in entries(rows)]


def _logit_work(image_unit: Any, text_unit: Any, tau: float, value: Any) -> list[Work]:
    return [
        Work((i, j), frac(dot(image_unit[i], text_unit[j]), num(tau))) for i, j in entries(value)
    ]


def _losses_work(logits: Any) -> list[Work]:
    return [
        Work((i,), rf"\ln({' + '.join(exp(x) for x in row)}) - {factor(row[i])}")
        for i, row in enumerate(logits)
    ]


def _loss_work(image_losses: Any, text_losses: Any) -> list[Work]:
    above = f"{total(image_losses)} + {total(text_losses)}"
    return [Work((), frac(above, rf"2 \cdot {len(image_losses)}"))]


def check(images: Any, texts: Any, tau: float) -> None:
    """Embeddings have a direction; the temperature is positive."""
    demand_embeddings("images", images)
    demand_embeddings("texts", texts)
    demand_temperature(tau)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two pairs near the axes, two with any 3-4-5 triangles, then three pairs."""
    count = 3 if level == 3 else 2
    pool = (*AXES, (3, 4), (4, 3)) if level == 1 else (*AXES[:2], *TRIANGLES)
    return {
        "images": draw(rng, pool, count),
        "texts": draw(rng, pool, count),
        "tau": {1: 1.0, 2: float(rng.choice((1.0, 2.0, 0.5))), 3: 0.5}[level],
    }


def avoid(logits: Any, image_losses: Any, text_losses: Any) -> str | None:
    """Directions that agree, equal rows or columns of logits."""
    if abs(float((image_losses - text_losses).mean())) < 0.04:
        return "both directions alike"
    if len(np.unique(np.round(logits, 9), axis=0)) < len(logits):
        return "equal images"
    if len(np.unique(np.round(logits, 9), axis=1).T) < len(logits):
        return "equal texts"
    return None


FAMILY = Family(
    id="clip-loss",
    topic="contrastive",
    title="CLIP loss of a batch of image-text pairs",
    task="Compute the CLIP loss of the batch, images over texts and texts over images.",
    sources=("ece493",),
    givens=(
        Given("images", "F_V", "image embeddings, one per row", "N x d"),
        Given("texts", "F_T", "text embeddings, row i belongs to image i", "N x d"),
        Given("tau", r"\tau", "temperature"),
    ),
    steps=(
        Step(
            "image_unit",
            "Images with length 1",
            r"\hat{v}_i = \frac{v_i}{\|v_i\|}",
            lambda images, line: _unit(images, line),
            work=lambda images: _unit_work(images),
        ),
        Step(
            "text_unit",
            "Texts with length 1",
            r"\hat{t}_i = \frac{t_i}{\|t_i\|}",
            lambda texts, line: _unit(texts, line),
            work=lambda texts: _unit_work(texts),
        ),
        Step(
            "logits",
            "Logits, one image per row",
            r"l_{ij} = \frac{\hat{v}_i^\top \hat{t}_j}{\tau}",
            lambda image_unit, text_unit, tau: image_unit @ text_unit.T / tau,
            work=_logit_work,
        ),
        Step(
            "image_losses",
            "Losses of the images (rows)",
            r"\ln \sum_j e^{l_{ij}} - l_{ii}",
            lambda logits, line: _losses(logits, line),
            work=lambda logits: _losses_work(logits),
        ),
        Step(
            "text_losses",
            "Losses of the texts (columns)",
            r"\ln \sum_j e^{l_{ji}} - l_{ii}",
            lambda logits, line: _losses(logits.T, line),
            work=lambda logits: _losses_work(logits.T),
        ),
        Step(
            "loss",
            "Loss of the batch",
            r"L = \frac{1}{2N} \left( \sum_i \ell_i^{\text{image}} + \sum_i \ell_i^{\text{text}} "
            r"\right)",
            lambda image_losses, text_losses: (
                float(image_losses.sum() + text_losses.sum()) / (2 * len(image_losses))
            ),
            final=True,
            work=_loss_work,
        ),
    ),
    slips=(
        Slip(
            "images-not-normalised",
            "image_unit",
            lambda images: images,
            "The image embeddings must have length 1 (cosine similarity) before the inner product.",
            when=lambda images: some_length_is_not_one(images),
        ),
        Slip(
            "texts-not-normalised",
            "text_unit",
            lambda texts: texts,
            "The text embeddings must have length 1 (cosine similarity) before the inner product.",
            when=lambda texts: some_length_is_not_one(texts),
        ),
        Slip(
            "raw-products",
            "logits",
            lambda images, texts, tau: images @ texts.T / tau,
            "The printed formula has raw inner products; the embeddings must be normalized first.",
            when=lambda images, texts: (
                some_length_is_not_one(images) and some_length_is_not_one(texts)
            ),
        ),
        Slip(
            "temperature-ignored",
            "logits",
            lambda image_unit, text_unit: image_unit @ text_unit.T,
            "The similarities are divided by the temperature.",
            when=lambda tau, logits: abs(tau - 1.0) > TIE and bool(np.any(np.abs(logits) > TIE)),
        ),
        Slip(
            "one-direction",
            "loss",
            lambda image_losses: float(image_losses.mean()),
            "Both directions count: images over texts and texts over images.",
            when=lambda image_losses, text_losses: (
                abs(float(image_losses.sum() - text_losses.sum())) > TIE
            ),
        ),
        Slip(
            "half-forgotten",
            "loss",
            lambda image_losses, text_losses: (
                float(image_losses.sum() + text_losses.sum()) / len(image_losses)
            ),
            "The prefactor is 1/(2N): two cross-entropies per pair.",
            when=lambda loss: loss > TIE,
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("clip-needs-normalised-embeddings",),
    items=("dl-clip-loss", "dl-clip-negatives", "dl-cosine", "ncl-contrastive"),
)
