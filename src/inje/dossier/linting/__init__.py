"""Lint rules: what a careful editor would notice in the record."""

from inje.dossier.linting._checking import LINT_RULES, check_dossier
from inje.dossier.linting._network import DateConflict, date_conflict, date_constraints
from inje.dossier.linting._output import findings_to_json, findings_to_sarif, findings_to_text
from inje.dossier.linting._pages import help_uri, rule_page, rules_in_html
from inje.dossier.linting._rule import Rule

__all__ = [
    "LINT_RULES",
    "DateConflict",
    "Rule",
    "check_dossier",
    "date_conflict",
    "date_constraints",
    "findings_to_json",
    "findings_to_sarif",
    "findings_to_text",
    "help_uri",
    "rule_page",
    "rules_in_html",
]
