"""What a phone fetches before anybody does anything: counted to the byte, as servers send it."""

from __future__ import annotations

from gzip import compress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.conftest import Serve
    from tests.sample import Sample

MOST = 250_000
MIDDLE = 800
"""The long side of a cover, in pixels, until somebody begins to look."""
PACKED = (".html", ".css", ".js", ".txt")
"""What our configurations of servers compress."""


def weight(folder: Path, addresses: set[str]) -> int:
    """Bytes on the wire for these addresses, without headers; as if no cache held any."""
    paths = {urlsplit(one).path.lstrip("/") or "index.html" for one in addresses}
    files = [folder / path for path in paths]
    return sum(
        len(compress(file.read_bytes())) if file.suffix in PACKED else file.stat().st_size
        for file in files
    )


def settle(page: Page) -> None:
    """Returns when every picture is there that is wanted without anybody's doing."""
    page.locator('img[data-wanted]:not([src^="data:"])').first.wait_for()
    page.wait_for_selector('img[data-wanted][src^="data:"]', state="detached")
    page.wait_for_load_state("networkidle")


def test_a_phone_fetches_at_most_a_quarter_of_a_megabyte_before_anything_is_touched(
    chromium: Browser, sample: Sample, serve: Serve
) -> None:
    level = sample.job.output / "primary"
    _, card = sample.card("family:belova-anna/mama")
    address = serve(level)
    phone = chromium.new_context(
        viewport={"width": 412, "height": 823}, device_scale_factor=1.75, is_mobile=True
    )
    phone.set_default_timeout(30_000)
    fetched: set[str] = set()
    phone.on("request", lambda one: fetched.add(one.url) if one.url.startswith(address) else None)
    page = phone.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    locked = weight(level, fetched)
    page.goto("about:blank")
    page.goto(f"{address}#k={card.code}")
    settle(page)
    home = weight(level, fetched)
    link = page.locator(".st-own").get_attribute("href")
    fetched.clear()
    page.goto(f"{address}p/{link}")
    settle(page)
    portfolio = weight(level, fetched)
    cover = page.locator(".st-cover__picture img")
    assert max(int(cover.get_attribute(one) or 0) for one in ("width", "height")) == MIDDLE
    fetched.clear()
    _, card = sample.card("class:2026-27:4a")
    page.goto("about:blank")
    page.goto(f"{address}#k={card.code}")
    settle(page)
    room = weight(level, fetched)
    phone.close()
    assert 20_000 < locked < home <= MOST
    assert locked < room <= MOST, room
    assert locked < portfolio <= MOST
