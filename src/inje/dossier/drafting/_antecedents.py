"""Whom a pronoun means, where that is safe."""

from __future__ import annotations

import re
from collections.abc import Sequence

from inje.dossier.drafting._agreement import (
    COMPANIES,
    agrees,
    fits,
    in_the_past,
    within_body,
)
from inje.dossier.drafting._clausal import finite_word
from inje.dossier.drafting._cues import CUES
from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._mentions import Mention
from inje.dossier.drafting._nominals import Nominals
from inje.dossier.drafting._passages import Passages, Sentence, Word
from inje.dossier.drafting._titles import Titles
from inje.dossier.drafting._voices import Subject, opening_voice, voice

__all__ = ["PRONOUNS", "Antecedents"]

PRONOUNS = frozenset(["he", "she", "they", "it", "He", "She", "They", "It", "who"])


#: how near to its beginning stands who opens a sentence: behind "the", "one of the"
_ENTERS = 14
#: a name that stands so near to the beginning of a sentence is its subject
_OPENING = 30
_GOVERNED = re.compile(
    r"\b(?:[Tt]o|[Oo]f|[Bb]y|[Ww]ith|[Aa]gainst|[Uu]nder|[Ff]rom|[Ff]or|[Aa]fter|[Bb]efore|[Aa]t|[Ii]n|"
    r"[Oo]n|[Nn]ear|[Ii]nto|[Uu]pon|[Uu]nlike|[Dd]espite|commanding|leading|aboard|facing)\s+(?:the\s+|an?\s+)?$"
)


#: "met with his brigadiers | A, B and C": governed with the first of them
_HIS = re.compile(
    r"\b(?:with|to|of|by|for|from|and|under)\s+(?:his|her|their|the|an?)\s+(?:[a-z-]+\s*){1,3}(?:, | )$"
)
_LISTED = re.compile(r"(?:[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*,? (?:and )?)+$")
#: "Gray's chief of staff, | Captain Lake, had": he
_HIS_OFFICER = re.compile(
    r"(?:The |[A-Z][\w.]* ){0,2}(?:[A-Z][\w-]+['’]s? )?(?:[a-z-]+ ){1,5}?(?:of [\w ]{2,30})?, "
)
#: "After their losses in Gaul, the"
_OPENED = re.compile(
    r"(?:After|Before|In|On|At|By|With|During|Following|Despite|When|While|As|From|Under|Having|Since|Until|Upon|Once|"
    r"Although|Though|Within|Without|Throughout|About|Around|Early|Late|Shortly|Soon|Meanwhile|That|Unknown|Contrary)\b"
    r"(?:[^,;]{0,90}, ){1,3}(?:the |an? |one )?(?:[A-Z][a-z]+ )?"
)


_DOES_TO_HIM = re.compile(r"(?:,[^,]*,)? (?:had |then |\w+ly )*[a-z]+(?:ed|t|d) (?:to )?him\b")


#: words of a title that opens a sentence
_TITLED = 5
#: whom "they" means, where two are named
_PAIR = 2
_SUBORDINATING = frozenset(
    "Because When As While After Before Although Though Since Until If Once Unless Whenever".split()
)


