"""As in "the Duke" and "the king": the one who bears the title and is named most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._lexicon import OFFICES, RANKS
from inje.dossier.drafting._passages import Word
from inje.dossier.drafting._voices import Subject

__all__ = ["Titles"]


class Titles:
    """Who is meant by a title alone."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._found: dict[str, Named | None] = {}

    def bearer(self, title: str) -> Named | None:
        """The person of a title, if one is named far more than the others of it."""
        if title not in self._found:
            self._found[title] = self._bearer(title)
        return self._found[title]

    def titled(self, words: Sequence[Word], i: int) -> Subject | None:
        """As in "the Duke"."""
        title = words[i].text
        if title not in RANKS or not i or words[i - 1].text not in ("the", "The"):
            return None
        bearer = self.bearer(title)
        return Subject((bearer,), words[i].start, words[i].end) if bearer is not None else None

    def office(self, words: Sequence[Word], i: int) -> Subject | None:
        """As in "the king", where one king is named."""
        title = words[i].text
        if title not in OFFICES or not i or words[i - 1].text not in ("the", "The"):
            return None
        if (i > 1 and words[i - 2].text == "to") or title.capitalize() not in RANKS:
            return None
        bearer = self.bearer(title.capitalize())
        return Subject((bearer,), words[i].start, words[i].end) if bearer is not None else None

    def _bearer(self, title: str) -> Named | None:
        pattern = re.compile(rf"(?<![\w-]){re.escape(title)}(?![\w-])")
        persons = self._register.kind("person")
        called = Counter(form for named in persons for form in named.forms for _ in named.mentions)
        found = sorted(
            (
                (len(named.mentions) + called[named.name.split()[-1]], named.key)
                for named in persons
                if any(pattern.search(form) for form in named.forms)
            ),
            reverse=True,
        )
        if not found or (len(found) > 1 and found[0][0] < 3 * found[1][0]):
            return None
        return self._register.all[found[0][1]]
