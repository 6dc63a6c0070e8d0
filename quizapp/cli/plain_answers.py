"""How a card is put, answered and judged on plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.cards.asks import ChooseMany, ChooseOne, Match, Number, Order, Reveal, Words
from quizapp.cards.spelling import essence
from quizapp.exercises.answers import Ambiguous, Invalid, read
from quizapp.mathtext import prose

if TYPE_CHECKING:
    from quizapp.cards.asks import Ask, Judgement, Option, Response

COLUMNS = 76


class UnreadableError(ValueError):
    """What was typed is no answer; the message says why, and what to type."""


def as_data(ask_: Ask) -> dict[str, Any]:
    """What there is to choose, to order or to match, as data."""
    out: dict[str, Any] = {"options": [option.text for option in _options(ask_)]}
    if isinstance(ask_, Order):
        out["steps"] = list(ask_.steps)
    elif isinstance(ask_, Match):
        pairs = zip(ask_.rows, ask_.shown, strict=True)
        out["columns"] = list(ask_.columns)
        out["rows"] = [{"aspect": row.aspect, "entry": entry} for row, entry in pairs]
    return out


def _options(ask_: Ask) -> tuple[Option, ...]:
    return ask_.options if isinstance(ask_, ChooseOne | ChooseMany) else ()


# Before the answer -------------------------------------------------------------------------


def print_ask(ask_: Ask) -> None:
    """Print the question and what there is to choose, to order or to match."""
    say(ask_.front)
    texts = [option.text for option in _options(ask_)]
    if isinstance(ask_, Order):
        texts = list(ask_.steps)
    for number, text in enumerate(texts, start=1):
        say(text, head=f"{number}. ")
    if isinstance(ask_, Match):
        for row, entry in zip(ask_.rows, ask_.shown, strict=True):
            say(f"{row.aspect}: {entry}", head="- ")
        for number, name in enumerate(ask_.columns, start=1):
            say(name, head=f"Column {number}: ")


def prompt(ask_: Ask) -> str:
    """What to type."""
    match ask_:
        case Reveal():
            return "Enter shows the answer: "
        case ChooseOne():
            return f"Your choice, 1 to {len(ask_.options)}: "
        case ChooseMany():
            return "All that apply, such as 1 3: "
        case Number():
            return f"A number{f' in {ask_.unit}' if ask_.unit else ''}: "
        case Words():
            return "A word or a short phrase: "
        case Order():
            return f"The steps in order, such as {_example(len(ask_.steps), len(ask_.steps))}: "
        case Match():
            example = _example(len(ask_.rows), len(ask_.columns))
            return f"The column of each row, such as {example}: "


def _example(count: int, most: int) -> str:
    return " ".join(str(most - number % most) for number in range(count))


def read_answer(ask_: Ask, text: str) -> Response:
    """What was typed as a response. Raises UnreadableError with the sentence why it is none."""
    match ask_:
        case Reveal():
            return None
        case Number():
            return _number(text)
        case Words():
            if not essence(text):
                raise UnreadableError("Type a word or a short phrase.")
            return text
        case Order():
            return _order(text, len(ask_.steps))
        case Match():
            return _columns(text, len(ask_.rows), len(ask_.columns))
        case _:
            return _choice(text, len(ask_.options), several=isinstance(ask_, ChooseMany))


def _choice(text: str, count: int, *, several: bool) -> Response:
    chosen = _indices(text, count)
    if not chosen:
        raise UnreadableError(f"Type {'numbers' if several else 'a number'} from 1 to {count}.")
    if several:
        return frozenset(chosen)
    if len(chosen) > 1:
        raise UnreadableError("Choose only one.")
    return chosen[0]


def _order(text: str, count: int) -> tuple[int, ...]:
    order = _indices(text, count, apart=count)
    if sorted(order) != list(range(count)):
        raise UnreadableError(f"Type each number from 1 to {count} once.")
    return tuple(order)


def _columns(text: str, rows: int, columns: int) -> tuple[int, ...]:
    chosen = _indices(text, columns, apart=rows)
    if len(chosen) != rows:
        raise UnreadableError(f"Type {rows} numbers from 1 to {columns}, one for each row.")
    return tuple(chosen)


def _indices(text: str, count: int, apart: int = 0) -> list[int]:
    """The numbers typed, counted from 0; none where one of them is not from 1 to ``count``.

    ``apart`` digits written together are as many numbers.
    """
    words = text.replace(",", " ").split()
    if len(words) == 1 and len(words[0]) == apart:
        words = list(words[0])
    good = all(word.isdecimal() and len(word) < 4 and 1 <= int(word) <= count for word in words)
    return [int(word) - 1 for word in words] if good else []


def _number(text: str) -> float:
    out = read(text, ())
    if isinstance(out, Invalid):
        raise UnreadableError(out.reason)
    if isinstance(out, Ambiguous):
        told = " or as ".join(out.texts)
        raise UnreadableError(f"This can be read as {told}; write it so that only one fits.")
    if not isinstance(out.value, float):
        raise UnreadableError("Type a number.")
    return out.value


# After the answer --------------------------------------------------------------------------


def print_judgement(ask_: Ask, response: Response, judgement: Judgement, other: str) -> None:
    """Print whether it is right, and what is; ``other`` names the side that does not count."""
    if judgement.right is not None:
        print("Correct." if judgement.right else "Not right.")
    if judgement.other:
        print(f"The {other} would count your answer.")
    if judgement.remark:
        say(judgement.remark)
    match ask_:
        case Order():
            _print_order(ask_, response)
        case Match():
            _print_comparison(ask_, response)
        case _:
            say(judgement.shown, head="Answer: ")
            _print_why(ask_, response)


def _print_order(ask_: Order, response: Response) -> None:
    given = response if isinstance(response, tuple) else ask_.right
    print("The right order:")
    for place, step in enumerate(ask_.right):
        yours = given.index(step)
        told = "" if yours == place else f" (not right: you put it at {yours + 1})"
        say(f"{ask_.steps[step]}{told}", head=f"{place + 1}. ")


def _print_comparison(ask_: Match, response: Response) -> None:
    given = response if isinstance(response, tuple) else ask_.right
    for row, entry, column, right in zip(ask_.rows, ask_.shown, given, ask_.right, strict=True):
        if column != right:
            say(f"{row.aspect}: {entry} belongs to column {right + 1}.", head="Not right: ")
    print("The whole comparison:")
    for row in ask_.rows:
        say(row.aspect, head="- ")
        for name, cell in zip(ask_.columns, row.cells, strict=True):
            say(f"{name}: {cell}", head="  ")


def _print_why(ask_: Ask, response: Response) -> None:
    """What is wrong with the options that were chosen and are not right."""
    if isinstance(ask_, ChooseOne) and isinstance(response, int):
        wrong = {response} - {ask_.right}
    elif isinstance(ask_, ChooseMany) and isinstance(response, frozenset):
        wrong = set(response) - ask_.right
    else:
        return
    for index in sorted(wrong):
        if ask_.options[index].why:
            say(ask_.options[index].why, head=f"Not {index + 1}: ")


def say(text: str, head: str = "") -> None:
    """Print a text of the pack, its formulas in one line, behind a head."""
    for number, line in enumerate(prose(text, COLUMNS - len(head))):
        print((head if number == 0 else " " * len(head)) + line)
