"""How practice has gone: the slips that were made, the computations that were tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.screen import Screen

from quizapp.core.errors import QuizError
from quizapp.study.spans import day_of, lasting
from quizapp.study.statistics import Statistics, statistics
from quizapp.tui.drills import practise_slips
from quizapp.tui.say import Said, join, lines, say
from quizapp.tui.widgets.choices import Choices, Row
from quizapp.tui.widgets.fitted import wrapped
from quizapp.tui.widgets.keybar import Keybar
from quizapp.tui.widgets.title import Title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.content import Content

    from quizapp.study.slips import SlipRecord
    from quizapp.study.statistics import FamilyRecord
    from quizapp.tui.app import QuizApp

_MUTED = "$text-muted"
_HEADING = "bold $text-accent"
_FIGURES = 29
"""Columns of the figures beside the title of a family."""
_MARGINS = 5
_NARROWEST = 16
_INDENT = 6
_EMPTY = (
    "Nothing has been practised yet. Every computation that you check is counted here, with the "
    "slips that were found in it. p on the home screen draws fresh numbers."
)


class StatisticsScreen(Screen[None]):
    """The slips, most frequent first, then the computations; Enter practises one."""

    DEFAULT_CSS = """
    StatisticsScreen #none { padding: 1 2; display: none; }
    StatisticsScreen #figures { height: 1fr; margin-top: 1; text-wrap: nowrap; }
    StatisticsScreen.-short #figures { margin-top: 0; }
    """

    BINDINGS: ClassVar[list[Any]] = [
        Binding(
            "m", "slips", "My slips", id="statistics.slips",
            tooltip="Practise the slips that you make most often, one after the other",
        ),
        Binding(
            "escape,q,s", "leave", "Back", id="statistics.leave", tooltip="Back",
            key_display="esc",
        ),
    ]  # fmt: skip

    app: QuizApp

    def __init__(self) -> None:
        super().__init__()
        self._facts = Statistics(0, 0, 0.0, (), ())

    def compose(self) -> ComposeResult:
        """The list, or that there is nothing to list."""
        yield Title(id="title")
        yield Said(say(_EMPTY), id="none")
        yield Choices(id="figures")
        yield Keybar()

    def on_mount(self) -> None:
        """The arrow keys move in the list."""
        self.query_one(Choices).focus()

    def on_screen_resume(self) -> None:
        """The figures of now."""
        try:
            self._facts = statistics(self.app.workspace)
        except QuizError as error:
            self.app.attempt(error)
        self._show()

    def on_resize(self) -> None:
        """Another width, other columns."""
        self._show()

    def _show(self) -> None:
        facts = self._facts
        told = ""
        if facts.attempts:
            counted = "1 attempt" if facts.attempts == 1 else f"{facts.attempts} attempts"
            told = f"{counted} · {facts.right} right · {lasting(facts.seconds)}"
        self.query_one(Title).show(say("Statistics", "bold"), say(told, _MUTED))
        self.query_one("#none").display = not facts.attempts
        self.query_one(Choices).fill(self._rows())

    def _rows(self) -> Iterator[Row]:
        """The slips, then the families, each under a heading."""
        facts = self._facts
        if not facts.attempts:
            return
        if facts.slips:
            told = "  Enter practises one, m all of them" if self.size.width >= 60 else ""
            yield Row("slips", join(say("Slips", _HEADING), say(told, _MUTED)), disabled=True)
            for place, slip in enumerate(facts.slips):
                yield Row(f"slip-{place}", _slip(slip, self.size.width - _MARGINS))
            yield Row("gap", say(""), disabled=True)
        room = max(self.size.width - _FIGURES - _MARGINS, _NARROWEST)
        heading = f"{'tries':>5}{'last':>7}{'best':>7}{'time':>10}"
        yield Row(
            "families",
            join(say(f"{'Computations':<{room}}", _HEADING), say(heading, _MUTED)),
            disabled=True,
        )
        for family in facts.families:
            yield Row(f"family-{family.family}", say(_family(family, room)))

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        """Practise a slip, or a family at the level of the last time."""
        kind, _, name = event.id.partition("-")
        if kind == "slip":
            practise_slips(self.app, [self._facts.slips[int(name)]])
            return
        record = next(one for one in self._facts.families if one.family == name)
        self.app.go("exercise", family=name, level=record.level)

    def action_slips(self) -> None:
        """All slips, one after the other."""
        practise_slips(self.app)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()


def _slip(slip: SlipRecord, room: int) -> Content:
    """How often, what, and below it where and when."""
    since = "" if not slip.right_since else f" · right since then: {slip.right_since}×"
    where = f"{slip.title} · last {day_of(slip.last)}{since}"
    said = wrapped(slip.says, room - _INDENT) + wrapped(where, room - _INDENT, _MUTED)
    times = say(f"{slip.times:>3}×  ", "bold")
    return lines(join(" " * _INDENT if row else times, line) for row, line in enumerate(said))


def _family(family: FamilyRecord, room: int) -> str:
    title = family.title
    shown = title if len(title) < room else f"{title[: room - 2]}…"
    return (
        f"{shown:<{room}}{family.attempts:>5}{family.last:>7.0%}{family.best:>7.0%}"
        f"{lasting(family.seconds):>10}"
    )


SCREEN = StatisticsScreen
