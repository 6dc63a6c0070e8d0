"""How well the syllabus is known: a bar for each topic, and the items of one, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.mathtext import prose
from quizapp.tui.names import topic_name
from quizapp.tui.say import join, lines, say
from quizapp.tui.widgets.choices import Row
from quizapp.tui.widgets.plots.bars import Bar, bars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.content import Content

    from quizapp.study.figures.mastery import ItemMastery, Mastery, TopicMastery

_MUTED = "$text-muted"
_HEADING = "bold $text-accent"
_MARGINS = 3
_BAR = 12
EMPTY = (
    "The course has no syllabus that the exam could ask for. A pack lists the items of a course "
    "under syllabus/; content/AUTHORS.md says how."
)


def told(facts: Mastery) -> str:
    """The mean over all items in words."""
    return "nothing answered yet" if facts.mastery is None else f"all items {facts.mastery:.0%}"


def topic_rows(facts: Mastery, columns: int) -> Iterator[Row]:
    """A bar for each topic, how much of it was begun, how well it is known."""
    if not facts.topics:
        return
    hint = "  Enter shows the items" if columns >= 60 else ""
    head = join(say("Topics", _HEADING), say(f"{hint}, items begun of all, known", _MUTED))
    yield Row("topics", head, disabled=True)
    drawn = bars([_bar(topic) for topic in facts.topics], columns - _MARGINS)
    for topic, line in zip(facts.topics, drawn, strict=True):
        yield Row(f"topic-{topic.topic}", line)


def item_rows(topic: TopicMastery, columns: int) -> Iterator[Row]:
    """The items of a topic, each with its bar below the statement."""
    head = join(say(topic_name(topic.topic), _HEADING), say("  Esc shows the topics", _MUTED))
    yield Row("topic", head, disabled=True)
    for item in topic.items:
        yield Row(f"item-{item.id}", _item(item, columns - _MARGINS))


def _bar(topic: TopicMastery) -> Bar:
    share = "  –" if topic.mastery is None else f"{topic.mastery:>3.0%}"
    return Bar(
        topic_name(topic.topic), topic.mastery, f"{topic.begun}/{len(topic.items)} {share:>4}"
    )


def _item(item: ItemMastery, columns: int) -> Content:
    said = [say(line) for line in prose(item.statement, columns)]
    answered = f"{item.seen} of {item.asked} answered"
    known = "not yet studied" if item.mastery is None else f"{item.mastery:.0%} known, {answered}"
    (bar,) = bars([Bar("", item.mastery, "")], _BAR + 4)
    return lines([*said, join(bar.rstrip(), say(f" {known}", _MUTED))])
