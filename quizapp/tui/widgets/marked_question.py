"""A question of an exam after it was handed in: what was answered, what is right, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.containers import VerticalScroll

from quizapp.cards import ChooseMany, ChooseOne, Judgement, Match, Number, Order, Words
from quizapp.core.verdicts import Verdict
from quizapp.exams.responses import columns_of, has_answer, order_of
from quizapp.exercises.worked import worked
from quizapp.study.asked import asked
from quizapp.study.points import shown
from quizapp.study.scratch import Scratch
from quizapp.study.selection import touching
from quizapp.study.shown import value_tables
from quizapp.study.usage import usage_of
from quizapp.tui.exam_words import earned
from quizapp.tui.feedback import BAD, CARE, GOOD, QUIET, banners, lesson, verdict
from quizapp.tui.say import say
from quizapp.tui.widgets.fitted import Fitted
from quizapp.tui.widgets.line_entry import LineEntry
from quizapp.tui.widgets.matching import Matching
from quizapp.tui.widgets.options import Options
from quizapp.tui.widgets.ordering import Ordering
from quizapp.tui.widgets.prose import Passage, Prose, ours
from quizapp.tui.widgets.statement import flowing, pieces, statement
from quizapp.tui.widgets.verdict import Told, row_marks, wrong_cells
from quizapp.tui.widgets.verdict import verdict as line_verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.content import Content

    from quizapp.cards import Ask, Card
    from quizapp.exams.marks import QuestionMark
    from quizapp.exercises.marks import LineMark, Marking
    from quizapp.exercises.problem import Problem
    from quizapp.exercises.worked import WorkedLine
    from quizapp.study.asked import Asked
    from quizapp.study.sitting import Sitting
    from quizapp.study.workspace import Workspace
    from quizapp.tui.widgets.prose import Part


_INDENT = 5
"""The right values stand under the cells of their line."""


class MarkedCard(VerticalScroll):
    """A card: what was chosen, typed or arranged, the verdict, the lesson."""

    DEFAULT_CSS = """
    MarkedCard { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    MarkedCard .told { margin: 1 0 1 0; }
    """

    def __init__(
        self, workspace: Workspace, sitting: Sitting, number: int, mark: QuestionMark
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._ask = sitting.ask(number)
        self._card = sitting.card(number)
        self._answer: Mapping[str, Any] = sitting.answers.get(number, {})
        self._by = sitting.paper.answer_by
        self._changed = sitting.changed(number)
        self._mark = mark

    def compose(self) -> ComposeResult:
        """The question, what was chosen, all there is to say about it."""
        if self._ask is None or self._card is None:
            yield Prose(ours(f"⚠ {self._mark.shown}"), ours(_lost(self._mark), QUIET))
            return
        yield Prose(Passage(self._ask.front, "bold", stack=True))
        match self._ask:
            case ChooseOne() | ChooseMany():
                yield Options()
            case Order():
                yield Ordering()
            case Match():
                yield Matching()
        yield Prose(*self._told(self._ask, self._card), classes="told")

    def on_mount(self) -> None:
        """Show options, steps or rows with their verdicts."""
        ask = self._ask
        match ask:
            case ChooseOne() | ChooseMany():
                right = {ask.right} if isinstance(ask, ChooseOne) else ask.right
                chosen = set(self._answer.get("chosen") or ())
                options = self.query_one(Options)
                options.put(ask.options, chosen, many=False)
                options.judge(ask.options, chosen, right)
            case Order():
                ordering = self.query_one(Ordering)
                ordering.put(ask)
                ordering.judge(ask, order_of(ask, self._answer))
            case Match():
                matching = self.query_one(Matching)
                matching.put(ask)
                matching.judge(ask, columns_of(ask, self._answer))

    def _told(self, ask: Ask, card: Card) -> Iterator[Part]:
        mark = self._mark
        if self._changed:
            told = "This card was edited after the exam; the points are those of the day."
            yield Passage(told, lead=say("⚠ ", CARE), ours=True)
        judgement = Judgement(mark.right, mark.shown, mark.other, mark.remark)
        first, *more = verdict(ask, judgement, self._given(), self._by)
        yield first
        if mark.unreadable:
            told = f"What you wrote cannot be read and counts as blank. {mark.unreadable}"
            yield Passage(told, lead=say("? ", CARE), gap=False, ours=True)
        if not mark.right and mark.points:
            yield ours(f"Partly right: {earned(mark.points, mark.of)}.", CARE, gap=False)
        yield from more
        yield from lesson(self._workspace, card)

    def _given(self) -> str:
        if isinstance(self._ask, Number | Words):
            text = str(self._answer.get("text", "")).strip()
            return f"“{text}”" if self._mark.unreadable else text
        if isinstance(self._ask, Order | Match):
            return "as above" if has_answer(self._answer) else ""
        return ", ".join(str(index + 1) for index in self._answer.get("chosen") or ())


class MarkedComputation(VerticalScroll):
    """A computation: its lines as they were typed, each with its verdict and what is right."""

    DEFAULT_CSS = """
    MarkedComputation { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    MarkedComputation .stated { margin: 0 0 1 0; }
    MarkedComputation .told { margin: 1 0 1 1; }
    """

    def __init__(
        self, workspace: Workspace, sitting: Sitting, number: int, mark: QuestionMark
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._sitting = sitting
        self._number = number
        self._mark = mark
        self._entries: list[LineEntry] = []

    def compose(self) -> ComposeResult:
        """The problem, the lines, the sum and where the sources differ."""
        marking = self._mark.marking
        if marking is None:
            yield Prose(ours(f"⚠ {self._mark.shown}"), ours(_lost(self._mark), QUIET))
            return
        problem = marking.problem
        yield Fitted(statement(problem, usage_of(self._workspace)), classes="stated")
        for line, solved in zip(asked(problem), worked(problem), strict=True):
            entry = LineEntry(line, problem.decimals)
            entry.grid.can_focus = False
            self._entries.append(entry)
            yield entry
            if marking.line(entry.step).share < 1:
                yield Fitted(_right_value(problem, line, solved))
        yield Prose(*self._told(marking), classes="told")

    def on_mount(self) -> None:
        """Put the typed texts and the verdicts into the lines."""
        lines = self._sitting.answers.get(self._number, {}).get("lines") or {}
        for entry in self._entries:
            entry.restore(lines.get(entry.step, ""))
        self.call_after_refresh(self._mark_lines)

    def _mark_lines(self) -> None:
        marking = self._mark.marking
        if marking is None:
            return
        for entry in self._entries:
            line = marking.line(entry.step)
            entry.tell(_said(marking, line))
            entry.mark(wrong_cells(line), row_marks(line))

    def _told(self, marking: Marking) -> Iterator[Passage]:
        mark = self._mark
        if mark.right:
            yield ours(f"✓ All right: {earned(mark.points, mark.of)}.", GOOD)
        elif mark.points:
            yield ours(f"Partly right: {earned(mark.points, mark.of)}.", CARE)
        else:
            yield ours(f"✗ {earned(mark.points, mark.of)}.", BAD)
        if len({of for _, of in mark.by_line}) > 1:  # weighed by a scheme
            lines = enumerate(mark.by_line, start=1)
            told = ", ".join(f"line {n} {shown(got)} of {shown(of)}" for n, (got, of) in lines)
            yield ours(f"Points: {told}.", QUIET, gap=False)
        count = Scratch(self._sitting.answers.get(self._number, {}).get("scratch")).count
        if count:
            told = "1 calculation" if count == 1 else f"{count} calculations"
            yield ours(f"{told} with the calculator.", QUIET, gap=False)
        yield ours("s  shows the worked solution with all numbers.", QUIET, gap=False)
        found = touching(self._workspace.pack, marking.problem.family.discrepancies)
        yield from banners(self._workspace, found)


def discrepancies_of(sitting: Sitting, number: int, mark: QuestionMark) -> tuple[str, ...]:
    """The ids of the discrepancies that touch a question."""
    if mark.marking is not None:
        return mark.marking.problem.family.discrepancies
    card = sitting.card(number)
    return card.discrepancies if card else ()


def _said(marking: Marking, line: LineMark) -> Told:
    """The verdict on a line, that of a blank one by what it earned."""
    if line.verdict is not Verdict.BLANK or line.typed is not None:
        return line_verdict(marking, line)
    if line.share == 1.0:
        return Told("✓", "$text-success", "Not written, but the right end shows it.", good=True)
    return Told("·", "$text-muted", "Not answered.")


def _right_value(problem: Problem, line: Asked, solved: WorkedLine) -> Any:
    """``right: ...`` under a line, as a matrix where it is one."""
    tables = value_tables(problem, solved, line)

    def setting(columns: int) -> Sequence[Content]:
        if not line.shape:
            shown = [f"right = {tables[0][0][0]}"]
        else:
            room = columns - _INDENT
            blocks = [block for rows in tables for block in pieces("right", rows, room)]
            shown = flowing(blocks, room)
        return [say(" " * _INDENT + text, "$text-success") for text in shown]

    return setting


def _lost(mark: QuestionMark) -> str:
    if mark.of:
        return f"At the time it earned {earned(mark.points, mark.of)}."
    return "It is left out of the mark."
