"""Whatever stands in the files of a pack, there is a pack, with faults that point into them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.packs.files import FOLDERS, PackFile, PackFiles
from quizapp.packs.lint import lint
from quizapp.packs.load import read_pack
from quizapp.packs.payload import assemble, payload

if TYPE_CHECKING:
    from quizapp.packs.model import Pack


def loaded(files: dict[str, bytes]) -> Pack:
    """Return the pack of some files, as from the cache; every fault points into its file."""
    collected = PackFiles(
        tuple(
            PackFile(name.split("/")[0] if "/" in name else "", name, content)
            for name, content in sorted(files.items())
        ),
        (),
    )
    reading = read_pack(collected, frozenset({"hopfield-energy"}))
    found = [*reading.report.faults, *lint(reading)]
    for fault in found:
        content = files[fault.place.file].decode(errors="replace").removeprefix("\ufeff")
        lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= fault.place.line <= len(lines)
        assert 1 <= fault.place.column <= len(lines[fault.place.line - 1]) + 1
    data = json.loads(json.dumps(payload(reading), ensure_ascii=False).encode())
    return assemble(data, Path("root"))


def with_file(files: dict[str, str], name: str, content: bytes) -> dict[str, bytes]:
    return {**{name: text.encode() for name, text in files.items()}, name: content}


@given(st.sampled_from(FOLDERS), st.binary(max_size=200))
def test_any_bytes(small_files: dict[str, str], folder: str, content: bytes) -> None:
    pack = loaded(with_file(small_files, f"{folder}/any.yaml", content))

    assert "first" in pack.cards
    assert pack.faults


@given(st.data())
@settings(max_examples=200)
def test_a_good_file_that_was_damaged(small_files: dict[str, str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(small_files)))
    text = small_files[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    alphabet = st.sampled_from("\n \t-:[]{}#&*!|>'\"%@`?,.$\\ab10\x00\x1b\u202eé")
    middle = data.draw(st.text(alphabet, max_size=12))

    damaged = (text[:start] + middle + text[end:]).encode()
    assert len(loaded(with_file(small_files, name, damaged)).cards) <= 3


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["hub", "slides", "first", "$x$", "$\\foo$", "{{a}}", "", "1e400"])
    | st.text(max_size=8),
    lambda parts: (
        st.lists(parts, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "text", "right", "slides", "textbook", "str", "TextSides"]),
            parts,
            max_size=3,
        )
    ),
    max_leaves=5,
)


@given(st.data())
@settings(max_examples=200)
def test_a_good_file_with_another_value_somewhere(
    small_files: dict[str, str], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(small_files)))
    tree = yaml.safe_load(small_files[name])
    parent = tree
    while True:
        keys = list(parent) if isinstance(parent, dict) else list(range(len(parent)))
        key = data.draw(st.sampled_from(keys))
        if not (isinstance(parent[key], dict | list) and parent[key] and data.draw(st.booleans())):
            break
        parent = parent[key]
    if data.draw(st.booleans()):
        parent[key] = data.draw(values)
    elif isinstance(parent, dict):
        parent[data.draw(st.text(max_size=5))] = parent.pop(key)
    content = yaml.safe_dump(tree, allow_unicode=True).encode()

    pack = loaded(with_file(small_files, name, content))
    for card in pack.cards.values():
        assert set(card.items) <= set(pack.items)
        assert set(card.discrepancies) <= set(pack.discrepancies)
    for course in pack.courses.values():
        assert set(course.exams) <= set(pack.blueprints)
    assert {item.course for item in pack.items.values()} <= set(pack.courses)
