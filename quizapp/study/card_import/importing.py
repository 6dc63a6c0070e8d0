"""A file of cards into a pack: the use case."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from quizapp.core.slug import slug
from quizapp.core.text import clean
from quizapp.packs.errors import PackError
from quizapp.packs.files import PACK_FILE
from quizapp.packs.strict_yaml import parse
from quizapp.packs.write_yaml import readable, yaml_text
from quizapp.study.card_import.formulas import sound
from quizapp.study.card_import.found import Found, ImportFileError, LeftOut
from quizapp.study.card_import.pack_folder import MEMORY_FILE, PackFolder
from quizapp.study.card_import.taking_in import TakingIn
from quizapp.study.card_import.yaml_entries import with_entries
from quizapp.study.files import as_text, opened, text_lines

if TYPE_CHECKING:
    from typing import BinaryIO

Form = Literal["csv", "tsv", "markdown", "apkg"]
FORMS: tuple[Form, ...] = ("csv", "tsv", "markdown", "apkg")
_ENDINGS: dict[str, Form] = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".apkg": "apkg",
    ".colpkg": "apkg",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What an import has done."""

    folder: Path
    made: bool
    """Whether the pack was not there before."""
    new: int
    changed: int
    same: int
    left_out: tuple[LeftOut, ...]
    """In the order of the source, as far as it has one."""
    remarks: tuple[str, ...]
    """Sentences on what was done to texts."""
    topics: tuple[str, ...]
    """Topics of the new cards."""


def form_of(file: Path) -> Form:
    """The form of a file by its ending. Raises ImportFileError where it tells none."""
    form = _ENDINGS.get(file.suffix.lower())
    if form is None:
        raise ImportFileError(
            f"the ending does not say what this is; add --as with one of {', '.join(FORMS)}.",
            where=str(file),
        )
    return form


def import_cards(
    file: Path,
    into: Path | None,
    *,
    form: Form | None = None,
    course: str | None = None,
    topic: str | None = None,
) -> Report:
    """Take the cards of a file into the pack in a folder, which is made where there is none.

    ``into`` None is a folder called like the file, in the present one. A card that was imported
    before keeps its id; only what its source says anew is changed. Nothing is written where
    nothing changes. Raises a QuizError with a place.
    """
    form = form or form_of(file)
    with opened(str(file)) as stream:
        found = _found(stream, file.name, form)
    folder = PackFolder(into or Path(slug(file.stem)))
    key = _course(folder, course)
    taking = TakingIn(found, folder, key, topic)
    taking.run()
    if taking.new or taking.changed:
        folder.write(_texts(folder, taking, key, found.title))
    return Report(
        folder=folder.root,
        made=folder.is_new and bool(taking.new),
        new=sum(map(len, taking.new.values())),
        changed=sum(map(len, taking.changed.values())),
        same=taking.same,
        left_out=(*found.left_out, *taking.left_out),
        remarks=tuple(one.told(count) for one, count in found.remarks.items() if count),
        topics=tuple(taking.new),
    )


def _found(stream: BinaryIO, name: str, form: Form) -> Found:
    name = clean(name)
    if form == "apkg":
        from quizapp.study.card_import.anki_source import read_package

        return read_package(stream, name)
    with as_text(stream) as text:
        lines = text_lines(text)
        if form == "markdown":
            from quizapp.study.card_import.markdown_source import read_markdown

            return read_markdown(lines, name)
        from quizapp.study.card_import.csv_source import read_csv

        return read_csv(lines, name, tabs=form == "tsv")


def _course(folder: PackFolder, wanted: str | None) -> str:
    """The course that the cards are for. Raises ImportFileError where it is not clear."""
    courses = folder.courses()
    if wanted is not None:
        if slug(wanted) != wanted:
            raise ImportFileError(
                f"a key of a course has small letters, digits and hyphens; --course {slug(wanted)} "
                "would do."
            )
        return wanted
    if len(courses) > 1:
        raise ImportFileError(
            f"the pack has several courses; name one with --course: {', '.join(courses)}.",
            where=str(folder.root),
        )
    return courses[0] if courses else slug(folder.root.resolve().name)


