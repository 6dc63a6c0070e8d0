"""An exercise that the daily review brings: worked on line by line, then rated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import on
from textual.binding import Binding
from textual.screen import Screen

from quizapp.core.errors import QuizError
from quizapp.scheduling.memory import Rating
from quizapp.study.exercise_review import proposal, run_for
from quizapp.tui.say import Said
from quizapp.tui.screens.exercise import ExerciseScreen
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.practice_desk import PracticeDesk
from quizapp.tui.widgets.ratings import Ratings
from quizapp.tui.widgets.summary import assessed
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from quizapp.scheduling.effort import Rated
    from quizapp.study.practice import PracticeRun
    from quizapp.study.review import ReviewSession
    from quizapp.study.skills import ShownSkill

How = Literal["left", "rated", "undo", "bury", "suspend"]

_NOT_HERE = frozenset({"fresh", "easier", "harder", "slips", "check_all"})
"""The schedule decides on the numbers and the level; the last has another meaning."""
_AT_THE_END = frozenset({"accept", "digit", "undo", "mend"})
"""What has a key once no cell has the cursor."""


_WIDE = 80


@dataclass(frozen=True, slots=True)
class Left:
    """How the screen was left, and what there is to say about it."""

    how: How
    told: str = ""


class SkillScreen(ExerciseScreen, inherit_bindings=False):
    """The exercise of a skill. Once it is done the cursor leaves the cells for the rating.

    It is dismissed with ``Left``; what was typed is kept until the exercise is rated.
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "enter,space", "accept", "Accept", id="skill.accept", key_display="⏎",
            tooltip="Take the rating that is marked, and go on",
        ),
        *[
            Binding(
                str(number), f"digit({number})", "", id=f"skill.digit-{number}", show=False,
                tooltip="Once it is done: 1 Again, 2 Hard, 3 Good, 4 Easy",
            )
            for number in range(1, len(Rating) + 1)
        ],
        Binding(
            "tab,up,shift+tab", "mend", "Lines", id="skill.mend", key_display="Tab",
            tooltip="Back to the lines, to mend one",
        ),
        Binding("u,ctrl+z", "undo", "Undo", id="skill.undo", tooltip="Take the last answer back"),
        Binding(
            "f6,ctrl+a", "check_all", "Done", id="skill.done", key_display="F6",
            tooltip="Check every line and rate; what is blank counts as not known",
        ),
        *[one for one in ExerciseScreen.BINDINGS if one.action not in _NOT_HERE],
        Binding(
            "f7,at", "suspend", "Suspend", id="skill.suspend", key_display="F7", show=False,
            tooltip="Never again, until you take it back with undo",
        ),
        Binding(
            "f8,minus", "bury", "Bury", id="skill.bury", key_display="F8", show=False,
            tooltip="Not today; it comes back tomorrow",
        ),
        *Screen.BINDINGS,
    ]  # fmt: skip

    DEFAULT_CSS = """
    SkillScreen Ratings { display: none; }
    """

    def __init__(self, session: ReviewSession, shown: ShownSkill) -> None:
        super().__init__()
        self._session = session
        self._shown = shown
        self._rated: Rated | None = None
        """What is proposed; None while it is worked on."""

    def compose(self) -> ComposeResult:
        """The frame; the problem is put into it."""
        yield Title(id="title")
        yield PracticeDesk()
        yield Said(id="summary")
        yield Ratings()
        yield Keybar()

    def begun(self) -> PracticeRun:
        """The exercise that was left, or a fresh one."""
        return run_for(self.app.workspace, self._shown.skill, self._shown.memory)

    @property
    def belongs(self) -> str:
        """What the exercise is a part of, where there is room to say so."""
        return "Review" if self.size.width >= _WIDE else ""

    # Rating --------------------------------------------------------------------------------

    def judged(self, event: PracticeDesk.Marked) -> None:
        """Go on to the rating once every final line stands, or when all was asked for."""
        tried = bool(self.run.first) or self.run.solution_seen
        if self.run.finished(event.marking) or (event.everything and tried):
            self._offer()
        else:
            self._work_on()

    def on_screen_resume(self) -> None:
        """Who has looked at the solution is done."""
        if self._run is not None and self._run.solution_seen:
            self._offer()

    def _offer(self) -> None:
        """Show the ratings with the one that is proposed, and say why."""
        try:
            marking = self.run.marking()
            self._rated = proposal(self.run, marking)
        except QuizError as error:
            self.app.attempt(error)
            return
        below = self.query_one("#summary", Said)
        below.display = True
        below.show(assessed(self.run, marking, self._rated))
        bar = self.query_one(Ratings)
        bar.display = True
        bar.offer(self._shown.intervals, self._rated.rating)
        self.refresh_bindings()
        # After whatever is on its way to another line.
        self.call_after_refresh(self.set_focus, None)

    def _work_on(self) -> None:
        """Back to work: nothing is proposed."""
        self._rated = None
        self.query_one(Ratings).display = False
        self.refresh_bindings()

    def sum_up(self) -> None:
        """The score with all that helped, and the rating where one is proposed."""
        if self._rated is None:
            super().sum_up()

    def action_accept(self) -> None:
        """Give the rating that is marked."""
        if self._rated is not None:
            self._rate(self._rated.rating)

    def action_digit(self, number: int) -> None:
        """Give another one."""
        self._rate(Rating(number))

    @on(Ratings.Chosen)
    def _chosen(self, event: Ratings.Chosen) -> None:
        self._rate(event.rating)

    def _rate(self, rating: Rating) -> None:
        """Write it down; the exercise stays in front if that cannot be done."""
        if self._rated is None:
            return
        try:
            reviewed = self._session.rate_exercise(self.run, rating)
        except QuizError as error:
            self.app.attempt(error)
            return
        except LookupError:  # the content has changed, or a new day put something else in front
            self.dismiss(Left("left"))
            return
        self.dismiss(Left("rated", reviewed.behind.told))

    def action_mend(self) -> None:
        """Back to the lines."""
        self._work_on()
        self.query_one("#summary").display = False
        sheet = self.query_one(PracticeDesk).sheet
        (sheet.chosen or sheet.entries[0]).grid.focus()

    # Leaving -------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Back; the exercise waits as it stands."""
        self.dismiss(Left("left"))

    def action_undo(self) -> None:
        """Take back what was last done to a card."""
        self.dismiss(Left("undo"))

    def action_bury(self) -> None:
        """Keep the exercise out until tomorrow."""
        self.dismiss(Left("bury"))

    def action_suspend(self) -> None:
        """Keep the exercise out for good."""
        self.dismiss(Left("suspend"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys mean something now."""
        if action in _AT_THE_END:
            return self._rated is not None
        if action in {"hint", "check_all", "check_line", "formula", "calculate"}:
            return self._rated is None
        return super().check_action(action, parameters)


SCREEN = SkillScreen
