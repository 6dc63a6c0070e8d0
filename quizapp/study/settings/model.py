"""What can be set, what each setting means and where it begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from quizapp.core.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

AnswerBy = Literal["slides", "textbook"]
FILE = "settings.toml"


class SettingsError(QuizError):
    """A setting that does not fit; names it and says what fits."""

    code = "settings"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the student decides. Every field can be left at its default."""

    course: str = "hub"
    """Key of the course whose items, notation and conventions hold."""
    exam_date: date | None = None
    """The day of the exam; None while it is not known."""
    minutes_a_day: int | None = None
    """How long to study a day; None leaves it to the limits."""
    days_off: tuple[date, ...] = ()
    """Days without study, ascending."""
    easy_days: Mapping[str, float] = field(default_factory=dict, hash=False)
    """Weekday (``mon`` to ``sun``) to the share of the usual load, 0 to below 1; in the order of
    the week."""
    plan: bool = True
    """Whether the plan until the exam says what a day brings; it takes a date and minutes."""
    new_a_day: int = 15
    """New cards a day, without a plan; 0 shows none."""
    reviews_a_day: int = 200
    """Reviews a day, without a plan; 0 shows none."""
    skills_a_day: int = 3
    """Computations a day among the cards, without a plan; 0 shows none."""
    rollover_hour: int = 4
    """The local hour at which the next study day begins, 0 to 23."""
    retention: float = 0.9
    """The share of cards to be remembered when they fall due, 0.7 to 0.97."""
    answer_by: AnswerBy = "slides"
    """Whose claim counts where the slides and the textbook differ."""
    beyond_exam: bool = False
    """Whether cards on what the exam does not ask for are shown, too."""
    packs: tuple[str, ...] = ()
    """Further content packs: paths of folders or .zip files."""
    theme: str = "textual-dark"
    """Name of the colour theme."""


_ABOUT = {
    "course": "the course you study for",
    "exam_date": "the day of the exam, as 2026-12-24; leave the line out if you do not know it",
    "minutes_a_day": "how many minutes you want to study a day; leave the line out for no goal",
    "days_off": 'days without study, as "2026-12-24, 2026-12-27..2026-12-31"',
    "easy_days": 'weekdays with less to do, as "sat 50 %, sun off"',
    "plan": "until the exam a plan says what a day brings; without it, what is due: true or false",
    "new_a_day": "new cards a day, where no plan says otherwise (0 to 1000)",
    "reviews_a_day": "reviews a day, where no plan says otherwise (0 to 10000)",
    "skills_a_day": "computations a day among the cards, where no plan says otherwise (0 to 50)",
    "rollover_hour": "the hour at which the next study day begins (0 to 23)",
    "retention": "the share of cards you want to remember when they fall due (0.7 to 0.97)",
    "answer_by": 'whose claim counts where they differ: "slides" or "textbook"',
    "beyond_exam": "cards on what the exam does not ask for, too: true or false",
    "packs": "further content packs, as a list of folders or .zip files",
    "theme": "colours",
}
NAMES = tuple(_ABOUT)


def about(name: str) -> str:
    """What a setting means, in a few words."""
    return _ABOUT[name]
