"""Which cards fit a query, also against a card by card look."""

from __future__ import annotations

import operator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.cards import Source
from quizapp.store.replay import CardState
from quizapp.study.query import parse
from quizapp.study.query.finding import Index
from quizapp.study.query.patterns import matches
from quizapp.study.query.tree import (
    And,
    Everything,
    Flagged,
    Introduced,
    Is,
    Measured,
    Named,
    Not,
    Or,
    Query,
    Rated,
    Text,
)
from quizapp.study.search import searchable
from tests.study.query.queries import NAMES, TODAY, entry, facts, memory, queries, texts

if TYPE_CHECKING:
    from datetime import date

    from quizapp.study.query.entries import Entry
    from quizapp.study.query.facts import Facts

TEXTS = [
    entry("energy", "What does the Energy of a net do?"),
    entry("delta", r"What is $\delta_j$?", explanation="The error signal."),
    entry("net-energy", "A net input and its energy"),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["energy", "delta", "net-energy"]),
        ("energy", ["energy", "net-energy"]),
        ("ENERGY net", ["energy", "net-energy"]),
        ('"net input"', ["net-energy"]),
        ('"input net"', []),
        ('"it falls."', ["energy", "delta", "net-energy"]),
        ("δ", ["delta"]),
        (r"\delta", ["delta"]),
        ("error signal", ["delta"]),
        ("hopfield trap delta", ["delta"]),
        ("nothing", []),
        ("-energy", ["delta"]),
        ("signal or input", ["delta", "net-energy"]),
        ("[a-z]*", []),
    ],
)
def test_every_word_has_to_be_there(typed: str, found: list[str]) -> None:
    assert Index(TEXTS, facts()).find(parse(typed)) == found


NAMED = [
    entry("a", "?", topic="hopfield", type="choice", sources=(Source("hub", "Energy, L31"),)),
    entry("b", "?", topic="hop-on", items=("rule",), tags=("Traps", "trap"), families=("ising",)),
    entry("deck:c", "?", topic="mlp-forward", tags=(), discrepancies=("capacity-n",)),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("topic:hop", "ab"),
        ("topic:HOPFIELD", "a"),
        ("topic:*forward", "c"),
        ("topic:*o*o*", "b"),
        ("type:choice", "a"),
        ("source:l31", "a"),
        ('source:"hub energy"', "a"),
        ("item:ru", "b"),
        ("family:is", "b"),
        ("id:c", "c"),
        ("id:deck:", "c"),
        ("tag:trap", "ab"),
        ("tag:tra", ""),
        ("tag:tra*", "ab"),
        ("tag:traps", "b"),
        ("tag:none", "c"),
        ("disc:yes", "c"),
        ("disc:cap", "c"),
        ("disc:no topic:mlp", ""),
        ("course:hub", ""),
    ],
)
def test_names_are_found_by_their_beginning(typed: str, found: str) -> None:
    ids = Index(NAMED, facts()).find(parse(typed))

    assert "".join(name.removeprefix("deck:") for name in ids) == found


STATES = {
    "due": CardState(memory=memory(0), first_day="2026-02-24", flag=1),
    "late": CardState(memory=memory(-4, stability=30.0, lapses=8), first_day="2026-01-01"),
    "later": CardState(memory=memory(9, stability=50.0, difficulty=7.0), first_day="2026-01-01"),
    "learning": CardState(memory=memory(None, reps=1, last=0), first_day="2026-03-02", flag=7),
    "relearned": CardState(memory=memory(None, phase="relearning"), first_day="2026-01-01"),
    "suspended": CardState(memory=memory(0), suspended=True, first_day="2026-01-01"),
    "buried": CardState(memory=memory(0), buried_until=TODAY + timedelta(days=1)),
    "back": CardState(memory=memory(0), buried_until=TODAY),
    "skill/ising": CardState(memory=memory(1)),
}
KNOWN = [entry(name, "?") for name in ["new", *STATES]]
ANSWERS = [
    ("due", TODAY, 1),
    ("late", TODAY - timedelta(days=6), 1),
    ("later", TODAY - timedelta(days=6), 3),
    ("back", TODAY - timedelta(days=7), 1),
    ("gone", TODAY, 1),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("is:due", "due late learning relearned back"),
        ("is:new", "new"),
        ("is:learning", "learning relearned"),
        ("is:review", "due late later suspended buried back skill/ising"),
        ("is:suspended", "suspended"),
        ("is:buried", "buried"),
        ("is:leech", "late"),
        ("is:skill", "skill/ising"),
        ("is:today", "due learning"),
        ("flag:any", "due learning"),
        ("flag:7", "learning"),
        ("flag:0 is:due", "late relearned back"),
        ("rated:1", "due"),
        ("rated:7", "due late later"),
        ("rated:7:1", "due late"),
        ("failed:1", "due"),
        ("introduced:1", "learning"),
        ("introduced:7", "due learning"),
        ("prop:stability>=30", "late later"),
        ("prop:difficulty=7", "later"),
        ("prop:lapses>3", "late"),
        ("prop:reps=0", "new"),
        ("prop:due<=-1", "late"),
        ("prop:due=1", "skill/ising"),
        ("prop:recall>30%", "later"),
        ("prop:stability!=10", "late later"),
    ],
)
def test_cards_are_found_by_where_they_stand(typed: str, found: str) -> None:
    index = Index(KNOWN, facts(STATES, answers=ANSWERS, queue=["due", "learning", "gone"]))

    assert index.find(parse(typed)) == found.split()


