"""All rules, and the run over a record."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

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
    asked = tuple(ignore)
    _refuse_unknown(asked, "--ignore")
    _refuse_unknown(dossier.ignore, "ignore in the dossier")
    left_out = {*asked, *dossier.ignore}
    return tuple(
        found for rule in LINT_RULES if rule.id not in left_out for found in rule.find(dossier)
    )


def _refuse_unknown(ignored: Iterable[str], where: str) -> None:
    names = sorted(rule.id for rule in LINT_RULES)
    for name in ignored:
        if name not in names:
            near = get_close_matches(name, names, 1)
            remedy = f"did you mean {near[0]}?" if near else "name one of these"
            raise OptionError(where, f"no rule {name!r}", ", ".join(names), remedy)
