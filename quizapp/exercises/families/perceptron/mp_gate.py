"""The McCulloch-Pitts neuron with absolute inhibition (McCulloch and Pitts 1943)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.perceptron._threshold import corners, differ
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, num, total

EXCITATORY, INHIBITORY = "excitatory", "inhibitory"


def _inhibitory(kinds: Any) -> Any:
    return np.array([kind == INHIBITORY for kind in kinds])


def _some_equal(kinds: Any, X: Any, state: float) -> Any:
    """Row by row, whether some inhibitory input is in that state (0 or 1)."""
    return (X[:, _inhibitory(kinds)] == state).any(axis=1)


def _veto(kinds: Any, X: Any) -> Any:
    return _some_equal(kinds, X, 1.0)


def _opposite_veto(kinds: Any, X: Any) -> Any:
    return _some_equal(kinds, X, 0.0)


def _sums(kinds: Any, X: Any) -> Any:
    return X[:, ~_inhibitory(kinds)].sum(axis=1)


def _all_summed(X: Any) -> Any:
    return X.sum(axis=1)


def _reaches(sums: Any, theta: float) -> Any:
    return np.where(np.asarray(sums) >= theta - TIE, 1.0, 0.0)


def _unless(veto: Any, fires: Any) -> Any:
    return np.where(np.asarray(veto, dtype=float) > 0.5, 0.0, fires)


def _outputs(veto: Any, sums: Any, theta: float) -> Any:
    return _unless(veto, _reaches(sums, theta))


def _strict(veto: Any, sums: Any, theta: float) -> Any:
    return _unless(veto, np.where(np.asarray(sums) > theta + TIE, 1.0, 0.0))


def _weighted(sums: Any, theta: float, kinds: Any, X: Any) -> Any:
    """The outputs if an inhibitory input were a weight of -1."""
    return _reaches(np.asarray(sums) - X[:, _inhibitory(kinds)].sum(axis=1), theta)


def _veto_work(kinds: Any, X: Any, value: Any) -> list[Work]:
    out = []
    for at in entries(value):
        inputs = X[at[0], _inhibitory(kinds)]
        out.append(Work(at, rf"\max({', '.join(map(num, inputs))})" if len(inputs) else "0"))
    return out


def _sum_work(kinds: Any, X: Any, value: Any) -> list[Work]:
    excitatory = X[:, ~_inhibitory(kinds)]
    return [Work(at, total(excitatory[at[0]]) or "0") for at in entries(value)]


def check(kinds: Any, X: Any) -> None:
    """Every input has a kind."""
    if not isinstance(kinds, list) or not all(
        isinstance(kind, str) and kind in {EXCITATORY, INHIBITORY} for kind in kinds
    ):
        raise GivenError(
            f"'kinds' must be a list of the words {EXCITATORY} and {INHIBITORY}.", where="kinds"
        )
    if len(kinds) != X.shape[1]:
        raise GivenError(
            f"'kinds' names {len(kinds)} inputs, but the rows of 'X' have {X.shape[1]}.",
            where="kinds",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """AND, OR or NOT, then three inputs of which one is inhibitory, then four with two."""
    if level == 1:
        kinds, theta = (
            ([EXCITATORY] * 2, 2),
            ([EXCITATORY] * 2, 1),
            ([INHIBITORY], 0),
        )[rng.integers(3)]
    else:
        kinds = [EXCITATORY] * 2 + [INHIBITORY] * (level - 1)
        kinds = [kinds[i] for i in rng.permutation(len(kinds))]
        theta = int(rng.integers(3))
    return {"theta": theta, "kinds": kinds, "X": corners(len(kinds))}


def avoid(kinds: Any, theta: float, outputs: Any) -> str | None:
    """Gates that say the same whatever comes in."""
    if theta > kinds.count(EXCITATORY):
        return "threshold out of reach"
    return "constant truth table" if np.ptp(outputs) == 0 else None


FAMILY = Family(
    id="mp-gate",
    topic="perceptron",
    title="McCulloch-Pitts neuron, truth table",
    task="Fill in the truth table of this neuron: for every row say whether there is a veto, then "
    "the sum of the excitatory inputs, then the output.",
    sources=("nc",),
    givens=(
        Given("theta", r"\theta", "threshold, a whole number", kind="integer"),
        Given("kinds", r"\mathrm{kinds}", "excitatory or inhibitory, for each input", kind="raw"),
        Given("X", "X", "inputs 0 or 1, one input pattern per row", "N x n", kind="bit"),
    ),
    steps=(
        Step(
            "veto",
            "Is there a veto?",
            r"\max_{i \text{ inhibitory}} x_i = 1",
            _veto,
            kind="boolean",
            work=_veto_work,
        ),
        Step(
            "sums",
            "Sum of the excitatory inputs",
            r"s = \sum_{i \text{ excitatory}} x_i",
            _sums,
            kind="integer",
            work=_sum_work,
        ),
        Step(
            "outputs",
            "Outputs",
            r"y = \begin{cases} 1 & s \ge \theta \text{, no veto} \\ 0 & \text{else} \end{cases}",
            _outputs,
            final=True,
            kind="integer",
        ),
    ),
    slips=(
        Slip(
            "opposite-veto",
            "veto",
            _opposite_veto,
            "An inhibitory input vetoes when it is 1; with a veto at 0 the NOT gate becomes the "
            "identity.",
            when=lambda kinds, X, veto: differ(_opposite_veto(kinds, X), veto),
        ),
        Slip(
            "inhibitory-summed",
            "sums",
            _all_summed,
            "Inhibitory inputs do not enter the sum; they only veto.",
            when=lambda X, sums: differ(_all_summed(X), sums),
        ),
        Slip(
            "veto-forgotten",
            "outputs",
            _reaches,
            "An active veto forces the output to 0 whatever the sum is.",
            when=lambda sums, theta, outputs: differ(_reaches(sums, theta), outputs),
        ),
        Slip(
            "inhibitory-as-minus-one",
            "outputs",
            _weighted,
            "Inhibition is absolute here: it is a veto, not a weight of -1.",
            when=lambda sums, theta, kinds, X, outputs: (
                INHIBITORY in kinds and differ(_weighted(sums, theta, kinds, X), outputs)
            ),
        ),
        Slip(
            "strict-threshold",
            "outputs",
            _strict,
            "The neuron fires when the sum REACHES the threshold (≥), not only above it.",
            when=lambda veto, sums, theta, outputs: differ(_strict(veto, sums, theta), outputs),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=(
        "inhibitory-veto-at-zero",
        "mp-neuron-vs-linear-separability",
        "heaviside-at-zero",
    ),
    items=(
        "nc-mp-rule",
        "nc-mp-inhibitory",
        "nc-and-gate",
        "nc-or-gate",
        "nc-not-gate",
        "nc-mp-gates-scope",
    ),
)
