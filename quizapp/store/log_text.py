"""The log as text: JSON Lines with a first line that says what it is and a last that seals it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from quizapp.store.event_lines import (
    LONGEST_LINE,
    EventLineError,
    as_line,
    read_event,
    read_mapping,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from quizapp.store.events import Event

FORMAT = 1
_HEAD = {"quizapp": "log", "format": FORMAT}


class LogWriter:
    """Writes events; ``close`` adds the seal, without which the text counts as incomplete."""

    def __init__(self, stream: BinaryIO) -> None:
        self.count = 0
        """How many events were written."""
        self._stream = stream
        self._digest = hashlib.sha256()
        self._put(json.dumps(_HEAD))

    def add(self, event: Event) -> None:
        """Write one event."""
        line = as_line(event)
        self._digest.update(line.encode() + b"\n")
        self._put(line)
        self.count += 1

    def close(self) -> str:
        """Write the seal; return the SHA-256 of the events' lines. The stream stays open."""
        digest = self._digest.hexdigest()
        self._put(json.dumps({"events": self.count, "sha256": digest}))
        return digest

    def _put(self, line: str) -> None:
        self._stream.write(line.encode() + b"\n")


class LogReader:
    """Reads events one by one, each checked.

    Iterating raises EventLineError with ``name:line``: for what is no event, and for a seal that
    does not fit. How lines end does not matter, since tools that carry files may change it.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.sealed = False
        """Whether the seal was there and fits, known at the end."""
        self._stream = stream
        self._name = name
        self._number = 0
        self._digest = hashlib.sha256()

    @property
    def where(self) -> str:
        """The line read last."""
        return f"{self._name}:{self._number}"

    def __iter__(self) -> Iterator[Event]:
        count = 0
        try:
            self._demand_head()
            while (line := self._line()) is not None:
                fields = self._fields(line)
                if "sha256" in fields:
                    self._demand_seal(fields, count)
                    continue
                event = read_event(fields)
                self._digest.update(line.encode() + b"\n")
                count += 1
                yield event
        except EventLineError as error:
            raise EventLineError(error.message, where=self.where) from None

    def _fields(self, line: str) -> dict[str, Any]:
        if self.sealed:
            raise EventLineError("there is more after the last line; delete it.")
        return read_mapping(line)

    def _line(self) -> str | None:
        """Return the next line that is not blank, None at the end."""
        while raw := self._stream.readline(LONGEST_LINE + 2):
            self._number += 1
            try:
                text = raw.decode("utf-8-sig" if self._number == 1 else "utf-8").strip("\r\n")
            except UnicodeDecodeError:
                raise EventLineError(
                    "the line is not UTF-8 text; save the file as UTF-8."
                ) from None
            if text.strip():
                return text
        return None

    def _demand_head(self) -> None:
        line = self._line()
        if line is None:
            raise EventLineError("the file is empty; name one that `quizapp export` has written.")
        try:
            head: dict[str, Any] = read_mapping(line)
        except EventLineError:
            head = {}
        if head.get("quizapp") != "log":
            raise EventLineError("this is no log; name a file that `quizapp export` has written.")
        if head.get("format") != FORMAT:
            raise EventLineError("the log was written by a newer quizapp; upgrade to read it.")

    def _demand_seal(self, seal: dict[str, Any], count: int) -> None:
        if seal != {"events": count, "sha256": self._digest.hexdigest()}:
            raise EventLineError(
                "the file is not as it was written; copy it again, or delete this last line if "
                "the lines above were changed on purpose."
            )
        self.sealed = True
