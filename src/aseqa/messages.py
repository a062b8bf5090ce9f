"""Every sentence that a reader sees, in one catalogue; the language in force picks it.

French unless something says otherwise: ``speaking`` for a stretch of code, the variable
``ASEQA_LANG`` for a whole process. What French documents are cited by stays French.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from aseqa.messages_api import API
from aseqa.messages_cli import COMMAND_LINE
from aseqa.messages_documents import DOCUMENTS
from aseqa.messages_dossier import DOSSIER
from aseqa.messages_eval import EVALUATION
from aseqa.messages_evaluation import EVALUATION_PAGE
from aseqa.messages_feedback import FEEDBACK
from aseqa.messages_filters import FILTERS
from aseqa.messages_french import ALWAYS_FRENCH
from aseqa.messages_general import GENERAL
from aseqa.messages_milvus import MILVUS
from aseqa.messages_pages import PAGES
from aseqa.messages_plot import PLOT
from aseqa.messages_proof import PROOF
from aseqa.messages_ray import RAY
from aseqa.messages_read import READING
from aseqa.messages_site import SITE
from aseqa.messages_thread import THREAD

FRENCH: dict[str, str] = {
    **ALWAYS_FRENCH,
    **GENERAL,
    **COMMAND_LINE,
    **EVALUATION,
    **READING,
    **PROOF,
    **RAY,
    **THREAD,
    **DOSSIER,
    **API,
    **FILTERS,
    **MILVUS,
    **DOCUMENTS,
    **EVALUATION_PAGE,
    **SITE,
    **FEEDBACK,
    **PAGES,
    **PLOT,
}
LANGUAGES = ("fr", "en")
VARIABLE = "ASEQA_LANG"

_spoken: ContextVar[str | None] = ContextVar("aseqa_language", default=None)


def language() -> str:
    """Give the language in force: ``fr`` or ``en``."""
    return _spoken.get() or ("en" if os.environ.get(VARIABLE) == "en" else "fr")


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language of ``LANGUAGES`` for as long as the context lasts, in it alone.

    Examples
    --------
    >>> with speaking("en"):
    ...     message("chat_send")
    'Send'
    """
    if code not in LANGUAGES:
        raise ValueError(code)
    former = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(former)


def catalogue() -> Mapping[str, str]:
    """Give the sentences of the language in force; English is read once it is spoken."""
    if language() == "fr":
        return FRENCH
    from aseqa.english import ENGLISH

    return ENGLISH


def message(key: str, **values: object) -> str:
    """Give the sentence called ``key`` with its values filled in.

    Raises
    ------
    KeyError
        When the catalogue has no such sentence: a bug, not a user's mistake.

    Examples
    --------
    >>> message("chat_corpus_many", count=3)
    '3 documents interrogés'
    """
    told = (ALWAYS_FRENCH.get(key) or catalogue()[key]).format(**values)
    return told.encode("utf-8", "backslashreplace").decode("utf-8")


def label_of(key: str, fallback: str) -> str:
    """Give the sentence called ``key``, or ``fallback`` where the catalogue has none.

    Examples
    --------
    >>> label_of("chat_voice_loi", "loi"), label_of("chat_voice_x", "x")
    ('Loi', 'x')
    """
    return message(key) if key in FRENCH else fallback


def words_of(prefix: str) -> dict[str, str]:
    """Give the sentences whose keys begin with ``prefix``, without it, their places left open.

    A script fills them in itself.
    """
    return {
        key.removeprefix(prefix): words
        for key, words in catalogue().items()
        if key.startswith(prefix)
    }
