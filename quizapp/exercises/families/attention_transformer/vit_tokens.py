"""Patches, tokens and sizes of a Vision Transformer (Dosovitskiy et al. 2021, section 3.1)."""

from __future__ import annotations

from typing import Any

from quizapp.exercises.families.attention_transformer._counts import (
    demand_count,
    demand_flag,
    product,
    whole,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.substitution import frac

MOST_PIXELS = 8_192
MOST_CHANNELS = 1_000
MOST_WIDTH = 100_000


def _projection_work(patch_dim: float, d: float, bias: Any) -> list[Work]:
    added = f" + {whole(d)}" if bias else ""
    return [Work((), product(patch_dim, d) + added)]


def check(H: float, W: float, C: float, P: float, d: float, bias: Any) -> None:
    """Sizes are whole numbers of at least 1, and the patches fill the image."""
    demand_count("H", H, MOST_PIXELS)
    demand_count("W", W, MOST_PIXELS)
    demand_count("C", C, MOST_CHANNELS)
    demand_count("P", P, MOST_PIXELS)
    demand_count("d", d, MOST_WIDTH)
    demand_flag("bias", bias)
    for name, side in (("H", H), ("W", W)):
        if side % P:
            raise GivenError(
                f"the patch side 'P' = {whole(P)} does not divide '{name}' = {whole(side)}; "
                "patches must fill the image.",
                where="P",
            )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Small square images; 224 pixels as in the paper; images that are no squares."""
    if level == 1:
        side, P, d = (int(rng.choice(pool)) for pool in ((16, 24, 32, 48), (4, 8), (16, 32, 64)))
        H = W = side
    elif level == 2:
        H = W = 224
        P, d = int(rng.choice((14, 16, 28, 32))), int(rng.choice((192, 384, 768)))
    else:
        P = int(rng.choice((8, 16)))
        H, W = (P * int(count) for count in rng.permutation((2, 3, 4, 6))[:2])
        d = int(rng.choice((128, 192, 768)))
    return {
        "H": H,
        "W": W,
        "C": int(rng.choice((1, 3))) if level == 1 else 3,
        "P": P,
        "d": d,
        "bias": bool(rng.random() < 0.5),
    }


FAMILY = Family(
    id="vit-tokens",
    topic="attention-transformer",
    title="Patches, tokens and embedding size of a ViT",
    task=(
        "Count the tokens that the image becomes and the numbers of one patch, then the "
        "parameters and attention scores that follow."
    ),
    sources=("ece493",),
    givens=(
        Given("H", "H", "height of the image in pixels", kind="integer"),
        Given("W", "W", "width of the image in pixels", kind="integer"),
        Given("C", "C", "number of channels", kind="integer"),
        Given("P", "P", "side of a patch in pixels; it divides H and W", kind="integer"),
        Given("d", "d", "embedding width", kind="integer"),
        Given(
            "bias",
            r"\mathrm{bias}",
            "1 if the projection of the patches has a bias, else 0 (the paper prints none)",
            kind="raw",
        ),
    ),
    steps=(
        Step(
            "patches",
            "Patches",
            r"N = \frac{H W}{P^2}",
            lambda H, W, P: H * W / P**2,
            kind="integer",
            work=lambda H, W, P: [Work((), frac(product(H, W), f"{whole(P)}^{{2}}"))],
        ),
        Step(
            "tokens",
            "Tokens, the [CLS] token included",
            r"N + 1",
            lambda patches: patches + 1,
            final=True,
            kind="integer",
            work=lambda patches: [Work((), f"{whole(patches)} + 1")],
        ),
        Step(
            "patch_dim",
            "Numbers of one patch",
            r"P^2 C",
            lambda P, C: P**2 * C,
            final=True,
            kind="integer",
            work=lambda P, C: [Work((), rf"{whole(P)}^{{2}} \cdot {whole(C)}")],
        ),
        Step(
            "projection_params",
            "Parameters of the projection",
            r"P^2 C \cdot d \text{ (with a bias: } + d \text{)}",
            lambda patch_dim, d, bias: patch_dim * d + (d if bias else 0.0),
            kind="integer",
            work=_projection_work,
            formula_for=lambda bias: r"P^2 C \cdot d + d" if bias else r"P^2 C \cdot d",
        ),
        Step(
            "position_params",
            "Parameters of the position embeddings",
            r"(N + 1)\, d",
            lambda tokens, d: tokens * d,
            kind="integer",
            work=lambda tokens, d: [Work((), product(tokens, d))],
        ),
        Step(
            "attention_entries",
            "Attention scores of one head in one layer",
            r"(N + 1)^2",
            lambda tokens: tokens**2,
            kind="integer",
            work=lambda tokens: [Work((), f"{whole(tokens)}^{{2}}")],
        ),
    ),
    slips=(
        Slip(
            "cls-forgotten",
            "tokens",
            lambda patches: patches,
            "The [CLS] token makes the sequence one longer than the number of patches.",
        ),
        Slip(
            "side-for-area",
            "patches",
            lambda H, W, P: H * W / P,
            "A patch covers P² pixels: divide HW by P², not by P.",
            when=lambda P: P > 1,
        ),
        Slip(
            "channels-forgotten",
            "patch_dim",
            lambda P: P**2,
            "A patch vector holds all channels: P² C numbers.",
            when=lambda C: C > 1,
        ),
        Slip(
            "bias-forgotten",
            "projection_params",
            lambda patch_dim, d: patch_dim * d,
            "The linear projection has d biases.",
            when=lambda bias: bias == 1,
        ),
    ),
    make=make,
    check=check,
    items=("dl-vit",),
)
