"""What may stand between a subject and its verb: phrases, insertions, brackets."""

from __future__ import annotations

from collections.abc import Sequence

from inje.dossier.drafting._lexicon import MONTHS
from inje.dossier.drafting._passages import Word

__all__ = ["before_insertions", "before_phrase", "opening_of", "past_insertion"]

#: adverbial phrases between a subject and its verb
_PHRASES = (
    "in the end", "at last", "at once", "in turn", "as a result", "at the same time", "in response",
    "in reply", "in return", "in particular", "for example", "for instance", "at first", "in fact",
    "of course", "on the contrary", "on the other hand", "at this point", "by now", "by then",
    "once again", "at least", "in vain", "in private", "in public", "in secret", "no longer",
    "at that time", "at the time", "for his part", "for their part", "the next day", "that day",
    "that night", "the same day", "to this end", "in effect", "in general", "in part",
    "once more", "yet again", "yet once more", "for once", "in desperation", "at length", "for a time",
    "for the moment", "for the time being", "in the meantime", "by this time", "by that time",
    "at this time", "at that moment", "at this moment", "in his turn", "in consequence", "as usual",
    "as ever", "as always", "all along", "no doubt", "by contrast", "in contrast", "on this occasion",
    "even so", "later on", "early on", "to a man", "as well", "in person", "in anger", "in despair",
    "more than once", "time and again", "over and over", "a second time", "a third time",
    "for some reason", "for his own part", "in reality", "in truth", "if anything", "so far",
    "for the first time", "for the second time", "for the last time", "without hesitation",
    "at one point", "at no time", "in good time", "in due course", "on the spot", "on his own",
    "with great reluctance", "with some justice", "with some reason", "to his credit",
)  # fmt: skip
_PHRASE_WORDS = frozenset(tuple(phrase.split()) for phrase in _PHRASES)


def before_phrase(words: Sequence[Word], i: int) -> int:
    """Index before "in the end" or "in 1855" that ends at `i`; `i` itself if none does."""
    for length in (2, 3, 4, 5):
        if tuple(word.text for word in words[max(0, i - length + 1) : i + 1]) in _PHRASE_WORDS:
            return i - length
    if (timed := _before_time(words, i)) < i:
        return timed
    k = i
    while k > 0 and (words[k].text.isdigit() or words[k].text in MONTHS or words[k].text == "BC"):
        k -= 1
    return k - 1 if k < i and words[k].text in ("in", "on", "by", "around") else i


_TIMES = frozenset(
    "day days night nights morning evening afternoon week weeks month months year years hour hours minutes "
    "decade decades century centuries summer winter spring autumn".split()
)


def _before_time(words: Sequence[Word], i: int) -> int:
    """Index before "that same evening" or "two days later" that ends at `i`; `i` if none does."""
    k = i - (words[i].text in ("later", "earlier", "before", "afterwards", "after", "ago"))
    if k < 1 or words[k].text not in _TIMES:
        return i
    first = k - 1
    while first > 0 and words[first].text in _COUNTING:
        first -= 1
    counted = words[first + 1 : k]
    after = k < i or (i + 1 < len(words) and words[i + 1].text in ("later", "earlier", "before"))
    return first if counted and (after or counted[0].text in ("that", "this", "the")) else i


_COUNTING = frozenset(
    "that this the same next following previous very two three four five six seven eight nine ten twelve some "
    "several a an few many forty twenty thirty fifty one".split()
)


def past_insertion(after: list[str]) -> list[str]:
    """Words after a name, a bracket or an insertion between commas left out."""
    while after and (after[0] in ("(", ")") or after[0].isupper()):
        after = after[after.index(")") + 1 :] if after[0] == "(" and ")" in after else after[1:]
    if after[:1] == [","]:
        rest = after[1:]
        after = rest[rest.index(",") + 1 :] if "," in rest else rest
    while after and after[0] in ("now", "then", "also", "later", "again", ","):
        after = after[1:]
    return after


#: words that open an insertion between two commas
_INSERTED = frozenset(
    "who which whose whom where when while though although if as after before since until in on at of "
    "from by with without under near during despite like unlike for to through against among along the a "
    "an his her their its now then later once himself herself not and or both having being including".split()
)


def before_insertions(words: Sequence[Word], i: int) -> int:
    """Index of the last word of a subject from which several insertions part a verb.

    `i` is the comma that closes the last one: "Moll, of the guard, who brought the order, says".
    Returns -1 where what stands between the commas is a list or a clause.
    """
    close, passed = i, 0
    while close > 0:
        opening = next((n for n in range(close - 1, -1, -1) if words[n].text == ","), -1)
        if opening < 0:
            return close - 1 if passed else -1
        first = words[opening + 1].text
        begun = [word.text for word in words[opening + 1 : opening + 3]]
        if begun[:1] == ["and"] and begun[1:] and begun[1][0].isupper():
            return close - 1 if passed else -1  # ", and B, convinced that ..., ordered": B
        if {";", ":"} & {word.text for word in words[opening:close]}:
            return close - 1 if passed else -1
        inserted = first in _INSERTED or first.endswith(("ing", "ed", "'s", "’s"))
        if not inserted:
            return close - 1 if passed else -1
        close, passed = opening, passed + 1
    return -1


def opening_of(words: Sequence[Word], i: int) -> int:
    """Index of the comma or bracket that opens the insertion which closes at `i`.

    Where only "and" opens it ("and with B beside him, ordered"), the index behind that "and".
    """
    opening = {")": "(", "]": "["}.get(words[i].text, words[i].text)
    k = i - 1
    while k >= 0 and words[k].text != opening:
        k -= 1
    if k < 0 and opening == ",":
        joins = [n for n in range(max(0, i - 9), i) if words[n].text in ("and", "but")]
        return joins[-1] + 1 if joins else 0
    return max(k, 0)
