"""The shapes of postal addresses: Belgian streets with box, storey and locality, and some from abroad."""

import re
from collective.deliberation.pseudonym.detection import cues


UP = "A-ZÀ-ÖØ-Þ"
CAP = rf"[{UP}](?![ -]?\d{{4}})[\w'-]*"
LINK = r"(?:de|du|des|la|le|les|lez|lès|l'|d'|en|sur|sous|et|à|au|aux|op|den|der|van|ter|ten)"
MONTHS = r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)"
UNIT = rf"(?:%|€|m²|m2|m\b|km\b|h\b|(?:er|re|ère|e|ème|è)\b|(?i:{MONTHS})|ans\b|voix\b|mois\b|jours\b|euros?\b)"
DIGITS = rf"\d{{1,4}}(?!\d)(?![.,]\d)(?![ ]?{UNIT})(?!(?!(?:bis|ter|quater)\b)[a-zà-ÿ]{{2}})"
SUFFIX = (
    r"(?:[ ]?(?:bis|ter|quater)\b|[ ]?[A-Z](?![\w'’.])|[A-Za-z]\d?\b|[ ][a-z](?=[ ]*,|[ ]+à[ ]))?"
)
NUMBER = (
    rf"(?:(?i:n°s?|nºs?|n\.|num[ée]ros?|nr\.?)[ ]?)?(?:(?i:bloc|b[âa]timent|b[âa]t\.)[ ]?)?{DIGITS}{SUFFIX}"
    rf"(?:[ ]?/[ ]?[A-Z]?\d{{1,4}}(?:\.\d{{1,2}})?{SUFFIX}|[ ]?-[ ]?\d{{1,3}}\b{SUFFIX}|[ ]?/[ ]?[A-Za-z]\d{{0,3}}\b|[ ]et[ ]\d{{1,3}}\b(?![ ]?{UNIT})(?![ ][a-z])){{0,3}}"
)
ORDINAL = r"(?:\d{1,2}[ ]?(?:er|ère|re|e|ème|è|me|ième)|(?i:premier|première|second|deuxième|troisième|quatrième|cinquième|sixième|dernier))"
SIDE = r"(?:[ ](?:gauche|droite?|avant|arrière|face|façade|côté[ ]\w+))?"
STOREY = (
    rf"(?:{ORDINAL}[ ](?i:étage|ét\.?(?!\w)|etage|niveau){SIDE}|(?i:étage)[ ]\d{{1,2}}{SIDE}|\d{{1,2}}(?:er|e|ème|è)(?:[ ](?:gauche|droite))?(?=[ ]?[,;).\n]|$)"
    rf"|(?i:r(?:ez|é)(?:[ -]de[ -]chauss[ée]e|\.)?|rdc|sous-sol|entresol|mansarde|combles|duplex|arri[èe]re(?:-maison|-b[âa]timent)?|maison arrière)(?!\w){SIDE})"
)
BOX_LETTER = r"(?i:bloc|b[âa]timent|bte|bo[iî]te|entrée|appartement|appt?\.?|app\.?)[ ][A-Z]\b(?!')"
FLOOR = r"\d{1,2}(?:er|e|ème|è)(?:[ ](?:étage|gauche|droite))?"
BOX = (
    r"(?:[ ]*[,/(-]?[ ]*(?i:bloc|bte|bo[iî]te|bus|bt|b|app?t?|appartement|étage|ét|box|rez|studio|kot|chambre|emplacement|chalet|caravane|b[âa]timent)"
    r"\.?[ ]?(?:n°[ ]?)?[A-Za-z]?\d{1,4}(?:\.\d{1,2})?[A-Za-z]?\b\)?"
    r"|[ ]?,?[ ]n°[ ]?\d{1,4}[A-Za-z]?\b"
    rf"|[ ]\({FLOOR}\)|,[ ]{FLOOR}\b|[ ][,–-]?[ ]?(?:premier|second|deuxième|troisième|1er|2e)[ ]étage|[ ]?,?[ ](?:bte|boîte)[ ][A-Z]\b|[ ][–-][ ]\d{{1,2}}(?:er|e|ème)[ ]étage|,[ ](?:premier|second|deuxième|troisième)[ ]étage|,[ ](?:arri[èe]re-maison|rez-de-chaussée)|[ ]\((?:rez-de-chaussée|arrière|étage)\))"
)
BOX = rf"(?:[ ]?(?:,[ ]?|[–-][ ]?|\([ ]?)?(?:(?:au|à[ ]l')[ ]?)?(?:{STOREY}|{BOX_LETTER})[ ]?\)?|{BOX})"
BOXES = rf"(?:{BOX}){{0,4}}"
LABEL = r"(?!T[ée]l|GSM|Adresse|Courriel|E-?mail|Mail|Noms?\b|Date|Montant|Compte|IBAN|N[NR]N?\b|RN\b|Pr[ée]nom|Considérant|Vu\b|Attendu)"
TOWN = rf"[{UP}](?![ -]?\d{{4}})[^\W\d_]*(?:['-][^\W\d_]+)*(?!\w)"
CITY = (
    rf"{TOWN}(?:(?:[ ]|-|[ ]-[ ]){LABEL}(?:{TOWN}|(?:le|la|les|lez|sur|en|sous|de|du|aux|op|ten)(?=[ -]{TOWN})))"
    rf"{{0,4}}(?:[ ]?\({TOWN}\))?"
)
COUNTRY = (
    r"(?:Belgique|France|Allemagne|Luxembourg|Grand[ -]Duché(?:[ ]de[ ]Luxembourg)?|G\.-D\.[ ]?de[ ]Luxembourg|Pays-Bas|Italie|Espagne|Portugal|Pologne|Roumanie|Bulgarie|Turquie|Maroc|"
    r"Algérie|Tunisie|Suisse|Royaume-Uni|Angleterre|Irlande|Autriche|Grèce|Suède|Danemark|Norvège|Hongrie|Ukraine|Croatie|Serbie|Canada|États-Unis|USA|Belgium|Deutschland|Nederland|R\.?D\.?[ ]?Congo|Congo|Cameroun|Sénégal)"
)
CODE = r"(?:\d{4}[ ]?[A-Z]{2}(?=[ ]+[A-Z])|\d{2}-\d{3}|\d{4}-\d{3}|\d{4,5})(?![\d.,/]\d)"
POST = rf"(?:(?:B|BE|L|F|D|NL|CH|A|I|LU|FR|DE|PL|P)[ ]?-[ ]?)?{CODE}[ ]+{CITY}(?:[ ]?[,–-][ ]?{COUNTRY}\b|[ ]?\((?:{COUNTRY}|[A-Z]{{1,3}}|G\.[ ]?-?D\.[^()\n]{{0,16}})\))?"
TOWARDS = r"\s*(?:,|–|-|\(|:|;)?\s*(?:(?:à|À|a|de)\s+|,\s*)?"
PLAIN_CITY = r"\d{4}[ ]+[a-zà-ÿ]{3,}(?:-[a-zà-ÿ]+)*(?![\w'])"
AFTER_CITY = rf"(?:[ ]?(?:,|[–-]|\()[ ]?(?:au[ ])?(?:{STOREY}|{BOX_LETTER}|(?i:bte|bo[iî]te|bus|appt?\.?|appartement|kot|studio|chambre)\.?[ ]?(?:n°[ ]?)?[A-Za-z]?\d{{1,4}}\w?)\)?){{0,2}}"
END = rf"(?:(?:{TOWARDS}{POST}\)?|{TOWARDS}{PLAIN_CITY}|,?[ ]+[àÀ][ ]+{CITY}|,?[ ]+à[ ]+(?!partir|hauteur|titre|proximité|droite|gauche|cette|savoir|louer|vendre)[a-zà-ÿ]{{3,}}(?:-[a-zà-ÿ]+)*(?=[ ]?[.;,)\n]|$)|,[ ]+{CITY}(?:[ ]\(\d{{4,5}}\))?(?=[ \n,;.)]|$)){AFTER_CITY})?"
STREET = (
    rf"(?:(?:(?:Petite?|Grande?|Vieille|Vieux|Ancienne?|Haute|Basse)[ ]+)?(?i:{cues.STREET_TYPES}))"
)
NAME = r"(?:[ ]+(?:[\w'.-]+(?:[ ]?\([\w' -]{2,30}\))?)){0,7}?"
LINKS = rf"(?:[ ](?:{LINK}[ ]?|[ld]')){{0,3}}"
TYPED = re.compile(
    rf"(?<![\w'-])(?P<street>{STREET}(?P<name>{NAME}))(?:[ ]*,[ ]*|[ ]+)(?:au[ ])?(?P<number>{NUMBER}|s/n(?!\w)|s\.n\.|sans[ ]num[ée]ro){BOXES}(?P<end>{END})"
)
GERMANIC = re.compile(
    rf"(?<![\w'-])(?:(?:{CAP}[ ]){{0,3}}{CAP}(?:straat|laan|weg|steenweg|plein|dreef|dijk|kaai|lei|markt|baan|stra(?:ß|ss)e|str\.|platz|gasse|allee|ring|park|hof|veld|berg)"
    rf"|[Ss]teenweg[ ]op[ ]{CAP}|(?:Am|Im|An der|In der|Auf der|Op de|Aan de)[ ]{CAP})[ ]*,?[ ]*{NUMBER}{BOXES}(?P<end>{END})"
)
NUMBER_FIRST = re.compile(
    rf"(?<![\w/.-])(?:(?!\d{{4}}){DIGITS}(?:[ ]?(?:bis|ter|[A-Z]))?(?:/\d{{1,4}})?,?[ ](?:de[ ]la[ ]|de[ ]l'|du[ ]|des[ ])?(?={STREET}[ ])"
    rf"|(?i:n°|num[ée]ro)[ ]?\d{{1,4}}\w?[ ]?(?:de[ ]la[ ]|de[ ]l'|du[ ]|des[ ]|,[ ]?)){STREET}"
    rf"{LINKS}(?:[ ]?{CAP}){{1,4}}(?:(?:[ ]{LINK}){{1,2}}[ ]?{CAP})?{BOXES}{END}"
)
CITY_FIRST = re.compile(rf"(?<![\w/.-]){POST}[ ]*[,:(–-][ ]*(?=(?:\d{{1,4}}\w?,?[ ])?{STREET}[ ])")
UNTYPED = re.compile(
    rf"(?<![\w'-])(?:{CAP}|[Àà][ ]l[ae])(?:[ ](?:{LINK}[ ]?)?[\w'-]+){{0,4}}[ ]*,?[ ]{NUMBER}{BOXES}{TOWARDS}{POST}"
)
# Abroad: the street by its word, what stands after the number as it comes.
ABROAD = re.compile(
    rf"(?<![\w'-])(?:(?:ul\.|ulica|al\.|os\.|[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Rr]ua|[Tt]ravessa|[Cc]alle|[Aa]venida|[Pp]laza|[Ss]trada|[Vv]ul\.|vulytsia|bul\.|[Oo]dos)[ ](?:[\w'.-]+[ ]){{0,5}}?[\w'.-]+[ ]?,?[ ]{NUMBER}{BOXES}"
    rf"|\d{{1,4}}[A-Za-z]?,?[ ](?:{CAP}[ ]){{1,3}}(?:Street|Road|Avenue|Lane|Drive|Square|Close|Gardens)(?![\w'])"
    rf"|(?:{CAP}[ ]){{1,4}}(?:Caddesi|Cad\.|Sokak|Sok\.|Mahallesi|Mah\.|Bulvarı)[ ,]*(?:(?:[Nn]o|N°)[.:]?[ ]?)?{NUMBER}{BOXES})"
    rf"(?P<end>(?:,?[ ](?:à[ ])?(?:{POST}|{CITY}))?(?:[ ]?[,(][ ]?{COUNTRY}\)?)?)"
)
CITY_BEFORE = re.compile(
    rf"(?P<announced>(?:^|(?<=[\s(]))[àÀ][ ]|(?:^|(?<=[\s(:])))(?P<city>{POST}|{CITY}(?:[ ]?\(\d{{4}}\))?)[ ]?(?:,|:|–|-|\()[ ]?$"
)
RESIDENCE_BEFORE = re.compile(
    rf"(?:(?i:r[ée]sidence|ch[âa]teau|home|seniorie|villa|ferme|appartement|immeuble|studio|clos|b[âa]timent)[ ](?:«[ ]?)?(?:{LINK}[ ]?)*"
    rf"(?:{CAP}[ ]?){{1,4}}(?:»)?{BOXES}[ ]?[,–-][ ]|«[ ]?{CAP}(?:[ ]{CAP}){{0,3}}[ ]?»,[ ])$"
)
RESIDENCE = re.compile(
    rf"(?i:r[ée]sidence|ch[âa]teau|ferme|home|camping|seniorie|maison de repos)[ ](?:«[^»\n]{{2,40}}»|(?:{LINK}[ ]?)*(?:{CAP}[ ]?){{1,4}})"
    rf"(?:{BOXES},[ ]{POST}|{BOX}(?:,[ ]{POST})?)"
    rf"|(?i:ferme|moulin|ch[âa]teau|domaine|manoir|cense|presbytère|camping)[ ](?:{LINK}[ ]?)*{CAP}(?:[ ](?:{LINK}[ ]?)*{CAP}){{0,3}}(?:[ ]?,)?[ ](?!\d{{4}}){NUMBER}{BOXES}{END}"
)
STREET_ALONE = re.compile(
    rf"(?P<street>{STREET}{LINKS}(?:[ ]?{CAP}){{1,5}})(?P<end>(?:{TOWARDS}{POST})?)"
)
HAMLET = re.compile(
    rf"(?:(?i:lieu-?dit)[ ])?«[ ]?[^»\n]{{2,40}}»(?:[ ]?,?[ ]{NUMBER})?(?:{TOWARDS}{POST})?"
)
PLACE_ALONE = re.compile(
    rf"(?!M(?:M|mes?|lles?|e|r|essieurs|adame|onsieur|aître)?\b)(?:{POST}|{CITY})"
)
STARTS = re.compile(rf"(?<![\w'-])(?=[{UP}0-9«])")
DWELLING = re.compile(
    r"(?i:\b(?:domicili[ée]e?s?|demeurant|demeure|demeurent|résidant|résidante?s?|habitant|habite|habitent|vit|vivre|vivant|domiciles?|(?:dé|em|ré)ménag\w+|partie?s?(?:[ ](?:vivre|habiter|s'installer))?|s'(?:installer|établir|domicilier)|s'est[ ](?:installée?|établie?|domiciliée?)|chez[ ](?:son|sa|ses|leurs?|mon|ma)[ ][\w-]+|(?:vue?s?|aperçue?s?)[ ]pour la dernière fois|vivait|habitait|résidait|séjourn\w+|relogée?s?|logée?s?|exilée?|retourn\w+(?:[ ]vivre)?|habitante|réside|résident|établie?s?|installée?s?|hébergée?s?|"
    r"(?:adresse|(?<!de )(?<!la )résidence)(?:[ ](?:privée|actuelle|personnelle|connue|principale|habituelle|effective|légale))?|riveraine?[ ](?=d|au)))"
    r"(?:[ ]*(?:élu|actuellement|désormais|ensemble|tous deux|toutes deux|légalement|principalement|est|fixée?|:|respectivement|depuis \w+))?[ ]*,?[ ]*"
    r"(?:(?i:à|a|au|aux|en|dans|sur|de|du|:)[ ]+)?(?:l'|la[ ]|le[ ]|les[ ])?(?:(?i:commune|ville|village|localité)[ ](?:de[ ]|d')|(?i:lieu-?dit)[ ])?$"
)
SITED = re.compile(
    r"(?i:\b(?:sise?s?|situ[ée]e?s?|appartement|maison|logement|habitation|studio|immeuble|domicile|chez)\b)(?:[ ]\w+)?,?[ ](?:(?:à|de|dans)[ ])?(?:la[ ]|l'|du[ ])?$"
)
SEAT = re.compile(
    r"(?i:\b(?:siège|cabinet|bureaux?|étude|société|magasin|commerce)\b[^.;,]{0,40}$)|\b(?:SRL|SA|ASBL)\b[^.;,]{0,40}$"
)
BAD_NAME = re.compile(
    r"(?i:\b(?:est|sont|qui|que|qu'|dont|par|pour|dans|entre|depuis|jusqu'|compte|article|art|relative?s?|section|séance|point|avec|sans|avis|vers|"
    r"loi|habit(?:e|ent|ait|ant)|demeur(?:e|ent|ant)|résid(?:e|ent|ant)|loue|occupe|mme|monsieur|madame|du[ ]\d|vu|et[ ]\d|lot|budget|phase|montant|soit)\b|[;:«»€]|\d[.,]\d|\w{4,}(?<!str)\.[ ])"
)
# Streets in small letters: only words that are no others.
PLAIN_STREET = re.compile(
    r"(?:rue|avenue|chaussée|boulevard|ruelle|impasse|allée|drève|quai|sentier)[ ](?!n°)[a-zà-ÿ'. -]{3,40}?,?[ ](?:n°[ ]?)?\d"
)
PRACTISES = re.compile(r"(?i:notaires?|maître|avocate?s?|barreau)\b[^.;,\n]*$|\bMe\b[^.;,\n]*$")
TO = re.compile(r"\b(?:[àÀ]|en|au)[ ]$")
FROM = re.compile(
    rf"[ ]?(?:,[ ](?:originaire[ ])?(?:de|d'|à)|\()[ ]?(?P<place>{CITY})(?=[ ]?[,;.)\n]|[ ]et\b|$)"
)
WHOLE_STREET = re.compile(r"(?i:grand|esplanade|parvis)")
SAME_STREET = re.compile(
    r"(?:(?i:n°|num[ée]ro)[ ]?)?\d{1,4}[A-Za-z]?(?:/\d{1,4})?(?:[ ]de[ ]la[ ]même[ ]rue)(?!\w)"
)
STREET_AFTER = re.compile(rf",[ ]{STREET}{LINKS}(?:[ ]?{CAP}){{1,5}}")
DATED = re.compile(r"(?i:\b(?:fait|donné|signé|né|née)\s+[àÀ]\s+$)")
NUMBERED = re.compile(r"\bn°[ ]?\d")
NEXT_LINE = re.compile(rf"\s*,?\n\s*{POST}")
JOINED = re.compile(r"\s?[,–(-]\s|,|\n")
BESIDE = re.compile(
    rf"[ ]?[,(–-][ ]?(?P<address>(?:(?i:{LINK})[ ])?{CAP}(?:[ ](?:{LINK}[ ])?{CAP}){{0,3}},?[ ]{NUMBER}{BOXES}{END})(?=[ ]?[,;.):\n]|$)"
)
WITHOUT_NUMBER = re.compile(
    rf"[ ]?[,(–-][ ]?(?P<address>{STREET}{LINKS}(?:[ ]?{CAP}){{1,4}},?[ ](?:s/n|s\.n\.|sans[ ]num[ée]ro)(?:{END}))"
)
