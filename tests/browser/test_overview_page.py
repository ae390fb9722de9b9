"""The overview in a real browser: 2,000 departments open fast; search, sort and choice by mouse and keyboard."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import papermill
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from juesuan.report.exporter import JuesuanExporter

sys.path.append(str(Path(__file__).parents[1]))
import overview_data  # noqa: E402

pytestmark = pytest.mark.browser
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "overview.ipynb"
MATRIX = ".ov-list[data-spread]"
# Until what the change shows has been laid out and painted.
TIMED = """async (script) => {
  const start = performance.now();
  new Function("list", script)(document.querySelector(".ov-list[data-spread]"));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}"""
SEARCH = "const i = list.querySelector('input'); i.value = '交通'; i.dispatchEvent(new Event('input'))"
SORT = "list.querySelectorAll('thead button')[2].click()"


def made(folder: Path) -> Path:
    executed = folder / "overview.ipynb"
    parameters = {"dataset": str(folder / "dataset"), "title": "示例市部门决算总览"}
    papermill.execute_notebook(
        str(NOTEBOOK), str(executed), parameters, progress_bar=False, kernel_name="python3"
    )
    html, _ = JuesuanExporter().from_notebook_node(nbformat.read(executed, as_version=4))
    (folder / "overview.html").write_text(html, encoding="utf-8")
    return folder / "overview.html"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    overview_data.many(folder / "dataset", 2000)
    return made(folder)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    overview_data.small(folder / "dataset")
    return made(folder)


@pytest.fixture
def page(browser: Browser, small: Path) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(small.as_uri())
    yield page
    page.close()


def names(page: Page) -> list[str]:
    rows = f"[...document.querySelectorAll('{MATRIX} tbody tr')].filter((row) => row.offsetHeight)"
    return list(page.evaluate(f"{rows}.map((row) => row.cells[0].textContent)"))


def test_two_thousand_departments_open_and_answer_fast(browser: Browser, large: Path) -> None:
    assert large.stat().st_size < 3_000_000
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    start = time.perf_counter()
    page.goto(large.as_uri())
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert time.perf_counter() - start < 3
    assert page.locator(f"{MATRIX} tbody tr").count() == 2000
    assert len(names(page)) == 100
    for script in (SEARCH, SORT):
        # The best of three: the machine may be busy with something else.
        assert min(page.evaluate(TIMED, script) for _ in range(3)) < 200
    assert page.locator(f"{MATRIX} .ov-state").inner_text().startswith("符合“交通”的 ")
    assert all("交通" in name for name in names(page))
    page.locator(f"{MATRIX} [data-more=all]").click()
    assert len(names(page)) == page.evaluate(
        f"[...document.querySelectorAll('{MATRIX} tbody th')].filter((e) => e.textContent.includes('交通')).length"
    )
    page.close()


def test_search_and_sort_by_keyboard(page: Page) -> None:
    assert names(page) == ["乙局", "甲局", "丙局"]
    rate = page.get_by_role("button", name="按2022 年度完成率排序")
    rate.focus()
    page.keyboard.press("Enter")
    # 丙局 has no rate that year: it goes last either way.
    assert names(page) == ["甲局", "乙局", "丙局"]
    page.keyboard.press("Space")
    assert names(page) == ["乙局", "甲局", "丙局"]
    assert page.locator(f"{MATRIX} [aria-sort=descending]").count() == 1
    page.get_by_role("button", name="按2022 年度核对排序").click()
    assert names(page)[0] == "甲局"
    page.locator(MATRIX).get_by_role("searchbox").press_sequentially("丙")
    assert names(page) == ["丙局"]
    assert page.locator(f"{MATRIX} .ov-state").inner_text() == "符合“丙”的 1 个部门，共 3 个部门"


def test_year_and_verdict_go_together(page: Page) -> None:
    marks, years = (page.locator(f"{MATRIX} select[data-name={name}]") for name in ("mark", "year"))
    marks.select_option(label="有错误")
    assert names(page) == ["甲局"]
    years.select_option("2023")
    assert names(page) == []
    marks.select_option(label="未完成")
    assert names(page) == ["乙局"]
    # Only the columns of that year stand beside the name.
    assert page.locator(f"{MATRIX} tbody tr:visible td:visible").all_inner_texts() == ["未完成", ""]
    assert page.locator(f"{MATRIX} thead tr:first-child th:visible").all_inner_texts()[1:] == ["2023"]
    assert page.locator(f"{MATRIX} thead tr:last-child th:visible").count() == 2
    years.select_option("")
    assert page.locator(f"{MATRIX} thead tr:last-child th:visible").count() == 4


def test_without_script_and_on_paper_nothing_is_missing(browser: Browser, large: Path) -> None:
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(large.as_uri())
    assert len(names(plain)) == 2000
    assert plain.locator(".ov-find:visible, .ov-more:visible").count() == 0
    plain.close()
    paper = browser.new_page()
    paper.goto(large.as_uri())
    paper.emulate_media(media="print")
    assert len(names(paper)) == 2000
    assert paper.locator("input:visible, .ov-more:visible").count() == 0
    paper.close()


@pytest.mark.parametrize("size", ["small", "large"])
def test_it_asks_for_nothing_and_breaks_no_rule(
    browser: Browser, size: str, request: pytest.FixtureRequest
) -> None:
    file: Path = request.getfixturevalue(size)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(file.as_uri(), wait_until="networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert wrong == []
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    page.close()


def test_a_narrow_window_scrolls_only_in_the_table_boxes(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_head_of_the_table_stays_in_sight(browser: Browser, large: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(large.as_uri())
    box = page.locator(f"{MATRIX} .tall")
    box.scroll_into_view_if_needed()
    box.evaluate("e => e.scrollTop = 900")
    top = box.evaluate(
        "e => e.querySelector('thead').getBoundingClientRect().top - e.getBoundingClientRect().top"
    )
    assert abs(top) < 2
    page.close()
