"""How much memory a day takes: ``python -m tests.benchmarks.speed.memory HOME CARDS``.

Opens the home screen's facts, answers cards, looks at the statistics, in a process of its own, and
prints the most memory that it held, in megabytes; first without the content and its cards.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from quizapp.scheduling.memory import Rating
from tests.benchmarks.speed.home import workspace

_ANSWERS = 20


def peak() -> float:
    """The most memory held so far, megabytes."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage counts what the process was forked from, too
        lines = status.read_text(encoding="ascii").splitlines()
        (most,) = (line for line in lines if line.startswith("VmHWM"))
        return int(most.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Do it and print it."""
    from quizapp.study.figures.reading import figures
    from quizapp.study.overview import overview
    from quizapp.study.review import ReviewSession

    found = {"start": peak()}
    opened = workspace(Path(sys.argv[1]), int(sys.argv[2]))
    found["content"] = peak()
    overview(opened)
    session = ReviewSession(opened)
    for _ in range(_ANSWERS):
        if session.current() is not None:
            session.rate(Rating.GOOD)
    found["review"] = peak()
    figures(opened)
    found["statistics"] = peak()
    opened.close()
    print(json.dumps(found))


main()
