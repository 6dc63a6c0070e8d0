"""What can explain a line that is not right: another convention, slips on it, slips above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.exercises.graph import parameters
from quizapp.exercises.marks import difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quizapp.exercises.attempt import Attempt
    from quizapp.exercises.family import Slip, Step
    from quizapp.exercises.marks import LineMark
    from quizapp.exercises.world import Floats


def slips_here(attempt: Attempt, step: Step, typed: Floats) -> tuple[Slip, ...]:
    """The slips on this very line that give what was typed, from the student's own lines."""
    settings: list[Mapping[str, str]] = [attempt.problem.conventions]
    if attempt.departures():
        settings.append(attempt.adopted)
    return tuple(
        slip
        for slip in attempt.slips_on(step.name)
        if any(
            attempt.world(
                setting, replaced={slip.step: slip.rule}, known=attempt.own, upto=step.name
            ).explains(step, typed)
            for setting in settings
        )
    )


def slips_above(attempt: Attempt, step: Step, typed: Floats) -> tuple[Slip, ...]:
    """The one set of slips, on blank lines above or also here, that explains a line; else ().

    One slip is searched for first, then two; of several sets that fit none is named.
    """
    blank = attempt.lineage.ancestors[step.name] & attempt.blank
    if not blank:
        return ()
    lines = [name for name in attempt.family.by_name if name in blank]
    above = [slip for name in lines for slip in attempt.slips_on(name)]
    here = attempt.slips_on(step.name)
    singles = [(slip,) for slip in above]
    pairs = [
        (a, b) for i, a in enumerate(above) for b in [*above[i + 1 :], *here] if a.step != b.step
    ]
    for group in (singles, pairs):
        fits = [slips for slips in group if _explained_by(attempt, slips, step, typed)]
        if fits:
            return tuple(fits[0]) if len(fits) == 1 else ()
    return ()


def _explained_by(attempt: Attempt, slips: Sequence[Slip], step: Step, typed: Floats) -> bool:
    replaced = {slip.step: slip.rule for slip in slips}
    world = attempt.world(attempt.adopted, replaced=replaced, known=attempt.own, upto=step.name)
    return world.explains(step, typed)


def other_setting(attempt: Attempt, step: Step, typed: Floats) -> dict[str, str] | None:
    """The conventions that give a line: as few others as possible, those adopted preferred.

    A setting that an earlier right line denies is taken only where no other one fits.
    """
    base = attempt.problem.conventions
    found: list[dict[str, str]] = []
    for setting, world in attempt.other_conventions(step):
        if found and len(difference(base, setting)) > len(difference(base, found[0])):
            break
        own = attempt.world(setting, known=attempt.own, upto=step.name)
        if world.explains(step, typed) or own.explains(step, typed):
            found.append(setting)
    if not found:
        return None
    found.sort(key=lambda setting: len(difference(attempt.adopted, setting)))
    return next(
        (s for s in found if not denied(attempt, s, difference(base, s), attempt.marks)), found[0]
    )


def on_path(attempt: Attempt, step: Step, typed: Floats) -> bool:
    """Whether a line follows from the conventions adopted and the slips made so far."""
    departed = bool(attempt.departures())
    if not departed and not attempt.found:
        return False
    ways = [attempt.world(attempt.adopted, replaced=attempt.found, upto=step.name)]
    if departed:
        ways.append(attempt.world(attempt.adopted, known=attempt.own, upto=step.name))
    return any(way.explains(step, typed) for way in ways)


def denied(
    attempt: Attempt, setting: Mapping[str, str], names: Iterable[str], lines: Sequence[LineMark]
) -> bool:
    """Whether a right line that reads one of these conventions denies the setting."""
    for line in lines:
        step = line.step
        if line.typed is None or not line.verdict.right:
            continue
        if set(names) & set(parameters(step.rule)):
            before = {name: value for name, value in attempt.own.items() if name != step.name}
            if not attempt.world(setting, known=before, upto=step.name).explains(step, line.typed):
                return True
    return False
