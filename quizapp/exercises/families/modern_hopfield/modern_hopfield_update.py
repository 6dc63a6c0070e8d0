"""One update of a modern Hopfield network (Ramsauer et al. 2021, equation 3)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE, softmax
from quizapp.exercises.substitution import dot, entries, exp, factor, frac, num

_SATURATED = 0.98


def _stored(X: Any, layout: str) -> Any:
    """The stored patterns, one per row."""
    return X.T if layout == "column" else X


def _weights(scaled: Any, line: Any) -> Any:
    return softmax(scaled, line)


def _hard_max(scaled: Any) -> Any:
    """1 at the largest entry (the first within a tie), 0 elsewhere."""
    out = np.zeros(len(scaled))
    out[int(np.argmax(scaled >= np.max(scaled) - TIE))] = 1.0
    return out


def _sign(X: Any, weights: Any, layout: str) -> Any:
    return np.where(_stored(X, layout).T @ weights >= -TIE, 1.0, -1.0)


def _scores_work(X: Any, query: Any, layout: str, value: Any) -> list[Work]:
    return [Work((m,), dot(_stored(X, layout)[m], query)) for (m,) in entries(value)]


def _scaled_work(beta: float, scores: Any) -> list[Work]:
    return [Work(at, rf"{num(beta)} \cdot {factor(scores[at])}") for at in entries(scores)]


def _weights_work(scaled: Any) -> list[Work]:
    top = float(np.max(np.abs(scaled)))
    shift = float(np.max(scaled)) if top > 30 else 0.0  # e^x of larger numbers cannot be written
    below = " + ".join(exp(x - shift) for x in scaled)
    return [Work(at, frac(exp(scaled[at] - shift), below)) for at in entries(scaled)]


def _state_work(X: Any, weights: Any, layout: str, value: Any) -> list[Work]:
    return [Work((i,), dot(weights, _stored(X, layout)[:, i])) for (i,) in entries(value)]


def check(beta: float) -> None:
    """An inverse temperature is positive."""
    if beta <= 0:
        raise GivenError("'beta' must be positive: it is an inverse temperature.", where="beta")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two patterns in the plane; three with beta 2; three or four with a small beta."""
    d, count = {1: (2, 2), 2: (2, 3), 3: (3, int(rng.integers(3, 5)))}[level]
    entries_ = (-1.0, 1.0) if level == 1 else (-1.0, 0.0, 1.0, 2.0)
    patterns = rng.choice(entries_, size=(count, d))
    return {
        "X": patterns.T if conventions["layout"] == "column" else patterns,
        "beta": float(rng.choice({1: (1.0, 2.0), 2: (2.0, 0.5), 3: (0.25, 0.5)}[level])),
        "query": rng.choice((-1.0, -0.5, 0.0, 0.5, 1.0), size=d),
    }


def avoid(X: Any, query: Any, scores: Any, weights: Any, layout: str) -> str | None:
    """Equal patterns or scores on top, a query of 0, one pattern that takes all the weight."""
    if len(np.unique(_stored(X, layout), axis=0)) < len(scores):
        return "equal patterns"
    if not query.any():
        return "a query of 0"
    top = np.sort(scores)
    if top[-1] - top[-2] <= TIE:
        return "two equal scores on top"
    return "saturated weights" if np.max(weights) > _SATURATED else None


def _scaling_shows(factor_: float, beta: float, scores: Any) -> bool:
    return abs(factor_ - beta) > TIE and bool(np.any(np.abs(scores) > TIE))


FAMILY = Family(
    id="modern-hopfield-update",
    topic="modern-hopfield",
    title="One update of a modern (continuous) Hopfield network",
    task="Compute one update of the query by the stored patterns.",
    sources=("mcb",),
    givens=(
        Given(
            "X",
            "X",
            "stored patterns: one per column (layout column) or one per row (layout row)",
            {"column": "d x M", "row": "M x d"},
            by="layout",
        ),
        Given("beta", r"\beta", "inverse temperature, more than 0"),
        Given("query", r"\xi", "the state to update", "d"),
    ),
    conventions={"layout": ("column", "row")},
    steps=(
        Step(
            "scores",
            "Scores",
            r"X^\top \xi \text{ (row: } X \xi \text{)}",
            lambda X, query, layout: _stored(X, layout) @ query,
            work=_scores_work,
            formula_for=Among("layout", {"column": r"X^\top \xi", "row": r"X \xi"}),
        ),
        Step(
            "scaled",
            "Scaled scores",
            r"\beta X^\top \xi",
            lambda beta, scores: beta * scores,
            work=_scaled_work,
            formula_for=Among("layout", {"column": r"\beta X^\top \xi", "row": r"\beta X \xi"}),
        ),
        Step(
            "weights",
            "Weights of the patterns",
            r"p = \mathrm{softmax}(\beta X^\top \xi)",
            _weights,
            work=_weights_work,
            formula_for=Among(
                "layout",
                {
                    "column": r"p = \mathrm{softmax}(\beta X^\top \xi)",
                    "row": r"p = \mathrm{softmax}(\beta X \xi)",
                },
            ),
        ),
        Step(
            "new_state",
            "New state",
            r"\xi' = X p \text{ (row: } X^\top p \text{)}",
            lambda X, weights, layout: _stored(X, layout).T @ weights,
            final=True,
            work=_state_work,
            formula_for=Among("layout", {"column": r"\xi' = X p", "row": r"\xi' = X^\top p"}),
        ),
    ),
    slips=(
        Slip(
            "beta-dropped",
            "scaled",
            lambda scores: scores,
            "The inverse temperature β is missing inside the softmax.",
            when=lambda beta, scores: _scaling_shows(1.0, beta, scores),
        ),
        Slip(
            "beta-divides",
            "scaled",
            lambda scores, beta: scores / beta,
            "β is an inverse temperature: it multiplies the scores.",
            when=lambda beta, scores: _scaling_shows(1.0 / beta, beta, scores),
        ),
        Slip(
            "sign-applied",
            "new_state",
            _sign,
            "The modern update has no sign function; the new state is continuous.",
            when=lambda new_state: bool(np.any(np.abs(np.abs(new_state) - 1.0) > TIE)),
        ),
        Slip(
            "hard-max",
            "weights",
            _hard_max,
            "The softmax averages over all patterns; only β to infinity picks one.",
            when=lambda scaled, weights: bool(np.any(np.abs(_hard_max(scaled) - weights) > TIE)),
        ),
        Slip(
            "sqrt-d",
            "scaled",
            lambda scores, query, line: scores / line(np.sqrt(len(query))),
            "1/√d is the attention choice of β; here β is given.",
            when=lambda beta, scores, query: _scaling_shows(
                1.0 / float(np.sqrt(len(query))), beta, scores
            ),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("modern-hopfield-in-or-out-of-scope",),
    items=("pl-mhn-what", "pl-mhn-one-step", "pl-mhn-minima", "pl-mhn-attention"),
)
