"""What stands on the home screen: today's share, the day of the exam, the slips of the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.tui.names import topic_name
from quizapp.tui.pictures.chances import percent, topic_bars
from quizapp.tui.pictures.flow import flowing
from quizapp.tui.say import heading, join, say
from quizapp.tui.widgets.fitted import wrapped
from quizapp.tui.widgets.plots.bars import cut

if TYPE_CHECKING:
    from textual.content import Content

    from quizapp.study.exam_plan import ExamPlan
    from quizapp.study.overview import Overview
    from quizapp.study.settings import Settings

_QUIET = "$text-muted"
_COUNTS, _SKILLS = 8, 7
"""Columns of the counts beside the name of a topic: due and new, skills."""
_TOPICS = 10
"""More topics than this are counted and not listed."""
_LEAST = 4
"""So many lines of bars there are at least; what is below them can be scrolled to."""


_LOOKING = "Looking ahead to the day …"
_DATE = "With the day of the exam and minutes a day there is a plan: , sets them."
_MINUTES = "How many minutes a day do you have? , sets them, and there is a plan."
_TODAY = "The exam is today. Good luck! k crams what you choose; the schedule stays as it is."
_OVER = "The exam is over. How did it go? e takes your mark and sets it against what was predicted."
_LOOK_BACK = "The exam is over: e shows how the prediction held."


def today(facts: Overview, columns: int) -> list[Content]:
    """What is left today, what is done, which exam waits."""
    out = flowing(_left(facts), columns)
    if facts.done_today or facts.skills_today:
        told = f", {_skills(facts.skills_today)}" if facts.skills_today else ""
        out += wrapped(f"✓ {facts.done_today} done today{told}", columns, _QUIET)
    if facts.unfinished_exam:
        out += wrapped("⚠ An exam is waiting to be finished: x", columns, "$text-warning")
    elif facts.last_exam:
        last = facts.last_exam
        told = f"Last exam: {last.points:g} of {last.of:g} points, {last.share:.0%}"
        out += wrapped(told, columns, _QUIET)
    return out


def _left(facts: Overview) -> list[Content]:
    """The cards and skills that are left, and how long they take."""
    total = facts.total
    if not total.total:
        told = "✓ Nothing is due" if facts.share is None else "✓ Today's share is done"
        return [say(told, "$text-success")]
    parts = [f"{total.due + total.learning} due", f"{total.new} new"]
    if total.skills:
        parts.append(_skills(total.skills))
    return [*(_counted(part) for part in parts), say(f"~{facts.minutes} min", _QUIET)]


def _counted(part: str) -> Content:
    count, _, name = part.partition(" ")
    return join(say(count, "bold"), f" {name}")


def _skills(count: int) -> str:
    return f"{count} skill{'' if count == 1 else 's'}"


def hint(settings: Settings, days_left: int | None, *, looking: bool, marked: bool) -> str:
    """What to say while there is no plan; "" where nothing needs to be.

    ``looking`` while one is being made, ``marked`` where the exam's mark was entered.
    """
    if days_left is not None and days_left < 0:
        return _LOOK_BACK if marked else _OVER
    if days_left == 0:
        return _TODAY
    if not settings.plan:
        return ""
    if days_left is None:
        return _DATE
    if settings.minutes_a_day is None:
        return _MINUTES
    return _LOOKING if looking else ""


def aside(
    facts: Overview, plan: ExamPlan | None, hint: str, columns: int, rows: int
) -> list[Content]:
    """The day of the exam or, without a plan, a hint and the cards by topic; then the slips.

    The bars take the rows that the slips leave.
    """
    below = slips(facts, columns)
    if plan is None:
        above = [*wrapped(hint, columns, _QUIET), say("")] if hint else []
        return [*above, *by_topic(facts, columns), *below]
    out = on_the_day(plan, columns, rows - len(below))
    table = [say(""), *by_topic(facts, columns)]
    if len(out) + len(table) + len(below) <= rows:
        out += table
    return out + below


def on_the_day(plan: ExamPlan, columns: int, rows: int) -> list[Content]:
    """What is predicted for the exam, overall and by topic, in so many lines."""
    forecast = plan.forecast
    parts = [
        join(say("predicted ", _QUIET), say(percent(forecast.overall), "bold")),
        join(say("goal ", _QUIET), say(percent(plan.goal), "bold")),
    ]
    out = [join(heading("On the day"), say("  e shows the plan", _QUIET))]
    out += flowing(parts, columns)
    if not plan.feasibility.feasible:
        told = "⚠ There is no time left for everything: e shows what to drop."
        out += wrapped(told, columns, "$text-warning")
    return out + topic_bars(forecast.topics, columns, max(rows - len(out), _LEAST))


def by_topic(facts: Overview, columns: int) -> list[Content]:
    """The cards left today, by topic; the skills, too, on days that have some."""
    if not facts.topics:
        return []
    skills = facts.total.skills > 0
    room = min(columns - _COUNTS - (_SKILLS if skills else 0), 25)
    heads = f"{'due':>4}{'new':>4}{'skills' if skills else '':>{_SKILLS if skills else 0}}"
    out = [join(heading(cut("By topic", room)), say(heads, _QUIET))]
    for topic, counts in list(facts.topics.items())[:_TOPICS]:
        due = counts.due + counts.learning
        line = f"{cut(topic_name(topic), room)}{due or '·':>4}{counts.new or '·':>4}"
        out.append(say(line + (f"{counts.skills or '·':>{_SKILLS}}" if skills else "")))
    if len(facts.topics) > _TOPICS:
        count = len(facts.topics) - _TOPICS
        out.append(say(f"and {count} more topic{'s' if count > 1 else ''}", _QUIET))
    return out


def slips(facts: Overview, columns: int) -> list[Content]:
    """The mistakes made most often in the last week."""
    if not facts.slips:
        return []
    out = [say(""), join(heading("Slips this week"), say("  m practises them", _QUIET))]
    for slip in facts.slips:
        times = f"{slip.times}×  "
        said = wrapped(slip.says, max(columns - len(times), 1))
        out += [
            join(" " * len(times) if row else say(times, "bold"), line)
            for row, line in enumerate(said)
        ]
    return out
