"""Explore: change a source, a claim or a cause, and see what follows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING, Any

import numpy as np
from markupsafe import Markup

from inje.posterior import LETTERS, Posterior
from inje.reporting import spoken, templates_of
from inje.scenario import parameters
from inje.studio._bench import Bench, Changes
from inje.studio._retelling import told_world
from inje.studio._review import PACKAGE, asset_routes

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
        low = 0.0 if whole else float(low)
        step = float(max(1, round(top / 200))) if whole else float(top - low) / 200
        if whole:
            middle, top = round(middle), step * np.ceil(top / step)  # a slider stops at whole steps
        label = bench.wording.path(path)
        found.append(Slider(path, label, quantity.unit, low, float(top), step, float(middle)))
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


class _Pages:
    """What the exploring page answers; the work is done beside the event loop."""

    def __init__(self, posterior: Posterior, base: str) -> None:
        self.bench = Bench(posterior)
        dossier = posterior.scenario.dossier
        self.context: dict[str, Any] = {
            "base": base,
            "bench": self.bench,
            "scenario": posterior.scenario,
            "sliders": sliders(self.bench),
            "letters": tuple(LETTERS),
            "given": dict(posterior.claims.letters),
            "claims": posterior.claims.claims,
            "dossier": {c.id: c for c in dossier.claims} if dossier else {},
            "words": self.bench.wording,
            "spoken": spoken,
            "diagnostics": posterior.diagnostics,
        }

    def _macros(self) -> Any:
        return templates_of(PACKAGE).get_template("results.html.j2").make_module(self.context)

    def _results(self, form: Mapping[str, str]) -> str:
        changes = changes_of(form, self.bench)
        result = self.bench.result(changes)
        return str(self._macros().results(result, bool(changes), bool(changes.causes)))

    def _world(self, form: Mapping[str, str]) -> str:
        number = _number(form.get("world", "0")) or 0.0
        told = told_world(self.bench, changes_of(form, self.bench), int(number))
        return str(self._macros().retold(told))

    async def page(self, _: Request) -> Response:
        """The page as the record leaves it."""
        from starlette.responses import HTMLResponse

        results = Markup(await asyncio.to_thread(self._results, {}))  # noqa: S704  escaped
        shown = (
            templates_of(PACKAGE)
            .get_template("explore.html.j2")
            .render(self.context, results=results)
        )
        return HTMLResponse(shown)

    async def results(self, request: Request) -> Response:
        """What follows from the form's changes."""
        return await _answer(self._results, request)

    async def world(self, request: Request) -> Response:
        """One of the changed worlds, told."""
        return await _answer(self._world, request)


async def _answer(make: Callable[[Mapping[str, str]], str], request: Request) -> Response:
    from starlette.responses import HTMLResponse

    form = {key: str(value) for key, value in (await request.form()).items()}
    return HTMLResponse(await asyncio.to_thread(make, form))


def explore_app(posterior: Posterior, base: str) -> Starlette:
    """The application that explores a posterior.

    Parameters
    ----------
    posterior : weighed worlds. base : the address that its pages begin with ("/token").
    """
    from starlette.applications import Starlette
    from starlette.routing import Route

    pages = _Pages(posterior, base)
    # While the browser opens: the first slider need not wait for what is loaded but once.
    Thread(target=pages.bench.warm, name="warming").start()
    return Starlette(
        routes=[
            Route("/", pages.page),
            Route("/results", pages.results, methods=["POST"]),
            Route("/world", pages.world, methods=["POST"]),
            *asset_routes("explore.js"),
        ]
    )
