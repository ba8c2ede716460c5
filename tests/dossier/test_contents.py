"""What is said, word for word: where the content of a clause begins and ends; what is no clause.

Pairs of sentences that differ in little: a rule takes the one and leaves the other.
"""

from __future__ import annotations

import pytest
from tests.dossier.test_attribution import claims

ELM = "Colonel Elm"


@pytest.mark.parametrize(
    ("text", "kind", "content"),
    [
        (
            "General Oak ordered Colonel Elm not to leave the hill.",
            "order",
            "Colonel Elm not to leave the hill",
        ),
        (
            "General Oak decided instead to slip away.",
            "intention",
            "General Oak decided instead to slip away",
        ),
        ("General Oak threatened to burn the town.", "statement", "to burn the town"),
        (
            "General Oak commanded the department with orders to move south.",
            "order",
            "to move south",
        ),
        ("General Oak directed the fire and ordered Ash to wait.", "order", "Ash to wait"),
        (
            "General Oak wanted the talks to be held in Testfield.",
            "intention",
            "General Oak wanted the talks to be held in Testfield",
        ),
        ("General Oak thought the hill hopeless.", "belief", "the hill hopeless"),
        (
            "General Oak thought the hill too strong to attack.",
            "belief",
            "the hill too strong to attack",
        ),
        ('General Oak called the attack "a mad ride".', "statement", 'the attack "a mad ride"'),
        ('General Oak wrote to Elm, "The hill is lost."', "quotation", '"The hill is lost."'),
        ("General Oak wrote to Elm that the hill was lost.", "statement", "the hill was lost"),
        ('General Oak wrote: "The hill is lost."', "quotation", '"The hill is lost."'),
        ("General Oak noted, however, that the hill was lost.", "statement", "the hill was lost"),
        ("General Oak assumed the guns were lost.", "belief", "the guns were lost"),
        ("General Oak saw him as a coward.", "belief", "him as a coward"),
        ("General Oak blamed Elm for the loss.", "statement", "Elm for the loss"),
        ("General Oak blamed the loss on Elm.", "statement", "the loss on Elm"),
        ("General Oak asked whether the hill was held.", "proposal", "whether the hill was held"),
        (
            "General Oak wondered aloud how the hill had been lost.",
            "statement",
            "how the hill had been lost",
        ),
        ("General Oak insisted on a siege.", "statement", "a siege"),
        ("General Oak warned Elm of a raid.", "report", "a raid"),
        ("General Oak warned Elm that a raid was near.", "report", "a raid was near"),
        ("General Oak admitted to the loss.", "statement", "the loss"),
        ("General Oak denied having lost the hill.", "statement", "having lost the hill"),
        ("General Oak regretted leaving the hill.", "statement", "leaving the hill"),
        ("General Oak considered the hill to be lost.", "belief", "the hill to be lost"),
        (
            "General Oak said in his report that the hill was lost.",
            "statement",
            "the hill was lost",
        ),
        (
            "The hill, General Oak said, was lost.",
            "statement",
            "The hill, General Oak said, was lost",
        ),
        ('"The hill is lost," General Oak said.', "quotation", '"The hill is lost,"'),
        (
            "The hill was, as General Oak had warned, lost.",
            "report",
            "The hill was, as General Oak had warned, lost",
        ),
        (
            "As General Oak stated in a note to the committee, the hill was lost.",
            "statement",
            "the hill was lost",
        ),
        (
            "General Oak was convinced that the hill was lost.",
            "belief",
            "was convinced that the hill was lost",
        ),
        (
            "Convinced that the hill was lost, General Oak fled.",
            "belief",
            "Convinced that the hill was lost, General Oak fled",
        ),
        ("Eager to win, General Oak attacked.", "intention", "Eager to win, General Oak attacked"),
        ("General Oak gave Colonel Elm orders to retire.", "order", "to retire"),
        ("General Oak took the view that the hill was lost.", "belief", "the hill was lost"),
        ("General Oak made it clear that the hill was lost.", "statement", "the hill was lost"),
        (
            "General Oak made it clear to his men that the hill was lost.",
            "statement",
            "the hill was lost",
        ),
        ("General Oak had no idea the hill was lost.", "belief", "the hill was lost"),
        (
            "General Oak made up his mind to retire.",
            "intention",
            "General Oak made up his mind to retire",
        ),
        ("General Oak laid the blame on Elm.", "statement", "Elm"),
        ("General Oak held Elm responsible.", "statement", "Elm responsible"),
        ("General Oak fled, thinking the hill lost.", "belief", "the hill lost"),
        ("General Oak was led to believe that the hill was lost.", "belief", "the hill was lost"),
        ("In Oak's view, the hill was lost.", "belief", "the hill was lost"),
        ("General Oak hoped to win.", "intention", "General Oak hoped to win"),
        ("General Oak hoped for rain.", "belief", "rain"),
        ("Nor did General Oak believe that the hill was lost.", "belief", "the hill was lost"),
    ],
)
def test_what_somebody_says(text, kind, content):
    [(found, holder, quote)] = claims(text)
    assert (found, quote) == (kind, content)
    assert kind == "intention" or holder == "General Oak"


@pytest.mark.parametrize(
    ("text", "kind", "content"),
    [
        ("It is said by Colonel Elm that the hill was lost.", "statement", "the hill was lost"),
        (
            "The hill was considered lost by Colonel Elm.",
            "belief",
            "The hill was considered lost by Colonel Elm",
        ),
        (
            "General Oak was ordered by Colonel Elm to retire.",
            "order",
            "General Oak was ordered by Colonel Elm to retire",
        ),
        (
            "General Oak was told to wait by Colonel Elm.",
            "report",
            "General Oak was told to wait by Colonel Elm",
        ),
        (
            "General Oak received word from Elm that the hill was lost.",
            "report",
            "the hill was lost",
        ),
        ("General Oak received orders from Elm to retire.", "order", "to retire"),
    ],
)
def test_what_the_other_says(text, kind, content):
    assert claims(text) == [(kind, ELM, content)]


@pytest.mark.parametrize(
    "text",
    [
        "General Oak threatened to turn the left flank.",
        "General Oak pressed on to reach the ford.",
        "General Oak found it difficult to cross the river.",
        "General Oak called the attack off.",
        "General Oak noted, however, the hill.",
        "General Oak noted the hill.",
        "General Oak assumed command.",
        "General Oak saw him as he fled.",
        "General Oak insisted.",
        "General Oak admitted the men to the fort.",
        "General Oak denied the enemy the hill.",
        "General Oak considered leaving the hill.",
        "General Oak considered the hill.",
        "General Oak said nothing.",
        "General Oak was ordered to retire by night.",
        "General Oak was convinced by the hill.",
        "General Oak may have been convinced that it was lost.",
        "General Oak gave orders.",
        "General Oak took the view of the hill.",
        "General Oak had an idea.",
        "General Oak received guns from Elm.",
        "General Oak hoped.",
        "General Oak put his guns at 400 yards.",
        "General Oak gave 400 dead.",
        "General Oak gave the men bread.",
    ],
)
def test_what_nobody_says(text):
    assert claims(text) == []
