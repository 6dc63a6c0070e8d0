"""Malformed problems and answers of every family: a sentence that names the place, or a solution.

The first part is a table of mistakes that people make; the second takes valid problems and
changes them at random.
"""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.core.errors import QuizError
from quizapp.exercises.catalogue import family
from quizapp.exercises.grading import as_json, mark
from quizapp.exercises.problem import Problem, plain, read_problem
from quizapp.exercises.worked import worked
from tests.exercises.variants import IDS, drawn

BOND = [[0, 1], [1, 0]]
LONELY = [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
LOOPED = [[1, 1, 0], [1, 0, 1], [0, 1, 0]]
ONE_WAY = [[0, 1, 0], [0, 0, 1], [0, 1, 0]]
PATH = [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
ROWS3 = [[1, 0], [0, 1], [1, 1]]

# Family, the givens that are changed in a generated problem, the given that is to blame.
MALFORMED: list[tuple[str, dict[str, Any], str]] = [
    ("mha-params", {"bias": "yes"}, "bias"),
    ("mha-params", {"bias": 2}, "bias"),
    ("mha-params", {"H": 0}, "H"),
    ("mha-params", {"d_model": 1e300}, "d_model"),
    ("dense-params", {"bias": "no"}, "bias"),
    ("conv-params", {"bias": [True]}, "bias"),
    ("vit-tokens", {"H": 30, "W": 32, "P": 16}, "P"),
    ("vit-tokens", {"bias": None}, "bias"),
    ("add-norm", {"x": [[1, 2]], "sublayer": [[2, 1]], "gamma": [1, 1], "beta": [0, 0]}, "eps"),
    ("layer-norm", {"X": [[3, 3]], "gamma": [1, 1], "beta": [0, 0], "eps": 0}, "X"),
    ("nt-xent", {"Z": ROWS3}, "Z"),
    ("nt-xent", {"tau": 0}, "tau"),
    ("clip-loss", {"images": [[0, 0], [1, 1]], "texts": [[1, 0], [0, 1]]}, "images"),
    ("pe-dot", {"d": 3}, "d"),
    ("positional-encoding", {"d": 3}, "d"),
    ("positional-encoding", {"d": 1e300}, "d"),
    ("positional-encoding", {"d": -2}, "d"),
    ("stdp", {"amount": -1}, "amount"),
    ("gcn-layer", {"A": ONE_WAY, "H": ROWS3, "W": [[1, 1]]}, "A"),
    ("gcn-layer", {"A": LOOPED, "H": ROWS3, "W": [[1, 1]]}, "A"),
    ("graph-readout", {"A": LONELY, "H": ROWS3}, "A"),
    ("onehot-flatten", {"sequence": "ACGX", "alphabet": "ACGT"}, "sequence"),
    ("onehot-flatten", {"sequence": ""}, "sequence"),
    ("onehot-flatten", {"sequence": 7}, "sequence"),
    ("onehot-flatten", {"alphabet": "AACG"}, "alphabet"),
    ("onehot-flatten", {"alphabet": ["A", "C"]}, "alphabet"),
    ("backprop-softmax", {"X": [[1, 2]], "W": BOND, "b": [0, 0], "t": [2]}, "t"),
    ("backprop-softmax", {"X": [[1, 2]], "W": BOND, "b": [0, 0], "t": [-1]}, "t"),
    ("unit-backprop", {"w": [1, 2], "x": [1, 2]}, "w"),
    ("l1-step", {"lam": -1}, "lam"),
    ("l1-step", {"eta": -0.5}, "eta"),
    ("early-stopping", {"patience": 0}, "patience"),
    ("fairness-gaps", {"tables": [[0, 5, 0, 5], [1, 1, 1, 1]]}, "tables"),
    ("fairness-gaps", {"tables": [[1, -1, 1, 1], [1, 1, 1, 1]]}, "tables"),
    ("dp-bound", {"p": 1.1}, "p"),
    ("dp-bound", {"epsilon": -1}, "epsilon"),
    ("adversarial-step", {"grad": [0, 0], "x": [1, 2], "norm": "l2"}, "grad"),
    ("lstm-step", {"x": [1, 2, 3]}, "W_f"),
    ("mp-gate", {"kinds": ["excitatory", "other"]}, "kinds"),
    ("polygon-net", {"vertices": [[0, 0], [1e300, 0], [0, 1]]}, "vertices"),
    ("scaling-target", {"ratio": 1e-300}, "ratio"),
    ("hopfield-recall", {"sweeps": [[1, 99]]}, "sweeps"),
    ("hopfield-recall", {"sweeps": [[1.5]]}, "sweeps"),
    ("hopfield-recall", {"sweeps": "1 2 3"}, "sweeps"),
    ("dropout", {"p": 1}, "p"),
    ("batch-norm", {"eps": -1}, "eps"),
    ("activations", {"f": "softplus"}, "f"),
    ("activations", {"x": [[1]]}, "x"),
    ("attention", {"Q": [[1, 2, 3]]}, "K"),
]  # fmt: skip


def raw_problem(family_id: str, level: int, variant: int = 0) -> dict[str, Any]:
    """A valid problem as a file holds it."""
    problem: dict[str, Any] = json.loads(json.dumps(drawn(family_id, level, variant).as_json()))
    return problem


@pytest.mark.parametrize(
    ("family_id", "changes", "where"),
    MALFORMED,
    ids=[f"{name}-{'-'.join(changes)}-{n}" for n, (name, changes, _) in enumerate(MALFORMED)],
)
def test_a_given_that_makes_no_sense_is_named(
    family_id: str, changes: dict[str, Any], where: str
) -> None:
    raw = raw_problem(family_id, family(family_id).levels[0])
    raw["givens"] |= changes
    with pytest.raises(QuizError) as caught:
        read_problem(raw).solve()
    assert caught.value.where == where
    assert f"'{where}'" in caught.value.message
    assert_one_short_sentence(caught.value)


def assert_one_short_sentence(error: QuizError) -> None:
    assert error.message[-1] in ".?!"
    assert error.message.isprintable()
    assert len(error.message) < 500


SOLVED: list[tuple[str, dict[str, Any]]] = [
    ("message-passing", {"A": LONELY, "H": ROWS3, "M": [[1, 0]], "U": [[1, 1, 1]]}),
    ("stdp", {"amount": 1}),
    ("mha-params", {"bias": 1}),
    ("mha-params", {"bias": False}),
    ("onehot-flatten", {"sequence": "aab", "alphabet": "ab"}),
    ("gcn-layer", {"A": PATH, "H": ROWS3, "W": [[1, 1]]}),
]


@pytest.mark.parametrize(("family_id", "changes"), SOLVED)
def test_what_only_looks_odd_is_solved(family_id: str, changes: dict[str, Any]) -> None:
    raw = raw_problem(family_id, family(family_id).levels[0])
    raw["givens"] |= changes
    assert read_problem(raw).solve()


# At random ---------------------------------------------------------------------------------

NUMBERS = [0, -1, 1, 2, 3, 7, 0.5, -0.5, -0.0, 1e-9, 1e-300, 1e9, 1e154, -1e300, 10**30, 10**299]
ODD: list[Any] = [
    True, False, None, "", "0", "yes", "9**9**9", "__import__('os')", "x" * 1_000, "\x1b[31m",
    [], [[]], {}, {"a": 1}, [None], ["x"], [[1, 2], [3]], [[1, 2], [3, 4]], [1, 2, 3], [[[1]]],
    [[[[[[1]]]]]], [1] * 10_001, [[1] * 1_500] * 2, float("nan"), float("inf"),
]  # fmt: skip
VALUES = st.sampled_from(NUMBERS) | st.sampled_from(ODD)
JSON = st.recursive(
    VALUES | st.integers(-4, 4) | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


def leaves(value: Any, path: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    if not isinstance(value, list):
        return [path]
    return [found for n, entry in enumerate(value) for found in leaves(entry, (*path, n))]


def put(value: Any, path: tuple[int, ...], new: Any) -> Any:
    if not path:
        return new
    value[path[0]] = put(value[path[0]], path[1:], new)
    return value


def reshaped(value: Any, how: int) -> Any:
    if not isinstance(value, list):
        return [value]
    match how:
        case 0:
            return value[:-1]
        case 1:
            return [*value, copy.deepcopy(value[0])] if value else [1]
        case 2:
            return [value]
        case 3:
            return value[0] if value else value
        case 4 if value and all(isinstance(row, list) for row in value):
            return [list(column) for column in zip(*value, strict=False)]
        case 5 if value and isinstance(value[0], list):
            return [[*value[0], 1], *value[1:]]
    return value[::-1]


@st.composite
def changed(draw: st.DrawFn, family_id: str) -> dict[str, Any]:
    """A valid problem with something wrong, or merely different, in it."""
    of = family(family_id)
    raw = raw_problem(family_id, draw(st.sampled_from(of.levels)), draw(st.integers(0, 2)))
    givens = raw["givens"]
    name = draw(st.sampled_from(sorted(givens)))
    match draw(st.integers(0, 9)):
        case 0:
            del givens[name]
        case 1:
            givens[draw(st.sampled_from(["nosuch", "", name + "x", "\x1b[31m"]))] = givens.pop(name)
        case 2:
            givens[name] = draw(JSON)
        case 3:
            givens[name] = reshaped(givens[name], draw(st.integers(0, 6)))
        case 4:
            field = draw(st.sampled_from(["conventions", "decimals", "seed", "level", "printed"]))
            raw[field] = draw(JSON)
        case 5 if of.conventions:
            convention = draw(st.sampled_from(sorted(of.conventions)))
            raw["conventions"][convention] = draw(
                st.sampled_from(of.conventions[convention]) | VALUES
            )
        case _:
            for path in leaves(givens[name])[: draw(st.integers(1, 3))]:
                givens[name] = put(givens[name], path, draw(st.sampled_from(NUMBERS) | VALUES))
    return raw


def answers(family_id: str) -> st.SearchStrategy[dict[str, Any]]:
    steps = sorted(family(family_id).by_name)
    typed = JSON | st.sampled_from(["1 2; 3 4", "1,234", "(" * 2_000, "√-1", "1/0", "[1, [2]]"])
    return st.dictionaries(st.sampled_from(steps), typed, max_size=3)


def solvable(raw: dict[str, Any]) -> Problem | QuizError:
    try:
        problem = read_problem(raw)
        problem.solve()
    except QuizError as error:
        return error
    return problem


PLACES = {"family", "givens", "conventions", "decimals", "seed", "level", "printed", "version"}


@pytest.mark.parametrize("family_id", IDS)
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_any_problem_is_solved_or_refused_with_its_place(
    family_id: str, data: st.DataObject
) -> None:
    problem = solvable(data.draw(changed(family_id)))
    if isinstance(problem, QuizError):
        assert_one_short_sentence(problem)
        place = (problem.where or "").partition(".")[0]
        known = PLACES | set(family(family_id).given_by_name)
        assert place in known, (place, problem.message)
        return
    values = problem.solve()
    handed_in = data.draw(answers(family_id))
    json.dumps(as_json(mark(problem, handed_in)), allow_nan=False)
    right = mark(problem, {name: plain(value) for name, value in values.items()})
    assert right.score == 1.0
    worked(problem)
    assert read_problem(json.loads(json.dumps(problem.as_json()))).as_json() == problem.as_json()
