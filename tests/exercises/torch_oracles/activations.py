"""Activation functions and the softmax."""

from __future__ import annotations

from typing import Any

from tests.exercises.torch_oracles.tensors import (
    Givens,
    Setting,
    Values,
    compared,
    functional,
    jacobian,
    learned,
    rectified,
    slopes,
    torch,
)


@compared("activations")
def activations(g: Givens, c: Setting) -> Values:
    x, f, alpha, beta = learned(g["x"]), g["f"], g["alpha"], g["beta"]
    value = {
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": torch.relu,
        "leaky-relu": lambda x: functional.leaky_relu(x, alpha),
        "elu": lambda x: functional.elu(x, alpha),
        "gelu": lambda x: functional.gelu(
            x, approximate="none" if c["gelu"] == "exact" else "tanh"
        ),
        "swish": lambda x: functional.silu(beta * x) / beta,
    }[f](x)
    # The slope at a kink is a choice: of PyTorch's kinks only that of a ReLU can be chosen.
    above = rectified(x, c["relu_slope_at_zero"])
    bent = {
        "relu": above,
        "leaky-relu": alpha * x + (1.0 - alpha) * above,
        "elu": above + alpha * torch.expm1(x - above),
    }
    (slope,) = slopes(bent.get(f, value).sum(), x)
    return {"value": value, "slope": slope}


@compared("softmax")
def softmax(g: Givens, c: Setting) -> Values:
    scaled = g["alpha"] * g["z"]
    exponents = scaled if c["softmax_shift"] == "none" else scaled - scaled.amax()
    p = torch.softmax(scaled, dim=0)
    return {
        "exponents": exponents,
        "total": torch.logsumexp(exponents, dim=0).exp(),
        "p": p,
        "argmax": torch.argmax(p),
    }


@compared("softmax-jacobian")
def softmax_jacobian(g: Givens, _: Setting) -> Values:
    def p(z: Any) -> Any:
        return torch.softmax(g["alpha"] * z, dim=0)

    return {"p": p(g["z"]), "jacobian": jacobian(p, g["z"])}
