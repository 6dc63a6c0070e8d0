"""Attention and the Transformer's layers, as functions and as PyTorch's own modules."""

from __future__ import annotations

from typing import Any

from tests.exercises.torch_oracles.tensors import (
    Givens,
    Setting,
    Values,
    compared,
    functional,
    torch,
)


def attended(q: Any, k: Any, v: Any, *, causal: bool = False) -> Any:
    return functional.scaled_dot_product_attention(q, k, v, is_causal=causal)


def weighted(q: Any, k: Any, *, causal: bool = False) -> Any:
    """The weights: what attention makes of values that are the unit vectors."""
    units = torch.eye(k.shape[-2], dtype=k.dtype)
    return attended(q, k, units.expand(*k.shape[:-2], -1, -1), causal=causal)


@compared("attention")
def attention(g: Givens, _: Setting) -> Values:
    q, k, v = (g[name] for name in "QKV")
    return {"weights": weighted(q, k), "output": attended(q, k, v)}


@compared("masked-attention")
def masked_attention(g: Givens, _: Setting) -> Values:
    q, k, v = (g[name] for name in "QKV")
    return {
        "visible": torch.ones(len(q), len(q)).tril(),
        "weights": weighted(q, k, causal=True),
        "output": attended(q, k, v, causal=True),
    }


@compared("self-attention")
def self_attention(g: Givens, _: Setting) -> Values:
    q, k, v = (functional.linear(g["X"], g[f"W_{name}"].T) for name in "QKV")
    return {"Q": q, "K": k, "V": v, "weights": weighted(q, k), "output": attended(q, k, v)}


@compared("multi-head")
def multi_head(g: Givens, _: Setting) -> Values:
    q, k, v = (torch.einsum("nd,hdk->hnk", g["X"], g[f"W_{name}"]) for name in "QKV")
    heads = attended(q, k, v)
    by_head = g["W_O"].unflatten(0, heads.shape[::2])
    return {
        "Q": q,
        "K": k,
        "V": v,
        "weights": weighted(q, k),
        "heads": heads,
        "output": torch.einsum("hnv,hvd->nd", heads, by_head),
    }


def _fitting_heads(rng: Any, _: Setting) -> dict[str, Any]:
    """Heads that share the width of the model among them, as PyTorch's module wants them."""
    heads, width, n = (int(k) for k in rng.integers(1, 6, size=3))
    d = heads * width
    return {
        "X": rng.normal(size=(n, d)).tolist(),
        **{f"W_{name}": rng.normal(size=(heads, d, width)).tolist() for name in "QKV"},
        "W_O": rng.normal(size=(d, d)).tolist(),
    }


@compared("multi-head", _fitting_heads)
def multi_head_module(g: Givens, _: Setting) -> Values:
    heads, d, _width = g["W_Q"].shape
    module = torch.nn.MultiheadAttention(d, heads, bias=False, dtype=torch.float64)
    with torch.no_grad():
        by_row = [g[f"W_{name}"].transpose(1, 2).flatten(0, 1) for name in "QKV"]
        module.in_proj_weight.copy_(torch.cat(by_row))
        module.out_proj.weight.copy_(g["W_O"].T)
    output, weights = module(g["X"], g["X"], g["X"], average_attn_weights=False)
    return {"weights": weights, "output": output}


def _numbers(*layers: Any) -> int:
    return sum(parameter.numel() for layer in layers for parameter in layer.parameters())


@compared("mha-params")
def mha_params(g: Givens, _: Setting) -> Values:
    d, keys, values = int(g["d_model"]), int(g["H"] * g["d_k"]), int(g["H"] * g["d_v"])
    shapes = [(d, keys), (d, keys), (d, values), (values, d)]
    q, k, v, o = (torch.nn.Linear(*shape, bias=bool(g["bias"]), device="meta") for shape in shapes)
    return {
        "qk_weights": q.weight.numel() + k.weight.numel(),
        "v_weights": v.weight.numel(),
        "out_weights": o.weight.numel(),
        "biases": sum(layer.bias.numel() for layer in (q, k, v, o)) if g["bias"] else 0,
        "total": _numbers(q, k, v, o),
    }


@compared("ffn")
def ffn(g: Givens, c: Setting) -> Values:
    pre = functional.linear(g["H"], g["W1"].T, g["b1"])
    approximate = "none" if c["gelu"] == "exact" else "tanh"
    relu = g["activation"] == "relu"
    hidden = torch.relu(pre) if relu else functional.gelu(pre, approximate=approximate)
    return {
        "pre": pre,
        "hidden": hidden,
        "output": functional.linear(hidden, g["W2"].T, g["b2"]),
    }


@compared("add-norm")
def add_norm(g: Givens, _: Setting) -> Values:
    total = torch.add(g["x"], g["sublayer"])
    width = total.shape[1:]
    variance, mean = torch.var_mean(total, dim=1, correction=0)
    return {
        "sum": total,
        "mean": mean,
        "variance": variance,
        "normalised": functional.layer_norm(total, width, eps=g["eps"]),
        "output": functional.layer_norm(total, width, g["gamma"], g["beta"], g["eps"]),
    }


def _encoder_layer(g: Givens, *, pre: bool) -> Any:
    d, d_ff = g["W1"].shape
    layer = torch.nn.TransformerEncoderLayer(
        d, 1, d_ff, dropout=0.0, layer_norm_eps=g["eps"], norm_first=pre, dtype=torch.float64
    )
    attention = layer.self_attn
    with torch.no_grad():
        attention.in_proj_weight.copy_(torch.cat([g[f"W_{name}"].T for name in "QKV"]))
        attention.in_proj_bias.zero_()
        attention.out_proj.weight.copy_(g["W_O"].T)
        attention.out_proj.bias.zero_()
        for number, linear in enumerate((layer.linear1, layer.linear2), start=1):
            linear.weight.copy_(g[f"W{number}"].T)
            linear.bias.copy_(g[f"b{number}"])
    return layer


@compared("encoder-block")
def encoder_block(g: Givens, c: Setting) -> Values:
    """PyTorch's layer of one head, listened to at the doors of its parts."""
    pre = c["norm_position"] == "pre"
    layer = _encoder_layer(g, pre=pre)
    came: dict[str, Any] = {}
    went: dict[str, Any] = {}
    for name, part in layer.named_children():

        def heard(_part: Any, inputs: Any, output: Any, name: str = name) -> None:
            came[name] = inputs[0]
            went[name] = output[0] if isinstance(output, tuple) else output

        part.register_forward_hook(heard)
    output = layer(g["X"])
    out = {
        "attn_in": came["self_attn"],
        "attended": went["self_attn"],
        "mid": came["norm2"] if pre else went["norm1"],
        "ffn_in": came["linear1"],
        "ffn": went["linear2"],
        "output": output,
    }
    if not pre:
        out |= {"residual1": came["norm1"], "residual2": came["norm2"]}
    seen = came["self_attn"]
    return {**out, "weights": layer.self_attn(seen, seen, seen)[1]}
