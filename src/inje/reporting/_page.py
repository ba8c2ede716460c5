"""The page: one HTML file that needs nothing else.

Everything goes through Jinja with autoescape on. Scripts and styles are the package's own and
are allowed by hash; there is no inline style, no event attribute, no address to load from.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from markupsafe import Markup

from inje.reporting._bases import bases_of, weighed_in
from inje.reporting._bundle import bundled
from inje.reporting._contents import page_context
from inje.reporting._data import ReportData
from inje.reporting._finding import findings
from inje.reporting._folding import folded_json, folded_rows
from inje.reporting._ground_plan import GroundPlan
from inje.reporting._illustrations import Figure
from inje.reporting._ledger import Ledger, regrouped, signed
from inje.reporting._templates import own_file, templates_of
from inje.reporting._views import claim_views, runs
from inje.reporting._wording import Wording

__all__ = ["page_of", "page_style", "script_safe"]

CONTENTS = (
    ("finding", "The finding"),
    ("text", "What the text says"),
    ("map", "The ground"),
    ("timeline", "The days"),
    ("quantities", "Before and after"),
    ("losses", "Losses together"),
    ("accounts", "Rival accounts"),
    ("what-ifs", "What if"),
    ("seek", "Where to dig"),
    ("sources", "The sources"),
    ("assumptions", "Assumptions without a source"),
    ("method", "Method and diagnostics"),
    ("reproduce", "How to reproduce"),
    ("cite", "How to cite"),
    ("glossary", "Glossary"),
)
PACKAGE = "inje.reporting"
#: claims above which what is out of sight is laid out only when it comes into sight
CROWDED = 1000


def script_safe(value: object) -> Markup:
    """JSON that may stand inside a script element: no `<`, `>`, `&` or line separators in it."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  no character of markup is left


def page_style() -> str:
    """The style sheet of the report, for other pages of the house."""
    return own_file(PACKAGE, "style.css")


def _policy(style: str, script: str) -> str:
    def digest(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    return (
        f"default-src 'none'; style-src 'sha256-{digest(style)}'; "
        f"script-src 'sha256-{digest(script)}'; base-uri 'none'; form-action 'none'"
    )


def page_of(data: ReportData, figures: Mapping[str, Figure]) -> tuple[str, Ledger]:
    """Render the page; also the ledger of the numbers that stand in it."""
    ledger = Ledger()
    wording = Wording(data.scenario, data.dossier)
    claims = claim_views(data, wording)
    style, script = page_style(), own_file(PACKAGE, "page.js")
    environment = templates_of(PACKAGE)
    shared: dict[str, Any] = {
        "n": ledger.number,
        "told": ledger.sentence,
        "claims": claims,
        "data": data,
        "folded": folded_rows,
        "runs": runs,
        "regrouped": regrouped,
        "signed": signed,
    }
    macros = environment.get_template("macros.html.j2").make_module(shared)
    content = page_context(data, wording, figures)
    names = ("range", "interval", "triple", "bar", "claimrefs", "term")
    context = {
        **shared,
        **{name: getattr(macros, name) for name in names},
        **content,
        "finding": findings(data, ledger),
        "contents": CONTENTS,
    }
    main = environment.get_template("main.html.j2").render(context)
    bases = bases_of(data.scenario, wording)
    known = script_safe(bundled(ledger.entries.values(), claims, weighed_in(data), bases))
    context |= {
        "crowded": len(claims) > CROWDED,
        "main": Markup(main),  # noqa: S704  rendered with autoescape on, the line above
        "style": Markup(style),  # noqa: S704  the package's own file
        "script": Markup(script),  # noqa: S704  the package's own file
        "policy": _policy(style, script),
        "machine": script_safe(_machine(data, context["map"], wording)),
        "ledger": folded_json(known),
    }
    return environment.get_template("page.html.j2").render(context), ledger


def _machine(data: ReportData, plan: GroundPlan, wording: Wording) -> dict[str, Any]:
    """What the page's script and `inje trace` read, beside the numbers and their claims."""
    manifest = data.manifest
    sides = {
        side.id: {"side": i % 4, "name": wording.name(side.id)}
        for i, side in enumerate(data.scenario.sides)
    }
    return {
        "manifest": {
            "version": manifest.version,
            "seed": manifest.seed,
            "command": manifest.command,
            "files": dict(manifest.files),
        },
        "places": {key: [round(x, 1), round(y, 1)] for key, (x, y) in plan.positions.items()},
        "sides": sides,
        "forces": {
            force.id: {"side": sides[force.side]["side"], "name": wording.name(force.id)}
            for force in data.scenario.forces
            if force.side in sides
        },
        "replays": [asdict(replay) for replay in data.replays],
    }
