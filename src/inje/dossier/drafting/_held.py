"""What a rule of attribution finds: whose it is, the words that say so, and what is said."""

from __future__ import annotations

from dataclasses import dataclass

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._voices import Subject

__all__ = ["Held"]


@dataclass(frozen=True, slots=True)
class Held:
    """Something that somebody says, thinks or wants.

    Attributes
    ----------
    kind : of claim.
    subject : whose it is.
    cue : span of the words that say so.
    start, end : span of what is said.
    """

    kind: ClaimKind
    subject: Subject
    cue: tuple[int, int]
    start: int
    end: int

    @property
    def owned(self) -> bool:
        """Whether its subject holds the claim; an intention is ascribed by the narrator."""
        return self.kind != "intention"
