"""Explore: change a source, a claim or a cause, and see what follows."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from markupsafe import Markup

from inje.posterior import LETTERS, Posterior
from inje.reporting import spoken
from inje.scenario import parameters
from inje.studio._bench import Bench, Changes
from inje.studio._retelling import told_world
from inje.studio._review import asset_routes, environment

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["explore_app"]


@dataclass(frozen=True, slots=True)
class Slider:
    """A number that may be set: its path, in words, and the range the posterior gives it."""

    path: str
    label: str
    unit: str
    low: float
    high: float
    step: float
    middle: float


def sliders(bench: Bench) -> list[Slider]:
    """One for the strength of each force and the rate of each engagement."""
    posterior = bench.posterior
    found = []
    for path, quantity in parameters(posterior.scenario).items():
        if path.partition(".")[0] not in ("strength", "rate") or path not in posterior.draws:
            continue
        low, middle, high = (v or 0.0 for v in bench.quantiles(path))
        whole = path.startswith("strength")
        top = max(high, 2 * middle)
        step = max(1.0, round(top / 200)) if whole else float(top / 200)
        low = 0.0 if whole else float(low)
        label = bench.wording.path(path)
        found.append(
            Slider(path, label, quantity.unit, low, float(np.ceil(top)) if whole else top,
                   step, float(round(middle) if whole else middle))
        )  # fmt: skip
    return found


def changes_of(form: Mapping[str, str], bench: Bench) -> Changes:
    """Changes from the fields of the page; what it does not offer is left out."""
    posterior = bench.posterior
    letters = {
        agent: form[f"letter:{agent}"]
        for agent in posterior.claims.letters
        if form.get(f"letter:{agent}") in LETTERS
        and form[f"letter:{agent}"] != (posterior.claims.letters[agent] or "F")
    }
    without = tuple(claim.id for claim in posterior.claims.claims if f"without:{claim.id}" in form)
    causes: dict[str, float | str] = {}
    for slider in sliders(bench):
        if form.get(f"set:{slider.path}"):
            value = _number(form.get(f"value:{slider.path}", ""))
            if value is not None and slider.low <= value <= slider.high:
                causes[slider.path] = value
    if not posterior.scenario.accounts:
        for path, choice in posterior.scenario.causes.items():
            if form.get(f"cause:{path}") in choice.options:
                causes[path] = form[f"cause:{path}"]
    return Changes(letters, without, causes)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def explore_app(posterior: Posterior, base: str) -> Starlette:
    """The application that explores a posterior.

    Parameters
    ----------
    posterior : weighed worlds. base : the address that its pages begin with ("/token").
    """
    from starlette.applications import Starlette
    from starlette.background import BackgroundTask
    from starlette.responses import HTMLResponse
    from starlette.routing import Route

    bench = Bench(posterior)
    context: dict[str, Any] = {
        "base": base,
        "bench": bench,
        "scenario": posterior.scenario,
        "sliders": sliders(bench),
        "letters": tuple(LETTERS),
        "given": dict(posterior.claims.letters),
        "claims": posterior.claims.claims,
        "dossier": {c.id: c for c in posterior.scenario.dossier.claims}
        if posterior.scenario.dossier
        else {},
        "words": bench.wording,
        "spoken": spoken,
        "diagnostics": posterior.diagnostics,
    }

    def rendered(form: Mapping[str, str]) -> str:
        changes = changes_of(form, bench)
        macros = environment().get_template("results.html.j2").make_module(context)
        return str(macros.results(bench.result(changes), bool(changes), bool(changes.causes)))

    async def page(_: Request) -> Response:
        results = Markup(await asyncio.to_thread(rendered, {}))  # noqa: S704  a template, escaped
        template = environment().get_template("explore.html.j2")
        warm = BackgroundTask(bench.warm)  # runs in a thread once the page is on its way
        return HTMLResponse(template.render(context, results=results), background=warm)

    def retold(form: Mapping[str, str]) -> str:
        number = _number(form.get("world", "0")) or 0.0
        told = told_world(bench, changes_of(form, bench), int(number))
        macros = environment().get_template("results.html.j2").make_module(context)
        return str(macros.retold(told))

    async def world(request: Request) -> Response:
        form = {key: str(value) for key, value in (await request.form()).items()}
        return HTMLResponse(await asyncio.to_thread(retold, form))

    async def change(request: Request) -> Response:
        form = {key: str(value) for key, value in (await request.form()).items()}
        return HTMLResponse(await asyncio.to_thread(rendered, form))

    return Starlette(
        routes=[
            Route("/", page),
            Route("/results", change, methods=["POST"]),
            Route("/world", world, methods=["POST"]),
            *asset_routes("explore.js"),
        ]
    )
