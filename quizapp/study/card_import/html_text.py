"""The text of a field of HTML: no tags, lines and lists kept, media named.

Looks at every character once, however the field is made: the reader of the standard library
takes quadratic time over some hostile ones, and numbers of thousands of digits make it fail.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_BREAKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "thead",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(("script", "style", "head", "title", "template"))
_TAG = re.compile(r"/?[A-Za-z][A-Za-z0-9:-]{0,30}")
_SOURCE = re.compile(r"""\bsrc\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_SOUND = re.compile(r"\[sound:([^\[\]\n]{1,300})\]")
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_LONGEST_TAG = 10_000
_LONGEST_NAME = 80
_RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()aeijoruvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₒᵣᵤᵥₓ", strict=True))
_SCRIPTS = {"sup": ("^", _RAISED), "sub": ("_", _LOWERED)}


@dataclass(slots=True)
class _Output:
    """What has been read; a stack, for what stands within <sub> or <sup>."""

    parts: list[list[str]] = field(default_factory=lambda: [[]])
    scripts: list[str] = field(default_factory=list)
    media: int = 0

    def put(self, text: str) -> None:
        self.parts[-1].append(text)

    def open(self, script: str) -> None:
        if len(self.scripts) < 4:
            self.scripts.append(script)
            self.parts.append([])

    def close(self, script: str) -> None:
        if self.scripts and self.scripts[-1] == script:
            self.scripts.pop()
            inner = "".join(self.parts.pop()).strip()
            self.put(_script(script, inner))


def text_of(source: str) -> tuple[str, int]:
    """The text of some HTML, and how many pictures and sounds it names.

    Blank lines stand between what the HTML sets on lines of their own.
    """
    out = _Output()
    position, skipped, preformatted = 0, "", False
    while position < len(source):
        start = source.find("<", position)
        text = source[position : start if start >= 0 else len(source)]
        if text and not skipped:
            out.put(_words(text, out, preformatted=preformatted))
        if start < 0:
            break
        name, inside, position = _tag(source, start)
        if skipped:
            skipped = "" if name == f"/{skipped}" else skipped
        elif not name:
            if inside:
                out.put(inside)
        elif name in _SILENT:
            skipped = name
        else:
            preformatted = name == "pre" or (preformatted and name != "/pre")
            _obey(name, inside, out)
    while out.scripts:
        out.close(out.scripts[-1])
    return _tidied("".join(out.parts[0])), out.media


def _tag(source: str, start: int) -> tuple[str, str, int]:
    """Name of the tag at ``<``, what is in it, and where it ends.

    Without a name the second is the text that stands there instead, empty for a comment.
    """
    if source.startswith("<!--", start):
        end = source.find("-->", start + 4)
        return "", "", len(source) if end < 0 else end + 3
    match = _TAG.match(source, start + 1)
    if match is None:
        # <!DOCTYPE and <?xml are silent; anything else is a sign of its own, as in 1 < 2
        if source[start + 1 : start + 2] in {"!", "?"}:
            end = source.find(">", start, start + _LONGEST_TAG)
            return "", "", start + 2 if end < 0 else end + 1
        return "", "<", start + 1
    end = source.find(">", match.end(), match.end() + _LONGEST_TAG)
    if end < 0:
        return "", "<", start + 1
    if source.count('"', match.end(), end) % 2:  # a > within quotes
        further = source.find(">", source.find('"', end) + 1, end + _LONGEST_TAG)
        end = max(end, further)
    return match[0].lower(), source[match.end() : end], end + 1


def _obey(name: str, inside: str, out: _Output) -> None:
    bare = name.removeprefix("/")
    if bare in _SCRIPTS:
        (out.close if name.startswith("/") else out.open)(bare)
    elif name == "li":
        out.put("\n- ")
    elif name in {"td", "th"}:
        out.put(" | ")
    elif name == "img":
        out.media += 1
        found = _SOURCE.search(inside)
        out.put(f" [image: {_name(found[1].strip(chr(34) + chr(39)) if found else '')}] ")
    elif bare in _BREAKS:
        out.put("\n\n")


def _words(text: str, out: _Output, *, preformatted: bool) -> str:
    text = "\n\n".join(text.split("\n")) if preformatted else _SPACES.sub(" ", text)
    # Before entities are resolved: what is written with them is text, no command.
    text, sounds = _SOUND.subn(lambda match: f" [sound: {_name(match[1])}] ", text)
    out.media += sounds
    text = _unescaped(text)
    return text.replace("\xa0", " ")


def _unescaped(text: str) -> str:
    try:
        return html.unescape(text) if "&" in text else text
    except ValueError:  # a character of thousands of digits
        return text


def _name(raw: str) -> str:
    name = _unescaped(raw)
    # In brackets no bracket, and nothing that our texts would read as maths or a blank.
    return " ".join(re.sub(r"[\[\]{}$\\]", "", name).split())[:_LONGEST_NAME] or "without a name"


def _script(script: str, text: str) -> str:
    sign, table = _SCRIPTS[script]
    if not text:
        return ""
    if all(letter in table for letter in text):
        return "".join(table[letter] for letter in text)
    return f"{sign}{text}" if len(text) == 1 else f"{sign}({text})"


def _tidied(text: str) -> str:
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \t]{2,}", " ", text))
    text = re.sub(r"\n- *\n+", "\n- ", re.sub(r"\n{2,}", "\n\n", text))
    rows = re.sub(r"\n\| ", "\n", f"\n{text}")
    return re.sub(r"\n{2,}- ", "\n- ", rows).strip()
