"""Large numbers of an army behind which no noun stands: "10,000 remained to fight on"."""

from __future__ import annotations

import re

from inje.dossier.drafting._numbers import Number
from inje.dossier.drafting._passages import Sentence

__all__ = ["GOT_AWAY", "NOT_MEN", "stands_alone"]

#: "only 60 escaped": people, though nothing names them
GOT_AWAY = re.compile(
    r"\s+(?:ever |had |\w+ly )?(?:escaped|survived|returned|got away|remained alive|made it)\b"
)
_LEAST_BARE = 300
_BOUNDARY = re.compile(
    r"\s*(?:$|[),.;:–—]|of (?:the|whom|which|them|these|all)\b|(?:were|had|remained|survived|"
    r"fought|marched|came|stood|took|did|could|would|more|engaged|present|in|at|on|with|while|and|"
    r"or|to|but|out|strong|as|against|compared|according|than|including|under|from|by|for|when|"
    r"whereas|who|effective|available|over|[a-z]{2,}ed|fell|fled|left|broke|ran|lay|rose|gave)\b)"
)
_ARMED = re.compile(
    r"\b(?:[Aa]rm(?:y|ies)|[Ff]orces?|men|[Tt]roops|soldiers|[Ii]nfantry|[Cc]avalry|[Gg]arrison|"
    r"[Cc]orps|[Dd]ivisions?|[Ff]oot|[Hh]orse|"
    r"[Bb]rigades?|[Ss]trengths?|[Ee]stimates?|estimated|prisoners|[Cc]asualties|[Ll]osses|[Ff]leet|"
    r"[Ss]urvivors|[Dd]efenders|[Aa]ttackers|wounded|killed|dead|captured|[A-Z]\w+(?:ns|sh|ese)|"
    r"French|Dutch|[Aa]llies|enemy|outnumber\w*|numbered|numbers|reinforcements|fighters|host)\b"
)
_MORE = re.compile(
    r"\b(?:with|by) (?:a further|another|an additional|some)\s*$|\b[A-Z][\w-]+['’]s\s+$"
)
NOT_MEN = re.compile(
    r"(?:\b(?:No\.?|Order|Hill|Point|population|worth|cost|miles|tons|Bf|Ju|He|Fw|Regiment|pages?|"
    r"since|until|by|year|in|c\.|rounds|shells|distance|altitude|elevation)(?: of)?(?: (?:just|only|"
    r"about|some|over))?|[£$€#])\s*$"
)


def stands_alone(
    sentence: Sentence, number: Number, best: int, around: tuple[str, str], *, told: bool
) -> bool:
    """As in "10,000 remained to fight on", "Lee's army (27,000)": a large number of an army.

    `around` : the words before and behind it; `told` : whether the numbers before counted people.
    """
    before, after = around
    said = sentence.text[number.start - sentence.start : number.end - sentence.start]
    year = said.isdigit() and len(said) == 4 and 1000 <= int(said) <= 2100
    armed = told or _ARMED.search(sentence.text) or _MORE.search(before)
    if year or best < _LEAST_BARE or not armed:
        return False
    return _BOUNDARY.match(after) is not None and not NOT_MEN.search(before)
