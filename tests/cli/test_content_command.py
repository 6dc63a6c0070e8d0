"""Checking, starting, editing and using packs from the command line."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from quizapp.cards import types

if TYPE_CHECKING:
    from tests.cli.conftest import Outcome, Run

TOPIC = "gradient-descent"


@pytest.fixture
def deck(quizapp: Run, tmp_path: Path) -> Path:
    """Return a new pack of one's own."""
    folder = tmp_path / "my deck"
    assert quizapp("content", "new", "pack", str(folder)).status == 0
    return folder


@pytest.fixture
def editing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Let the user's editor replace a text in the file that it is given."""

    def editor(old: str, new: str) -> None:
        script = tmp_path / "editor"
        script.write_text(
            f"#!{sys.executable}\n"
            "import pathlib, sys\n"
            "path = pathlib.Path(sys.argv[-1])\n"
            f"path.write_text(path.read_text().replace({old!r}, {new!r}))\n",
            encoding="utf-8",
        )
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", str(script))

    return editor  # type: ignore[return-value]


def test_a_new_pack_has_no_fault_and_its_own_name(quizapp: Run, deck: Path) -> None:
    assert quizapp("content", "check", str(deck)).out == ""
    assert "name: my-deck\n" in (deck / "pack.yaml").read_text(encoding="utf-8")


def test_the_lines_for_editors_point_to_the_schemas(deck: Path) -> None:
    for file in deck.rglob("*.yaml"):
        first = file.read_text(encoding="utf-8").splitlines()[0]
        assert Path(first.partition("$schema=")[2]).is_file(), file


def test_a_pack_is_not_written_over_another(quizapp: Run, deck: Path) -> None:
    got = quizapp("content", "new", "pack", str(deck))

    assert got.status == 2
    assert "not empty" in got.err


@pytest.mark.parametrize("kind", types())
def test_a_new_card_of_any_type_is_right_as_it_is(quizapp: Run, deck: Path, kind: str) -> None:
    got = quizapp(
        "content", "new", "card", "--pack", str(deck), "--topic", TOPIC, "--type", kind, "--no-edit"
    )

    assert got.status == 0
    file, line = got.out.strip().rsplit(":", 1)
    written = Path(file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert written == f"  - id: {TOPIC}-1"
    assert quizapp("content", "check", str(deck)).out == ""


def test_new_cards_get_ids_of_their_own(quizapp: Run, deck: Path) -> None:
    new = ("content", "new", "card", "--pack", str(deck), "--topic", TOPIC, "--json")
    places = [quizapp(*new).json["line"] for _ in range(3)]

    assert places == sorted(set(places))
    assert quizapp("content", "check", str(deck)).status == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--topic", "gradient"), "there is no topic 'gradient'; there are gradient-descent"),
        (("--topic", TOPIC, "--type", "essay"), "there is no card type 'essay'"),
        (("--topic", TOPIC, "--id", "gd-rule"), "this id is taken"),
        (("--topic", TOPIC, "--id", "Ä b"), "only small letters"),
    ],
)
def test_what_cannot_be_started_is_told(
    quizapp: Run, deck: Path, options: tuple[str, ...], told: str
) -> None:
    got = quizapp("content", "new", "card", "--pack", str(deck), *options)

    assert got.status == 2
    assert told in got.err
    assert quizapp("content", "check", str(deck)).out == ""


def test_an_added_pack_can_be_studied_and_left_again(quizapp: Run, deck: Path) -> None:
    assert "quizapp settings course my-deck:afternoon" in quizapp("content", "add", str(deck)).out
    assert quizapp("settings", "course", "my-deck:afternoon").status == 0
    assert quizapp("today", "--json").json["new"] == 9  # of two directions one a day
    assert [one["pack"] for one in quizapp("content", "list", "--json").json] == [
        "neural-networks",
        "my-deck",
    ]
    assert quizapp("content", "remove", str(deck)).status == 0
    assert quizapp("today").status == 0


def test_an_edited_card_is_checked(quizapp: Run, deck: Path, editing: Run) -> None:
    quizapp("content", "add", str(deck))
    editing("Write down one step", "Write one step")
    got = quizapp("content", "edit", "my-deck:gd-rule")

    assert got.out == "Saved and checked.\n"
    assert got.status == 0
    assert quizapp("content", "edit", "my-deck:gd-rule").out == "Nothing changed.\n"


