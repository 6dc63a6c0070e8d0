"""The cards of a pack that are to be exported, topic by topic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizapp.cards import ask, judge, shuffled
from quizapp.cards.notation import in_notation
from quizapp.core.errors import QuizError
from quizapp.packs.wording import did_you_mean, listed, quoted
from quizapp.study.selection import symbols_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from quizapp.cards import AnswerBy, Ask, Card, Judgement
    from quizapp.packs.model import Course, Pack


class ExportCardsError(QuizError):
    """Cards that cannot be exported."""

    code = "export"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some cards of a pack, and the course whose symbols and answers they take."""

    pack: Pack
    course: Course | None
    topics: dict[str, list[Card]]
    """Topic to its cards, in the order of the files; one for both directions of a card."""

    @property
    def cards(self) -> Iterator[Card]:
        """All of them."""
        for cards in self.topics.values():
            yield from cards

    @property
    def answer_by(self) -> AnswerBy:
        """Whose claim is the right answer where two differ."""
        return self.course.answer_by if self.course else "slides"

    def title(self, course: str) -> str:
        """A course as a source names it."""
        known = self.pack.courses.get(course)
        return (known.short or known.title) if known else course


@dataclass(frozen=True, slots=True)
class Asked:
    """A card as another program can ask it."""

    card: Card
    """With the symbols of the course."""
    ask: Ask
    """Options, steps and rows in an order that only depends on the card."""
    judgement: Judgement


def choose(pack: Pack, course: str | None = None, topic: str | None = None) -> Chosen:
    """The cards of a pack, or of one of its courses or topics. Raises ExportCardsError."""
    topics = sorted({card.topic for card in pack.cards.values()})
    _require("course", course, pack.courses)
    _require("topic", topic, topics)
    chosen: dict[str, list[Card]] = {}
    for card in pack.cards.values():
        wanted = (topic is None or card.topic == topic) and (
            course is None or course in _courses(pack, card)
        )
        if wanted and card.id == card.note:
            chosen.setdefault(card.topic, []).append(card)
    if not chosen:
        raise ExportCardsError("there is no card to export; choose another course or topic.")
    if course is None and len(pack.courses) == 1:
        (course,) = pack.courses
    return Chosen(pack, pack.courses.get(course) if course else None, chosen)


def asked(chosen: Chosen, card: Card) -> Asked:
    """A card with its question and its answer."""
    course = chosen.course.id if chosen.course else next((s.course for s in card.sources), "")
    written = in_notation(card, symbols_of(chosen.pack, course))
    shown = shuffled(ask(written, chosen.answer_by), card.id)
    return Asked(written, shown, judge(shown, None))


def _courses(pack: Pack, card: Card) -> set[str]:
    return {pack.items[item].course for item in card.items if item in pack.items} or {
        source.course for source in card.sources
    }


def _require(kind: str, name: str | None, known: Collection[str]) -> None:
    if name is not None and name not in known:
        near = did_you_mean(name, known) or f"; known are {listed(known)}."
        raise ExportCardsError(f"there is no {kind} {quoted(name)} here{near}")
