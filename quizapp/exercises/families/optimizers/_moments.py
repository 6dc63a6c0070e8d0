"""The moments of Adam and their bias correction (Kingma and Ba 2015, algorithm 1).

Row k of every history is step k; row 0 of both moments is 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.family import GivenError, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import entries, factor, frac, num

if TYPE_CHECKING:
    from quizapp.exercises.rounding import Line


def row_count(grads: Any) -> int:
    """One row per gradient."""
    return len(grads)


def average(beta: float, moment: Any, new: Any, row: int) -> Any:
    """A decaying average: beta times the row before, plus (1 - beta) times the new value."""
    before = moment[row - 1] if row > 1 else 0.0
    return beta * before + (1.0 - beta) * new


def _corrected(moment: Any, beta: float, row: int, line: Line) -> Any:
    """The moment divided by 1 - beta^k; the power is an inner line."""
    return moment[row] / (1.0 - line(beta**row))


def first_corrected(m: Any, beta1: float, row: int, line: Line) -> Any:
    """The corrected first moment."""
    return _corrected(m, beta1, row, line)


def second_corrected(v: Any, beta2: float, row: int, line: Line) -> Any:
    """The corrected second moment."""
    return _corrected(v, beta2, row, line)


def scaled_step(eta: float, first: Any, second: Any, eps: float, line: Line) -> Any:
    """The step eta m / (√v + eps); the root is an inner line. ValueError as in ``divisor``."""
    return eta * first / divisor(line(np.sqrt(np.maximum(second, 0.0))), eps)


def divisor(root: Any, eps: float) -> Any:
    """What a step is divided by. ValueError where it is 0."""
    if np.any(root + eps == 0):
        raise ValueError("a second moment and eps are both 0, so that a step is divided by 0")
    return root + eps


def average_work(beta: float, moment: Any, new: list[list[str]], value: Any) -> list[Work]:
    """The averages with the numbers; ``new`` holds the written new values."""
    out = []
    for k, i in entries(value):
        old = moment[k - 1][i] if k else 0.0
        fresh = rf"(1 - {num(beta)}) \cdot {new[k][i]}"
        out.append(Work((k, i), rf"{num(beta)} \cdot {factor(old)} + {fresh}"))
    return out


def squares(values: Any) -> list[list[str]]:
    """Every entry squared, written."""
    return [[f"{factor(x)}^{{2}}" for x in row] for row in values]


def plainly(values: Any) -> list[list[str]]:
    """Every entry as a factor, written."""
    return [[factor(x) for x in row] for row in values]


def _corrected_work(moment: Any, beta: float, value: Any) -> list[Work]:
    """The correction m / (1 - beta^k) with the numbers."""
    return [
        Work((k, i), frac(num(moment[k][i]), f"1 - {num(beta)}^{{{k + 1}}}"))
        for k, i in entries(value)
    ]


def first_corrected_work(m: Any, beta1: float, value: Any) -> list[Work]:
    """The correction of the first moment."""
    return _corrected_work(m, beta1, value)


def second_corrected_work(v: Any, beta2: float, value: Any) -> list[Work]:
    """The correction of the second moment."""
    return _corrected_work(v, beta2, value)


def step_work(eta: float, first: Any, second: Any, eps: float, value: Any) -> list[Work]:
    """The step eta m / (√v + eps) with the numbers."""
    tail = f" + {num(eps)}" if eps else ""
    return [
        Work(
            at,
            frac(
                rf"{num(eta)} \cdot {factor(first[at])}",
                rf"\sqrt{{{num(second[at])}}}{tail}",
            ),
        )
        for at in entries(value)
    ]


def check_rates(eta: float, beta1: float, beta2: float, eps: float) -> None:
    """Decays lie in [0, 1); the learning rate and eps are not negative."""
    for name, beta in (("beta1", beta1), ("beta2", beta2)):
        if not 0 <= beta < 1:
            raise GivenError(f"'{name}' must be at least 0 and less than 1.", where=name)
    for name, value in (("eta", eta), ("eps", eps)):
        if value < 0:
            raise GivenError(f"'{name}' is negative: it is at least 0.", where=name)


def uncorrected_differs(eta: float, m: Any, v: Any, eps: float, step: Any) -> bool:
    """Whether the step without the bias correction is another one somewhere."""
    below = np.sqrt(v) + eps
    return bool(np.all(below > 0) and np.any(np.abs(eta * m / below - step) > TIE))


CORRECTED_STEPS = (
    Step(
        "m_hat",
        "Corrected first moment",
        r"\hat{m}_k = \frac{m_k}{1 - \beta_1^k}",
        first_corrected,
        loop="iteration",
        work=first_corrected_work,
    ),
    Step(
        "v_hat",
        "Corrected second moment",
        r"\hat{v}_k = \frac{v_k}{1 - \beta_2^k}",
        second_corrected,
        loop="iteration",
        work=second_corrected_work,
    ),
    Step(
        "step",
        "Step",
        r"s_k = \eta \frac{\hat{m}_k}{\sqrt{\hat{v}_k} + \varepsilon}",
        lambda m_hat, v_hat, eta, eps, row, line: scaled_step(
            eta, m_hat[row], v_hat[row], eps, line
        ),
        loop="iteration",
        work=lambda m_hat, v_hat, eta, eps, value: step_work(eta, m_hat, v_hat, eps, value),
    ),
)
"""The corrected moments and the step that follows from them, in the loop of the iterations."""
