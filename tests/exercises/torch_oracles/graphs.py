"""Graph networks: messages along a list of edges, colours as the numbers of unique rows."""

from __future__ import annotations

from typing import Any

from tests.exercises.torch_oracles.tensors import (
    Givens,
    Setting,
    Values,
    activated,
    compared,
    functional,
    torch,
)


def _gathered(A: Any, messages: Any, reduce: str) -> Any:
    """For every node the messages of its neighbours, reduced; zeros where it has none."""
    to, source = A.nonzero(as_tuple=True)
    sent = messages[source]
    where = to[:, None].expand_as(sent)
    return torch.zeros_like(messages).scatter_reduce(0, where, sent, reduce, include_self=False)


def _summed(A: Any, messages: Any) -> Any:
    to, source = A.nonzero(as_tuple=True)
    return torch.zeros_like(messages).index_add(0, to, messages[source])


@compared("gcn-layer")
def gcn_layer(g: Givens, c: Setting) -> Values:
    """Kipf and Welling (2017): D^(-1/2) (A + I) D^(-1/2), with either degree in D."""
    looped = g["A"] + torch.eye(len(g["A"]), dtype=torch.float64)
    degrees = (looped if c["degree"] == "with-self" else g["A"]).sum(dim=1)
    root = torch.diag(degrees.rsqrt())
    coefficients = torch.linalg.multi_dot((root, looped, root))
    aggregated = torch.sparse.mm(coefficients.to_sparse(), g["H"])
    transformed = functional.linear(aggregated, g["W"])
    return {
        "degrees": degrees,
        "coefficients": coefficients,
        "aggregated": aggregated,
        "transformed": transformed,
        "output": activated(g["activation"], transformed),
    }


@compared("gin-update")
def gin_update(g: Givens, _: Setting) -> Values:
    sums = _summed(g["A"], g["H"])
    combined = torch.add(sums, g["H"], alpha=1.0 + g["eps"])
    hidden = torch.relu(functional.linear(combined, g["W1"], g["b1"]))
    return {
        "neighbour_sum": sums,
        "combined": combined,
        "hidden": hidden,
        "output": functional.linear(hidden, g["W2"], g["b2"]),
    }


@compared("message-passing")
def message_passing(g: Givens, _: Setting) -> Values:
    messages = functional.linear(g["H"], g["M"])
    if g["agg"] == "sum":
        aggregated = _summed(g["A"], messages)
    else:
        aggregated = _gathered(g["A"], messages, {"mean": "mean", "max": "amax"}[g["agg"]])
    combined = torch.cat((g["H"], aggregated), dim=1)
    return {
        "messages": messages,
        "aggregated": aggregated,
        "combined": combined,
        "output": torch.relu(functional.linear(combined, g["U"])),
    }


@compared("graph-readout")
def graph_readout(g: Givens, _: Setting) -> Values:
    return {
        "sums": _summed(g["A"], g["H"]),
        "means": _gathered(g["A"], g["H"], "mean"),
        "maxima": _gathered(g["A"], g["H"], "amax"),
        "readout_sum": g["H"].sum(dim=0),
        "readout_mean": g["H"].mean(dim=0),
    }


@compared("wl-test")
def wl_test(g: Givens, _: Setting) -> Values:
    """Signatures as rows filled up with 0: the unique rows come sorted and numbered."""
    n = len(g["A1"])
    A = torch.block_diag(g["A1"], g["A2"])
    colours = torch.ones(len(A), dtype=torch.long)
    rows = []
    for _round in range(int(g["rounds"])):
        # Missing neighbours are coloured behind all others to be sorted last, then 0.
        last = len(A) + 1
        around = torch.where(A > 0, colours[None], last).sort(dim=1).values
        around = around.masked_fill(around == last, 0)
        signatures = torch.cat((colours[:, None], around), dim=1)
        colours = torch.unique(signatures, dim=0, return_inverse=True)[1] + 1
        rows.append(colours)
    first, second = torch.stack(rows)[:, :n], torch.stack(rows)[:, n:]
    first, second = first.sort(dim=1).values, second.sort(dim=1).values
    apart = [not torch.equal(a, b) for a, b in zip(first, second, strict=True)]
    return {
        "colours": torch.stack(rows),
        "sorted1": first,
        "sorted2": second,
        "separated_in": apart.index(True) + 1 if any(apart) else 0,
    }
