"""Problems of one's own as they are typed into the form, in all families."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.core.errors import QuizError
from quizapp.exercises.catalogue import family, family_ids
from quizapp.exercises.generate import generate
from quizapp.exercises.problem import plain
from quizapp.study.folders import folders
from quizapp.study.own import Sheet
from quizapp.study.raw_given import as_typed, example, is_switch, read_raw
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.exercises.family import Given
    from quizapp.exercises.problem import Problem

RAW = [
    (name, given.name)
    for name in family_ids()
    for given in family(name).givens
    if given.kind == "raw"
]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    home = str(tmp_path_factory.mktemp("home"))
    opened = Workspace(folders({"QUIZAPP_HOME": home}))
    yield opened
    opened.close()


def typed(given: Given, value: Any) -> str:
    """A given as a person types it."""
    if given.kind in {"raw", "text"}:
        return as_typed(value)
    value = plain(value)
    if not isinstance(value, list):
        return repr(value)
    if not isinstance(value[0], list):
        return " ".join(map(repr, value))
    if not isinstance(value[0][0], list):
        return "; ".join(" ".join(map(repr, row)) for row in value)
    if isinstance(value[0][0][0], list):
        return json.dumps(value)
    return "\n\n".join("\n".join(" ".join(map(repr, row)) for row in part) for part in value)


def filled(problem: Problem) -> Sheet:
    own = Sheet(problem.family, dict(problem.conventions), problem.decimals)
    for of in problem.family.givens:
        own.texts[of.name] = typed(of, problem.givens[of.name])
    return own


@pytest.mark.parametrize("family_id", family_ids())
def test_every_problem_can_be_typed(workspace: Workspace, family_id: str) -> None:
    of = family(family_id)
    last = {name: values[-1] for name, values in of.conventions.items()}
    for level in (of.levels[0], of.levels[-1]):
        for conventions in ({}, last):
            problem = generate(of, seed=8, level=level, conventions=conventions)
            own = filled(problem)
            assert not any(own.reading(g.name).reason or own.misfit(g.name) for g in of.givens)
            back = own.problem(workspace)
            assert json.dumps(back.as_json()["givens"]) == json.dumps(problem.as_json()["givens"])
            assert back.conventions == problem.conventions


@pytest.mark.parametrize("family_id", family_ids())
@settings(max_examples=6, deadline=None, derandomize=True)
@given(data=st.data())
def test_whatever_is_typed_is_a_problem_or_told(
    workspace: Workspace, family_id: str, data: st.DataObject
) -> None:
    of = family(family_id)
    own = filled(generate(of, seed=8, level=of.levels[0]))
    name = data.draw(st.sampled_from([given.name for given in of.givens]))
    own.texts[name] = data.draw(
        st.text(max_size=8)
        | st.text(alphabet="01 .,;-[]{}\n:a/", max_size=16)
        | st.sampled_from(["[" * 500, "9**9**9", "- a\n- b", "a: 1", "1e999", "&a", "1;\n\n2", "_"])
    )
    own.reading(name)
    own.misfit(name)
    told = ""
    try:
        own.problem(workspace)
    except QuizError as error:
        told = f"{error.where}: {error.message}"
        assert error.where  # noqa: PT017
    assert told.isprintable()


def test_matrices_below_each_other_are_one_given() -> None:
    own = Sheet(family("multi-head"), {}, 3)
    own.texts["W_Q"] = "1 2\n3 4\n \n5 6\n7 8\n"
    assert own.reading("W_Q").value == [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]
    own.texts["W_Q"] = "1 2; 3 4"
    assert own.reading("W_Q").shape == (1, 2, 2)
    own.texts["W_Q"] = "[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]"
    assert own.reading("W_Q").shape == (2, 2, 2)


# Givens that are no table of numbers -------------------------------------------------------


@pytest.mark.parametrize(("family_id", "name"), RAW)
def test_an_example_can_be_typed(family_id: str, name: str) -> None:
    like = example(family(family_id), family(family_id).given_by_name[name])
    assert read_raw(as_typed(like), like) == (like, "")


@pytest.mark.parametrize(
    ("text", "like", "wanted"),
    [
        ("yes", True, True),
        (" No ", True, False),
        ("1", False, True),
        ("ACGT ", "x", "ACGT"),
        ("12", "x", "12"),
        ("a, b;c\nd", ["x"], ["a", "b", "c", "d"]),
        ("24 12 24", ["x"], ["24", "12", "24"]),
        ("[24, 'a b', true]", ["x"], ["24", "a b", True]),
        ("1 2; 3", [[1.0], [2.0]], [[1, 2], [3]]),
        ("1.5 2.5\n3/4", [[1.0], [2.0]], [[1.5, 2.5], [0.75]]),
        ("[[1, 2], [3]]", [[1.0]], [[1, 2], [3]]),
        ("- op: add\n  of: [a, b]", [{"op": "x", "of": ["y"]}], [{"op": "add", "of": ["a", "b"]}]),
        ('{"a": [1, 2]}', {"a": [1]}, {"a": [1, 2]}),
        ("[[[1]], [[1, 2], [3, 4]]]", [[[1.0]]], [[[1]], [[1, 2], [3, 4]]]),
    ],
)
def test_what_is_meant_follows_from_an_example(text: str, like: Any, wanted: Any) -> None:
    assert read_raw(text, like) == (wanted, "")


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("maybe", True),
        ("1 x; 3", [[1.0]]),
        ("[1, 2", [[1.0]]),
        ("[" * 10_000, {}),
        ("{a: 1, a: 2}", {}),
        ("[*a]", ["x"]),
    ],
)
def test_what_cannot_be_read_is_told(text: str, like: Any) -> None:
    value, reason = read_raw(text, like)
    assert value is None
    assert reason[0].isupper() or reason[0] in "'“"
    assert reason.rstrip(")")[-1] in ".0123456789"


def test_only_yes_and_no_is_a_switch() -> None:
    assert is_switch(True)
    assert not any(map(is_switch, [1, "yes", [True], None]))
