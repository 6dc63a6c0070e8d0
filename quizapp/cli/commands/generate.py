"""Drawing problems."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from quizapp.cli.lines import emit
from quizapp.cli.parser import add_json

if TYPE_CHECKING:
    import argparse

TERMINAL_COLUMNS = 80


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("family", metavar="FAMILY", help="id of the family, such as attention")
    parser.add_argument("--seed", type=int, default=None, help="same seed, same problems")
    parser.add_argument("--level", type=int, default=1, help="1 is the easiest (default 1)")
    parser.add_argument("--count", type=int, default=1, help="how many problems (default 1)")
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
    from quizapp.exercises.catalogue import family as find_family
    from quizapp.exercises.generate import generate
    from quizapp.exercises.problem import ProblemError, read_conventions
    from quizapp.study.sheet import statement

    if arguments.count < 0 or (arguments.seed is not None and arguments.seed < 0):
        raise ProblemError("--count and --seed are whole numbers from 0 on.", where="generate")
    family = find_family(arguments.family)
    named = dict(text.partition("=")[::2] for text in arguments.convention)
    conventions = read_conventions(family, named)
    seed = secrets.randbelow(2**32) if arguments.seed is None else arguments.seed
    for variant in range(arguments.count):
        problem = generate(
            family, seed=seed, level=arguments.level, variant=variant, conventions=conventions
        )
        if arguments.json:
            emit(problem.as_json())
        else:
            print("\n".join([*statement(problem, TERMINAL_COLUMNS), ""]))
    return 0
