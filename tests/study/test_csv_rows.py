"""Rows of CSV as spreadsheets and people write them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.study.csv_rows import MOST_LINES, CsvError, CsvRows
from quizapp.study.files import LONGEST_LINE, as_text, text_lines

if TYPE_CHECKING:
    from quizapp.study.csv_rows import Row


def reading(text: str | bytes) -> CsvRows:
    content = text if isinstance(text, bytes) else text.encode()
    return CsvRows(text_lines(as_text(io.BytesIO(content))), "f.csv")


def rows(text: str | bytes) -> list[list[str] | str]:
    """The texts of all rows, of the header first; the place and sentence of those refused."""
    source = reading(text)
    found: list[Row | CsvError] = [source.header(), *source.rows()]
    return [str(row) if isinstance(row, CsvError) else [c.text for c in row] for row in found]


def places(text: str) -> list[list[tuple[int, int]]]:
    source = reading(text)
    found = [source.header(), *source.rows()]
    return [[(c.at.line, c.at.column) for c in row] for row in found if isinstance(row, list)]


def test_cells_and_rows() -> None:
    assert rows("a,b\n1,2\r\n3, 4 \n") == [["a", "b"], ["1", "2"], ["3", "4"]]


@pytest.mark.parametrize("text", ["a;b\n1,5;2", "sep=;\na;b\n1,5;2", "\ufeffa;b\n1,5;2\n"])
def test_semicolons_separate_where_the_header_has_them(text: str) -> None:
    assert rows(text) == [["a", "b"], ["1,5", "2"]]


def test_tabs_separate_too() -> None:
    assert rows("a\tb\n1 2; 3 4\t5") == [["a", "b"], ["1 2; 3 4", "5"]]


def test_a_quoted_separator_in_the_header_decides_nothing() -> None:
    assert rows('"a; b; c",d\n1,2') == [["a; b; c", "d"], ["1", "2"]]


def test_quotes_hold_separators_quotes_and_line_ends() -> None:
    assert rows('a,b\n"1, 2","say ""x"""\n"1 2\n3 4" , "5"\n') == [
        ["a", "b"],
        ["1, 2", 'say "x"'],
        ["1 2\n3 4", "5"],
    ]


def test_a_quote_within_a_cell_is_only_a_quote() -> None:
    assert rows('a,b\n5" pipe,2') == [["a", "b"], ['5" pipe', "2"]]


def test_blank_rows_are_passed_over() -> None:
    assert rows("\n;;\na;b\n\n;\n1;2\n \n") == [["a", "b"], ["1", "2"]]


def test_every_cell_knows_its_place() -> None:
    assert places('a,b,c\n1, 22,"3\n4",5\n6\n') == [
        [(1, 1), (1, 3), (1, 5)],
        [(2, 1), (2, 4), (2, 7), (3, 4)],
        [(4, 1)],
    ]


def test_a_row_that_fails_does_not_take_others_with_it() -> None:
    found = rows('a,b\nx,"1"2\ny,"1\nz,2\n')
    assert found[0] == ["a", "b"]
    assert found[1] == (
        "f.csv:2:6: text stands behind a closing quote; write a quote within quotes twice."
    )
    assert found[2] == "f.csv:3:3: a quote is opened here and never closed; close it."
    assert found[3] == ["z", "2"]


def test_a_quote_that_closes_amid_another_row_is_told_where_it_opens() -> None:
    found = rows('a,b\nx,"1 2\ny,"3 4"\nz,5\n')
    assert found[1] == (
        "f.csv:2:3: a quote is opened here and closes only amid line 3; close it where its cell "
        "ends."
    )
    assert found[2:] == [["y", "3 4"], ["z", "5"]]


def test_the_first_cell_of_a_row_that_fails_is_known() -> None:
    source = reading('a,b\n anna ,"1"2\n')
    source.header()
    (error,) = source.rows()
    assert isinstance(error, CsvError)
    assert error.first == "anna"


def test_a_quote_reaches_no_further_than_some_lines() -> None:
    lines = "\n".join(["x"] * 200)
    found = rows(f'a\n"open\n{lines}\n')
    assert len(found) == 202
    assert sum(isinstance(row, str) for row in found) == 1
    inside = "\n".join(["x"] * (MOST_LINES - 1))
    assert rows(f'a\n"open\n{inside}\nend"\n')[1] == [f"open\n{inside}\nend"]


@pytest.mark.parametrize(
    "line", [b"\xff,1", b"a\x00,1", b"x" * (LONGEST_LINE + 5) + b",1", b"\xed\xa0\x80,1"]
)
def test_a_line_that_is_no_text_fails_alone(line: bytes) -> None:
    found = rows(b"a,b\n" + line + b"\nz,1\n")
    assert len(found) == 3
    assert str(found[1]).startswith("f.csv:2:")
    assert found[2] == ["z", "1"]


@pytest.mark.parametrize("text", [b"", b"\n\n", b";;;\n", b"\xef\xbb\xbf", b"sep=;\n"])
def test_an_empty_file_is_told(text: bytes) -> None:
    with pytest.raises(CsvError, match="empty"):
        reading(text).header()


def test_a_spreadsheet_that_saves_utf_16_is_told_what_to_do() -> None:
    with pytest.raises(CsvError, match="UTF-8"):
        reading("a;b\n".encode("utf-16")).header()


CELLS = st.text(alphabet="ab1 ;,\t\"'\n=é", max_size=8)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_what_a_spreadsheet_writes_is_read(table: list[list[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerows([["h"] * 3, *table])
    wanted = [row for row in table if any(f'"{cell}"'.strip() for cell in row)]
    assert rows(text.getvalue())[1:] == wanted


@given(st.text(alphabet='a,;"\n\r\t \x00é', max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_rows_or_errors(text: str) -> None:
    source = reading(text)
    try:
        source.header()
    except CsvError as error:
        assert str(error).startswith("f.csv")  # noqa: PT017
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert len(list(source.rows())) <= lines
