"""One step of an LSTM with a forget gate (Hochreiter and Schmidhuber 1997; Gers et al. 2000)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families.mlp_forward.mlp_forward import outputs
from quizapp.exercises.families.rnn_lstm._recurrence import BIASES, WEIGHTS, differ
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, factor, frac, num

_SATURATED = 3.0


def _squashed(name: str, W: Any, concat: Any, b: Any, line: Line) -> Any:
    """Tanh or the logistic function of W concat + b, which is a written line itself."""
    return outputs(name, line(W @ concat + b), line)


def _candidate_sigmoid(W_c: Any, concat: Any, b_c: Any, line: Line = exact) -> Any:
    return _squashed("sigmoid", W_c, concat, b_c, line)


def _gates_swapped(f: Any, i: Any, c: Any, candidate: Any) -> Any:
    return i * c + f * candidate


def _turned(h: Any, x: Any) -> Any:
    return np.concatenate((x, h))


def _gate_work(W: Any, concat: Any, b: Any) -> list[Work]:
    return [
        Work((k,), frac("1", f"1 + e^{{-({dot(row, concat)} + {factor(b[k])})}}"))
        for k, row in enumerate(W)
    ]


def _candidate_work(W_c: Any, concat: Any, b_c: Any) -> list[Work]:
    return [
        Work((k,), rf"\tanh({dot(row, concat)} + {factor(b_c[k])})") for k, row in enumerate(W_c)
    ]


def _cell_work(f: Any, i: Any, c: Any, candidate: Any) -> list[Work]:
    return [Work(at, dot((f[at], i[at]), (c[at], candidate[at]))) for at in entries(c)]


def check(W_f: Any, h: Any, x: Any) -> None:
    """The weights reach the old output and the input."""
    if W_f.shape[1] != len(h) + len(x):
        raise GivenError(
            f"'W_f' and the other weights have {W_f.shape[1]} columns, but [h, x] has "
            f"{len(h) + len(x)} entries.",
            where="W_f",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One unit whose gates all have the same weights, then any weights, then two units."""
    units = 2 if level == 3 else 1
    gates = "fioc"
    drawn = {f"W_{g}": rng.choice(WEIGHTS, size=(units, units + 1)) for g in gates}
    if level == 1:
        drawn = dict.fromkeys(drawn, rng.choice((-1.0, -0.5, 0.5, 1.0), size=(1, 2)))
    for g in gates:
        drawn[f"b_{g}"] = rng.choice(BIASES, size=units) if level > 1 else np.zeros(units)
    if level == 1 and rng.random() < 0.5:
        drawn["b_f"] = np.ones(1)
    return {
        **drawn,
        "h": np.zeros(1) if level == 1 else rng.choice((-0.8, -0.5, 0.5, 0.8), size=units),
        "c": rng.choice((-1.0, -0.5, 0.5, 1.0, 2.0), size=units),
        "x": rng.choice((-2.0, -1.0, 1.0, 2.0), size=1),
    }


def avoid(c: Any, f: Any, i: Any, o: Any, candidate: Any, c_new: Any, h_new: Any) -> str | None:
    """A cell without a past or next to 0, gates that are all half open, saturated units."""
    if np.any(np.abs(c) <= TIE):
        return "empty cell"
    if np.max(np.abs(o * c_new - h_new)) < 0.02:
        return "a tanh that does nothing"
    gates = np.concatenate((f, i, o))
    if np.all(np.abs(gates - 0.5) < 0.01):
        return "gates all half open"
    flat = np.max(np.abs(candidate)) > np.tanh(_SATURATED)
    return "saturated unit" if flat or gates.max() > 0.95 or gates.min() < 0.05 else None


def _matrix(name: str, symbol: str, about: str) -> Given:
    return Given(name, symbol, f"weights of the {about} on [h, x]", "H x H+D")


