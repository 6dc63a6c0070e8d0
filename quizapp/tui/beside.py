"""What one does to the card in front beside answering it: undo, put away, flag, look up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from quizapp.core.errors import QuizError
from quizapp.study.review import ReviewSession, Shown
from quizapp.study.skills import ShownSkill
from quizapp.tui.day import left_today
from quizapp.tui.editing import edit
from quizapp.tui.feedback import QUIET
from quizapp.tui.flags import flag_name, flag_sign
from quizapp.tui.handling import CardHandler
from quizapp.tui.names import topic_name
from quizapp.tui.say import join, say
from quizapp.tui.screens.flag import FlagScreen
from quizapp.tui.widgets.card_view import CardView
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.cards import Judgement
    from quizapp.tui.app import QuizApp


KEYS = (
    ("u,ctrl+z", "undo", "Undo", "Take back the last answer, bury or suspend; and so on back"),
    ("q,escape", "leave", "Back", "Back; every answer is saved already"),
    ("question_mark,f1", "app.help", "Help", "All keys of this screen"),
    ("d", "differences", "Differs", "Where slides, courses and textbook differ on this card"),
    ("i,f2", "info", "Info", "What is known of this card"),
    ("e,f4", "edit", "Edit", "Edit the card in your editor; it is checked when you save"),
    ("minus,f6", "bury", "Bury", "Not today; it comes back tomorrow"),
    ("at,f7", "suspend", "Suspend", "Never again, until you take it back with undo"),
    ("l,f3", "raw", "LaTeX", "Show formulas as LaTeX, or again as text"),
    ("asterisk,f8", "flag", "Flag", "Flag the card with a colour, to find it again"),
    ("number_sign,f9", "tag", "Tag", "Give the card a tag of your own, to find it again"),
    ("m", "more", "More", "Go on beyond what today was to bring"),
    ("k", "cram", "Cram", "Be asked cards again; the schedule stays as it is"),
    ("p", "practise", "Practise", "Compute by hand instead"),
    ("ctrl+r", "redo", "", "Take the undo back"),
)
"""Keys, action, name and explanation, as ``bound`` takes them; the screen puts its own first."""


class BesideScreen(Screen[None]):
    """The part of the review that is not answering; ``show_next`` is for the other part."""

    app: QuizApp

    def __init__(self, topic: str | None = None) -> None:
        super().__init__()
        self._topic = topic
        self._session: ReviewSession | None = None
        self._shown: Shown | ShownSkill | None = None
        self._judgement: Judgement | None = None
        """None until the card in front is answered."""
        self._raw = False
        self._status = ""

    def show_next(self, status: str = "", *, begin: bool = True) -> None:
        """Put the card in front that is to be answered now, or say that nothing is left."""
        raise NotImplementedError

    def _show_title(self) -> None:
        session, shown = self._session, self._shown
        if session is None:
            return
        topic = shown.topic if shown else self._topic
        about = say(f" · {topic_name(topic)}" if topic else "", QUIET)
        flag = self._flag()
        sign = join(" ", flag_sign(flag)) if flag else ""
        left = join(say("Review", "bold"), about, sign)
        self.query_one("#title", Title).show(left, left_today(session, shown))

    def _say(self, status: str) -> None:
        """Put a word above the bar."""
        self._status = status
        self._say_more()

    def _say_more(self) -> None:
        """Show the word above the bar, and whether the card goes on below."""
        more = say("↓ more below", QUIET) if self.query_one(CardView).more_below else None
        self.query_one("#status", Title).show(say(self._status), more)

    def _here(self) -> Shown | ShownSkill | None:
        """The card in front, None where a new study day has put another one there."""
        if self._session is None or self._shown is None:
            return None
        try:
            if self._session.current() is self._shown:
                return self._shown
        except QuizError as error:
            self.app.attempt(error)
            return None
        self.show_next("A new day has begun; this is its first card.")
        return None

    def action_undo(self) -> None:
        """Take back what was last done to a card."""
        self._step_back(undo=True)

    def action_redo(self) -> None:
        """Take the last undo back."""
        self._step_back(undo=False)

    def _step_back(self, *, undo: bool) -> None:
        session = self._session
        if session is None:
            return
        try:
            card_id = session.undo() if undo else session.redo()
        except QuizError as error:
            self.app.attempt(error)
            return
        if card_id is None:
            self._say("There is nothing to take back." if undo else "There is nothing to redo.")
            return
        told = "Taken back" if undo else "Done again"
        self.show_next(begin=False)
        shown = self._shown
        elsewhere = undo and (shown is None or shown.id != card_id)
        self._say(f"{told}, on a card that is not shown here: {card_id}" if elsewhere else told)

    def action_bury(self) -> None:
        """Keep the card out until tomorrow."""
        if self._session is not None and self._here() is not None:
            self._put_away(self._session.bury, "Buried until tomorrow; u takes it back.")

    def action_suspend(self) -> None:
        """Keep the card out for good."""
        if self._session is not None and self._here() is not None:
            self._put_away(self._session.suspend, "Suspended; u takes it back.")

    def _put_away(self, away: Callable[[], None], status: str) -> None:
        try:
            away()
        except QuizError as error:
            self.app.attempt(error)
            return
        self.show_next(status)

    def action_flag(self) -> None:
        """Flag the card; it stays in front."""
        session, shown = self._session, self._here()
        if session is None or shown is None:
            return
        name = "this exercise" if isinstance(shown, ShownSkill) else "this card"

        def chosen(flag: int | None) -> None:
            if flag is None:
                return
            try:
                session.flag(flag)
            except QuizError as error:
                self.app.attempt(error)
                return
            self._say(f"Flagged {flag_name(flag)}." if flag else "The flag is gone.")
            self._show_title()

        self.app.push_screen(FlagScreen(name, self._flag()), chosen)

    def _flag(self) -> int:
        """The flag of what is in front; 0 where it cannot be read."""
        if self._shown is None:
            return 0
        try:
            return self.app.workspace.store.state(self._shown.id).flag
        except QuizError:
            return 0  # what cannot be read is told at the next answer

    def action_tag(self) -> None:
        """Tag the card; it stays in front."""
        shown = self._here()
        if shown is not None:
            content = shown.card.tags if isinstance(shown, Shown) else ()
            CardHandler(self.app, self._say).tag([shown.id], content)

    def action_info(self) -> None:
        """What is known of the card."""
        if self._shown is not None:
            answered = self._judgement is not None
            here = self._shown.skill if isinstance(self._shown, ShownSkill) else self._shown.card
            self.app.go("card_info", card=here, answered=answered)

    def action_edit(self) -> None:
        """Edit the card."""
        if isinstance(self._shown, Shown):
            edit(self.app, self._shown.id)

    def action_differences(self) -> None:
        """The discrepancies that touch the card; only after the answer, lest they give it away."""
        if isinstance(self._shown, Shown) and self._judgement is not None:
            self.app.go("discrepancies", ids=self._shown.card.discrepancies)

    def action_raw(self) -> None:
        """Switch between formulas and their LaTeX."""
        self._raw = not self._raw
        self.query_one(CardView).show_raw(raw=self._raw)
        self._say("Formulas as LaTeX; l shows them as text." if self._raw else "")

    def action_more(self) -> None:
        """Go on beyond what the day was to bring."""
        if self._session is None or self._shown is not None:
            return
        try:
            added = self._session.more()
        except QuizError as error:
            self.app.attempt(error)
            return
        self.show_next("" if added else "There is nothing more to bring today.")

    def action_cram(self) -> None:
        """Be asked cards again."""
        self.app.swap("cram")

    def action_practise(self) -> None:
        """Compute by hand."""
        self.app.swap("practice")

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Which keys mean something now."""
        card, answered = self._shown is not None, self._judgement is not None
        match action:
            case "bury" | "suspend" | "info" | "flag" | "tag":
                return card
            case "raw" | "edit":
                return isinstance(self._shown, Shown)
            case "differences":
                here = self._shown
                return answered and isinstance(here, Shown) and bool(here.card.discrepancies)
            case "practise" | "more" | "cram":
                return not card
            case _:
                return True
