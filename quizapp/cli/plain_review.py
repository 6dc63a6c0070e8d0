"""Reviewing on plain lines: one question, one answer, one rating at a time."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from quizapp.cli.plain_answers import (
    COLUMNS,
    UnreadableError,
    as_data,
    print_ask,
    print_judgement,
    prompt,
    read_answer,
    say,
)
from quizapp.cli.plain_practice import practise
from quizapp.cli.prompt import ask
from quizapp.exercises.catalogue import family
from quizapp.scheduling.effort import level_of
from quizapp.scheduling.memory import Rating
from quizapp.study.exercise_review import is_open, proposal, run_for
from quizapp.study.selection import advice, touching
from quizapp.study.skills import ShownSkill

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.cards.asks import Ask, Judgement, Response
    from quizapp.study.review import ReviewSession, Shown

KEYS = (
    "At every question: q ends, u takes the last answer back, - puts the card off until "
    'tomorrow, @ leaves it out for good, ? shows these keys. In quotes they are words: "q".'
)


class _Command:
    """A key that is no answer."""

    def __init__(self, meaning: str) -> None:
        self.meaning = meaning


_QUIT, _UNDO = _Command("q"), _Command("u")
_BURY, _SUSPEND = _Command("-"), _Command("@")
_COMMANDS = {command.meaning: command for command in (_QUIT, _UNDO, _BURY, _SUSPEND)}


def review(session: ReviewSession) -> None:
    """Ask card after card until nothing is left or the student quits."""
    counts = session.counts
    computing = f", {counts.skills} to compute" if counts.skills else ""
    print(f"{counts.due + counts.learning} due, {counts.new} new{computing}.")
    _print_keys()
    while (shown := session.current()) is not None:
        if not _put(session, shown):
            break
    else:
        wakes = session.wakes_at()
        later = f" The next card is due at {wakes:%H:%M}." if wakes else ""
        print(f"Nothing is left for now.{later}")
    print(f"{session.answered} answered.")


def next_card(session: ReviewSession) -> dict[str, Any]:
    """The card that comes next, as data."""
    counts = session.counts
    out: dict[str, Any] = {
        "due": counts.due,
        "learning": counts.learning,
        "new": counts.new,
        "skills": counts.skills,
    }
    shown = session.current()
    if shown is None:
        return out | {"card": None}
    intervals = {rating.name.lower(): text for rating, text in shown.intervals.items()}
    if isinstance(shown, ShownSkill):
        declared = family(shown.skill.family)
        return out | {
            "card": shown.id,
            "type": "exercise",
            "topic": shown.topic,
            "front": declared.task,
            "family": declared.id,
            "level": level_of(shown.memory, declared.levels),
            "intervals": intervals,
        }
    return out | {
        "card": shown.id,
        "type": shown.card.type,
        "topic": shown.topic,
        "front": shown.ask.front,
        **as_data(shown.ask),
        "intervals": intervals,
    }


# One card ----------------------------------------------------------------------------------


def _put(session: ReviewSession, shown: Shown | ShownSkill) -> bool:
    """Ask a card or put an exercise; False when the student quits."""
    return _exercise(session, shown) if isinstance(shown, ShownSkill) else _one(session, shown)


def _one(session: ReviewSession, shown: Shown) -> bool:
    """Ask one card; False when the student quits."""
    _print_front(shown)
    response = _respond(shown.ask)
    if isinstance(response, _Command):
        return _obey(session, response)
    judgement = session.judge(response)
    _print_back(session, shown, response, judgement)
    return _rate(session, shown, session.suggestion(judgement), session.rate)


def _print_front(shown: Shown) -> None:
    print()
    print(f"[{shown.card.topic}{', new' if shown.is_new else ''}]")
    print_ask(shown.ask)


def _obey(session: ReviewSession, command: _Command) -> bool:
    """Do what a key asks for; False when the student quits."""
    if command is _QUIT:
        return False
    if command is _UNDO:
        undone = session.undo()
        print("There is nothing to take back." if undone is None else "Taken back.")
    elif command is _BURY:
        session.bury()
        print("Put off until tomorrow; u takes that back.")
    else:
        session.suspend()
        print("Left out from now on; u takes that back.")
    return True


def _exercise(session: ReviewSession, shown: ShownSkill) -> bool:
    """Put the exercise of a skill, line by line; False when the student quits."""
    print()
    print(f"[{shown.topic}{', new' if shown.is_new else ''}] Compute: {shown.skill.title}")
    begin = _typed("Enter begins: ")
    if isinstance(begin, _Command):
        return _obey(session, begin)
    print()
    run = run_for(session.workspace, shown.skill, shown.memory)
    done = run.solution_seen or run.finished(run.marking()) or practise(run, counts=False)
    if not (done or is_open(session.workspace, shown.skill)):
        return False  # left before anything was done
    found = proposal(run)
    print("\n".join(wrap(f"{found.rating.name.capitalize()}: {found.why}.", COLUMNS)))

    def give(rating: Rating) -> None:
        told = session.rate_exercise(run, rating).behind.told
        if told:
            print("\n".join(wrap(told, COLUMNS)))

    return _rate(session, shown, found.rating, give)


# What is typed -----------------------------------------------------------------------------


def _typed(question: str) -> str | _Command:
    """What was typed, or the key that is no answer; the keys are shown as often as asked for."""
    while True:
        text = ask(question)
        if text is None:
            return _QUIT
        if text != "?":
            return _COMMANDS.get(text.lower(), text)
        _print_keys()


def _respond(ask_: Ask) -> Response | _Command:
    """The student's answer, asked for again until it can be read."""
    while True:
        text = _typed(prompt(ask_))
        if isinstance(text, _Command):
            return text
        try:
            return read_answer(ask_, text)
        except UnreadableError as why:
            print(why)


# The answer and its rating -----------------------------------------------------------------


def _print_back(
    session: ReviewSession, shown: Shown, response: Response, judgement: Judgement
) -> None:
    other = "textbook" if session.workspace.settings.answer_by == "slides" else "slides"
    print_judgement(shown.ask, response, judgement, other)
    if shown.card.explanation:
        say(shown.card.explanation)
    courses = session.workspace.pack.courses
    for source in shown.card.sources:
        title = courses[source.course].title if source.course in courses else source.course
        say(f"{title}, {source.place}", head="Source: ")
    for entry in touching(session.workspace.pack, shown.card.discrepancies):
        say(f"{entry.title} {advice(entry, session.workspace.course.id)}", head="Sources differ: ")


def _rate(
    session: ReviewSession,
    shown: Shown | ShownSkill,
    best: Rating,
    give: Callable[[Rating], object],
) -> bool:
    """Ask for the rating and give it; False when the student quits without one."""
    buttons = ", ".join(f"{r.value} {r.name.lower()} ({t})" for r, t in shown.intervals.items())
    while True:
        text = _typed(f"{buttons}; Enter is {best.value}: ")
        if isinstance(text, _Command):
            return _obey(session, text)
        if not text or text in {"1", "2", "3", "4"}:
            give(Rating(int(text)) if text else best)
            return True
        print("Type 1, 2, 3 or 4, or press Enter.")


def _print_keys() -> None:
    print("\n".join(wrap(KEYS, COLUMNS)))
