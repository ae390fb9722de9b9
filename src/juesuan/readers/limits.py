"""How large a file may be before it is no final accounts but a mistake or a trap."""

from __future__ import annotations

import zipfile
from pathlib import Path

from juesuan.errors import JuesuanError

ROWS = 20_000
COLUMNS = 400
PAGES = 2_000
# Unpacked; published workbooks and documents stay below a tenth of it.
_BYTES = 300 * 2**20


def check_archive(path: Path) -> None:
    """Refuse a zip container (xlsx, docx, ods) that would unpack to more than memory should hold."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise JuesuanError(
            path.name,
            "文件已损坏或不完整，打不开",
            f"请重新导出或重新下载这个 {path.suffix.lstrip('.')} 文件",
        ) from error
    if size > _BYTES:
        found = f"解压后有 {size // 2**20} MB，超出一份决算的合理大小"
        raise JuesuanError(path.name, found, "请核对是不是选错了文件")
