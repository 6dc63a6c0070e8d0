"""The card that another one is most likely taken for: what to look at when it will not stay."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from quizapp.cards import ChooseMany, ChooseOne, Number, Reveal, Words
from quizapp.cards import ask as ask_of
from quizapp.cards.spelling import essence
from quizapp.study.search import searchable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quizapp.cards import AnswerBy, Ask, Card

Why = Literal["given", "alike"]

LEAST_ALIKE = 0.15
"""Cosine below which two texts have no more in common than any two of a topic."""
_WORD = re.compile(r"[^\W_]{2,}")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A card that is easily taken for another one."""

    card: str
    why: Why
    """``given``: its answer was given instead; ``alike``: their texts are most alike."""
    times: int = 0
    """How often its answer was given instead."""


def neighbour(
    card: Card, cards: Mapping[str, Card], wrong: Iterable[str], answer_by: AnswerBy
) -> Neighbour | None:
    """Return the card that this one is most likely confused with, None where none is near.

    ``cards`` are those that the student learns; of the same note and of other topics none is
    taken. ``wrong`` are the texts of wrong answers given to the card. An answer that is right for
    another card says most; else the card whose question and answer share most of the rarer words
    (cosine of tf-idf; Salton and Buckley 1988, Term-weighting approaches in automatic text
    retrieval).
    """
    others = [one for one in cards.values() if one.topic == card.topic and one.note != card.note]
    given = Counter(filter(None, map(essence, wrong)))
    taken_for = [
        (sum(given[text] for text in _answers(ask_of(one, answer_by))), one.id) for one in others
    ]
    times, best = max(taken_for, default=(0, ""), key=lambda one: one[0])
    if times:
        return Neighbour(best, "given", times)
    return _most_alike(card, others)


def _answers(ask: Ask) -> set[str]:
    """What would be right for an ask, as it is compared."""
    match ask:
        case Reveal(back=back):
            texts = [back]
        case ChooseOne(options=options, right=right):
            texts = [options[right].text]
        case ChooseMany(options=options, right=rights):
            texts = [options[place].text for place in rights]
        case Words(answer=answer, accept=accept):
            texts = [answer, *accept]
        case Number(value=value):
            texts = [f"{value:.15g}"]
        case _:
            texts = []
    return {text for text in map(essence, texts) if text}


def _most_alike(card: Card, others: list[Card]) -> Neighbour | None:
    words = {one.id: Counter(_words(one)) for one in (card, *others)}
    spread = Counter(word for found in words.values() for word in found)
    rare = {word: math.log(len(words) / count) for word, count in spread.items()}
    mine = words[card.id]
    scored = [(_cosine(mine, words[one.id], rare), one.id) for one in others]
    score, best = max(scored, default=(0.0, ""), key=lambda one: one[0])
    return Neighbour(best, "alike") if score >= LEAST_ALIKE else None


def likeness(text: str, cards: Iterable[Card]) -> dict[str, float]:
    """Return how much of its rarer words a text shares with each card, 0 to 1 (as above)."""
    words = {one.id: Counter(_words(one)) for one in cards}
    mine = Counter(_WORD.findall(searchable(text)))
    spread = Counter(word for found in (*words.values(), mine) for word in found)
    rare = {word: math.log((len(words) + 1) / count) for word, count in spread.items()}
    return {card: _cosine(mine, found, rare) for card, found in words.items()}


def _words(card: Card) -> list[str]:
    texts = (value for value in card.data.values() if isinstance(value, str))
    return _WORD.findall(searchable(" ".join(texts)))


def _cosine(one: Counter[str], other: Counter[str], rare: Mapping[str, float]) -> float:
    # A set has another order in every run; fsum gives the same number for each.
    both = one.keys() & other.keys()
    shared = math.fsum(one[word] * other[word] * rare[word] ** 2 for word in both)
    lengths = math.hypot(*(count * rare[word] for word, count in one.items())) * math.hypot(
        *(count * rare[word] for word, count in other.items())
    )
    return shared / lengths if lengths else 0.0
