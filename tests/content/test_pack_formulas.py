"""Every formula of the shipped content, in the notation of every course, on screen and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from quizapp.cards.notation import in_notation, uses
from quizapp.mathtext import inline, parse, stacked, typst, width
from quizapp.mathtext.segments import paragraphs
from quizapp.study.selection import symbols_of
from tests.content.texts import texts
from tests.mathtext.test_typst import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.packs.model import Pack

COURSES = ("hub", "mcb", "nnt", "ece493", "nc")


def formulas_in(value: Any) -> Iterator[str]:
    """Yield the LaTeX of all formulas in the texts of nested data."""
    for text in texts(value):
        for paragraph in paragraphs(text):
            yield from (s.source for s in paragraph.segments if s.is_formula)


def formulas(pack: Pack, course: str) -> set[str]:
    """Return all formulas of the pack as a student of the course sees them."""
    symbols = symbols_of(pack, course)
    found = set(symbols.values())
    for card in pack.cards.values():
        shown = in_notation(card, symbols)
        found.update(formulas_in([dict(shown.data), shown.explanation]))
    for item in pack.items.values():
        found.update(formulas_in(item.statement))
    for entry in pack.discrepancies.values():
        found.update(formulas_in(entry.title))
        found.update(formulas_in([claim.says for claim in entry.claims]))
        found.update(formulas_in([entry.literature.says, entry.verdict, dict(entry.exam_advice)]))
        found.update(formulas_in(entry.example.text if entry.example else ""))
    return found


@pytest.mark.parametrize("course", COURSES)
def test_every_formula_is_shown_on_one_line_and_in_two_dimensions(pack: Pack, course: str) -> None:
    found = formulas(pack, course)

    assert len(found) > 1000
    for latex in found:
        assert inline(latex).strip()
        block = stacked(latex)
        assert {width(line) for line in block.lines} == {block.width}, latex
        assert 0 <= block.baseline < block.height, latex


@pytest.mark.parametrize("course", COURSES)
def test_no_symbol_is_left_to_be_filled_in(pack: Pack, course: str) -> None:
    assert [f for f in formulas(pack, course) if next(uses(f), None)] == []


def test_every_formula_is_set_on_paper(pack: Pack) -> None:
    found = sorted(set[str]().union(*(formulas(pack, course) for course in COURSES)))

    assert compiled([typst(parse(latex)) for latex in found]).startswith(b"%PDF")


def test_courses_differ_in_their_notation(pack: Pack) -> None:
    symbolic = [card for card in pack.cards.values() if card.symbolic]
    here, there = symbols_of(pack, "hub"), symbols_of(pack, "nc")

    assert len(symbolic) >= 10
    assert any(in_notation(card, here) != in_notation(card, there) for card in symbolic)
