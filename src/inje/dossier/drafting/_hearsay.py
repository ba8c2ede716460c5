"""What one hears from another: "received word from Karl that the bridge was lost"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inje.dossier.drafting._complements import content_end
from inje.dossier.drafting._entities import Register
from inje.dossier.drafting._held import Held
from inje.dossier.drafting._passages import Sentence
from inje.dossier.drafting._voices import Subject, voice

__all__ = ["hearsay"]

_WHO = r"(?P<who>[^,.;:()]{2,60}?)"
_SENT = re.compile(
    r"\b(?:received|got|had|receives|learned|learnt|heard|knew)(?: (?:a |an |the |some )?(?:\w+ )?(?P<noun>word|message|report|"
    r"news|information|letter|dispatch|despatch|intelligence|telegram|signal|warning|reports|intimation))? from "
    rf"(?:the |a |an |his |one )?{_WHO} that "
)


#: "had orders from Karl to hold the bridge"
_ORDERED = re.compile(
    r"\b(?:received|receiving|got|had|has|having|under|with|given|awaiting|obtained|on|upon|despite|against)(?: the| his| their| strict| "
    r"direct| written| clear| urgent| express)? (?P<noun>orders?|instructions|permission|directions|a request|requests|an "
    rf"appeal|advice|an invitation) from (?:the |his )?{_WHO} (?=(?:to|not to|that) [\"“]?[A-Za-z])"
)


def hearsay(sentence: Sentence, register: Register) -> Iterator[Held]:
    """All of a sentence whose teller is named."""
    for match in _SENT.finditer(sentence.text):
        subject = _holder(sentence, register, match)
        start = sentence.start + match.end()
        if subject is not None and start < sentence.body_end:
            first = match.start("noun") if match["noun"] else match.start()
            last = match.end("noun") if match["noun"] else match.start("who") - 1
            cue = (sentence.start + first, sentence.start + last)
            yield Held("report", subject, cue, start, sentence.body_end)
    for match in _ORDERED.finditer(sentence.text):
        subject = _holder(sentence, register, match)
        start = sentence.start + match.end()
        if subject is not None and start < sentence.body_end:
            cue = (sentence.start + match.start("noun"), sentence.start + match.end("noun"))
            asked = match["noun"].split()[-1] in (
                "request",
                "requests",
                "appeal",
                "advice",
                "invitation",
            )
            end = content_end(sentence, start)
            yield Held("proposal" if asked else "order", subject, cue, start, end)


def _holder(sentence: Sentence, register: Register, match: re.Match[str]) -> Subject | None:
    """The name or the voice at the end of the words of whom it is."""
    first, last = sentence.start + match.start("who"), sentence.start + match.end("who")
    for mention, named in reversed(register.within(first, last)):
        if named.kind != "place" and last - mention.end <= 1:
            return Subject((named,), mention.start, mention.end)
        break
    for k, word in enumerate(sentence.words):
        if word.end == last and word.text[0].islower():
            return voice(sentence.words, k)
    return None
