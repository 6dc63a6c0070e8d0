"""Solving a problem, and the worked solution as a document."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from quizapp.cli.files import read_problem_file
from quizapp.cli.lines import each_line, emit
from quizapp.cli.parser import UsageError, add_json

if TYPE_CHECKING:
    import argparse

    from quizapp.exercises.problem import Problem
    from quizapp.study.sharing import Shared
    from quizapp.study.usage import Usage

COLUMNS = 80
TEXT, PDF = "text", "pdf"
FORMATS = (TEXT, "markdown", "typst", PDF)
ENDINGS = {".md": "markdown", ".markdown": "markdown", ".typ": "typst", ".pdf": PDF}


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument(
        "problem", metavar="PROBLEM", help="a JSON or YAML file, or - for JSON Lines on input"
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="how the worked solution is written (default text, or by the ending of FILE)",
    )
    parser.add_argument(
        "--out",
        metavar="FILE",
        help="where it is written (default: the terminal, a PDF to FAMILY-solution.pdf); "
        "- is the output",
    )
    parser.add_argument("--replace", action="store_true", help="FILE may be there already")
    parser.add_argument("--all", action="store_true", help="work out every entry of every line")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print or write the worked solution, or print the values of all steps as JSON."""
    _demand_fitting(arguments)
    if arguments.problem == "-":
        from quizapp.study.sharing import read_shared

        return each_line(lambda raw: solved(read_shared(raw).problem))
    shared = read_problem_file(arguments.problem)
    if arguments.json:
        emit(solved(shared.problem))
    else:
        _write(shared, arguments)
    return 0


def _demand_fitting(arguments: argparse.Namespace) -> None:
    """Raise a UsageError where the options contradict each other."""
    chosen = arguments.format is not None or arguments.out is not None
    if chosen and (arguments.json or arguments.problem == "-"):
        what = "--json" if arguments.json else "- as the problem"
        raise UsageError(f"{what} gives JSON; leave out --format and --out.")
    to_terminal = sys.stdout is not None and sys.stdout.isatty()
    if arguments.format == PDF and arguments.out == "-" and to_terminal:
        raise UsageError("a terminal cannot show a PDF; name a file with --out.")


def _write(shared: Shared, arguments: argparse.Namespace) -> None:
    from quizapp.study.usage import usage_of
    from quizapp.study.workspace import Workspace

    form: Any = arguments.format or _by_ending(arguments.out)
    content = _content(shared, form, usage_of(Workspace.open(os.environ)), everything=arguments.all)
    if arguments.out == "-" or (arguments.out is None and form != PDF):
        _print(content, form)
        return
    from pathlib import Path

    from quizapp.study.export.files import file_name, write

    path = Path(arguments.out if arguments.out is not None else file_name(shared.problem, form))
    write(path, content, replace=arguments.replace)
    print(f"Written to {path}.")


def _by_ending(name: str | None) -> str:
    """The format that the ending of a file asks for; text where it asks for none."""
    ending = os.path.splitext(name or "")[1].lower()  # noqa: PTH122 - pathlib takes long to import
    return ENDINGS.get(ending, TEXT)


def _content(shared: Shared, form: Any, usage: Usage, *, everything: bool) -> bytes:
    problem = shared.problem
    if form != TEXT:
        from quizapp.study.export.content import sheet
        from quizapp.study.export.files import document

        stated = sheet(problem, usage, everything=everything, title=shared.title, note=shared.note)
        return document(stated, form)
    from quizapp.study.sharing import told
    from quizapp.study.sheet import solution, statement

    lines = [*told(shared, COLUMNS), *statement(problem, COLUMNS, usage), ""]
    lines += solution(problem, COLUMNS, usage, everything=everything)
    return "\n".join([*lines, ""]).encode()


def _print(content: bytes, form: str) -> None:
    """To the output: text as the output can show it, a PDF as it is."""
    if form == PDF:
        sys.stdout.buffer.write(content)
    else:
        print(content.decode(), end="")


def solved(problem: Problem) -> dict[str, Any]:
    """The values of all steps at full precision."""
    from quizapp.exercises.problem import plain

    steps = problem.family.by_name
    return {
        "family": problem.family.id,
        "conventions": dict(problem.conventions),
        "steps": {name: plain(v, steps[name].kind) for name, v in problem.solve().items()},
        "final": list(problem.family.finals),
    }
