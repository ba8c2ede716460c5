"""Whom "the column" means: the force that was brought in as "a British column"."""

from __future__ import annotations

import re
from collections import defaultdict

from inje.dossier.drafting._desk import Desk

__all__ = ["DEFINITE", "Definites"]

_NOUNS = (
    r"column|garrison|camp|squadron|fleet|flotilla|detachment|patrol|convoy|party|fort|frigate|"
    r"expedition|contingent|expeditionary force|relief force|rearguard|vanguard|impi|horde|host|militia|tribesmen|warriors|"
    r"guerrillas|rebels|insurgents|volunteers|marines|paratroopers|commandos|horsemen|settlers|partisans"
)
DEFINITE = re.compile(
    rf"\b[Tt]he (?P<noun>{_NOUNS})\b(?! (?:under|led by|commanded by) | of (?!\d|about |some ))"
)
_BROUGHT_IN = re.compile(
    rf"\b(?P<who>[A-Z][\w’'-]+)(?: [a-z-]+){{0,2}}? (?P<noun>{_NOUNS})\b|\b(?P<noun2>{_NOUNS}) of (?:the )?(?P<who2>[A-Z][\w’'-]+)"
)


class Definites:
    """Nouns of forces that the document has given to one side before they stand alone."""

    def __init__(self, desk: Desk) -> None:
        self._told: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for sentence in desk.passages.sentences:
            for match in _BROUGHT_IN.finditer(sentence.text):
                noun = match["noun"] or match["noun2"]
                side = desk.sides.of_words(match["who"] or match["who2"])
                if side is not None:
                    self._told[noun].append((sentence.start + match.start(), side))

    def side(self, noun: str, before: int) -> str | None:
        """The one side to which a noun was given before a place in the text."""
        found = {side for at, side in self._told.get(noun, ()) if at < before}
        return found.pop() if len(found) == 1 else None
