"""Review: the text on the left, its claims on the right, every correction saved at once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from markupsafe import Markup

from inje.dossier import QUANTITIES, Claim, ClaimKind, Vagueness
from inje.reporting import (
    MarkedBlock,
    Wording,
    marked_blocks,
    own_file,
    page_style,
    templates_of,
)
from inje.scenario import Clock, Force, Place, Scenario, Side
from inje.studio._desk import Desk, Outcome

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["review_app"]

PACKAGE = "inje.studio"
FAMILIES = {
    "fact": "narrated",
    "report": "testimony",
    "statement": "testimony",
    "quotation": "testimony",
    "presentation": "testimony",
    "order": "act",
    "proposal": "act",
}


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block of a text with the id of its element."""

    id: str
    block: MarkedBlock


class ReviewView:
    """Renders the desk: the whole page, or the parts that a change touched."""

    def __init__(self, desk: Desk, base: str) -> None:
        self.desk = desk
        self.base = base

    def _context(self) -> dict[str, Any]:
        dossier = self.desk.dossier
        return {
            "base": self.base,
            "dossier": dossier,
            "words": _wording(self.desk),
            "claims": {claim.id: claim for claim in dossier.claims},
            "families": FAMILIES,
            "revision": Desk.revision,
            "kinds": get_args(ClaimKind),
            "vaguenesses": get_args(Vagueness),
            "paths": _known_paths(dossier.claims),
        }

    def _texts(self) -> list[tuple[str, str, list[ShownBlock]]]:
        claims = self.desk.dossier.claims
        return [
            (
                text.id,
                text.title,
                [
                    ShownBlock(f"b-{number}-{i}", block)
                    for i, block in enumerate(marked_blocks(text, claims))
                ],
            )
            for number, text in enumerate(self.desk.dossier.texts)
        ]

    def page(self) -> str:
        """The whole page."""
        template = templates_of(PACKAGE).get_template("review.html.j2")
        return template.render(self._context(), texts=self._texts(), said="")

    def parts(self, outcome: Outcome, form: dict[str, str] | None = None) -> str:
        """The elements that changed, each to replace the one of the same id."""
        context, texts = self._context(), self._texts()
        reopened = form if form and "kind" in form and not outcome.done else None
        macros = templates_of(PACKAGE).get_template("parts.html.j2").make_module(context)
        found: list[Markup] = [macros.status(outcome.message, outcome.done)]
        if outcome.everything:
            found.append(macros.text_pane(texts))
            found.append(macros.claims_pane())
        else:
            touched = set(outcome.claims)
            for identifier in outcome.claims:
                claim = self.desk.claim(identifier)
                if claim is not None:
                    found.append(macros.claim_card(claim, reopened))
            for _, _, blocks in texts:
                found += [
                    macros.text_block(shown)
                    for shown in blocks
                    if any(touched & set(piece.claims) for piece in shown.block.pieces)
                ]
            found.append(macros.tally())
        return "\n".join(found)

    def card(self, identifier: str, form: dict[str, str] | None) -> str:
        """One claim; with a form, open for editing."""
        claim = self.desk.claim(identifier)
        macros = templates_of(PACKAGE).get_template("parts.html.j2").make_module(self._context())
        return str(macros.claim_card(claim, form) if claim else macros.status("no claim", False))


def _wording(desk: Desk) -> Wording:
    """Names from the dossier alone: a scenario in name only."""
    dossier = desk.dossier
    sides = tuple(Side(id=s.id, name=s.name) for s in dossier.battle.sides)
    empty = Scenario.model_construct(
        title=dossier.battle.title, clock=Clock(start="0001-01-01", end="0001-01-01"), sides=sides,
        places=tuple[Place](), forces=tuple[Force](), messages=(), decisions=(),
    )  # fmt: skip
    return Wording(empty, dossier)


def _known_paths(claims: tuple[Claim, ...]) -> list[str]:
    used = {claim.about for claim in claims if claim.about}
    bare = {name for name, (least, _) in QUANTITIES.items() if least == 0}
    return sorted(used | bare)


def review_app(path: str | Path, base: str) -> Starlette:
    """The review application of a dossier.

    Parameters
    ----------
    path : the dossier.yaml. base : the address that its pages begin with ("/token").

    Raises
    ------
    FileFaults : the dossier has faults.
    """
    from starlette.applications import Starlette
    from starlette.responses import HTMLResponse, RedirectResponse
    from starlette.routing import Route

    desk = Desk(path)
    view = ReviewView(desk, base)

    async def answered(request: Request, outcome: Outcome, form: dict[str, str]) -> Response:
        if "x-parts" not in request.headers:  # a browser without script
            return RedirectResponse(f"{base}/", status_code=303)
        body = await asyncio.to_thread(view.parts, outcome, form)
        # A refusal is an answer like another: an error status would be an error to the console.
        return HTMLResponse(body, headers={"x-done": "yes" if outcome.done else "no"})

    async def page(_: Request) -> Response:
        return HTMLResponse(await asyncio.to_thread(view.page))

    async def card(request: Request) -> Response:
        form = {} if request.path_params["look"] == "form" else None
        return HTMLResponse(view.card(request.path_params["claim"], form))

    async def change(request: Request) -> Response:
        form = {key: str(value) for key, value in (await request.form()).items()}
        outcome = await asyncio.to_thread(_changed, desk, dict(request.path_params), form)
        return await answered(request, outcome, form)

    return Starlette(
        routes=[
            Route("/", page),
            Route("/claims/{claim}/{look}", card, methods=["GET"]),
            Route("/claims/{claim}/{deed}", change, methods=["POST"]),
            Route("/questions/{question}", change, methods=["POST"]),
            Route("/{deed}", change, methods=["POST"]),
            *asset_routes("review.js"),
        ]
    )


def asset_routes(script: str) -> list[Any]:
    """Routes of style sheet, script and icon."""
    from starlette.responses import Response
    from starlette.routing import Route

    async def style(_: Request) -> Response:
        return Response(page_style() + own_file(PACKAGE, "studio.css"), media_type="text/css")

    async def code(_: Request) -> Response:
        return Response(own_file(PACKAGE, script), media_type="text/javascript")

    async def icon(_: Request) -> Response:
        return Response(own_file(PACKAGE, "icon.svg"), media_type="image/svg+xml")

    return [Route("/studio.css", style), Route("/studio.js", code), Route("/icon.svg", icon)]


def _changed(desk: Desk, where: dict[str, str], form: dict[str, str]) -> Outcome:
    """One change, by the address it was sent to."""
    revision = form.get("revision", "")
    if "question" in where:
        return desk.answer(where["question"], form.get("answer", ""))
    deed, claim = where.get("deed", ""), where.get("claim", "")
    if not claim:
        return {
            "add": lambda: desk.add(form),
            "undo": desk.undo,
            "redo": desk.redo,
            "merge": lambda: desk.merge(form.get("first", ""), form.get("second", "")),
        }.get(deed, lambda: Outcome(False, f"{deed!r} is nothing that can be done"))()
    return {
        "confirm": lambda: desk.decide(claim, "confirmed", revision),
        "reject": lambda: desk.decide(claim, "rejected", revision),
        "reopen": lambda: desk.decide(claim, "drafted", revision),
        "edit": lambda: desk.edit(claim, form, revision),
        "split": lambda: desk.split(claim, form, revision),
    }.get(deed, lambda: Outcome(False, f"{deed!r} is nothing that can be done"))()
