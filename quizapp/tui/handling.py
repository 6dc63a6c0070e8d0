"""Doing something to cards: asks what is still open, does it, says what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.core.errors import QuizError
from quizapp.study.day_words import read_day
from quizapp.study.handling import Handling, read_tag
from quizapp.tui.flags import flag_name
from quizapp.tui.screens.ask_line import AskLineScreen
from quizapp.tui.screens.confirm import ConfirmScreen
from quizapp.tui.screens.flag import FlagScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizapp.tui.app import QuizApp

_KINDS = {
    "review": "the answer",
    "suspend": "suspending",
    "bury": "burying",
    "flag": "the flag",
    "tag": "the tag",
    "reschedule": "the new day",
    "forget": "forgetting",
}
_BACK = "u takes it back."


class CardHandler:
    """Acts on cards for a screen; ``done`` gets a sentence after each change."""

    def __init__(self, app: QuizApp, done: Callable[[str], object]) -> None:
        self._app = app
        self._done = done
        self._handling = Handling(app.workspace)

    def suspend(self, cards: Sequence[str]) -> None:
        """Suspend cards, or take them in again where all are suspended."""

        def act() -> str:
            on = not self._handling.all_suspended(cards)
            count = counted(self._handling.suspend(cards, on=on))
            return f"{count} suspended" if on else f"{count} no longer suspended"

        self._do(act)

    def bury(self, cards: Sequence[str]) -> None:
        """Bury cards until tomorrow, or take them out again where all are buried."""

        def act() -> str:
            on = not self._handling.all_buried(cards)
            count = counted(self._handling.bury(cards, on=on))
            return f"{count} buried until tomorrow" if on else f"{count} no longer buried"

        self._do(act)

    def flag(self, cards: Sequence[str], now: int = 0) -> None:
        """Ask for a flag and set it."""

        def flagged(flag: int | None) -> None:
            if flag is not None:
                told = f"flagged {flag_name(flag)}" if flag else "without a flag"
                self._do(lambda: f"{counted(self._handling.flag(cards, flag))} {told}")

        self._app.push_screen(FlagScreen(counted(len(cards)), now), flagged)

    def tag(self, cards: Sequence[str], content: Sequence[str] = ()) -> None:
        """Ask for a tag to give, or with a minus to take away; ``content`` are tags of packs."""
        try:
            here = self._handling.given_tags(cards)
            given = self._handling.given_tags()
        except QuizError as error:
            self._app.attempt(error)
            return
        known = sorted({*given, *content})
        has = f"Your tags here: {', '.join(here)}. " if here else ""
        screen = AskLineScreen(
            f"Tag {counted(len(cards))}",
            f"{has}A minus before it takes a tag away, as in -exam.",
            _tag,
            placeholder="a tag, or -tag",
            known=[*known, *(f"-{tag}" for tag in here)],
        )

        def tagged(asked: tuple[str, bool] | None) -> None:
            if asked is not None:
                tag, on = asked
                told = f"tagged {tag}" if on else f"no longer tagged {tag}"
                self._do(lambda: f"{counted(self._handling.tag(cards, tag, on=on))} {told}")

        self._app.push_screen(screen, tagged)

    def reschedule(self, cards: Sequence[str]) -> None:
        """Ask for a day and let cards come on it."""
        today = self._app.workspace.today()
        screen = AskLineScreen(
            f"Let {counted(len(cards))} come on another day",
            "New cards come first among the new ones from that day on.",
            lambda text: read_day(text, today),
            placeholder="tomorrow, in 5 days, friday, 2026-12-01",
            known=["today", "tomorrow"],
        )

        def chosen(day: Any) -> None:
            if day is not None:
                came = "comes" if len(cards) == 1 else "come"
                self._do(
                    lambda: f"{counted(self._handling.reschedule(cards, day))} {came} on {day}"
                )

        self._app.push_screen(screen, chosen)

    def forget(self, cards: Sequence[str]) -> None:
        """Ask whether cards are to be new again, and make them so."""
        question = f"Make {counted(len(cards))} new again?"
        about = "Their intervals start from nothing. Your answers stay in the log; u takes it back."

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - Textual calls it so
            if yes:
                self._do(lambda: f"{counted(self._handling.forget(cards))} new again")

        self._app.push_screen(ConfirmScreen(question, about, "makes them new"), answered)

    def undo(self) -> None:
        """Take back what was last done to cards, here or anywhere."""
        self._turn("Taken back", "There is nothing to take back.", self._handling.undo)

    def redo(self) -> None:
        """Take the last undo back."""
        self._turn("Done again", "There is nothing to redo.", self._handling.redo)

    def _turn(self, told: str, nothing: str, turn: Callable[[], Any]) -> None:
        try:
            turned = turn()
        except QuizError as error:
            self._app.attempt(error)
            return
        if turned is None:
            self._done(nothing)
        else:
            kind = _KINDS.get(turned.kind, turned.kind)
            self._done(f"{told}: {kind} of {counted(turned.cards)}.")

    def _do(self, act: Callable[[], str]) -> None:
        try:
            told = act()
        except QuizError as error:
            self._app.attempt(error)
            return
        self._done(f"{told[:1].upper()}{told[1:]}; {_BACK}")


def counted(cards: int) -> str:
    """So many cards, in words."""
    return {0: "no card", 1: "1 card"}.get(cards, f"{cards} cards")


def _tag(text: str) -> tuple[str, bool]:
    """The tag and whether it is given or taken away. Raises TagError."""
    text = text.strip()
    return (read_tag(text[1:]), False) if text.startswith("-") else (read_tag(text), True)
