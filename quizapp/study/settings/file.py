"""The settings file: read strictly, written with a comment on each setting."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from quizapp.study.settings.checking import stored
from quizapp.study.settings.model import NAMES, Settings, SettingsError, about


def load(path: Path) -> Settings:
    """The settings of a file, the defaults where there is none. Raises SettingsError."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"the settings cannot be read ({error}); mend the line or delete the file.",
            where=str(path),
        ) from None
    except OSError as error:
        raise SettingsError(
            f"the settings cannot be read ({error.strerror}).", where=str(path)
        ) from None
    unknown = [name for name in raw if name not in NAMES]
    if unknown:
        raise SettingsError(
            f"there is no setting '{unknown[0]}'; there are {', '.join(NAMES)}.", where=str(path)
        )
    try:
        return Settings(**{name: stored(name, value) for name, value in raw.items()})
    except SettingsError as error:
        raise SettingsError(error.message, where=f"{path}: {error.where}") from None


def save(path: Path, settings: Settings) -> None:
    """Write the settings with a comment on each, replacing the file in one move."""
    import tempfile  # here, since every start reads the settings and hardly any writes them

    lines = ["# quizapp's settings. Change them here or in the app (key , on the home screen).", ""]
    for field in fields(settings):
        value = getattr(settings, field.name)
        lines.append(f"# {about(field.name)}")
        lines.append(f"# {field.name} =" if value is None else f"{field.name} = {_toml(value)}")
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise SettingsError(
            f"the settings cannot be written ({error.strerror}); your changes hold until you quit.",
            where=str(path),
        ) from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, Mapping):
        # The keys are weekdays, so they need no quotes.
        return f"{{{', '.join(f'{key} = {_toml(part)}' for key, part in value.items())}}}"
    if isinstance(value, str):
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}"'
    return value.isoformat() if isinstance(value, date) else repr(value)
