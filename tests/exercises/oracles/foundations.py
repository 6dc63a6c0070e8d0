"""Oracles of what a network is made of, and problems for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def layer_count(g: Mapping[str, Any], c: Mapping[str, str]) -> dict[str, Any]:
    """Layers and the gaps between them, crossed off one by one."""
    _inputs, *hidden, _outputs = g["sizes"]
    gaps = list(zip(g["sizes"][:-1], g["sizes"][1:], strict=True))
    words = {0: "single-layer", 1: "shallow", 2: "shallow"}
    if c["deep_from"] == "two-hidden":
        del words[2]
    counted = gaps if c["counting"] == "weights" else g["sizes"]
    return {
        "hidden": len(hidden),
        "weight_sets": len(gaps),
        "layers": len(counted),
        "word": words.get(len(hidden), "deep"),
    }


def _layer_count(rng: Any, _: Mapping[str, str]) -> dict[str, Any]:
    return {"sizes": rng.integers(1, 5000, size=int(rng.integers(2, 30))).tolist()}


ORACLES = {"layer-count": layer_count}
DRAWS = {"layer-count": _layer_count}
