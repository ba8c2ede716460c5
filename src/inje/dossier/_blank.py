"""An empty record to be filled by hand: every part explained, with an example to uncomment."""

from __future__ import annotations

import json
from collections.abc import Sequence

from inje.chronology import format_day, parse_edtf
from inje.dossier._records import SCHEMA
from inje.dossier.drafting._entities import slug
from inje.errors import OptionError

__all__ = ["blank_dossier"]

_TEMPLATE = """\
## The record of a battle: who says what, where it stands, and what it is about.
## Lines with two signs explain; lines with one are an example: take the sign away and change them.
## `inje schema dossier` prints every field, `inje check` reads the record as an editor would, and
## `inje model` drafts the model of the battle from it.
schema: {schema}
made: {{by: by hand}}

## What the record says the battle is. Two sides are needed before anything can be modelled; their
## `id` is the name that paths use: strength.north, losses.north.killed.
{battle}

## Works and documents that are cited. `reliability` is a letter from A (completely reliable) to F
## (cannot be judged); `interest` the side that the source would favour.
#sources:
#  - id: smith_1901
#    title: A History of the War
#    csl: {{type: book, author: [{{family: Smith, given: Anna}}], issued: 1901}}
#    reliability: B

## People, groups and places. The narrator is whoever tells what no one else is named for: here you.
entities:
  - {{id: narrator, kind: narrator, name: the record itself}}
{entities}#  - {{id: colonel_hill, kind: person, name: Colonel Hill, side: {first}}}

## One thing somebody says, each with an `id` of its own. `holders` leads from the narrator to
## whoever said it, innermost last. `about` names what it bears on:
##   strength.SIDE  losses.SIDE.killed  (wounded, killed_or_wounded, captured, missing, total)
##   attacker  winner  control.PLACE@DAY  duration  start  end
## A number is a `value` with low, best and high and the form of its words: exact, rounded (with
## `to: 100`), about, at_least, at_most, between, hundreds, none. Unknown is not zero: leave it out.
#claims:
#  - id: c1
#    kind: report
#    holders: [narrator, colonel_hill]
#    summary: the enemy came with about 800 men
#    about: strength.{second}
#    value: {{low: 640, best: 800, high: 1000, vagueness: about}}
#    citations: [{{source: smith_1901, locator: '112'}}]
#    status: confirmed
#  - id: c2
#    kind: fact
#    holders: [narrator]
#    summary: fifteen of the first side were killed or wounded
#    about: losses.{first}.killed_or_wounded
#    value: {{low: 15, best: 15, high: 15}}
#    status: confirmed

## What cannot be decided yet: alternatives that cannot all be true. `answer` closes it.
#questions:
#  - id: q_attacker
#    topic: attacker
#    text: Who attacked?
#    about: attacker
#    alternatives:
#      - {{label: the first side, value: {first}}}
#      - {{label: the second side, value: {second}}}
"""
_BATTLE = """\
#battle:
#  title: Battle of the Ford
#  when: {edtf: 1862-05-03/1862-05-04, earliest: 1862-05-03, latest: 1862-05-04}
#  places: [the_ford]
#  sides:
#    - {id: north, name: the North}
#    - {id: south, name: the South}
#  result: the South withdrew"""
_PLACE = "#  - {id: the_ford, kind: place, name: the Ford}\n"


def blank_dossier(
    title: str = "", sides: Sequence[str] = (), when: str = "", places: Sequence[str] = ()
) -> str:
    """A dossier as YAML text, valid as it is, with comments that say how to fill it.

    Parameters
    ----------
    title : of the battle.
    sides : their names; with two of them the record can be modelled at once.
    when : EDTF, a day or a range of days.
    places : names of the places that were fought for.

    Raises
    ------
    OptionError : one side only, two of one name, or a date that is no EDTF.
    """
    if not any((title, sides, when, places)):
        return _filled(_BATTLE, _PLACE, "north", "south")
    keys = _identifiers(sides, "--side")
    spots = _identifiers(places, "--place")
    if len(keys) == 1:
        raise OptionError("--side", "one side came", "two sides, or more", "name both")
    lines = ["battle:", *([f"  title: {_text(title)}"] if title else [])]
    if when:
        lines.append(f"  when: {_when(when)}")
    if spots:
        lines.append(f"  places: [{', '.join(spots)}]")
    if keys:
        lines.append("  sides:")
        named = zip(keys, sides, strict=True)
        lines += [f"    - {{id: {key}, name: {_text(name)}}}" for key, name in named]
    entities = "".join(
        f"  - {{id: {key}, kind: place, name: {_text(name)}}}\n"
        for key, name in zip(spots, places, strict=True)
    )
    first, second = (*keys, "north", "south")[:2] if keys else ("north", "south")
    return _filled("\n".join(lines), entities, first, second)


def _filled(battle: str, entities: str, first: str, second: str) -> str:
    return _TEMPLATE.format(
        schema=SCHEMA,
        battle=battle,
        entities=entities,
        first=first,
        second=second,
    )


def _identifiers(names: Sequence[str], option: str) -> list[str]:
    keys = [slug(name) for name in names]
    for key, name in zip(keys, names, strict=True):
        if not name.strip() or keys.count(key) > 1:
            raise OptionError(option, f"{name!r} came", "names that differ in their letters", "")
    return keys


def _text(words: str) -> str:
    """Words as a YAML scalar that can be nothing but text."""
    return json.dumps(words, ensure_ascii=False)


def _when(edtf: str) -> str:
    span = parse_edtf(edtf)
    bounds = {"edtf": edtf}
    if span.earliest is not None:
        bounds["earliest"] = format_day(span.earliest)
    if span.latest is not None:
        bounds["latest"] = format_day(span.latest)
    return "{" + ", ".join(f"{key}: {_text(value)}" for key, value in bounds.items()) + "}"
