"""The sentences of a question followed through, on a terminal."""

from __future__ import annotations

THREAD: dict[str, str] = {
    "thread_asked": "Posée le {date}",
    "thread_answered_on": "réponse le {date}",
    "thread_days": "{days}\u00a0jours après",
    "thread_one_day": "un jour après",
    "thread_same_day": "le jour même",
    "thread_answered": "réponse publiée",
    "thread_unanswered": "sans réponse publiée",
    "thread_elsewhere": "réponse non reproduite dans le corpus",
    "thread_withdrawn": "question retirée",
    "thread_overdue": "Délai de deux mois dépassé\u00a0: la réponse était attendue au plus tard le "
    "{date}.",
    "thread_waiting": "Réponse attendue au plus tard le {date}.",
    "thread_no_demand": "Aucune demande n'a été repérée dans la question.",
    "thread_one_demand": "Une demande",
    "thread_demands": "{count} demandes",
    "thread_counted": "{demands}, dont {met} avec une réponse repérée",
    "thread_quoted": "«\u00a0{text}\u00a0»",
    "thread_led": "«\u00a0{lead} […] {text}\u00a0»",
    "thread_head": "{label}\u00a0:",
    "thread_met": "Réponse",
    "thread_unmet": "Aucune phrase de la réponse n'a été reconnue comme y répondant.",
    "thread_caution": "Une demande sans réponse repérée peut en avoir une\u00a0: relisez la "
    "réponse entière.",
    "thread_siblings": "Même réponse donnée à",
    "thread_sibling": "n°\u00a0{number}, {author}, {date}",
    "thread_sibling_near": "{sibling} (réponse presque identique\u00a0: {percent}\u00a0%)",
    "thread_undated": "sans date",
    "thread_unsigned": "auteur inconnu",
    "thread_unknown": "Aucune question parlementaire de l'index ne porte le numéro ou le nom "
    "«\u00a0{named}\u00a0»\u00a0: voir «\u00a0aseqa status\u00a0».",
    "thread_today": "«\u00a0{value}\u00a0» n'est pas une date de la forme AAAA-MM-JJ",
    "help_thread_command": "Suit une question parlementaire\u00a0: ses demandes une à une, ce que "
    "la réponse en dit, le délai, et les questions qui ont reçu la même réponse. NUMÉRO est celui "
    "de la question, ou le nom du document.",
    "help_today": "Jour auquel une question sans réponse est jugée en retard (AAAA-MM-JJ\u00a0; "
    "aujourd'hui par défaut).",
}
