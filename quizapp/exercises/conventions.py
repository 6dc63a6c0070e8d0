"""What the conventions mean, in words that fit on a problem and in a verdict."""

from __future__ import annotations

from typing import NamedTuple


class Wording(NamedTuple):
    """One value of a convention, as a problem prints it."""

    text: str
    latex: str = ""


CONVENTIONS: dict[str, dict[str, Wording]] = {
    "hebb": {
        "per-neuron": Wording(
            "Hebb factor 1/N (N neurons), diagonal set to 0", r"W = \frac{1}{N}\sum_p x_p x_p^\top"
        ),
        "per-pattern": Wording(
            "Hebb factor 1/P (P patterns), minus the identity",
            r"W = \frac{1}{P}\sum_p x_p x_p^\top - I",
        ),
    },
    "offset": {
        "bias": Wording("b is a bias, added to the field", r"\sum_j w_{ij} y_j + b_i"),
        "threshold": Wording(
            "b is a threshold, subtracted from the field", r"\sum_j w_{ij} y_j - b_i"
        ),
    },
    "update": {
        "async": Wording("asynchronous: one unit at a time, always from the newest state"),
        "sync": Wording("synchronous: all units at once, from the same old state"),
    },
    "tie": {
        "plus": Wording("a field of exactly 0 gives +1"),
        "keep": Wording("a field of exactly 0 keeps the old state"),
        "minus": Wording("a field of exactly 0 gives -1"),
    },
    "softmax_shift": {
        "none": Wording("softmax of the logits as they are"),
        "max": Wording("the largest exponent is subtracted before exponentiating"),
    },
    "relu_slope_at_zero": {
        "zero": Wording("slope at the kink: the left one (ReLU: 0)"),
        "one": Wording("slope at the kink: the right one, 1"),
    },
    "gelu": {
        "exact": Wording("GELU with the normal distribution function", r"x\,\Phi(x)"),
        "tanh": Wording("GELU by its tanh approximation"),
    },
    "layout": {
        "column": Wording("column vectors: one row of W per target unit", r"z = W x + b"),
        "row": Wording("row vectors: one row of W per source unit", r"z = x W + b"),
    },
    "squared_error": {
        "half-sum": Wording("squared error with 1/2", r"E = \frac{1}{2}\sum_k (y_k - t_k)^2"),
        "sum": Wording("squared error without 1/2", r"E = \sum_k (y_k - t_k)^2"),
        "mean": Wording(
            "mean squared error: divided by the number of terms",
            r"E = \frac{1}{O}\sum_k (y_k - t_k)^2",
        ),
    },
    "batch": {
        "mean": Wording("averaged over the batch"),
        "sum": Wording("summed over the batch"),
    },
    "l2": {
        "lambda": Wording("penalty with factor λ", r"\lambda \sum_i w_i^2"),
        "half-lambda": Wording("penalty with factor λ/2", r"\frac{\lambda}{2} \sum_i w_i^2"),
    },
    "dropout": {
        "inverted": Wording("inverted dropout: divided by 1 - p in training, nothing at test"),
        "test-scaled": Wording("classic dropout: nothing in training, times 1 - p at test"),
    },
    "bias_slot": {
        "first": Wording(
            "the bias is the first weight, its constant input 1 comes first", r"w \cdot (1, x)"
        ),
        "last": Wording(
            "the bias is the last weight, its constant input 1 comes last", r"w \cdot (x, 1)"
        ),
    },
    "heaviside_at_zero": {
        "one": Wording("at exactly 0 (the threshold reached) the step function is 1", r"H(0) = 1"),
        "zero": Wording(
            "at exactly 0 (the threshold only reached) the step function is 0", r"H(0) = 0"
        ),
    },
    "labels": {
        "zero-one": Wording("the two values are coded as 0 and 1"),
        "plus-minus": Wording("the two values are coded as -1 and +1", r"2t - 1"),
    },
    "perceptron_rule": {
        "mistake": Wording(
            "on a mistake the target is the error (±1 coding)", r"\Delta w = \eta\, t\, x"
        ),
        "error": Wording("the error is target minus output", r"\Delta w = \eta\, (t - y)\, x"),
    },
    "curve": {
        "classical": Wording("classical U: the best model is at the first minimum"),
        "double-descent": Wording("double descent: the best model has the smallest error anywhere"),
    },
    "counting": {
        "weights": Wording("layers are counted by their weights: the input is none"),
        "with-input": Wording("the input counts as a layer, too"),
    },
    "deep_from": {
        "three-hidden": Wording("deep from three hidden layers"),
        "two-hidden": Wording("deep from two hidden layers"),
    },
    "ends": {
        "padded": Wording("(w - 1)/2 padding symbols at both ends: a window for every letter"),
        "valid": Wording("no padding: only windows inside the sequence"),
    },
    "running": {
        "old": Wording(
            "the momentum is the share of the old average", r"\alpha \bar{\mu} + (1 - \alpha) m"
        ),
        "new": Wording(
            "the momentum is the share of the new batch", r"(1 - \alpha) \bar{\mu} + \alpha m"
        ),
    },
    "norm_position": {
        "post": Wording("post-norm: layer norm after each residual sum", r"\mathrm{LN}(x + F(x))"),
        "pre": Wording("pre-norm: layer norm before each sublayer", r"x + F(\mathrm{LN}(x))"),
    },
    "flatten": {
        "row-major": Wording("flattened row by row"),
        "column-major": Wording("flattened column by column"),
    },
    "pairs": {
        "adjacent": Wording("positive pairs stand next to each other: rows 1 and 2, 3 and 4, ..."),
        "halves": Wording("positive pairs are rows i and i + N"),
    },
    "kernel": {
        "correlation": Wording(
            "the kernel is not flipped (cross-correlation)", r"\sum_i x_{t+i} k_i"
        ),
        "flipped": Wording("the kernel is turned by 180 degrees (convolution in the strict sense)"),
    },
    "dense": {
        "units": Wording("dense layer from all inputs to F single units", r"HWC \cdot F"),
        "maps": Wording(
            "dense layer from all inputs to all values of the F maps", r"HWC \cdot HWF"
        ),
    },
    "residual": {
        "plain": Wording("nothing after the addition", r"h + F(h)"),
        "post-relu": Wording("a ReLU after the addition", r"\max(0, h + F(h))"),
    },
    "covariance_divisor": {
        "n": Wording("covariance divided by N", r"\frac{1}{N} \tilde{X}^\top \tilde{X}"),
        "n-minus-one": Wording(
            "covariance divided by N - 1", r"\frac{1}{N-1} \tilde{X}^\top \tilde{X}"
        ),
    },
    "spread": {
        "std": Wording("s is the standard deviation", r"\sigma = s"),
        "variance": Wording("s is the variance", r"\sigma^2 = s"),
        "log-variance": Wording("s is the logarithm of the variance", r"\sigma^2 = e^{s}"),
    },
    "gauss_const": {
        "kept": Wording("the Gaussian keeps its constant", r"-\frac{D}{2} \ln 2\pi"),
        "dropped": Wording("the constant of the Gaussian is dropped"),
    },
    "degree": {
        "with-self": Wording(
            "the degree counts the self-loop: neighbours + 1", r"d_v = |N(v)| + 1"
        ),
        "neighbours": Wording("the degree counts only the neighbours", r"d_v = |N(v)|"),
    },
    "momentum": {
        "heavy-ball": Wording("the velocity adds up whole gradients", r"v = \mu v + g"),
        "ema": Wording("the velocity is a moving average", r"v = \mu v + (1 - \mu) g"),
    },
    "decay": {
        "decoupled": Wording(
            "decay on the weights directly (AdamW)", r"\theta - s - \eta \lambda \theta"
        ),
        "l2": Wording("decay inside the gradient", r"g + \lambda \theta"),
    },
    "minimum": {
        "strict": Wording("a minimum is lower than every single-flip neighbour"),
        "nonstrict": Wording("a minimum has no lower single-flip neighbour"),
    },
    "mirrors": {
        "excluded": Wording("mirrors of stored patterns are not parasitic"),
        "counted": Wording("unstored mirrors are parasitic"),
    },
    "capacity": {
        "slide": Wording("upper bound of the slides", r"N"),
        "amit": Wording("Amit, Gutfreund and Sompolinsky", r"0.138 N"),
        "mceliece-most": Wording("McEliece et al., most patterns", r"\frac{N}{2 \ln N}"),
        "mceliece-all": Wording("McEliece et al., all patterns", r"\frac{N}{4 \ln N}"),
    },
    "guidance": {
        "w": Wording(
            "the scale is w: how far to go beyond the conditional prediction",
            r"(1 + w)\,\epsilon_c - w\,\epsilon_u",
        ),
        "s": Wording(
            "the scale is s = 1 + w: the factor of the conditional prediction",
            r"s\,\epsilon_c + (1 - s)\,\epsilon_u",
        ),
    },
    "log_base": {
        "e": Wording("natural logarithm: the unit is nats", r"\ln"),
        "two": Wording("logarithm to base 2: the unit is bits", r"\log_{2}"),
    },
    "rnn_activation": {
        "tanh": Wording("hidden states with tanh", r"h_t = \tanh(z_t)"),
        "sigmoid": Wording("hidden states with the logistic function", r"h_t = \sigma(z_t)"),
    },
}


def describe(name: str, value: str) -> str:
    """A convention for people: its name, its value and what that means."""
    wording = CONVENTIONS.get(name, {}).get(value)
    shown = name.replace("_", " ")
    return f"{shown} = {value} ({wording.text})" if wording else f"{shown} = {value}"
