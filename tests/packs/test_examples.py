"""Numbers of examples that the solver does not confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizapp.exercises.catalogue import family_ids
from quizapp.packs.check import check

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FAMILY = "hopfield-energy"
CHECK = (
    "- {family: hopfield-energy, givens: {W: [[0, 1], [1, 0]], b: [0, 0], y: [1, -1]},"
    " step: STEP, value: VALUE}"
)


@pytest.fixture
def told(write_pack: Callable[..., Path], small_files: dict[str, str]) -> Callable[..., list[str]]:
    """Return a function that checks the small pack with one number of its example replaced."""

    def run(
        *, step: str = "energy", value: str = "1", family: str = "hopfield-energy"
    ) -> list[str]:
        name = "discrepancies/hopfield.yaml"
        line = CHECK.replace("STEP", step).replace("VALUE", value)
        line = line.replace(FAMILY, family)
        text = small_files[name]
        old = next(one for one in text.splitlines() if "step: energy" in one).strip()
        root = write_pack({name: text.replace(old, line)})
        found = check(root, families=frozenset(family_ids()))
        return [fault.message for fault in found if fault.place.file.endswith(name)]

    return run


def test_a_number_of_the_solver_is_right(told: Callable[..., list[str]]) -> None:
    assert told() == []


def test_another_number_is_told_with_the_right_one(told: Callable[..., list[str]]) -> None:
    assert told(value="0.5") == ["the solver gets 1.0"]


def test_another_shape_is_another_number(told: Callable[..., list[str]]) -> None:
    assert told(value="[1]") == ["the solver gets 1.0"]


def test_an_unknown_step_is_told_with_those_there_are(told: Callable[..., list[str]]) -> None:
    (message,) = told(step="enrgy")

    assert message.startswith("hopfield-energy has no step of this name; its steps are ")


def test_what_cannot_be_computed_is_told(told: Callable[..., list[str]]) -> None:
    (message,) = told(family="attention")

    assert message.startswith("this cannot be computed: ")


def test_an_unknown_family_is_told_once(told: Callable[..., list[str]]) -> None:
    (message,) = told(family="hopfield-enrgy")

    assert message.startswith("unknown exercise family")
