"""Independent solvers of the families on language models, and problems for them.

Power laws through logarithms, votes by counting, the majority by adding one path at a time.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Values = dict[str, Any]

NEAR = 1e-9
FALLS = {"N": 0.076, "D": 0.095}


def scaling_loss(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    falls = FALLS[g["variable"]]
    ratio = math.exp(falls * (math.log(g["before"]) - math.log(g["after"])))
    return {
        "exponent": falls,
        "factor": g["after"] / g["before"],
        "ratio": ratio,
        "loss_after": ratio * g["loss_before"],
    }


def scaling_target(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    falls = FALLS[g["variable"]]
    factor = math.exp(-math.log(g["ratio"]) / falls)
    return {"exponent": falls, "factor": factor, "after": factor * g["before"]}


def training_compute(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    """Two operations per weight and token forwards, four backwards."""
    compute = (2 + 4) * g["N"] * g["D"]
    return {
        "compute": compute,
        "tokens_per_parameter": g["D"] / g["N"],
        "seconds": compute / g["rate"],
        "days": compute / g["rate"] / 60 / 60 / 24,
    }


def compute_optimal(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    compute = (2 + 4) * g["N"] * g["D"]
    ratio = g["D"] / g["N"]  # stays; the budget is 6 ratio N^2
    params = math.sqrt(g["budget"] / (2 + 4) / ratio)
    return {
        "compute": compute,
        "factor": g["budget"] / compute,
        "growth": [params / g["N"]] * 2,
        "params": params,
        "tokens": ratio * params,
    }


def compute_budget(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    """The root by bisection of the logarithm."""
    low, high = -400.0, 400.0
    for _step in range(200):
        middle = (low + high) / 2
        needed = math.log(6) + math.log(g["ratio"]) + 2 * middle
        low, high = (middle, high) if needed < math.log(g["C"]) else (low, middle)
    params = math.exp(low)
    return {"product": g["C"] / 6, "params": params, "tokens": g["ratio"] * params}


def lm_loss(g: Mapping[str, Any], c: Mapping[str, str]) -> Values:
    probs = g["probs"]
    log = math.log if c["log_base"] == "e" else math.log2
    terms = [-log(p) for p in probs]
    return {
        "terms": terms,
        "total": math.fsum(terms),
        "mean": math.fsum(terms) / len(probs),
        # One over the geometric mean, whatever the base.
        "perplexity": math.prod(p ** (-1 / len(probs)) for p in probs),
        "sequence_probability": math.prod(probs),
    }


def self_consistency(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    votes = Counter(g["answers"])  # keeps the order of first appearance
    (winner, most), *_rest = votes.most_common()  # stable: the earlier of equals comes first
    return {
        "candidates": list(votes),
        "counts": list(votes.values()),
        "winner": winner,
        "share": most / len(g["answers"]),
    }


def majority_probability(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    """The distribution of the number of right paths, one path after the other."""
    n, p = int(g["n"]), g["p"]
    chances = [1.0]
    for _path in range(n):
        chances = [
            stay * (1 - p) + come * p
            for stay, come in zip([*chances, 0.0], [0.0, *chances], strict=True)
        ]
    needed = next(k for k in range(n + 1) if k > n - k)
    return {
        "needed": needed,
        "terms": chances[needed:],
        "probability": math.fsum(chances[needed:]),
    }


def retrieval_topk(g: Mapping[str, Any], _: Mapping[str, str]) -> Values:
    scores = [math.fsum(a * b for a, b in zip(row, g["query"], strict=True)) for row in g["docs"]]

    def compared(i: int, j: int) -> int:
        gap = scores[j] - scores[i]
        if abs(gap) <= NEAR:
            return i - j
        return 1 if gap > 0 else -1

    order = sorted(range(len(scores)), key=functools.cmp_to_key(compared))
    ranking = [i + 1 for i in order]
    return {"scores": scores, "ranking": ranking, "top_k": ranking[: int(g["k"])]}


ORACLES = {
    "scaling-loss": scaling_loss,
    "scaling-target": scaling_target,
    "training-compute": training_compute,
    "compute-optimal": compute_optimal,
    "compute-budget": compute_budget,
    "lm-loss": lm_loss,
    "self-consistency": self_consistency,
    "majority-probability": majority_probability,
    "retrieval-topk": retrieval_topk,
}


# Own problems ----------------------------------------------------------------------------


def _size(rng: Any, least: float = 3.0, most: float = 14.0) -> float:
    return float(10.0 ** rng.uniform(least, most))


def _scaling_loss(rng: Any, _: Mapping[str, str]) -> Values:
    return {
        "variable": str(rng.choice(("N", "D"))),
        "before": _size(rng),
        "after": _size(rng),
        "loss_before": float(rng.uniform(0.1, 12.0)),
    }


def _scaling_target(rng: Any, _: Mapping[str, str]) -> Values:
    return {
        "variable": str(rng.choice(("N", "D"))),
        "before": _size(rng, 0.0),
        "ratio": float(rng.uniform(0.1, 0.999)),
    }


def _training_compute(rng: Any, _: Mapping[str, str]) -> Values:
    return {"N": _size(rng), "D": _size(rng), "rate": _size(rng, 9.0, 20.0)}


def _compute_optimal(rng: Any, _: Mapping[str, str]) -> Values:
    return {"N": _size(rng), "D": _size(rng), "budget": _size(rng, 8.0, 27.0)}


def _compute_budget(rng: Any, _: Mapping[str, str]) -> Values:
    return {"C": _size(rng, 3.0, 28.0), "ratio": float(rng.choice((0.3, 1.0, 20.0, 1500.0)))}


def _lm_loss(rng: Any, _: Mapping[str, str]) -> Values:
    return {"probs": rng.uniform(0.001, 1.0, size=int(rng.integers(1, 60))).tolist()}


def _self_consistency(rng: Any, _: Mapping[str, str]) -> Values:
    """Ties are common, and so is a vote of one path."""
    paths = int(rng.integers(1, 30))
    pool = ("18", "-32", "yes", "no", "New York", "x = 2", "1/2")
    answers = [pool[at] for at in rng.integers(len(pool), size=paths)]
    return {"answers": answers, "confidence": rng.uniform(size=paths).tolist()}


def _majority_probability(rng: Any, _: Mapping[str, str]) -> Values:
    return {
        "n": 1 + 2 * int(rng.integers(0, 60)),
        "p": float(rng.choice((0.0, 1.0, 0.5, float(rng.uniform())))),
    }


def _retrieval_topk(rng: Any, _: Mapping[str, str]) -> Values:
    """Half of the collections hold equal scores."""
    count, width = (int(v) for v in rng.integers(1, 30, size=2))
    docs = (
        rng.normal(size=(count, width))
        if rng.random() < 0.5
        else rng.integers(-1, 2, size=(count, width))
    )
    return {
        "query": rng.integers(-2, 3, size=width).tolist(),
        "docs": docs.tolist(),
        "k": int(rng.integers(1, count + 1)),
    }


DRAWS = {
    "scaling-loss": _scaling_loss,
    "scaling-target": _scaling_target,
    "training-compute": _training_compute,
    "compute-optimal": _compute_optimal,
    "compute-budget": _compute_budget,
    "lm-loss": _lm_loss,
    "self-consistency": _self_consistency,
    "majority-probability": _majority_probability,
    "retrieval-topk": _retrieval_topk,
}
