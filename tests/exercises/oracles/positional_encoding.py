"""An independent solver of inner products of encodings, by complex numbers on the unit circle."""

from __future__ import annotations

import cmath
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def _points(position: float, d: int) -> list[complex]:
    """e^(i angle) for every frequency, each a constant factor slower than the one before."""
    slower = math.exp(-2.0 * math.log(10_000.0) / d)
    return [cmath.exp(1j * position * slower**pair) for pair in range(d // 2)]


def pe_dot(g: Mapping[str, Any], _: Mapping[str, str]) -> dict[str, Any]:
    d = int(g["d"])
    of_p, of_q = _points(g["p"], d), _points(g["q"], d)
    terms = [(b * a.conjugate()).real for a, b in zip(of_p, of_q, strict=True)]
    return {
        "encoding_p": [part for z in of_p for part in (z.imag, z.real)],
        "encoding_q": [part for z in of_q for part in (z.imag, z.real)],
        "dot": math.fsum(terms),
        "terms": terms,
        "dot_by_offset": math.fsum(terms),
    }


def _pe_dot(rng: Any, _: Mapping[str, str]) -> dict[str, Any]:
    p, q = (int(v) for v in rng.integers(0, 600, size=2))
    return {"p": p, "q": q, "d": 2 * int(rng.integers(1, 65))}


ORACLES = {"pe-dot": pe_dot}
DRAWS = {"pe-dot": _pe_dot}
