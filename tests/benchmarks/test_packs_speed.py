"""How long 10 000 cards take to load, search and take up again, as ratios within one run.

``python -m pytest tests/benchmarks/test_packs_speed.py -n 0 -s`` prints them.
"""

from __future__ import annotations

import statistics
import time
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import yaml

from quizapp.cards import ask
from quizapp.mathtext import prose
from quizapp.mathtext.inline import _inline_latex
from quizapp.mathtext.parse import _parse
from quizapp.mathtext.stacked import _stacked_latex
from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack
from quizapp.study.library import Library
from quizapp.study.query import parse
from quizapp.study.query.entries import card_entry
from quizapp.study.query.facts import Facts
from quizapp.study.query.finding import Index

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
    "syllabus/hopfield.yaml": (
        "topic: hopfield\nitems:\n"
        "  - {id: hub-energy, course: hub, kind: formula, place: L31, statement: It falls.}\n"
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


def test_a_changed_file_among_many(tmp_path: Path) -> None:
    root, topics = tmp_path / "large", 28
    for name, text in FILES.items():
        if not name.startswith("cards/"):
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    (root / "cards").mkdir()
    for topic in range(topics):
        cards = "".join(CARD.format(number=n) for n in range(topic, CARDS, topics))
        text = f"topic: t{topic}\ncards:{cards}"
        (root / "cards" / f"t{topic}.yaml").write_text(text, encoding="utf-8")
    library = Library([root], cache=tmp_path / "cache", families=frozenset())
    start = time.perf_counter()
    first = library.load()
    cold = time.perf_counter() - start
    durations = []
    for turn in range(3):
        file = root / "cards" / "t1.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("What is", "Which is" if turn % 2 == 0 else "What  is"))
        start = time.perf_counter()
        assert library.changed()
        after = library.take_up().pack
        durations.append(time.perf_counter() - start)
        assert after is not None
        assert len(after.cards) == len(first.cards) == CARDS
    taken = statistics.median(durations)
    print(f"\n{CARDS} cards in {topics} files: cold, with the cache written, {cold:.2f} s")
    print(f"one changed file taken up in {taken:.2f} s, {taken / cold:.2f} of cold")


def test_searching_ten_thousand_cards(tmp_path: Path) -> None:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    pack = load_pack(tmp_path)
    cards = pack.cards.values()
    facts = Facts(date(2026, 3, 2), {}, lambda _: 0.9, lambda _: (), tuple)
    built, index = best(lambda: Index((card_entry(card, pack) for card in cards), facts))
    query = parse('"net input" energy 77')
    once, found = best(lambda: index.find(query))
    all_of, _ = best(lambda: [card for card in cards if "77" in card.data["question"]])
    state = parse("is:new prop:lapses<3 -flag:any -is:suspended")

    def anew() -> list[str]:
        index.take(facts)
        return index.find(state)

    standing, found_new = best(anew)

    assert found
    assert len(found_new) == CARDS
    print(f"\nthe words of {CARDS} cards gathered in {1000 * built:.1f} ms")
    print(f"three words found in {1000 * once:.2f} ms, {once / all_of:.1f} times one in one field")
    print(f"four terms on where they stand, with facts taken in anew, in {1000 * standing:.1f} ms")


def test_the_formulas_of_a_card() -> None:
    cards = list(load_pack(shipped_pack()).cards.values())
    durations = []
    for card in cards:
        for cached in (_parse, _inline_latex, _stacked_latex):
            cached.cache_clear()
        start = time.process_time()
        prose(ask(card, "slides").front, 76, stack=True)
        prose(card.explanation, 76, stack=True)
        durations.append(time.process_time() - start)
    durations.sort()
    median, most = statistics.median(durations), durations[-1]
    print(f"\nquestion and explanation set anew, {len(cards)} cards:")
    print(f"median {1000 * median:.2f} ms, 99 % {1000 * durations[-len(cards) // 100]:.2f} ms, ")
    print(f"slowest {1000 * most:.2f} ms, {most / median:.1f} times the median")
