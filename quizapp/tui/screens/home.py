"""Home: what is due, what is new, when the exam is, and one key for each thing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer

from quizapp.core.errors import QuizError
from quizapp.tui.say import Said, heading, join, lines, say

if TYPE_CHECKING:
    from quizapp.study.overview import Overview
    from quizapp.tui.app import QuizApp

_KEYS = (
    ("r", "review", "Review", "Today's cards"),
    ("p", "practise", "Practise a computation", "Fresh numbers, checked line by line"),
    ("c", "check", "Check my own sheet", "Type in the numbers of a sheet from class"),
    ("x", "exam", "Practice exam", "On screen, against the clock"),
    ("d", "discrepancies", "Slides against textbook", "Where they differ and what to write"),
    ("comma", "settings", "Settings", "Course, exam date, limits, colours"),
    ("q", "leave", "Quit", "Everything is saved"),
)
_SHOWN = {"comma": ","}


class HomeScreen(Screen[None]):
    """Where one starts and comes back to."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding(key, action, label, id=f"home.{action}", tooltip=tip, key_display=_SHOWN.get(key))
        for key, action, label, tip in _KEYS
    ]

    app: QuizApp

    def compose(self) -> ComposeResult:
        """The frame; the facts come when they are there."""
        yield Said(say(" quizapp", "bold"), id="title", classes="title")
        with Horizontal(id="home"):
            with Vertical(id="today"):
                yield Said(heading("Today"))
                yield Said(say("…", "$text-muted"), id="due")
                yield Said(_menu(), id="menu")
            with VerticalScroll(id="aside", can_focus=False):
                yield Said(id="topics")
                yield Said(id="slips")
        yield Footer()

    def on_screen_resume(self) -> None:
        """Fresh facts whenever one comes back."""
        if self.app.ready:
            self.refresh_facts()

    def refresh_facts(self) -> None:
        """Ask what is due and show it."""
        from quizapp.study.overview import overview

        try:
            facts = overview(self.app.workspace)
        except QuizError as error:
            self.app.attempt(error)
            return
        self.query_one("#title", Said).show(_title(facts))
        self.query_one("#due", Said).show(_due(facts))
        self.query_one("#topics", Said).show(_topics(facts))
        self.query_one("#slips", Said).show(_slips(facts))

    def action_review(self) -> None:
        """Today's cards."""
        self._go("review")

    def action_practise(self) -> None:
        """Choose a family and a level."""
        self._go("practice")

    def action_check(self) -> None:
        """A problem of the student's own."""
        self._go("own")

    def action_exam(self) -> None:
        """Choose an exam or take one up again."""
        self._go("exams")

    def action_discrepancies(self) -> None:
        """Where slides and textbook differ."""
        self._go("discrepancies")

    def action_settings(self) -> None:
        """Change the settings."""
        self._go("settings")

    def action_leave(self) -> None:
        """Quit."""
        self.app.exit(0)

    def _go(self, name: str) -> None:
        if self.app.ready:
            self.app.go(name)
        else:
            self.app.tell("One moment, the cards are being opened.")


def _menu() -> Content:
    rows = []
    for key, _, label, _ in _KEYS:
        rows.append(join(say(f"  {_SHOWN.get(key, key)}  ", "bold $text-accent"), say(label)))
    return lines(rows)


def _title(facts: Overview) -> Content:
    out = join(say(" quizapp", "bold"), say(f" · {facts.course}", "$text-muted"))
    if facts.days_left is None or facts.exam_date is None:
        return join(out, say(" · exam date not set", "$text-muted"))
    when = f"{facts.exam_date:%a} {facts.exam_date.day} {facts.exam_date:%b}"
    if facts.days_left > 1:
        told = f" · exam in {facts.days_left} days, {when}"
    elif facts.days_left == 1:
        told = f" · exam tomorrow, {when}"
    elif facts.days_left == 0:
        told = " · exam today"
    else:
        told = f" · exam was on {when}"
    return join(out, say(told, "bold $text-warning" if 0 <= facts.days_left <= 3 else "bold"))


def _due(facts: Overview) -> Content:
    total = facts.total
    if not total.total:
        done = "Nothing is due" + (f"; {facts.done_today} done today." if facts.done_today else ".")
        rows = [say(f"  ✓ {done}", "$text-success")]
    else:
        review = total.due + total.learning
        rows = [
            join(
                say(f"  {review}", "bold"),
                " due   ",
                say(f"{total.new}", "bold"),
                f" new   ~{facts.minutes} min",
            )
        ]
        if facts.done_today:
            rows.append(say(f"  {facts.done_today} done today", "$text-muted"))
    if facts.unfinished_exam:
        rows.append(say("  ⚠ An exam is waiting to be finished: x", "$text-warning"))
    elif facts.last_exam:
        exam = facts.last_exam
        rows.append(
            say(f"  Last exam {exam.points:g} of {exam.of:g} points ({exam.share:.0%})", "$text-muted")
        )
    return lines(rows)


def _topics(facts: Overview) -> Content:
    rows = [heading("By topic        due  new")]
    for topic, counts in facts.topics.items():
        name = topic.replace("-", " ")[:15]
        due = counts.due + counts.learning
        rows.append(f"{name:<15} {due or '·':>4} {counts.new or '·':>4}")
    return lines(rows) if facts.topics else Content("")


def _slips(facts: Overview) -> Content:
    if not facts.slips:
        return Content("")
    rows = [Content(""), heading("Slips this week")]
    rows += [join(say(f"{slip.times}× ", "bold"), slip.says) for slip in facts.slips]
    return lines(rows)


SCREEN = HomeScreen
