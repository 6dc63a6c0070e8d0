"""NT-Xent, the loss of SimCLR (Chen, Kornblith, Norouzi, Hinton 2020, section 2.1)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.families._formulas import Among
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
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import dot, entries, exp, factor, frac, num, total

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line

_LARGEST = 1.95  # beyond it the digits of e^x decide the last digit of the sum
_OTHER = {"adjacent": "halves", "halves": "adjacent"}


def _cosines(Z: Any, line: Line) -> Any:
    of_rows = lengths(Z, line)
    return Z @ Z.T / (of_rows * of_rows.T)


def _partners(count: int, pairs: str) -> Any:
    """The positive partner of each row, rows numbered from 1."""
    rows = np.arange(count)
    return (rows ^ 1 if pairs == "adjacent" else (rows + count // 2) % count) + 1


def _positives(Z: Any, pairs: str) -> Any:
    return _partners(len(Z), pairs)


def _other_positives(Z: Any, pairs: str) -> Any:
    return _partners(len(Z), _OTHER[pairs])


def _without_self(scaled: Any) -> Any:
    return ~np.eye(len(scaled), dtype=bool)


def _denominators(scaled: Any, line: Line) -> Any:
    return np.where(_without_self(scaled), line(np.exp(scaled)), 0.0).sum(axis=1)


def _without_positive(scaled: Any, positives: Any, line: Line) -> Any:
    kept = _without_self(scaled)
    kept[np.arange(len(scaled)), _columns(positives)] = False
    return np.where(kept, line(np.exp(scaled)), 0.0).sum(axis=1)


def _columns(positives: Any) -> Any:
    return np.asarray(positives, dtype=int) - 1


def _pair_losses(scaled: Any, positives: Any, denominators: Any, line: Line) -> Any:
    return line(np.log(denominators)) - scaled[np.arange(len(scaled)), _columns(positives)]


def _sim_work(Z: Any) -> list[Work]:
    length = [length_latex(row) for row in Z]
    return [
        Work((i, j), frac(dot(Z[i], Z[j]), rf"{length[i]} \cdot {length[j]}"))
        for i in range(len(Z))
        for j in range(len(Z))
    ]


def _denominator_work(scaled: Any) -> list[Work]:
    return [
        Work((i,), " + ".join(exp(x) for k, x in enumerate(row) if k != i))
        for i, row in enumerate(scaled)
    ]


def _loss_work(scaled: Any, positives: Any, denominators: Any) -> list[Work]:
    return [
        Work((i,), rf"-{factor(scaled[i, j])} + \ln({num(denominators[i])})")
        for i, j in enumerate(_columns(positives))
    ]


def check(Z: Any, tau: float) -> None:
    """Views come in pairs and have a direction; the temperature is positive."""
    if len(Z) % 2:
        raise GivenError(
            f"'Z' needs an even number of rows, not {len(Z)}: views come in pairs.", where="Z"
        )
    demand_embeddings("Z", Z)
    demand_temperature(tau)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Four views along the axes, four with 3-4-5 triangles, six of both."""
    pool = {1: AXES, 2: TRIANGLES, 3: (*AXES[:2], *TRIANGLES[2:])}[level]
    tau = float(rng.choice((1.0, 2.0) if level == 1 else (0.5, 1.0, 2.0)))
    return {"Z": draw(rng, pool, 6 if level == 3 else 4), "tau": tau}


def avoid(Z: Any, sim: Any, scaled: Any, positives: Any) -> str | None:
    """Views that all point one way, powers of e too large for the hand, two equal pairs."""
    if np.ptp(sim) <= TIE:
        return "equal views"
    if scaled[_without_self(scaled)].max() > _LARGEST:
        return "large powers"
    partner = _columns(positives)
    like = sim > 1.0 - TIE
    twice = like & like[np.ix_(partner, partner)]  # i is like k, and so are their partners
    np.fill_diagonal(twice, val=False)
    twice[np.arange(len(Z)), partner] = False
    return "two equal pairs" if twice.any() else None


FAMILY = Family(
    id="nt-xent",
    topic="contrastive",
    title="NT-Xent loss of a batch of views",
    task="Compute the NT-Xent loss of every view and of the batch.",
    sources=("ece493",),
    givens=(
        Given("Z", "Z", "embedded views, one per row", "2N x d"),
        Given("tau", r"\tau", "temperature"),
    ),
    conventions={"pairs": ("adjacent", "halves")},
    steps=(
        Step(
            "sim",
            "Cosine similarities",
            r"s_{ij} = \frac{z_i^\top z_j}{\|z_i\| \, \|z_j\|}",
            _cosines,
            work=_sim_work,
        ),
        Step(
            "scaled",
            "Similarities over the temperature",
            r"\frac{s_{ij}}{\tau}",
            lambda sim, tau: sim / tau,
            work=lambda sim, tau: [Work(at, frac(num(sim[at]), num(tau))) for at in entries(sim)],
        ),
        Step(
            "positives",
            "Row of the positive partner (from 1)",
            r"j(i)",
            _positives,
            kind="integer",
            formula_for=Among(
                "pairs",
                {
                    "adjacent": r"j(2k-1) = 2k, \; j(2k) = 2k-1",
                    "halves": r"j(i) = i + N, \; j(i + N) = i",
                },
            ),
        ),
        Step(
            "denominators",
            "Denominators",
            r"D_i = \sum_{k \ne i} e^{s_{ik} / \tau}",
            _denominators,
            work=_denominator_work,
        ),
        Step(
            "pair_losses",
            "Losses of the views",
            r"\ell_i = -\frac{s_{i j(i)}}{\tau} + \ln D_i",
            _pair_losses,
            work=_loss_work,
        ),
        Step(
            "loss",
            "Loss of the batch",
            r"L = \frac{1}{2N} \sum_i \ell_i",
            lambda pair_losses: float(pair_losses.mean()),
            final=True,
            work=lambda pair_losses: [Work((), frac(total(pair_losses), str(len(pair_losses))))],
        ),
    ),
    slips=(
        Slip(
            "self-included",
            "denominators",
            lambda scaled, line: line(np.exp(scaled)).sum(axis=1),
            "The view itself (k = i) is left out of the denominator.",
        ),
        Slip(
            "positive-left-out",
            "denominators",
            _without_positive,
            "The positive stays in the denominator; only k = i is excluded.",
            when=lambda Z: len(Z) > 2,
        ),
        Slip(
            "temperature-ignored",
            "scaled",
            lambda sim: sim,
            "The similarities are divided by the temperature.",
            when=lambda tau: abs(tau - 1.0) > TIE,
        ),
        Slip(
            "temperature-multiplied",
            "scaled",
            lambda sim, tau: sim * tau,
            "Divide by τ, do not multiply.",
            when=lambda tau: abs(tau - 1.0) > TIE,
        ),
        Slip(
            "raw-products",
            "sim",
            lambda Z: Z @ Z.T,
            "Cosine similarity: divide the inner product by both lengths.",
            when=lambda Z: some_length_is_not_one(Z),
        ),
        Slip(
            "other-pairing",
            "positives",
            _other_positives,
            "The positive partner is another row in the stated order of the views.",
            when=lambda Z: len(Z) >= 4,
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    items=("dl-ntxent", "dl-simclr", "dl-cosine", "dl-contrastive"),
)
