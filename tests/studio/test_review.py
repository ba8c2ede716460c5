"""The review page in a real browser: keyboard, selection, two tabs, reload."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from inje.dossier import Entity, load_dossier, save_dossier
from inje.studio import review_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
Served = Callable[[Callable[[str], Any]], str]


@pytest.fixture
def address(served: Served, folder: Path) -> str:
    return served(lambda base: review_app(folder / "dossier.yaml", base))


def _status(folder: Path, claim: str) -> str:
    found = load_dossier(folder / "dossier.yaml").claims
    return next(c.status for c in found if c.id == claim)


def _said(page: Page, words: str) -> None:
    # A function would be polled by eval, which the page's policy forbids.
    page.locator("#said", has_text=words).wait_for()


SELECT = """
([words]) => {
  for (const piece of document.querySelectorAll('#text [data-at]')) {
    const at = piece.textContent.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(piece.firstChild, at, piece.firstChild, at + words.length);
    return true;
  }
  return false;
}
"""


def test_claims_are_decided_from_the_keyboard_and_taken_back(
    page: Page, address: str, folder: Path
) -> None:
    page.goto(address)
    assert page.inner_text("#tally") == "5 of 8 claims open"
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.get_attribute(".claim.current", "data-claim") == "strength"
    assert page.inner_text("#text .mark.current") == "some 600 men"
    page.keyboard.press("c")
    _said(page, "strength confirmed")
    assert _status(folder, "strength") == "confirmed"
    assert page.inner_text("#tally") == "4 of 8 claims open"
    assert "s-confirmed" in (page.get_attribute("#text .mark.current", "class") or "")
    page.keyboard.press("n")
    assert page.get_attribute(".claim.current", "data-claim") == "days"
    page.keyboard.press("r")
    _said(page, "days rejected")
    assert _status(folder, "days") == "rejected"
    page.keyboard.press("u")
    _said(page, "taken back")
    assert _status(folder, "days") == "drafted"
    page.keyboard.press("U")
    _said(page, "made again")
    assert _status(folder, "days") == "rejected"
    page.reload()
    assert page.inner_text("#c-days .status") == "rejected"


def test_an_edit_is_checked_saved_and_kept(page: Page, address: str, folder: Path) -> None:
    page.goto(address)
    page.click("#c-lost [data-form]")
    page.fill("#c-lost [name=about]", "losses.league.eaten")
    page.keyboard.press("Enter")
    _said(page, "eaten")
    assert page.input_value("#c-lost [name=about]") == "losses.league.eaten", (
        "nothing typed is lost"
    )
    page.fill("#c-lost [name=about]", "losses.league.killed")
    page.fill("#c-lost [name=best]", "11")
    page.click("#c-lost .main")
    _said(page, "lost edited")
    claim = next(c for c in load_dossier(folder / "dossier.yaml").claims if c.id == "lost")
    assert claim.about == "losses.league.killed"
    assert claim.value is not None
    assert claim.value.best == 11
    page.reload()
    assert "11" in page.inner_text("#c-lost .about")
    page.click("#c-lost [data-form]")
    page.click("#c-lost [data-cancel]")
    page.wait_for_selector("#c-lost [data-form]")


def test_selected_words_become_a_claim(page: Page, address: str, folder: Path) -> None:
    page.goto(address)
    assert page.evaluate(SELECT, ["reported on 3 May"])
    page.keyboard.press("a")
    assert page.inner_text("#adding-quote") == "reported on 3 May"
    page.fill("#adding [name=about]", "report.holt")
    page.click("#adding .main")
    _said(page, "added")
    added = load_dossier(folder / "dossier.yaml").claims[-1]
    assert added.anchor is not None
    assert added.anchor.quote == "reported on 3 May"
    assert added.about == "report.holt"
    assert page.get_attribute(".claim.current", "data-claim") == added.id
    assert page.is_visible(f"#text .mark[data-claims~='{added.id}']")


def test_selected_words_offer_what_they_are_for(page: Page, address: str, folder: Path) -> None:
    """A phone has no keys: the same by buttons, once words are selected."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address)
    assert not page.is_visible("#picked")
    assert page.evaluate(SELECT, ["reported on 3 May"])
    page.wait_for_selector("#pick-add", state="visible")
    assert not page.is_visible("#pick-split"), "no claim is chosen that could be split"
    page.click("#pick-add")
    assert page.inner_text("#adding-quote") == "reported on 3 May"
    page.click("#adding button[value=close]")
    page.evaluate("getSelection().removeAllRanges()")
    page.wait_for_selector("#picked", state="hidden")


