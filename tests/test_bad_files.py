"""Files that are not what they are called, and folders from which nothing can be chosen: one line each, or a notice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from documents import Table, back, front, tables, whole
from juesuan.cli import main
from juesuan.errors import JuesuanError
from juesuan.readers import open_accounts
from juesuan.writers.reading import reading_lines
from papers import paper
from renderings import drawn, scan, to_csv, to_docx, to_html, to_pdf, to_xlsx

OURS = "示例市财政局"
TABLES = tables()
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"


def as_pdf(file: Path) -> Path:
    return to_pdf(whole(OURS), file)


def as_xlsx(file: Path) -> Path:
    return to_xlsx(TABLES, file)


def as_html(file: Path) -> Path:
    return to_html(whole(OURS), file)


def as_utf16(file: Path) -> Path:
    text = as_html(file).read_text(encoding="utf-8").replace("charset=utf-8", "charset=utf-16")
    file.write_text(text, encoding="utf-16")
    return file


def as_docx(file: Path) -> Path:
    return to_docx(whole(OURS), file)


@pytest.mark.parametrize(
    ("make", "name", "said"),
    [
        (as_pdf, "甲.xlsx", "扩展名是“xlsx”，内容却是 PDF，按内容读入"),
        (as_xlsx, "甲.pdf", "扩展名是“pdf”，内容却是 xlsx，按内容读入"),
        (as_xlsx, "甲.xls", "扩展名是“xls”，内容却是 xlsx，按内容读入"),
        (as_xlsx, "甲.csv", "扩展名是“csv”，内容却是 xlsx，按内容读入"),
        (as_xlsx, "甲", "扩展名是“（无）”，内容却是 xlsx，按内容读入"),
        (as_html, "甲.xls", "扩展名是“xls”，内容却是网页，按内容读入"),
        (as_html, "甲.xlsx", "扩展名是“xlsx”，内容却是网页，按内容读入"),
        (as_utf16, "甲.xls", "扩展名是“xls”，内容却是网页，按内容读入"),
        (as_html, "甲.doc", "扩展名是“doc”，内容却是网页，按内容读入"),
        (as_docx, "甲.pdf", "扩展名是“pdf”，内容却是 docx，按内容读入"),
        (as_docx, "甲.doc", ""),
    ],
)  # fmt: skip
def test_the_content_decides_and_the_ending_is_told(
    tmp_path: Path, make: Callable[[Path], Path], name: str, said: str
) -> None:
    # python-docx and openpyxl write by content; only the name is changed.
    file = make(tmp_path / f"写{Path(name).suffix or '.x'}").rename(tmp_path / name)
    accounts = open_accounts(file)
    assert (accounts.department, len(accounts.tables_read)) == (OURS, 9)
    assert accounts.get("T3", "合计", "基本支出").printed == "130.00"
    notices = [n.text for n in accounts.notices if "disclosure.yml" not in n.text]
    assert notices == ([said] if said else [])
    assert not said or f"读入　{name}：{said}" in "\n".join(reading_lines(accounts))


def encrypted(folder: Path) -> Path:
    pdf = paper(*(drawn(page) for page in whole(OURS)), size=7)
    pdf.set_encryption(owner_password="a", user_password="b")
    pdf.output(str(folder / "密.pdf"))
    return folder / "密.pdf"


def bytes_of(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def scanned(folder: Path) -> Path:
    paper(scan, scan).output(str(folder / "扫描.pdf"))
    return folder / "扫描.pdf"


def without_tables(folder: Path) -> Path:
    return to_docx([*front(OURS), *back(OURS)], folder / "无表.docx")


def other_tables(folder: Path) -> Path:
    names = {"x": Table("人员名单", [["序号", "姓名"], ["1", "甲"], ["2", "乙"]])}
    return to_pdf(whole(OURS, found=names), folder / "名单.pdf")


def wrong_unit(folder: Path) -> Path:
    return to_xlsx(TABLES | {"T5": TABLES["T5"].times(10_000)}, folder / "单位.xlsx")


def several(folder: Path) -> Path:
    file = as_pdf(folder / "甲.pdf")
    shutil.copy(file, folder / "乙.pdf")
    return folder


def pictures(folder: Path) -> Path:
    for name in ("1.jpg", "2.png"):
        (folder / name).write_bytes(JPEG)
    return folder


def lettered(folder: Path) -> Path:
    for letter, file in zip("abcdefghi", sorted(to_csv(TABLES, folder).iterdir()), strict=True):
        file.rename(folder / f"{letter}.csv")
    return folder


BAD: list[tuple[Callable[[Path], Path], str, str]] = [
    (encrypted, "密.pdf：文件有打开密码", "请去掉密码"),
    (scanned, "扫描.pdf：全文没有文字层，是扫描图", "OCR"),
    (without_tables, "无表.docx：没有一张表是认得的部门决算公开表（现有：没有表格）", "请核对文件"),
    (other_tables, "名单.pdf：没有一张表是认得的部门决算公开表（现有：第3页表1）", "请核对文件"),
    (wrong_unit, "单位.xlsx 的 一般公共预算财政拨款支出决算表!C", "请核对这张表的金额单位"),
    (bytes_of("空.pdf", b""), "空.pdf：是空文件", "请重新下载"),
    (bytes_of("空.xls", b""), "空.xls：是空文件", "请重新下载"),
    (bytes_of("空.csv", b""), "空.csv：是空文件", "请重新下载"),
    (bytes_of("图.jpg", JPEG), "图.jpg：是图片，读不了", "OCR"),
    (bytes_of("图.pdf", JPEG), "图.pdf：是图片，读不了", "OCR"),
    (bytes_of("包.rar", b"Rar!\x1a\x07\x00"), "包.rar：是压缩包，读不了", "请先解压"),
    (bytes_of("页.xls", b"MIME-Version: 1.0\r\n"), "页.xls：是单个文件网页（mht），读不了", "另存为 xlsx"),
    (bytes_of("列.xls", "科目\t合计\n201\t2.00\n".encode()), "列.xls：扩展名是“xls”，内容却是文本", "另存为 xlsx"),
    (bytes_of("乱.xlsx", b"\x01\x02\x03" * 99), "乱.xlsx：文件已损坏或不完整，打不开", "请重新导出"),
    (bytes_of("演示.ppt", b"\x01\x02\x03" * 99), "演示.ppt：还不能读“.ppt”文件", "请另存为 xlsx"),
    (several, "：有 2 个决算文件（乙.pdf、甲.pdf），不知道该读哪一个", "请直接给出其中一个文件的路径"),
    (pictures, "：里面没有决算工作簿，只有 2 张图片（1.jpg、2.png）", "OCR"),
    (lettered, "：里面的 csv 从文件名看不出是哪一张表（a.csv、b.csv", "t1.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "found", "todo"), BAD)
def test_what_cannot_be_read_is_one_line_that_names_file_and_remedy(
    tmp_path: Path, make: Callable[[Path], Path], found: str, todo: str
) -> None:
    path = make(tmp_path)
    with pytest.raises(JuesuanError) as error:
        open_accounts(path)
    said = str(error.value)
    assert found in said
    assert todo in said.partition("。")[2]
    for command in ("facts", "check"):
        result = CliRunner().invoke(main, [command, str(path)])
        assert result.exit_code == 2
        assert result.output.splitlines() == [f"错误：{said}"]


def test_csv_files_named_by_their_tables(tmp_path: Path) -> None:
    folder = to_csv(TABLES, tmp_path / "示例市财政局" / "2024", "{title}.csv")
    accounts = open_accounts(folder)
    assert (accounts.department, accounts.year, len(accounts.tables_read)) == (OURS, 2024, 9)


def test_a_workbook_with_a_page_inside_stands_before_a_document(tmp_path: Path) -> None:
    as_html(tmp_path / "2024年决算.xls")
    as_docx(tmp_path / "说明.docx")
    accounts = open_accounts(tmp_path)
    assert len(accounts.tables_read) == 9
    assert any("内容却是网页" in notice.text for notice in accounts.notices)
