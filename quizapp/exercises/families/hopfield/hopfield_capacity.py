"""How many patterns a Hopfield network stores.

0.138 N: Amit, Gutfreund and Sompolinsky 1987; N / (2 ln N) and N / (4 ln N) for most and for
all patterns without error: McEliece, Posner, Rodemich and Venkatesh 1987; 0.15 N: Hopfield 1982.
"""

from __future__ import annotations

import math
from typing import Any

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import frac, num

_SHARES = {"amit": 0.138, "slide": 1.0}
_PREFACTORS = {"mceliece-most": 2.0, "mceliece-all": 4.0}
_SWAPPED = {"mceliece-most": "mceliece-all", "mceliece-all": "mceliece-most"}
_MOST = 1e12
_NEAR = 0.02  # a limit of 10.004 may be written as 10, and then nothing is rounded down


def _limit(N: float, capacity: str, line: Any) -> float:
    """The largest number of patterns for N neurons; the logarithm is an inner line."""
    if capacity in _SHARES:
        return _SHARES[capacity] * N
    return float(N / (_PREFACTORS[capacity] * line(math.log(N))))


def _with_log10(N: float, capacity: str, line: Any) -> float:
    return float(N / (_PREFACTORS[capacity] * line(math.log10(N))))


def _suffices(n: int, P: float, capacity: str) -> bool:
    return _limit(n, capacity, float) + TIE >= P


