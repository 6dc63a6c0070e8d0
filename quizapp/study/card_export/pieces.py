"""Texts of cards taken apart for another program: prose, formulas, paragraphs, lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.cards import ChooseMany, ChooseOne, Match, Number, Order, Reveal, Words
from quizapp.mathtext import MathError, latex
from quizapp.mathtext.segments import Segment, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quizapp.cards import Option
    from quizapp.study.card_export.chosen import Asked

_ITEM = re.compile(r"(?:^|\n)[ \t]*- ")
LETTERS = "ABCDEFGHIJ"
TRUE_OR_FALSE = "True or false?"


def formula(source: str) -> str | None:
    """A formula as plain LaTeX that other programs know; None where it cannot be read."""
    try:
        return " ".join(latex(source).split())
    except MathError:
        return None


def blocks(
    text: str, prose: Callable[[str], str], maths: Callable[[str], str]
) -> Iterator[tuple[bool, str]]:
    """Paragraphs and list items of a text as (is an item, its text in another form).

    ``prose`` and ``maths`` write a stretch of words and the LaTeX of a formula.
    """
    for paragraph in paragraphs(text):
        line: list[str] = []
        listed = False
        for segment in paragraph.segments:
            for item, piece in _stretches(segment):
                if item:
                    if "".join(line).strip():
                        yield listed, "".join(line).strip()
                    line, listed = [], True
                line.append(_written(segment, piece, prose, maths))
        if "".join(line).strip():
            yield listed, "".join(line).strip()


def _stretches(segment: Segment) -> Iterator[tuple[bool, str]]:
    if segment.is_formula:
        yield False, segment.source
        return
    position, listed = 0, False
    for item in _ITEM.finditer(segment.source):
        yield listed, segment.source[position : item.start()]
        position, listed = item.end(), True
    yield listed, segment.source[position:]


def _written(
    segment: Segment, piece: str, prose: Callable[[str], str], maths: Callable[[str], str]
) -> str:
    if not segment.is_formula:
        return prose(piece.replace(r"\$", "$"))
    source = formula(piece)
    return prose(f"${piece}$") if source is None else maths(source)


# Questions and answers ---------------------------------------------------------------------


def question(asked: Asked) -> list[str]:
    """What is asked, a text for the question and one for each thing to choose from."""
    match asked.ask:
        case ChooseOne() as ask if ask.fixed and len(ask.options) == 2:
            return [f"{TRUE_OR_FALSE} {ask.front}"]
        case ChooseOne() | ChooseMany() as ask:
            return [ask.front, *lettered([option.text for option in ask.options])]
        case Order() as ask:
            return [f"{ask.front}\n\nPut in order:", *lettered(list(ask.steps))]
        case Match() as ask:
            rows = (f"{row.aspect}: {cell}" for row, cell in zip(ask.rows, ask.shown, strict=True))
            return [f"{ask.front}\n\nWhich of {', '.join(ask.columns)}?", *lettered(list(rows))]
        case Number() as ask:
            return [f"{ask.front}\n\nA number{f' in {ask.unit}' if ask.unit else ''}."]
        case ask:
            return [ask.front]


def answer(asked: Asked) -> list[str]:
    """What is right, with what is said of wrong answers."""
    match asked.ask:
        case ChooseOne() as ask if ask.fixed and len(ask.options) == 2:
            texts = [f"{ask.options[ask.right].text}."]
        case ChooseOne() as ask:
            texts = [_option(ask.right, ask.options)]
            texts += _reasons(ask.options)
        case ChooseMany() as ask:
            texts = [_option(index, ask.options) for index in sorted(ask.right)]
            texts += _reasons(ask.options)
        case Order() as ask:
            texts = [", ".join(LETTERS[index] for index in ask.right)]
            texts += [f"{n}. {ask.steps[i]}" for n, i in enumerate(ask.right, start=1)]
        case Match() as ask:
            texts = [
                f"{LETTERS[n]}. {row.aspect}: {ask.columns[column]}"
                for n, (row, column) in enumerate(zip(ask.rows, ask.right, strict=True))
            ]
        case Number() as ask:
            within = f" (within {ask.tolerance:.6g})" if ask.tolerance else ""
            texts = [f"{asked.judgement.shown}{within}"]
        case Words() as ask:
            texts = [ask.answer, *([f"Also: {', '.join(ask.accept)}."] if ask.accept else [])]
            texts += [f"Not {wrong.text}: {wrong.why}" for wrong in ask.mistakes]
        case Reveal() as ask:
            texts = [ask.back]
    return [*texts, *_other_side(asked)]


def lettered(texts: list[str]) -> list[str]:
    """Texts with letters before them."""
    return [f"{letter}. {text}" for letter, text in zip(LETTERS, texts, strict=False)]


def _option(index: int, options: tuple[Option, ...]) -> str:
    return f"{LETTERS[index]}. {options[index].text}"


def _reasons(options: tuple[Option, ...]) -> list[str]:
    return [
        f"{letter}: {option.why}"
        for letter, option in zip(LETTERS, options, strict=False)
        if option.why
    ]


def _other_side(asked: Asked) -> list[str]:
    """What the other of slides and textbook says, where they differ."""
    match asked.ask:
        case Reveal(other=other) | Words(other=other) if other:
            said = other
        case Number(other=float() | int() as value):
            said = f"{value:.15g}"
        case ChooseOne(other=int() as index, options=options):
            said = options[index].text
        case ChooseMany(other=frozenset() as right, options=options):
            said = "; ".join(options[index].text for index in sorted(right))
        case _:
            return []
    return [f"Where slides and textbooks differ, the other answer: {said}"]
