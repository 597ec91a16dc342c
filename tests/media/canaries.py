"""A word nobody may read, hidden wherever a file can hide one; and how to find it again."""

import base64
import io
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress

import pikepdf
from PIL import Image, ImageCms, PngImagePlugin

from generator.media.heic import enable, is_there
from tests.media.hostile import chunk
from tests.media.making import saved

CANARY = "kanareyka-55n37e-7f3a"
XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>{CANARY}</a></x:xmpmeta>".encode()


def forms(word: str) -> tuple[bytes, ...]:
    """The word as bytes may hold it: plain, wide, in hex, in base64 however it happens to lie."""
    plain = word.encode()
    wide = (word.encode("utf-16-le"), word.encode("utf-16-be"))
    hexes = tuple(form for one in (plain, *wide) for form in (one.hex(), one.hex().upper()))
    based = tuple(
        base64.b64encode(b"x" * shift + one)[4:-4] for one in (plain, *wide) for shift in range(3)
    )
    return (plain, *wide, *(one.encode() for one in hexes), *based)


FORMS = re.compile(b"|".join(re.escape(form) for form in forms(CANARY)), re.IGNORECASE)


def sings(content: bytes) -> bool:
    """Whether the word is anywhere: in the bytes, or in what they unpack to."""
    return any(FORMS.search(part) for part in (content, *unpacked(content)))


def unpacked(content: bytes) -> Iterator[bytes]:
    """What lies packed in a file, as far as its format tells."""
    if content.startswith(b"%PDF-"):
        yield from _unpacked_pdf(content)
    if content.startswith(b"\x89PNG"):
        for start in (at.start() for at in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", content)):
            with suppress(zlib.error):
                yield zlib.decompressobj().decompress(content[start:], 1_000_000)


def _unpacked_pdf(content: bytes) -> Iterator[bytes]:
    with pikepdf.open(io.BytesIO(content)) as document:
        for thing in document.objects:
            yield thing.unparse(resolved=True)
            if isinstance(thing, pikepdf.Stream):
                yield thing.read_raw_bytes()
                if "/DCTDecode" not in str(thing.get("/Filter")):
                    yield thing.read_bytes()
        yield repr(document.docinfo).encode()


def photo() -> Image.Image:
    return Image.linear_gradient("L").resize((120, 90)).convert("RGB")


def exif(orientation: int = 1) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F], tags[0x9C9B] = CANARY, CANARY.encode("utf-16-le")
    tags.get_ifd(0x8825).update({1: "N", 2: (55.0, 45.0, 21.0), 29: CANARY})
    tags.get_ifd(0x8769).update({0x9286: b"ASCII\0\0\0" + CANARY.encode(), 0xA435: CANARY})
    return tags


def profile() -> bytes:
    raw = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    text = "No copyright, use freely".encode("utf-16-be")
    assert text in raw
    return raw.replace(text, CANARY.ljust(24).encode("utf-16-be"))


def with_segments(content: bytes) -> bytes:
    """A JPEG with more in it: IPTC, a foreign segment, a maker's one, a comment."""
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(CANARY) + 5)
    iptc += b"\x1c\x02\x78\0" + bytes([len(CANARY)]) + CANARY.encode()
    parts = {
        0xED: iptc,
        0xE5: CANARY.encode(),
        0xEB: b"JP" + CANARY.encode(),
        0xFE: CANARY.encode(),
    }
    extra = b"".join(
        b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body
        for marker, body in parts.items()
    )
    return content[:2] + extra + content[2:]


def jpeg(orientation: int = 1) -> bytes:
    head = saved(photo(), "JPEG", exif=exif(orientation), xmp=XMP, icc_profile=profile())
    return with_segments(head) + b"\0\0\0\x18ftypmp42" + CANARY.encode()


def wide_jpeg() -> bytes:
    """Too large to be light: it has to be drawn anew, and Pillow carries its comment along."""
    return with_segments(saved(photo().resize((2100, 60)), "JPEG", comment=CANARY))


def odd_jpeg() -> bytes:
    """A byte too many between its segments: allowed, seldom, and not copied bit by bit."""
    whole = with_segments(saved(photo(), "JPEG"))
    return whole[:2] + b"\xff" + whole[2:]


