"""One command a file, each with ``configure(parser)`` and ``run(arguments) -> int``."""
