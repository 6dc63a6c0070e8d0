"""What to say after an answer: the verdict, the explanation, the source, the differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.cards import ChooseMany, ChooseOne, Match, Number, Order, Reveal, Words
from quizapp.study.selection import advice, touching
from quizapp.tui.names import course_name
from quizapp.tui.say import join, say
from quizapp.tui.widgets.comparison import Comparison
from quizapp.tui.widgets.prose import Passage, ours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.cards import Ask, Card, Judgement
    from quizapp.packs.model import Discrepancy
    from quizapp.study.workspace import Workspace
    from quizapp.tui.widgets.prose import Part

GOOD, BAD, CARE = "bold $text-success", "bold $text-error", "bold $text-warning"
QUIET = "$text-muted"

_KINDS = {
    "source-error": "Slides and textbook differ",
    "stated-by-source": "Slides and textbook differ",
    "convention-conflict": "Conventions differ",
}


def verdict(ask: Ask, judgement: Judgement, given: str, answer_by: str) -> Iterator[Part]:
    """Yield whether the answer is right and what is; ``given`` is "" where nothing was answered."""
    other = "textbook" if answer_by == "slides" else "slides"
    match ask:
        case Reveal():
            yield Passage(ask.back, stack=True)
            if ask.other:
                yield Passage(ask.other, lead=say(f"⚠ By the {other}: ", CARE))
            return
        case ChooseOne():
            right = f"{ask.right + 1} is right"
        case ChooseMany():
            right = _numbers(sorted(index + 1 for index in ask.right))
        case Number():
            right = f"it is {judgement.shown}{allowed(ask.tolerance)}"
        case Words():
            right = f"it is {judgement.shown}"
        case Order():
            right = "the right order is below"
        case Match():
            right = "the whole comparison is below"
    typed = isinstance(ask, Number | Words)
    given = f"“{given}”" if given and isinstance(ask, Words) else given
    if judgement.right:
        mine = f": {judgement.shown}; you wrote {given}." if typed else "."
        yield ours(f"✓ Correct{mine}", GOOD)
    elif not given:
        yield ours(f"✗ Not answered: {right}.", BAD)
    else:
        mine = f" You wrote {given}." if typed else ""
        yield ours(f"✗ Not right: {right}.{mine}", BAD)
    if judgement.remark:
        yield Passage(judgement.remark, lead=say("⚠ ", CARE), gap=False)
    if judgement.other:
        told = f"The {other} would count your answer; the answer here goes by the {answer_by}."
        yield Passage(told, lead=say("⚠ ", CARE), gap=False, ours=True)
    if isinstance(ask, Match):
        yield Comparison(ask)
    elif isinstance(ask, Order) and not judgement.right:
        for number, step in enumerate(ask.right, start=1):
            lead = say(f"{number}  ", "bold $text-accent")
            yield Passage(ask.steps[step], lead=lead, indent=2, gap=False)


def lesson(workspace: Workspace, card: Card) -> Iterator[Passage]:
    """Yield the explanation, the places in the courses and a banner for each difference."""
    if card.explanation:
        yield Passage(card.explanation, stack=True)
    yield from banners(workspace, touching(workspace.pack, card.discrepancies))
    own = sorted(card.sources, key=lambda source: source.course != workspace.course.id)
    for number, source in enumerate(own):
        where = f"{course_name(workspace.pack, source.course)}, {source.place}"
        yield Passage(where, QUIET, lead=say("Source  ", QUIET), gap=number == 0, ours=True)


def banners(workspace: Workspace, found: list[Discrepancy]) -> Iterator[Passage]:
    """Yield what differs and what to write in this exam, two texts a difference."""
    for discrepancy in found:
        kind = _KINDS.get(discrepancy.kind, "They differ")
        yield Passage(discrepancy.title, lead=say(f"⚠ {kind}: ", CARE))
        yield Passage(
            advice(discrepancy, workspace.course.id),
            lead=join("  ", say("In this exam: ", "bold")),
            gap=False,
        )
    if found:
        several = f"all {len(found)} entries" if len(found) > 1 else "the whole entry"
        yield Passage(several, QUIET, lead=say("  d  ", "bold $text-accent"), gap=False, ours=True)


def _numbers(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"only {numbers[0]} is right"
    told = ", ".join(str(number) for number in numbers[:-1])
    return f"{told} and {numbers[-1]} are right"


def allowed(tolerance: float) -> str:
    """How far off a number may be, "" where it must be exact."""
    return f" (± {tolerance:g})" if tolerance else ""
