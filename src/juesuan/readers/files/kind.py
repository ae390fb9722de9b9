"""What a file really is, whatever its ending says: a web page saved as xls, a PDF named xlsx, a picture."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from juesuan.errors import JuesuanError

# How a file of the old Office formats, or an encrypted one, begins.
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_PACKED = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE)
_SHEET_XML = "urn:schemas-microsoft-com:office:spreadsheet"
# Endings that stand for the same content.
_SAME = {".xlsm": ".xlsx", ".htm": ".html"}
_WORDS = {".html": "网页", ".pdf": " PDF", ".doc": "旧版 Word 文件"}
# Text may begin with anything; only these endings promise something else than text.
_OFFICE = (".xlsx", ".xlsm", ".xls", ".ods", ".pdf", ".docx", ".doc", "")


def kind_of(path: Path) -> str:
    """The ending that fits the content (`.xlsx`, `.pdf` …); '' where the content does not say.

    A picture, an archive or a page that no reader takes is a JuesuanError, for it will not become readable.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(path)
    if head.startswith(OLE):
        return _in_ole(path.read_bytes())
    if head.startswith(_PICTURES) and path.suffix.lower() not in (".txt", ".md", ".csv"):
        raise JuesuanError(path.name, "是图片，读不了", "请先做文字识别（OCR），或索取可复制文字的文件")
    if head.startswith(_PACKED):
        raise JuesuanError(path.name, "是压缩包，读不了", "请先解压，再给出里面的决算文件")
    return _in_text(head, path) if path.suffix.lower() in _OFFICE else ""


def differs(path: Path, kind: str) -> str:
    """One sentence where the content is of another kind than the ending says, '' where it is not."""
    ending = path.suffix.lower()
    if kind in ("", _SAME.get(ending, ending)):
        return ""
    return f"扩展名是“{ending[1:] or '（无）'}”，内容却是{_WORDS.get(kind, f' {kind[1:]}')}，按内容读入"


def _in_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ""
    if "xl/workbook.bin" in names:
        raise JuesuanError(path.name, "是 xlsb 工作簿，读不了", "请用 Excel 另存为 xlsx 后再试")
    if any(name.startswith("xl/") for name in names):
        return ".xlsx"
    if any(name.startswith("word/") for name in names):
        return ".docx"
    if "content.xml" in names:
        return ".ods"
    if not any(name.endswith(".xml") for name in names):
        raise JuesuanError(path.name, "是压缩包，读不了", "请先解压，再给出里面的决算文件")
    return ""


def _in_ole(data: bytes) -> str:
    """The streams of an old Office file are named in it; an encrypted one keeps its own ending's message."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ""
    if "WordDocument".encode("utf-16-le") in data:
        return ".doc"
    named = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book\x00"))
    return ".xls" if named else ""


def _in_text(head: bytes, path: Path) -> str:
    coding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = io.TextIOWrapper(io.BytesIO(head), coding, errors="replace").read().lstrip("\ufeff \t\r\n")
    again = "请用 Excel 打开后另存为 xlsx"
    if text.startswith(r"{\rtf"):
        return ".doc"
    if text.startswith("MIME-Version:"):
        raise JuesuanError(path.name, "是单个文件网页（mht），读不了", again)
    if text.startswith("<") and _SHEET_XML in text:
        raise JuesuanError(path.name, "是 XML 表格（2003），读不了", again)
    if text.startswith("<") and _PAGE.search(text):
        return ".html"
    spreadsheet = path.suffix.lower() in (".xlsx", ".xlsm", ".xls")
    if spreadsheet and "\ufffd" not in text and "\x00" not in text and ("\t" in text or "," in text):
        raise JuesuanError(path.name, f"扩展名是“{path.suffix[1:]}”，内容却是文本", again)
    return ""
