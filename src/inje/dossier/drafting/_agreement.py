"""Whether somebody may be meant by a pronoun: a person by "he", a body by "it", several by "they"."""

from __future__ import annotations

from collections.abc import Sequence

from inje.dossier.drafting._clausal import finite_word
from inje.dossier.drafting._cues import CUES, LEMMAS
from inje.dossier.drafting._entities import Named
from inje.dossier.drafting._passages import Sentence, Word
from inje.dossier.drafting._voices import Subject

__all__ = ["COMPANIES", "agrees", "fits", "in_the_past", "within_body"]

#: what is told of one who writes, in the past as well
_WRITING = frozenset(
    "report write record describe mention note relate recount state claim estimate add cite suggest argue".split()
)
#: voices that are meant by "it", not by "he"
_BODIES = frozenset(
    "statement report ministry government army military group agency command office party union council "
    "committee paper newspaper study article book letter account chronicle communiqué press department "
    "estimate analysis tradition legend report order telegram dispatch diary memoir inscription record "
    "signal message note cable wire treaty log journal memorandum bulletin register chronicles papers tv television network history inquiry commission board parliament senate congress embassy".split()
)
#: bodies of several, that "they" means as well
COMPANIES = frozenset(
    "staff crew garrison army force fleet navy team police government council party command cabinet".split()
)


def within_body(words: Sequence[Word], i: int) -> Subject | None:
    """As in "men in the fleet": the several who are in a body that ends at a word."""
    for k in range(i - 1, max(i - 4, 0), -1):
        noun = words[k - 1]
        if words[k].text in ("in", "of", "aboard", "on", "with"):
            several = noun.text.islower() and noun.text.endswith(("s", "men"))
            return Subject((), noun.start, noun.end, "", noun.text) if several else None
    return None


def fits(voice: str, pronoun: str) -> bool:
    """Whether a voice may be meant by a pronoun."""
    last = voice.rsplit(maxsplit=1)[-1].lower()
    if last in COMPANIES:
        return pronoun in ("it", "they")
    plural = voice.endswith(("s", "men"))
    return plural == (pronoun == "they") and (last in _BODIES) == (pronoun == "it")


def in_the_past(sentence: Sentence, pronoun: Word) -> bool:
    """Whether the verb behind a pronoun tells the past: "A thinks so. He was killed"."""
    for word in [w for w in sentence.words if w.start > pronoun.start][:4]:
        if word.text in CUES and (word.text.endswith("s") or LEMMAS[word.text] in _WRITING):
            return False  # "Livy puts it at 900. He also reported that ..."
        if finite_word(word.text):
            return word.text not in ("is", "are", "has", "have", "may", "can", "does")
    return False


def agrees(pronoun: str, holders: tuple[Named, ...]) -> bool:
    kinds = {named.kind for named in holders}
    if pronoun in ("he", "she"):
        return kinds == {"person"} and len(holders) == 1
    if pronoun == "it":
        return kinds == {"group"} and len(holders) == 1
    return bool(holders) and "place" not in kinds and (len(holders) > 1 or kinds == {"group"})
