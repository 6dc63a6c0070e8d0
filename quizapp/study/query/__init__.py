"""A small language to ask for cards: ``topic:hopfield is:due -flag:1 "energy"``."""

from quizapp.study.query.faults import QueryError
from quizapp.study.query.parsing import Reading, parse, read
from quizapp.study.query.tree import Query
from quizapp.study.query.writing import write

__all__ = ["Query", "QueryError", "Reading", "parse", "read", "write"]
