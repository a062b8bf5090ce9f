"""The sentences about readers' feedback; ``page`` ones are said by its script."""

from __future__ import annotations

FEEDBACK: dict[str, str] = {
    "help_feedback": "Ajoute sous chaque réponse des boutons pour dire si elle est juste, et "
    "écrit les avis dans ce fichier, une ligne JSON par avis. Les noms de personnes reconnus "
    "dans la question n'y figurent pas. Sans cette option, rien n'est écrit.",
    "feedback_unwritable": "Le fichier d'avis {path} ne peut pas être écrit ({fault}). "
    "Choisissez-en un autre avec --feedback.",
    "feedback_full": "le fichier a atteint sa limite de {limit} octets",
    "feedback_refused": "Avis non enregistré",
    "feedback_refused_detail": "L'avis envoyé n'a pas la forme attendue.",
    "feedback_failed_detail": "Le fichier d'avis du serveur ne peut pas être écrit.",
    "feedback_page_ask": "Votre avis sur cette réponse",
    "feedback_page_right": "Réponse juste",
    "feedback_page_wrong": "Réponse fausse",
    "feedback_page_useless": "Citation juste mais inutile",
    "feedback_page_none_right": "Absence de réponse justifiée",
    "feedback_page_none_wrong": "Le corpus contenait la réponse",
    "feedback_page_note": "Enregistré sur ce serveur\u00a0: la question, sans les noms de "
    "personnes que le programme y reconnaît, les citations et votre avis.",
    "feedback_page_kept": "Avis enregistré.",
    "feedback_page_withdrawn": "Avis retiré.",
    "feedback_page_failed": "L'avis n'a pas pu être enregistré. La conversation continue.",
}
