"""The notes in an Anki database, old tables and new ones."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizapp.store.protobuf import ProtobufError, number_in, text_in

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

MOST_NOTES = 200_000
_BETWEEN_FIELDS = "\x1f"
_BETWEEN_DECKS = "\x1f"
_CLOZE = 1
_FORMAT, _ANSWER_FORMAT = 1, 2
"""Fields of a template's settings."""
_KIND = 1
"""Field of a note type's settings."""
_COMPUTES = re.compile(r"(?i)^\s*CREATE\s+VIRTUAL|\bAS\b|\bGENERATED\b")
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_NAMED = re.compile(r"\{\{([^{}]{1,200})\}\}")


class Unexpected(Exception):  # noqa: N818 - becomes an AnkiError at the door
    """The database is sound, but not one of Anki's; the message says what is odd."""


@dataclass(frozen=True, slots=True)
class Template:
    """One card that a note type makes."""

    asks: tuple[str, ...]
    """Names of the fields on the front."""
    answers: tuple[str, ...]
    """Names of the fields on the back alone."""


@dataclass(frozen=True, slots=True)
class NoteType:
    """What the notes of a type have in common."""

    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    cloze: bool


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note, with its fields as HTML."""

    guid: str
    """The same wherever the note goes."""
    type: NoteType
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    deck: tuple[str, ...]
    """The path of names of its deck; empty where it has no card."""
    cards: frozenset[int]
    """Numbers of the templates, or of the blanks, that have a card, from 0."""


def read_notes(connection: sqlite3.Connection) -> Iterator[AnkiNote]:
    """The notes, in the order in which they were made. Raises Unexpected or sqlite3.Error."""
    tables = table_names(connection)
    missing = {"notes", "cards", "col"} - tables
    if missing:
        raise Unexpected(f"there is no table of {min(missing)}")
    if {"notetypes", "fields", "templates", "decks"} <= tables:
        types, decks = _types_in_tables(connection), _decks_in_table(connection)
    else:
        types, decks = _in_json(connection)
    cards: dict[int, set[int]] = {}
    deck_of: dict[int, int] = {}
    rows = connection.execute("SELECT nid, ord, did, odid FROM cards")
    for nid, number, did, home in whole(rows, (int, int, int, int)):
        cards.setdefault(nid, set()).add(number)
        deck_of.setdefault(nid, home or did)
    query = "SELECT id, guid, mid, tags, flds FROM notes ORDER BY id"
    rows = connection.execute(query)
    for count, (nid, guid, mid, tags, fields) in enumerate(
        whole(rows, (int, str, int, str, str)), start=1
    ):
        if count > MOST_NOTES:
            raise Unexpected(f"more than {MOST_NOTES} notes")
        if mid not in types:
            raise Unexpected("a note whose type is not there")
        yield AnkiNote(
            guid=guid,
            type=types[mid],
            fields=tuple(fields.split(_BETWEEN_FIELDS)),
            tags=tuple(tags.split()),
            deck=decks.get(deck_of.get(nid, 0), ()),
            cards=frozenset(cards.get(nid, ())),
        )


def table_names(connection: sqlite3.Connection) -> set[str]:
    """Tables that only hold values: a view, a virtual table or a column could compute anything."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    return {
        name for name, sql in whole(rows, (str, str)) if not _COMPUTES.search(_COMMENT.sub("", sql))
    }


def whole(rows: sqlite3.Cursor, kinds: tuple[type, ...]) -> Iterator[tuple[Any, ...]]:
    """Rows whose values are of these types; SQLite itself takes anything anywhere."""
    for row in rows:
        if not all(isinstance(value, kind) for value, kind in zip(row, kinds, strict=True)):
            raise Unexpected("a value of another type than it should have")
        yield row


# Tables of the new form --------------------------------------------------------------------


def _types_in_tables(connection: sqlite3.Connection) -> dict[int, NoteType]:
    fields: dict[int, dict[int, str]] = {}
    for owner, place, name in whole(
        connection.execute("SELECT ntid, ord, name FROM fields"), (int, int, str)
    ):
        fields.setdefault(owner, {})[place] = name
    templates: dict[int, dict[int, Template]] = {}
    types: dict[int, NoteType] = {}
    try:
        for owner, place, settings in whole(
            connection.execute("SELECT ntid, ord, config FROM templates"), (int, int, bytes)
        ):
            made = _template(text_in(settings, _FORMAT), text_in(settings, _ANSWER_FORMAT))
            templates.setdefault(owner, {})[place] = made
        for owner, name, settings in whole(
            connection.execute("SELECT id, name, config FROM notetypes"), (int, str, bytes)
        ):
            types[owner] = NoteType(
                name=name,
                fields=_in_order(fields.get(owner, {})),
                templates=_in_order(templates.get(owner, {})),
                cloze=number_in(settings, _KIND) == _CLOZE,
            )
    except ProtobufError as error:
        raise Unexpected(f"settings of a note type: {error}") from None
    return types


def _decks_in_table(connection: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    rows = connection.execute("SELECT id, name FROM decks")
    return {key: tuple(name.split(_BETWEEN_DECKS)) for key, name in whole(rows, (int, str))}


def _in_order(places: Mapping[int, Any]) -> tuple[Any, ...]:
    return tuple(places[place] for place in sorted(places))


# JSON of the old form ----------------------------------------------------------------------


def _in_json(
    connection: sqlite3.Connection,
) -> tuple[dict[int, NoteType], dict[int, tuple[str, ...]]]:
    rows = list(whole(connection.execute("SELECT models, decks FROM col LIMIT 1"), (str, str)))
    if not rows:
        raise Unexpected("the table `col` is empty")
    try:
        models, decks = (json.loads(text) for text in rows[0])
        types = {int(key): _type_in_json(model) for key, model in models.items()}
        names = {int(key): tuple(str(deck["name"]).split("::")) for key, deck in decks.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Unexpected("its note types or decks cannot be read") from None
    return types, names


def _type_in_json(model: Any) -> NoteType:
    fields = {int(field["ord"]): str(field["name"]) for field in model["flds"]}
    templates = {
        int(one["ord"]): _template(str(one["qfmt"]), str(one["afmt"])) for one in model["tmpls"]
    }
    return NoteType(
        name=str(model["name"]),
        fields=_in_order(fields),
        templates=_in_order(templates),
        cloze=model.get("type") == _CLOZE,
    )


def _template(front: str, back: str) -> Template:
    asks = _named(front)
    return Template(asks, tuple(name for name in _named(back) if name not in asks))


def _named(source: str) -> tuple[str, ...]:
    """The fields that a template shows, filters such as ``type:`` taken off."""
    names = (match[1].strip() for match in _NAMED.finditer(source))
    shown = (name.rpartition(":")[2].strip() for name in names if name[:1] not in tuple("#^/!"))
    return tuple(dict.fromkeys(name for name in shown if name and name != "FrontSide"))
