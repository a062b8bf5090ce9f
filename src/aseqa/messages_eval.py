"""The sentences of evaluation: what is wrong with a question set, what the figures say."""

from __future__ import annotations

EVALUATION: dict[str, str] = {
    # Gold files
    "gold_format": "{path} : un fichier de questions JSON Lines (.jsonl) est attendu ici.",
    "gold_missing": "{path} : fichier de questions introuvable.",
    "gold_encoding": "{path} : le fichier de questions n'est pas en UTF-8.",
    "gold_empty": "{path} : aucune question dans ce fichier.",
    "gold_line": "{path}, ligne {number} : {fault}.",
    "gold_json": "JSON illisible (colonne {column})",
    "gold_object": "un objet JSON est attendu",
    "gold_answers": "« gold » doit être une liste d'objets {{doc, contains}}, vide si rien ne "
    "répond",
    "gold_text": "« {name} » doit être un texte non vide",
    "gold_turns": "« turns » doit être une liste de questions {{q, understood, gold}}, non vide",
    "gold_twice": "l'identifiant « {id} » sert déjà",
    # SQuAD files
    "squad_fault": "{path}, {fault}.",
    "squad_top": "au premier niveau",
    "squad_object": "{place} : un objet JSON est attendu (format SQuAD)",
    "squad_missing": "{place} : il manque « {name} » (format SQuAD)",
    "squad_kind": "{place} : « {name} » doit être {wanted}",
    "squad_list": "une liste d'objets",
    "squad_text": "un texte",
    "squad_filled": "un texte non vide",
    "squad_number": "un nombre entier",
    "squad_title": "{place} : aucun article n'a pour titre « {title} » ({count} titre(s) de "
    "--titles dans ce cas)",
    "titles_missing": "{path} : fichier de titres introuvable.",
    "titles_key": "{path} : indiquez l'une des listes de ce fichier, sous la forme {path}:NOM ; au "
    "choix : {known}.",
    "titles_no_key": "{path} : ce fichier n'est qu'une liste ; indiquez-le sans « :{name} ».",
    "titles_list": "{path} : une liste JSON de titres est attendue, non vide.",
    # BEIR folders
    "beir_missing": "{path} : ce dossier n'est pas au format BEIR, il y manque {names}.",
    "beir_empty": "{path} : ce fichier est vide.",
    "beir_no_text": "{path} : aucun texte à indexer.",
    "beir_text": "« {name} » doit être un texte",
    "beir_columns": "trois colonnes séparées par des tabulations sont attendues : query-id, "
    "corpus-id et score, un nombre entier",
    "beir_unknown": "« {id} » n'est pas dans {file}",
    "beir_unjudged": "{path} : aucun document n'y est jugé pertinent (score supérieur à 0).",
    # Figures
    "score_title": "Évaluation sur {gold}",
    "score_index": "Index : {index}.",
    "score_gold": "{questions} questions : {answerable} avec réponse dans le corpus, "
    "{unanswerable} sans.",
    "score_squad": "{questions} questions : {answerable} avec réponse, {unanswerable} sans ; "
    "{paragraphs} paragraphes, {articles} articles.",
    "score_beir": "{questions} requêtes, {documents} documents, {judgements} jugements ({qrels}).",
    "score_misplaced": "Réponses écartées, leur texte n'étant pas à la position indiquée : "
    "{misplaced_answers} ; questions écartées de ce fait : {skipped_questions}.",
    "score_unjudged": "Requêtes écartées, sans document pertinent : {unjudged_queries}.",
    "score_drawn_article": "Intervalles : tirage par article.",
    "score_drawn_paragraph": "Intervalles : tirage par paragraphe.",
    "score_drawn_question": "Intervalles : tirage par question.",
    "score_measure": "mesure",
    "score_value": "valeur",
    "score_interval": "intervalle à 95 %",
    "score_type": "type",
    "score_count": "questions",
    "score_wrong": "Première citation fausse ({count})",
    "score_refused": "Refus à tort ({count})",
    "score_invented": "Réponses à tort ({count})",
    "score_failure": "{id} : {question} → {quote} (confiance {confidence})",
    "score_misunderstood": "Suites mal comprises ({count})",
    "score_misread": "{id} : {question} → {got} (attendu : {expected})",
    "score_as_typed": "telle quelle",
    "score_none": "aucune citation",
    "score_more": "- … et {count} de plus dans results.jsonl.",
    "score_misplaced_list": "Réponses mal placées, par question ({count})",
    "score_wrong_sentence": "Première phrase du paragraphe fausse ({count})",
    "score_failure_squad": "{id} : {question} → {quote} (attendu : {expected})",
    "score_missed": "Aucun document pertinent parmi les dix premiers ({count})",
    "score_confident": "precision_at_0.8 : part de justes parmi les {count} réponses données à "
    "une confiance d'au moins 0,8.",
    "score_at_refusal": "false_answer_rate_at_refusal_0.08 : au seuil {threshold}, choisi sur ces "
    "questions mêmes (descriptif).",
    "score_confidence": "Confiance",
    "score_confidence_data": "Données des deux figures : {file}.",
    # Diagrams
    "diagram_reliability": "Fiabilité de la confiance",
    "diagram_caption_reliability": "{gold}, {count} questions ; écart moyen (ECE) {ece}, score de "
    "Brier {brier}",
    "diagram_right": "part de premières phrases justes",
    "diagram_bar": "part de justes par tranche de confiance",
    "diagram_mean": "part de justes à la confiance moyenne de la tranche",
    "diagram_perfect": "confiance parfaite : ce qui est annoncé arrive",
    "diagram_confidence": "confiance annoncée",
    "diagram_count": "questions",
    "diagram_risk_coverage": "Risque selon la part de questions répondues",
    "diagram_caption_risk_coverage": "{gold}, {count} questions ; aire sous la courbe "
    "{risk_coverage_area}",
    "diagram_coverage": "questions répondues, les plus sûres d'abord",
    "diagram_wrong": "part de fausses parmi les réponses",
    "diagram_risk": "risque à ce seuil de confiance",
    "diagram_chance": "risque de répondre à tout",
    "diagram_operating": "seuil en service (confiance ≥ {threshold}) : {coverage} % de réponses, "
    "dont {risk} % fausses",
}
