"""Cramming on plain lines: one question, one answer, until each card was known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.cli.plain_answers import (
    UnreadableError,
    print_ask,
    print_judgement,
    prompt,
    read_answer,
    say,
)
from quizapp.cli.prompt import ask

if TYPE_CHECKING:
    from quizapp.study.quiz import Asked, Quiz


def cram(quiz: Quiz) -> None:
    """Ask card after card until all are known or the student quits."""
    print(f"{quiz.total} cards, each until you know it; your schedule stays as it is.")
    print("At every question: q ends, u takes the last answer back.")
    while (asked := quiz.current()) is not None:
        print(f"\n[{quiz.done + 1} of {quiz.total}{', again' if asked.again else ''}]")
        print_ask(asked.ask)
        if not _one(quiz, asked):
            break
    print(f"{quiz.done} of {quiz.total} known, {quiz.known_at_once} of them at once.")


def _one(quiz: Quiz, asked: Asked) -> bool:
    """Ask one card; False when the student quits."""
    while True:
        text = ask(prompt(asked.ask))
        if text is None or text.lower() == "q":
            return False
        if text.lower() == "u":
            print("Taken back." if quiz.undo() else "There is nothing to take back.")
            return True
        try:
            response = read_answer(asked.ask, text)
        except UnreadableError as why:
            print(why)
            continue
        judgement = quiz.judge(response)
        other = "textbook" if quiz.workspace.settings.answer_by == "slides" else "slides"
        print_judgement(asked.ask, response, judgement, other)
        if asked.card.explanation:
            say(asked.card.explanation)
        known = judgement.right if judgement.right is not None else _known()
        if known is None:
            return False
        quiz.answer(known=known)
        return True


def _known() -> bool | None:
    """Whether the student says that the answer was known; None who quits."""
    while True:
        text = ask("1 not known, 2 known; Enter is 2: ")
        if text is None or text.lower() == "q":
            return None
        if text in {"", "1", "2"}:
            return text != "1"
        print("Type 1 or 2, or press Enter.")
