"""The page of documents: what stands on it, before its scripts fill it."""

from __future__ import annotations

from html import escape

from aseqa.messages import message, words_of
from aseqa_ui.limits import Limits
from aseqa_ui.plain_page import PlainPage

# The orders offered, and how the page asks for them.
_ORDERS = ("date_down", "date_up", "title_up", "author_up", "kind_up", "source_up")
_UNITS = (("gigabytes", 2**30), ("megabytes", 2**20), ("kilobytes", 2**10))
_STYLES = ("documents.css",)
_LIST = ("documents.js",)
_MANAGED = ("documents_jobs.js", "documents_acts.js", "documents_add.js")

_BODY = """<h1>{title}</h1><p class="aq-quiet">{lead}</p>
{adding}
<section aria-labelledby="aq-corpus-title">
<div class="aq-head"><h2 id="aq-corpus-title">{corpus}</h2>{updating}</div>
<form id="aq-search" class="aq-search" role="search">
<label><span>{search}</span><input type="search" name="q" maxlength="200" placeholder="{hint}"
 autocomplete="off"></label>
<label><span>{sort}</span><select name="order">{orders}</select></label></form>
<p id="aq-count" class="aq-quiet" role="status">{loading}</p>
<table id="aq-documents" hidden><thead><tr>{columns}</tr></thead><tbody></tbody></table>
<nav id="aq-pager" class="aq-pager" hidden><button type="button" data-step="-1">{earlier}</button>
<button type="button" data-step="1">{later}</button></nav></section>
{dialog}"""

_ADDING = """<section class="aq-panel aq-adding" aria-labelledby="aq-add-title">
<h2 id="aq-add-title">{add}</h2>
<div id="aq-drop" class="aq-drop"><p class="aq-drop-told">{drop}</p><p class="aq-quiet">{or}</p>
<p class="aq-pickers"><label class="aq-button aq-primary">{pick_files}
<input id="aq-files" class="aq-offscreen" type="file" multiple></label>
<label class="aq-button">{pick_folder}
<input id="aq-folder" class="aq-offscreen" type="file" webkitdirectory></label></p></div>
<p class="aq-quiet aq-small">{types}</p>
<div id="aq-sending" role="status"></div></section>
<section id="aq-jobs" aria-labelledby="aq-jobs-title" hidden><h2 id="aq-jobs-title">{jobs}</h2>
<p id="aq-jobs-lost" class="aq-fault" role="alert" hidden></p><div id="aq-jobs-list"></div>
</section>"""

_UPDATING = """<p class="aq-updating"><button type="button" id="aq-renew" title="{renew_hint}"
>{renew}</button> <button type="button" id="aq-rebuild">{rebuild}</button></p>"""

_DIALOG = """<dialog id="aq-dialog" class="aq-dialog" aria-labelledby="aq-dialog-title">
<form method="dialog"><h2 id="aq-dialog-title"></h2><div id="aq-dialog-text"></div>
<p class="aq-dialog-acts"></p></form></dialog>"""


def documents_page(limits: Limits, manages: bool) -> PlainPage:
    """Lay the page out, with what changes the corpus for a reader who ``manages`` it."""
    words = {key: escape(told) for key, told in words_of("documents_").items()}
    words["types"] = escape(
        message(
            "documents_types",
            size=sized(limits.upload_bytes),
            files=limits.batch_files,
            total=sized(limits.queue_bytes),
        )
    )
    body = _BODY.format(
        **words,
        hint=words["search_hint"],
        adding=_ADDING.format(**words) if manages else "",
        updating=_UPDATING.format(**words) if manages else "",
        dialog=_DIALOG if manages else "",
        orders="".join(
            f'<option value="{order}">{words[f"sort_{order}"]}</option>' for order in _ORDERS
        ),
        columns="".join(
            f'<th scope="col">{words[f"column_{name}"]}</th>'
            for name in ("title", "kind", "date", "size", "acts")
        ),
    )
    scripts = (*_LIST, *_MANAGED) if manages else _LIST
    return PlainPage(
        "documents", message("documents_title"), body, _STYLES, scripts, _page_words(limits)
    )


def _page_words(limits: Limits) -> dict[str, object]:
    return {
        **words_of("documents_"),
        "limits": {
            "file": limits.upload_bytes,
            "files": limits.batch_files,
            "total": limits.queue_bytes,
        },
    }


def sized(count: int) -> str:
    """Give a number of bytes as a reader is told it.

    Examples
    --------
    >>> sized(128 * 1024 * 1024), sized(300)
    ('128 Mo', '300 octets')
    """
    for unit, size in _UNITS:
        if count >= size:
            told = f"{count / size:.1f}".removesuffix(".0")
            return message(f"documents_{unit}", count=told)
    return message("documents_bytes", count=count)
