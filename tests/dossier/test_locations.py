"""Coordinates of the page and of places in the prose, each a claim at the words that give them."""

from __future__ import annotations

from inje.document import read_document
from inje.dossier import extract_dossier

BOX = (
    "{{Infobox military conflict\n| conflict = Battle of Oakton\n| date = 3 May 1809\n"
    "| place = [[Oakton]], [[Westland]]\n| coordinates = {{coord|48|30|N|10|15|W|display=title}}\n"
    "| combatant1 = [[First French Empire|French Empire]]\n| combatant2 = [[Austrian Empire]]\n}}\n"
)
LEAD = (
    "The '''Battle of Oakton''' was fought between the French and the Austrians near Oakton. "
    "The French marched to [[Elmham]] {{coord|48.7|N|9.5|E}} and retreated from Ashford.\n"
)


def drafted(text):
    return extract_dossier(read_document(text.encode(), reader="wikitext"))


def test_the_battle_lies_where_its_page_says_and_a_place_where_its_name_stands():
    dossier = drafted(BOX + LEAD)
    where = {e.name: e.coordinates for e in dossier.entities if e.coordinates is not None}
    assert {name: (at.latitude, at.longitude) for name, at in where.items()} == {
        "Oakton": (48.5, -10.25),
        "Elmham": (48.7, 9.5),
    }
    claims = [c for c in dossier.claims if c.rule == "coordinates"]
    assert sorted(c.summary for c in claims) == [
        "Elmham lies at 48.7° N, 9.5° E",
        "Oakton lies at 48.5° N, 10.25° W",
    ]
    assert all(c.anchor.quote.startswith("{{coord|48") for c in claims)
    assert all((BOX + LEAD)[c.anchor.start : c.anchor.end] == c.anchor.quote for c in claims)


def test_a_page_without_coordinates_locates_nothing():
    bare = BOX.replace("| coordinates = {{coord|48|30|N|10|15|W|display=title}}\n", "")
    dossier = drafted(bare + LEAD.replace(" {{coord|48.7|N|9.5|E}}", ""))
    assert all(e.coordinates is None for e in dossier.entities)
    assert not [c for c in dossier.claims if c.rule == "coordinates"]
