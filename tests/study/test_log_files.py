"""The log out to a file and into another log; and what may come in from outside."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from quizapp.core.errors import QuizError
from quizapp.scheduling.memory import Rating
from quizapp.store.events import Event
from quizapp.study.folders import folders
from quizapp.study.log_files import LogFileError, export_log, export_to, import_from, import_log
from quizapp.study.log_shapes import fault
from quizapp.study.practice import PracticeRun, fresh_problem
from quizapp.study.review import ReviewSession
from quizapp.study.sitting import Sitting, blueprints
from quizapp.study.slips import slip_records
from quizapp.study.statistics import statistics
from quizapp.study.syncing import sync
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Watch:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def at(folder: Path) -> Workspace:
    return Workspace(folders({"QUIZAPP_HOME": str(folder)}), Watch())


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Workspace]:
    opened = at(tmp_path / "here")
    yield opened
    opened.close()


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Workspace]:
    opened = at(tmp_path / "there")
    yield opened
    opened.close()


def live(workspace: Workspace) -> None:
    """Do some of everything that is written down."""
    workspace.change(skills_a_day=0)
    session = ReviewSession(workspace)
    for rating in Rating:
        session.current()
        session.rate(rating)
    session.undo()
    session.redo()
    session.current()
    session.suspend()
    session.current()
    session.bury()
    workspace.store.flag("hop-kind-of-memory", 2)
    with workspace.store.step() as step:
        step.tag("hop-kind-of-memory", "hard")
        step.reschedule("hop-kind-of-memory", workspace.today(), why="set")
        step.forget("hop-kind-of-memory")
        step.append("cram", "x", {"card": "x", "rating": 3, "ms": 900, "why": "flag:1"})
    sitting = Sitting.begin(workspace, blueprints(workspace)[0], seed=1)
    sitting.answer(0, {"text": "1"})
    sitting.pause()
    sitting.finish()
    workspace.store.append("quiz", "x", {"known": True})
    workspace.store.append("of-a-newer-version", "x", {"depth": [1, {"a": None}]})


def exported(workspace: Workspace) -> bytes:
    stream = io.BytesIO()
    export_log(workspace, stream)
    return stream.getvalue()


def test_a_log_goes_to_another_computer_and_back(here: Workspace, there: Workspace) -> None:
    live(here)
    there.store.flag("hop-kind-of-memory", 5)
    content = exported(here)
    got = import_log(there, io.BytesIO(content), "x")
    assert got.new == len(here.store.events(undone=True))
    assert got.known == 0
    assert got.sealed
    again = import_log(there, io.BytesIO(content), "x")
    assert (again.new, again.known) == (0, got.new)
    import_log(here, io.BytesIO(exported(there)), "x")
    assert here.store.events(undone=True) == there.store.events(undone=True)
    assert here.store.states() == there.store.states()
    assert exported(here) == exported(there)
    before = here.store.states()
    here.store.rebuild()
    assert here.store.states() == before


def test_what_the_use_cases_write_may_come_in_again(here: Workspace) -> None:
    live(here)
    run = PracticeRun(here, fresh_problem(here, "attention", 1))
    run.answers["scores"] = "1 0; 0 1"
    run.check("scores")
    events = here.store.events(undone=True)
    assert {event.kind for event in events} >= {
        "review", "undo", "suspend", "bury", "flag", "tag", "reschedule", "forget", "cram",
        "attempt", "exam-start", "exam-answer", "exam-tick", "exam-finish",
    }  # fmt: skip
    assert [event for event in events if fault(event) is not None] == []


BASE: dict[str, Any] = {
    "id": "a", "device": "d", "clock": 1_772_445_600_000_000, "at": 1_772_445_600_000_000,
    "utc_offset": 0, "study_day": "2026-03-02", "kind": "review", "subject": "x",
    "payload": {"rating": 3},
}  # fmt: skip
HEAD = '{"quizapp":"log","format":1}'


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("review", {}),
        ("review", {"rating": "good"}),
        ("review", {"rating": 3, "ms": "long"}),
        ("flag", {"value": -1}),
        ("suspend", {"on": 1}),
        ("bury", {"until": "Monday"}),
        ("review", {"rating": 3, "due": "soon"}),
        ("review", {"rating": 3, "attempt": 7}),
        ("tag", {"tag": "hard"}),
        ("tag", {"tag": "", "on": True}),
        ("tag", {"tag": "two\nlines", "on": True}),
        ("tag", {"tag": "escape \x1b]0;", "on": True}),
        ("tag", {"tag": "x" * 1000, "on": True}),
        ("reschedule", {"day": None}),
        ("reschedule", {"day": "9999-12-31"}),
        ("reschedule", {"day": "2026-05-01", "why": 3}),
        ("cram", {"why": "topic"}),
        ("undo", {"targets": "all"}),
        ("quiz", {}),
        ("attempt", {}),
        ("attempt", {"run": "r", "problem": [], "score": 1, "slips": {}}),
        ("attempt", {"run": "r", "problem": {"level": "x"}, "score": 1, "slips": {}}),
        ("attempt", {"run": "r", "problem": {}, "score": 1, "slips": 5}),
        ("attempt", {"run": "r", "problem": {}, "score": 1e300, "slips": {}}),
        ("exam-start", {"title": "t"}),
        ("exam-plan", {"exam": "0001-01-03", "minutes": 20, "goal": 0.9}),
        ("exam-answer", {"question": -1, "answer": {}}),
        ("exam-tick", {"spent": "x"}),
        ("exam-finish", {"points": 1}),
        ("exam-finish", {"points": 1, "of": 2, "questions": [[1]]}),
        ("exam-finish", {"points": 1, "of": 2, "computations": [{"family": "attention"}]}),
    ],
)
def test_an_entry_that_would_trip_a_use_case_is_refused_with_its_line(
    here: Workspace, kind: str, payload: dict[str, Any]
) -> None:
    lines = [
        HEAD,
        json.dumps(BASE),
        json.dumps({**BASE, "id": "b", "kind": kind, "payload": payload}),
    ]
    with pytest.raises(LogFileError, match="that this quizapp can read") as caught:
        import_log(here, io.BytesIO("\n".join(lines).encode()), "file.jsonl")
    assert caught.value.where == "file.jsonl:3"
    assert here.store.events() == []


def test_unknown_kinds_come_in_whatever_they_hold() -> None:
    assert fault(Event(**{**BASE, "kind": "hologram", "payload": {"x": [[]]}})) is None


@pytest.mark.parametrize(
    "payload",
    [
        {"run": "r", "problem": {}, "score": 0.5, "slips": {}},
        {"run": "r", "problem": {"level": 2}, "score": 1, "slips": {"no-scaling": "scaled"}},
    ],
)
def test_a_smallest_attempt_that_may_come_in_can_be_shown(
    here: Workspace, payload: dict[str, Any]
) -> None:
    event = {**BASE, "kind": "attempt", "subject": "no-such-family", "payload": payload}
    import_log(here, io.BytesIO(f"{HEAD}\n{json.dumps(event)}".encode()), "x")
    assert statistics(here).attempts == 1
    assert slip_records([]) == []


def test_an_entry_that_says_something_else_is_refused_with_its_line(here: Workspace) -> None:
    lines = [HEAD, json.dumps(BASE)]
    import_log(here, io.BytesIO("\n".join(lines).encode()), "x")
    lines.append(json.dumps({**BASE, "payload": {"rating": 1}}))
    with pytest.raises(QuizError, match="says something else") as caught:
        import_log(here, io.BytesIO("\n".join(lines).encode()), "x.jsonl")
    assert caught.value.where == "x.jsonl:3"
    (event,) = here.store.events()
    assert event.payload == {"rating": 3}


def test_a_bad_line_leaves_nothing_of_the_file(here: Workspace) -> None:
    lines = [HEAD, *(json.dumps({**BASE, "id": f"e{n}"}) for n in range(6_000)), "{"]
    with pytest.raises(QuizError) as caught:
        import_log(here, io.BytesIO("\n".join(lines).encode()), "x.jsonl")
    assert caught.value.where == "x.jsonl:6002"
    assert here.store.events() == []
    assert here.store.states() == {}


def test_a_file_is_written_whole_and_never_over_another(
    here: Workspace, there: Workspace, tmp_path: Path
) -> None:
    live(here)
    path = tmp_path / "log.jsonl"
    count = export_to(here, path)
    assert count == len(here.store.events(undone=True))
    with pytest.raises(LogFileError, match="--replace"):
        export_to(here, path)
    assert export_to(here, path, replace=True) == count
    assert [file.name for file in tmp_path.glob("*log*")] == ["log.jsonl"]
    assert import_from(there, str(path)).new == count
    with pytest.raises(QuizError):
        import_from(there, str(tmp_path / "no.jsonl"))
    with pytest.raises(LogFileError, match="cannot be written"):
        export_to(here, tmp_path / "no" / "log.jsonl")


def test_a_full_disk_leaves_the_old_export(
    here: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("old")

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("quizapp.study.log_files.os.fsync", refuse)
        with pytest.raises(LogFileError, match="no space left"):
            export_to(here, path, replace=True)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.glob(".*")] == []


def test_two_workspaces_sync(here: Workspace, there: Workspace, tmp_path: Path) -> None:
    live(here)
    (tmp_path / "shared").mkdir()
    sent = sync(here, tmp_path / "shared").sent
    assert sync(there, tmp_path / "shared").received == sent
    assert there.store.states() == here.store.states()
    assert sync(there, tmp_path / "shared", anew=True).sent == 0
