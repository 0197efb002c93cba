"""The words that announce a person, an organisation or a street; keys, see ``readable.key``."""

import re


SINGULAR = frozenset(
    "m mr monsieur mme madame mlle mademoiselle me maitre dr docteur sieur messire pr pere soeur abbe m&mme dhr mevr mevrouw heer frau herr m.".split()
)
PLURAL = frozenset(
    "mm mrs messieurs mmes mesdames mlles mesdemoiselles mes maitres drs docteurs sieurs dames".split()
)
CIVILITIES = SINGULAR | PLURAL

# Directly before a name they say that it is a natural person's.
KIN = frozenset(
    """epoux epouse conjoint conjointe mari femme compagne compagnon cohabitant cohabitante concubin
    concubine fiance fiancee veuf veuve vve fils fille filles enfant enfants jumeaux jumelles frere
    freres soeur soeurs pere mere papa maman parents neveu neveux niece nieces cousin cousine cousins
    oncle tante beau-pere belle-mere beau-frere belle-soeur beau-fils belle-fille gendre bru petit-fils
    petite-fille petits-fils petits-enfants grand-pere grand-mere grands-parents filleul filleule parrain
    marraine tuteur tutrice bebe ami amie voisin voisine voisins aieul aieule feu feue consorts famille fam
    heritiers heritiere heritier succession hoirs menage pupille ex-epoux ex-epouse ex-mari
    demi-frere demi-soeur orphelin defunt defunte nee ne ep epse""".split()
)
ROLES = frozenset(
    """nomme nommee nommes denomme denommee prenomme prenommee sieur dame citoyen citoyenne habitant habitante
    riverain riveraine riverains requerant requerante requerants demandeur demandeurs demanderesse demandeuse
    petitionnaire reclamant reclamante plaignant plaignante appelant appelante locataire locataires
    proprietaire proprietaires coproprietaire nu-proprietaire usufruitier usufruitiere bailleur bailleresse
    preneur acquereur acquereurs vendeur vendeurs acheteur occupant occupante occupants
    beneficiaire beneficiaires candidat candidate candidats candidates agent agente employe employee ouvrier
    ouvriere stagiaire eleve eleves etudiant etudiante enseignant enseignante instituteur institutrice professeur
    accueillante accueillant puericultrice coordinatrice coordinateur brigadier concierge gerant gerante
    exploitant exploitante commercant commercante entrepreneur notaire avocat avocate architecte geometre
    geometre-expert medecin huissier infirmier infirmiere psychologue educateur educatrice animateur
    animatrice tresorier tresoriere secretaire president presidente vice-president vice-presidente porte-parole
    mandataire representant representante temoin victime prevenu prevenue contrevenant contrevenante
    conducteur conductrice chauffeur titulaire titulaires mineur mineure patient patiente resident residente
    jeune petit petite certain certaine apiculteur agriculteur agricultrice fermier artiste sculpteur auteur
    autrice bourrelier boucher coiffeur coiffeuse collegue surnomme surnommee prenom prenoms nom noms
    patronyme interesse interessee ex-agent redacteur contact debiteur debitrice creancier redevable
    assistante assistant directeur-adjoint ingenieur juriste comptable bibliothecaire facteur pretre cure
    vicaire pasteur imam officiant marguillier membre membres garde-champetre stewards steward gardien
    gardienne lauréat laureat laureate laureats participant participante nageur entraineur arbitre
    suppleant suppleante aidant aidante parent delegue deleguee interlocuteur inspecteur inspectrice
    comte comtesse baron baronne vicomte vicomtesse chevalier commissaire premier-inspecteur controleur surveillant surveillante technicien technicienne""".split()
)
# Words between a cue and its name: "son neveu, le petit X", "ses enfants mineurs X".
BETWEEN = frozenset(
    "le la les l' un une son sa ses leur leurs et de des du d' mineur mineure mineurs jeune petit petite petits aine ainee cadet cadette actuel actuelle precite precitee susdit unique commun communs respectivement savoir dit dite dits dont feu feue mon ma mes notre soit traitant retenu retenue retenus designe designee propose proposee classe classee elu elue sortant sortante".split()
)
# Functions: who acts in one is not a citizen here. Titles also stand between civility and name.
FUNCTIONS = frozenset(
    """bourgmestre bourgmestre-president bourgmestre-presidente echevin echevine echevins echevines conseiller
    conseillere conseillers conseilleres president presidente presidents directeur directrice depute deputee
    ministre gouverneur gouverneure senateur senatrice secretaire mandataire receveur receveuse
    fonctionnaire fonctionnaires officier prefet prefete chef commissaire roi reine administrateur
    administratrice inspecteur inspectrice juge procureur""".split()
)
TITLES = FUNCTIONS | frozenset(
    """chevalier baron baronne comte comtesse vicomte abbe cure notaire docteur professeur general generale
    financier financiere communal communale provincial provinciale premier premiere delegue deleguee
    adjoint adjointe sortant sortante honoraire veuve vve feu feue ff f.f empeche empechee
    le la l' du de des d' les cpas""".split()
)

