from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = {
    "pack.yaml": """
        name: small
        title: A small pack
        version: "1"
        licence: MIT
        about: Two cards.
        """,
    "courses/hub.yaml": """
        id: hub
        title: Methods
        about: A course.
        conventions: {tie: plus}
        symbols: {pre-activation: 'z_i'}
        exams: [hub-short]
        """,
    "syllabus/hopfield.yaml": """
        topic: hopfield
        items:
          - {id: hub-energy, course: hub, kind: formula, place: L31, statement: The energy.}
          - {id: hub-hebb, course: hub, kind: concept, place: L7, statement: Learning.}
        """,
    "cards/hopfield.yaml": """
        topic: hopfield
        cards:
          - id: first
            type: basic
            question: What falls?
            answer: The energy.
            explanation: It never rises.
            items: [hub-energy]
            sources:
              - {course: hub, place: L31}
          - id: second
            type: true-false
            statement: The energy rises.
            answer: {slides: false, textbook: true}
            explanation: It never rises.
            items: [hub-energy, hub-hebb]
            sources:
              - {course: hub, place: L31}
            discrepancies: [rising]
            tags: [trap]
        """,
    "discrepancies/hopfield.yaml": """
        topic: hopfield
        discrepancies:
          - id: rising
            title: Does the energy rise?
            kind: source-error
            severity: high
            certainty: certain
            claims:
              - {course: hub, place: L43, says: It rises., quote: it rises}
            literature: {says: It falls., references: ["Hopfield 1982, Neural networks"]}
            verdict: It falls.
            exam_advice: {hub: It falls., default: It falls.}
            example:
              text: From 1 to 0.5.
              checks:
                - {family: hopfield-energy, givens: {y: [1, -1]}, step: energy, value: 0.5}
            items: [hub-energy]
            families: [hopfield-energy]
        """,
    "exams/hub-short.yaml": """
        id: hub-short
        course: hub
        title: Ten minutes
        minutes: 10
        about: Short.
        sections:
          - {title: Say, draw: cards, types: [true-false], count: 1, points: 1,
             topics: {hopfield: 2}}
          - {title: Compute, draw: exercises, families: {hopfield-energy: 1}, count: 1, points: 6,
             level: 1}
        """,
}
"""A pack without a fault."""


@pytest.fixture(scope="session")
def small_files() -> dict[str, str]:
    """Return the files of the small pack, by their names."""
    return {name: dedent(text).lstrip() for name, text in FILES.items()}


@pytest.fixture
def write_pack(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes the small pack, with some files replaced or (None) left out."""

    def write(changes: dict[str, str | bytes | None] | None = None) -> Path:
        root = tmp_path / "small"
        for name, content in {**FILES, **(changes or {})}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                path.write_bytes(content)
            elif content is not None:
                path.write_text(dedent(content).lstrip("\n"), encoding="utf-8")
        return root

    return write


@pytest.fixture
def write_cards(write_pack: Callable[..., Path]) -> Callable[[str], Path]:
    """Return a function that writes the small pack with one card of these fields."""

    def write(fields: str) -> Path:
        head = "topic: hopfield\ncards:\n  - id: only\n"
        common = "explanation: Because.\nitems: [hub-energy]\n"
        common += "sources: [{course: hub, place: L1}]\n"
        lines = (dedent(fields).strip() + "\n" + common).split("\n")
        body = "".join(f"    {line}\n" for line in lines)
        return write_pack({"cards/hopfield.yaml": head + body})

    return write
