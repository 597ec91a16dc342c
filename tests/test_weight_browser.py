"""What a phone fetches before anybody does anything: counted to the byte, as servers send it."""

from __future__ import annotations

from gzip import compress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.conftest import Serve
    from tests.sample import Sample

MOST = 250_000
PACKED = (".html", ".css", ".js", ".txt")
"""What our configurations of servers compress."""


def weight(folder: Path, paths: set[str]) -> int:
    """Bytes on the wire for these files, without the headers; none is taken from a cache."""
    files = [folder / (path.lstrip("/") or "index.html") for path in paths]
    sizes = (
        len(compress(file.read_bytes())) if file.suffix in PACKED else file.stat().st_size
        for file in (one / "index.html" if one.is_dir() else one for one in files)
    )
    return sum(sizes)


def test_a_phone_fetches_at_most_a_quarter_of_a_megabyte_before_anything_is_touched(
    chromium: Browser, sample: Sample, serve: Serve
) -> None:
    level = sample.job.output / "primary"
    _, card = sample.card("family:belova-anna/mama")
    address = serve(level)
    phone = chromium.new_context(
        viewport={"width": 412, "height": 823}, device_scale_factor=1.75, is_mobile=True
    )
    fetched: set[str] = set()
    phone.on("request", lambda one: fetched.add(urlsplit(one.url).path))
    page = phone.new_page()

    def settled() -> int:
        page.wait_for_load_state("networkidle")
        weighed = weight(level, {path for path in fetched if path})
        fetched.clear()
        return weighed

    page.goto(address)
    locked = settled()
    page.goto(f"{address}#k={card.code}")
    page.reload()
    page.locator("#lock").wait_for(timeout=30_000)
    home = settled()
    link = page.locator(".st-own").get_attribute("href")
    page.goto(f"{address}p/{link}")
    page.locator(".st-entry").first.wait_for(timeout=30_000)
    portfolio = settled()
    phone.close()
    assert 20_000 < locked < 100_000
    assert locked < home <= MOST
    assert locked < portfolio <= MOST
