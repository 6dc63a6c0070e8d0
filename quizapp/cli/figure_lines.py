"""The figures of statistics as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizapp.study.figures.calendar import Calendar
    from quizapp.study.figures.calibration import Calibration
    from quizapp.study.figures.exams import Exams
    from quizapp.study.figures.load import Load
    from quizapp.study.figures.mastery import Mastery
    from quizapp.study.figures.memory import Class, Memory
    from quizapp.study.figures.reading import Figures
    from quizapp.study.figures.retention import Recall, Retention
    from quizapp.study.figures.time_spent import TimeSpent

_BAR = 30
_WEEKS = 8
_DAYS = 14
_EXAMS = 10
_NAME = 28


def figure_lines(figures: Figures) -> Iterator[str]:
    """One section a figure; those of which nothing is known yet are left out."""
    sections = (
        _calendar(figures.calendar),
        _time(figures.time),
        _retention(figures.retention),
        _load(figures.load),
        _memory(figures.memory),
        _mastery(figures.mastery),
        _calibration(figures.calibration),
        _exams(figures.exams),
    )
    for section in sections:
        lines = list(section)
        if lines:
            yield ""
            yield from lines


def _calendar(facts: Calendar) -> Iterator[str]:
    if not facts.days:
        return
    from quizapp.study.spans import day_of

    days = "1 day" if len(facts.days) == 1 else f"{len(facts.days)} days"
    yield f"Answers: {facts.answers} on {days}"
    best = facts.best
    most = "" if best is None else f", most on {day_of(best.day)}: {best.answers}"
    yield f"  days in a row: {facts.streak}, longest {facts.longest}{most}"
    counts = {day.day: day.answers for day in facts.days}
    ahead = [day for day in sorted(counts) if (facts.today - day).days < _DAYS]
    yield from _bars([(day_of(day), counts[day], str(counts[day])) for day in ahead])


def _time(facts: TimeSpent) -> Iterator[str]:
    if not facts.seconds:
        return
    from quizapp.study.spans import day_of, lasting

    parts = [("cards", facts.cards), ("computations", facts.computations), ("exams", facts.exams)]
    told = ", ".join(f"{name} {lasting(seconds)}" for name, seconds in parts if seconds)
    each = "" if facts.a_card is None else f"; {facts.a_card:.0f} s a card"
    yield f"Time: {lasting(facts.seconds)} ({told}{each})"
    weeks = facts.weeks[-_WEEKS:]
    yield from _bars(
        [(f"week of {day_of(one.monday)}", one.seconds, lasting(one.seconds)) for one in weeks]
    )


def _retention(facts: Retention) -> Iterator[str]:
    if not facts.weeks:
        return
    from quizapp.study.spans import day_of

    yield "Recalled in review (mature: stability of 21 days or more)"
    yield f"  {'':<20}{'young':>14}{'mature':>18}"
    for week in facts.weeks[-_WEEKS:]:
        name = f"week of {day_of(week.monday)}"
        yield f"  {name:<20}{_recall(week.young):>14}{_recall(week.mature):>18}"
    yield f"  {'all':<20}{_recall(facts.young):>14}{_recall(facts.mature):>18}"


def _recall(one: Recall) -> str:
    return "-" if one.share is None else f"{one.share:.0%} of {one.answers}"


def _load(facts: Load) -> Iterator[str]:
    if not facts.cards:
        return
    from quizapp.study.spans import day_of

    yield f"Cards that fall due: {facts.overdue} overdue, {facts.days[0].cards} today"
    yield from _bars([(day_of(day.day), day.cards, str(day.cards)) for day in facts.days[:_DAYS]])


def _memory(facts: Memory) -> Iterator[str]:
    if not facts.cards:
        return
    yield f"Stability in days: median {facts.median_stability:.1f}, {facts.cards} cards"
    yield from _classes(facts.stability)
    yield ""
    yield f"Difficulty, 1 to 10: median {facts.median_difficulty:.1f}"
    yield from _classes(facts.difficulty)


def _classes(classes: Sequence[Class]) -> Iterator[str]:
    ends = [(one, f"{one.high:g}" if one.high is not None else "") for one in classes]
    yield from _bars(
        [
            (f"{one.low:g} to {end}" if end else f"from {one.low:g}", one.cards, str(one.cards))
            for one, end in ends
        ]
    )


def _mastery(facts: Mastery) -> Iterator[str]:
    if facts.mastery is None:
        return
    yield f"Known of the syllabus: {facts.mastery:.0%} (items: quizapp syllabus --items)"
    rows = [(one.topic, one.mastery or 0.0, one) for one in facts.topics]
    yield from _bars(
        [(name, known, f"{known:.0%} {one.begun}/{len(one.items)}") for name, known, one in rows],
        most=1.0,
    )


def _calibration(facts: Calibration) -> Iterator[str]:
    if not facts.answers or facts.predicted is None or facts.actual is None:
        return
    told = f"predicted {facts.predicted:.1%}, recalled {facts.actual:.1%}"
    yield f"Prediction against recall: {told} of {facts.answers} answers"
    for one in facts.bins:
        if one.predicted is not None and one.actual is not None:
            yield (
                f"  {one.low:>3} to {one.high:>3} %   predicted {one.predicted:>6.1%}   "
                f"recalled {one.actual:>6.1%}   {one.answers:>7} answers"
            )


def _exams(facts: Exams) -> Iterator[str]:
    if not facts.marks:
        return
    from quizapp.study.spans import day_of

    yield f"Exams: last {facts.last:.0%}, best {facts.best:.0%}, mean {facts.mean:.0%}"
    rows = [(f"{day_of(one.day)} {one.title}", one) for one in facts.marks[-_EXAMS:][::-1]]
    yield from _bars(
        [(name, one.share, f"{one.share:.0%} {one.points:g}/{one.of:g}") for name, one in rows],
        most=1.0,
    )


def _bars(rows: Sequence[tuple[str, float, str]], most: float | None = None) -> Iterator[str]:
    """Name, bar, number; the longest bar is the largest number where none is given."""
    if not rows:
        return
    top = (max(value for _, value, _ in rows) if most is None else most) or 1.0
    wide = min(max(len(name) for name, _, _ in rows), _NAME)
    for name, value, told in rows:
        shown = name if len(name) <= wide else f"{name[: wide - 1]}…"
        full = max(round(value / top * _BAR), 1) if value > 0 else 0
        yield f"  {shown:<{wide}}  {'█' * full}{'·' * (_BAR - full)} {told}"