@pytest.mark.parametrize("by", ["key", "button"])
def test_a_part_of_a_claim_is_split_off(page: Page, address: str, folder: Path, by: str) -> None:
    before = load_dossier(folder / "dossier.yaml").claims
    whole = next(c for c in before if c.id == "losses" and c.anchor)
    page.goto(address)
    page.click("#c-losses blockquote")
    assert page.evaluate(SELECT, ["killed or wounded"])
    if by == "key":
        page.keyboard.press("s")
    else:
        page.click("#pick-split")
    _said(page, "split")
    after = load_dossier(folder / "dossier.yaml").claims
    (new,) = [c for c in after if c.id not in {c.id for c in before}]
    assert new.anchor is not None
    assert new.anchor.quote == "killed or wounded"
    assert whole.anchor is not None
    assert page.get_attribute(".claim.current", "data-claim") == new.id


def test_two_names_become_one(page: Page, address: str, folder: Path) -> None:
    page.goto(address)
    page.select_option(".merging [name=first]", "bridge")
    page.select_option(".merging [name=second]", "mill")
    page.click(".merging button")
    _said(page, " is ")
    found = {e.id: e.same_as for e in load_dossier(folder / "dossier.yaml").entities}
    assert "mill" in found["bridge"] or "bridge" in found["mill"]


def test_two_tabs_do_not_lose_an_edit(browser: Browser, address: str, folder: Path) -> None:
    context = browser.new_context()
    first, second = context.new_page(), context.new_page()
    first.goto(address)
    second.goto(address)
    first.click("#c-days [data-key=c]")
    _said(first, "days confirmed")
    second.click("#c-days [data-key=r]")
    _said(second, "changed elsewhere")
    assert second.inner_text("#c-days .status") == "confirmed", "the page shows what is so now"
    assert _status(folder, "days") == "confirmed"
    context.close()


def test_questions_are_answered(page: Page, address: str, folder: Path) -> None:
    page.goto(address)
    page.check(".question input[value='the captain']")
    page.click(".question button")
    _said(page, "answered")
    assert load_dossier(folder / "dossier.yaml").questions[0].answer == "the captain"


@pytest.mark.parametrize("width", [390, 820])
def test_long_names_and_words_do_not_widen_the_page(
    page: Page, served: Served, folder: Path, width: int
) -> None:
    record = load_dossier(folder / "dossier.yaml")
    name = "The commander of the reorganised forces that were loyal to the Republic " + "w" * 60
    entities = (*record.entities, Entity(id="long", kind="person", name=name))
    save_dossier(record.model_copy(update={"entities": entities}), folder / "dossier.yaml")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(served(lambda base: review_app(folder / "dossier.yaml", base)))
    assert name in page.inner_text(".merging select")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_it_is_usable_by_everybody(browser: Browser, address: str, width: int, scheme: Any) -> None:
    import axe_playwright_python

    source = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
    context = browser.new_context(
        bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("#c-lost [data-form]")
    page.wait_for_selector("#c-lost [name=about]")
    page.evaluate(source)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    told = [(v["id"], [n["target"] for n in v["nodes"]][:4]) for v in found["violations"]]
    context.close()
    assert told == []
