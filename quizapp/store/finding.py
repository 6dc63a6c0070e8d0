"""What a look at the log may find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be, or worth knowing."""

    code: str
    message: str
    """A sentence with the way out."""
    repair: Literal["rebuild", "salvage"] | None = None
    """What mends it; None for what is no fault of the file."""
