"""Words by which one side meets the other: who attacks, who suffers, who is met by whom."""

from __future__ import annotations

import re

__all__ = [
    "AT_THEM",
    "BODY_BY",
    "BOTH_BEFORE",
    "BOTH_BEHIND",
    "COMING",
    "ENEMY",
    "ENEMY_BEHIND",
    "ENEMY_LOSS",
    "FIGHTS_AFTER",
    "FOUGHT",
    "HOSTILE",
    "LOOKED",
    "MET_BY",
    "MOVED",
    "SEEKING",
    "SEEN",
    "SUFFERED",
    "SUFFERING",
    "SUFFERS",
    "TAKEN_BY",
    "UPON",
    "WEAPON",
]

FOUGHT = (
    r"(?:(?:fac|attack|oppos|defeat|confront|repuls|repell?|rout|engag|encounter|outnumber|destroy|fight|"
    r"besieg|harass|pursu|overwhelm|assault|ambush|annihilat|slaughter|kill|captur|inflict|shell|"
    r"bombard|threaten|crush|chas|intercept|surpris|encircl|surround|expell?|dislodg|outflank|"
    r"outmanoeuvr|outmaneuver|trap|scatter|check|conquer|vanquish|overcom|overcam|torpedo(?! boats?)|torpedoe|"
    r"massacr|decimat|maul|mow|rak|strafe?|bomb|ram|ramm|board|punish|worst|resist|withst|oust|evict)(?:e|s|es|d|ed|ing|p?ed|p?ing)?|charged|charging|fell upon|"
    r"fought|pin down|pen in|fend(?:ed|ing)? off|beat back|(?:drove|driv\w+|push\w*|forc\w+|threw|"
    r"beat\w*|turn\w*) (?:back|off)|follow(?:ed|ing)? up|raid(?:ed|ing)|storm(?:ed|ing)|hit|struck|"
    r"cut off|cutting off|shot down|sank|sunk|sinking|withstood|overcame|held off|brushed aside|threw back|"
    r"mowed down|cut down|cut to pieces|broke up|drove off|shooting down)"
)
#: verbs that drive another one away: "drove the French from the village"
MOVED = (
    r"dr(?:o|i)v(?:e|ing|en)|push(?:ed|ing)|forc(?:ed|ing)|threw|throwing|swept|sweeping|clear(?:ed|ing)|"
    r"flung|eject(?:ed|ing)|hurl(?:ed|ing)|met|meeting|beat|beating|stopp(?:ed|ing)|halt(?:ed|ing)|caught|"
    r"outnumber(?:ed|ing)|overr[ua]n"
)
#: what one does to find the other's army
SEEKING = (
    r"(?:look|search|hunt)(?:ed|ing)? for|in search of|in pursuit of|seek(?:ing)?(?: out)?|sought(?: out)?|locat(?:e|ed|ing)|"
    r"scout(?:ed|ing)|shadow(?:ed|ing)|bring(?:ing)? to battle|head(?:ed|ing)? off"
)
#: what a scout does; "his division counted 2,300 men" had them
_COUNTED = (
    r"(?<!army )(?<!forces )(?<!force )(?<!corps )(?<!division )(?<!brigade )(?<!garrison )(?<!fleet )"
    r"(?<!cavalry )(?<!infantry )(?<!squadron )(?<!regiment )counted"
)
HOSTILE = re.compile(
    rf"\b(?:against|(?:fired|firing|opened fire|advanced|marched|descended|bore down) (?:on|upon|at)|sighted|spotted|detected|"
    rf"discovered|encountered|{_COUNTED}|signalled|(?<!\d )(?<!were )(?<!was ){FOUGHT})\s+(?:by\s+)?(?:the\s+|an?\s+|their\s+)?"
    r"(?:(?!(?:with|by|using|and|in|at|on|for|of|from|to)\b)[\w’'-]+\s+){0,2}$",
    re.I,
)
#: a verb of fighting before a name whose bearer suffers it
SUFFERS = re.compile(
    rf"(?<!\d )\b(?:against|{FOUGHT}|{MOVED})\s+(?!by\b)(?:all\s+|most\s+)?(?:of\s+)?(?:the\s+|an?\s+)?"
    r"(?:(?!(?:this|that|these|those|such|his|her|their|its|him|them|it|which|whom)\b)[\w’'-]+\s+){0,2}$",
    re.I,
)
#: a weapon that opens a sentence and strikes: "The torpedo struck"
WEAPON = re.compile(
    r"(?:[A-Z][^;]{0,80}?, )?(?:[Tt]he|[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Aa]nother|[Ss]everal|[Ii]ts|[Hh]is|[Hh]er|[Tt]his)\b[^,.;]{0,40}?\b(?:torpedo(?:es)?|shells?|bombs?|mines?|explosions?|"
    r"blast|salvo(?:es)?|rockets?|missiles?|shots?|balls?|rounds?|hits?|magazine)\b[^,.;]{0,30}?\b(?:struck|hit|exploded|penetrated|"
    r"tore|burst|landed|fell|detonated|went|smashed|ripped|wrecked|sank|blew)\b"
)
FIGHTS_AFTER = re.compile(rf"[^.;]{{0,140}}\b{FOUGHT}\s+(?:upon\s+|on\s+)?(?:the\s+)?$", re.I)
AT_THEM = re.compile(rf"\b(?:{FOUGHT}|drove|threw|pushed|forced)\s+(?:him|them|her)\b(?!sel)", re.I)
_BOTH = r"(?:(?:both|the two) (?:sides|armies|forces|fleets|opponents)|each side)"
BOTH_BEFORE = re.compile(rf"\b(?:{_BOTH}|between them)\b[^,;:.]*$", re.I)
BOTH_BEHIND = re.compile(
    rf"(?:\s+[\w-]+){{0,4}}\s+(?:from|of|on|in) (?:{_BOTH}|(?:either|each) side)\b(?! of)", re.I
)
ENEMY = re.compile(r"\b(?:enemy|enemies|opponents?|opposing)\b[^,.;]*$")
#: "saw two battlecruisers", "reported the sighting of eight ships": what one looks out for
SEEN = re.compile(
    r"\b(?:saw|observed|sighting|sight|glimpsed|made out|picked up|reported|report(?:ing)? of|noticed|located|"
    rf"{_COUNTED}|"
    r"shadowed|shadowing|stalked)\s+(?:the\s+sighting\s+of\s+|of\s+)?(?:the\s+|an?\s+)?(?:[\w-]+\s+){0,1}$",
    re.I,
)
#: "put the enemy's loss at 500"
ENEMY_LOSS = re.compile(
    r"\b(?:enem(?:y|ies)|opponents?)(?:['’]s?)? (?:own |total )?(?:loss|losses|casualties|dead|killed|wounded|strength)\b[^.;]*$|"
    r"\b(?:loss|losses|casualties|dead|strength) of (?:the|his|their) (?:enemy|opponents?)\b[^.;]*$",
    re.I,
)
#: "saw a column of 5,000 men approaching"
LOOKED = re.compile(
    r"\b(?:saw|see|seeing|observed|observing|spotted|sighted|noticed|discovered|made out|perceived|espied|detected|"
    r"reported|glimpsed)\s+(?:(?!(?:with|and|at|on|for)\b)[\w’'-]+\s+){0,4}$",
    re.I,
)
COMING = re.compile(
    r"[^.;]{0,40}?\b(?:approaching|advancing|bearing down|drawn up|drawing near|barring|blocking|waiting|coming (?:up|on|"
    r"toward|towards|down)|marching (?:on|toward|towards|against|to meet)|moving (?:toward|towards|against|on|up))\b",
    re.I,
)
#: "20,000 men of the main enemy force", "two enemy carriers"
ENEMY_BEHIND = re.compile(
    r"(?:[^,.;:]{0,30}?\b(?:of the (?:\w+ )?|from the |among the |by the )|"
    r"\s+(?:(?!(?:and|or|the|to|against|on|at|with|in|into|his|upon|but|while|for|as|from|under|after)\b)[a-z-]+ ){0,2}?)"
    r"(?:enemy|enemies|opposing|hostile)\b",
    re.I,
)
#: "broke a charge by 400 hussars", "beat off an attack of 3,000": the other side's
BODY_BY = re.compile(
    rf"\b(?:{FOUGHT}|{MOVED}|broke|breaking|met|faced|facing|against|under|survived|stood off|held against|"
    r"beaten off|turned aside|warded off|stemmed|parried|foiled|blunted|awaited|feared|expected)\s+"
    r"(?:(?!(?:with|using|and|in|at|on|for|to)\b)[\w’'-]+\s+){0,4}?"
    r"(?:charges?|attacks?|assaults?|sorties?|raids?|sallies|sally|ambush|counter-?attacks?|advance|thrust|landing|"
    r"onslaught|offensive|incursion|rush|foray|fire|guns|barrage|bombardment|cannonade|volleys?|broadsides?|cross-?fire|"
    r"columns?|force|body|party|detachment|army|host|patrol|garrison|"
    r"squadron|fleet|horde|wave|waves|line|mass|pack|packs|wolfpacks?|group)\s+(?:of|by|from|with)\s+"
    r"(?:some\s+|about\s+|over\s+|nearly\s+|up to\s+)?$",
    re.I,
)
#: "1,900 men were engaged by B's brigade"
SUFFERED = re.compile(
    rf"(?:[^.;:]{{0,110}}?,)?[^.;:,]{{0,60}}?\s*(?:were|was|had been|being)\s+(?:\w+ly\s+)?{FOUGHT}\s+by\s+"
    r"(?:the\s+|an?\s+|some\s+|about\s+)?(?:[\d,]+\s+)?",
    re.I,
)
SUFFERING = re.compile(
    r"\b(?:was|were|been|being)\s+(?:\w+ly\s+)?(?:(?:\w{2,}ed|hit|struck|sunk|shot|blown|overrun|cut|torn)"
    r"\b[^;]*,\s*|(?:hit|struck|shelled|bombed|torpedoed|mined|raked|rammed|ambushed)\b[^;]*)$|"
    r"\b(?:blew up|exploded|sank|foundered|capsized|struck a mine|ran aground|caught fire)\b"
    r"(?! (?:an?|the|its|his|two|three|four|five|six|several|some|both|\d+)\b)[^;]*,\s*$"
)
TAKEN_BY = re.compile(
    r"\W*(?:were\s+|was\s+)?(?:lost|surrendered|captured|taken|killed|destroyed|sunk|wounded|shot)\b"
    r"[^.;,]{0,30}?\b(?:to|by|from)\s+(?:the\s+|a\s+)?|\W*fell into (?:the hands of )?(?:the )?"
)
#: "inflicted 470 casualties on the Japanese", "killed 90 of the English"
UPON = re.compile(r"\s*(?:casualties|losses|dead)?\s*(?:on|upon|among|of|from)\s+(?:the\s+)?")
#: "they were opposed by 9,000 men": not the side of the subject
MET_BY = re.compile(
    rf"\b(?:was|were|been|being|is|are|found (?:himself|itself|themselves))\s+(?:\w+ly\s+|then\s+|soon\s+)?"
    rf"(?:{FOUGHT}|met|outnumbered|defended against|threatened|set upon|held up|barred|blocked|checked|"
    r"stopped|halted|delayed|resisted|driven (?:back|off|out)|thrown back|beaten(?: back| off)?|cut off|shot "
    r"down)\s+by\s+(?:(?:a|the|heavy|massed) (?:\w+ )?(?:force|body|garrison|line|army|fleet|squadron|column|"
    r"detachment|counter-?attacks?|attacks?|charge|assault|fire|volleys?|raid|sortie|battery) (?:of|from|by)\s+)?"
    r"(?:the\s+|an?\s+|some\s+|about\s+|over\s+)?$",
    re.I,
)
