"""A dossier as JSON: whole, with the seals; `aseqa verify` and `read_dossier` read it."""

from __future__ import annotations

from datetime import date

from aseqa.dossier import Dossier
from aseqa.render import render_json


def write(dossier: Dossier, today: date | None = None) -> bytes:
    """Give the dossier as JSON; ``today``, if given, is added as ``exported``."""
    record = dossier.to_dict()
    if today:
        record["exported"] = today.isoformat()
    return render_json(record, indent=2).encode() + b"\n"
