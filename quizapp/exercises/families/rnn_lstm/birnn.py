"""A bidirectional recurrent network (Schuster and Paliwal 1997)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.mlp_forward.mlp_forward import outputs
from quizapp.exercises.families.rnn_lstm._recurrence import (
    ACTIVATIONS,
    BIASES,
    WEIGHTS,
    differ,
    net_text,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import entries, frac, num

_SATURATED = 3.0


def _states(W_h: Any, W_x: Any, b: Any, xs: Any, name: str, line: Line) -> Any:
    """One row per input, from a zero state; pre-activations and states are written lines."""
    state, rows = np.zeros(len(b)), []
    for x in xs:
        state = line(outputs(name, line(W_h @ state + W_x @ x + b), line))
        rows.append(state)
    return np.array(rows)


def _forward(W_h: Any, W_x: Any, b: Any, xs: Any, rnn_activation: str, line: Line) -> Any:
    return _states(W_h, W_x, b, xs, rnn_activation, line)


def _backward(V_h: Any, V_x: Any, c: Any, xs: Any, rnn_activation: str, line: Line) -> Any:
    return _states(V_h, V_x, c, xs[::-1], rnn_activation, line)[::-1]


def _from_the_start(
    V_h: Any, V_x: Any, c: Any, xs: Any, rnn_activation: str, line: Line = exact
) -> Any:
    return _states(V_h, V_x, c, xs, rnn_activation, line)


def _states_work(W_h: Any, W_x: Any, b: Any, xs: Any, name: str, before: Any) -> list[Work]:
    """Each state from the one that was read before it; ``before`` has a row per input."""
    out = []
    for t, i in entries(before):
        net = net_text(W_h[i], before[t], W_x[i], xs[t], b[i])
        squashed = rf"\tanh({net})" if name == "tanh" else frac("1", f"1 + e^{{-({net})}}")
        out.append(Work((t, i), squashed))
    return out


def _forward_work(
    W_h: Any, W_x: Any, b: Any, xs: Any, rnn_activation: str, value: Any
) -> list[Work]:
    before = np.vstack((0.0 * value[:1], value[:-1]))
    return _states_work(W_h, W_x, b, xs, rnn_activation, before)


def _backward_work(
    V_h: Any, V_x: Any, c: Any, xs: Any, rnn_activation: str, value: Any
) -> list[Work]:
    before = np.vstack((value[1:], 0.0 * value[:1]))
    return _states_work(V_h, V_x, c, xs, rnn_activation, before)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One unit over two steps, over three, then two units over two or three steps."""
    units = 2 if level == 3 else 1
    steps = {1: 2, 2: 3, 3: int(rng.integers(2, 4))}[level]
    biases = (0.0, *BIASES) if level > 1 else (0.0, 0.5)
    return {
        "W_h": rng.choice(WEIGHTS, size=(units, units)),
        "W_x": rng.choice((-1.0, *WEIGHTS, 1.0), size=(units, 1)),
        "b": rng.choice(biases, size=units),
        "V_h": rng.choice(WEIGHTS, size=(units, units)),
        "V_x": rng.choice((-1.0, *WEIGHTS, 1.0), size=(units, 1)),
        "c": rng.choice(biases, size=units),
        "xs": rng.choice((-2.0, -1.0, 0.0, 1.0, 2.0), size=(steps, 1)),
    }


def avoid(xs: Any, forward: Any, backward: Any) -> str | None:
    """Sequences that read the same both ways, copies that say the same, saturated units."""
    if not differ(xs, xs[::-1]):
        return "palindromic inputs"
    if not differ(forward, backward):
        return "equal copies"
    states = np.abs(np.concatenate((forward, backward)))
    return "saturated unit" if states.max() > np.tanh(_SATURATED) else None


FAMILY = Family(
    id="birnn",
    topic="rnn-lstm",
    title="Bidirectional recurrent network",
    task="Compute the states of both copies, each from a zero state, and concatenate them, one row "
    "per position of the sequence.",
    sources=("nc",),
    givens=(
        Given("W_h", "W_h", "forward copy: weights from the old state", "H x H"),
        Given("W_x", "W_x", "forward copy: weights from the input", "H x D"),
        Given("b", "b", "forward copy: biases", "H"),
        Given("V_h", "V_h", "backward copy: weights from the state of the next position", "H x H"),
        Given("V_x", "V_x", "backward copy: weights from the input", "H x D"),
        Given("c", "c", "backward copy: biases", "H"),
        Given("xs", "X", "inputs, one position per row", "T x D"),
    ),
    conventions={"rnn_activation": ACTIVATIONS},
    steps=(
        Step(
            "forward",
            "States of the forward copy",
            r"f_t = \tanh(W_h f_{t-1} + W_x x_t + b) \text{ (sigmoid: } \sigma \text{)},"
            r" \; f_0 = 0",
            _forward,
            work=_forward_work,
            formula_for=Among(
                "rnn_activation",
                {
                    "tanh": r"f_t = \tanh(W_h f_{t-1} + W_x x_t + b), \; f_0 = 0",
                    "sigmoid": r"f_t = \sigma(W_h f_{t-1} + W_x x_t + b), \; f_0 = 0",
                },
            ),
        ),
        Step(
            "backward",
            "States of the backward copy, at the positions it read",
            r"g_t = \tanh(V_h g_{t+1} + V_x x_t + c) \text{ (sigmoid: } \sigma \text{)},"
            r" \; g_{T+1} = 0",
            _backward,
            work=_backward_work,
            formula_for=Among(
                "rnn_activation",
                {
                    "tanh": r"g_t = \tanh(V_h g_{t+1} + V_x x_t + c), \; g_{T+1} = 0",
                    "sigmoid": r"g_t = \sigma(V_h g_{t+1} + V_x x_t + c), \; g_{T+1} = 0",
                },
            ),
        ),
        Step(
            "concat",
            "Concatenated states",
            r"[f_t, g_t]",
            lambda forward, backward: np.hstack((forward, backward)),
            final=True,
            work=lambda value: [Work(at, num(value[at])) for at in entries(value)],
        ),
    ),
    slips=(
        Slip(
            "not-realigned",
            "concat",
            lambda forward, backward: np.hstack((forward, backward[::-1])),
            "The backward states belong to the positions they were read at; turn them round "
            "before concatenating.",
            when=lambda backward: differ(backward, backward[::-1]),
        ),
        Slip(
            "backward-reads-forward",
            "backward",
            _from_the_start,
            "The second copy reads the sequence from the end.",
            when=lambda V_h, V_x, c, xs, rnn_activation, backward: differ(
                _from_the_start(V_h, V_x, c, xs, rnn_activation), backward
            ),
        ),
        Slip(
            "added",
            "concat",
            lambda forward, backward: forward + backward,
            "The two outputs are concatenated, not added.",
        ),
    ),
    make=make,
    avoid=avoid,
    discrepancies=("rnn-activation-tanh-or-sigma",),
    items=("nc-birnn",),
)
