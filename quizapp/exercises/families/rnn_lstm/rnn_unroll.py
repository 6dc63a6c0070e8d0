"""A simple recurrent network, unrolled over time (Elman 1990)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.mlp_forward.mlp_forward import outputs
from quizapp.exercises.families.rnn_lstm._recurrence import (
    ACTIVATIONS,
    BIASES,
    OTHER_ACTIVATION,
    WEIGHTS,
    differ,
    net_text,
    squashed_text,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries

_SATURATED = 3.0
_NEAR = 0.02


def _pre(W_h: Any, W_x: Any, b: Any, xs: Any, h: Any, row: int) -> Any:
    return W_h @ h[row - 1] + W_x @ xs[row - 1] + b


def _bias_dropped(W_h: Any, W_x: Any, xs: Any, h: Any, row: int) -> Any:
    return W_h @ h[row - 1] + W_x @ xs[row - 1]


def _no_feedback(W_h: Any, W_x: Any, b: Any, h0: Any, xs: Any, row: int) -> Any:
    return W_h @ h0 + W_x @ xs[row - 1] + b


def _swapped(W_h: Any, W_x: Any, b: Any, xs: Any, h: Any, row: int) -> Any:
    return W_h @ xs[row - 1] + W_x @ h[row - 1] + b


def _input_once(W_h: Any, W_x: Any, b: Any, xs: Any, h: Any, row: int) -> Any:
    return W_h @ h[row - 1] + W_x @ xs[0] + b


# Whether a wrong rule shows in some row of the true run ------------------------------------


def _feedback_shows(W_h: Any, h0: Any, h: Any) -> bool:
    return differ((h[:-1] - h0) @ W_h.T, 0.0 * h[:-1])


def _swap_shows(W_h: Any, W_x: Any, b: Any, h0: Any, xs: Any, pre: Any, h: Any) -> bool:
    if W_h.shape != W_x.shape:
        return False
    visited = [h0, *h]
    rows = [_swapped(W_h, W_x, b, xs, visited, row) for row in range(1, len(visited))]
    return differ(rows, pre)


def _inputs_show(W_x: Any, xs: Any) -> bool:
    return differ((xs - xs[0]) @ W_x.T, np.zeros((len(xs), len(W_x))))


def _pre_work(W_h: Any, W_x: Any, b: Any, h0: Any, xs: Any, h: Any, value: Any) -> list[Work]:
    visited = [h0, *h]
    return [
        Work((t, i), net_text(W_h[i], visited[t], W_x[i], xs[t], b[i])) for t, i in entries(value)
    ]


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """One unit over two steps, over three steps, then two units over two steps."""
    units, steps = {1: (1, 2), 2: (1, 3), 3: (2, 2)}[level]
    return {
        "W_h": rng.choice(WEIGHTS, size=(units, units)),
        "W_x": rng.choice((-1.0, *WEIGHTS, 1.0), size=(units, 1)),
        "b": rng.choice(BIASES if level > 1 else (0.0, *BIASES), size=units),
        "h0": np.zeros(units) if level < 3 else rng.choice((-0.5, 0.0, 0.2, 0.5), size=units),
        "xs": rng.choice((-2.0, -1.0, 0.0, 1.0, 2.0), size=(steps, 1)),
    }


def _alike(pre: Any, h: Any, W_h: Any, W_x: Any, b: Any, h0: Any, xs: Any) -> bool:
    """Whether two mistakes give nearly the same row, and not the right one."""
    visited = [h0, *h]
    for row in range(1, len(visited)):
        wrong = [
            _bias_dropped(W_h, W_x, xs, visited, row),
            _no_feedback(W_h, W_x, b, h0, xs, row),
            _swapped(W_h, W_x, b, xs, visited, row) if W_h.shape == W_x.shape else pre[row - 1],
            _input_once(W_h, W_x, b, xs, visited, row),
        ]
        off = [line for line in wrong if differ(line, pre[row - 1])]
        pairs = itertools.combinations(off, 2)
        if any(np.max(np.abs(one - other)) < _NEAR for one, other in pairs):
            return True
    return False


def avoid(W_h: Any, W_x: Any, b: Any, h0: Any, xs: Any, pre: Any, h: Any) -> str | None:
    """No feedback, saturated units, the same input all the time, mistakes that look alike."""
    if not differ(W_h, 0.0 * W_h):
        return "no feedback"
    if np.any(np.abs(pre) > _SATURATED):
        return "saturated unit"
    if not differ(xs, xs[:1] + 0.0 * xs):
        return "equal inputs"
    return "two mistakes give one row" if _alike(pre, h, W_h, W_x, b, h0, xs) else None


FAMILY = Family(
    id="rnn-unroll",
    topic="rnn-lstm",
    title="Simple recurrent network, unrolled",
    task="Unroll the network over the inputs: pre-activations and hidden states, one row per time "
    "step.",
    sources=("ece493", "nc"),
    givens=(
        Given("W_h", "W_h", "weights from the old hidden state", "H x H"),
        Given("W_x", "W_x", "weights from the input", "H x D"),
        Given("b", "b", "biases, zeros where a course has none", "H"),
        Given("h0", "h_0", "initial hidden state", "H"),
        Given("xs", "X", "inputs, one time step per row", "T x D"),
    ),
    conventions={"rnn_activation": ACTIVATIONS},
    rows=lambda xs: len(xs),
    steps=(
        Step(
            "pre",
            "Pre-activations",
            r"z_t = W_h h_{t-1} + W_x x_t + b",
            _pre,
            loop="time",
            work=_pre_work,
        ),
        Step(
            "h",
            "Hidden states",
            r"h_t = \tanh(z_t) \text{ (sigmoid: } \sigma(z_t) \text{)}",
            lambda pre, rnn_activation, line, row: outputs(rnn_activation, pre[row], line),
            final=True,
            loop="time",
            before="h0",
            work=lambda pre, rnn_activation: [
                Work(at, squashed_text(rnn_activation, pre[at])) for at in entries(pre)
            ],
            formula_for=Among(
                "rnn_activation",
                {"tanh": r"h_t = \tanh(z_t)", "sigmoid": r"h_t = \frac{1}{1 + e^{-z_t}}"},
            ),
        ),
    ),
    slips=(
        Slip(
            "other-activation",
            "h",
            lambda pre, rnn_activation, line, row: outputs(
                OTHER_ACTIVATION[rnn_activation], pre[row], line
            ),
            "The other course's activation was used (tanh and logistic are exchanged).",
        ),
        Slip(
            "bias-dropped",
            "pre",
            _bias_dropped,
            "The bias is missing.",
            when=lambda b: bool(np.any(np.abs(b) > TIE)),
        ),
        Slip(
            "no-feedback",
            "pre",
            _no_feedback,
            "The hidden state of the previous step must be fed back.",
            when=_feedback_shows,
        ),
        Slip(
            "swapped-matrices",
            "pre",
            _swapped,
            "The blocks for h and x are exchanged (order of the concatenation).",
            when=_swap_shows,
        ),
        Slip(
            "no-activation",
            "h",
            lambda pre, row: pre[row],
            "The activation is missing.",
            when=lambda pre, h: differ(pre, h),
        ),
        Slip(
            "input-once",
            "pre",
            _input_once,
            "Every step reads its own input x_t.",
            when=_inputs_show,
        ),
    ),
    make=make,
    avoid=avoid,
    discrepancies=("rnn-activation-tanh-or-sigma",),
    items=("dl-rnn", "dl-rnn-sharing", "nc-rnn-def", "nc-rnn-simple", "nc-rnn-formula"),
)