FIRM_HEADS = frozenset(
    """sa srl sprl scrl asbl aisbl snc sc scs sca sprlu scris nv bv bvba vzw societe societes bureau etablissements ets entreprise
    entreprises firme garage boulangerie boucherie pharmacie librairie brasserie restaurant cafe snack salon
    friterie magasin imprimerie menuiserie toitures travaux immo immobiliere agence atelier ateliers
    architecture fiduciaire etude cabinet banque groupe groupement association consortium compagnie maison
    ecole ecoles institut athenee college lycee universite hopital clinique polyclinique salle parc residence
    fondation centre eglise chapelle basilique abbaye fabrique paroisse cimetiere carrefour carrefours pont
    square musee bibliotheque mediatheque theatre stade hall complexe plaine implantation creche club cercle
    fanfare harmonie comite patro amicale royal royale prix fonds ligne code loi plan zone liste
    parti mouvement home seigneurie clos quartier cite lotissement domaine site batiment espace
    auberge hotel camping piscine ecole-communale foyer intercommunale quatuor orchestre festival challenge
    trophee tournoi memorial coupe fete monument statue buste motion station arret gare pic""".split()
)
_FIRM_TAIL = (
    r"\s*&\s+(?!M\b|Mme\b|Mr\b|Madame\b|Monsieur\b)[A-ZÀ-Þ]\w+|"
    r"\s*(?:,?\s*(?:SA|SRL|SPRL|SCRL|SNC|ASBL|NV|BV|BVBA|SC|SCS)\b|(?:&|et|Et|ET)\s+(?:Fils|Cie|Co\b|Associ[ée]s|Filles|fils|associ[ée]s|Partners|FILS|ASSOCI[ÉE]S)"
    r"|(?:Fr[èe]res|FR[ÈE]RES|Construct\w*|Group\w*|Belgium|Consult\w*|Invest\w*|Garden|Motors?|Toitures?|Immo\w*|Services?|Logement|Engineering|Concept|Design|Trans\w{0,8}|Beton|Béton)\b)"
)
FIRM_TAIL = re.compile(_FIRM_TAIL)

STREET_TYPES = (
    "rue|rues|r\\.|avenue|avenues|av\\.|boulevard|boulevards|bd\\.?|bld\\.?|chaussée|chée|chaussee|place|places|pl\\.|placette|quai|quais|chemin|chemins|ch\\.|sentier|"
    "ruelle|ruelles|venelle|impasse|allée|allées|clos|cour|square|route|rte|drève|voie|thier|tienne|montagne|mont|cité|"
    "rond-point|esplanade|passage|galerie|faubourg|hameau|lieu-dit|parc|sart|ry|coron|rampe|"
    "promenade|grand-route|grand'route|grand'rue|grand-rue|grand-place|grand'place|chavée|piedsente|pavé|warichet|"
    "residence|résidence|château|carrefour|traverse|digue|rang|degrés|escaliers|mail|parvis|porte|pont|terrasse|vallée|quartier|val|villa|zoning|bois|fond|fonds|tri|trieu|trieux|try|champ|champs|pré|pachis|batty|bruyère|zone"
)
ORGANISATION = re.compile(
    r"\b(?:S\.A|S\.R\.L|A\.S\.B\.L|S\.P\.R\.L|S\.C\.R\.L|C\.P\.A\.S|S\.P\.W|S\.N\.C|N\.V|B\.V|S\.C)\.|"
    r"\b(?:SA|SRL|SPRL|SCRL|SNC|ASBL|AISBL|SCS|NV|BV|VZW|SPW|CPAS|SPF|ONE|AIS|SPI|IDEA|AIDE|BEP|IGRETEC|IMIO|SWDE|ORES|RESA|TEC|SNCB|SLSP|ONSS|CCATM|CHR|CHU|APD|DNF|DGO\d?|FSMA)\b"
    r"|\b(?i:sociétés?|bureau|établissements?|ets|entreprise|firme|associations?|communes?|ville|administrations?|provinces?|"
    r"service|services|département|direction|gouvernement|tribunal|tribunaux|cours? (?:d'appel|du travail|constitutionnelle)|conseil d'[ée]tat|écoles?|fonctionnaires?|"
    r"intercommunales?|zone de (?:police|secours)|évêché|siège|secrétariat|crèche|bibliothèque|salle|hall|notaires associés|banque|fonds|régie|ministère|"
    r"maison communale|hôtel de ville|hôpital|clinique|institut|athénée|université|centre|maison de repos|laboratoire|cercle|club|comité|fabrique d'église|plaine|police|parquet|accueil|exploitante? du)\b"
)
PRIVATE_WORD = re.compile(
    r"(?i:\b(?:domicil\w*|demeur\w+|habit(?:e|ent|ant|ants|ait)|résid(?:e|ant|ants|ante|ent)|loge(?:r|ant|ment)?|locataires?|riverain\w*|propriétaires?|"
    r"requérant\w*|demande(?:ur|urs|resse|use)|réclamant\w*|intéressée?s?|époux|épouse|consorts|famille|veuve|né[e]?s?|nommée?|adresse (?:privée|personnelle|actuelle)|"
    r"privée?|personnel(?:le)?|particulier|monsieur|madame|mme|mlle|bénéficiaires?|occupants?|bailleur|habitation|appartement|studio|maison sise|immeuble sis|bien sis|bien situé|logement|papa|maman)\b|\bM\.)"
)
HOME = re.compile(
    r"(?i:\b(?:domicili[ée]e?s?|demeurant|habitant|habitent|habite|habitait|résidant|réside|résident|hébergée?|logeant|domiciles?|adresse (?:privée|personnelle|actuelle|est)|"
    r"sise?s?|située?s?|p/a|logement|studio|appartement|chalet|habitation|immeuble|bien|maison|vivre|vit|emménagé|installée?|"
    r"résidence principale|déménagé))"
)
