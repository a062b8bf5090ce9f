"""The words by which French texts say who speaks: offices, institutions, documents."""

from __future__ import annotations

import re

# Papers whose article is part of the name.
PAPERS = (
    "le monde|le figaro|libération|mediapart|médiapart|la dépêche|le parisien|la croix|le point"
    "|les échos|l'humanité|l'obs|l'express|ouest-france|sud ouest|la provence|la voix du nord"
    "|nice-matin|marsactu|france info|franceinfo|france inter|france bleu|france culture"
)
# Who someone is, by the words of the office; the first match in a phrase decides.
KINDS = {
    "syndicat": (
        "syndicats?|syndica(?:l|le|ux|liste)s?|cgt|cfdt|fo|unsa|fsu|cftc|cfe-cgc|solidaires|snpes-pjj"
        "|sud[- ](?:santé|solidaires|éducation|collectivités|sociaux|ct)\\b"
        "|(?:\\A|(?<=de ))sud\\Z|force ouvrière"
        "|intersyndicale|snuter|snutefcaas|usm|cnt|cgc|snpes|sgen|snepap|ufict|ufas|usd"
        "|(?:représentante?|déléguée?|élue?)s? (?:du personnel|cgt|cfdt|fo|sud|unsa|fsu)"
        "|(?:fédération|union|confédération|section)"
        " (?:[\\w-]+ )?(?:syndicale|cgt|cfdt|fo|unsa|fsu|cftc)"
        "|(?:union|confédération) (?:des travailleurs|du travail|paysanne|générale du travail)"
    ),
    "justice": (
        "avocate?s?|magistrate?s?|juges?|procureure?|vice-procureure?|bâtonni(?:er|ère)"
        "|parquet|tribuna(?:l|ux)|cour (?:d'appel|de cassation|d'assises|européenne)|barreaux?"
        "|conseil d'état|conseil constitutionnel|cedh|ministère public|greff(?:e|i(?:er|ère))"
        "|substitute?|avocate?-générale?"
        "|conseil (?:national des barreaux|supérieur de la magistrature|de l'ordre des avocats)"
    ),
    "gouvernement": (
        "gouvernement|(?:premi[eè]re? )?ministres?|ministères?|matignon|élysée|préfet|préfète"
        "|préfecture|secrétaire d'[ée]tat|chancellerie|garde des sceaux|président de la république"
        "|[ée]tat(?! civil|-major)|exécutif|beauvau"
        "|haute?-commissaire|rect(?:eur|rice)|agence régionale de santé|ars"
    ),
    "parlementaire": (
        "députée?s?|sénat(?:eur|rice)s?|sénat|assemblée nationale|parlementaires?"
        "|(?:commission|mission) (?:d'enquête|d'information|parlementaire)"
        "|rapporteure?(?! spécial| publi| de la cour)"
    ),
    "inspection": (
        "inspections?|igas|igj|igesr|cour des comptes|chambres? (?:régionales?|territoriales?) des"
        "|(?<!de )mission(?:\\Z|(?= d'(?:inspection|évaluation|appui|audit)"
        "| conduite| interministérielle))"
        "|organisme de contrôle|inspect(?:eur|rice)s?(?! de l'(?:ase\\b|aide sociale))|auditeurs?"
        "|défenseure? des (?:droits|enfants)"
        "|contrôleure? générale?|cglpl|magistrate?s? financi(?:er|ère)s?|autorité de contrôle"
    ),
    "collectivite": (
        "(?:cadre|cheffe?|direct(?:eur|rice)|responsable|inspect(?:eur|rice)|agente?|référente?)"
        " (?:(?:du service |du pôle )?de l'(?:ase|aide sociale à l'enfance)"
        "|du service(?: départemental)?|de la (?:cellule|crip|circonscription))|crip"
        "|départements?(?! d'études| de recherche| de pédiatrie| de psycho| de socio)"
        "|conseils? (?:départementa(?:l|ux)|régiona(?:l|ux)|général|municipal)"
        "|conseill(?:er|ère)s? (?:départementa(?:l|le|ux)|régiona(?:l|le|ux)|municipa(?:l|le|ux))"
        "|régions?|mairie|maires?|municipalité|métropole|collectivités?|communes?"
        "|intercommunalités?|agglomération"
        "|(?<!médecin de )(?<!médecine de )ville|élue?s?"
    ),
    "association": (
        "associati(?:ons?|ve|f|fs|ves)|fondations?|collectifs?|ong|unicef|croix-rouge|fédérations?"
        "|ligue|secours|union (?:nationale|départementale) des associations"
        "|uniopss|cnape|bénévoles?|amnesty|comité de vigilance"
    ),
    "statistique": (
        "insee|drees|ined|onpe|observatoire|statisticien(?:ne)?|eurostat|odpe"
        "|(?:service|institut|direction|bureau|sous-direction)[^,]{0,40} statistiques?|ssmsi|depp"
    ),
    "presse": (
        "afp|agence france-presse|quotidien|hebdomadaire|journal(?! officiel)|journaliste"
        f"|rédaction|gazette|courrier|{PAPERS}"
    ),
    "loi": "loi|code|décret|article(?= (?:\\d|[lrd]\\b|premier))|convention|constitution|règlement",
}
KIND_PATTERN = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in KINDS.items()) + r")s?\b"
)

