"""Values against their declared fields: all faults at once, each with its place, in our words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NotRequired, get_args, get_origin

from typing_extensions import get_type_hints, is_typeddict

from quizapp.core.place import Fault
from quizapp.packs.wording import closest, did_you_mean, listed, quoted

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

    from quizapp.packs.document import Document, Path

MOST_FAULTS = 20
"""Faults that are told of one value."""

# Branches of a union whose other branch is a mapping of two sides.
_SCALARS = {"str", "float", "bool"}
_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list, each element behind a dash",
    "dict_type": "a mapping of `key: value` lines",
}


def validate(fields: type, value: object, document: Document, path: Path) -> list[Fault]:
    """Return the faults of a value that should have these fields, at most ``MOST_FAULTS``.

    ``fields`` is a TypedDict, ``path`` where the value stands in the document.
    """
    import pydantic  # only for a pack that is not in the cache

    try:
        _adapter(fields).validate_python(value)
    except pydantic.ValidationError as error:
        found = _Errors(fields, value, document, path)
        for details in error.errors(include_url=False, include_context=False)[:1000]:
            found.add(details)
        return found.faults()
    return []


@cache
def _adapter(fields: type) -> TypeAdapter[Any]:
    import pydantic

    return pydantic.TypeAdapter(fields)


class _Errors:
    """The errors of one value, turned into sentences."""

    def __init__(self, fields: type, value: object, document: Document, path: Path) -> None:
        self.fields = fields
        self.value = value
        self.document = document
        self.path = path
        self._found: list[Fault] = []
        self._missing: list[tuple[Path, str]] = []
        self._suggested: set[tuple[Path, str]] = set()

    def add(self, details: ErrorDetails) -> None:
        """Take in one error of pydantic."""
        path, value, branch = self._follow(details["loc"])
        if branch is not None and isinstance(value, dict) == (branch in _SCALARS):
            return  # the other branch of the union tells it better
        kind = details["type"]
        if kind == "missing":
            self._missing.append((path, str(details["loc"][-1])))
        elif kind == "extra_forbidden":
            self._unknown(path)
        else:
            self._wrong(path, details, sided=branch in _SCALARS)

    def faults(self) -> list[Fault]:
        """Return the faults in the order of the file."""
        told = {
            Fault(self.document.places.at(self.path + path), f"`{name}` is missing: add it")
            for path, name in self._missing
            if (path, name) not in self._suggested
        }
        return sorted(told | set(self._found))[:MOST_FAULTS]

    def _follow(self, loc: tuple[int | str, ...]) -> tuple[Path, object, str | None]:
        """Return the path of a location, the value there, and the union branch on the way.

        A location of pydantic also names the branches of unions, which no file holds.
        """
        path: Path = ()
        value: Any = self.value
        branch: str | None = None
        union_value: object = None
        for part in loc:
            inside = (isinstance(value, dict) and part in value) or (
                isinstance(value, list) and isinstance(part, int) and part < len(value)
            )
            if inside:
                path, value = (*path, part), value[part]
            elif isinstance(part, str) and (part in _SCALARS or part.endswith("Sides")):
                branch, union_value = part, value
        return path, value if branch is None else union_value, branch

    def _unknown(self, path: Path) -> None:
        name = str(path[-1])
        known = _fields_at(self.fields, path[:-1])
        match = closest(name, known)
        if match:
            self._suggested.add((path[:-1], match))
            way_out = did_you_mean(name, [match])
        else:
            way_out = f": known are {listed(known)}" if known else ": delete it"
        self._tell(path, f"unknown field {quoted(name)}{way_out}", key=True)

    def _wrong(self, path: Path, details: ErrorDetails, *, sided: bool) -> None:
        name = f"`{path[-1]}`" if path and isinstance(path[-1], str) else "this"
        value = details["input"]
        expected = _EXPECTED.get(details["type"])
        if details["type"] == "literal_error":
            known = [str(one) for one in get_args(_type_at(self.fields, path))]
            near = did_you_mean(value, known) if isinstance(value, str) else ""
            self._tell(path, f"{name} must be one of {listed(known)}{near}")
            return
        if expected is None:
            self._tell(path, f"{name} cannot be read: {details['msg']}")
            return
        if sided:
            expected += ", or a mapping with slides and textbook"
        self._tell(path, f"{name} must be {expected}{_instead(value, details['type'])}")

    def _tell(self, path: Path, message: str, *, key: bool = False) -> None:
        places = self.document.places
        place = places.key(self.path + path) if key else places.at(self.path + path)
        self._found.append(Fault(place, message))


def _instead(value: object, kind: str) -> str:
    """Return what stands there instead, with the way out."""
    match value:
        case None:
            return ", and nothing stands here: write it or delete the field"
        case bool() | int() | float() if kind == "string_type":
            return f": put {str(value).lower()[:20]} in quotes"
        case str() if kind in {"int_type", "float_type"}:
            return f", not {quoted(value)}: write it without quotes, with a point"
        case str():
            return f", not {quoted(value)}"
        case dict():
            return ", not a mapping"
        case list():
            return ", not a list"
    return ""


def _fields_at(fields: type, path: Path) -> list[str]:
    """Return the fields that are known at a path; none where anything goes."""
    there = _type_at(fields, path)
    return list(get_type_hints(there)) if is_typeddict(there) else []


def _type_at(fields: Any, path: Path) -> Any:
    """Return the declared type at a path, of a union the branch with fields."""
    there = fields
    for part in path:
        if is_typeddict(there):
            there = get_type_hints(there, include_extras=True).get(str(part))
        elif get_origin(there) in {list, dict}:
            there = get_args(there)[-1]
        else:
            return None
        there = _one_branch(there)
    return there


def _one_branch(there: Any) -> Any:
    if get_origin(there) is NotRequired:
        (there,) = get_args(there)
    if get_origin(there) in {list, dict, Literal}:
        return there
    return next((one for one in get_args(there) if is_typeddict(one)), there)
