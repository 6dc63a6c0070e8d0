"""Narrowing a list of cards to a course, a topic or a type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.tui.names import course_name, topic_name
from quizapp.tui.screens.narrow import NarrowScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.packs.model import Pack
    from quizapp.study.browsing import Browser, Chosen
    from quizapp.tui.app import QuizApp

_WHOLE = {"course": "All courses", "topic": "All topics", "kind": "All types"}
_TITLES = {"course": "Course", "topic": "Topic", "kind": "Type"}


def narrow(
    app: QuizApp, browser: Browser, chosen: Chosen, by: str, then: Callable[[Chosen], None]
) -> None:
    """Ask for a course, a topic or a type (``kind``), with how many cards each would show."""
    pack = app.workspace.pack
    counts = browser.counts(chosen, by)
    every = len(browser.find(chosen.narrowed(by, "")))
    values = [("", _WHOLE[by], every)]
    values += [(key, _name(pack, by, key), number) for key, number in counts.items()]

    def narrowed(value: str | None) -> None:
        if value is not None:
            then(chosen.narrowed(by, value))

    app.push_screen(NarrowScreen(_TITLES[by], values, getattr(chosen, by)), narrowed)


def told(pack: Pack, chosen: Chosen) -> str:
    """What narrows the list, in a line."""
    return " · ".join(
        _name(pack, by, getattr(chosen, by)) if getattr(chosen, by) else whole.lower()
        for by, whole in _WHOLE.items()
    )


def _name(pack: Pack, by: str, key: str) -> str:
    if by == "course":
        return course_name(pack, key)
    return topic_name(key) if by == "topic" else key
