"""The sentences around every page, in English."""

from __future__ import annotations

SITE: dict[str, str] = {
    "site_title": "{title} – aseqa",
    "site_skip": "Skip to content",
    "site_nav": "Pages",
    "site_questions": "Questions",
    "site_documents": "Documents",
    "site_evaluation": "Evaluation",
    "site_logout": "Log out ({name})",
}
