"""Settings: flags, then ``ASEQA_…`` variables, then ``aseqa.toml``, then defaults.

They are read at the edge only (the command line and the web chat); the stages
take plain keyword arguments.
"""

from __future__ import annotations

import importlib.util
import os
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from aseqa.errors import BackendMissing, BadSettings
from aseqa.messages import LANGUAGES, VARIABLE, message

FILE_NAME = "aseqa.toml"
VARIABLE_PREFIX = "ASEQA_"
MAX_QUESTION_CHARS = 1000
MAX_QUOTES = 50
MAX_THREADS = 256


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the index is, which encoder reads it, and how much it may use."""

    index: Path
    encoder: str = "e5-small-fr"
    threads: int = 2
    quotes: int = 3
    store: str | None = None


Value = Path | str | int


def load_settings(**flags: object) -> Settings:
    """Read the settings; a flag that is ``None`` was not given.

    Raises
    ------
    BadSettings
        When a key is unknown, a value has the wrong type, or ``aseqa.toml`` of the
        current folder cannot be read.

    Examples
    --------
    >>> load_settings(index="embeddings/index", quotes=5).quotes
    5
    """
    values: dict[str, Value] = {}
    for key, value, place in (*_from_file(Path(FILE_NAME)), *_from_variables(), *_from(flags)):
        if key not in _READERS:
            raise BadSettings(message("setting_unknown", name=key, place=place, known=_known()))
        values[key] = _READERS[key](key, value, place)
    if "index" not in values:
        values["index"] = default_index()
    return Settings(**values)  # type: ignore[arg-type]


def shipped_seeds() -> Path:
    """Give the folder of the corpus that comes with the product.

    Raises
    ------
    BackendMissing
        When the installation does not hold it.
    """
    spec = importlib.util.find_spec("aseqa_seeds")
    places = [Path(place) for place in (spec and spec.submodule_search_locations) or ()]
    # A checkout that runs without being installed.
    places.append(Path(__file__).resolve().parents[2] / "seeds")
    for place in places:
        if place.is_dir():
            return place
    raise BackendMissing(message("seeds_missing"))


def default_index() -> Path:
    """Give the index's place: in the checkout, or in the user's data folder."""
    checkout = shipped_seeds().parent
    if (checkout / "pyproject.toml").is_file():
        return checkout / "embeddings" / "index"
    import platformdirs

    return platformdirs.user_data_path("aseqa") / "index"


Setting = tuple[str, object, str]


def _from_file(path: Path) -> Iterator[Setting]:
    if not path.is_file():
        return
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        fault = _where(str(error))
        raise BadSettings(message("settings_file_unreadable", path=path, fault=fault)) from error
    for key, value in table.items():
        yield key, value, str(path)


def _where(fault: str) -> str:
    """Give the place that the TOML reader names, in French."""
    found = re.search(r"line (\d+), column (\d+)", fault)
    return message("settings_line", line=found[1], column=found[2]) if found else fault


def _from_variables() -> Iterator[Setting]:
    """Read the variables; an empty one counts as none: so a shell switches one off."""
    for name in sorted(os.environ):
        if name.startswith(VARIABLE_PREFIX) and os.environ[name]:
            text = os.environ[name]
            if name == VARIABLE:
                _check_language(text)
                continue
            key = name.removeprefix(VARIABLE_PREFIX).lower()
            number = key in ("threads", "quotes") and re.fullmatch(r"\s*\d{1,9}\s*", text)
            yield key, int(text) if number else text, message("settings_variable", name=name)


def _check_language(code: str) -> None:
    """Refuse a language that nothing is written in; ``messages`` reads the variable itself."""
    if code not in LANGUAGES:
        place = message("settings_variable", name=VARIABLE)
        raise _wrong("lang", code, place, message("setting_language"))


def _from(flags: dict[str, object]) -> Iterator[Setting]:
    for key, value in flags.items():
        if value is not None:
            yield key, value, message("settings_flag", name=key)


def _read_path(key: str, value: object, place: str) -> Path:
    if isinstance(value, str | Path) and str(value):
        return Path(value).expanduser()
    raise _wrong(key, value, place, message("setting_path"))


def _read_text(key: str, value: object, place: str) -> str:
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise _wrong(key, value, place, message("setting_text"))


def _read_threads(key: str, value: object, place: str) -> int:
    return _read_number(key, value, place, MAX_THREADS)


def _read_quotes(key: str, value: object, place: str) -> int:
    return _read_number(key, value, place, MAX_QUOTES)


def _read_number(key: str, value: object, place: str, most: int) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most:
        return value
    raise _wrong(key, value, place, message("setting_number", most=most))


def _wrong(key: str, value: object, place: str, allowed: str) -> BadSettings:
    return BadSettings(
        message("setting_wrong", name=key, value=value, place=place, allowed=allowed)
    )


_READERS: dict[str, Callable[[str, object, str], Value]] = {
    "index": _read_path,
    "encoder": _read_text,
    "threads": _read_threads,
    "quotes": _read_quotes,
    "store": _read_text,
}


def _known() -> str:
    return ", ".join(field.name for field in fields(Settings))
