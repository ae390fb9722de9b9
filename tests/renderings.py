"""Documents of the tests as files: pdf, docx, html, md, xlsx and csv."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import docx
from fpdf import FPDF
from openpyxl import Workbook

from documents import Block, Page, Table
from papers import paper


def to_pdf(pages: Sequence[Page], file: Path) -> Path:
    """Ruled tables, lines of text above them."""
    paper(*(drawn(page) for page in pages), size=7).output(str(file))
    return file


def drawn(page: Page) -> Callable[[FPDF], None]:
    def draw(pdf: FPDF) -> None:
        y = 60.0
        for block in page:
            if isinstance(block, str):
                for start in range(0, len(block), 60):
                    pdf.text(60, y, block[start : start + 60])
                    y += 14
                continue
            for line in _above(block):
                pdf.text(220, y, line)
                y += 14
            wide = 480 / len(block.rows[0])
            for row in block.rows:
                for column, text in enumerate(row):
                    pdf.rect(50 + column * wide, y, wide, 20)
                    # As many characters as fit a line, on two lines at most.
                    fit = len(text) if text.replace(".", "").isdecimal() else int(wide / 7.2)
                    for line, part in enumerate(range(0, len(text), max(fit, 1))):
                        pdf.text(52 + column * wide, y + 8 + 9 * line, text[part : part + fit])
                y += 20

    return draw


def _above(table: Table) -> list[str]:
    return [line for line in (table.title, table.unit and f"单位：{table.unit}") if line]


def to_docx(pages: Sequence[Page], file: Path) -> Path:
    """The same in Word."""
    document = docx.Document()
    for block in (block for page in pages for block in page):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        for line in _above(block):
            document.add_paragraph(line)
        made = document.add_table(len(block.rows), len(block.rows[0]))
        for row, texts in zip(made.rows, block.rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    document.save(str(file))
    return file


def to_html(pages: Sequence[Page], file: Path) -> Path:
    """The same as a web page."""
    parts = (_html(block) for page in pages for block in page)
    file.write_text(f"<html><meta charset=utf-8><body>{''.join(parts)}</body></html>", encoding="utf-8")
    return file


def _html(block: Block) -> str:
    if isinstance(block, str):
        return f"<p>{html.escape(block)}</p>"
    rows = ("".join(f"<td>{html.escape(t)}</td>" for t in row) for row in block.rows)
    lines = "".join(f"<p>{line}</p>" for line in _above(block))
    return f"{lines}<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def to_md(pages: Sequence[Page], file: Path) -> Path:
    """The same in Markdown."""

    def lines() -> Iterator[str]:
        for block in (block for page in pages for block in page):
            if isinstance(block, str):
                yield block
                continue
            yield from _above(block)
            head, *rest = block.rows
            yield from (f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rest))

    file.write_text("\n\n".join(lines()).replace(" |\n\n|", " |\n|"), encoding="utf-8")
    return file


def to_xlsx(found: dict[str, Table], file: Path, department: str = "示例市财政局", year: int = 2024) -> Path:
    """A workbook with a sheet a table."""
    book = Workbook()
    book.remove(book.active)
    for table in found.values():
        sheet = book.create_sheet(table.title[:31])
        sheet.append([table.title])
        sheet.append([f"部门：{department}", f"{year}年度", f"单位：{table.unit}"])
        for row in table.rows:
            sheet.append([Decimal(t) if "." in t else t or None for t in row])
            for cell in sheet[sheet.max_row]:
                cell.number_format = "0.00" if isinstance(cell.value, Decimal) else "@"
    book.save(file)
    return file


def to_csv(found: dict[str, Table], folder: Path, name: str = "t{number}.csv") -> Path:
    """A folder with a csv a table."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, table in enumerate(found.values(), 1):
        file = folder / name.format(number=number, title=table.title)
        with file.open("w", encoding="utf-8-sig", newline="") as target:
            csv.writer(target).writerows([[f"单位：{table.unit}"], *table.rows])
    return folder


def damage(file: Path, *pages: int) -> Path:
    """Overwrite the middle of the content of some pages (from 1) of a PDF."""
    data = bytearray(file.read_bytes())
    contents = [int(number) for number in re.findall(rb"/Contents (\d+) 0 R", data)]
    for page in pages:
        begin = data.index(b"stream\n", data.index(b"\n%d 0 obj" % contents[page - 1])) + 7
        end = data.index(b"\nendstream", begin)
        data[begin + 2 : end] = b"\x00" * (end - begin - 2)
    file.write_bytes(bytes(data))
    return file


def scan(pdf: FPDF) -> None:
    """A page that is one picture."""
    from PIL import Image

    pdf.image(Image.new("L", (300, 400), 200), 20, 20, 500, 700)
