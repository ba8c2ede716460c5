"""A piece whose losses are counted, in plain Python: every sure loss with its moment, one by one.

The compiled loops draw the numbers of the sure losses and look at their moments only where they
must. Here all of them are there from the start and stand in one line with the doubtful candidates.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from inje.kernels import _layout as blocks
from inje.kernels._naive_draws import Stream, grid_row, grid_row_below, poisson, word_at
from inje.kernels._tables import MARGIN, table

if TYPE_CHECKING:
    from inje.kernels._naive_piece import NaivePiece

__all__ = ["NaiveCounted"]

DOUBTFUL, SPARE, REST = 2.0, 4.0, 0.0625
MOST_LOSSES, MOST_OF_GROUP, MOST_RISK, MOST_DOUBTS = 2048.0, 0.125, 1.0, 6.0
SURE, PLANES = 0x1D8E4E27C47D124F, 0x589965CC75374CC3
MOMENTS, MARKS = 0x4C1B9E3A75D8F20B, 0x2D358DCCAA6C78A5


class Plan(NamedTuple):
    """What a piece is made of; all means are of the whole piece.

    Attributes
    ----------
    length : days. rates : of each loss channel now. links : of each loss channel.
    allowed : losses of each group after which the piece ends.
    sure : means of the sure losses of each loss channel, one after another.
    risks : bounds of the hazards. doubtful : mean of the doubtful candidates.
    """

    length: float
    rates: dict[int, float]
    links: dict[int, list[tuple[int, float]]]
    allowed: dict[int, int]
    sure: dict[int, list[float]]
    risks: dict[int, float]
    doubtful: float


class Candidate(NamedTuple):
    """A point of a piece: its moment, 2^-53 of the length; its place among the doubtful, or -1."""

    moment: int
    channel: int
    doubtful: int


class NaiveCounted:
    """A piece of a field of a world under way, to be counted."""

    def __init__(self, piece: NaivePiece) -> None:
        self.p, self.w, self.f, self.at = piece, piece.w, piece.f, piece.at
        self.groups = self.w.span(blocks.GROUPS_OF, self.f)
        self.loss = [c for c in piece.channels if not piece.is_hazard(c)]
        self.stood = {g: self.w.count[g] for g in self.groups}
        self.plan = self.planned()

    def countable(self) -> bool:
        """Whether nothing but losses by coefficients per enemy, and one pair's ends, may happen."""
        w, active = self.w, self.at.active
        ends = any(w.breakpoint(e, slot) >= 0.0 for e in active for slot in (0, 1))
        linear = all(w.at(blocks.FORM, e) == blocks.LINEAR for e in active)
        crowd = sum(self.stood.values()) > w.at(blocks.CROWD, 0)
        return crowd and linear and (len(active) == 1 or not ends)

    def group(self, c: int) -> int:
        return self.w.at(blocks.CHANNEL_GROUP, c)

    def rate(self, links: list[tuple[int, float]], less: dict[int, int]) -> float:
        rate = 0.0
        for h, slope in links:
            rate += slope * float(self.stood[h] - less[h])
        return rate

    def lengthened(
        self, links: dict[int, list[tuple[int, float]]], shed: dict[int, float]
    ) -> float:
        """Length of the piece."""
        bend, total = 0.0, 0.0
        for c in self.loss:
            for h, slope in links[c]:
                bend += slope * shed[h]
            total += self.rate(links[c], dict.fromkeys(self.groups, 0))
        length = self.at.planned - self.at.now
        if bend * length * length > DOUBTFUL:
            length = math.sqrt(DOUBTFUL / bend)
        if total * length > MOST_LOSSES:
            length = MOST_LOSSES / total
        for g in self.groups:
            most = MOST_OF_GROUP * float(self.stood[g])
            if shed[g] * length > most:
                length = most / shed[g]
        return length if total * length >= float(self.w.at(blocks.CROWD, 1)) else 0.0

    def planned(self) -> Plan | None:
        """The plan of the piece; None where losses are fought one by one."""
        if not self.countable():
            return None
        nobody = dict.fromkeys(self.groups, 0)
        links = {
            c: [(h, each if self.stood[self.group(c)] > 0 else 0.0) for h, each in self.p.links(c)]
            for c in self.loss
        }
        rates = {c: self.rate(links[c], nobody) for c in self.loss}
        shed = dict.fromkeys(self.groups, 0.0)
        for c in self.loss:
            shed[self.group(c)] += rates[c]
        length = self.lengthened(links, shed)
        if length == 0.0:
            return None
        allowed = dict(nobody)
        for g in self.groups:
            mean = shed[g] * length
            if mean > 0.0:
                allowed[g] = math.ceil(mean + SPARE * math.sqrt(mean) + SPARE)
                if allowed[g] >= self.stood[g]:
                    return None
        more = float(sum(allowed.values()))
        risks = {c: self.p.hazard(c, more) for c in self.p.channels if self.p.is_hazard(c)}
        risk = 0.0
        for each in risks.values():
            risk += each
        doubtful = risk * length
        if doubtful > MOST_RISK:
            return None
        sure: dict[int, list[float]] = {}
        for c in self.loss:
            sure[c], rest = [], self.rate(links[c], allowed) * length
            while rest >= REST:
                sure[c].append(float(table().mean[grid_row_below(rest)]))
                rest -= sure[c][-1]
            doubtful += rates[c] * length - sum(sure[c])
        if doubtful > MOST_DOUBTS:
            return None
        return Plan(length, rates, links, allowed, sure, risks, doubtful)

    # ---- the piece ----

    def fight(self, plan: Plan, stop: float) -> None:
        """Go through all candidates in the order of their moments."""
        at, w = self.at, self.w
        whole = plan.length == at.planned - at.now
        end = min(at.planned if whole else at.now + plan.length, stop)
        tick = at.tick - w.at(blocks.TICKS_OF, self.f)
        stream = Stream(w.key_at(at.now), w.at(blocks.FIELD_KEY, self.f), tick, at.piece)
        row = grid_row(plan.doubtful * MARGIN)
        candidates = self.sure_losses(plan, stream.key)
        for i in range(poisson(row, stream.number_word())):
            moment = word_at(stream.key ^ MOMENTS, i) >> 11
            candidates.append(Candidate(moment, -1, i))
        at.cut = end
        for candidate in sorted(candidates, key=lambda c: (c.moment, c.channel, c.doubtful)):
            t = at.now + plan.length * ((float(candidate.moment) + 0.5) / 9007199254740992.0)
            if t >= end:
                return
            c = candidate.channel
            if c < 0:
                word = word_at(stream.key ^ MARKS, candidate.doubtful)
                mark = (float(word >> 11) + 0.5) * (1.0 / 9007199254740992.0)
                c = self.judged(plan, mark * float(table().mean[row]))
            event = ""
            if c >= 0 and self.p.is_hazard(c):
                event = "breaking_off"
            elif c >= 0:
                event = self.p.fall(c, {}, {}, t)
                g = self.group(c)
                if not event and self.stood[g] - w.count[g] >= plan.allowed[g]:
                    event = "renewed"
            if event:
                at.cut, at.event = t, event
                at.culprit = (self.p.engagement(c), self.p.slot(c))
                return

    def sure_losses(self, plan: Plan, key: int) -> list[Candidate]:
        """The sure losses of the piece with their moments, told from their bits."""
        first, found = self.w.at(blocks.CHANNELS_OF, self.f), []
        for c in self.loss:
            numbers = word_at(key ^ SURE, c - first)
            drawn = sum(
                poisson(grid_row_below(mean), word_at(numbers, i))
                for i, mean in enumerate(plan.sure[c])
            )
            bits = word_at(key ^ PLANES, c - first)
            for block in range(0, drawn, 64):
                planes = [word_at(bits, block + j) for j in range(53)]
                for i in range(min(64, drawn - block)):
                    moment = sum((plane >> i & 1) << (52 - j) for j, plane in enumerate(planes))
                    found.append(Candidate(moment, c, -1))
        return found

    def judged(self, plan: Plan, place: float) -> int:
        """The channel of a doubtful candidate that is accepted, -1 for none."""
        less = {g: self.stood[g] - self.w.count[g] for g in self.groups}
        for c in self.p.channels:
            hazard = self.p.is_hazard(c)
            known = 0.0 if hazard else sum(plan.sure[c])
            width = (plan.risks[c] if hazard else plan.rates[c]) * plan.length - known
            if place >= width:
                place -= width
            elif hazard:
                return c if place < self.p.hazard(c) * plan.length else -1
            else:
                now = self.rate(plan.links[c], less) * plan.length - known
                return c if place < now else -1
        return -1
