"""What Anki wrote is read, and whatever else stands in the file gives one sentence."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.store import anki_file
from quizapp.store.anki_file import AnkiError, AnkiNote, notes
from quizapp.store.protobuf import ProtobufError, number_in, text_in
from tests.store.anki_packages import DATA, TABLES, collection, database, old_package, package

if TYPE_CHECKING:
    from pathlib import Path


def read(content: bytes) -> list[AnkiNote]:
    return notes(io.BytesIO(content), "deck.apkg")


def notes_or_none(content: bytes) -> list[AnkiNote]:
    try:
        return read(content)
    except AnkiError:
        return []


def refusal(content: bytes) -> str:
    with pytest.raises(AnkiError) as caught:
        read(content)
    assert caught.value.where == "deck.apkg"
    return caught.value.message


# What Anki wrote ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["legacy.apkg", "latest.apkg"])
def test_the_notes_of_a_package_that_anki_wrote(name: str) -> None:
    found = read((DATA / name).read_bytes())

    assert len(found) == 9
    assert found[0].fields == (
        "What does the energy <b>never</b> do?",
        "It never <i>rises</i>.<br>It only falls &amp; rests.",
    )
    assert found[0].tags == ("a::b", "energy")
    assert found[0].deck == ("Nets", "Hopfield")
    assert found[0].type.fields == ("Front", "Back")
    assert [note.type.name for note in found if note.type.cloze] == ["Cloze", "Cloze"]
    assert found[3].cards == {0, 1}
    assert [one.asks for one in found[3].type.templates] == [("Front",), ("Back",)]


def test_both_forms_of_a_package_hold_the_same() -> None:
    legacy, latest = (read((DATA / f"{name}.apkg").read_bytes()) for name in ("legacy", "latest"))

    assert legacy == latest


# Hostile and damaged -----------------------------------------------------------------------


def frozen(content: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(content)


def latest(collected: bytes, meta: bytes = b"\x08\x03") -> bytes:
    return package({"meta": meta, "collection.anki21b": collected})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "it is no ZIP archive, or a damaged one"),
        (b"no archive", "it is no ZIP archive, or a damaged one"),
        (package({}), "there is no collection in it; export it from Anki as .apkg"),
        (package({"cards.txt": b"a\tb"}), "there is no collection in it"),
        (package({"collection.anki2": b""}), "file is not a database"),
        (package({"collection.anki2": b"SQLite format 3\0" + b"x" * 4_000}), "damaged or no"),
        (package({"collection.anki2": collection()[:5_000]}), "damaged or no SQLite"),
        (latest(b"no zstandard"), "its collection is damaged"),
        (latest(frozen(collection(("g", "a", "b")))[:60]), "its collection is cut short"),
        (latest(frozen(b"no database")), "file is not a database"),
        (latest(b"", meta=b"\x08\x04"), "a newer Anki made it; export it again with"),
        (latest(b"", meta=b"\xff"), "its `meta` cannot be read"),
        (package({"collection.anki2": database("CREATE TABLE x (y)")}), "no table of cards"),
        (package({"collection.anki2": database()}), "the table `col` is empty"),
    ],
)  # fmt: skip
def test_what_is_no_package_gives_a_sentence(content: bytes, told: str) -> None:
    assert told in refusal(content)


@pytest.mark.parametrize(
    ("statement", "values", "told"),
    [
        ("INSERT INTO col VALUES (1, '[]', '{}')", (), "its note types or decks cannot be read"),
        ("INSERT INTO col VALUES (1, ?, '{}')", ("[" * 100_000,), "cannot be read"),
        ("INSERT INTO col VALUES (1, '{\"1\": 5}', '{}')", (), "cannot be read"),
        ("INSERT INTO col VALUES (1, NULL, '{}')", (), "a value of another type"),
        ("INSERT INTO notes VALUES (1, 'g', 5, '', '')", (), "a note whose type is not there"),
        ("INSERT INTO notes VALUES (1, x'ff', 5, '', '')", (), "a value of another type"),
    ],
)
def test_tables_that_hold_something_else_give_a_sentence(
    statement: str, values: tuple[str, ...], told: str
) -> None:
    rows = [(statement, values)]
    if "notes" in statement:
        rows.append(("INSERT INTO col VALUES (1, '{}', '{}')", ()))
    assert told in refusal(package({"collection.anki2": database(rows=tuple(rows))}))


def test_a_view_in_the_place_of_a_table_is_not_read() -> None:
    without_notes = "\n".join(line for line in TABLES.splitlines() if "notes" not in line)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    hostile = database(f"{without_notes}; CREATE VIEW notes AS {endless};")

    assert "no table of notes" in refusal(package({"collection.anki2": hostile}))


def test_a_column_that_computes_is_not_read() -> None:
    hostile = TABLES.replace("flds text)", "flds AS (printf('%.*c', 100000000, 'x')))")

    assert "no table of notes" in refusal(package({"collection.anki2": database(hostile)}))


def test_a_query_that_takes_very_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anki_file, "_MOST_STEPS", 1)
    many = [(f"g{number}", "a", "b") for number in range(2_000)]

    assert "interrupted" in refusal(old_package(*many))


def test_a_collection_that_unpacks_without_end_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(anki_file, "LARGEST_DATABASE", 2_000_000)

    assert "it unpacks to more than 2 MB" in refusal(latest(frozen(bytes(50_000_000))))


def test_a_collection_that_is_packed_beyond_all_measure_is_refused() -> None:
    content = package({"collection.anki2": bytes(50_000_000)})

    assert "more than 200 times its size" in refusal(content)


def test_a_path_as_the_name_of_a_file_is_never_used() -> None:
    content = package({"../collection.anki2": b"x", "/collection.anki21": b"x"})

    assert "there is no collection in it" in refusal(content)


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    read(old_package(("g", "a", "b")))
    refusal(latest(frozen(b"no database")))

    assert list(tmp_path.iterdir()) == []


ORIGINALS = [
    old_package(("g1", "a", "b"), ("g2", "c", "d")),
    latest(frozen(collection(("g1", "a", "b")))),
]


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_damage_gives_notes_or_a_sentence(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(ORIGINALS)))
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert len(notes_or_none(bytes(content))) <= 2


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_damage_within_the_database_gives_notes_or_a_sentence(data: st.DataObject) -> None:
    content = bytearray(collection(("g1", "a", "b"), ("g2", "c", "d")))
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(16, len(content) - 1))] = data.draw(st.integers(0, 255))
    found = notes_or_none(package({"collection.anki2": bytes(content)}))
    assert all(isinstance(field, str) for note in found for field in note.fields)


# Protocol buffers --------------------------------------------------------------------------


def test_numbers_and_texts_are_found_by_their_field() -> None:
    message = b"\x08\x96\x01" + b"\x12\x02hi" + b"\x1d\x00\x00\x00\x00" + b"\x21" + bytes(8)

    assert number_in(message, 1) == 150
    assert text_in(message, 2) == "hi"
    assert (number_in(message, 7), text_in(message, 7)) == (0, "")


@given(st.binary(max_size=60))
def test_any_message_gives_a_value_or_its_error(message: bytes) -> None:
    with suppress(ProtobufError):
        assert number_in(message, 1) >= 0
