"""Events as lines: what is written is read again, and what is no event is refused with its line."""

from __future__ import annotations

import contextlib
import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.text import clean
from quizapp.store.event_lines import EventLineError, as_line, read_event, read_mapping, same
from quizapp.store.events import Event
from quizapp.store.log_text import LogReader, LogWriter

FIELDS: dict[str, Any] = {
    "id": "0193", "device": "d", "clock": 1_740_830_400_000_000, "at": 1_740_830_400_000_000,
    "utc_offset": 3600, "study_day": "2025-03-01", "kind": "review", "subject": "x",
    "payload": {"card": "x", "rating": 3},
}  # fmt: skip

text = st.text(max_size=30).filter(lambda t: clean(t) == t and "\n" not in t)
payloads = st.dictionaries(
    st.text(max_size=8),
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**40), 10**40) | st.text(max_size=20)
        | st.floats(allow_nan=False, allow_infinity=False),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=8,
    ),
)  # fmt: skip
events = st.builds(
    Event,
    id=text.filter(bool),
    device=text.filter(bool),
    clock=st.integers(0, 2**54),
    at=st.integers(-(2**50), 2**54),
    utc_offset=st.integers(-86_399, 86_399),
    study_day=st.dates(date(1900, 1, 1), date(2899, 12, 31)).map(str),
    kind=text.filter(bool),
    subject=text,
    payload=payloads,
)


def written(*given_events: Event) -> bytes:
    stream = io.BytesIO()
    writer = LogWriter(stream)
    for event in given_events:
        writer.add(event)
    writer.close()
    return stream.getvalue()


def read(content: bytes) -> list[Event]:
    return list(LogReader(io.BytesIO(content), "log.jsonl"))


@given(st.lists(events, max_size=5))
def test_what_is_written_is_read_again(some: list[Event]) -> None:
    content = written(*some)
    reader = LogReader(io.BytesIO(content), "x")
    assert list(reader) == some
    assert reader.sealed
    assert content.isascii()


@given(events)
def test_a_line_says_all_of_an_event(event: Event) -> None:
    again = read_event(read_mapping(as_line(event)))
    assert again == event
    assert same(again, event)
    assert as_line(again) == as_line(event)


def test_the_undo_of_a_step_over_very_many_cards_is_read_again() -> None:
    targets = [f"0193-{number:031}" for number in range(120_000)]
    undo = Event(**{**FIELDS, "kind": "undo", "payload": {"targets": targets}})
    assert read(written(undo)) == [undo]


@given(st.binary(max_size=200))
def test_any_bytes_are_no_event(content: bytes) -> None:
    for start in (b"", b'{"quizapp":"log","format":1}\n'):
        with contextlib.suppress(EventLineError):
            assert len(read(start + content)) == 0


@given(st.data())
def test_a_log_with_any_byte_changed_is_refused_or_not_sealed(data: st.DataObject) -> None:
    event = Event(**FIELDS)
    content = bytearray(written(event, Event(**{**FIELDS, "id": "b", "payload": {"n": 1.5}})))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[place]))
    reader = LogReader(io.BytesIO(bytes(content)), "x")
    try:
        found = list(reader)
    except EventLineError:
        return
    assert not reader.sealed or found[0] == event


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"id": ""}, "'id' of the entry is no text"),
        ({"id": 7}, "'id' of the entry is no text"),
        ({"id": "x" * 101}, "more than 100"),
        ({"subject": "a\x1b[31m"}, "not shown"),
        ({"subject": "a\nb"}, "not shown"),
        ({"subject": "\ud800"}, "not shown"),
        ({"kind": "\u202e"}, "not shown"),
        ({"clock": 2**63}, "'clock' of the entry is not between"),
        ({"clock": True}, "no whole number"),
        ({"at": 1.5}, "no whole number"),
        ({"at": None}, "no whole number"),
        ({"utc_offset": 86_400}, "not between"),
        ({"study_day": "2025-02-30"}, "no day"),
        ({"study_day": "20250301"}, "no day"),
        ({"study_day": "9999-12-31"}, "no day"),
        ({"study_day": 20250301}, "no day"),
        ({"payload": []}, "no JSON object"),
        ({"payload": "{}"}, "no JSON object"),
        ({"kind": "flag", "payload": {"value": 2**40}}, "too large"),
        ({"extra": 1}, "no field 'extra'"),
    ],
)
def test_a_field_that_does_not_fit_is_named_with_its_line(
    changes: dict[str, Any], told: str
) -> None:
    good = as_line(Event(**FIELDS))
    bad = json.dumps({**FIELDS, **changes})
    with pytest.raises(EventLineError, match=told) as caught:
        read(f'{{"quizapp":"log","format":1}}\n{good}\n\n{bad}\n'.encode())
    assert caught.value.where == "log.jsonl:4"
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(EventLineError, match=f"'{name}' of the entry is missing"):
        read_event({key: value for key, value in FIELDS.items() if key != name})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"hello", "this is no log"),
        (b'{"family": "attention"}', "this is no log"),
        (b'{"quizapp":"log","format":2}', "newer quizapp"),
        (b'{"quizapp":"log","format":1}\n\xff\n', "not UTF-8"),
        (b'{"quizapp":"log","format":1}\nNaN\n', "no JSON number"),
        (b'{"quizapp":"log","format":1}\n[]\n', "no JSON object"),
        (b'{"quizapp":"log","format":1}\n' + b'{"a":' * 99 + b"1" + b"}" * 99, "nested"),
        (b'{"quizapp":"log","format":1}\n{"id":1,"id":2}', "stands twice"),
        (b'{"quizapp":"log","format":1}\n"' + b"x" * 65_000_000 + b'"', "more than 64000000"),
        (b'{"quizapp":"log","format":1}\n{"events":3,"sha256":"0"}', "not as it was written"),
    ],
)
def test_what_is_no_log_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(EventLineError, match=told):
        read(content)


def test_nothing_may_follow_the_seal() -> None:
    content = written(Event(**FIELDS))
    with pytest.raises(EventLineError, match="after the last line"):
        read(content + content.splitlines()[1])


def test_a_log_without_its_last_line_is_read_but_not_sealed() -> None:
    content = b"\n".join(written(Event(**FIELDS)).splitlines()[:-1])
    reader = LogReader(io.BytesIO(content), "x")
    assert list(reader) == [Event(**FIELDS)]
    assert not reader.sealed


def test_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    content = b"\xef\xbb\xbf" + written(Event(**FIELDS)).replace(b"\n", b"\r\n")
    reader = LogReader(io.BytesIO(content), "x")
    assert list(reader) == [Event(**FIELDS)]
    assert reader.sealed


def test_the_order_of_a_payload_does_not_matter_and_its_kinds_do() -> None:
    one = Event(**{**FIELDS, "payload": {"a": 1, "b": 2}})
    assert same(one, Event(**{**FIELDS, "payload": {"b": 2, "a": 1}}))
    assert not same(one, Event(**{**FIELDS, "payload": {"a": True, "b": 2}}))