def _neurons_needed(P: float, capacity: str) -> int:
    """The smallest n from 2 on whose limit reaches P; from 3 on every limit grows with n."""
    if _suffices(2, P, capacity):
        return 2
    above = 3
    while not _suffices(above, P, capacity):
        above *= 2
    below = max(2, above // 2)
    while above - below > 1:
        middle = (below + above) // 2
        if _suffices(middle, P, capacity):
            above = middle
        else:
            below = middle
    return above


def _limit_work(N: float, capacity: str) -> list[Work]:
    if capacity == "slide":
        return [Work((), num(N))]
    if capacity in _SHARES:
        return [Work((), rf"{num(_SHARES[capacity])} \cdot {num(N)}")]
    return [Work((), frac(num(N), rf"{num(_PREFACTORS[capacity])} \cdot \ln({num(N)})"))]


def _down_work(limit: float, value: float) -> list[Work]:
    rest = limit - value
    return [Work((), f"{num(limit)} - {num(rest)}" if rest > TIE else num(limit))]


def _needed_work(P: float, capacity: str, value: int) -> list[Work]:
    """The load at the limit, and what is missing to the next whole number of neurons."""
    if capacity in _SHARES:
        exact = P / _SHARES[capacity]
        written = num(P) if capacity == "slide" else frac(num(P), num(_SHARES[capacity]))
    else:
        exact = _PREFACTORS[capacity] * P * math.log(value)
        written = rf"{num(_PREFACTORS[capacity])} \cdot {num(P)} \cdot \ln({num(value)})"
    rest = value - exact
    return [Work((), f"{written} + {num(rest)}" if rest > TIE else written)]


def check(N: float, P: float) -> None:
    """The logarithm of N must be positive, and no number is beyond what floats count exactly."""
    if not 2 <= N <= _MOST:
        raise GivenError("'N' is the number of neurons: from 2 to 10^12.", where="N")
    if not 0 <= P <= _MOST:
        raise GivenError("'P' is the number of patterns: from 0 to 10^12.", where="P")


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A round number of neurons and few patterns; any tens; a larger network."""
    neurons = {
        1: (100, 200, 50),
        2: tuple(range(20, 160, 10)),
        3: tuple(range(100, 1001, 25)),
    }[level]
    n = int(rng.choice(neurons))
    expected = _limit(n, conventions["capacity"], float)
    patterns = round(expected * rng.uniform(0.4, 1.8))
    return {"N": n, "P": max(2, patterns)}


def avoid(N: float, P: float, limit: float) -> str | None:
    """Loads at the limit, limits next to a whole number, as many patterns as neurons."""
    if abs(P - limit) <= 0.01 * limit:
        return "a load at the limit"
    if TIE < abs(limit - round(limit)) < _NEAR:
        return "a limit that rounds to a whole number"
    return "as many patterns as neurons" if P == N else None


def _logarithmic(capacity: str) -> bool:
    return capacity in _PREFACTORS


FAMILY = Family(
    id="hopfield-capacity",
    topic="hopfield",
    title="Capacity of a Hopfield network",
    task="Compute the load and the largest number of patterns; then say whether P patterns fit.",
    sources=("hub",),
    givens=(
        Given("N", "N", "number of neurons, at least 2", kind="integer"),
        Given("P", "P", "number of patterns to store", kind="integer"),
    ),
    conventions={"capacity": ("slide", "amit", "mceliece-most", "mceliece-all")},
    steps=(
        Step(
            "load",
            "Load",
            r"\alpha = \frac{P}{N}",
            lambda N, P: P / N,
            work=lambda N, P: [Work((), frac(num(P), num(N)))],
        ),
        Step(
            "limit",
            "Largest number of patterns",
            r"N, \; 0.138 N, \; \frac{N}{2 \ln N} \text{ or } \frac{N}{4 \ln N}",
            _limit,
            final=True,
            work=_limit_work,
            formula_for=Among(
                "capacity",
                {
                    "slide": r"P_{\max} = N",
                    "amit": r"P_{\max} = 0.138 N",
                    "mceliece-most": r"P_{\max} = \frac{N}{2 \ln N}",
                    "mceliece-all": r"P_{\max} = \frac{N}{4 \ln N}",
                },
            ),
        ),
        Step(
            "max_patterns",
            "In whole patterns",
            r"\lfloor P_{\max} \rfloor",
            lambda limit: math.floor(limit + TIE),
            kind="integer",
            work=_down_work,
        ),
        Step(
            "fits",
            "Do the patterns fit?",
            r"P \le P_{\max}",
            lambda P, limit: bool(limit + TIE >= P),
            final=True,
            kind="boolean",
        ),
        Step(
            "neurons_needed",
            "Neurons needed for P patterns",
            r"\min \{ n \ge 2 : P \le P_{\max}(n) \}",
            _neurons_needed,
            kind="integer",
            work=_needed_work,
        ),
    ),
    slips=(
        Slip(
            "hopfield-1982",
            "limit",
            lambda N: 0.15 * N,
            "0.15 N was Hopfield's simulation of 1982; the theory of Amit, Gutfreund and "
            "Sompolinsky gives 0.138 N.",
            when=lambda capacity: capacity == "amit",
        ),
        Slip(
            "log10",
            "limit",
            _with_log10,
            "The logarithm is natural.",
            when=_logarithmic,
        ),
        Slip(
            "two-for-four",
            "limit",
            lambda N, capacity, line: _limit(N, _SWAPPED[capacity], line),
            "2 ln N is for most patterns, 4 ln N for all of them.",
            when=_logarithmic,
        ),
        Slip(
            "load-inverted",
            "load",
            lambda N, P: N / P,
            "The load is patterns per neuron, P / N.",
            when=lambda N, P: P > 0 and P != N,
        ),
        Slip(
            "rounded-up",
            "max_patterns",
            lambda limit: math.ceil(limit - TIE),
            "Only whole patterns below the limit count: round down.",
            when=lambda limit: abs(limit - round(limit)) > TIE,
        ),
        Slip(
            "slide-for-amit",
            "limit",
            lambda N: N,
            "N is the loose upper bound of the slides, not the reliable retrieval capacity.",
            when=lambda capacity: capacity == "amit",
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("hopfield-capacity-N-vs-0.138N",),
    items=("hub-capacity-def", "hub-capacity-slide", "hub-capacity-138", "hub-more-patterns"),
)
