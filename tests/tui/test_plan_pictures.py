"""What is drawn of a plan until the exam."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quizapp.study.exam_plan import Feasibility, MoreTime, TodayShare, TopicForecast
from quizapp.study.exam_results import ExamResult
from quizapp.study.met import Met
from quizapp.tui.pictures import front
from quizapp.tui.pictures.chances import percent, topic_bars
from quizapp.tui.pictures.flow import flowing
from quizapp.tui.pictures.plan import days, drops, held, overview, topics
from quizapp.tui.pictures.plan.book import PAGES, Known, PlanPage, drawn
from quizapp.tui.say import say
from tests.tui.planned import DROP, EXAM, SKILL, TOPICS, held_exam, planned, tight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

STRANGE = "E[X] [/foo]"


def told(lines: Sequence[Content]) -> str:
    """All lines as one, each blank once."""
    return " ".join(" ".join(line.plain for line in lines).split())


def plain(lines: Sequence[Content]) -> list[str]:
    return [line.plain.rstrip() for line in lines]


def test_the_topic_that_costs_most_comes_first_and_the_weakest_is_marked() -> None:
    rows = plain(topic_bars(TOPICS, 40, 9))
    assert [row.split()[0] for row in rows] == ["Attention", "Backprop", "Hopfield", "CNN"]
    assert [row.endswith("◂") for row in rows] == [True, False, False, False]


def test_topics_beyond_the_room_are_counted() -> None:
    assert plain(topic_bars(TOPICS, 40, 4))[-1].startswith("CNN")
    assert plain(topic_bars(TOPICS, 40, 3))[2:] == ["and 2 more topics"]
    many = [TopicForecast(f"t{n}", 0.5, 0, 0.1) for n in range(9)]
    assert len(topic_bars(many, 40, 5)) == 5


def test_without_room_for_bars_the_numbers_stay() -> None:
    assert plain(topic_bars(TOPICS, 12, 1))[0] == " 68 % ◂ Attention and Transformer"


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.0, "0 %"), (0.0001, "1 %"), (0.814, "81 %"), (0.9999, "99 %"), (1.0, "100 %")],
)
def test_only_all_is_all_and_only_nothing_is_nothing(share: float, shown: str) -> None:
    assert percent(share) == shown


def test_facts_flow_to_as_many_lines_as_they_take() -> None:
    parts = [say("18 due"), say("6 new"), say("3 skills")]
    assert plain(flowing(parts, 40)) == ["18 due  ·  6 new  ·  3 skills"]
    assert plain(flowing(parts, 25)) == ["18 due · 6 new · 3 skills"]
    assert plain(flowing(parts, 16)) == ["18 due · 6 new", "3 skills"]
    assert plain(flowing(parts, 2)) == ["18 due", "6 new", "3 skills"]


def test_the_day_of_the_exam_takes_the_rows_it_is_given() -> None:
    rows = front.on_the_day(planned(), 34, 5)
    assert plain(rows)[1] == "predicted 81 %  ·  goal 90 %"
    assert len(rows) <= 6
    assert "no time left" not in told(rows)


def test_what_does_not_fit_is_one_sentence_with_its_key() -> None:
    sentence = "⚠ There is no time left for everything: e shows what to drop."
    assert sentence in told(front.on_the_day(tight(), 34, 12))


def test_the_overview_says_what_is_predicted_and_what_time_there_is() -> None:
    text = told(overview.page(planned(), 76))
    assert "with this plan" in text
    assert "81 %" in text
    assert "15 min more a day" in text
    assert "83 % +2 points" in text
    assert "24 %" in text
    assert "10 days left: 9 study days of 30 min, 1 off." in text
    assert (
        "✓ It fits: 12 items and computations were never met; meeting each once takes 40 min"
        in text
    )
    assert "Final pass from Mon 9 Mar on: each card once more, nothing new." in text
    assert "Today: 18 reviews, 6 new cards, 2 computations; 14 min left." in text
    assert "What is never met counts 0." in text


def test_the_overview_of_what_does_not_fit_names_the_page_that_says_what_to_drop() -> None:
    text = told(overview.page(tight(), 76))
    assert "⚠ It does not fit: 40 items and computations were never met" in text
    place = next(n for n, page in enumerate(PAGES, 1) if page.id == "drops")
    assert f"{place} shows what to drop." in text


def test_the_overview_names_what_is_too_much_where_the_time_as_a_whole_would_do() -> None:
    feasibility = Feasibility(False, 40, 200.0, 270.0, (SKILL,))
    text = told(overview.page(planned(feasibility=feasibility), 76))
    assert "1 computation is more than the part of the time for computations holds." in text


def test_the_overview_of_the_last_evening_leaves_out_what_there_is_not() -> None:
    share = TodayShare(0, 9, 0, 5.0, (), (), 0.0)
    plan = planned(more=None, share=share, days=planned().days[-1:], days_left=1)
    text = told(overview.page(plan, 76))
    assert "more a day" not in text
    assert "✓ Today's share is done." in text
    assert "1 day left: 1 study day of 30 min." in text


@pytest.mark.parametrize(
    ("gain", "shown"),
    [(0.0, "+0 points"), (0.002, "< +1 point"), (0.01, "+1 point"), (0.024, "+2 points")],
)
def test_a_gain_is_told_in_points(gain: float, shown: str) -> None:
    plan = planned(more=MoreTime(15.0, 0.81 + gain, gain))
    assert shown in told(overview.page(plan, 76))


def test_topics_show_weight_what_was_met_and_both_predictions() -> None:
    rows = plain(topics.page(planned(), {"hopfield": Met(12, 26)}, 76))
    hopfield = next(row for row in rows if row.startswith("Hopfield")).split()
    assert hopfield[1:8] == ["40", "%", "12/26", "42", "%", "86", "%"]
    assert "1 topic counts nothing in the exam." in " ".join(rows)
    assert all(len(row) <= 76 for row in rows)


def test_days_show_what_they_bring_days_off_and_the_final_pass() -> None:
    rows = plain(days.page(planned(), 76))
    assert rows[1].split()[:8] == ["Mon", "2", "Mar", "6", "18", "2", "20", "min"]
    assert "Sat 7 Mar      –  a day off" in rows
    assert [row.split()[1] for row in rows if row.endswith(" final pass")] == ["9", "10", "11"]
    assert "Thu 12 Mar     the exam" in rows
    assert rows[rows.index("Sat 7 Mar      –  a day off") + 2] == ""


def test_nothing_needs_to_be_dropped_where_all_fits() -> None:
    assert "Nothing needs to be dropped" in told(drops.page(planned(), str, 76))


def test_a_drop_says_what_it_costs_and_what_it_frees() -> None:
    text = told(drops.page(tight(), lambda name: f"About {name}", 76))
    assert "To leave out 2.4 % of the exam, frees 1 h 42 min a leaves this out" in text
    assert "CNN 2.4 % of the exam · 12 min · cards · About cnn-1 · About cnn-2" in text
    assert "Backprop < 0.1 % of the exam · 1 h 30 min · computations" in text
    assert "About skill/attention" in text


def test_what_was_left_out_can_be_taken_back() -> None:
    text = told(drops.page(planned(accepted=(DROP,)), str, 76))
    assert "Left out already 2.4 % of the exam" in text
    assert "u takes it back in" in text


def test_before_any_exam_is_over_the_last_page_says_what_it_will_show() -> None:
    assert "No exam is over yet." in told(held.page(None, 76))


def test_afterwards_prediction_answers_and_practice_stand_together() -> None:
    text = told(held.page(held_exam(), 76))
    assert "Methods of AI · Thu 12 Mar" in text
    assert "How did it go? m enters your mark" in text
    assert "Mon 2 Mar 60 %" in text
    assert "Wed 11 Mar 82 %" in text
    assert "94 % of 34" in text
    assert "Sun 8 Mar Short exam" in text


@pytest.mark.parametrize(
    ("share", "sentence"),
    [
        (0.81, "The mark is what was predicted on the eve."),
        (0.78, "The mark is 3 points below the prediction of the eve, which is close."),
        (0.82, "The mark is 1 point above the prediction of the eve, which is close."),
        (0.6, "The mark is 21 points below the prediction of the eve. m changes"),
    ],
)
def test_the_mark_is_set_against_the_prediction(share: float, sentence: str) -> None:
    lines = held.page(held_exam(result=ExamResult(share, EXAM)), 76)
    assert sentence in told(lines)
    mark = next(row for row in plain(lines) if row.startswith("your mark"))
    assert mark.endswith(percent(share))
    assert "┃" in mark


def test_an_exam_nobody_studied_for_says_so() -> None:
    found = held_exam(predictions=(), eve=None, days=(), topics=(), practice=())
    text = told(held.page(found, 76))
    assert "Nothing was answered before this exam" in text
    assert "Predicted on each day" not in text


@pytest.mark.parametrize("columns", [1, 12, 30, 56, 76, 116])
def test_the_look_back_fits_any_width(columns: int) -> None:
    found = held_exam(title=STRANGE, result=ExamResult(0.7, EXAM))
    lines = held.page(found, columns)
    assert STRANGE in lines[0].plain
    if columns >= 56:
        assert max(line.cell_length for line in lines) <= columns


@pytest.mark.parametrize("columns", [1, 3, 12, 30, 56, 76, 116])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_every_page_fits_any_width_and_shows_texts_as_they_are(
    page: PlanPage, columns: int
) -> None:
    plan = tight(accepted=(replace(DROP, topic=STRANGE, items=(STRANGE,)),))
    lines = drawn(PAGES.index(page), Known(plan, {}, str), "", columns)
    assert lines
    if columns >= 56:
        assert max(line.cell_length for line in lines) <= columns
    if page.id == "drops" and columns > 30:
        assert STRANGE in told(lines)
