"""The membrane potential and the all-or-nothing spike.

The potential is inside minus outside (Kandel et al., Principles of neural science).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import factor, num

_SWAPPED = {"one": "zero", "zero": "one"}


def _fires(v: Any, threshold: float, heaviside_at_zero: str) -> Any:
    """1 above the threshold, 0 below; exactly there 1 if it only has to be reached."""
    over = v - threshold
    at_threshold = 1 if heaviside_at_zero == "one" else 0
    return np.where(np.abs(over) <= TIE, at_threshold, np.where(over > 0, 1, 0))


def _by_stimulus(stimuli: Any, threshold: float, heaviside_at_zero: str) -> Any:
    """The mistake of holding the stimulus itself against the threshold."""
    return _fires(stimuli, threshold, heaviside_at_zero)


def _at_threshold(v: Any, threshold: float) -> bool:
    return bool(np.any(np.abs(v - threshold) <= TIE))


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A cell at -70 mV with a threshold of -55 mV; other potentials; four stimuli."""
    if level == 1:
        inside, outside, threshold = -70, 0, -55
    else:
        inside = int(rng.integers(-80, -59))
        outside = int(rng.choice((0, 0, 5, -5, 10) if level == 3 else (0,)))
        threshold = inside - outside + int(rng.integers(12, 26))
    needed = threshold - (inside - outside)
    small = rng.integers(2, needed, size=level)
    large = rng.integers(needed + 1, needed + 25, size=2 if level == 3 else 1)
    exactly = rng.random() < 1 / 3
    stimuli = np.concatenate([small[:-1] if exactly else small, large, [needed] if exactly else []])
    return {
        "inside": inside,
        "outside": outside,
        "stimuli": rng.permutation(stimuli),
        "threshold": threshold,
    }


def avoid(v_rest: float, spikes: Any) -> str | None:
    """A cell without a potential, or one in which all stimuli do the same."""
    if abs(v_rest) <= TIE:
        return "no potential"
    return "every stimulus does the same" if np.ptp(spikes) == 0 else None


FAMILY = Family(
    id="membrane-spike",
    topic="biology",
    title="Membrane potential and the all-or-nothing spike",
    task=(
        "Compute the resting potential of the cell and its potential under every stimulus, and "
        "say which stimuli make it spike (1) and which do not (0)."
    ),
    sources=("nc",),
    givens=(
        Given("inside", r"V_{\text{in}}", "electric potential inside the cell in mV"),
        Given("outside", r"V_{\text{out}}", "electric potential outside the cell in mV"),
        Given("stimuli", "s", "depolarizations in mV, each starting from rest", "n"),
        Given("threshold", r"\theta", "threshold of the membrane potential in mV"),
    ),
    conventions={"heaviside_at_zero": ("one", "zero")},
    steps=(
        Step(
            "v_rest",
            "Resting membrane potential in mV",
            r"V_{\text{rest}} = V_{\text{in}} - V_{\text{out}}",
            lambda inside, outside: inside - outside,
            work=lambda inside, outside: [Work((), f"{num(inside)} - {factor(outside)}")],
        ),
        Step(
            "v",
            "Membrane potential under each stimulus in mV",
            r"V_i = V_{\text{rest}} + s_i",
            lambda v_rest, stimuli: v_rest + stimuli,
            work=lambda v_rest, stimuli: [
                Work((i,), f"{num(v_rest)} + {factor(s)}") for i, s in enumerate(stimuli)
            ],
        ),
        Step(
            "spikes",
            "Spikes (1) or not (0)",
            r"1 \text{ for } V_i > \theta, \; 0 \text{ for } V_i < \theta",
            _fires,
            final=True,
            kind="integer",
            formula_for=Among(
                "heaviside_at_zero",
                {
                    "one": r"1 \text{ for } V_i \ge \theta, \; 0 \text{ for } V_i < \theta",
                    "zero": r"1 \text{ for } V_i > \theta, \; 0 \text{ for } V_i \le \theta",
                },
            ),
        ),
    ),
    slips=(
        Slip(
            "outside-minus-inside",
            "v_rest",
            lambda inside, outside: outside - inside,
            "The membrane potential is inside minus outside (the notes print it the wrong way "
            "round).",
            when=lambda v_rest: abs(v_rest) > TIE,
        ),
        Slip(
            "stimulus-subtracted",
            "v",
            lambda v_rest, stimuli: v_rest - stimuli,
            "A depolarization RAISES the membrane potential.",
            when=lambda stimuli: bool(np.any(np.abs(stimuli) > TIE)),
        ),
        Slip(
            "stimulus-against-threshold",
            "spikes",
            _by_stimulus,
            "Compare the membrane potential with the threshold, not the stimulus.",
            when=lambda stimuli, threshold, heaviside_at_zero, spikes: (
                not np.array_equal(_by_stimulus(stimuli, threshold, heaviside_at_zero), spikes)
            ),
        ),
        Slip(
            "boundary-rule-swapped",
            "spikes",
            lambda v, threshold, heaviside_at_zero: _fires(
                v, threshold, _SWAPPED[heaviside_at_zero]
            ),
            "Exactly at the threshold the named convention gives the other answer.",
            when=_at_threshold,
        ),
    ),
    make=make,
    avoid=avoid,
    tie=_at_threshold,
    tie_rules=("heaviside_at_zero",),
    discrepancies=("heaviside-at-zero", "membrane-potential-sign"),
    items=(
        "nc-membrane-potential",
        "nc-resting",
        "nc-all-or-nothing",
        "nc-depolarization",
        "nc-failed-spike",
        "nc-hillock",
    ),
)
