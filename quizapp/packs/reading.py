"""From the files of a pack to entries that are right in themselves."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from quizapp.cards import types
from quizapp.core.place import Fault
from quizapp.packs import rules, schema, strict_yaml
from quizapp.packs.entry import Entry, Report
from quizapp.packs.errors import PackError
from quizapp.packs.files import PACK_FILE
from quizapp.packs.validate import MOST_FAULTS, validate
from quizapp.packs.wording import quoted

if TYPE_CHECKING:
    from quizapp.packs.document import Document, Path
    from quizapp.packs.files import PackFile, PackFiles

KINDS = ("courses", "items", "cards", "discrepancies", "blueprints")


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the files of a folder are written."""

    kind: str
    entry: type | None
    """Fields of an entry; None for cards, whose types have their own."""
    file: type | None = None
    """Fields of a file that lists entries; None where the file is the entry."""
    owner: str = ""
    """The field of the file that holds for all its entries."""


_LAYOUTS = {
    "courses": _Layout("courses", schema.CourseFields),
    "syllabus": _Layout("items", schema.ItemFields, schema.SyllabusFile, "topic"),
    "cards": _Layout("cards", None, schema.CardsFile, "topic"),
    "discrepancies": _Layout(
        "discrepancies", schema.DiscrepancyFields, schema.DiscrepanciesFile, "topic"
    ),
    "exams": _Layout("blueprints", schema.BlueprintFields),
}


@dataclass(slots=True)
class _SeenFile:
    """What came out of a file: its document, or why it is none, and the faults of its entries."""

    document: Document | None
    broken: list[Fault]
    faults: dict[Path, list[Fault]] = field(default_factory=dict)


class Seen:
    """What was read before, so that only files that have changed are read anew."""

    def __init__(self) -> None:
        self._files: dict[tuple[str, bytes], _SeenFile] = {}

    def look(self, files: PackFiles) -> list[_SeenFile]:
        """Return what is in the files, in their order; what is no longer there is forgotten."""
        keys = [(file.name, hashlib.sha256(file.content).digest()) for file in files.files]
        known = self._files
        self._files = {
            key: known.get(key) or _parsed(file)
            for key, file in zip(keys, files.files, strict=True)
        }
        return [self._files[key] for key in keys]


def _parsed(file: PackFile) -> _SeenFile:
    try:
        return _SeenFile(strict_yaml.parse(file.content, file.name), [])
    except PackError as error:
        return _SeenFile(None, list(error.faults))


@dataclass(slots=True)
class Reading:
    """What the files hold: the entries that are right in themselves, and the faults."""

    report: Report = field(default_factory=Report)
    head: dict[str, Any] = field(default_factory=dict)
    """The fields of pack.yaml; where it is faulty, at most its name."""
    entries: dict[str, dict[str, Entry]] = field(default_factory=lambda: {k: {} for k in KINDS})
    """Kind to id to entry."""
    seen: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    """Ids of each kind, of faulty entries too: what refers to these is not at fault."""
    unreadable: set[str] = field(default_factory=set)
    """Kinds of which some file or entry gave no id: more ids may exist than were seen."""
    documents: list[Document] = field(default_factory=list)


def read(files: PackFiles, seen: Seen | None = None) -> Reading:
    """Return what the files hold; what is faulty is reported and left out.

    ``seen`` is what an earlier reading has left, to be used and brought up to date.
    """
    reading = Reading()
    for fault in files.faults:
        reading.report.add(fault)
        folder = fault.place.file.partition("/")[0]
        if folder in _LAYOUTS:
            reading.unreadable.add(_LAYOUTS[folder].kind)
    for file, found in zip(files.files, (seen or Seen()).look(files), strict=True):
        if found.document is None:
            reading.report.add(*found.broken)
            if file.folder:
                reading.unreadable.add(_LAYOUTS[file.folder].kind)
            continue
        reading.documents.append(found.document)
        if file.name == PACK_FILE:
            _read_head(reading, found.document)
        else:
            _read_file(reading, found.document, _LAYOUTS[file.folder], found.faults)
    return reading