# Texts -------------------------------------------------------------------------------------


def _texts(folder: PackFolder, taking: TakingIn, course: str, title: str) -> dict[str, str]:
    """The files to write, by their names in the pack. Raises ImportFileError."""
    texts = {
        **_heads(folder, course, _as_prose(title)),
        **_items(folder, taking, course, _as_prose(title)),
        **_cards(folder, taking),
    }
    for name, text in texts.items():
        _check(name, text)
    memory = ((key, taking.memory[key]) for key in sorted(taking.memory))
    rows = ",\n".join(f"{json.dumps(key)}: {json.dumps(said)}" for key, said in memory)
    return {**texts, MEMORY_FILE: f"{{\n{rows}\n}}\n"}


def _heads(folder: PackFolder, course: str, title: str) -> dict[str, str]:
    """pack.yaml and the course, where they are missing."""
    texts: dict[str, str] = {}
    shown = _as_prose(folder.root.resolve().name) or course
    about = f"Cards imported from {title}."
    if folder.is_new:
        head = {"name": slug(shown), "title": shown, "version": "1", "licence": "not stated"}
        texts[PACK_FILE] = yaml_text({**head, "about": about})
    if course not in folder.courses():
        fields = {"id": course, "title": shown, "about": about}
        texts[f"courses/{course}.yaml"] = yaml_text(fields)
    return texts


def _items(folder: PackFolder, taking: TakingIn, course: str, title: str) -> dict[str, str]:
    """The items that new cards cover, where they are missing."""
    missing: dict[str, list[dict[str, Any]]] = {}
    for item, topic in taking.items.items():
        missing.setdefault(topic, []).append(_item(item, course, topic, title))
    return dict(
        _listed(folder, "syllabus", "items", topic, {}, items) for topic, items in missing.items()
    )


def _cards(folder: PackFolder, taking: TakingIn) -> dict[str, str]:
    """The files with new cards, and those with changed ones only."""
    texts: dict[str, str] = {}
    files = folder.topics("cards")
    for topic, cards in taking.new.items():
        changed = taking.changed.get(files.get(topic, ""), {})
        name, text = _listed(folder, "cards", "cards", topic, changed, cards)
        texts[name] = text
    for name, changed in taking.changed.items():
        if name not in texts:
            texts[name] = with_entries(folder.documents[name], "cards", changed, ())
    return texts


def _item(item: str, course: str, topic: str, title: str) -> dict[str, Any]:
    return {
        "id": item,
        "course": course,
        "kind": "concept",
        "place": title,
        "statement": f"What the imported cards on {topic} ask for.",
    }


def _listed(
    folder: PackFolder,
    where: str,
    key: str,
    topic: str,
    changed: dict[int, dict[str, Any]],
    added: list[dict[str, Any]],
) -> tuple[str, str]:
    """The file of a topic with entries changed and added, and its text."""
    name = folder.topics(where).get(topic)
    if name is not None:
        return name, with_entries(folder.documents[name], key, changed, added)
    name, number = f"{where}/{slug(topic)}.yaml", 2
    while name in folder.documents:  # another topic has the file of this name
        name, number = f"{where}/{slug(topic)}-{number}.yaml", number + 1
    head = yaml_text({"topic": topic})
    body = yaml_text({key: added}).replace("\n  - ", "\n\n  - ")
    return name, head + body.replace(":\n\n", ":\n", 1)


def _as_prose(name: str) -> str:
    """The name of a file as a text of a pack: a dollar in it begins no formula."""
    return sound(readable(" ".join(name.split())[:200]))[0].strip()


def _check(name: str, text: str) -> None:
    try:
        parse(text.encode(), name)
    except PackError as error:
        raise ImportFileError(
            f"so many cards do not fit into {name} ({error.message}); split them by topic."
        ) from None
