"""A figure that is printed but no number is unknown, not 0; a year that is no neighbour is named; units are the book's."""

from __future__ import annotations

from dataclasses import replace

from books import full_book, with_fact
from juesuan.accounts import Accounts, Cited, History, Source
from juesuan.charts import draw_years, year_on_year
from juesuan.narrative import narrative
from juesuan.report.display import title


def test_a_class_without_a_number_has_no_change(book: Accounts) -> None:
    last = replace(full_book(seed=2), year=2020)
    spoilt = replace(with_fact(book, "T5[208].合计", "待补"), previous=last)
    chart = year_on_year(spoilt)
    assert chart is not None
    assert book.name_of("T5", "208") not in chart.alt
    assert book.name_of("T5", "201") in chart.alt


def test_a_share_without_a_number_is_left_out_of_the_structure(book: Accounts) -> None:
    years = History.of([replace(full_book(seed=2), year=2020), with_fact(book, "T5[208].合计", "")])
    chart = draw_years("structure_years", years)
    assert chart is not None
    assert book.name_of("T5", "208") not in chart.alt


def test_a_year_that_is_no_neighbour_is_named(book: Accounts) -> None:
    gap = replace(book, previous=replace(full_book(seed=2), year=book.year - 3))
    text = narrative(gap, "explanation").text
    assert f"与{book.year - 3}年度相比" in text
    assert "与上年相比" not in text
    near = replace(book, previous=replace(full_book(seed=2), year=book.year - 1))
    assert "与上年相比" in narrative(near, "explanation").text


def test_the_title_names_the_unit_of_the_book(book: Accounts) -> None:
    in_yuan = replace(book, source=Source(unit=Cited("元")))
    assert "单位：元" in title(in_yuan).html
    assert "单位：万元" in title(book).html
