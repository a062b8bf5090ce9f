"""What is said of files that cannot be read."""

from __future__ import annotations

READING: dict[str, str] = {
    "read_missing": "Le fichier {path} n'existe pas. Vérifiez son chemin.",
    "read_folder": "{path} est un dossier, et non un fichier. Donnez un fichier de ce dossier.",
    "read_refused": "Le fichier {path} ne peut pas être ouvert ({fault}). Vérifiez vos droits.",
    "read_unsupported": "Le format du fichier {path} n'est pas pris en charge. Convertissez-le "
    "dans l'un de ceux-ci : {known}.",
    "read_empty": "Le fichier {path} est vide. Remplacez-le ou retirez-le du corpus.",
    "read_binary": "Le fichier {path} n'est pas du texte, malgré son nom. Donnez-lui l'extension "
    "de son vrai format ou retirez-le du corpus.",
    "read_encoding": "Le texte du fichier {path} est abîmé : l'octet {place} n'a pas de sens dans "
    "son codage ({encoding}). Enregistrez-le de nouveau en UTF-8.",
    "read_nothing": "Le fichier {path} ne contient aucun texte à lire. Vérifiez son contenu ou "
    "retirez-le du corpus.",
    "read_front_matter": "L'en-tête YAML du fichier {path} est illisible, ligne {line} ({fault}). "
    "Corrigez cet en-tête ou retirez-le.",
    "read_damaged": "Le fichier {path} est abîmé ou incomplet ({fault}). Ouvrez-le avec son "
    "logiciel et enregistrez-le de nouveau, ou retirez-le du corpus.",
    "fault_pdf": "ce n'est pas un PDF lisible",
    "read_encrypted": "Le fichier {path} est protégé par un mot de passe. Enregistrez-en une copie "
    "sans mot de passe.",
    "read_scanned": "Le fichier {path} est numérisé, sans texte. Installez Tesseract avec le "
    "français (paquet tesseract-ocr-fra) pour qu'il soit lu, ou convertissez-le en PDF avec texte.",
    "read_too_large": "Le fichier {path} est trop gros pour être lu ({size}, au plus {limit}). "
    "Découpez-le.",
    "read_unsafe": "Le fichier {path} n'est pas lu, par prudence ({fault}). Enregistrez-le de "
    "nouveau avec un logiciel de bureau, ou retirez-le du corpus.",
    "read_columns": "Le tableau {path} est illisible, ligne {line} ({fault}). "
    "Corrigez cette ligne.",
    "read_schema": "Le fichier {path} n'a pas la forme attendue ({fault}). "
    "Téléchargez-le de nouveau.",
    "read_special": "{path} n'est pas un fichier ordinaire. Retirez-le du corpus.",
    "fault_no_open_data": "ni question parlementaire, ni tableau",
    "read_metadata": "Le fichier de métadonnées {path} est illisible, ligne {line} ({fault}). "
    "Corrigez-le : les autres fichiers sont lus sans lui.",
    "read_memory": "Le fichier {path} demande trop de mémoire pour être lu. Découpez-le ou "
    "retirez-le du corpus.",
    "read_crashed": "La lecture du fichier {path} s'est arrêtée net : il est sans doute abîmé. "
    "Enregistrez-le de nouveau avec son logiciel, ou retirez-le du corpus.",
    "read_timeout": "Le fichier {path} n'a pas pu être lu en {seconds} s. Découpez-le ou "
    "retirez-le du corpus.",
}
