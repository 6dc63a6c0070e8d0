"""Flashcards: one type a file, each compiled to one of a few ways of asking."""

from __future__ import annotations

from quizapp.cards.asks import (
    Ask,
    ChooseMany,
    ChooseOne,
    Judgement,
    Match,
    Mistake,
    Number,
    Option,
    Order,
    Response,
    Reveal,
    Row,
    Words,
    judge,
    shuffled,
)
from quizapp.cards.card import Card, Source
from quizapp.cards.registry import types
from quizapp.cards.sides import AnswerBy

__all__ = [
    "AnswerBy",
    "Ask",
    "Card",
    "ChooseMany",
    "ChooseOne",
    "Judgement",
    "Match",
    "Mistake",
    "Number",
    "Option",
    "Order",
    "Response",
    "Reveal",
    "Row",
    "Source",
    "Words",
    "ask",
    "judge",
    "shuffled",
    "types",
]


def ask(card: Card, answer_by: AnswerBy) -> Ask:
    """Return how the card asks, with the answer of the chosen side as the right one."""
    return types()[card.type].ask(card.data, answer_by)
