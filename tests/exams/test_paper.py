from __future__ import annotations

import dataclasses
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.cards import Card, Reveal
from quizapp.cards import ask as ask_of
from quizapp.core.place import Place
from quizapp.exams.paper import Paper, PaperError, draw, read_paper
from quizapp.exercises.catalogue import family_ids
from quizapp.exercises.problem import read_problem
from quizapp.packs.load import load_pack
from quizapp.packs.model import Blueprint, Course, Section
from quizapp.packs.shipped import shipped_pack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizapp.packs.model import Pack

AT = Place("exams/test.yaml", 1, 1)
COURSE = Course("c", "Course", "", "", {"offset": "threshold"}, {}, (), "slides", AT)


def true_false(name: str, *, topic: str = "hopfield", item: str = "i") -> Card:
    data = {"statement": f"{name} holds.", "answer": True}
    return Card(name, "true-false", topic, (item,), (), (), (), (), "because", data)


def basic(name: str) -> Card:
    data = {"question": "why?", "answer": "so"}
    return Card(name, "basic", "hopfield", ("i",), (), (), (), (), "because", data)


def section(**fields: Any) -> Section:
    base: dict[str, Any] = {
        "title": "Section",
        "draw": "cards",
        "types": ("true-false",),
        "count": 1,
        "points": 1.0,
        "topics": {},
        "families": {},
        "level": None,
    }
    return Section(**{**base, **fields})


def blueprint(*sections: Section) -> Blueprint:
    return Blueprint("b", "c", "Exam", 10, "", sections, AT)


def paper_of(cards: Sequence[Card], *sections: Section, seed: int = 1) -> Paper:
    return draw(blueprint(*sections), cards, COURSE, seed=seed, answer_by="slides")


@cache
def pack() -> Pack:
    return load_pack(shipped_pack(), families=frozenset(family_ids()))


@cache
def hub_cards() -> list[Card]:
    items = {i.id for i in pack().items.values() if i.course == "hub" and i.examinable}
    return [card for card in pack().cards.values() if items.intersection(card.items)]


def hub(name: str, seed: int) -> Paper:
    course = pack().courses["hub"]
    return draw(pack().blueprints[name], hub_cards(), course, seed=seed, answer_by="slides")


def test_the_same_seed_draws_the_same_paper() -> None:
    first, again, other = (hub("hub-full", seed).as_json() for seed in (7, 7, 8))
    assert first == again
    assert first["questions"] != other["questions"]


def test_the_order_of_the_cards_decides_nothing() -> None:
    cards = [true_false(f"c{n}", item=f"i{n}") for n in range(12)]
    wanted = section(count=5)
    assert paper_of(cards, wanted).questions == paper_of(cards[::-1], wanted).questions


@pytest.mark.parametrize("name", ["hub-short", "hub-full"])
def test_every_blueprint_of_the_course_can_be_drawn_and_its_points_add_up(name: str) -> None:
    plan = pack().blueprints[name]
    wanted = sum(part.count * part.points for part in plan.sections)
    sizes = [(part.title, part.count) for part in plan.sections]
    for seed in range(200):
        paper = hub(name, seed)
        assert paper.points == wanted
        titles = [question.section for question in paper.questions]
        assert [(title, titles.count(title)) for title, _ in sizes] == sizes
        cards = [question.card for question in paper.questions if question.card]
        assert len(set(cards)) == len(cards)
        assert not any(isinstance(ask_of(pack().cards[c], "slides"), Reveal) for c in cards)


def test_a_paper_comes_back_from_the_log_as_it_was() -> None:
    paper = hub("hub-short", 3)
    read = read_paper(json.loads(json.dumps(paper.as_json())))
    assert read.as_json() == paper.as_json()
    assert dataclasses.replace(read, questions=()) == dataclasses.replace(paper, questions=())


def test_a_computation_prints_all_its_conventions_and_those_of_the_course() -> None:
    paper = paper_of(
        (), section(draw="exercises", types=(), families={"hopfield-energy": 1.0}, level=2)
    )
    problem = read_problem(paper.questions[0].problem)
    assert problem.printed == {"offset"}
    assert problem.conventions == {"offset": "threshold"}


