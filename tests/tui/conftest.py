from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from quizapp.packs.load import load_pack
from quizapp.packs.shipped import shipped_pack
from tests.tui.acting import Watch, pack, workspace_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quizapp.packs.model import Pack
    from quizapp.study.workspace import Workspace


@pytest.fixture(scope="session")
def shipped() -> Pack:
    """The content that comes with the program, read once.

    It lives as long as the tests do, so the garbage collector need not look at it again.
    """
    pack = load_pack(shipped_pack())
    gc.collect()
    gc.freeze()
    return pack


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def workspace(tmp_path: Path, watch: Watch, shipped: Pack) -> Iterator[Workspace]:
    """A workspace with the shipped content."""
    opened = workspace_at(tmp_path / "home", watch, shipped)
    yield opened
    opened.close()


@pytest.fixture
def small(tmp_path: Path, watch: Watch) -> Iterator[Workspace]:
    """A workspace with four cards and two discrepancies."""
    opened = workspace_at(tmp_path / "home", watch, pack("small"))
    yield opened
    opened.close()


@pytest.fixture
def hostile(tmp_path: Path, watch: Watch) -> Iterator[Workspace]:
    """A workspace in which every text looks like markup and holds escape sequences."""
    opened = workspace_at(tmp_path / "home", watch, pack("hostile"))
    yield opened
    opened.close()
