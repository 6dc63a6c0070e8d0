"""Plans kept beside the log: what has been computed once need not be computed again.

A plan follows from what goes into it, so it is kept under a digest of just that: whatever
changes, in the log, the settings or the content, is found out by itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
import weakref
from typing import TYPE_CHECKING, Any, TypeVar

from quizapp import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from quizapp.scheduling.forgetting import Experience
    from quizapp.scheduling.memory import Scheduler
    from quizapp.scheduling.plan import Exam, Plan, PlanCard
    from quizapp.study.workspace import Workspace

T = TypeVar("T")
FILE = "plans.json"
_FORMAT = 1
_KEPT = 8
"""So many plans: both decks as they were in the morning, as they are now, and a few from before."""
_LARGEST = 16_000_000
_UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class PlanCache:
    """The plans of one workspace. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._lock = threading.Lock()
        self._plans: dict[str, Plan] | None = None
        self._answers: dict[str, tuple[object, Any]] = {}

    def once(self, name: str, key: object, made: Callable[[], T]) -> T:
        """What was made last under a name if it was for the same key, else made now."""
        found = self._answers.get(name)
        if found is None or found[0] != key:
            found = (key, made())
            self._answers[name] = found
        result: T = found[1]
        return result

    def plan(
        self,
        cards: Sequence[PlanCard],
        exam: Exam,
        today: date,
        scheduler: Scheduler,
        experience: Experience | None,
    ) -> Plan:
        """The planner's plan, from memory or the file where there is one.

        Raises as ``scheduling.planner.plan`` does.
        """
        key = _digest(cards, exam, today, scheduler, experience)
        with self._lock:
            if self._plans is None:
                self._plans = self._load()
            found = self._plans.pop(key, None)
            if found is None:
                from quizapp.scheduling.planner import plan

                found = plan(cards, exam, today, scheduler, experience)
                self._plans[key] = found
                self._plans = dict(list(self._plans.items())[-_KEPT:])
                self._save()
            else:
                self._plans[key] = found  # the one used last comes last
        return found

    def _load(self) -> dict[str, Plan]:
        """What the file has; one that cannot be read has nothing."""
        from quizapp.study.plan_json import plan_of

        try:
            if self._file.stat().st_size > _LARGEST:
                return {}
            told = json.loads(self._file.read_text(encoding="utf-8"))
            if told["version"] != _version():
                return {}
            return {str(key): plan_of(raw) for key, raw in told["plans"].items()}
        except (OSError, *_UNREADABLE):
            return {}

    def _save(self) -> None:
        """Write the file in one move; a folder that cannot be written costs only time."""
        from quizapp.study.plan_json import plain

        told = {key: plain(plan) for key, plan in (self._plans or {}).items()}
        text = json.dumps({"version": _version(), "plans": told}, separators=(",", ":"))
        temporary = self._file.with_name(f".{FILE}-{threading.get_ident()}")
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            temporary.write_text(text, encoding="utf-8")
            temporary.replace(self._file)


_caches: weakref.WeakKeyDictionary[Workspace, PlanCache] = weakref.WeakKeyDictionary()


def cache_of(workspace: Workspace) -> PlanCache:
    """The plans of a workspace."""
    found = _caches.get(workspace)
    if found is None:
        found = _caches.setdefault(workspace, PlanCache(workspace.folders.cache))
    return found


def _version() -> str:
    return f"{__version__}/{_FORMAT}"


def _digest(
    cards: Sequence[PlanCard],
    exam: Exam,
    today: date,
    scheduler: Scheduler,
    experience: Experience | None,
) -> str:
    told = (
        [(one.card, one.topic, one.items, one.note, one.memory) for one in cards],
        (exam.day, exam.minutes_a_day, sorted(exam.days_off), sorted(exam.easy_days.items())),
        (sorted(exam.weights.items()), exam.pace, exam.spent_today, exam.more_minutes),
        (today, scheduler.parameters, scheduler.retention),
    )
    digest = hashlib.blake2b(repr(told).encode(), digest_size=16)
    if experience is not None:
        for column in (experience.elapsed, experience.stability, experience.recalled):
            digest.update(column.tobytes())
    return digest.hexdigest()
