"""What must come out of a scan: upright, in true colours, page by page."""

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms

from generator.media.derive import read
from generator.media.heic import enable, is_there
from generator.media.recipe import STANDARD
from tests.media.hostile import chunk
from tests.media.making import (
    BLACK,
    BLUE,
    CORNERS,
    GREEN,
    RED,
    TURNED,
    WHITE,
    Colour,
    exif,
    jpeg,
    near,
    pdf,
    quarters,
    saved,
    screen,
    swapped_profile,
)
from tests.media.profiles import (
    ADOBE,
    P3,
    gamma,
    gray_magenta_profile,
    rgb_profile,
    srgb_curve,
)

HEIC = pytest.param(
    "HEIF",
    marks=pytest.mark.skipif(not is_there(), reason="the extra [heic] is not installed"),
)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", HEIC])
@pytest.mark.parametrize("orientation", TURNED)
def test_every_orientation_stands_upright(kind: str, orientation: int) -> None:
    if kind == "HEIF":
        enable()
    size = (96, 64) if orientation < 5 else (64, 96)
    told = exif(orientation).tobytes() if kind == "HEIF" else exif(orientation)
    stored = saved(quarters(TURNED[orientation], size), kind, exif=told)
    seen = screen(stored)
    assert seen.size == (96, 64)
    spots = {"a": (16, 12), "b": (80, 12), "c": (16, 52), "d": (80, 52)}
    for corner, spot in spots.items():
        assert near(seen.getpixel(spot), CORNERS[corner], 12), corner


def gray16(mode: str, kind: str) -> bytes:
    image = Image.new("I", (40, 30), 0x8000)
    return saved(image.convert("I;16") if mode == "I;16" else image, kind)


def big_endian_gray16() -> bytes:
    """A TIFF of 4 × 4 points of 16 bits, the most significant byte first."""
    tags = [
        (256, 3, 4 << 16), (257, 3, 4 << 16), (258, 3, 16 << 16), (259, 3, 1 << 16),
        (262, 3, 1 << 16), (273, 4, 122), (277, 3, 1 << 16), (278, 3, 4 << 16), (279, 4, 32),
    ]  # fmt: skip
    entries = b"".join(struct.pack(">HHII", tag, kind, 1, value) for tag, kind, value in tags)
    head = b"MM\0*" + struct.pack(">IH", 8, len(tags)) + entries + b"\0\0\0\0"
    return head + b"\x80\0" * 16


def palette(transparent: bool) -> bytes:
    image = Image.new("P", (40, 30), 1)
    image.putpalette([0, 0, 255, 255, 0, 0])
    return saved(image, "PNG", **({"transparency": 1} if transparent else {}))


SRGB = ImageCms.createProfile("sRGB")


def told(colour: tuple[int, ...], profile: bytes, kind: str = "PNG") -> bytes:
    """A picture of one colour in the words of a profile."""
    mode = "RGB" if len(colour) == 3 else "CMYK"
    return saved(Image.new(mode, (40, 30), colour), kind, icc_profile=profile)


def ycck(stored: tuple[int, int, int, int], **options: object) -> bytes:
    """Four inks as Photoshop writes them: three told as light, its blue and its red, all turned.

    Light 150, blue 43, red 21 are R 0, G 255, B 0: the amounts of cyan, magenta and yellow.
    """
    turned = Image.new("CMYK", (40, 30), tuple(255 - part for part in stored))
    whole = saved(turned, "JPEG", quality=100, **options)
    transform = whole.index(b"Adobe") + 11
    assert whole[transform] == 0  # CMYK as it is
    return whole[:transform] + b"\2" + whole[transform + 1 :]


