"""Independent solvers of the families and problems for them, collected from the modules here.

Each module names ORACLES (solvers by family), DRAWS (problems far beyond hand size) or LOOSE
(the relative tolerance of a step whose oracle has an error of its own).
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

ORACLES: dict[str, Any] = {}
DRAWS: dict[str, Any] = {}
LOOSE: dict[tuple[str, str], float] = {}

for _found in pkgutil.iter_modules(__path__, f"{__name__}."):
    _module = importlib.import_module(_found.name)
    ORACLES.update(getattr(_module, "ORACLES", {}))
    DRAWS.update(getattr(_module, "DRAWS", {}))
    LOOSE.update(getattr(_module, "LOOSE", {}))
