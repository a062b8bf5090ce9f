"""The sentences of the page of evaluation; those of the report are in ``messages_eval``."""

from __future__ import annotations

EVALUATION_PAGE: dict[str, str] = {
    "evaluation_title": "Évaluation",
    "evaluation_intro": "Posez d'un coup toutes les questions d'un fichier dont les bonnes "
    "réponses sont connues, et voyez combien de citations sont justes. Pendant ce temps, chacun "
    "peut continuer à poser ses questions.",
    "evaluation_forbidden": "L'évaluation demande le rôle « gestion », ou d'être devant la "
    "machine qui sert la page.",
    # What to ask
    "evaluation_choose": "Questions à poser",
    "evaluation_gold_tuning": "Questions de réglage",
    "evaluation_gold_tuning_about": "sur le corpus livré ; le produit est réglé sur elles, leurs "
    "chiffres sont donc flatteurs.",
    "evaluation_gold_reporting": "Questions gardées de côté",
    "evaluation_gold_reporting_about": "sur le corpus livré ; pour mesurer seulement, ne réglez "
    "rien d'après elles.",
    "evaluation_gold_conversations": "Conversations",
    "evaluation_gold_conversations_about": "sur le corpus livré ; chaque question y suit la "
    "précédente.",
    "evaluation_own": "Un fichier à moi",
    "evaluation_own_about": "JSON Lines : une question par ligne, avec « id », « q » et « gold », "
    "la liste des bonnes réponses {{doc, contains}}, vide s'il faut s'abstenir. Le fichier n'est "
    "pas conservé.",
    "evaluation_file": "Fichier de questions (.jsonl)",
    "evaluation_questions": "{count} questions",
    "evaluation_start": "Lancer l'évaluation",
    "evaluation_stop": "Arrêter",
    # What is refused
    "evaluation_request": "Demande mal formée : un jeu de questions livré, ou le nom et le texte "
    "d'un fichier, sont attendus.",
    "evaluation_unknown": "Ce jeu de questions n'est pas livré avec le produit.",
    "evaluation_unreadable": "Fichier illisible : un nombre ou une imbrication y dépasse ce qui se "
    "lit.",
    "evaluation_many": "{count} questions : une évaluation en pose {limit} au plus ; partagez le "
    "fichier.",
    "evaluation_long": "Question « {id} » : {limit} caractères au plus.",
    "evaluation_busy_title": "Une évaluation est déjà en cours",
    "evaluation_busy": "Une évaluation est déjà en cours ({done} questions sur {total}) : "
    "réessayez quand elle sera finie.",
    "evaluation_no_file": "Choisissez d'abord un fichier.",
    "evaluation_large": "Ce fichier dépasse {limit} Ko.",
    "evaluation_not_text": "Ce fichier n'est pas en UTF-8.",
    "evaluation_lost": "La liaison avec le serveur est coupée : relancez l'évaluation.",
    # While it runs
    "evaluation_progress": "{done} questions sur {total}",
    "evaluation_left": "reste environ {left}",
    "evaluation_left_s": "{count} s",
    "evaluation_left_min": "{count} min",
    "evaluation_figuring": "Calcul des chiffres…",
    "evaluation_stopped": "Évaluation arrêtée après {done} questions sur {total}.",
    "evaluation_done": "Évaluation terminée.",
    # What came out
    "evaluation_results": "Résultats",
    "evaluation_asked": "{gold} · {questions} questions, dont {answerable} ont une réponse dans le "
    "corpus et {unanswerable} n'en ont pas · index {index} · {when}",
    "evaluation_unheld": "Pour {count} des {total} questions qui ont une réponse, aucune phrase "
    "de l'index ne la contient en entier : le document attendu manque peut-être, ou la réponse "
    "court sur deux phrases.",
    "evaluation_changed": "L'index a changé pendant l'évaluation : les chiffres mêlent {count} "
    "états du corpus.",
    "evaluation_figures": "Chiffres, chacun avec son intervalle à 95 % (rééchantillonnage)",
    "evaluation_measure": "Mesure",
    "evaluation_value": "Valeur",
    "evaluation_interval": "Intervalle à 95 %",
    "evaluation_scale": "De 0 à 1",
    "evaluation_scale_before": "De 0 à 1 (cercle : avant)",
    "evaluation_before": "Avant",
    "evaluation_difference": "Écart [intervalle à 95\u00a0%]",
    "evaluation_bounds": "{low} à {high}",
    "evaluation_less": "le plus bas est le meilleur",
    "evaluation_ms": "{value} ms",
    "evaluation_measure_quote_hit@1": "Première citation juste",
    "evaluation_measure_quote_hit@3": "Citation juste parmi les trois premières",
    "evaluation_measure_passage_recall@5": "Bon passage parmi les 5 premiers",
    "evaluation_measure_passage_recall@20": "Bon passage parmi les 20 premiers",
    "evaluation_measure_mrr@10": "Rang réciproque de la première phrase juste",
    "evaluation_measure_sentence_ndcg@10": "Classement des phrases (nDCG)",
    "evaluation_measure_sentence_recall@10": "Phrases justes retrouvées parmi 10",
    "evaluation_measure_answered_rate": "Questions répondues",
    "evaluation_measure_false_answer_rate": "Réponses à tort",
    "evaluation_measure_false_refusal_rate": "Refus à tort",
    "evaluation_measure_abstention_auroc": "La confiance distingue ce qui a une réponse (AUROC)",
    "evaluation_measure_ece": "Écart entre confiance et justesse (ECE)",
    "evaluation_measure_brier": "Score de Brier de la confiance",
    "evaluation_measure_precision_at_0.8": "Justes parmi les réponses sûres (confiance ≥ 0,8)",
    "evaluation_measure_risk_coverage_area": "Aire sous la courbe risque–couverture",
    "evaluation_measure_false_answer_rate_at_refusal_0.08": "Réponses à tort, à 8 % de refus à "
    "tort",
    "evaluation_measure_resolution_accuracy": "Suites de conversation bien comprises",
    "evaluation_measure_quote_integrity": "Citations mot pour mot dans leur source",
    "evaluation_measure_latency_ms p50": "Durée médiane d'une réponse",
    "evaluation_measure_latency_ms p95": "Durée que 95 % des réponses ne dépassent pas",
    "evaluation_types": "Par type de question",
    "evaluation_type": "Type",
    "evaluation_type_none": "sans type",
    "evaluation_count": "Questions",
    "evaluation_alt_bin": "Confiance de {low} à {high} % : {count} questions, {right} % de justes.",
    "evaluation_alt_risk": "Les {coverage} % les plus sûres : {risk} % de fausses.",
    "evaluation_alt_operating": "Le produit répond à {coverage} % des questions, dont {risk} % de "
    "réponses fausses.",
    "evaluation_diagrams": "Confiance",
    # Against the last run
    "evaluation_compared": "Depuis la mesure du {when} (index {index}) : questions gagnées : {won} "
    "; perdues : {lost}.",
    "evaluation_same": "Depuis la mesure du {when} (index {index}), aucune question n'a changé "
    "d'issue.",
    "evaluation_first": "Première mesure de ce fichier dans ce navigateur : la prochaine lui sera "
    "comparée. Seules les issues sont gardées, ici, sans le texte des questions.",
    "evaluation_forget": "Oublier la mesure gardée",
    "evaluation_forgotten": "Mesure oubliée.",
    "evaluation_unkept": "Ce navigateur ne garde rien : la prochaine mesure ne pourra pas être "
    "comparée.",
    "evaluation_won": "Gagnées",
    "evaluation_lost_questions": "Perdues",
    # Question by question
    "evaluation_each": "Question par question",
    "evaluation_show": "Montrer",
    "evaluation_search": "Chercher dans les questions",
    "evaluation_all": "toutes",
    "evaluation_right": "juste",
    "evaluation_quote_right": "citation juste",
    "evaluation_quote_wrong": "citation qui ne répond pas",
    "evaluation_wrong": "première citation fausse",
    "evaluation_refused": "refus à tort",
    "evaluation_abstained": "refus à raison",
    "evaluation_invented": "réponse à tort",
    "evaluation_shown": "Questions montrées : {count} sur {total}",
    "evaluation_more": "Montrer la suite",
    "evaluation_expected": "Attendu",
    "evaluation_got": "Reçu",
    "evaluation_near": "Écarté",
    "evaluation_nothing": "s'abstenir",
    "evaluation_none": "aucune citation",
    "evaluation_contains": "« {words} » dans {document}",
    "evaluation_understood": "Comprise : {question}",
    "evaluation_confidence": "confiance {value}",
    "evaluation_open": "Ouvrir dans la source",
    "evaluation_new_tab": "(nouvel onglet)",
    # To keep
    "evaluation_keep": "Garder les résultats",
    "evaluation_export_json": "Rapport (JSON)",
    "evaluation_export_run": "Classements (TREC)",
    "evaluation_export_qrels": "Jugements (qrels)",
    "evaluation_export_about": "Les deux fichiers TREC se lisent avec trec_eval ou ir_measures ; "
    "une phrase y est nommée document:début-fin.",
}
