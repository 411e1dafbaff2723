#!/usr/bin/env python3
"""Draws the mark as the icons of a home screen: bin/icons.py, with Chromium."""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "src/followthrough/web/static/followthrough/img"
# The mark fills the icon to its edges, and what matters lies in the middle: a launcher may cut it.
PAGE = """<style>
body {{ margin: 0; background: #0e5e47 }}
svg {{ display: block; margin: 12vmin }}
</style>{mark}"""

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox"]
    )
    for size in (192, 512):
        page = browser.new_page(viewport={"width": size, "height": size})
        page.set_content(PAGE.format(mark=(FOLDER / "mark.svg").read_text(encoding="utf-8")))
        page.screenshot(path=FOLDER / f"icon-{size}.png")
    browser.close()
