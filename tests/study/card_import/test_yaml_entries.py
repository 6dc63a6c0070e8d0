"""Entries of a YAML list change where they stand, and nothing else does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.packs.errors import PackError
from quizapp.packs.strict_yaml import parse
from quizapp.study.card_import.yaml_entries import with_entries

Entry = dict[str, Any]

FILE = """\
# about all
topic: a   # trailing

cards:
  # about the first
  - id: one
    text: |
      A block
      # no comment
    # inside the first

  # about the second
  - id: two
    list: [a,
      b]

  # at the end
"""

LONG = "more words than are put on one line with braces around"


def changed(text: str, entries: dict[int, Entry], added: list[Entry] | None = None) -> str:
    """The text with entries of ``cards`` changed and added, which must hold just these."""
    document = parse(text.encode(), "a.yaml")
    out = with_entries(document, "cards", entries, added or [])
    tree: Any = document.tree
    cards = [entries.get(index, card) for index, card in enumerate(tree["cards"])]
    assert parse(out.encode(), "a.yaml").tree == {**tree, "cards": [*cards, *(added or [])]}
    return out


def test_nothing_to_change_gives_the_file_as_it_is() -> None:
    assert changed(FILE, {}) == FILE


def test_an_entry_is_replaced_and_all_around_it_stays() -> None:
    assert changed(FILE, {0: {"id": "one", "text": LONG}}) == FILE.replace(
        "    text: |\n      A block\n      # no comment\n", f"    text: {LONG}\n"
    )


def test_the_last_entry_is_replaced_and_what_follows_stays() -> None:
    assert changed(FILE, {1: {"id": "two", "list": LONG}}) == FILE.replace("[a,\n      b]", LONG)


def test_entries_are_added_behind_the_last() -> None:
    added = [{"id": "three", "text": LONG}, {"id": "four", "text": LONG}]
    new = f"\n  - id: three\n    text: {LONG}\n\n  - id: four\n    text: {LONG}\n"

    assert changed(FILE, {}, added) == FILE.replace("      b]\n", f"      b]\n{new}")


def test_both_at_once_keep_the_order() -> None:
    out = changed(FILE, {1: {"id": "two", "text": "z"}}, [{"id": "three"}])

    assert out.index("id: one") < out.index("text: z") < out.index("id: three")
    assert out.endswith("\n  # at the end\n")


@pytest.mark.parametrize(
    "text",
    [
        "topic: a\ncards: []\n",
        "topic: a\ncards: [{id: one}, {id: two}]\n",
        "topic: a\ncards:\n- id: one\n- id: two\n",
        "cards:\n  - id: one\n  - id: two\ntopic: a\n",
        "cards:\n    - id: one\n      x: 1\n    - {id: two}\n\n\n# end\ntopic: a",
        "topic: a\ncards:\n  - id: one\n  - id: two",
        "topic: a\r\ncards:\r\n  - id: one\r\n    x: 1\r\n  - id: two\r\n",
        "\ufefftopic: a\ncards:\n  -\n    id: one\n  - id: two\n",
        '{"topic": "a", "cards": [{"id": "one"}]}',
        "topic: a\ncards:\n  - id: one\n    text: 'over\n\n      lines'\n  - id: two\n",
    ],
)
def test_every_way_of_writing_a_list_is_understood(text: str) -> None:
    count = text.count("id")
    changed(text, {}, [{"id": "new", "text": "x: y"}])
    for index in range(count):
        changed(text, {index: {"id": "other", "text": "- z"}})
        changed(text, {index: {"id": "other"}}, [{"id": "new"}])


def test_other_lines_survive_where_the_list_stands_without_margin() -> None:
    text = "# head\ntopic: a\ncards:\n# one\n- id: one\n# two\n- id: two\n# end\n"

    assert changed(text, {0: {"id": LONG}}) == text.replace("id: one", f"id: {LONG}")


lines = st.sampled_from(
    ["  - id: a\n", "    x: 1\n", "  # c\n", "    # c\n", "\n", "    y: |\n", "      # t\n"]
)


@given(st.lists(lines, max_size=12), st.integers(0, 3))
def test_any_file_holds_what_it_should_afterwards(body: list[str], index: int) -> None:
    text = "topic: a\ncards:\n  - id: first\n" + "".join(body)
    try:
        tree: Any = parse(text.encode(), "a.yaml").tree
    except PackError:
        return
    at = index % len(tree["cards"])
    changed(text, {at: {"id": "other", "text": "# z"}}, [{"id": "new"}])
