"""The audit page in a real browser: the text marked, every mark leading somewhere, usable by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from juesuan.findings import check
from juesuan.readers import open_accounts
from juesuan.report.produce import hand_off

pytestmark = pytest.mark.browser
SEED = Path(__file__).parents[2] / "data" / "xinzhou-shebao" / "2021"


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit")
    hand_off(str(SEED), check(open_accounts(SEED)), out=str(folder), progress=False)
    return folder / "audit.html"


@pytest.fixture
def page(browser: Browser, audit: Path) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1360, "height": 900})
    page.goto(audit.as_uri())
    yield page
    page.close()


def test_every_link_has_a_target(page: Page) -> None:
    dead = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => decodeURIComponent(a.hash.slice(1)))"
        ".filter(id => !document.getElementById(id))"
    )
    assert dead == []


def test_a_marked_number_leads_to_its_cell_and_its_mark_to_the_finding(page: Page) -> None:
    number = page.locator("a.mark", has_text="72.36%").first
    number.click()
    assert page.locator(":target").evaluate("e => e.tagName") == "TD"
    wrong = page.locator(".mark.inconsistent", has_text="99.68%").first
    wrong.locator("xpath=following-sibling::a[1]").click()
    assert "99.19%–99.30%" in page.locator(":target").inner_text()
    page.locator(":target a[href^='#at-']").first.click()
    assert page.locator(":target").inner_text() == "99.68%"


def test_focus_says_what_a_number_is(page: Page) -> None:
    number = page.locator(".mark.inconsistent", has_text="99.68%").first
    number.focus()
    shown = number.evaluate("e => getComputedStyle(e, '::after').content")
    assert "完成率" in shown
    assert "R1005" in shown


def test_it_asks_for_nothing_and_breaks_no_rule(browser: Browser, audit: Path) -> None:
    page = browser.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(audit.as_uri(), wait_until="networkidle")
    assert [url for url in requests if not url.startswith("data:")] == [audit.as_uri()]
    found = Axe().run(page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    page.close()


def test_a_narrow_window_scrolls_only_in_the_table_boxes(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
