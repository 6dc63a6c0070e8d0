"""Reading a query: recursive descent over its tokens.

query := all ("or" all)*
all   := part (["and"] part)*
part  := "-" part | "(" query ")" | word | "phrase" | key:value
"""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.text import clean
from quizapp.study.query.faults import QueryError
from quizapp.study.query.terms import KEYS, read_term
from quizapp.study.query.tokens import LONGEST, Token, tokens
from quizapp.study.query.tree import Not, Query, Text, all_of, any_of

DEEPEST = 40
"""How many parentheses and minus signs may stand within each other."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read of a query that may be unfinished."""

    query: Query
    fault: QueryError | None
    """The first thing that could not be read; it was left out, or looked for as text."""


def parse(text: str) -> Query:
    """The tree of a query. Raises QueryError with the place and what fits there."""
    reading = read(text)
    if reading.fault is not None:
        raise reading.fault
    return reading.query


def read(text: str) -> Reading:
    """As much of a query as can be read, for a line in which somebody types; never raises."""
    text = clean(text)
    fault = None
    if len(text) > LONGEST:
        told = f"a query has at most {LONGEST} characters; leave something out."
        fault = QueryError(told, LONGEST, len(text))
        text = text[:LONGEST]
    parser = _Parser(text)
    query = parser.whole()
    return Reading(query, fault or parser.fault)


class _Parser:
    """Goes on after a fault; None is a part of which nothing could be read."""

    def __init__(self, text: str) -> None:
        self.fault: QueryError | None = None
        self._tokens = list(tokens(text))
        self._at = 0
        self._end = len(text)
        self._depth = 0

    def whole(self) -> Query:
        parts = []
        while True:
            parts.append(self._query())
            here = self._here()
            if here is None:
                return all_of(part for part in parts if part is not None)
            told = "this parenthesis was never opened; leave it out, or put the text in quotes."
            self._blame(told, here)
            self._at += 1

    def _query(self) -> Query | None:
        choices = [self._all()]
        while (sign := self._take("or")) is not None:
            choices.append(self._all())
            if None in choices[-2:]:
                self._blame("'or' stands between two things; in quotes it is text.", sign)
        found = [choice for choice in choices if choice is not None]
        return any_of(found) if found else None

    def _all(self) -> Query | None:
        parts: list[Query] = []
        while (here := self._here()) is not None and here.kind not in {"or", "close"}:
            if here.kind == "and":
                self._at += 1
                after = self._here()
                if not parts or after is None or after.kind in {"or", "and", "close"}:
                    self._blame("'and' stands between two things; in quotes it is text.", here)
                continue
            part = self._part()
            if part is not None:
                parts.append(part)
        return all_of(parts) if parts else None

    def _part(self) -> Query | None:
        token = self._tokens[self._at]
        self._at += 1
        match token.kind:
            case "minus":
                return self._not(token)
            case "open":
                return self._group(token)
            case "term":
                return self._term(token)
            case "phrase":
                return self._phrase(token)
            case _:
                return Text(token.text)

    def _not(self, minus: Token) -> Query | None:
        here = self._here()
        if here is None or here.start != minus.end or here.kind == "close":
            told = "a minus stands right before what it leaves out, as in -topic:hopfield"
            self._blame(f"{told}; in quotes it is text.", minus)
            return None
        if here.kind in {"or", "and"}:
            self._at += 1
            return Not(Text(here.text))
        if not self._deeper(minus):
            return None
        part = self._part()
        self._depth -= 1
        return None if part is None else Not(part)

    def _group(self, opening: Token) -> Query | None:
        if not self._deeper(opening):
            return None
        before = self._at
        query = self._query()
        self._depth -= 1
        if self._take("close") is None:
            self._blame("this parenthesis is never closed; close it, or use quotes.", opening)
        elif self._at == before + 1:
            self._blame("nothing stands between these parentheses.", opening)
        return query

    def _term(self, token: Token) -> Query | None:
        if not token.whole:
            self._unclosed(token)
        try:
            return read_term(token)
        except QueryError as fault:
            self.fault = self.fault or fault
        # What looks like a term by chance is looked for as it stands.
        unknown = token.key not in KEYS and token.text
        return Text(" ".join(f"{token.key}:{token.text}".split())) if unknown else None

    def _phrase(self, token: Token) -> Query | None:
        if not token.whole:
            self._unclosed(token)
        text = " ".join(token.text.split())
        if not text:
            self._blame("nothing stands between these quotes.", token)
            return None
        return Text(text)

    def _unclosed(self, token: Token) -> None:
        self._blame("these quotes are never closed; close them.", token)

    def _deeper(self, token: Token) -> bool:
        """Go one deeper; where that is too deep, pass over the rest."""
        if self._depth == DEEPEST:
            told = f"at most {DEEPEST} parentheses and minus signs stand within each other."
            self._blame(told, token)
            self._at = len(self._tokens)
            return False
        self._depth += 1
        return True

    def _here(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _take(self, kind: str) -> Token | None:
        here = self._here()
        if here is None or here.kind != kind:
            return None
        self._at += 1
        return here

    def _blame(self, told: str, token: Token) -> None:
        self.fault = self.fault or QueryError(told, token.start, token.end)
