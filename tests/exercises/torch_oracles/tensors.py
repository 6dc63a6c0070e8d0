"""PyTorch without its types, and the few things that all comparisons share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

torch: Any = pytest.importorskip("torch")
torch.set_num_threads(1)  # small problems: threads only cost
functional: Any = torch.nn.functional

Values = dict[str, Any]
Givens = Mapping[str, Any]
Setting = Mapping[str, str]
Solver = Callable[[Givens, Setting], Values]
Draw = Callable[[Any, Setting], dict[str, Any]]

NEAR = 1e-9


@dataclass(frozen=True)
class Comparison:
    """A family, and some of its steps in PyTorch.

    ``draw`` where it takes problems of its own; ``problems`` says how many, at least three under
    each setting of the conventions.
    """

    family: str
    solver: Solver
    draw: Draw | None = None
    problems: int = 36

    def __str__(self) -> str:
        return f"{self.family}:{self.solver.__name__}"


COMPARISONS: list[Comparison] = []


MANY = 180
"""So many problems meet even a tie that is rare, and with it the convention that decides it."""


def compared(
    family: str, draw: Draw | None = None, *, problems: int = 36
) -> Callable[[Solver], Solver]:
    """Enters a solver whose arrays come in and go out as tensors of doubles."""

    def entered(solver: Solver) -> Solver:
        COMPARISONS.append(Comparison(family, solver, draw, problems))
        return solver

    return entered


def tensor(value: Any) -> Any:
    return torch.as_tensor(value, dtype=torch.float64)


def learned(value: Any) -> Any:
    """A copy that gradients are taken by."""
    return tensor(value).detach().clone().requires_grad_()


def slopes(of: Any, *by: Any, along: Any = None) -> tuple[Any, ...]:
    """The gradients of a number, or of a vector along a direction; zeros of what it ignores."""
    found = torch.autograd.grad(of, by, along, retain_graph=True, materialize_grads=True)
    return tuple(found)


def jacobian(of: Callable[[Any], Any], at: Any) -> Any:
    """The table of all partial derivatives of a vector function."""
    return torch.autograd.functional.jacobian(of, at)


def empty(*shape: Any) -> Any:
    """A tensor that has a shape and no entries: of any size, for counting."""
    return torch.empty(*(int(n) for n in shape), device="meta")


def rectified(z: Any, slope_at_zero: str = "zero") -> Any:
    """ReLU: PyTorch's own has the slope 0 at 0, a clamp has the slope 1."""
    return torch.relu(z) if slope_at_zero == "zero" else z.clamp(min=0.0)


def activated(name: str, z: Any, slope_at_zero: str = "zero") -> Any:
    if name == "relu":
        return rectified(z, slope_at_zero)
    return {"identity": torch.clone, "sigmoid": torch.sigmoid, "tanh": torch.tanh}[name](z)


def fired(z: Any, at_zero: str) -> Any:
    """The step function, with the stated value where z is 0."""
    near = torch.where(z.abs() <= NEAR, 0.0, z)
    return torch.heaviside(near, torch.full_like(z, 1.0 if at_zero == "one" else 0.0))


def signed(z: Any, tie: str, old: Any = None) -> Any:
    """The sign, where z is 0 by the tie rule: plus, minus or the old value."""
    near = torch.where(z.abs() <= NEAR, 0.0, z)
    at_zero = {"plus": torch.ones_like, "minus": torch.zeros_like, "keep": lambda _: (old + 1) / 2}
    return 2.0 * torch.heaviside(near, at_zero[tie](z)) - 1.0


def extended(x: Any, bias_slot: str) -> Any:
    """The last dimension with a constant 1 in the slot of the bias."""
    return functional.pad(x, (1, 0) if bias_slot == "first" else (0, 1), value=1.0)


def as_columns(w: Any, layout: str) -> Any:
    """A weight matrix as PyTorch keeps it: one row per unit it feeds."""
    return w if layout == "column" else w.T
