"""Commands that open the studio: review, explore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inje.cli._app import app
from inje.cli._output import say
from inje.cli._reconstruct import Seed, Threads, progress_bar

__all__: list[str] = []

Port = Annotated[int, typer.Option(min=0, max=65535, help="0: any free one.")]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page.")]


@app.command()
def review(
    source: Annotated[Path, typer.Argument(help="A dossier.yaml.")],
    port: Port = 0,
    browser: Browser = True,
) -> None:
    """Correct a record in a local page; every change is saved at once."""
    from inje.studio import review_dossier

    served = review_dossier(source, port=port, open_browser=browser)
    say(f"inje: {served.address} (Ctrl-C ends it)")
    served.run()


@app.command()
def explore(
    source: Annotated[Path, typer.Argument(help="A posterior.nc, or a scenario.yaml.")],
    port: Port = 0,
    browser: Browser = True,
    seed: Seed = 1,
    threads: Threads = None,
) -> None:
    """Change causes, claims and letters in a local page and see what follows."""
    from inje.posterior import condition_scenario, load_posterior
    from inje.scenario import load_scenario_and_record
    from inje.studio import explore_posterior

    if source.suffix == ".nc":
        posterior = load_posterior(source)
    else:
        with progress_bar() as progress:
            posterior = condition_scenario(
                load_scenario_and_record(source),
                seed=seed,
                ess=1000,
                threads=threads,
                progress=progress,
            )
    served = explore_posterior(posterior, port=port, open_browser=browser)
    say(f"inje: {served.address} (Ctrl-C ends it)")
    served.run()
