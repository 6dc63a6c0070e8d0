"""Which cards fit a query: sets of places, prepared once and kept while nothing changes."""

from __future__ import annotations

import operator
from collections import defaultdict
from typing import TYPE_CHECKING

from quizapp.scheduling.skills import family_of
from quizapp.study.query.facts import EMPTY, measure, standing_test
from quizapp.study.query.patterns import name_test
from quizapp.study.query.tree import (
    And,
    Everything,
    Flagged,
    Introduced,
    Is,
    Measured,
    Named,
    Not,
    Or,
    Query,
    Rated,
    Text,
)
from quizapp.study.search import searchable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet

    from quizapp.store.replay import CardState
    from quizapp.study.query.entries import Entry
    from quizapp.study.query.facts import Facts
    from quizapp.study.query.tree import Field, Quantity, Sign, Term

_COMPARED: dict[Sign, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


class Index:
    """Cards and what is known of them, to be asked by queries.

    Preparing is linear in the cards. A question costs some operations on sets, and a pass over
    a column for each term that was not asked before.
    """

    def __init__(self, entries: Iterable[Entry], facts: Facts) -> None:
        self.entries = tuple(entries)
        self._every = frozenset(range(len(self.entries)))
        self._places = {entry.id: place for place, entry in enumerate(self.entries)}
        self._texts = [entry.text for entry in self.entries]
        self._fixed = self._names()
        self.take(facts)

    def take(self, facts: Facts) -> None:
        """Go on with other facts."""
        self.facts = facts
        states = facts.states
        self._told = [(n, states[e.id]) for n, e in enumerate(self.entries) if e.id in states]
        self._untold = self._every.difference(place for place, _ in self._told)
        self._tags = self._all_tags()
        self._columns: dict[Quantity, list[float | None]] = {}
        self._known: dict[Term, AbstractSet[int]] = {}

    def find(self, query: Query) -> list[str]:
        """Return the ids of the cards that fit, in the order of the entries."""
        return [self.entries[place].id for place in sorted(self._fitting(query, self._every))]

    def names(self, field: Field) -> list[str]:
        """Return the names that cards have in a field, in alphabetical order."""
        return sorted(self._named(field))

    def names_of(self, card: str, field: Field) -> tuple[str, ...]:
        """Return the names that the content gives a card in a field, in small letters."""
        return self.entries[self._places[card]].names.get(field, ())

    def _fitting(self, query: Query, among: AbstractSet[int]) -> AbstractSet[int]:
        """Those of some places that fit."""
        match query:
            case Everything():
                return among
            case And(parts):
                # Looking into texts takes longest, so that few are left to look into.
                for part in sorted(parts, key=_reads_texts):
                    among = self._fitting(part, among)
                return among
            case Or(choices):
                found: AbstractSet[int] = frozenset()
                for choice in choices:
                    found |= self._fitting(choice, among - found)
                return found
            case Not(inner):
                return among - self._fitting(inner, among)
            case Text(text):
                return self._holding(searchable(text), among)
            case _:
                if query not in self._known:
                    self._known[query] = self._all_fitting(query)
                return self._known[query] & among

    def _holding(self, text: str, among: AbstractSet[int]) -> AbstractSet[int]:
        texts = self._texts
        return {place for place in among if text in texts[place]}

    def _all_fitting(self, term: Term) -> AbstractSet[int]:
        """All places that fit a term about names or states."""
        match term:
            case Named(field, pattern):
                fits = name_test(field, pattern)
                places = [found for name, found in self._named(field).items() if fits(name)]
                return frozenset().union(*places)
            case Is("today"):
                return self._at(self.facts.queue())
            case Is("skill"):
                return self._at(entry.id for entry in self.entries if family_of(entry.id))
            case Is("dropped"):
                return self._at(self.facts.dropped()) & self._all_fitting(Is("new"))
            case Is(standing):
                return self._where(standing_test(standing, self.facts.today))
            case Flagged(None):
                return self._where(lambda state: state.flag != 0)
            case Flagged(flag):
                return self._where(lambda state: state.flag == flag)
            case Rated(days, rating):
                told = self.facts.answers(self.facts.first_of(days))
                return self._at(card for card, given in told if rating in {None, given})
            case Introduced(days):
                since = self.facts.first_of(days).isoformat()
                return self._where(lambda state: (state.first_day or "") >= since)
            case Measured(quantity, sign, value):
                compared = _COMPARED[sign]
                column = enumerate(self._column(quantity))
                return {n for n, known in column if known is not None and compared(known, value)}
            case Text():
                raise TypeError("texts are looked for among few cards")

    def _where(self, fitting: Callable[[CardState], bool]) -> AbstractSet[int]:
        found = {place for place, state in self._told if fitting(state)}
        return found | self._untold if fitting(EMPTY) else found

    def _at(self, cards: Iterable[str]) -> AbstractSet[int]:
        places = self._places
        return {places[card] for card in cards if card in places}

    def _column(self, quantity: Quantity) -> list[float | None]:
        if quantity not in self._columns:
            column = [measure(quantity, EMPTY, self.facts)] * len(self.entries)
            for place, state in self._told:
                column[place] = measure(quantity, state, self.facts)
            self._columns[quantity] = column
        return self._columns[quantity]

    def _named(self, field: Field) -> dict[str, set[int]]:
        return self._tags if field == "tag" else self._fixed[field]

    def _names(self) -> dict[Field, dict[str, set[int]]]:
        found: dict[Field, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for place, entry in enumerate(self.entries):
            for field, names in entry.names.items():
                for name in names:
                    found[field][name].add(place)
        return found

    def _all_tags(self) -> dict[str, set[int]]:
        """The tags of the content and those that the student gave."""
        found = {name: set(places) for name, places in self._fixed["tag"].items()}
        for place, state in self._told:
            for tag in state.tags:
                found.setdefault(tag.casefold(), set()).add(place)
        return found


def _reads_texts(query: Query) -> bool:
    return isinstance(query, Text) or (isinstance(query, Not) and isinstance(query.query, Text))
