"""The values of all numeric cards, computed topic by topic without the cards and the solver."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests.content import numeric_oracles

VALUES: dict[str, float | dict[str, float]] = dict(numeric_oracles.VALUES)
"""Card id to its value, or to a value for each side."""

SLIPS: dict[str, tuple[float, ...]] = dict(numeric_oracles.SLIPS)
"""Card id to the usual wrong numbers."""

for _file in sorted(Path(__file__).parent.glob("[a-z]*.py")):
    _module = import_module(f"{__name__}.{_file.stem}")
    _twice = VALUES.keys() & _module.VALUES.keys()
    if _twice:
        raise ValueError(f"{_file.name}: {sorted(_twice)} have an oracle already")
    VALUES |= _module.VALUES
    SLIPS |= _module.SLIPS
