"""The settings: a small readable file, changed by the app or by hand."""

from __future__ import annotations

from dataclasses import replace

from quizapp.study.settings.checking import as_typed, typed
from quizapp.study.settings.file import load, save
from quizapp.study.settings.model import FILE, NAMES, AnswerBy, Settings, SettingsError, about

__all__ = [
    "FILE",
    "NAMES",
    "AnswerBy",
    "Settings",
    "SettingsError",
    "about",
    "as_typed",
    "changed",
    "load",
    "save",
]


def changed(settings: Settings, name: str, text: str) -> Settings:
    """The settings with one changed to what was typed; "" clears an optional one.

    Raises SettingsError that says what fits.
    """
    return replace(settings, **{name: typed(name, text.strip())})
