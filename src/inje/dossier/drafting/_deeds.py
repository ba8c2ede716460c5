"""Who attacked, who held what, how long it lasted, and the events of the prose."""

from __future__ import annotations

import re
from bisect import bisect_left

from inje.dossier._records import Event, Value
from inje.dossier.drafting._control import control_claims, stands_for_side
from inje.dossier.drafting._dates import when_of
from inje.dossier.drafting._desk import Desk
from inje.dossier.drafting._entities import slug
from inje.dossier.drafting._mentions import Mention
from inje.dossier.drafting._passages import Sentence

__all__ = ["deed_claims", "events_of"]

_ATTACKED = re.compile(
    r"^(?:\s|\b\w+ly\b|had|have|has|then|also|again|\(\w+\))*(?:attacked|assaulted|invaded|raided|"
    r"stormed|besieged|ambushed|surprised|assailed|fell upon|"
    r"launched (?:an?|their|its|another|the) (?:\w+ ){0,2}?(?:attack|assault|offensive|"
    r"invasion|raid)|"
    r"(?:continued|renewed|resumed|began|opened|started) (?:an?|their|its|the) (?:\w+ "
    r")?(?:attack|assault|offensive|siege))",
    re.I,
)
_ATTACK_BY = re.compile(
    r"\b(?:(?:attack|assault|aggression|offensive)\s+by|(?:was|were|been|being)\s+(?:\w+ly\s+)?"
    r"(?:attacked|assaulted|invaded|raided|stormed|besieged)\s+by)\s+"
    r"(?:the\s+|an?\s+|some\s+|about\s+)?(?:[\d,]+(?:-\w+)?\s+)?(?:\w+\s+of\s+(?:the\s+)?)?$",
    re.I,
)
_AFTER = re.compile(r"\b(?:aftermath|consequences|legacy|significance)\b", re.I)
#: whose attacks are no attack on the field
_SUPPORTING = re.compile(r"\b(?:air force|aircraft|planes|bombers|artillery|jets|aviation)$", re.I)
#: "of 800 men", ", 800 strong," between a force and what it does
_STRENGTH_BETWEEN = re.compile(
    r"(?: of (?:about |some |over |nearly |up to )?[\d,]+(?: [\w-]+){1,2}?|"
    r", (?:about |some |over |nearly )?[\d,]+ (?:men )?strong,|,? (?:numbering|under) [^,;.]{2,40},|"
    r" under (?:the )?(?:[A-Z][\w.’'-]*(?: (?:de|von|van|of|al) )? ?){1,4}(?<! )|"
    r" \((?:about |some |over |nearly )?[\d,]+(?: [\w-]+){0,2}\))(?= )"
)
_DEFENDED = re.compile(r"\b(?:defended|garrisoned|held) by\b")
_REINFORCED = re.compile(
    r"\b(?:(?:additional|fresh|further|more) (?:\w+ )?(?:forces|troops|units|men|soldiers|"
    r"detachments|divisions|"
    r"battalions|regiments)\b.{0,40}?\b(?:sent|dispatched|arrived|rushed|deployed|came|"
    r"ordered)|reinforcements?\b"
    r".{0,60}?\b(?:sent|dispatched|arrived|arriving|rushed|came|reached)|(?:sent|dispatched|"
    r"received|rushed|brought up) "
    r"(?:\w+ ){0,3}?reinforcements)",
    re.I,
)
_PAPER = re.compile(
    r"\bin (?:an?|his|her|their|its|the) (?P<what>report|letter|telegram|dispatch|message|"
    r"cable|memorandum|"
    r"correspondence|note|order|diary|memoirs?)\b(?: (?:dated|of) [^,;.]{4,24}?(?= that|,|;|$)|"
    r" (?:to|with|from) [^,;.]{3,60})?"
)
_CENTRE = re.compile(
    r"^, which (?:was|is|were) the (?:\w+ )?(?:center|centre|capital|seat|headquarters|base) "
    r"of (?:the )?$"
)
_LEAD_SENTENCES = 6


