"""Use cases: what a student does, without any screen."""