def test_other_facts_lead_to_other_cards() -> None:
    index = Index(KNOWN, facts())
    assert len(index.find(parse("is:new flag:0"))) == len(KNOWN)

    index.take(facts(STATES))

    assert index.find(parse("is:new flag:0")) == ["new"]


phases = st.sampled_from(["review", "learning", "relearning"])
memories = st.builds(
    memory,
    st.none() | st.integers(-20, 20),
    phase=st.just("review"),
    stability=st.floats(0.1, 100),
    difficulty=st.floats(1, 10),
    reps=st.integers(1, 20),
    lapses=st.integers(0, 12),
    last=st.integers(0, 30),
)
days = st.integers(-30, 10).map(lambda days: TODAY + timedelta(days=days))
states = st.builds(
    CardState,
    memory=st.none() | memories,
    first_day=st.none() | days.map(str),
    suspended=st.booleans(),
    buried_until=st.none() | days,
    flag=st.integers(0, 7),
)
some_names = st.lists(st.sampled_from(NAMES), max_size=2).map(tuple)
entries = st.lists(
    st.builds(
        entry,
        st.sampled_from(["hop", "gd-name", "trap", "skill/x", "deck:a", "b", "c"]),
        texts,
        topic=st.sampled_from(NAMES),
        tags=some_names,
        items=some_names,
        families=some_names,
        discrepancies=some_names,
    ),
    max_size=7,
    unique_by=lambda one: one.id,
)
COMPARED = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


def fits(query: Query, one: Entry, known: Facts, answers: list[tuple[str, date, int]]) -> bool:
    """Whether one card fits, said as plainly as possible."""
    state = known.state(one.id)
    remembered = state.memory
    match query:
        case Everything():
            return True
        case And(parts):
            return all(fits(part, one, known, answers) for part in parts)
        case Or(parts):
            return any(fits(part, one, known, answers) for part in parts)
        case Not(inner):
            return not fits(inner, one, known, answers)
        case Text(text):
            return searchable(text) in one.text
        case Named("source", name):
            return any(matches(f"*{name}*", source) for source in one.names["source"])
        case Named(field, name):
            pattern = name if "*" in name or field == "tag" else f"{name}*"
            told = one.names.get(field, ())
            called = {*told, *(n.split(":", 1)[1] for n in told if n.partition(":")[2])}
            return any(matches(pattern, one_name) for one_name in called)
        case Flagged(flag):
            return bool(state.flag) if flag is None else state.flag == flag
        case Rated(back, rating):
            since = TODAY - timedelta(days=back)
            return any(
                name == one.id and day > since and rating in {None, given}
                for name, day, given in answers
            )
        case Introduced(back):
            first = state.first_day
            return first is not None and first > str(TODAY - timedelta(days=back))
        case Measured(quantity, sign, value):
            number = measured(quantity, state, known)
            return number is not None and bool(COMPARED[sign](number, value))
        case Is("today"):
            return one.id in known.queue()
        case Is("dropped"):
            return remembered is None and one.id in known.dropped()
        case Is("skill"):
            return one.id.startswith("skill/")
        case Is("new"):
            return remembered is None
        case Is("suspended"):
            return state.suspended
        case Is("buried"):
            return state.buried_until is not None and state.buried_until > TODAY
        case Is(standing):
            if remembered is None:
                return False
            buried = state.buried_until is not None and state.buried_until > TODAY
            now = remembered.due_day is None or remembered.due_day <= TODAY
            return {
                "learning": remembered.phase in {"learning", "relearning"},
                "review": remembered.phase == "review",
                "leech": remembered.lapses >= 8,
                "due": now and not state.suspended and not buried,
            }[standing]


def measured(quantity: str, state: CardState, known: Facts) -> Any:
    remembered = state.memory
    if remembered is None:
        return 0 if quantity in {"lapses", "reps"} else None
    if quantity == "recall":
        return known.recall(remembered)
    if quantity in {"due", "interval"}:
        since = TODAY if quantity == "due" else remembered.last_day
        return (remembered.due_day - since).days if remembered.due_day else 0
    return getattr(remembered, quantity)


@given(
    queries,
    entries,
    st.lists(states, min_size=7, max_size=7),
    st.lists(st.tuples(st.sampled_from(["hop", "b", "c", "?"]), days, st.integers(1, 4))),
    st.sets(st.sampled_from(["hop", "b", "c", "?"])),
    st.sets(st.sampled_from(["hop", "b", "c", "?"])),
)
def test_the_index_finds_what_a_look_at_each_card_finds(
    query: Query,
    cards: list[Entry],
    known_states: list[CardState],
    answers: list[tuple[str, date, int]],
    queue: set[str],
    dropped: set[str],
) -> None:
    by_id = {one.id: state for one, state in zip(cards, known_states, strict=False)}
    known = facts(by_id, answers=answers, queue=queue, dropped=dropped)

    found = Index(cards, known).find(query)

    assert found == [one.id for one in cards if fits(query, one, known, answers)]


def slow_match(pattern: str, name: str) -> bool:
    if not pattern:
        return not name
    if pattern[0] == "*":
        return slow_match(pattern[1:], name) or bool(name and slow_match(pattern, name[1:]))
    return bool(name) and pattern[0] == name[0] and slow_match(pattern[1:], name[1:])


@given(st.text("ab*", max_size=6), st.text("ab", max_size=8))
def test_a_star_stands_for_any_characters(pattern: str, name: str) -> None:
    assert matches(pattern, name) == slow_match(pattern, name)
