from __future__ import annotations

import itertools
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.core.errors import QuizError
from quizapp.core.verdicts import Verdict
from quizapp.exercises.catalogue import family
from quizapp.exercises.family import Given, Slip, Step
from quizapp.exercises.generate import generate
from quizapp.exercises.grading import as_json, mark
from quizapp.exercises.graph import Undefined, evaluate
from quizapp.exercises.problem import Problem, plain
from tests.exercises import nested
from tests.exercises.small_families import CHAIN, declared, posed
from tests.exercises.variants import IDS, drawn, existing
from tests.exercises.variants import settings as settings_of

NUMBERS = posed(CHAIN, a=[1, 3])
RIGHT = {"double": [2, 6], "moved": [3, 7], "total": 10}


def verdicts(answers: dict[str, Any], problem: Any = NUMBERS) -> list[str]:
    return [line.verdict.value for line in mark(problem, answers).lines]


def slips(answers: dict[str, Any], step: str, problem: Any = NUMBERS) -> list[str]:
    return [slip.name for slip in mark(problem, answers).line(step).slips]


# States ------------------------------------------------------------------------------------


def test_nothing_is_blank() -> None:
    assert verdicts({}) == ["blank"] * 3


def test_the_right_lines_are_correct() -> None:
    assert verdicts(RIGHT) == ["correct"] * 3


def test_a_line_that_follows_from_a_wrong_one_is_carried() -> None:
    assert verdicts({"double": [2, 7], "moved": [3, 8], "total": 11}) == [
        "wrong", "carried", "carried",
    ]  # fmt: skip


def test_a_right_line_below_a_wrong_one_is_correct() -> None:
    assert verdicts({**RIGHT, "double": [2, 7]}) == ["wrong", "correct", "correct"]


def test_nothing_is_carried_where_no_line_is_astray() -> None:
    thirds = posed(CHAIN, a=[1 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3], decimals=1)
    answers = {"double": [0.8] * 6, "moved": [1.8] * 6, "total": 10.8}
    assert "carried" not in verdicts(answers, thirds)


def test_what_cannot_be_read_is_invalid_and_says_why() -> None:
    line = mark(NUMBERS, {"double": "2 six"}).line("double")
    assert line.verdict is Verdict.INVALID
    assert line.reason


def test_an_unfinished_line_is_blank_as_long_as_it_is_right() -> None:
    assert verdicts({"double": [2, None]})[0] == "blank"
    assert verdicts({"double": [9, None]})[0] == "wrong"


def test_blank_cells_are_filled_in_to_go_on_from() -> None:
    assert verdicts({"double": [2, None], "moved": [3, 7]})[1] == "correct"


def test_wrong_entries_are_told_one_by_one() -> None:
    line = mark(NUMBERS, {"double": [2, 7]}).line("double")
    assert line.cells is not None
    assert line.cells.tolist() == [True, False]


# Slips -------------------------------------------------------------------------------------


def test_a_slip_is_named_on_its_line_and_costs_that_line() -> None:
    answers = {"double": [2, 6], "moved": [1, 5], "total": 6}
    assert verdicts(answers) == ["correct", "slip", "carried"]
    assert slips(answers, "moved") == ["moved-back"]


def test_a_slip_is_named_on_top_of_another() -> None:
    answers = {"double": [3, 9], "moved": [2, 8], "total": 10}
    assert slips(answers, "double") == ["tripled"]
    assert slips(answers, "moved") == ["moved-back"]


def test_a_slip_is_named_on_top_of_a_wrong_line() -> None:
    assert slips({"double": [5, 5.5], "moved": [4, 4.5]}, "moved") == ["moved-back"]


def test_slips_that_coincide_are_named_together() -> None:
    threes = posed(CHAIN, a=[3, 3])
    assert slips({"double": [9, 9]}, "double", threes) == ["tripled", "squared"]


def test_one_slip_above_is_found_from_the_final_line() -> None:
    line = mark(NUMBERS, {"total": 14}).line("total")
    assert [slip.name for slip in line.slips] == ["tripled"]
    assert line.inferred


def test_two_slips_above_are_found_where_one_does_not_do() -> None:
    line = mark(posed(CHAIN, a=[1, 5]), {"total": 24}).line("total")
    assert [slip.name for slip in line.slips] == ["squared", "moved-back"]
    assert line.inferred


def test_slips_above_are_not_named_where_several_fit() -> None:
    threes = posed(CHAIN, a=[3, 3])
    line = mark(threes, {"total": 20}).line("total")
    assert line.verdict is Verdict.WRONG


