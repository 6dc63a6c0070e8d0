"""Solutions as Markdown: read by eye once, and free of what Markdown would take for its own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.exercises.catalogue import families, family
from quizapp.exercises.generate import generate
from quizapp.exercises.problem import read_problem
from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack
from quizapp.study.export.content import sheet
from quizapp.study.export.markdown import escaped, markdown
from quizapp.study.usage import usage

FACTS = usage(load_pack(shipped_pack()).courses.values(), "hub")


SQUARED = r"""# Squared error and its gradient

Compute the squared error of the outputs z with the targets t, and its gradient with respect to z. Keep 3 decimals on every line.

## Given

outputs: $z = \begin{bmatrix} 0.8 & 2 \end{bmatrix}$

targets: $t = \begin{bmatrix} 0.5 & 1 \end{bmatrix}$

## Convention

- squared error with 1/2 (NNt)

## Solution
"""  # noqa: E501


def written(family_id: str, level: int = 1) -> str:
    return markdown(sheet(generate(family(family_id), seed=7, level=level), FACTS))


def test_the_problem_stands_first() -> None:
    problem = read_problem(
        {"family": "squared-error", "givens": {"z": [0.8, 2.0], "t": [0.5, 1.0]}}
    )
    assert markdown(sheet(problem, FACTS)).startswith(SQUARED)


def test_a_line_has_formula_numbers_value_and_the_other_convention() -> None:
    text = written("l2-step")
    start = text.index("### 2. ")
    step = text[start : text.index("### 3. ")]
    blocks = step.strip().split("\n\n")
    assert blocks[1].startswith("$$\n")
    assert re.fullmatch(r"- \$.* = [0-9.]+\$", blocks[2])
    assert blocks[3] == "Under another convention:"
    assert re.fullmatch(r"- penalty with factor λ/2 \(ECE 493\): \$[0-9.]+\$", blocks[4])


def test_the_steps_of_a_loop_are_a_table() -> None:
    lines = written("hopfield-recall").splitlines()
    at = lines.index("### 2. New state")
    table = [line for line in lines[at:] if line.startswith("|")]
    assert table[0].startswith("|   | 1 | 2 | ")
    assert set(table[1]) == set("| -")
    assert table[2].startswith("| t=1 unit ")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a*b_c", r"a\*b\_c"),
        ("# no heading", r"\# no heading"),
        ("- no item", r"\- no item"),
        ("1. no item", r"1\. no item"),
        ("+ no item", r"\+ no item"),
        ("$x$", r"\$x\$"),
        ("[a](b) <c> `d` ~e~ | \\", r"\[a\](b) \<c\> \`d\` \~e\~ \| \\"),
        ("one\n\ntwo", "one two"),
        ("&amp;", r"\&amp;"),
        ("plain: 3.5 (x)", "plain: 3.5 (x)"),
    ],
)
def test_text_is_text(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_stays_on_its_line_and_marks_up_nothing(text: str) -> None:
    line = escaped(text)
    assert "\n" not in line
    assert re.sub(r"\\(.)", r"\1", line) == " ".join(text.split())
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`<\[\]|$~#]", line)
    assert not re.match(r"\s*(?:[-+=]|[0-9]+[.)])", line)


@pytest.mark.parametrize("family_id", [of.id for of in families()])
def test_every_solution_is_markdown_with_formulas_in_dollars(family_id: str) -> None:
    for level in family(family_id).levels:
        text = written(family_id, level)
        assert text.endswith("\n")
        assert "\n\n\n" not in text
        display = re.findall(r"^\$\$\n(.*?)\n\$\$$", text, re.MULTILINE | re.DOTALL)
        rest = re.sub(r"^\$\$\n.*?\n\$\$$", "", text, flags=re.MULTILINE | re.DOTALL)
        inline = re.findall(r"(?<!\\)\$([^$\n]*)\$", rest)
        outside = re.sub(r"(?<!\\)\$[^$\n]*\$", "", rest)
        assert len(display) + len(inline) > 2
        assert "$" not in outside.replace(r"\$", "")
        for formula in [*display, *inline]:
            assert formula == formula.strip()
            assert formula
            bare = re.sub(r"\\\\$", "", formula, flags=re.MULTILINE)
            assert not re.search(r"\\[^A-Za-z]", bare)
        assert all("\n" not in formula for formula in inline)
        for number in range(1, len(family(family_id).steps) + 1):
            assert f"\n### {number}. " in text