def _read_head(reading: Reading, document: Document) -> None:
    tree: Any = document.tree
    faults = validate(schema.PackFields, tree, document, ())
    faults = faults or [
        Fault(document.places.at(path), "an empty text: write it")
        for path, text in rules.prose(tree)
        if not text.strip()
    ]
    name = tree.get("name") if isinstance(tree, dict) else None
    named = isinstance(name, str) and rules.is_name(name)
    if not faults and not named:
        message = "a name has only small letters, digits and hyphens, at most 80"
        faults.append(Fault(document.places.at(("name",)), message))
    reading.report.add(*faults)
    if not faults:
        reading.head = tree
    elif named:
        reading.head = {"name": name}  # the ids carry it, and the progress hangs on the ids


def _read_file(
    reading: Reading, document: Document, layout: _Layout, known: dict[Path, list[Fault]]
) -> None:
    tree: Any = document.tree
    if layout.file is None:
        # A copy, since references to what there is not are taken out of an entry.
        fields = dict(tree) if isinstance(tree, dict) else tree
        _read_entry(reading, layout, Entry("", fields, document, ()), known)
        return
    faults = validate(layout.file, tree, document, ())
    owner = tree.get(layout.owner) if isinstance(tree, dict) else None
    if isinstance(owner, str) and not owner.strip():
        faults.append(Fault(document.places.at((layout.owner,)), "an empty text: write it"))
    reading.report.add(*faults)
    if faults:
        reading.unreadable.add(layout.kind)
        return
    (entries,) = (value for value in tree.values() if isinstance(value, list))
    (key,) = (key for key, value in tree.items() if value is entries)
    for index, fields in enumerate(entries):
        entry = Entry("", fields, document, (key, index))
        if _read_entry(reading, layout, entry, known):
            entry.fields = {**fields, layout.owner: owner}


def _read_entry(
    reading: Reading, layout: _Layout, entry: Entry, known: dict[Path, list[Fault]]
) -> bool:
    """Take in an entry if it is right in itself and its id is new; return whether it is."""
    fields: Any = entry.fields
    given = fields.get("id") if isinstance(fields, dict) else None
    if not isinstance(given, str):
        reading.unreadable.add(layout.kind)
    else:
        entry.id = given
    faults = known.get(entry.path)
    if faults is None:
        faults = known[entry.path] = _faults(layout, entry)
    first = reading.entries[layout.kind].get(entry.id)
    if not faults and first is not None:
        message = f"the id {quoted(entry.id)} is already used at {first.at('id')}: choose another"
        faults = [Fault(entry.at("id"), message)]
    reading.report.add(*faults)
    if entry.id:
        reading.seen[layout.kind].add(entry.id)
    if not faults:
        reading.entries[layout.kind][entry.id] = entry
    return not faults


def _faults(layout: _Layout, entry: Entry) -> list[Fault]:
    declared = layout.entry or _card_fields(entry.fields)
    if declared is None:
        return [_no_type(entry)]
    faults = validate(declared, entry.fields, entry.document, entry.path)
    return faults or [
        Fault(_inside(entry, flaw.path, flaw.offset), flaw.message)
        for flaw in islice(rules.flaws(layout.kind, entry.fields), MOST_FAULTS)
    ]


def _inside(entry: Entry, path: Path, offset: int) -> Any:
    value: Any = entry.fields
    for part in path:
        if isinstance(value, dict) and part not in value:
            break
        value = value[part]
    if offset and isinstance(value, str):
        return entry.document.inside((*entry.path, *path), value, offset)
    return entry.at(*path)


def _card_fields(fields: object) -> type | None:
    name = fields.get("type") if isinstance(fields, dict) else None
    known = types().get(name) if isinstance(name, str) else None
    return known.Fields if known else None


def _no_type(entry: Entry) -> Fault:
    fields: Any = entry.fields
    if not isinstance(fields, dict):
        return Fault(entry.at(), "a card must be a mapping of `key: value` lines")
    name = fields.get("type")
    if isinstance(name, str):
        return Fault(entry.at("type"), rules.unknown_type(name))
    return Fault(entry.at("type"), "`type` is missing or no text: add the type of the card")
