"""The settings: a small readable file, changed by the app or by hand."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from quizapp.core.errors import QuizError

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
    new_a_day: int = 15
    """New cards a day; 0 shows none."""
    reviews_a_day: int = 200
    """Reviews a day; 0 shows none."""
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
    "new_a_day": "new cards a day (0 to 1000)",
    "reviews_a_day": "reviews a day (0 to 10000)",
    "rollover_hour": "the hour at which the next study day begins (0 to 23)",
    "retention": "the share of cards you want to remember when they fall due (0.7 to 0.97)",
    "answer_by": 'whose claim counts where they differ: "slides" or "textbook"',
    "beyond_exam": "cards on what the exam does not ask for, too: true or false",
    "packs": "further content packs, as a list of folders or .zip files",
    "theme": "colours",
}
_RANGES: dict[str, tuple[float, float]] = {
    "minutes_a_day": (1, 1440),
    "new_a_day": (0, 1000),
    "reviews_a_day": (0, 10_000),
    "rollover_hour": (0, 23),
    "retention": (0.7, 0.97),
}
NAMES = tuple(_ABOUT)
_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def about(name: str) -> str:
    """What a setting means, in a few words."""
    return _ABOUT[name]


def changed(settings: Settings, name: str, text: str) -> Settings:
    """The settings with one changed to what was typed; "" clears an optional one.

    Raises SettingsError that says what fits.
    """
    return replace(settings, **{name: _read(name, text.strip())})


def load(path: Path) -> Settings:
    """The settings of a file, the defaults where there is none. Raises SettingsError."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"the settings cannot be read ({error}); mend the line or delete the file.",
            where=str(path),
        ) from None
    except OSError as error:
        raise SettingsError(
            f"the settings cannot be read ({error.strerror}).", where=str(path)
        ) from None
    unknown = [name for name in raw if name not in _ABOUT]
    if unknown:
        raise SettingsError(
            f"there is no setting '{unknown[0]}'; there are {', '.join(NAMES)}.", where=str(path)
        )
    try:
        return Settings(**{name: _checked(name, value) for name, value in raw.items()})
    except SettingsError as error:
        raise SettingsError(error.message, where=f"{path}: {error.where}") from None


def save(path: Path, settings: Settings) -> None:
    """Write the settings with a comment on each, replacing the file in one move."""
    import tempfile  # here, since every start reads the settings and hardly any writes them

    lines = ["# quizapp's settings. Change them here or in the app (key , on the home screen).", ""]
    for field in fields(settings):
        value = getattr(settings, field.name)
        lines.append(f"# {_ABOUT[field.name]}")
        lines.append(f"# {field.name} =" if value is None else f"{field.name} = {_toml(value)}")
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise SettingsError(
            f"the settings cannot be written ({error.strerror}); your changes hold until you quit.",
            where=str(path),
        ) from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}"'
    return value.isoformat() if isinstance(value, date) else repr(value)


def _read(name: str, text: str) -> Any:
    """A typed value, checked."""
    if name in {"exam_date", "minutes_a_day"} and not text:
        return None
    if name == "exam_date":
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise SettingsError(
                f"'{text}' is no date; write it as 2026-12-24.", where=name
            ) from None
    if name == "packs":
        raise SettingsError("use `quizapp content add PATH` or `remove PATH`.", where=name)
    if name == "beyond_exam":
        return _checked(name, _TRUTHS.get(text.lower(), text))
    if name in _RANGES:
        number = float if name == "retention" else int
        try:
            return _checked(name, number(text.replace(",", ".")))
        except ValueError:
            least, most = _RANGES[name]
            raise SettingsError(
                f"'{text}' is no number; write one from {least:g} to {most:g}.", where=name
            ) from None
    return _checked(name, text)


def _checked(name: str, value: Any) -> Any:
    if name in _RANGES:
        least, most = _RANGES[name]
        fits = isinstance(value, float) if name == "retention" else isinstance(value, int)
        if isinstance(value, bool) or not fits or not least <= value <= most:
            raise SettingsError(f"{name} must be a number from {least:g} to {most:g}.", where=name)
        return value
    if name == "packs":
        return _paths(value)
    if name == "beyond_exam":
        if not isinstance(value, bool):
            raise SettingsError("beyond_exam must be true or false.", where=name)
        return value
    if name == "exam_date":
        if type(value) is not date:
            raise SettingsError("exam_date must be a date such as 2026-12-24.", where=name)
        return value
    if not isinstance(value, str) or not value.isprintable() or len(value) > 60:
        raise SettingsError(f"{name} must be a short text.", where=name)
    if name == "answer_by" and value not in {"slides", "textbook"}:
        raise SettingsError('answer_by must be "slides" or "textbook".', where=name)
    return value


def _paths(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list | tuple) else [None]
    if not all(isinstance(path, str) and path and path.isprintable() for path in listed):
        message = 'packs must be a list of paths, such as ["/home/me/deck"].'
        raise SettingsError(message, where="packs")
    return tuple(dict.fromkeys(listed))
