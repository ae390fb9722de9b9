"""What was received: the files behind a path, and the reader of each kind of file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from juesuan.accounts import Notice
from juesuan.errors import JuesuanError
from juesuan.readers.files.csvs import read_csvs
from juesuan.readers.files.document import Document
from juesuan.readers.files.kind import differs, kind_of
from juesuan.readers.files.oversize import within_limits
from juesuan.readers.tables.assemble import all_titles, title_in

# Module and function by file ending; imported on first use, for some need the extra `documents`.
_READERS = {
    ".xlsx": "workbook.read_workbook",
    ".xlsm": "workbook.read_workbook",
    ".xls": "xls.read_xls",
    ".ods": "ods.read_ods",
    ".pdf": "pdf.read_pdf",
    ".docx": "word.read_word",
    ".doc": "word.read_word",
    ".html": "html.read_html",
    ".htm": "html.read_html",
    ".md": "plain.read_plain",
    ".txt": "plain.read_plain",
}
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_DOCUMENTS = (".pdf", ".docx", ".doc", ".html", ".htm")
_TEXTS = (".txt", ".md")
_PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp")
# No department's document comes near it.
_BYTES = 200 * 2**20


@dataclass(frozen=True)
class Received:
    """`place` is what was named; `tables` (several only for csv) and `text` the files to read, `folder` where
    disclosure.yml and source.yml may lie; `ignored` are files that may hold the words and were not chosen."""

    place: Path
    folder: Path
    tables: tuple[Path, ...]
    text: Path | None = None
    ignored: tuple[Path, ...] = ()


def locate(path: str | Path, parameter: str = "accounts") -> Path:
    """A path as given, or below any folder above the working one: notebooks/ finds data/ beside it.

    `parameter` is the name under which the path was given, for the error where there is no such path.
    """
    given = Path(path).expanduser()
    for base in (Path.cwd(), *Path.cwd().parents):
        if (base / given).exists():
            return (base / given).resolve()
    raise JuesuanError(
        f"参数 {parameter}",
        f"路径 {path} 不存在",
        "请核对路径，可以从项目根目录写起，例如 data/xinzhou-shebao/2021",
    )


def received(place: Path) -> Received:
    """The files to read for a file or folder.

    In a folder a workbook comes first, then t1.csv …, then a document; a document or text beside a workbook
    or csv gives the words.
    """
    if not place.is_dir():
        return Received(place, place.parent, (place,))
    files = sorted(f for f in place.iterdir() if f.is_file() and not f.name.startswith((".", "~$")))
    books = _of(files, _WORKBOOKS)
    titles, csvs = all_titles(), _of(files, (".csv",))
    sheets = [f for f in csvs if any(c.isdigit() for c in f.stem) or title_in(f.stem, titles)]
    documents, texts = _of(files, _DOCUMENTS), _of(files, _TEXTS)
    if books:
        return _with_words(place, (_single(place, books, "工作簿"),), documents, texts)
    if sheets:
        return _with_words(place, tuple(sheets), texts, documents)
    if documents or texts:
        return Received(place, place, (_single(place, documents or texts, "决算文件"),))
    raise _nothing(place, files, csvs)


def _nothing(place: Path, files: Sequence[Path], csvs: Sequence[Path]) -> JuesuanError:
    """Why a folder cannot be read, by what lies in it."""
    where, names = f"文件夹 {place.name}", "、".join(file.name for file in files[:5])
    if csvs:
        found = f"里面的 csv 从文件名看不出是哪一张表（{'、'.join(file.name for file in csvs[:5])}）"
        return JuesuanError(where, found, "请按公开表的次序改名为 t1.csv、t2.csv …，或以表名为文件名")
    if pictures := _of(files, _PICTURES):
        found = f"里面没有决算工作簿，只有 {len(pictures)} 张图片（{names}）"
        return JuesuanError(where, found, "请先做文字识别（OCR），或索取 xlsx、可复制文字的 pdf")
    found = f"里面没有决算工作簿（xlsx），也没有别的决算文件{f'（现有：{names}）' if names else ''}"
    return JuesuanError(where, found, "请把收到的 xlsx、pdf、docx 或 csv 放进这个文件夹")


def read_files(files: Sequence[Path], name: str) -> Document:
    """The document behind one file, or behind several csv files that belong together.

    What a file holds decides how it is read; an ending that says otherwise is a notice.
    """
    if len(files) > 1:
        return within_limits(read_csvs(files, name))
    (file,) = files
    size = file.stat().st_size
    if size == 0 or size > _BYTES:
        found = "是空文件" if size == 0 else f"有 {size // 2**20} MB，超出一份决算的合理大小"
        raise JuesuanError(file.name, found, "请重新下载或核对是不是选错了文件")
    ending = file.suffix.lower()
    kind = kind_of(file)
    if ending == ".csv" and not kind:
        return within_limits(read_csvs(files, name))
    known = _READERS.get(kind or ending)
    if known is None:
        kinds = "、".join(dict.fromkeys(kind[1:] for kind in _READERS))
        found = f"还不能读“{file.suffix or '无扩展名'}”文件"
        raise JuesuanError(file.name, found, f"请另存为 xlsx 后再试（能读的有 {kinds}、csv）")
    # A macro workbook or old Word file keeps the message of its own ending.
    same = known == _READERS.get(ending)
    module, function = known.split(".")
    read: Callable[[Path], Document] = getattr(import_module(f"juesuan.readers.files.{module}"), function)
    document = within_limits(read(file))
    told = [] if same else [Notice(file.name, differs(file, kind))]
    return replace(document, notices=[*told, *document.notices])


def _of(files: Sequence[Path], endings: tuple[str, ...]) -> list[Path]:
    return [f for f in files if f.suffix.lower() in endings]


def _with_words(place: Path, tables: tuple[Path, ...], *candidates: list[Path]) -> Received:
    """The tables with the one file that can hold the explanation; several are a question, so none is taken."""
    for files in candidates:
        if len(files) == 1:
            return Received(place, place, tables, files[0])
    ignored = tuple(file for files in candidates for file in files)
    return Received(place, place, tables, None, ignored)


def _single(folder: Path, files: list[Path], what: str) -> Path:
    if len(files) > 1:
        names = "、".join(file.name for file in files)
        raise JuesuanError(
            f"文件夹 {folder.name}",
            f"有 {len(files)} 个{what}（{names}），不知道该读哪一个",
            "请直接给出其中一个文件的路径",
        )
    return files[0]
