"""Cards to ask for, and queries of all shapes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, get_args

from hypothesis import strategies as st

from quizapp.cards import Card
from quizapp.packs.load import load_pack
from quizapp.packs.shipped import example_pack
from quizapp.scheduling.memory import CardMemory
from quizapp.study.query.entries import Entry, card_entry
from quizapp.study.query.facts import Facts
from quizapp.study.query.tree import (
    Everything,
    Field,
    Flagged,
    Introduced,
    Is,
    Measured,
    Named,
    Not,
    Quantity,
    Query,
    Rated,
    Sign,
    Standing,
    Text,
    all_of,
    any_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizapp.store.replay import CardState

PACK = load_pack(example_pack())
TODAY = date(2026, 3, 2)
NAMES = ("hopfield", "mlp-forward", "deck:gd-name", "trap", "in quotes", "hop")

_letters = st.text(alphabet='ab*:-()"\\ δé[/', min_size=1, max_size=8)
names = st.one_of(st.sampled_from(NAMES), _letters).map(
    lambda text: " ".join(text.casefold().split()) or "x"
)
texts = st.one_of(st.sampled_from(["energy", "or", "AND", "net input", "-", "E(y)"]), _letters).map(
    lambda text: " ".join(text.split()) or "x"
)
numbers = st.integers(-50_000, 50_000).map(lambda number: number / 1000)
terms: st.SearchStrategy[Query] = st.one_of(
    st.builds(Text, texts),
    st.builds(Named, st.sampled_from(get_args(Field)), names),
    st.builds(Is, st.sampled_from(get_args(Standing))),
    st.builds(Flagged, st.none() | st.integers(0, 7)),
    st.builds(Rated, st.integers(1, 30), st.none() | st.integers(1, 4)),
    st.builds(Introduced, st.integers(1, 30)),
    st.builds(
        Measured,
        st.sampled_from([one for one in get_args(Quantity) if one != "recall"]),
        st.sampled_from(get_args(Sign)),
        numbers,
    ),
    st.builds(
        Measured,
        st.just("recall"),
        st.sampled_from(get_args(Sign)),
        st.integers(0, 100).map(lambda percent: percent / 100),
    ),
)
queries = st.recursive(
    terms,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=4).map(all_of),
        st.lists(inner, min_size=2, max_size=4).map(any_of),
    ),
    max_leaves=8,
) | st.just(Everything())


def card(name: str, question: str, **fields: Any) -> Card:
    """A card on the Hopfield network, unless said otherwise."""
    known: dict[str, Any] = {
        "type": "basic",
        "topic": "hopfield",
        "items": (),
        "sources": (),
        "discrepancies": (),
        "families": (),
        "tags": ("trap",),
        "explanation": "Because.",
        **fields,
    }
    return Card(id=name, data={"question": question, "answer": "It\n falls."}, **known)


def entry(name: str, question: str, **fields: Any) -> Entry:
    """The entry of such a card."""
    return card_entry(card(name, question, **fields), PACK)


def memory(
    due: int | None = 0,
    *,
    phase: Any = "review",
    stability: float = 10.0,
    difficulty: float = 5.0,
    reps: int = 3,
    lapses: int = 0,
    last: int = 5,
) -> CardMemory:
    """A memory, due in so many days (None: being learned), answered so many days ago."""
    return CardMemory(
        phase=phase if due is not None else "learning",
        step=None if due is not None else 0,
        stability=stability,
        difficulty=difficulty,
        due_at=None if due is not None else 0,
        due_day=None if due is None else TODAY + timedelta(days=due),
        last_day=TODAY - timedelta(days=last),
        reps=reps,
        lapses=lapses,
    )


def facts(
    states: dict[str, CardState] | None = None,
    *,
    answers: Iterable[tuple[str, date, int]] = (),
    queue: Iterable[str] = (),
    dropped: Iterable[str] = (),
) -> Facts:
    """What the log would know."""
    told, left, gone = tuple(answers), frozenset(queue), frozenset(dropped)
    return Facts(
        today=TODAY,
        states=states or {},
        recall=lambda known: min(1.0, known.stability / 100),
        answers=lambda since: [(name, rating) for name, day, rating in told if day >= since],
        queue=lambda: left,
        dropped=lambda: gone,
    )
