"""Where a clause begins that does not stand right behind its verb.

As in "noted, however, that", "asked aloud how", "wrote years later that", "stated in a letter to
A that", "saying as he did so: '...'".
"""

from __future__ import annotations

from collections.abc import Sequence

from inje.dossier.drafting._clausal import QUOTES, finite, finite_word
from inje.dossier.drafting._cues import DECIDED, LEMMAS, Cue, verb_at
from inje.dossier.drafting._lexicon import MONTHS
from inje.dossier.drafting._passages import Word

__all__ = ["ASKED", "late_clause", "past_time"]

#: words that open a clause in the place of "that"
ASKED = frozenset(["how", "why", "whether"])
_WHAT = frozenset(["what", "where", "when", "who", "which"])
_WHO = frozenset("he she they it his their".split())
_IF = frozenset(["ask", "wonder", "inquire", "enquire", "doubt", "question"])
#: between a verb and "how": "wondered aloud how"
_ALOUD = frozenset(
    "aloud publicly openly privately later also again repeatedly anxiously now".split()
)
_TELLING = frozenset(["that", "told", "object", "asked"])
#: what may open the phrase between a verb and "that"
_PHRASE = frozenset(
    "for in to at with on from during later too again afterwards once only by instead however further "
    "also therefore years days hours months weeks decades long soon before after over through via "
    "back here there himself herself themselves this next tonight yesterday today early late much "
    "simply since until upon under within".split()
)
#: "the next day", "two years later", "that evening"
_TIMES = frozenset(
    "day days night morning evening afternoon year years month months week weeks hour hours decade "
    "decades century centuries time times minute minutes moment summer winter spring autumn noon dawn "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday later earlier afterwards before".split()
)
_OPENS_TIME = frozenset(
    "the that this a an one two three four five six seven eight nine ten several many some few "
    "twenty thirty forty fifty a half".split()
)
#: before "that" these make another clause of it: "so that", "now that"
_NO_THAT = frozenset("so such now provided than in except but save given seeing".split())
_LONGEST = 14


def late_clause(words: Sequence[Word], k: int, cue: Cue) -> int:
    """Index of a clause that "that" does not open at once, or another word opens; else 0.

    As in "noted, however, that", "asked whether", "saying as he did so:", "stated in his report
    that".
    """
    following = words[k + 1].text if k + 1 < len(words) else ""
    if following in _ALOUD and words[k + 2 : k + 3] and words[k + 2].text in ASKED:
        return k + 2 if cue.complements & _TELLING else 0
    if following in ASKED and cue.complements & _TELLING:
        return k + 1
    asked = following in _WHAT and {"asked", "gerund"} & cue.complements
    if asked and (finite(words, k + 1) or (words[k + 2 : k + 3] and words[k + 2].text in _WHO)):
        return k + 1
    if following == "if" and verb_at(words, k) in _IF:
        return k + 1
    if not cue.complements & {"that", "told", "asked"} and verb_at(words, k) not in DECIDED:
        return 0
    if following == "," and _comma_that(words, k):
        return k + 3
    return (
        _behind_insertion(words, k)
        or _behind_wish(words, k)
        or _before_quote(words, k)
        or _behind_phrase(words, k)
    )


def _behind_insertion(words: Sequence[Word], k: int) -> int:
    """Index after "that" in "noted, however, that"; else 0."""
    inserted = [word.text for word in words[k + 1 : k + 12]]
    mark = inserted[0] if inserted[:1] and inserted[0] in (",", "–", "—") else ""
    if mark and mark in inserted[1:]:
        close = inserted.index(mark, 1)
        if inserted[close + 1 : close + 2] == ["that"]:
            return k + close + 3
    return 0


def _behind_wish(words: Sequence[Word], k: int) -> int:
    """Index of what is asked in "all that Karl asked was that the guns be saved"; else 0."""
    near = [word.text.lower() for word in words[max(0, k - 6) : k]]
    behind = [word.text for word in words[k + 1 : k + 3]]
    wished = {"what", "all"} & set(near) and behind in (["was", "that"], ["is", "that"])
    return k + 3 if wished and k + 3 < len(words) else 0


def _before_quote(words: Sequence[Word], k: int) -> int:
    """Index of the quotation in "saying as he did so: '...'", "wrote to A, '...'"; else 0."""
    if k + 1 >= len(words):
        return 0
    addressed = words[k + 1].text in _ADDRESSING or words[k + 1].capital
    for at in range(k + 1, min(k + _LONGEST, len(words) - 1)):
        text = words[at].text
        if words[at + 1].text[0] in QUOTES and (text == ":" or (text == "," and addressed)):
            return at + 1
        if text in (",", ";", "that"):
            return 0
        addressed = addressed and text not in _ENDS_PHRASE
    return 0


#: what may open the words between a verb of saying and a quotation behind a comma
_ADDRESSING = frozenset("to in from at on back him her them later simply afterwards".split())


def past_time(words: Sequence[Word], k: int) -> int:
    """Index of the last word of a time behind a word: "said Thursday", "announced on 4 May"."""
    at = k + 1
    if words[at : at + 1] and words[at].text in ("on", "in", "late", "early"):
        at += 1
    while at < len(words) and (
        words[at].text in _TIMES | MONTHS
        or words[at].text in ("yesterday", "today", "afterward", "recently", "last", "next", "the")
        or (words[at].text.isdigit() and at > k + 1)
    ):
        at += 1
    while at > k + 1 and words[at - 1].text in ("the", "next", "last"):
        at -= 1
    said = any(w.text in _TIMES | MONTHS | _DAYS or w.text.isdigit() for w in words[k + 1 : at])
    return at - 1 if said else k


_DAYS = frozenset(["yesterday", "today", "afterward", "recently"])


def _behind_phrase(words: Sequence[Word], k: int) -> int:
    """Index after "that" in "stated in his report that", "wrote two years later that"; else 0."""
    following = words[k + 1].text if k + 1 < len(words) else ""
    timed = following in _OPENS_TIME and any(w.text in _TIMES for w in words[k + 2 : k + 5])
    opens = timed or following in _PHRASE or following.endswith("ly") or following[:1].isdigit()
    if not opens:
        return 0
    for at in range(k + 2, min(k + _LONGEST, len(words) - 1)):
        text = words[at].text
        if text == "that" and words[at + 1].text in _TIMES:
            continue  # "told them later that evening that"
        if text == "that":
            before = words[at - 1].text
            told = before in LEMMAS and before.endswith("ing")  # "responded by explaining that"
            told = told or words[at + 1].text in ("of", "in")  # "differs from that of others"
            told = told or finite_word(words[at + 1].text)  # "replied with a note that mocked him"
            return 0 if before in _NO_THAT or told else at + 1
        if text in ASKED and finite(words, at):
            return at
        if text == "," and words[at + 1].text == "that" and finite(words, at + 1):
            return at + 2  # old prose: "declared openly, that"
        if text in _ENDS_PHRASE:
            return 0
    return 0


#: a phrase has neither a verb of its own nor a second part
_ENDS_PHRASE = frozenset(
    ", ; : . and which who was were is are had has have would could did whether how".split()
)


def _comma_that(words: Sequence[Word], k: int) -> bool:
    """As in old prose: "testifies, that the bridge was lost"."""
    return (
        k + 3 < len(words)
        and words[k + 2].text == "that"
        and (words[k + 3].text == "," or finite(words, k + 2))
    )
