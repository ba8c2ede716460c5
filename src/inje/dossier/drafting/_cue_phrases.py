"""Cues of more than one word, and the plain forms of verbs: "pointed out", "gave orders that".

A light verb attributes by its noun ("took the view that"); a plain form only behind an auxiliary
or a verb of beginning ("did not know that", "began to worry that").
"""

from __future__ import annotations

from collections.abc import Sequence

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._cues import BASES, CUES, Cue
from inje.dossier.drafting._figures import PLAIN_FIGURES, figure_cue
from inje.dossier.drafting._governed import GOVERNING, GOVERNING_PLAIN, governor
from inje.dossier.drafting._idioms import idiom_at
from inje.dossier.drafting._insertions import opening_of
from inje.dossier.drafting._lexicon import INHABITANTS
from inje.dossier.drafting._passages import Word
from inje.dossier.drafting._voices import voice

__all__ = ["aspect", "cue_at"]

_OUT = frozenset(
    "point points pointed pointing set sets make makes made making spell spelled spelt call called cry "
    "cried shout shouted yell yelled blurt blurted sing sang".split()
)
_BEGINNING = frozenset(
    "began begun begin begins started starts continued continues came comes grew seemed seems "
    "liked likes loved loves delighted used went refused declined ceased failed fails neglected forgot hesitated proceeded dared ventured "
    "happened hastened tended tends had has".split()
)
#: "was forced to admit", "felt obliged to order", "is inclined to believe"
_DISPOSED = frozenset(
    "forced compelled obliged able unable quick slow careful prompted moved inclined tempted led constrained "
    "made pleased glad happy sorry free bound ready quick reluctant willing unwilling driven prepared".split()
)
#: "was heard to say"; what he is only reported to have said somebody else says
_TOLD_OF = frozenset(["heard", "overheard"])
_BEING = frozenset("was were is are been felt feels seemed became".split())

_SEEMING = frozenset("seem seems seemed appear appears appeared".split())
_AUXILIARY = frozenset("did does do didn't doesn't don't would could".split())
_BETWEEN = frozenset(
    "not never ever also still later again then even always generally usually often now then both all thus "
    "therefore mostly largely broadly widely typically commonly however".split()
)
#: with "to" they tell an intention, else a belief
_HOPES = frozenset(["hoped", "hopes", "hoping", "hope"])
_LIGHT = frozenset(
    "gave gives giving give issued issues issuing expressed expresses expressing took takes taking "
    "held holds had has have having reached reaches came made makes making voiced voices formed "
    "shared shares sent sends sending drafted drafts dictated dictates wrote writes was were is are received let lets left remained".split()
)
_NOUNS: dict[str, ClaimKind] = {
    **dict.fromkeys(["order", "orders", "instructions", "command", "commands"], "order"),
    **dict.fromkeys(
        ["view", "opinion", "belief", "impression", "doubt", "doubts", "hope", "hopes", "idea",
         "conviction", "feeling", "suspicion", "suspicions", "illusion"],
        "belief",
    ),
    **dict.fromkeys(["fear", "fears", "concern", "concerns"], "fear"),
    **dict.fromkeys(["conclusion"], "inference"),
    **dict.fromkeys(["decision", "choice"], "intention"),
    **dict.fromkeys(["word", "assurance", "assurances", "promise", "oath", "warning"], "statement"),
}  # fmt: skip
#: verb and preposition before an addressee: "appealed to A for help", "called on A to yield"
_ADDRESSED = {
    (verb, preposition)
    for verbs, prepositions in (
        ("appealed appeals appealing", "to"),
        ("pleaded pleads pleading", "with"),
        ("called calls calling prevailed", "on upon"),
    )
    for verb in verbs.split()
    for preposition in prepositions.split()
}
_LINKS = frozenset(
    "the a an his her their its own strict immediate clear direct strong some that this grave of to "
    "it written verbal explicit same further new no little any under every be back his come at "
    "great serious firm solemn public general final last brief short simple".split()
)
_MADE = frozenset(["clear", "known", "plain", "public", "certain"])


def cue_at(words: Sequence[Word], k: int) -> tuple[Cue | None, int]:
    """The cue at a word, and the last word of it: "pointed out" is one cue."""
    text = words[k].text.lower() if k == 0 else words[k].text
    following = words[k + 1].text if k + 1 < len(words) else ""
    found = _paired(words, k, text, following)
    if found is None and text in _LIGHT:
        found = _by_noun(words, k)
    found = found or idiom_at(words, k)
    if found is not None:
        return found
    if (figure := figure_cue(words, k)) is not None and (
        text not in PLAIN_FIGURES or _several(words, k)
    ):
        return figure, k
    if text in ("put", "puts"):
        return None, k
    given = text in ("orders", "hopes", "views", "claims", "reports") and _given(words, k)
    return (None if given else CUES.get(text) or _plain(words, k)), k


