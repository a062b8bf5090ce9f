"""The sentences of the source pane around pages of a PDF file, and between quotes."""

from __future__ import annotations

PAGES: dict[str, str] = {
    "pages_view": "Affichage du document",
    "pages_as_pages": "Pages",
    "pages_as_text": "Texte",
    "pages_zoom": "Agrandir",
    "pages_loading": "Chargement des pages…",
    "pages_alt": "Page {number} sur {count} de «\u00a0{title}\u00a0»",
    "pages_number": "Page {number} sur {count}",
    "pages_range": "Pages {first} à {last} sur {count}",
    "pages_quote": "Citation\u00a0: «\u00a0{text}\u00a0»",
    "pages_page_failed": "Cette page ne peut pas être affichée.",
    "pages_lost": "Les pages n'ont pas pu être chargées\u00a0: voici le texte.",
    "pages_unmarked": "Le passage cité ne se retrouve pas mot pour mot dans ce document\u00a0: "
    "rien n'y est surligné.",
    "pages_unplaced": "La place de la citation sur la page n'est pas connue\u00a0: elle est "
    "surlignée dans le texte.",
    "pages_steps": "Citations de la réponse",
    "pages_step_back": "Citation précédente",
    "pages_step_on": "Citation suivante",
    "pages_step_back_key": "Citation précédente (Alt + ↑)",
    "pages_step_on_key": "Citation suivante (Alt + ↓)",
    "pages_step_count": "{number} sur {count}",
    "pages_step_told": "Citation {number} sur {count}",
    # Problems of the routes
    "pages_none": "Pas de page",
    "pages_none_detail": "Ce document n'est pas dans le corpus, n'a pas de pages, ou n'en a pas "
    "autant.",
    "pages_gone": "Fichier changé ou disparu",
    "pages_gone_detail": "Le fichier a changé ou a disparu depuis qu'il a été indexé\u00a0: "
    "voici le texte indexé. Pour mettre l'index à jour\u00a0: aseqa index",
    "pages_failed": "Page impossible à dessiner",
    "pages_failed_detail": "Le fichier est abîmé, ou demande trop de temps ou de mémoire\u00a0: "
    "voici le texte indexé.",
    "pages_width": "Demande mal formée",
    "pages_width_detail": "«\u00a0width\u00a0» est un nombre de pixels.",
}