def deed_claims(desk: Desk) -> None:
    """Write the claims on attackers, control and duration."""
    _metonyms(desk)
    for sentence in desk.passages.sentences:
        _attackers(desk, sentence)
        control_claims(desk, sentence)
        _duration(desk, sentence)
        _defence(desk, sentence)


def _metonyms(desk: Desk) -> None:
    """As in "Tabriz, which was the center of the ANG": the city can stand for the side."""
    for named in desk.register.kind("place"):
        for mention in named.mentions:
            sentence = desk.passages.sentences[mention.sentence]
            for after, group in desk.register.within(mention.end, sentence.end)[:1]:
                between = desk.document.text[mention.end : after.start]
                if _CENTRE.match(between) and group.side:
                    named.side = group.side


def _attackers(desk: Desk, sentence: Sentence) -> None:
    for mention, named in desk.register.within(sentence.start, sentence.end):
        if not stands_for_side(desk, named):
            continue
        after = desk.document.text[mention.end : sentence.end]
        before = desk.document.text[sentence.start : mention.start]
        by = _ATTACK_BY.search(before)
        strength = _STRENGTH_BETWEEN.match(after)
        after = after[strength.end() :] if strength is not None else after
        if (not by and not _ATTACKED.match(after)) or _SUPPORTING.search(mention.text):
            continue
        clause = desk.clause_over(sentence, mention.start, mention.end)
        if clause is None and _AFTER.search(sentence.block.section):
            continue  # told of another place, later; accounts of the battle stand there, too
        whole = clause is None and sentence.index < _LEAD_SENTENCES
        of_battle = clause or whole or _on_battle(desk, sentence, mention)
        summary = f"attacker: {named.name}"
        if of_battle and desk.deed(
            sentence, clause, about="attacker", side=named.side, summary=summary
        ):
            return


def _on_battle(desk: Desk, sentence: Sentence, mention: Mention) -> bool:
    """An attack told in few words, or on a place of the title."""
    after = desk.register.within(mention.end, sentence.end)
    title = desk.document.title
    if desk.background(sentence):
        return False
    short = len(desk.passages.sentences) < _SHORT
    return any(named.name in title for _, named in after) or (short and not after)


_FIGHTING = re.compile(
    r"^\W{0,2}(?:clash\w*|battles?|fighting|engagement|siege|fight|assault|combat|struggle|"
    r"action|campaign|war)\b",
    re.I,
)


_LASTED = re.compile(
    r"\b(?:clash\w*|battles?|fighting|siege|engagement|combat|struggle|assault|campaign|"
    r"war)\b[^.;,]{0,50}?\b(?:lasted|raged|continued|went on|dragged on)\s+(?:on\s+)?(?:for\s+)?"
    r"(?:about\s+|some\s+|only\s+|nearly\s+|over\s+|just\s+)?$",
    re.I,
)
_OF_FIGHTING = re.compile(r"\s+of\s+(?:\w+,?\s+){0,2}(?:fighting|clashes|combat|battle)\b", re.I)


