"""Anki itself as the judge: what we write it reads, and what it writes we read.

Skipped where the package ``anki`` is not installed; it is for tests only.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack
from quizapp.store.anki_file import notes
from quizapp.study.card_export.exporting import export_cards
from quizapp.study.card_import.importing import import_cards
from tests.study.card_export.packs import write_pack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

anki: Any = pytest.importorskip("anki.collection")

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Any]:
    """An empty collection of Anki."""
    opened = anki.Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def take(collection: Any, file: Path) -> Any:
    """Import a package as a person does, and return what Anki says of it."""
    options = anki.ImportAnkiPackageOptions(merge_notetypes=True)
    request = anki.ImportAnkiPackageRequest(package_path=str(file), options=options)
    return collection.import_anki_package(request).log


def give(collection: Any, file: Path, *, legacy: bool) -> None:
    options = anki.ExportAnkiPackageOptions(legacy=legacy, with_media=True)
    collection.export_anki_package(out_path=str(file), options=options, limit=None)


def export(root: Path, file: Path, now: datetime = NOW) -> int:
    content, count = export_cards(load_pack(root), "apkg", now)
    file.write_bytes(content)
    return count


def test_anki_takes_every_card_and_doubles_none(collection: Any, tmp_path: Path) -> None:
    file = tmp_path / "nets.apkg"
    count = export(write_pack(tmp_path / "nets"), file)

    assert len(take(collection, file).new) == count == 10
    again = take(collection, file)
    assert (len(again.new), len(again.updated), len(again.duplicate)) == (0, 0, count)
    assert (collection.note_count(), collection.card_count()) == (count, count + 1)
    assert collection.fix_integrity()[1]


def test_anki_updates_the_note_of_a_card_that_changed(collection: Any, tmp_path: Path) -> None:
    root, file = write_pack(tmp_path / "nets"), tmp_path / "nets.apkg"
    export(root, file)
    take(collection, file)
    path = root / "cards/mlp-forward.yaml"
    path.write_text(path.read_text().replace("How much is a half?", "How long is a half?"))
    export(root, file, NOW + timedelta(days=1))
    log = take(collection, file)

    assert len(log.new) == 0
    assert collection.note_count() == 10
    (found,) = collection.find_notes('"How long is a half"')
    assert "How long is a half?" in collection.get_note(found).fields[0]


def test_anki_shows_blanks_and_formulas(collection: Any, tmp_path: Path) -> None:
    file = tmp_path / "nets.apkg"
    export(write_pack(tmp_path / "nets"), file)
    take(collection, file)
    (found,) = collection.find_notes('"note:quizapp cloze"')
    (card,) = collection.get_note(found).cards()

    assert card.question().count("[...]") == 2
    assert "[number]" in card.question()
    assert r"\(\frac{1}{2^{x} }\)</span>" in card.answer()
    assert "std&#58;&#58;vector</span>" in card.answer()


def test_anki_takes_the_whole_shipped_pack(collection: Any, tmp_path: Path) -> None:
    file = tmp_path / "nets.apkg"
    count = export(shipped_pack(), file)

    assert len(take(collection, file).new) == count
    assert len(take(collection, file).duplicate) == count
    assert collection.card_count() == len(load_pack(shipped_pack()).cards)


@pytest.mark.parametrize("legacy", [True, False])
def test_what_anki_exports_again_is_what_we_wrote(
    collection: Any, tmp_path: Path, legacy: bool
) -> None:
    ours, theirs = tmp_path / "ours.apkg", tmp_path / "theirs.apkg"
    export(write_pack(tmp_path / "nets"), ours)
    take(collection, ours)
    give(collection, theirs, legacy=legacy)
    first = notes(io.BytesIO(ours.read_bytes()), "ours")
    second = notes(io.BytesIO(theirs.read_bytes()), "theirs")

    assert {note.guid: (note.fields, note.tags, note.deck) for note in second} == {
        note.guid: (note.fields, note.tags, note.deck) for note in first
    }
    import_cards(ours, tmp_path / "pack")
    again = import_cards(theirs, tmp_path / "pack")
    assert (again.new, again.changed) == (0, 0)


@pytest.mark.parametrize("legacy", [True, False])
def test_the_note_types_of_anki_are_known(collection: Any, tmp_path: Path, legacy: bool) -> None:
    models = collection.models
    for name, fields in {
        "Basic": ["a <b>b</b>", "c"],
        "Basic (and reversed card)": ["d", "e"],
        "Basic (optional reversed card)": ["f", "g", "y"],
        "Basic (type in the answer)": ["h", "i"],
        "Cloze": ["{{c1::j}} {{c2::k}}", "l"],
    }.items():
        note = collection.new_note(models.by_name(name))
        note.fields[: len(fields)] = fields
        collection.add_note(note, collection.decks.id("Nets::Hopfield"))
    file = tmp_path / "nets.apkg"
    give(collection, file, legacy=legacy)
    import_cards(file, tmp_path / "pack")
    found = list(load_pack(tmp_path / "pack").cards.values())

    assert [card.type for card in found] == (
        ["basic", "reversed", "reversed", "reversed", "reversed", "basic", "cloze", "cloze"]
    )
    assert found[0].data == {"question": "a b", "answer": "c"}
    assert [card.data["text"] for card in found[-2:]] == ["{{j}} k", "j {{k}}"]
    assert found[-1].explanation == "l"


def test_a_text_export_of_anki_gives_the_same_cards(collection: Any, tmp_path: Path) -> None:
    note = collection.new_note(collection.models.by_name("Basic"))
    note.fields = ['say "x"<br>\ttab', "line\nline"]
    collection.add_note(note, collection.decks.id("Nets"))
    give(collection, tmp_path / "nets.apkg", legacy=False)
    collection.export_note_csv(
        out_path=str(tmp_path / "nets.txt"),
        limit=None,
        with_html=True,
        with_tags=True,
        with_deck=True,
        with_notetype=True,
        with_guid=True,
    )
    import_cards(tmp_path / "nets.apkg", tmp_path / "pack")
    again = import_cards(tmp_path / "nets.txt", tmp_path / "pack")

    assert (again.new, again.changed, again.same) == (0, 0, 1)
