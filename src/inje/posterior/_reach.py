"""Reach: whether simulated worlds came near enough to the claims to judge them.

Effective size and tail index can look perfect while the posterior is wrong: what is said
without tracking is a floor under every weight, and if no world reaches the claims, all
weights are equal. So worlds are counted by the *set* of claims that they match, and what an
unmatched set could have contributed is bounded: with none in N worlds, its evidence is below
(3/N) times its largest weight (the rule of three, 95 %).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from inje.posterior._attainable import Attainable
from inje.posterior._claims import ClaimModel

__all__ = ["Patterns", "Reach", "reach_of"]

#: a claim is matched where t is at least this share of what the best world for all claims gives
NEAR = 0.1
#: a claim can be tracked where t is at least this share of its peak
POSSIBLE = 1e-3
#: what an unmatched set may contribute to the evidence before the sampler escalates
TOLERATED = 0.05


@dataclass(frozen=True)
class Patterns:
    """Which sets of claims were matched by worlds, and which could be tracked together.

    Attributes
    ----------
    near, possible : distinct rows of bools (k, claims).
    counts : worlds that match each claim (claims,).
    worlds : how many were looked at.
    """

    near: np.ndarray
    possible: np.ndarray
    counts: np.ndarray
    worlds: int

    @classmethod
    def of(cls, terms: Sequence[np.ndarray], can: Attainable) -> Patterns:
        """Patterns of one block of worlds.

        Parameters
        ----------
        terms : t by claim, each (n,). can : what the claims can say together.
        """
        pairs = zip(terms, can.together, strict=True)
        matched = np.array([t >= NEAR * b if b > 0 else t > 0 for t, b in pairs])
        tops = zip(terms, can.peaks, strict=True)
        tracked = np.array([(t >= POSSIBLE * p) & (t > 0) for t, p in tops])
        return cls(_distinct(matched), _distinct(tracked), matched.sum(axis=1), matched.shape[1])

    @classmethod
    def merged(cls, parts: Sequence[Patterns]) -> Patterns:
        """Patterns of all blocks together."""
        return cls(
            _distinct(np.concatenate([part.near for part in parts]).T),
            _distinct(np.concatenate([part.possible for part in parts]).T),
            np.sum([part.counts for part in parts], axis=0),
            sum(part.worlds for part in parts),
        )


def _distinct(rows: np.ndarray) -> np.ndarray:
    """Distinct columns of a bool matrix (claims, n), as rows (k, claims)."""
    packed = np.ascontiguousarray(np.packbits(rows.T, axis=1))
    keys = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first = np.unique(keys, return_index=True)
    return rows.T[first]


@dataclass(frozen=True)
class Reach:
    """What the worlds reached.

    Attributes
    ----------
    matched : by claim, the worlds that match it.
    worlds : how many there were.
    omitted : what the worst unmatched set could add, as a share of the evidence.
    unmatched : that set of claims, empty where every set is matched or negligible.
    incompatible : smallest set of claims that no world can track together, empty if none.
    """

    matched: dict[str, int]
    worlds: int
    omitted: float
    unmatched: tuple[str, ...]
    incompatible: tuple[str, ...]

    @property
    def suffices(self) -> bool:
        """Whether nothing above 5 % of the evidence can have been missed."""
        return self.omitted <= TOLERATED

    def to_json(self) -> dict[str, object]:
        """Plain values for `--json`."""
        return {
            "matched": self.matched,
            "worlds": self.worlds,
            "omitted": self.omitted if np.isfinite(self.omitted) else None,
            "unmatched": list(self.unmatched),
            "incompatible": list(self.incompatible),
        }


def reach_of(model: ClaimModel, patterns: Patterns, log_evidence: float) -> Reach:
    """Judge what simulated worlds reached.

    Parameters
    ----------
    model, patterns : the claims, and the sets of them that worlds matched.
    log_evidence : logarithm of the mean weight of those worlds.
    """
    ids = [claim.id for claim in model.claims]
    attainable = Attainable.of(model)
    shares: dict[tuple[int, ...], float] = {}
    for members in _unreached(patterns.near):
        floors = {ids[i]: 0.0 for i in members}
        best = [np.array([t]) for t in attainable.best(members)]
        weight = float(model.transmission.log_likelihood(best, floors=floors)[0])
        log_share = np.log(3 / patterns.worlds) + weight - log_evidence
        shares[members] = float(np.exp(min(log_share, 700)))
    omitted = max(shares.values(), default=0.0)
    # Of sets that weigh about the same, the one that names most claims.
    heavy = [members for members, share in shares.items() if share >= omitted / 2]
    worst = max(heavy, key=len, default=())
    return Reach(
        dict(zip(ids, map(int, patterns.counts), strict=True)),
        patterns.worlds,
        omitted,
        tuple(ids[i] for i in worst) if omitted > TOLERATED else (),
        tuple(ids[i] for i in _smallest_unreached(patterns.possible)),
    )


def _unreached(seen: np.ndarray) -> list[tuple[int, ...]]:
    """Sets that no row contains: of one, two or three claims, and all of them."""
    claims = seen.shape[1]
    sets: list[tuple[int, ...]] = [(i,) for i in range(claims) if not seen[:, i].any()]
    for size in (2, 3):
        if claims**size > 4000:
            break
        sets.extend(
            members
            for members in itertools.combinations(range(claims), size)
            if not seen[:, members].all(axis=1).any()
        )
    if claims > 3 and not seen.all(axis=1).any():
        sets.append(tuple(range(claims)))
    return sets


def _smallest_unreached(seen: np.ndarray) -> tuple[int, ...]:
    """The smallest set that no row contains; the first of that size.

    Above four claims, a set of which none is superfluous.
    """
    claims = seen.shape[1]
    if not claims or seen.all(axis=1).any():
        return ()
    for size in range(1, min(claims, 4) + 1):
        if size > 2 and claims**size > 200_000:
            break
        for members in itertools.combinations(range(claims), size):
            if not seen[:, members].all(axis=1).any():
                return members
    kept = list(range(claims))
    for claim in range(claims):
        rest = [other for other in kept if other != claim]
        if rest and not seen[:, rest].all(axis=1).any():
            kept = rest
    return tuple(kept)
