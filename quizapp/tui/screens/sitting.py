"""Sitting an exam: a question at a time, in any order, against the clock."""

from __future__ import annotations

from asyncio import Lock
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen

from quizapp.core.errors import QuizError
from quizapp.study.sitting import Sitting
from quizapp.tui.arrived import arrived
from quizapp.tui.exam_words import WARNINGS, points, remaining
from quizapp.tui.say import join, say
from quizapp.tui.screens.hand_in import HandInScreen
from quizapp.tui.screens.jump import JumpScreen
from quizapp.tui.widgets.card_question import CardQuestion
from quizapp.tui.widgets.computation import Computation
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.options import MOST
from quizapp.tui.widgets.prose import Prose, ours
from quizapp.tui.widgets.strip import Strip, Tick
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.timer import Timer
    from textual.widget import Widget

    from quizapp.tui.app import QuizApp

_SAVE_SECONDS = 0.8
"""What is typed is saved so long after the last key."""
_RETRY_SECONDS = 10
_MUTED, _CARE = "$text-muted", "bold $text-warning"


_NEXT = "The next question; PgDn and ctrl+n also while typing"
_PREVIOUS = "The question before; PgUp and ctrl+p also while typing"
_JUMP = "Go to a question by its number; ctrl+g also while typing"


class SittingScreen(Screen[None]):
    """An exam being taken: its id, or the sitting itself."""

    DEFAULT_CSS = """
    SittingScreen #question { height: 1fr; }
    SittingScreen #question > Prose { padding: 1 2; }
    SittingScreen #status { background: $background; color: $text-muted; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "pagedown", "step(1)", "Question", id="sitting.page-down", priority=True,
            tooltip=_NEXT, key_display="PgUp/Dn",
        ),
        Binding(
            "pageup", "step(-1)", "Previous", id="sitting.page-up", priority=True, show=False,
            tooltip=_PREVIOUS,
        ),
        Binding("n,enter", "step(1)", "Next", id="sitting.next", show=False, tooltip=_NEXT),
        Binding("p", "step(-1)", "Previous", id="sitting.previous", show=False, tooltip=_PREVIOUS),
        Binding(
            "ctrl+n", "step(1)", "Next", id="sitting.next-typing", priority=True, show=False,
            tooltip=_NEXT,
        ),
        Binding(
            "ctrl+p", "step(-1)", "Previous", id="sitting.previous-typing", priority=True,
            show=False, tooltip=_PREVIOUS,
        ),
        Binding("ctrl+g", "jump", "Go to", id="sitting.jump-typing", priority=True, tooltip=_JUMP),
        Binding("g", "jump", "Go to", id="sitting.jump", show=False, tooltip=_JUMP),
        *[
            Binding(
                str(number), f"choose({number})", f"Choose {number}", show=False,
                id=f"sitting.choose-{number}",
                tooltip="Choose this option, or take the choice back",
            )
            for number in range(1, MOST + 1)
        ],
        Binding(
            "ctrl+s,f10", "hand_in", "Hand in", id="sitting.hand-in", priority=True,
            tooltip="Hand in and get the mark; asks first", key_display="^s",
        ),
        Binding(
            "escape", "pause", "Pause", id="sitting.pause",
            tooltip="Home; the clock stands still and the exam can be taken up again",
        ),
    ]  # fmt: skip

    app: QuizApp

    def __init__(self, sitting: Sitting | str) -> None:
        super().__init__()
        self._given = sitting
        self._sitting: Sitting | None = sitting if isinstance(sitting, Sitting) else None
        self._shown: tuple[int, CardQuestion | Computation, dict[str, Any]] | None = None
        """The question on screen by its number, its widget, and what was last seen in it."""
        self._unsaved: dict[int, dict[str, Any]] = {}
        """What stands in questions and is not in the log yet."""
        self._turning = Lock()
        self._saving: Timer | None = None
        self._warned = timedelta.max
        """The last warning that was given about the time."""

    def compose(self) -> ComposeResult:
        """The frame; a question is put into it."""
        yield Title(id="title")
        yield Strip("● answered  ○ open  ? unreadable", id="strip")
        yield Vertical(id="question")
        yield Title(id="status")
        yield Keybar()

    async def on_mount(self) -> None:
        """Let the clock run and show the question where one was."""
        try:
            if self._sitting is None:
                self._sitting = Sitting.load(self.app.workspace, str(self._given))
            self._sitting.open()
        except QuizError as error:
            self.app.attempt(error)
            self.call_after_refresh(self.dismiss)
            return
        if self._sitting.finished:
            self.app.swap("exam_review", sitting=self._sitting)
            return
        self._warned = next((w for w in WARNINGS if self._sitting.left <= w), timedelta.max)
        self.set_interval(1, self._tick)
        await self._show()

    @property
    def sitting(self) -> Sitting:
        """The exam on screen."""
        if self._sitting is None:
            raise RuntimeError("the screen has no exam yet")
        return self._sitting

    # The question in front -----------------------------------------------------------------

    async def _show(self) -> None:
        """Put the question in front on the screen."""
        place = self.query_one("#question")
        self._shown = None
        await place.remove_children()
        widget = self._widget()
        await place.mount(widget)
        self._say("")
        if isinstance(widget, CardQuestion | Computation):
            self._shown = self.sitting.current, widget, widget.answer
            self.set_focus(widget.start)  # at once: the next key is meant for it
            self._say(widget.how)
        self._show_title()
        self._show_strip()
        self.refresh_bindings()

    def _widget(self) -> Widget:
        number = self.sitting.current
        answer = self._unsaved.get(number) or self.sitting.answers.get(number, {})
        try:
            if self.sitting.paper.questions[number].kind == "exercise":
                problem = self.sitting.problem(number)
                return Computation(problem, answer, self.sitting.worth(number))
        except QuizError as error:
            told = f"⚠ This computation cannot be shown; it is left out of the mark. {error}"
            return Prose(ours(told))
        ask = self.sitting.ask(number)
        if ask is None:
            return Prose(ours("⚠ This card is no longer in the pack; it is left out of the mark."))
        return CardQuestion(ask, answer)

    def _show_title(self) -> None:
        paper, number = self.sitting.paper, self.sitting.current
        question = paper.questions[number]
        left = join(
            say(f"{number + 1} of {len(paper.questions)}", "bold"),
            say(f" · {question.section}, {points(question.points)}"),
            say(f" · {paper.title}", _MUTED),
        )
        self.query_one("#title", Title).show(left, remaining(self.sitting.left))

    def _show_strip(self) -> None:
        count = len(self.sitting.paper.questions)
        self.query_one("#strip", Strip).put(
            [self._mark(number) for number in range(count)], self.sitting.current
        )

    def _mark(self, number: int) -> Tick:
        """A question in the row, by what is in the log and what is about to be."""
        name = str(number + 1)
        if not self.sitting.answered(number):
            return Tick(name, "○", _MUTED)
        if self.sitting.unreadable(number):
            return Tick(name, "?", "bold $text-warning")
        return Tick(name, "●", "$text-success")

    def _say(self, status: str, style: str = "") -> None:
        self.query_one("#status", Title).show(say(status, style))

    # Moving --------------------------------------------------------------------------------

    async def action_step(self, by: int) -> None:
        """Go some questions on."""
        if self._sitting is not None:
            await self._go(self.sitting.current + by)

    async def _go(self, number: int) -> None:
        """Put a question in front, if there is one of that number."""
        async with self._turning:
            if self._sitting is None or not 0 <= number < len(self.sitting.paper.questions):
                return
            await self._save_all()
            try:
                self.sitting.go(number)
            except QuizError as error:
                self.app.attempt(error)
            await self._show()

    async def action_jump(self) -> None:
        """Ask for a number and go there."""
        # Awaited, so that the digits typed next are not taken for choices.
        await self.app.push_screen(JumpScreen(len(self.sitting.paper.questions)), self._jumped)

    async def _jumped(self, wanted: int | None) -> None:
        if wanted is not None:
            await self._go(wanted)

    @on(Strip.Chosen)
    async def _clicked(self, event: Strip.Chosen) -> None:
        await self._go(event.place)

    @on(CardQuestion.Done)
    async def _entered(self) -> None:
        await self._go(self.sitting.current + 1)

    @on(Computation.Done)
    def _at_the_end(self) -> None:
        self._say("That was the last line. PgDn goes to the next question.")

    # Answering -----------------------------------------------------------------------------

    def action_choose(self, number: int) -> None:
        """Choose an option of the question in front, or take it back."""
        for question in self.query(CardQuestion):
            question.choose(number - 1)

    @on(CardQuestion.Changed)
    def _answered(self, event: CardQuestion.Changed) -> None:
        """Save a choice at once, what is typed as soon as the typing rests."""
        if event.at_once:
            self._save()
        else:
            self._save_in(_SAVE_SECONDS)

    @on(Computation.Changed)
    def _computed(self) -> None:
        self._save_in(_SAVE_SECONDS)

    def _save_in(self, seconds: float) -> None:
        if self._saving is not None:
            self._saving.stop()
        self._saving = self.set_timer(seconds, self._save)

    async def _save_all(self) -> bool:
        """Save, once the keys that were pressed before have arrived where one types."""
        await arrived(self.focused)
        return self._save()

    def _save(self) -> bool:
        """Write down what is not in the log yet; False where that cannot be done."""
        self._collect()
        had = bool(self._unsaved)
        try:
            self._write()
        except QuizError as error:
            self._say(f"⚠ Not saved, tried again in {_RETRY_SECONDS} s. {error}", _CARE)
            self._save_in(_RETRY_SECONDS)
            return False
        if had:
            self._show_strip()
            self._say("Saved.")
        return True

    def _collect(self) -> None:
        """See what stands in the question on screen."""
        if self._shown is None:
            return
        number, widget, before = self._shown
        answer = widget.answer
        if answer != before:
            self._unsaved[number] = answer
            self._shown = number, widget, answer

    def _write(self) -> None:
        for number in list(self._unsaved):
            self.sitting.answer(number, self._unsaved[number])
            del self._unsaved[number]

    # The clock -----------------------------------------------------------------------------

    async def _tick(self) -> None:
        """Every second: the time, and what has to happen when it gets short."""
        if self.sitting.finished:
            return
        try:
            left = self.sitting.tick()
        except QuizError as error:
            self.app.attempt(error)
            left = self.sitting.left
        self._show_title()
        self._warn(left)
        if not left:
            await self._hand_in()

    def _warn(self, left: timedelta) -> None:
        """Say once that five minutes, and that one minute is left."""
        due = next((limit for limit in WARNINGS if left <= limit), timedelta.max)
        if due < self._warned and left:
            self._warned = due
            minutes = due // timedelta(minutes=1)
            told = "minute" if minutes == 1 else "minutes"
            self.app.tell(f"⚠ {minutes} {told} left.", severity="warning")

    # Going away ----------------------------------------------------------------------------

    async def action_hand_in(self) -> None:
        """Ask, then hand in."""
        if self._sitting is not None:
            await self._save_all()
            await self.app.push_screen(HandInScreen(self.sitting), self._asked)

    async def _asked(self, sure: bool | None) -> None:  # noqa: FBT001 - what the question gives
        if sure:
            await self._hand_in()

    async def _hand_in(self) -> None:
        """Hand in and show the mark; where that cannot be written, everything stays as it is."""
        async with self._turning:
            if self.sitting.finished or not await self._save_all():
                return
            try:
                self.sitting.finish()
            except QuizError as error:
                self._say(f"⚠ Not handed in; ctrl+s tries again. {error}", _CARE)
                return
        while self.app.screen is not self:  # what time has overtaken: a question, the help
            self.app.screen.dismiss(None)
        self.app.swap("exam_review", sitting=self.sitting)

    async def action_pause(self) -> None:
        """Stop the clock and go home; what is not on disk keeps one here."""
        if self._sitting is not None and not self._sitting.finished:
            if not await self._save_all():
                return
            try:
                self._sitting.pause()
            except QuizError as error:
                self.app.attempt(error)
            self.app.tell("The clock stands still. x takes the exam up again, at this question.")
        self.dismiss()

    def on_unmount(self) -> None:
        """Whatever ends the screen: save, and let the clock stand still."""
        if self._sitting is None or self._sitting.finished:
            return
        self._collect()
        try:
            self._write()
            self._sitting.pause()
        except QuizError as error:
            self.log(str(error))  # no screen is left to say it on


SCREEN = SittingScreen
