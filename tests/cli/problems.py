"""A small problem that many tests pose."""

from __future__ import annotations

from typing import Any

ATTENTION: dict[str, Any] = {
    "family": "attention",
    "givens": {"Q": [[1, 0], [0, 1]], "K": [[1, 1], [0, 1]], "V": [[2, -1], [1, 3]]},
}