def two_in_one() -> bytes:
    return saved(photo(), "MPO", save_all=True, append_images=[photo()], exif=exif())


def png() -> bytes:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", CANARY)
    texts.add_text("Comment", CANARY, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    whole = saved(photo(), "PNG", pnginfo=texts, exif=exif(), icc_profile=profile())
    end = whole.rindex(b"IEND") - 4
    own = chunk(b"prVt", CANARY.encode()) + chunk(b"tIME", b"\x07\xea\x0b\x16\0\0\0")
    return whole[:end] + own + whole[end:] + CANARY.encode()


def tiff() -> bytes:
    tags = {
        270: CANARY,
        305: CANARY,
        315: CANARY,
        316: CANARY,
        33432: CANARY,
        700: XMP,
        65000: CANARY,
    }
    return saved(photo(), "TIFF", tiffinfo=tags, exif=exif().tobytes()) + CANARY.encode()


def pages_of_tiff() -> bytes:
    return saved(photo(), "TIFF", save_all=True, append_images=[photo()], tiffinfo={270: CANARY})


def webp() -> bytes:
    return saved(photo(), "WEBP", exif=exif(), xmp=XMP, icc_profile=profile()) + CANARY.encode()


def heic() -> bytes:
    enable()
    return saved(photo(), "HEIF", exif=exif().tobytes(), xmp=XMP, icc_profile=profile())


def pdf(owner: bool = False) -> bytes:
    """A PDF that tells of its author in every way it can, in two revisions."""
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(120, 90))
        page, name = document.pages[0], pikepdf.Name
        scan = document.make_stream(
            jpeg(), Type=name.XObject, Subtype=name.Image, Width=120, Height=90,
            ColorSpace=name.DeviceRGB, BitsPerComponent=8, Filter=name.DCTDecode,
            Metadata=document.make_stream(XMP), Alternates=pikepdf.Array([]),
        )  # fmt: skip
        letters = document.make_stream(f"%{CANARY}\nbegincmap endcmap".encode())
        font = pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, ToUnicode=letters)
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F=font),
            XObject=pikepdf.Dictionary(X=scan),
            Properties=pikepdf.Dictionary(P=pikepdf.Dictionary(ActualText=CANARY)),
        )
        paint = f"% {CANARY}\n/Span <</ActualText ({CANARY})>> BDC 120 0 0 90 0 0 cm /X Do EMC"
        page.Contents = document.make_stream(paint.encode())
        page.PieceInfo = pikepdf.Dictionary(Own=CANARY)
        note = pikepdf.Dictionary(
            Type=name.Annot, Subtype=name.Text, Rect=[0, 0, 1, 1], Contents=CANARY, F=2
        )
        link = pikepdf.Dictionary(
            Type=name.Annot, Subtype=name.Link, Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=name.URI, URI=f"http://example.test/{CANARY}"),
        )  # fmt: skip
        page.Annots = pikepdf.Array([document.make_indirect(note), document.make_indirect(link)])
        document.Root.Metadata = document.make_stream(XMP, Type=name.Metadata, Subtype=name.XML)
        document.Root.Lang = CANARY
        document.attachments["hidden.txt"] = CANARY.encode()
        document.docinfo["/Author"] = CANARY
        out = io.BytesIO()
        lock = pikepdf.Encryption(owner="o", user="") if owner else False
        document.save(out, encryption=lock)
    old = f"\n99 0 obj<</Old({CANARY})>>endobj\n".encode()
    return out.getvalue() + (
        b"" if owner else old + out.getvalue()[out.getvalue().rindex(b"startxref") :]
    )


def cage() -> dict[str, bytes]:
    """Every file with the word in it."""
    files = {
        "photo.jpg": jpeg(),
        "turned.jpg": jpeg(6),
        "two.jpg": two_in_one(),
        "wide.jpg": wide_jpeg(),
        "odd.jpg": odd_jpeg(),
        "text.png": png(),
        "tags.tif": tiff(),
        "pages.tif": pages_of_tiff(),
        "web.webp": webp(),
        "paper.pdf": pdf(),
        "owned.pdf": pdf(owner=True),
    }
    return files | ({"phone.heic": heic()} if is_there() else {})
