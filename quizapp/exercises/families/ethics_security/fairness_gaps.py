"""Demographic parity and equalized odds (Hardt, Price and Srebro 2016)."""
# ruff: noqa: PLW0108 - the parameters of a lambda name what it reads

from __future__ import annotations

from typing import Any

import numpy as np

from quizapp.exercises.family import Conventions, Family, Given, GivenError, Slip, Step, Work
from quizapp.exercises.functions import TIE
from quizapp.exercises.substitution import factor, frac, num, total

_TP, _FP, _FN, _TN = range(4)


def _rate(tables: Any, above: list[int], below: list[int]) -> Any:
    """Counts over counts for each group. Raises ZeroDivisionError where there are none."""
    whole = tables[:, below].sum(axis=1)
    if np.any(whole <= 0):
        raise ZeroDivisionError("a group has nobody to count")
    return tables[:, above].sum(axis=1) / whole


def _rate_work(tables: Any, above: list[int], below: list[int]) -> list[Work]:
    return [Work((g,), frac(total(row[above]), total(row[below]))) for g, row in enumerate(tables)]


_ALL = [_TP, _FP, _FN, _TN]


def _selection(tables: Any) -> Any:
    return _rate(tables, [_TP, _FP], _ALL)


def _base_rate(tables: Any) -> Any:
    return _rate(tables, [_TP, _FN], _ALL)


def _tpr(tables: Any) -> Any:
    return _rate(tables, [_TP], [_TP, _FN])


def _precision(tables: Any) -> Any:
    return _rate(tables, [_TP], [_TP, _FP])


def _fpr(tables: Any) -> Any:
    return _rate(tables, [_FP], [_FP, _TN])


def _fpr_by_all(tables: Any) -> Any:
    return _rate(tables, [_FP], _ALL)


def _gap(rates: Any) -> float:
    return float(abs(rates[0] - rates[1]))


def _ratio(selection: Any) -> float:
    """The smaller rate over the larger. Raises ZeroDivisionError where both are 0."""
    if max(selection) <= 0:
        raise ZeroDivisionError("nobody is selected")
    return float(min(selection) / max(selection))


def _gap_text(rates: Any) -> str:
    larger, smaller = (rates[0], rates[1]) if rates[0] >= rates[1] else (rates[1], rates[0])
    return f"{num(larger)} - {factor(smaller)}"


def _differ(a: Any, b: Any) -> bool:
    return bool(np.any(np.abs(np.asarray(a) - np.asarray(b)) > TIE))


def check(tables: Any) -> None:
    """Counts are not negative; every group has positives and negatives."""
    if np.any(tables < 0):
        raise GivenError("'tables' holds counts: none of them is negative.", where="tables")
    for group, row in enumerate(tables, start=1):
        if row[_TP] + row[_FN] == 0 or row[_FP] + row[_TN] == 0:
            raise GivenError(
                f"group {group} in 'tables' has no actual positives (TP + FN) or no actual "
                "negatives (FP + TN): its rates are not defined.",
                where="tables",
            )


def make(rng: Any, level: int, conventions: Conventions) -> dict[str, Any]:
    """Two groups of 10, groups of 10 and 20 or 25, then groups of 100."""
    sizes = {1: (10, 10), 2: tuple(rng.permutation((10, rng.choice((20, 25))))), 3: (100, 100)}
    tables = []
    for size in sizes[level]:
        unit = 5 if size == 100 else 1
        cuts = np.sort(rng.choice(np.arange(1, size // unit), size=3, replace=False)) * unit
        tables.append(np.diff(np.concatenate(([0], cuts, [size]))))
    return {"tables": np.array(tables)}


def avoid(tables: Any) -> str | None:
    """Groups in which the mistaken rates are the right ones."""
    if np.any(tables[:, _FP] == tables[:, _FN]):
        return "as many FP as FN"
    return None


FAMILY = Family(
    id="fairness-gaps",
    topic="ethics-security",
    title="Fairness gaps between two groups",
    task="Compute the rates of both groups, then the gaps of demographic parity and of equalized "
    "odds.",
    sources=("ece493",),
    givens=(
        Given(
            "tables",
            r"\mathrm{tables}",
            "counts TP, FP, FN, TN, one group per row",
            "2 x 4",
            kind="integer",
        ),
    ),
    steps=(
        Step(
            "selection",
            "Selection rates of the groups",
            r"\frac{\text{TP} + \text{FP}}{\text{TP} + \text{FP} + \text{FN} + \text{TN}}",
            _selection,
            work=lambda tables: _rate_work(tables, [_TP, _FP], _ALL),
        ),
        Step(
            "tpr",
            "True positive rates",
            r"\frac{\text{TP}}{\text{TP} + \text{FN}}",
            _tpr,
            work=lambda tables: _rate_work(tables, [_TP], [_TP, _FN]),
        ),
        Step(
            "fpr",
            "False positive rates",
            r"\frac{\text{FP}}{\text{FP} + \text{TN}}",
            _fpr,
            work=lambda tables: _rate_work(tables, [_FP], [_FP, _TN]),
        ),
        Step(
            "dp_gap",
            "Gap of demographic parity",
            r"|\text{selection}_1 - \text{selection}_2|",
            lambda selection: _gap(selection),
            final=True,
            work=lambda selection: [Work((), _gap_text(selection))],
        ),
        Step(
            "odds_gap",
            "Gap of equalized odds",
            r"\max(|\text{TPR}_1 - \text{TPR}_2|, |\text{FPR}_1 - \text{FPR}_2|)",
            lambda tpr, fpr: max(_gap(tpr), _gap(fpr)),
            final=True,
            work=lambda tpr, fpr: [Work((), rf"\max({_gap_text(tpr)}, {_gap_text(fpr)})")],
        ),
    ),
    slips=(
        Slip(
            "base-rate-for-selection",
            "selection",
            _base_rate,
            "This is the share of ACTUAL positives (base rate); demographic parity counts "
            "POSITIVE PREDICTIONS.",
            when=lambda tables, selection: _differ(_base_rate(tables), selection),
        ),
        Slip(
            "precision-for-tpr",
            "tpr",
            _precision,
            "This is the precision; the true positive rate divides by the actual positives "
            "TP + FN.",
            when=lambda tables, tpr: _differ(_precision(tables), tpr),
        ),
        Slip(
            "fpr-by-all",
            "fpr",
            _fpr_by_all,
            "The false positive rate divides by the actual negatives FP + TN.",
            when=lambda tables, fpr: _differ(_fpr_by_all(tables), fpr),
        ),
        Slip(
            "ratio-for-difference",
            "dp_gap",
            _ratio,
            "The gap is a difference, not a ratio.",
            when=lambda selection, dp_gap: _differ(_ratio(selection), dp_gap),
        ),
        Slip(
            "tpr-only",
            "odds_gap",
            lambda tpr: _gap(tpr),
            "Equalized odds compares the false positive rates too.",
            when=lambda tpr, fpr: _gap(fpr) > _gap(tpr) + TIE,
        ),
    ),
    make=make,
    avoid=avoid,
    check=check,
    discrepancies=("fairness-impossibility-scope",),
    items=("dl-fairness",),
)
