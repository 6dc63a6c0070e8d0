"""How a query that somebody types may go on, and names in it that no card has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.study.query.faults import nearest, short
from quizapp.study.query.patterns import ANY, name_test
from quizapp.study.query.terms import FIELDS, FLAGS, QUANTITIES, STANDINGS
from quizapp.study.query.tokens import Token, tokens
from quizapp.study.query.tree import named_in

if TYPE_CHECKING:
    from quizapp.study.query.finding import Index
    from quizapp.study.query.tree import Field, Query

_FEW = 4
_WITHOUT_LIST: tuple[Field, ...] = ("id", "source")
"""Fields in which every card has a name of its own."""
_OF = {"disc": "discrepancy", "type": "type of card", "family": "exercise family"}


def completions(text: str, index: Index) -> list[str]:
    """Return what may stand behind the colon at the end of a text, beginning as typed."""
    last = _last(text)
    if last is None:
        return []
    typed = last.text.casefold()
    return [name for name in _known(last.key, index) if name.startswith(typed)]


def completed(text: str, index: Index) -> str | None:
    """Return a text with its end completed to the first name that fits; None where none does."""
    last = _last(text)
    found = next(iter(completions(text, index)), None)
    if last is None or found is None or len(found) == len(last.text):
        return None
    return text + found[len(last.text) :]


def unknown(query: Query, index: Index) -> str | None:
    """Return a sentence on the first name in a query that no card has; None without one."""
    for named in named_in(query):
        known = index.names(named.field)
        fits = name_test(named.field, named.name)
        if named.name != ANY and not any(map(fits, known)):
            what = _OF.get(named.field, named.field)
            meant = nearest(named.name.strip(ANY), known)
            way = f"; did you mean {named.field}:{meant}?" if meant else "."
            if not known:
                return f"no card has any {what}."
            return f"no card has the {what} '{short(named.name)}'{way}"
    return None


def several(names: list[str]) -> str:
    """Return a few names in a line."""
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return ", ".join(names[:_FEW]) + more


def _last(text: str) -> Token | None:
    """The term that ends a text, if one does, with neither quote nor blank in its value."""
    found = list(tokens(text))
    last = found[-1] if found else None
    if last is None or last.kind != "term" or last.end != len(text) or text.endswith('"'):
        return None
    return last if text.endswith(f":{last.text}") else None


def _known(key: str, index: Index) -> list[str]:
    match key:
        case "is":
            return list(STANDINGS)
        case "flag":
            return ["any", *FLAGS]
        case "prop":
            return list(QUANTITIES)
        case "disc":
            return ["yes", "no", *index.names("disc")]
    fields = [field for field in FIELDS if field == key and field not in _WITHOUT_LIST]
    # A name with a blank needs quotes, which nobody has typed yet.
    return [name for field in fields for name in index.names(field) if " " not in name]
