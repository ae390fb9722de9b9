"""How large a file may be before it is no final accounts but a mistake or a trap."""

from __future__ import annotations

import zipfile
from pathlib import Path

from juesuan.errors import JuesuanError

ROWS = 20_000
COLUMNS = 400
PAGES = 2_000
TAGS = 1_000_000
# Cells of one table, and tables of one file.
CELLS, TABLES = 400_000, 3_000
# Unpacked, with pictures and without; published workbooks and documents stay below a tenth of it.
_BYTES, _TEXT_BYTES = 300 * 2**20, 24 * 2**20


def check_archive(path: Path) -> None:
    """Refuse a zip container (xlsx, docx, ods) that would unpack to more than memory should hold."""
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = [(entry.filename, entry.file_size) for entry in archive.infolist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise JuesuanError(
            path.name,
            "文件已损坏或不完整，打不开",
            f"请重新导出或重新下载这个 {path.suffix.lstrip('.')} 文件",
        ) from error
    size = sum(size for _, size in sizes)
    if size > _BYTES or sum(size for name, size in sizes if name.endswith((".xml", ".rels"))) > _TEXT_BYTES:
        found = f"解压后有 {size // 2**20} MB，超出一份决算的合理大小"
        raise JuesuanError(path.name, found, "请核对是不是选错了文件")
