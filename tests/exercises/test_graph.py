from __future__ import annotations

import numpy as np
import pytest

from quizapp.exercises.family import DeclarationError, Given, Slip, Step
from quizapp.exercises.graph import (
    Undefined,
    alternatives,
    applies,
    call,
    environment,
    evaluate,
    stages,
)
from tests.exercises.small_families import CHAIN, LOOP, declared

ENV = environment({"a": np.array([1.0, 2.0])}, {"by": "one"})
ROWS = environment({"start": 1.0, "gain": np.array([2.0, 3.0])}, {"way": "add"})
A = Given("a", "a", "a number")


def test_steps_are_evaluated_in_order() -> None:
    values = evaluate(CHAIN, ENV)
    assert list(values) == ["double", "moved", "total"]
    assert values["total"] == 8.0


def test_a_convention_is_a_parameter() -> None:
    assert evaluate(CHAIN, {**ENV, "by": "ten"})["total"] == 26.0


def test_a_replaced_rule_changes_what_follows() -> None:
    assert evaluate(CHAIN, ENV, replaced={"double": lambda a: a})["total"] == 5.0


def test_known_lines_are_taken_as_they_are() -> None:
    assert evaluate(CHAIN, ENV, known={"moved": np.array([1.0, 1.0])})["total"] == 2.0


def test_evaluation_can_end_early() -> None:
    assert list(evaluate(CHAIN, ENV, upto="double")) == ["double"]


def test_every_line_is_rounded() -> None:
    thirds = environment({"a": np.array([1 / 3])}, {"by": "one"})
    assert evaluate(CHAIN, thirds, line=lambda x: np.round(x, 1))["total"] == 1.7


def test_a_loop_has_the_row_before_the_first() -> None:
    assert evaluate(LOOP, ROWS)["level"].tolist() == [3.0, 6.0]


def test_members_of_a_loop_are_one_stage() -> None:
    assert [len(stage.steps) for stage in stages(LOOP)] == [2, 1]


def test_a_loop_with_too_few_known_rows_is_undefined() -> None:
    with pytest.raises(Undefined):
        evaluate(LOOP, ROWS, known={"level": [3.0]})


@pytest.mark.parametrize(
    "rule",
    [
        lambda a: 1 / len(a[:0]),
        lambda a: a[7],
        lambda a: a @ np.ones(9),
        lambda a: sum(a[0]),
        lambda a: a.tolist().shape,
        lambda a: {}[a.size],
    ],
)
def test_a_rule_without_a_value_is_undefined(rule: object) -> None:
    with pytest.raises(Undefined):
        call(rule, ENV)  # type: ignore[arg-type]


def test_an_undefined_condition_does_not_hold() -> None:
    assert not applies(lambda a: bool(a[9]), ENV)
    assert applies(None, ENV)


def test_alternatives_differ_in_one_before_two() -> None:
    steps = [Step("y", "y", "y", lambda a: a, final=True)]
    of = declared([A], steps, conventions={"p": ("0", "1"), "q": ("0", "1", "2")})
    found = [(s["p"], s["q"]) for s in alternatives(of, {"p": "0", "q": "0"})]
    assert found == [("1", "0"), ("0", "1"), ("0", "2"), ("1", "1"), ("1", "2")]


def test_alternatives_can_be_restricted() -> None:
    assert list(alternatives(CHAIN, {"by": "one"}, [])) == []


# Declarations that contradict themselves ---------------------------------------------------

Y = Step("y", "y", "y", lambda a: a, final=True)
Z = Step("z", "z", "z", lambda y: y)


def test_a_rule_reads_only_what_stands_before_it() -> None:
    with pytest.raises(DeclarationError, match="z reads unknown"):
        declared([A], [Z, Y])


def test_a_slip_reads_only_what_its_step_may_read() -> None:
    with pytest.raises(DeclarationError, match="late reads unknown"):
        declared([A], [Y, Z], [Slip("late", "y", lambda z: z, "Late.")])


def test_a_slip_names_a_step() -> None:
    with pytest.raises(DeclarationError, match="names no step"):
        declared([A], [Y], [Slip("lost", "x", lambda a: a, "Lost.")])


def test_conditions_read_known_names() -> None:
    with pytest.raises(DeclarationError, match="avoid reads unknown"):
        declared([A], [Y], avoid=lambda b: b)


def test_a_name_stands_for_one_thing() -> None:
    with pytest.raises(DeclarationError, match="used twice"):
        declared([A], [Y, Step("a", "a", "a", lambda y: y)])


def test_something_is_asked_for() -> None:
    with pytest.raises(DeclarationError, match="no step is part of the answer"):
        declared([A], [Step("y", "y", "y", lambda a: a)])


def test_a_loop_says_how_long_it_is() -> None:
    with pytest.raises(DeclarationError, match="how many rows"):
        declared([A], [Step("y", "y", "y", lambda a: a, final=True, loop="t")])
