"""What the columns of CDB90 mean, after the codebook of the data base."""

from __future__ import annotations

from inje.datasets._record import columns

__all__ = ["COLUMNS"]

_ADVANTAGE = "judged by the coders, attacker's advantage positive, -4 to 4, missing if unknown"

_IDENTITY = {
    "isqno": ("", "number of the battle in the data base"),
    "war": ("", "war, as the data base names it"),
    "name": ("", "battle or engagement"),
    "locn": ("", "location"),
    "campgn": ("", "campaign"),
    "nama": ("", "attacking force"),
    "coa": ("", "commander of the attacker"),
    "namd": ("", "defending force"),
    "cod": ("", "commander of the defender"),
    "post1": ("", "defender's main posture: HD hasty, PD prepared, FD fortified, DL delay, WD"),
    "post2": ("", "defender's second posture; OO none"),
    "postype": ("", "how the two postures combine: 0 one, 1 and 2 several, 9 unknown"),
    "terra1": ("", "ground: relief (R rolling, G rugged, F flat), cover, and a third letter"),
    "terra2": ("", "second ground; 000 none"),
    "wx1": ("", "weather: wet or dry, precipitation, temperature, season, climate"),
    "wofa1": ("km", "width of the attacker's front; -1 unknown"),
    "wofd1": ("km", "width of the defender's front; -1 unknown"),
}


def _force(side: str, letter: str) -> dict[str, tuple[str, str]]:
    return {
        f"str{letter}": ("people", f"{side}: total strength"),
        f"code{letter}": ("", f"{side}: what the strength counts: 1 initial, 2 average, 3 total"),
        f"inst{letter}": ("people", f"{side}: initial strength, where it differs"),
        f"intst{letter}": ("people", f"{side}: initial total strength"),
        f"rerp{letter}": ("people", f"{side}: reinforcements and replacements"),
        f"cas{letter}": ("people", f"{side}: casualties of all kinds"),
        f"finst{letter}": ("people", f"{side}: strength at the end"),
    }


def _arms(side: str, letter: str) -> dict[str, tuple[str, str]]:
    return {
        f"cav{letter}": ("people", f"{side}: cavalry; -1 unknown"),
        f"tank{letter}": ("tanks", f"{side}: tanks; -1 unknown"),
        f"arty{letter}": ("guns", f"{side}: artillery pieces; -1 unknown"),
        f"fly{letter}": ("sorties", f"{side}: close air support; -1 unknown"),
        f"ctank{letter}": ("tanks", f"{side}: tanks lost; -1 unknown"),
        f"carty{letter}": ("guns", f"{side}: artillery pieces lost; -1 unknown"),
    }


_JUDGED = {
    "aeroa": ("", "air superiority: 1 attacker, 0 neither, -1 defender"),
    "surpa": ("", f"surprise; {_ADVANTAGE}"),
    "cea": ("", f"relative combat effectiveness; {_ADVANTAGE}"),
    "leada": ("", f"leadership; {_ADVANTAGE}"),
    "trnga": ("", f"training and experience; {_ADVANTAGE}"),
    "morala": ("", f"morale; {_ADVANTAGE}"),
    "logsa": ("", f"logistics; {_ADVANTAGE}"),
    "momnta": ("", f"momentum; {_ADVANTAGE}"),
    "intela": ("", f"intelligence; {_ADVANTAGE}"),
    "techa": ("", f"technology; {_ADVANTAGE}"),
    "inita": ("", f"initiative; {_ADVANTAGE}"),
    "wina": ("", "1 the attacker won, 0 a draw, -1 the attacker lost, missing if unknown"),
    "kmda": ("km per day", "advance of the attacker; -9999 unknown"),
    "acha": ("", "attacker's achievement of the mission, 0 to 10"),
    "achd": ("", "defender's achievement of the mission, 0 to 10"),
    "crit": ("", "was the criterion of victory the mission: coded 0 to 2"),
}

_BOUNDS = {
    f"{what}{letter}{end}": ("percent", f"{side}: {how} bound on {meaning}, relative to it")
    for letter, side in (("a", "attacker"), ("d", "defender"))
    for what, meaning in (("str", "strength"), ("cas", "casualties"))
    for end, how in (("pl", "upper"), ("mi", "lower (negative)"))
}

_CONTEXT = {
    "noatp": ("", "number of periods of active fighting"),
    "war4": ("", "war, in one spelling; wars are the clusters of the scores"),
    "dbpedia": ("", "address of the battle in DBpedia"),
    "cow_warno": ("", "number of the war in the Correlates of War project"),
    "war_initiator": ("", "1 where the attacker began the war"),
    "is_hero": ("", "1 where the battle stands in the HERO data base of 1984"),
    "datetime_min": ("", "first hour of the battle (ISO 8601, local)"),
    "datetime_max": ("", "last hour of the battle (ISO 8601, local)"),
    "duration1": ("days", "days with fighting, counted"),
    "duration2": ("days", "time in contact as published; capped at 2, see duration2_capped"),
    "actors_a": ("", "attacking states"),
    "actors_d": ("", "defending states"),
    "year": ("", "year of the first hour"),
    "duration2_capped": ("", "true where duration2 is its cap of 2.0: no measurement"),
    "elapsed_days": ("days", "last hour less first hour"),
    "contact_days": ("days", "duration2, or elapsed_days where capped, at least .1"),
}

COLUMNS = columns(
    {
        **_IDENTITY,
        **_force("attacker", "a"),
        **_force("defender", "d"),
        **_arms("attacker", "a"),
        **_arms("defender", "d"),
        **_JUDGED,
        **_BOUNDS,
        **_CONTEXT,
    }
)
