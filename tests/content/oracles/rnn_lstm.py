"""The values of the numeric cards on recurrent networks, from the numbers of their questions."""

from __future__ import annotations

import math


def _sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


_GATE = _sigmoid(0.5 * 0 + 1 * 1)
_CANDIDATE = math.tanh(0.5 * 0 + 1 * 1)
_CELL = _GATE * 1 + _GATE * _CANDIDATE

VALUES: dict[str, float | dict[str, float]] = {
    "rnn-two-steps-tanh": math.tanh(0.5 * math.tanh(0.5 * 0 + 1) + 0),
    "rnn-parameter-count": 4 * 4 + 4 * 3 + 4,
    "rnn-vanish-number": 0.9**50,
    "lstm-retention": 0.98**100,
    "lstm-gate-value": _sigmoid(0.5 * 0.4 - 1 * 1 + 0.3),
    "lstm-cell-state-value": _CELL,
    "lstm-output-value": 0.7311 * math.tanh(1.2878),
    "lstm-forget-bias": _sigmoid(1) ** 5,
    "lstm-parameter-count": 4 * (4 * (4 + 3) + 4),
}

SLIPS: dict[str, tuple[float, ...]] = {
    # no feedback, no second tanh, the logistic function
    "rnn-two-steps-tanh": (0, 0.5 * math.tanh(1), _sigmoid(0.5 * _sigmoid(1))),
    # weights of their own in each step, no biases, no state matrix
    "rnn-parameter-count": (3200, 28, 16),
    # linear decline, ten steps
    "rnn-vanish-number": (0, 0.9**10, 0.9 * 50),
    # linear decline, one step
    "lstm-retention": (0, 0.98, 0.99**100),
    # no bias, tanh, inputs exchanged
    "lstm-gate-value": (_sigmoid(-0.8), math.tanh(-0.5), _sigmoid(0.4), -0.5),
    # no forget gate, candidate by the sigmoid, old state left out
    "lstm-cell-state-value": (1 + _GATE * _CANDIDATE, _GATE + _GATE**2, _GATE * _CANDIDATE),
    # no tanh, no gate, the state itself
    "lstm-output-value": (0.7311 * 1.2878, math.tanh(1.2878), 1.2878),
    # one step, bias 0
    "lstm-forget-bias": (_sigmoid(1), 0.5**5, 1),
    # no candidate, no biases, no feedback, one part only
    "lstm-parameter-count": (96, 112, 64, 32),
}
