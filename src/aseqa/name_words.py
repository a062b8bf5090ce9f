"""The words by which names of persons are told from others, folded."""

from __future__ import annotations

# What such a word names is a thing, even when it bears a person's name: "la loi Taquet".
THINGS = frozenset(
    """loi lois rapport plan amendement circulaire decret arrete code article dispositif programme
    rue avenue boulevard place quartier commune ville village hopital clinique maternite theatre
    prix edition editions journal revue institut stade residence villa ecole college lycee foyer
    fondation association maison centre pouponniere mecs etablissement residences groupe collectif
    mairie departement region canton ile saint sainte""".split()
)
# Capitals that name no person: bodies, offices, faiths, peoples, months, and what is shouted.
COMMON = frozenset(
    """francais francaise francaises europeen europeenne europeens union etat etats republique
    assemblee nationale senat gouvernement parlement ministre ministere president presidente
    depute deputee senateur senatrice prefet prefete maire juge procureur procureure defenseur
    defenseure droits enfants enfant enfance aide sociale social protection judiciaire jeunesse
    famille familles departement departements region conseil departemental departementale general
    generale cour comptes tribunal inspection affaires sociales solidarites sante travail interieur
    justice education secours catholique populaire croix-rouge unicef apprentis auteuil action
    haut haute commissaire commissariat commission mission observatoire agence caisse maison
    journal officiel internet covid noel paques janvier fevrier mars avril mai juin juillet aout
    septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche
    france renaissance modem horizons ecologiste ecologistes socialiste republicains rassemblement
    insoumise communiste nord sud est ouest""".split()
)
# First names common in France that are no other word of a question.
FIRST_NAMES = frozenset(
    """adam adele adrien agathe aicha alain alban albane albert alexandra alexandre alexia alexis
    alice alicia aline alix amandine amelie amina amine amir anais andre andrea anna anne annie
    antoine antonin ariane arnaud arthur assia astrid aubin audrey auguste aurelie aurelien axel
    aya ayoub baptiste basile bastien beatrice benedicte benjamin benoit bernadette bernard
    bertrand brahim brice brigitte bruno camille candice carine carla caroline catherine cecile
    cedric celia celine celestin chantal charles charline charlotte chloe christelle christian
    christine christophe clara claude claudine clement clementine clotilde colette coralie
    corentin corinne cyril cyrille damien daniel daniele danielle david delphine denis diane
    didier     dimitri djibril dominique dylan eddy edouard eleonore elena elisa elisabeth elise
    ella     eloise elodie elsa emeline emilie emma emmanuel emmanuelle enzo eric erwan estelle
    esther     ethan etienne eugenie eva evelyne fabien fabienne fabrice fanny farid fatima fatou
    fatoumata     felix ferdinand flavie florence florent florian francis franck francois
    francoise frederic     frederique gabin gabriel gabrielle gael gaelle gaetan gaspard gautier
    genevieve geoffroy     georges gerald gerard germain ghislaine gilles gisele gregory guillaume
    gustave guy gwenaelle     hamza hanna hannah harold helene henri henriette herve hugo ibrahim
    ibrahima ilyes ines ingrid     irene iris isabelle isaac ismael jacqueline jacques jade jamel
    jean jeanne jean-luc     jean-pierre jennifer jeremy jerome jessica joachim jocelyne joel
    joelle johan johanna jonathan     jordan joseph josephine josette juliette jules julia julie
    julien justine karen karim karima     karine kader kelly kenza kevin khadija khaled kylian
    laetitia lamine laura laure laurence     laurent laurie lea leila lena leo leon leonie leonore
    lilian liliane lina linda lionel lisa     lola loic lorraine lou louane louis louise louna
    lucas lucie lucien ludivine ludovic luna lydia     lydie madeleine mael maelle maeva mahamadou
    malik malika mamadou manon manuel marc marcel     marcelle margaux margot marguerite maria
    mariam mariama marianne marie marina marion marius     marjorie marlene martin martine marwan
    mateo mathieu mathilde mathis matteo matthieu maud     maurice max maxence maxime mehdi
    melanie melina melissa melody michael michel michele micheline     mickael mila mireille
    mohamed mohammed monique morgane moussa mustapha myriam nabil nadege nadia     nadine naima
    nassim natacha nathalie nathan nawel nicole nicolas nina noa noah noe noemie nolan     nora
    norbert odette odile olivia olivier omar oscar oumar ousmane pablo pascal pascale patricia
    patrice patrick paul paule paulette pauline perrine philippe pierre-yves quentin rachel rachid
    rania raphael raphaelle raymond rebecca regine remi remy renaud rene renee richard robert
    robin     rodolphe roger roland romain romane rosalie roxane ryan sabrina sacha sally salima
    salome     samia samir samira samuel sandra sandrine sara sarah sasha sebastien segolene selma
    serge     severine sidonie simon simone sofia sofiane solange solene sonia sophie soraya
    stephane stephanie     suzanne sylvain sylvaine sylvie tania tanguy tatiana thea theo theodore
    therese thibault thierry     thomas tiffany timothee tom tony tristan ugo valentin valentine
    valerie vanessa vera veronique     victor victoria vincent virginie viviane wassim william
    xavier yacine yann yanis yasmina yasmine     yassine yohan yolande yves yvette yvonne zakaria
    zineb zoe zohra""".split()
)
