"""What somebody is brought to think or want: "led Karl to believe that the bridge was lost"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inje.dossier.drafting._complements import content_of
from inje.dossier.drafting._cues import BASES, CUES, Cue
from inje.dossier.drafting._entities import Register
from inje.dossier.drafting._held import Held
from inje.dossier.drafting._passages import Sentence, Word
from inje.dossier.drafting._subjects import Subjects
from inje.dossier.drafting._voices import Subject

__all__ = ["prompted"]

#: verbs whose object then thinks or wants something
_BRINGING = frozenset(
    "led leads lead leading caused causes cause causing brought brings bringing induced induces inducing "
    "prompted prompts prompting encouraged encourages encouraging emboldened emboldening drove driving "
    "forced forces forcing compelled compelling inclined inclining tempted tempting moved allowed "
    "allows allowing enabled enabling persuaded persuading convinced convincing pushed stirred inspired "
    "tricked fooled deceived misled deluded lulled talked misleading fooling tricking".split()
)
_KINDS = frozenset(["belief", "fear", "inference", "intention", "statement", "order", "proposal"])
_ENDS = frozenset(", ; : . that which who was were had has and but".split())
_FAR = 9


def prompted(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Held]:
    """All of a sentence whose thinker is named between the verb that brings him to it and it."""
    words = sentence.words
    for k in range(3, len(words) - 1):
        cue = _cue(words, k)
        if cue is None or cue.kind not in _KINDS:
            continue
        verb = _bringing(words, k - 1) or _hearing(words, k)
        bare = words[k - 1].text not in ("to", "into")
        subject = _thinker(sentence, words, verb, k - 1 + bare, subjects) if verb else None
        if subject is None:
            continue
        content = content_of(sentence, words, k, cue, register)
        if content is None:
            continue
        start = subject.start if cue.kind == "intention" else content[0]
        span = (words[k].start, words[k].end)
        yield Held(cue.kind, subject, span, start, content[1])


def _cue(words: Sequence[Word], k: int) -> Cue | None:
    """The cue of "to believe" or "into thinking" at a word."""
    if words[k - 1].text == "to":
        return BASES.get(words[k].text)
    if words[k - 1].text == "into" and words[k].text.endswith("ing"):
        return CUES.get(words[k].text)
    return BASES.get(words[k].text) if _hearing(words, k) else None


def _bringing(words: Sequence[Word], to: int) -> int:
    """Index of the verb that brings somebody to it, in the active voice; 0 if there is none."""
    for at in range(to - 1, max(to - _FAR, 0), -1):
        text = words[at].text
        if text in _BRINGING:
            passive = words[at - 1].text in ("was", "were", "been", "being", "be", "is", "are")
            return 0 if passive or at == to - 1 else at
        if text in _ENDS:
            return 0
    return 0


def _hearing(words: Sequence[Word], k: int) -> int:
    """Index of the verb before whom one hears or makes say it: "heard Brun say"; else 0."""
    for at in range(k - 2, max(k - 6, 0), -1):
        text = words[at].text
        if text in _HEARING:
            passive = words[at - 1].text in ("was", "were", "been", "be", "is")
            whom = words[at + 1].capital or words[at + 1].text in _WHOM
            return 0 if passive or not whom else at
        if not text[0].isalpha() or text in _ENDS:
            return 0
    return 0


_HEARING = frozenset("heard hears hear overheard made makes making".split())
_WHOM = frozenset("him her them the his their".split())


def _thinker(
    sentence: Sentence, words: Sequence[Word], verb: int, to: int, subjects: Subjects
) -> Subject | None:
    """Who stands between the verb and "to": a name, a voice, or whom "him" means."""
    if words[to - 1].text in ("him", "her", "them"):
        return subjects.owner(sentence, to - 1)
    subject = subjects.of(sentence, to, broad=True)
    if subject is None or not (subject.holders or subject.voice):
        return None
    return subject if subject.start > words[verb].start else None
