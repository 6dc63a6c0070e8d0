"""Finding families: one file each under ``families/<topic>/``, imported when it is needed."""

from __future__ import annotations

import difflib
import importlib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError
from quizapp.core.text import quoted

if TYPE_CHECKING:
    from quizapp.exercises.family import Family

_ROOT = Path(__file__).parent / "families"


class UnknownFamily(QuizError):  # noqa: N818 - reads as what it is
    """No family has this id."""

    code = "family"


@cache
def _modules() -> MappingProxyType[str, str]:
    """Module names by family id, found by file name without importing anything."""
    found = {
        path.stem.replace("_", "-"): f"quizapp.exercises.families.{path.parent.name}.{path.stem}"
        for path in sorted(_ROOT.glob("*/*.py"))
        if not path.stem.startswith("_")
    }
    return MappingProxyType(found)


def family_ids() -> list[str]:
    """The ids of all families, sorted by topic and file name."""
    return list(_modules())


@cache
def family(family_id: str) -> Family:
    """The family with this id. Raises UnknownFamily with the nearest names."""
    module = _modules().get(family_id)
    if module is None:
        close = difflib.get_close_matches(str(family_id), family_ids(), n=3)
        hint = f"did you mean {' or '.join(close)}?" if close else "see `quizapp families`."
        raise UnknownFamily(
            f"there is no exercise family {quoted(family_id)}; {hint}", where="family"
        )
    declared: Family = importlib.import_module(module).FAMILY
    return declared


def families() -> list[Family]:
    """All families. Imports every one of them."""
    return [family(family_id) for family_id in family_ids()]
