"""The cards of an Anki package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.text import clean
from quizapp.store import anki_file
from quizapp.study.card_import.found import Found
from quizapp.study.card_import.notes import Note, NoteReader

if TYPE_CHECKING:
    from typing import BinaryIO

    from quizapp.store.anki_tables import AnkiNote, NoteType


def read_package(stream: BinaryIO, name: str) -> Found:
    """The notes of a package as cards. Raises AnkiError, or ImportFileError."""
    found = Found(name)
    reader = NoteReader(found)
    for number, raw in enumerate(anki_file.notes(stream, name), start=1):
        reader.read(_note(raw, f"{name}: note {number}"))
    return found


def _note(raw: AnkiNote, place: str) -> Note:
    return Note(
        raw.guid,
        _shown(raw),
        names=raw.type.fields,
        tags=[clean(tag) for tag in raw.tags],
        deck=[clean(part) for part in raw.deck],
        cloze=raw.type.cloze,
        turned=_turned(raw.type) if 1 in raw.cards else None,
        place=place,
    )


def _shown(raw: AnkiNote) -> list[str]:
    """The fields, those empty that no card of the type shows: they only steer."""
    shown = {name for one in raw.type.templates for name in (*one.asks, *one.answers)}
    hidden = {place for place, name in enumerate(raw.type.fields) if place and name not in shown}
    return ["" if place in hidden else field for place, field in enumerate(raw.fields)]


def _turned(kind: NoteType) -> tuple[int, int, int, int] | None:
    """The fields of both directions, where a type has two that ask for different things."""
    places = {name: place for place, name in enumerate(kind.fields)}
    directions: list[int] = []
    for template in kind.templates[:2]:
        front = next((places[name] for name in template.asks if name in places), None)
        back = next((places[name] for name in template.answers if name in places), None)
        if front is None or back is None:
            return None
        directions += [front, back]
    if len(kind.templates) != 2 or directions[0] == directions[2]:
        return None
    question, answer, reverse_question, reverse_answer = directions
    return question, answer, reverse_question, reverse_answer
