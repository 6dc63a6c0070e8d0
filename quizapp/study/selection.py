"""What of the pack belongs to the chosen course."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quizapp.cards.notation import in_notation

if TYPE_CHECKING:
    from quizapp.cards import Card
    from quizapp.exercises.family import Family
    from quizapp.packs.model import Blueprint, Course, Discrepancy, Item, Pack
    from quizapp.study.workspace import Workspace


def course_cards(workspace: Workspace) -> dict[str, Card]:
    """The cards of the course by id, in the order of its teaching and in its notation.

    Those of items that the exam does not ask for only where the settings want them.
    """
    pack, course = workspace.pack, workspace.course
    beyond = workspace.settings.beyond_exam
    taught = taught_items(pack, course)
    asked = {item.id for item in taught if beyond or item.examinable}
    place = {item.id: number for number, item in enumerate(taught)}
    mine = [card for card in pack.cards.values() if asked.intersection(card.items)]

    def first(card: Card) -> int:
        return min(place[name] for name in card.items if name in place)

    mine.sort(key=first)
    # One card of every item comes before the second of any: that covers the course soonest, and
    # cards that are about the same stand apart.
    rounds: list[int] = []
    met: Counter[int] = Counter()
    for card in mine:
        rounds.append(met[first(card)])
        met[first(card)] += 1
    symbols = symbols_of(pack, course.id)
    order = sorted(range(len(mine)), key=rounds.__getitem__)
    return {mine[n].id: in_notation(mine[n], symbols) for n in order}


def taught_items(pack: Pack, course: Course) -> list[Item]:
    """The items of a course, topic by topic in the order in which it teaches them."""
    place = {topic: number for number, topic in enumerate(course.topics)}
    mine = [item for item in pack.items.values() if item.course == course.id]
    return sorted(mine, key=lambda item: place.get(item.topic, len(place)))


def course_exams(pack: Pack, course: Course) -> list[Blueprint]:
    """The blueprints of the course's exams."""
    return [exam for exam in pack.blueprints.values() if exam.course == course.id]


def symbols_of(pack: Pack, course: str) -> dict[str, str]:
    """The symbols of a course by concept, the pack's where it has none of its own."""
    own = pack.courses[course].symbols if course in pack.courses else {}
    return {**pack.symbols, **own}


def card_in_course(pack: Pack, card: str, course: str) -> Card | None:
    """A card in the notation of a course; None where the pack has none of that id."""
    found = pack.cards.get(card)
    return found and in_notation(found, symbols_of(pack, course))


def course_families(workspace: Workspace) -> list[str]:
    """The ids of the families that the course teaches or its syllabus asks for, by topic."""
    from quizapp.exercises.catalogue import families

    course = workspace.course.id
    items = workspace.pack.items.values()
    asked = {name for item in items if item.course == course for name in item.families}
    return [f.id for f in families() if course in f.sources or f.id in asked]


def families_by_course(workspace: Workspace) -> list[tuple[Course, list[Family]]]:
    """All families: those of the chosen course, then those that only other courses teach.

    Each stands under one course, the first of the pack that teaches it.
    """
    from quizapp.exercises.catalogue import families

    mine = set(course_families(workspace))
    others = [c for c in workspace.pack.courses.values() if c.id != workspace.course.id]
    sections: dict[str, list[Family]] = {c.id: [] for c in (workspace.course, *others)}
    for family in families():
        if family.id in mine:
            sections[workspace.course.id].append(family)
        else:
            home = next((c.id for c in others if c.id in family.sources), workspace.course.id)
            sections[home].append(family)
    courses = workspace.pack.courses
    return [(courses[key], found) for key, found in sections.items() if found]


def course_conventions(
    course: Course, family_conventions: dict[str, tuple[str, ...]]
) -> dict[str, str]:
    """The conventions of a course that a family knows."""
    return {
        name: course.conventions[name]
        for name, values in family_conventions.items()
        if course.conventions.get(name) in values
    }


def touching(pack: Pack, ids: tuple[str, ...]) -> list[Discrepancy]:
    """The discrepancies with these ids that the pack has, in order."""
    return [pack.discrepancies[name] for name in ids if name in pack.discrepancies]


def advice(discrepancy: Discrepancy, course: str) -> str:
    """What to write in the exam of a course."""
    told = discrepancy.exam_advice
    return told.get(course) or told.get("default") or discrepancy.verdict
