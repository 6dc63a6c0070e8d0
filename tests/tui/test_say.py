"""Texts of a pack show exactly as they are, at every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError
from quizapp.scheduling.memory import Rating
from quizapp.study.leeches import leech
from tests.tui.acting import one_line, running, until, write

if TYPE_CHECKING:
    from quizapp.study.workspace import Workspace

SHOWN = "E[X] [/foo] [b ]0;x"
"""What is left of the hostile text without its control characters."""
FRONTS = {"Question", "Number", "Basic", "Typed", "Ordering", "Comparison"}


def sees(app: object, *names: str) -> None:
    text = one_line(app)
    for name in names:
        assert f"{name} {SHOWN}" in text, text
    assert "\x1b" not in text
    assert "\x07" not in text


async def test_home_and_title(hostile: Workspace) -> None:
    async with running(hostile, size=(120, 40)) as pilot:
        await until(pilot, lambda: "~" in one_line(pilot.app))
        sees(pilot.app, "Course")


async def test_cards_their_options_and_what_is_said_after_the_answer(hostile: Workspace) -> None:
    seen = set()
    async with running(hostile, "review", size=(120, 60)) as pilot:
        for _ in FRONTS:
            text = one_line(pilot.app)
            front = next(name for name in FRONTS if f" {name} " in text)
            seen.add(front)
            sees(pilot.app, front)
            if front == "Question":
                await pilot.press(text.split(" Wrong")[0][-1])
                sees(pilot.app, "Right", "Wrong", "Other", "Misconception", "Because")
                sees(pilot.app, "Title", "In this exam: Advice")
            elif front == "Number":
                sees(pilot.app, "unit")
                await pilot.press("2", "enter")
            elif front == "Typed":
                await write(pilot, "[/b]", "enter")
                sees(pilot.app, "Word", "Slip")
                assert "You wrote “[/b]”" in one_line(pilot.app)
            elif front == "Ordering":
                sees(pilot.app, "First", "Then", "Last")
                await pilot.press("shift+down", "l", "enter")
                sees(pilot.app, "First", "Then", "Last")
            elif front == "Comparison":
                sees(pilot.app, "Left", "Right", "Above", "Below")
                await pilot.press("1", "1", "enter")
                sees(pilot.app, "Left", "Right", "Above", "Below", "One", "Two", "Three", "Four")
            else:
                await pilot.press("space")
                sees(pilot.app, "Answer")
            sees(pilot.app, "Explanation", "Source")
            await pilot.press("1")
    assert seen == FRONTS


async def test_card_info(hostile: Workspace) -> None:
    async with running(hostile, "review", size=(120, 60)) as pilot:
        while "Question" not in one_line(pilot.app):
            await pilot.press("f6")
        sees(pilot.app, "Question", "Right", "Wrong", "Other")
        await pilot.press("1", "i")
        sees(pilot.app, "Place", "Statement", "tag")


async def test_discrepancies(hostile: Workspace) -> None:
    async with running(hostile, "discrepancies", size=(120, 60)) as pilot:
        sees(pilot.app, "Course", "Title", "Second")
        await pilot.press("enter")
        await pilot.pause()
        sees(
            pilot.app, "Title", "Advice", "Verdict", "Claimed", "Says", "Literature",
            "Reference", "Example",
        )  # fmt: skip
        assert f"“Quote {SHOWN}”" in one_line(pilot.app)


async def test_what_is_typed_into_the_search(hostile: Workspace) -> None:
    async with running(hostile, "discrepancies") as pilot:
        await pilot.press("slash")
        await write(pilot, "[/foo]")
        sees(pilot.app, "Title")
        assert one_line(pilot.app).count("[/foo]") > 2


async def test_settings(hostile: Workspace) -> None:
    async with running(hostile, "settings") as pilot:
        sees(pilot.app, "Course")
        await pilot.press("down")
        await write(pilot, "[/b] E[X]", "enter")
        assert "'[/b] E[X]' is no date" in one_line(pilot.app)


async def test_welcome(hostile: Workspace) -> None:
    async with running(hostile, "welcome") as pilot:
        sees(pilot.app, "Course", "Subtitle")


async def test_notices(hostile: Workspace) -> None:
    async with running(hostile, "settings", size=(120, 40)) as pilot:
        pilot.app.attempt(QuizError(SHOWN, where="[/where] [b"))  # type: ignore[attr-defined]
        await until(pilot, lambda: f"✗ {SHOWN} [/where] [b" in one_line(pilot.app))


async def test_trouble(hostile: Workspace) -> None:
    async with running(hostile) as pilot:
        error = QuizError(f"message {SHOWN}", where=f"place {SHOWN}")
        pilot.app.go("trouble", error=error)  # type: ignore[attr-defined]
        await pilot.pause()
        sees(pilot.app, "message", "place")


async def test_cramming_and_leeches(hostile: Workspace) -> None:
    card = next(one for one in hostile.pack.cards.values() if one.type == "basic")
    for rating in [Rating.EASY, Rating.AGAIN] * 8:
        hostile.store.review(card.id, rating, ms=1, how="self", scheduler=hostile.scheduler)
    async with running(hostile, "cram", size=(120, 40)) as pilot:
        assert "Leeches" in one_line(pilot.app)
        await pilot.press("slash")
        await write(pilot, "E[X] [/foo]", "enter")
        assert "Cram · E[X] [/foo] · " in one_line(pilot.app)
    found = leech(hostile, card.id)
    async with running(hostile, "leech", size=(120, 40), leech=found) as pilot:
        sees(pilot.app, "Basic")
        assert "Forgotten 8 times." in one_line(pilot.app)
