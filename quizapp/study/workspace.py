"""The student's workspace: folders, settings, content and log, each opened when first needed."""

from __future__ import annotations

import contextlib
import copy
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.core.clock import Clock, system_clock
from quizapp.study.folders import Folders, folders
from quizapp.study.settings import FILE, Settings, SettingsError, load, save

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from quizapp.packs.coverage import Coverage
    from quizapp.packs.model import Course, Pack
    from quizapp.scheduling.memory import Scheduler
    from quizapp.store.store import Store
    from quizapp.study.library import Library


class Workspace:
    """What all use cases work on. Opening it touches no file but the settings.

    ``complaint`` is a sentence about a settings file that could not be read; the defaults hold
    then and the file is left as it is.
    """

    def __init__(self, where: Folders, clock: Clock = system_clock) -> None:
        self.folders = where
        self.clock = clock
        self.complaint: str | None = None
        try:
            self.settings = load(self.settings_file)
        except SettingsError as error:
            self.settings = Settings()
            self.complaint = str(error)

    @classmethod
    def open(cls, environment: Mapping[str, str], clock: Clock = system_clock) -> Workspace:
        """The workspace of this user."""
        return cls(folders(environment), clock)

    @property
    def settings_file(self) -> Path:
        """The readable file in which the settings stand."""
        return self.folders.config / FILE

    @property
    def is_new(self) -> bool:
        """Whether the app has never been set up here."""
        return not self.settings_file.exists()

    @cached_property
    def library(self) -> Library:
        """The packs in use, with their files."""
        from quizapp.exercises.catalogue import family_ids
        from quizapp.packs.shipped import shipped_pack
        from quizapp.study.library import Library

        roots = [shipped_pack(), *map(Path, self.settings.packs)]
        return Library(roots, cache=self.folders.cache, families=frozenset(family_ids()))

    @cached_property
    def pack(self) -> Pack:
        """The content; what was faulty in it is left out and listed under its faults."""
        return self.library.load()

    @property
    def reads_files(self) -> bool:
        """Whether the content has been read from files, which may change."""
        return "library" in self.__dict__

    def take(self, pack: Pack) -> None:
        """Go on with other content."""
        self.__dict__["pack"] = pack
        self.__dict__.pop("coverage", None)

    @cached_property
    def coverage(self) -> Mapping[str, Coverage]:
        """Which cards and computations of the content ask for each item."""
        from quizapp.packs.coverage import coverage

        return coverage(self.pack)

    @cached_property
    def store(self) -> Store:
        """The log. Raises a StoreError with a way out."""
        from quizapp.store.store import Store

        return Store.open(
            self.folders.data, clock=self.clock, rollover_hour=self.settings.rollover_hour
        )

    @property
    def course(self) -> Course:
        """The chosen course, or the first one if the setting names none that exists."""
        courses = self.pack.courses
        return courses.get(self.settings.course) or next(iter(courses.values()))

    def for_course(self, course: str) -> Workspace:
        """The same workspace seen by another course; the settings in the file stay."""
        if course == self.course.id:
            return self
        _ = self.pack, self.store  # to be shared, not opened twice
        other = copy.copy(self)
        other.settings = replace(self.settings, course=course)
        return other

    @property
    def scheduler(self) -> Scheduler:
        """The scheduler of now: the retention of the settings, trained parameters if any.

        Raises StoreError.
        """
        return self.store.scheduler(self.settings.retention)

    def now(self) -> datetime:
        """The present moment."""
        return self.clock()

    def today(self) -> date:
        """The present study day."""
        from quizapp.scheduling.days import study_day

        return study_day(self.clock(), self.settings.rollover_hour)

    def change(self, **changes: object) -> None:
        """Change settings for now and in the file. Raises SettingsError if it cannot be written."""
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]
        if "rollover_hour" in changes and "store" in self.__dict__:
            self.store.rollover_hour = self.settings.rollover_hour
        if self.complaint is not None:
            raise SettingsError(
                "the settings file has a fault and is left as it is; your changes hold until you "
                f"quit. {self.complaint}"
            )
        save(self.settings_file, self.settings)

    def close(self) -> None:
        """Let go of the log."""
        store = self.__dict__.pop("store", None)
        if store is not None:
            with contextlib.suppress(OSError):
                store.close()
