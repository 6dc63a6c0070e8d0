"""The language in examples, for whoever asks how it goes."""

from __future__ import annotations

from typing import NamedTuple


class Example(NamedTuple):
    """A query and what it finds."""

    query: str
    finds: str


GUIDE: tuple[tuple[str, tuple[Example, ...]], ...] = (
    (
        "Words",
        (
            Example("energy hopfield", "both words; for δ also \\delta"),
            Example('"net input"', "the words as they stand"),
            Example("energy or loss", "one of them"),
            Example("energy -hopfield", "the first without the second"),
            Example("energy (loss or cost)", "parentheses, as one expects"),
        ),
    ),
    (
        "What a card is about",
        (
            Example("topic:hopfield", "names by their beginning; * stands for any characters"),
            Example("course:hub", "of a course"),
            Example("type:choice", "of a type; type:exercise are computations"),
            Example("tag:trap", "with a tag; tag:tr* by its beginning, tag:none without any"),
            Example("source:L38", "with these words in a source"),
            Example("item:hub-*", "covers such an item of the syllabus"),
            Example("family:attention", "belongs with a computation"),
            Example("disc:yes", "touches a difference of slides and textbook"),
            Example("id:hopfield", "by its id"),
        ),
    ),
    (
        "Where it stands",
        (
            Example("is:due", "due today or before"),
            Example("is:new", "never answered; also is:learning, is:review"),
            Example("is:today", "left for today"),
            Example("is:suspended", "kept out; also is:buried"),
            Example("is:leech", "forgotten 8 times or more"),
            Example("is:skill", "a computation on the schedule"),
            Example("is:dropped", "left out of the plan for the exam"),
            Example("flag:any", "flagged; flag:1 or flag:red, flag:0 for none"),
        ),
    ),
    (
        "How it went",
        (
            Example("rated:7", "answered in the last 7 days; rated:7:1 with Again"),
            Example("failed:1", "answered with Again today"),
            Example("introduced:7", "answered for the first time in the last 7 days"),
            Example("prop:recall<80%", "the recall predicted for today"),
            Example("prop:stability>20", "days until the recall falls to 90 %"),
            Example("prop:difficulty>=7", "from 1 (easy) to 10"),
            Example("prop:due<=3", "due within 3 days; -1 is yesterday"),
            Example("prop:interval>30", "days from the last answer to the day it is due"),
            Example("prop:lapses>3", "how often it was forgotten; prop:reps how often answered"),
        ),
    ),
    (
        "Together",
        (
            Example("topic:attention prop:recall<0.8", "what is weak in a topic"),
            Example("is:due -is:leech (flag:red or tag:trap)", "and so on"),
        ),
    ),
)
"""Groups of examples under their headings."""
