"""How the keys of the pack are called on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizapp.packs.model import Pack

_SHORT = {"cnn", "gnn", "lstm", "mlp", "rnn", "vae"}
_NAMES = {"hopfield"}
_TITLES = {
    "attention-transformer": "Attention and Transformer",
    "autoencoder-vae": "Autoencoder and VAE",
    "ethics-security": "Ethics and security",
    "llm-scaling": "LLMs and scaling",
    "rnn-lstm": "RNN and LSTM",
}
"""Topics whose id alone reads badly."""


def topic_name(topic: str) -> str:
    """A topic as a title: ``mlp-forward`` is MLP forward."""
    if topic in _TITLES:
        return _TITLES[topic]
    words = [_word(word) for word in topic.split("-")]
    first = words[0]
    return " ".join([first[:1].upper() + first[1:], *words[1:]])


def course_name(pack: Pack, key: str) -> str:
    """The title of a course, its key where the pack has none."""
    course = pack.courses.get(key)
    return course.title if course else key


def _word(word: str) -> str:
    if word in _SHORT:
        return word.upper()
    return word.capitalize() if word in _NAMES else word
