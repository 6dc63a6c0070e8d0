"""Cards of the packs in use by queries, with what the log knows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.cards.notation import in_notation
from quizapp.study.query import parse
from quizapp.study.query.entries import Entry, card_entry, exercise_entry
from quizapp.study.query.facts import Facts
from quizapp.study.query.finding import Index
from quizapp.study.selection import symbols_of
from quizapp.study.skills import course_skills

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from quizapp.cards import Card
    from quizapp.scheduling.memory import CardMemory
    from quizapp.study.query import Query
    from quizapp.study.skills import Skill
    from quizapp.study.workspace import Workspace


class Finder:
    """The cards as they are now, in the notation of the chosen course, and its skills.

    Its methods may raise StoreError.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        pack = workspace.pack
        symbols = symbols_of(pack, workspace.course.id)
        self.cards: dict[str, Card] = {
            card.id: in_notation(card, symbols) for card in pack.cards.values()
        }
        """All cards of the pack, in its order."""
        self.skills: dict[str, Skill] = {one.card: one for one in course_skills(workspace)}
        """The exercises on the schedule of the course, by their ids there."""
        self.index = Index(self._entries(), self._facts())

    def find(self, query: Query | str) -> list[str]:
        """Return the ids of the cards that fit a query, those of skills last.

        Raises QueryError for a text that is none.
        """
        return self.index.find(parse(query) if isinstance(query, str) else query)

    def refresh(self) -> None:
        """Take in what has happened since."""
        self.index.take(self._facts())

    @property
    def facts(self) -> Facts:
        """What is known of the cards."""
        return self.index.facts

    def _entries(self) -> Iterator[Entry]:
        pack = self._workspace.pack
        for card in self.cards.values():
            yield card_entry(card, pack)
        course = self._workspace.course.id
        for skill in self.skills.values():
            yield exercise_entry(
                skill.card,
                family=skill.family,
                topic=skill.topic,
                title=skill.title,
                items=skill.items,
                course=course,
            )

    def _facts(self) -> Facts:
        from quizapp.store.recent import answers_since

        workspace = self._workspace
        store, scheduler, today = workspace.store, workspace.scheduler, workspace.today()

        def recall(memory: CardMemory) -> float:
            return scheduler.retrievability(memory, today)

        return Facts(
            today=today,
            states=store.states(),
            recall=recall,
            answers=lambda day: answers_since(store, day),
            queue=self._queue,
            dropped=self._dropped,
        )

    def _queue(self) -> Collection[str]:
        from quizapp.study.review import ReviewSession

        return ReviewSession(self._workspace).cards_left()

    def _dropped(self) -> Collection[str]:
        from quizapp.study.exam_terms import exam_terms
        from quizapp.study.left_out import left_out

        terms = exam_terms(self._workspace)
        dropped = left_out(self._workspace, terms) if terms else ()
        return {card for one in dropped for card in one.cards}