def _paired(
    words: Sequence[Word], k: int, text: str, following: str
) -> tuple[Cue | None, int] | None:
    """A verb with the word behind it: "pointed out", "hoped to", "called for", "has it that"."""
    third = words[k + 2].text if k + 2 < len(words) else ""
    if text in _ASKING and "for" in (near := [word.text for word in words[k + 2 : k + 10]]):
        stop = near.index("for")
        if not _ASKED_OTHERWISE & set(near[:stop]):
            return Cue("proposal", frozenset(["figure"])), k
    if text in _HOPES and following == "to":
        return (CUES["intended"] if text != "hope" or _plain(words, k) else None), k
    if (text, following) in _ADDRESSED:
        return _addressed(words, k)
    at = governor(words, k)
    plain = (text, words[at].text) in GOVERNING_PLAIN
    if plain and (_plain(words, k) is not None or _several(words, k)):
        return Cue(GOVERNING_PLAIN[text, words[at].text], frozenset(["object"])), at
    if (text, words[at].text) in GOVERNING:
        return Cue(GOVERNING[text, words[at].text], frozenset(["object"])), at
    return _fixed(text, following, third, k)


def _fixed(text: str, following: str, third: str, k: int) -> tuple[Cue, int] | None:
    """Words that always stand together: "pointed out", "saw fit", "has it that"."""
    if text in _DEEMING and following == "fit":
        return CUES["decided"], k + 1  # "saw fit to leave it unguarded"
    if text in _HAVE and (following, third) in _WOULD_HAVE:
        return CUES["stated"], k + 2  # "Livy would have us believe that"
    if text in ("has", "have") and (following, third) == ("it", "that"):
        return CUES["stated"], k + 1
    cue = _OUTSPOKEN.get((text, following))
    return (cue, k + 1) if cue is not None else None


_DEEMING = frozenset("thought think thinks saw sees seen deemed deem".split())
_HAVE = frozenset(["have", "has", "had"])
_WOULD_HAVE = frozenset(
    [("us", "believe"), ("us", "think"), ("one", "believe"), ("it", "believed")]
)
#: "asked the governor for two hundred men"
_ASKING = frozenset("asked asks asking begged petitioned implored entreated".split())
_ASKED_OTHERWISE = frozenset(", ; : . to that if whether how why what who and for".split())
#: "pointed out", "put forward", "made known"
_OUTSPOKEN = {
    **{(verb, "out"): CUES["stated"] for verb in _OUT},
    **dict.fromkeys(
        [("put", "forward"), ("puts", "forward")], Cue("proposal", frozenset(["object"]))
    ),
    **dict.fromkeys([("made", "known"), ("makes", "known")], CUES["announced"]),
}


def _addressed(words: Sequence[Word], k: int) -> tuple[Cue | None, int]:
    """As in "appealed to the emperor for help", "called on A to surrender"."""
    for at in range(k + 2, min(k + 9, len(words) - 1)):
        text = words[at].text
        if text in (",", ";", ".", "that"):
            break
        if text == "for" and at > k + 2:
            return Cue("proposal", frozenset(["object"])), at
        if text == "to" and at > k + 2:
            return Cue("proposal", frozenset(["infinitive"])), k + 1
    return None, k


def _given(words: Sequence[Word], k: int) -> bool:
    """Whether a plural noun is what somebody gives: "gave Petit orders to"."""
    return any(w.text in _LIGHT for w in words[max(0, k - 5) : k])


def _by_noun(words: Sequence[Word], k: int) -> tuple[Cue, int] | None:
    """As in "gave strict orders that", "was of the opinion that", "made it clear that"."""
    giving = words[k].text[0] in "gisd" or words[k].text in ("wrote", "writes")
    for at in range(k + 1, min(k + 7, len(words) - 1)):
        text, following = words[at].text, words[at + 1].text
        kind = _NOUNS.get(text)
        if text == "word" and following == "for" and words[k].text.startswith("sen"):
            return CUES["ordered"], at + 1  # "sent word for A to come up"
        if kind == "order" and following in ("that", "to", "for", ":") and giving:
            return CUES["ordered"], at
        if kind == "intention" and following == "to":
            return CUES["decided"], at
        if kind is not None and kind != "order" and following in ("that", "to"):
            told = [word.text for word in words[at + 1 : at + 7]]
            if "that" in told and not {",", ";", "."} & set(told[: told.index("that")]):
                return Cue(kind, frozenset(["that"])), at + told.index("that")
        if text in _MADE and words[k].text[0] in "ml":
            that = _told_to(words, at + 1)
            return (CUES["stated"], that - 1) if that else None
        if text == "idea" and words[at - 1].text == "no":
            return Cue(
                "belief", frozenset(["that", "asked"])
            ), at  # "had no idea his camp was near"
        named = giving and (words[at].capital or words[at].text.endswith("s"))
        described = text.isalpha() and text.islower() and text.endswith(_ADJECTIVES)
        if text not in _LINKS and not named and not described:
            return None
    return None


