"""Solutions on paper: every formula is set, every text is data, the same sheet is the same PDF."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import typst as engine
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.exercises.catalogue import families, family
from quizapp.exercises.generate import generate
from quizapp.exercises.problem import read_problem
from quizapp.exercises.worked import worked
from quizapp.mathtext import latex, typst
from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack
from quizapp.study.export.content import Sheet, sheet
from quizapp.study.export.paper import (
    PaperError,
    _needs_more_fonts,
    pdf,
    pictures,
    typst_source,
)
from quizapp.study.usage import usage

if TYPE_CHECKING:
    from quizapp.exercises.problem import Problem

FACTS = usage(load_pack(shipped_pack()).courses.values(), "hub")
HOSTILE = (
    '#import "@preview/x:1.0.0": * #eval("1") $x^2$ \\ "quotes" // comment /* c */ `raw` ```json '
    "*bold* _em_ <label> @ref 😀 שלום مرحبا E[X] [/foo] } ] ) \\u{41} #pagebreak()"
)
PAGE = """
#set page(width: auto, height: auto)
#for source in json(bytes(sys.inputs.formulas)) {
  math.equation(block: true, eval(source, mode: "math"))
}
"""
DOZEN = [
    "attention", "backprop-hidden", "hopfield-recall", "adam", "conv2d", "lstm-step", "mp-gate",
    "perceptron-learning", "multi-head", "vae-elbo", "wl-test", "activations",
]  # fmt: skip


def drawn(family_id: str, level: int = 2) -> Problem:
    return generate(family(family_id), seed=7, level=level)


def test_every_formula_of_every_family_is_set() -> None:
    """Formulas, substitutions and symbols of all levels, in one document."""
    sources: dict[str, str] = {}
    for of in families():
        sources |= {typst(given.symbol): f"{of.id}: {given.name}" for given in of.givens}
        for level in of.levels:
            for line in worked(generate(of, seed=11, level=level)):
                for source in (line.formula, *(work.latex for work in line.work)):
                    assert latex(source)
                    sources[typst(source)] = f"{of.id}: {line.step.name}: {source}"
    assert len(sources) > 3_000
    if not is_set(list(sources)):
        assert [name for source, name in sources.items() if not is_set([source])] == []


def is_set(sources: list[str]) -> bool:
    """Whether Typst sets these formulas."""
    inputs = {"formulas": json.dumps(sources)}
    try:
        engine.compile(PAGE.encode(), sys_inputs=inputs, ignore_system_fonts=True)
    except engine.TypstError:
        return False
    return True


@pytest.mark.parametrize("family_id", DOZEN)
def test_solutions_are_set(family_id: str) -> None:
    pages = pictures(sheet(drawn(family_id), FACTS), ppi=20)
    assert 1 <= len(pages) <= 4
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_the_page_is_a4_and_knows_no_date() -> None:
    content = pdf(sheet(drawn("attention"), FACTS))
    assert content.startswith(b"%PDF-")
    assert {bytes(box) for box in re.findall(rb"/MediaBox ?\[([^\]]*)\]", content)} == {
        b"0 0 595.2756 841.8898"
    }
    assert b"CreationDate" not in content


def test_the_same_sheet_is_the_same_pdf() -> None:
    first, second = (pdf(sheet(drawn("backprop-hidden"), FACTS)) for _ in range(2))
    assert first == second


def hostile() -> Sheet:
    """A sheet in which every text is out to be more than text."""
    of = sheet(drawn("hopfield-recall", 1), FACTS, title=HOSTILE, note=HOSTILE)
    lines = tuple(
        replace(
            line,
            title=HOSTILE,
            others=tuple(replace(one, words=HOSTILE, remark=HOSTILE) for one in line.others),
            pieces=tuple(
                replace(piece, labels=(HOSTILE,) * len(piece.labels)) for piece in line.pieces
            ),
        )
        for line in of.lines
    )
    givens = tuple(
        replace(one, about=HOSTILE, text=one.text and HOSTILE.replace("\\", ""))
        for one in of.givens
    )
    return replace(of, task=HOSTILE, conventions=(HOSTILE,), lines=lines, givens=givens)


def test_hostile_texts_are_set_as_texts() -> None:
    assert pdf(hostile())


def data_of(source: str) -> dict[str, object]:
    """What a document of its own reads as its data."""
    found = engine.query(f"{source}\n#metadata(sheet) <all>".encode(), "<all>", field="value")
    (read,) = json.loads(found)
    assert isinstance(read, dict)
    return read


def test_a_source_stands_alone_and_keeps_every_text() -> None:
    read = data_of(typst_source(hostile()))
    assert read["title"] == HOSTILE
    assert read["conventions"] == [HOSTILE]
    assert read["note"] == [HOSTILE]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=12, deadline=None)
def test_any_title_reaches_the_source_as_it_is(text: str) -> None:
    of = replace(sheet(drawn("squared-error", 1)), title=text)
    assert data_of(typst_source(of))["title"] == text


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("Keep 3 decimals − ½ · ∂𝔼/∂w ≤ δ Ж é", False),
        ("神", True), ("שלום", True), ("مرحبا", True), ("😀", True),
    ],
)  # fmt: skip
def test_other_fonts_are_used_only_where_a_script_needs_them(text: str, needed: bool) -> None:
    assert _needs_more_fonts(text) is needed


def test_nothing_but_the_data_differs_between_sources() -> None:
    first, second = (typst_source(sheet(drawn(name))) for name in ("attention", "adam"))
    frame = re.compile(r"```json\n.*?\n```", re.DOTALL)
    assert frame.sub("", first, count=1) == frame.sub("", second, count=1)
    assert "import" not in frame.sub("", first, count=1)
    assert "@preview" not in first


def test_a_long_computation_is_set() -> None:
    numbers = [[(7 * n + m) % 5 - 2 for n in range(20)] for m in range(30)]
    long = {"family": "attention", "givens": {"Q": numbers, "K": numbers, "V": numbers}}
    assert len(pictures(sheet(read_problem(long)), ppi=10)) > 3


def test_without_typst_there_is_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(PaperError, match="pip install typst"):
        pdf(sheet(drawn("attention")))
