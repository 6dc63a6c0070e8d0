"""A quiz on a handful of cards: each until it was known, the schedule untouched."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, ClassVar

from textual.screen import Screen

from quizapp.core.errors import QuizError
from quizapp.study.quiz import Quiz
from quizapp.tui.bindings import bound
from quizapp.tui.day import how_to_answer
from quizapp.tui.feedback import QUIET, lesson, verdict
from quizapp.tui.names import topic_name
from quizapp.tui.say import Said, join, say
from quizapp.tui.widgets.card_view import CardView
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.options import MOST
from quizapp.tui.widgets.prose import Passage, ours
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.app import ComposeResult
    from textual.content import Content

    from quizapp.cards import Card, Judgement, Response
    from quizapp.study.quiz import Asked
    from quizapp.tui.app import QuizApp

_KEY = "bold $text-accent"
_DIGITS = "Choose an option; after a card to recall 1 not known, 2 known"


class QuizScreen(Screen[None]):
    """Asks ``cards``; ``about`` says in the title what they are about, ``why`` in the log."""

    DEFAULT_CSS = """
    QuizScreen #what { height: 1; padding: 0 1; background: $panel; }
    """

    BINDINGS: ClassVar[list[Any]] = bound(
        "quiz",
        ("space,enter", "answer", "Answer", "Show the answer, or check what you chose or typed"),
        ("space,enter", "next", "Next", "The next card"),
        *[(str(number), f"digit({number})", "", _DIGITS) for number in range(1, MOST + 1)],
        ("u,ctrl+z", "undo", "Undo", "Take the last answer back; and so on back"),
        ("d", "differences", "Differs", "The whole entry"),
        ("l,f3", "raw", "LaTeX", "Show formulas as LaTeX, or again as text"),
        ("q,escape", "leave", "Back", "End the quiz"),
    )

    app: QuizApp

    def __init__(
        self, about: str, cards: Mapping[str, Card], why: str, title: str = "Quiz"
    ) -> None:
        super().__init__()
        self._title, self._about, self._cards, self._why = title, about, cards, why
        self._quiz: Quiz | None = None
        self._asked: Asked | None = None
        self._judgement: Judgement | None = None
        """None until the card in front is answered."""
        self._raw = False

    def compose(self) -> ComposeResult:
        """The frame; each card is put into it."""
        yield Title(id="title")
        yield CardView(self._judge)
        yield Said(id="what")
        yield Keybar()

    def on_mount(self) -> None:
        """Draw the order."""
        seed = secrets.randbelow(2**32)
        self._quiz = Quiz(self.app.workspace, self._cards, seed=seed, why=self._why)
        self._next()

    def _next(self) -> None:
        quiz = self._quiz
        if quiz is None:
            return
        self._asked, self._judgement = quiz.current(), None
        view = self.query_one(CardView)
        if self._asked is None:
            view.put_text(*_ended(quiz))
            self._what(join(_key("u"), "undo   ", _key("q"), "back"))
        else:
            view.put(self._asked.ask)
            self._what(how_to_answer(self._asked.ask))
        topic = f" · {topic_name(self._asked.card.topic)}" if self._asked else ""
        again = " · again" if self._asked and self._asked.again else ""
        self.query_one(Title).show(
            join(say(self._title, "bold"), say(f" · {self._about}{topic}{again}", QUIET)),
            say(f"{quiz.done} of {quiz.total} done", QUIET),
        )
        self.refresh_bindings()

    def _what(self, content: Content) -> None:
        self.query_one("#what", Said).show(content)

    def _judge(self, response: Response, given: str) -> None:
        quiz, asked = self._quiz, self._asked
        if quiz is None or asked is None:
            return
        workspace = self.app.workspace
        self._judgement = judgement = quiz.judge(response)
        told = verdict(asked.ask, judgement, given, workspace.settings.answer_by)
        self.query_one(CardView).judge(asked.ask, told, lesson(workspace, asked.card))
        if judgement.right is None:
            self._what(join(_key("1"), "not known, ask me again   ", _key("2"), "known   "))
        else:
            again = "" if judgement.right else "; it comes back"
            self._what(join(_key("Enter"), f"next{again}"))
        self.refresh_bindings()

    def action_answer(self) -> None:
        """Show the answer, or check what was chosen or typed."""
        self.query_one(CardView).submit()

    def action_next(self) -> None:
        """The next card; what was recalled counts as known unless one says otherwise."""
        if self._judgement is not None:
            self._go_on(known=self._judgement.right is not False)

    def action_digit(self, number: int) -> None:
        """Choose an option, or say whether it was known."""
        if self._judgement is None:
            self.query_one(CardView).choose(number - 1)
        elif self._judgement.right is None and number <= 2:
            self._go_on(known=number == 2)

    def _go_on(self, *, known: bool) -> None:
        if self._quiz is None:
            return
        try:
            self._quiz.answer(known=known)
        except QuizError as error:
            self.app.attempt(error)
            return
        self._next()

    def action_undo(self) -> None:
        """Put the card that was answered last in front again."""
        if self._quiz is None:
            return
        try:
            done = self._quiz.undo()
        except QuizError as error:
            self.app.attempt(error)
            return
        if done:
            self._next()
        else:
            self.app.tell("There is nothing to take back in this round.")

    def action_differences(self) -> None:
        """The entries behind the card."""
        if self._asked is not None:
            self.app.go("discrepancies", ids=self._asked.card.discrepancies)

    def action_raw(self) -> None:
        """Switch between formulas and their LaTeX."""
        self._raw = not self._raw
        self.query_one(CardView).show_raw(raw=self._raw)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Which keys mean something now."""
        card, answered = self._asked is not None, self._judgement is not None
        match action:
            case "answer":
                return card and not answered
            case "next":
                return card and answered
            case "differences":
                return answered and self._asked is not None and bool(self._asked.card.discrepancies)
            case "digit" | "raw":
                return card
            case _:
                return True


def _key(key: str) -> Content:
    return say(f"{key} ", _KEY)


def _ended(quiz: Quiz) -> Iterator[Passage]:
    if not quiz.total:
        yield ours("No card asks about this.", "bold")
        return
    yield ours("✓ That was all.", "bold $text-success")
    cards = "1 card" if quiz.total == 1 else f"{quiz.total} cards"
    others = "; the others came back until known" if quiz.known_at_once < quiz.total else ""
    yield ours(f"{quiz.known_at_once} of {cards} known at once{others}.")
    yield ours("Your schedule is as it was.", QUIET)


SCREEN = QuizScreen
