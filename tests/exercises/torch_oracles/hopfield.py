"""Hopfield networks: every field is minus the slope of an energy, by autograd."""

from __future__ import annotations

from typing import Any

from tests.exercises.torch_oracles.tensors import (
    MANY,
    NEAR,
    Givens,
    Setting,
    Values,
    compared,
    functional,
    learned,
    signed,
    slopes,
    tensor,
    torch,
)


def _energy(g: Givens, y: Any, offset: str) -> Any:
    """The energy of a state, or of each row of states."""
    quadratic = torch.einsum("...i,ij,...j->...", y, g["W"], y)
    push = torch.einsum("...i,i->...", y, g["b"])
    return -quadratic / 2 - (push if offset == "bias" else -push)


def _fields(g: Givens, states: Any, offset: str) -> Any:
    y = learned(states)
    return -slopes(_energy(g, y, offset).sum(), y)[0]


def _all_states(units: int) -> Any:
    """Counting order: -1 before +1, the last unit fastest."""
    values = torch.tensor((-1.0, 1.0), dtype=torch.float64)
    return torch.cartesian_prod(*[values] * units)


def _numbers(chosen: Any) -> Any:
    """The numbers from 1 of the rows for which a condition holds."""
    return chosen.nonzero()[:, 0] + 1


def _hebbian(patterns: Any, hebb: str) -> Any:
    """The Hessian of half the squared overlaps, scaled; the diagonal belongs to no pair."""

    def overlap(y: Any) -> Any:
        return functional.linear(y, patterns).square().sum() / 2

    outer = torch.autograd.functional.hessian(overlap, torch.zeros_like(patterns[0]))
    return outer / (patterns.shape[1] if hebb == "per-neuron" else patterns.shape[0])


@compared("hopfield-weights")
def hopfield_weights(g: Givens, c: Setting) -> Values:
    patterns = g["patterns"]
    if g["coding"] == "binary":
        patterns = torch.lerp(-torch.ones_like(patterns), torch.ones_like(patterns), patterns)
    scaled = _hebbian(patterns, c["hebb"])
    return {
        "bipolar": patterns,
        "outer_sum": torch.einsum("pi,pj->ij", patterns, patterns),
        "scaled": scaled,
        "W": scaled.clone().fill_diagonal_(0.0),
    }


@compared("hopfield-energy")
def hopfield_energy(g: Givens, c: Setting) -> Values:
    y = g["y"]
    quadratic = functional.bilinear(y, y, g["W"][None])[0]
    without = {**g, "b": torch.zeros_like(y)}
    return {
        "local": _fields(without, y, "bias"),
        "quadratic": quadratic,
        "offset_term": torch.dot(g["b"], y),
        "energy": _energy(g, y, c["offset"]),
    }


def _tied_net(rng: Any, _: Setting) -> dict[str, Any]:
    """A few bonds of one strength, no offsets: about half of the fields are 0."""
    units = int(rng.integers(2, 5))
    upper = torch.triu(tensor(rng.integers(-1, 2, size=(units, units))), 1)
    return {
        "W": (upper + upper.T).tolist(),
        "b": [0.0] * units,
        "y": rng.choice((-1, 1), size=units).tolist(),
        "unit": int(rng.integers(1, units + 1)),
    }


@compared("hopfield-delta-energy", _tied_net)
@compared("hopfield-delta-energy")
def hopfield_delta_energy(g: Givens, c: Setting) -> Values:
    y, i = g["y"], int(g["unit"]) - 1
    field = _fields(g, y, c["offset"])[i]
    after = y.clone()
    after[i] = signed(field, c["tie"], y[i])
    before, then = _energy(g, torch.stack((y, after)), c["offset"])
    return {
        "field": field,
        "new_value": after[i],
        "energy_before": before,
        "delta": then - before,
        "energy_after": then,
    }


@compared("hopfield-recall")
def hopfield_recall(g: Givens, c: Setting) -> Values:
    state, fields, states = g["start"], [], [g["start"]]
    for sweep in g["sweeps"]:
        if c["update"] == "sync":
            fields.append(_fields(g, state, c["offset"]))
            state = signed(fields[-1], c["tie"], state)
            states.append(state)
            continue
        for unit in sweep:
            i = int(unit) - 1
            fields.append(_fields(g, state, c["offset"])[i])
            state = state.clone()
            state[i] = signed(fields[-1], c["tie"], state[i])
            states.append(state)
    after = signed(_fields(g, state, c["offset"]), c["tie"], state)
    own, mirrored = ((g["patterns"] == s * state).all(dim=1) for s in (1.0, -1.0))
    recalled = int(_numbers(own)[0]) if own.any() else 0
    if not own.any() and mirrored.any():
        recalled = -int(_numbers(mirrored)[0])
    return {
        "fields": torch.stack(fields),
        "states": torch.stack(states[1:]),
        "energies": _energy(g, torch.stack(states), c["offset"]),
        "end_state": state,
        "stable": torch.equal(after, state),
        "recalled": recalled,
    }


