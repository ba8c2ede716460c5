"""Rules about claims that answer one question differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from inje.dossier._records import Claim, Dossier, Finding
from inje.dossier.linting._documents import document_of
from inje.dossier.linting._rule import Rule, finding, live, loosely, quoted
from inje.dossier.linting._telling import Telling
from inje.dossier.linting._wording import in_words, listed, name_of

__all__ = ["RULES"]

_ATTITUDES = frozenset({"fear", "order", "proposal", "intention"})


def _by_value(claims: Iterable[Claim], about: str) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.about == about and claim.value is not None and claim.value.best is not None:
            found[str(claim.value.best)].append(claim)
    return found


def _rivals(dossier: Dossier, rule: Rule, about: str, text: str) -> Iterator[Finding]:
    values = _by_value(live(dossier), about)
    if len(values) < 2 or _one_statement(values.values()):
        return
    told = "; ".join(
        f"{name_of(dossier, value)} "
        f"({', '.join(dict.fromkeys(name_of(dossier, c.holders[-1]) for c in claims))})"
        for value, claims in values.items()
    )
    claims = [claim for group in values.values() for claim in group]
    yield finding(rule.id, f"{text}: {told}", rule.remedy, (c.anchor for c in claims), claims)


def _one_statement(groups: Iterable[list[Claim]]) -> bool:
    """Whether all claims lie over one another in the text: one sentence, read in two ways."""
    anchors = [claim.anchor for group in groups for claim in group]
    known = [anchor for anchor in anchors if anchor is not None]
    if len(known) < len(anchors) or len({anchor.document for anchor in known}) > 1:
        return False
    return max(a.start for a in known) < min(a.end for a in known)


def _attacker(dossier: Dossier) -> Iterator[Finding]:
    return _rivals(dossier, RIVAL_ATTACKER, "attacker", "rival claims on who attacked")


def _instigator(dossier: Dossier) -> Iterator[Finding]:
    return _rivals(dossier, RIVAL_INSTIGATOR, "instigator", "rival claims on who was behind it")


def _winner(dossier: Dossier) -> Iterator[Finding]:
    return _rivals(dossier, RIVAL_WINNER, "winner", "rival claims on who won")


def _counts(dossier: Dossier) -> Iterator[Finding]:
    """The same strength or loss with ranges that do not meet."""
    telling = Telling(dossier)
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in live(dossier):
        counted = claim.about.startswith(("strength.", "losses."))
        if counted and claim.kind not in _ATTITUDES and telling.of_whole_side(claim):
            groups[claim.about, document_of(claim)].append(claim)
    for (about, _), claims in groups.items():
        apart = _apart(claims)
        # "from a low of 73,000 to a high of over 120,000" sets both side by side already
        if apart is None or telling.together(*apart):
            continue
        one, two = apart
        quotes = " against ".join(quoted(c.anchor) for c in apart if c.anchor)
        rule = BOX_AGAINST_PROSE if _boxed(one) != _boxed(two) else RIVAL_COUNT
        words = f"{in_words(dossier, about)}: {quotes}"
        yield finding(rule.id, words, rule.remedy, (one.anchor, two.anchor), apart)


def _boxed(claim: Claim) -> bool:
    return claim.rule.startswith("box")


def _apart(claims: list[Claim]) -> tuple[Claim, Claim] | None:
    """Two claims whose ranges are farthest apart, if any do not meet."""
    ranged = [(loosely(claim.value), claim) for claim in claims]
    known = [(span, claim) for span, claim in ranged if span is not None]
    if len(known) < 2:
        return None
    lowest = min(known, key=lambda item: item[0][1])
    highest = max(known, key=lambda item: item[0][0])
    return (lowest[1], highest[1]) if lowest[0][1] < highest[0][0] else None


def _rival_counts(dossier: Dossier) -> Iterator[Finding]:
    return (found for found in _counts(dossier) if found.rule == RIVAL_COUNT.id)


def _box_against_prose(dossier: Dossier) -> Iterator[Finding]:
    return (found for found in _counts(dossier) if found.rule == BOX_AGAINST_PROSE.id)


def _control(dossier: Dossier) -> Iterator[Finding]:
    """One place held by two sides at the end of one day."""
    abouts = {c.about for c in live(dossier) if c.about.startswith("control.")}
    for about in sorted(abouts):
        values = _by_value(live(dossier), about)
        if len(values) > 1 and "@" in about:
            claims = [claim for group in values.values() for claim in group]
            yield finding(
                RIVAL_CONTROL.id,
                f"{in_words(dossier, about)} at the end of {about.partition('@')[2]}: "
                f"{listed(sorted(name_of(dossier, value) for value in values))}",
                RIVAL_CONTROL.remedy,
                (c.anchor for c in claims),
                claims,
            )


def _stance(dossier: Dossier) -> Iterator[Finding]:
    """A question of the record on somebody's stance: against it here, behind it there."""
    claims = {claim.id: claim for claim in live(dossier)}
    for question in dossier.questions:
        if question.topic != "stance" or question.answer:
            continue
        told = [claims[c] for a in question.alternatives for c in a.claims if c in claims]
        yield finding(
            CONTRARY_STANCE.id,
            question.text,
            CONTRARY_STANCE.remedy,
            (c.anchor for c in told),
            told,
        )


RIVAL_ATTACKER = Rule(
    "rival-attacker",
    "The sources do not agree on who attacked",
    "Who attacked decides how everything else is read. Two answers side by side, each told as a "
    "fact in its section, leave the reader with the last one.",
    "name the holder of each answer, put both in one place, and say what the record decides",
    _attacker,
)
RIVAL_INSTIGATOR = Rule(
    "rival-instigator",
    "The sources do not agree on who was behind it",
    "Claims on instigation come from interested parties. Told apart from each other they look "
    "like findings.",
    "put the rival answers side by side with their holders",
    _instigator,
)
RIVAL_WINNER = Rule(
    "rival-winner",
    "The sources do not agree on who won",
    "A result row states one winner where sources give two.",
    "state the result as disputed and cite both",
    _winner,
)
RIVAL_COUNT = Rule(
    "rival-count",
    "Two different numbers for one thing",
    "A strength or a loss is given twice in the prose, with ranges that do not meet.",
    "give both with their sources, or say which was corrected",
    _rival_counts,
)
BOX_AGAINST_PROSE = Rule(
    "box-against-prose",
    "The box of facts and the prose give different numbers",
    "The box should sum up the text. Where they differ, one of them was changed alone.",
    "bring the box and the text together, with one citation",
    _box_against_prose,
)
RIVAL_CONTROL = Rule(
    "rival-control",
    "One place is held by two sides on one day",
    "At the end of a day one side holds a place or none does.",
    "correct the date or the side",
    _control,
)
CONTRARY_STANCE = Rule(
    "contrary-stance",
    "Somebody is for it here and against it there",
    "A person is told to oppose what another source says the same person wanted.",
    "name the holder of each statement",
    _stance,
)
RULES = (
    RIVAL_ATTACKER,
    RIVAL_INSTIGATOR,
    RIVAL_WINNER,
    RIVAL_COUNT,
    BOX_AGAINST_PROSE,
    RIVAL_CONTROL,
    CONTRARY_STANCE,
)
