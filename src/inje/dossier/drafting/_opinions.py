"""Whose view it is without a verb of saying: "in Weber's opinion", "for most historians".

Also "Weber's view is that ..." and "it is Weber's contention that ...".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._entities import Register
from inje.dossier.drafting._held import Held
from inje.dossier.drafting._passages import Sentence
from inje.dossier.drafting._subjects import Subjects
from inje.dossier.drafting._voices import Subject, voice

__all__ = ["opinions"]

_NOUN = (
    r"(?:opinion|view|eyes?|mind|judge?ment|estimation|assessment|reckoning|analysis|interpretation|"
    r"account|version|telling|reading|words|report|memoirs?|recollections?|estimate|admission|count|"
    r"calculation|confession)"
)
_TOLD = ("account", "version", "telling", "words", "report", "memoir", "recollection", "estimate")
#: "In Weber's opinion, ...", "In his view ..."
_IN = re.compile(
    rf"\b(?:[Ii]n|[Bb]y|[Tt]o|[Oo]n) (?P<who>(?:[^.;:()]{{1,60}}?(?:['’]s|s['’])|his|her|their)) "
    rf"(?:own |final |considered |later )?(?P<noun>{_NOUN})(?:, (?!(?:but|and|which|who|while|although|though)\b)| (?=(?:[A-Z]|(?:the|a|an|this|these|those|both|he|she|they|it|there|all|no|his|"
    r"their|its|neither|some)\b)|[\"“]))"
)
_FOR = re.compile(r"(?:^|(?<=; )|(?<=, ))(?:For|To|for|to) (?P<who>[^,.;:()]{3,60}), ")
_IS = re.compile(
    r"(?P<who>[^.;:()]{1,60}?(?:['’]s|s['’])|\b(?:[Hh]is|[Hh]er|[Tt]heir)) (?:own |main |first |great )?"
    r"(?P<noun>view|opinion|belief|contention|argument|claim|conclusion|theory|thesis|hypothesis|"
    r"impression|conviction|fear|hope|suggestion|assumption|assertion|complaint|objection|advice|"
    r"reply|answer|excuse|order|orders|instructions|intention|intent|aim|plan|goal|object|objective|"
    r"purpose|wish|desire|ambition|design|proposal|prediction|guess|feeling|warning|verdict|"
    r"explanation|idea|finding|statement|comment|remark|worry|concern|estimate|reckoning|calculation|count|account|version)(?: (?:to|of|about|on) [^,.;:]{1,50}?)? (?:is|was|were|had been|has been|remained) "
    r"(?:simply |only )?(?:that|to|for) "
)
#: "It was the opinion of Karl that"
_IT_OF = re.compile(
    r"\b[Ii]t (?:is|was|remained|has been) (?:also )?the (?:\w+ )?(?P<noun>view|opinion|belief|contention|argument|claim|"
    r"conclusion|theory|impression|conviction|fear|hope|intention|aim|plan|wish|desire|purpose|idea) of (?:the )?"
    r"(?P<who>[^,.;:()]{2,50}?) (?:that|to) "
)
_IT_IS = re.compile(
    r"\b[Ii]t (?:is|was|remained|has been) (?P<who>[^.;:()]{1,50}?(?:['’]s|s['’])|his|her|their) "
    r"(?P<noun>view|opinion|belief|contention|argument|claim|conclusion|theory|thesis|impression|"
    r"conviction|fear|hope|intention|aim|plan|wish|desire|purpose|ambition|idea)(?: as [^,.;:]{2,40}?)? (?:that|(?:not )?to) "
)
#: "It seemed to Karl that", "it became clear to the staff that"
_TO_WHOM = re.compile(
    r"\b[Ii]t (?:was|became|seemed|appeared|occurred|dawned|had become|is|soon became|was soon)(?: (?:now|soon|quite|all too|"
    r"increasingly))?(?: (?P<noun>clear|obvious|apparent|evident|plain|certain|doubtful|likely|unlikely|probable|known|well known))? "
    r"(?:to|on|upon) (?:the )?(?P<who>[^,.;:()]{2,50}?) that "
)
#: "To the other captains it seemed best to", "to Karl it appeared that"
_SEEMED = re.compile(
    r"\b[Tt]o (?:the )?(?P<who>[^,.;:()]{2,50}?),? it (?:now |soon |at first )?(?:seemed|appeared|looked|was clear|was obvious|was plain)"
    r"(?: (?:best|better|wise|wiser|right|likely|clear|certain|obvious|safer|necessary|impossible))? (?:that|to|as if|as though) "
)
_KINDS: dict[str, ClaimKind] = {
    "belief": "belief", "impression": "belief", "conviction": "belief", "hope": "belief",
    "assumption": "belief", "fear": "fear", "order": "order", "orders": "order",
    "instructions": "order", "suggestion": "proposal", "advice": "proposal",
    "contention": "statement", "claim": "statement", "assertion": "statement",
    "complaint": "statement", "objection": "statement", "reply": "statement",
    "answer": "statement", "excuse": "statement", "argument": "inference",
    "conclusion": "inference", "theory": "inference", "thesis": "inference",
    "hypothesis": "inference", "prediction": "inference", "finding": "inference",
    "explanation": "inference", "verdict": "statement", "statement": "statement",
    "comment": "statement", "remark": "statement", "warning": "statement", "proposal": "proposal",
    "worry": "fear", "concern": "fear",
    "estimate": "inference", "reckoning": "inference", "calculation": "inference",
    "count": "report", "account": "report", "version": "report",
    **dict.fromkeys(
        ("intention", "intent", "aim", "plan", "goal", "object", "objective", "purpose", "wish",
         "desire", "ambition", "design"),
        "intention",
    ),
}  # fmt: skip


def opinions(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Held]:
    """All views of a sentence that no verb attributes."""
    for pattern in (_IN, _IS, _IT_IS, _IT_OF):
        for match in pattern.finditer(sentence.text):
            subject = _owner(sentence, register, subjects, match)
            if _led(match):
                continue  # "meant to fetter Karl's judgement, only to guide him"
            if match["noun"].startswith("eye") and "," not in match.group()[-2:]:
                continue  # "showed in his eyes the fire of the mind"
            follows = sentence.text.rstrip(".: ").endswith(" as follows")
            if subject is not None and not follows:
                yield _opinion(sentence, match, subject)
    for match in (*_TO_WHOM.finditer(sentence.text), *_SEEMED.finditer(sentence.text)):
        subject = _owner(sentence, register, subjects, match)
        start = sentence.start + match.end()
        if subject is not None and start < sentence.body_end:
            last = match.end() if match.re is _SEEMED else match.start("who")
            cue = (sentence.start + match.start(), sentence.start + last - 1)
            yield Held("belief", subject, cue, start, sentence.body_end)
    for match in _FOR.finditer(sentence.text):
        subject = _thinker(sentence, register, match)
        if subject is not None:
            cue = (sentence.start + match.start(), sentence.start + match.end("who"))
            start = sentence.start + match.end()
            if start < sentence.body_end:
                yield Held("belief", subject, cue, start, sentence.body_end)


def _led(match: re.Match[str]) -> bool:
    """Whether a verb stands between "to" and whose view it is."""
    first = match["who"].split()[0]
    verb = first.islower() and first not in _OWNING
    return match.re is _IN and match.group()[:3] == "to " and verb


_OWNING = frozenset("the a an his her their its many most some one both".split())


def _opinion(sentence: Sentence, match: re.Match[str], subject: Subject) -> Held:
    noun = match["noun"]
    kind = _KINDS.get(noun, "report" if noun.startswith(_TOLD) else "belief")
    cue = (sentence.start + match.start("noun"), sentence.start + match.end("noun"))
    start, end = sentence.start + match.end(), sentence.body_end
    if kind == "intention":
        start = sentence.start + match.start()
    if match.re is _IN and start >= end - 2:
        start, end = sentence.start, sentence.start + match.start()
    return Held(kind, subject, cue, start, end)


def _owner(
    sentence: Sentence, register: Register, subjects: Subjects, match: re.Match[str]
) -> Subject | None:
    """Whose the noun is: a name or a voice that owns it, or whom "his" means."""
    first, last = sentence.start + match.start("who"), sentence.start + match.end("who")
    if match["who"].lower() in ("his", "her", "their"):
        k = next((n for n, word in enumerate(sentence.words) if word.start >= first), 0)
        behind = register.within(sentence.start + match.end(), sentence.end)[:1]
        if match.start() == 0 and behind and behind[0][0].start - sentence.start == match.end():
            mention, named = behind[0]  # "By his own account, Moll fled"
            if named.kind == "person":
                return Subject((named,), mention.start, mention.end)
        return subjects.owner(sentence, k)
    for mention, named in reversed(register.within(first, last)):
        if named.kind != "place" and last - mention.end <= 2:
            return Subject((named,), mention.start, mention.end)
    return _voice_at(sentence, last)


def _voice_at(sentence: Sentence, end: int) -> Subject | None:
    for k, word in enumerate(sentence.words):
        if word.end in (end, end - 1, end - 2) and k:
            bare = word.text.removesuffix("'s").removesuffix("’s").lower()
            near = sentence.words[max(0, k - 2) : k + 1]  # "to the officers": they, not the letter
            return (
                voice(sentence.words, k)
                or voice(near, len(near) - 1)
                or (
                    Subject((), word.start, word.end, "", bare) if bare in ("historians",) else None
                )
            )
    return None


def _thinker(sentence: Sentence, register: Register, match: re.Match[str]) -> Subject | None:
    """As in "For Professor Oak, the battle was": one who writes, not one who fights."""
    first, last = sentence.start + match.start("who"), sentence.start + match.end("who")
    named = [(m, n) for m, n in register.within(first, last) if n.kind == "person"]
    if named:
        mention, person = named[0]
        whole = mention.end == last and person.side is None
        return Subject((person,), mention.start, mention.end) if whole else None
    for k, word in enumerate(sentence.words):
        if word.end == last and word.text in ("historians", "scholars", "writers", "authors"):
            return voice(sentence.words, k)
    return None
