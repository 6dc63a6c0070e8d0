"""Losses, divergences and contrastive losses."""

from __future__ import annotations

import math
from typing import Any

from tests.exercises.torch_oracles.backprop import squared_error as error_of
from tests.exercises.torch_oracles.tensors import (
    Givens,
    Setting,
    Values,
    compared,
    functional,
    learned,
    slopes,
    torch,
)


def _in_base(nats: Any, log_base: str) -> Any:
    return nats / math.log(2.0) if log_base == "two" else nats


@compared("cross-entropy")
def cross_entropy(g: Givens, c: Setting) -> Values:
    """Of the logits where nothing is added to the probabilities, else of their logarithms."""
    t, p = g["t"].long(), torch.softmax(g["Z"], dim=1)
    if g["eps"] == 0:
        nats = functional.cross_entropy(g["Z"], t, reduction="none")
        loss = functional.cross_entropy(g["Z"], t, reduction=c["batch"])
    else:
        logarithms = (p + g["eps"]).log()
        nats = functional.nll_loss(logarithms, t, reduction="none")
        loss = functional.nll_loss(logarithms, t, reduction=c["batch"])
    return {
        "p": p,
        "p_true": p.gather(1, t[:, None])[:, 0],
        "losses": _in_base(nats, c["log_base"]),
        "loss": _in_base(loss, c["log_base"]),
    }


@compared("binary-cross-entropy")
def binary_cross_entropy(g: Givens, _: Setting) -> Values:
    z = learned(g["z"])
    terms = functional.binary_cross_entropy(z, g["t"], reduction="none")
    error = functional.binary_cross_entropy(z, g["t"], reduction="sum")
    return {"terms": terms, "E": error, "gradient": slopes(error, z)[0]}


@compared("squared-error")
def squared_error(g: Givens, c: Setting) -> Values:
    z = learned(g["z"])
    error = error_of(z, g["t"], c["squared_error"])
    return {
        "squares": functional.mse_loss(z, g["t"], reduction="none"),
        "E": error,
        "gradient": slopes(error, z)[0],
    }


# Information -----------------------------------------------------------------------------


@compared("bernoulli-kl")
def bernoulli_kl(g: Givens, _: Setting) -> Values:
    target, model = (torch.distributions.Bernoulli(probs=g[name]) for name in "tz")
    kl = torch.distributions.kl_divergence(target, model)
    return {
        "cross": functional.binary_cross_entropy(g["z"], g["t"], reduction="none"),
        "entropy": target.entropy(),
        "kl": kl,
        "total": kl.sum(),
    }


@compared("entropy-kl")
def entropy_kl(g: Givens, c: Setting) -> Values:
    p, q = (torch.distributions.Categorical(probs=g[name]) for name in "pq")
    nats = {
        "entropy": p.entropy(),
        "cross_entropy": -torch.special.xlogy(g["p"], g["q"]).sum(),
        "kl": torch.distributions.kl_divergence(p, q),
    }
    return {name: _in_base(value, c["log_base"]) for name, value in nats.items()}


@compared("lm-loss")
def lm_loss(g: Givens, c: Setting) -> Values:
    """The binary cross-entropy of events that all happened; perplexity knows no base."""
    probs, happened = g["probs"], torch.ones_like(g["probs"])
    terms, total, mean = (
        functional.binary_cross_entropy(probs, happened, reduction=reduction)
        for reduction in ("none", "sum", "mean")
    )
    return {
        "terms": _in_base(terms, c["log_base"]),
        "total": _in_base(total, c["log_base"]),
        "mean": _in_base(mean, c["log_base"]),
        "perplexity": mean.exp(),
        "sequence_probability": probs.prod(),
    }


# Contrastive -----------------------------------------------------------------------------


@compared("nt-xent")
def nt_xent(g: Givens, c: Setting) -> Values:
    """The cross-entropy of every view over the others, with its partner as the class."""
    views, tau = g["Z"], g["tau"]
    count = len(views)
    sim = functional.cosine_similarity(views[:, None], views[None], dim=2)
    numbers = torch.arange(count)
    if c["pairs"] == "adjacent":
        partners = numbers.unflatten(0, (-1, 2)).flip(1).flatten()
    else:
        partners = numbers.roll(count // 2)
    logits = (sim / tau).fill_diagonal_(-math.inf)
    return {
        "sim": sim,
        "positives": partners + 1,
        "denominators": logits.logsumexp(dim=1).exp(),
        "pair_losses": functional.cross_entropy(logits, partners, reduction="none"),
        "loss": functional.cross_entropy(logits, partners),
    }


@compared("clip-loss")
def clip_loss(g: Givens, _: Setting) -> Values:
    images, texts = (functional.normalize(g[name]) for name in ("images", "texts"))
    logits = images @ texts.T / g["tau"]
    own = torch.arange(len(logits))
    by_image, by_text = (
        functional.cross_entropy(table, own, reduction="none") for table in (logits, logits.T)
    )
    return {
        "image_unit": images,
        "text_unit": texts,
        "logits": logits,
        "image_losses": by_image,
        "text_losses": by_text,
        "loss": functional.cross_entropy(torch.cat((logits, logits.T)), own.repeat(2)),
    }
