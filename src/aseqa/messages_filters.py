"""The sentences of the chat's filters and of its history; ``page`` ones are said by scripts."""

from __future__ import annotations

FILTERS: dict[str, str] = {
    # Above an answer
    "filters_told": "Recherche filtrée ({filters})",
    "filters_separator": "\u00a0; ",
    "filters_fact": "{label}\u00a0: {values}",
    "filters_since": "depuis le {date}",
    "filters_until": "jusqu'au {date}",
    "filters_as_of": "à la date du {date}",
    "filters_kinds": "type",
    "filters_voices": "voix",
    "filters_territories": "territoire",
    "filters_authors": "auteur",
    "filters_sources": "document",
    "filters_widen_out": "Chercher dans tout le corpus",
    "filters_widen": "Reposer la question sans filtre",
    # What a browser sent that is no filter
    "filters_refused": "Les filtres envoyés ne sont pas lisibles\u00a0: retirez-les, puis "
    "choisissez-les à nouveau.",
    "filters_many": "Le filtre «\u00a0{label}\u00a0» compte trop de choix ({count}\u00a0; la "
    "limite est de {limit})\u00a0: retirez-en.",
    "filters_voice_unknown": "«\u00a0{value}\u00a0» n'est pas une voix connue\u00a0: retirez ce "
    "filtre.",
    "filters_day": "«\u00a0{value}\u00a0» n'est pas une date\u00a0: écrivez AAAA-MM-JJ.",
    "filters_order": "La période finit avant de commencer ({since}, {until})\u00a0: changez une "
    "des deux dates.",
    # The panel
    "filters_open": "Filtrer",
    "filters_title": "Filtrer les documents interrogés",
    "filters_text": "Les filtres s'appliquent aux questions suivantes. Les nombres sont ceux des "
    "documents\u00a0; pour un document, celui de ses phrases.",
    "filters_period": "Période de publication",
    "filters_from": "Du",
    "filters_to": "Au",
    "filters_on": "À la date du",
    "filters_on_text": "Ce qui était publié ce jour-là\u00a0; pour la loi, ce qui était en "
    "vigueur.",
    "filters_years": "Une année",
    "filters_legend_kinds": "Type de document",
    "filters_legend_voices": "Qui parle",
    "filters_legend_territories": "Territoire",
    "filters_legend_authors": "Auteur",
    "filters_legend_sources": "Document",
    "filters_file_other": "{title} (et {count} autre document)",
    "filters_file_more": "{title} (et {count} autres documents)",
    "filters_search": "Chercher dans cette liste",
    "filters_clear": "Retirer tous les filtres",
    "filters_close": "Fermer",
    # The page's scripts
    "filters_page_locale": "fr-FR",
    "filters_page_first": "1er",
    "filters_page_open": "Filtrer",
    "filters_page_open_count": "Filtrer ({count})",
    "filters_page_none": "Aucun filtre",
    "filters_page_one": "1 filtre",
    "filters_page_many": "{count} filtres",
    "filters_page_more": "… et {count} autres\u00a0: écrivez quelques lettres.",
    "filters_page_no_match": "Rien de tel dans cette liste.",
    "filters_page_empty": "Rien à choisir dans ce corpus.",
    "filters_page_remove": "retirer ce filtre",
    "filters_page_removed": "Filtre retiré\u00a0: {name}",
    "filters_page_cleared": "Tous les filtres sont retirés",
    "filters_page_order": "La période finit avant de commencer.",
    "filters_page_chip": "{label}\u00a0: {name}",
    "filters_page_kinds": "Type",
    "filters_page_voices": "Voix",
    "filters_page_territories": "Territoire",
    "filters_page_authors": "Auteur",
    "filters_page_sources": "Document",
    "filters_page_since": "Depuis le {name}",
    "filters_page_until": "Jusqu'au {name}",
    "filters_page_as_of": "À la date du {name}",
    # Stopping
    "filters_stop": "Arrêter",
    "filters_page_stopped": "Recherche arrêtée.",
    # The history
    "history_open": "Historique",
    "history_title": "Conversations gardées dans ce navigateur",
    "history_text": "Elles ne sont ni envoyées, ni gardées ailleurs. Une réponse restaurée est "
    "celle du jour où elle a été donnée.",
    "history_keep": "Garder mes conversations dans ce navigateur",
    "history_clear": "Tout effacer",
    "history_sure": "Effacer toutes les conversations gardées\u00a0?",
    "history_yes": "Oui, tout effacer",
    "history_no": "Annuler",
    "filters_page_history_none": "Aucune conversation gardée.",
    "filters_page_history_off": "Les conversations ne sont pas gardées.",
    "filters_page_history_one": "{date}, 1 question",
    "filters_page_history_many": "{date}, {count} questions",
    "filters_page_history_delete": "Effacer",
    "filters_page_history_deleted": "Conversation effacée",
    "filters_page_history_cleared": "Toutes les conversations sont effacées",
    "filters_page_history_current": "en cours",
}
