"""A dossier as one web page: no script, nothing from outside, footnotes with links back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from aseqa.dossier import Dossier
from aseqa.export.blocks import Asking, Content, Proof, Quotation, Title, Words
from aseqa.export.content import content_of, parted
from aseqa.messages import language, message

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1.05rem/1.55 Georgia, "Times New Roman", serif; max-width: 44rem; margin: 2rem auto;
  padding: 0 1rem; overflow-wrap: anywhere; }
h1, h2, h3 { font-family: system-ui, sans-serif; line-height: 1.25; break-after: avoid; }
blockquote { margin: 1rem 0 0.25rem; padding-left: 1rem; border-left: 0.25rem solid; }
blockquote p, .note p { margin: 0; white-space: pre-wrap; }
figure, .question { break-inside: avoid; }
.question { margin: 1.5rem 0 0.5rem; font-style: italic; break-after: avoid; }
figure { margin: 0 0 1.25rem; }
figcaption { padding-left: 1.25rem; font-size: 0.95rem; }
.note { margin: 0.5rem 0 1.25rem 1.25rem; padding: 0.5rem 0.75rem; border: 1px dashed;
  font-family: system-ui, sans-serif; font-size: 0.95rem; }
.notes, .seals { font-size: 0.92rem; }
dt { font-weight: bold; }
dd { margin: 0 0 0.25rem 1rem; font-family: ui-monospace, monospace; }
@media print {
  body { max-width: none; margin: 0; font-size: 11pt; color: #000; background: #fff; }
  a { color: inherit; text-decoration: none; }
  .back { display: none; }
  .seals { break-before: page; }
}
"""


def write(dossier: Dossier, today: date | None = None) -> bytes:
    """Give the page, in UTF-8."""
    content = content_of(dossier, today)
    return ("\n".join(_lines(content)) + "\n").encode()


def _lines(content: Content) -> Iterator[str]:
    title = escape(content.title)
    yield f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{title}</h1>"
    yield from (f"<p>{escape(line)}</p>" for line in content.lead)
    yield from (_block(block) for block in content.body)
    if content.proofs:
        yield from _notes(content)
    yield from _seals(content)
    yield "</main>\n</body>\n</html>"


def _block(block: Title | Words | Asking | Quotation) -> str:
    if isinstance(block, Title):
        return f"<h2>{escape(block.text)}</h2>"
    if isinstance(block, Asking):
        asked = message("dossier_question", colon=message("colon"), question=block.text)
        return f'<p class="question">{escape(asked)}</p>'
    if isinstance(block, Words):
        lines = "".join(f"<p>{escape(line)}</p>" for line in block.lines)
        return f'<div class="note" role="note">{lines}</div>'
    return _quotation(block)


def _quotation(block: Quotation) -> str:
    answer = f"<strong>{escape(block.answer)}</strong>" if block.answer else ""
    words = message("quoted", text=f"{escape(block.before)}{answer}{escape(block.after)}")
    label = escape(message("dossier_call", number=block.number))
    call = (
        f'<sup><a id="appel-{block.number}" href="#note-{block.number}" role="doc-noteref" '
        f'aria-label="{label}">{block.number}</a></sup>'
    )
    return (
        f'<figure id="citation-{block.number}">'
        f'<blockquote lang="fr"><p>{words}{call}</p></blockquote>'
        f"<figcaption>— {escape(block.voice)}</figcaption></figure>"
    )


def _notes(content: Content) -> Iterator[str]:
    yield '<section class="notes" role="doc-endnotes">'
    yield f"<h2>{escape(message('dossier_notes_title'))}</h2>\n<ol>"
    yield from (_footnote(quotation) for quotation in content.quotations)
    yield "</ol>\n</section>"


def _footnote(block: Quotation) -> str:
    before, address, after = parted(block)
    link = f'<a href="{escape(address)}" rel="noreferrer">{escape(address)}</a>' if address else ""
    facts = (f"{escape(before)}{link}{escape(after)}", *map(escape, block.note[1:]))
    label = escape(message("dossier_back", number=block.number))
    back = (
        f'<a class="back" href="#appel-{block.number}" role="doc-backlink" '
        f'aria-label="{label}">↩</a>'
    )
    return f'<li id="note-{block.number}">{message("fact_separator").join(facts)} {back}</li>'


def _seals(content: Content) -> Iterator[str]:
    yield f'<section class="seals">\n<h2>{escape(message("dossier_seals"))}</h2>'
    if content.proofs:
        yield f"<p>{escape(message('dossier_seals_intro'))}</p>"
        yield f"<p>{escape(message('dossier_seals_check'))}</p>"
    else:
        yield f"<p>{escape(message('dossier_seals_none'))}</p>"
    yield from (_proof(proof) for proof in content.proofs)
    yield "</section>"


def _proof(proof: Proof) -> str:
    facts = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in proof.facts
    )
    heading = escape(message("dossier_seal_heading", number=proof.number))
    return f"<h3>{heading}</h3>\n<dl>{facts}</dl>"
