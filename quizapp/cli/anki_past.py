"""What has come over from Anki, in sentences and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizapp.cli.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.study.anki_past import Moved


def told(moved: Moved) -> Iterator[str]:
    """Yield what has come over, and what to do where nothing could."""
    if moved.answers or moved.others:
        since = f", the first of {moved.first:%Y-%m-%d}" if moved.first else ""
        yield f"{_counted(moved.answers, 'answer')} about {_counted(moved.cards, 'card')}{since}."
        if moved.others:
            more = _counted(moved.others, "other entry", "other entries")
            yield f"{more}: suspended, flagged, forgotten or crammed."
    elif moved.known:
        yield "Nothing new: all of it came over before."
    elif not moved.unknown:
        yield (
            "The package holds no answers; export it from Anki with “Include scheduling "
            "information” ticked."
        )
    if moved.known and moved.answers:
        yield f"{_counted(moved.known, 'entry', 'entries')} had come over before."
    if moved.unknown:
        yield (
            f"{_counted(moved.unknown, 'answer')} about cards that no pack in use has; take these "
            "in first with `quizapp content import` and `quizapp content add`."
        )
    if moved.backup is not None:
        yield f"The log as it was before: {spoken(str(moved.backup))}"


def as_data(moved: Moved) -> dict[str, Any]:
    """Return the same for machines."""
    return {
        "answers": moved.answers,
        "others": moved.others,
        "known": moved.known,
        "cards": moved.cards,
        "unknown": moved.unknown,
        "first": moved.first and moved.first.isoformat(),
        "backup": moved.backup and str(moved.backup),
    }


def _counted(count: int, one: str, several: str | None = None) -> str:
    return f"1 {one}" if count == 1 else f"{count} {several or one + 's'}"
