"""Names as ids, topics and keys are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.slug import slug


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Neural Nets!", "neural-nets"),
        ("Über-Größe", "uber-grosse"),
        ("--x--", "x"),
        ("a" * 90, "a" * 50),
    ],
)
def test_names_become_keys(name: str, key: str) -> None:
    assert slug(name) == key


def test_names_in_other_scripts_differ() -> None:
    assert slug("神经网络") != slug("优化")


@given(st.text(max_size=80))
def test_any_name_becomes_a_key(name: str) -> None:
    key = slug(name)

    assert slug(key) == key
    assert key.replace("-", "").isalnum()
    assert key == key.lower()


def test_a_name_of_a_file_that_is_no_text_becomes_a_key() -> None:
    assert slug("\udcff\udcfe").startswith("topic-")
