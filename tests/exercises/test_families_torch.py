"""The solvers against PyTorch and its automatic differentiation, where it is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from quizapp.exercises.catalogue import family
from quizapp.exercises.problem import read_problem
from tests.exercises.oracles import DRAWS
from tests.exercises.variants import SEED, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.exercises.problem import Problem

torch: Any = pytest.importorskip("torch")


def tensor(value: Any, *, learn: bool = False) -> Any:
    return torch.tensor(np.asarray(value, dtype=float), dtype=torch.float64, requires_grad=learn)


def own_problems(family_id: str, count: int = 60) -> Iterator[Problem]:
    rng = np.random.default_rng(SEED + 1)
    among = settings(family(family_id))
    for number in range(count):
        conventions = among[number % len(among)]
        givens = DRAWS[family_id](rng, conventions)
        yield read_problem({"family": family_id, "givens": givens, "conventions": conventions})


def assert_same(got: Any, wanted: Any) -> None:
    np.testing.assert_allclose(
        np.asarray(got, dtype=float), wanted.detach().numpy(), rtol=1e-9, atol=1e-11
    )


def attended(q: Any, k: Any, v: Any, *, causal: bool = False) -> Any:
    return torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=causal)


def activated(name: str, z: Any) -> Any:
    if name == "identity":
        return z
    return {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}[name](z)


def test_attention() -> None:
    for problem in own_problems("attention"):
        q, k, v = (tensor(problem.givens[name]) for name in "QKV")
        assert_same(problem.solve()["output"], attended(q, k, v))


def test_masked_attention() -> None:
    for problem in own_problems("masked-attention"):
        q, k, v = (tensor(problem.givens[name]) for name in "QKV")
        assert_same(problem.solve()["output"], attended(q, k, v, causal=True))


def test_self_attention() -> None:
    for problem in own_problems("self-attention"):
        x = tensor(problem.givens["X"])
        q, k, v = (x @ tensor(problem.givens[f"W_{name}"]) for name in "QKV")
        assert_same(problem.solve()["output"], attended(q, k, v))


def test_softmax() -> None:
    for problem in own_problems("softmax"):
        z = tensor(problem.givens["z"]) * problem.givens["alpha"]
        values = problem.solve()
        assert_same(values["p"], torch.softmax(z, dim=0))
        assert values["argmax"] == int(torch.argmax(z))


def test_activations_and_their_slopes() -> None:
    seen = set()
    for problem in own_problems("activations", 120):
        g, gelu = problem.givens, problem.conventions["gelu"]
        # PyTorch takes the slope of ReLU and leaky ReLU at 0 from the left, of ELU from the
        # right: at the kink a slope is a choice, so there only the values are compared.
        x = tensor(g["x"], learn=True)
        value = {
            "sigmoid": torch.sigmoid,
            "tanh": torch.tanh,
            "relu": torch.relu,
            "leaky-relu": lambda x, g=g: torch.nn.functional.leaky_relu(x, float(g["alpha"])),
            "elu": lambda x, g=g: torch.nn.functional.elu(x, float(g["alpha"])),
            "gelu": lambda x, gelu=gelu: torch.nn.functional.gelu(
                x, approximate="none" if gelu == "exact" else "tanh"
            ),
            "swish": lambda x, g=g: x * torch.sigmoid(float(g["beta"]) * x),
        }[g["f"]](x)
        value.sum().backward()
        seen.add(g["f"])
        smooth = np.asarray(g["x"]) != 0
        values = problem.solve()
        assert_same(values["value"], value)
        assert_same(np.asarray(values["slope"])[smooth], x.grad[torch.tensor(smooth)])
    assert len(seen) == 7


def test_backprop_hidden() -> None:
    for problem in own_problems("backprop-hidden", 120):
        g, c = problem.givens, problem.conventions
        if c["relu_slope_at_zero"] == "one":
            continue  # PyTorch takes 0
        w1, b1, w2, b2 = (tensor(g[name], learn=True) for name in ("W1", "b1", "W2", "b2"))
        column = c["layout"] == "column"
        z1 = (w1 if column else w1.T) @ tensor(g["x"]) + b1
        h = activated(g["f"], z1)
        z2 = (w2 if column else w2.T) @ h + b2
        y = activated(g["out"], z2)
        squares = (y - tensor(g["t"])) ** 2
        error = {
            "half-sum": squares.sum() / 2,
            "sum": squares.sum(),
            "mean": squares.mean(),
        }[c["squared_error"]]
        error.backward()
        values = problem.solve()
        for name, wanted in (("z1", z1), ("h", h), ("z2", z2), ("y", y), ("E", error)):
            assert_same(values[name], wanted)
        gradients = {"delta1": b1, "dW1": w1, "delta2": b2, "dW2": w2}
        for name, parameter in gradients.items():
            assert_same(values[name], parameter.grad)


def test_l2_step() -> None:
    for problem in own_problems("l2-step"):
        g = problem.givens
        w = tensor(g["w"], learn=True)
        squares = (w**2).sum()
        strength = float(g["lam"]) / (1 if problem.conventions["l2"] == "lambda" else 2)
        penalty = strength * squares
        penalty.backward()
        values = problem.solve()
        assert_same(values["sq_norm"], squares)
        assert_same(values["penalty_grad"], w.grad)
        # The decay of an SGD optimizer is the penalty with λ/2.
        plain = tensor(g["w"], learn=True)
        plain.grad = tensor(g["g"])
        decay = 2 * strength
        torch.optim.SGD([plain], lr=float(g["eta"]), weight_decay=decay).step()
        assert_same(values["w_new"], plain)
