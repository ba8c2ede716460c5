"""The documentation of the rules: as Markdown, and as the page that lies beside this module.

A finding that travels (SARIF) carries the page of its rule in Markdown. All of them on one page are
part of the package, so that they are there without a network and say what this version does.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from inje.dossier.linting._rule import Rule

__all__ = ["PAGE", "help_uri", "rule_page", "rules_in_html"]

#: written by `make docs`; a test compares it with the rules
PAGE = Path(__file__).with_name("rules.html")

_HEAD = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>inje check: the rules</title>
<style>
:root { color-scheme: light dark }
body { font: 1rem/1.5 serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
section:target { outline: 2px solid; outline-offset: .5rem }
</style>
<h1>inje check: the rules</h1>
<p>Each finding is a question to the author, not a verdict.
<code>inje check ARTICLE --ignore RULE</code> leaves a rule out;
<code>ignore: [RULE]</code> in a dossier switches it off for good.</p>
"""


def help_uri(rule: Rule) -> str:
    """The address of the documentation of a rule, on this machine."""
    return f"{PAGE.as_uri()}#{rule.id}"


def rule_page(rule: Rule) -> str:
    """The page of the documentation about a rule, in Markdown."""
    return f"# {rule.id}\n\n{rule.title}.\n\n{rule.why}\n\n**What to do:** {rule.remedy}.\n"


def rules_in_html(rules: Iterable[Rule]) -> str:
    """All rules on one page, a section each, which links can lead to."""
    sections = [
        f'<section id="{rule.id}">\n<h2>{rule.id}</h2>\n<p><strong>{escape(rule.title)}.</strong> '
        f"{escape(rule.why)}</p>\n<p>What to do: {escape(rule.remedy)}.</p>\n</section>\n"
        for rule in rules
    ]
    return _HEAD + "".join(sections) + "</html>\n"
