"""Max and average pooling (Goodfellow, Bengio and Courville 2016, section 9.3)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.cnn._window import (
    check_sliding,
    count_text,
    counted,
    differ,
    windows_of,
    written,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.shapes import MOST_ENTRIES
from quizapp.exercises.substitution import entries, frac, num, total

_OTHER = {"max": "average", "average": "max"}


def _size(x: Any, window: float, stride: float) -> Any:
    return counted(x.shape, (window, window), stride)


def _windows(x: Any, window: float, stride: float, size: Any) -> Any:
    side = int(window)
    seen = windows_of(x, (side, side), stride, size)
    return seen.reshape(-1, side * side)


def _by_ones(x: Any, window: float, size: Any) -> Any:
    return _windows(x, window, 1, size)


def _shaped(values: Any, size: Any) -> Any:
    return values.reshape([int(n) for n in size])


def _output(windows: Any, size: Any, mode: str) -> Any:
    return _shaped(windows.max(axis=1) if mode == "max" else windows.mean(axis=1), size)


def _other_mode(windows: Any, size: Any, mode: str) -> Any:
    return _output(windows, size, _OTHER[mode])


def _sum(windows: Any, size: Any) -> Any:
    return _shaped(windows.sum(axis=1), size)


def _largest_magnitude(windows: Any, size: Any) -> Any:
    magnitudes = np.abs(windows)
    largest = np.argmax(magnitudes >= magnitudes.max(axis=1, keepdims=True) - TIE, axis=1)
    return _shaped(np.take_along_axis(windows, largest[:, None], axis=1), size)


def _size_work(x: Any, window: float, stride: float) -> list[Work]:
    return [Work((side,), count_text(x.shape[side], window, stride)) for side in (0, 1)]


def _output_work(windows: Any, mode: str, value: Any) -> list[Work]:
    out = []
    for at, row in zip(entries(value), windows, strict=True):
        listed = ", ".join(num(entry) for entry in row)
        mean = frac(total(row), str(len(row)))
        out.append(Work(at, rf"\max({listed})" if mode == "max" else mean))
    return out


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """4 x 4 in separate 2 x 2 windows, then in overlapping ones, then 5 x 5 under 3 x 3."""
    side, window, stride = {1: (4, 2, 2), 2: (4, 2, 1), 3: (5, 3, 2)}[level]
    return {
        "x": rng.integers(-6, 10, size=(side, side)),
        "window": window,
        "stride": stride,
        "mode": str(rng.choice(("max", "average"))),
    }


def avoid(windows: Any) -> str | None:
    """Windows in which nothing is to be chosen."""
    return "a window of equal entries" if np.any(np.ptp(windows, axis=1) == 0) else None


def check(x: Any, window: float, stride: float) -> None:
    """The window has a side, and fits on the map."""
    if window < 1:
        raise GivenError("'window' is the side of a square: at least 1.", where="window")
    check_sliding(x.shape, (int(window),) * 2, stride, 0, where="window")
    if _size(x, window, stride).prod() * window**2 > MOST_ENTRIES:
        raise GivenError(
            f"'window' makes windows of more than {MOST_ENTRIES} entries altogether.",
            where="window",
        )


FAMILY = Family(
    id="pooling",
    topic="cnn",
    title="Max and average pooling",
    task="Write out the windows of the map, one per row, and pool each of them as the mode says.",
    sources=("ece493",),
    givens=(
        Given("x", "x", "map", "H x W"),
        Given("window", "K", "side of the square window", kind="integer"),
        Given("stride", "s", "stride: the step between windows in both directions", kind="integer"),
        Given(
            "mode",
            r"\mathrm{mode}",
            "what is taken of a window: max or average",
            kind="text",
            choices=("max", "average"),
        ),
    ),
    steps=(
        Step(
            "size",
            "Rows and columns of the output",
            r"\left\lfloor \frac{H - K}{s} \right\rfloor + 1, \quad "
            r"\left\lfloor \frac{W - K}{s} \right\rfloor + 1",
            _size,
            kind="integer",
            work=_size_work,
        ),
        Step(
            "windows",
            "Windows, one per row, their entries row by row",
            r"x_{rs+i, cs+j}, \quad i, j = 0, \ldots, K - 1",
            _windows,
            work=written,
        ),
        Step(
            "output",
            "Pooled map",
            r"y_{rc} = \max_{i,j} x_{rs+i, cs+j} \text{ or } "
            r"\frac{1}{K^2} \sum_{i,j} x_{rs+i, cs+j}",
            _output,
            final=True,
            work=_output_work,
            formula_for=Among(
                "mode",
                {
                    "max": r"y_{rc} = \max_{i,j} x_{rs+i, cs+j}",
                    "average": r"y_{rc} = \frac{1}{K^2} \sum_{i,j} x_{rs+i, cs+j}",
                },
            ),
        ),
    ),
    slips=(
        Slip(
            "other-mode",
            "output",
            _other_mode,
            "Maximum and average are exchanged.",
            when=lambda windows, size, mode, output: differ(
                _other_mode(windows, size, mode), output
            ),
        ),
        Slip(
            "sum-for-mean",
            "output",
            _sum,
            "Average pooling divides by the number of entries in the window.",
            when=lambda windows, size, mode, output: (
                mode == "average" and differ(_sum(windows, size), output)
            ),
        ),
        Slip(
            "stride-one",
            "windows",
            _by_ones,
            "The window moves by the stride, not by 1.",
            when=lambda x, window, size, windows: differ(_by_ones(x, window, size), windows),
        ),
        Slip(
            "largest-magnitude",
            "output",
            _largest_magnitude,
            "Max pooling takes the largest value, not the largest magnitude.",
            when=lambda windows, size, mode, output: (
                mode == "max" and differ(_largest_magnitude(windows, size), output)
            ),
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    items=("dl-pooling",),
)
