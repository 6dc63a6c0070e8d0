"""Plans as plain data for JSON, and back."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from quizapp.scheduling.plan import Coverage, Drop, Forecast, More, Plan, Share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.study.exam_plan import ExamPlan


def plain(value: Any) -> Any:
    """Dataclasses and what they hold as JSON knows it, days as ISO text."""
    if hasattr(value, "__dataclass_fields__"):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def plan_of(told: Mapping[str, Any]) -> Plan:
    """The plan of plain data. Raises KeyError, TypeError or ValueError where it is none."""
    more = told["more"]
    return Plan(
        today=_share(told["today"]),
        days=tuple(map(_share, told["days"])),
        coverage=_coverage(told["coverage"]),
        forecast=_forecast(told["forecast"]),
        idle=_forecast(told["idle"]),
        more=more and More(more["minutes"], _forecast(more["forecast"]), float(more["gain"])),
    )


def _share(told: Mapping[str, Any]) -> Share:
    return Share(
        day=date.fromisoformat(told["day"]),
        cards=tuple(map(str, told["cards"])),
        new=tuple(map(str, told["new"])),
        reviews=tuple(map(str, told["reviews"])),
        seconds=float(told["seconds"]),
        enough=int(told["enough"]),
        final_pass=bool(told["final_pass"]),
    )


def _coverage(told: Mapping[str, Any]) -> Coverage:
    return Coverage(
        feasible=bool(told["feasible"]),
        items_open=int(told["items_open"]),
        seconds_needed=float(told["seconds_needed"]),
        seconds_left=float(told["seconds_left"]),
        drops=tuple(
            Drop(
                topic=str(one["topic"]),
                items=tuple(map(str, one["items"])),
                cards=tuple(map(str, one["cards"])),
                weight=float(one["weight"]),
                seconds=float(one["seconds"]),
            )
            for one in told["drops"]
        ),
    )


def _forecast(told: Mapping[str, Any]) -> Forecast:
    topics = {str(topic): float(value) for topic, value in told["topics"].items()}
    return Forecast(float(told["overall"]), topics)


def exam_plan_plain(plan: ExamPlan) -> dict[str, Any]:
    """A plan for programs: all but the planner's own lists of cards for each day."""
    told: dict[str, Any] = plain(replace(plan, cards=None, skills=None))
    del told["cards"], told["skills"]
    return told
