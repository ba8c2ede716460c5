"""The terms of the page, each in a sentence or two."""

from __future__ import annotations

__all__ = ["GLOSSARY"]

GLOSSARY: tuple[tuple[str, str, str], ...] = (
    (
        "world",
        "World",
        (
            "One simulated battle. Its chance events and its unknown numbers have an address, "
            "so that it can be fought again exactly."
        ),
    ),
    (
        "prior",
        "Before (prior)",
        "What was assumed about a number before any claim was weighed.",
    ),
    (
        "posterior",
        "After (posterior)",
        (
            "What follows for it when every world counts as much as it explains the claims. "
            "Three numbers are the 5 %, 50 % and 95 % quantiles: nine weighed worlds in ten lie "
            "between the outer two."
        ),
    ),
    (
        "informed",
        "Informed",
        (
            "The record moved the number: the Jensen–Shannon divergence between before and after is "
            "above .02 bit and above three Monte-Carlo errors."
        ),
    ),
    (
        "letters",
        "Letters and digits",
        (
            "Admiralty grades. The letter is the reliability of a source, from A (completely "
            "reliable) to E (unreliable), F where it cannot be judged; it goes in. The digit is the "
            "credibility of one claim, from 1 (confirmed) to 5 (improbable), 6 where it cannot be "
            "judged; it comes out."
        ),
    ),
    (
        "tracks",
        "Tracks",
        (
            "A claim tracks the truth in a world when its holder perceived what happened there; else "
            "it was guessed or made up, with a lean towards the holder's interest."
        ),
    ),
    (
        "db",
        "Decibel (dB)",
        (
            "Ten times the logarithm of the odds. 3 dB is two to one, 5 dB three to one, 10 dB ten "
            "to one, 20 dB a hundred to one. Evidence of independent claims adds up."
        ),
    ),
    (
        "ess",
        "Effective sample size (ESS)",
        (
            "How many equally weighed worlds the weighed ones are worth. The Monte-Carlo error of a "
            "number falls with its square root."
        ),
    ),
    (
        "khat",
        "k-hat",
        (
            "The shape of the tail of the weights (Vehtari and others 2024). Below .7 averages over "
            "the worlds can be trusted; above, a few worlds dominate."
        ),
    ),
    (
        "reach",
        "Reach",
        (
            "The worlds in which a claim tracks the truth. A claim that no world reaches cannot "
            "speak, however good the other diagnostics look."
        ),
    ),
    (
        "account",
        "Account",
        (
            "A rival explanation: who attacked, who was behind it, and why. Accounts are compared on "
            "the same worlds, so that what they agree on cancels."
        ),
    ),
    (
        "shapley",
        "Shapley dB",
        (
            "One claim's share in a comparison, averaged over every order in which the claims could "
            "have come. The shares add up to the whole."
        ),
    ),
    (
        "bit",
        "Bit",
        (
            "The information that settles one even question. What a find would tell is the expected "
            "fall in uncertainty, in bits."
        ),
    ),
)
