"""The sample's report in a real browser: nothing requested, nothing broken, usable by keyboard, printable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from juesuan.report.produce import produce

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    produce(str(ROOT / "data" / "xinzhou-shebao" / "2021"), out=str(folder), progress=False)
    return folder / "report.html"


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1360, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.goto(report.as_uri())
    yield page
    context.close()


def test_no_request_leaves_the_file_and_the_console_is_silent(browser: Browser, report: Path) -> None:
    page = browser.new_page()
    requests: list[str] = []
    messages: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(report.as_uri(), wait_until="networkidle")
    assert [url for url in requests if not url.startswith("data:")] == [report.as_uri()]
    assert messages == []
    page.close()


def test_pictures_load_and_have_alt_text(page: Page) -> None:
    pictures = page.evaluate("[...document.images].map(i => [i.complete && i.naturalWidth > 0, i.alt])")
    assert len(pictures) >= 4
    assert all(loaded and len(alt) > 20 for loaded, alt in pictures)


def test_every_character_has_a_glyph(page: Page) -> None:
    # An unknown character is drawn as the same box as this private-use one, at the same width and shape.
    boxes = page.evaluate(
        """() => {
          const draw = c => { const k = document.createElement('canvas'); k.width = k.height = 40;
            const x = k.getContext('2d', {willReadFrequently: true});
            x.font = '24px ' + getComputedStyle(document.body).fontFamily; x.fillText(c, 4, 30);
            return k.toDataURL(); };
          const box = draw('\\uE123');
          return [...new Set(document.body.innerText)].filter(c => c.trim() && draw(c) === box);
        }"""
    )
    assert boxes == []


def test_headings_are_in_order(page: Page) -> None:
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))


def test_a_number_leads_to_its_cell_by_click_and_by_keyboard(page: Page) -> None:
    link = page.locator("a.num", has_text="18.43").first
    target = link.get_attribute("href")
    assert target
    link.click()
    assert page.locator(":target").get_attribute("id") == target[1:]
    assert page.locator(":target").inner_text().strip() == "18.43↩"
    page.locator(":target a.back").click()
    assert page.locator(":target").inner_text() == "18.43"
    assert page.locator(":target").get_attribute("class") == "num"
    page.evaluate("history.replaceState(null, '', location.pathname)")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('td:target') !== null")
    assert page.locator(":target").get_attribute("id") == target[1:]
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 900


def test_focus_shows_where_a_number_comes_from(page: Page) -> None:
    link = page.locator("a.num.calc", has_text="72.39%").first
    link.focus()
    shown = link.evaluate("e => getComputedStyle(e, '::after').content")
    assert "21681.07 ÷ 29952.05" in shown
    assert link.evaluate("e => getComputedStyle(e, '::after').position") == "fixed"


def test_axe_reports_nothing_serious(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    serious = [
        (v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_nothing_is_wider_than_a_sheet_of_a4_in_print(page: Page) -> None:
    page.emulate_media(media="print")
    # 210 mm less two margins of 16 mm, at 96 dots an inch.
    page.set_viewport_size({"width": 672, "height": 900})
    wide = page.evaluate(
        "[...document.querySelectorAll('main table, main img, main p, main pre')]"
        ".filter(e => e.offsetParent && e.getBoundingClientRect().right > 673).map(e => e.outerHTML.slice(0, 120))"
    )
    assert wide == []
    assert not any(page.locator("details.code").nth(i).is_visible() for i in range(2))
    assert page.locator(".sources").first.is_visible()


def test_it_prints_on_a4_pages(page: Page) -> None:
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert 8 <= pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") + pdf.count(b"/Type/Page/") <= 40
