"""Whom each loss fell on, and of what kind, beside a twin that goes from loss to loss."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inje.kernels import mark_kinds, mark_losses
from inje.kernels._naive_draws import _GOLDEN, _LOW, _MASK, mix, naive_world_key


def twin(seed, worlds, name, lost, strength, joined, left, edges):
    """Losses by force, kind, snapshot and world, one loss at a time."""
    forces, snapshots = len(strength), len(lost)
    out = np.zeros((forces, 4, snapshots, len(worlds)), np.int64)
    for w, world in enumerate(worlds):
        key = mix(naive_world_key(seed, world) ^ name)
        kinds = np.zeros((forces, 4), np.int64)
        m = 0
        for x in range(snapshots):
            while m < lost[x][w]:
                word = mix((key + _GOLDEN * (m + 1)) & _MASK)
                there = [
                    o for o in range(forces) if 0 <= joined[o][w] <= m and not 0 <= left[o][w] <= m
                ]
                standing = {o: strength[o][w] - int(kinds[o].sum()) for o in there}
                place = ((word >> 32) * sum(standing.values())) >> 32
                fell = forces - 1
                for o, people in standing.items():
                    place -= people
                    if place < 0:
                        fell = o
                        break
                kinds[fell, sum((word & _LOW) >= edges[k][w] for k in range(3))] += 1
                m += 1
            out[:, :, x, w] = kinds
    return out


@st.composite
def groups(draw):
    """A group of up to three forces that come and go; one stays, and is larger than all losses."""
    forces, worlds = draw(st.integers(1, 3)), 2
    stays = draw(st.integers(0, forces - 1))
    moment = st.integers(-1, 20)

    def each(others, own):
        return np.array(
            [[own if o == stays else draw(others) for _ in range(worlds)] for o in range(forces)]
        )

    losses = st.lists(st.integers(0, 12), min_size=3, max_size=3)
    shares = st.lists(st.sampled_from([0.0, 2.0**30, 2.0**31, 2.0**32]), min_size=4, max_size=4)
    return {
        "seed": draw(st.integers(0, 2**40)),
        "worlds": [draw(st.integers(0, 2**40)) for _ in range(worlds)],
        "name": draw(st.integers(0, 2**64 - 1)),
        "lost": np.cumsum([draw(losses) for _ in range(worlds)], axis=1).T.copy(),
        "strength": each(st.integers(1, 40), 40),
        "joined": each(moment, 0),
        "left": each(moment, -1),
        "edges": np.array([sorted(draw(shares)) for _ in range(worlds)]).T.copy(),
    }


def marked(group):
    """What the kernel makes of a group."""
    out = np.zeros((len(group["strength"]), 4, *group["lost"].shape), np.int64)
    mark_losses(
        np.uint64(group["seed"]),
        np.array(group["worlds"], np.uint64),
        np.uint64(group["name"]),
        group["lost"].astype(np.int64),
        group["strength"].astype(np.int64),
        group["joined"].astype(np.int64),
        group["left"].astype(np.int64),
        group["edges"],
        out,
    )
    return out


@given(group=groups())
def test_losses_fall_where_the_twin_lets_them_fall(group):
    out = marked(group)
    assert np.array_equal(out, twin(**group))
    assert np.array_equal(out.sum(axis=(0, 1)), group["lost"]), "none is lost twice, or not at all"


@settings(max_examples=30)
@given(
    group=groups(),
    many=st.integers(30, 700),
    people=st.sampled_from([0, 100, 5_000, 1_000_000]),
)
def test_many_losses_fall_where_the_twin_lets_them_fall(group, many, people):
    # From a few dozen on losses are dealt to their forces 64 at a time, where that is sure.
    group["lost"] = group["lost"] + np.array([0, many, many])[:, None]
    group["strength"] = group["strength"] + people + np.where(group["strength"] == 40, many, 0)
    assert np.array_equal(marked(group), twin(**group))


def test_losses_fall_in_proportion_to_those_who_stand():
    """Two forces, 300 and 100 men: of 4,000 first losses a quarter falls on the second.

    A share of 1/4 among 4,000 has a standard deviation of .0068: five of them are allowed.
    """
    worlds = np.arange(4000, dtype=np.uint64)
    ones = np.ones((1, len(worlds)), np.int64)
    none = np.zeros((2, len(worlds)), np.int64)
    out = np.zeros((2, 4, 1, len(worlds)), np.int64)
    strength = np.array([[300], [100]]) * ones
    edges = np.full((4, len(worlds)), 2.0**32)
    mark_losses(np.uint64(1), worlds, np.uint64(5), ones, strength, none, none - 1, edges, out)
    assert abs(out[1].sum() / len(worlds) - 0.25) < 5 * 0.0068


def test_a_loss_at_an_edge_between_kinds_is_of_the_next_kind():
    """Edges that are the very places of losses: a place at an edge lies beyond it."""
    seed, name, losses = 3, 77, 12
    key = mix(naive_world_key(seed, 9) ^ name)
    places = [mix((key + _GOLDEN * (m + 1)) & _MASK) & _LOW for m in range(losses)]
    lost = np.array([[losses]])
    for place in places:
        for beyond in (0, 0.5, 1):
            edges = np.array([[place], [place], [place + beyond], [2.0**32]], float)
            out = np.zeros((4, 1, 1), np.int64)
            mark_kinds(np.uint64(seed), np.array([9], np.uint64), np.uint64(name), lost, edges, out)
            kinds = [sum(at >= edge for edge in edges[:3, 0]) for at in places]
            assert out[:, 0, 0].tolist() == [kinds.count(kind) for kind in range(4)]
