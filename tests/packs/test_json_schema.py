"""The JSON Schemas for editors say the same as the strict reader."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml

from quizapp.cards import types
from quizapp.packs.json_schema import NAMES, UnknownSchemaError, json_schema
from quizapp.packs.shipped import example_pack, shipped_pack

if TYPE_CHECKING:
    from pathlib import Path

KEPT = shipped_pack().parent / "schema"


def files(name: str) -> list[Path]:
    return [
        path
        for root in (shipped_pack(), example_pack())
        for path in ([root / "pack.yaml"] if name == "pack" else sorted((root / name).iterdir()))
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_kept_schema_is_the_present_one(name: str) -> None:
    kept = json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))

    assert kept == json_schema(name), f"renew it: quizapp content schema {name}"


@pytest.mark.parametrize("name", NAMES)
def test_the_content_fits_its_schema(name: str) -> None:
    schema = json_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in files(name):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        assert [error.message for error in validator.iter_errors(data)] == [], path.name


@pytest.mark.parametrize("kind", types())
def test_a_card_with_a_field_of_another_type_is_refused(kind: str) -> None:
    card: dict[str, Any] = yaml.safe_load(types()[kind].EXAMPLE)
    card |= {"id": "a", "type": kind, "explanation": "Why.", "items": ["i"], "sources": []}
    validator = jsonschema.Draft202012Validator(json_schema("cards"))

    assert validator.is_valid({"topic": "t", "cards": [card]})
    assert not validator.is_valid({"topic": "t", "cards": [{**card, "foreign": 1}]})
    assert not validator.is_valid({"topic": "t", "cards": [{**card, "type": "bassic"}]})


def test_there_is_no_schema_of_anything_else() -> None:
    with pytest.raises(UnknownSchemaError, match="there are pack, courses"):
        json_schema("decks")
