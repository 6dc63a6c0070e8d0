"""Classifier-free guidance (Ho and Salimans 2022, equation 6)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.diffusion._schedule import differ
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, num

_W = "w"


def _weight(scale: float, guidance: str) -> float:
    """How far to go beyond the conditional prediction (w)."""
    return scale if guidance == _W else scale - 1.0


def _factors(scale: float, guidance: str) -> Any:
    if guidance == _W:
        return np.array([1.0 + scale, -scale])
    return np.array([scale, 1.0 - scale])


def _other_scale(scale: float, guidance: str) -> Any:
    return _factors(scale, "s" if guidance == _W else _W)


def _added(scale: float, guidance: str) -> Any:
    return _factors(scale, guidance) * np.array([1.0, -1.0])


def _swapped(scale: float, guidance: str) -> Any:
    return _factors(scale, guidance)[::-1]


def _halves() -> Any:
    return np.array([0.5, 0.5])


def _factors_work(scale: float, guidance: str) -> list[Work]:
    if guidance == _W:
        return [Work((0,), f"1 + {factor(scale)}"), Work((1,), f"-{factor(scale)}")]
    return [Work((0,), num(scale)), Work((1,), f"1 - {factor(scale)}")]


def _part_work(factors: Any, at: int, prediction: Any) -> list[Work]:
    return [
        Work(j, rf"{factor(factors[at])} \cdot {factor(prediction[j])}")
        for j in entries(prediction)
    ]


def _guided_work(cond_part: Any, uncond_part: Any) -> list[Work]:
    return [Work(j, f"{num(cond_part[j])} + {factor(uncond_part[j])}") for j in entries(cond_part)]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One value and a whole scale, two values and a broken one, three values and a large one."""
    pools = {1: (2.0, 3.0), 2: (1.5, 2.0, 2.5, 4.0), 3: (3.0, 5.0, 7.5)}
    cond, uncond = rng.integers(-15, 16, size=(2, level)) / 10
    return {"cond": cond, "uncond": uncond, "scale": float(rng.choice(pools[level]))}


def avoid(cond: Any, uncond: Any, scale: float, guidance: str) -> str | None:
    """Predictions that agree or vanish, guidance that does nothing."""
    if np.any(np.abs(cond - uncond) <= TIE):
        return "equal predictions"
    if np.any(cond == 0) or np.any(uncond == 0):
        return "a prediction of 0"
    return "no guidance" if abs(_weight(scale, guidance)) <= TIE else None


FAMILY = Family(
    id="classifier-free-guidance",
    topic="diffusion",
    title="Classifier-free guidance",
    task="Combine the two noise predictions with classifier-free guidance of the given scale.",
    sources=("ece493",),
    givens=(
        Given("cond", r"\hat{\varepsilon}_c", "conditional prediction", "d"),
        Given("uncond", r"\hat{\varepsilon}_\varnothing", "unconditional prediction", "d"),
        Given("scale", r"\mathrm{scale}", "guidance scale, read as the convention says"),
    ),
    conventions={"guidance": (_W, "s")},
    steps=(
        Step(
            "factors",
            "Factors of the conditional and the other prediction",
            r"(1 + w, -w) \text{ or } (s, 1 - s)",
            _factors,
            work=_factors_work,
            formula_for=Among(
                "guidance", {"w": r"(f_1, f_2) = (1 + w, -w)", "s": r"(f_1, f_2) = (s, 1 - s)"}
            ),
        ),
        Step(
            "cond_part",
            "Conditional part",
            r"f_1 \hat{\varepsilon}_c",
            lambda factors, cond: factors[0] * cond,
            work=lambda factors, cond: _part_work(factors, 0, cond),
        ),
        Step(
            "uncond_part",
            "Unconditional part",
            r"f_2 \hat{\varepsilon}_\varnothing",
            lambda factors, uncond: factors[1] * uncond,
            work=lambda factors, uncond: _part_work(factors, 1, uncond),
        ),
        Step(
            "guided",
            "Guided prediction",
            r"\tilde{\varepsilon} = f_1 \hat{\varepsilon}_c + f_2 \hat{\varepsilon}_\varnothing",
            lambda cond_part, uncond_part: cond_part + uncond_part,
            final=True,
            work=_guided_work,
        ),
    ),
    slips=(
        Slip(
            "other-scale",
            "factors",
            _other_scale,
            "The other guidance convention was used: s = 1 + w.",
            when=lambda cond, uncond: differ(cond, uncond),
        ),
        Slip(
            "uncond-added",
            "factors",
            _added,
            "The unconditional prediction is subtracted; the two factors add up to 1.",
            when=lambda uncond, factors: differ(uncond, 0.0) and differ(factors[1], 0.0),
        ),
        Slip(
            "roles-swapped",
            "factors",
            _swapped,
            "The large factor belongs to the conditional prediction.",
            when=lambda cond, uncond, factors: (
                differ(cond, uncond) and differ(factors[0], factors[1])
            ),
        ),
        Slip(
            "interpolation",
            "factors",
            _halves,
            "Guidance extrapolates beyond the conditional prediction; it does not average.",
            when=lambda cond, uncond, factors: differ(cond, uncond) and differ(factors, 0.5),
        ),
    ),
    make=make,
    avoid=avoid,
    discrepancies=("cfg-weight-convention",),
    items=("dl-cfg", "dl-cfg-tradeoff"),
)
