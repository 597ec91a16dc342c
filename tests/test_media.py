"""Scans made light and clean: what comes out, what is refused, what is remembered."""

import hashlib
import io
import os
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from generator.diagnostic import Text
from generator.media import Prepared, prepare
from generator.media.answer import Drawn, from_bytes, to_bytes
from generator.media.derive import draw
from generator.media.recipe import STANDARD, Recipe, read_fingerprint
from generator.media.refusals import CODES, Refused
from generator.media.store import INDEX, read_store
from generator.media.workers import Task, run_apart
from generator.model.shown import ShownScan
from generator.trouble import Trouble

RED, GREEN, BLUE, WHITE, BLACK = (
    (255, 0, 0),
    (0, 255, 0),
    (0, 0, 255),
    (255, 255, 255),
    (0, 0, 0),
)
Colour = tuple[int, int, int]


class Watching:
    """Counts what it is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, int, int]] = []

    def start(self, total_files: int, total_bytes: int) -> None:
        self.heard.append(("start", total_files, total_bytes))

    def advance(self, path_bytes: int) -> None:
        self.heard.append(("advance", 1, path_bytes))

    def finish(self) -> None:
        self.heard.append(("finish", 0, 0))


class Impatient(Watching):
    """Presses Ctrl-C when the first file is done."""

    def advance(self, path_bytes: int) -> None:
        raise KeyboardInterrupt(path_bytes)


def shown(path: str, content: bytes) -> ShownScan:
    return ShownScan(path, hashlib.sha256(content).hexdigest(), "", Text("", ""))


def lay(root: Path, files: Mapping[str, bytes]) -> list[ShownScan]:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return [shown(path, content) for path, content in files.items()]


def run(tmp_path: Path, files: Mapping[str, bytes], watching: Watching | None = None) -> Prepared:
    scans = lay(tmp_path / "in", files)
    return prepare(scans, tmp_path / "in", tmp_path / "cache", watching or Watching())


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def jpeg(size: tuple[int, int] = (40, 30), colour: Colour = RED) -> bytes:
    return saved(Image.new("RGB", size, colour), "JPEG")


def screen(content: bytes) -> Image.Image:
    """The only page of a scan as the browser shows it."""
    (page,) = draw(content, STANDARD)
    return Image.open(io.BytesIO(page.screen.content)).convert("RGB")


def near(seen: object, expected: Colour, off: int = 6) -> bool:
    assert isinstance(seen, tuple)
    return all(abs(a - b) <= off for a, b in zip(seen, expected, strict=True))


def pdf(pages: list[str], objects: list[bytes], extra: bytes = b"") -> bytes:
    """A PDF of 100 × 50 points a page: content streams, then further objects from number 10 on."""
    kids = b" ".join(b"%d 0 R" % (1000 + 2 * n) for n in range(len(pages)))
    out = [b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"]
    out.append(b"2 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj\n" % (len(pages), kids))
    for n, text in enumerate(pages):
        out.append(
            b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 50]/Contents %d 0 R"
            b"/Resources<</XObject<</X 10 0 R>>>>>>endobj\n" % (1000 + 2 * n, 1001 + 2 * n)
        )
        out.append(b"%d 0 obj" % (1001 + 2 * n) + stream("", text.encode()) + b"endobj\n")
    out += [b"%d 0 obj" % (10 + n) + body + b"endobj\n" for n, body in enumerate(objects)]
    return b"".join(out) + b"trailer<</Root 1 0 R %s>>\n%%%%EOF\n" % extra


def stream(keys: str, content: bytes) -> bytes:
    return f"<<{keys}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream "


# What must never come out

SECRET = "SEKRET"


def exif(orientation: int = 1) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = f"{SECRET}-make"
    tags.get_ifd(0x8825).update({1: "N", 2: (55.0, 45.0, 21.0), 29: f"{SECRET}-gps"})
    return tags


def swapped_profile() -> bytes:
    """An RGB space whose red is green and whose green is red, with a secret in its copyright."""
    raw = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    (tags,) = struct.unpack(">I", raw[128:132])
    place = {bytes(raw[at : at + 4]): at for at in range(132, 132 + 12 * tags, 12)}
    red, green = place[b"rXYZ"], place[b"gXYZ"]
    raw[red + 4 : red + 12], raw[green + 4 : green + 12] = (
        raw[green + 4 : green + 12],
        raw[red + 4 : red + 12],
    )
    text = "No copyright".encode("utf-16-be")
    assert text in raw
    return bytes(raw).replace(text, (SECRET + "------").encode("utf-16-be"))


def png_texts() -> PngImagePlugin.PngInfo:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", f"{SECRET}-text")
    texts.add_itxt("XML:com.adobe.xmp", f"{SECRET}-xmp")
    return texts


def dirty() -> dict[str, bytes]:
    image = Image.new("RGB", (64, 48), (200, 30, 30))
    xmp = f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode()
    photo = saved(
        image, "JPEG", exif=exif(), xmp=xmp, comment=SECRET, icc_profile=swapped_profile()
    )
    in_pdf = stream(
        "/Subtype/Image/Width 64/Height 48/BitsPerComponent 8/ColorSpace/DeviceRGB"
        "/Filter/DCTDecode",
        photo,
    )
    return {
        "photo.jpg": photo,
        "trailer.jpg": photo + photo + f"{SECRET} motion photo".encode(),
        "two.jpg": saved(image, "MPO", save_all=True, append_images=[image], exif=exif()),
        "text.png": saved(image, "PNG", pnginfo=png_texts(), exif=exif()),
        "tags.tif": saved(
            image, "TIFF", tiffinfo={270: SECRET, 315: SECRET, 700: xmp}, exif=exif().tobytes()
        ),
        "web.webp": saved(image, "WEBP", exif=exif(), xmp=xmp, icc_profile=swapped_profile()),
        "paper.pdf": pdf(
            ["100 0 0 50 0 0 cm /X Do"],
            [in_pdf, f"<</Author({SECRET})>>".encode()],
            b"/Info 11 0 R",
        ),
    }


def everything_below(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def secrets_in(content: bytes) -> bool:
    return any(SECRET.encode(code) in content for code in ("ascii", "utf-16-be", "utf-16-le"))


def test_no_word_of_any_metadata_comes_out(tmp_path: Path) -> None:
    files = dirty()
    assert all(secrets_in(content) for content in files.values())
    prepared = run(tmp_path, files)
    assert not prepared.diagnostics
    assert len(prepared.leaves) == len(files)
    for name, content in everything_below(tmp_path / "cache").items():
        assert not secrets_in(content), name
        assert not any(mark in content for mark in (b"EXIF", b"ICCP", b"XMP ", b"Exif")), name


def test_a_picture_in_the_cache_is_one_bare_image_chunk(tmp_path: Path) -> None:
    run(tmp_path, dirty())
    for name, content in everything_below(tmp_path / "cache").items():
        if name != INDEX:
            assert content[12:16] in (b"VP8 ", b"VP8L")
            assert 20 + int.from_bytes(content[16:20], "little") in (len(content), len(content) - 1)


# What must come out

TURNED = {  # by the EXIF standard: what the stored corners TL, TR, BL, BR are to the eye
    1: "abcd",
    2: "badc",
    3: "dcba",
    4: "cdab",
    5: "acbd",
    6: "bdac",
    7: "dbca",
    8: "cadb",
}
CORNERS = {"a": RED, "b": GREEN, "c": BLUE, "d": BLACK}


def quarters(corners: str, size: tuple[int, int]) -> Image.Image:
    image = Image.new("RGB", size)
    width, height = size[0] // 2, size[1] // 2
    for n, corner in enumerate(corners):
        left, top = n % 2 * width, n // 2 * height
        image.paste(CORNERS[corner], (left, top, left + width, top + height))
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("orientation", TURNED)
def test_every_orientation_stands_upright(kind: str, orientation: int) -> None:
    size = (96, 64) if orientation < 5 else (64, 96)
    stored = saved(quarters(TURNED[orientation], size), kind, exif=exif(orientation))
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
    (page,) = draw(saved(image, "PNG"), STANDARD)
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
    (page,) = draw(saved(Image.new("RGB", size, BLUE), kind), STANDARD)
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
            for page in draw(content, STANDARD)
        ]
        assert len(seen) == 3
        assert all(near(a, b) for a, b in zip(seen, (RED, GREEN, WHITE), strict=True)), seen


def test_a_pdf_page_is_drawn_1600_wide_however_large_it_calls_itself() -> None:
    plain = pdf([""], [])
    for box in (b"0 0 2 1", b"0 0 14400 7200", b"0 0 99999 1"):
        (page,) = draw(plain.replace(b"0 0 100 50", box), STANDARD)
        assert page.screen.width == 1600
        assert page.screen.height == (1 if box.endswith(b" 1") and b"99999" in box else 800)


def test_the_dominant_colour_is_that_of_the_paper_not_the_average() -> None:
    image = Image.new("RGB", (100, 100), (250, 240, 200))
    image.paste(BLACK, (0, 0, 100, 30))
    (page,) = draw(saved(image, "PNG"), STANDARD)
    assert page.colour == "#faf0c8"


# What is refused


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bomb_png(side: int) -> bytes:
    """A whole PNG of black points, `side` squared, that weighs next to nothing."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    packer = zlib.compressobj()
    rows = b"".join(packer.compress(bytes(1 + side // 8 + 1)) for _ in range(side))
    body = chunk(b"IHDR", head) + chunk(b"IDAT", rows + packer.flush()) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg_of_many_passes() -> bytes:
    whole = saved(Image.effect_noise((64, 64), 50), "JPEG", progressive=True)
    start = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[start:-2] * 120 + whole[-2:]


def locked_pdf() -> bytes:
    lock = b"/Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>" % (b"11" * 32, b"22" * 32)
    return pdf([""], [], b"/ID[<00><00>]/Encrypt<<%s>>" % lock)


def nested_pdf() -> bytes:
    """About 2 kB that draw a rectangle a hundred million times."""
    forms = [
        stream(
            f"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {11 + n} 0 R>>>>", b"/X Do " * 10
        )
        for n in range(8)
    ]
    return pdf(["/X Do"], [*forms, stream("/Subtype/Form/BBox[0 0 9 9]", b"0 0 1 1 re f")])


HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty.jpg": (b"", "scan-empty"),
    "cut.jpg": (saved(Image.effect_noise((300, 300), 60), "JPEG")[:9000], "scan-cut"),
    "cut.png": (saved(Image.effect_noise((300, 300), 60), "PNG")[:9000], "scan-cut"),
    "cut.webp": (saved(Image.effect_noise((300, 300), 60), "WEBP")[:3000], "scan-cut"),
    "cut.pdf": (pdf([""], [])[:40], "scan-cut"),
    "broken.png": (jpeg()[:0] + b"\x89PNG\r\n\x1a\n" + b"x" * 80 + b"IEND", "scan-broken"),
    "broken.tif": (b"II*\0" + b"\xff" * 90, "scan-broken"),
    "bomb.png": (bomb_png(13_300), "scan-huge"),
    "long.png": (saved(Image.new("1", (20_001, 1)), "PNG"), "scan-huge"),
    "vector.jpg": (b"<?xml version='1.0'?><svg xmlns='x'/>", "scan-kind"),
    "page.png": (b"<!DOCTYPE html><p>hello", "scan-kind"),
    "program.jpg": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage", "scan-kind"),
    "film.gif": (saved(Image.new("L", (9, 9)), "GIF"), "scan-kind"),
    "phone.heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40, "scan-heic"),
    "pointer.jpg": (b"version https://git-lfs.example/spec/v1\noid sha256:00\n", "scan-lfs"),
    "passes.jpg": (jpeg_of_many_passes(), "scan-passes"),
    "locked.pdf": (locked_pdf(), "scan-locked"),
    "thick.pdf": (pdf([""] * 31, []), "scan-pages"),
    "thick.tif": (
        saved(
            Image.new("1", (8, 8)),
            "TIFF",
            save_all=True,
            append_images=[Image.new("1", (8, 8))] * 20,
        ),
        "scan-pages",
    ),
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """All hostile files, all odd places and one good scan, in one run."""
    folder = tmp_path_factory.mktemp("hostile")
    root = folder / "in"
    scans = lay(root, {name: content for name, (content, _) in HOSTILE.items()})
    scans += lay(root, {"good.jpg": jpeg(), "changed.jpg": jpeg(colour=BLUE)})
    (root / "changed.jpg").write_bytes(jpeg(colour=GREEN))
    (folder / "outside.jpg").write_bytes(jpeg((10, 10)))
    (root / "link.jpg").symlink_to(folder / "outside.jpg")
    (root / "linked").symlink_to(folder)
    (root / "folder.jpg").mkdir()
    os.mkfifo(root / "pipe.jpg")
    with (root / "heavy.pdf").open("wb") as file:
        file.write(b"%PDF-")
        file.truncate(60_000_001)
    odd = ("link.jpg", "linked/outside.jpg", "folder.jpg", "pipe.jpg", "heavy.pdf", "gone.jpg")
    scans += [shown(path, path.encode()) for path in (*odd, "../outside.jpg", "/etc/hostname")]
    heavy = jpeg() + b"\0" * 40_000_000
    scans += lay(root, {"heavy.jpg": heavy})
    return prepare(scans, root, folder / "cache", Watching())


ODD_PLACES = {
    "changed.jpg": "scan-changed",
    "link.jpg": "scan-link",
    "linked/outside.jpg": "scan-link",
    "folder.jpg": "scan-no-file",
    "pipe.jpg": "scan-no-file",
    "heavy.pdf": "scan-heavy",
    "heavy.jpg": "scan-heavy",
    "gone.jpg": "scan-absent",
    "../outside.jpg": "scan-outside",
    "/etc/hostname": "scan-outside",
}


def test_every_hostile_file_costs_one_diagnostic_and_no_more(refused: Prepared) -> None:
    seen = {found.place.file: found.code for found in refused.diagnostics}
    assert seen == {name: code for name, (_, code) in HOSTILE.items()} | ODD_PLACES
    assert list(refused.leaves) == [hashlib.sha256(jpeg()).hexdigest()]


def test_every_reason_to_refuse_is_met_but_no_permission_and_a_reader_that_dies(
    refused: Prepared,
) -> None:
    met = {found.code for found in refused.diagnostics}
    assert met | {"scan-closed", "scan-costly"} == set(CODES)


def test_words_are_russian_and_english_and_say_what_to_do(refused: Prepared) -> None:
    for found in refused.diagnostics:
        for text in (found.message, found.fix):
            assert re.search("[а-я]{3}", text.ru)
            assert text.en
            assert not re.search("[а-яА-Я]", text.en)
            assert "{" not in text.ru + text.en
        assert found.is_error


def test_two_files_of_the_same_broken_bytes_are_two_mistakes(tmp_path: Path) -> None:
    prepared = run(tmp_path, {"a/x.jpg": b"\xff\xd8\xff\xe0", "b/y.jpg": b"\xff\xd8\xff\xe0"})
    assert [found.place.file for found in prepared.diagnostics] == ["a/x.jpg", "b/y.jpg"]


# A worker may die


def test_two_kilobytes_that_fill_all_memory_cost_themselves_only(tmp_path: Path) -> None:
    files = {"bottomless.pdf": nested_pdf(), "good.jpg": jpeg()}
    digests = {name: scan.digest for name, scan in zip(files, lay(tmp_path, files), strict=True)}
    # In a process that may have little memory itself: filling 1.5 GB would take seconds.
    program = f"""
import resource
from pathlib import Path
from generator.diagnostic import Text
from generator.media import prepare
from generator.model.shown import ShownScan
from generator.trouble import Trouble
from generator.progress import watch
import sys
resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))
scans = [ShownScan(name, digest, "", Text("", "")) for name, digest in {digests!r}.items()]
found = prepare(scans, Path(), Path("cache"), watch(sys.stderr, silent=True))
print([(d.place.file, d.code) for d in found.diagnostics], len(found.leaves))
"""
    said = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert said.stdout == "[('bottomless.pdf', 'scan-costly')] 1\n"
    assert said.stderr == ""


def endless() -> bytes:
    while True:
        pass


def test_a_worker_that_dies_costs_its_own_answer_only() -> None:
    tasks = [
        Task("memory", lambda: bytes(3_000_000_000), 20),
        Task("abort", lambda: os.abort() or b"", 20),
        Task("endless", endless, 0.3),
        Task("error", lambda: b"%d" % (1 // 0), 20),
        Task("flood", lambda: bytes(70_000_000), 20),
        Task("large", lambda: b"x" * 5_000_000, 20),
        Task("fine", lambda: b"fine", 20),
    ]
    with closing(run_apart(tasks, 2)) as answers:
        heard = {task.name: answer for task, answer in answers}
    assert heard.pop("large") == b"x" * 5_000_000
    assert heard.pop("fine") == b"fine"
    assert heard == dict.fromkeys(("memory", "abort", "endless", "error", "flood"))
    assert_no_child_is_left()


def test_a_worker_has_no_environment_and_cannot_write_a_file(tmp_path: Path) -> None:
    def work() -> bytes:
        return repr(dict(os.environ)).encode()

    def write() -> bytes:
        (tmp_path / "file").write_bytes(b"x")
        return b"written"

    os.environ["STUPENI_TEST_WORD"] = "secret"
    try:
        answers = dict(run_apart([Task("a", work, 9), Task("b", write, 9)], 2))
    finally:
        del os.environ["STUPENI_TEST_WORD"]
    assert {task.name: answer for task, answer in answers.items()} == {"a": b"{}", "b": None}
    assert (tmp_path / "file").read_bytes() == b""


def assert_no_child_is_left() -> None:
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_an_answer_with_more_than_a_bare_picture_is_not_believed() -> None:
    (page,) = draw(jpeg(), STANDARD)
    assert from_bytes(to_bytes((page,))) == (page,)
    rich = saved(Image.new("RGB", (9, 9)), "WEBP", exif=exif())
    forged = Drawn(page.thumb, type(page.screen)(rich, 9, 9), page.colour)
    canvas = b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0" + bytes(10)
    empty = Drawn(page.thumb, type(page.screen)(canvas, 1, 1), page.colour)
    honest = to_bytes((page,))
    for raw in (
        to_bytes((forged,)),
        to_bytes((empty,)),
        honest + b"more",
        honest[:-3],
        b"",
        b"[]\n",
        b'["?","x"]\n',
    ):
        answer = from_bytes(raw)
        assert isinstance(answer, Refused)
        assert answer.code == "scan-costly"


# What is remembered


def stamps(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}


def colourful() -> dict[str, bytes]:
    return {"a.jpg": jpeg(colour=RED), "b.jpg": jpeg((90, 60), GREEN), "c/a.jpg": jpeg(colour=RED)}


def test_what_is_known_is_not_written_forked_or_imported_again(tmp_path: Path) -> None:
    watching = Watching()
    first = run(tmp_path, colourful(), watching)
    before = stamps(tmp_path / "cache")
    assert [what for what, _, _ in watching.heard] == ["start", "advance", "advance", "finish"]
    again = Watching()
    assert run(tmp_path, colourful(), again) == first
    assert again.heard == []
    assert stamps(tmp_path / "cache") == before
    program = (
        "import sys; from pathlib import Path; from generator.media import prepare;"
        "from generator.model.shown import ShownScan; from generator.diagnostic import Text;"
        f"scans = [ShownScan('a.jpg', {next(iter(first.leaves))!r}, '', Text('', ''))];"
        f"found = prepare(scans, Path('nowhere'), Path({str(tmp_path / 'cache')!r}), None);"
        "print(len(found.leaves), {'PIL', 'pypdfium2', 'generator.media.workers'} & {*sys.modules})"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert said.stdout == "1 set()\n", said.stderr


def test_the_same_scans_give_the_same_bytes(tmp_path: Path) -> None:
    files = dirty()
    run(tmp_path / "one", files)
    run(tmp_path / "two", files)
    one, two = (everything_below(tmp_path / name / "cache") for name in ("one", "two"))
    # Workers end in any order: the journal has the same lines, not the same order.
    assert sorted(one.pop(INDEX).splitlines()) == sorted(two.pop(INDEX).splitlines())
    assert one == two


def test_pictures_are_named_by_their_bytes_and_open_to_nobody_else(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        prepared = run(tmp_path, colourful())
    finally:
        os.umask(before)
    for (leaf,) in prepared.leaves.values():
        for picture in (leaf.thumb, leaf.screen):
            assert hashlib.sha256(picture.path.read_bytes()).hexdigest() == picture.digest
            name = f"{picture.digest[:2]}/{picture.digest}.webp"
            assert picture.path == tmp_path / "cache" / name
            with Image.open(picture.path) as image:
                assert image.size == (picture.width, picture.height)
    for path in [tmp_path / "cache", *(tmp_path / "cache").rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_a_folder_that_others_could_read_is_closed(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir(mode=0o755)
    run(tmp_path, colourful())
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("kept", [0, 1, 100, 300, -1])
def test_a_torn_journal_is_made_whole_again(tmp_path: Path, kept: int) -> None:
    first = run(tmp_path, colourful())
    journal = tmp_path / "cache" / INDEX
    journal.write_bytes(journal.read_bytes()[:kept])
    assert run(tmp_path, colourful()) == first
    quiet = Watching()
    assert run(tmp_path, colourful(), quiet) == first
    assert quiet.heard == []


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe\0",
        b"null",
        b"[" * 100_000,
        b'["{digest}","{recipe}",null]',
        b'["{digest}","{recipe}",[]]',
        b'["{digest}","{recipe}",[["#000000",["..x",1,1,1],["..x",1,1,1]]]]',
        b'["{digest}","{recipe}",[["red",0,0]]]',
        b'["{digest}","{recipe}",[[5,[1,2,3,4],[1,2,3,4]]]]',
        b'[["{digest}"],"{recipe}",[]]',
    ],
)
def test_a_foreign_line_in_the_journal_is_a_cold_scan_and_no_error(
    tmp_path: Path, line: bytes
) -> None:
    first = run(tmp_path, colourful())
    (tmp_path / "..x.webp").write_bytes(b"?")  # what a path out of the cache would find
    digest = next(iter(first.leaves)).encode()
    line = line.replace(b"{digest}", digest)
    line = line.replace(b"{recipe}", read_fingerprint(STANDARD).encode())
    with (tmp_path / "cache" / INDEX).open("ab") as file:
        file.write(line)
    assert run(tmp_path, colourful()) == first


@pytest.mark.parametrize("harm", ["gone", "short"])
def test_a_picture_that_is_gone_or_short_is_made_again(tmp_path: Path, harm: str) -> None:
    first = run(tmp_path, colourful())
    path = next(iter(first.leaves.values()))[0].screen.path
    whole = path.read_bytes()
    path.unlink() if harm == "gone" else path.write_bytes(whole[:-1])
    assert run(tmp_path, colourful()) == first
    assert path.read_bytes() == whole


def test_a_cache_that_cannot_be_written_ends_the_run_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")
    with pytest.raises(Trouble) as caught:
        run(tmp_path, colourful())
    assert "диск" in caught.value.hint.ru


def test_another_recipe_remembers_nothing_of_this_one(tmp_path: Path) -> None:
    first = run(tmp_path, colourful())
    other = read_fingerprint(Recipe(quality=60))
    for fingerprint, known in ((read_fingerprint(STANDARD), True), (other, False)):
        store = read_store(tmp_path / "cache", fingerprint)
        assert all((store.read_leaves(digest) is not None) is known for digest in first.leaves)


def test_an_interruption_keeps_what_is_done_and_leaves_no_process(tmp_path: Path) -> None:
    files = {f"{n}.jpg": jpeg((400, 300), (n * 20, 0, 0)) for n in range(9)}
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, files, Impatient())
    assert_no_child_is_left()
    rest = Watching()
    prepared = run(tmp_path, files, rest)
    assert len(prepared.leaves) == 9
    assert rest.heard[0][:2] == ("start", 8)


def test_progress_hears_every_file_once_and_the_end(tmp_path: Path) -> None:
    watching = Watching()
    files = {"a.jpg": jpeg(), "b.jpg": b"no picture at all"}
    run(tmp_path, files, watching)
    sizes = [len(content) for content in files.values()]
    assert watching.heard[0] == ("start", 2, sum(sizes))
    assert sorted(size for what, _, size in watching.heard if what == "advance") == sorted(sizes)
    assert watching.heard[-1] == ("finish", 0, 0)
