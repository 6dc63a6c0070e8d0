"""Found cards and a pack: what is new, what has changed, and what cannot be taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typing_extensions import get_type_hints

from quizapp.cards import types
from quizapp.cards.card import CardFields
from quizapp.core.slug import slug
from quizapp.packs.document import Document, Places, Spot
from quizapp.packs.rules import flaws
from quizapp.packs.validate import validate
from quizapp.packs.write_yaml import readable
from quizapp.study.card_import.formulas import sound
from quizapp.study.card_import.found import LeftOut, Remark
from quizapp.study.card_import.pack_folder import digest

if TYPE_CHECKING:
    from quizapp.study.card_import.found import Found, FoundCard
    from quizapp.study.card_import.pack_folder import PackFolder

Fields = dict[str, Any]
_COMMON = frozenset(get_type_hints(CardFields))
_LISTS = ("items", "discrepancies")
_OPTIONAL = ("discrepancies", "families", "tags")
UNKNOWN = Remark(
    "{} reference to an item, a course or a discrepancy that this pack does not have is left out",
    "{} references to items, courses and discrepancies that this pack does not have are left out",
)


class TakingIn:
    """Goes through the cards of a source once, and keeps what has to be written."""

    def __init__(self, found: Found, folder: PackFolder, course: str, topic: str | None) -> None:
        self.left_out: list[LeftOut] = []
        self.new: dict[str, list[Fields]] = {}
        """Topic to new cards."""
        self.changed: dict[str, dict[int, Fields]] = {}
        """File to place in its list to card."""
        self.items: dict[str, str] = {}
        """Id of an item that is missing to its topic."""
        self.same = 0
        self.memory = folder.memory()
        self._found = found
        self._course = course
        self._place = sound(found.title[:200])[0]
        self._topic = topic
        self._cards = folder.entries("cards")
        self._known_items = set(folder.entries("syllabus"))
        self._courses = {course, *folder.courses()}
        self._discrepancies = _discrepancies(folder)
        self._topics = {*folder.topics("cards"), *folder.topics("syllabus")}
        self._shared = _shared([card.topic for card in found.cards])
        self._seen: dict[str, FoundCard] = {}

    def run(self) -> None:
        """Take in every card."""
        for card in self._found.cards:
            first = self._seen.setdefault(card.id, card)
            if first is not card:
                same = "the same card" if first.given == card.given else "the same question"
                self._leave_out(card, f"{same} as at {first.place}")
            else:
                self._take(card)

    def _take(self, card: FoundCard) -> None:
        old = self._cards.get(card.id)
        given = {name: value for name, value in card.given.items() if name != "id"}
        said = {name: digest(value) for name, value in {**given, "type": card.type}.items()}
        topic = self.topic_of(card)
        fields = self._fields(card, given, None if old is None else old[2], said, topic)
        flaw = _flaw(card.type if old is None else fields["type"], fields)
        if flaw is not None:
            self._leave_out(card, flaw)
            return
        fields = _readable(fields)
        self.memory[card.id] = said
        if old is None:
            self.new.setdefault(topic, []).append(fields)
            for item in fields["items"]:
                if item not in self._known_items:
                    self.items[item] = topic
        elif fields == old[2]:
            self.same += 1
        else:
            self.changed.setdefault(old[0], {})[old[1]] = fields

    def _fields(
        self, card: FoundCard, given: Fields, old: Fields | None, said: dict[str, str], topic: str
    ) -> Fields:
        """The fields that the pack is to hold: what the source says anew, else what is there."""
        fields: Fields = {"id": card.id, "type": card.type, **self._known(given)}
        if old is None:
            fields["items"] = fields.get("items") or [self._item(topic)]
            fields["sources"] = fields.get("sources") or [
                {"course": self._course, "place": self._place}
            ]
        else:
            last = self.memory.get(card.id, {})
            fresh = {name for name, word in said.items() if last.get(name) != word}
            kept = dict(old)
            if "type" in fresh and old.get("type") != card.type:
                kept = {name: value for name, value in old.items() if name in _COMMON}
                fresh |= given.keys()
            known = {name: fields[name] for name in fields if name in fresh}
            known = {n: v for n, v in known.items() if v or n not in {"items", "sources"}}
            fields = {**kept, **known}
        return _in_order(
            {name: value for name, value in fields.items() if value != [] or name not in _OPTIONAL}
        )

    def _known(self, given: Fields) -> Fields:
        """What the source says, without references to what this pack does not have."""
        known = dict(given)
        for name, there in (("items", self._known_items), ("discrepancies", self._discrepancies)):
            if isinstance(given.get(name), list):
                known[name] = [one for one in given[name] if one in there]
        if isinstance(given.get("sources"), list):
            known["sources"] = [
                one
                for one in given["sources"]
                if not isinstance(one, dict) or one.get("course") in self._courses
            ]
        lost = sum(
            len(given[name]) - len(known[name])
            for name in (*_LISTS, "sources")
            if isinstance(given.get(name), list)
        )
        self._found.remarks[UNKNOWN] += lost
        return known

    def _leave_out(self, card: FoundCard, why: str) -> None:
        self.left_out.append(LeftOut(card.place, why))

    # Topics --------------------------------------------------------------------------------

    def topic_of(self, card: FoundCard) -> str:
        """The topic of a card: one of the pack's where a name fits, else made from the name."""
        if self._topic is not None:
            return self._topic if self._topic in self._topics else slug(self._topic)
        names = card.topic[self._shared :] or card.topic[-1:]
        if not names:
            return slug(self._found.title.rpartition(".")[0] or self._found.title)
        whole = " ".join(names)
        return whole if whole in self._topics else slug(whole)

    def _item(self, topic: str) -> str:
        return f"{self._course}-{slug(topic)}"[:80].rstrip("-")


def _shared(paths: list[tuple[str, ...]]) -> int:
    """How many names all paths begin with, the last name of a path left to tell it by."""
    if not paths:
        return 0
    shortest = min(map(len, paths))
    for depth in range(shortest):
        if len({path[depth] for path in paths}) > 1:
            return depth
    return max(0, shortest - 1)


# Cards -------------------------------------------------------------------------------------


def _flaw(kind: str, fields: Fields) -> str | None:
    """What is wrong with a card by the format, or None."""
    if kind not in types():
        return f"unknown card type {kind[:40]!r}"
    whole = Document(fields, Places("", Spot(1, 1)), "", ())
    for fault in validate(types()[kind].Fields, fields, whole, ()):
        return fault.message
    for flaw in flaws("cards", _readable(fields)):
        where = ".".join(map(str, flaw.path))
        return f"{where}: {flaw.message}" if where else flaw.message
    return None


def _readable(value: Any) -> Any:
    """The value with texts as the reader of packs gives them back."""
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, dict):
        return {readable(key): _readable(inner) for key, inner in value.items()}
    return [_readable(inner) for inner in value] if isinstance(value, list) else value


def _in_order(fields: Fields) -> Fields:
    """The fields as card files write them: id, type, its own, then what all cards have."""
    own = [name for name in fields if name not in _COMMON]
    last = ("explanation", "items", "sources", "discrepancies", "families", "tags")
    return {name: fields[name] for name in ("id", "type", *own, *last) if name in fields}


def _discrepancies(folder: PackFolder) -> set[str]:
    """The discrepancies of the pack, whose files are only looked at."""
    from quizapp.packs.load import load_pack

    return set() if folder.is_new else set(load_pack(folder.root).discrepancies)
