"""Exploring: what weighs is weighed anew, what acts is fought again, the rest stays as it was."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.browsing import until
from tests.reporting.made_up import posterior
from tests.timing import within

from inje.studio import Bench, Changes, explore_app
from inje.studio._explore import sliders
from inje.studio._retelling import WORLDS, told_world

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Served = Callable[[Callable[[str], Any]], str]


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(posterior())


def test_nothing_changed_is_as_it_was(bench: Bench) -> None:
    result = bench.result(Changes())
    assert all(row.before == row.after for row in result.rows)
    for shares in result.shares:
        assert sum(before for _, before, _ in shares.options) == pytest.approx(1)
        assert all(before == after for _, before, after in shares.options)


def test_a_side_is_called_alike_in_every_table() -> None:
    made = posterior()
    asked = made.scenario.causes["attacker"]
    labels = {side: f"the forces loyal to {side}" for side in asked.options}
    causes = {"attacker": asked.model_copy(update={"labels": labels})}
    scenario = made.scenario.model_copy(update={"causes": causes})
    named = replace(made, scenario=scenario.with_dossier(made.scenario.dossier))
    shares = Bench(named).result(Changes()).shares
    by_question = {each.name: {word for word, *_ in each.options} for each in shares}
    assert by_question["attacker"] <= by_question["winner"]


def test_the_same_causes_give_the_same_worlds_to_the_bit(bench: Bench) -> None:
    posterior = bench.posterior
    columns, share = bench.fought(posterior.weights, {})
    points = (np.arange(share.size) + 0.5) / share.size * posterior.weights.sum()
    rows = np.searchsorted(np.cumsum(posterior.weights), points)
    for name, column in columns.items():
        assert np.array_equal(column, np.asarray(posterior.draws[name])[rows]), name


def test_leaving_every_claim_out_gives_the_prior_back(bench: Bench) -> None:
    ids = tuple(claim.id for claim in bench.posterior.claims.claims)
    weights = bench.weights(Changes(without=ids))
    assert np.allclose(weights, weights[0])


def test_a_letter_changes_weights_and_a_cause_changes_worlds(bench: Bench) -> None:
    graded = bench.weights(Changes(letters={"narrator": "A"}))
    assert not np.allclose(graded, bench.posterior.weights)
    none = bench.result(Changes(causes={"strength.league-force": 0.0}))
    league = next(row for row in none.rows if row.name == "losses.republic.total")
    assert league.after == (0.0, 0.0, 0.0), "nobody is there to inflict losses"


def test_an_answer_comes_at_once(bench: Bench) -> None:
    bench.result(Changes(causes={"strength.garrison": 100.0}))  # compiles what is missing
    strengths = itertools.count(150.0)  # another each time: nothing is answered from memory

    def moved() -> None:
        bench.result(Changes(causes={"strength.garrison": next(strengths)}))

    assert within(0.5, moved)


def test_a_cause_that_nobody_set_is_no_consequence(bench: Bench) -> None:
    other = bench.result(Changes(causes={"strength.league-force": 0.0}))
    causes = {"account", *bench.posterior.scenario.causes}
    told = [shares for shares in other.shares if shares.name in causes]
    assert told
    for shares in told:
        assert all(before == pytest.approx(after) for _, before, after in shares.options)
    moved = next(shares for shares in other.shares if shares.name == "winner")
    assert any(before != pytest.approx(after) for _, before, after in moved.options)


def test_a_slider_reaches_its_end_in_whole_steps(bench: Bench) -> None:
    found = sliders(bench)
    assert {slider.path.partition(".")[0] for slider in found} == {"strength", "rate"}
    for slider in found:
        steps = (slider.high - slider.low) / slider.step
        assert steps == pytest.approx(round(steps), abs=1e-9)
        assert slider.low < slider.middle < slider.high
        assert 100 < steps < 300


@pytest.mark.browser
def test_a_slider_moves_the_results(page: Page, served: Served) -> None:
    address = served(lambda base: explore_app(posterior(), base))
    page.goto(address)
    before = page.inner_text("#results")
    slider = page.locator("input[name='value:strength.garrison']")
    slider.fill(f"{float(slider.get_attribute('max') or ''):g}")
    page.locator("#said:has-text('Computed')").wait_for()
    assert page.is_checked("input[name='set:strength.garrison']")
    changed = page.inner_text("#results")
    assert changed != before
    page.click("button[type=reset]")
    page.locator("#results:has-text('As the record leaves it')").wait_for()
    assert page.inner_text("#results") == before
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_the_last_move_of_a_drag_is_the_one_that_counts(page: Page, served: Served) -> None:
    asked: list[str] = []
    answered: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    page.on("requestfinished", lambda request: answered.append(request.url))
    page.goto(served(lambda base: explore_app(posterior(), base)))
    page.wait_for_load_state("networkidle")
    del asked[:], answered[:]

    def still() -> bool:
        last = asked[-1].replace("%3A", ":") if asked else ""
        return "strength.garrison=60" in last and len(answered) == len(asked)

    page.eval_on_selector("input[name='value:strength.garrison']", _DRAGGED)
    assert until(page, still), asked
    page.locator("#results[data-last]").wait_for(state="detached")
    page.locator("#said", has_text="Computed").wait_for()
    assert len(asked) < 10, "one question at a time"
    dragged = page.inner_text("#results")
    page.fill("input[name='value:strength.garrison']", "30")
    assert until(page, lambda: page.inner_text("#results") != dragged)
    page.fill("input[name='value:strength.garrison']", "60")
    assert until(page, lambda: page.inner_text("#results") == dragged)


#: forty moves in one breath, the last to 60
_DRAGGED = """(slider) => {
  document.getElementById("results").dataset.last = "";
  for (let i = 0; i < 40; i++) {
    slider.value = String(21 + i);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_it_is_usable_by_everybody(
    browser: Browser, served: Served, width: int, scheme: Any
) -> None:
    import axe_playwright_python

    source = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
    context = browser.new_context(
        bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    page.goto(served(lambda base: explore_app(posterior(), base)))
    page.evaluate(source)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    told = [(v["id"], [n["target"] for n in v["nodes"]][:4]) for v in found["violations"]]
    context.close()
    assert told == []


def test_a_changed_world_is_told_as_it_happened(bench: Bench) -> None:
    told = [told_world(bench, Changes(), number) for number in range(4)]
    assert all(one.moments or one.refused for one in told)
    assert told_world(bench, Changes(), 0) == told[0], "the same world, to the bit"
    assert told_world(bench, Changes(), WORLDS) == told[0], "counted round"
    assert len({one.moments for one in told}) > 1, "worlds differ"
    for one in told:
        lost = [sum(loss for _, loss in moment.losses) for moment in one.moments]
        assert lost == sorted(lost), "losses only grow"


def test_rival_explanations_stand_beside_what_follows(bench: Bench) -> None:
    names = [shares.name for shares in bench.result(Changes()).shares]
    scenario = bench.posterior.scenario
    assert names[0] == "winner"
    assert ("account" if scenario.accounts else next(iter(scenario.causes))) in names


@pytest.mark.browser
def test_a_world_is_told_in_the_page(page: Page, served: Served) -> None:
    page.goto(served(lambda base: explore_app(posterior(), base)))
    page.click("#telling summary")
    page.locator("#retold .moments, #retold p:not(:has-text('Not told yet'))").first.wait_for()
    first = page.inner_text("#retold")
    for _ in range(4):
        page.click("#next-world")
    assert until(page, lambda: page.inner_text("#retold") != first)
