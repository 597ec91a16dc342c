"""The sample school's scans: every format that families and offices bring."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from generator.media.heic import enable, is_there

PORTFOLIOS = Path(__file__).parent.parent / "portfolios"
GPS = 0x8825

FORMATS: dict[str, Callable[[Image.Image], bool]] = {
    "of an iPhone": lambda one: one.format == "HEIF" and GPS in one.getexif(),
    "a phone's photo that lies on its side and says where it was taken": lambda one: (
        one.format == "JPEG" and one.getexif().get(0x0112, 1) > 4 and GPS in one.getexif()
    ),
    "four inks": lambda one: one.format == "JPEG" and one.mode == "CMYK",
    "gray of 16 bits": lambda one: (
        one.mode == "I;16" and len(set(one.resize((99, 99)).tobytes()[::2])) > 20
    ),
    "several pages": lambda one: one.format == "TIFF" and getattr(one, "n_frames", 1) > 1,
    "600 dots per inch": lambda one: (
        one.info.get("dpi") == (600, 600) and one.width * one.height > 30_000_000
    ),
    "WebP": lambda one: one.format == "WEBP",
    "seen through": lambda one: (
        one.format == "PNG" and one.mode == "RGBA" and one.getchannel("A").histogram()[0] > 999
    ),
    "one bit": lambda one: one.format == "TIFF" and one.mode == "1",
}


@pytest.mark.parametrize("name", FORMATS)
def test_some_scan_of_the_sample_school_is(name: str) -> None:
    if is_there():
        enable()
    elif name == "of an iPhone":
        pytest.skip("the extra [heic] is not installed")
    for path in PORTFOLIOS.rglob("*.*"):
        if path.suffix not in (".yml", ".md", ".pdf", ".jsonl"):
            with Image.open(path) as image:
                if FORMATS[name](image):
                    return
    pytest.fail("no such scan")


def test_some_scan_of_the_sample_school_is_a_pdf() -> None:
    assert any(path.read_bytes().startswith(b"%PDF-") for path in PORTFOLIOS.rglob("*.pdf"))
