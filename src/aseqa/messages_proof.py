"""The sentences of references ready to paste and of the verification of saved answers."""

from __future__ import annotations

PROOF: dict[str, str] = {
    "reference_style_unknown": "« {style} » n'est pas une forme de référence ; au choix : {known}.",
    # Saved answers
    "saved_missing": "Le fichier {path} n'existe pas. Vérifiez son chemin.",
    "saved_refused": "Le fichier {path} ne peut pas être ouvert : {fault}.",
    "saved_large": "{path} est trop gros pour un fichier de réponses ({size} Mo ; limite : "
    "{limit} Mo). Vérifiez que c'est bien ce qu'a écrit aseqa ask --json.",
    "saved_encoding": "{path} n'est pas en UTF-8. Donnez le fichier tel que l'a écrit "
    "aseqa ask --json.",
    "saved_json": "{path}, ligne {line}, colonne {column} : ce n'est pas du JSON. Donnez le "
    "fichier tel que l'a écrit aseqa ask --json.",
    "saved_value": "{path} : ce JSON ne peut pas être lu ({fault}). Donnez le fichier tel que "
    "l'a écrit aseqa ask --json.",
    "saved_fault_constant": "« {name} » n'est pas un nombre",
    "saved_fault_twice": "la clé « {name} » est donnée deux fois",
    "saved_fault_number": "un nombre trop long",
    "saved_fault_deep": "trop de niveaux imbriqués",
    "saved_empty": "{path} ne contient aucune réponse.",
    "saved_shape": "Réponse {answer}, {place} : {fault}. Donnez la réponse telle que l'a écrite "
    "aseqa ask --json.",
    "saved_place_answer": "la réponse elle-même",
    "saved_fault_object": "ce n'est pas un objet JSON",
    "saved_fault_quotes": "« quotes » manque ou n'est pas une liste",
    "saved_fault_list": "« {name} » n'est pas une liste",
    "saved_fault_text": "« {name} » manque ou n'est pas un texte",
    "saved_fault_offset": "« {name} » manque ou n'est pas un nombre entier positif",
    "saved_fault_utf8": "un texte n'est pas de l'UTF-8",
    # Verification
    "proof_none": "Aucune citation à vérifier.",
    "proof_all": "{count} citation(s) vérifiée(s), toutes conformes à la source.",
    "proof_some": "{count} citation(s) vérifiée(s), dont {wrong} à revoir.",
    "proof_unread": "Non lu : {source} : {fault}",
    "proof_heading": "Réponse {answer}, {place} : {status}",
    "proof_place_quotes": "citation {number}",
    "proof_place_nearest": "lecture proche {number}",
    "proof_place_figures": "chiffre {number}",
    "proof_status_found": "retrouvée à l'identique",
    "proof_status_found_not_ok": "les mots sont dans la source, mais la citation ne les rapporte "
    "pas fidèlement",
    "proof_status_moved": "les mots sont dans la source, ailleurs qu'à l'endroit cité",
    "proof_status_altered": "les mots ne sont pas ceux de la source",
    "proof_status_missing": "introuvable dans les sources",
    "proof_where": "{document}, caractères {start} à {end}",
    "proof_page": "{where}, p. {page}",
    "proof_quoted": "« {text} »",
    "proof_cited": "Cité : {place}",
    "proof_actual": "Source : {place}",
    "proof_difference": "Différence ([-cité-] {{+source+}}) : {text}",
    "proof_typography": "Seules la typographie ou la casse diffèrent.",
    "proof_mismatch": "{field} : la réponse dit {cited}, la source {actual}.",
    # The answer's words against the quote that they are said to stand in.
    "proof_mismatch_within": "{field} : la réponse dit {cited}, la citation porte {actual} à cet "
    "endroit.",
    "proof_seal_broken": "Le sceau est rompu : la réponse a été modifiée depuis qu'elle a été "
    "donnée.",
    "proof_seal_unknown": "Le sceau est d'un format que cette version ne connaît pas.",
    "proof_changed": "Le fichier source a changé depuis la réponse.",
    "proof_changed_elsewhere": "Le fichier source a changé depuis la réponse, mais pas ces mots.",
    "proof_removed": "[-{text}-]",
    "proof_added": "{{+{text}+}}",
    "proof_no_break": "espace insécable",
    "proof_space": "espace",
    "proof_nothing": "rien",
    "proof_field_after": "Phrase suivante",
    "proof_field_as_of": "Période",
    "proof_field_before": "Phrase précédente",
    "proof_field_boxes": "Place sur la page",
    "proof_field_date": "Date",
    "proof_field_document": "Document",
    "proof_field_figure": "Chiffre",
    "proof_field_index": "Génération de l'index",
    "proof_field_kind": "Type de document",
    "proof_field_page": "Page",
    "proof_field_reference": "Référence",
    "proof_field_section": "Partie",
    "proof_field_sentence": "Phrase entière",
    "proof_field_sha256": "Empreinte du fichier",
    "proof_field_source": "Fichier",
    "proof_field_span": "Mots de la réponse",
    "proof_field_territories": "Territoires",
    "proof_field_title": "Titre",
    "proof_field_url": "Adresse",
    "proof_field_voice": "Voix",
}
