"""The sentences of the command line: help, errors, references, reports."""

from __future__ import annotations

COMMAND_LINE: dict[str, str] = {
    # Settings
    "setting_unknown": "{place} : clé « {name} » inconnue. Clés admises : {known}.",
    "setting_wrong": "{place} : « {name} » vaut {value!r} ; attendu : {allowed}.",
    "setting_path": "un chemin",
    "setting_text": "un texte non vide",
    "setting_number": "un nombre entier de 1 à {most}",
    "setting_language": "fr ou en",
    "settings_variable": "Variable {name}",
    "settings_flag": "Option --{name}",
    "settings_line": "ligne {line}, colonne {column}",
    "settings_file_unreadable": "{path} n'est pas un fichier TOML lisible ({fault}) : corrigez-le.",
    "seeds_missing": "Le corpus livré est introuvable : réinstallez aseqa, ou indiquez les "
    "fichiers à lire (aseqa index CHEMIN…).",
    # Answers on a terminal
    "voice_named": "{kind} — {name}",
    "voice_reported": "{label}, selon {source}",
    "fact_separator": " · ",
    "undated": "sans date",
    "confidence": "Confiance : {percent}\u00a0%",
    "figures_heading": "Chiffres du corpus : {about}",
    "figures_no_verdict": "aseqa les met côte à côte sans trancher.",
    "figure_newer": "Un chiffre plus récent existe dans le corpus : {text} ({date}).",
    "period_since": "depuis {start}",
    "period_until": "jusqu'à {end}",
    "period_between": "{start} à {end}",
    "no_answer": "Le corpus ne répond pas à cette question.",
    "section_titre": "titre",
    "section_en-tête": "en-tête",
    "section_question": "question",
    "section_réponse": "réponse",
    "section_données clés": "données clés",
    "nearest_heading": "À lire (sans répondre)",
    "colon": " :",
    "unknown": "inconnu",
    "yes": "oui",
    "no": "non",
    # The command line
    "help_main": "Des questions en français, des citations exactes en réponse : les mots mêmes des "
    "sources, avec qui parle, quand et où. Sans réponse dans le corpus, aseqa le dit.",
    "help_epilog": "Aide d'une commande : aseqa COMMANDE --help.",
    "help_usage": "Utilisation : ",
    "help_options": "Options",
    "help_commands": "Commandes",
    "help_subcommand": "COMMANDE [ARGUMENTS]...",
    # Words that stand for a value
    "metavar_CHEMIN": "CHEMIN",
    "metavar_DOSSIER": "DOSSIER",
    "metavar_FICHIER": "FICHIER",
    "metavar_NOM": "NOM",
    "metavar_LIEU": "LIEU",
    "metavar_VOIX": "VOIX",
    "metavar_MOTIF": "MOTIF",
    "metavar_ADRESSE": "ADRESSE",
    "metavar_NUMERO": "NUMERO",
    "metavar_REPONSE": "REPONSE",
    "help_help": "Affiche cette aide.",
    "help_version": "Affiche la version.",
    "help_json": "Écrit le résultat en JSON.",
    "help_index": "Dossier de l'index.",
    "help_encoder": "Encodeur : e5-small-fr (livré), ou un modèle sentence-transformers, par son "
    "nom ou son dossier.",
    "help_threads": "Nombre de fils de calcul (2 par défaut).",
    "help_index_command": "Lit des fichiers et des dossiers (par défaut : le corpus livré). Ajoute "
    "ce qui est nouveau, remplace ce qui a changé, retire ce qui a disparu.",
    "help_corpus_root": "Dossier à partir duquel les sources sont nommées.",
    "help_strict": "Sort avec le code 1 si un fichier n'a pas pu être lu.",
    "help_rollback_command": "Revient à l'état de l'index d'avant la dernière mise à jour ; "
    "relancée, la commande rétablit cette mise à jour.",
    "help_rebuild": "Relit tout, même ce qui n'a pas changé.",
    "help_ask_command": "Répond à une question par des citations. Ou dit que le corpus ne répond "
    "pas. Sans index, celui du corpus livré est d'abord construit.",
    "help_batch": "Une question par ligne, une réponse JSON par ligne, dans le même ordre ; « - » "
    "lit l'entrée standard.",
    "help_conversation": "Avec --batch : chaque ligne est la suite de la précédente ; une ligne "
    "vide commence une nouvelle conversation.",
    "help_k": "Nombre de citations au plus (3 par défaut).",
    "help_cite": "Écrit les citations avec leur référence, prêtes à coller : plain, markdown, "
    "html, bibtex ou csl-json.",
    "usage_cite": "--cite ne va ni avec --json, ni avec --batch",
    "help_kind": "Type de document : {words}. Répétable.",
    "help_voice": "Qui parle : {words}. Répétable.",
    "help_territory": "Territoire dont il est question. Répétable.",
    "help_author": "Auteur du document. Répétable.",
    "help_since": "À partir de cette date (AAAA-MM-JJ).",
    "help_until": "Jusqu'à cette date (AAAA-MM-JJ).",
    "help_as_of": "À la date du (AAAA-MM-JJ) : ce qui était publié ce jour-là ; de la loi, ce qui "
    "était en vigueur.",
    "help_source": "Fichiers, avec * et ?. Répétable.",
    "help_chat_command": "Ouvre le chat, à lire dans un navigateur. Il n'écoute que cette machine, "
    "sauf demande contraire. Sans index, celui du corpus livré est d'abord construit.",
    "help_host": "Adresse d'écoute (127.0.0.1 par défaut).",
    "help_port": "Port d'écoute (7860 par défaut ; 0 : un port libre).",
    "help_rate": "Nombre de demandes qu'un même poste peut faire par minute (120, ou 6 000 quand "
    "seule cette machine peut demander).",
    "help_allow_host": "Nom sous lequel le serveur est atteint, outre l'adresse d'écoute. "
    "Répétable.",
    "help_auth": "Fichier des noms et mots de passe.",
    "help_eval_command": "Mesure les réponses sur un fichier de questions. GOLD est en JSON Lines "
    "(.jsonl), au format SQuAD (.json), ou un dossier au format BEIR ; chaque chiffre vient avec "
    "son intervalle à 95 %. SQuAD et BEIR apportent leurs textes, indexés à part le temps de la "
    "mesure. Pour JSON Lines, sans index, celui du corpus livré est d'abord construit.",
    "help_report": "Dossier où écrire results.jsonl, summary.json et summary.md ; pour "
    "JSON Lines et SQuAD v2, calibration.json et ses deux figures SVG ; pour SQuAD et BEIR, "
    "run.trec et qrels.trec.",
    "help_run": "Fichier où écrire les phrases classées pour chaque question, au format TREC.",
    "help_qrels": "Fichier où écrire les phrases justes de chaque question, au format TREC.",
    "help_titles": "SQuAD : ne garder que les articles dont ce fichier JSON liste les titres ; "
    "NOM est celui de la liste s'il en tient plusieurs.",
    "help_status_command": "Dit ce que contient l'index.",
    "help_verify_command": "Vérifie mot à mot les citations d'une réponse enregistrée "
    "(ask --json), contre l'index ou contre les sources elles-mêmes. Sort avec le code 1 si l'une "
    "d'elles n'est pas retrouvée telle que citée.",
    "help_sources": "Fichier ou dossier de sources à relire, sans index. Répétable.",
    "help_coverage": "Dit ce que le corpus couvre et ce qu'il ne couvre pas.",
    "help_remove_command": "Retire des fichiers de l'index, par leur source.",
    "usage": "{command} : {fault}. Voir « {command} --help ».",
    "usage_extra": "argument en trop : {words}",
    "usage_missing": "il manque {name}",
    "usage_value": "{name} : {fault}",
    "usage_option": "option inconnue : {name}",
    "usage_command": "commande inconnue : {name}",
    "usage_option_value": "option {name} : valeur absente ou en trop",
    "usage_nearest": " (plutôt {names} ?)",
    "usage_number": "« {value} » n'est pas un nombre entier de {low} à {high}",
    "usage_date": "« {value} » n'est pas une date de la forme AAAA-MM-JJ",
    "usage_bytes": "« {value} » contient des octets qui ne sont pas du texte : écrivez-le en UTF-8",
    "usage_dates": "--since ({since}) vient après --until ({until})",
    "usage_word": "« {value} » n'est pas admis ; au choix : {words}",
    "usage_titles": "--titles ne vaut que pour un fichier SQuAD (.json)",
    "usage_question": "donnez soit une question, soit --batch FICHIER",
    "usage_conversation": "--conversation ne vaut qu'avec --batch FICHIER",
    "batch_encoding": "La ligne n'est pas en UTF-8.",
    "batch_faults": "{count} ligne(s) en erreur : voir « error » dans les réponses.",
    "interrupted": "Interrompu.",
    "progress": "{done}/{total}",
    "progress_rate": " ({rate} par minute, reste {left})",
    "index_first": "Pas encore d'index dans {folder} : construction à partir de {seeds}…",
    "index_failed": "Non lu : {source} : {fault}",
    "index_report": "{folder} : {documents} documents, {passages} passages, {sentences} phrases. "
    "Fichiers : {added} ajoutés, {updated} mis à jour, {removed} retirés, {moved} déplacés, "
    "{twins} en double, {unchanged} inchangés, {failed} non lus ; {seconds} s.",
    "removed": "Documents retirés : {count}.",
    "chat_library_missing": "Le chat demande la bibliothèque {name}, qui n'est pas installée : "
    "réinstallez aseqa.",
    "system_error": "{path} : {fault}.",
    "system_ENOENT": "fichier ou dossier introuvable",
    "system_EEXIST": "un fichier de ce nom existe déjà",
    "system_EACCES": "accès refusé",
    "system_EPERM": "opération refusée",
    "system_EISDIR": "c'est un dossier, pas un fichier",
    "system_ENOTDIR": "ce n'est pas un dossier",
    "system_ENOSPC": "le disque est plein",
    "system_EROFS": "le disque est en lecture seule",
    # What an index holds
    "status_index": "Génération",
    "status_folder": "Dossier",
    "status_encoder": "Encodeur",
    "status_dim": "Dimensions",
    "status_dense": "Index vectoriel",
    "status_n_documents": "Nombre de documents",
    "status_n_passages": "Nombre de passages",
    "status_n_sentences": "Nombre de phrases",
    "status_documents": "Documents",
    # What it covers
    "coverage_kinds": "Types de documents",
    "coverage_kinds_missing": "Aucun document de ces types",
    "coverage_years": "Documents par année de publication",
    "coverage_years_missing": "Aucun document de ces années",
    "coverage_undated": "Documents sans date",
    "coverage_voices": "Phrases par voix",
    "coverage_voices_missing": "Aucune phrase de ces voix",
    "coverage_territories": "Phrases par territoire",
    "coverage_territories_missing": "Départements dont rien n'est dit ({count})",
    "coverage_unanswered": "Questions parlementaires sans réponse dans le corpus",
    "coverage_none": "aucune",
    "coverage_count": "{name} {count}",
}
