"""Drawing problems."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from quizapp.cli.lines import emit
from quizapp.cli.parser import UsageError, add_json, whole
from quizapp.cli.sentences import shortened

if TYPE_CHECKING:
    import argparse

TERMINAL_COLUMNS = 80


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("family", metavar="FAMILY", help="id of the family, such as attention")
    parser.add_argument(
        "--seed",
        metavar="N",
        type=whole(0, 2**63 - 1),
        help="same seed, same problems (default: drawn at random)",
    )
    parser.add_argument(
        "--level", metavar="L", type=whole(1, 9), default=1, help="1 is the easiest (default 1)"
    )
    parser.add_argument(
        "--count",
        metavar="C",
        type=whole(0, 1_000_000),
        default=1,
        help="how many problems (default 1)",
    )
    parser.add_argument(
        "--convention",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="another convention than the default; can be repeated",
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print problems, one a line as JSON or as statements to read."""
    import secrets

    from quizapp.exercises.catalogue import family as find_family
    from quizapp.exercises.generate import generate
    from quizapp.exercises.problem import read_conventions
    from quizapp.study.sheet import statement
    from quizapp.study.usage import NOBODY, usage_of
    from quizapp.study.workspace import Workspace

    family = find_family(arguments.family)
    conventions = read_conventions(family, _named(arguments.convention))
    usage = NOBODY if arguments.json else usage_of(Workspace.open(os.environ))
    seed = secrets.randbelow(2**32) if arguments.seed is None else arguments.seed
    for variant in range(arguments.count):
        problem = generate(
            family, seed=seed, level=arguments.level, variant=variant, conventions=conventions
        )
        if arguments.json:
            emit(problem.as_json())
        else:
            print("\n".join([*statement(problem, TERMINAL_COLUMNS, usage), ""]))
    return 0


def _named(texts: list[str]) -> dict[str, str]:
    """Conventions by name. Raises UsageError where one is not NAME=VALUE."""
    out = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not (name and equals and value):
            raise UsageError(
                f"--convention '{shortened(text)}' is not NAME=VALUE, such as squared_error=sum."
            )
        out[name] = value
    return out
