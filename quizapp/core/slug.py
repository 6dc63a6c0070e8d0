"""Names as ids, topics and keys are written."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LONGEST = 50


def slug(name: str) -> str:
    """A name in small letters, digits and hyphens: Über-Größe is ``uber-grosse``."""
    folded = unicodedata.normalize("NFKD", name[:200].casefold())
    plain = folded.encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-")
    letters = sum(letter.isalnum() for letter in name[:200])
    if 2 * len(words) >= letters and words:
        return words
    # Most of the name is in another script: tell such names apart all the same.
    whole = name.encode(errors="backslashreplace")  # the name of a file need not be text
    return f"{words or 'topic'}-{hashlib.sha256(whole).hexdigest()[:8]}"
