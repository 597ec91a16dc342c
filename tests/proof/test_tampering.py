"""The table of tampering, row by row, before both readers: nothing changed is ever opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from generator.seal.cipher import Refused
from generator.seal.envelope import Damaged
from tests.conftest import Serve
from tests.opener import Reader
from tests.proof.tampering import Row, Thing, fields, flip, object_of, put, table
from tests.sealed_site import LEVEL, PICTURE, SITE, Site, build
from tests.test_seal_open_browser import says, shows

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROWS = table()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small site on disk, as it was published."""
    folder = tmp_path_factory.mktemp("tampered")
    return Site(folder, build(folder), f"{folder.as_uri()}/")


@contextmanager
def changed(site: Site, row: Row) -> Iterator[None]:
    """The site as the row leaves it; whole again at the end."""
    files = {path: path.read_bytes() for path in site.folder.rglob("*.*") if path.is_file()}
    row.change(site)
    try:
        yield
    finally:
        for path, content in files.items():
            path.write_bytes(content)


def open_all(site: Site) -> tuple[str, bytes]:
    """What Anna's family reads with its card: the page and its picture."""
    reader = Reader(site.folder, SITE, LEVEL, site.secret("family:anna"))
    ring = reader.ring()
    assert ring is not None
    html = reader.read(ring["home"], ring)
    return html, reader.open_asset(html.split('data-sealed="')[1].partition('"')[0])


@pytest.mark.covers("R-134")
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_no_row_of_the_table_opens_in_python(whole: Site, row: Row) -> None:
    html, picture = open_all(whole)
    assert "Страница anna" in html
    assert picture == PICTURE
    with changed(whole, row), pytest.raises((Refused, Damaged)):
        open_all(whole)


@pytest.mark.parametrize("thing", ["page", "asset", "keyring"])
def test_a_bit_of_every_byte_of_every_field_counts(whole: Site, thing: Thing) -> None:
    raw = object_of(whole, thing)
    tried: dict[str, int] = {}
    for name, places in fields(thing, raw).items():
        for at in places if name != "body" else places[:: max(1, len(places) // 64)]:
            put(whole, thing, flip(raw, at, at % 8))
            tried[name] = tried.get(name, 0) + 1
            with pytest.raises((Refused, Damaged)):
                open_all(whole)
    print(f"\n(d) {thing}: {tried}, {sum(tried.values())} flips, 0 opened")
    put(whole, thing, raw)
    assert open_all(whole)[1] == PICTURE


@pytest.mark.browser
@pytest.mark.parametrize("thing", ["page", "asset", "keyring", "sheet"])
def test_every_row_of_the_table_is_told_in_the_browser(
    page: Page, whole: Site, serve: Serve, thing: Thing
) -> None:
    web = Site(whole.folder, whole.keys, serve(whole.folder))
    page.goto(web.link("family:anna"))
    shows(page, "Страница anna")
    for row in (row for row in ROWS if row.thing == thing):
        with changed(web, row):
            print(row)
            page.goto(web.page("anna"))
            if thing == "asset":
                page.wait_for_selector("[data-refused=damaged]", state="attached")
                assert page.locator("[data-opened]").count() == 0
                continue
            says(page, row.says)
            assert page.title() == "Школа"
            assert "как было вчера" not in page.content()
