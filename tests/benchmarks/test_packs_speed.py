"""How long a pack of 10 000 cards takes, as ratios within one run.

``python -m pytest tests/benchmarks/test_packs_speed.py -n 0 -s`` prints them.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

import yaml

from quizapp.packs.load import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

CARDS = 10_000
CARD = r"""
  - id: energy-{number}
    type: basic
    question: "What is the sign of the energy in state {number}?"
    answer: 'It is $-\frac{{1}}{{2}} y^\top W y$.'
    explanation: |
      The energy falls with every update that flips a unit, because the flipped unit agrees
      with its net input. An example with numbers: $E = -1$ before and $E = -{number}$ after.
    items: [hub-energy]
    sources:
      - {{course: hub, place: "Energy function, L31-32"}}
    tags: [formula]
"""
FILES = {
    "pack.yaml": "{name: large, title: Large, version: '1', licence: MIT, about: Many cards.}",
    "courses/hub.yaml": "{id: hub, title: Methods, about: A course.}",
    "syllabus/hub.yaml": (
        "course: hub\nitems:\n"
        "  - {id: hub-energy, topic: hopfield, kind: formula, place: L31, statement: It falls.}\n"
    ),
    "cards/hopfield.yaml": "topic: hopfield\ncards:"
    + "".join(CARD.format(number=number) for number in range(CARDS)),
}


def best(run: Callable[[], T], times: int = 3) -> tuple[float, T]:
    """Return the shortest of a few durations in seconds, and the last result."""
    durations = []
    for _ in range(times):
        start = time.perf_counter()
        result = run()
        durations.append(time.perf_counter() - start)
    return min(durations), result


def test_ten_thousand_cards(tmp_path: Path) -> None:
    for name, text in FILES.items():
        path = tmp_path / "large" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    root, cache = tmp_path / "large", tmp_path / "cache"
    text = FILES["cards/hopfield.yaml"]

    plain, tree = best(lambda: yaml.load(text, Loader=yaml.CSafeLoader))
    cold, read = best(lambda: load_pack(root))
    load_pack(root, cache=cache)
    warm, kept = best(lambda: load_pack(root, cache=cache))

    assert read.faults == ()
    assert len(read.cards) == len(tree["cards"]) == CARDS
    assert kept == read
    print(f"\n{CARDS} cards: yaml.load with CSafeLoader {plain:.2f} s")
    print(f"cold {cold:.2f} s, {cold / plain:.2f} times that load")
    print(f"from the cache {warm:.3f} s, {warm / cold:.3f} of cold")
