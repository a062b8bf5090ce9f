"""Every sentence that a reader sees, in English: one module for each French catalogue."""

from __future__ import annotations

from aseqa.english.api import API
from aseqa.english.cli import COMMAND_LINE
from aseqa.english.documents import DOCUMENTS
from aseqa.english.dossier import DOSSIER
from aseqa.english.eval import EVALUATION
from aseqa.english.evaluation import EVALUATION_PAGE
from aseqa.english.feedback import FEEDBACK
from aseqa.english.filters import FILTERS
from aseqa.english.general import GENERAL
from aseqa.english.milvus import MILVUS
from aseqa.english.pages import PAGES
from aseqa.english.plot import PLOT
from aseqa.english.proof import PROOF
from aseqa.english.ray import RAY
from aseqa.english.read import READING
from aseqa.english.site import SITE
from aseqa.english.thread import THREAD

ENGLISH: dict[str, str] = {
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
