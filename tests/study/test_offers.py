"""What there is to choose from in the settings."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from quizapp.study.folders import folders
from quizapp.study.offers import courses, limits
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("minutes", "new", "reviews"), [(1, 5, 5), (10, 5, 50), (30, 15, 150), (120, 60, 600)]
)
def test_minutes_become_cards_and_reviews(minutes: int, new: int, reviews: int) -> None:
    assert limits(minutes) == (new, reviews)


def test_only_courses_with_cards_are_offered(tmp_path: Path) -> None:
    workspace = Workspace(folders({"QUIZAPP_HOME": str(tmp_path)}))
    workspace.__dict__["pack"] = SimpleNamespace(
        courses={key: SimpleNamespace(title=key.upper()) for key in "ab"},
        cards={"card": SimpleNamespace(items=("item", "gone", "extra"))},
        items={
            "item": SimpleNamespace(course="a", examinable=True),
            "extra": SimpleNamespace(course="b", examinable=False),
        },
    )
    assert courses(workspace) == [("a", "A")]