FAMILY = Family(
    id="lstm-step",
    topic="rnn-lstm",
    title="One LSTM step",
    task="Compute the gates and the candidate, then the new cell state and the new output.",
    sources=("nnt", "ece493", "nc"),
    givens=(
        _matrix("W_f", "W_f", "forget gate"),
        _matrix("W_i", "W_i", "input gate"),
        _matrix("W_o", "W_o", "output gate"),
        _matrix("W_c", "W_c", "candidate"),
        Given("b_f", "b_f", "biases of the forget gate, zeros where a course has none", "H"),
        Given("b_i", "b_i", "biases of the input gate", "H"),
        Given("b_o", "b_o", "biases of the output gate", "H"),
        Given("b_c", "b_c", "biases of the candidate", "H"),
        Given("h", "h_{t-1}", "old output", "H"),
        Given("c", "c_{t-1}", "old cell state", "H"),
        Given("x", "x_t", "input", "D"),
    ),
    steps=(
        Step(
            "concat",
            "Old output and input in one list",
            r"[h_{t-1}, x_t]",
            lambda h, x: np.concatenate((h, x)),
            work=lambda value: [Work(at, num(value[at])) for at in entries(value)],
        ),
        Step(
            "f",
            "Forget gate",
            r"f = \sigma(W_f [h_{t-1}, x_t] + b_f)",
            lambda W_f, concat, b_f, line: _squashed("sigmoid", W_f, concat, b_f, line),
            work=lambda W_f, concat, b_f: _gate_work(W_f, concat, b_f),
        ),
        Step(
            "i",
            "Input gate",
            r"i = \sigma(W_i [h_{t-1}, x_t] + b_i)",
            lambda W_i, concat, b_i, line: _squashed("sigmoid", W_i, concat, b_i, line),
            work=lambda W_i, concat, b_i: _gate_work(W_i, concat, b_i),
        ),
        Step(
            "o",
            "Output gate",
            r"o = \sigma(W_o [h_{t-1}, x_t] + b_o)",
            lambda W_o, concat, b_o, line: _squashed("sigmoid", W_o, concat, b_o, line),
            work=lambda W_o, concat, b_o: _gate_work(W_o, concat, b_o),
        ),
        Step(
            "candidate",
            "Candidate",
            r"\tilde{c} = \tanh(W_c [h_{t-1}, x_t] + b_c)",
            lambda W_c, concat, b_c, line: _squashed("tanh", W_c, concat, b_c, line),
            work=_candidate_work,
        ),
        Step(
            "c_new",
            "New cell state",
            r"c_t = f \odot c_{t-1} + i \odot \tilde{c}",
            lambda f, c, i, candidate, line: line(f * c) + line(i * candidate),
            final=True,
            work=_cell_work,
        ),
        Step(
            "h_new",
            "New output",
            r"h_t = o \odot \tanh(c_t)",
            lambda o, c_new, line: o * line(np.tanh(c_new)),
            final=True,
            work=lambda o, c_new: [
                Work(at, rf"{num(o[at])} \cdot \tanh({num(c_new[at])})") for at in entries(o)
            ],
        ),
    ),
    slips=(
        Slip(
            "no-tanh-on-cell",
            "h_new",
            lambda o, c_new: o * c_new,
            "The cell state passes through tanh before the output gate.",
            when=lambda o, c_new, h_new: differ(o * c_new, h_new),
        ),
        Slip(
            "cell-is-output",
            "h_new",
            lambda c_new: c_new,
            "The output gate and the tanh are missing: hₜ = o ⊙ tanh(cₜ).",
            when=lambda c_new, h_new: differ(c_new, h_new),
        ),
        Slip(
            "no-forget-gate",
            "f",
            lambda b_f: np.ones(len(b_f)),
            "The forget gate scales the old cell state (f = 1 is the cell of 1997).",
            when=lambda f, c: differ(f * c, c),
        ),
        Slip(
            "gates-swapped",
            "c_new",
            _gates_swapped,
            "The forget gate belongs to the old cell state, the input gate to the candidate.",
            when=lambda f, i, c, candidate, c_new: differ(
                _gates_swapped(f, i, c, candidate), c_new
            ),
        ),
        Slip(
            "candidate-sigmoid",
            "candidate",
            _candidate_sigmoid,
            "The candidate uses tanh; only the gates use the logistic function.",
            when=lambda W_c, concat, b_c, candidate: differ(
                _candidate_sigmoid(W_c, concat, b_c), candidate
            ),
        ),
        Slip(
            "x-first",
            "concat",
            _turned,
            "The order is [h, x]: the old output comes first.",
            when=lambda h, x, concat: differ(_turned(h, x), concat),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=(
        "lstm-equations-incomplete",
        "lstm-bias-or-not",
        "forget-gate-attribution",
        "peephole-or-not",
    ),
    items=(
        "dl-lstm-gates",
        "dl-lstm-cell",
        "dl-lstm-memory",
        "ncl-lstm-input-gate",
        "ncl-lstm-forget-gate",
        "ncl-lstm-output-gate",
        "ncl-lstm-nonlinearities",
        "nc-lstm-three-gates",
        "nc-lstm-h",
        "nc-lstm-c",
    ),
)
