"""Cards into packs and out of them, from the command line."""

from __future__ import annotations

import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.store.anki_packages import DATA
from tests.study.card_export.packs import write_pack

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Outcome, Run

TWO = "question,answer\nWhat falls?,energy\nWhat rises?,$\\unknown$\n,lost\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "cards.csv"
    file.write_text(TWO)
    return file


def assert_one_sentence(got: Outcome) -> None:
    assert (got.status, got.out) == (2, "")
    assert got.err.startswith("quizapp: ")
    assert got.err.count("\n") == 1
    assert "fault of its own" not in got.err


# Import ------------------------------------------------------------------------------------


def test_an_import_says_what_it_did(quizapp: Run, table: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nets"
    got = quizapp("content", "import", str(table), "--into", str(folder))

    assert (got.status, got.err) == (0, "")
    assert got.out.splitlines() == [
        f"{folder}: 2 new, 0 changed, 0 the same, 1 left out.",
        "New cards in: cards.",
        f"To study them: quizapp content add {folder}",
        "1 formula with LaTeX that is not known here is kept as plain text.",
        "cards.csv:4:1: no question stands in this row",
    ]
    assert quizapp("content", "check", str(folder)).out == ""


def test_an_import_says_it_in_json_too(quizapp: Run, table: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nets"
    got = quizapp("content", "import", str(table), "--into", str(folder), "--json")

    assert got.json == {
        "folder": str(folder),
        "made": True,
        "new": 2,
        "changed": 0,
        "same": 0,
        "left_out": [{"where": "cards.csv:4:1", "why": "no question stands in this row"}],
        "remarks": ["1 formula with LaTeX that is not known here is kept as plain text"],
        "topics": ["cards"],
    }


def test_a_folder_called_like_the_file_is_made(
    quizapp: Run, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    quizapp("content", "import", table.name)

    assert (tmp_path / "cards/pack.yaml").is_file()


def test_an_import_without_a_card_fails(quizapp: Run, tmp_path: Path) -> None:
    file = tmp_path / "cards.csv"
    file.write_text("question,answer\n,b\n")
    got = quizapp("content", "import", str(file), "--into", str(tmp_path / "nets"))

    assert got.status == 1
    assert "0 new, 0 changed, 0 the same, 1 left out." in got.out


@pytest.mark.parametrize("ending", ["csv", "tsv", "txt", "md", "apkg"])
@pytest.mark.parametrize(
    "content", [b"", b"\0", bytes(range(256)), b"PK\x03\x04", b"[" * 100_000], ids=range(5)
)
def test_hostile_files_give_one_sentence_or_a_report(
    quizapp: Run, tmp_path: Path, ending: str, content: bytes
) -> None:
    file = tmp_path / f"hostile.{ending}"
    file.write_bytes(content)
    got = quizapp("content", "import", str(file), "--into", str(tmp_path / "nets"))

    if got.status == 2:
        assert_one_sentence(got)
    else:
        assert (got.status, got.err) == (1, "")
    assert not (tmp_path / "nets").exists()


def test_what_is_no_file_is_refused(quizapp: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("none.csv", ".", "pipe.csv", "nul\0.csv", "none.xyz"):
        assert_one_sentence(quizapp("content", "import", str(tmp_path / name)))


def test_a_text_that_a_terminal_would_obey_is_cleaned(quizapp: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("question,answer,type\na,b,\x1b[31mred\u202e\n")
    got = quizapp("content", "import", str(file), "--into", str(tmp_path / "nets"))

    assert got.out.replace("\n", "").isprintable()


# Export ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["markdown", "csv"])
def test_text_is_printed(quizapp: Run, tmp_path: Path, form: str) -> None:
    root = write_pack(tmp_path / "nets")
    got = quizapp("content", "export", str(root), "--as", form, "--topic", "hopfield")

    assert (got.status, got.err) == (0, "")
    assert "Which letter has the energy?" in got.out
    assert "half" not in got.out


@pytest.mark.parametrize("form", ["markdown", "csv", "apkg"])
def test_a_file_is_written_and_never_over_another(quizapp: Run, tmp_path: Path, form: str) -> None:
    root, file = write_pack(tmp_path / "nets"), tmp_path / "out"
    arguments = ["content", "export", str(root), "--as", form, "-o", str(file)]

    assert quizapp(*arguments).out == f"10 cards written to {file}.\n"
    again = quizapp(*arguments)
    assert_one_sentence(again)
    assert "add --replace" in again.err
    assert quizapp(*arguments, "--replace", "--json").json == {
        "file": str(file),
        "cards": 10,
        "faults": 0,
    }


def test_a_package_is_called_like_its_pack(
    quizapp: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_pack(tmp_path / "nets")
    path = root / "pack.yaml"
    monkeypatch.chdir(tmp_path)
    path.write_text(path.read_text().replace("name: nets", "name: deep-nets"))
    quizapp("content", "export", str(root), "--as", "apkg")
    assert (tmp_path / "deep-nets.apkg").is_file()

    path.write_text(path.read_text().replace("name: deep-nets", "name: '../../Nets'"))
    quizapp("content", "export", str(root), "--as", "apkg")
    assert (tmp_path / "nets.apkg").is_file()  # a name that is none: the folder's


def test_the_shipped_pack_is_exported_without_a_name(quizapp: Run) -> None:
    got = quizapp("content", "export", "--as", "csv", "--topic", "hopfield")

    assert got.out.startswith("id,type,topic,question,answer,")
    assert got.out.count("\nhop-") > 5


@pytest.mark.parametrize(
    "arguments",
    [
        ["--as", "markdown", "no/such/pack"],
        ["--as", "html"],
        [],
        ["--as", "csv", "--course", "nosuch"],
        ["--as", "csv", "--topic", "nosuch"],
        ["--as", "csv", "-o", "no/such/folder/x.csv"],
    ],
)
def test_wrong_arguments(quizapp: Run, arguments: list[str]) -> None:
    assert_one_sentence(quizapp("content", "export", *arguments))


# A pack in an archive ----------------------------------------------------------------------


def test_a_zip_is_checked_and_exported(quizapp: Run, tmp_path: Path) -> None:
    root, packed = write_pack(tmp_path / "nets"), tmp_path / "nets.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(root.rglob("*.yaml")):
            archive.write(path, f"nets-main/{path.relative_to(root)}")
        archive.writestr("nets-main/cards/broken.yaml", "topic: x\ncards: 5\n")
    got = quizapp("content", "check", str(packed))

    assert got.status == 1
    assert f"{packed}/cards/broken.yaml:2:8: `cards` must be a list" in got.out
    assert quizapp("content", "export", str(packed), "--as", "csv").out.count("hopfield") > 4


# Moving in from Anki -----------------------------------------------------------------------


def test_a_package_comes_over_with_its_history(quizapp: Run, tmp_path: Path) -> None:
    folder = tmp_path / "nets"
    file = str(DATA / "studied.apkg")

    got = quizapp("content", "import", file, "--into", str(folder), "--history")

    assert (got.status, got.err) == (0, "")
    told = got.out.splitlines()
    assert told[0] == f"{folder}: 6 new, 0 changed, 0 the same, 0 left out."
    assert told[2:4] == [
        "13 answers about 6 cards, the first of 2026-09-21.",
        "5 other entries: suspended, flagged, forgotten or crammed.",
    ]
    assert told[4].startswith("The log as it was before: ")
    again = quizapp("import", file)
    assert again.out == "Nothing new: all of it came over before.\n"
    assert str(folder) in quizapp("content", "list").out


def test_without_the_history_it_is_offered(quizapp: Run, tmp_path: Path) -> None:
    file = str(DATA / "studied.apkg")
    got = quizapp("content", "import", file, "--into", str(tmp_path / "nets"))

    assert got.out.splitlines()[-1] == (
        "It holds 15 answers, too; to take them over, add --history."
    )


def test_answers_without_their_cards_are_told(quizapp: Run) -> None:
    got = quizapp("import", str(DATA / "studied.apkg"))

    assert got.out == (
        "15 answers about cards that no pack in use has; take these in first with "
        "`quizapp content import` and `quizapp content add`.\n"
    )
    assert quizapp("import", str(DATA / "studied.apkg"), "--json").json["unknown"] == 15


def test_a_package_without_answers_says_how_to_get_them(quizapp: Run) -> None:
    got = quizapp("import", str(DATA / "legacy.apkg"))

    assert "Include scheduling information" in got.out


def test_only_anki_has_a_history(quizapp: Run, table: Path) -> None:
    assert_one_sentence(quizapp("content", "import", str(table), "--history"))
