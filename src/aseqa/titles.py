"""Lists of titles: which articles of a question set to keep."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aseqa.errors import BadSettings
from aseqa.json_files import read_json
from aseqa.messages import message


def read_titles(given: str) -> tuple[str, ...]:
    """Read ``FILE``, a JSON list of titles, or ``FILE:key``, one list of a JSON object.

    Raises
    ------
    BadSettings
        When there is no such file, list or title; the message says what to give.
    """
    path, key = _parted(given)
    if not path.is_file():
        raise BadSettings(message("titles_missing", path=path))
    held = read_json(path)
    if isinstance(held, dict):
        listed = held.get(key)
        if not isinstance(listed, list):
            known = ", ".join(name for name, value in held.items() if isinstance(value, list))
            raise BadSettings(message("titles_key", path=path, known=known or "–"))
    elif key:
        raise BadSettings(message("titles_no_key", path=path, name=key))
    else:
        listed = held
    return _checked(path, listed)


def _parted(given: str) -> tuple[Path, str]:
    """Part a path from its key; a colon may also be in the path itself."""
    path, colon, key = given.rpartition(":")
    if not colon or Path(given).is_file():
        return Path(given), ""
    return Path(path), key


def _checked(path: Path, listed: Any) -> tuple[str, ...]:
    if (
        not isinstance(listed, list)
        or not listed
        or not all(isinstance(title, str) for title in listed)
    ):
        raise BadSettings(message("titles_list", path=path))
    return tuple(listed)
