"""What is demanded of marking, as shares of students."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A share that is counted. ``hit`` says what of; ``least`` and ``most`` are goals."""

    title: str
    hit: str
    least: float | None = None
    most: float | None = None

    def met(self, hits: int, of: int) -> bool:
        """Whether the goal is met, one exception being no proof in a small number.

        A goal of none or all has no exceptions.
        """
        if self.most is not None:
            allowed = max(1.0, self.most * of) if self.most else 0.0
            return hits <= allowed
        if self.least is not None:
            missed = of - hits
            return missed <= (max(1.0, (1 - self.least) * of) if self.least < 1 else 0.0)
        return True


HONEST = Measure("honest down", "marked down without a mistake", most=0.0)
ACCUSED = Measure("accused", "told of a slip that was not made", most=0.0)
OTHER = Measure("convention down", "marked down for another convention", most=0.0)
CAUGHT = Measure("slip caught", "slips noticed, all lines shown", least=1.0)
NAMED = Measure("slip named", "slips named, the only fit, all lines shown", least=0.99)
BESIDE = Measure("cost beside", "slips that cost another line as well", most=0.0)
CAUGHT_FINALS = Measure("finals caught", "slips noticed in the final lines alone", least=1.0)
NAMED_FINALS = Measure("finals named", "slips named, the only fit, final lines alone", least=0.95)
TWO = Measure("two explained", "both of two slips explained, all lines shown", least=0.9)
UNDONE = Measure("undone explained", "both explained where the second one undoes the first one")
NEAR_MISS = Measure("miss caught", "entries just beyond what rounding does noticed", least=1.0)
ERROR_CAUGHT = Measure(
    "error caught", "errors without a name noticed, all lines shown", least=0.999
)
ERROR_NAMED = Measure("error called", "errors without a name called a slip", most=0.03)
ERROR_EXCUSED = Measure("error excused", "errors without a name taken for a convention")
ERROR_NAMED_FINALS = Measure("finals called", "errors called a slip, final lines alone")

MEASURES = (
    HONEST, ACCUSED, OTHER, CAUGHT, NAMED, BESIDE, CAUGHT_FINALS, NAMED_FINALS, TWO, UNDONE,
    NEAR_MISS, ERROR_CAUGHT, ERROR_NAMED, ERROR_EXCUSED, ERROR_NAMED_FINALS,
)  # fmt: skip
