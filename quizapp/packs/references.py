"""What entries say of each other: every id that is named has to exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.place import Fault
from quizapp.packs.wording import did_you_mean, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from quizapp.core.place import Place
    from quizapp.packs.document import Path
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
    """Goes through the entries once; those that are dropped are dropped before they are named."""

    def __init__(self, reading: Reading, families: frozenset[str] | None) -> None:
        self.reading = reading
        entries = reading.entries
        topics = {e.fields["topic"] for kind in ("items", "cards") for e in entries[kind].values()}
        self._names: dict[str, Collection[str]] = {
            **reading.seen,
            "topics": topics,
            "families": families or (),
        }
        # Kinds of which there may be more than these names.
        self._more = set(reading.unreadable)
        if families is None:
            self._more.add("families")
        if self._more & {"items", "cards"}:
            self._more.add("topics")

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
        self._keep("blueprints", self._blueprint)
        for entry in entries["courses"].values():
            self._list(entry, "blueprints", "exams")
            self._list(entry, "topics", "topics")

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
            if self._missing("courses", course):
                self._tell("courses", course, entry.key("exam_advice", course))
        entry.fields["exam_advice"] = {
            name: text
            for name, text in advice.items()
            if name == "default" or self._held("courses", name)
        }
        for index, check in enumerate(entry.fields.get("example", {}).get("checks", ())):
            if self._missing("families", check["family"]):
                place = entry.at("example", "checks", index, "family")
                self._tell("families", check["family"], place)

    def _blueprint(self, entry: Entry) -> bool:
        right = self._known_course(entry)
        for index, section in enumerate(entry.fields["sections"]):
            for kind in ("topics", "families"):
                for name in section.get(kind, ()):
                    if self._missing(kind, name):
                        self._tell(kind, name, entry.key("sections", index, kind, name))
                        right = False
            for name, points in section.get("scheme", {}).items():
                right &= self._scheme(entry, ("sections", index, "scheme", name), points)
        return right

    def _scheme(self, entry: Entry, path: Path, points: dict[str, float]) -> bool:
        """Return whether a scheme names steps of its family and leaves points to earn."""
        steps = self._steps(str(path[-1]))
        if steps is None:
            return True  # told as an unknown family, or not known here
        unknown = [name for name in points if name not in steps]
        for name in unknown:
            near = did_you_mean(name, steps) or f": its steps are {listed(steps)}"
            message = f"{path[-1]} has no step {quoted(name)}{near}"
            self.reading.report.add(Fault(entry.key(*path, name), message))
        if not unknown and not any(points.get(name, 1) for name in steps):
            message = "no step is worth a point: give one of them more than 0"
            self.reading.report.add(Fault(entry.key(*path), message))
            return False
        return not unknown

    def _steps(self, family: str) -> list[str] | None:
        """Return the steps of a family, or None where it is not known here."""
        if family not in self._names["families"]:
            return None
        from quizapp.exercises import catalogue  # late: few packs have schemes, families compute

        if family not in catalogue.family_ids():
            return None
        return list(catalogue.family(family).by_name)

    def _known_course(self, entry: Entry) -> bool:
        name = entry.fields["course"]
        if self._missing("courses", name):
            self._tell("courses", name, entry.at("course"))
        return self._held("courses", name)

    def _list(self, entry: Entry, kind: str, field: str) -> None:
        """Check a list of ids, and keep those that the pack will hold."""
        names = entry.fields.get(field, [])
        for index, name in enumerate(names):
            if self._missing(kind, name):
                self._tell(kind, name, entry.at(field, index))
        if names:
            entry.fields[field] = [name for name in names if self._held(kind, name)]

    def _owned(self, entry: Entry, field: str) -> None:
        """Check a list of mappings that each name a course, and keep those of known courses."""
        owned = entry.fields[field]
        for index, one in enumerate(owned):
            if self._missing("courses", one["course"]):
                self._tell("courses", one["course"], entry.at(field, index, "course"))
        entry.fields[field] = [one for one in owned if self._held("courses", one["course"])]

    def _missing(self, kind: str, name: str) -> bool:
        """Return whether there surely is no such thing, not even a faulty one."""
        return name not in self._names[kind] and kind not in self._more

    def _held(self, kind: str, name: str) -> bool:
        """Return whether the pack will hold it."""
        if kind in {"families", "topics"}:
            return not self._missing(kind, name)
        return name in self.reading.entries[kind]

    def _tell(self, kind: str, name: str, place: Place) -> None:
        if self.reading.report.full(place.file):
            return
        near = did_you_mean(name, sorted(self._names[kind])) or ": write it or correct the name"
        self.reading.report.add(Fault(place, f"unknown {_NAMES[kind]} {quoted(name)}{near}"))
