"""A pack in a .zip is the same pack, and a hostile archive gives a sentence."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizapp.packs import zip_archive, zip_files
from quizapp.packs.check import check
from quizapp.packs.errors import PackError
from quizapp.packs.files import collect
from quizapp.packs.load import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Content = str | bytes


@pytest.fixture
def write_zip(small_files: dict[str, str], tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the small pack as a .zip, with some files more or others."""

    def write(changes: dict[str, Content | None] | None = None, within: str = "") -> Path:
        path = tmp_path / "pack.zip"
        files: dict[str, Content | None] = {**small_files, **(changes or {})}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                if content is not None:
                    archive.writestr(within + name, content)
        return path

    return write


def faults(path: Path) -> list[str]:
    return [str(fault).removeprefix(f"{path}/") for fault in load_pack(path).faults]


def cards_or_none(path: Path) -> int:
    """How many cards load; none from an archive that is refused."""
    try:
        return len(load_pack(path).cards)
    except PackError:
        return 0


def refusal(path: Path) -> str:
    with pytest.raises(PackError) as caught:
        collect(path)
    assert caught.value.where == f"{path}:1:1"
    return caught.value.message


def test_a_zip_holds_the_same_pack_as_its_folder(
    write_zip: Callable[..., Path], write_pack: Callable[..., Path]
) -> None:
    zipped, folder = collect(write_zip()), collect(write_pack())

    assert zipped == folder
    assert list(load_pack(write_zip()).cards) == ["first", "second"]


def test_one_folder_around_everything_is_taken_off(write_zip: Callable[..., Path]) -> None:
    path = write_zip(within="neural-networks-main/")

    assert faults(path) == []
    assert [file.name for file in collect(path).files] == [
        file.name for file in collect(write_zip()).files
    ]


def test_what_a_mac_adds_does_not_count(write_zip: Callable[..., Path]) -> None:
    path = write_zip({"__MACOSX/._pack.yaml": b"\0\5"}, within="")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/small/._pack.yaml", b"\0\5")

    assert faults(path) == []


def test_places_name_the_file_within_the_archive(write_zip: Callable[..., Path]) -> None:
    path = write_zip({"cards/broken.yaml": "topic: a\ncards: [\n"})

    assert faults(path)[0].startswith("cards/broken.yaml:3:1: ")
    assert any(str(fault).startswith(f"{path}/cards/broken.yaml:3:1: ") for fault in check(path))


def test_a_cached_zip_is_the_same_pack(write_zip: Callable[..., Path], tmp_path: Path) -> None:
    path = write_zip()
    first = load_pack(path, cache=tmp_path / "cache")

    assert load_pack(path, cache=tmp_path / "cache") == first


def test_a_zip_without_a_pack_file_says_so(write_zip: Callable[..., Path]) -> None:
    assert "pack.yaml:1:1: pack.yaml is missing: write one" in faults(
        write_zip({"pack.yaml": None})
    )


def test_unknown_folders_and_other_endings_are_told(write_zip: Callable[..., Path]) -> None:
    told = faults(write_zip({"crads/x.yaml": "a: b\n", "cards/x.yml": "a: b\n"}))

    assert "crads:1:1: unknown folder 'crads': did you mean 'cards'?" in told
    assert "cards/x.yml:1:1: this file is not read: let its name end in .yaml" in told


@pytest.mark.parametrize(
    "name", ["../evil.yaml", "/etc/evil.yaml", "cards/../../evil.yaml", "C:\\evil.yaml"]
)
def test_a_name_that_leads_out_is_told_and_not_read(
    write_zip: Callable[..., Path], name: str
) -> None:
    path = write_zip({name: "topic: a\n"})

    assert [told for told in faults(path) if "leads out of the pack" in told]
    assert not any("evil" in file.name for file in collect(path).files)


def test_a_link_is_told_and_not_read(write_zip: Callable[..., Path]) -> None:
    path = write_zip()
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("cards/link.yaml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")

    assert faults(path) == ["cards/link.yaml:1:1: a link: put the file itself into the archive"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_told(write_zip: Callable[..., Path]) -> None:
    path = write_zip()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("cards/hopfield.yaml", "topic: other\ncards: []\n")

    assert faults(path) == ["cards/hopfield.yaml:1:1: twice in the archive: delete one of them"]


def test_an_encrypted_file_is_told(write_zip: Callable[..., Path]) -> None:
    path = write_zip()
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1  # the flag in the list of files
    path.write_bytes(content)

    assert any("it is encrypted" in told for told in faults(path))


def test_a_file_that_unpacks_beyond_all_measure_is_told(write_zip: Callable[..., Path]) -> None:
    path = write_zip({"cards/bomb.yaml": b" " * 5_000_000})

    assert any("it unpacks to more than 200 times its size" in told for told in faults(path))


def test_all_files_together_have_a_limit(
    write_zip: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_zip()
    monkeypatch.setattr(zip_files, "MOST_BYTES", 1_500)

    assert "the archive unpacks to more than" in refusal(path)


def test_too_many_files_are_refused(write_zip: Callable[..., Path]) -> None:
    path = write_zip({f"cards/{n}.txt": "" for n in range(zip_files.MOST_FILES)})

    assert refusal(path) == "more than 5000 files in the archive: split it"


def test_a_list_of_files_without_end_is_refused_before_it_is_read(
    write_zip: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_zip()
    monkeypatch.setattr(zip_archive, "LARGEST_DIRECTORY", 100)

    assert refusal(path) == "the archive is refused: it lists far too many files"


def test_a_longer_list_in_the_large_form_is_refused_too(tmp_path: Path) -> None:
    end_64 = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 1, 1, 1 << 40, 0)
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, 0, 1)
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, 10, 0, 0)
    path = tmp_path / "pack.zip"
    path.write_bytes(end_64 + locator + end)

    assert refusal(path) == "the archive is refused: it lists far too many files"


def test_a_damaged_file_is_told(write_zip: Callable[..., Path]) -> None:
    path = write_zip()
    content = path.read_bytes()
    at = content.index(b"cards/hopfield.yaml") + len("cards/hopfield.yaml") + 20
    path.write_bytes(content[:at] + b"\xff" * 8 + content[at + 8 :])

    assert any(told.endswith("the file is refused: it is damaged") for told in faults(path))


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive at all", b"PK\x05\x06" * 9])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pack.zip"
    path.write_bytes(content)

    assert refusal(path) == "the archive is refused: it is no ZIP archive, or a damaged one"


def test_a_folder_called_like_an_archive_is_a_folder(write_pack: Callable[..., Path]) -> None:
    root = write_pack()
    folder = root.rename(root.with_name("small.zip"))

    assert load_pack(folder).faults == ()


@given(data=st.data())
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_damage_gives_a_pack_or_a_refusal(
    small_files: dict[str, str], tmp_path: Path, data: st.DataObject
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in small_files.items():
            # Without the time of day, so that the same damage is the same the next time.
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    content = bytearray(out.getvalue())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "pack.zip"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)) | st.just(len(content)))])

    assert cards_or_none(path) <= 2


def test_a_file_without_a_name_is_told_and_the_rest_is_read(
    small_files: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "pack.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in small_files.items():
            archive.writestr(name, text)
        nameless = zipfile.ZipInfo("x")
        nameless.filename = ""
        archive.writestr(nameless, "a: 1")
    pack = load_pack(path)

    assert len(pack.cards) == 2
    assert "a file without a name" in str(pack.faults[0])
