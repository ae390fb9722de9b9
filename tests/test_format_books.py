"""Old Excel and OpenDocument workbooks. files/synthetic.xls holds 示例数据（合成）, converted once from a generated xlsx."""

from __future__ import annotations

import io
import shutil
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
import xlrd.compdoc
from openpyxl import Workbook

from juesuan.errors import JuesuanError
from juesuan.quantity import State
from juesuan.readers.files.limits import COLUMNS, ROWS
from juesuan.readers.files.ods import read_ods
from juesuan.readers.files.xls import read_xls

XLS = Path(__file__).parent / "files" / "synthetic.xls"
NAMES = "".join(
    f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text")
)


def test_xls_values_formats_and_spans() -> None:
    document = read_xls(XLS)
    assert document.is_workbook
    (sheet,) = document.sheets
    assert (sheet.name, list(sheet.spans)) == ("收入决算表", [(1, 1, 4, 1), (2, 5, 2, 6)])
    assert sheet.text(1, 1) == "示例数据（合成）：收入决算表"
    assert sheet.text(4, 1) == "2080501"
    assert sheet.cell(4, 3).value == Decimal("1234.5")
    total, rate, rounded = (sheet.quantity(row, column, "万元") for row, column in ((4, 3), (4, 4), (5, 3)))
    assert (total.printed, total.cell) == ("1234.50", "收入决算表!C4")
    assert (rate.printed, rate.unit) == ("98.50", "%")
    assert rounded.printed == "-0.13"
    assert sheet.texts(6) == ["日期", "", "2024-12-3100:00:00", "True"]
    assert sheet.text(7, 3) == "#DIV/0!"
    assert sheet.quantity(7, 3, "万元").state is State.UNPARSED
    assert sheet.quantity(7, 4, "万元").printed == "1235.5"
    assert sheet.height == 8


def test_xls_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    xlsx = io.BytesIO()
    Workbook().save(xlsx)
    whole = XLS.read_bytes()
    for content, says in (
        (xlsx.getvalue(), "改为 xlsx"), (b"\n<html><table></table></html>", "内容却是网页"), (whole[:3000], "已损坏"),
        (b"no workbook at all", "已损坏"), (whole[:520] + "EncryptedPackage".encode("utf-16-le"), "有打开密码"),
    ):  # fmt: skip
        file = tmp_path / "坏.xls"
        file.write_bytes(content)
        with pytest.raises(JuesuanError, match=says) as error:
            read_xls(file)
        assert error.value.where == "坏.xls"

    def locked(*_: object, **__: object) -> None:
        raise xlrd.XLRDError("Workbook is encrypted")

    monkeypatch.setattr(xlrd, "open_workbook", locked)
    with pytest.raises(JuesuanError, match="有打开密码"):
        read_xls(XLS)
    assert capfd.readouterr() == ("", "")


def test_a_circle_of_sectors_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlrd.compdoc, "CompDoc", lambda *_, **__: SimpleNamespace(SSAT=[-2, 2, 3, 1]))
    with pytest.raises(JuesuanError, match="已损坏"):
        read_xls(XLS)


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlrd", None)
    with pytest.raises(JuesuanError, match=r'pip install "juesuan\[documents\]"'):
        read_xls(XLS)


def ods(folder: Path, tables: str, manifest: str = "<m/>") -> Path:
    file = folder / "示例.ods"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("META-INF/manifest.xml", manifest)
        body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        archive.writestr("content.xml", f"<office:document-content{NAMES}>{body}</office:document-content>")
    return file


def cell(text: str = "", more: str = "", kind: str = "table-cell") -> str:
    inner = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:{kind} {more}>{inner}</table:{kind}>"


def test_ods_shows_what_was_printed(tmp_path: Path) -> None:
    value = 'office:value-type="float" office:value="1234.5"'
    rows = [
        cell("收入决算表", 'table:number-columns-spanned="3" table:number-rows-spanned="2"')
        + cell("", 'table:number-columns-repeated="2"', "covered-table-cell"),
        cell("", 'table:number-columns-repeated="3"', "covered-table-cell"),
        cell("科目<text:s text:c='2'/>名称") + cell("0.00", 'table:number-columns-repeated="2"'),
        cell("", 'table:number-columns-repeated="2"') + cell("1,234.50", value),
        cell("甲<office:annotation><text:p>批注</text:p></office:annotation>") + cell("", value)
        + cell("1.00", 'table:formula="of:=1"') + cell("", 'table:number-columns-repeated="16000"'),
    ]  # fmt: skip
    empty = f'<table:table-row table:number-rows-repeated="1048000">{cell()}</table:table-row>'
    twice = f'<table:table-row table:number-rows-repeated="2">{cell("末")}</table:table-row>'
    inner = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    table = f'<table:table table:name="表甲"><table:table-header-rows>{inner}</table:table-header-rows>{twice}{empty}</table:table>'
    document = read_ods(ods(tmp_path, table + '<table:table table:name="空"></table:table>'))
    assert document.is_workbook
    (sheet,) = document.sheets
    assert (sheet.name, list(sheet.spans)) == ("表甲", [(1, 1, 3, 2)])
    assert [[c.text for c in row] for row in sheet.rows] == [
        ["收入决算表"], [], ["科目  名称", "0.00", "0.00"], ["", "", "1,234.50"], ["甲", "1234.5", "1.00"], ["末"], ["末"],
    ]  # fmt: skip
    assert sheet.quantity(4, 3, "万元").printed == "1234.50"
    assert sheet.ref(4, 3) == "表甲!C4"
    assert sheet.cell(5, 3).formula == "of:=1"


def test_ods_repeats_are_bounded(tmp_path: Path) -> None:
    many = cell("1", 'table:number-columns-repeated="999999999"')
    table = f'<table:table><table:table-row table:number-rows-repeated="99999999">{many}</table:table-row></table:table>'
    (sheet,) = read_ods(ods(tmp_path, table)).sheets
    assert (sheet.height, sheet.width) == (ROWS, COLUMNS)


@pytest.mark.parametrize(
    ("tables", "manifest", "says"),
    [
        (
            f"<table:table><table:table-row>{cell('甲')}</table:table-row></table:table>",
            "<encryption-data/>",
            "有打开密码",
        ),
        ("", "<m/>", "没有内容"),
        ("<table:table>", "<m/>", "已损坏"),
    ],
)
def test_ods_that_cannot_be_read(tmp_path: Path, tables: str, manifest: str, says: str) -> None:
    with pytest.raises(JuesuanError, match=says):
        read_ods(ods(tmp_path, tables, manifest))


def test_a_workbook_under_a_wrong_name(tmp_path: Path) -> None:
    file = tmp_path / "坏.ods"
    shutil.copy(XLS, file)
    with pytest.raises(JuesuanError, match="已损坏"):
        read_ods(file)