_ADJECTIVES = (
    "ed",
    "ful",
    "ous",
    "al",
    "ive",
    "ic",
    "able",
    "ible",
    "ary",
    "ory",
    "less",
    "ant",
    "ent",
)


def _told_to(words: Sequence[Word], at: int) -> int:
    """Index of the "that" at once, or behind those who are told: "clear to his men that"."""
    if words[at].text == "that":
        return at
    if words[at].text != "to":
        return 0
    for k in range(at + 1, min(at + 6, len(words))):
        if words[k].text == "that":
            return k
        if not words[k].text.isalpha():
            return 0
    return 0


def _several(words: Sequence[Word], k: int) -> bool:
    """Whether the subject right before a verb is a plural one: "the returns list"."""
    at = k - 1
    while at > 0 and words[at].text in _BETWEEN:
        at -= 1
    return at >= 0 and _plural(words, at)


def _plain(words: Sequence[Word], k: int) -> Cue | None:
    """As in "began to worry that", "did not know that", "scholars agree": the plain form."""
    if aspect(words, k) < k:
        return BASES.get(words[k].text)
    at = k - 1
    while at > 0 and words[at].text in _BETWEEN:
        at -= 1
    if at < 0 or words[k].text not in BASES:
        return None
    if words[at].text == ",":  # "historians, such as A and B, believe"
        at = opening_of(words, at) - 1
    if at < 0:
        return None
    following = words[k + 1].text if k + 1 < len(words) else ""
    if words[k].text not in _NOUN_VERBS or following == "that":
        told = _asked_back(words, k) or _heads_several(words, at)
        if told:
            return BASES[words[k].text]
    noun = words[at].text in INHABITANTS and words[k].text in _NOUN_VERBS
    several = following != "of" and not noun and _plural(words, at)
    if words[k].text in _DEEDS and words[at].text in _NOT_YET:
        return None
    told = words[at].text in _AUXILIARY or several
    return BASES[words[k].text] if told else None


#: what one may do with arms as well: "would not oppose a landing", "moved up to support him"
_DEEDS = frozenset("oppose support favour favor reject".split())
_NOT_YET = frozenset("to would could should might may will can must".split())


def _asked_back(words: Sequence[Word], k: int) -> bool:
    """As in "nor did Karl believe", "not until noon did Brun realise": the subject between."""
    for at in range(k - 1, max(k - 6, 0), -1):
        text = words[at].text
        if text in ("did", "does", "do"):
            return at + 1 < k and words[at - 1].text not in ("not", "n't")
        if not (text[0].isalnum() or text == ".") or text in _AUXILIARY:
            return False
    return False


def _heads_several(words: Sequence[Word], at: int) -> bool:
    """As in "the officers of the garrison say": several who speak, with a phrase behind them."""
    for p in range(at - 1, max(at - 6, 0), -1):
        if words[p].text in _OF:
            return _people(words, p - 1)
        if not words[p].text[0].isalnum():
            return False
    return False


_OF = frozenset("of in on at from with for about".split())
#: plain forms that are nouns behind an adjective: "the French plan to"
_NOUN_VERBS = frozenset(
    "plan claim report order hope fear demand request offer estimate record note state view comment "
    "charge promise doubt call answer signal wish aim command judge support desire threat".split()
)
_SEVERAL = frozenset("all they we others some many most few both all who".split())


def _plural(words: Sequence[Word], at: int) -> bool:
    """Whether a subject of several ends at a word: "historians", "Adams and Horrox"."""
    text = words[at].text
    if text in INHABITANTS or text.lower() in _SEVERAL:
        return text != "who" or words[at - 1].text.lower() == "those" or _people(words, at - 1)
    if words[at].capital and at and text[0].isalpha():
        joined = {w.text for w in words[max(0, at - 4) : at]}
        return "and" in joined or text.lower() in ("historians", "experts", "scholars", "sources")
    return _people(words, at)


def _people(words: Sequence[Word], at: int) -> bool:
    """Whether a plural noun of those who speak stands at a word."""
    if at < 0:
        return False
    text = words[at].text
    plural = text.endswith(("s", "men")) or text == "people"
    return plural and text.lower() not in ("press", "politics") and voice(words, at) is not None


def aspect(words: Sequence[Word], k: int) -> int:
    """Index of the verb that has the subject: "began" of "began to worry", else `k`.

    "Seems" of "seems to have thought" as well.
    """
    if k > 2 and words[k - 1].text == "have" and words[k - 2].text == "to":
        return k - 3 if words[k - 3].text in _SEEMING else k
    if k < 2 or words[k - 1].text != "to":
        return k
    if words[k - 2].text in _BEGINNING | _SEEMING:
        return k - 2
    being = k - 3 - (k > 3 and words[k - 3].text.endswith("ly"))
    if k > 2 and words[k - 2].text in _DISPOSED | _TOLD_OF and words[being].text in _BEING:
        return being
    on = (
        k > 2 and words[k - 2].text == "on" and words[k - 3].text in ("went", "goes", "go", "going")
    )
    return k - 3 if on else k
