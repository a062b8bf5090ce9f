"""Folded nouns by what they are: measures, bodies, and genders that a form does not show."""

from __future__ import annotations

MEASURES = frozenset(
    """budget nombre montant age part taux cout chiffre pourcentage duree date but objectif
    politique reponse avis esperance moyenne total somme proportion prix source auteur nom role
    raison cause depense liste""".split()
)
BODIES = frozenset(
    """gouvernement ministere ministre departement tribunal syndicat association conseil depute
    deputee etat avocat prefet juge maire senateur senatrice region mairie inspection commission
    president presidente parquet igas ase cdef elue elu foyer organisme cour
    mission defenseur rapporteur""".split()
)
# Adjectives that stand before their noun.
EARLY = frozenset(
    """premier premiere premiers premieres second seconde nouveau nouvelle nouveaux dernier derniere
    autre autres meme memes grand grande petit petite principal principale principaux principales
    differents differentes deux trois quatre futur future ancien ancienne""".split()
)
MASCULINE = frozenset(
    "age etat enfant avocat accueil argent article etablissement educateur organisme objectif "
    "hebergement accompagnement adolescent agent elu ado eleve".split()
)
FEMININE = frozenset(
    "igas ase association aide inspection etude enquete affaire amende equipe assemblee ecole "
    "adolescente elue agence audience".split()
)
