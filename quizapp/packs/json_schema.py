"""JSON Schemas of the files of a pack, for completion and checking in an editor."""

from __future__ import annotations

from typing import Any

from quizapp.cards import types
from quizapp.core.errors import QuizError
from quizapp.packs import schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_FILES: dict[str, tuple[type, str, type | None]] = {
    "pack": (schema.PackFields, "", None),
    "courses": (schema.CourseFields, "", None),
    "syllabus": (schema.SyllabusFile, "items", schema.ItemFields),
    "cards": (schema.CardsFile, "cards", None),
    "discrepancies": (schema.DiscrepanciesFile, "discrepancies", schema.DiscrepancyFields),
    "exams": (schema.BlueprintFields, "", None),
}
"""Name to the fields of the file, its list, and the fields of an entry of that list."""

NAMES = tuple(_FILES)
"""The kinds of files, by their folder; ``pack`` is pack.yaml."""


class UnknownSchemaError(QuizError):
    """A kind of file that a pack does not have."""

    code = "schema"


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file, one of ``NAMES``; else raise UnknownSchemaError."""
    if name not in _FILES:
        raise UnknownSchemaError(f"there is no schema '{name}'; there are {', '.join(NAMES)}.")
    file, entries, entry = _FILES[name]
    whole = _schema(file)
    definitions: dict[str, Any] = whole.pop("$defs", {})
    if entries:
        each = _card(definitions) if entry is None else _inner(_schema(entry), definitions)
        whole["properties"][entries] = {"type": "array", "items": each}
    title = f"quizapp: {name}.yaml" if name == "pack" else f"quizapp: a file in {name}/"
    out = {"$schema": DIALECT, **whole, "title": title}
    return {**out, "$defs": dict(sorted(definitions.items()))} if definitions else out


def _card(definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a card: of the type that it names."""
    branches = []
    for name, kind in types().items():
        fields = _inner(_schema(kind.Fields), definitions)
        fields["properties"]["type"] = {"const": name}
        branches.append(
            {
                "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                "then": fields,
            }
        )
    return {
        "type": "object",
        "required": ["id", "type"],
        "properties": {"type": {"enum": list(types())}},
        "allOf": branches,
    }


def _schema(fields: type) -> dict[str, Any]:
    import pydantic  # late: only an author needs it here

    return dict(pydantic.TypeAdapter(fields).json_schema())


def _inner(found: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A schema within another, its own definitions moved to the outer one."""
    definitions.update(found.pop("$defs", {}))
    return found
