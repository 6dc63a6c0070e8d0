"""What can explain a line that is not right: another convention, slips on it, slips above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizapp.exercises.graph import parameters
from quizapp.exercises.marks import difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quizapp.exercises.attempt import Attempt
    from quizapp.exercises.family import Slip, Step, Value
    from quizapp.exercises.marks import LineMark
    from quizapp.exercises.values import Floats
    from quizapp.exercises.world import World


def slips_here(attempt: Attempt, step: Step, typed: Floats) -> tuple[Slip, ...]:
    """The slips on this very line that give what was typed, from the student's own lines."""
    settings: list[Mapping[str, str]] = [attempt.problem.conventions]
    if attempt.departures():
        settings.append(attempt.adopted)
    starts: list[Mapping[str, Value]] = [attempt.own]
    if attempt.own and not attempt.astray:
        starts.append({})  # who computes on in the calculator has more digits than are written
    return tuple(
        slip
        for slip in attempt.slips_on(step.name)
        if any(
            attempt.is_near(step, typed, world) and world.explains(step, typed)
            for setting in settings
            for known in starts
            for world in [
                attempt.world(setting, replaced={slip.step: slip.rule}, known=known, upto=step.name)
            ]
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


def follows_trivial(attempt: Attempt, step: Step, typed: Floats) -> bool:
    """Whether a line follows from a line above that is too trivial to carry credit on."""
    if not attempt.lineage.ancestors[step.name] & attempt.trivial.keys():
        return False
    known = {**attempt.own, **attempt.trivial}
    return attempt.world(attempt.adopted, known=known, upto=step.name).explains(step, typed)


def other_setting(attempt: Attempt, step: Step, typed: Floats) -> dict[str, str] | None:
    """The conventions that give a line: as few others as possible, those adopted preferred.

    A setting that an earlier right line denies is taken only where no other one fits.
    """
    base = attempt.problem.conventions
    found: list[dict[str, str]] = []
    far: set[object] = set()
    refuted = {_print(attempt.truth, step)}
    for setting, world in attempt.other_conventions(step):
        if found and len(difference(base, setting)) > len(difference(base, found[0])):
            break
        own = attempt.world(setting, known=attempt.own, upto=step.name)
        for way in (world, own) if attempt.own else (world,):
            value = _bytes(way.value(step.name))
            if value in far:
                continue
            if not attempt.is_near(step, typed, way):
                far.add(value)
                continue
            if _print(way, step) in refuted:
                continue
            if way.explains(step, typed):
                found.append(setting)
                break
            refuted.add(_print(way, step))
    if not found:
        return None
    found.sort(key=lambda setting: len(difference(attempt.adopted, setting)))
    return next(
        (s for s in found if not denied(attempt, s, difference(base, s), attempt.marks)), found[0]
    )


def _print(world: World, step: Step) -> tuple[object, object]:
    """What tells a world from others: conventions that make no difference are not tried.

    Two that give one number can still be rounded to different ones.
    """
    return _bytes(world.value(step.name)), _bytes(world.coarsely(step))


def _bytes(value: Floats | None) -> object:
    return None if value is None else (value.shape, value.tobytes())


def on_path(attempt: Attempt, step: Step, typed: Floats) -> bool:
    """Whether a line follows from the conventions adopted and the slips made so far."""
    departed = bool(attempt.departures())
    if not departed and not attempt.found:
        return False
    ways = [attempt.world(attempt.adopted, replaced=attempt.found, upto=step.name)]
    if departed:
        ways.append(attempt.world(attempt.adopted, known=attempt.own, upto=step.name))
    return any(way.explains(step, typed) for way in ways)


def _conventions_behind(attempt: Attempt, step: Step) -> set[str]:
    """The conventions that a line reads, or a blank line above it."""
    family = attempt.family
    blank = attempt.lineage.ancestors[step.name] & attempt.blank
    rules = [step.rule, *(family.by_name[name].rule for name in blank)]
    return {name for rule in rules for name in parameters(rule) if name in family.conventions}


def denied(
    attempt: Attempt, setting: Mapping[str, str], names: Iterable[str], lines: Sequence[LineMark]
) -> bool:
    """Whether a right line that reads one of these conventions denies the setting."""
    for line in lines:
        step = line.step
        if line.typed is None or not line.verdict.right:
            continue
        if set(names) & _conventions_behind(attempt, step):
            before = {name: value for name, value in attempt.own.items() if name != step.name}
            if not attempt.world(setting, known=before, upto=step.name).explains(step, line.typed):
                return True
    return False
