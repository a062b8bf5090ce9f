"""The sentences about the stores that an index is searched in."""

from __future__ import annotations

MILVUS: dict[str, str] = {
    "store_unknown": "Magasin de recherche inconnu : « {store} ». Donnez faiss, "
    "milvus+file:CHEMIN ou milvus://hôte:port.",
    "store_server_wrong": "« {store} » n'est pas l'adresse d'un serveur Milvus : écrivez "
    "milvus://hôte:port, par exemple milvus://localhost:19530.",
    "store_password": "L'adresse d'un serveur Milvus ne porte ni nom ni mot de passe : écrivez "
    "milvus://hôte:port.",
    "store_note_damaged": "{path} ne dit plus où l'index est cherché. Réécrivez-le avec : "
    "aseqa migrate --to faiss --index {folder}",
    "milvus_library_missing": "Le magasin {store} demande la bibliothèque {name}, qui n'est pas "
    "installée : pip install 'aseqa[milvus]'.",
    "milvus_away": "Milvus ({store}) n'a pas répondu en {seconds} s. Vérifiez que le "
    "serveur tourne et que son adresse est juste, puis recommencez ; ou revenez à l'index local "
    "avec : aseqa migrate --to faiss",
    "milvus_refused": "Milvus ({store}) refuse la demande : {fault}. Refaites ce qu'il contient "
    "avec : aseqa migrate --to {store}",
    "milvus_damaged": "La collection {name} de {store} contient {held} phrases au lieu de "
    "{wanted} : aucune réponse n'en est tirée. Refaites-la avec : aseqa migrate --to {store} "
    "--index {folder}",
    "milvus_foreign": "La collection {name} de {store} contient d'autres phrases que l'index : "
    "aucune réponse n'en est tirée. Refaites-la avec : aseqa migrate --to {store} --index {folder}",
    "milvus_book_lost": "Le registre de ce que {store} contient a disparu de {folder}. "
    "Refaites-le avec : aseqa migrate --to {store} --index {folder}",
    "milvus_file_busy": "Le magasin milvus+file:{path} est ouvert par un autre programme ; un "
    "seul à la fois peut s'en servir. Fermez-le, ou passez à un serveur Milvus.",
    "milvus_file_damaged": "Le magasin milvus+file:{path} ne s'ouvre pas ({fault}). Effacez ce "
    "dossier, puis refaites-le avec : aseqa migrate --to milvus+file:{path}",
    "milvus_file_taken": "{path} contient autre chose qu'un magasin Milvus : rien n'y est écrit. "
    "Donnez le chemin d'un dossier neuf.",
    "help_migrate_command": "Change de magasin de recherche : l'index local, ou Milvus.",
    "help_to": "Magasin voulu : faiss, milvus+file:CHEMIN ou milvus://hôte:port.",
    "help_store": "Magasin où chercher : faiss, milvus+file:CHEMIN ou milvus://hôte:port ; par "
    "défaut, celui du dernier aseqa migrate.",
    "migrated": "L'index de {folder} est maintenant cherché dans {store} : {sentences} phrases "
    "envoyées en {seconds} s ; recherche par mots : {lexical}.",
    "migrated_left": "{left} n'a pas répondu : ses collections aseqa_… y restent, à effacer à la "
    "main.",
}