# Nouns for a person, which may stand before or after a name.
OFFICES = (
    "adjointe?|administrat(?:eur|rice)|agente?|ancien(?:ne)?|anthropologue|assistante?|avocate?"
    "|bâtonni(?:er|ère)|bénévole|cadre|cheffe?|cherch(?:eur|euse)|chercheure|coordinat(?:eur|rice)"
    "|cofondat(?:eur|rice)|fondat(?:eur|rice)|commissaire|conseill(?:er|ère)|contrôleure?"
    "|déléguée?|députée?|direct(?:eur|rice)|assesseure?|auteure?|auteurs|autrice|greffi(?:er|ère)|défenseure?|démographe|éducat(?:eur|rice)|élue?"
    "|économiste|enseignante?|haute?-commissaire|infirmi(?:er|ère)|inspect(?:eur|rice)|juge"
    "|journaliste|magistrate?|maire|mère|médecin|membre|militante?|ministre|père|pédiatre"
    "|pédopsychiatre|porte-parole|préfet|préfète|présidente?|procureure?|professeure?|psychiatre"
    "|psychologue|rapporteure?|rect(?:eur|rice)|référente?|représentante?|responsable|salariée?"
    "|principale?|proviseure?|pédagogue|surveillante?|intervenante?|stagiaire|apprentie?|notaire"
    "|aide-soignante?|puéricult(?:eur|rice)|sage-femme|chirurgien(?:ne)?|avocate-conseil|experte?"
    "|universitaire|doctorante?|spécialiste|parrain|marraine|frère|sœur|commandante?|capitaine"
    "|veilleu(?:r|se)|technicien(?:ne)?|délégataire|gardien(?:ne)?|locataire|retraitée?|étudiante?"
    "|lycéen(?:ne)?|collégien(?:ne)?|riveraine?|témoin|curé|pasteur|ministre déléguée?"
    "|premier ministre|première ministre|garde des sceaux|secrétaire d'état|femme|homme|veuve"
    "|prédécesseure?|collègue|homologue|camarade|jeune (?:fille|femme|homme)|adolescente?"
    "|fille|garçon|grand-mère|grand-père|tante|oncle|habitante?|voisine?|gendarme|polici(?:er|ère)|enfant"
    "|secrétaire|sénat(?:eur|rice)|politologue|philosophe|sociologue|syndicaliste|analyste|poète"
    "|écrivaine?|travaill(?:eur|euse)"
    "|vice-présidente?|vice-procureure?|victime|historien(?:ne)?|linguiste|statisticien(?:ne)?"
)
# Nouns for a body; "mission" and the like only stand for one named before.
BODIES = (
    "force ouvrière|croix-rouge|académie|office|ordre|centrale|centre|foyer|établissement|maison"
    "|parlement|plateforme|réseau"
    "|coordination|coopérative|mutuelle|école|lycée|collège|université|laboratoire|délégation"
    "|antenne|pouponnière|cellule|sous-direction|police|gendarmerie|brigade|élysée|matignon"
    "|mouvement|syndicat|exécutif|opposition|majorité|hémicycle|défense|accusation|académie|agence|assemblée|association|barreau|cabinet|caisse|chambre|chancellerie|collectif"
    "|collectivité|comité|commission|confédération|conseil|cour|défenseur des droits|département"
    "|direction|entourage|fédération|fondation|gouvernement|groupe|groupement|haut conseil"
    "|haute autorité|hôpital|inspection|institut|intersyndicale|journal|ligue|mairie|métropole"
    "|ministère|municipalité|observatoire|ong|ordre|organisation|parquet|parti|préfecture|quotidien"
    "|rectorat|section|rédaction|région|sénat|secours|service|société|syndicat|tribunal|union|ville|état"
)
# Those who speak together; "selon les départements" alone rather means that something varies.
PLURALS = (
    "associations|syndicats|départements|conseils départementaux|élus|maires|magistrats|avocats"
    "|juges|professionnels|éducateurs|travailleurs sociaux|experts|spécialistes|chercheurs"
    "|acteurs|auteurs"
    "|organisations|fédérations|services|inspecteurs|rapporteurs|députés|sénateurs|parlementaires"
    "|psychologues|assistantes? familia(?:ux|les)|assistants familiaux|directeurs|directrices"
    "|éducatrices|professionnelles|procureurs|préfets|ministres|riverains|habitants|policiers"
    "|gendarmes|soignants|infirmières|enseignants|bénévoles|militants|syndicalistes|sociologues"
    "|économistes|démographes|statisticiens|observateurs|connaisseurs|signataires|intéressés"
    "|plaignants|requérants|victimes|enquêteurs|agents|équipes|cadres|responsables|conseillers"
    "|intervenants|personnels|grévistes|collectifs|fondations|organismes|institutions"
    "|collectivités|communes|régions|tribunaux|parquets|juridictions|magistrates|avocates|élues"
    "|médecins|pédopsychiatres|familles|parents|jeunes|salariés|autorités|ministères|préfectures"
)
# Nouns of time, which are never somebody: "dit le lendemain".
TIMES = "jour|journée|soir|soirée|matin|lendemain|semaine|mois|an|année|fois|moment|veille|suite"
STAND_INS = "mission|organisme|institution|instance"
# What is published, and what is only said to be known; the latter needs an owner to be a source.
PUBLISHED = (
    "annuaire|compte administratif|budget(?: primitif)?|compte rendu|procès-verbal|registre"
    "|document|fichier|tableau de bord|observations|jugement|arrêt|ordonnance|livre blanc|tribune"
    "|mémoire|thèse|synthèse|référé|lettre|audit|avis"
    "|baromètre|bilan|bulletin|communiqué|enquêtes?|études?|note|rapports?|recensement"
    "|sondage|travaux|panorama|diagnostic|plaidoyer|contribution|ouvrage"
)
DOCUMENTS = (
    f"{PUBLISHED}|calculs|chiffres?|décompte|comptage|projections?|évaluations?"
    f"|analyses?|base|service de presse|courbes?|séries?|témoignages?|relevés?"
    "|données|dossier|estimations?|informations?|sources?|statistiques"
)
