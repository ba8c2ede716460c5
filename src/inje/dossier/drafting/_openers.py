"""Whether a capitalised word that opens a sentence is a name, by what follows it."""

from __future__ import annotations

from collections.abc import Sequence

from inje.dossier.drafting._cues import CUES
from inje.dossier.drafting._lexicon import CONNECTORS
from inje.dossier.drafting._passages import Word

__all__ = ["followed_like_name"]


def followed_like_name(words: Sequence[Word], i: int, bare: str, common: bool) -> bool:
    """Whether what follows an unknown capitalised word makes it a name: "Stalin and Molotov".

    `bare` is the word at `i` without its possessive ending, `common` whether the document has
    it in lower case.
    """
    if common or bare.endswith("ly") or i + 2 >= len(words) or bare.endswith(_THINGS):
        return False
    if bare.endswith("ing"):  # "Göring promised", no participle
        return words[i + 1].text in CUES and not words[i + 1].text.endswith("ing")
    if words[i + 1].text in ("and", *CONNECTORS) and words[i + 2].capital:
        return words[i + 1].text != "of"
    if words[i].text != bare:
        return True
    at = i + 1
    while (
        at < i + 3
        and at + 1 < len(words)
        and (words[at].text in _BETWEEN or words[at].text.endswith("ly"))
    ):
        at += 1  # "Oak later claimed", "Elm probably led"
    following = words[at].text
    dated = following == "(" and at + 1 < len(words) and words[at + 1].text.isdigit()
    if following == ",":
        return bare not in _ADVERBS and not bare.endswith(("ed", "wards", "time", "while", "ways"))
    out = at + 1 < len(words) and words[at + 1].text == "out"
    said = (following in CUES or out) and not following.endswith(("ing", "ed"))
    said = said or following in _FIGURES
    return dated or said or following in _AFTER_SUBJECT or following.endswith("ed")


#: plural nouns that open a sentence, and are no names: "Reinforcements were sent"
_THINGS = ("ments", "tions", "sions", "ities", "ances", "ings")
#: what those do who write of a battle: "Krivosheev gives 177,847"
_FIGURES = frozenset(
    "gives puts places sets lists counts reckons offers provides holds casts pays takes lays draws "
    "heaps arrives refers speaks discusses quotes agrees disagrees dates devotes".split()
)
_BETWEEN = frozenset(
    "later twice once also then never still now soon again thus therefore first often always "
    "long afterwards afterward nevertheless nonetheless instead meanwhile thereupon himself herself too even perhaps".split()
)
#: adverbs before a comma, which no list of words that open sentences has
_ADVERBS = frozenset(
    "Now Presently Again Afterwards Anyway True Forward Ahead Farther Further Beyond Below Above Inside "
    "Outside Back Away Hitherto Thereupon Forthwith Nevertheless Nonetheless Thereafter Elsewhere Afterward Tonight Overnight Indeed Perhaps "
    "Instead Besides Otherwise Namely Similarly Conversely Overall Alone Nearby Abroad Ashore "
    "Yesterday Today Tomorrow Often Sometimes Always Never Maybe Midway Alas Aboard Overhead Inland "
    "Offshore Upstream Downstream Southwest Northeast Northwest Southeast North South East West".split()
)
_AFTER_SUBJECT = frozenset(
    (
        "was had has is were did does would could should might must can may himself then also wrote said led sent began took made went "
        "came gave held fought lost won fell met left knew saw thought rode stood ran fled rose wrote spoke "
        "shook nodded smiled shrugged drew drove broke threw withdrew brought put laid set got felt told found sank struck shot"
    ).split()
)
