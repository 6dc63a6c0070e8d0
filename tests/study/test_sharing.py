"""Problems as files: what is written is the same problem when it is read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.core.errors import QuizError
from quizapp.exercises.catalogue import family, family_ids
from quizapp.exercises.generate import generate
from quizapp.exercises.problem import Problem, plain, read_problem
from quizapp.exercises.scoring import SchemeError
from quizapp.packs.strict_yaml import parse
from quizapp.study.sharing import (
    Shared,
    as_data,
    as_json_text,
    as_yaml,
    read_shared,
    scheme_from_text,
    scheme_text,
    told,
)

ATTENTION: dict[str, Any] = {
    "family": "attention",
    "givens": {"Q": [[1, 0], [0, 1]], "K": [[1, 1], [0, 1]], "V": [[2, -1], [1, 0.25]]},
}
SCHEME = {"weights": 2, "output": 1.5}


def from_yaml(text: str) -> Shared:
    return read_shared(parse(text.encode(), "f.yaml").tree)


def same(a: Problem, b: Problem) -> bool:
    drawn = ("seed", "variant", "level")
    one, other = ({k: v for k, v in p.as_json().items() if k not in drawn} for p in (a, b))
    return json.dumps(one) == json.dumps(other)


def drawn(family_id: str, seed: int, level: int) -> Problem:
    levels = family(family_id).levels
    return generate(family(family_id), seed=seed, level=levels[level % len(levels)])


@given(st.sampled_from(family_ids()), st.integers(0, 2**32), st.integers(0, 2), st.text())
@settings(max_examples=250, deadline=None)
def test_every_problem_comes_back_from_yaml_and_json(
    family_id: str, seed: int, level: int, title: str
) -> None:
    problem = drawn(family_id, seed, level)
    shared = read_shared({"title": title[:100], "note": title}, lambda _: problem)
    for back in (from_yaml(as_yaml(shared)), read_shared(json.loads(as_json_text(shared)))):
        assert same(back.problem, problem)
        assert (back.title, back.note) == (shared.title, shared.note)


@pytest.mark.parametrize("family_id", family_ids())
def test_every_family_comes_back_under_all_its_conventions(family_id: str) -> None:
    of = family(family_id)
    last = {name: values[-1] for name, values in of.conventions.items()}
    problem = generate(of, seed=4, level=of.levels[-1], conventions=last)
    scheme = {of.steps[0].name: 2.5, of.steps[-1].name: 0}
    text = as_yaml(Shared(problem, "A title", "A note: with 'signs'\n- and a line", scheme))
    back = from_yaml(text)
    assert same(back.problem, problem)
    assert (back.title, dict(back.scheme)) == ("A title", scheme)
    assert back.note == "A note: with 'signs'\n- and a line"
    values = back.problem.solve()
    for name, value in problem.solve().items():
        assert repr(plain(values[name])) == repr(plain(value))


def test_the_file_is_one_that_people_like_to_read() -> None:
    text = as_yaml(Shared(read_problem(ATTENTION), "Sheet 5", "From the lecture.", SCHEME))
    assert text == (
        "# A problem for quizapp; `quizapp practice` with the name of this file works on it.\n"
        "title: Sheet 5\n"
        "family: attention\n"
        "givens:\n"
        f"  Q:  # {family('attention').given_by_name['Q'].about}\n"
        "    - [1, 0]\n"
        "    - [0, 1]\n"
        f"  K:  # {family('attention').given_by_name['K'].about}\n"
        "    - [1, 1]\n"
        "    - [0, 1]\n"
        f"  V:  # {family('attention').given_by_name['V'].about}\n"
        "    - [2,   -1]\n"
        "    - [1, 0.25]\n"
        "decimals: 3\n"
        "scheme:\n"
        "  weights: 2\n"
        "  output: 1.5\n"
        "note: From the lecture.\n"
    )


def test_json_has_a_line_for_each_given() -> None:
    lines = as_json_text(Shared(read_problem(ATTENTION))).splitlines()
    assert '    "Q": [[1, 0], [0, 1]],' in lines


def test_nothing_stands_in_the_file_that_does_not_matter() -> None:
    problem = generate(family("softmax"), seed=1)
    assert list(as_data(Shared(problem))) == ["family", "givens", "conventions", "decimals"]


def test_what_a_problem_states_as_binding_is_kept() -> None:
    raw = {"family": "softmax", "givens": {"z": [1, 2]}, "printed": ["softmax_shift"]}
    assert from_yaml(as_yaml(read_shared(raw))).problem.printed == {"softmax_shift"}


def test_a_negative_zero_keeps_its_sign() -> None:
    raw = {"family": "softmax", "givens": {"z": [-0.0, 0.0, 2.0]}}
    back = from_yaml(as_yaml(read_shared(raw)))
    assert repr(plain(back.problem.givens["z"])) == "[-0.0, 0.0, 2.0]"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"title": 5}, "title"),
        ({"title": "x" * 200}, "title"),
        ({"note": ["a"]}, "note"),
        ({"note": "x" * 5_000}, "note"),
        ({"scheme": [1]}, "scheme"),
        ({"scheme": {"nosuch": 1}}, "scheme"),
        ({"scheme": {"output": -1}}, "scheme.output"),
        ({"scheme": {"output": 10**299}}, "scheme.output"),
        ({"titel": "a"}, "titel"),
        ({"givens": {}}, "Q"),
    ],
)
def test_a_fault_is_told_with_its_place(change: dict[str, Any], where: str) -> None:
    with pytest.raises(QuizError) as caught:
        read_shared({**ATTENTION, **change})
    assert caught.value.where == where


def test_an_unknown_field_is_told_with_the_one_that_was_meant() -> None:
    with pytest.raises(QuizError, match=r"no field 'titel'; did you mean 'title'\?"):
        read_shared({**ATTENTION, "titel": "a"})


@pytest.mark.parametrize("raw", [None, [], "attention", 1])
def test_what_is_no_problem_is_refused(raw: Any) -> None:
    with pytest.raises(QuizError):
        read_shared(raw)


def test_text_is_cleaned_of_what_a_terminal_would_obey() -> None:
    shared = read_shared({**ATTENTION, "title": " a\x1b[31m\u202e\n b ", "note": "c\x07\u2028d"})
    assert (shared.title, shared.note) == ("a[31m b", "c d")


def test_title_and_note_stand_above_the_problem() -> None:
    problem = read_problem(ATTENTION)
    assert told(Shared(problem), 20) == []
    assert told(Shared(problem, "T"), 20) == ["T", ""]
    lines = told(Shared(problem, "T", "one two three four five six\n\nseven"), 20)
    assert lines == ["T", "", "one two three four", "five six", "", "seven", ""]


def test_points_are_typed_one_for_each_line() -> None:
    of = family("attention")
    assert scheme_from_text(of, "  ") == {}
    scheme = scheme_from_text(of, "1 2 0.5 _")
    assert scheme == {"scores": 1, "scaled": 2, "weights": 0.5, "output": 1}
    assert scheme_text(of, scheme) == "1 2 0.5 1"
    assert scheme_text(of, {}) == ""
    for text in ("1 2", "a b c d", "1 2 3 -4", "9**9**9", "1 2 3 1e300"):
        with pytest.raises(SchemeError):
            scheme_from_text(of, text)


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_any_points_are_a_scheme_or_an_error(text: str) -> None:
    where = "scheme"
    scheme: dict[str, float] = {}
    try:
        scheme = scheme_from_text(family("attention"), text)
    except SchemeError as error:
        where = error.where or ""
    assert where.startswith("scheme")
    assert not scheme or list(scheme) == list(family("attention").by_name)
