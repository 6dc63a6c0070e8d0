"""Units, perceptrons and forward passes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tests.exercises.torch_oracles.tensors import (
    MANY,
    Givens,
    Setting,
    Values,
    activated,
    as_columns,
    compared,
    empty,
    extended,
    fired,
    functional,
    jacobian,
    learned,
    signed,
    tensor,
    torch,
)

# Units -----------------------------------------------------------------------------------


@compared("unit-forward", problems=MANY)
def unit_forward(g: Givens, c: Setting) -> Values:
    seen = extended(g["X"], c["bias_slot"])
    z = functional.linear(seen, g["w"])
    if g["f"] == "heaviside":
        y = fired(z, c["heaviside_at_zero"])
    elif g["f"] == "sign":
        y = signed(z, c["tie"])
    else:
        y = activated(g["f"], z)
    return {"x_aug": seen, "z": z, "y": y}


@compared("mp-gate")
def mp_gate(g: Givens, _: Setting) -> Values:
    inhibits = torch.tensor([kind == "inhibitory" for kind in g["kinds"]])
    veto = (g["X"].bool() & inhibits).any(dim=1)
    sums = functional.linear(g["X"], (~inhibits).double())
    reached = fired(sums - g["theta"], "one")
    return {"veto": veto, "sums": sums, "outputs": reached.masked_fill(veto, 0.0)}


@compared("perceptron-gate")
def perceptron_gate(g: Givens, c: Setting) -> Values:
    z = torch.addmv(tensor(-g["theta"]), g["X"], g["w"])
    return {"z": z, "y": fired(z, c["heaviside_at_zero"])}


@compared("xor-constraints")
def xor_constraints(g: Givens, c: Setting) -> Values:
    bits = tensor((0.0, 1.0))
    weights = tensor((g["w1"], g["w2"]))
    z = torch.addmv(tensor(g["b"]), torch.cartesian_prod(bits, bits), weights)
    outputs = fired(z, c["heaviside_at_zero"])
    met = outputs.eq(g["t"])
    return {"z": z, "outputs": outputs, "satisfied": met, "violated": (~met).sum()}


@compared("perceptron-margin")
def perceptron_margin(g: Givens, _: Setting) -> Values:
    """Distances as lengths of the shortest ways to the line, by least squares."""
    z = torch.addmv(tensor(g["b"]), g["X"], g["w"])
    ways = torch.linalg.pinv(g["w"][None]) @ z[None]
    side = torch.where((z > 0) == (g["t"] > 0), 1.0, -1.0)
    distances = side * torch.linalg.vector_norm(ways, dim=0)
    return {
        "z": z,
        "norm": torch.linalg.vector_norm(g["w"]),
        "distances": distances,
        "margin": distances.amin(),
    }


@compared("decision-line")
def decision_line(g: Givens, _: Setting) -> Values:
    """Where the line meets the axes, and a step along it of 1 in x1, as linear equations."""

    def solved(fixed: tuple[float, float], *right: float) -> Any:
        return torch.linalg.solve(torch.stack((g["w"], tensor(fixed))), tensor(right))

    return {
        "slope": solved((1.0, 0.0), 0.0, 1.0)[1],
        "intercept": solved((1.0, 0.0), -g["b"], 0.0)[1],
        "crossing": solved((0.0, 1.0), -g["b"], 0.0)[0],
    }


@compared("perceptron-learning")
def perceptron_learning(g: Givens, c: Setting) -> Values:
    """Steps of SGD on Rosenblatt's criterion, -error z, with the error held fixed."""
    plus_minus = c["labels"] == "plus-minus"
    targets = 2 * g["t"] - 1 if plus_minus else g["t"]
    w, b = learned(g["w0"]), learned(g["b0"])
    optimizer = torch.optim.SGD([w, b], lr=g["eta"])
    rows: dict[str, list[Any]] = {name: [] for name in ("z", "outputs", "errors", "w", "b")}
    for _epoch in range(int(g["epochs"])):
        for x, target in zip(g["X"], targets, strict=True):
            z = functional.linear(x, w, b)
            at = z.detach()
            output = signed(at, c["tie"]) if plus_minus else fired(at, c["heaviside_at_zero"])
            error = target - output
            if plus_minus and c["perceptron_rule"] == "mistake":
                error = torch.sign(error)
            optimizer.zero_grad()
            (-error * z).backward()
            optimizer.step()
            now = (at, output, error, w.detach().clone(), b.detach().clone())
            for name, value in zip(rows, now, strict=True):
                rows[name].append(value)
    out = {name: torch.stack(values) for name, values in rows.items()}
    wrong = out["outputs"].unflatten(0, (-1, len(targets))) != targets
    return {"targets": targets, **out, "mistakes": wrong.sum(dim=1)}


