"""Who won, where the prose says it: who was beaten by whom, who gave up, whose the victory was."""

from __future__ import annotations

import re

from inje.dossier.drafting._desk import Desk
from inje.dossier.drafting._passages import Sentence
from inje.dossier.drafting._side_words import SideWord, SideWords

__all__ = ["winner_claims"]

_BEATEN = (
    r"(?:decisively |utterly |completely |heavily |badly |narrowly |soundly |totally |finally |eventually )?"
    r"(?:defeated|routed|beaten|crushed|vanquished|overwhelmed|annihilated|destroyed|overcome|worsted|"
    r"put to flight|wiped out)"
)
#: as in "A defeated B", "A, reinforced by night, routed B"
_BEAT = re.compile(
    r"^[^;:]{0,80}?\b(?:defeat(?:s|ed)|rout(?:s|ed)|beat|crush(?:es|ed)|vanquish(?:es|ed)|overwhelm(?:s|ed)|"
    r"annihilat(?:es|ed)|overcame|bested|worsted|put to flight|won (?:a|the) [\w -]{0,40}?(?:victory|battle) over|"
    r"(?:inflicted|won) (?:a|an) [\w -]{0,40}?(?:defeat on|victory over))\s+(?!by\b)(?:\w+\s+){0,4}?$",
    re.I,
)
#: as in "B was routed", "B surrendered": what happens to the side named before
_LOST = re.compile(
    rf"^[^;:.]{{0,60}}?\b(?:(?:was|were|had been)\s+{_BEATEN}\b|(?:surrendered|capitulated|laid down (?:its|their|his) arms)\b"
    r"(?! (?:him|her|them|it)sel)|fled\b|broke and ran\b|(?:was|were) forced to (?:surrender|capitulate)\b|"
    r"(?:lost the battle|suffered (?:a|an) [\w -]{0,30}?defeat)\b|took to flight\b)",
    re.I,
)
#: as in "B retreated at dusk", with nothing else in the sentence that would make it one move of many
_LEFT = re.compile(
    r"^\s*(?:[\w-]+\s+){0,2}(?:retreated|withdrew|retired|abandoned the field|left the field|gave way|was driven off|"
    r"were driven off)(?:\s+(?:in (?:disorder|confusion|haste|good order)|at (?:dusk|nightfall|dark|night|dawn)|from the field|"
    r"during the night|after dark|in the evening|under cover of (?:darkness|night)))?\s*\.?$",
    re.I,
)
#: as in "a victory of the A", "an A victory", "victory for A"
_VICTORY_OF = re.compile(r"\bvictory (?:of|for|by)\s+(?:the\s+)?(?:\w+\s+)?$", re.I)
_VICTORY = re.compile(r"^\s+(?:\w+\s+)?victory\b", re.I)
_DEFEAT = re.compile(r"^\s+defeat\b|^\s+surrender\b", re.I)
_WON = re.compile(
    r"^[^;:.]{0,40}?\b(?:won the (?:battle|day|field|fight)|were victorious|was victorious)\b", re.I
)
_SURRENDER_OF = re.compile(
    r"\b(?:surrender|capitulation|defeat) of\s+(?:the\s+)?(?:\w+\s+)?$", re.I
)
#: a part of a side, whose end is not the side's
_PART = re.compile(
    r"\b(?:part|parts|some|company|companies|squadron|battalion|regiment|brigade|wing|detachment|body|number|remnants?|"
    r"vanguard|rearguard|cavalry|artillery) of\s+(?:the\s+)?(?:\w+\s+)?$",
    re.I,
)
#: a deed that was not done, or in another battle
_UNSURE = re.compile(
    r"\b(?:not|n['’]t|never|fail\w*|would|could|might|may|to|if|unless|nearly|almost|hop\w+|plan\w+|intend\w+|tr(?:y|ied)\w*|"
    r"threaten\w*|had|previous\w*|earlier|before|without)\b",
    re.I,
)
#: sentences of a long article that tell of the whole battle, and up to how many an article is short
_LEAD, _SHORT = 4, 30


def winner_claims(desk: Desk, words: SideWords) -> None:
    """Write a claim on the winner for sentences that tell one; a box that does goes before."""
    if len(desk.sides.all) != 2 or any(claim.about == "winner" for claim in desk.claims):
        return
    short = len(desk.passages.sentences) <= _SHORT
    for sentence in desk.passages.sentences:
        if sentence.index >= _LEAD and not short:
            return
        if not desk.background(sentence):
            _claimed(desk, sentence, words.within(sentence, sentence.start, sentence.end))


def _claimed(desk: Desk, sentence: Sentence, words: list[SideWord]) -> None:
    side = _winner(desk, sentence, words)
    if side is not None:
        clause = desk.clause_over(sentence, words[0].start, words[-1].end)
        summary = f"winner: {desk.sides.by_key[side].name}"
        desk.deed(sentence, clause, about="winner", side=side, summary=summary)


def _winner(desk: Desk, sentence: Sentence, words: list[SideWord]) -> str | None:
    """The side that won by what a sentence says; None where it says nothing, or both."""
    found = {side for k in range(len(words)) if (side := _told_by(desk, sentence, words, k))}
    return found.pop() if len(found) == 1 else None


def _told_by(desk: Desk, sentence: Sentence, words: list[SideWord], k: int) -> str | None:
    """The winner by what stands around one word that tells a side."""
    text, word = desk.document.text, words[k]
    end = words[k + 1].start if k + 1 < len(words) else sentence.body_end
    before, after = text[sentence.start : word.start], text[word.end : end]
    rest = text[word.end : sentence.body_end]
    other = desk.sides.other(word.side)
    if _PART.search(before):
        return None
    if _VICTORY_OF.search(before) or _VICTORY.match(after) or _sure(_WON, after):
        return word.side
    if _SURRENDER_OF.search(before) or _DEFEAT.match(after):
        return other
    beat = _sure(_BEAT, after)
    if beat and k + 1 < len(words):
        return word.side if words[k + 1].side != word.side else None
    if _sure(_LOST, after):
        return other
    alone = not any(one.side != word.side for one in words)
    return other if alone and k == 0 and _opens(before) and _LEFT.match(rest) else None


def _opens(before: str) -> bool:
    """Whether a name is the subject of its sentence."""
    return (
        re.fullmatch(
            r"\W*(?:(?:[\w-]+\s+){0,3}(?:the|a|an)\s+|the\s+)?(?:[\w-]+\s+)?", before, re.I
        )
        is not None
    )


def _sure(pattern: re.Pattern[str], words: str) -> bool:
    """Whether words say a deed, and say it without a doubt."""
    match = pattern.search(words)
    return match is not None and not _UNSURE.search(match[0])
