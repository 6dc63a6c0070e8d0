"""Times of one run: of the processor, so that what else the machine does changes them little."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took, each time, in milliseconds."""

    own: Sequence[float]
    """Of the processor, all threads: waiting for the disk is not in it."""
    whole: Sequence[float]
    """Of the clock on the wall."""

    @property
    def median(self) -> float:
        """Of our own time."""
        return statistics.median(self.own)

    @property
    def p95(self) -> float:
        """Of our own time: 19 of 20 took at most this."""
        return sorted(self.own)[int(len(self.own) * 0.95)]


def timed(act: Callable[[int], object], rounds: int) -> Times:
    """How long an act takes in each of some rounds; it is given the number of the round."""
    own, whole = [], []
    for n in range(rounds):
        start, began = time.perf_counter(), time.process_time()
        act(n)
        own.append((time.process_time() - began) * 1e3)
        whole.append((time.perf_counter() - start) * 1e3)
    return Times(own, whole)
