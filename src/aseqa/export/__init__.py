"""Dossiers as files: one module a format, from a dossier to the bytes of a file."""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from aseqa.dossier import Dossier
from aseqa.errors import BackendMissing, BadSettings
from aseqa.messages import message

__all__ = ["FORMATS", "Format", "export_dossier", "file_name"]

MAX_NAME_CHARS = 60

Writer = Callable[[Dossier, date | None], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of export: the module that writes it, its suffix, its media type.

    ``library`` is the distribution that the module needs, if any.
    """

    module: str
    suffix: str
    media_type: str
    library: str | None = None


FORMATS: dict[str, Format] = {
    "docx": Format(
        "docx",
        ".docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "python-docx",
    ),
    "odt": Format("odt", ".odt", "application/vnd.oasis.opendocument.text", "odfdo"),
    "markdown": Format("markdown", ".md", "text/markdown; charset=utf-8"),
    "html": Format("html", ".html", "text/html; charset=utf-8"),
    "csv": Format("table", ".csv", "text/csv; charset=utf-8"),
    "json": Format("whole", ".json", "application/json"),
}


def export_dossier(dossier: Dossier, style: str, today: date | None = None) -> bytes:
    """Give the bytes of the file that holds a dossier.

    Parameters
    ----------
    style
        ``docx``, ``odt``, ``markdown``, ``html``, ``csv`` or ``json``.
    today
        The day that the file bears; without it, the same dossier gives the same words.

    Raises
    ------
    BadSettings
        When there is no such format.
    BackendMissing
        When the library of the format is not installed.

    Examples
    --------
    >>> Path("dossier.docx").write_bytes(export_dossier(dossier, "docx"))  # doctest: +SKIP
    """
    found = _format(style)
    module = importlib.import_module(f"aseqa.export.{found.module}")
    write: Writer = module.write
    try:
        return write(dossier, today)
    except ModuleNotFoundError as error:
        missing = {"style": style, "library": found.library or error.name}
        raise BackendMissing(message("dossier_library_missing", **missing)) from error


def file_name(dossier: Dossier, style: str) -> str:
    """Give a file's name that every system takes, whatever the title holds.

    Examples
    --------
    >>> file_name(Dossier("L'été : 11 000 mineurs"), "docx")
    'dossier-l-ete-11-000-mineurs.docx'
    """
    plain = unicodedata.normalize("NFKD", dossier.title).encode("ascii", "ignore").decode().lower()
    slug = _not_a_letter().sub("-", plain)[:MAX_NAME_CHARS].strip("-")
    # The word in front keeps off the names that Windows reserves.
    parts = (message("dossier_file"), slug)
    return "-".join(part for part in parts if part) + _format(style).suffix


def _format(style: str) -> Format:
    found = FORMATS.get(style)
    if found is None:
        known = ", ".join(FORMATS)
        raise BadSettings(message("dossier_style_unknown", style=style, known=known))
    return found


def _not_a_letter() -> re.Pattern[str]:
    return re.compile(r"[^a-z0-9]+")