def colour_of_16_bits(alpha: int | None = None) -> bytes:
    """A PNG of 8 × 8 points of 16 bits a colour, which Pillow reads and does not write."""
    point = struct.pack(">HHH", 0x8000, 0x4000, 0xBFFF)
    kind = 2
    if alpha is not None:
        point, kind = point + struct.pack(">H", alpha), 6
    head = struct.pack(">IIBBBBB", 8, 8, 16, kind, 0, 0, 0)
    packed = zlib.compress((b"\0" + point * 8) * 8)
    chunks = (chunk(b"IHDR", head), chunk(b"IDAT", packed), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


PIXELS: dict[str, tuple[Callable[[], bytes], Colour]] = {
    "a red JPEG": (jpeg, (254, 0, 0)),
    "gray of 16 bits, PNG": (lambda: gray16("I;16", "PNG"), (128, 128, 128)),
    "gray of 16 bits, TIFF": (lambda: gray16("I;16", "TIFF"), (128, 128, 128)),
    "gray of 16 bits, big-endian TIFF": (big_endian_gray16, (128, 128, 128)),
    "gray of 32 bits, TIFF": (lambda: gray16("I", "TIFF"), (128, 128, 128)),
    "real numbers up to one, TIFF": (
        lambda: saved(Image.new("F", (40, 30), 0.5), "TIFF"),
        (128, 128, 128),
    ),
    "CMYK magenta, JPEG": (
        lambda: saved(Image.new("CMYK", (40, 30), (0, 255, 0, 0)), "JPEG"),
        (255, 0, 255),
    ),
    "CMYK magenta, TIFF": (
        lambda: saved(Image.new("CMYK", (40, 30), (0, 255, 0, 0)), "TIFF"),
        (255, 0, 255),
    ),
    "one bit, white": (lambda: saved(Image.new("1", (40, 30), 1), "PNG"), WHITE),
    "one bit, black, fax": (
        lambda: saved(Image.new("1", (40, 30), 0), "TIFF", compression="group4"),
        BLACK,
    ),
    "half transparent black": (
        lambda: saved(Image.new("RGBA", (40, 30), (0, 0, 0, 128)), "PNG"),
        (127, 127, 127),
    ),
    "transparent, black beneath": (
        lambda: saved(Image.new("LA", (40, 30), (0, 0)), "PNG"),
        WHITE,
    ),
    "transparent WebP": (
        lambda: saved(Image.new("RGBA", (40, 30), (0, 0, 0, 0)), "WEBP"),
        WHITE,
    ),
    "palette": (lambda: palette(False), RED),
    "palette with a transparent colour": (lambda: palette(True), WHITE),
    "a colour that means transparent": (
        lambda: saved(Image.new("RGB", (40, 30), GREEN), "PNG", transparency=GREEN),
        WHITE,
    ),
    "a profile that swaps red and green": (
        lambda: saved(Image.new("RGB", (40, 30), RED), "PNG", icc_profile=swapped_profile()),
        GREEN,
    ),
    "red of sRGB, told in Display P3": (
        lambda: told((234, 51, 35), rgb_profile(P3, srgb_curve())),
        (255, 0, 0),
    ),
    "green of sRGB, told in Adobe RGB": (
        lambda: told((144, 255, 60), rgb_profile(ADOBE, gamma(2.19921875))),
        (0, 255, 0),
    ),
    "sRGB told as such": (
        lambda: told((200, 90, 30), ImageCms.ImageCmsProfile(SRGB).tobytes()),
        (200, 90, 30),
    ),
    "gray told in Display P3": (
        lambda: told((99, 99, 99), rgb_profile(P3, srgb_curve())),
        (99, 99, 99),
    ),
    "YCCK magenta, JPEG": (lambda: ycck((150, 43, 21, 255)), (255, 0, 255)),
    "YCCK, half of it black, JPEG": (lambda: ycck((150, 43, 21, 128)), (128, 0, 128)),
    "YCCK by its profile, JPEG": (
        lambda: ycck((150, 43, 21, 255), icc_profile=gray_magenta_profile()),
        (119, 119, 119),
    ),
    "CMYK by its profile, JPEG": (
        lambda: told((0, 255, 0, 0), gray_magenta_profile(), "JPEG"),
        (119, 119, 119),
    ),
    "CMYK by its profile, TIFF": (
        lambda: told((0, 255, 0, 0), gray_magenta_profile(), "TIFF"),
        (119, 119, 119),
    ),
    "colour of 16 bits, PNG": (colour_of_16_bits, (128, 64, 191)),
    "transparent of 16 bits, PNG": (lambda: colour_of_16_bits(alpha=0), WHITE),
    "one bit upside down, fax": (
        lambda: saved(Image.new("1", (40, 30), 1), "TIFF", compression="group4", tiffinfo={262: 0}),
        BLACK,  # where white is zero, one is black
    ),
    "a profile for other pixels": (
        lambda: saved(Image.new("L", (40, 30), 90), "PNG", icc_profile=swapped_profile()),
        (90, 90, 90),
    ),
    "a profile of noise": (
        lambda: saved(Image.new("RGB", (40, 30), BLUE), "PNG", icc_profile=b"noise" * 40),
        BLUE,
    ),
    "a PDF page without paint": (lambda: pdf([""], []), WHITE),
    "a PDF page all blue": (lambda: pdf(["0 0 1 rg 0 0 100 50 re f"], []), BLUE),
}


@pytest.mark.parametrize("name", PIXELS)
def test_pixels_are_what_the_eye_expects(name: str) -> None:
    make, expected = PIXELS[name]
    seen = screen(make())
    middle = (seen.width // 2, seen.height // 2)
    # WebP halves the colour resolution: pure hues come back a little off.
    assert near(seen.getpixel(middle), expected, 4), seen.getpixel(middle)


def test_line_art_of_two_colours_stays_exact() -> None:
    image = Image.new("1", (50, 50), 1)
    for n in range(50):
        image.putpixel((n, n), 0)
    (page,) = read(saved(image, "PNG"), STANDARD).pages
    assert page.screen.content[12:16] == b"VP8L"
    seen = Image.open(io.BytesIO(page.screen.content)).convert("L")
    assert seen.tobytes() == image.convert("L").tobytes()


@pytest.mark.parametrize(
    ("size", "large", "small"),
    [
        ((4000, 2000), (1600, 800), (320, 160)),
        ((1000, 3300), (485, 1600), (97, 320)),
        ((1700, 1700), (1600, 1600), (320, 320)),
        ((100, 50), (100, 50), (100, 50)),
        ((5000, 1), (1600, 1), (320, 1)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_sizes_are_at_most_1600_and_320_and_never_more_than_the_scan(
    kind: str, size: tuple[int, int], large: tuple[int, int], small: tuple[int, int]
) -> None:
    (page,) = read(saved(Image.new("RGB", size, BLUE), kind), STANDARD).pages
    assert (page.screen.width, page.screen.height) == large
    assert (page.thumb.width, page.thumb.height) == small
    assert Image.open(io.BytesIO(page.screen.content)).size == large
    assert page.colour == ("#0000fe" if kind == "JPEG" else "#0000ff")


def test_every_page_of_a_pdf_and_a_tiff_is_a_leaf_in_order() -> None:
    paints = ["1 0 0 rg 0 0 100 50 re f", "0 1 0 rg 0 0 100 50 re f", ""]
    pages = [Image.new("RGB", (40, 20), colour) for colour in (RED, GREEN, WHITE)]
    for content in (
        pdf(paints, []),
        saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]),
    ):
        seen = [
            Image.open(io.BytesIO(page.screen.content)).convert("RGB").getpixel((9, 9))
            for page in read(content, STANDARD).pages
        ]
        assert len(seen) == 3
        assert all(near(a, b) for a, b in zip(seen, (RED, GREEN, WHITE), strict=True)), seen


def test_a_pdf_page_is_drawn_1600_wide_however_large_it_calls_itself() -> None:
    plain = pdf([""], [])
    for box in (b"0 0 2 1", b"0 0 14400 7200", b"0 0 99999 1"):
        (page,) = read(plain.replace(b"0 0 100 50", box), STANDARD).pages
        assert page.screen.width == 1600
        assert page.screen.height == (1 if box.endswith(b" 1") and b"99999" in box else 800)


def test_the_dominant_colour_is_that_of_the_paper_not_the_average() -> None:
    image = Image.new("RGB", (100, 100), (250, 240, 200))
    image.paste(BLACK, (0, 0, 100, 30))
    (page,) = read(saved(image, "PNG"), STANDARD).pages
    assert page.colour == "#faf0c8"