def test_a_scheme_goes_with_the_computations_of_its_family() -> None:
    wanted = section(
        draw="exercises",
        types=(),
        count=2,
        families={"hopfield-energy": 1.0, "softmax": 1.0},
        level=1,
        scheme={"hopfield-energy": {"energy": 3}},
    )
    paper = paper_of((), wanted)
    schemes = {read_problem(q.problem).family.id: q.scheme for q in paper.questions}
    assert schemes == {"hopfield-energy": {"energy": 3}, "softmax": None}
    read = read_paper(json.loads(json.dumps(paper.as_json())))
    assert read.questions == paper.questions
    assert ["scheme" in question.as_json() for question in paper.questions].count(True) == 1


def test_computations_of_one_section_are_of_different_families() -> None:
    families = {"hopfield-energy": 1.0, "softmax": 1.0, "dropout": 1.0}
    wanted = section(draw="exercises", types=(), count=3, families=families, level=1)
    for seed in range(10):
        drawn = [
            read_problem(q.problem).family.id for q in paper_of((), wanted, seed=seed).questions
        ]
        assert sorted(drawn) == sorted(families)


def test_a_syllabus_item_is_asked_once_as_long_as_there_are_others() -> None:
    cards = [true_false(f"{item}{n}", item=item) for item in "abcd" for n in range(5)]
    for seed in range(20):
        paper = paper_of(cards, section(count=2), section(count=2), seed=seed)
        assert {question.card[0] for question in paper.questions} == set("abcd")


def test_a_topic_outside_the_section_is_never_drawn() -> None:
    cards = [true_false("in", topic="backprop"), true_false("out", topic="cnn", item="j")]
    for seed in range(20):
        paper = paper_of(cards, section(topics={"backprop": 1.0}), seed=seed)
        assert [question.card for question in paper.questions] == ["in"]


def test_weights_decide_how_often_a_topic_comes() -> None:
    cards = [true_false("often", topic="a"), true_false("seldom", topic="b", item="j")]
    wanted = section(topics={"a": 9.0, "b": 1.0})
    drawn = [paper_of(cards, wanted, seed=seed).questions[0].card for seed in range(200)]
    assert 160 < drawn.count("often") < 197


def test_too_few_cards_are_said_with_the_place_and_the_number() -> None:
    with pytest.raises(PaperError, match=r"exams/test\.yaml:1:1.*wants 3 cards.*has 2"):
        paper_of([true_false("x"), true_false("y", item="j")], section(count=3))


def test_a_card_that_only_the_student_can_mark_is_not_drawn() -> None:
    with pytest.raises(PaperError, match="has 0 that can be marked"):
        paper_of([basic("x")], section(types=("basic",)))


@pytest.mark.parametrize(
    "damage",
    [
        {"questions": [{"kind": "card", "unheard": 1}]},
        {"questions": None},
        {"minutes": "soon"},
        {"seed": None},
    ],
)
def test_a_paper_of_another_version_is_refused_in_a_sentence(damage: dict[str, Any]) -> None:
    raw = paper_of([true_false("x")], section()).as_json()
    with pytest.raises(PaperError, match="another version"):
        read_paper({**raw, **damage})
    del raw["title"]
    with pytest.raises(PaperError, match="another version"):
        read_paper(raw)


WAYS: dict[str, dict[str, Any]] = {
    "typed": {"question": "?", "answer": "a"},
    "ordering": {"question": "?", "steps": ["a", "b", "c"]},
    "comparison": {
        "question": "?",
        "columns": ["A", "B"],
        "rows": [{"aspect": "x", "cells": ["1", "2"]}, {"aspect": "y", "cells": ["3", "4"]}],
    },
    "reversed": {"question": "?", "answer": "a", "reverse_question": "!", "reverse_answer": "b"},
}


def of_type(kind: str) -> Card:
    return Card(kind, kind, "hopfield", ("i",), (), (), (), (), "because", WAYS[kind])


@pytest.mark.parametrize("kind", ["typed", "ordering", "comparison"])
def test_words_orders_and_comparisons_are_drawn(kind: str) -> None:
    paper = paper_of([of_type(name) for name in WAYS], section(types=(kind,)))
    assert [question.card for question in paper.questions] == [kind]


def test_a_reversed_card_is_not_drawn_as_only_the_student_could_mark_it() -> None:
    with pytest.raises(PaperError, match="the pack has 0 that can be marked"):
        paper_of([of_type("reversed")], section(types=("reversed",)))
