"""Several packs as one: the first keeps its ids, those of the others carry their pack's name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quizapp.cards.card import Source
from quizapp.core.place import Fault, Place
from quizapp.packs.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizapp.cards import Card
    from quizapp.packs.model import Blueprint, Course, Discrepancy, Item, Pack

SEPARATOR = ":"
"""Between the name of a pack and an id in it; no id can hold it."""


def merged(packs: Sequence[Pack]) -> Pack:
    """Return one pack with everything; at least one pack has to be given.

    An id of a further pack becomes ``name:id``, so that no pack can pass its cards off as those of
    another. A pack whose name another one has is left out, with a fault.
    """
    first, *others = packs
    names, faults = {first.name}, list(first.faults)
    courses, items, cards = dict(first.courses), dict(first.items), dict(first.cards)
    discrepancies, blueprints = dict(first.discrepancies), dict(first.blueprints)
    for pack in others:
        faults += pack.faults
        if pack.name in names:
            message = f"another pack is named {quoted(pack.name)}, too: give one another name"
            faults.append(Fault(_place(pack), message))
            continue
        names.add(pack.name)
        names_of = _Renaming(pack)
        courses |= {one.id: one for one in map(names_of.course, pack.courses.values())}
        items |= {one.id: one for one in map(names_of.item, pack.items.values())}
        cards |= {one.id: one for one in map(names_of.card, pack.cards.values())}
        discrepancies |= {
            one.id: one for one in map(names_of.discrepancy, pack.discrepancies.values())
        }
        blueprints |= {one.id: one for one in map(names_of.blueprint, pack.blueprints.values())}
    return replace(
        first,
        courses=courses,
        items=items,
        cards=cards,
        discrepancies=discrepancies,
        blueprints=blueprints,
        faults=tuple(faults),
    )


class _Renaming:
    """The entries of a pack with its name before every id."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def _id(self, name: str) -> str:
        return f"{self._pack.name}{SEPARATOR}{name}"

    def _ids(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(map(self._id, names))

    def course(self, course: Course) -> Course:
        symbols: Mapping[str, str] = {**self._pack.symbols, **course.symbols}
        exams = self._ids(course.exams)
        return replace(course, id=self._id(course.id), symbols=symbols, exams=exams)

    def item(self, item: Item) -> Item:
        return replace(item, id=self._id(item.id), course=self._id(item.course))

    def card(self, card: Card) -> Card:
        return replace(
            card,
            id=self._id(card.id),
            items=self._ids(card.items),
            sources=tuple(Source(self._id(one.course), one.place) for one in card.sources),
            discrepancies=self._ids(card.discrepancies),
        )

    def discrepancy(self, entry: Discrepancy) -> Discrepancy:
        return replace(
            entry,
            id=self._id(entry.id),
            claims=tuple(replace(one, course=self._id(one.course)) for one in entry.claims),
            exam_advice={
                name if name == "default" else self._id(name): text
                for name, text in entry.exam_advice.items()
            },
            items=self._ids(entry.items),
        )

    def blueprint(self, blueprint: Blueprint) -> Blueprint:
        return replace(blueprint, id=self._id(blueprint.id), course=self._id(blueprint.course))


def _place(pack: Pack) -> Place:
    return Place(str(pack.root), 1, 1)
