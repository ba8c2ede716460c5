"""All rules, and the run over a record."""

from __future__ import annotations

from collections.abc import Iterable

from inje.dossier._records import Dossier, Finding
from inje.dossier.linting import _amounts, _citing, _documents, _naming, _network, _rivals, _times
from inje.dossier.linting._rule import Rule
from inje.errors import OptionError

__all__ = ["LINT_RULES", "check_dossier"]

#: every rule, in the order in which findings are printed
LINT_RULES: tuple[Rule, ...] = (
    *_rivals.RULES,
    *_documents.RULES,
    *_times.RULES,
    *_network.RULES,
    *_amounts.RULES,
    *_naming.RULES,
    *_citing.RULES,
)


def check_dossier(dossier: Dossier, *, ignore: Iterable[str] = ()) -> tuple[Finding, ...]:
    """What the lint rules notice in a dossier.

    Parameters
    ----------
    dossier : the record; rules that need the text look at `dossier.texts`.
    ignore : identifiers of rules to leave out, beside those in `dossier.ignore`.

    Raises
    ------
    OptionError : `ignore` names no rule.
    """
    names = {rule.id for rule in LINT_RULES}
    left_out = {*ignore, *dossier.ignore}
    for name in sorted(left_out - names):
        raise OptionError("ignore", f"no rule {name!r}", ", ".join(sorted(names)), "")
    return tuple(
        found for rule in LINT_RULES if rule.id not in left_out for found in rule.find(dossier)
    )
