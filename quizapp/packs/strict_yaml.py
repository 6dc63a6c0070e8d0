"""A strict subset of YAML, built in one pass over the events of libyaml.

PyYAML's own loaders keep the last of two equal keys, follow aliases and merges, read ``1e-3`` as
text and ``no`` as False, and die of the recursion in libyaml's composer on 100 000 ``[``. Here
nothing is composed: the events build the values directly, and whatever a content file does not
need is refused with its place and a way out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.core.place import Fault, Place
from quizapp.core.text import clean
from quizapp.packs.document import Document, KeySpot, Places, Spot, Value
from quizapp.packs.errors import PackError
from quizapp.packs.scalars import LONGEST_NUMBER, plain
from quizapp.packs.wording import quoted
from quizapp.packs.yaml_text import decode, needs_cleaning, syntax_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

# Makes a named tuple several times faster than calling its type.
_made = tuple.__new__

DEEPEST = 32
MOST_NODES = 1_000_000
MOST_BYTES = 8_000_000
MOST_FAULTS = 50


def parse(source: bytes, file: str) -> Document:
    """Return the document in the bytes of a file; ``file`` is the name that places carry.

    Raises PackError with a fault for everything that is refused: what is no YAML or no UTF-8,
    aliases, anchors, tags, merges, directives, equal keys, keys that are not text, several
    documents, and more than ``DEEPEST`` levels, ``MOST_NODES`` values or ``MOST_BYTES`` bytes.
    """
    if len(source) > MOST_BYTES:
        size = f"larger than {MOST_BYTES // 1_000_000} MB"
        raise PackError([Fault(Place(file, 1, 1), f"the file is {size}: split it")])
    text = decode(source, file)
    builder = _Builder(file, dirty=needs_cleaning(text))
    try:
        builder.build(_events(text))
    except _yaml().YAMLError as error:
        builder.faults.append(syntax_fault(error, text, file))
    except (ValueError, OverflowError) as error:  # PyYAML without libyaml, beyond Unicode
        message = "an escape in double quotes is no character: write the character itself"
        raise PackError([Fault(Place(file, 1, 1), message)]) from error
    if builder.faults:
        raise PackError(sorted(builder.faults))
    if builder.root is None:
        raise PackError([Fault(Place(file, 1, 1), "the file is empty: write it or delete it")])
    return Document(builder.tree, Places(file, builder.root), text, tuple(builder.cleaned))


def _yaml() -> Any:
    import yaml  # here, since a pack from the cache does without it

    return yaml


def _events(text: str) -> Iterator[Any]:
    yaml = _yaml()
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    return iter(loader(text).get_event, None)  # what yaml.parse does, with less in between


class _Frame:
    """A mapping or list that is still open."""

    __slots__ = ("elements", "entries", "key", "key_at", "mapping", "sequence")

    def __init__(self, *, mapping: bool) -> None:
        self.mapping: dict[str, Value] | None = {} if mapping else None
        self.sequence: list[Value] = []
        self.entries: dict[str, KeySpot] = {}
        self.elements: list[Spot] = []
        self.key: str | None = None
        self.key_at = (0, 0)


class _Stop(Exception):  # noqa: N818 - no error, the faults hold those
    """Nothing that follows could be understood."""


class _Builder:
    """Builds one document, with the spot of each value, and collects what is refused."""

    def __init__(self, file: str, *, dirty: bool) -> None:
        self.file = file
        self.dirty = dirty
        self.tree: Value = None
        self.root: Spot | None = None
        self.faults: list[Fault] = []
        self.cleaned: list[Place] = []
        self._stack: list[_Frame] = []
        self._documents = 0
        self._nodes = 0

    def build(self, events: Iterator[Any]) -> None:
        """Read the events to their end, or to where reading on would make no sense."""
        yaml = _yaml()
        scalar, alias = yaml.ScalarEvent, yaml.AliasEvent
        opening = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
        closing = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        try:
            for event in events:
                kind = type(event)
                if kind is scalar:
                    self._scalar(event)
                elif kind in opening:
                    self._open(event, mapping=kind is opening[0])
                elif kind in closing:
                    self._close(event)
                elif kind is alias:
                    self._refuse(
                        event, f"{quoted('*' + event.anchor)} is an alias: write the value out"
                    )
                    self._add(None, event)
                elif kind is yaml.DocumentStartEvent:
                    self._document(event)
        except _Stop:  # what stops the reading is among the faults already
            return

    def _document(self, event: Any) -> None:
        self._documents += 1
        if event.version or event.tags:
            self._refuse(event, "a directive has no place here: delete the line with the %")
        if self._documents > 1:
            self._refuse(event, "a second document starts here: delete the line with ---")
            raise _Stop

    def _scalar(self, event: Any) -> None:
        # The hot path: two thirds of all events come through here.
        self._nodes += 1
        if event.anchor is not None or event.tag is not None or self._nodes > MOST_NODES:
            self._check(event)
        text: str = event.value
        style: str | None = event.style
        # Only escapes in double quotes can bring in what the file itself does not show.
        if self.dirty or style == '"':
            kept = clean(text)
            if kept != text:
                self.cleaned.append(self._place(event))
                text = kept
        frame = self._stack[-1] if self._stack else None
        mapping = frame.mapping if frame is not None else None
        if frame is None or mapping is None:
            self._add(text if style else self._plain(event, text), event)
        elif frame.key is None:
            self._key(frame, event, text, style)
        else:  # what _add does, for most scalars are values of keys
            key, mark = frame.key, event.start_mark
            mapping[key] = text if style else self._plain(event, text)
            spot = _made(Spot, (mark.line + 1, mark.column + 1, None, None))
            frame.entries[key] = _made(KeySpot, (*frame.key_at, spot))
            frame.key = None

    def _plain(self, event: Any, text: str) -> Value:
        try:
            return plain(text)
        except ValueError:
            self._refuse(event, f"a number of more than {LONGEST_NUMBER} digits: put it in quotes")
            return None

    def _key(self, frame: _Frame, event: Any, key: str, style: str | None) -> None:
        if not style:
            if key == "<<":
                self._refuse(event, "<< is a merge: write the keys out")
            elif not isinstance(self._plain(event, key), str):
                self._refuse(event, f"a key must be text: put {quoted(key)} in quotes")
        mark = event.start_mark
        frame.key, frame.key_at = key, (mark.line + 1, mark.column + 1)
        if frame.mapping is not None and key in frame.mapping:
            first = frame.entries[key].line
            self._refuse(
                event, f"{quoted(key)} stands twice, first on line {first}: delete one of them"
            )

    def _open(self, event: Any, *, mapping: bool) -> None:
        self._nodes += 1
        self._check(event)
        if len(self._stack) >= DEEPEST:
            self._refuse(event, f"more than {DEEPEST} levels of nesting: make it flatter")
            raise _Stop
        frame = self._stack[-1] if self._stack else None
        if frame is not None and frame.mapping is not None and frame.key is None:
            self._refuse(event, "a key must be text, and here is a list or a mapping")
            raise _Stop
        new = _Frame(mapping=mapping)
        if mapping:
            self._add(new.mapping, event, entries=new.entries)
        else:
            self._add(new.sequence, event, elements=new.elements)
        self._stack.append(new)

    def _close(self, _event: Any) -> None:
        self._stack.pop()

    def _add(
        self,
        value: Value,
        event: Any,
        entries: dict[str, KeySpot] | None = None,
        elements: list[Spot] | None = None,
    ) -> None:
        mark = event.start_mark
        spot = Spot(mark.line + 1, mark.column + 1, entries, elements)
        if not self._stack:
            # The mark of nothing at all after a --- lies beyond the end of the file.
            nothing = value is None and mark.index == event.end_mark.index
            self.tree, self.root = value, None if nothing else spot
            return
        frame = self._stack[-1]
        if frame.mapping is None:
            frame.sequence.append(value)
            frame.elements.append(spot)
        elif frame.key is None:
            self._refuse(event, "a key must be text")
            raise _Stop
        else:
            frame.mapping[frame.key] = value
            frame.entries[frame.key] = KeySpot(*frame.key_at, spot)
            frame.key = None

    def _check(self, event: Any) -> None:
        """Refuse an anchor or a tag on a value, and too many values."""
        if event.anchor is not None:
            name = quoted(f"&{event.anchor}")
            self._refuse(event, f"{name} is an anchor: delete it")
        if event.tag is not None:
            self._refuse(event, f"{quoted(clean(event.tag))} is a tag: delete it")
        if self._nodes > MOST_NODES:
            self._refuse(event, f"more than {MOST_NODES} values in one file: split it")
            raise _Stop

    def _refuse(self, event: Any, message: str) -> None:
        self.faults.append(Fault(self._place(event), message))
        if len(self.faults) >= MOST_FAULTS:
            raise _Stop

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)
