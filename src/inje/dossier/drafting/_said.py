"""Claims of attributed clauses and of roles."""

from __future__ import annotations

import re

from inje.dossier._records import Value
from inje.dossier.drafting._attribution import Clause
from inje.dossier.drafting._desk import NARRATOR, Desk
from inje.dossier.drafting._entities import Named

__all__ = ["attributed_claims", "role_claims"]

_HOSTILE_AIM = re.compile(
    r"\bto\s+(?:\w+ly\s+)?(?:test|punish|disrupt|attack|provoke|encourage|destroy|weaken|"
    r"overthrow|crush|"
    r"seize|capture|conquer|invade|annex|incite|undermine|retake|regain|occupy|eliminate|drive|"
    r"expel|"
    r"suppress|subdue|force|break|defeat|take)\b",
    re.I,
)
_INSTIGATED = re.compile(
    r"\b(?:was|were|had been|been|is)\s+(?:\w+ly\s+)?(?:provoked|instigated|orchestrated|"
    r"incited|engineered|"
    r"staged|masterminded|initiated|started)\s+by\s+(?:the\s+)?",
    re.I,
)
_LIST = re.compile(r",?\s+such as\s+|,?\s+including\s+|:\s+")


def attributed_claims(desk: Desk) -> None:
    """One claim for every attributed clause, and what it says of causes."""
    for clause in desk.clauses:
        sentence = desk.passages.sentences[clause.sentence]
        if _announces(desk, clause) or _repeated(desk, clause):
            continue
        holder = desk.holder(clause.subject)
        outer = desk.chain(clause.start, clause.end, sentence, besides=clause)
        chain = outer
        if clause.owned and holder and holder not in outer:
            chain = (*outer, holder)
        about, value = _about(desk, clause, holder)
        desk.claim(
            clause.kind,
            clause.start,
            clause.end,
            rule=clause.rule,
            about=about,
            value=value,
            sentence=sentence,
            holders=chain,
            cue=clause.cue,
            addressees=tuple(named.key for named in clause.addressees),
        )
        _instigators(desk, clause, chain)


def _announces(desk: Desk, clause: Clause) -> bool:
    """As in "A wrote:" says nothing itself: the quotation after it does."""
    return desk.document.text[clause.start : clause.end].endswith("wrote") or (
        clause.rule not in ("passive", "according-to")
        and clause.start < clause.cue[0] < clause.end
        and clause.kind == "statement"
    )


def _repeated(desk: Desk, clause: Clause) -> bool:
    """The intention inside "According to A, B intended": already a claim of A."""
    return (
        clause.kind == "intention"
        and not clause.owned
        and any(
            other.kind == "intention" and other.owned and other.covers(clause.start, clause.end)
            for other in desk.clauses_of(desk.passages.sentences[clause.sentence])
        )
    )


def _whose(desk: Desk, clause: Clause) -> Named | None:
    """Whose intention a clause tells."""
    if clause.kind != "intention":
        return None
    if not clause.owned:
        return clause.subject.holders[0] if len(clause.subject.holders) == 1 else None
    sentence = desk.passages.sentences[clause.sentence]
    inner = [c for c in desk.clauses_of(sentence) if not c.owned and clause.covers(c.start, c.end)]
    return inner[0].subject.holders[0] if inner and inner[0].subject.holders else None


def _about(desk: Desk, clause: Clause, holder: str | None) -> tuple[str, Value | None]:
    text = desk.words(clause.start, clause.end)
    if clause.kind == "intention":
        whose = _whose(desk, clause)
        key = whose.key if whose else holder if not clause.owned else None
        return (f"motive.{key}", Value(best=_aim(text))) if key else ("", None)
    if holder is None:
        return "", None
    if clause.kind == "order":
        return f"decision.{holder}", Value(best=text)
    if clause.kind in ("proposal", "belief", "fear") and clause.rule != "passive":
        return f"stance.{holder}", Value(best=text)
    return "", None


def _aim(text: str) -> str:
    match = re.search(
        r"\b(?:intended|wanted|planned|sought|hoped|aimed|decided|resolved|wished|"
        r"meant)\s+to\s+(.*)",
        text,
    )
    return (match[1] if match else text)[:160]


def _instigators(desk: Desk, clause: Clause, chain: tuple[str, ...]) -> None:
    """Who is said to be behind it: "provoked by", or a hostile aim that somebody reports."""
    sentence = desk.passages.sentences[clause.sentence]
    text = desk.document.text[clause.start : clause.end]
    match = _INSTIGATED.search(text)
    if match and clause.owned:
        group = _named_after(desk, clause.start + match.end(), clause.end)
        if group is not None:
            _instigator(desk, clause, chain, group, clause.start, clause.end)
    elif clause.kind == "intention" and _HOSTILE_AIM.search(text) and len(chain) > 1:
        whose = _whose(desk, clause)
        told = any(
            c.about == "instigator"
            and c.value
            and whose
            and c.value.best == whose.key
            and c.holders == chain
            for c in desk.claims
        )
        if whose is not None and whose.kind != "place" and whose.side is not None and not told:
            start = sentence.start if chain != (NARRATOR,) and not clause.owned else clause.start
            _instigator(desk, clause, chain, whose, start, clause.end)


def _instigator(
    desk: Desk, clause: Clause, chain: tuple[str, ...], who: Named, start: int, end: int
) -> None:
    desk.claim(
        "inference" if clause.kind == "intention" else clause.kind,
        start,
        end,
        rule="instigator",
        about="instigator",
        value=Value(best=who.key),
        holders=chain,
        cue=clause.cue,
        sentence=desk.passages.sentences[clause.sentence],
        summary=f"instigator: {who.name}",
    )


def _named_after(desk: Desk, start: int, end: int) -> Named | None:
    """The one who is named, or the unnamed group before "such as A, B and C"."""
    text = desk.document.text[start:end]
    listed = _LIST.search(text)
    if listed and re.match(r"[a-z]", text):
        group = desk.group(text[: listed.start()], start, start + listed.start())
        names = text[listed.end() :]
        stop = re.search(r",?\s+(?:against|in order|to|who|which)\b", names)
        last = start + listed.end() + (stop.start() if stop else len(names))
        for _, named in desk.register.within(start + listed.end(), last):
            if named.kind == "person":
                named.owner = group.key
        return group
    found = [n for m, n in desk.register.within(start, end) if m.start - start < 5]
    return found[0] if found else None


def role_claims(desk: Desk) -> None:
    """One claim for every role that the text states."""
    seen: set[tuple[str, str]] = set()
    for role in desk.roles:
        text = re.sub(r"^(?:[Tt]he|an?)\s+", "", role.text)
        if (role.person.key, text.lower()) in seen or not role.duty:
            continue
        seen.add((role.person.key, text.lower()))
        desk.claim("fact", *role.outer, rule="role", summary=f"{role.person.name}: {text}")
