"""The settings file: readable, strict, never overwritten when it has a fault."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.errors import QuizError
from quizapp.study.folders import folders
from quizapp.study.settings import NAMES, Settings, SettingsError, changed, load, save
from quizapp.study.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.toml") == Settings()


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    kept = Settings(
        course="nc", exam_date=date(2026, 12, 24), minutes_a_day=30, retention=0.85, theme="nord"
    )
    save(tmp_path / "deep" / "settings.toml", kept)
    assert load(tmp_path / "deep" / "settings.toml") == kept


def test_the_file_explains_every_setting(tmp_path: Path) -> None:
    save(tmp_path / "settings.toml", Settings())
    text = (tmp_path / "settings.toml").read_text("utf-8")
    for field in fields(Settings):
        assert f"{field.name} =" in text
    assert set(NAMES) == {field.name for field in fields(Settings)}


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("exam_date", "2026-12-24", date(2026, 12, 24)),
        ("exam_date", "", None),
        ("minutes_a_day", " 45 ", 45),
        ("minutes_a_day", "", None),
        ("retention", "0,9", 0.9),
        ("answer_by", "textbook", "textbook"),
    ],
)
def test_what_is_typed_is_read(name: str, typed: str, value: object) -> None:
    assert getattr(changed(Settings(), name, typed), name) == value


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("exam_date", "24.12.2026"),
        ("exam_date", "2026-02-30"),
        ("exam_date", "0026-12-24"),
        ("exam_date", "9999-12-31"),
        ("minutes_a_day", "0"),
        ("minutes_a_day", "many"),
        ("new_a_day", "-1"),
        ("new_a_day", "1.5"),
        ("rollover_hour", "24"),
        ("retention", "1"),
        ("retention", "nan"),
        ("answer_by", "both"),
        ("theme", "a\nb"),
    ],
)
def test_what_does_not_fit_is_named(name: str, typed: str) -> None:
    with pytest.raises(SettingsError) as caught:
        changed(Settings(), name, typed)
    assert caught.value.where == name


@given(st.sampled_from(NAMES), st.text(max_size=40))
def test_any_text_is_taken_or_refused(name: str, typed: str) -> None:
    try:
        new = changed(Settings(), name, typed)
    except SettingsError:
        return
    assert isinstance(new, Settings)


def test_a_faulty_file_is_told_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("new_a_day = many\n", "utf-8")
    workspace = Workspace(folders({"QUIZAPP_HOME": str(tmp_path)}))
    assert workspace.settings == Settings()
    assert workspace.complaint is not None
    assert str(file) in workspace.complaint
    with pytest.raises(SettingsError):
        workspace.change(new_a_day=3)
    assert workspace.settings.new_a_day == 3
    assert file.read_text("utf-8") == "new_a_day = many\n"


@pytest.mark.parametrize("text", ["nonsense = 1\n", "new_a_day = 99999\n", "\x00", "a = [[[["])
def test_every_fault_is_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        load(tmp_path / "settings.toml")


def test_a_home_of_nobody_is_told() -> None:
    with pytest.raises(QuizError, match="QUIZAPP_HOME"):
        folders({"QUIZAPP_HOME": "~no-such-user-here/x"})


def test_without_a_home_the_folders_are_the_users_own() -> None:
    found = folders({})
    assert found.data.is_absolute()
    assert "quizapp" in str(found.config)


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()  # a folder in the way: the last move fails
    with pytest.raises(SettingsError, match="cannot be written"):
        save(tmp_path / "settings.toml", Settings())
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.toml"]
