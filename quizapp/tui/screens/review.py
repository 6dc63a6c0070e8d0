"""Daily review: a card, its answer, how well it was known, the next card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.worker import get_current_worker

from quizapp.core.errors import QuizError
from quizapp.scheduling.memory import Rating
from quizapp.study.leeches import leech
from quizapp.study.overview import overview
from quizapp.study.review import ReviewSession, Shown
from quizapp.study.skills import ShownSkill
from quizapp.tui.beside import KEYS, BesideScreen
from quizapp.tui.bindings import bound
from quizapp.tui.day import WHAT_NOW, done, how_to_answer
from quizapp.tui.feedback import lesson, verdict
from quizapp.tui.presence import present
from quizapp.tui.say import say
from quizapp.tui.screens.leech import LeechScreen
from quizapp.tui.skill_front import how_to_begin, skill_front
from quizapp.tui.widgets.card_view import CardView
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.options import MOST
from quizapp.tui.widgets.ratings import Ratings
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.cards import Response
    from quizapp.study.exam_plan import ExamPlan
    from quizapp.study.leeches import Leech
    from quizapp.tui.screens.skill import Left

_LOOK_AGAIN_SECONDS = 2.0
"""How often an idle screen looks whether a card has fallen due."""
_DIGITS = "Choose an option; after the answer 1 Again, 2 Hard, 3 Good, 4 Easy"


class ReviewScreen(BesideScreen):
    """One card at a time, until nothing is left for today."""

    DEFAULT_CSS = """
    ReviewScreen #status { background: $background; color: $text-muted; }
    """

    BINDINGS: ClassVar[list[Any]] = bound(
        "review",
        ("space,enter", "answer", "Answer", "Show the answer, or check what you chose or typed"),
        ("space,enter", "accept", "Accept", "Take the rating that is marked, and go on"),
        *[(str(number), f"digit({number})", "", _DIGITS) for number in range(1, MOST + 1)],
        *KEYS,
    )

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
        self.show_next()

    def on_resize(self) -> None:
        """Another size shows more of the card, or less."""
        self.call_after_refresh(self._say_more)

    # Showing a card ---------------------------------------------------------------------

    def show_next(self, status: str = "", *, begin: bool = True) -> None:
        """Put the card in front that is to be answered now, or say that nothing is left.

        An exercise opens at once, unless it should not ``begin`` by itself.
        """
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
            self._look_ahead(today)
        elif isinstance(self._shown, ShownSkill):
            view.put_text(*skill_front(self.app.workspace, self._shown))
            bar.ask(how_to_begin(self.app.workspace, self._shown))
        else:
            view.put(self._shown.ask)
            bar.ask(how_to_answer(self._shown.ask))
        self._show_title()
        self.call_after_refresh(self._say_more)
        self.refresh_bindings()
        if begin and isinstance(self._shown, ShownSkill):
            self.call_after_refresh(self._begin_exercise)

    @work(thread=True, exclusive=True, group="plan")
    def _look_ahead(self, today: int) -> None:
        """Add to the end of the day what is predicted now; making the plan takes a moment."""
        from quizapp.study.planning import exam_plan

        worker = get_current_worker()
        try:
            plan = exam_plan(self.app.workspace)
        except QuizError:
            return  # said where the student asks for the plan
        if plan is not None and not worker.is_cancelled:
            self.app.call_from_thread(self._predict, plan, today)

    def _predict(self, plan: ExamPlan, today: int) -> None:
        if self._session is not None and self._shown is None and present(self):
            self.query_one(CardView).put_text(*done(self._session, today, plan))
            self.call_after_refresh(self._say_more)

    def _begin_exercise(self) -> None:
        """Open the exercise that is in front."""
        from quizapp.tui.screens.skill import SkillScreen

        session, shown = self._session, self._here()
        if session is not None and isinstance(shown, ShownSkill) and self.is_current:
            self.app.push_screen(SkillScreen(session, shown), self._exercise_left)

    def _exercise_left(self, left: Left | None) -> None:
        """Do what the exercise was left for."""
        match left.how if left is not None else "left":
            case "rated":
                self.show_next(left.told if left is not None else "")
            case "undo":
                self.action_undo()
            case "bury":
                self.action_bury()
            case "suspend":
                self.action_suspend()
            case _:
                self.show_next(begin=False)

    def _look_again(self) -> None:
        """Show a card that has fallen due while nothing was left."""
        if self._session is not None and self._shown is None and self.is_current:
            try:
                due = self._session.current()
            except QuizError:
                return  # said when the student does something; the next look may go well
            if due is not None:
                self.show_next()

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
            self.show_next("The card in front has changed.")

    # Answering and rating -----------------------------------------------------------------

    def action_answer(self) -> None:
        """Show the answer, or check what was chosen or typed; open an exercise."""
        if isinstance(self._shown, ShownSkill):
            self._begin_exercise()
        else:
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
        if session is None or shown is None or isinstance(shown, ShownSkill):
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
            leech = self._leech()
        except QuizError as error:
            self.app.attempt(error)
            return
        if leech is None:
            self.show_next()
        else:
            self.app.push_screen(LeechScreen(leech), self._leech_seen)

    def _leech(self) -> Leech | None:
        """What may help with the card that the last answer made a leech."""
        session = self._session
        if session is None or session.leech is None:
            return None
        return leech(self.app.workspace, session.leech)

    def _leech_seen(self, suspended: bool | None) -> None:  # noqa: FBT001 - Textual calls it so
        if suspended and self._session is not None:
            self._session.rebuilt()
        self.show_next("Suspended; u takes it back." if suspended else "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys mean something now."""
        answered = self._judgement is not None
        match action:
            case "answer":
                return self._shown is not None and not answered
            case "accept":
                return self._shown is not None and answered
            case "digit":
                return isinstance(self._shown, Shown)
            case _:
                return super().check_action(action, parameters)


SCREEN = ReviewScreen