@compared("hopfield-landscape")
def hopfield_landscape(g: Givens, c: Setting) -> Values:
    units = len(g["b"])
    states = _all_states(units)
    energies = _energy(g, states, c["offset"])
    flips = 1.0 - 2.0 * torch.eye(units, dtype=torch.float64)
    rises = _energy(g, states[:, None] * flips, c["offset"]) - energies[:, None]
    strict = c["minimum"] == "strict"
    minimum = (rises > NEAR if strict else rises >= -NEAR).all(dim=1)
    stored = g["patterns"]
    if c["mirrors"] == "excluded":
        stored = torch.cat((stored, -stored))
    apart = (torch.cdist(states, stored) > 0.5).all(dim=1)
    return {
        "energies": energies,
        "lowest": energies.amin(),
        "minima": _numbers(minimum),
        "n_minima": minimum.sum(),
        "parasitic": _numbers(minimum & apart),
        "n_parasitic": (minimum & apart).sum(),
    }


@compared("hopfield-fixed-points")
def hopfield_fixed_points(g: Givens, c: Setting) -> Values:
    units = len(g["b"])
    states = _all_states(units)
    fields = _fields(g, states, c["offset"])
    after = signed(fields, c["tie"], states)
    digits = 2 ** torch.arange(units - 1, -1, -1)
    number = ((after > 0) * digits).sum(dim=1)
    own = torch.arange(len(states))
    fixed = number == own
    return {
        "fields": fields,
        "next": after,
        "fixed": _numbers(fixed),
        "n_fixed": fixed.sum(),
        "two_cycle": _numbers((number[number] == own) & ~fixed),
    }


def _unbiased(patterns: Any, hebb: str) -> Values:
    weights = _hebbian(patterns, hebb).fill_diagonal_(0.0)
    return {"W": weights, "b": torch.zeros_like(patterns[0])}


@compared("hopfield-stability", problems=MANY)
def hopfield_stability(g: Givens, c: Setting) -> Values:
    patterns = g["patterns"]
    fields = _fields(_unbiased(patterns, c["hebb"]), patterns, "bias")
    return {
        "overlaps": torch.einsum("pi,qi->pq", patterns, patterns),
        "fields": fields,
        "margins": torch.mul(patterns, fields),
        "stable": (signed(fields, c["tie"], patterns) == patterns).all(dim=1),
    }


@compared("hopfield-mixture", problems=MANY)
def hopfield_mixture(g: Givens, c: Setting) -> Values:
    """The sign of a sum of an odd number of signs is their median."""
    mixture = g["patterns"].median(dim=0).values
    net = _unbiased(g["patterns"], c["hebb"])
    fields = _fields(net, mixture, "bias")
    return {
        "sum": g["patterns"].sum(dim=0),
        "mixture": mixture,
        "fields": fields,
        "margins": torch.mul(mixture, fields),
        "stable": torch.equal(signed(fields, c["tie"], mixture), mixture),
        "energy": _energy(net, mixture, "bias"),
    }


@compared("modern-hopfield-update")
def modern_hopfield_update(g: Givens, c: Setting) -> Values:
    """Ramsauer et al. (2021): the new state is the slope of the log-sum-exp of the scores."""
    stored = g["X"].T if c["layout"] == "column" else g["X"]
    query = learned(g["query"])
    scores = functional.linear(query, stored)
    scaled = g["beta"] * scores
    peak = torch.logsumexp(scaled, dim=0)
    (weights,) = slopes(peak, scaled)
    (state,) = slopes(peak / g["beta"], query)
    return {"scores": scores, "scaled": scaled, "weights": weights, "new_state": state}


@compared("modern-hopfield-update")
def modern_hopfield_by_attention(g: Givens, c: Setting) -> Values:
    """One query attends to the stored patterns, scaled by β in place of 1/√d."""
    stored = g["X"].T if c["layout"] == "column" else g["X"]
    state = functional.scaled_dot_product_attention(
        g["query"][None], stored, stored, scale=g["beta"]
    )
    return {"new_state": state[0]}