def test_a_fault_made_in_the_editor_is_told_with_its_place(
    quizapp: Run, deck: Path, editing: Run
) -> None:
    quizapp("content", "add", str(deck))
    editing("type: numeric", "type: numberic")
    got = quizapp("content", "edit", "my-deck:gd-number")

    assert got.status == 1
    assert "unknown card type 'numberic'" in got.out
    assert "gradient-descent.yaml:" in got.out


def test_an_unknown_id_is_told_with_the_nearest(quizapp: Run, editing: Run) -> None:
    editing("a", "a")
    got = quizapp("content", "edit", "hop-kind-of-memry")

    assert got.status == 2
    assert "did you mean hop-kind-of-memory?" in got.err


def test_an_editor_that_is_not_there_is_told(
    quizapp: Run, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quizapp("content", "add", str(deck))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "/no/such/editor")
    got = quizapp("content", "edit", "my-deck:gd-rule")

    assert got.status == 2
    assert "/no/such/editor: the editor cannot be started" in got.err


def test_a_schema_is_printed(quizapp: Run) -> None:
    got = quizapp("content", "schema", "cards")

    assert got.json["title"] == "quizapp: a file in cards/"


def test_a_folder_is_written_as_the_shell_reads_it(quizapp: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mein Päck"
    got = quizapp("content", "new", "pack", str(folder))

    assert f"`quizapp content add '{folder}'`" in got.out
    assert "name: mein-pack\n" in (folder / "pack.yaml").read_text(encoding="utf-8")


def new_card(quizapp: Run, deck: Path, *more: str) -> Outcome:
    """Append a card to the deck."""
    return quizapp(
        "content", "new", "card", "--pack", str(deck), "--topic", TOPIC, "--no-edit", *more
    )


def test_a_new_card_stands_as_far_in_as_the_others(quizapp: Run, deck: Path) -> None:
    file = deck / "cards" / f"{TOPIC}.yaml"
    head, _, cards = file.read_text(encoding="utf-8").partition("cards:\n")
    file.write_text(f"{head}cards:\n{dedent(cards)}", encoding="utf-8")
    assert new_card(quizapp, deck).status == 0

    assert f"\n- id: {TOPIC}-1\n  type: basic\n" in file.read_text(encoding="utf-8")
    assert quizapp("content", "check", str(deck)).out == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"topic: {TOPIC}\ncards: []\n", "are no list at the end of this file"),
        (f"cards:\n  - {{id: a}}\ntopic: {TOPIC}\n", "are no list at the end of this file"),
        (f"topic: {TOPIC}\ncards: [\n", "cards/gradient-descent.yaml:"),
        ("\xff", "cards/gradient-descent.yaml:"),
    ],
)
def test_a_file_that_cannot_take_a_card_stays_as_it_is(
    quizapp: Run, deck: Path, text: str, told: str
) -> None:
    file = deck / "cards" / f"{TOPIC}.yaml"
    file.write_bytes(text.encode("latin-1"))
    got = new_card(quizapp, deck)

    assert got.status == 2
    assert told in got.err
    assert file.read_bytes() == text.encode("latin-1")


def test_the_id_of_a_faulty_card_is_taken_too(quizapp: Run, deck: Path) -> None:
    file = deck / "cards" / f"{TOPIC}.yaml"
    assert new_card(quizapp, deck).status == 0
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("type: numeric", "type: numberic"), encoding="utf-8")

    assert "this id is taken" in new_card(quizapp, deck, "--id", "gd-number").err
    assert new_card(quizapp, deck).status == 0


def test_a_pack_that_cannot_be_read_is_listed_in_json_too(quizapp: Run, deck: Path) -> None:
    quizapp("content", "add", str(deck))
    shutil.rmtree(deck)
    got = quizapp("content", "list", "--json")

    assert got.status == 1
    assert got.json[-1] == {
        "pack": None,
        "title": None,
        "path": str(deck),
        "courses": [],
        "cards": 0,
        "faults": 1,
    }


def test_a_search_without_a_find_says_so(quizapp: Run) -> None:
    assert quizapp("discrepancies", "--search", "zzz").out == "Nothing has all of this.\n"


def test_a_fault_that_an_edit_makes_in_another_file_is_told(
    quizapp: Run, deck: Path, editing: Run
) -> None:
    quizapp("content", "add", str(deck))
    editing("id: step-rule", "id: step-rle")
    got = quizapp("content", "edit", "my-deck:step-rule")

    assert got.status == 1
    assert f"cards{os.sep}gradient-descent.yaml:" in got.out
    assert "unknown syllabus item 'step-rule'" in got.out
