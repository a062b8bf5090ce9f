"""The sentences around every page: where one is, where one can go, how to leave."""

from __future__ import annotations

SITE: dict[str, str] = {
    "site_title": "{title} – aseqa",
    "site_skip": "Aller au contenu",
    "site_nav": "Pages",
    "site_questions": "Questions",
    "site_documents": "Documents",
    "site_evaluation": "Évaluation",
    "site_logout": "Se déconnecter ({name})",
}
