"""What a cell shows is what it holds: values through number formats, labels and heads by their words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from juesuan.quantity import State
from juesuan.readers.files.number_formats import formatted
from juesuan.readers.files.sheet import unwrapped
from juesuan.readers.tables.names import column_of

EXCEL_ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        ("29.3", "0.00", "29.30"), ("21633.345", "#,##0.00", "21633.35"), ("29.3", "General", "29.3"),
        ("29", "General", "29"),
        ("-29.345", "#,##0.00", "-29.35"), ("1234.5", "#,##0", "1235"), ("0", "0.00", "0.00"),
        ("0", "General", "0"),
        ("-5.5", "#,##0.00_);(#,##0.00)", "-5.50"), ("-5.5", "[Red]#,##0.00", "-5.50"),
        ("1000", "General", "1000"),
        ("29.3", '#,##0.00"万元"', "29.30"), ("29.3", '#,##0.00;-#,##0.00;"-"', "29.30"),
        ("29.3", EXCEL_ACCOUNTING, "29.30"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_shown(value: str, number_format: str, shown: str) -> None:
    quantity = formatted(Decimal(value), number_format, "万元", "表!A1")
    assert (quantity.printed, quantity.unit, quantity.cell) == (shown, "万元", "表!A1")


@pytest.mark.parametrize(
    ("value", "number_format", "shown"), [("0.98", "0%", "98"), ("0.72391", "0.00%", "72.39")]
)
def test_a_percent_format_is_a_rate(value: str, number_format: str, shown: str) -> None:
    quantity = formatted(Decimal(value), number_format, "万元")
    assert (quantity.printed, quantity.unit) == (shown, "%")


@pytest.mark.parametrize(
    ("number_format", "state"),
    [
        ('#,##0.00;-#,##0.00;"-"', State.DASH),
        ("#,##0.00;-#,##0.00;", State.BLANK),
        (EXCEL_ACCOUNTING, State.DASH),
    ],
)
def test_a_zero_that_is_shown_as_a_dash_is_a_dash(number_format: str, state: State) -> None:
    assert formatted(Decimal(0), number_format, "万元").state is state


def test_optional_decimals_that_are_not_shown_are_not_printed() -> None:
    assert formatted(Decimal("29.3"), "#,##0.##", "万元").printed == "29.3"


def test_a_general_cell_does_not_show_binary_noise() -> None:
    assert formatted(Decimal("21681.069999999996"), "General", "万元").printed == "21681.07"


@pytest.mark.parametrize(
    "number_format",
    [
        "0.00,",
        "#,##0.00,,",
        '0!.0,"万元"',
        '0.00"亿"',
        '0"."00',
        "0.00E+00",
        "# ?/?",
        "[DBNum2]0",
        "[>=10000]0.0",
        "0.00;;",
    ],
)
def test_a_format_that_is_not_understood_gives_no_number(number_format: str) -> None:
    quantity = formatted(Decimal("-123456.78"), number_format, "万元")
    assert (quantity.state, quantity.value) == (State.UNPARSED, None)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("社会保障\n和就业支出", "社会保障和就业支出"), ("公 务 用 车\t购 置 费", "公务用车购置费"),
        ("　一、 收入", "一、收入"), ("Data  Centre 2 号", "Data Centre 2号"), ("20106\n01", "2010601"),
    ],
)  # fmt: skip
def test_a_label_is_one_line_without_padding(text: str, line: str) -> None:
    assert unwrapped(text) == line


@pytest.mark.parametrize(
    ("path", "column"),
    [
        (["公务用车购置及运行维护费", "小计"], "公务用车购置及运行费"), (["运行费"], "公务用车运行维护费"),
        (["决算数", "合计"], "合计"), (["年初预算数", "合计"], ""), (["合计", "人员经费"], ""), (["行次"], ""),
    ],
)  # fmt: skip
def test_the_most_specific_word_names_the_column(path: list[str], column: str) -> None:
    wanted = ["合计", "公务用车购置及运行费", "公务用车购置费", "公务用车运行维护费"]
    assert column_of(path, wanted) == column