class Antecedents:
    """Remembers the subjects of sentences for the pronouns of the next one."""

    def __init__(
        self, passages: Passages, register: Register, titles: Titles, nominals: Nominals
    ) -> None:
        self._passages = passages
        self._register = register
        self._titles = titles
        self._nominals = nominals
        self._last: dict[int, Subject] = {}
        #: unnamed ones who speak: "A villager said that. He ..."
        self._voices: dict[int, Subject] = {}
        #: sentences whose subject writes of the battle now, and fought not in it
        self._writing: dict[int, bool] = {}

    def remember(self, sentence: Sentence, subject: Subject, verb: str) -> None:
        """Note who is the subject of a sentence: the first, or that of its last main clause."""
        if not subject.holders:
            if subject.voice and sentence.index not in self._last:
                self._voices.setdefault(sentence.index, subject)
            return
        known = self._last.get(sentence.index)
        if (
            known is None
            or ";" in sentence.text[known.end - sentence.start : subject.start - sentence.start]
        ):
            self._last[sentence.index] = subject
            self._writing[sentence.index] = verb.endswith("s") and verb in CUES

    def meant(self, sentence: Sentence, words: Sequence[Word], i: int) -> Subject | None:
        """Whom the pronoun at word `i` means; a subject without holders where that is not safe."""
        text = words[i].text
        if text == "who":
            return self._of_relative(sentence, words, i)
        if text.lower() == "they" and i > 1:
            spoken = opening_voice(sentence, words[i].start)
            if spoken is not None:
                return Subject((), spoken.start, spoken.end, "", spoken.voice)
        return self.of_pronoun(sentence, words[i], text.lower())

    def of_pronoun(self, sentence: Sentence, word: Word, pronoun: str) -> Subject:
        """Whom "he", "she", "it" or "they" means at a word; without holders where unsafe."""
        before = self._passages.before(sentence)
        opener = sentence.words[0]
        if opener.text.lower() == pronoun and opener.start < word.start:
            first = self.of_pronoun(sentence, opener, pronoun)
            if first.holders or first.voice:  # "He thought that A was near, and he told B"
                return Subject(first.holders, word.start, word.end, pronoun, first.voice)
        known = self._inside(sentence, word.start, pronoun) or self._coming(sentence, word, pronoun)
        if known is None and pronoun in ("he", "she"):
            spoken = opening_voice(sentence, word.start)
            if spoken is not None and fits(spoken.voice, pronoun):
                return Subject((), spoken.start, spoken.end, "", spoken.voice)
        if known is None and before is not None:
            spoken = self._spoken(before, pronoun) or self._entering(before, pronoun)
            if spoken is not None:
                return Subject((), word.start, word.end, "", spoken.voice)
            known = self._last.get(before.index)
            if self._writing.get(before.index) and in_the_past(sentence, word):
                return Subject((), word.start, word.end, pronoun)
        if known is None and before is not None:
            known = self._told_before(before, pronoun)
        if known is not None and known.voice:
            return Subject((), known.start, known.end, "", known.voice)
        if known is None or not agrees(pronoun, known.holders):
            return Subject((), word.start, word.end, pronoun)
        return Subject(known.holders, word.start, word.end, pronoun)

    def _told_before(self, sentence: Sentence, pronoun: str) -> Subject | None:
        """Whom the sentence before tells of: who opens it, the two or the only ones of it."""
        known = self._acting(sentence, pronoun)
        if known is None and pronoun == "they":
            known = self._joint(sentence) or self._several(sentence)
        known = known or self._protagonist(sentence, pronoun)
        known = known or self._leading(sentence) or self._still_meant(sentence)
        return known or self._owning(sentence, pronoun)

    def _several(self, sentence: Sentence) -> Subject | None:
        """As in "He knew that the old officers were against it. They": the only ones that act."""
        words = sentence.words
        if any(
            named.kind == "group"
            for _, named in self._register.within(sentence.start, sentence.end)
        ):
            return None
        found = [
            one
            for k in range(1, len(words) - 1)
            if words[k].text.islower()
            and words[k].text.endswith(("s", "men"))
            and finite_word(words[k + 1].text)
            and (one := voice(words, k)) is not None
        ]
        return found[0] if len(found) == 1 and fits(found[0].voice, "they") else None

    def _joint(self, sentence: Sentence) -> Subject | None:
        """As in "A and B met at the mill. They", "A met B. They": the two of a sentence."""
        found = self._register.within(sentence.start, sentence.end)
        persons = [(m, n) for m, n in found if n.kind == "person"]
        if len({n.key for _, n in persons}) != _PAIR or any(n.kind == "group" for _, n in found):
            return None
        if not all(self._free(sentence, mention) for mention, _ in persons):
            return None
        first, last = persons[0], persons[-1]
        return Subject((first[1], last[1]), first[0].start, last[0].end)

    def _coming(self, sentence: Sentence, word: Word, pronoun: str) -> Subject | None:
        """As in "Because he thought that A was near, Karl attacked": who is named behind the comma."""
        before = [w.text.capitalize() for w in sentence.words if w.end < word.start][-2:]
        opens = sentence.words[0].text in _SUBORDINATING or _SUBORDINATING & set(before)
        if pronoun == "it" or not opens:
            return None
        for mention, named in self._register.within(word.end, sentence.end):
            lead = sentence.text[: mention.start - sentence.start]
            rest = sentence.text[mention.end - sentence.start :].split(maxsplit=1)[:1]
            acts = bool(rest) and (
                finite_word(rest[0]) or rest[0] in ("then", "now", "also", "soon")
            )
            if acts and re.search(r", (?:the )?$", lead) and agrees(pronoun, (named,)):
                return Subject((named,), mention.start, mention.end)
        return None

    def _entering(self, sentence: Sentence, pronoun: str) -> Subject | None:
        """As in "A courier reached Jackson at dusk. He": who opens the sentence, though he is silent."""
        if sentence.index in self._last:
            return None
        found = opening_voice(sentence, sentence.end)
        if found is None:
            return None
        lead = sentence.text[: found.start - sentence.start]
        if len(lead) > _ENTERS and not _OPENED.fullmatch(lead):
            return None
        if re.match(r"[^,]{0,40}, (?:[a-z]+ )?[A-Z]", sentence.text[found.end - sentence.start :]):
            return None  # "The commander of the division, General Korn, had"
        return found if fits(found.voice, pronoun) else None

    def _owning(self, sentence: Sentence, pronoun: str) -> Subject | None:
        """As in "Moser's corps was worn out. He": whose the force is that opens a sentence."""
        for mention, named in self._register.within(sentence.start, sentence.end)[:1]:
            person = self._owner(named, pronoun) if named.owner else None
            if person is not None and mention.start - sentence.start < _ENTERS:
                return Subject((person,), mention.start, mention.end)
        return None

    def _spoken(self, sentence: Sentence, pronoun: str) -> Subject | None:
        """As in "A villager said that the guns were gone. He had": the one who opens a sentence."""
        found = self._voices.get(sentence.index)
        if found is None or sentence.index in self._last or found.start - sentence.start > _OPENING:
            return None
        return found if fits(found.voice, pronoun) else None

    def _of_relative(self, sentence: Sentence, words: Sequence[Word], i: int) -> Subject | None:
        """The antecedent of "who": what ends before it, with the phrase behind that."""
        before = max(i - 2, 0) if words[i - 1].text == "," else i - 1
        if words[before].text in COMPANIES and (people := within_body(words, before)) is not None:
            return people  # "men in the fleet who"
        return (
            self._nominals.named_at(sentence, words[before].end)
            or self._titles.titled(words, before)
            or self._told_of(words, before)
            or self._sent(words, i)
        )

    def _inside(self, sentence: Sentence, before: int, pronoun: str) -> Subject | None:
        found = self._register.within(sentence.start, before)
        fitting = [(m, named) for m, named in found if agrees(pronoun, (named,))]
        free = [
            (m, named)
            for m, named in fitting
            if not sentence.text[m.end - sentence.start :].startswith(("'", "’"))
        ]
        fitting = free or fitting  # "A's plea was rejected by B, who said that his"
        if not fitting:
            fitting = [(m, p) for m, n in found if n.owner and (p := self._owner(n, pronoun))]
        if not fitting:
            return None
        mention, named = fitting[0]
        between = sentence.text[mention.end - sentence.start : before - sentence.start]
        if len(fitting) == 1 and pronoun == "he" and _DOES_TO_HIM.match(between):
            return None  # "When A urged him to flee, he": not A
        return Subject((named,), mention.start, mention.end)

    def _owner(self, group: Named, pronoun: str) -> Named | None:
        """As in "Milroy's soldiers had fought well, and he was confident"."""
        for named in self._register.kind("person"):
            last = group.owner.split()[-1]
            if any(form.split()[-1] == last for form in named.forms) and agrees(pronoun, (named,)):
                return named
        return None

    @staticmethod
    def _told_of(words: Sequence[Word], before: int) -> Subject | None:
        """As in "those who had seen it", "the loyalist bureaucrats, who": the noun before "who"."""
        noun = words[before]
        if 0 < before < _TITLED and words[0].text in ("The", "A", "An", "One"):
            alone = all(
                word.text.isalpha() and word.text.islower() for word in words[1 : before + 1]
            )
            if alone:  # "The papal nuncio, who"
                text = " ".join(word.text for word in words[1 : before + 1])
                return Subject((), words[1].start, noun.end, "", text)
        several = noun.text.islower() and noun.text.endswith(("s", "men")) and before > 0
        if noun.text.lower() != "those" and not (several and words[before - 1].text.islower()):
            return None
        return voice(words, before) or Subject((), noun.start, noun.end, "", noun.text.lower())

    @staticmethod
    def _sent(words: Sequence[Word], i: int) -> Subject | None:
        """As in "he sent scouts across the river, who reported": the voice before "who"."""
        for k in range(i - 1, max(i - 9, -1), -1):
            if words[k].text[0].islower() and (found := voice(words, k)) is not None:
                return found
        return None

    def _protagonist(self, sentence: Sentence, pronoun: str, depth: int = 4) -> Subject | None:
        """The one person of a sentence, or of those before it that go on with "he"."""
        words = sentence.words
        if words and depth and words[0].text.lower() == pronoun:
            before = self._passages.before(sentence)
            return self._protagonist(before, pronoun, depth - 1) if before is not None else None
        alone = self._leading(sentence)
        return alone if alone is not None and agrees(pronoun, alone.holders) else None

    def _acting(self, sentence: Sentence, pronoun: str) -> Subject | None:
        """The one who opens a sentence and acts in it: "A was named by B as the first"."""
        found = self._register.within(sentence.start, sentence.end)
        first = self._behind_opening(sentence, found)
        others = (
            [
                (m, n)
                for m, n in found
                if agrees(pronoun, (n,)) and n is not first[1] and m.start > first[0].start
            ]
            if first
            else []
        )
        if first is None or any(self._free(sentence, mention) for mention, _ in others):
            return None  # "A met B. He": to be asked
        for mention, named in (first,):
            rest = sentence.text[mention.end - sentence.start :]
            lead = sentence.text[: mention.start - sentence.start]
            opens = mention.start - sentence.start < _OPENING or _OPENED.fullmatch(lead)
            opens = opens or _HIS_OFFICER.fullmatch(lead)
            opens = opens and not rest.startswith(("'", "’"))
            if opens and not _GOVERNED.search(lead) and agrees(pronoun, (named,)):
                return Subject((named,), mention.start, mention.end)
        return None

    @staticmethod
    def _behind_opening(
        sentence: Sentence, found: Sequence[tuple[Mention, Named]]
    ) -> tuple[Mention, Named] | None:
        """The first name, or the one that stands right behind an opening phrase.

        As in "After their losses in Gaul, the army withdrew".
        """
        for mention, named in found:
            lead = sentence.text[: mention.start - sentence.start]
            if _OPENED.fullmatch(lead) or _HIS_OFFICER.fullmatch(lead):
                return mention, named
        return found[0] if found else None

    @staticmethod
    def _free(sentence: Sentence, mention: Mention) -> bool:
        """Whether no preposition governs a name, nor the list it is in, and it owns nothing."""
        lead = _LISTED.sub("", sentence.text[: mention.start - sentence.start])
        rest = sentence.text[mention.end - sentence.start :]
        return not (_GOVERNED.search(lead) or _HIS.search(lead)) and not rest.startswith(("'", "’"))

    def _still_meant(self, sentence: Sentence) -> Subject | None:
        """The subject of two sentences ago, where the last one names no person at all."""
        named = self._register.within(sentence.start, sentence.end)
        earlier = self._passages.before(sentence)
        if earlier is None or any(one.kind == "person" for _, one in named):
            return None
        return self._last.get(earlier.index) or self._leading(earlier)

    def _leading(self, sentence: Sentence) -> Subject | None:
        """The one person of a sentence, when there is only one."""
        persons = {
            named.key: (mention, named)
            for mention, named in self._register.within(sentence.start, sentence.end)
            if named.kind == "person"
        }
        if len(persons) != 1:
            return None
        mention, named = next(iter(persons.values()))
        return Subject((named,), mention.start, mention.end)