def test_a_slip_on_a_line_with_few_values_is_only_what_one_gets_if() -> None:
    of = declared(
        [Given("a", "a", "a number")],
        [Step("s", "s", "s", lambda a: 1 if a > 0 else -1, kind="sign", final=True)],
        [Slip("turned", "s", lambda a: -1 if a > 0 else 1, "The sign is turned.")],
    )
    line = mark(posed(of, a=2), {"s": -1}).line("s")
    assert line.verdict is Verdict.SLIP
    assert line.inferred


def test_a_slip_may_change_the_shape_of_what_follows() -> None:
    of = declared(
        [Given("a", "a", "numbers", "n")],
        [
            Step("ends", "Ends", "e", lambda a: a[[0, -1]]),
            Step("twice", "Twice", "2e", lambda ends: 2 * ends, final=True),
        ],
        [Slip("all", "ends", lambda a: a, "Only the ends.")],
    )
    answers = {"ends": [1, 2, 3], "twice": [2, 4, 6]}
    assert verdicts(answers, posed(of, a=[1, 2, 3])) == ["slip", "carried"]


def test_a_rule_without_a_value_at_the_students_numbers_proves_nothing() -> None:
    of = declared(
        [Given("a", "a", "a number")],
        [
            Step("x", "x", "x", lambda a: a + 1),
            Step("y", "y", "y", lambda x: 1.0 / float(x), final=True),
        ],
    )
    marking = mark(posed(of, a=1), {"x": 0, "y": 0.5})
    assert [line.verdict.value for line in marking.lines] == ["wrong", "correct"]


# Conventions -------------------------------------------------------------------------------


def test_another_convention_is_named_and_followed() -> None:
    answers = {"double": [2, 6], "moved": [12, 16], "total": 28}
    marking = mark(NUMBERS, answers)
    assert [line.verdict.value for line in marking.lines] == ["correct", "convention", "carried"]
    assert marking.line("moved").convention == {"by": "ten"}


def test_another_convention_is_found_from_the_final_line() -> None:
    line = mark(NUMBERS, {"total": 28}).line("total")
    assert line.convention == {"by": "ten"}


def test_single_conventions_come_before_combinations() -> None:
    of = declared(
        [Given("a", "a", "a number")],
        [Step("y", "y", "y", lambda a, p, q: a + int(p) + int(q), final=True)],
        conventions={"p": ("0", "1"), "q": ("0", "1", "2")},
    )
    assert mark(posed(of, a=5), {"y": 7}).line("y").convention == {"q": "2"}
    assert mark(posed(of, a=5), {"y": 8}).line("y").convention == {"p": "1", "q": "2"}


def test_convention_and_slip_are_both_told() -> None:
    of = declared(
        [Given("a", "a", "a number")],
        [Step("y", "y", "y", lambda a, sign: a if sign == "plus" else -a, final=True)],
        [Slip("turned", "y", lambda a: -a, "The sign is turned.")],
        conventions={"sign": ("plus", "minus")},
    )
    line = mark(posed(of, a=2), {"y": -2}).line("y")
    assert line.verdict is Verdict.CONVENTION
    assert [slip.name for slip in line.slips] == ["turned"]


def test_an_answer_may_have_the_shape_of_another_convention() -> None:
    of = declared(
        [Given("a", "a", "numbers", "n")],
        [Step("y", "y", "y", lambda a, ends: a if ends == "with" else a[1:-1], final=True)],
        conventions={"ends": ("with", "without")},
    )
    assert verdicts({"y": [2]}, posed(of, a=[1, 2, 3])) == ["convention"]


# No free lunch -----------------------------------------------------------------------------


@pytest.mark.parametrize("value", [0, 7])
def test_a_line_of_equal_numbers_carries_nothing_on(value: int) -> None:
    answers = {"double": [value] * 2, "moved": [value + 1] * 2}
    assert verdicts(answers)[:2] == ["wrong", "wrong"]


def test_an_attempt_of_one_number_carries_nothing_on() -> None:
    of = declared(
        [Given("a", "a", "a number")],
        [
            Step("x", "x", "x", lambda a: 2 * a),
            Step("y", "y", "y", lambda x: x, final=True),
        ],
    )
    assert verdicts({"x": 1, "y": 1}, posed(of, a=3)) == ["wrong", "wrong"]
    assert verdicts({"x": 5, "y": 5}, posed(of, a=3)) == ["wrong", "wrong"]


