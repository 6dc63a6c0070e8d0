"""Reviewing on plain lines: one question, one answer, one rating at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.cards.asks import ChooseMany, ChooseOne, Number, Reveal
from quizapp.cli.prompt import ask
from quizapp.exercises.answers import Ambiguous, Invalid, read
from quizapp.mathtext import prose
from quizapp.scheduling.memory import Rating
from quizapp.study.selection import advice, touching

if TYPE_CHECKING:
    from quizapp.cards.asks import Ask, Judgement, Response
    from quizapp.study.review import ReviewSession, Shown

COLUMNS = 76
_QUIT = object()
_UNDO = object()
KEYS = "q quits, u takes the last answer back."


def review(session: ReviewSession) -> None:
    """Ask card after card until nothing is left or the student quits."""
    counts = session.counts
    print(f"{counts.due + counts.learning} due, {counts.new} new. {KEYS}")
    while (shown := session.current()) is not None:
        if not _one(session, shown):
            break
    else:
        wakes = session.wakes_at()
        later = f" The next card is due at {wakes:%H:%M}." if wakes else ""
        print(f"Nothing is left for now.{later}")
    print(f"{session.answered} answered.")


def next_card(session: ReviewSession) -> dict[str, Any]:
    """The card that comes next, as data."""
    counts = session.counts
    out: dict[str, Any] = {"due": counts.due, "learning": counts.learning, "new": counts.new}
    shown = session.current()
    if shown is None:
        return out | {"card": None}
    options = getattr(shown.ask, "options", ())
    return out | {
        "card": shown.card.id,
        "type": shown.card.type,
        "topic": shown.card.topic,
        "front": shown.ask.front,
        "options": [option.text for option in options],
        "intervals": {rating.name.lower(): text for rating, text in shown.intervals.items()},
    }


def _one(session: ReviewSession, shown: Shown) -> bool:
    """Ask one card; False when the student quits."""
    _print_front(shown)
    response = _respond(shown.ask)
    if response is _QUIT:
        return False
    if response is _UNDO:
        _undo(session)
        return True
    judgement = session.judge(response)  # type: ignore[arg-type]
    _print_back(session, shown, judgement)
    return _rate(session, shown, judgement)


def _print_front(shown: Shown) -> None:
    print()
    print(f"[{shown.card.topic}{', new' if shown.is_new else ''}]")
    _say(shown.ask.front)
    for number, option in enumerate(getattr(shown.ask, "options", ()), start=1):
        _say(f"{number}. {option.text}")


def _respond(ask_: Ask) -> Response | object:
    """The student's answer, asked for again until it can be read."""
    while True:
        text = ask(_prompt(ask_))
        if text is None or text.lower() == "q":
            return _QUIT
        if text.lower() == "u":
            return _UNDO
        if isinstance(ask_, Reveal):
            return None
        response = _read(ask_, text)
        if not isinstance(response, str):
            return response
        print(response)


def _prompt(ask_: Ask) -> str:
    match ask_:
        case Reveal():
            return "Enter shows the answer: "
        case ChooseOne():
            return f"Your choice, 1 to {len(ask_.options)}: "
        case ChooseMany():
            return "All that apply, such as 1 3: "
        case Number():
            return f"A number{f' in {ask_.unit}' if ask_.unit else ''}: "


def _read(ask_: Ask, text: str) -> Response | str:
    """The response, or the sentence why it cannot be read."""
    if isinstance(ask_, Number):
        out = read(text, ())
        if isinstance(out, Invalid):
            return out.reason
        if isinstance(out, Ambiguous):
            return f"This can be read as {' or as '.join(out.texts)}; write it otherwise."
        return "Type a number." if out.value is None else float(out.value)  # type: ignore[arg-type]
    count = len(getattr(ask_, "options", ()))
    numbers = text.replace(",", " ").split()
    if not numbers or not all(
        n.isdecimal() and len(n) < 4 and 1 <= int(n) <= count for n in numbers
    ):
        return f"Type a number from 1 to {count}."
    if isinstance(ask_, ChooseOne):
        return int(numbers[0]) - 1 if len(numbers) == 1 else "Choose only one."
    return frozenset(int(n) - 1 for n in numbers)


def _print_back(session: ReviewSession, shown: Shown, judgement: Judgement) -> None:
    if judgement.right is not None:
        print("Correct." if judgement.right else "Not right.")
    if judgement.other:
        other = "textbook" if session.workspace.settings.answer_by == "slides" else "slides"
        print(f"The {other} would count your answer.")
    _say(f"Answer: {judgement.shown}")
    _say(shown.card.explanation)
    courses = session.workspace.pack.courses
    for source in shown.card.sources:
        title = courses[source.course].title if source.course in courses else source.course
        print(f"Source: {title}, {source.place}")
    for entry in touching(session.workspace.pack, shown.card.discrepancies):
        _say(f"Sources differ: {entry.title} {advice(entry, session.workspace.course.id)}")


def _rate(session: ReviewSession, shown: Shown, judgement: Judgement) -> bool:
    best = session.suggestion(judgement)
    buttons = ", ".join(f"{r.value} {r.name.lower()} ({t})" for r, t in shown.intervals.items())
    while True:
        text = ask(f"{buttons} [{best.value}]: ")
        if text is None or text.lower() == "q":
            return False
        if text.lower() == "u":
            _undo(session)
            return True
        if not text or text in {"1", "2", "3", "4"}:
            session.rate(Rating(int(text)) if text else best)
            return True
        print("Type 1, 2, 3 or 4, or Enter.")


def _undo(session: ReviewSession) -> None:
    print("Taken back." if session.undo() is not None else "There is nothing to take back.")


def _say(text: str) -> None:
    for line in prose(text, COLUMNS):
        print(line)
