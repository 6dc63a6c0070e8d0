from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import quizapp
from quizapp.packs import load
from quizapp.packs.load import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "packs"


def kept(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Return a list that grows with every pack that is read from its own files."""
    found: list[None] = []
    read = load.read_pack

    def counted(*arguments: object) -> object:
        found.append(None)
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(load, "read_pack", counted)
    return found


def test_a_pack_from_the_cache_is_the_same(
    write_pack: Callable[..., Path], folder: Path, readings: list[None]
) -> None:
    root = write_pack({"cards/broken.yaml": "topic: ["})
    cold, warm = load_pack(root, cache=folder), load_pack(root, cache=folder)

    assert len(readings) == 1
    assert warm == cold == load_pack(root)
    assert warm.cards["second"].at == cold.cards["second"].at
    assert warm.faults


def test_a_changed_file_is_read_again(
    write_pack: Callable[..., Path], folder: Path, readings: list[None]
) -> None:
    root = write_pack()
    load_pack(root, cache=folder)
    path = root / "cards/hopfield.yaml"
    path.write_text(path.read_text().replace("What falls?", "What never rises?"))

    card = load_pack(root, cache=folder).cards["first"]
    assert card.data["question"] == "What never rises?"
    assert len(readings) == 2
    assert kept(folder)


def test_other_families_are_checked_again(
    write_pack: Callable[..., Path], folder: Path, readings: list[None]
) -> None:
    root = write_pack()

    assert not load_pack(root, cache=folder).faults
    assert load_pack(root, cache=folder, families=frozenset()).faults
    assert len(readings) == 2


def test_another_version_reads_again(
    write_pack: Callable[..., Path],
    folder: Path,
    readings: list[None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = write_pack()
    load_pack(root, cache=folder)
    monkeypatch.setattr("quizapp.packs.cache.__version__", "99")
    load_pack(root, cache=folder)

    assert len(readings) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"energy", b"enemy!"),
        lambda content: content.split(b"\n")[0] + b"\n[]",
        lambda _: b"\xff\x00" * 100,
    ],
)
def test_a_corrupt_cache_is_ignored_and_rewritten(
    write_pack: Callable[..., Path], folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    root = write_pack()
    pack = load_pack(root, cache=folder)
    whole = kept(folder).read_bytes()
    kept(folder).write_bytes(damage(whole))

    assert load_pack(root, cache=folder) == pack
    assert kept(folder).read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_no_error(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")

    assert load_pack(write_pack(), cache=tmp_path / "file").cards
    assert load_pack(write_pack(), cache=tmp_path / "file" / "below").cards


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_cache_is_no_error(write_pack: Callable[..., Path], folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o500)

    assert load_pack(write_pack(), cache=folder).cards
    assert list(folder.iterdir()) == []


def test_a_failed_write_leaves_nothing_behind(
    write_pack: Callable[..., Path], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)

    assert load_pack(write_pack(), cache=folder).cards
    assert list(folder.iterdir()) == []


def test_the_cache_is_plain_data(write_pack: Callable[..., Path], folder: Path) -> None:
    load_pack(write_pack(), cache=folder)
    body = kept(folder).read_bytes().split(b"\n", 1)[1]

    assert json.loads(body)["head"]["name"] == "small"


def test_a_pack_from_the_cache_needs_neither_yaml_nor_pydantic(
    write_pack: Callable[..., Path], folder: Path
) -> None:
    root = write_pack()
    load_pack(root, cache=folder)
    code = (
        "import sys; from pathlib import Path\n"
        "from quizapp.packs.load import load_pack\n"
        "pack = load_pack(Path(sys.argv[1]), cache=Path(sys.argv[2]))\n"
        "from quizapp.cards import ask\n"
        "print([ask(card, 'slides').front for card in pack.cards.values()])\n"
        "print(sorted({'yaml', 'pydantic', 'pydantic_core', 'numpy'} & set(sys.modules)))"
    )
    package = os.path.dirname(os.path.dirname(quizapp.__file__))  # noqa: PTH120
    run = subprocess.run(
        [sys.executable, "-c", code, str(root), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=package,
    )

    assert run.returncode == 0, run.stderr
    assert run.stdout == "['What falls?', 'The energy rises.']\n[]\n"