def _length_told(desk: Desk, sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """As in "The clashes lasted four days", "four days of fighting": the span that says it."""
    if desk.background(sentence):
        return None
    before = _LASTED.search(sentence.text[: start - sentence.start])
    if before is not None:
        return sentence.start + before.start(), end
    after = _OF_FIGHTING.match(sentence.text, end - sentence.start)
    near = sentence.index < _LEAD_SENTENCES or len(desk.passages.sentences) < _SHORT
    return (start, sentence.start + after.end()) if after is not None and near else None


#: in an article of fewer sentences every fight is the battle
_SHORT = 60


def _duration(desk: Desk, sentence: Sentence) -> None:
    for date in desk.chronicle.of(sentence):
        if date.kind != "duration" or not date.days:
            continue
        after = desk.document.text[date.end : date.end + 40]
        match = re.match(r"\s*(?:\w+\s)?\w+", after)
        word = _FIGHTING.match(after.strip()) or re.match(
            r"(?:military|fierce|heavy) (?:clash\w*|battle|engagement)", after.strip()
        )
        span = _length_told(desk, sentence, date.start, date.end)
        if word and match is not None:
            span = (date.start, date.end + 1 + word.end())
        if span is None:
            continue
        desk.claim(
            "fact",
            *span,
            rule="duration",
            about="duration",
            sentence=sentence,
            value=Value(low=date.days, best=date.days, high=date.days, unit="days"),
            summary=f"lasted {date.days:g} days",
        )
        return


def _defence(desk: Desk, sentence: Sentence) -> None:
    match = _DEFENDED.search(sentence.text)
    if not match or desk.background(sentence):
        return
    after = desk.register.within(sentence.start + match.end(), sentence.end)
    if (
        after
        and after[0][1].kind != "place"
        and after[0][0].start - sentence.start - match.end() < 20
    ):
        desk.claim(
            "fact",
            sentence.start,
            sentence.body_end,
            rule="defence",
            sentence=sentence,
            summary=f"defended by {after[0][1].name}",
        )


def events_of(desk: Desk) -> None:
    """Events: dated sentences, deeds, papers, reinforcements; each after the one before."""
    last: dict[str, str] = {}
    told = sorted((desk.spans[claim.id][0], k) for k, claim in enumerate(desk.claims))
    for sentence in desk.passages.sentences:
        for what, start, end in _happenings(desk, sentence):
            key = desk.fresh(slug(what)[:48] or "event")
            dates = [d for d in desk.chronicle.within(start, end) if d.span is not None]
            own = when_of(dates[0]) if dates else None
            found = desk.register.within(start, end)
            section = sentence.block.section
            simultaneous = any(
                d.text.lower() == "simultaneously" for d in desk.chronicle.of(sentence)
            )
            before = last.get(section)
            desk.events.append(
                Event(
                    id=key,
                    label=what,
                    when=own,
                    where=tuple(dict.fromkeys(n.key for _, n in found if n.kind == "place")),
                    participants=tuple(dict.fromkeys(n.key for _, n in found if n.kind != "place")),
                    after=(before,) if before and not simultaneous else (),
                    during=(before,) if before and simultaneous else (),
                    background=desk.background(sentence),
                    anchor=desk.anchor(start, end),
                    claims=_told_within(desk, told, start, end)[:12],
                )
            )
            last[section] = key


def _told_within(desk: Desk, told: list[tuple[int, int]], start: int, end: int) -> tuple[str, ...]:
    """Claims that lie in a span, in the order in which they were written."""
    first = bisect_left(told, (start, -1))
    stop = bisect_left(told, (end, -1))
    numbers = sorted(k for _, k in told[first:stop])
    claims = (desk.claims[k].id for k in numbers)
    return tuple(claim for claim in claims if desk.spans[claim][1] <= end)


def _happenings(desk: Desk, sentence: Sentence) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    for match in _PAPER.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        found.append((desk.words(start + 3, end), start, end))
    reinforced = _REINFORCED.search(sentence.text)
    if reinforced:
        label = f"reinforcements: {desk.words(sentence.start, sentence.body_end)[:90]}"
        found.append((label, sentence.start, sentence.end))
    elif _eventful(desk, sentence):
        label = desk.words(sentence.start, sentence.body_end)
        found.append((label[:110], sentence.start, sentence.end))
    return found


def _eventful(desk: Desk, sentence: Sentence) -> bool:
    dated = any(
        d.kind in ("absolute", "partial", "relative")
        and (d.span or d.text.lower() == "simultaneously")
        for d in desk.chronicle.of(sentence)
    )
    told = any(
        desk.spans[c.id][0] >= sentence.start
        and desk.spans[c.id][1] <= sentence.end
        and c.rule in ("control", "attacker", "defence")
        for c in desk.claims[-400:]
    )
    return dated or told
