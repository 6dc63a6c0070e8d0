"""What a class handed in, read one by one; here from JSON Lines, a student a line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from quizapp.core.errors import QuizError
from quizapp.core.json_text import JsonError, decode
from quizapp.core.text import clean, quoted
from quizapp.exercises.scoring import read_scheme
from quizapp.exercises.submission import read_answers
from quizapp.study.sharing import Shared, read_shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MOST_NAME = 200
_FIELDS = ("student", "answers", "problem", "scheme")


class ClassError(QuizError):
    """A file of answers, or what one student handed in, that cannot be marked."""

    code = "class"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What one student handed in. ``cells`` says where each step stands, if a row has columns."""

    student: str
    shared: Shared
    scheme: Mapping[str, float]
    answers: Mapping[str, Any]
    place: str
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """A line or row that cannot be marked, and why; ``student`` is "" where nobody is named."""

    student: str
    error: QuizError


class Names:
    """The students so far, so that nobody is marked twice."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}

    def take(self, student: str, place: str) -> str:
        """The student's name. Raises ClassError where there is none, or it was there before."""
        name = " ".join(clean(student).split())
        if not name:
            raise ClassError("there is no name of a student; write one.", where=place)
        if len(name) > MOST_NAME:
            raise ClassError(f"a name has at most {MOST_NAME} characters.", where=place)
        before = self._seen.setdefault(name.casefold(), place)
        if before != place:
            raise ClassError(
                f"{quoted(name)} stands in {before} already; give one of them another name or "
                "delete it.",
                where=place,
            )
        return name


class JsonLines:
    """Students from JSON Lines: ``{"student": "...", "answers": {...}}``, one a line.

    A line may have a ``problem`` of its own, and a ``scheme``. ``shared`` is the problem of the
    lines that have none; ``scheme`` (where not None) stands in for those of problems. ``name`` is
    what places call the file, "" where there is none.
    """

    def __init__(
        self,
        lines: Iterable[tuple[int, str | None]],
        name: str,
        shared: Shared,
        scheme: Mapping[str, float] | None = None,
    ) -> None:
        self.missing: tuple[str, ...] = ()
        """Steps that nobody can have answered."""
        self.separator = ","
        self._lines = lines
        self._name = name
        self._shared = shared
        self._scheme = scheme
        self._names = Names()
        self._own: tuple[Any, Shared] | None = None

    def __iter__(self) -> Iterator[HandedIn | Refused]:
        for number, line in self._lines:
            if line is not None and not line.strip():
                continue
            place = f"{self._name}:{number}" if self._name else f"line {number}"
            student = ""
            try:
                raw = _decoded(line, place)
                student = self._names.take(_student(raw, place), place)
                yield self._handed_in(raw, student, place)
            except QuizError as error:
                yield Refused(student, error)

    def _handed_in(self, raw: Mapping[str, Any], student: str, place: str) -> HandedIn:
        try:
            shared = self._problem(raw.get("problem"))
            answers = read_answers(shared.problem.family, raw["answers"])
            scheme = scheme_of(shared, raw.get("scheme"), self._scheme)
        except QuizError as error:
            inner = f": {error.where}" if error.where else ""
            raise QuizError(error.message, where=f"{place}{inner}", code=error.code) from None
        return HandedIn(student, shared, scheme, answers, place)

    def _problem(self, raw: Any) -> Shared:
        """The problem of a line; the same one as before where it says the same."""
        if raw is None:
            return self._shared
        if self._own is None or self._own[0] != raw:
            shared = read_shared(raw)
            shared.problem.solve()
            self._own = raw, shared
        return self._own[1]


def _decoded(line: str | None, place: str) -> Mapping[str, Any]:
    if line is None:
        raise ClassError("this line is no UTF-8 text or far too long; mend it.", where=place)
    try:
        raw = decode(line.removeprefix("\ufeff").rstrip())
    except JsonError as error:
        where = f"{place}:{error.column}" if error.column else place
        raise ClassError(f"{error.sentence}; {error.way_out}", where=where) from None
    if not isinstance(raw, dict) or not {"student", "answers"} <= set(raw) <= set(_FIELDS):
        raise ClassError(
            'each line is {"student": "...", "answers": {...}}; "problem" and "scheme" are '
            "optional.",
            where=place,
        )
    return raw


def _student(raw: Mapping[str, Any], place: str) -> str:
    student = raw["student"]
    if isinstance(student, int) and not isinstance(student, bool):
        return str(student)  # a matriculation number
    if not isinstance(student, str):
        raise ClassError("'student' is a name in quotes.", where=f"{place}: student")
    return student


def scheme_of(shared: Shared, own: Any, given: Mapping[str, float] | None) -> dict[str, float]:
    """The points of all steps: of the line, else those given for all, else of the problem."""
    family = shared.problem.family
    if own is not None:
        return read_scheme(family, own)
    return read_scheme(family, shared.scheme if given is None else given)
