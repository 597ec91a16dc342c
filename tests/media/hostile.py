"""A name -> bytes nobody should send, and what becomes of them. What can hurt a build of scans?"""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from PIL import Image

from generator.media.heic import is_there
from tests.media.making import RED, Colour, jpeg, locked_pdf, pdf, saved, stream

TAKEN = ""
"""The answer to what is odd, but only pixels of it come out."""

Case = tuple[Callable[[], bytes], str]


def noise(kind: str, side: int = 300, **options: object) -> bytes:
    return saved(Image.effect_noise((side, side), 60), kind, **options)


def tiny() -> Image.Image:
    return Image.new("RGB", (9, 9), RED)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(width: int, height: int, packed: bytes, *extra: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = (chunk(b"IHDR", head), *extra, chunk(b"IDAT", packed), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def bomb_png(side: int) -> bytes:
    """A whole PNG of black points, `side` squared, that weighs next to nothing."""
    packer = zlib.compressobj()
    rows = b"".join(packer.compress(bytes(1 + side // 8 + 1)) for _ in range(side))
    return png_of(side, side, rows + packer.flush())


def text_bomb() -> bytes:
    text = b"Comment\0\0" + zlib.compress(bytes(200_000_000), 1)
    return png_of(9, 9, zlib.compress(bytes(27)), chunk(b"zTXt", text))


def jpeg_of_many_passes() -> bytes:
    whole = saved(Image.effect_noise((64, 64), 50), "JPEG", progressive=True)
    start = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[start:-2] * 120 + whole[-2:]


GRAY = (128, 128, 128)
"""What a decoder leaves where it finds no pixels."""


def resized_in_words_only(
    width: int, height: int, colour: Colour = RED, mode: str = "RGB", **options: object
) -> bytes:
    """A JPEG of 40 × 30 whose header promises another size."""
    whole = saved(Image.new("RGB", (40, 30), colour).convert(mode), "JPEG", **options)
    at = whole.index(b"\xff\xc2" if "progressive" in options else b"\xff\xc0") + 5
    return whole[:at] + struct.pack(">HH", height, width) + whole[at + 4 :]


def webp_that_promises(width: int, height: int) -> bytes:
    """A small lossless WebP whose header promises another size."""
    whole = saved(tiny(), "WEBP", lossless=True)
    return whole[:21] + struct.pack("<I", (width - 1) | (height - 1) << 14) + whole[25:]


def tiff_of(*tags: tuple[int, int, int, int], following: int = 0) -> bytes:
    entries = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + struct.pack("<I", following)


def plain_tags(
    width: int, height: int, length: int, rows: int = 0
) -> list[tuple[int, int, int, int]]:
    return [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 1), (259, 3, 1, 1), (262, 3, 1, 1),
        (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, rows or height), (279, 4, 1, length),
    ]  # fmt: skip


def thick_tiff() -> bytes:
    pages = [Image.new("1", (8, 8))] * 20
    return saved(Image.new("1", (8, 8)), "TIFF", save_all=True, append_images=pages)


def box(kind: bytes, brand: bytes, *also: bytes) -> bytes:
    brands = b"".join(also)
    return struct.pack(">I", 16 + len(brands)) + kind + brand + bytes(4) + brands + bytes(40)


def catalog(extra: bytes, objects: tuple[bytes, ...] = ()) -> bytes:
    """A PDF of one blue page with more in its catalog; further objects from number 10 on."""
    plain = pdf(["0 0 1 rg 0 0 100 50 re f"], list(objects))
    return plain.replace(b"/Type/Catalog", b"/Type/Catalog" + extra)


def written_by_qpdf(change: Callable[[pikepdf.Pdf], None], **options: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(100, 50))
        change(document)
        document.save(out, **options)
    return out.getvalue()


def unchanged(document: pikepdf.Pdf) -> None:
    """As it is."""


def add_script(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.Root.OpenAction = document.make_indirect(action)


def attach(document: pikepdf.Pdf) -> None:
    document.attachments["points.txt"] = b"hidden points"


SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
LAUNCH = b"<</S/Launch/F(calc.exe)>>"
ZIP = b"PK\x03\x04" + bytes(26) + b"PK\x05\x06" + bytes(18)
OWNER = pikepdf.Encryption(owner="o", user="")
BOTH = pikepdf.Encryption(owner="o", user="u")

PICTURES: dict[str, Case] = {
    "empty.jpg": (lambda: b"", "scan-empty"),
    "zeros.jpg": (lambda: bytes(5000), "scan-kind"),
    "random.jpg": (lambda: bytes(n * n % 251 for n in range(5000)), "scan-kind"),
    "cut.jpg": (lambda: noise("JPEG")[:9000], "scan-cut"),
    "cut-in-head.jpg": (lambda: noise("JPEG")[:100], "scan-cut"),
    "cut-progressive.jpg": (lambda: noise("JPEG", progressive=True)[:-3000], "scan-cut"),
    "cut.png": (lambda: noise("PNG")[:9000], "scan-cut"),
    "cut.webp": (lambda: noise("WEBP")[:3000], "scan-cut"),
    "cut.tif": (lambda: noise("TIFF")[:9000], "scan-cut"),
    "cut-strip.tif": (lambda: tiff_of(*plain_tags(800, 800, 80_000)), "scan-cut"),
    "broken.png": (lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 80 + b"IEND", "scan-broken"),
    "broken.tif": (lambda: tiff_of(*[(65535, 99, 1, 0)] * 9), "scan-broken"),
    "broken.jpg": (lambda: b"\xff\xd8\xff\xe0" + bytes(90) + b"\xff\xd9", "scan-broken"),
    "bomb.png": (lambda: bomb_png(13_300), "scan-huge"),
    "promise.png": (lambda: png_of(100_000, 100_000, zlib.compress(bytes(50))), "scan-huge"),
    "long.png": (lambda: saved(Image.new("1", (20_001, 1)), "PNG"), "scan-huge"),
    "text-bomb.png": (text_bomb, "scan-broken"),
    "promise.jpg": (lambda: resized_in_words_only(65_500, 65_500), "scan-huge"),
    "promise-less.jpg": (lambda: resized_in_words_only(9000, 9000), "scan-cut"),
    "few-rows.jpg": (lambda: resized_in_words_only(40, 60), "scan-cut"),
    "few-rows-in-parts.jpg": (
        lambda: resized_in_words_only(40, 60, restart_marker_rows=1), "scan-cut",
    ),
    "few-rows-progressive.jpg": (
        lambda: resized_in_words_only(40, 60, progressive=True), "scan-cut",
    ),
    "few-rows-gray.jpg": (lambda: resized_in_words_only(40, 60, colour=GRAY), "scan-cut"),
    "few-rows-of-inks.jpg": (lambda: resized_in_words_only(40, 60, mode="CMYK"), "scan-cut"),
    "few-rows.png": (lambda: png_of(9, 9, zlib.compress(bytes(12))), "scan-cut"),
    "few-rows.tif": (lambda: tiff_of(*plain_tags(8, 8, 4, rows=4)) + bytes(8), "scan-cut"),
    "all-black.png": (lambda: png_of(9, 9, zlib.compress(bytes(27))), TAKEN),
    "ended-early.jpg": (lambda: noise("JPEG")[:9000] + b"\xff\xd9", "scan-cut"),
    "all-gray.jpg": (lambda: jpeg(colour=GRAY), TAKEN),
    "bomb.webp": (lambda: webp_that_promises(16_383, 16_383), "scan-huge"),
    "bomb.tif": (lambda: tiff_of(*plain_tags(13_300, 13_300, 9)), "scan-huge"),
    "passes.jpg": (jpeg_of_many_passes, "scan-passes"),
    "thick.tif": (thick_tiff, "scan-pages"),
    "loop.tif": (lambda: tiff_of(*plain_tags(8, 8, 8), following=8), TAKEN),
    "zip-behind.jpg": (lambda: jpeg() + ZIP, TAKEN),
    "film-behind.jpg": (lambda: jpeg() + box(b"ftyp", b"mp42"), TAKEN),
    "pdf-inside.jpg": (lambda: saved(tiny(), "JPEG", comment=pdf([""], [])), TAKEN),
    "html-inside.jpg": (lambda: saved(tiny(), "JPEG", comment=b"<html><script>"), TAKEN),
    "zip-behind.png": (lambda: saved(Image.new("L", (9, 9)), "PNG") + ZIP, TAKEN),
    "films.webp": (
        lambda: saved(tiny(), "WEBP", save_all=True, append_images=[Image.new("RGB", (9, 9))]),
        TAKEN,
    ),
    "really-a-jpeg.pdf": (jpeg, TAKEN),
}  # fmt: skip

OTHERS: dict[str, Case] = {
    "vector.svg": (lambda: b"<?xml version='1.0'?><svg xmlns='x'/>", "scan-svg"),
    "vector.jpg": (lambda: b"<!-- a\nb --><svg xmlns='x'><script>1</script></svg>", "scan-svg"),
    "entities.png": (lambda: b'<!DOCTYPE svg [<!ENTITY a "aa">]><svg>&a;</svg>', "scan-svg"),
    "page.png": (lambda: b"<!DOCTYPE html><p>hello", "scan-html"),
    "page.pdf": (lambda: b"\n<html><body><svg></svg>sign in to download", "scan-html"),
    "page-then.pdf": (lambda: b"<html>" + pdf([""], []), "scan-html"),
    "program.jpg": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\nshowpage", "scan-eps"),
    "program.eps": (lambda: b"\xc5\xd0\xd3\xc6" + bytes(28) + b"%!PS", "scan-eps"),
    "letter.docx": (lambda: ZIP, "scan-document"),
    "letter.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(90), "scan-document"),
    "letter.jpg": (lambda: b"{\\rtf1 hello}", "scan-document"),
    "film.mp4": (lambda: box(b"ftyp", b"isom", b"mp42"), "scan-film"),
    "film.jpg": (lambda: box(b"ftyp", b"qt  "), "scan-film"),
    "film.avi": (lambda: b"RIFF\0\0\0\0AVI LIST", "scan-film"),
    "film.mkv": (lambda: b"\x1aE\xdf\xa3" + bytes(40), "scan-film"),
    "moving.gif": (lambda: saved(Image.new("L", (9, 9)), "GIF"), "scan-kind"),
    "old.bmp": (lambda: saved(Image.new("L", (9, 9)), "BMP"), "scan-kind"),
    "program.png": (lambda: b"MZ\x90\0" + bytes(60), "scan-kind"),
    "words.jpg": (lambda: "Диплом первой степени".encode(), "scan-kind"),
    "phone.heic": (
        lambda: box(b"ftyp", b"heic", b"mif1", b"heic"),
        "scan-broken" if is_there() else "scan-heic",
    ),
    "new.avif": (lambda: box(b"ftyp", b"avif", b"mif1"), "scan-avif"),
    "new-too.heic": (lambda: box(b"ftyp", b"mif1", b"avif"), "scan-avif"),
    "pointer.jpg": (lambda: b"version https://git-lfs.example/spec/v1\noid sha256:0", "scan-lfs"),
    "pointer.tif": (lambda: b"/annex/objects/SHA256E-s9--00.tif\n", "scan-annex"),
}

PAPERS: dict[str, Case] = {
    "cut.pdf": (lambda: pdf([""], [])[:40], "scan-cut"),
    "cut-at-end.pdf": (lambda: catalog(b"")[:-3], "scan-cut"),
    "cut-early.pdf": (
        lambda: written_by_qpdf(unchanged, linearize=True).replace(b"/L ", b"/L 9"), "scan-cut",
    ),
    "no-page.pdf": (lambda: pdf([], []), "scan-broken"),
    "words.pdf": (lambda: b"%PDF-1.4\n" + b"words " * 99 + b"%%EOF", "scan-broken"),
    "thick.pdf": (lambda: pdf([""] * 31, []), "scan-pages"),
    "locked.pdf": (locked_pdf, "scan-locked"),
    "locked-anew.pdf": (lambda: written_by_qpdf(unchanged, encryption=BOTH), "scan-locked"),
    "owned.pdf": (lambda: written_by_qpdf(unchanged, encryption=OWNER), TAKEN),
    "owned-script.pdf": (lambda: written_by_qpdf(add_script, encryption=OWNER), "scan-script"),
    "packed-script.pdf": (
        lambda: written_by_qpdf(
            add_script, object_stream_mode=pikepdf.ObjectStreamMode.generate
        ),
        "scan-script",
    ),
    "script.pdf": (lambda: catalog(b"/OpenAction" + SCRIPT), "scan-script"),
    "spelled-script.pdf": (
        lambda: catalog(b"/OpenAction<</S/Java#53cript/JS(1)>>"), "scan-script",
    ),
    "named-script.pdf": (
        lambda: catalog(b"/Names<</JavaScript<</Names[(a)" + SCRIPT + b"]>>>>"), "scan-script",
    ),
    "page-script.pdf": (
        lambda: catalog(b"").replace(b"/Type/Page/", b"/AA<</O" + SCRIPT + b">>/Type/Page/"),
        "scan-script",
    ),
    "launch.pdf": (lambda: catalog(b"/OpenAction" + LAUNCH), "scan-launch"),
    "form.pdf": (lambda: catalog(b"/NeedsRendering true/AcroForm<</XFA(x)>>"), "scan-form"),
    "attached.pdf": (lambda: written_by_qpdf(attach), TAKEN),
    "link.pdf": (lambda: catalog(b"/OpenAction<</S/URI/URI(http://example.test)>>"), TAKEN),
    "zip-behind.pdf": (lambda: catalog(b"") + ZIP, TAKEN),
    "endless-pages.pdf": (
        lambda: pdf([""], []).replace(b"/Kids[30 0 R]", b"/Kids[2 0 R]"), "scan-broken",
    ),
    "deep.pdf": (lambda: catalog(b"/X" + b"[" * 50_000 + b"]" * 50_000), "scan-broken"),
    "wide.pdf": (lambda: catalog(b"").replace(b"0 0 100 50", b"0 0 1e38 1e38"), TAKEN),
    "flat.pdf": (lambda: catalog(b"").replace(b"0 0 100 50", b"0 0 0 0"), TAKEN),
    "bare.pdf": (lambda: pdf(["/X Do"], [stream("/Subtype/Form/BBox[0 0 9 9]", b"")]), TAKEN),
}  # fmt: skip

CASES: dict[str, Case] = PICTURES | OTHERS | PAPERS
