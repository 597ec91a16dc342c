"""Scans of every kind, made in sight. What do families bring?"""

import hashlib
import io
import os
import struct
from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageCms, PngImagePlugin

from generator.diagnostic import Text
from generator.media import Prepared, prepare
from generator.media.derive import read
from generator.media.recipe import STANDARD
from generator.model.shown import ShownScan
from generator.progress import Event, Progress

RED, GREEN, BLUE, WHITE, BLACK = (
    (255, 0, 0),
    (0, 255, 0),
    (0, 0, 255),
    (255, 255, 255),
    (0, 0, 0),
)
Colour = tuple[int, int, int]


class Ear:
    """Hears of every file."""

    every = 0.0

    def __init__(self) -> None:
        self.heard: list[Event] = []

    def tell(self, event: Event) -> None:
        self.heard.append(event)


class Watching(Progress):
    """Keeps what it is told."""

    def __init__(self, ear: Ear | None = None) -> None:
        super().__init__(ear or Ear())

    @property
    def heard(self) -> list[Event]:
        assert isinstance(self.teller, Ear)
        return self.teller.heard


class Impatient(Ear):
    """Presses Ctrl-C when the first file is done."""

    def tell(self, event: Event) -> None:
        if event.kind == "done":
            raise KeyboardInterrupt


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
    (page,) = read(content, STANDARD).pages
    return Image.open(io.BytesIO(page.screen.content)).convert("RGB")


def near(seen: object, expected: Colour, off: int = 6) -> bool:
    assert isinstance(seen, tuple)
    return all(abs(a - b) <= off for a, b in zip(seen, expected, strict=True))


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


def pdf(pages: list[str], objects: list[bytes], extra: bytes = b"") -> bytes:
    """A PDF of 100 × 50 points a page: content streams, then further objects from number 10 on."""
    kids = b" ".join(b"%d 0 R" % (30 + 2 * n) for n in range(len(pages)))
    out = [b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"]
    out.append(b"2 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj\n" % (len(pages), kids))
    for n, text in enumerate(pages):
        out.append(
            b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 50]/Contents %d 0 R"
            b"/Resources<</XObject<</X 10 0 R>>>>>>endobj\n" % (30 + 2 * n, 31 + 2 * n)
        )
        out.append(b"%d 0 obj" % (31 + 2 * n) + stream("", text.encode()) + b"endobj\n")
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


def assert_no_child_is_left() -> None:
    """None that this process forked to be itself: a browser of other tests may be there too."""
    mine = Path("/proc/self/cmdline").read_bytes()
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    assert [c for c in children if Path(f"/proc/{c}/cmdline").read_bytes() == mine] == []


def stamps(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}
