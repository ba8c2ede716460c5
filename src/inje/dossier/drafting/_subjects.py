"""Who does what a verb says: the subject of a verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from inje.dossier.drafting._antecedents import PRONOUNS, Antecedents
from inje.dossier.drafting._clausal import clause_starts, finite_word
from inje.dossier.drafting._cues import CUES
from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._insertions import (
    before_insertions,
    before_phrase,
    opening_of,
    past_insertion,
)
from inje.dossier.drafting._lexicon import OFFICES, RANKS
from inje.dossier.drafting._mentions import Mention
from inje.dossier.drafting._nominals import Nominals
from inje.dossier.drafting._passages import Passages, Sentence, Word
from inje.dossier.drafting._titles import Titles
from inje.dossier.drafting._voices import Subject, opening_voice, voice

__all__ = ["Subjects"]

_AUXILIARY = frozenset(
    (
        "had has have was were is are be been being would could should might may will can did "
        "do does also then later still again never not now only even once soon already "
        "immediately initially originally personally repeatedly strongly explicitly publicly "
        "subsequently finally first therefore thus however further additionally both "
        "themselves himself often always clearly herself openly eventually reportedly "
        "allegedly closely previously ultimately instead promptly duly thereupon meanwhile "
        "afterwards afterward simply merely just nevertheless nonetheless likewise hence rather "
        "so soon always seldom rarely all each twice long ever quite too almost nearly half well "
        "earlier afterwards thereafter sometimes perhaps indeed alike alone itself didn't doesn't don't "
        "hadn't hasn't haven't wasn't weren't isn't wouldn't couldn't won't can't cannot hardly still "
        "involved present concerned instantly apparently supposedly variously famously rightly wrongly"
    ).split()
)


#: "seems to have realised": he does it
_RAISING = frozenset("seem seems seemed appear appears appeared happen happened".split())


class Subjects:
    """Finds the subjects of verbs."""

    def __init__(self, passages: Passages, register: Register) -> None:
        self._register = register
        self._titles = Titles(register)
        self._nominals = Nominals(register, self._titles)
        self._antecedents = Antecedents(passages, register, self._titles, self._nominals)

    def of(self, sentence: Sentence, k: int, *, broad: bool = False) -> Subject | None:
        """Subject of the verb at word `k` of a sentence.

        `broad` where only somebody can do what the verb says, so that any noun will do.
        """
        subject = self._described(sentence, k) or self._scan(sentence, k, broad)
        words = sentence.words
        reduced = words[k].text in _REDUCED and words[k - 1].text not in ("had", "has", "have")
        if subject is not None and (subject.holders or subject.voice) and not reduced:
            self._antecedents.remember(sentence, subject, sentence.words[k].text)
        return subject

    def _described(self, sentence: Sentence, k: int) -> Subject | None:
        """As in "A, commander of the troops in B's army wrote": an apposition left open."""
        verb = sentence.words[k].start
        for mention, named in self._register.within(sentence.start, verb)[:3]:
            if named.kind != "person":
                continue
            rest = sentence.text[mention.end - sentence.start : verb - sentence.start]
            match = _APPOSED.fullmatch(rest)
            if match and match[1] in OFFICES:
                return Subject((named,), mention.start, mention.end)
        return None

    def _scan(self, sentence: Sentence, k: int, broad: bool) -> Subject | None:
        words = sentence.words
        i = k - 1
        closed = 0
        while i >= 0:
            text = words[i].text
            closing = text == "," and i and words[i - 1].text in (")", "–", "—")
            if (passed := before_phrase(words, i)) < i:
                i = passed - (passed > 0 and words[passed].text in _PUBLISHED)
            elif text in _AUXILIARY or (text.endswith("ly") and text.islower()) or closing:
                i -= 1
            elif text == "to" and i and words[i - 1].text in _RAISING:
                i -= 2
            elif text in (",", ")", "]", "–", "—"):
                inside = self._named_ending(sentence, words, i)
                if inside is not None:
                    return inside
                closed = closed or (i if text == "," else 0)
                i = opening_of(words, i) - 1
            else:
                break
        if i < 0:
            return None
        if words[i].text in ("and", "but"):
            return self._coordinated(sentence, i, words[k])
        if words[i].text in PRONOUNS:
            return self._antecedents.meant(sentence, words, i)
        if words[i].text in ("which", "that") and i > 1:
            return self._of_papers(words, i)
        if closed and (first := self._before_all(sentence, closed, i)) is not None:
            return first
        found = self._nominals.ending(sentence, words, i)
        found = found or self._before_relative(sentence, words, i)
        return found or (self._nominals.anybody(words, i) if broad else None)

    def _before_relative(self, sentence: Sentence, words: Sequence[Word], i: int) -> Subject | None:
        """As in "many men who stood at the mill stated": who is told of up to the verb."""
        for who in range(i - 1, max(i - _RELATIVE, 0), -1):
            text = words[who].text
            if text == "who":
                told = any(finite_word(word.text) for word in words[who + 1 : i + 1])
                return self._antecedents.meant(sentence, words, who) if told else None
            if text in (",", ";", ":", "(", ")", "that", "which"):
                return None
        return None

    @staticmethod
    def _of_papers(words: Sequence[Word], i: int) -> Subject | None:
        """As in "spread reports which claimed that": the voice before "which"."""
        at = i - 2 if words[i - 1].text == "," else i - 1
        noun, found = words[at], voice(words, at)
        if found is None:
            paper = noun.text in _PAPERS
            return Subject((), noun.start, noun.end, "", noun.text) if paper else None
        told = words[i - 1].text[0].islower() and "rumo" not in found.voice
        return found if told else None

    def _before_all(self, sentence: Sentence, closed: int, i: int) -> Subject | None:
        """As in "Moll, of the guard, who brought the order, says": who stands before them all."""
        words = sentence.words
        first = before_insertions(words, closed)
        if first < 0 or first >= i:
            return None
        found = self._nominals.ending(sentence, words, first)
        if found is None or any(finite_word(w.text) for w in words[:first] if w.start >= found.end):
            return None
        opens = next((n for n, word in enumerate(words) if word.start >= found.start), 0)
        while opens and words[opens - 1].text in ("the", "The", "a", "A"):
            opens -= 1
        return found if opens == 0 or words[opens - 1].text in (",", ";", "and", "but") else None

    def speaking(self, sentence: Sentence, subject: Subject) -> None:
        """Note whose words a sentence quotes: behind it "he" is the speaker."""
        self._antecedents.remember(sentence, subject, "said")

    def owner(self, sentence: Sentence, k: int) -> Subject | None:
        """Whom "his" or "their" at word `k` means, if it can be told."""
        pronoun = "they" if sentence.words[k].text.lower() in ("their", "them") else "he"
        found = self._antecedents.of_pronoun(sentence, sentence.words[k], pronoun)
        return found if found.holders else None

    def apposed(self, sentence: Sentence, k: int) -> Subject | None:
        """The voice that opens its clause right before the comma: "The sentries, thinking"."""
        words = sentence.words
        if k < 2 or self._register.at(words[k - 2].start) is not None:
            return None
        start = next((n for n in clause_starts(words, k - 1) if words[n - 1].text != "and"), 0)
        start = max([start, *(n + 1 for n in range(start, k - 2) if words[n].text in _LEADING)])
        if any(finite_word(word.text) for word in words[start : k - 1]):
            return None
        found = self._nominals.ending(sentence, words, k - 2)
        return found if found is not None and found.voice else None

    def opening(self, sentence: Sentence, before: int) -> Subject | None:
        """Who opens the clause, else the sentence: a pronoun, an acting name, or a voice."""
        words = sentence.words
        k = next((n for n, word in enumerate(words) if word.start >= before), len(words))
        for start in clause_starts(words, k):
            if start and (found := self._begun(sentence, start, k)) is not None:
                return found
        if words and words[0].text in _SUBORDINATING:
            for start in (n + 1 for n in range(k) if words[n].text == ","):
                if (found := self._begun(sentence, start, k)) is not None:
                    return found
        return self._of_sentence(sentence, before)

    def _of_sentence(self, sentence: Sentence, before: int) -> Subject | None:
        words = sentence.words
        for k, word in enumerate(words[:_FIRST_WORDS]):
            if word.start >= before:
                break
            if word.text in ("He", "She", "They", "he", "she", "they") and self._begins(words, k):
                return self._antecedents.meant(sentence, words, k)
        for mention, named in self._register.within(sentence.start, before):
            if named.kind != "place" and self.acts(sentence, mention):
                early = opening_voice(sentence, mention.start)
                return early or self._with_joined(sentence, mention, named)
        return opening_voice(sentence, before)

    def _with_joined(self, sentence: Sentence, mention: Mention, named: Named) -> Subject:
        """A name with the one that "and" joins to it: "Daum and Garnett ordered"."""
        for second, other in self._register.within(mention.end, mention.end + _JOINED):
            gap = sentence.text[mention.end - sentence.start : second.start - sentence.start]
            if gap == " and " and other.kind == named.kind:
                return Subject((named, other), mention.start, second.end)
            break
        return Subject((named,), mention.start, mention.end)

    def _begun(self, sentence: Sentence, start: int, k: int) -> Subject | None:
        """The subject with which a clause begins at a word, if a verb of it stands before `k`."""
        words = sentence.words
        while start < k and (words[start].text in _AUXILIARY or words[start].text == ","):
            start += 1
        for at in range(start, min(start + _LONGEST_SUBJECT, k - 1)):
            if not finite_word(words[at + 1].text):
                continue
            if words[at].text in PRONOUNS - {"it", "It", "who"}:
                return self._antecedents.meant(sentence, words, at)
            found = self._nominals.ending(sentence, words, at)
            if found is None or found.start > words[min(start + 4, at)].start:
                return None
            return found if found.start >= words[start].start else None
        return None

    @staticmethod
    def _begins(words: Sequence[Word], k: int) -> bool:
        """Whether a clause begins at a word: the sentence, or what follows a comma or "At noon"."""
        if k == 0 or words[k - 1].text in (",", ";", "–", "—", "but", "and"):
            return True
        return words[0].text in _ADVERBIAL and not any(finite_word(w.text) for w in words[:k])

    @staticmethod
    def acts(sentence: Sentence, mention: Mention) -> bool:
        """Whether a name can be a subject: no preposition before it, no possession behind.

        Nor one who is named or meant by it: "Austrian army spokesman Moll", "the SOPAC commander".
        """
        at, end = mention.start - sentence.start, mention.end - sentence.start
        rest = sentence.text[end : end + 40]
        owns = rest.startswith(("'", "’")) or _ATTRIBUTE.match(rest)
        return not _GOVERNED.search(sentence.text[:at]) and not owns

    @staticmethod
    def names_itself(sentence: Sentence, end: int) -> bool:
        """Whether a name that ends at a position is no attribute: "Austrian commander"."""
        at = end - sentence.start
        return _ATTRIBUTE.match(sentence.text[at : at + 40]) is None

    def titled(self, sentence: Sentence, start: int, end: int) -> Subject | None:
        """The first "the Duke" or the like between two places of a sentence."""
        for k, word in enumerate(sentence.words):
            if start <= word.start < end and word.text in RANKS:
                found = self._titles.titled(sentence.words, k)
                if found is not None:
                    return found
        return None

    def _named_ending(self, sentence: Sentence, words: Sequence[Word], i: int) -> Subject | None:
        """A name right before the comma: "the minister, Ahmad, presented"."""
        if words[i].text != ",":
            return None
        found = self._nominals.named_at(sentence, words[i - 1].end) if i else None
        if found is None:
            return None
        first = next(k for k, word in enumerate(words) if word.start >= found.start)
        if first and words[first - 1].text in ("the", "The"):
            first -= 1
        honours = words[first].text.isupper() and first > 1 and words[first - 1].text == ","
        opened = first == 0 or words[first - 1].text in (",", "and", ";")
        return found if opened and not honours else None  # "Gray, RN, ordered": Gray

    def _coordinated(self, sentence: Sentence, i: int, verb: Word) -> Subject | None:
        """As in "The party was formed and declared": who opens the clause.

        "B accepts it, but A reasons that ... and concludes": the subject of the verb in the
        same tense.
        """
        words = sentence.words
        parallel = self._parallel(sentence, i, verb.text) or self._inner(sentence, i, verb.text)
        if parallel is not None:
            return parallel
        for start in clause_starts(words, i):
            if start and (begun := self._begun(sentence, start, i)) is not None:
                return begun
        found = self._register.within(sentence.start, words[i].start)
        opener = self.opening(sentence, words[i].start)
        if opener is not None and (opener.pronoun or opener.voice):
            return opener
        for mention, named in found:
            if named.kind == "place" or not self.acts(sentence, mention):
                continue
            after = [w.text for w in words if mention.end <= w.start < words[i].start]
            after = past_insertion(after)
            lead = sentence.text[: words[i].start - sentence.start]
            first = named is found[0][1] and mention.start - sentence.start < _OPENING
            first = first and not any(
                finite_word(word.text) for word in words if word.start < mention.start
            )
            if first and not _not_alone(lead[mention.end - sentence.start :]):
                return Subject((named,), mention.start, mention.end)
            if after and (after[0] in _AUXILIARY or finite_word(after[0])):
                return Subject((named,), mention.start, mention.end)
        titled = next((k for k, word in enumerate(words[:i]) if word.text in RANKS), None)
        return self._titles.titled(words, titled) if titled is not None else None

    def _inner(self, sentence: Sentence, i: int, verb: str) -> Subject | None:
        """As in "Weber relates that Karl was urged to flee and answered": Karl, by the tense."""
        words = sentence.words
        that = next((n for n in range(i - 1, 0, -1) if words[n].text == "that"), 0)
        outer = words[that - 1].text if that else ""
        if verb.endswith("s") or not outer.endswith("s") or outer not in CUES:
            return None
        return self._begun(sentence, that + 1, i)

    def _parallel(self, sentence: Sentence, i: int, verb: str) -> Subject | None:
        """The subject of the nearest verb before that attributes in the present tense too."""
        if not verb.endswith("s"):
            return None
        for k in range(i - 1, 0, -1):
            text = sentence.words[k].text
            if text == ";":
                return None
            if text.endswith("s") and text in CUES:
                found = self._scan(sentence, k, broad=False)
                if found is not None and (found.holders or found.voice):
                    return found
        return None


#: what speaks without an article as well: "a June 1775 letter that describes"
_PAPERS = frozenset(
    "letter report dispatch despatch message telegram note order study book article".split()
)
#: of these the name before is no subject: "a letter to Karl written in May"
_REDUCED = frozenset("written given known seen taken shown sworn forbidden".split())
#: words of a relative clause between a subject and its verb
_RELATIVE = 18
#: behind one of these a clause of its own begins
_LEADING = frozenset("that when where because since until as if whereupon".split())
#: "a pamphlet published in 1811 accused": what stands behind the subject
_PUBLISHED = frozenset("published written issued dated printed signed".split())
#: words that open a sentence with a clause before its main one
_SUBORDINATING = frozenset(
    "Although Though When While After Before As Since Because If Once Until With Despite In On At By "
    "Under From During To For Having Being Following Within Without Upon".split()
)
#: a name behind one of these is no subject
_GOVERNED = re.compile(
    r"\b(?:to|of|by|with|against|under|from|for|after|before|at|in|on|near|into|over|about|upon)\s+"
    r"(?:[Tt]he\s+|an?\s+|his\s+|their\s+)?(?:[A-Z][\w.-]*\s+){0,2}$"
)
#: phrases that open a sentence begin with one of these
_ADVERBIAL = frozenset(
    "At On In By During From Here There Now Then Soon Later Meanwhile Towards Toward About Around Near "
    "Within Early Late Again Thus Afterwards".split()
)
#: characters in which a joined name ends
_JOINED = 48
#: behind a name these are the ones who speak
_ATTRIBUTE = re.compile(
    rf"\s(?:[a-z-]+\s)?(?:{'|'.join(sorted(OFFICES))}|spokesperson|spokeswoman|officials?|sources|"
    r"officers|commanders|generals|historians|authorities|newspapers|scouts|survivors|prisoners|"
    r"deserters|chroniclers|leaders|ministers|intelligence|command|staff)\b(?!')"
)
_FIRST_WORDS = 12
#: a subject that opens a clause has no more words than this
_LONGEST_SUBJECT = 9
_APPOSED = re.compile(
    r", (?:the |then |a |an |his |their )?(?:[\w-]+ )?([\w-]+) of [^,;:.]{3,80},? "
)
#: a name that stands so near to the beginning of a sentence is its subject
_OPENING = 24


def _not_alone(rest: str) -> bool:
    """Whether a name that opens a sentence owns what follows, is one of two, or a heading."""
    return rest.startswith(("'", "’", " and ", ":")) or ":" in rest
