"""The naive twin: one world in plain Python, every event with its time.

Slow and obvious. It reads the same addresses as the compiled loops and must accept the same
candidates, to the bit; it is also what replays a world, since it writes down who fell when.
"""

from __future__ import annotations

import math
import struct
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from inje.kernels import _layout as blocks
from inje.kernels._naive_draws import naive_world_key
from inje.kernels._naive_piece import NaivePiece

__all__ = ["NaiveWorld", "Record"]

Law = tuple[Callable[..., float], Callable[..., float]]


@dataclass(frozen=True)
class Record:
    """Something that happened.

    Attributes
    ----------
    time : days since the start. kind : loss, breaking_off, destroyed, arrival, fighting, control,
        report, order. field, group, side, index : what it concerns, -1 where that has no meaning.
    """

    time: float
    kind: str
    field: int = -1
    group: int = -1
    side: int = -1
    index: int = -1


@dataclass
class _Field:
    """One field on its way."""

    now: float = 0.0
    tick: int = 0
    piece: int = 0
    cut: float = math.inf
    planned: float = 0.0
    event: str = ""
    culprit: tuple[int, int] = (0, 0)
    active: set[int] = field(default_factory=set)
    fallen: list[tuple[float, int]] = field(default_factory=list)
    saved: tuple[dict[int, int], dict[int, int]] = field(default_factory=lambda: ({}, {}))


