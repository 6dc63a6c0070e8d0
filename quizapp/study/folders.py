"""Where the user's files live."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.core.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Mapping

HOME_VARIABLE = "QUIZAPP_HOME"


@dataclass(frozen=True, slots=True)
class Folders:
    """``data`` holds the database, ``config`` the settings file, ``cache`` what can be lost."""

    data: Path
    config: Path
    cache: Path


def folders(environment: Mapping[str, str]) -> Folders:
    """The user's folders; ``QUIZAPP_HOME`` puts all of them into one. Creates nothing."""
    home = environment.get(HOME_VARIABLE)
    if home:
        root = _expanded(home)
        return Folders(root, root, root / "cache")
    import platformdirs

    dirs = platformdirs.PlatformDirs("quizapp", appauthor=False)
    return Folders(dirs.user_data_path, dirs.user_config_path, dirs.user_cache_path)


def _expanded(home: str) -> Path:
    try:
        return Path(home).expanduser()
    except RuntimeError:
        raise QuizError(
            f"{HOME_VARIABLE} names the home of a user who does not exist; name a folder.",
            where=home,
        ) from None
