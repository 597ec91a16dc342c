"""A copy to download and a large view, in a real Chromium, from a server and from a stick."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.conftest import Serve
from tests.media.canaries import exif, sings
from tests.media.making import saved
from tests.sample import Sample, build_sample
from tests.world import world

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ENTRY = """\
    id: x7k2
    kind: creative
    form: drawing
    title: Кот
    date: 2026-10-01
    scans: [{file: kot.jpg, document: drawing, description: Кот, zoom: true, download: true}]
    """
FOLDER = "students/belova-anna/entries/kot-x7k2"


@pytest.fixture(scope="module")
def drawing() -> bytes:
    image = Image.linear_gradient("L").resize((3000, 2000)).convert("RGB")
    return saved(image, "JPEG", exif=exif())


@pytest.fixture(scope="module")
def school(drawing: bytes, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("download")
    files: dict[str, str | bytes | None] = {}
    files |= {f"{FOLDER}/entry.yml": ENTRY, f"{FOLDER}/kot.jpg": drawing}
    return build_sample(folder / "built", world(folder / "written", files))


@pytest.mark.parametrize("by", ["http", "file"])
def test_a_family_downloads_a_clean_copy_and_looks_closer(
    page: Page, school: Sample, drawing: bytes, serve: Serve, by: str
) -> None:
    site = school.job.output
    address = serve(site) if by == "http" else f"{site.as_uri()}/"
    holder, card = next((h, c) for _, h, c in school.cards() if h.tier == "family")
    page.goto(f"{address}{holder.level}/index.html#k={card.code}")
    page.click("a:has-text('Открыть портфолио')")
    page.wait_for_selector(".st-scan img[src^='blob:']")
    with page.expect_download() as expected:
        page.click("[data-copy]")
    copy = Path(expected.value.path()).read_bytes()
    assert expected.value.suggested_filename == "x7k2.jpg"
    assert sings(drawing)
    assert not sings(copy)
    assert Image.open(io.BytesIO(copy)).tobytes() == Image.open(io.BytesIO(drawing)).tobytes()
    page.click(".st-scan")
    page.click(".st-viewer__stage")
    from playwright.sync_api import expect

    expect(page.locator(".st-viewer__stage img")).to_have_js_property(
        "naturalWidth", 2400, timeout=15_000
    )
