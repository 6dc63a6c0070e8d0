"""Reconstruction loss of an autoencoder (Goodfellow, Bengio and Courville 2016, section 14.1)."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.families._formulas import Among, activated
from quizapp.exercises.families.autoencoder_vae._spread import differ
from quizapp.exercises.family import Conventions, Family, Given, Slip, Step, Work
from quizapp.exercises.functions import TIE, activation
from quizapp.exercises.rounding import Line, exact
from quizapp.exercises.substitution import dot, entries, factor, frac, num, total

_FUNCTIONS = ("identity", "relu", "tanh", "sigmoid")
_OTHER_BATCH = {"mean": "sum", "sum": "mean"}
_NO_OVERFLOW = 30.0


def _pre(X: Any, W_enc: Any, b_enc: Any) -> Any:
    return X @ W_enc.T + b_enc


def _codes(X: Any, W_enc: Any, b_enc: Any, activation: str, line: Line) -> Any:
    """The codes; a student writes z first where a function follows, then the e^x of a sigmoid."""
    z = _pre(X, W_enc, b_enc)
    if activation == "identity":
        return z
    return _activated(activation, line(z), line)


def _activated(name: str, z: Any, line: Line) -> Any:
    if name == "sigmoid" and line is not exact and np.max(np.abs(z), initial=0.0) < _NO_OVERFLOW:
        return 1.0 / (1.0 + line(np.exp(-z)))
    return activation(name, z)


def _reduced(residuals: Any, squared_error: str, line: Line) -> Any:
    """Per row over the squares: their sum, their mean, or half their sum."""
    sums = np.sum(line(residuals**2), axis=1)
    return sums / {"sum": 1.0, "mean": residuals.shape[1], "half-sum": 2.0}[squared_error]


def _errors(X: Any, reconstructions: Any, squared_error: str, line: Line) -> Any:
    return _reduced(X - reconstructions, squared_error, line)


def _norms(X: Any, reconstructions: Any, line: Line) -> Any:
    return np.sqrt(np.sum(line((X - reconstructions) ** 2), axis=1))


def _signed(X: Any, reconstructions: Any) -> Any:
    return np.sum(X - reconstructions, axis=1)


def _code_compared(X: Any, codes: Any, squared_error: str, line: Line) -> Any:
    return _reduced(X - codes, squared_error, line)


def _loss(errors: Any, batch: str) -> float:
    return float(errors.mean() if batch == "mean" else errors.sum())


def _other_loss(errors: Any, batch: str) -> float:
    return _loss(errors, _OTHER_BATCH[batch])


# The worked solution ---------------------------------------------------------------------


def _code_work(X: Any, W_enc: Any, b_enc: Any, activation: str, value: Any) -> list[Work]:
    out = []
    for n, j in entries(value):
        z = f"{dot(W_enc[j], X[n])} + {factor(b_enc[j])}"
        shown = {
            "identity": z,
            "relu": rf"\max(0, {z})",
            "tanh": rf"\tanh({z})",
            "sigmoid": frac("1", f"1 + e^{{-({z})}}"),
        }[activation]
        out.append(Work((n, j), shown))
    return out


def _reconstruction_work(codes: Any, W_dec: Any, b_dec: Any, value: Any) -> list[Work]:
    return [
        Work((n, i), f"{dot(W_dec[i], codes[n])} + {factor(b_dec[i])}") for n, i in entries(value)
    ]


def _error_work(X: Any, reconstructions: Any, squared_error: str) -> list[Work]:
    out = []
    for n, (x, r) in enumerate(zip(X, reconstructions, strict=True)):
        squares = " + ".join(f"({num(a)} - {factor(b)})^{{2}}" for a, b in zip(x, r, strict=True))
        shown = {
            "sum": squares,
            "mean": frac(squares, str(len(x))),
            "half-sum": rf"\frac{{1}}{{2}} \cdot ({squares})",
        }[squared_error]
        out.append(Work((n,), shown))
    return out


def _loss_work(errors: Any, batch: str) -> list[Work]:
    return [Work((), total(errors) if batch == "sum" else frac(total(errors), str(len(errors))))]


# Variants --------------------------------------------------------------------------------


def _samples(D: int, conventions: Conventions) -> int:
    """Two samples; more where swapping mean and sum would look like another squared error."""
    weights = {"sum": 1.0, "mean": 1.0 / D, "half-sum": 0.5}
    ratios = {weight / weights[conventions["squared_error"]] for weight in weights.values()}
    sums = conventions["batch"] == "sum"
    return next(N for N in (2, 3, 4) if (1.0 / N if sums else float(N)) not in ratios)


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """A linear code of two values, then of three with biases, then codes with a ReLU.

    At level 3 there are sometimes as many codes as values, so that the two can be mixed up.
    """
    D, d = {1: (2, 1), 2: (3, 1), 3: (2, int(rng.integers(1, 3)))}[level]
    N = 3 if level == 3 else _samples(D, conventions)
    weights = (-1.0, 1.0, 2.0) if level == 1 else (-1.0, 0.5, 1.0)
    biases = (0.0,) if level == 1 else (-1.0, 1.0)
    return {
        "X": rng.choice((-2.0, -1.0, 0.0, 1.0, 2.0, 3.0), size=(N, D)),
        "W_enc": rng.choice(weights, size=(d, D)),
        "b_enc": rng.choice(biases, size=d),
        "W_dec": rng.choice(weights, size=(D, d)),
        "b_dec": rng.choice(biases, size=D),
        "activation": "relu" if level == 3 else "identity",
    }


def avoid(X: Any, W_enc: Any, b_enc: Any, activation: str, codes: Any, errors: Any) -> str | None:
    """Perfect reconstructions, samples that are alike, ReLUs that close nothing or everything."""
    if np.any(np.abs(errors) <= TIE):
        return "a perfect reconstruction"
    if len(np.unique(X, axis=0)) < len(X):
        return "equal samples"
    if activation != "relu":
        return None
    if np.all(np.abs(codes) <= TIE):
        return "no open unit"
    return None if np.any(_pre(X, W_enc, b_enc) < -TIE) else "no closed unit"


FAMILY = Family(
    id="autoencoder-loss",
    topic="autoencoder-vae",
    title="Autoencoder reconstruction loss",
    task="Encode and decode every sample, compare it with its reconstruction and compute the loss.",
    sources=("ece493",),
    givens=(
        Given("X", "X", "samples, one per row", "N x D"),
        Given("W_enc", r"W_{\mathrm{enc}}", "weights of the encoder, one row per code", "d x D"),
        Given("b_enc", r"b_{\mathrm{enc}}", "biases of the encoder", "d"),
        Given("W_dec", r"W_{\mathrm{dec}}", "weights of the decoder, one row per value", "D x d"),
        Given("b_dec", r"b_{\mathrm{dec}}", "biases of the decoder", "D"),
        Given("activation", "f", "activation of the code", kind="text", choices=_FUNCTIONS),
    ),
    conventions={"squared_error": ("sum", "mean", "half-sum"), "batch": ("mean", "sum")},
    steps=(
        Step(
            "codes",
            "Codes, one sample per row",
            r"z_n = f(W_{\mathrm{enc}} x_n + b_{\mathrm{enc}})",
            _codes,
            work=_code_work,
            formula_for=lambda activation: (
                "z_n = " + activated(activation, r"W_{\mathrm{enc}} x_n + b_{\mathrm{enc}}")
            ),
        ),
        Step(
            "reconstructions",
            "Reconstructions, one sample per row",
            r"\hat{x}_n = W_{\mathrm{dec}} z_n + b_{\mathrm{dec}}",
            lambda codes, W_dec, b_dec: codes @ W_dec.T + b_dec,
            work=_reconstruction_work,
        ),
        Step(
            "errors",
            "Error of every sample",
            r"E_n = c \, \|x_n - \hat{x}_n\|^2 \text{ with } c = 1"
            r" \text{ (mean: } \frac{1}{D} \text{, half-sum: } \frac{1}{2} \text{)}",
            _errors,
            work=_error_work,
            formula_for=Among(
                "squared_error",
                {
                    "sum": r"E_n = \|x_n - \hat{x}_n\|^2",
                    "mean": r"E_n = \frac{1}{D} \|x_n - \hat{x}_n\|^2",
                    "half-sum": r"E_n = \frac{1}{2} \|x_n - \hat{x}_n\|^2",
                },
            ),
        ),
        Step(
            "loss",
            "Loss",
            r"\frac{1}{N} \sum_n E_n \text{ (sum: without } \frac{1}{N} \text{)}",
            _loss,
            final=True,
            work=_loss_work,
            formula_for=Among("batch", {"mean": r"\frac{1}{N} \sum_n E_n", "sum": r"\sum_n E_n"}),
        ),
    ),
    slips=(
        Slip(
            "norm-not-squared",
            "errors",
            _norms,
            "The loss uses the squared norm of the residual.",
            when=lambda X, reconstructions, errors, line: differ(
                _norms(X, reconstructions, line), errors
            ),
        ),
        Slip(
            "signed-residuals",
            "errors",
            _signed,
            "Square the residuals first, otherwise they cancel.",
            when=lambda X, reconstructions, errors: differ(_signed(X, reconstructions), errors),
        ),
        Slip(
            "other-batch",
            "loss",
            _other_loss,
            "Mean and sum over the samples are exchanged.",
            when=lambda errors, batch, loss: differ(_other_loss(errors, batch), loss),
        ),
        Slip(
            "code-compared",
            "errors",
            _code_compared,
            "The reconstruction, not the code, is compared with the input.",
            when=lambda X, codes, squared_error, errors, line: (
                codes.shape == X.shape
                and differ(_code_compared(X, codes, squared_error, line), errors)
            ),
        ),
        Slip(
            "decoder-bias-dropped",
            "reconstructions",
            lambda codes, W_dec: codes @ W_dec.T,
            "The bias of the decoder is missing.",
            when=lambda b_dec: differ(b_dec, 0.0),
        ),
        Slip(
            "activation-dropped",
            "codes",
            _pre,
            "The activation of the code layer is missing.",
            when=lambda X, W_enc, b_enc, codes: differ(_pre(X, W_enc, b_enc), codes),
        ),
    ),
    make=make,
    avoid=avoid,
    discrepancies=("squared-error-half-or-not", "pca-as-special-case"),
    items=("dl-ae-loss", "dl-autoencoder", "hub-autoencoder-def"),
)
