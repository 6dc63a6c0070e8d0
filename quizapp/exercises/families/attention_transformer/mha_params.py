"""Parameters of multi-head attention (Vaswani et al. 2017, section 3.2.2)."""

from __future__ import annotations

from typing import Any

from quizapp.exercises.families.attention_transformer._counts import (
    demand_count,
    demand_flag,
    product,
    whole,
)
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work

MOST_WIDTH = 100_000
MOST_HEADS = 1_000


def _biases(d_model: float, H: float, d_k: float, d_v: float, bias: Any) -> float:
    return 2 * H * d_k + H * d_v + d_model if bias else 0.0


def _biases_work(d_model: float, H: float, d_k: float, d_v: float, bias: Any) -> list[Work]:
    if not bias:
        return [Work((), "0")]
    return [Work((), f"{product(2, H, d_k)} + {product(H, d_v)} + {whole(d_model)}")]


def check(d_model: float, H: float, d_k: float, d_v: float, bias: Any) -> None:
    """Widths and heads are whole numbers of at least 1; ``bias`` is yes or no."""
    demand_count("d_model", d_model, MOST_WIDTH)
    demand_count("H", H, MOST_HEADS)
    demand_count("d_k", d_k, MOST_WIDTH)
    demand_count("d_v", d_v, MOST_WIDTH)
    demand_flag("bias", bias)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Width 4 to 8 with two heads; widths to 64; key and value widths that differ, with biases."""
    if level == 3:
        d_model, H = (int(v) for v in rng.choice(((16, 2), (32, 4), (64, 8), (512, 8))))
        d_k, d_v = (int(v) for v in rng.permutation((8, 16, 32, 64))[:2])
        return {"d_model": d_model, "H": H, "d_k": d_k, "d_v": d_v, "bias": True}
    small = ((4, 2), (6, 2), (6, 3), (8, 2), (8, 4))
    large = ((12, 4), (16, 4), (32, 4), (32, 8), (64, 4), (64, 8))
    d_model, H = (int(v) for v in rng.choice(small if level == 1 else large))
    return {
        "d_model": d_model,
        "H": H,
        "d_k": d_model // H,
        "d_v": d_model // H,
        "bias": bool(rng.random() < 0.5),
    }


FAMILY = Family(
    id="mha-params",
    topic="attention-transformer",
    title="Parameter count of multi-head attention",
    task="Count the parameters of one layer of multi-head attention, its biases included.",
    sources=("hub", "ece493"),
    givens=(
        Given("d_model", r"d_{\text{model}}", "model width", kind="integer"),
        Given("H", "H", "number of heads", kind="integer"),
        Given("d_k", "d_k", "width of the queries and keys of one head", kind="integer"),
        Given("d_v", "d_v", "width of the values of one head", kind="integer"),
        Given(
            "bias", r"\mathrm{bias}", "1 if the four projections have biases, else 0", kind="raw"
        ),
    ),
    steps=(
        Step(
            "qk_weights",
            "Weights of all W_Q and W_K",
            r"2 H d_{\text{model}} d_k",
            lambda d_model, H, d_k: 2 * H * d_model * d_k,
            kind="integer",
            work=lambda d_model, H, d_k: [Work((), product(2, H, d_model, d_k))],
        ),
        Step(
            "v_weights",
            "Weights of all W_V",
            r"H d_{\text{model}} d_v",
            lambda d_model, H, d_v: H * d_model * d_v,
            kind="integer",
            work=lambda d_model, H, d_v: [Work((), product(H, d_model, d_v))],
        ),
        Step(
            "out_weights",
            "Weights of W_O",
            r"H d_v d_{\text{model}}",
            lambda d_model, H, d_v: H * d_v * d_model,
            kind="integer",
            work=lambda d_model, H, d_v: [Work((), product(H, d_v, d_model))],
        ),
        Step(
            "biases",
            "Biases of the four projections",
            r"2 H d_k + H d_v + d_{\text{model}} \text{ (0 without biases)}",
            _biases,
            kind="integer",
            work=_biases_work,
            formula_for=lambda bias: r"2 H d_k + H d_v + d_{\text{model}}" if bias else "0",
        ),
        Step(
            "total",
            "All parameters",
            r"\text{weights} + \text{biases}",
            lambda qk_weights, v_weights, out_weights, biases: (
                qk_weights + v_weights + out_weights + biases
            ),
            final=True,
            kind="integer",
            work=lambda qk_weights, v_weights, out_weights, biases: [
                Work((), " + ".join(map(whole, (qk_weights, v_weights, out_weights, biases))))
            ],
        ),
    ),
    slips=(
        Slip(
            "one-head-only",
            "qk_weights",
            lambda d_model, d_k: 2 * d_model * d_k,
            "Every head has its own W_Q and W_K.",
            when=lambda H: H > 1,
        ),
        Slip(
            "output-matrix-forgotten",
            "out_weights",
            lambda: 0.0,
            "The output projection W_O also has parameters.",
        ),
        Slip(
            "biases-forgotten",
            "biases",
            lambda: 0.0,
            "The biases of the four projections are missing.",
            when=lambda bias: bias == 1,
        ),
        Slip(
            "full-width-per-head",
            "qk_weights",
            lambda d_model, H: 2 * H * d_model * d_model,
            "A head projects to width d_k, not to the full model width.",
            when=lambda d_model, d_k: d_k != d_model,
        ),
    ),
    make=make,
    check=check,
    items=("hub-multihead-def", "hub-qkv-shapes", "dl-mha"),
)
