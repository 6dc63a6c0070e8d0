from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizapp.exercises.catalogue import family_ids
from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack

if TYPE_CHECKING:
    from quizapp.packs.model import Pack


@pytest.fixture(scope="session")
def pack() -> Pack:
    """Return the shipped pack."""
    return load_pack(shipped_pack(), families=frozenset(family_ids()))
