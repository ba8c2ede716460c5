"""How a battle, a world on its way and its outcome lie in memory.

Everything that a world needs lies in one run of 64-bit words whose first words are offsets:
``get(m, SIDES, 2 * e + slot)`` is a side of an engagement, ``get(m, COUNT, g)`` the people of a
group. Passing one address through all the loops, instead of dozens of arrays, is what lets them
compile in seconds and run at their speed.

Indices: f field (an outermost place with people or fighting), g group (people of one side and,
where the law asks, one arm, in one field), e engagement (sorted by field), s side, o force,
m message, d decision, c channel, n link (an enemy group of a channel), k tick (counted through
all fields), x snapshot. Numbers that differ between worlds are the world's ROW; a name that ends in
ROW or ROWS holds an index into it, -1 for none. Times are days, rates per day, counts people.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ATTACK",
    "BREAKING_OFF",
    "CROWDED",
    "DAY",
    "HAZARD",
    "LINEAR",
    "LOSS",
    "LOSS_OF_CONTROL",
    "NO_FIGHTING",
    "TOTALS",
    "Outcome",
    "Rows",
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
NOTHING, BROKEN_OFF, ANNIHILATED, RENEWED = 0, 1, 2, 3  # what ends a piece

#: how many of what there are
FIELDS, GROUPS, ENGAGEMENTS, SIDE_COUNT, FORCES = range(5)
MESSAGES, DECISIONS, CHANNELS, LINKS, TICKS = range(5, 10)
SNAPSHOTS, ROWS = 10, 11

#: what the worlds share
(
    FIELD_KEY,  # (F,) hash of the stream's name
    HOLDER_ROW,  # (F,) side that holds the field at the start
    ENGAGEMENTS_OF,  # (F + 1,) offsets, as the next three
    GROUPS_OF,
    CHANNELS_OF,
    TICKS_OF,
    GROUP_SIDE,  # (G,)
    GROUP_FIELD,  # (G,)
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
    FEEDS_OF,  # (G + 1,) offsets: the links through which a group feeds thresholds
    FEEDS_LINK,  # (N,)
    FEEDS_CHANNEL,  # (N,)
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
    DUEL,  # (F,) 1 where one group a side fights one engagement with coefficients per enemy
    CROWD,  # (2,) people above whom, and losses of a piece from which on, losses are counted
    TICK_END,  # (K,) a time, as the next two
    SNAPSHOT,  # (X,)
    HORIZON,
) = range(12, 68)

#: a world on its way; people and losses are whole, times are floats
(
    ROW,  # (R,) its numbers
    COUNT,  # (G,) people in the fight
    GONE,  # (G,) who have left it
    LOST,  # (G,)
    STANDING,  # (F, S) people in the fight, by side
    FALLEN,  # (F, S) losses, by side
    SAVED,  # (G,) losses before the piece under way
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
    NOW,  # (F,) start of the piece under way
    UNTIL,  # (F,) its planned end
    CUT,  # (F,) its actual end
    ARRIVAL,  # (O,) or inf
    REPORT,  # (M,)
    ORDER,  # (D,)
    BROKE,  # (S,)
    BEGUN,  # (E,) first fighting
    ENDED,  # last fighting
    BOUNDS,  # (C,) of the piece, as the next five
    TIMES,  # (ROOM,)
    ACC,  # (C,) thresholds, 2^-64
    WIDTHS,  # (C,)
    INCREMENTS,  # (N,)
    SLOPES,  # (N,) losses a day for each enemy, where losses are counted, as what follows
    STOOD,  # (G,) people when the piece began
    SHED,  # (G,) losses a day
    ALLOWED,  # (G,) losses after which the piece ends
    TAKEN,  # (G,) losses of the piece up to a moment
    BEARABLE,  # (S,) losses after which a side's fight ends
    SURE,  # (C,) losses that nothing can prevent
    SURE_MEAN,  # (C,) their mean
    BELOW,  # (C,) sure losses known to come before a moment, and
    OPEN,  # (C,) those of which that is open,
    ALIKE,  # (C, PLANES) as bits
    DOUBT_AT,  # (DOUBTS,) moments of the doubtful candidates
    DOUBT_GROUP,  # (DOUBTS,) who fell, -1 for none
    COUNTED,  # what the world brings: see the OUT blocks
    CLOCKED,  # the same in times
    TABLES,  # (6,) addresses of the tables
    LAST_WORD,
) = range(68, 120)

#: the outcome: `counts` (., W), then `times` (., W)
(
    OUT_LOST,  # (X, G)
    OUT_STATUS,
    OUT_HOLDER,  # (X, F)
    OUT_OFF,  # (F, S)
    OUT_JOINED,  # (O,)
    OUT_LEFT,  # (O,)
    OUT_ARRIVAL,  # (O,)
    OUT_REPORT,  # (M,)
    OUT_ORDER,  # (D,)
    OUT_BROKE,  # (S,)
    OUT_BEGUN,  # (E,)
    OUT_ENDED,
    HEADER,
) = range(120, 133)

#: most candidates in one piece: the largest mean, ten standard deviations, and some
ROOM = 800
_NAMES = {
    index: name.lower()
    for name, index in list(globals().items())
    if name.isupper() and isinstance(index, int) and FIELD_KEY <= index <= HORIZON
}
#: most doubtful candidates in a piece whose losses are counted: a mean of 6 brings no more than 43
DOUBTS = 64
#: words of 64 sure losses of a channel: four numbers at the largest mean bring no more than 2,900
PLANES = 46
#: people in a field above whom losses are counted, and losses of a piece from which on it pays
CROWDED, WORTH_COUNTING = 10_000, 64


class Outcome(NamedTuple):
    """What worlds bring, one column each: `counts` and `times`, see the OUT blocks."""

    counts: Ints
    times: Floats


class Rows(NamedTuple):
    """Numbers of worlds: those that are the same in all, and columns of the others.

    alike : (R,). own : (V,), which of the R rows vary. varying : (V, W).
    """

    alike: Floats
    own: Ints
    varying: Floats

    def of_world(self, world: int) -> Floats:
        """All R numbers of one world."""
        row = self.alike.copy()
        row[self.own] = self.varying[:, world]
        return row


def _feeds(arrays: Mapping[str, Any], groups: int) -> dict[str, Any]:
    """For each group, the links through which it feeds thresholds, and their channels."""
    channels = np.repeat(np.arange(len(arrays["channel_kind"])), np.diff(arrays["links_of"]))
    order = np.argsort(arrays["link_group"], kind="stable")
    counts = np.bincount(arrays["link_group"], minlength=groups)
    return {
        "feeds_of": np.concatenate([[0], np.cumsum(counts)]),
        "feeds_link": order,
        "feeds_channel": channels[order],
    }


def _duels(arrays: Mapping[str, Any]) -> Ints:
    """Which fields have but one engagement, linear, with one group on either side."""
    found = []
    for f in range(len(arrays["field_key"])):
        low, high = arrays["channels_of"][f : f + 2]
        groups = np.diff(arrays["groups_of"][f : f + 2])[0]
        engagements = np.arange(*arrays["engagements_of"][f : f + 2])
        losses = np.flatnonzero(arrays["channel_kind"][low:high] == LOSS)
        linear = len(engagements) == 1 and arrays["form"][engagements[0]] == LINEAR
        found.append(int(linear and groups == 2 and len(losses) == 2 and high - low <= 4))
    return np.array(found, np.int64)


def lay_out(arrays: Mapping[str, Any], snapshots: Floats, horizon: float, rows: int) -> Ints:
    """The words that worlds share, with room behind them for one world on its way.

    Parameters
    ----------
    arrays : named as the blocks above, in lower case, and `n_sides`.
    rows : numbers of a world.
    """
    groups = len(arrays["group_side"])
    fields = np.repeat(np.arange(len(arrays["field_key"])), np.diff(arrays["groups_of"]))
    whole = {
        **arrays,
        **_feeds(arrays, groups),
        "group_field": fields,
        "duel": _duels(arrays),
        "crowd": np.array([CROWDED, WORTH_COUNTING], np.int64),
        "snapshot": np.asarray(snapshots, float),
        "horizon": np.array([horizon], float),
    }
    n = {
        FIELDS: len(arrays["field_key"]),
        GROUPS: groups,
        ENGAGEMENTS: len(arrays["form"]),
        SIDE_COUNT: int(arrays["n_sides"]),
        FORCES: len(arrays["force_group"]),
        MESSAGES: len(arrays["trigger"]),
        DECISIONS: len(arrays["prior_row"]),
        CHANNELS: len(arrays["channel_kind"]),
        LINKS: len(arrays["link_group"]),
        TICKS: len(arrays["tick_end"]),
        SNAPSHOTS: len(snapshots),
        ROWS: rows,
    }
    header = np.zeros(HEADER, np.int64)
    header[list(n)] = list(n.values())
    parts, at = [header], HEADER
    for index in range(FIELD_KEY, HORIZON + 1):
        block = np.ascontiguousarray(whole[_NAMES[index]])
        words = block.view(np.int64) if block.dtype.itemsize == 8 else block.astype(np.int64)
        parts.append(words.ravel())
        header[index] = at
        at += words.size
    return np.concatenate([*parts, np.zeros(_place(header, n, at), np.int64)])


def _place(header: Ints, n: Mapping[int, int], at: int) -> int:
    """Offsets of what changes, from word `at` on, and of the outcome; how many words."""
    F, G, E, O = n[FIELDS], n[GROUPS], n[ENGAGEMENTS], n[FORCES]
    S, M, D, X, C = n[SIDE_COUNT], n[MESSAGES], n[DECISIONS], n[SNAPSHOTS], n[CHANNELS]
    state = [n[ROWS], G, G, G, F * S, F * S, G, *[F * S] * 3, E, E, *[F] * 6, O, O, O]
    outcome = [X * G, 1, X * F, F * S, O, O], [O, M, D, S, E, 1]
    brought = [sum(outcome[0]), sum(outcome[1])]
    clock = [F, F, F, O, M, D, S, E, 1, C, ROOM, C, C, n[LINKS]]
    clock += [n[LINKS], G, G, G, G, S, C, C, C, C, C * PLANES, DOUBTS, DOUBTS, *brought, 6, 1]
    homes = (
        (ROW, at, [*state, *clock]),
        (OUT_LOST, 0, outcome[0]),
        (OUT_ARRIVAL, 0, outcome[1]),
    )
    for first, start, sizes in homes:
        header[first : first + len(sizes)] = start + np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return int(sum([*state, *clock]))


def fresh_outcome(
    words: Ints, worlds: int, *, losses_only: bool = False, room: Outcome | None = None
) -> Outcome:
    """Room for what `worlds` worlds bring; with `losses_only` for losses and status alone.

    Nothing is in it yet but the status of worlds whose losses are all that is asked. It is that of
    `room`, if this has the size: memory that was used before costs less than new memory.
    """
    counts, times = words[OUT_LEFT] + words[FORCES], words[OUT_ENDED] + 1
    if losses_only:
        counts, times = words[OUT_HOLDER], 0
    if room is not None and room.counts.shape == (counts, worlds):
        outcome = room
    else:
        outcome = Outcome(np.empty((counts, worlds), np.int64), np.empty((times, worlds)))
    if losses_only:
        outcome.counts[words[OUT_STATUS]] = 0
    return outcome


def block(words: Ints, outcome: Outcome, name: int, index: int = 0) -> NDArray[Any]:
    """One column (W,) of an outcome."""
    home = outcome.counts if name < OUT_ARRIVAL else outcome.times
    return home[words[name] + index]
