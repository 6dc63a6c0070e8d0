"""An image cut into patches that become tokens (Dosovitskiy et al. 2021, section 3.1)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among
from quizapp.exercises.families.attention_transformer._counts import demand_count, whole
from quizapp.exercises.families.attention_transformer._matrices import (
    added_work,
    copied,
    differ,
    product_work,
)
from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step
from quizapp.exercises.functions import TIE

MOST_SIDE = 10_000
_OTHER = {"row-major": "column-major", "column-major": "row-major"}


def _blocks(x: Any, P: float) -> Any:
    """The patches as squares: row of patches, column of patches, row and column inside."""
    side = int(P)
    rows, columns = (n // side for n in x.shape)
    return x.reshape(rows, side, columns, side).transpose(0, 2, 1, 3)


def _flat(blocks: Any, flatten: str) -> Any:
    inside = blocks if flatten == "row-major" else blocks.transpose(0, 1, 3, 2)
    return inside.reshape(-1, inside.shape[2] * inside.shape[3])


def cut(x: Any, P: float, flatten: str) -> Any:
    """The patches in reading order, one a row, their pixels in the order ``flatten``."""
    return _flat(_blocks(x, P), flatten)


def _by_columns(x: Any, P: float, flatten: str) -> Any:
    """The mistake of numbering the patches from top to bottom first."""
    return _flat(_blocks(x, P).transpose(1, 0, 2, 3), flatten)


def _pieces(x: Any, P: float) -> Any:
    """The mistake of cutting the image, read row by row, into pieces of P² numbers."""
    return x.reshape(-1, int(P) ** 2)


def check(x: Any, P: float, E: Any, pos: Any) -> None:
    """Patches fill the image; the projection and the positions fit to them."""
    demand_count("P", P, MOST_SIDE)
    height, width = x.shape
    if height % P or width % P:
        raise GivenError(
            f"the patch side P = {whole(P)} does not divide the image of {height} x {width} "
            "pixels; patches must fill it.",
            where="P",
        )
    if E.shape[1] != P**2:
        raise GivenError(
            f"'E' needs P² = {whole(P**2)} columns, one a pixel, but has {E.shape[1]}.", where="E"
        )
    patches = int(height * width // P**2)
    if len(pos) != patches + 1:
        raise GivenError(
            f"'pos' needs N + 1 = {patches + 1} rows, the first for [CLS], but has {len(pos)}.",
            where="pos",
        )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Four patches of a 4 x 4 image, one feature, then two; six patches of a 4 x 6 image."""
    width, d = {1: (4, 1), 2: (4, 2), 3: (6, 2)}[level]
    patches = width  # two rows of width / 2 patches
    return {
        "x": rng.integers(0, 10, size=(4, width)),
        "P": 2,
        "E": rng.choice((-1, 0, 1), size=(d, 4)),
        "cls": rng.integers(-2, 3, size=d),
        "pos": rng.integers(-5, 6, size=(patches + 1, d)) / 10,
    }


def avoid(x: Any, P: float, E: Any) -> str | None:
    """Patches that are their own transposes, projections that see no pixel or all alike."""
    blocks = _blocks(x, P)
    if np.any(np.all(blocks == blocks.transpose(0, 1, 3, 2), axis=(2, 3))):
        return "symmetric patch"
    if not E.any(axis=1).all():
        return "a projection of zeros"
    return "equal features" if len(np.unique(E, axis=0)) < len(E) else None


FAMILY = Family(
    id="vit-patches",
    topic="attention-transformer",
    title="Cut an image into patches and project them",
    task=(
        "Cut the image into patches, project each of them, prepend the [CLS] embedding and add "
        "the position embeddings."
    ),
    sources=("ece493",),
    givens=(
        Given("x", "x", "image with one channel", "H x W"),
        Given("P", "P", "side of a patch in pixels; it divides H and W", kind="integer"),
        Given("E", "E", "projection, applied to a flattened patch p as E p", "d x P²"),
        Given("cls", r"x_{\text{cls}}", "embedding of [CLS]", "d"),
        Given("pos", r"E_{\text{pos}}", "position embeddings, the first row for [CLS]", "N+1 x d"),
    ),
    conventions={"flatten": ("row-major", "column-major")},
    steps=(
        Step(
            "patches",
            "Flattened patches, one a row",
            r"p_1, \ldots, p_N",
            cut,
            work=copied,
            formula_for=Among(
                "flatten",
                {
                    "row-major": r"p_n = (x_{11}, x_{12}, \ldots, x_{PP}) \text{ of patch } n",
                    "column-major": r"p_n = (x_{11}, x_{21}, \ldots, x_{PP}) \text{ of patch } n",
                },
            ),
        ),
        Step(
            "projected",
            "Projected patches",
            r"E p_n",
            lambda patches, E: patches @ E.T,
            work=lambda patches, E: product_work(patches, E.T),
        ),
        Step(
            "sequence",
            "Sequence with [CLS]",
            r"x_{\text{cls}}; \; E p_1; \; \ldots; \; E p_N",
            lambda cls, projected: np.vstack([cls, projected]),
            work=copied,
        ),
        Step(
            "tokens",
            "Tokens",
            r"[x_{\text{cls}}; E p_1; \ldots; E p_N] + E_{\text{pos}}",
            lambda sequence, pos: sequence + pos,
            final=True,
            work=lambda sequence, pos: added_work(sequence, pos),
        ),
    ),
    slips=(
        Slip(
            "other-flattening",
            "patches",
            lambda x, P, flatten: cut(x, P, _OTHER[flatten]),
            "The pixels of a patch were flattened in the other order.",
            when=lambda x, P, patches, flatten: differ(cut(x, P, _OTHER[flatten]), patches),
        ),
        Slip(
            "patches-by-columns",
            "patches",
            _by_columns,
            "Patches are numbered in reading order: left to right first.",
            when=lambda x, P, patches, flatten: differ(_by_columns(x, P, flatten), patches),
        ),
        Slip(
            "cls-at-end",
            "sequence",
            lambda cls, projected: np.vstack([projected, cls]),
            "The [CLS] token is prepended.",
            when=lambda cls, projected: differ(projected, 0 * projected + cls),
        ),
        Slip(
            "positions-forgotten",
            "tokens",
            lambda sequence: sequence,
            "The position embeddings are added to the tokens.",
            when=lambda pos: bool(np.any(np.abs(pos) > TIE)),
        ),
        Slip(
            "rows-for-patches",
            "patches",
            _pieces,
            "A patch is a square block of the image, not P² consecutive pixels.",
            when=lambda x, P, patches: x.shape[1] > P and differ(_pieces(x, P), patches),
        ),
    ),
    make=make,
    check=check,
    avoid=avoid,
    discrepancies=("flatten-order",),
    items=("dl-vit",),
)
