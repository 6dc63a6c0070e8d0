"""Positions and letters as vectors."""

from __future__ import annotations

from typing import Any

from tests.exercises.torch_oracles.tensors import (
    Givens,
    Setting,
    Values,
    compared,
    functional,
    tensor,
    torch,
)


def _divisors(d: int) -> Any:
    """10000^(2i/d): equal steps between the powers 0 and 4 (1 - 2/d) of ten."""
    return torch.logspace(0.0, 4.0 - 8.0 / d, d // 2, dtype=torch.float64)


def _points(positions: Any, d: int) -> Any:
    """A point on the unit circle for every position and frequency."""
    angles = torch.outer(positions, 1 / _divisors(d))
    return torch.polar(torch.ones_like(angles), angles)


def _encoded(points: Any) -> Any:
    """Sine before cosine: imaginary before real parts."""
    return torch.view_as_real(points).flip(-1).flatten(-2)


@compared("positional-encoding")
def positional_encoding(g: Givens, _: Setting) -> Values:
    d = int(g["d"])
    return {"divisors": _divisors(d), "encoding": _encoded(_points(g["positions"], d))}


@compared("pe-dot")
def pe_dot(g: Givens, _: Setting) -> Values:
    p, q = _points(tensor((g["p"], g["q"])), int(g["d"]))
    return {
        "encoding_p": _encoded(p),
        "encoding_q": _encoded(q),
        "dot": torch.vdot(p, q).real,
        "terms": (p.conj() * q).real,
        "dot_by_offset": torch.vdot(p, q).real,
    }


@compared("onehot-flatten")
def onehot_flatten(g: Givens, c: Setting) -> Values:
    places = torch.tensor([g["alphabet"].index(letter) for letter in g["sequence"]])
    onehot = functional.one_hot(places, len(g["alphabet"]))
    row_major = c["flatten"] == "row-major"
    return {"onehot": onehot, "flat": (onehot if row_major else onehot.T).flatten()}
