"""What the page of documents says: the list, what is added and deleted, what is under way."""

from __future__ import annotations

DOCUMENTS: dict[str, str] = {
    "documents_title": "Documents",
    "documents_lead": "Les réponses citent ces documents, et eux seuls.",
    "help_documents": "Range dans ce dossier les documents envoyés au chat (par défaut : "
    "« documents », à côté de l'index).",
    # The list
    "documents_corpus": "Le corpus",
    "documents_search": "Chercher un document",
    "documents_search_hint": "Titre, auteur, fichier ou genre",
    "documents_sort": "Trier par",
    "documents_sort_date_down": "date, du plus récent au plus ancien",
    "documents_sort_date_up": "date, du plus ancien au plus récent",
    "documents_sort_title_up": "titre",
    "documents_sort_author_up": "auteur",
    "documents_sort_kind_up": "genre",
    "documents_sort_source_up": "nom de fichier",
    "documents_loading": "Chargement…",
    "documents_none": "Le corpus est vide.",
    "documents_none_found": "Aucun document ne contient ces mots.",
    "documents_found_one": "1 document",
    "documents_found_many": "{count} documents",
    "documents_of_page": "page {page} sur {pages}",
    "documents_earlier": "Page précédente",
    "documents_later": "Page suivante",
    "documents_column_title": "Document",
    "documents_column_kind": "Genre",
    "documents_column_date": "Date",
    "documents_column_size": "Taille",
    "documents_column_acts": "Actions",
    "documents_size_one": "1 phrase",
    "documents_size_many": "{count} phrases",
    "documents_chars": "{count} signes",
    "documents_preview": "Aperçu",
    "documents_preview_of": "Aperçu de « {title} »",
    "documents_delete": "Supprimer",
    "documents_delete_of": "Supprimer « {title} »",
    # Adding
    "documents_add": "Ajouter des documents",
    "documents_drop": "Déposez ici des fichiers ou un dossier",
    "documents_or": "ou",
    "documents_pick_files": "Choisir des fichiers",
    "documents_pick_folder": "Choisir un dossier",
    "documents_types": "PDF, Word, LibreOffice, Excel, texte, Markdown, page web, courriel, CSV, "
    "JSON, XML. Un fichier : {size} au plus ; un envoi : {files} fichiers et {total} au plus. "
    "Les fichiers restent sur ce serveur.",
    "documents_sending": "Envoi de {name} ({done} sur {total})",
    "documents_too_many": "Cet envoi compte {count} fichiers, la limite est de {limit}. "
    "Envoyez-les en plusieurs fois.",
    "documents_too_much": "Cet envoi pèse {size}, la limite est de {limit}. Envoyez-le en "
    "plusieurs fois.",
    "documents_nothing": "Ce dossier ne contient aucun fichier.",
    "documents_taken_title": "Des fichiers de même nom sont déjà là",
    "documents_taken_text": "Les remplacer, ou garder les deux versions ?",
    "documents_replace": "Remplacer",
    "documents_keep_both": "Garder les deux",
    "documents_cancel": "Annuler",
    "documents_not_sent": "non envoyé",
    "documents_retry": "Renvoyer ce qui n'est pas parti",
    # Jobs
    "documents_jobs": "Travaux",
    "documents_job_add": "Ajout de fichiers",
    "documents_job_renew": "Mise à jour",
    "documents_job_rebuild": "Reconstruction",
    "documents_job_delete": "Suppression de « {title} »",
    "documents_job_undo": "Retour de « {title} »",
    "documents_job_waiting": "en attente",
    "documents_job_running": "en cours",
    "documents_job_stopping": "arrêt en cours…",
    "documents_job_done": "terminé",
    "documents_job_failed": "échec",
    "documents_job_stopped": "arrêté",
    "documents_progress": "{done} fichier(s) traité(s) sur {total}",
    "documents_current": "En cours : {name}",
    "documents_stop": "Arrêter",
    "documents_stop_add_told": "Arrêté. Les fichiers déjà traités restent dans le corpus ; les "
    "autres n'y sont pas.",
    "documents_stop_told": "Arrêté. Le corpus est resté comme il était.",
    "documents_unchanged": "{count} fichier(s) sans changement",
    "documents_more": "… et {count} autres",
    "documents_undo": "Revenir en arrière",
    "documents_lost": "Le serveur ne répond pas ; nouvel essai dans {seconds} s…",
    "documents_lost_once": "La connexion au serveur est perdue.",
    "documents_back": "Le serveur répond de nouveau.",
    "documents_state_waiting": "en attente",
    "documents_state_running": "en cours d'indexation",
    "documents_state_added": "ajouté",
    "documents_state_updated": "mis à jour",
    "documents_state_unchanged": "déjà à jour",
    "documents_state_twin": "même contenu qu'un document présent",
    "documents_state_removed": "retiré",
    "documents_state_restored": "remis",
    "documents_state_missing": "introuvable",
    "documents_state_failed": "refusé",
    "documents_state_stopped": "arrêté, non ajouté",
    # Deleting
    "documents_delete_title": "Supprimer ce document ?",
    "documents_delete_siblings": "Le même fichier contient d'autres documents, supprimés avec lui "
    ":",
    "documents_delete_ours": "Le fichier sera effacé du serveur. Tant que rien d'autre ne change, "
    "vous pourrez revenir en arrière.",
    "documents_delete_theirs": "Le document quitte le corpus, mais son fichier ({source}) reste à "
    "sa place : une mise à jour du corpus l'y remettra. Pour l'écarter durablement, retirez aussi "
    "ce fichier de son dossier.",
    # Updating
    "documents_renew": "Mettre à jour",
    "documents_renew_hint": "Relit les dossiers du corpus : ce qui est nouveau ou modifié est "
    "indexé, ce qui a disparu est retiré.",
    "documents_rebuild": "Tout reconstruire",
    "documents_rebuild_title": "Tout reconstruire ?",
    "documents_rebuild_text": "Chaque fichier est relu et indexé de nouveau ; cela peut être long. "
    "Le corpus actuel continue de répondre pendant ce temps.",
    # Faults
    "documents_empty": "Le fichier « {name} » est vide.",
    "documents_type": "Le contenu de « {name} » n'est d'aucun type accepté. Convertissez-le en "
    "PDF, en Word ou en texte.",
    "documents_crashed": "L'indexation s'est arrêtée net. Le corpus est resté comme il était ; le "
    "journal du serveur dit pourquoi.",
    "documents_disk": "Le dossier des documents ne peut pas être écrit. Vérifiez la place qui "
    "reste sur le disque et les droits du serveur.",
    "documents_gone": "Ce document n'est plus dans le corpus.",
    "documents_stale": "Le corpus a changé depuis : cette suppression ne peut plus être annulée.",
    "documents_no_roots": "Aucun des dossiers dont le corpus a été tiré n'est plus là : il reste "
    "comme il est.",
    "documents_root_missing": "Ce dossier ou ce fichier n'est plus là ; ses documents restent dans "
    "le corpus. Supprimez-les, ou remettez-le en place.",
    "documents_problem": "Envoi refusé",
    "documents_problem_too_large": "Ce fichier dépasse la limite de {limit}.",
    "documents_problem_many": "L'envoi dépasse la limite de {limit} fichiers.",
    "documents_problem_full": "Trop de fichiers attendent déjà d'être indexés. Laissez-les passer, "
    "puis recommencez.",
    "documents_problem_slow": "Le fichier n'est pas arrivé entier. Envoyez-le de nouveau.",
    "documents_problem_unknown": "Ce travail est inconnu, ou trop ancien.",
    "documents_bytes": "{count} octets",
    "documents_kilobytes": "{count} Ko",
    "documents_megabytes": "{count} Mo",
    "documents_gigabytes": "{count} Go",
}
