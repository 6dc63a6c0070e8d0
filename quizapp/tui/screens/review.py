"""Daily review: a card, its answer, how well it was known, the next card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input

from quizapp.cards import ChooseMany, ChooseOne, Number, Reveal
from quizapp.core.errors import QuizError
from quizapp.exercises.answers import Ambiguous, Invalid, read
from quizapp.scheduling.memory import Rating
from quizapp.study.overview import overview
from quizapp.study.review import ReviewSession
from quizapp.tui.day import WHAT_NOW, done, how_to_answer, left_today
from quizapp.tui.feedback import CARE, QUIET, lesson, verdict
from quizapp.tui.names import topic_name
from quizapp.tui.say import Said, join, say
from quizapp.tui.widgets.input_line import Entry
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.options import Options
from quizapp.tui.widgets.prose import Passage, Prose
from quizapp.tui.widgets.ratings import Ratings
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.cards import Judgement, Response
    from quizapp.study.review import Shown
    from quizapp.tui.app import QuizApp

_LOOK_AGAIN_SECONDS = 2.0
"""How often an idle screen looks whether a card has fallen due."""
_LINES_BELOW = 4
"""So many lines of the explanation come into sight with the verdict, to show that it is there."""


class ReviewScreen(Screen[None]):
    """One card at a time, until nothing is left for today."""

    DEFAULT_CSS = """
    ReviewScreen #card { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    ReviewScreen #typing { height: 1; margin: 1 0 0 0; }
    ReviewScreen #number { width: 32; }
    ReviewScreen #unit { width: auto; margin-left: 1; }
    ReviewScreen #note { height: auto; margin: 1 0 0 0; color: $text-warning; }
    ReviewScreen #answer { margin: 1 0 0 0; border-top: solid $foreground 20%; }
    ReviewScreen #lesson { margin: 1 0 1 0; }
    ReviewScreen #status { background: $background; color: $text-muted; }
    ReviewScreen.-short #card { padding: 0 1 0 1; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "space,enter",
            "answer",
            "Answer",
            id="review.answer",
            tooltip="Show the answer, or check what you chose or typed",
        ),
        Binding(
            "space,enter",
            "accept",
            "Accept",
            id="review.accept",
            tooltip="Take the rating that is marked, and go on",
        ),
        *[
            Binding(
                str(number),
                f"digit({number})",
                f"Choose {number}",
                show=False,
                id=f"review.digit-{number}",
                tooltip="Choose an option; after the answer 1 Again, 2 Hard, 3 Good, 4 Easy",
            )
            for number in range(1, 7)
        ],
        Binding(
            "u,ctrl+z",
            "undo",
            "Undo",
            id="review.undo",
            tooltip="Take back the last answer, bury or suspend; again for the one before",
        ),
        Binding(
            "q,escape",
            "leave",
            "Back",
            id="review.leave",
            tooltip="Back; every answer is saved already",
        ),
        Binding(
            "question_mark,f1",
            "app.help",
            "Help",
            id="review.help",
            tooltip="All keys of this screen",
        ),
        Binding(
            "d",
            "differences",
            "Differs",
            id="review.differences",
            tooltip="Where slides, courses and textbook differ about this card",
        ),
        Binding("i,f2", "info", "Info", id="review.info", tooltip="What is known of this card"),
        Binding(
            "ctrl+r", "redo", "Redo", show=False, id="review.redo", tooltip="Take the undo back"
        ),
        Binding(
            "minus,f6",
            "bury",
            "Bury",
            id="review.bury",
            tooltip="Not today; it comes back tomorrow",
        ),
        Binding(
            "at,f7",
            "suspend",
            "Suspend",
            id="review.suspend",
            tooltip="Never again, until you take it back with undo",
        ),
        Binding(
            "l,f3",
            "raw",
            "LaTeX",
            id="review.raw",
            tooltip="Show formulas as LaTeX, or again as text",
        ),
        Binding(
            "p", "practise", "Practise", id="review.practise", tooltip="Compute by hand instead"
        ),
    ]

    app: QuizApp

    def __init__(self, topic: str | None = None) -> None:
        super().__init__()
        self._topic = topic
        self._session: ReviewSession | None = None
        self._shown: Shown | None = None
        self._judgement: Judgement | None = None
        """None until the card in front is answered."""
        self._chosen: set[int] = set()
        self._warned = False
        """Whether the student was told that nothing is chosen yet."""
        self._raw = False

    def compose(self) -> ComposeResult:
        """The frame; each card is put into it."""
        yield Title(say("quizapp · Review", "bold"), id="title")
        with VerticalScroll(id="card"):
            yield Prose(id="question")
            yield Options()
            with Horizontal(id="typing"):
                yield Entry(id="number", placeholder="a number, e.g. 0.5 or 1/2")
                yield Said(id="unit")
            yield Prose(id="note")
            yield Prose(id="answer")
            yield Prose(id="lesson")
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
        card = self.query_one("#card")
        for changing in ("scroll_y", "virtual_size"):
            self.watch(card, changing, self._say_more, init=False)
        self._next()

    # Showing a card ---------------------------------------------------------------------

    def _next(self, status: str = "") -> None:
        """Put the card in front that is to be answered now, or say that nothing is left."""
        if self._session is None:
            return
        self._shown = self._session.current()
        self._judgement = None
        self._chosen = set()
        self._warned = False
        self._say(status)
        for name in ("#note", "#answer", "#lesson"):
            self.query_one(name).display = False
        if self._shown is None:
            self._show_done(self._session)
        else:
            self._show_card(self._shown)
        self._show_title()
        self.query_one("#card", VerticalScroll).scroll_home(animate=False)
        self.call_after_refresh(self._say_more)
        self.refresh_bindings()

    def _show_card(self, shown: Shown) -> None:
        ask = shown.ask
        self.query_one("#question", Prose).show(Passage(ask.front, "bold", stack=True))
        self.query_one("#question", Prose).show_raw(raw=self._raw)
        self._show_options()
        typing = self.query_one("#typing")
        typing.display = isinstance(ask, Number)
        entry = self.query_one("#number", Entry)
        entry.value = ""
        if isinstance(ask, Number):
            self.query_one("#unit", Said).show(say(ask.unit))
            entry.focus()
        else:
            self.query_one("#card").focus()
        self.query_one(Ratings).ask(how_to_answer(shown.ask))

    def _show_options(self) -> None:
        ask = self._shown.ask if self._shown else None
        options = ask.options if isinstance(ask, ChooseOne | ChooseMany) else ()
        many = isinstance(ask, ChooseMany)
        self.query_one(Options).put(options, self._chosen, many=many)
        self.query_one(Options).show_raw(raw=self._raw)

    def _show_done(self, session: ReviewSession) -> None:
        try:
            today = overview(self.app.workspace).done_today
        except QuizError as error:
            self.app.attempt(error)
            today = session.answered
        self.query_one("#question", Prose).show(*done(session, today))
        self.query_one(Options).put((), (), many=False)
        self.query_one("#typing").display = False
        self.query_one("#card").focus()
        self.query_one(Ratings).ask(WHAT_NOW)

    def _show_title(self) -> None:
        if self._session is None:
            return
        topic = self._shown.card.topic if self._shown else self._topic
        left = join(say("Review", "bold"), say(f" · {topic_name(topic)}" if topic else "", QUIET))
        self.query_one("#title", Title).show(left, left_today(self._session, self._shown))

    def _say(self, status: str) -> None:
        """Put a word above the bar."""
        self._status = status
        self._say_more()

    def _say_more(self) -> None:
        """Show the word above the bar, and whether the card goes on below."""
        card = self.query_one("#card", VerticalScroll)
        more = say("↓ more below", QUIET) if card.scroll_y < card.max_scroll_y else None
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

    # Answering --------------------------------------------------------------------------

    def action_answer(self) -> None:
        """Show the answer, or check what was chosen or typed."""
        shown = self._shown
        if shown is None:
            return
        ask = shown.ask
        if isinstance(ask, Number):
            self._take_number(self.query_one("#number", Entry).value)
        elif isinstance(ask, Reveal):
            self._judge(None, "")
        elif self._chosen or self._warned:
            numbers = ", ".join(str(index + 1) for index in sorted(self._chosen))
            response: Response = frozenset(self._chosen) if self._chosen else None
            self._judge(response, numbers)
        else:
            some = "every one that applies" if isinstance(ask, ChooseMany) else "one"
            last = len(ask.options)
            self._warn(f"Choose {some} with 1 to {last}, or press Enter again to see the answer.")

    def action_digit(self, number: int) -> None:
        """Choose an option; after the answer, rate."""
        shown = self._shown
        if shown is None:
            return
        if self._judgement is not None:
            if number in set(Rating):
                self._rate(Rating(number))
            return
        self._choose(number - 1)

    def _choose(self, index: int) -> None:
        ask = self._shown.ask if self._shown else None
        if isinstance(ask, ChooseMany) and index < len(ask.options):
            self._chosen ^= {index}
            self.query_one("#note").display = False
            self._show_options()
        elif isinstance(ask, ChooseOne) and index < len(ask.options):
            self._chosen = {index}
            self._judge(index, str(index + 1))

    @on(Options.Chosen)
    def _clicked(self, event: Options.Chosen) -> None:
        if self._judgement is None:
            self._choose(event.index)

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        self._take_number(event.value)

    @on(Input.Changed)
    def _typing(self) -> None:
        self.query_one("#note").display = False
        self._warned = False

    def _take_number(self, text: str) -> None:
        """Check a number; what cannot be read is asked again and counts for nothing."""
        found = read(text, ())
        match found:
            case Invalid(reason=reason):
                self._warn(reason)
            case Ambiguous(texts=texts):
                self._warn(f"That can be read as {' or as '.join(texts)}; write the one you mean.")
            case _ if isinstance(found.value, float):
                self._judge(found.value, text.strip())
            case _ if self._warned:
                self._judge(None, "")
            case _:
                self._warn("Type a number, or press Enter again to see the answer.")
                self._warned = True

    def _warn(self, sentence: str) -> None:
        note = self.query_one("#note", Prose)
        note.display = True
        note.show(Passage(sentence, lead=say("⚠ ", CARE), ours=True))
        self._warned = True
        self.call_after_refresh(note.scroll_visible, animate=False)

    def _judge(self, response: Response, given: str) -> None:
        """Show whether it is right and everything there is to say about it."""
        session, shown = self._session, self._here()
        if session is None or shown is None:
            return
        workspace = self.app.workspace
        self._judgement = judgement = session.judge(response)
        ask = shown.ask
        if isinstance(ask, ChooseOne | ChooseMany):
            right = {ask.right} if isinstance(ask, ChooseOne) else ask.right
            self.query_one(Options).judge(ask.options, self._chosen, right)
        self.query_one("#typing").display = False
        self.query_one("#note").display = False
        self.query_one("#card").focus()
        told = verdict(ask, judgement, given, workspace.settings.answer_by)
        for name, passages in (("#answer", told), ("#lesson", lesson(workspace, shown.card))):
            block = self.query_one(name, Prose)
            block.display = True
            block.show(*passages)
        self._show_raw()
        self.query_one(Ratings).offer(shown.intervals, session.suggestion(judgement))
        self._say("")
        self.refresh_bindings()
        self.call_after_refresh(self._to_answer)

    def _to_answer(self) -> None:
        """Scroll no further than shows the verdict and the first lines below it."""
        card = self.query_one("#card", VerticalScroll)
        options, answer = self.query_one(Options), self.query_one("#answer")
        lesson_height = self.query_one("#lesson").virtual_region.height
        bottom = answer.virtual_region.bottom + min(lesson_height + 1, _LINES_BELOW)
        top = options if options.display else answer
        needed = bottom - card.scrollable_content_region.height
        card.scroll_to(y=max(0, min(needed, top.virtual_region.y)), animate=False)
        self.call_after_refresh(self._say_more)

    def _here(self) -> Shown | None:
        """The card in front, None where a new study day has put another one there."""
        if self._session is None or self._shown is None:
            return None
        if self._session.current() is self._shown:
            return self._shown
        self._next("A new day has begun; this is its first card.")
        return None

    # Rating and all else ------------------------------------------------------------------

    def action_accept(self) -> None:
        """Give the rating that is marked."""
        if self._session is not None and self._judgement is not None:
            self._rate(self._session.suggestion(self._judgement))

    @on(Ratings.Chosen)
    def _rated(self, event: Ratings.Chosen) -> None:
        self._rate(event.rating)

    @on(Ratings.Asked)
    def _asked(self) -> None:
        if self._judgement is None:
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
        done = "Taken back" if undo else "Done again"
        self._next()
        shown = self._shown
        elsewhere = undo and (shown is None or shown.card.id != card_id)
        self._say(f"{done}, on a card that is not shown here: {card_id}" if elsewhere else done)

    def action_bury(self) -> None:
        """Keep the card out until tomorrow."""
        if self._session is not None and self._here() is not None:
            self._put_away(self._session.bury, "Buried until tomorrow; u takes it back.")

    def action_suspend(self) -> None:
        """Keep the card out for good."""
        if self._session is not None and self._here() is not None:
            self._put_away(self._session.suspend, "Suspended; u takes it back.")

    def _put_away(self, away: Any, status: str) -> None:
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

    def action_differences(self) -> None:
        """The discrepancies that touch the card; only after the answer, lest they give it away."""
        if self._shown is not None and self._judgement is not None:
            self.app.go("discrepancies", ids=self._shown.card.discrepancies)

    def action_raw(self) -> None:
        """Switch between formulas and their LaTeX."""
        self._raw = not self._raw
        self._show_raw()
        self._say("Formulas as LaTeX; l shows them as text." if self._raw else "")

    def _show_raw(self) -> None:
        for block in self.query(Prose):
            block.show_raw(raw=self._raw)

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
            case "digit" | "bury" | "suspend" | "info" | "raw":
                return card
            case "differences":
                return answered and self._shown is not None and bool(self._shown.card.discrepancies)
            case "practise":
                return not card
            case _:
                return True


SCREEN = ReviewScreen
