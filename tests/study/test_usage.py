"""Who uses which convention: the facts of the pack, and how a problem prints them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from quizapp.exercises.catalogue import families, family
from quizapp.exercises.conventions import CONVENTIONS
from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack
from quizapp.study.usage import NOBODY, Usage, usage

if TYPE_CHECKING:
    from quizapp.packs.model import Course, Pack


@cache
def shipped() -> Pack:
    return load_pack(shipped_pack())


def facts(own: str = "") -> Usage:
    return usage(shipped().courses.values(), own)


def stated(course: Course) -> set[tuple[str, str]]:
    further = {(name, value) for name, told in course.elsewhere.items() for value in told}
    return set(course.conventions.items()) | further


@pytest.mark.parametrize("course", ["hub", "mcb", "nnt", "ece493", "nc"])
def test_courses_state_conventions_that_there_are(course: str) -> None:
    for name, value in stated(shipped().courses[course]):
        assert value in CONVENTIONS[name]
        taught = [of for of in families() if course in of.sources and name in of.conventions]
        assert any(value in of.conventions[name] for of in taught), (name, value)


def test_no_course_says_twice_what_it_uses() -> None:
    for course in shipped().courses.values():
        for name, told in course.elsewhere.items():
            assert course.conventions.get(name) not in told


@pytest.mark.parametrize(
    ("family_id", "convention", "value", "users"),
    [
        ("hopfield-recall", "tie", "plus", "Methods of AI, Neural computing"),
        ("hopfield-recall", "tie", "keep", ""),
        ("hopfield-recall", "update", "sync", "Neural computing"),
        ("hopfield-weights", "hebb", "per-pattern", "Neural computing"),
        ("l2-step", "l2", "lambda", "Methods of AI"),
        ("l2-step", "l2", "half-lambda", "ECE 493"),
        ("backprop-hidden", "squared_error", "half-sum", "NNt"),
        (
            "squared-error",
            "squared_error",
            "sum",
            "ECE 493: autoencoder and diffusion; NNt: slide of error functionals",
        ),
        ("dropout", "dropout", "test-scaled", "ECE 493; Methods of AI: list of traps"),
        ("unit-forward", "bias_slot", "first", "NNt"),
        ("resnet-block", "residual", "plain", "Methods of AI"),
    ],
)
def test_who_uses_what(family_id: str, convention: str, value: str, users: str) -> None:
    assert facts().users(family(family_id), convention, value) == users


def test_the_own_course_comes_first() -> None:
    recall = family("hopfield-recall")
    assert facts("nc").users(recall, "tie", "plus") == "Neural computing, Methods of AI"
    assert facts("hub").users(recall, "tie", "plus") == "Methods of AI, Neural computing"


def test_a_course_is_named_only_where_it_teaches_the_computation() -> None:
    assert facts().users(family("backprop-bias-column"), "squared_error", "sum") == (
        "NNt: slide of error functionals"
    )
    assert facts().users(family("modern-hopfield-update"), "layout", "row") == ""


def test_in_words() -> None:
    l2 = family("l2-step")
    assert facts().in_words(l2, "l2", "lambda") == "penalty with factor λ (Methods of AI)"
    assert NOBODY.in_words(l2, "l2", "lambda") == "penalty with factor λ"
    assert NOBODY.in_words(l2, "no_such", "value") == "no such = value"
