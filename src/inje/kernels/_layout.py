"""How a battle, a world on its way and its outcome lie in flat arrays.

Few arrays with offsets compile quickly and need no reference counts in the loops. The first words
of `battle` are offsets: ``battle[battle[SIDES] + 2 * e + slot]`` is a side of an
engagement, ``state[battle[COUNT] + g, lane]`` the people of a group in one lane.

Indices: f field (an outermost place with people or fighting), g group (people of one side and,
where the law asks, one arm, in one field), e engagement (sorted by field), s side, o force,
m message, d decision, c channel, n link (an enemy group of a channel), k tick (counted through
all fields), x snapshot. Numbers that differ between worlds are rows of a matrix `rows` (R, W); a
name that ends in ROW holds such an index, -1 for none. Times are days, rates per day, counts
people.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ATTACK",
    "BREAKING_OFF",
    "DAY",
    "HAZARD",
    "LINEAR",
    "LOSS",
    "LOSS_OF_CONTROL",
    "NO_FIGHTING",
    "TOTALS",
    "Battle",
    "Outcome",
    "block",
    "fresh_outcome",
    "lay_out",
]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

LINEAR, TOTALS = 0, 1  # how an engagement's law enters: coefficients per enemy, or by its address
LOSS, HAZARD = 0, 1  # what a channel does
ATTACK, LOSS_OF_CONTROL, BREAKING_OFF, DAY = 0, 1, 2, 3  # what triggers a message
NO_FIGHTING = -2  # as a WINDOW: outside every phase

#: how many of what there are
SIZES = "fields groups engagements sides forces messages decisions channels links ticks".split()
FIELDS, GROUPS, ENGAGEMENTS, SIDE_COUNT, FORCES = range(5)
MESSAGES, DECISIONS, CHANNELS, LINKS, TICKS = range(5, 10)
SNAPSHOTS = 10

#: blocks of `battle` itself
(
    FIELD_KEY,  # (F,) hash of the stream's name
    HOLDER_ROW,  # (F,) side that holds the field at the start
    ENGAGEMENTS_OF,  # (F + 1,) offsets, as the next three
    GROUPS_OF,
    CHANNELS_OF,
    TICKS_OF,
    GROUP_SIDE,  # (G,)
    SIDES,  # (E, 2)
    FORM,  # (E,) LINEAR or TOTALS
    RATE,  # (E,) address of the law
    BOUND,  # (E,) address of its bound
    LAW_ROWS,  # (E, 2, 2, 4) by slot and role (0 attacks, 1 defends) of the side that loses
    COEFFICIENT_ROWS,  # (E, 2, 2) as before
    ATTACKER_ROW,  # (E,) slot of the side that attacks
    BEGIN_ROW,  # (E,)
    END_ROW,  # (E,)
    NIGHT_ROW,  # (E,) factor in the dark
    HAZARD_ROWS,  # (E, 2, 2, 4) h0, a, c, breakpoint
    RALLY,  # (E, 2, 2) 1 where the side returns with its reinforcements
    TIMED,  # (E,) 1 where the law looks at the clock
    NIGHT,  # (K,) 1 in the dark
    WINDOW,  # (K, E) row of the intensity, -1 for 1, or NO_FIGHTING
    UPON_ROWS,  # (K, E, 2) posture
    CHANNEL_KIND,  # (C,) LOSS or HAZARD
    CHANNEL_ENGAGEMENT,  # (C,)
    CHANNEL_SLOT,  # (C,)
    CHANNEL_GROUP,  # (C,)
    LINKS_OF,  # (C + 1,) offsets
    LINK_GROUP,  # (N,)
    LINK_ROWS,  # (N, 2) by role of the side that loses
    FORCE_GROUP,  # (O,)
    FORCE_ROW,  # (O,) strength
    PRESENT,  # (O,) 1 where the force stands there from the start
    TRIGGER,  # (M,) what starts it, as the next three; -1 for any
    TRIGGER_ENGAGEMENT,
    TRIGGER_FIELD,
    TRIGGER_SIDE,
    DELAY_ROW,  # (M,)
    DAY_ROW,  # (M,)
    SENDS_OF,  # (D + 2,) offsets; the last are forces without an order, sent at the start
    SENDS_FORCE,
    SENDS_ROW,  # delay
    PRIOR_ROW,  # (D,) log odds of the belief at first
    NEEDED_ROW,  # (D,) above which the order goes
    HEARS_OF,  # (D + 1,) offsets
    HEARS_MESSAGE,
    HEARS_ROW,  # log likelihood ratio of the report
) = range(11, 58)

#: blocks of `state` (., L)
(
    COUNT,  # (G,) people in the fight
    GONE,  # (G,) who have left it
    LOST,  # (G,)
    SAVED_COUNT,  # (G,) before the piece under way
    SAVED_LOST,  # (G,)
    BASE,  # (F, S) people when the side last took up the fight
    BASE_LOST,  # (F, S) its losses then
    OFF,  # (F, S) 1 after breaking off
    ATTACKER,  # (E,) slot
    ACTIVE,  # (E,)
    HOLDER,  # (F,)
    EVENT,  # (F,) what ended the piece
    EVENT_AT,  # (F,) 2 * engagement + slot
    TICK,  # (F,)
    PIECE,  # (F,)
    NEXT_SNAPSHOT,  # (F,)
    ARRIVED,  # (O,)
    JOINED,  # (O,) losses of the group when the force joined it, or -1
    LEFT,  # (O,) and when it left
    STATUS,  # 1 when the world was cut short
) = range(58, 78)

#: blocks of `clock` (., L)
(
    NOW,  # (F,) start of the piece under way
    UNTIL,  # (F,) its planned end
    CUT,  # (F,) its actual end
    ARRIVAL,  # (O,) or inf
    REPORT,  # (M,)
    ORDER,  # (D,)
    BROKE,  # (S,)
    BEGUN,  # (E,) first fighting
    ENDED,  # last fighting
) = range(78, 87)

#: blocks of `when` (.,)
(TICK_END, SNAPSHOT, HORIZON) = range(87, 90)

#: blocks of the room for one piece: `spare` floats, then `room` words
(BOUNDS, TIMES, ACC, WIDTHS, INCREMENTS) = range(90, 95)

#: blocks of the outcome: `counts` (., W), then `times` (., W)
(
    OUT_LOST,  # (X, G)
    OUT_HOLDER,  # (X, F)
    OUT_OFF,  # (F, S)
    OUT_JOINED,  # (O,)
    OUT_LEFT,  # (O,)
    OUT_STATUS,
    OUT_ARRIVAL,  # (O,)
    OUT_REPORT,  # (M,)
    OUT_ORDER,  # (D,)
    OUT_BROKE,  # (S,)
    OUT_BEGUN,  # (E,)
    OUT_ENDED,
    HEADER,
) = range(95, 108)

#: most candidates in one piece: the largest mean, ten standard deviations, and some
ROOM = 800
_BLOCKS = {index: name for name, index in list(globals().items()) if name.isupper() and (
    isinstance(index, int) and 11 <= index < HEADER)}  # fmt: skip


class Battle(NamedTuple):
    """What all worlds of a scenario share: `ints` with its header, and `when` (times)."""

    ints: Ints
    when: Floats


class Outcome(NamedTuple):
    """What worlds bring, one column each: `counts` and `times`, see the OUT blocks."""

    counts: Ints
    times: Floats


def lay_out(arrays: Mapping[str, Any], snapshots: Floats, horizon: float) -> Battle:
    """The battle from its arrays, named as the blocks of `battle` in lower case, and `tick_end`."""
    n = {
        FIELDS: len(arrays["field_key"]),
        GROUPS: len(arrays["group_side"]),
        ENGAGEMENTS: len(arrays["form"]),
        SIDE_COUNT: int(arrays["n_sides"]),
        FORCES: len(arrays["force_group"]),
        MESSAGES: len(arrays["trigger"]),
        DECISIONS: len(arrays["prior_row"]),
        CHANNELS: len(arrays["channel_kind"]),
        LINKS: len(arrays["link_group"]),
        TICKS: len(arrays["tick_end"]),
        SNAPSHOTS: len(snapshots),
    }
    header = np.zeros(HEADER, np.int64)
    header[list(n)] = list(n.values())
    parts, at = [header], HEADER
    for index in range(FIELD_KEY, HEARS_ROW + 1):
        block = np.ascontiguousarray(arrays[_BLOCKS[index].lower()])
        whole = block.view(np.int64) if block.dtype == np.uint64 else block.astype(np.int64)
        parts.append(whole.ravel())
        header[index] = at
        at += whole.size
    _place(header, n)
    when = np.concatenate([arrays["tick_end"], snapshots, [horizon]])
    return Battle(np.concatenate(parts), when)


def _place(header: Ints, n: Mapping[int, int]) -> None:
    """Offsets of the blocks outside `battle`."""
    F, G, E, O = n[FIELDS], n[GROUPS], n[ENGAGEMENTS], n[FORCES]
    S, M, D, X = n[SIDE_COUNT], n[MESSAGES], n[DECISIONS], n[SNAPSHOTS]
    homes = (
        (COUNT, [G] * 5 + [F * S] * 3 + [E] * 2 + [F] * 6 + [O] * 3 + [1]),
        (NOW, [F] * 3 + [O, M, D, S, E, 1]),
        (TICK_END, [n[TICKS], X, 1]),
        (BOUNDS, [n[CHANNELS], ROOM]),
        (ACC, [n[CHANNELS], n[CHANNELS], n[LINKS]]),
        (OUT_LOST, [X * G, X * F, F * S, O, O, 1]),
        (OUT_ARRIVAL, [O, M, D, S, E, 1]),
    )
    for first, sizes in homes:
        header[first : first + len(sizes)] = np.concatenate([[0], np.cumsum(sizes)[:-1]])


def fresh_outcome(battle: Battle, worlds: int) -> Outcome:
    """Room for what `worlds` worlds bring."""
    header = battle.ints
    counts, times = header[OUT_STATUS] + 1, header[OUT_ENDED] + 1
    return Outcome(np.zeros((counts, worlds), np.int64), np.empty((times, worlds)))


def block(battle: Battle, outcome: Outcome, name: int, index: int = 0) -> NDArray[Any]:
    """One column (W,) of an outcome."""
    home = outcome.counts if name < OUT_ARRIVAL else outcome.times
    return home[battle.ints[name] + index]
