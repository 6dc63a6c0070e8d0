"""The steps of an ordering card: carried to their places, judged after the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from quizapp.tui.bindings import bound
from quizapp.tui.say import join, say
from quizapp.tui.widgets.prose import Passage, ours
from quizapp.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizapp.cards import Order
    from quizapp.tui.widgets.prose import Part

_KEY, _QUIET = "bold $text-accent", "$text-muted"


class Ordering(RowList):
    """All steps of a card; ``order`` is how the student has put them."""

    BINDINGS: ClassVar[list[Any]] = bound(
        "ordering",
        ("shift+up,ctrl+up", "carry(-1)", "Move", "Move the marked step up"),
        ("shift+down,ctrl+down", "carry(1)", "", "Move the marked step down"),
        ("space", "hold", "Pick up", "Pick the marked step up for ↑ and ↓ to move, or put it down"),
        ("escape", "put_down", "", "Put the step down"),
        *[
            (str(place), f"place({place})", "", "Put the marked step at this place")
            for place in range(1, RowList.MOST + 1)
        ],
        ("backspace,delete", "reset", "", "Back to how the steps stood at first"),
    )

    def __init__(self) -> None:
        super().__init__()
        self._ask: Order | None = None
        self._order: list[int] = []
        self._moved = False
        self._held = False

    def put(self, ask: Order | None, order: Sequence[int] | None = None) -> None:
        """Show the steps as they stand on the card, or as they were put before; None for none."""
        self._ask = ask
        steps = len(ask.steps) if ask else 0
        self._order = list(range(steps) if order is None else order)
        self._moved, self._held = order is not None, False
        self.begin(steps)
        self.show_again()

    @property
    def order(self) -> tuple[int, ...] | None:
        """The steps in the student's order; None where nothing was moved yet."""
        return tuple(self._order) if self._moved else None

    def show_again(self) -> None:
        """Show the steps in their present order."""
        ask = self._ask
        if ask is None or not self.open:
            return
        rows = [[self._asked(ask, place)] for place in range(len(self._order))]
        self.show([_how(len(ask.steps), held=self._held)], rows)

    def _asked(self, ask: Order, place: int) -> Passage:
        here = place == self.marked
        sign = ("≡ " if self._held else "▸ ") if here else "  "
        lead = join(say(sign, "bold"), _number(place))
        return Passage(ask.steps[self._order[place]], "bold" if here else "", lead=lead)

    def judge(self, ask: Order, order: Sequence[int] | None) -> None:
        """Show which steps stand in their place; nothing where no order was given."""
        self.end()
        self.display = order is not None
        if order is not None:
            self.show([], [list(_judged(ask, place, step)) for place, step in enumerate(order)])

    # Moving steps ---------------------------------------------------------------------------

    def action_go(self, by: int) -> None:
        """Mark another step, or carry the one that is picked up."""
        if self._held:
            self.action_carry(by)
        else:
            super().action_go(by)

    def action_carry(self, by: int) -> None:
        """Move the marked step up or down."""
        self._to(self.marked + by)

    def action_place(self, place: int) -> None:
        """Put the marked step at a place, counted from 1."""
        self._to(place - 1)

    def _to(self, place: int) -> None:
        if not (self.open and 0 <= place < len(self._order)):
            return
        self._order.insert(place, self._order.pop(self.marked))
        self._moved = True
        self.go_to(place)
        self.post_message(self.Changed(self))

    def action_hold(self) -> None:
        """Pick the marked step up, or put it down."""
        self._held = self.open and not self._held
        self.show_again()

    def action_put_down(self) -> None:
        """Put the step down."""
        self._held = False
        self.show_again()

    def action_reset(self) -> None:
        """Show the steps as they stood at first, as if nothing had been moved."""
        self._order.sort()
        self._moved = self._held = False
        self.go_to(0)
        self.post_message(self.Changed(self))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Which keys mean something now."""
        if action == "put_down":
            return self._held
        if action == "place":
            return self.open
        return True


def _how(steps: int, *, held: bool) -> Part:
    if held:
        return ours("Picked up: ↑ ↓ move it, Space puts it down.", _QUIET)
    return ours(f"shift+↑↓ moves a step, Space picks it up, 1-{steps} place it.", _QUIET)


def _judged(ask: Order, place: int, step: int) -> Iterator[Passage]:
    right = ask.right.index(step)
    sign, style = ("✓ ", "$text-success") if right == place else ("✗ ", "$text-error")
    yield Passage(ask.steps[step], style, lead=join(say(sign, f"bold {style}"), _number(place)))
    if right != place:
        yield Passage(f"belongs at {right + 1}", _QUIET, indent=5, gap=False, ours=True)


def _number(place: int) -> Any:
    return say(f"{place + 1}  ", _KEY)
