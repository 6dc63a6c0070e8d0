"""Language models: operations counted, power laws and votes as distributions, retrieval."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

from tests.exercises.torch_oracles.tensors import (
    Givens,
    Setting,
    Values,
    compared,
    empty,
    tensor,
    torch,
)

_COUNTING: Any = importlib.import_module("torch.utils.flop_counter")


def _pareto(variable: str, size: float) -> Any:
    """The share that a power law leaves over beyond a size is 1 - its distribution function."""
    exponent = {"N": 0.076, "D": 0.095}[variable]  # Kaplan et al. 2020
    return torch.distributions.Pareto(tensor(size), tensor(exponent))


@compared("scaling-loss")
def scaling_loss(g: Givens, _: Setting) -> Values:
    small, large = sorted((g["before"], g["after"]))
    falls = 1 - _pareto(g["variable"], small).cdf(tensor(large))
    ratio = falls if g["before"] == small else 1 / falls
    return {"ratio": ratio, "loss_after": g["loss_before"] * ratio}


@compared("scaling-target")
def scaling_target(g: Givens, _: Setting) -> Values:
    return {"after": _pareto(g["variable"], g["before"]).icdf(tensor(1 - g["ratio"]))}


@cache
def _operations() -> float:
    """Floating point operations for one weight and one token, forwards and backwards."""
    tokens, layer = empty(7, 3).requires_grad_(), torch.nn.Linear(3, 5, False, device="meta")
    with _COUNTING.FlopCounterMode(display=False) as counter:
        layer(tokens).sum().backward()
    return float(counter.get_total_flops() / (7 * layer.weight.numel()))


@compared("training-compute")
def training_compute(g: Givens, _: Setting) -> Values:
    compute = _operations() * g["N"] * g["D"]
    return {"compute": compute, "days": compute / g["rate"] / (24 * 60 * 60)}


def _solved(product: float, ratio: float) -> tuple[Any, Any]:
    """Two sizes with a product and a ratio: linear equations between their logarithms."""
    table = tensor([[1.0, 1.0], [-1.0, 1.0]])
    params, tokens = torch.linalg.solve(table, tensor([product, ratio]).log()).exp()
    return params, tokens


@compared("compute-optimal")
def compute_optimal(g: Givens, _: Setting) -> Values:
    """N and D grow alike: their ratio stays, and their product spends the budget."""
    params, tokens = _solved(g["budget"] / _operations(), g["D"] / g["N"])
    return {"compute": _operations() * g["N"] * g["D"], "params": params, "tokens": tokens}


@compared("compute-budget")
def compute_budget(g: Givens, _: Setting) -> Values:
    params, tokens = _solved(g["C"] / _operations(), g["ratio"])
    return {"product": params * tokens, "params": params, "tokens": tokens}


@compared("majority-probability")
def majority_probability(g: Givens, _: Setting) -> Values:
    right = torch.distributions.Binomial(tensor(g["n"]), probs=tensor(g["p"]))
    counts = right.enumerate_support()
    terms = right.log_prob(counts[counts > g["n"] / 2]).exp()
    return {"terms": terms, "probability": terms.sum()}


@compared("self-consistency")
def self_consistency(g: Givens, _: Setting) -> Values:
    """Every path stands for the first path that gave the same answer."""
    answers = g["answers"]
    first = torch.tensor([[a == b for b in answers] for a in answers]).int().argmax(dim=1)
    places, counts = torch.unique(first, return_counts=True)
    return {
        "candidates": [answers[place] for place in places],
        "counts": counts,
        "winner": answers[places[counts.argmax()]],
        "share": counts.amax().item() / len(answers),
    }


@compared("retrieval-topk")
def retrieval_topk(g: Givens, _: Setting) -> Values:
    scores = torch.mv(g["docs"], g["query"])
    ranking = torch.argsort(scores, descending=True, stable=True) + 1
    return {"scores": scores, "ranking": ranking, "top_k": ranking[: int(g["k"])]}