@compared("hebb-update")
def hebb_update(g: Givens, c: Setting) -> Values:
    """Descent on -post · W pre: its slope is the product of the activities."""
    plus_minus = c["labels"] == "plus-minus"
    pre, post = (2 * v - 1 if plus_minus else v for v in (g["x"], g["y"]))
    w = learned(g["W"])
    (-functional.bilinear(post, pre, w[None])[0]).backward()
    torch.optim.SGD([w], lr=g["eta"]).step()
    return {"pre": pre, "post": post, "dW": -g["eta"] * w.grad, "W_new": w}


@compared("membrane-spike", problems=MANY)
def membrane_spike(g: Givens, c: Setting) -> Values:
    v = torch.add(g["stimuli"], g["inside"] - g["outside"])
    return {"v": v, "spikes": fired(v - g["threshold"], c["heaviside_at_zero"])}


# Networks --------------------------------------------------------------------------------


@compared("xor-net")
def xor_net(g: Givens, c: Setting) -> Values:
    z1 = functional.linear(g["X"], g["W1"], g["b1"])
    h = fired(z1, c["heaviside_at_zero"])
    z2 = torch.addmv(tensor(g["b2"]), h, g["w2"])
    return {"z1": z1, "h": h, "z2": z2, "y": fired(z2, c["heaviside_at_zero"])}


@compared("polygon-net")
def polygon_net(g: Givens, c: Setting) -> Values:
    """A field is the height of the cross product of an edge and the way to the point."""
    corners = g["vertices"]
    edges = functional.pad(corners.roll(-1, dims=0) - corners, (0, 1))

    def fields(point: Any) -> Any:
        ways = functional.pad(point - corners, (0, 1))
        return torch.linalg.cross(edges, ways)[:, 2]

    origin = torch.zeros_like(corners[0])
    seen = torch.stack([fields(point) for point in g["points"]])
    hidden = fired(seen, c["heaviside_at_zero"])
    inside = hidden.bool().all(dim=1)
    return {
        "normals": jacobian(fields, origin),
        "offsets": fields(origin),
        "fields": seen,
        "hidden": hidden,
        "sums": hidden.count_nonzero(dim=1),
        "outputs": inside if g["region"] == "inside" else ~inside,
    }


def _two_layers(g: Givens, c: Setting, x: Any, f: str = "identity") -> tuple[Any, ...]:
    z1 = functional.linear(x, as_columns(g["W1"], c["layout"]), g["b1"])
    h = activated(f, z1)
    return z1, h, functional.linear(h, as_columns(g["W2"], c["layout"]), g["b2"])


@compared("linear-collapse")
def linear_collapse(g: Givens, c: Setting) -> Values:
    """The matrix is the Jacobian of the two layers, the bias their answer to 0."""

    def answer(x: Any) -> Any:
        return _two_layers(g, c, x)[-1]

    return {
        "W": as_columns(jacobian(answer, g["x"]), c["layout"]),
        "b": answer(torch.zeros_like(g["x"])),
        "y": answer(g["x"]),
    }


@compared("mlp-forward")
def mlp_forward(g: Givens, c: Setting) -> Values:
    z1, h, z2 = _two_layers(g, c, g["x"], g["f"])
    y = torch.softmax(z2, dim=0) if g["out"] == "softmax" else activated(g["out"], z2)
    return {"z1": z1, "h": h, "z2": z2, "y": y}


@compared("deep-mlp-forward")
def deep_mlp_forward(g: Givens, c: Setting) -> Values:
    """Linear layers with weights of their own, one after the other."""
    h, z, last = tensor(g["x"]), [], len(g["weights"]) - 1
    outputs = []
    for number, (weights, bias) in enumerate(zip(g["weights"], g["biases"], strict=True)):
        z.append(functional.linear(h, as_columns(tensor(weights), c["layout"]), tensor(bias)))
        unit = g["out"] if number == last else g["f"]
        h = torch.softmax(z[-1], dim=0) if unit == "softmax" else activated(unit, z[-1])
        outputs.append(h)
    return {"z": z, "h": outputs, "y": h}


@compared("dense-params")
def dense_params(g: Givens, c: Setting) -> Values:
    sizes, bias = [int(n) for n in g["sizes"]], bool(g["bias"])
    layers = [torch.nn.Linear(a, b, bias=bias, device="meta") for a, b in pairwise(sizes)]
    network = torch.nn.Sequential(*layers)
    network(empty(1, sizes[0]))
    return {
        "shapes": [list(as_columns(layer.weight, c["layout"]).shape) for layer in layers],
        "weights": [layer.weight.numel() for layer in layers],
        "biases": [layer.bias.numel() if bias else 0 for layer in layers],
        "total": sum(parameter.numel() for parameter in network.parameters()),
    }


@compared("gradient-variance")
def gradient_variance(g: Givens, _: Setting) -> Values:
    """Variances of independent terms add up: a layer of weights that are all σ²."""
    width, above = int(g["D"]), int(g["L"] - g["l"])
    spread = torch.full((width, width), g["sigma2"], dtype=torch.float64)
    variances = torch.full((width,), g["var_L"], dtype=torch.float64)
    for _layer in range(above):
        variances = functional.linear(variances, spread)
    return {"exponent": above, "variance": variances[0]}
