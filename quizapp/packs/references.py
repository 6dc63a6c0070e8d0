"""What entries say of each other: every id that is named has to exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.place import Fault
from quizapp.packs.wording import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from quizapp.core.place import Place
    from quizapp.packs.entry import Entry
    from quizapp.packs.reading import Reading

_NAMES = {
    "courses": "course",
    "items": "syllabus item",
    "discrepancies": "discrepancy",
    "blueprints": "exam",
    "families": "exercise family",
    "topics": "topic",
}


def resolve(reading: Reading, families: frozenset[str] | None) -> None:
    """Report every reference to what there is not, and take it out of its entry.

    An item or an exam of an unknown course is left out, and an exam that would draw from unknown
    topics or families, for it would be another exam. A reference to an entry that was left out
    for its own faults goes without a word. ``families`` None means that they are not known here.
    """
    _Resolver(reading, families).run()


class _Resolver:
    def __init__(self, reading: Reading, families: frozenset[str] | None) -> None:
        self.reading = reading
        self.families = families
        self._told: set[Place] = set()

    def run(self) -> None:
        """Go through all entries, those first that others refer to."""
        entries = self.reading.entries
        self._keep("items", self._known_course)
        for entry in entries["items"].values():
            self._list(entry, "families", "families")
        for entry in entries["discrepancies"].values():
            self._discrepancy(entry)
        for entry in entries["cards"].values():
            for kind in ("items", "discrepancies", "families"):
                self._list(entry, kind, kind)
            self._owned(entry, "sources")
        topics = self._topics()
        self._keep("blueprints", lambda entry: self._blueprint(entry, topics))
        for entry in entries["courses"].values():
            self._list(entry, "blueprints", "exams")

    def _keep(self, kind: str, right: Callable[[Entry], bool]) -> None:
        entries = self.reading.entries[kind]
        for name in [name for name, entry in entries.items() if not right(entry)]:
            del entries[name]

    def _discrepancy(self, entry: Entry) -> None:
        self._list(entry, "items", "items")
        self._list(entry, "families", "families")
        self._owned(entry, "claims")
        advice = entry.fields["exam_advice"]
        for course in [name for name in advice if name != "default"]:
            self._check("courses", course, entry.key("exam_advice", course))
            if not self._held("courses", course):
                del advice[course]
        for index, check in enumerate(entry.fields.get("example", {}).get("checks", ())):
            place = entry.at("example", "checks", index, "family")
            self._check("families", check["family"], place)

    def _blueprint(self, entry: Entry, topics: set[str]) -> bool:
        right = self._known_course(entry)
        for index, section in enumerate(entry.fields["sections"]):
            for name in section.get("families", ()):
                place = entry.key("sections", index, "families", name)
                right &= self._check("families", name, place)
            for name in section.get("topics", ()):
                if not (name in topics or self.reading.unreadable & {"items", "cards"}):
                    place = entry.key("sections", index, "topics", name)
                    self._tell("topics", name, place, topics)
                    right = False
        return right

    def _topics(self) -> set[str]:
        entries = self.reading.entries
        return {e.fields["topic"] for kind in ("items", "cards") for e in entries[kind].values()}

    def _known_course(self, entry: Entry) -> bool:
        # Of an item it stands in the head of its file, of a blueprint the file is the entry.
        name = entry.fields["course"]
        self._check("courses", name, entry.document.places.at(("course",)))
        return self._held("courses", name)

    def _list(self, entry: Entry, kind: str, field: str) -> None:
        """Check a list of ids, and keep those that the pack will hold."""
        names = entry.fields.get(field, [])
        for index, name in enumerate(names):
            self._check(kind, name, entry.at(field, index))
        if names:
            entry.fields[field] = [name for name in names if self._held(kind, name)]

    def _owned(self, entry: Entry, field: str) -> None:
        """Check a list of mappings that each name a course, and keep those of known courses."""
        for index, owned in enumerate(entry.fields[field]):
            self._check("courses", owned["course"], entry.at(field, index, "course"))
        kept = [owned for owned in entry.fields[field] if self._held("courses", owned["course"])]
        entry.fields[field] = kept

    def _check(self, kind: str, name: str, place: Place) -> bool:
        """Report an id that does not exist; return whether the pack will hold it."""
        if kind == "families":
            known: Collection[str] = self.families or ()
            exists = self.families is None or name in self.families
        else:
            known = self.reading.seen[kind]
            exists = name in known or kind in self.reading.unreadable
        if not exists:
            self._tell(kind, name, place, known)
        return self._held(kind, name)

    def _held(self, kind: str, name: str) -> bool:
        if kind == "families":
            return self.families is None or name in self.families
        return name in self.reading.entries[kind]

    def _tell(self, kind: str, name: str, place: Place, known: Collection[str]) -> None:
        if place in self._told or self.reading.report.full(place.file):
            return
        self._told.add(place)  # all items of a file have one course: that is one fault
        near = did_you_mean(name, sorted(known)) or ": write it or correct the name"
        self.reading.report.add(Fault(place, f"unknown {_NAMES[kind]} {quoted(name)}{near}"))
