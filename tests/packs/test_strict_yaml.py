from __future__ import annotations

import math
import subprocess
import sys
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.errors import QuizError
from quizapp.core.place import Place
from quizapp.packs import strict_yaml
from quizapp.packs.errors import PackError
from quizapp.packs.scalars import plain
from quizapp.packs.strict_yaml import parse


@pytest.fixture(params=["libyaml", "pure Python"], autouse=True)
def both_parsers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", request.param == "libyaml")


def tree(text: str) -> Any:
    return parse(text.encode(), "f.yaml").tree


def refusals(source: bytes | str) -> list[str]:
    source = source.encode() if isinstance(source, str) else source
    with pytest.raises(PackError) as caught:
        parse(source, "f.yaml")
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "off", "y", "N", "tRue", "nUll", "012a", "1_0"]
)
def test_words_that_older_yaml_converts_are_text(word: str) -> None:
    assert tree(f"a: {word}") == {"a": word}


@pytest.mark.parametrize(
    "text", ["2026-11-20", "1:30", "0b1", "e3", ".", "+", "-.", "1e", "=", "0x"]
)
def test_what_only_looks_like_a_number_is_text(text: str) -> None:
    assert tree(f"a: {text}") == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("012", 12),
        ("-7", -7),
        ("+3", 3),
        ("0x1F", 31),
        ("0o17", 15),
        ("1e-3", 0.001),
        ("-2.5E+2", -250.0),
        (".5", 0.5),
        ("1.", 1.0),
        ("-.inf", -math.inf),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("NULL", None),
    ],
)
def test_plain_scalars_follow_the_core_schema_of_yaml_1_2(text: str, value: object) -> None:
    got = tree(f"a: {text}")["a"]

    assert got == value
    assert type(got) is type(value)


def test_nan_is_a_number() -> None:
    assert math.isnan(tree("a: .nan")["a"])


@pytest.mark.parametrize("text", ["'12'", '"true"', "'~'", "|\n  12", ">-\n  1e3"])
def test_quoted_scalars_and_blocks_are_text(text: str) -> None:
    assert isinstance(tree(f"a: {text}")["a"], str)


def test_every_path_has_its_line_and_column() -> None:
    places = parse(b"a:\n  - b: 1\n    c: [x, 'y']\nd: |\n  text\n", "f.yaml").places

    assert places.at(("a", 0, "c", 1)) == Place("f.yaml", 3, 12)
    assert places.at(("a", 0)) == Place("f.yaml", 2, 5)
    assert places.key(("a", 0, "c")) == Place("f.yaml", 3, 5)
    assert places.at(("d",)) == Place("f.yaml", 4, 4)
    assert places.at(()) == Place("f.yaml", 1, 1)


def test_a_path_that_is_not_there_has_the_place_of_its_parent() -> None:
    places = parse(b"a:\n  b: 1\n", "f.yaml").places

    assert places.at(("a", "missing", 3)) == places.at(("a",))


@pytest.mark.parametrize(
    ("source", "place_and_message"),
    [
        ("a: &x 1", "f.yaml:1:4: '&x' is an anchor: delete it"),
        ("a: *x", "f.yaml:1:4: '*x' is an alias: write the value out"),
        ("a: !!str 1", "f.yaml:1:4: 'tag:yaml.org,2002:str' is a tag: delete it"),
        ("a: !!python/object:os.system x", "is a tag"),
        ("a: ! x", "f.yaml:1:4: '!' is a tag: delete it"),
        ("<<: {a: 1}", "f.yaml:1:1: << is a merge: write the keys out"),
        ("a: 1\nb: 2\na: 3", "f.yaml:3:1: 'a' stands twice, first on line 1: delete one of them"),
        ('a: 1\n"a": 3', "f.yaml:2:1: 'a' stands twice, first on line 1: delete one of them"),
        ("a: 1\n---\nb: 1", "f.yaml:2:1: a second document starts here: delete the line with ---"),
        ("%YAML 1.1\n---\na: 1", "f.yaml:1:1: a directive has no place here"),
        ("1: a", "f.yaml:1:1: a key must be text: put '1' in quotes"),
        ("true: a", "f.yaml:1:1: a key must be text: put 'true' in quotes"),
        ("? [a]\n: b", "f.yaml:1:3: a key must be text, and here is a list or a mapping"),
        ("", "f.yaml:1:1: the file is empty: write it or delete it"),
        ("# nothing\n", "f.yaml:1:1: the file is empty: write it or delete it"),
        ("---", "f.yaml:1:1: the file is empty: write it or delete it"),
        ("---\n...\n", "f.yaml:1:1: the file is empty: write it or delete it"),
        (b"a: \xff", "f.yaml:1:4: this is not UTF-8: save the file as UTF-8"),
        (b"\xff\xfea\x00", "f.yaml:1:1: this is not UTF-8: save the file as UTF-8"),
        ("a: \0", "f.yaml:1:4: the character U+0000 cannot stand in a file: delete it"),
        ("ä: ö\n\x1b", "f.yaml:2:1: the character U+001B cannot stand in a file: delete it"),
        ("a: b\u2028c", "f.yaml:1:5: the character U+2028 cannot stand in a file: delete it"),
        ("a:\n\tb: 1", "f.yaml:2:1: a tab stands where only spaces may: indent with spaces"),
        ("a: b: c", "f.yaml:1:5: a colon and a space inside unquoted text"),
        ('a: "\\sigma"', "a backslash in double quotes starts an escape: use single quotes"),
        ('a: "\\Ud8000000"', "is no character: write the character itself"),
        ("a: 'x\n", "f.yaml:1:4: a quote is never closed"),
        ("a:\n  - [1, 2\n", "f.yaml:2:5: a { or [ that is never closed"),
        ("a: @b", "f.yaml:1:4: unquoted text cannot start with this character"),
        ("- a\nb: 1", "f.yaml:2:1: this does not fit what is above it"),
        ("a: " + "1" * 301, "f.yaml:1:4: a number of more than 300 digits: put it in quotes"),
    ],
)
def test_what_a_content_file_does_not_need_is_refused(
    source: bytes | str, place_and_message: str
) -> None:
    (message,) = refusals(source)

    assert place_and_message in message


