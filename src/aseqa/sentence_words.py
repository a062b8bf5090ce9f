"""What French sentence splitting must know by heart: abbreviations and small words."""

from __future__ import annotations

# A name follows: the full stop after these never ends a sentence.
TITLES = frozenset("m mm mme mmes mlle mlles dr drs pr me mgr st ste vve".split())

# Something that explains or completes follows, whatever its first word is.
INTRODUCERS = frozenset("cf ex i.e e.g c.-à-d c.à.d n.b nb p.-s av bd bld vs".split())

# A number or a name follows; only a plain sentence opener ("Le", "Il") shows an end.
REFERENCES = frozenset(
    "al ap app apr ann arr art chap circ coll concl déc dép dir doc éd env fasc févr fév fig g"
    " hab ibid janv juil avr lib lig loc n no nos nov num obs oct op p par pl pp préf qq réf"
    " resp rm s sect sept sq sqq subd suiv sup t tél tit tom trad univ v vol".split()
)

# Words that open a sentence far more often than they open a name.
OPENERS = frozenset(
    "à afin ailleurs ainsi alors après aucun aucune au aujourd aussi autant autre autres aux"
    " avant avec c car ce ceci cela celle celles celui cependant certaine chacun chacune"
    " certaines certains ces cet cette ceux chaque chez ci combien comme comment contre d dans"
    " de depuis des dès deux donc dont du elle elles en enfin ensuite environ entre est et faut"
    " grâce hier ici il ils j jamais je jusqu l la là le les leur leurs lors lorsque ma mais"
    " malgré même mes mon n néanmoins ni nos notre nous on or ou où outre par parmi parce pas"
    " pendant personne plus plusieurs pour pourquoi pourtant puis puisque qu quand quant que"
    " quel quelle quelles quelques quels qui quoi rien s sa sans sauf selon ses seul seule si"
    " soit son sont sous suite sur ta tandis tel telle tes toi ton toujours tous tout toute"
    " toutefois toutes trois très tu un une vers voici voilà vos votre vous y ça".split()
)

# A line that ends with one of these goes on after the line or page break.
DANGLERS = frozenset(
    "à au aux avec ce ces cet cette chez dans de des dont du d en entre et l la le les leur"
    " leurs mais n ne ni notre nos ou où par parmi pour qu que qui sa sans se selon ses si son"
    " sous sur un une vers votre vos".split()
)

# Units that stick to a number and are no first word of a glued document.
GLUED_UNITS = "Ko|Mo|Go|To|Po|Kb|Mb|Gb|Tb|Hz|Wh|Ah|Mds?|Mt|Gt|Pa|Bq|Sv|Nm"

UPPER = "A-ZÀ-ÖØ-ÞŒŸ"
LOWER = "a-zß-öø-ÿœ"
