"""Documents that a historian may look for, in words: what each would tell of a battle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inje.posterior import Posterior
from inje.scenario import Scenario

__all__ = ["CAUSES", "Document", "documents_of"]

#: causes: an independent document on them is worth looking for, whatever is claimed already
CAUSES = ("attacker", "instigator", "motive")
#: what a document of this kind would be, and what it would tell
_KINDS: dict[str, tuple[str, str]] = {
    "strength": ("a muster roll of {}", "how many people were in {}"),
    "losses": ("a casualty return of {}", "the losses of {}"),
    "arrival": ("a log of arrivals that has {} in it", "when {} came, if at all"),
    "report": ("a dated copy of {}", "when {} came in"),
    "order": ("a dated copy of {}", "when {} was given"),
    "breaking_off": ("a war diary of {}", "when {} gave up the fight, if at all"),
    "control": ("a note, made on the spot, of who held {}", "who held {}"),
    "start": ("an entry with the hour of the first shots", "when the fighting began"),
    "end": ("an entry with the hour of the last shots", "when the fighting ended"),
    "duration": ("an account of how long the fighting lasted", "how long the fighting lasted"),
    "attacker": ("a report on who attacked, by somebody of neither side", "who attacked"),
    "instigator": ("an order or a letter of whoever was behind it", "who was behind it"),
    "motive": ("a private letter of {}", "what {} wanted"),
}
#: how many words a name may have in a sentence
LONGEST = 60


@dataclass(frozen=True)
class Document:
    """Something that an archive may hold.

    Attributes
    ----------
    name : path of the outcome it speaks of.
    label : what it is, in words. tells : what it would tell, in words.
    group : documents of one group are one document: a casualty return has all kinds of loss.
    """

    name: str
    label: str
    tells: str
    group: str


def documents_of(posterior: Posterior, target: str, claimed: Iterable[str]) -> tuple[Document, ...]:
    """Every document that the record lacks and that would not simply state the target.

    Parameters
    ----------
    claimed : paths of which the record speaks already, without dates.
    """
    names = _names(posterior.scenario)
    known = set(claimed)
    found = []
    for name in posterior.draws:
        path, _, date = name.partition("@")
        quantity, _, subject = path.partition(".")
        if quantity not in _KINDS:
            continue
        # What states the target is no search; but of a cause nobody knows the truth.
        if quantity == target.partition(".")[0] and quantity not in CAUSES:
            continue
        if path in known and quantity not in CAUSES:
            continue
        if _is_one_force(posterior.scenario, quantity, subject):
            continue
        label, tells = _KINDS[quantity]
        who = _called(subject.partition(".")[0], names)
        when = f" on {date}" if date else ""
        found.append(
            Document(
                name, label.format(who) + when, tells.format(who) + when,
                f"{quantity}.{subject.partition('.')[0]}@{date}",
            )
        )  # fmt: skip
    return tuple(found)


def _names(scenario: Scenario) -> dict[str, str]:
    """Names by identifier; a drafted name that is a whole sentence is none."""
    found = {
        record.id: getattr(record, "name", "") or ""
        for part in ("sides", "forces", "places", "messages", "decisions")
        for record in getattr(scenario, part)
    }
    sides = {side.id: side.name for side in scenario.sides}
    for force in scenario.forces:
        if not 0 < len(force.name) <= LONGEST:
            what = "the reinforcements" if force.march else "the force"
            found[force.id] = f"{what} of the {sides[force.side]}"
    return {id_: name for id_, name in found.items() if name}


def _called(id_: str, names: Mapping[str, str]) -> str:
    name = names.get(id_) or f"the {id_.replace('-', ' ').replace('_', ' ')}"
    own = name[:1].isupper() or name.lower().startswith(("the ", "a ", "an "))
    if own and not name.startswith(("The ", "A ", "An ", "the ", "a ", "an ")):
        words = name.split()
        # A name of several words that ends in a common one takes an article: the Iranian army.
        return f"the {name}" if len(words) > 1 and "'" not in words[0] else name
    return name if own else f"the {name}"


def _is_one_force(scenario: Scenario, quantity: str, subject: str) -> bool:
    """Whether a side's strength is that of its only force there: one document, not two."""
    sides = {side.id for side in scenario.sides}
    if quantity != "strength" or subject not in sides:
        return False
    there = [f for f in scenario.forces if f.side == subject and f.march is None]
    return len(there) == 1