def test_all_refusals_are_told_at_once() -> None:
    assert len(refusals("a: &x 1\na: 2\nb: *x\n1: !t c")) == 5


def test_a_refusal_is_an_error_a_person_can_read() -> None:
    with pytest.raises(QuizError, match=r"^f\.yaml:2:1: 'a' stands twice.* \(1 more in the same"):
        parse(b"a: 1\na: 2\na: 3", "f.yaml")


def test_an_alias_bomb_is_refused_unexpanded() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]

    assert all("is an a" in message for message in refusals("\n".join(lines)))


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused(opening: str) -> None:
    messages = refusals(opening * 1000)

    assert "more than 32 levels" in messages[-1] or "a key must be text" in messages[-1]


def test_a_hundred_thousand_brackets_do_not_kill_the_process() -> None:
    code = (
        "from quizapp.packs.strict_yaml import parse\n"
        "from quizapp.packs.errors import PackError\n"
        "try:\n    parse(b'[' * 100_000, 'f')\n"
        "except PackError as error:\n    print(error)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr
    assert run.stdout == "f:1:33: more than 32 levels of nesting: make it flatter\n"


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_yaml, "MOST_BYTES", 1_000_000)

    assert refusals(b" " * 1_000_001) == ["f.yaml:1:1: the file is larger than 1 MB: split it"]


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_yaml, "MOST_NODES", 10)

    assert refusals("- a\n" * 10) == ["f.yaml:10:3: more than 10 values in one file: split it"]


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    document = parse(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n", "f.yaml")

    assert document.tree == {"a": 1, "b": "x\ny\n"}
    assert document.places.key(("b",)) == Place("f.yaml", 2, 1)


def test_text_is_cleaned_and_the_place_kept() -> None:
    document = parse(b'a: x\nb: "E[X] [/foo] [b \\x1b]0;x\\x07"\n', "f.yaml")

    assert document.tree == {"a": "x", "b": "E[X] [/foo] [b ]0;x"}
    assert document.cleaned == (Place("f.yaml", 2, 4),)


def test_a_raw_direction_override_is_cleaned_from_text_without_escapes() -> None:
    document = parse("a: x\u202ey\n".encode(), "f.yaml")

    assert document.tree == {"a": "xy"}
    assert document.cleaned == (Place("f.yaml", 1, 4),)


def test_keys_that_become_equal_by_cleaning_are_equal() -> None:
    assert "'a' stands twice" in refusals('a: 1\n"a\\x1b": 2')[0]


@pytest.mark.parametrize(
    ("source", "place"),
    [
        (r"a: 'see $\foo$'", Place("f", 1, 10)),
        ("a: |\n  first\n  see $\\foo$\n", Place("f", 3, 8)),
        ("a: >-\n  \\foo one\n  see \\foo\n", Place("f", 3, 7)),
        (r'a: "\\foo \\foo"', Place("f", 1, 12)),
    ],
)
def test_a_place_inside_a_text_is_found_behind_folding_and_escapes(
    source: str, place: Place
) -> None:
    document = parse(source.encode(), "f")
    value: Any = document.tree
    offset = value["a"].rindex("\\foo")

    assert document.inside(("a",), value["a"], offset) == place


def test_a_place_inside_a_text_falls_back_to_its_start() -> None:
    document = parse(b"a: 'it''s'", "f")

    assert document.inside(("a",), "it's", 1) == Place("f", 1, 4)


plain_trees = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), max_size=12).filter(
        # What is a number since YAML 1.2 (0E0), and PyYAML therefore writes without quotes.
        lambda text: isinstance(plain(text), str)
    )
    | st.integers()
    | st.booleans()
    | st.none(),
    lambda parts: (
        st.lists(parts, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-m]{1,4}", fullmatch=True), parts, max_size=4)
    ),
    max_leaves=12,
)


@given(plain_trees)
def test_plain_trees_are_read_as_pyyaml_reads_them(value: object) -> None:
    text = yaml.safe_dump(value, default_flow_style=False, allow_unicode=True)

    assert tree(text) == yaml.safe_load(text) == value


@given(st.binary(max_size=60) | st.text(" \n\t-:[]{}#&*!|>'\"%@`?,ab1\\é\u2028", max_size=40))
def test_any_bytes_give_a_document_or_faults_that_point_into_them(source: bytes | str) -> None:
    source = source if isinstance(source, bytes) else source.encode()
    try:
        document = parse(source, "f")
    except PackError as error:
        places = [fault.place for fault in error.faults]
    else:
        places = [document.places.at(())]
    lines = source.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")

    assert places
    for place in places:
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
