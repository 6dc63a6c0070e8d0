"""One card to read, with its answer: nothing is asked, nothing is scheduled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import VerticalScroll
from textual.screen import Screen

from quizapp.cards import ChooseMany, ChooseOne, Match, Number, Order, Reveal, Words, ask
from quizapp.study.selection import card_in_course
from quizapp.tui.bindings import bound
from quizapp.tui.editing import edit
from quizapp.tui.feedback import CARE, GOOD, QUIET, allowed, lesson
from quizapp.tui.names import topic_name
from quizapp.tui.say import join, say
from quizapp.tui.widgets.comparison import Comparison
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.prose import Passage, Prose, ours
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult

    from quizapp.cards import Ask, Card
    from quizapp.study.skills import Skill
    from quizapp.study.workspace import Workspace
    from quizapp.tui.app import QuizApp
    from quizapp.tui.widgets.prose import Part

_INDENT = 2


class CardScreen(Screen[None]):
    """A whole card; ``among`` are the ids that n and p go through."""

    DEFAULT_CSS = """
    CardScreen #card { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    CardScreen Prose { margin-bottom: 1; }
    """

    BINDINGS: ClassVar[list[Any]] = bound(
        "card",
        ("n,right", "step(1)", "Next", "The next card of the list"),
        ("p,left", "step(-1)", "Previous", "The card before"),
        ("e,f4", "edit", "Edit", "Edit the card in your editor; it is checked when you save"),
        ("i,f2", "info", "Info", "What is known of this card"),
        ("d", "differences", "Differs", "Where slides, courses and textbook differ on this card"),
        ("l,f3", "raw", "LaTeX", "Show formulas as LaTeX, or again as text"),
        ("q,escape", "leave", "Back", "Back to the list"),
    )

    app: QuizApp

    def __init__(self, id: str, among: Sequence[str] = ()) -> None:  # noqa: A002 - the card's id
        super().__init__()
        self._card = id
        self._among = tuple(among) or (id,)
        self._raw = False

    def compose(self) -> ComposeResult:
        """The frame."""
        yield Title()
        with VerticalScroll(id="card"):
            yield Prose()
        yield Keybar()

    def on_mount(self) -> None:
        """Show the card; arrow keys scroll."""
        self.query_one("#card").focus()
        self._show()

    def content_changed(self) -> None:
        """The card as it is now, among those there still are; away from one that is gone."""
        if self._found() is None:
            self.on_screen_resume()
            return
        cards = self.app.workspace.pack.cards
        self._among = tuple(one for one in self._among if one in cards)
        self._show()

    def on_screen_resume(self) -> None:
        """Away from a card that is gone, as soon as no other screen lies above."""
        if self._found() is None and self.is_active:
            self.dismiss()

    def _found(self) -> Card | None:
        workspace = self.app.workspace
        return card_in_course(workspace.pack, self._card, workspace.course.id)

    def _show(self) -> None:
        card = self._found()
        if card is None:
            return
        place = f"{self._among.index(self._card) + 1} of {len(self._among)}"
        self.query_one(Title).show(
            join(say("Card", "bold"), say(f" · {topic_name(card.topic)}", QUIET)),
            say(place if len(self._among) > 1 else "", QUIET),
        )
        self.query_one(Prose).show(*page(self.app.workspace, card))
        self.query_one(Prose).show_raw(raw=self._raw)
        self.query_one("#card", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def action_step(self, by: int) -> None:
        """Another card of the list."""
        at = self._among.index(self._card) + by
        if 0 <= at < len(self._among):
            self._card = self._among[at]
            self._show()

    def action_edit(self) -> None:
        """Edit the card."""
        edit(self.app, self._card)

    def action_info(self) -> None:
        """What is known of the card."""
        card = self._found()
        if card is not None:
            self.app.go("card_info", card=card)

    def action_differences(self) -> None:
        """The discrepancies that touch the card."""
        card = self._found()
        if card is not None:
            self.app.go("discrepancies", ids=card.discrepancies)

    def action_raw(self) -> None:
        """Switch between formulas and their LaTeX."""
        self._raw = not self._raw
        self.query_one(Prose).show_raw(raw=self._raw)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """No steps where there is nowhere to go, no differences where there are none."""
        if action == "differences":
            card = self._found()
            return card is not None and bool(card.discrepancies)
        return action != "step" or len(self._among) > 1


def page(workspace: Workspace, card: Card) -> Iterator[Part]:
    """Yield the question, the answer and what there is to learn from it."""
    asked = ask(card, workspace.settings.answer_by)
    yield Passage(asked.front, "bold", stack=True)
    yield from answer(asked, workspace.settings.answer_by)
    yield from lesson(workspace, card)


def skill_page(workspace: Workspace, skill: Skill) -> Iterator[Part]:
    """Yield what an exercise on the schedule is about."""
    yield ours(skill.title, "bold")
    yield ours("A computation by hand, with fresh numbers each time it is due.")
    for name in skill.items:
        item = workspace.pack.items.get(name)
        if item is not None:
            yield Passage(item.statement, QUIET, lead=say("· ", QUIET))


def answer(asked: Ask, answer_by: str) -> Iterator[Part]:
    """Yield what is right, and what the other side would say."""
    other = "textbook" if answer_by == "slides" else "slides"
    by_other = say(f"⚠ By the {other}: ", CARE)
    match asked:
        case Reveal():
            yield Passage(asked.back, stack=True)
            if asked.other:
                yield Passage(asked.other, lead=by_other, gap=False)
        case ChooseOne() | ChooseMany():
            yield from _options(asked)
        case Number():
            value = f"{asked.value:.15g} {asked.unit}".strip()
            yield Passage(f"{value}{allowed(asked.tolerance)}", ours=True)
            if asked.other is not None:
                yield Passage(f"{asked.other:.15g}", lead=by_other, gap=False, ours=True)
        case Words():
            accepted = f" (also: {', '.join(asked.accept)})" if asked.accept else ""
            yield Passage(asked.answer + accepted, ours=True)
            if asked.other:
                yield Passage(asked.other, lead=by_other, gap=False, ours=True)
        case Order():
            for number, step in enumerate(asked.right, start=1):
                lead = say(f"{number}  ", "bold $text-accent")
                yield Passage(asked.steps[step], lead=lead, indent=_INDENT, gap=number == 1)
        case Match():
            yield Comparison(asked)


def _options(asked: ChooseOne | ChooseMany) -> Iterator[Part]:
    right = {asked.right} if isinstance(asked, ChooseOne) else asked.right
    for place, option in enumerate(asked.options):
        sign = say("✓ ", GOOD) if place in right else say("✗ ", QUIET)
        yield Passage(option.text, lead=sign, indent=_INDENT, gap=place == 0)
        if option.why:
            yield Passage(option.why, QUIET, indent=_INDENT + 4, gap=False)


SCREEN = CardScreen
