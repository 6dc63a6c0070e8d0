"""The families in PyTorch's own operators, collected from the modules here.

Importing any of them skips the importing test module where torch is missing.
"""

from __future__ import annotations

import importlib
import pkgutil

from tests.exercises.torch_oracles.tensors import COMPARISONS, Comparison

__all__ = ["COMPARISONS", "WITHOUT", "Comparison"]

for _found in pkgutil.iter_modules(__path__, f"{__name__}."):
    importlib.import_module(_found.name)

WITHOUT = {
    "dp-bound": "an inequality",
    "fairness-gaps": "a ratio of counts",
    "hopfield-capacity": "a bound from the literature",
    "layer-count": "a word by a count",
    "sliding-window": "pieces of words",
    "stdp": "a rule about two spike times",
    "wl-colouring": "names of colours",
}
"""Families for which torch has nothing of its own to compute with, and why."""
