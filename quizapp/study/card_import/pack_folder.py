"""The pack that cards go into: what its files hold, and how they are written."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizapp.packs import strict_yaml
from quizapp.packs.files import PACK_FILE, collect
from quizapp.study.card_import.found import ImportFileError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.packs.document import Document

MEMORY_FILE = "imported.json"
"""What the sources said at the last import, so that own changes to a card survive the next."""
_LARGEST_MEMORY = 100_000_000
_LISTS = {"cards": "cards", "syllabus": "items"}


class PackFolder:
    """A folder with a pack, or one that is to become one. Reads it, writes nothing itself.

    Raises ImportFileError where the folder holds something else, PackError where a file of the
    pack cannot be read.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.documents: dict[str, Document] = {}
        """The files that entries can be added to, and the courses, by their names."""
        self.is_new = not (root / PACK_FILE).exists()
        if self.is_new:
            self._check_empty()
            return
        for file in collect(root).files:
            if file.folder in {"cards", "syllabus", "courses"}:
                self.documents[file.name] = strict_yaml.parse(file.content, str(root / file.name))
        for name, document in self.documents.items():
            self._check_shape(name, document)

    def _check_empty(self) -> None:
        if self.root.suffix.lower() == ".zip" or self.root.is_file():
            raise ImportFileError(
                "cards go into a folder, not into a file; name one with --into.",
                where=str(self.root),
            )
        try:
            strange = next(self.root.iterdir(), None) if self.root.exists() else None
        except (OSError, ValueError):
            strange = None  # told when it is written to
        if strange is not None:
            raise ImportFileError(
                "this folder holds other things and no pack.yaml; name a new folder or one with "
                "a pack with --into.",
                where=str(self.root),
            )

    def _check_shape(self, name: str, document: Document) -> None:
        tree: Any = document.tree
        key = _LISTS.get(name.partition("/")[0])
        sound = isinstance(tree, dict) and (
            key is None or (isinstance(tree.get(key), list) and isinstance(tree.get("topic"), str))
        )
        if not sound:
            raise ImportFileError(
                "this file is not right by the format; mend it first, `quizapp content check` "
                "says how.",
                where=document.places.file,
            )

    def entries(self, folder: str) -> dict[str, tuple[str, int, dict[str, Any]]]:
        """Id to file, place in its list, and fields, of all cards or all items."""
        found: dict[str, tuple[str, int, dict[str, Any]]] = {}
        for name, document in self.documents.items():
            if name.startswith(f"{folder}/"):
                tree: Any = document.tree
                for index, fields in enumerate(tree[_LISTS[folder]]):
                    if isinstance(fields, dict) and isinstance(fields.get("id"), str):
                        found.setdefault(fields["id"], (name, index, fields))
        return found

    def topics(self, folder: str) -> dict[str, str]:
        """Topic to the file in which its entries stand."""
        found: dict[str, str] = {}
        for name, document in self.documents.items():
            if name.startswith(f"{folder}/"):
                tree: Any = document.tree
                found.setdefault(tree["topic"], name)
        return found

    def courses(self) -> list[str]:
        """The keys of the pack's courses."""
        trees: list[Any] = [
            document.tree for name, document in self.documents.items() if "courses/" in name
        ]
        return [tree["id"] for tree in trees if isinstance(tree.get("id"), str)]

    # What the last import said ------------------------------------------------------------

    def memory(self) -> dict[str, dict[str, str]]:
        """Card id to field to a digest of what its source said; empty where nothing is kept."""
        try:
            with (self.root / MEMORY_FILE).open("rb") as stream:
                kept = json.loads(stream.read(_LARGEST_MEMORY))
        except (OSError, ValueError, RecursionError):
            return {}
        sound = isinstance(kept, dict) and all(isinstance(fields, dict) for fields in kept.values())
        return kept if sound else {}

    def write(self, texts: Mapping[str, str]) -> None:
        """Write files of the pack, each at once. Raises ImportFileError."""
        for name, text in texts.items():
            path = self.root / name
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                if not path.resolve().is_relative_to(self.root.resolve()):
                    raise ImportFileError(
                        "a link that leads out of the pack; delete it.", where=str(path)
                    )
                _replace(path, text.encode())
            except (OSError, ValueError, RuntimeError) as error:
                reason = (getattr(error, "strerror", None) or "it is no name of a file").lower()
                raise ImportFileError(
                    f"this cannot be written ({reason}); name another folder with --into.",
                    where=str(path),
                ) from None


def digest(value: object) -> str:
    """A few letters that stand for what a source says of a field."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _replace(path: Path, content: bytes) -> None:
    """Replace a file at once, so that nobody reads half of it."""
    mode = path.stat().st_mode if path.exists() else None
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        # A temporary file is nobody else's; a pack is to be read by whom the folder lets.
        beside.chmod(0o644 if mode is None else mode & 0o777)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
