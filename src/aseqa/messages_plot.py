"""The sentences of the plot of figures over time."""

from __future__ import annotations

PLOT: dict[str, str] = {
    "plot_heading": "Ces chiffres dans le temps",
    "plot_locale": "fr-FR",
    "plot_axis_published": "Date de publication",
    "plot_axis_held": "Période dont parle le chiffre",
    "plot_unit_number": "Nombre",
    "plot_unit_%": "En pourcentage",
    "plot_unit_euros": "En euros",
    "plot_unit_ans": "En années",
    "plot_unit_durée": "En jours",
    "plot_mark_published": "{figure}, publié le {date}, {voice}",
    "plot_mark_held": "{figure}, {date}, {voice}",
    "plot_hedged": "{text} ({hedge})",
    "plot_hedge_environ": "ordre de grandeur",
    "plot_hedge_plus": "valeur minimale",
    "plot_hedge_moins": "valeur maximale",
    "plot_hedge_entre": "intervalle",
    "plot_open": "Marque creuse\u00a0: valeur approchée, bornée ou en intervalle",
    "plot_hint": "Chaque marque ouvre la source de son chiffre. Au clavier, les flèches vont de "
    "l'une à l'autre et Entrée ouvre la source.",
}
