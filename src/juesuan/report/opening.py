"""`python -m juesuan.report.opening PATH`: open the report of PATH where there is a desktop, else print its place."""

from __future__ import annotations

import os
import sys
import webbrowser

from juesuan.readers import open_accounts
from juesuan.report.produce import default_folder


def main(path: str) -> None:
    """Open `report.html` in the user's browser; on a machine without a screen say where it is."""
    page = (default_folder(path, open_accounts(path)) / "report.html").resolve()
    on_screen = sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    if not (on_screen and not os.environ.get("CI") and webbrowser.open(page.as_uri())):
        print(f"报告在：{page}")


if __name__ == "__main__":
    main(sys.argv[1])
