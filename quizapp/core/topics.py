"""How the topics of a pack are called where people read them."""

from __future__ import annotations

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


def _word(word: str) -> str:
    if word in _SHORT:
        return word.upper()
    return word.capitalize() if word in _NAMES else word
