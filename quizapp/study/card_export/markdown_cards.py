"""Cards as Markdown to read: by topic, with answers, explanations and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.topics import topic_name
from quizapp.study.card_export.chosen import asked
from quizapp.study.card_export.pieces import answer, blocks, question
from quizapp.study.export.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.cards import Card
    from quizapp.study.card_export.chosen import Chosen


def markdown_cards(chosen: Chosen) -> str:
    """All cards, each with a heading; ends in a newline."""
    out = [f"# {escaped(_title(chosen))}"]
    for topic, cards in chosen.topics.items():
        out.append(f"## {escaped(topic_name(topic))}")
        for number, card in enumerate(cards, start=1):
            out += _card(chosen, card, number)
    return "\n\n".join(out) + "\n"


def _title(chosen: Chosen) -> str:
    course = f": {chosen.course.title}" if chosen.course else ""
    return f"{chosen.pack.title}{course}" if course != f": {chosen.pack.title}" else course[2:]


def _card(chosen: Chosen, card: Card, number: int) -> Iterator[str]:
    made = asked(chosen, card)
    yield f"### {number}. {escaped(card.id)}"
    front, *choices = question(made)
    yield _text(front)
    if choices:
        yield "\n".join(f"- {_line(choice)}" for choice in choices)
    first, *others = answer(made)
    yield f"**Answer:** {_text(first)}"
    if others:
        yield "\n".join(f"- {_line(other)}" for other in others)
    if "reverse_question" in made.card.data:
        yield f"**The other way round:** {_text(made.card.data['reverse_question'])}"
        yield f"**Answer:** {_text(made.card.data['reverse_answer'])}"
    if made.card.explanation:
        yield _text(made.card.explanation)
    sources = "; ".join(f"{chosen.title(one.course)}, {one.place}" for one in card.sources)
    if sources:
        yield f"*Source:* {escaped(sources)}"


def _text(text: str) -> str:
    """Paragraphs and lists of a text."""
    out = ""
    was_listed = False
    for listed, line in blocks(text, _prose, _maths):
        between = "\n" if listed and was_listed else "\n\n"
        out += f"{between if out else ''}{'- ' if listed else ''}{line}"
        was_listed = listed
    return out


def _line(text: str) -> str:
    """A text on one line."""
    return " ".join(line for _, line in blocks(text, _prose, _maths))


def _prose(words: str) -> str:
    """Words that Markdown shows as they are, with the blanks at both ends that formulas need."""
    if not words.strip():
        return " " if words else ""
    left = " " if words[0].isspace() else ""
    right = " " if words[-1].isspace() else ""
    return f"{left}{escaped(words)}{right}"


def _maths(source: str) -> str:
    return f"${source}$"
