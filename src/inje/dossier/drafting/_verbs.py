"""Forms of English verbs: "say" gives says, said, saying; "plan" gives plans, planned, planning.

Irregular forms and the doubling of consonants after Quirk et al. 1985, A Comprehensive Grammar
of the English Language, 3.3 to 3.20.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Forms", "forms_of"]

_IRREGULAR = {
    "say": "said", "tell": "told", "think": "thought", "feel": "felt", "hold": "held",
    "find": "found", "mean": "meant", "seek": "sought", "put": "put", "hear": "heard",
    "understand": "understood", "beseech": "besought beseeched",
    "write": "wrote written", "know": "knew known", "swear": "swore sworn", "see": "saw seen",
    "foresee": "foresaw foreseen", "forbid": "forbade forbidden", "bid": "bade bidden",
    "give": "gave given", "choose": "chose chosen", "forget": "forgot forgotten",
    "foretell": "foretold", "retell": "retold", "let": "let", "make": "made", "read": "read",
    "take": "took taken", "show": "showed shown",
    "cast": "cast", "learn": "learned learnt",
    "plead": "pleaded pled", "spell": "spelled spelt", "speak": "spoke spoken",
}  # fmt: skip
#: verbs that double their last consonant, and those that do so in Britain only
_DOUBLING = frozenset(
    "beg regret plan admit submit infer concur prefer refer deter permit commit transmit dub".split()
)
_BRITISH = frozenset("signal counsel label travel".split())


class Forms(NamedTuple):
    """The forms of a verb: base, third person, pasts (tense and participle), ing-forms."""

    base: str
    third: str
    pasts: tuple[str, ...]
    ings: tuple[str, ...]


def forms_of(base: str) -> Forms:
    """All forms of a verb, by its plain one."""
    return Forms(base, _third(base), _pasts(base), _ings(base))


def _third(base: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh|o)$", base):
        return base + "es"
    return base[:-1] + "ies" if re.search(r"[^aeiou]y$", base) else base + "s"


def _stems(base: str) -> tuple[str, ...]:
    """What stands before -ed and -ing."""
    if base in _DOUBLING:
        return (base + base[-1],)
    return (base + base[-1], base) if base in _BRITISH else (base,)


def _pasts(base: str) -> tuple[str, ...]:
    if base in _IRREGULAR:
        return tuple(_IRREGULAR[base].split())
    if base.endswith("e"):
        return (base + "d",)
    if re.search(r"[^aeiou]y$", base):
        return (base[:-1] + "ied",)
    return tuple(stem + "ed" for stem in _stems(base))


def _ings(base: str) -> tuple[str, ...]:
    if re.search(r"[^aeioy]e$", base):
        return (base[:-1] + "ing",)
    if base in ("forget", "bid", "forbid", "put", "let"):
        return (base + base[-1] + "ing",)
    return tuple(stem + "ing" for stem in _stems(base))
