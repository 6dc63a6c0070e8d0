"""Starting something new in a pack: a card of a type, a whole small pack."""

from __future__ import annotations

import re
import shutil
from textwrap import indent
from typing import TYPE_CHECKING, Any

from quizapp.cards import types
from quizapp.core.errors import QuizError
from quizapp.core.slug import slug
from quizapp.packs.files import PACK_FILE, collect
from quizapp.study.editing import Spot

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from quizapp.packs.model import Item, Pack

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_SCHEMA = re.compile(r"(\$schema=)(?:\.\./)+schema/")
"""Where the lines for editors find the schemas, from within the example."""
_COMMON = """\
explanation: >-
  Why it is so, with an example in numbers, and what is usually mixed up.
items: [{item}]
sources:
  - {{course: {course}, place: {place}}}
"""


class AuthorError(QuizError):
    """Something new that cannot be started."""

    code = "author"


def new_card(root: Path, kind: str, topic: str, name: str | None = None) -> Spot:
    """Append a card to start from to the topic's file of a pack; return where it stands.

    It is right by the format as it is. ``name`` is its id, by default the topic with a number.
    Raises AuthorError, or PackError where there is no pack.
    """
    from quizapp.exercises.catalogue import family_ids
    from quizapp.packs.load import read_pack
    from quizapp.packs.payload import assemble, payload

    reading = read_pack(collect(root), frozenset(family_ids()))
    pack, taken = assemble(payload(reading), root), reading.seen["cards"]
    if not root.is_dir():
        raise AuthorError("a .zip cannot be written to: unpack it first.", where=str(root))
    _known("card type", kind, list(types()))
    topics = list(dict.fromkeys(item.topic for item in pack.items.values()))
    if not topics:
        raise AuthorError("its syllabus has no item yet: write one first.", where=str(root))
    _known("topic", topic, topics)
    item = _item(pack, topic)
    name = _free(taken, topic) if name is None else name
    if not _ID.fullmatch(name):
        raise AuthorError("an id has only small letters, digits and hyphens.", where=name[:80])
    if name in taken:
        raise AuthorError("this id is taken: choose another.", where=name)
    common = _COMMON.format(item=item.id, course=item.course, place=_quoted(item.place))
    fields = f"id: {name}\ntype: {kind}\n{types()[kind].EXAMPLE}{common}"
    return _append(root, topic, name, fields)


def new_pack(folder: Path, example: Path) -> list[Path]:
    """Copy the small example pack to a folder that is new or empty; return its files.

    The pack takes the name of the folder. Raises AuthorError.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AuthorError("this is not empty: name a new folder.", where=str(folder))
    shutil.copytree(example, folder, dirs_exist_ok=True)
    wanted = slug(folder.resolve().name)
    schemas = (example.parent / "schema").as_posix()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        text = path.read_text(encoding="utf-8")
        text = _SCHEMA.sub(lambda found: f"{found.group(1)}{schemas}/", text)
        if path.name == PACK_FILE:
            text = re.sub(r"(?m)^name: .*$", f"name: {wanted}", text)
        path.write_text(text, encoding="utf-8")
    return files


def _known(what: str, name: str, known: list[str]) -> None:
    if name not in known:
        raise AuthorError(f"there is no {what} '{name[:40]}'; there are {', '.join(known)}.")


def _item(pack: Pack, topic: str) -> Item:
    """The item of a topic that fewest cards cover."""
    covered = [item for card in pack.cards.values() for item in card.items]
    mine = [item for item in pack.items.values() if item.topic == topic]
    return min(mine, key=lambda item: (not item.examinable, covered.count(item.id)))


def _free(taken: Collection[str], topic: str) -> str:
    number = 1
    while f"{topic}-{number}" in taken:
        number += 1
    return f"{topic}-{number}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _append(root: Path, topic: str, name: str, fields: str) -> Spot:
    """Write a card to the end of the topic's file, in one move."""
    file = root / "cards" / f"{topic}.yaml"
    try:
        file.parent.mkdir(exist_ok=True)
        if file.exists():
            content = file.read_bytes()
            margin = " " * _margin(content, file)
            before = content.decode().rstrip()
        else:
            before, margin = f"topic: {topic}\ncards:", "  "
        card = f"{margin}- {indent(fields, margin + '  ').lstrip()}"
        new = f"{before}\n\n{card}"
        if _last_card(new, file) != name:
            message = "the cards are no list at the end of this file: make them one, then try again"
            raise AuthorError(message, where=str(file))
        temporary = file.with_name(f".{file.name}.new")
        temporary.write_text(new, encoding="utf-8")
        temporary.replace(file)
    except OSError as error:
        raise AuthorError(f"this cannot be written ({error.strerror}).", where=str(file)) from None
    return Spot(file, before.count("\n") + 3, root)


def _margin(content: bytes, file: Path) -> int:
    """Blanks before the dash of the last card. Raises PackError where the file is no YAML."""
    from quizapp.packs import strict_yaml

    keys = strict_yaml.parse(content, str(file)).places.root.entries or {}
    cards = keys["cards"].value.elements if "cards" in keys else None
    return max(0, cards[-1].column - 3) if cards else 2


def _last_card(text: str, file: Path) -> object:
    """The id of the last card of a file; None where it would be no file of cards."""
    from quizapp.packs import strict_yaml
    from quizapp.packs.errors import PackError

    try:
        tree: Any = strict_yaml.parse(text.encode(), str(file)).tree
    except PackError:
        return None
    cards = tree.get("cards") if isinstance(tree, dict) else None
    last = cards[-1] if isinstance(cards, list) and cards else None
    return last.get("id") if isinstance(last, dict) else None
