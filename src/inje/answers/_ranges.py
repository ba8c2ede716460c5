"""Over what range of assumptions a comparison holds.

Everybody's letters move together with what is assumed of speakers (interest, the range of what may
be said, what "lost" means), with forks of identity and with what the political game assumes. All
letters of one work move together: it is one agent. Letters move to the two beside them; the agents
through whom most of the claims went move jointly, each to either end, the others one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import permutations, product

import numpy as np

from inje.answers._evidence import Panel, log_evidence, relative_of
from inje.answers._politics import Assumed, Plays, joined
from inje.posterior import ClaimModel

__all__ = ["GIVEN", "Range", "agents_by_claims", "games_of", "neighbours", "ranges_of"]

_ORDER = "ABCDEF"
GIVEN = "assumptions as stated"
#: agents that move jointly: 3^4 corners at most
JOINT = 4


@dataclass(frozen=True)
class Range:
    """One setting of the assumptions, and the log evidences under it, (explanations,).

    Attributes
    ----------
    label : what differs from what is stated. single : whether it is one assumption.
    agent : whose letter moved, where it was one letter alone.
    relative : gives the evidences of every world under it over their means, (explanations, n).
    """

    label: str
    log_evidence: np.ndarray
    single: bool
    agent: str = ""
    relative: Callable[[], np.ndarray] = field(kw_only=True, repr=False)


def agents_by_claims(model: ClaimModel, claims: Sequence[str]) -> list[str]:
    """Who held or carried these claims, the one through whom most went first."""
    counts: dict[str, int] = {}
    for claim in model.claims:
        if claim.id in claims:
            for agent in claim.attestation.agents:
                counts[agent] = counts.get(agent, 0) + 1
    return sorted(counts, key=lambda agent: (-counts[agent], agent))


def neighbours(letter: str | None, *, book: bool = False) -> list[str]:
    """The letters beside a letter, the lower first; an unset one counts as F and may be C.

    The book behind most claims may be B as well where nobody graded it: books mostly are.
    """
    if letter is None:
        return ["C", "B"] if book else ["C"]
    at = _ORDER.index(letter)
    return [_ORDER[i] for i in (at + 1, at - 1) if 0 <= i < len(_ORDER)]


Models = Mapping[str, ClaimModel]


def ranges_of(
    panels: Mapping[str, Panel],
    models: Models,
    differing: Sequence[str],
    games: Sequence[Setting],
    named: Callable[[str], str],
    book: str = "",
) -> Iterator[Range]:
    """Log evidences under every setting of letters and readings, and of the game.

    Parameters
    ----------
    panels, models : worlds and claim models by what differs in how claims are read ("" is the
        stated one): interest, contents, identities.
    differing : claims that tell the explanations apart.
    games : settings of the political game; the stated one is the first.
    named : an agent's name. book : the work behind most claims.
    """
    given = models[""]
    sides = {
        agent: neighbours(given.letters[agent], book=agent == book)
        for agent in agents_by_claims(given, differing)
    }
    ends = _corners(given, sides)
    for change, model in models.items():
        single = _letters(sides) if change == "" else [{}]
        for letters in [*single, *(each for each in ends if each not in single)]:
            graded, panel = model.graded(letters), panels[change]
            by_course = panel.by_course(graded)[0]
            ratios = cache(partial(panel.log_ratios, graded))  # once for all games, if at all
            moved = _moved(given, letters, named)
            parts = [*moved, *([change] if change else [])]
            for game in games:
                label = ", ".join([*parts, *([game.label] if game.label else [])])
                yield Range(
                    label or GIVEN,
                    log_evidence(by_course, game.log_shares),
                    len(parts) + game.moved == 1,
                    next(iter(letters)) if moved == [label] else "",
                    relative=cache(partial(_relative, ratios, game.log_shares)),
                )


def _relative(ratios: Callable[[], np.ndarray], log_shares: np.ndarray) -> np.ndarray:
    return relative_of(ratios(), log_shares)


def _letters(sides: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """Nothing moved, then one agent after the other to either side."""
    return [{}, *({agent: letter} for agent, letters in sides.items() for letter in letters)]


def _corners(model: ClaimModel, sides: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """The agents through whom most went, all at the ends of their letters."""
    ends = []
    for agent, letters in list(sides.items())[:JOINT]:
        stays = model.letters[agent] is None or len(letters) == 1
        ends.append([(agent, letter) for letter in (*letters[-1:], None if stays else letters[0])])
    return [
        {agent: letter for agent, letter in chosen if letter is not None}
        for chosen in product(*ends)
    ]


def _moved(model: ClaimModel, letters: Mapping[str, str], named: Callable[[str], str]) -> list[str]:
    """The letters that differ from those given, in words."""
    return [
        f"{named(agent)} graded {letter}"
        + (f", not {old}" if (old := model.letters[agent]) else "")
        for agent, letter in letters.items()
        if letter != model.letters[agent]
    ]


@dataclass(frozen=True)
class Setting:
    """A setting of the political game: in words, log P(course | explanation), what it moves."""

    label: str
    log_shares: np.ndarray
    moved: int


def games_of(plays: Plays, by_course: np.ndarray) -> list[Setting]:
    """Settings of the game worth trying: one assumption at a time, then all at their worst.

    Parameters
    ----------
    by_course : log mean ratios under the stated letters, (explanations, courses).
    """
    found = [Setting("", plays.log_shares(), 0)]
    axes = [(ends, [plays.log_shares(end) for end in ends]) for ends in plays.alternatives()]
    for ends, shares in axes:
        found += [Setting(plays.said(e), s, 1) for e, s in zip(ends, shares, strict=True)]
    stated = log_evidence(by_course, found[0].log_shares)
    for first, second in permutations(range(len(plays.names)), 2):
        worst = _worst(axes, by_course, stated, first, second)
        if worst is not None:
            favoured, other = plays.names[first], plays.names[second]
            label = f"every assumption of the game as it favours {favoured} over {other}"
            found.append(Setting(label, plays.log_shares(worst), len(axes)))
    return found


def _worst(
    axes: Sequence[tuple[tuple[Assumed, ...], Sequence[np.ndarray]]],
    by_course: np.ndarray,
    stated: np.ndarray,
    first: int,
    second: int,
) -> Assumed | None:
    """Every assumption of the game at the end that favours the first over the second."""
    chosen = []
    for ends, shares in axes:
        gains = []
        for log_shares in shares:
            logs = log_evidence(by_course, log_shares)
            gains.append(float(logs[first] - logs[second] - stated[first] + stated[second]))
        best = int(np.argmax(gains))
        if gains[best] > 1e-9:
            chosen.append(ends[best])
    return joined(chosen) if chosen else None