class NaiveWorld:
    """A world that is fought in plain Python.

    Parameters
    ----------
    words : see `lay_out`. row : this world's numbers, one for each row.
    laws : (rate, bound) of each engagement, plain functions.
    seed, keys : addresses of its fortunes in each leg. legs : when each ends, in days.
    """

    def __init__(
        self,
        words: Sequence[int],
        row: Sequence[float],
        laws: Sequence[Law],
        seed: int,
        keys: Sequence[int],
        legs: Sequence[float],
    ) -> None:
        self.b = words
        self.row, self.laws = row, laws
        self.keys = [naive_world_key(seed, key) for key in keys]
        self.legs = legs
        self.log: list[Record] = []
        n = self.b
        self.fields = [_Field(tick=self.at(blocks.TICKS_OF, f)) for f in range(n[blocks.FIELDS])]
        self.count = dict.fromkeys(range(n[blocks.GROUPS]), 0)
        self.lost = dict.fromkeys(range(n[blocks.GROUPS]), 0)
        self.gone = dict.fromkeys(range(n[blocks.GROUPS]), 0)
        self.base: dict[tuple[int, int], int] = {}
        self.base_lost: dict[tuple[int, int], int] = {}
        self.off: set[tuple[int, int]] = set()
        self.begun = [math.inf] * n[blocks.ENGAGEMENTS]
        self.report = [math.inf] * n[blocks.MESSAGES]
        self.order = [math.inf] * n[blocks.DECISIONS]
        self.arrival = [math.inf] * n[blocks.FORCES]
        self.arrived = [False] * n[blocks.FORCES]
        self.attacker = [
            int(self.value(blocks.ATTACKER_ROW, e)) for e in range(n[blocks.ENGAGEMENTS])
        ]
        holders = [self.at(blocks.HOLDER_ROW, f) for f in range(n[blocks.FIELDS])]
        self.holder = [int(row[h]) if h >= 0 else -1 for h in holders]

    def at(self, block: int, i: int) -> int:
        return int(self.b[self.b[block] + i])

    def moment(self, block: int, i: int) -> float:
        return struct.unpack("<d", struct.pack("<q", self.at(block, i)))[0]

    def value(self, block: int, i: int) -> float:
        return float(self.row[self.at(block, i)])

    def span(self, block: int, f: int) -> range:
        return range(self.at(block, f), self.at(block, f + 1))

    def key_at(self, time: float) -> int:
        """Key of the fortunes of the leg that a moment lies in."""
        leg = bisect_right(self.legs, time)
        return self.keys[min(leg, len(self.keys) - 1)]

    def people(self, f: int, side: int) -> int:
        return sum(self.count[g] for g in self.span(blocks.GROUPS_OF, f) if self.side_of(g) == side)

    def losses(self, f: int, side: int) -> int:
        return sum(self.lost[g] for g in self.span(blocks.GROUPS_OF, f) if self.side_of(g) == side)

    def side_of(self, g: int) -> int:
        return self.at(blocks.GROUP_SIDE, g)

    def side_in(self, e: int, slot: int) -> int:
        return self.at(blocks.SIDES, 2 * e + slot)

    def role(self, e: int, slot: int) -> int:
        return 0 if self.attacker[e] == slot else 1

    # ---- the course of the world ----

    def fight(self) -> list[Record]:
        """Fight the world to its end; what happened, in order of time."""
        for o in range(self.b[blocks.FORCES]):
            g = self.at(blocks.FORCE_GROUP, o)
            if self.at(blocks.PRESENT, o):
                self.arrived[o], self.arrival[o] = True, 0.0
                self.count[g] += self.strength(o)
        for f in range(len(self.fields)):
            for s in range(self.b[blocks.SIDE_COUNT]):
                self.base[f, s], self.base_lost[f, s] = self.people(f, s), 0
        for m in range(self.b[blocks.MESSAGES]):
            if self.at(blocks.TRIGGER, m) == blocks.DAY:
                self.report[m] = self.value(blocks.DAY_ROW, m) + self.value(blocks.DELAY_ROW, m)
        self.resend()
        for f in range(len(self.fields)):
            self.settle(f)
        for f in range(len(self.fields)):
            self.set_out(f)
        while True:
            f = min(range(len(self.fields)), key=lambda i: (self.fields[i].cut, i))
            if self.fields[f].cut == math.inf:
                break
            self.close(f)
            for g, other in enumerate(self.fields):
                stop = self.next_arrival(g)
                if g != f and stop < other.cut < math.inf:
                    self.count.update(other.saved[0])
                    self.lost.update(other.saved[1])
                    self.run_piece(g, stop)
            self.set_out(f)
        for kind, times in (("report", self.report), ("order", self.order)):
            self.log += [Record(t, kind, index=i) for i, t in enumerate(times) if t < math.inf]
        return sorted(self.log, key=lambda record: record.time)

    def strength(self, o: int) -> int:
        return max(0, math.floor(self.value(blocks.FORCE_ROW, o) + 0.5))

    def set_out(self, f: int) -> None:
        at = self.fields[f]
        if at.now >= self.moment(blocks.HORIZON, 0):
            at.cut = math.inf
            return
        at.planned = min(self.moment(blocks.TICK_END, at.tick), self.next_arrival(f))
        for e in self.span(blocks.ENGAGEMENTS_OF, f):
            for block in (blocks.BEGIN_ROW, blocks.END_ROW):
                row = self.at(block, e)
                if row >= 0 and self.row[row] > at.now:
                    at.planned = min(at.planned, float(self.row[row]))
        self.run_piece(f, math.inf)

    def close(self, f: int) -> None:
        """What the piece under way brought about happens."""
        at = self.fields[f]
        at.now = at.cut
        self.log += [Record(t, "loss", f, g, self.side_of(g)) for t, g in at.fallen]
        e, slot = at.culprit
        if at.event == "breaking_off":
            self.leave(f, e, self.side_in(e, slot))
        elif at.event == "destroyed":
            self.off.add((f, self.side_in(e, slot)))
            self.log.append(Record(at.now, "destroyed", f, side=self.side_in(e, slot)))
        at.piece += 1
        while at.tick < self.at(blocks.TICKS_OF, f + 1) and at.now >= self.moment(
            blocks.TICK_END, at.tick
        ):
            at.tick, at.piece = at.tick + 1, 0
        self.settle(f)

    def settle(self, f: int) -> None:
        """Arrivals, control and reports of this moment."""
        while True:
            self.join(f)
            sent = self.hold(f)
            sent = self.engage(f) or sent
            sent = self.hold(f) or sent
            if not sent or self.next_arrival(f) > self.fields[f].now:
                return

    def join(self, f: int) -> None:
        for o in range(self.b[blocks.FORCES]):
            g = self.at(blocks.FORCE_GROUP, o)
            if g not in self.span(blocks.GROUPS_OF, f) or self.arrived[o]:
                continue
            if self.arrival[o] > self.fields[f].now:
                continue
            self.arrived[o] = True
            self.log.append(Record(self.arrival[o], "arrival", f, g, self.side_of(g), o))
            if self.strength(o) == 0:
                continue
            side = self.side_of(g)
            if (f, side) in self.off or self.people(f, side) == 0:
                self.take_up(f, side)
            self.count[g] += self.strength(o)
            self.base[f, side] += self.strength(o)

    def take_up(self, f: int, side: int) -> None:
        rallies = False
        for e in self.span(blocks.ENGAGEMENTS_OF, f):
            for slot in (0, 1):
                if self.side_in(e, slot) == side:
                    rule = 4 * e + 2 * slot + self.role(e, slot)
                    rallies = rallies or self.at(blocks.RALLY, rule) == 1
                    if self.begun[e] < math.inf:
                        self.attacker[e] = slot
        for g in self.span(blocks.GROUPS_OF, f):
            if rallies and self.side_of(g) == side:
                self.count[g], self.gone[g] = self.count[g] + self.gone[g], 0
        self.off.discard((f, side))
        self.base[f, side] = self.people(f, side)
        self.base_lost[f, side] = self.losses(f, side)

    def leave(self, f: int, e: int, side: int) -> None:
        t = self.fields[f].now
        self.off.add((f, side))
        for g in self.span(blocks.GROUPS_OF, f):
            if self.side_of(g) == side:
                self.gone[g], self.count[g] = self.gone[g] + self.count[g], 0
        self.log.append(Record(t, "breaking_off", f, side=side))
        self.fire(blocks.BREAKING_OFF, e, f, side, t)

    def hold(self, f: int) -> bool:
        standing = [s for s in range(self.b[blocks.SIDE_COUNT]) if self.people(f, s) > 0]
        before = self.holder[f]
        if len(standing) != 1 or before == standing[0]:
            return False
        t = self.fields[f].now
        self.holder[f] = standing[0]
        self.log.append(Record(t, "control", f, side=standing[0]))
        return before >= 0 and self.fire(blocks.LOSS_OF_CONTROL, -1, f, before, t)

    def engage(self, f: int) -> bool:
        at, sent = self.fields[f], False
        at.active = set()
        if at.tick >= self.at(blocks.TICKS_OF, f + 1):
            return False
        for e in self.span(blocks.ENGAGEMENTS_OF, f):
            a, b = self.side_in(e, 0), self.side_in(e, 1)
            if not self.open(e, at.tick, at.now):
                continue
            if self.people(f, a) > 0 and self.people(f, b) > 0:
                for slot in (0, 1):
                    side = self.side_in(e, slot)
                    off = (f, side) in self.off
                    if not off and 0 < self.people(f, side) <= self.breakpoint(e, slot):
                        self.leave(f, e, side)
            if self.people(f, a) == 0 or self.people(f, b) == 0:
                continue
            at.active.add(e)
            if self.begun[e] == math.inf:
                self.begun[e] = at.now
                side = self.side_in(e, self.attacker[e])
                self.log.append(Record(at.now, "fighting", f, side=side, index=e))
                sent = self.fire(blocks.ATTACK, e, f, side, at.now) or sent
        return sent

    def open(self, e: int, k: int, t: float) -> bool:
        begin, end = self.at(blocks.BEGIN_ROW, e), self.at(blocks.END_ROW, e)
        return (
            self.at(blocks.WINDOW, k * self.b[blocks.ENGAGEMENTS] + e) != blocks.NO_FIGHTING
            and (begin < 0 or t >= self.row[begin])
            and (end < 0 or t < self.row[end])
        )

    def breakpoint(self, e: int, slot: int) -> float:
        row = self.at(blocks.HAZARD_ROWS, 4 * (4 * e + 2 * slot + self.role(e, slot)) + 3)
        return float(self.row[row]) if row >= 0 else -1.0

    # ---- reports and orders ----

    def fire(self, kind: int, e: int, f: int, side: int, t: float) -> bool:
        sent = False
        for m in range(self.b[blocks.MESSAGES]):
            about = (
                (blocks.TRIGGER_ENGAGEMENT, e),
                (blocks.TRIGGER_FIELD, f),
                (blocks.TRIGGER_SIDE, side),
            )
            fits = all(self.at(block, m) in (-1, thing) or thing == -1 for block, thing in about)
            if self.at(blocks.TRIGGER, m) == kind and self.report[m] == math.inf and fits:
                self.report[m] = t + self.value(blocks.DELAY_ROW, m)
                sent = True
        if sent:
            self.resend()
        return sent

    def resend(self) -> None:
        """Orders and arrivals that follow from the reports so far."""
        for d in range(self.b[blocks.DECISIONS]):
            self.order[d] = self.decide(d)
        for o in range(self.b[blocks.FORCES]):
            if not self.arrived[o] and not self.at(blocks.PRESENT, o):
                self.arrival[o] = math.inf
        for d in range(self.b[blocks.DECISIONS] + 1):
            order = self.order[d] if d < self.b[blocks.DECISIONS] else 0.0
            for n in self.span(blocks.SENDS_OF, d):
                o = self.at(blocks.SENDS_FORCE, n)
                if not self.arrived[o] and not self.at(blocks.PRESENT, o):
                    self.arrival[o] = min(self.arrival[o], order + self.value(blocks.SENDS_ROW, n))

    def decide(self, d: int) -> float:
        belief = self.value(blocks.PRIOR_ROW, d)
        heard = [
            (self.report[self.at(blocks.HEARS_MESSAGE, n)], n)
            for n in self.span(blocks.HEARS_OF, d)
        ]
        for time in sorted({t for t, _ in heard if t < math.inf}):
            for t, n in heard:
                if t == time:
                    belief += self.value(blocks.HEARS_ROW, n)
            if belief >= self.value(blocks.NEEDED_ROW, d):
                return time
        return math.inf

    def next_arrival(self, f: int) -> float:
        groups = self.span(blocks.GROUPS_OF, f)
        coming = [
            self.arrival[o]
            for o in range(self.b[blocks.FORCES])
            if self.at(blocks.FORCE_GROUP, o) in groups and not self.arrived[o]
        ]
        return min(coming, default=math.inf)

    # ---- one piece ----

    def run_piece(self, f: int, stop: float) -> None:
        """Fight a field from now towards its planned end, at most to `stop`."""
        at = self.fields[f]
        groups = self.span(blocks.GROUPS_OF, f)
        at.saved = ({g: self.count[g] for g in groups}, {g: self.lost[g] for g in groups})
        at.event, at.cut, at.fallen = "", min(at.planned, stop), []
        if at.active:
            NaivePiece(self, f).run(stop)
