"""The lines by which Légifrance announces an article: its code, number, version and history."""

from __future__ import annotations

import re

_NUMBER = r"(?:[LRDAC]\*?\.?\s?)?\d+(?:er)?(?:-\d+)*(?:\s(?:[A-Z]|bis|ter|quater))*"
_ARTICLE = re.compile(rf"^article\s+(?P<number>{_NUMBER})$", re.IGNORECASE)
# In any other file only these are sure to be articles of a code: "Article 3" may be a contract's.
LEGAL_ARTICLE = re.compile(r"^article\s+(?P<number>[LRDA]\*?\.?\s?\d+(?:-\d+)*)$", re.IGNORECASE)
CODE = re.compile(
    r"^Code\s(?:(?:de|du|des|la|le)\s|(?:de\s)?l['’]|d['’]|[a-zéèê]{4,})[^.;:!?]{0,110}$"
)
VERSION = re.compile(
    r"^Version\s(?:en\svigueur|consolidée|(?P<abrogated>abrogée))\s"
    r"(?:depuis|du|au|le|à\scompter\sdu|jusqu['’]au)\b.{0,80}$",
    re.IGNORECASE,
)
AMENDED = re.compile(
    r"^(?:Modifié|Créé|Abrogé|Transféré|Codifié|Rétabli|Annulé|Périmé)\spar\s.{4,250}$"
    r"|^(?:Modification|Création|Abrogation|Transfert)\s(?:LOI|Loi|Décret|Ordonnance)\b.{4,250}$"
)
HIERARCHY = re.compile(
    r"^(?:Partie\s(?:législative|réglementaire|Arrêtés)"
    r"|(?:Livre|Titre|Chapitre|Section|Sous-section|Paragraphe)\s(?:[IVXLC]+|\d+|préliminaire|unique)"
    r"(?:er|e|ème|bis|ter)?)\s?(?::.{0,200}|\(Articles?\s.{0,80}\))?$",
    re.IGNORECASE,
)
DEBRIS = re.compile(
    r"^(?:Liens relatifs.*|Versions?|Replier|Déplier|Imprimer|Copier le texte|Télécharger.*"
    r"|Chemin ?:?|Naviguer dans le sommaire.*|Informations pratiques|ChronoLégi.*|Retour.*"
    r"|Masquer les articles.*|Rechercher dans le code.*|Article (?:suivant|précédent)"
    r"|https?://\S+)$",
    re.IGNORECASE,
)


def is_article(words: str) -> bool:
    """Tell whether a line is an article's number, alone.

    Examples
    --------
    >>> is_article("Article L. 221-1"), is_article("Article 375-3"), is_article("Article premier")
    (True, True, False)
    """
    return _ARTICLE.match(words) is not None


def article_number(words: str) -> str:
    """Give the number of an article's line.

    Examples
    --------
    >>> article_number("Article L223-3-1")
    'L223-3-1'
    """
    found = _ARTICLE.match(words)
    return found["number"] if found else ""
