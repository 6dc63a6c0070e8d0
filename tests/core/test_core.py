from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.clock import system_clock
from quizapp.core.errors import QuizError
from quizapp.core.ids import uuid7
from quizapp.core.place import Fault, Place
from quizapp.core.text import clean, quoted
from quizapp.core.verdicts import Verdict


class LostError(QuizError):
    code = "lost"


def test_an_error_says_its_place_first() -> None:
    assert str(QuizError("it is lost; look again.", where="cards.yaml:3:1")) == (
        "cards.yaml:3:1: it is lost; look again."
    )
    assert str(QuizError("it is lost.")) == "it is lost."


def test_a_kind_of_error_has_its_own_code() -> None:
    assert LostError("gone").code == "lost"
    assert LostError("gone", code="other").code == "other"
    assert LostError("gone").code == "lost"


def test_places_are_told_as_editors_do() -> None:
    place = Place("a.yaml", 3, 7)
    assert str(Fault(place, "no.")) == "a.yaml:3:7: no."


def test_faults_sort_by_their_place() -> None:
    places = [Place("a", 10, 1), Place("a", 9, 2), Place("a", 9, 1)]
    assert sorted(places) == places[::-1]


def test_an_id_is_a_uuid_of_version_7_with_its_time() -> None:
    made = uuid.UUID(uuid7(1_700_000_000_123))
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert made.int >> 80 == 1_700_000_000_123


def test_later_ids_sort_later() -> None:
    assert uuid7(1000) < uuid7(1001)


def test_ids_of_one_moment_differ() -> None:
    assert len({uuid7(0) for _ in range(100)}) == 100


def test_the_clock_knows_its_zone() -> None:
    now = system_clock()
    assert now.utcoffset() is not None
    assert system_clock() - now < timedelta(hours=1)


def test_only_correct_and_carried_lines_are_right() -> None:
    assert [v for v in Verdict if v.right] == [Verdict.CORRECT, Verdict.CARRIED]


# Text from strangers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("\x1b[31mred\x07", "[31mred"),
        ("left\u202eright", "leftright"),
        ("\u200bzero\ufeff", "zero"),
        ("tab\tkept", "tab\tkept"),
        ("λ₁ ≥ 0, 漢字, é", "λ₁ ≥ 0, 漢字, é"),
        ("join\u200der", "join\u200der"),
        ("\ud800", ""),
    ],
)
def test_text_is_cleaned(raw: str, wanted: str) -> None:
    assert clean(raw) == wanted


@given(st.text())
def test_cleaning_again_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\x1b" not in once


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [("a", "'a'"), (None, "None"), (2, "2"), ([1], "a list"), ({}, "a mapping")],
)
def test_what_someone_wrote_is_quoted(raw: object, wanted: str) -> None:
    assert quoted(raw) == wanted


@pytest.mark.parametrize(
    "raw",
    ["\x1b[31m", "x" * 10**6, b"\x00" * 99, 10**5000, -(10**5000), "\u202e", [1] * 10**6],
    ids=["escape", "long", "bytes", "large", "small", "override", "list"],
)
def test_a_quotation_is_short_and_harmless(raw: object) -> None:
    assert len(quoted(raw)) <= 40
    assert quoted(raw).isprintable()
