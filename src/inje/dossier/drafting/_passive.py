"""Passives: "was ordered by A", "is considered a model by historians", "it is said by A that"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._clausal import judging
from inje.dossier.drafting._complements import content_end
from inje.dossier.drafting._cues import BASES, CUES, LEMMAS
from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._held import Held
from inje.dossier.drafting._lexicon import POLITIES
from inje.dossier.drafting._passages import Sentence, Word
from inje.dossier.drafting._voices import Subject, voice

__all__ = ["passives"]

#: verbs whose agent says, thinks or orders it
_TOLD = frozenset(
    "write order direct decree propose recommend suggest report describe claim oppose tell warn inform "
    "advise assure urge instruct remind ask beg consider regard view deem announce declare estimate "
    "condemn criticise criticize praise say note argue believe state hail see think know call term "
    "label dub acknowledge admit deny dispute reject record mention cite interpret depict "
    "portray present characterise characterize attribute expect fear predict question confirm "
    "proclaim judge accuse blame request demand dismiss summarise rate credit favour favor "
    "put assess calculate reckon accept intend plan authorise authorize forbid charge implore entreat exhort persuade".split()
)
#: of these the agent may stand behind what they judge: "considered a model ... by historians"
#: of these a figure is put: "put by A at 400"
_PUT = frozenset("put assess calculate reckon".split())
_NUMBERS = frozenset(["many", "most", "some", "others"])
_FAR = frozenset("consider deem think believe rate judge call term label".split())
_LIKENING = frozenset("regard view hail see describe interpret accept know".split())
_BE = frozenset("was were is are been being be am".split())
#: these are passives without "was": "a plan proposed by A"
_REDUCED = frozenset(
    "propose recommend suggest describe call consider regard order quote cite report view hail "
    "depict deem criticise criticize believe think".split()
)
_STOPS = frozenset([";", ":", ".", "which", "who", "that", "and", "but", "(", ")"])
#: whither somebody is ordered, as well as to do what
_WHITHER = frozenset(
    "to back forward forwards north south east west up down off away home out into across".split()
)
_REACH = 12
_ADVERBS = frozenset("later also again before afterwards then twice once".split())
#: these have what is wanted before who wants it: "was told to wait by Korn"
_BIDDING = frozenset(
    "order direct tell ask instruct urge advise request command summon beg persuade warn".split()
)


def passives(sentence: Sentence, register: Register) -> Iterator[Held]:
    """All passives of a sentence whose agent is told."""
    words = sentence.words
    for k in range(len(words) - 2):
        text = words[k].text if k else words[k].text.lower()
        verb = LEMMAS.get(text, "")
        if k == 0 and verb == "question":
            continue  # "Questioned by Karl, the prisoner said"
        plain = text == verb and verb != "put"
        if verb not in _TOLD or plain or text.endswith(("ing", "s")):
            continue
        by = _agent_at(words, k, verb)
        if not by or not _passive(words, k, verb):
            continue
        if verb in ("see", "view", "know") and words[by + 1].text in _NUMBERS:
            continue  # "the fire was seen by most of the ships"
        subject = _agent(sentence, words, by + 1, register, words[by].text)
        if subject is not None and (verb not in _PUT or _at(sentence, subject.end)):
            cue = CUES.get(text) or BASES[verb]
            yield _said(sentence, words, k, words[by].text, cue.kind, subject)


def _at(sentence: Sentence, place: int) -> bool:
    """Whether "at" or "as" follows."""
    return re.match(r"\s+(?:at|as)\s", sentence.text[place - sentence.start :]) is not None


def _agent_at(words: Sequence[Word], k: int, verb: str) -> int:
    """Index of the "by" that names who says it; 0 if none does."""
    behind = k + 1
    while behind < k + 3 and (words[behind].text.endswith("ly") or words[behind].text in _ADVERBS):
        behind += 1
    following = words[behind].text if behind < len(words) - 1 else ""
    if following == "by":
        return behind
    if verb in _BIDDING and following in _WHITHER:
        return _bidder(words, behind)
    if following == "in" and verb in ("oppose", "support"):
        return behind
    likened = verb in _LIKENING and following == "as"
    judged = verb in _FAR and (judging(following) or following in ("the", "to", "his"))
    if not (likened or judged):
        return 0
    for at in range(k + 1, min(k + _REACH, len(words) - 1)):
        if words[at].text in _STOPS:
            return 0
        if words[at].text == "by":
            return at
    return 0


def _bidder(words: Sequence[Word], at: int) -> int:
    """Index of the "by" in "was ordered to hold the bridge by Karl"; 0 if there is none.

    Behind it stands a name or a person, no means: "to cross by night".
    """
    for by in range(at + 2, min(at + _REACH, len(words) - 1)):
        if words[by].text in _STOPS or words[by].text == ",":
            return 0
        if words[by].text == "by":
            return by
    return 0


def _passive(words: Sequence[Word], k: int, verb: str) -> bool:
    if verb in ("direct", "charge") and words[k + 3 : k + 4] and words[k + 1].text == "by":
        return "to" in [word.text for word in words[k + 2 : k + 10]]
    if k == 0:
        return True  # "Ordered by Karl to retire, Korn withdrew"
    near = {word.text for word in words[max(0, k - 5) : k]}
    if near & _BE:
        return True
    before = words[k - 1].text
    return verb in _REDUCED and (before == "," or before[0].islower())


def _said(
    sentence: Sentence, words: Sequence[Word], k: int, by: str, kind: ClaimKind, subject: Subject
) -> Held:
    adverb = k - 1 if words[k - 1].text.endswith("ly") else k
    start = words[adverb].start if by == "in" else sentence.start
    after = sentence.text[subject.end - sentence.start :]
    told = re.match(r",?\s+(?:that|how|whether)\s+", after)
    if told is not None:
        start = subject.end + told.end()
        end = content_end(sentence, start)
    elif by == "in":
        end = subject.end
    else:
        ends = r"[;:(]|,(?!\d)|\.\s|\s(?:but|who|which)\s"
        stop = re.search(ends if _at(sentence, subject.end) else rf"{ends}|\sand\s", after)
        end = subject.end + stop.start() if stop else sentence.body_end
        end = max(subject.end, min(end, sentence.body_end))
    that = sentence.text.find(" that ", subject.end - sentence.start)
    if words[0].text == "It" and that >= 0:
        start, end = sentence.start + that + 6, sentence.body_end
    return Held(kind, subject, (words[k].start, words[k].end), start, max(end, start + 1))


def _agent(
    sentence: Sentence, words: Sequence[Word], at: int, register: Register, by: str
) -> Subject | None:
    """The name or the voice behind "by": "described by the judges as"."""
    at += at < len(words) and words[at].text in ("the", "The")
    named = register.at(words[at].start) if at < len(words) else None
    if (attributed := _attributed(words, at, by)) is not None:
        return attributed
    if named is not None and (named.kind != "place" or by == "in" or named.name in POLITIES):
        return _named(sentence, words, at, named, register)
    for k in range(at, min(at + 6, len(words))):
        text = words[k].text
        behind = register.at(words[k].start)
        if k > at and behind is not None and behind.kind == "person":
            return _named(sentence, words, k, behind, register)
        if text[0].islower() and voice(words, k) is not None:
            return _speaking(sentence, words, k, register)
        if not text[0].isalnum() or text in ("such", "like", "who", "including"):
            break
        if k + 1 < len(words) and words[k + 1].text == "that" and text.isalpha():
            return Subject((), words[k].start, words[k].end, "", text)
    return None


def _speaking(
    sentence: Sentence, words: Sequence[Word], k: int, register: Register
) -> Subject | None:
    """The last voice of a row, or who is named behind it: "the court judges", "his deputy, Korn,"."""
    last = k
    while words[last + 1 : last + 2] and words[last + 1].text.islower():
        if voice(words, last + 1) is None and words[last + 1].text not in ("martial", "inquiry"):
            break
        last += 1
    named = register.at(words[last + 2].start) if last + 3 < len(words) else None
    comma = words[last + 1 : last + 2] and words[last + 1].text == ","
    if comma and named is not None and named.kind == "person":
        return _named(sentence, words, last + 2, named, register)
    return voice(words, last) or voice(words, k)


def _attributed(words: Sequence[Word], at: int, by: str) -> Subject | None:
    """As in "by many", "by UN leaders": the voice that names only describe."""
    if words[at].text in _NUMBERS and words[at - 1].text == by:
        alone = Subject((), words[at].start, words[at].end, "", words[at].text)
        return voice(words, at + 1) or alone
    for k in range(at, min(at + 4, len(words) - 1)):
        if not words[k].capital:
            return None
        if words[k + 1].text.islower() and words[k + 1].text.endswith("s"):
            return voice(words, k + 1)
    return None


def _named(
    sentence: Sentence, words: Sequence[Word], at: int, named: Named, register: Register
) -> Subject:
    mention = next(m for m, n in register.within(words[at].start, sentence.end) if n is named)
    return Subject((named,), mention.start, mention.end)
