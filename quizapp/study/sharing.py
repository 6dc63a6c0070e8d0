"""A problem with what one tells others about it, and how it is written for them."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from quizapp.core.text import quoted
from quizapp.exercises.answers import Ambiguous, Invalid, read
from quizapp.exercises.problem import ProblemError, plain, read_problem
from quizapp.exercises.scoring import SchemeError, read_scheme
from quizapp.packs.write_yaml import readable, yaml_text
from quizapp.study.points import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizapp.exercises.family import Family
    from quizapp.exercises.problem import Problem
    from quizapp.packs.document import Path

MOST_TITLE = 120
MOST_NOTE = 4_000
EXTRAS = ("title", "note", "scheme")
FIELDS = (
    "title", "family", "givens", "conventions", "printed", "decimals", "scheme", "note",
    "version", "seed", "variant", "level",
)  # fmt: skip
_HEAD = "# A problem for quizapp; `quizapp practice` with the name of this file works on it.\n"
_INTEGRAL = 1e15
"""Below it, whole numbers are written without a point."""


@dataclass(frozen=True, eq=False)
class Shared:
    """A problem, and what its file says beside the numbers.

    ``scheme`` are points by step, 1 where it is silent; empty where the file has none.
    """

    problem: Problem
    title: str = ""
    note: str = ""
    scheme: Mapping[str, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What to call it: its title, or that of its family."""
        return self.title or self.problem.family.title


def read_shared(raw: Any, read: Callable[[Mapping[str, Any]], Problem] = read_problem) -> Shared:
    """A problem with its title, note and scheme from JSON or YAML data.

    ``read`` makes the problem of what is left. Raises a QuizError that names the place.
    """
    if not isinstance(raw, Mapping):
        raise ProblemError("a problem is a mapping with 'family' and 'givens'.")
    _demand_known(raw)
    problem = read({name: value for name, value in raw.items() if name not in EXTRAS})
    scheme = raw.get("scheme")
    if scheme is not None:
        read_scheme(problem.family, scheme)
    return Shared(
        problem,
        _text(raw, "title", MOST_TITLE),
        _text(raw, "note", MOST_NOTE),
        dict(scheme or {}),
    )


def _demand_known(raw: Mapping[str, Any]) -> None:
    for name in raw:
        if name not in FIELDS:
            near = difflib.get_close_matches(str(name)[:40], FIELDS, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"it knows {', '.join(FIELDS)}."
            raise ProblemError(
                f"a problem has no field {quoted(name)}; {hint}", where=readable(str(name)[:40])
            )


def _text(raw: Mapping[str, Any], name: str, most: int) -> str:
    value = raw.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ProblemError(f"'{name}' is text; put it in quotes.", where=name)
    if len(value) > most:
        raise ProblemError(
            f"'{name}' has {len(value)} characters; at most {most} are kept.", where=name
        )
    text = readable(value).strip()
    return " ".join(text.split()) if name == "title" else text


def told(shared: Shared, columns: int) -> list[str]:
    """The title and the note as lines to stand above the problem, with a blank one below."""
    title = [*wrap(shared.title, columns), ""] if shared.title else []
    if not shared.note:
        return title
    note = [line for part in shared.note.split("\n") for line in wrap(part, columns) or [""]]
    return [*title, *note, ""]


def scheme_from_text(family: Family, text: str) -> dict[str, float]:
    """The points in a text, one number for each step in their order; blanks are 1.

    Nothing at all is no scheme. Raises SchemeError.
    """
    if not text.strip():
        return {}
    out = read(text, (len(family.steps),))
    if isinstance(out, Invalid | Ambiguous):
        reason = out.reason if isinstance(out, Invalid) else "this can be read in two ways."
        raise SchemeError(f"{reason[:1].lower()}{reason[1:]}", where="scheme")
    if not isinstance(out.value, list):  # blanks such as _ alone
        return {}
    scheme = {
        step.name: number if isinstance(number, float) else 1.0
        for step, number in zip(family.steps, out.value, strict=True)
    }
    read_scheme(family, scheme)
    return scheme


def scheme_text(family: Family, scheme: Mapping[str, float]) -> str:
    """A scheme as one types it; "" for none."""
    return " ".join(shown(scheme.get(name, 1.0)) for name in family.by_name) if scheme else ""


# Writing -----------------------------------------------------------------------------------


def as_data(shared: Shared) -> dict[str, Any]:
    """The problem as data for a file: all that makes it the same again, and nothing else."""
    problem = shared.problem
    kinds = {given.name: given.kind for given in problem.family.givens}
    out: dict[str, Any] = {"title": shared.title} if shared.title else {}
    out |= {
        "family": problem.family.id,
        "givens": {
            name: _neat(plain(value)) if kinds[name] != "raw" else plain(value)
            for name, value in problem.givens.items()
        },
    }
    if problem.conventions:
        out["conventions"] = dict(problem.conventions)
    if problem.printed:
        out["printed"] = sorted(problem.printed)
    out["decimals"] = problem.decimals
    if shared.scheme:
        out["scheme"] = {name: _neat(points) for name, points in shared.scheme.items()}
    if shared.note:
        out["note"] = shared.note
    return out


def _neat(value: Any) -> Any:
    """Whole numbers without a point; the problem reads both alike."""
    if isinstance(value, list):
        return [_neat(entry) for entry in value]
    if isinstance(value, float) and value.is_integer() and 0 < abs(value) < _INTEGRAL:
        return int(value)
    return 0 if value == 0 and str(value) == "0.0" else value  # -0.0 keeps its sign


def as_yaml(shared: Shared) -> str:
    """The problem in YAML, with a word on every given."""
    about = {given.name: given.about for given in shared.problem.family.givens}
    comments: dict[Path, str] = {
        ("givens", name): " ".join(told.split()) for name, told in about.items()
    }
    return _HEAD + yaml_text(as_data(shared), comments)


def as_json_text(shared: Shared) -> str:
    """The problem in JSON, a line for each field and each given."""
    fields = [
        f"  {_json(name)}: {_json_fields(value) if name == 'givens' else _json(value)}"
        for name, value in as_data(shared).items()
    ]
    return "{\n" + ",\n".join(fields) + "\n}\n"


def _json_fields(value: Mapping[str, Any]) -> str:
    inner = ",\n".join(f"    {_json(name)}: {_json(entry)}" for name, entry in value.items())
    return "{\n" + inner + "\n  }"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
