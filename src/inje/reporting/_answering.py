"""Answers in the report's plain records; asked here where the caller brings none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from inje.answers import (
    Comparison,
    Pair,
    Search,
    WhatIf,
    change_causes,
    questions_of,
    seek_evidence,
)
from inje.posterior import Posterior
from inje.reporting._data import WhatIfEffect, WhatIfRow
from inje.reporting._doubt import (
    AccountPair,
    BearingRow,
    Contribution,
    GameTold,
    Rivalry,
    SaysRow,
    SeekRow,
)
from inje.reporting._ledger import estimated, format_number
from inje.reporting._weighing import agent_name
from inje.reporting._wording import Wording, inline

__all__ = ["asked_changes", "pairs_of", "rivalries_of", "seek_rows", "what_if_rows"]

#: leads shown, and worlds fought again for each question that the report asks by itself
_LEADS, _WORLDS = 40, 4096
#: questions that the report asks by itself, beside who attacked
_ASKED = 5
Changes = Mapping[str, float | str]


def rivalries_of(comparisons: Sequence[Comparison], wording: Wording) -> tuple[Rivalry, ...]:
    """Every question with its rival answers, and what these rest on."""
    return tuple(_rivalry(comparison, wording) for comparison in comparisons)


def _rivalry(comparison: Comparison, wording: Wording) -> Rivalry:
    names = tuple(comparison.labels)
    says = [
        SaysRow(
            claim,
            tuple(float(cell) for cell in cells.values() if cell != "shared"),
            tuple(comparison.table_errors[claim][name] for name in cells),
        )
        for claim, cells in comparison.table.items()
        if "shared" not in cells.values()
    ]
    return Rivalry(
        question="" if comparison.question == "account" else wording.path(comparison.question),
        names=names,
        labels=tuple(_labelled(comparison, name, wording) for name in names),
        prior=tuple(comparison.prior[name] for name in names),
        posterior=tuple(comparison.posterior[name] for name in names),
        says=tuple(says),
        shared=len(comparison.table) - len(says),
        bearings=tuple(
            BearingRow(
                b.label,
                tuple(b.posterior[name] for name in names),
                b.shift,
                tuple(b.errors.get(name) for name in names),
            )
            for b in comparison.bearings
        ),
        game=_game(comparison),
        errors=tuple(comparison.errors[name] for name in names),
    )


def _game(comparison: Comparison) -> GameTold | None:
    told = comparison.statecraft
    if told is None:
        return None
    deal = told.settlement
    return GameTold(
        told.precision,
        tuple(told.attack.values()),
        tuple(told.told.values()),
        told.punishing,
        None if deal is None else (deal.side, deal.wins, deal.low, deal.high),
        None if deal is None else deal.error,
    )


def pairs_of(
    posterior: Posterior, wording: Wording, comparisons: Sequence[Comparison]
) -> tuple[AccountPair, ...]:
    """Every pair of rival explanations."""
    return tuple(
        AccountPair(
            first=pair.first,
            second=pair.second,
            first_label=_labelled(comparison, pair.first, wording),
            second_label=_labelled(comparison, pair.second, wording),
            db=pair.decibel,
            mcse=pair.error,
            low=pair.low.decibel,
            high=pair.high.decibel,
            decided=bool(pair.decided),
            sentence=" ".join(
                filter(
                    None,
                    (
                        _by_the_book(comparison, pair),
                        _deciding(_named(pair.tipping, posterior, wording), pair.decided),
                    ),
                )
            ),
            low_at=_named(pair.low.label, posterior, wording),
            high_at=_named(pair.high.label, posterior, wording),
            question="" if comparison.question == "account" else wording.path(comparison.question),
            low_error=pair.low.error,
            high_error=pair.high.error,
            contributions=tuple(
                Contribution(
                    part.claim,
                    part.shapley,
                    part.left_out,
                    _holder(posterior, wording, part.claim),
                    part.error,
                    part.left_out_error,
                )
                for part in pair.contributions
            ),
        )
        for comparison in comparisons
        for pair in comparison.pairs
    )


def _by_the_book(comparison: Comparison, pair: Pair) -> str:
    """What becomes of a pair if the work behind most claims is worth less."""
    first = comparison.bearings[0] if comparison.bearings else None
    if first is None or not first.agent:
        return ""
    then = next((c for c in pair.corners if c.label == first.label), None)
    if then is None:
        return ""
    return f"With {first.label}: {estimated(then.decibel, 'dB', then.error)}."


def _labelled(comparison: Comparison, name: str, wording: Wording) -> str:
    brief = wording.name(name)
    known = brief != wording.spaced(name)
    return brief if known else comparison.labels.get(name) or brief


def _named(corner: str, posterior: Posterior, wording: Wording) -> str:
    """A corner of the assumptions with its sources called by their names."""
    agents = posterior.claims.letters
    dossier = posterior.scenario.dossier
    if dossier is None:
        return corner
    words = [
        agent_name(dossier, wording, word) if word in agents else word for word in corner.split(" ")
    ]
    return " ".join(words)


def _deciding(tipping: str, decided: bool) -> str:
    if not tipping:
        return ""
    return f"{'It would be undone by' if decided else 'It would be decided with'} {tipping}."


def _holder(posterior: Posterior, wording: Wording, claim: str) -> str:
    dossier = posterior.scenario.dossier
    if claim == "game":
        return "the political game, assumed: that there was an attack"
    found = next((c for c in dossier.claims if c.id == claim), None) if dossier else None
    return wording.name(found.holders[-1]) if found else ""


def asked_changes(posterior: Posterior) -> list[Changes]:
    """Causes worth changing: forces that came, the days of fighting, orders, who attacked."""
    scenario = posterior.scenario
    asked = [changes for changes in questions_of(scenario) if "attacker" not in changes]
    found: list[Changes] = []
    found += [changes for changes in asked if "send" not in changes.values()][:_ASKED]
    choice = scenario.causes.get("attacker")
    if choice and len(choice.options) > 1 and "attacker" in posterior.labels:
        chances = posterior.probabilities("attacker")
        known = {name: chance.value for name, chance in chances.items() if name in choice.options}
        if known and max(known.values()) < 1:
            found.append({"attacker": min(known, key=lambda name: known[name])})
    return found


def what_if_rows(
    posterior: Posterior, wording: Wording, given: Sequence[WhatIf] | None
) -> tuple[WhatIfRow, ...]:
    """Every changed cause; asks the obvious ones where none are given."""
    if given is None and not posterior.replayable:
        return ()
    if given is None:
        # A cause that this model cannot change is no question.
        asked = asked_changes(posterior)
        given = change_causes(posterior, asked, force=True, worlds=_WORLDS, possible=True)
    return tuple(_what_if(answer, wording) for answer in given)


def _what_if(answer: WhatIf, wording: Wording) -> WhatIfRow:
    effects = []
    told: set[tuple[float, float]] = set()
    for causation in sorted(answer.outcomes, key=lambda c: not c.outcome.startswith("winner")):
        path, _, label = causation.outcome.partition(" = ")
        pair = (causation.before, causation.after)
        if path != "winner" and pair in told:
            continue  # whoever holds everything has won: said already
        told.add(pair)
        words = f"{wording.path(path)}: {'nobody' if label == 'none' else wording.name(label)}"
        effects.append(
            WhatIfEffect(
                causation.outcome, words, "%", causation.before, causation.after,
                causation.before_error, causation.after_error, causation.change_error,
            )
        )  # fmt: skip
    for effect in answer.effects:
        if effect.before == effect.after == 0 or not effect.name.endswith(
            (".total", ".killed_or_wounded", "duration")
        ):
            continue
        unit = wording.unit(effect.name)
        words = f"{wording.path(effect.name)} (mean{', days' if unit == 'days' else ''})"
        effects.append(
            WhatIfEffect(
                effect.name, words, unit, effect.before, effect.after,
                effect.before_error, effect.after_error, effect.error,
            )
        )  # fmt: skip
    changes = tuple((path, _said(value)) for path, value in answer.changes.items())
    claims = answer.conditioned_on
    return WhatIfRow(
        label=_asked(answer, wording),
        changes=changes,
        effects=tuple(effects),
        flipped=_flipped(answer),
        flipped_error=answer.flipped_error,
        conditioned_on=f"{len(claims)} claim{'s' * (len(claims) > 1)}" if claims else "",
        sentence=_necessity(answer, wording),
    )


def _asked(answer: WhatIf, wording: Wording) -> str:
    """What was changed, in words; of a cause its question and the answer that was set."""
    causes = wording.scenario.causes
    if answer.label and not set(answer.changes) <= set(causes):
        return answer.label[:1].upper() + answer.label[1:]
    return ", ".join(_change(path, value, wording) for path, value in answer.changes.items())


def _said(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _change(path: str, value: float | str, wording: Wording) -> str:
    what = wording.path(path)
    if value == "hold":
        return f"{what}: not given"
    if value == "send":
        return f"{what}: given"
    if isinstance(value, str):
        cause = wording.scenario.causes.get(path)
        return f"{what}: {(cause.labels.get(value) if cause else '') or wording.name(value)}"
    return f"{what}: {format_number(value, wording.unit(path)) if value else 'none'}"


def _flipped(answer: WhatIf) -> float | None:
    """Share of worlds whose winner changes: those that each winner loses."""
    shares = [
        c.before * c.necessity
        for c in answer.outcomes
        if c.outcome.startswith("winner = ") and c.necessity is not None
    ]
    return min(1.0, sum(shares)) if shares else None


def _necessity(answer: WhatIf, wording: Wording) -> str:
    winners = [c for c in answer.outcomes if c.outcome.startswith("winner = ")]
    best = max(winners, key=lambda c: c.before, default=None)
    if best is None or best.necessity is None:
        return ""
    name = best.outcome.partition(" = ")[2]
    won = "with no winner" if name == "none" else f"that {wording.name(name)} won"
    bounds, errors = best.necessity_bounds, best.necessity_bounds_errors
    between = ""
    if bounds and errors and bounds[1] - bounds[0] > 0.005:
        low, high = (
            estimated(bound, "%", error) for bound, error in zip(bounds, errors, strict=True)
        )
        between = f" (between {low} and {high}, however far the two fights share their luck)"
    share = estimated(best.necessity, "%", best.necessity_error)
    return f"Of the worlds {won}, {share} would have ended otherwise{between}."


def seek_rows(posterior: Posterior, wording: Wording, given: Search | None) -> tuple[SeekRow, ...]:
    """What to look for, the most telling first; asks where no answer is given."""
    search = seek_evidence(posterior) if given is None else given
    worth = [lead for lead in search.leads if lead.bits > 2 * lead.error]
    return tuple(
        SeekRow(
            label=lead.label[:1].upper() + lead.label[1:],
            target=search.target,
            bits=lead.bits,
            mcse=lead.error,
            sentence=(
                f"It would tell {lead.tells or inline(wording.path(lead.name))}: on average "
                f"{estimated(lead.decibel, 'dB', lead.decibel_error)} for the true answer."
            ),
        )
        for lead in worth[:_LEADS]
    )
