"""The page in a real browser, where one is installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from wayout.report.markup import element, join

BROWSER = shutil.which("chromium") or shutil.which("google-chrome") or ""
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=8000",
    "--dump-dom",
)
# The frame is filled by script: it would otherwise be loaded before anybody measures.
_SCRIPT = """
const frame = document.getElementById("f");
frame.onload = () => {
  const inside = frame.contentDocument.documentElement;
  document.getElementById("out").textContent = inside.scrollWidth + " " + inside.clientWidth;
};
frame.srcdoc = document.getElementById("page").content.textContent;
"""


def _framed(page: str, width: int) -> str:
    """A page that shows another in a frame of a given width and writes down how wide it is."""
    frame = element("iframe", id="f", width=width, height=900)
    filled = element("template", page, id="page")
    body = join([frame, filled])
    script = f"<script>{_SCRIPT}</script>"
    return f"<!DOCTYPE html><body>{body}<p id=out></p>{script}</body>"


@pytest.mark.skipif(not BROWSER, reason="no browser is installed")
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_page_never_scrolls_sideways(kabul_page: str, tmp_path: Path, width: int) -> None:
    shown = tmp_path / "frame.html"
    shown.write_text(_framed(kabul_page, width), encoding="utf-8")
    done = subprocess.run(
        [BROWSER, *_FLAGS, f"--user-data-dir={tmp_path / 'profile'}", shown.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    wide, room = done.stdout.split('<p id="out">')[1].split("</p>")[0].split()
    assert int(wide) <= int(room)
    assert width - 20 <= int(room) <= width
