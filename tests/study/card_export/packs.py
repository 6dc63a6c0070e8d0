"""A pack with a card of every type, for exporting."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "pack.yaml": """
        name: nets
        title: 'Nets: all & <more>'
        version: "1"
        licence: MIT
        about: A card of every type.
        symbols: {pre-activation: net}
        """,
    "courses/hub.yaml": """
        id: hub
        title: Methods
        about: A course.
        symbols: {pre-activation: 'z_i'}
        """,
    "courses/nnt.yaml": """
        id: nnt
        title: Slides
        about: Another course.
        symbols: {pre-activation: 'a'}
        """,
    "syllabus/hopfield.yaml": """
        topic: hopfield
        items:
          - {id: hub-energy, course: hub, kind: formula, place: L31, statement: The energy.}
          - {id: nnt-energy, course: nnt, kind: formula, place: L7, statement: The energy.}
        """,
    "syllabus/mlp-forward.yaml": """
        topic: mlp-forward
        items:
          - {id: hub-mlp, course: hub, kind: formula, place: L40, statement: Layers.}
        """,
    "discrepancies/hopfield.yaml": """
        topic: hopfield
        discrepancies:
          - id: rising
            title: Does the energy rise?
            kind: source-error
            severity: high
            certainty: certain
            claims: [{course: hub, place: L43, says: It rises.}]
            literature: {says: It falls., references: ["Hopfield 1982, Neural networks"]}
            verdict: It falls.
            exam_advice: {default: It falls.}
        """,
    "cards/hopfield.yaml": r"""
        topic: hopfield
        cards:
          - id: basic-one
            type: basic
            question: 'Is 1 < 2 & <b> [sound:x.mp3] {{c1::y}} a tag, for $x < y$?'
            answer: {slides: 'Yes, $E \le 0$.', textbook: 'No::yes.'}
            explanation: "First paragraph.\n\nThen:\n\n- one\n- two \\$5"
            items: [hub-energy]
            sources: [{course: hub, place: "Energy, L31"}, {course: nnt, place: L7}]
            discrepancies: [rising]
            tags: [a tag, trap]
          - id: reversed-one
            type: reversed
            question: What is $E$?
            answer: The energy
            reverse_question: Which letter has the energy?
            reverse_answer: $E$
            explanation: It falls.
            items: [nnt-energy]
            sources: [{course: nnt, place: L7}]
          - id: cloze-one
            type: cloze
            text: 'The {{energy}} has {{$\frac{1}{2^{x} }$::number}} and {{std::vector::}}.'
            explanation: It falls.
            items: [hub-energy]
            sources: [{course: hub, place: L31}]
          - id: choice-one
            type: choice
            question: Which falls?
            options:
              - {text: The energy, right: true}
              - {text: The weights, right: false, why: They are fixed.}
              - {text: The bias, right: false}
            explanation: It falls.
            items: [hub-energy]
            sources: [{course: hub, place: L31}]
          - id: choice-many
            type: choice
            question: Which stay?
            select: many
            options:
              - {text: The energy, right: false, why: It falls.}
              - {text: The weights, right: true}
              - {text: The bias, right: {slides: true, textbook: false}}
            explanation: They stay.
            items: [hub-energy]
            sources: [{course: hub, place: L31}]
            discrepancies: [rising]
        """,
    "cards/mlp-forward.yaml": r"""
        topic: mlp-forward
        cards:
          - id: truth
            type: true-false
            statement: $\sym{pre-activation}$ is a sum.
            answer: true
            explanation: It is.
            items: [hub-mlp]
            sources: [{course: hub, place: L40}]
          - id: typed-one
            type: typed
            question: Which function squashes?
            answer: sigmoid
            accept: [logistic function, logistic]
            mistakes: [{text: tanh, why: It goes below 0.}]
            explanation: It maps to (0, 1).
            items: [hub-mlp]
            sources: [{course: hub, place: L40}]
            families: [unit-forward]
          - id: number
            type: numeric
            question: How much is a half?
            value: 0.5
            decimals: 2
            unit: m
            explanation: Half.
            items: [hub-mlp]
            sources: [{course: hub, place: L40}]
          - id: order
            type: ordering
            question: What comes first?
            steps: [weighted sum, activation, output]
            explanation: As data flows.
            items: [hub-mlp]
            sources: [{course: hub, place: L40}]
          - id: table
            type: comparison
            question: Sigmoid and ReLU?
            columns: [sigmoid, ReLU]
            rows:
              - {aspect: range, cells: ['(0, 1)', '[0, ∞)']}
              - {aspect: slope, cells: [at most 0.25, 0 or 1]}
            explanation: They differ.
            items: [hub-mlp]
            sources: [{course: hub, place: L40}]
        """,
}


def write_pack(root: Path) -> Path:
    """Write the pack into a folder, which comes back."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip(), encoding="utf-8")
    return root
