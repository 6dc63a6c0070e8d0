"""Windows that slide over a map (Goodfellow, Bengio and Courville 2016, sections 9.1 and 9.5)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from quizapp.exercises.family import GivenError, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.shapes import MOST_ENTRIES
from quizapp.exercises.substitution import dot, entries, frac, num

if TYPE_CHECKING:
    from collections.abc import Sequence

OTHER_KERNEL = {"correlation": "flipped", "flipped": "correlation"}
_MOST_PRODUCTS = 1_000_000


def differ(a: Any, b: Any) -> bool:
    """Whether two lines differ, in shape or somewhere by more than a tie."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return a.shape != b.shape or bool(np.any(np.abs(a - b) > TIE))


def laid(k: Any, kernel: str) -> Any:
    """The weights as they lie on a window: as they stand, or turned by 180 degrees."""
    return k if kernel == "correlation" else np.flip(k)


def bordered(x: Any, pad: float) -> Any:
    """A map with ``pad`` zeros on every side."""
    border = int(pad)
    out = np.zeros([n + 2 * border for n in x.shape])
    out[tuple(slice(border, border + n) for n in x.shape)] = x
    return out


def counted(lengths: Sequence[float], window: Sequence[float], stride: float) -> Any:
    """How many windows fit along each direction: floor((length - window) / stride) + 1."""
    pairs = zip(lengths, window, strict=True)
    return np.array([math.floor((n - m) / stride) + 1.0 for n, m in pairs])


def count_text(length: float, window: float, stride: float) -> str:
    """The number of windows with the numbers; what is left over is taken off before dividing."""
    rest = (length - window) % stride
    fitting = f"{num(length)} - {num(window)}" + (f" - {num(rest)}" if rest else "")
    return f"{frac(fitting, num(stride))} + 1"


def windows_of(padded: Any, window: tuple[int, ...], stride: float, size: Any) -> Any:
    """The windows at the first ``size`` positions, the entries of each in the last axes.

    Raises ValueError where ``size`` is no number of windows that fit.
    """
    wanted = [float(n) for n in np.atleast_1d(size)]
    steps = (slice(None, None, int(stride)),) * len(wanted)
    seen = np.lib.stride_tricks.sliding_window_view(padded, window)[steps]
    for n, available in zip(wanted, seen.shape, strict=False):
        if n != int(n) or not 0 <= n <= available:
            raise ValueError(f"{n} windows do not fit")
    return seen[tuple(slice(int(n)) for n in wanted)]


def responses(padded: Any, taps: Any, stride: float, size: Any) -> Any:
    """Each window times the taps, entry by entry, and summed."""
    seen = windows_of(padded, taps.shape, stride, size)
    return np.tensordot(seen, taps, axes=taps.ndim)


def responses_work(padded: Any, taps: Any, stride: float, value: Any) -> list[Work]:
    """Each response as its sum of products, the window row by row."""
    seen = windows_of(padded, taps.shape, stride, np.shape(value))
    return [Work(at, dot(seen[at].ravel(), taps.ravel())) for at in entries(value)]


def written(value: Any) -> list[Work]:
    """Entries that are only put in their place."""
    return [Work(at, num(value[at])) for at in entries(value)]


def check_sliding(
    shape: Sequence[int], window: Sequence[int], stride: float, pad: float, *, where: str
) -> None:
    """Whether a window can slide over a map at all; ``where`` is the given that sizes it."""
    if stride < 1:
        raise GivenError("'stride' is the step between windows: at least 1.", where="stride")
    if pad < 0:
        raise GivenError("'pad' is a number of zeros: at least 0.", where="pad")
    sides = [n + 2 * int(pad) for n in shape]
    if math.prod(sides) > MOST_ENTRIES:
        raise GivenError(
            f"'pad' makes a map of more than {MOST_ENTRIES} entries; take fewer zeros.", where="pad"
        )
    if any(n < m for n, m in zip(sides, window, strict=True)):
        raise GivenError(
            f"'{where}' is wider than the map with its padding; no window fits.", where=where
        )
    if counted(sides, window, stride).prod() * math.prod(window) > _MOST_PRODUCTS:
        raise GivenError(
            f"'{where}' makes more than {_MOST_PRODUCTS} products; take a smaller map.", where=where
        )
