"""Clauses: where they begin, and whether words make one with a verb of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from inje.dossier.drafting._cues import CUES
from inje.dossier.drafting._passages import Word

__all__ = [
    "PAST",
    "QUOTES",
    "clause_like",
    "clause_starts",
    "finite",
    "finite_word",
    "infinite",
    "judging",
]

QUOTES = '"“«'
_FINITE = frozenset(
    "was were is are had has have would could should might may will can did does do must been be "
    "cannot won lost tend tends seem seems appear appears remain remains represents contain contains".split()
)
#: past tenses that do not end in -ed
PAST = frozenset(
    "made took came went gave led fought fell held kept left lost put ran sent stood told brought "
    "began broke caught chose drew drove fled found got grew knew met rose saw set shot struck "
    "thought threw withdrew wrote deserved needed wanted caused failed survived won said became "
    "burst cut dealt felt flew forced hid hit hurt laid lay let rode sank sought spent split spoke "
    "spread stole swam swept tore understood wore mistook forgot overtook undertook bore beat bent built clung "
    "crept dug fed forbade froze hung knelt leapt lent meant overcame overran paid rang shook shone shrank slept "
    "stuck swore swung taught wept woke withstood upheld misled foresaw sold bought sang clung flung hurt".split()
)
_OPENERS = frozenset(
    "he she they it the a an his their this these there no in if one them him some most both all "
    "such any her our my neither nothing its many few each every only what having".split()
)
#: conjunctions behind which a clause with a subject of its own may stand on a level
_CONJUNCTIONS = frozenset(["but", "while", "whilst", "whereas", "and", "yet"])
_PUNCTUATION = frozenset([";", ":", "–", "—"])
#: words that say what somebody considers a thing to be
_JUDGED = frozenset(
    "as a an too be necessary essential vital likely unlikely lost secure safe imminent over won "
    "superior inferior more most less least so very quite better worse best worst right wrong weak "
    "strong great mad foolish wise dead guilty innocent true false fair unfair ready fit unfit unsafe "
    "equal responsible one among high highly".split()
)
_JUDGING = re.compile(
    r"(?:un|in|im|over|under|ill-|well-)?[a-z-]+(?:able|ible|less|ous|ful|istic|esque|like)|"
    r"(?:un|over|out|under|ill-|well-)[a-z-]+(?:ed|en|t)|(?:de|ex|sur)[a-z]+ed"
)


def finite(words: Sequence[Word], at: int) -> bool:
    """Whether a clause with a verb of its own begins at a word, and no bare object."""
    last, aside = words[at].text.lower(), False  # "believe Karl made it up"
    for k, word in enumerate(words[at + 1 : at + 20], at + 1):
        if word.text == "," and (aside or _inserts(words, k)):
            aside = not aside  # an insertion between two commas
            continue
        if aside:
            continue
        if word.text in _CLOSED or (word.text == "and" and _goes_on(words, k)):
            return False
        if word.text in _FINITE or (word.text in PAST and last not in _NOMINAL):
            return True
        if word.text.endswith("ed") and last not in _NOMINAL:
            return True
        last = word.text
    return False


def _goes_on(words: Sequence[Word], k: int) -> bool:
    """Whether the verb behind "and" is of the clause outside: "offered no quarter and was"."""
    return k + 1 < len(words) and words[k + 1].text in _FINITE


#: words behind which another clause goes on
_CLOSED = frozenset(
    ", ; : . which who that as when while whilst until till before after because since if where "
    "whereas although though unless lest so whose whom".split()
)


def _inserts(words: Sequence[Word], k: int) -> bool:
    """Whether the comma at `k` opens an insertion that another one closes."""
    if k + 1 >= len(words) or words[k + 1].text in ("and", "but", "who", "which", "while"):
        return False
    return "," in [word.text for word in words[k + 2 : k + 9]]


_NOMINAL = frozenset("the a an of and his her their its my our own far extreme".split())


def finite_word(text: str) -> bool:
    """Whether a word is likely a finite verb."""
    return text in _FINITE or text in PAST or text.endswith("ed") or text in _PRESENT


_PRESENT = frozenset(form for form in CUES if form.endswith("s"))


def clause_like(words: Sequence[Word], at: int) -> bool:
    """Whether a clause may begin at a word."""
    if at >= len(words):
        return False
    text = words[at].text
    return text[0] in QUOTES or text in _OPENERS or text[0].isupper() or text[0].isdigit()


def judging(text: str) -> bool:
    """Whether a word may say what a thing is thought to be: "a", "hopeless", "undefended"."""
    return text in _JUDGED or _JUDGING.fullmatch(text) is not None


def clause_starts(words: Sequence[Word], k: int) -> Iterator[int]:
    """Indices at which a clause may begin before word `k`, nearest first; the sentence last."""
    for at in range(k - 1, 0, -1):
        text = words[at].text
        if text in _PUNCTUATION or (text in _CONJUNCTIONS and at + 1 < k):
            yield at + 1
    yield 0


def infinite(words: Sequence[Word], at: int) -> bool:
    """Whether "to" or "not to" opens an infinitive, not a place: "to attack", not "to the hill"."""
    if words[at].text == "not":
        return at + 1 < len(words) and words[at + 1].text == "to"
    following = words[at + 1].text if at + 1 < len(words) else "the"
    past = following.endswith("ed") or following in PAST - {
        "hold",
        "cut",
        "put",
        "set",
        "let",
        "hit",
    }
    doing = following.endswith("ing") and following not in _ENDING_SO
    return following[0].islower() and following not in _NO_VERB and not past and not doing


_ENDING_SO = frozenset("bring sing fling spring swing cling sting wring string ring".split())
_NO_VERB = frozenset(
    "the a an his her their its this that these those him them each all any both no one some "
    "which whom within".split()
)
