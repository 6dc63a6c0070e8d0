"""Time-ordered identifiers."""

from __future__ import annotations

import secrets
import uuid


def uuid7(unix_ms: int) -> str:
    """Return a UUIDv7 (RFC 9562, 5.7) for a time in Unix milliseconds, as text."""
    value = (unix_ms & (2**48 - 1)) << 80
    value |= 0x7 << 76 | secrets.randbits(12) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))
