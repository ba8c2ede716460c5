"""All that a kernel writes of a world, beside what its naive twin makes of the same addresses.

Small battles of every kind: whoever reads them with the compiler off waits a second or two.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ensemble.battles import chain
from tests.kernels.small_battles import COUNTED, SMALL

from inje.kernels import NaiveWorld, _layout
from inje.kernels import _layout as at
from inje.packing import Fought, Keys, default_paths, fight, plan_paths, values_of
from inje.packing._fields import law_of
from inje.packing._rows import fill_rows

SEED = 7


class Watched(NaiveWorld):
    """A naive world that remembers what the kernel writes down beyond its log."""

    def watch(self):
        forces = range(self.b[at.FORCES])
        self.joined = [0 if self.at(at.PRESENT, o) else -1 for o in forces]
        self.left = [-1 for _ in forces]
        self.ended = math.inf
        self.states = []
        self.fight()
        return self

    def state(self, f):
        groups = self.span(at.GROUPS_OF, f)
        self.states.append(
            (self.fields[f].now, f, {g: self.count[g] for g in groups}, self.holder[f])
        )

    def settle(self, f):
        super().settle(f)
        self.state(f)

    def close(self, f):
        if self.fields[f].active:
            cut = self.fields[f].cut
            self.ended = cut if self.ended == math.inf else max(self.ended, cut)
        super().close(f)

    def join(self, f):
        there = list(self.arrived)
        super().join(f)
        for o, before in enumerate(there):
            if self.arrived[o] and not before and self.strength(o):
                self.joined[o] = self.lost[self.at(at.FORCE_GROUP, o)]

    def forces_of(self, f, side):
        for o in range(self.b[at.FORCES]):
            g = self.at(at.FORCE_GROUP, o)
            if g in self.span(at.GROUPS_OF, f) and self.side_of(g) == side:
                yield o, g

    def leave(self, f, e, side):
        for o, g in self.forces_of(f, side):
            if self.joined[o] >= 0:
                self.left[o] = self.lost[g]
        super().leave(f, e, side)

    def take_up(self, f, side):
        rules = [
            4 * e + 2 * slot + self.role(e, slot)
            for e in self.span(at.ENGAGEMENTS_OF, f)
            for slot in (0, 1)
            if self.side_in(e, slot) == side
        ]
        # roles change one after the other while the side returns, as in the kernel
        before = list(self.attacker)
        super().take_up(f, side)
        if any(self.at(at.RALLY, rule) for rule in rules) or self.rallied(f, side, before):
            for o, _ in self.forces_of(f, side):
                self.left[o] = -1

    def rallied(self, f, side, before):
        """Whether a role that was taken while it returned lets it rally."""
        after, self.attacker = self.attacker, before
        found = False
        for e in self.span(at.ENGAGEMENTS_OF, f):
            for slot in (0, 1):
                if self.side_in(e, slot) == side:
                    rule = 4 * e + 2 * slot + self.role(e, slot)
                    found = found or self.at(at.RALLY, rule) == 1
                    if self.begun[e] < math.inf:
                        self.attacker[e] = slot
        self.attacker = after
        return found

    def people_at(self, f, time):
        """People by side at a snapshot, and who held the field last."""
        now, _, counts, holder = [s for s in self.states if s[1] == f and s[0] <= time][-1]
        people = [0] * self.b[at.SIDE_COUNT]
        for g, count in counts.items():
            fell = sum(r.kind == "loss" and r.group == g and now < r.time <= time for r in self.log)
            people[self.side_of(g)] += count - fell
        return people, holder


def fought(scenario, world, renewals=(), keys=None):
    """A world as the kernel fights it, and as the naive twin does."""
    plan = plan_paths(scenario, default_paths(scenario), renewals)
    packed = plan.packed
    own = Keys.of(np.array([world if keys is None else keys], np.uint64))
    values = values_of(packed, SEED, np.array([world], np.uint64), own.choices, {}, {})
    block = Fought(packed, values, fight(packed, values, SEED, own.fortunes), SEED, own)
    row = fill_rows(packed.recipes, values, 1).of_world(0).tolist()
    laws = [(law.rate, law.bound) for law in map(law_of, packed.skeleton.engagements)]
    twin = Watched(packed.words, row, laws, SEED, own.fortunes[0].tolist(), packed.legs.tolist())
    return block, twin.watch()


def same(scenario, world, **options):
    block, twin = fought(scenario, world, **options)
    n = {name: twin.b[name] for name in (at.GROUPS, at.FIELDS, at.SIDE_COUNT)}

    def told(name, size):
        return [float(block.column(name, i)[0]) for i in range(size)]

    for x, time in enumerate(block.packed.snapshots):
        for g in range(n[at.GROUPS]):
            expected = sum(r.kind == "loss" and r.group == g and r.time <= time for r in twin.log)
            assert block.lost_of_group(g, x)[0] == expected, (x, g)
        for f in range(n[at.FIELDS]):
            people, holder = twin.people_at(f, time)
            standing = [s for s, there in enumerate(people) if there]
            expected = holder if not standing else standing[0] if len(standing) == 1 else -1
            assert block.column(at.OUT_HOLDER, x * n[at.FIELDS] + f)[0] == expected, (x, f)
    sides = range(n[at.SIDE_COUNT])
    off = [float((f, s) in twin.off) for f in range(n[at.FIELDS]) for s in sides]
    assert told(at.OUT_OFF, len(off)) == off
    broke = [
        min((r.time for r in twin.log if r.kind == "breaking_off" and r.side == s), default=np.inf)
        for s in sides
    ]
    assert told(at.OUT_BROKE, len(broke)) == broke
    for name, expected in (
        (at.OUT_JOINED, twin.joined), (at.OUT_LEFT, twin.left), (at.OUT_ARRIVAL, twin.arrival),
        (at.OUT_REPORT, twin.report), (at.OUT_ORDER, twin.order), (at.OUT_BEGUN, twin.begun),
        (at.OUT_ENDED, [twin.ended]),
    ):  # fmt: skip
        assert told(name, len(expected)) == [float(value) for value in expected], name
    assert block.unfinished == 0
    return twin


KINDS = ("loss", "breaking_off", "destroyed", "arrival", "fighting", "control", "report", "order")


@pytest.fixture(name="few")
def _few(monkeypatch):
    """Losses are counted in battles of a few dozen people."""
    monkeypatch.setattr(_layout, "CROWDED", 20)
    monkeypatch.setattr(_layout, "WORTH_COUNTING", 2)


@pytest.mark.parametrize("name", list(SMALL))
def test_all_that_a_kernel_writes_is_what_its_twin_makes_of_it(name):
    for world in range(2 if "more" in name else 12):
        same(SMALL[name], world)


def test_every_kind_of_thing_happens_in_these_battles():
    kinds = {r.kind for name in ("chain", "to the end", "chain that rallies")
             for world in range(6) for r in fought(SMALL[name], world)[1].log}  # fmt: skip
    assert kinds == set(KINDS)
    rallied = [fought(SMALL["chain that rallies"], world)[1] for world in range(12)]
    back = []
    for twin in rallied:
        broke = [r.time for r in twin.log if r.kind == "breaking_off" and r.side == 1]
        came = [r.time for r in twin.log if r.kind == "arrival"]
        if broke and came and min(broke) < came[0]:
            back.append(twin.left[1] == -1)
    assert any(back), "who broke off came back with the help"


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("name", list(COUNTED))
def test_counted_losses_are_what_the_twin_makes_of_them(name):
    for world in range(6):
        same(COUNTED[name], world)


@pytest.mark.parametrize("scenario", [SMALL["chain"], SMALL["duel"], SMALL["fields"]])
def test_renewed_fortunes_are_what_the_twin_makes_of_them(scenario):
    for world in range(3):
        same(scenario, world, renewals=(1.0,), keys=[world, 5 + world, world, 900 + world])


@settings(max_examples=6)
@given(
    blue=st.integers(0, 12), red=st.integers(0, 12), more=st.integers(0, 9),
    rate=st.floats(0.05, 1.0), days=st.integers(1, 4), world=st.integers(0, 2**40),
)  # fmt: skip
def test_any_small_chain_is_what_the_twin_makes_of_it(blue, red, more, rate, days, world):
    same(chain(blue, red, more, rate, days), world)
