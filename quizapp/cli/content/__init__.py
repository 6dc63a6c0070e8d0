"""What ``quizapp content`` can do, one action a module."""
