"""A question whose answer is a word or a short phrase, to be typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NotRequired

from typing_extensions import TypedDict

from quizapp.cards.asks import Mistake, Words
from quizapp.cards.card import CardFields
from quizapp.cards.registry import Flaw
from quizapp.cards.shape import exact
from quizapp.cards.sides import AnswerBy, Path, TextSides, pick
from quizapp.cards.spelling import essence

TYPE = "typed"

EXAMPLE = """\
question: 'Which term names ... ? One word.'
answer: 'the term'
accept: ['another name of it']
"""
"""Its own fields, as an author starts with them."""

LONGEST = 60
"""Characters; what is longer is better recalled than typed."""


@exact
class MistakeFields(TypedDict):
    """A wrong answer that students give, as a card file writes it."""

    text: str
    why: str


@exact
class Fields(CardFields):
    """What a typed card writes; ``accept`` are further spellings and names of the answer."""

    question: str
    answer: str | TextSides
    accept: NotRequired[list[str]]
    mistakes: NotRequired[list[MistakeFields]]


def flaws(fields: Fields) -> Iterator[Flaw]:
    """Yield answers that cannot be typed, and mistakes that would count as right."""
    right: dict[str, str] = {}
    for path, text in _answers(fields):
        if not essence(text):
            yield Flaw(path, "nothing of this could be typed: give the answer in letters or digits")
        elif "$" in text:
            yield Flaw(path, "nobody types LaTeX: write it with plain characters")
        elif len(text) > LONGEST:
            yield Flaw(path, f"more than {LONGEST} characters to type: make it a basic card")
        right.setdefault(essence(text), text)
    for index, mistake in enumerate(fields.get("mistakes", ())):
        if essence(mistake["text"]) in right:
            yield Flaw(("mistakes", index, "text"), "this is also accepted as right: delete one")


def ask(fields: Fields, answer_by: AnswerBy) -> Words:
    """Return the question with what is accepted by the chosen side."""
    answer, other = pick(fields["answer"], answer_by)
    return Words(
        front=fields["question"],
        answer=answer,
        accept=tuple(fields.get("accept", ())),
        mistakes=tuple(Mistake(one["text"], one["why"]) for one in fields.get("mistakes", ())),
        other=other or "",
    )


def _answers(fields: Fields) -> Iterator[tuple[Path, str]]:
    answer = fields["answer"]
    if isinstance(answer, Mapping):
        for side, text in answer.items():
            yield ("answer", side), str(text)
    else:
        yield ("answer",), answer
    for index, text in enumerate(fields.get("accept", ())):
        yield ("accept", index), text
