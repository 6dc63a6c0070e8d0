"""The solvers against PyTorch's own operators and gradients, where it is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from quizapp.exercises.catalogue import family, family_ids
from quizapp.exercises.problem import read_problem
from tests.exercises import nested
from tests.exercises.oracles import DRAWS
from tests.exercises.torch_oracles import COMPARISONS, WITHOUT, Comparison
from tests.exercises.torch_oracles.tensors import tensor, torch
from tests.exercises.variants import SEED, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.exercises.problem import Problem


def own_problems(comparison: Comparison) -> Iterator[Problem]:
    rng = np.random.default_rng(SEED + 1)
    among = settings(family(comparison.family))
    draw = comparison.draw or DRAWS[comparison.family]
    for number in range(max(comparison.problems, 3 * len(among))):
        conventions = among[number % len(among)]
        givens = draw(rng, conventions)
        yield read_problem(
            {"family": comparison.family, "givens": givens, "conventions": conventions}
        )


def as_tensors(problem: Problem) -> dict[str, Any]:
    return {
        name: tensor(value) if isinstance(value, np.ndarray) else value
        for name, value in problem.givens.items()
    }


def plain(value: Any) -> Any:
    """Tensors as arrays, in lists too."""
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value.detach().numpy() if isinstance(value, torch.Tensor) else value


# Products over many layers and squares of small gradients: only their figures say anything.
SPANS_MAGNITUDES = {"slope-product", "gradient-variance", "init-scale", "adam", "adamw"}


def assert_same(step: str, got: Any, wanted: Any, slack: float) -> None:
    assert nested.alike(got, plain(wanted), 1e-9, slack), (step, got, wanted)


def test_every_family_is_compared_or_says_why_not() -> None:
    named = {comparison.family for comparison in COMPARISONS}
    assert named | set(WITHOUT) == set(family_ids())
    assert not named & set(WITHOUT)


@pytest.mark.parametrize("comparison", COMPARISONS, ids=str)
def test_solver_equals_pytorch(comparison: Comparison) -> None:
    of = family(comparison.family)
    slack = 0.0 if of.id in SPANS_MAGNITUDES else 1e-13
    unseen = {(given.name, choice) for given in of.givens for choice in given.choices}
    for problem in own_problems(comparison):
        values = problem.solve()
        wanted = comparison.solver(as_tensors(problem), problem.conventions)
        assert set(of.finals) <= set(wanted)
        for step, value in wanted.items():
            assert_same(step, values[step], value, slack)
        unseen -= {
            (name, value) for name, value in problem.givens.items() if isinstance(value, str)
        }
    assert not unseen
