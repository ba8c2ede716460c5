"""Lands and peoples that fight under another flag, and words that only one state's forces bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inje.dossier.drafting._entities import folded
from inje.dossier.drafting._lexicon import DEMONYM

if TYPE_CHECKING:
    from inje.dossier.drafting._parties import Sides

__all__ = ["lands_of", "name_kin"]

#: state -> lands that send their soldiers under its flag, or are called so in its stead
_KIN = {
    "United Kingdom": ("England", "Scotland", "Ireland", "Wales", "Canada", "Australia",
                       "New Zealand", "India", "Nepal"),
    "England": ("Wales", "Ireland"),
    "Ottoman Empire": ("Turkey",),
    "Turkey": ("Ottoman Empire",),
    "Germany": ("Prussia", "Bavaria", "Saxony", "Austria"),
    "Habsburg Monarchy": ("Austria", "Hungary", "Croatia"),
    "Austria": ("Hungary", "Croatia"),
    "Soviet Union": ("Russia", "Ukraine"),
    "Russia": ("Soviet Union", "Ukraine"),
    "Athens": ("Greece",),
    "Sparta": ("Greece",),
    "Greece": ("Athens", "Sparta", "Thebes"),
    "Spain": ("Castile", "Aragon"),
    "France": ("Normandy", "Algeria", "Morocco"),
    "Byzantine Empire": ("Rome", "Greece"),
    "Sweden": ("Finland",),
    "Denmark": ("Norway",),
    "Texas": ("United States",),
    "Franks": ("France",),
}  # fmt: skip


#: words that only one state's forces and ships bear
_OWN_WORDS = {
    "United Kingdom": (
        "hms",
        "raf",
        "royal navy",
        "redcoats",
        "redcoat",
        "sepoy",
        "sepoys",
        "sowars",
        "gurkhas",
        "highlanders",
        "hessians",
        "hessian",
        "loyalists",
        "tories",
        "anzacs",
        "tommies",
    ),
    "Britain": ("redcoats", "sepoys", "highlanders", "hessians", "loyalists", "tories"),
    "United States": (
        "uss",
        "usaaf",
        "continentals",
        "continental",
        "continental army",
        "patriots",
        "patriot",
        "minutemen",
        "gis",
        "doughboys",
    ),
    "Union": ("uss",),
    "Confederate States": ("css",),
    "Germany": (
        "sms",
        "panzer",
        "wehrmacht",
        "luftwaffe",
        "waffen",
        "kriegsmarine",
        "panzers",
        "stuka",
        "stukas",
        "ju 87s",
        "u boat",
        "u boats",
    ),
    "Soviet Union": ("red army", "nkvd", "t 34s", "t 34", "stavka"),
    "Russia": ("cossacks", "cossack", "streltsy"),
    "Ottoman Empire": (
        "janissaries",
        "janissary",
        "sipahis",
        "sipahi",
        "spahis",
        "bashi bazouks",
        "turks",
        "turkish",
    ),
    "Turkey": ("janissaries", "sipahis"),
    "Rome": ("legionaries", "legions", "legion", "cohorts", "praetorians"),
    "Zulu Kingdom": ("impi", "impis"),
    "South Africa": ("burghers", "burgher"),
    "France": ("zouaves", "zouave", "tirailleurs", "poilus", "cuirassiers"),
    "Vietnam": ("viet minh", "viet cong", "vietcong"),
    "Japan": ("ijn",),
    "Australia": ("hmas",),
    "Canada": ("hmcs",),
    "Argentina": ("ara",),
    "Israel": ("idf",),
}


def lands_of(sides: Sides) -> dict[str, set[str]]:
    """Words of the lands of `_KIN` -> the sides under whose flag they fight."""
    found: dict[str, set[str]] = {}
    for side in sides.all:
        for state in {member.state for member in side.members if member.state}:
            for land in _KIN.get(state, ()):
                for word in (land, *(form for form, of in DEMONYM.items() if of == land)):
                    found.setdefault(word, set()).add(side.key)
    return found


def name_kin(sides: Sides) -> None:
    """Words of lands and forces that belong to one of the sides only, and that no side bears."""
    found = {folded(word): keys for word, keys in lands_of(sides).items()}
    for side in sides.all:
        for state in {member.state for member in side.members if member.state}:
            for word in _OWN_WORDS.get(state, ()):
                found.setdefault(word, set()).add(side.key)
    for word in _NATIVE:
        if (native := _native(sides)) is not None:
            found.setdefault(word, {native})
    for word, keys in found.items():
        if len(keys) == 1 and word not in sides.tags:
            sides.tags[word] = next(iter(keys))


#: what those are called whom a state fights that is none of theirs
_NATIVE = ("indian", "indians", "native americans", "natives", "warriors", "braves", "tribesmen")
_COLONIAL = frozenset(
    "United States,United Kingdom,Britain,England,Canada,France,Spain,Portugal,Germany,Italy,Mexico,"
    "Texas,Netherlands,Belgium,Australia,New Zealand,Argentina,Chile,Russia,Union,"
    "Confederate States".split(",")
)


def _native(sides: Sides) -> str | None:
    """The side that is no state, where the other one is a power that fought peoples overseas."""
    states = {side.key: {m.state for m in side.members if m.state} for side in sides.all}
    stateless = [key for key, found in states.items() if not found]
    colonial = [key for key, found in states.items() if found & _COLONIAL]
    return stateless[0] if len(states) == 2 and len(stateless) == len(colonial) == 1 else None
