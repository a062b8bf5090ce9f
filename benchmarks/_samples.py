"""Sound files of every format that is read: what the fuzzer spoils."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from aseqa.read import SUFFIXES

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "seeds", ROOT / "tests" / "data")
MAX_BYTES = 200_000

PROSE = (
    "Le foyer d’Albi accueille 1 239 enfants. « Ils sont partis », dit M. X le 1er mai 2024 ; "
    "l'article L. 221-1 et la question n° 743 le disent aussi. Le budget atteint 113,5 M€."
)
HTML = (
    "<!DOCTYPE html><html lang=fr><head><meta charset=utf-8><title>Le foyer</title>"
    '<meta name=date content="2024-05-03"><meta property="og:url" content="https://a.example/x">'
    f"</head><body><nav>Menu</nav><article><h1>Le foyer</h1><p>{PROSE}</p><ul><li>un</li>"
    f"<li>deux</li></ul><table><tr><th>Lieu<th>Places<tr><td>Albi<td>12</table><p>{PROSE}</p>"
    "</article></body></html>"
)
MARKDOWN = (
    "---\ntitle: Le foyer\ndate: 2024-05-03\nauthor: M. X\nurl: https://a.example/x\n---\n\n"
    f"# Le foyer\n\n{PROSE}\n\n## Places\n\n- un\n- deux\n\n| Lieu | Places |\n|---|---|\n"
    f"| Albi | 12 |\n\n> {PROSE}\n\n```\ncode\n```\n"
)
TABLE = (
    "Région;Département;Enfants placés;Part;Date\nOccitanie;Tarn;1 239;5,5 %;03/05/2024\n"
    'Bretagne;"Finistère ; sud";20 000;"12,5 %";2024-05-03\n'
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A file: its name, whose suffix chooses the reader, and its bytes."""

    name: str
    raw: bytes

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix.lower()


def load_samples() -> list[Sample]:
    """Give the files of the corpus and of the tests, then those made here, in order."""
    paths = sorted(path for folder in FOLDERS for path in folder.rglob("*") if _is_sample(path))
    return [Sample(path.name, path.read_bytes()) for path in paths] + made_samples()


def _is_sample(path: Path) -> bool:
    told = path.suffix.lower() in SUFFIXES and "fuzz" not in path.parts
    return told and "marked" not in path.parts and path.stat().st_size <= MAX_BYTES


def made_samples() -> list[Sample]:
    """Give small files that the tests do not hold."""
    return [
        Sample("page.html", HTML.encode()),
        Sample("note.md", MARKDOWN.encode()),
        Sample("table.csv", TABLE.encode()),
        Sample("table.tsv", TABLE.replace(";", "\t").encode("cp1252", "replace")),
        Sample("courriel.eml", _mail()),
        Sample("note.docx", _word()),
        Sample("questions.zip", _questions()),
    ]


def _mail() -> bytes:
    mail = EmailMessage()
    mail["From"] = "M. Éric X <eric@a.example>"
    mail["To"] = "Mme Y <y@a.example>"
    mail["Date"] = "Fri, 03 May 2024 10:00:00 +0200"
    mail["Subject"] = "Le foyer d’Albi"
    mail.set_content(f"{PROSE}\n\nLe 2 mai 2024, Mme Y a écrit :\n> {PROSE}\n\n-- \nM. X\n")
    mail.add_alternative(HTML, subtype="html")
    mail.add_attachment(TABLE.encode(), maintype="text", subtype="csv", filename="été.csv")
    return mail.as_bytes()


def _word() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading("Le foyer", 0)
    document.add_heading("Places", 1)
    document.add_paragraph(PROSE)
    document.add_paragraph("un", style="List Number")
    document.add_paragraph("deux", style="List Number")
    table = document.add_table(2, 3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"case {number}"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _questions() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((ROOT / "tests" / "data" / "open_data").glob("QANR*")):
            archive.writestr(f"questions/{path.name}", path.read_bytes())
        archive.writestr("autre.json", json.dumps({"questions": {"question": []}}))
    return written.getvalue()
