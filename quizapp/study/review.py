"""A review session: the judgement of the card in front, its rating, undo, flags."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from quizapp.cards.asks import Judgement, Response, Reveal, judge
from quizapp.scheduling.leeches import told_as_leech
from quizapp.scheduling.memory import Rating
from quizapp.scheduling.skills import family_of
from quizapp.study.day_session import DaySession
from quizapp.study.exam_terms import note_terms
from quizapp.study.given import told
from quizapp.study.showing import Shown
from quizapp.study.skills import ShownSkill

if TYPE_CHECKING:
    from quizapp.scheduling.memory import CardMemory
    from quizapp.study.exercise_review import Reviewed
    from quizapp.study.practice import PracticeRun
    from quizapp.study.workspace import Workspace

__all__ = ["MOST_MS", "ReviewSession", "Shown", "ShownSkill"]

MOST_MS = 60_000
"""An answer that took longer counts as this long: the student was away."""


class ReviewSession(DaySession):
    """The reviews of today. Every answer is in the log before the next card is shown."""

    def __init__(self, workspace: Workspace, *, topic: str | None = None) -> None:
        super().__init__(workspace, topic=topic)
        self.answered = 0
        """Cards and skills rated since the session began, undone ones not counted."""
        self.leech: str | None = None
        """The card that the last answer made a leech, or one for four lapses more."""
        self._wrong = ""
        """What was answered to the card in front, where that was wrong."""
        self._noted = False

    # Answering -----------------------------------------------------------------------------

    def judge(self, response: Response) -> Judgement:
        """Whether a response to the current card is right. Raises LookupError without a card."""
        ask = self._card_here().ask
        judgement = judge(ask, response)
        self._wrong = told(ask, response) if judgement.right is False else ""
        return judgement

    @staticmethod
    def suggestion(judgement: Judgement) -> Rating:
        """The rating to preselect: Again for a wrong answer, else Good."""
        return Rating.AGAIN if judgement.right is False else Rating.GOOD

    def rate(self, rating: Rating) -> CardMemory:
        """Rate the current card; when this returns, the answer is on disk.

        ``leech`` then says whether the card has become one. Raises LookupError without a card and
        StoreError if nothing could be written; then the card stays in front.
        """
        shown = self._card_here()
        took = (self.workspace.now() - shown.since).total_seconds() * 1000
        given = {"given": self._wrong} if self._wrong else None
        self._note()
        memory = self.workspace.store.review(
            shown.card.id,
            rating,
            ms=int(min(max(took, 0), MOST_MS)),
            how="reveal" if isinstance(shown.ask, Reveal) else "checked",
            scheduler=self.workspace.scheduler,
            due=shown.due[rating],
            more=given,
        )
        self.take_in(shown.id, memory)
        return memory

    def rate_exercise(self, run: PracticeRun, rating: Rating) -> Reviewed:
        """Rate the current skill by an exercise; cards may come forward for it.

        Raises as ``rate`` does.
        """
        shown = self._here()
        if not isinstance(shown, ShownSkill) or shown.skill.family != run.problem.family.id:
            raise LookupError("another card or exercise is in front")
        from quizapp.study.exercise_review import rate

        self._note()
        reviewed = rate(self.workspace, shown.skill, run, rating, due=shown.due.get(rating))
        self.take_in(shown.id, reviewed.memory)
        if reviewed.behind.cards:
            self.rebuilt()
        return reviewed

    def take_in(self, card_id: str, memory: CardMemory) -> None:
        """Go on after an answer that is in the log."""
        before = self._memories.get(card_id)
        self.leech = card_id if told_as_leech(memory, before) else None
        self._memories[card_id] = memory
        self._day.queue.answered(card_id, memory)
        self.answered += 1
        self._shown, self._wrong = None, ""

    def _note(self) -> None:
        """Before the first answer: write down by what plan the student studies."""
        if not self._noted:
            note_terms(self.workspace)
            self._noted = True

    # Undo ----------------------------------------------------------------------------------

    def undo(self) -> str | None:
        """Take back the last thing done to a card and put it in front; its id, or None.

        Reaches back over restarts, answer by answer.
        """
        event = self.workspace.store.undo()
        if event is None:
            return None
        if event.kind == "review":
            self.answered = max(0, self.answered - 1)
        if event.kind == "review" and family_of(event.subject) is not None:
            from quizapp.study.exercise_review import reopen

            reopen(self.workspace, event.subject)
        self._turned(event.subject)
        known = self._cards.get(event.subject) or self._skills.get(event.subject)
        if known is not None and self.topic in {None, known.topic}:
            self._shown = self._show(event.subject)
        return event.subject

    def redo(self) -> str | None:
        """Take the last undo back; the id of the card, or None when nothing was undone."""
        event = self.workspace.store.redo()
        if event is None:
            return None
        if event.kind == "review":
            self.answered += 1
        if event.kind == "review" and family_of(event.subject) is not None:
            from quizapp.study.exercise_review import put_away

            put_away(self.workspace, event.subject)
        self._turned(event.subject)
        return event.subject

    def _turned(self, card_id: str) -> None:
        """Take in that a step was undone or redone."""
        self._day = self._build(also=[card_id])
        self._day.queue.put_back(card_id, self._memories.get(card_id))
        self._shown, self.leech = None, None

    # Beside answering ----------------------------------------------------------------------

    def suspend(self) -> None:
        """Keep the current card out until it is taken back in; ``undo`` does."""
        shown = self._here()
        self.workspace.store.suspend(shown.id)
        self._leave(shown)

    def bury(self) -> None:
        """Keep the current card out until tomorrow."""
        shown = self._here()
        self.workspace.store.bury(shown.id, self._day.queue.day + timedelta(days=1))
        self._leave(shown)

    def flag(self, value: int) -> None:
        """Mark the current card with a flag from 1 to 7, 0 takes it away; it stays in front.

        Raises ValueError for other numbers.
        """
        if not 0 <= value <= 7:
            raise ValueError(f"a flag is a number from 0 to 7, not {value}")
        self.workspace.store.flag(self._here().id, value)

    def _leave(self, shown: Shown | ShownSkill) -> None:
        if self._day.queue.has_siblings(shown.id):
            self._day = self._build()  # today one of them may come instead
        else:
            self._day.queue.remove(shown.id)
        self._shown = None

    def _card_here(self) -> Shown:
        shown = self._here()
        if isinstance(shown, ShownSkill):
            raise LookupError("an exercise is in front, not a card")  # noqa: TRY004 - as without
        return shown