@pytest.mark.parametrize("family_id", IDS)
@pytest.mark.parametrize("value", [0.0, 1.0])
def test_who_writes_one_number_everywhere_earns_what_is_right_by_chance(
    family_id: str, value: float
) -> None:
    unearned = []
    for level in family(family_id).levels:
        for variant in range(4):
            problem = drawn(family_id, level, variant)
            if comes_about(problem, value):
                continue
            filled = {n: nested.each(v, lambda _: value) for n, v in problem.solve().items()}
            unearned.append(mark(problem, filled).score - by_chance(problem, value))
    assert not unearned or np.mean(unearned) <= 0.15


def comes_about(problem: Problem, value: float) -> bool:
    """Whether a convention, a slip or two slips give this number on every line."""
    slips = existing(problem)
    ways: list[tuple[dict[str, str], tuple[Slip, ...]]]
    ways = [(setting, ()) for setting in settings_of(problem.family)]
    ways += [({}, several) for n in (1, 2) for several in itertools.combinations(slips, n)]
    for setting, several in ways:
        env = {**problem.env, **setting}
        try:
            lines = evaluate(problem.family, env, replaced={s.step: s.rule for s in several})
        except Undefined:
            continue
        same = [nested.alike(x, nested.each(x, lambda _: value), 0.0, 1e-3) for x in lines.values()]
        if all(same):
            return True
    return False


def by_chance(problem: Problem, value: float) -> float:
    """The share of the lines, or of the rows of a loop, in which this number is the right one."""
    shares = []
    for step in problem.family.steps:
        truth = problem.solve()[step.name]
        rows = truth if step.loop else [truth]
        right = [nested.alike(row, nested.each(row, lambda _: value), 0.0, 1e-3) for row in rows]
        shares.append(np.mean(right))
    return float(np.mean(shares))


# Properties --------------------------------------------------------------------------------

ENTRY = st.one_of(st.none(), st.integers(-9, 9), st.floats(-9, 9), st.text(max_size=3))
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "scores": st.lists(st.lists(ENTRY, min_size=2, max_size=2), min_size=2, max_size=2),
        "scaled": st.lists(st.lists(ENTRY, min_size=2, max_size=2), min_size=2, max_size=2),
        "weights": st.text(alphabet="0123456789.,;/- \n[]", max_size=20),
        "output": ENTRY | st.lists(ENTRY, max_size=3),
    },
)
ATTENTION = drawn("attention", 1, 0)


@given(ANSWERS)
@settings(max_examples=100, deadline=None)
def test_any_answers_are_marked(answers: dict[str, Any]) -> None:
    marking = mark(ATTENTION, answers)
    assert 0.0 <= marking.score <= 1.0
    json.dumps(as_json(marking), allow_nan=False)


@given(ANSWERS)
@settings(max_examples=30, deadline=None)
def test_marking_again_says_the_same(answers: dict[str, Any]) -> None:
    again = generate(ATTENTION.family, seed=2026, level=1, variant=0)
    assert as_json(mark(ATTENTION, answers)) == as_json(mark(again, answers))


@given(st.sampled_from(IDS), st.integers(0, 10**6))
@settings(max_examples=30, deadline=None)
def test_the_exact_solution_is_all_correct(family_id: str, seed: int) -> None:
    problem = generate(family(family_id), seed=seed, level=1)
    marking = mark(problem, {name: plain(value) for name, value in problem.solve().items()})
    assert {line.verdict for line in marking.lines} == {Verdict.CORRECT}
    assert marking.score == 1.0


def test_lines_that_do_not_depend_on_each_other_may_change_places() -> None:
    givens = [Given("a", "a", "a number")]
    p = Step("p", "p", "p", lambda a: a + 1)
    q = Step("q", "q", "q", lambda a: a + 2)
    r = Step("r", "r", "r", lambda p, q: p * q, final=True)
    answers = {"p": 9, "q": 4, "r": 36}
    for order in ([p, q, r], [q, p, r]):
        marking = mark(posed(declared(givens, order), a=2), answers)
        told = {line.step.name: line.verdict.value for line in marking.lines}
        assert told == {"p": "wrong", "q": "correct", "r": "carried"}


@pytest.mark.parametrize("answers", [None, [], "x", {"dubble": 1}, {3: 4}])
def test_answers_that_name_no_step_are_refused(answers: Any) -> None:
    with pytest.raises(QuizError):
        mark(NUMBERS, answers)


def test_what_was_typed_is_told_as_it_was_typed() -> None:
    of = declared(
        [Given("a", "a", "numbers", "n")],
        [Step("b", "b", "b", lambda a: a > 0, kind="boolean", final=True)],
    )
    told = as_json(mark(posed(of, a=[1, -1, 2]), {"b": ["yes", None, 0.5]}))["steps"][0]
    assert told["got"] == [True, None, 0.5]
    assert told["expected"] == [True, False, True]
    assert told["cells"] == [True, None, False]
