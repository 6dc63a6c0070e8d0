from __future__ import annotations

from typing import TYPE_CHECKING

import quizapp
from quizapp.packs.shipped import shipped_pack

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> Path:
    """Return a pack's folder below a place where the program is installed."""
    monkeypatch.setattr(quizapp, "__file__", str(tmp_path / "quizapp" / "__init__.py"))
    path = tmp_path / folder / "neural-networks"
    path.mkdir(parents=True)
    return path


def test_an_installed_program_has_the_pack_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = installed(tmp_path, monkeypatch, "quizapp/content")
    installed(tmp_path, monkeypatch, "content")

    assert shipped_pack() == path


def test_a_checkout_has_the_pack_beside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = installed(tmp_path, monkeypatch, "content")

    assert shipped_pack() == path
