"""One piece of the naive twin: rates, bounds, regions and candidates, one after another."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from inje.kernels import _layout as blocks
from inje.kernels._naive_counted import NaiveCounted
from inje.kernels._naive_draws import Stream, grid_row, poisson, sorted_times
from inje.kernels._tables import LARGEST_MEAN, MARGIN, table

if TYPE_CHECKING:
    from inje.kernels._naive import NaiveWorld

__all__ = ["NaivePiece"]

ALL = 1 << 32
NARROW, SUDDEN = 10_000, 2.0**-6


class NaivePiece:
    """A piece of a field of a world under way."""

    def __init__(self, world: NaiveWorld, f: int) -> None:
        self.w, self.f, self.at = world, f, world.fields[f]
        self.channels = [
            c for c in world.span(blocks.CHANNELS_OF, f) if self.engagement(c) in self.at.active
        ]

    def engagement(self, c: int) -> int:
        return self.w.at(blocks.CHANNEL_ENGAGEMENT, c)

    def slot(self, c: int) -> int:
        return self.w.at(blocks.CHANNEL_SLOT, c)

    def is_hazard(self, c: int) -> bool:
        return self.w.at(blocks.CHANNEL_KIND, c) == blocks.HAZARD

    def is_linear(self, c: int) -> bool:
        return not self.is_hazard(c) and self.w.at(blocks.FORM, self.engagement(c)) == blocks.LINEAR

    def posture(self, e: int, slot: int) -> float:
        w, k = self.w, self.at.tick
        window = w.at(blocks.WINDOW, k * w.b[blocks.ENGAGEMENTS] + e)
        product = float(w.row[window]) if window >= 0 else 1.0
        upon = w.at(blocks.UPON_ROWS, 2 * (k * w.b[blocks.ENGAGEMENTS] + e) + slot)
        if upon >= 0:
            product *= float(w.row[upon])
        night = w.at(blocks.NIGHT_ROW, e)
        if w.at(blocks.NIGHT, k) == 1 and night >= 0:
            product *= float(w.row[night])
        return product

    def links(self, c: int) -> list[tuple[int, float]]:
        """(enemy group, coefficient with posture) of a linear channel."""
        w, e, slot = self.w, self.engagement(c), self.slot(c)
        posture, role = self.posture(e, slot), w.role(e, slot)
        return [
            (
                w.at(blocks.LINK_GROUP, n),
                float(w.row[w.at(blocks.LINK_ROWS, 2 * n + role)]) * posture,
            )
            for n in w.span(blocks.LINKS_OF, c)
        ]

    def totals(self, c: int, which: int, *times: float) -> float:
        """Rate (which 0) or bound (1) of a law of totals, without posture."""
        w, e, slot = self.w, self.engagement(c), self.slot(c)
        own = float(w.people(self.f, w.side_in(e, slot)))
        enemy = float(w.people(self.f, w.side_in(e, 1 - slot)))
        rule = 4 * e + 2 * slot + w.role(e, slot)
        slots = [w.value(blocks.LAW_ROWS, 4 * rule + i) for i in range(4)]
        return w.value(blocks.COEFFICIENT_ROWS, rule) * w.laws[e][which](own, enemy, *times, *slots)

    def casualty_bound(self, c: int) -> float:
        w = self.w
        if self.is_linear(c):
            if w.count[w.at(blocks.CHANNEL_GROUP, c)] == 0:
                return 0.0
            rate = 0.0
            for g, coefficient in self.links(c):
                rate += coefficient * float(w.count[g])
            return rate
        e = self.engagement(c)
        t0, t1 = self.at.now - w.begun[e], self.at.planned - w.begun[e]
        return self.posture(e, self.slot(c)) * self.totals(c, 1, t0, t1)

    def hazard(self, c: int, more: float | None = None) -> float:
        """Hazard now, or its bound while at most `more` people fall."""
        w, e, slot = self.w, self.engagement(c), self.slot(c)
        rule = 4 * (4 * e + 2 * slot + w.role(e, slot))
        if w.at(blocks.HAZARD_ROWS, rule) < 0:
            return 0.0
        h0, a, power = (w.value(blocks.HAZARD_ROWS, rule + i) for i in range(3))
        side = w.side_in(e, slot)
        own = float(w.people(self.f, side))
        enemy = float(w.people(self.f, w.side_in(e, 1 - slot)))
        lost = float(w.losses(self.f, side) - w.base_lost[self.f, side])
        if more is not None:
            lost += more if a >= 0.0 else 0.0
            own -= more if power >= 0.0 else 0.0
            enemy -= more if power < 0.0 else 0.0
        if a > 0.0 and lost <= 0.0:
            return 0.0
        base = float(w.base[self.f, side])
        fraction = math.log(max(lost, 1.0)) - math.log(base) + math.log(10.0)
        odds = math.log(max(enemy, 1.0)) - math.log(max(own, 1.0))
        return h0 * math.exp(a * fraction + power * odds)

    def plan(self) -> tuple[float, float, float, dict[int, float]]:
        """Length, mean, losses allowed, and the bound of every channel."""
        bounds = {c: self.casualty_bound(c) for c in self.channels if not self.is_hazard(c)}
        hazards = [c for c in self.channels if self.is_hazard(c)]
        fall = 0.0
        for bound in bounds.values():
            fall += bound
        length = self.at.planned - self.at.now
        if fall * length > 0.75 * LARGEST_MEAN:
            length = 0.75 * LARGEST_MEAN / fall
        mean = fall * length

        def risks(more: float) -> dict[int, float]:
            return {c: self.hazard(c, more) for c in hazards}

        allowed = float(math.ceil(mean + 6.0 * math.sqrt(mean) + 8.0))
        least, risk = sum(risks(1.0).values()), risks(allowed)
        while allowed > 1.0 and sum(risk.values()) * length > 4.0 + mean + 2.0 * least * length:
            allowed = max(1.0, math.floor(allowed / 4.0))
            risk = risks(allowed)
        limit = allowed if sum(risk.values()) > 0.0 else math.inf
        if sum(risk.values()) * length > LARGEST_MEAN:
            now = risks(0.0)
            if sum(now.values()) < SUDDEN * sum(risk.values()):
                risk, limit = now, 1.0
        total = fall + sum(risk.values())
        if total * length > LARGEST_MEAN / MARGIN:
            length = LARGEST_MEAN / MARGIN / total
        return length, total * length, limit, bounds | risk

    def run(self, stop: float) -> None:
        """Run through the candidates."""
        w, at = self.w, self.at
        counted = NaiveCounted(self)
        if counted.plan:
            counted.fight(counted.plan, stop)
            return
        length, mean, allowed, bounds = self.plan()
        whole = length == at.planned - at.now
        end = min(at.planned if whole else at.now + length, stop)
        row = grid_row(mean * MARGIN)
        scale = 4294967296.0 * length / float(table().mean[row])
        tick = at.tick - w.at(blocks.TICKS_OF, self.f)
        stream = Stream(w.key_at(at.now), w.at(blocks.FIELD_KEY, self.f), tick, at.piece)
        times = sorted_times(stream, poisson(row, stream.number_word()), at.now, length)
        taken, thresholds = self.increments(bounds, scale)
        widths = {
            c: thresholds[c] >> 32 if self.is_linear(c) else int(bounds[c] * scale) + 1
            for c in self.channels
            if bounds[c] > 0.0
        }
        at.cut, fallen = end, 0
        for t, mark in zip(times, stream.marks(), strict=False):
            if t >= end:
                break
            c, place = self.region(widths, mark)
            if c < 0 or not self.accepts(c, place, thresholds, scale, t):
                continue
            event = "breaking_off"
            if not self.is_hazard(c):
                event = self.fall(c, taken, thresholds, t)
                fallen += 1
            if not event and fallen >= allowed:
                event = "renewed"
            if event:
                at.cut, at.event = t, event
                at.culprit = (self.engagement(c), self.slot(c))
                return

    def increments(
        self, bounds: dict[int, float], scale: float
    ) -> tuple[dict[tuple[int, int], int], dict[int, int]]:
        """What one man of a group adds to each threshold, and the thresholds, in 2^-32."""
        w = self.w
        people = sum(w.count[g] for g in w.span(blocks.GROUPS_OF, self.f))
        taken, thresholds = {}, {}
        for c in self.channels:
            if not self.is_linear(c) or bounds[c] <= 0.0:
                continue
            thresholds[c] = 0
            for g, coefficient in self.links(c):
                each = coefficient * scale
                if people <= NARROW:
                    taken[g, c] = math.floor(each + 0.5) << 32
                else:
                    taken[g, c] = int(each * 4294967296.0)
                thresholds[c] += taken[g, c] * w.count[g]
        return taken, thresholds

    def region(self, widths: dict[int, int], mark: int) -> tuple[int, int]:
        """The channel that a mark belongs to, and its place there; -1 for none."""
        last = self.w.at(blocks.CHANNELS_OF, self.f + 1) - 1
        if ALL - 1 - mark < widths.get(last, 0):
            return last, ALL - 1 - mark
        for c in self.w.span(blocks.CHANNELS_OF, self.f):
            if c != last and mark < widths.get(c, 0):
                return c, mark
            mark -= widths.get(c, 0) if c != last else 0
        return -1, mark

    def accepts(
        self, c: int, place: int, thresholds: dict[int, int], scale: float, t: float
    ) -> bool:
        if self.is_hazard(c):
            return place < math.floor(self.hazard(c) * scale)
        if self.w.count[self.w.at(blocks.CHANNEL_GROUP, c)] == 0:
            return False
        if self.is_linear(c):
            return place < thresholds[c] >> 32
        e = self.engagement(c)
        rate = self.totals(c, 0, t - self.w.begun[e])
        return place < math.floor(rate * self.posture(e, self.slot(c)) * scale)

    def fall(
        self, c: int, taken: dict[tuple[int, int], int], thresholds: dict[int, int], t: float
    ) -> str:
        """One of the channel's people falls; what that brings about."""
        w, g = self.w, self.w.at(blocks.CHANNEL_GROUP, c)
        w.count[g] -= 1
        w.lost[g] += 1
        self.at.fallen.append((t, g))
        for (source, other), amount in taken.items():
            if source == g:
                thresholds[other] -= amount
        e, slot = self.engagement(c), self.slot(c)
        left = w.people(self.f, w.side_in(e, slot))
        if left == 0:
            return "destroyed"
        return "breaking_off" if left <= w.breakpoint(e, slot) else ""
