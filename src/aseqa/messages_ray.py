"""The sentences of bulk embedding on a cluster."""

from __future__ import annotations

RAY: dict[str, str] = {
    "help_ray": "Calcule les vecteurs sur une grappe de machines Ray : ray://hôte:10001, "
    "hôte:6379, auto, ou local pour les processus de cette machine.",
    "ray_missing": "Ray n'est pas installé. Installez-le avec : pip install 'aseqa[ray]'",
    "ray_away": "La grappe Ray « {address} » ne répond pas ({fault}). Vérifiez son adresse et "
    "qu'elle est démarrée, ou retirez --ray.",
    "ray_lost": "La grappe Ray n'a pas rendu les vecteurs demandés ({fault}). Ceux qui sont déjà "
    "calculés sont gardés : relancez la même commande, avec ou sans --ray.",
}
