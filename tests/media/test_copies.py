"""Copies to download and large views: only where they are asked for, and only pages."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops

from generator.media import Prepared, prepare
from generator.media.answer import Reading, from_bytes, to_bytes
from generator.media.clean import Clean
from generator.media.copies import clean_copy
from generator.media.derive import read
from generator.media.light import clean_pdf, looks_alike
from generator.media.recipe import STANDARD, Want
from generator.media.refusals import Refused
from generator.media.sniff import kind_of
from generator.model.site import Leaf
from tests.media.canaries import CANARY, sings
from tests.media.making import (
    BLUE,
    GREEN,
    RED,
    TURNED,
    Watching,
    exif,
    jpeg,
    lay,
    near,
    pdf,
    quarters,
    saved,
    stream,
    swapped_profile,
)

SAMPLE = Path(__file__).parents[2] / "portfolios"


def copied(content: bytes) -> Clean:
    return clean_copy(content, kind_of(content))


def noise(size: tuple[int, int] = (123, 77), mode: str = "RGB") -> Image.Image:
    return Image.merge("RGB", [Image.effect_noise(size, 80) for _ in "RGB"]).convert(mode)


JPEGS: dict[str, Callable[[], bytes]] = {
    "plain": lambda: saved(noise(), "JPEG"),
    "of full colour": lambda: saved(noise(), "JPEG", subsampling=0, quality=97),
    "progressive": lambda: saved(noise(), "JPEG", progressive=True),
    "gray": lambda: saved(noise(mode="L"), "JPEG"),
    "CMYK": lambda: saved(noise(mode="CMYK"), "JPEG"),
    "with restarts": lambda: saved(noise(), "JPEG", restart_marker_rows=1),
    "with a profile": lambda: saved(noise(), "JPEG", icc_profile=swapped_profile()),
    "with a long profile": lambda: saved(noise(), "JPEG", icc_profile=swapped_profile() * 99),
}


@pytest.mark.parametrize("name", JPEGS)
def test_a_jpeg_keeps_its_pixels_bit_by_bit(name: str) -> None:
    content = JPEGS[name]()
    copy = copied(content)
    assert copy.suffix == "jpg"
    with Image.open(io.BytesIO(content)) as before, Image.open(io.BytesIO(copy.content)) as after:
        assert (after.mode, after.size) == (before.mode, before.size)
        assert after.tobytes() == before.tobytes()


def test_a_profile_keeps_its_colours_and_loses_its_words() -> None:
    content = saved(Image.new("RGB", (40, 30), RED), "JPEG", icc_profile=swapped_profile())
    copy = copied(content).content
    assert len(copy) < len(content)
    (page,) = read(copy, STANDARD).pages
    with Image.open(io.BytesIO(page.screen.content)) as seen:
        assert near(seen.convert("RGB").getpixel((20, 15)), GREEN)


@pytest.mark.parametrize("orientation", TURNED)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_copy_stands_upright(kind: str, orientation: int) -> None:
    size = (96, 64) if orientation < 5 else (64, 96)
    content = saved(quarters(TURNED[orientation], size), kind, exif=exif(orientation))
    (before,), (after,) = (
        read(content, STANDARD).pages,
        read(copied(content).content, STANDARD).pages,
    )
    one, two = (Image.open(io.BytesIO(page.screen.content)) for page in (before, after))
    assert one.size == two.size == (96, 64)
    # Beside an edge colours may bleed a little differently.
    assert max(ImageChops.difference(one, two).convert("L").tobytes()) < 60


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P", "I;16", "RGBA"])
def test_a_png_keeps_its_pixels_bit_by_bit(mode: str) -> None:
    image = noise(mode="L").convert("I").convert("I;16") if mode == "I;16" else noise(mode=mode)
    content = saved(image, "PNG", dpi=(300, 300))
    copy = copied(content)
    assert copy.suffix == "png"
    assert Image.open(io.BytesIO(copy.content)).tobytes() == image.tobytes()
    assert b"pHYs" in content
    assert b"pHYs" not in copy.content


def test_other_kinds_become_what_everybody_can_open() -> None:
    pages = [noise(), noise()]
    tiff = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert copied(saved(noise(), "WEBP")).suffix == copied(saved(noise(), "TIFF")).suffix == "jpg"
    assert copied(tiff).suffix == "pdf"
    assert len(read(copied(tiff).content, STANDARD).pages) == 2


@pytest.mark.parametrize("path", sorted(SAMPLE.rglob("*.pdf")), ids=lambda path: path.parent.name)
def test_a_pdf_of_the_sample_school_looks_the_same(path: Path) -> None:
    content = path.read_bytes()
    copy = clean_pdf(content)
    assert looks_alike(content, copy)
    assert len(copy) < len(content) * 1.05


def filled_form() -> bytes:
    """A page whose only ink is what somebody filled in."""
    ink = stream("/Type/XObject/Subtype/Form/BBox[0 0 100 50]", b"1 0 0 rg 0 0 100 50 re f")
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/Rect[0 0 100 50]/F 4/AP<</N 10 0 R>>>>"
    whole = pdf([""], [ink, field])
    whole = whole.replace(b"/Type/Page/", b"/Annots[11 0 R]/Type/Page/")
    return whole.replace(b"/Type/Catalog", b"/Type/Catalog/AcroForm<</Fields[11 0 R]>>")


def test_what_was_filled_in_is_seen_and_copied() -> None:
    for content in (filled_form(), clean_pdf(filled_form())):
        (page,) = read(content, STANDARD).pages
        seen = Image.open(io.BytesIO(page.screen.content)).convert("RGB")
        assert near(seen.getpixel((800, 400)), RED)


def test_a_pdf_that_cannot_be_vouched_for_becomes_pictures() -> None:
    layers = pdf(["0 0 1 rg 0 0 100 50 re f"], []).replace(
        b"/Type/Catalog", b"/Type/Catalog/OCProperties<</OCGs[]/D<<>>>>"
    )
    copy = clean_pdf(layers)
    with pikepdf.open(io.BytesIO(copy)) as document:
        assert "/Scan" in document.pages[0].Resources.XObject
    assert looks_alike(layers, copy)


def test_pdfs_that_show_different_things_are_told_apart() -> None:
    blue, red = (pdf([f"{rgb} rg 0 0 100 50 re f"], []) for rgb in ("0 0 1", "1 0 0"))
    assert looks_alike(blue, blue)
    assert not looks_alike(blue, red)


# Only where it is asked for


def asked(tmp_path: Path, files: dict[str, bytes], *wants: Want) -> Prepared:
    scans = [
        replace(scan, zoom=want.zoom, download=want.copy, cover=want.middle)
        for scan, want in zip(lay(tmp_path / "in", files), wants, strict=True)
    ]
    return prepare(scans, tmp_path / "in", tmp_path / "cache", Watching())


def only(prepared: Prepared) -> Leaf:
    ((leaf,),) = prepared.leaves.values()
    return leaf


ALL = Want(zoom=True, copy=True)
LARGE = saved(Image.new("RGB", (3000, 1500), BLUE), "JPEG")


def test_a_copy_and_a_large_view_are_made_only_where_they_are_asked_for(tmp_path: Path) -> None:
    plain = only(asked(tmp_path, {"a.jpg": LARGE}, Want()))
    assert (plain.zoom, plain.copy) == (None, None)
    whole = only(asked(tmp_path, {"a.jpg": LARGE}, ALL))
    assert whole.zoom
    assert (whole.zoom.width, whole.zoom.height) == (2400, 1200)
    assert whole.copy
    assert whole.copy.path.read_bytes()[:2] == b"\xff\xd8"
    assert only(asked(tmp_path, {"a.jpg": LARGE}, ALL)) == whole
    half = only(asked(tmp_path, {"a.jpg": LARGE}, Want(copy=True)))
    assert half == replace(whole, zoom=None)
    again = only(asked(tmp_path, {"a.jpg": LARGE}, Want()))
    assert (again.zoom, again.copy) == (None, None)


def test_one_of_two_entries_with_the_same_file_is_enough_to_ask(tmp_path: Path) -> None:
    leaf = only(asked(tmp_path, {"a.jpg": LARGE, "b.jpg": LARGE}, Want(), ALL))
    assert leaf.zoom
    assert leaf.copy


def test_what_a_portfolio_begins_with_is_drawn_in_a_middle_size_too(tmp_path: Path) -> None:
    plain = only(asked(tmp_path, {"a.jpg": LARGE}, Want()))
    assert plain.middle is None
    assert plain.large == plain.screen
    cover = only(asked(tmp_path, {"a.jpg": LARGE}, Want(middle=True)))
    assert cover.middle
    assert (cover.middle.width, cover.middle.height) == (800, 400)
    assert cover.large == cover.middle
    assert replace(cover, middle=None) == plain
    assert only(asked(tmp_path, {"a.jpg": LARGE}, Want(middle=True))) == cover
    assert only(asked(tmp_path, {"a.jpg": LARGE}, Want())) == plain


def test_a_small_scan_has_no_larger_view(tmp_path: Path) -> None:
    assert only(asked(tmp_path, {"a.jpg": jpeg((1600, 900))}, ALL)).zoom is None


def test_a_copy_that_is_gone_is_made_again(tmp_path: Path) -> None:
    first = only(asked(tmp_path, {"a.jpg": LARGE}, ALL))
    assert first.copy
    first.copy.path.unlink()
    assert only(asked(tmp_path, {"a.jpg": LARGE}, ALL)) == first
    assert first.copy.path.exists()


def test_the_same_scan_gives_the_same_copy() -> None:
    for content in (LARGE, saved(noise(), "TIFF"), filled_form()):
        assert copied(content) == copied(content)


@pytest.mark.parametrize(
    "content",
    [
        saved(noise((9, 9)), "JPEG", comment=b"a word"),
        saved(noise((9, 9)), "JPEG") + b"a word",
        saved(noise((9, 9)), "PNG", dpi=(300, 300)),
        b"<html>",
    ],
)
def test_a_copy_with_more_than_pixels_is_not_believed(content: bytes) -> None:
    (page,) = read(jpeg(), STANDARD).pages
    answer = from_bytes(to_bytes(Reading((page,), copy=Clean(content, "jpg"))))
    assert isinstance(answer, Refused)


def named(place: str) -> bytes:
    """A page that paints something, and says the word in one place."""
    word = CANARY
    stream, kept = f"q {PLACES[place][0]} Q", PLACES[place][1]
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(200, 200))
        tint = document.make_stream(
            b"{0 0 0 4 -1 roll}", FunctionType=4, Domain=[0, 1], Range=[0, 1] * 4
        )
        form = document.make_stream(
            b"0 0 50 50 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 50, 50]
        )
        ink = Array([Name("/Separation"), Name(f"/{word}"), Name.DeviceCMYK, tint])
        inks = Array([Name("/DeviceN"), Array([Name(f"/{word}")]), Name.DeviceCMYK, tint,
                      Dictionary(Colorants=Dictionary({f"/{word}": ink}))])  # fmt: skip
        kinds: dict[str, dict[str, Any]] = {
            "XObject": {f"/{word}": form},
            "ExtGState": {f"/{word}": Dictionary(CA=1)},
            "ColorSpace": {"/Ink": ink, "/Inks": inks, f"/{word}": ink},
            "Font": {f"/{word}": Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)},
        }  # fmt: skip
        page.obj.Resources = Dictionary({f"/{k}": Dictionary(kinds[k]) for k in kept.split()})
        page.Contents = document.make_stream(stream.replace("WORD", word).encode())
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


PLACES = {
    "a piece of painting": ("/WORD Do", "XObject"),
    "a state": ("/WORD gs 0 0 9 9 re f", "ExtGState"),
    "colours": ("/WORD cs 1 scn 0 0 9 9 re f", "ColorSpace"),
    "an ink": ("/Ink cs 1 scn 0 0 9 9 re f", "ColorSpace"),
    "several inks": ("/Inks cs 1 scn 0 0 9 9 re f", "ColorSpace"),
    "a font": ("BT /WORD 12 Tf 20 20 Td (A) Tj ET", "Font"),
    "a name too many": ("/WORD 1 w 0 0 9 9 re f", "XObject"),
    "words too many": ("(WORD) 1 w 0 0 9 9 re f", "XObject"),
    "words in a list": ("[(WORD)] 0 d 0 0 9 9 re f", "XObject"),
    "a step nobody knows": ("BX WORD EX 0 0 9 9 re f", "XObject"),
    "a small picture": ("BI /W 1 /H 1 /BPC 8 /CS /G /Note (WORD) ID x EI", "XObject"),
}
KEPT = ("a piece of painting", "a state", "colours", "an ink", "several inks", "a font")


@pytest.mark.parametrize("place", PLACES)
def test_no_name_in_a_pdf_comes_into_its_copy(place: str) -> None:
    content = named(place)
    assert sings(content)

    copy = clean_pdf(content)

    assert not sings(copy)
    assert looks_alike(content, copy)
    with pikepdf.open(io.BytesIO(copy)) as document:
        drawn = "/Scan" in document.pages[0].Resources.get("/XObject", {})
    assert drawn is (place not in KEPT), "a picture instead of the page"
