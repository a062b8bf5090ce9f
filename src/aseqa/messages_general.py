"""The sentences on the index, on why there is no answer, and of the web chat."""

from __future__ import annotations

GENERAL: dict[str, str] = {
    # Dates and numbers
    "date_months": "janvier février mars avril mai juin juillet août septembre octobre novembre "
    "décembre",
    "date_first": "1er",
    "number_decimal": ",",
    "number_thousands": "\u202f",
    "number_percent": "{value}\u00a0%",
    # Encoders
    "encoder_library_missing": "L'encodeur « {model} » demande sentence-transformers, qui n'est "
    "pas installé : pip install sentence-transformers.",
    "encoder_not_found": "L'encodeur « {model} » ne peut pas être chargé : {fault}. Donnez le "
    "dossier d'un modèle sentence-transformers, ou e5-small-fr.",
    "encoder_without_tokenizer": "Le dossier de modèle {folder} n'a pas de tokenizer.json : il "
    "donnerait des vecteurs faux. Complétez le dossier.",
    # The index
    "index_holder": "un autre processus (n° {pid} sur {host}, depuis {since})",
    "index_holder_unknown": "un autre processus",
    "index_readonly": "L'index de {folder} ne peut pas être écrit ({fault}). Vérifiez vos droits "
    "sur ce dossier et la place qui reste sur le disque.",
    "nothing_before": "L'index de {folder} n'a pas d'état antérieur auquel revenir.",
    "rolled_back": "L'index de {folder} est revenu à l'état {generation}. La même commande "
    "rétablit l'état {previous}.",
    "index_missing": "Il n'y a pas d'index dans {folder}. Créez-le avec : aseqa index",
    "index_damaged": "L'index de {folder} est illisible ({fault}). Refaites-le avec : "
    "aseqa index --rebuild",
    "index_damaged_copy": "L'index de {folder} est illisible ({fault}). Revenez à sa copie du "
    "{date} avec : aseqa rollback, ou refaites-le avec : aseqa index --rebuild",
    "restored": "L'index de {folder} était illisible : sa copie l'a remplacé, à l'état "
    "{generation} du {date}. Remettez-y ce qui a changé depuis avec : aseqa index",
    "copy_given_up": "La copie de secours de l'index de {folder} n'a pas pu être écrite "
    "({fault}). L'index, lui, est à jour. Faites de la place : la prochaine mise à jour "
    "refera la copie.",
    "date_unknown": "(date inconnue)",
    "index_format": "L'index de {folder} est au format « {found} », cette version lit le format "
    "« {wanted} ». Refaites-le avec : aseqa index --rebuild",
    "index_encoder": "L'index de {folder} a été fait avec l'encodeur « {found} » et non "
    "« {wanted} ». Refaites-le avec : aseqa index --rebuild",
    "index_busy": "L'index de {folder} est en cours d'écriture par {who}. "
    "Attendez qu'il ait fini, puis recommencez.",
    "source_unknown": "L'index de {folder} ne contient pas « {source} ». La liste est donnée par : "
    "aseqa status",
    "path_missing": "Le chemin {path} n'existe pas. Vérifiez-le.",
    "path_outside_root": "Le chemin {path} n'est pas sous la racine {root}. Changez --corpus-root.",
    "file_unreadable": "Le fichier {path} ne peut pas être ouvert : {fault}.",
    # Why there is no answer
    "reason_out_of_corpus": "Le corpus ne traite pas de ce sujet.",
    "reason_no_answer_sentence": "Le corpus parle de ce sujet, mais aucune de ses phrases ne "
    "répond à cette question.",
    "reason_missing_entity": "Le corpus ne dit rien à ce propos sur : {names}.",
    "reason_no_answer_published": "Aucune réponse du Gouvernement à cette question n'est publiée "
    "dans le corpus.",
    "reason_filtered_out": "Aucun des documents retenus par les filtres ne répond. Élargissez-les "
    "pour chercher dans tout le corpus.",
    # Follow-up questions
    "understood": "Question comprise : « {question} »",
    # The web chat
    "chat_title": "aseqa : vos documents répondent",
    "chat_language": "English",
    "chat_language_switch": "Lire cette page en anglais",
    "chat_corpus_none": "Aucun document dans le corpus",
    "chat_corpus_one": "1 document interrogé",
    "chat_corpus_many": "{count} documents interrogés",
    "chat_private": "Rien ne quitte cette machine",
    "chat_new": "Nouvelle conversation",
    "chat_log": "Conversation",
    "chat_question": "Votre question",
    "chat_placeholder": "Posez votre question…",
    "chat_send": "Envoyer",
    "chat_welcome": "Que voulez-vous savoir ?",
    "chat_welcome_text": "La réponse est une citation exacte du corpus, avec son auteur, sa "
    "date et sa référence. Si le corpus ne répond pas, la page le dit.",
    "chat_examples": "Par exemple",
    "chat_searching": "Recherche dans le corpus…",
    "chat_lost": "La réponse n'est pas arrivée. Vérifiez que le serveur tourne encore, puis "
    "posez la question de nouveau.",
    "chat_reconnecting": "Le serveur ne répond plus ; nouvelle tentative en cours…",
    "chat_trouble": "Erreur",
    "chat_too_long": "La question compte {count} caractères ; la limite est de {limit}. "
    "Raccourcissez-la, puis envoyez-la de nouveau.",
    "chat_empty_question": "La question est vide.",
    "chat_bad_k": "Le nombre de citations va de 1 à {limit}.",
    "chat_error": "La question n'a pas pu être traitée",
    "chat_as_typed": "Chercher la question telle que posée",
    "chat_answered_one": "1 citation trouvée",
    "chat_answered_many": "{count} citations trouvées",
    "chat_confidence_high": "Réponse très probable",
    "chat_confidence_fair": "Réponse probable, à vérifier dans la source",
    "chat_confidence_low": "Réponse incertaine, à vérifier dans la source",
    "chat_abstained": "Pas de réponse dans le corpus",
    "chat_abstained_filtered": "Pas de réponse sous ces filtres",
    "chat_abstained_text": "Aucune phrase du corpus ne répond à cette question.",
    "chat_nearest": "Lectures proches du sujet",
    "chat_nearest_text": "Ces extraits ne répondent pas à la question.",
    "chat_copy": "Copier la citation",
    "chat_copied": "Citation copiée",
    "chat_link": "Copier le lien",
    "chat_link_copied": "Lien copié",
    "chat_age_month": "il y a 1 mois",
    "chat_age_months": "il y a {count} mois",
    "chat_age_year": "il y a un an",
    "chat_age_years": "il y a {count} ans",
    "chat_figures_figure": "Chiffre",
    "chat_figures_date": "Publié le",
    "chat_figures_voice": "Qui le dit",
    "chat_changed": "Ce document a changé depuis que ce lien a été fait : le passage n'est pas "
    "marqué.",
    "chat_thread": "Suivre la question",
    "chat_coverage": "Ce que le corpus couvre, et ne couvre pas",
    "chat_copy_failed": "Copie impossible",
    "chat_open": "Ouvrir la source",
    "chat_claim": "Affirmation de l'auteur de la question",
    "chat_official": "Réponse officielle",
    "chat_record": "Fiche de la question",
    "chat_reported": "Propos rapporté : {source}",
    "chat_according": "selon {source}",
    "chat_voice_parlementaire": "Parlementaire",
    "chat_voice_gouvernement": "Gouvernement",
    "chat_voice_inspection": "Inspection",
    "chat_voice_justice": "Justice",
    "chat_voice_collectivite": "Collectivité",
    "chat_voice_syndicat": "Syndicat",
    "chat_voice_association": "Association",
    "chat_voice_presse": "Presse",
    "chat_voice_loi": "Loi",
    "chat_voice_statistique": "Statistique",
    "chat_voice_autre": "Autre",
    "chat_kind_question_ecrite": "Question écrite",
    "chat_kind_question_orale": "Question orale",
    "chat_kind_question_gouvernement": "Question au Gouvernement",
    "chat_kind_presse": "Article de presse",
    "chat_kind_page_web": "Page web",
    "chat_kind_texte": "Texte",
    "chat_kind_loi": "Loi",
    "chat_kind_rapport": "Rapport",
    "chat_kind_pdf": "PDF",
    "chat_kind_tableau": "Tableau",
    "chat_kind_courriel": "Courriel",
    "chat_kind_other": "Document",
    "chat_source": "Source",
    "chat_documents": "Le corpus",
    "chat_documents_text": "Choisissez un document pour le lire.",
    "chat_documents_more": "… et {count} autres.",
    "chat_back": "Tous les documents",
    "chat_close": "Fermer",
    "chat_missing": "Ce document n'est plus dans le corpus.",
    "chat_author": "Auteur",
    "chat_publisher": "Publié par",
    "chat_date": "Date",
    "chat_ministry": "Ministère",
    "chat_asked": "Question",
    "chat_answer": "Réponse",
    "chat_unanswered": "Sans réponse publiée",
    "chat_answer_elsewhere": "Non reproduite dans ce document",
    "chat_file": "Fichier",
    "chat_address": "Adresse",
    "chat_original_at": "Voir la page d'origine ({host})",
    "chat_journal": "JO du {date}, p. {page}",
    "chat_journal_no_page": "JO du {date}",
    "chat_gap": "Passage écarté : il n'est ni indexé, ni cité.",
    "chat_section_header": "En-tête",
    "chat_section_question": "Question",
    "chat_section_answer": "Réponse",
    "chat_section_record": "Données clés",
    "chat_address_line": "Adresse : {address}",
    "chat_port_taken": "Le port {port} de {host} est déjà pris : fermez l'autre programme ou "
    "choisissez un autre port avec --port.",
    "chat_port_refused": "Impossible d'écouter sur le port {port} de {host} : choisissez un autre "
    "port avec --port.",
    "chat_host_unknown": "L'adresse {host} n'est pas une adresse de cette machine : "
    "indiquez-en une autre avec --host.",
    "chat_auth_missing": "Fichier de mots de passe introuvable : {path}",
    "chat_auth_empty": "Le fichier de mots de passe {path} ne contient aucun compte.",
    "chat_auth_line": "Fichier de mots de passe {path}, ligne {line} : la forme attendue est "
    "nom:scrypt$…",
}
