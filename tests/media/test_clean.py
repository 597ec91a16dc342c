"""What must never come out of a scan."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from generator.media import Prepared, prepare
from generator.media.light import lighten
from generator.media.store import INDEX
from tests.media.canaries import CANARY, cage, forms, sings
from tests.media.making import Watching, everything_below, lay

FILES = cage()


Made = dict[str, bytes]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clean")


@pytest.fixture(scope="module")
def prepared(folder: Path) -> Prepared:
    """All of it in one run: thumbnails, screens, zooms, copies to download."""
    scans = [replace(scan, zoom=True, download=True) for scan in lay(folder / "in", FILES)]
    return prepare(scans, folder / "in", folder / "cache", Watching())


@pytest.fixture(scope="module")
def made(prepared: Prepared, folder: Path) -> Made:
    assert not [found for found in prepared.diagnostics if found.is_error]
    return everything_below(folder / "cache")


def test_every_hidden_word_can_be_found_before() -> None:
    assert [name for name, content in FILES.items() if not sings(content)] == []


@pytest.mark.parametrize("form", forms(CANARY))
def test_the_word_is_found_in_every_form(form: bytes) -> None:
    assert sings(b"before" + form + b"after")


def test_no_word_comes_out_in_any_form(prepared: Prepared, made: Made) -> None:
    assert len(prepared.leaves) == len(FILES)
    assert {Path(name).suffix for name in made} == {".jsonl", ".webp", ".jpg", ".png", ".pdf"}
    assert [name for name, content in made.items() if sings(content)] == []
    copies = [leaves[0].copy for leaves in prepared.leaves.values()]
    assert all(copies)


def test_nothing_made_has_a_place_where_words_could_be(made: Made) -> None:
    for name, content in made.items():
        if name == INDEX:
            continue
        if name.endswith(".pdf"):
            with pikepdf.open(io.BytesIO(content)) as document:
                assert {*document.trailer.keys()} <= {"/Root", "/ID", "/Size", *_XREF}, name
                assert {*document.Root.keys()} == {"/Type", "/Pages"}, name
            continue
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            assert {*dict(image.getexif())} <= {0x0112}, name
            assert {*image.info} <= {
                "icc_profile", "jfif", "jfif_version", "jfif_unit", "jfif_density", "exif",
                "background", "loop", "duration", "timestamp", "dpi",
            }, name  # fmt: skip


_XREF = ("/Type", "/W", "/Index", "/Length", "/Filter", "/DecodeParms")


def test_a_picture_in_the_cache_is_one_bare_image_chunk(made: Made) -> None:
    for name, content in made.items():
        if name.endswith(".webp"):
            assert content[12:16] in (b"VP8 ", b"VP8L")
            assert 20 + int.from_bytes(content[16:20], "little") in (len(content), len(content) - 1)


@pytest.mark.parametrize("name", FILES)
def test_what_is_made_light_before_git_tells_nothing(name: str) -> None:
    assert not sings(lighten(FILES[name]).content)
