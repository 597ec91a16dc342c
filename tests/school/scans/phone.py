"""A flat page -> a telephone's photograph of it on a table. What does a lens do to paper?"""

import random
from pathlib import Path

from PIL import ExifTags, Image, ImageFilter

from tests.school.scans.ink import Point
from tests.school.scans.jpeg import write_light
from tests.school.scans.paper import Colour, noise, shade, slope, softened, vignette
from tests.school.scans.shot import Shot

_TURNS = {
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
    3: Image.Transpose.ROTATE_180,
}
_XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="A parent"/>'
    b"</rdf:RDF></x:xmpmeta>"
)


def photograph(rng: random.Random, page: Image.Image) -> Image.Image:
    """The page on a table, seen a little askew in the light of a room."""
    size = (1050, 1400) if page.height > page.width else (1400, 1050)
    table = _table(rng, size)
    corners = _corners(rng, size, page)
    shot, mask = _laid(page, corners, size)
    shadow = mask.transform(
        size, Image.Transform.AFFINE, (1, 0, -rng.randint(8, 20), 0, 1, -rng.randint(8, 18))
    )
    shadow = shadow.filter(ImageFilter.GaussianBlur(13)).point(
        [value * 150 // 255 for value in range(256)]
    )
    table.paste((16, 12, 12), (0, 0), shadow)
    table.paste(shot, (0, 0), mask.filter(ImageFilter.GaussianBlur(0.8)))
    lit = shade(
        table,
        slope(
            size,
            rng.randint(88, 104),
            rng.randint(138, 150),
            rng.choice([0, 40, 90, 130, 180, 270]),
        ),
    )
    lit = shade(lit, vignette(size, rng.randint(86, 104)))
    lit = _warm(
        lit,
        rng.choice([(1.05, 1.0, 0.87), (1.0, 1.0, 1.0), (1.03, 0.99, 0.93), (0.95, 0.99, 1.05)]),
    )
    if rng.random() < 0.4:
        lit = _glare(rng, lit)
    lit = lit.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 0.9)))
    return shade(lit, softened(noise(rng, size, 3), 0.014))


def write_photograph(target: Path, rng: random.Random, picture: Image.Image) -> None:
    """The photograph as a telephone saves it."""
    turned, exif = phone_words(rng, picture)
    extra: dict[str, bytes] = (
        {"xmp": _XMP} if rng.random() < 0.5 else {"comment": b"taken by a parent's phone"}
    )
    write_light(target, turned, exif=exif, **extra)


def phone_words(rng: random.Random, picture: Image.Image) -> tuple[Image.Image, Image.Exif]:
    """Pixels as the sensor lay, and what a telephone tells of itself and of the place."""
    turn = rng.choice([6, 6, 6, 8, 3])
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    exif[ExifTags.Base.Make] = rng.choice(["Lumo", "Severphone"])
    exif[ExifTags.Base.Model] = rng.choice(["Lumo 7", "SP-12 mini", "SP-14"])
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLongitudeRef] = "N", "E"
    # the middle of the sea: nobody lives there
    place[ExifTags.GPS.GPSLatitude] = (73.0, float(rng.randint(0, 59)), 11.0)
    place[ExifTags.GPS.GPSLongitude] = (45.0, float(rng.randint(0, 59)), 27.0)
    return picture.transpose(_TURNS[turn]), exif


def _table(rng: random.Random, size: tuple[int, int]) -> Image.Image:
    kind = rng.choice(["wood", "wood", "cloth", "desk", "dark"])
    colour: Colour = {
        "wood": rng.choice([(168, 118, 76), (128, 88, 58), (198, 160, 116)]),
        "cloth": rng.choice([(92, 116, 142), (150, 64, 66), (206, 198, 180)]),
        "desk": (196, 192, 186),
        "dark": (58, 52, 52),
    }[kind]
    top = Image.new("RGB", size, colour)
    if kind == "cloth":
        return shade(
            shade(top, softened(noise(rng, size, 4), 0.22)), softened(noise(rng, size, 200), 0.12)
        )
    grain = noise(rng, (max(2, size[0] // 130), size[1] // 4)).resize(
        size, Image.Resampling.BICUBIC
    )
    broad = noise(rng, (max(2, size[0] // 400), size[1] // 40)).resize(
        size, Image.Resampling.BICUBIC
    )
    strong = 0.05 if kind == "desk" else 0.2
    return shade(shade(top, softened(grain, strong)), softened(broad, strong))


def _corners(rng: random.Random, size: tuple[int, int], page: Image.Image) -> list[Point]:
    w, h = size
    long = min(w * 0.88 / page.width, h * 0.88 / page.height)
    half_w, half_h = page.width * long / 2, page.height * long / 2
    away = rng.uniform(0.9, 0.97)
    lean = rng.uniform(-0.05, 0.05)
    corners = []
    for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        narrow = away if sy < 0 else 1.0
        x = sx * half_w * narrow + rng.uniform(-12, 12)
        y = sy * half_h * 0.97 + rng.uniform(-10, 10)
        corners.append((w / 2 + x - y * lean, h / 2 + y + x * lean))
    return corners


def _laid(
    page: Image.Image, corners: list[Point], size: tuple[int, int]
) -> tuple[Image.Image, Image.Image]:
    source = [(0, 0), (page.width, 0), (page.width, page.height), (0, page.height)]
    bend = _perspective(corners, source)
    how = Image.Transform.PERSPECTIVE
    shot = page.transform(size, how, bend, Image.Resampling.BICUBIC)
    mask = Image.new("L", page.size, 255).transform(size, how, bend, Image.Resampling.BICUBIC)
    return shot, mask


def _perspective(there: list[Point], here: list[tuple[int, int]]) -> list[float]:
    """Eight numbers for Pillow: where each point of the photograph lies on the page."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(there, here, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for step in range(8):
        best = max(range(step, 8), key=lambda row: abs(rows[row][step]))
        rows[step], rows[best] = rows[best], rows[step]
        rows[step] = [value / rows[step][step] for value in rows[step]]
        for row in range(8):
            if row != step:
                much = rows[row][step]
                rows[row] = [a - much * b for a, b in zip(rows[row], rows[step], strict=True)]
    return [row[8] for row in rows]


def _warm(picture: Image.Image, much: tuple[float, float, float]) -> Image.Image:
    table = [min(255, round(value * part)) for part in much for value in range(256)]
    return picture.point(table)


def _glare(rng: random.Random, picture: Image.Image) -> Image.Image:
    lamp = Shot.__new__(Shot)
    lamp.rng, lamp.view = rng, picture
    lamp.glow(
        rng.uniform(0.2, 0.8) * picture.width,
        rng.uniform(0.05, 0.35) * picture.height,
        340,
        (255, 252, 240),
        0.4,
    )
    return lamp.view
