"""Daily review: a card, its answer, how well it was known, the next card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.screen import Screen

from quizapp.core.errors import QuizError
from quizapp.scheduling.memory import Rating
from quizapp.study.overview import overview
from quizapp.study.review import ReviewSession
from quizapp.tui.bindings import bound
from quizapp.tui.day import WHAT_NOW, done, how_to_answer, left_today
from quizapp.tui.editing import edit
from quizapp.tui.feedback import QUIET, lesson, verdict
from quizapp.tui.names import topic_name
from quizapp.tui.say import join, say
from quizapp.tui.widgets.card_view import CardView
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.options import MOST
from quizapp.tui.widgets.ratings import Ratings
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from quizapp.cards import Judgement, Response
    from quizapp.study.review import Shown
    from quizapp.tui.app import QuizApp

_LOOK_AGAIN_SECONDS = 2.0
"""How often an idle screen looks whether a card has fallen due."""
_DIGITS = "Choose an option; after the answer 1 Again, 2 Hard, 3 Good, 4 Easy"


class ReviewScreen(Screen[None]):
    """One card at a time, until nothing is left for today."""

    DEFAULT_CSS = """
    ReviewScreen #status { background: $background; color: $text-muted; }
    """

    BINDINGS: ClassVar[list[Any]] = bound(
        "review",
        ("space,enter", "answer", "Answer", "Show the answer, or check what you chose or typed"),
        ("space,enter", "accept", "Accept", "Take the rating that is marked, and go on"),
        *[(str(number), f"digit({number})", "", _DIGITS) for number in range(1, MOST + 1)],
        ("u,ctrl+z", "undo", "Undo", "Take back the last answer, bury or suspend; and so on back"),
        ("q,escape", "leave", "Back", "Back; every answer is saved already"),
        ("question_mark,f1", "app.help", "Help", "All keys of this screen"),
        ("d", "differences", "Differs", "Where slides, courses and textbook differ on this card"),
        ("i,f2", "info", "Info", "What is known of this card"),
        ("e,f4", "edit", "Edit", "Edit the card in your editor; it is checked when you save"),
        ("minus,f6", "bury", "Bury", "Not today; it comes back tomorrow"),
        ("at,f7", "suspend", "Suspend", "Never again, until you take it back with undo"),
        ("l,f3", "raw", "LaTeX", "Show formulas as LaTeX, or again as text"),
        ("p", "practise", "Practise", "Compute by hand instead"),
        ("ctrl+r", "redo", "", "Take the undo back"),
    )

    app: QuizApp

    def __init__(self, topic: str | None = None) -> None:
        super().__init__()
        self._topic = topic
        self._session: ReviewSession | None = None
        self._shown: Shown | None = None
        self._judgement: Judgement | None = None
        """None until the card in front is answered."""
        self._raw = False
        self._status = ""

    def compose(self) -> ComposeResult:
        """The frame; each card is put into it."""
        yield Title(say("Review", "bold"), id="title")
        yield CardView(self._judge)
        yield Title(id="status")
        yield Ratings()
        yield Keybar()

    def on_mount(self) -> None:
        """Open today's cards."""
        try:
            self._session = ReviewSession(self.app.workspace, topic=self._topic)
        except QuizError as error:
            self.app.attempt(error)
            self.call_after_refresh(self.dismiss)
            return
        self.set_interval(_LOOK_AGAIN_SECONDS, self._look_again)
        view = self.query_one(CardView)
        for changing in ("scroll_y", "virtual_size"):
            self.watch(view, changing, self._say_more, init=False)
        self._next()

    def on_resize(self) -> None:
        """Another size shows more of the card, or less."""
        self.call_after_refresh(self._say_more)

    # Showing a card ---------------------------------------------------------------------

    def _next(self, status: str = "") -> None:
        """Put the card in front that is to be answered now, or say that nothing is left."""
        session = self._session
        if session is None:
            return
        view, bar = self.query_one(CardView), self.query_one(Ratings)
        try:
            self._shown = session.current()
            today = session.answered if self._shown else overview(self.app.workspace).done_today
        except QuizError as error:
            self.app.attempt(error)
            self._shown, today = None, session.answered
        self._judgement = None
        self._say(status)
        if self._shown is None:
            view.put_text(*done(session, today))
            bar.ask(WHAT_NOW)
        else:
            view.put(self._shown.ask)
            bar.ask(how_to_answer(self._shown.ask))
        self._show_title(session)
        self.call_after_refresh(self._say_more)
        self.refresh_bindings()

    def _show_title(self, session: ReviewSession) -> None:
        topic = self._shown.card.topic if self._shown else self._topic
        left = join(say("Review", "bold"), say(f" · {topic_name(topic)}" if topic else "", QUIET))
        self.query_one("#title", Title).show(left, left_today(session, self._shown))

    def _say(self, status: str) -> None:
        """Put a word above the bar."""
        self._status = status
        self._say_more()

    def _say_more(self) -> None:
        """Show the word above the bar, and whether the card goes on below."""
        more = say("↓ more below", QUIET) if self.query_one(CardView).more_below else None
        self.query_one("#status", Title).show(say(self._status), more)

    def _look_again(self) -> None:
        """Show a card that has fallen due while nothing was left."""
        if self._session is not None and self._shown is None and self.is_current:
            try:
                due = self._session.current()
            except QuizError:
                return  # said when the student does something; the next look may go well
            if due is not None:
                self._next()

    def content_changed(self) -> None:
        """Go on with changed cards; what is typed stays unless the card in front has changed."""
        session = self._session
        if session is None:
            return
        try:
            session.renew()
            changed = session.current() is not self._shown
        except QuizError as error:
            self.app.attempt(error)
            return
        if changed:
            self._next("The card in front has changed.")

    def _here(self) -> Shown | None:
        """The card in front, None where a new study day has put another one there."""
        if self._session is None or self._shown is None:
            return None
        try:
            if self._session.current() is self._shown:
                return self._shown
        except QuizError as error:
            self.app.attempt(error)
            return None
        self._next("A new day has begun; this is its first card.")
        return None

    # Answering and rating -----------------------------------------------------------------

    def action_answer(self) -> None:
        """Show the answer, or check what was chosen or typed."""
        self.query_one(CardView).submit()

    def action_digit(self, number: int) -> None:
        """Choose an option; after the answer, rate."""
        if self._judgement is None:
            self.query_one(CardView).choose(number - 1)
        elif number in set(Rating):
            self._rate(Rating(number))

    def _judge(self, response: Response, given: str) -> None:
        """Show whether it is right and everything there is to say about it."""
        session, shown = self._session, self._here()
        if session is None or shown is None:
            return
        workspace = self.app.workspace
        self._judgement = judgement = session.judge(response)
        told = verdict(shown.ask, judgement, given, workspace.settings.answer_by)
        self.query_one(CardView).judge(shown.ask, told, lesson(workspace, shown.card))
        self.query_one(Ratings).offer(shown.intervals, session.suggestion(judgement))
        self._say("")
        self.refresh_bindings()

    def action_accept(self) -> None:
        """Give the rating that is marked."""
        if self._session is not None and self._judgement is not None:
            self._rate(self._session.suggestion(self._judgement))

    @on(Ratings.Chosen)
    def _rated(self, event: Ratings.Chosen) -> None:
        self._rate(event.rating)

    @on(Ratings.Asked)
    def _asked(self) -> None:
        self.action_answer()

    def _rate(self, rating: Rating) -> None:
        """Write the rating down; the card stays in front if that cannot be done."""
        if self._session is None or self._judgement is None or self._here() is None:
            return
        try:
            self._session.rate(rating)
        except QuizError as error:
            self.app.attempt(error)
            return
        self._next()

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
        self._next()
        shown = self._shown
        elsewhere = undo and (shown is None or shown.card.id != card_id)
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
        self._next(status)

    def action_info(self) -> None:
        """What is known of the card."""
        if self._shown is not None:
            answered = self._judgement is not None
            self.app.go(
                "card_info", card=self._shown.card, memory=self._shown.memory, answered=answered
            )

    def action_edit(self) -> None:
        """Edit the card."""
        if self._shown is not None:
            edit(self.app, self._shown.card.id)

    def action_differences(self) -> None:
        """The discrepancies that touch the card; only after the answer, lest they give it away."""
        if self._shown is not None and self._judgement is not None:
            self.app.go("discrepancies", ids=self._shown.card.discrepancies)

    def action_raw(self) -> None:
        """Switch between formulas and their LaTeX."""
        self._raw = not self._raw
        self.query_one(CardView).show_raw(raw=self._raw)
        self._say("Formulas as LaTeX; l shows them as text." if self._raw else "")

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
            case "answer":
                return card and not answered
            case "accept":
                return card and answered
            case "digit" | "bury" | "suspend" | "info" | "raw" | "edit":
                return card
            case "differences":
                return answered and self._shown is not None and bool(self._shown.card.discrepancies)
            case "practise":
                return not card
            case _:
                return True


SCREEN = ReviewScreen
