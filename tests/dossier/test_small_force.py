"""Articles on small forces: who brings whom, whose losses they are, and what is no figure."""

from __future__ import annotations

import pytest

from inje.document import read_document
from inje.dossier import extract_dossier

TEXT = """\
Battle of Umfolo

The Battle of Umfolo was fought on 22 January 1878 between the British Empire and the Zulu Kingdom.
A Zulu force of 12,000 men under Ntobela attacked a British camp of 900 men.

Battle

Tarrant divided his column at 4 a.m., taking 1,500 men and three guns to look for the main Zulu
army. Anders Kolb arrived at 10:30 a.m. with 300 men. On 3 March Tarrant had sent terms which,
according to the historian Ivo Brand, King Temba could not accept.

Aftermath

The Zulus lost around 700 killed, although Zulu elders put the number at 1,400.
"""


@pytest.fixture(scope="module")
def dossier():
    return extract_dossier(read_document(TEXT.encode(), reader="text"))


def told(dossier, quote):
    return next(c for c in dossier.claims if c.anchor and quote in c.anchor.quote and c.counts)


@pytest.mark.parametrize("quote", ["1,500 men", "three guns"])
def test_what_is_taken_to_look_for_an_army_is_not_of_that_army(dossier, quote):
    assert told(dossier, quote).counts.split(".")[1] == "british_empire"


def test_a_time_of_the_day_is_no_figure_that_somebody_gives(dossier):
    assert not [c for c in dossier.claims if c.anchor and c.anchor.quote.startswith("at 10:30")]
    assert told(dossier, "300 men").holders == ("narrator",)


def test_a_number_put_at_another_one_is_of_the_same(dossier):
    claim = told(dossier, "1,400")
    assert claim.counts == "losses.zulu_kingdom.killed"
    assert len(claim.holders) == 2


def test_what_a_king_could_not_accept_is_no_role(dossier):
    assert not [c for c in dossier.claims if c.rule == "role" and "accept" in c.anchor.quote]


#: a sentence, a number in it, and the count it is
COUNTED = {
    "a ship that is rammed": (
        "The Austrian flagship Donau rammed Re Carlo, which sank in two minutes with the loss of "
        "400 men.",
        "400 men", "losses.kingdom_of_italy.lost_unspecified",
    ),
    "those of one clause, and of the next": (
        "By midnight 500 legionnaires had been killed, and the Austrians had lost 60 men.",
        "500 legionnaires", "losses.kingdom_of_italy.killed",
    ),
    "a part of the prisoners": (
        "The Italians lost 2,000 prisoners and 300 dead. Of the prisoners only 740 came home.",
        "740", "losses.kingdom_of_italy.captured",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "quote", "counts"), COUNTED.values(), ids=COUNTED)
def test_whose_and_what_a_number_is(sentence, quote, counts):
    text = f"""\
Battle of Vis

The Battle of Vis was fought on 20 July 1867 between the Austrian Empire and the Kingdom of Italy.
The Austrian fleet had 2,700 men, the Italian fleet 3,900 men.

Battle

{sentence}
"""
    found = extract_dossier(read_document(text.encode(), reader="text"))
    assert told(found, quote).counts == counts


def test_who_is_summoned_is_not_who_begs():
    text = """\
Battle of Ramtek

The Battle of Ramtek was fought on 23 June 1757 between the Nawab of Berar and the Maratha Empire.

Battle

The Nawab summoned Daulat Khan and begged him to save the guns. Ivo Brand doubts this story.
"""
    found = extract_dossier(read_document(text.encode(), reader="text")).claims
    begged = next(c for c in found if c.anchor and "save the guns" in c.anchor.quote)
    assert begged.holders[-1].startswith("nawab")
    doubted = next(c for c in found if c.anchor and "this story" in c.anchor.quote)
    assert doubted.holders[-1] == "ivo_brand"
