"""A checked pack as plain data, which JSON can hold, and back into its dataclasses.

A pack from its files and a pack from the cache are put together by the same code.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from quizapp.cards import Card, Source, types
from quizapp.cards.notation import is_symbolic
from quizapp.core.place import Fault, Place
from quizapp.core.slug import slug
from quizapp.packs import model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from quizapp.packs.entry import Entry
    from quizapp.packs.reading import Reading

Payload = dict[str, Any]

_COMMON = (
    "id",
    "type",
    "topic",
    "explanation",
    "items",
    "sources",
    "discrepancies",
    "families",
    "tags",
)


def payload(reading: Reading) -> Payload:
    """Return what was read as dicts, lists, text and numbers; places name files of the pack."""
    data: Payload = {"head": reading.head}
    for kind, entries in reading.entries.items():
        data[kind] = [
            [place.file, place.line, place.column, plain]
            for entry in entries.values()
            for place in (entry.at(),)
            for plain in (_cards(entry) if kind == "cards" else _whole(entry))
        ]
    data["faults"] = [
        [fault.place.file, fault.place.line, fault.place.column, fault.message]
        for fault in sorted(reading.report.faults)
    ]
    return data


def assemble(data: Payload, root: Path) -> model.Pack:
    """Return the pack of a payload; its places are paths that begin with ``root``."""
    head = data["head"]
    files: dict[str, str] = {}

    def at(file: str, line: int, column: int) -> Place:
        if file not in files:
            files[file] = str(PurePath(root, file))
        return Place(files[file], line, column)

    def all_of(kind: str, build: Callable[[dict[str, Any], Place], Any]) -> dict[str, Any]:
        return {
            fields["id"]: build(fields, at(file, line, column))
            for file, line, column, fields in data[kind]
        }

    return model.Pack(
        name=head.get("name") or slug(root.resolve().name),
        title=head.get("title", root.resolve().name),
        version=head.get("version", ""),
        licence=head.get("licence", ""),
        about=head.get("about", ""),
        symbols=head.get("symbols", {}),
        root=root,
        courses=all_of("courses", _course),
        items=all_of("items", _item),
        cards=all_of("cards", _card),
        discrepancies=all_of("discrepancies", _discrepancy),
        blueprints=all_of("blueprints", _blueprint),
        faults=tuple(
            Fault(at(file, line, column), message) for file, line, column, message in data["faults"]
        ),
    )


def _whole(entry: Entry) -> Iterator[dict[str, Any]]:
    yield dict(entry.fields)


def _cards(entry: Entry) -> Iterator[dict[str, Any]]:
    """Yield the cards of an entry, one for each direction, with what is its type's in ``data``."""
    fields = entry.fields
    card = {name: fields[name] for name in _COMMON if name in fields}
    data = {name: value for name, value in fields.items() if name not in _COMMON}
    if entry.document.is_symbolic and is_symbolic(fields):
        card["symbolic"] = True
    directions = getattr(types()[card["type"]], "directions", None)
    if directions is None:
        yield {**card, "data": data}
        return
    for ending, turned in directions(data):
        yield {**card, "id": card["id"] + ending, "data": turned}


def _course(fields: dict[str, Any], at: Place) -> model.Course:
    return model.Course(
        id=fields["id"],
        title=fields["title"],
        subtitle=fields.get("subtitle", ""),
        about=fields["about"],
        conventions=fields.get("conventions", {}),
        symbols=fields.get("symbols", {}),
        topics=tuple(fields.get("topics", ())),
        exams=tuple(fields.get("exams", ())),
        answer_by=fields.get("answer_by", "slides"),
        at=at,
        short=fields.get("short", ""),
        elsewhere=fields.get("elsewhere", {}),
    )


def _item(fields: dict[str, Any], at: Place) -> model.Item:
    return model.Item(
        id=fields["id"],
        course=fields["course"],
        topic=fields["topic"],
        kind=fields["kind"],
        place=fields["place"],
        statement=fields["statement"],
        examinable=fields.get("examinable", True),
        families=tuple(fields.get("families", ())),
        at=at,
    )


def _card(fields: dict[str, Any], at: Place) -> Card:
    # By position, for there may be ten thousand of them.
    get = fields.get
    return Card(
        fields["id"],
        fields["type"],
        fields["topic"],
        tuple(fields["items"]),
        tuple([_source(one["course"], one["place"]) for one in fields["sources"]]),
        tuple(get("discrepancies", ())),
        tuple(get("families", ())),
        tuple(get("tags", ())),
        get("explanation", ""),
        fields["data"],
        get("symbolic", False),
        at,
    )


@lru_cache(maxsize=4096)
def _source(course: str, place: str) -> Source:
    """One source for all cards that name it."""
    return Source(course, place)


def _discrepancy(fields: dict[str, Any], at: Place) -> model.Discrepancy:
    literature = fields["literature"]
    return model.Discrepancy(
        id=fields["id"],
        topic=fields["topic"],
        title=fields["title"],
        kind=fields["kind"],
        severity=fields["severity"],
        certainty=fields["certainty"],
        claims=tuple(
            model.Claim(one["course"], one["place"], one["says"], one.get("quote", ""))
            for one in fields["claims"]
        ),
        literature=model.Literature(literature["says"], tuple(literature["references"])),
        verdict=fields["verdict"],
        exam_advice=fields["exam_advice"],
        example=_example(fields["example"]) if "example" in fields else None,
        items=tuple(fields.get("items", ())),
        families=tuple(fields.get("families", ())),
        at=at,
    )


def _example(fields: dict[str, Any]) -> model.Example:
    return model.Example(
        text=fields["text"],
        checks=tuple(
            model.NumberCheck(
                family=one["family"],
                givens=one["givens"],
                conventions=one.get("conventions", {}),
                step=one["step"],
                value=one["value"],
            )
            for one in fields.get("checks", ())
        ),
    )


def _blueprint(fields: dict[str, Any], at: Place) -> model.Blueprint:
    return model.Blueprint(
        id=fields["id"],
        course=fields["course"],
        title=fields["title"],
        minutes=fields["minutes"],
        about=fields["about"],
        sections=tuple(
            model.Section(
                title=one["title"],
                draw=one["draw"],
                types=tuple(one.get("types", ())),
                count=one["count"],
                points=one["points"],
                topics=one.get("topics", {}),
                families=one.get("families", {}),
                level=one.get("level"),
                scheme=one.get("scheme", {}),
            )
            for one in fields["sections"]
        ),
        at=at,
    )
