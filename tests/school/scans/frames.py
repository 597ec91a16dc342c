"""Ornament and tint -> an empty form. What do bought diplomas look like before they are filled?"""

# ruff: noqa: PLR0913 - what is drawn has a place, a size, a colour, words …

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.school.scans.ink import curve, emblem
from tests.school.scans.paper import Colour, Size, paper

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Form:
    """An empty form: the sheet, where words may stand, how they look."""

    sheet: Image.Image
    room: Box
    title: Colour
    text: Colour
    face: str
    title_face: str
    spacing: int


Template = Callable[[random.Random, Size, str], Form]


def _smooth(page: Image.Image, mask: Image.Image, colour: Colour) -> None:
    page.paste(colour, (0, 0), mask.resize(page.size, Image.Resampling.LANCZOS))


def _mask(size: Size) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    layer = Image.new("L", (size[0] * 2, size[1] * 2), 0)
    return layer, ImageDraw.Draw(layer)


def rosette(
    page: Image.Image,
    centre: tuple[float, float],
    radius: float,
    colour: Colour,
    petals: int,
    strength: int = 255,
) -> None:
    """Guilloche: fine lines that cross in a flower, as on banknotes."""
    side = round(radius * 2.2)
    layer = Image.new("L", (side * 2, side * 2), 0)
    draw = ImageDraw.Draw(layer)
    for turn in range(9):
        shift = turn / 9 * math.tau / petals
        for base, swing in ((0.72, 0.26), (0.42, 0.2)):
            line = []
            for step in range(721):
                angle = step / 720 * math.tau
                reach = radius * 2 * (base + swing * math.sin(petals * (angle + shift)))
                line.append((side + reach * math.cos(angle), side + reach * math.sin(angle)))
            draw.line(line, fill=strength, width=2)
    layer = layer.resize((side, side), Image.Resampling.LANCZOS)
    page.paste(colour, (round(centre[0] - side / 2), round(centre[1] - side / 2)), layer)


def _metal(size: Size, dark: Colour, bright: Colour, bands: int = 5) -> Image.Image:
    """Printed gold: bands of light across."""
    ramp = Image.new("L", (256, 1))
    ramp.putdata(
        [round(128 + 127 * math.sin(step / 256 * math.tau * bands / 2)) for step in range(256)]
    )
    slanted = ramp.resize((size[0] + size[1], size[1])).transform(
        size, Image.Transform.AFFINE, (1, 0.6, 0, 0, 1, 0), Image.Resampling.BILINEAR
    )
    return Image.composite(Image.new("RGB", size, bright), Image.new("RGB", size, dark), slanted)


def guilloche(rng: random.Random, size: Size, _sign: str) -> Form:
    """A frame of woven waves on tinted paper, a rosette in the middle."""
    tint, line, title = rng.choice([
        ((250, 244, 228), (176, 128, 66), (150, 24, 34)),
        ((236, 244, 246), (74, 128, 150), (24, 66, 110)),
        ((242, 247, 234), (96, 140, 84), (30, 92, 52)),
        ((249, 238, 240), (176, 96, 112), (128, 26, 54)),
    ])  # fmt: skip
    page = paper(rng, size, tint)
    w, h = size
    faint = tuple(round(t * 0.82 + c * 0.18) for t, c in zip(tint, line, strict=True))
    rosette(
        page,
        (w / 2, h * 0.52),
        min(w, h) * 0.36,
        (faint[0], faint[1], faint[2]),
        rng.choice([8, 10, 12]),
    )
    mask, draw = _mask(size)
    edge, thick = 46 * 2, 52
    for wave in range(7):
        for along, across, flip in ((w * 2, h * 2, False), (h * 2, w * 2, True)):
            for side in (edge + thick / 2, across - edge - thick / 2):
                steps = int((along - 2 * edge) / 6)
                line_points = []
                for step in range(steps + 1):
                    s = edge + step * 6
                    o = side + math.sin(step / 9.2 + wave * math.tau / 7) * thick / 2
                    line_points.append((o, s) if flip else (s, o))
                draw.line(line_points, fill=200, width=3)
    for inset in (edge - 12, edge + thick + 14):
        draw.rectangle((inset, inset, w * 2 - inset, h * 2 - inset), outline=255, width=5)
    _smooth(page, mask, line)
    for x in (edge / 2 + thick / 4, w - edge / 2 - thick / 4):
        for y in (edge / 2 + thick / 4, h - edge / 2 - thick / 4):
            ImageDraw.Draw(page).ellipse((x - 46, y - 46, x + 46, y + 46), fill=tint)
            rosette(page, (x, y), 42, line, 8)
    return Form(page, (120, 130, w - 120, h - 110), title, (40, 36, 34), "serif", "serif-bold", 14)


def gold(rng: random.Random, size: Size, sign: str) -> Form:
    """A broad band of printed gold, a coloured hairline, an emblem on top."""
    accent = rng.choice([(140, 22, 36), (22, 58, 116), (22, 92, 62)])
    page = paper(rng, size, (253, 250, 240))
    w, h = size
    band = Image.new("L", size, 0)
    draw = ImageDraw.Draw(band)
    draw.rectangle((38, 38, w - 38, h - 38), fill=255)
    draw.rectangle((74, 74, w - 74, h - 74), fill=0)
    draw.rectangle((88, 88, w - 88, h - 88), outline=255, width=3)
    for x in (38, w - 38 - 110):
        for y in (38, h - 38 - 110):
            draw.rectangle((x, y, x + 110, y + 110), fill=255)
    metal = _metal(size, (150, 108, 36), (240, 214, 140), rng.choice([5, 7, 9]))
    page.paste(metal, (0, 0), band)
    ink = ImageDraw.Draw(page)
    for x in (38, w - 38 - 110):
        for y in (38, h - 38 - 110):
            ink.rectangle((x + 14, y + 14, x + 96, y + 96), outline=accent, width=4)
            rosette(page, (x + 55, y + 55), 34, accent, 6)
    ink.rectangle((80, 80, w - 80, h - 80), outline=accent, width=2)
    top = 170
    emblem(page, (w / 2, top + 40), 78, (176, 134, 52), sign)
    return Form(
        page, (140, top + 160, w - 140, h - 130), accent, (44, 38, 34), "serif", "serif-bold", 22
    )


def corners(rng: random.Random, size: Size, sign: str) -> Form:
    """Scrolls in the corners, thin double lines between, plain warm paper."""
    tint, ink = rng.choice(
        [
            ((248, 240, 222), (120, 78, 40)),
            ((244, 246, 240), (60, 84, 96)),
            ((252, 246, 238), (136, 60, 44)),
        ]
    )
    page = paper(rng, size, tint)
    w, h = size
    mask, draw = _mask(size)
    for inset in (96, 112):
        draw.rectangle(
            (inset, inset, w * 2 - inset, h * 2 - inset), outline=255, width=4 if inset == 96 else 2
        )
    for fx in (0, 1):
        for fy in (0, 1):
            ox, oy, sx, sy = (
                (2 * w if fx else 0),
                (2 * h if fy else 0),
                -1 if fx else 1,
                -1 if fy else 1,
            )
            box = sorted((ox + sx * 60, ox + sx * 330)), sorted((oy + sy * 60, oy + sy * 330))
            draw.rectangle((box[0][0], box[1][0], box[0][1], box[1][1]), fill=0)
            for size_, at in ((120, 210), (78, 300), (56, 130)):
                for one, two in ((at, 130), (130, at)):
                    spiral = []
                    for step in range(70):
                        turn, reach = step / 70 * math.tau * 1.4, size_ * (1 - step / 76)
                        spiral.append(
                            (
                                ox + sx * (one + reach * math.cos(turn)),
                                oy + sy * (two + reach * math.sin(turn)),
                            )
                        )
                    draw.line(spiral, fill=255, width=8, joint="curve")
            draw.line(
                [
                    (ox + sx * 90, oy + sy * 340),
                    (ox + sx * 90, oy + sy * 90),
                    (ox + sx * 340, oy + sy * 90),
                ],
                fill=255,
                width=10,
            )
    _smooth(page, mask, ink)
    emblem(page, (w / 2, 190), 62, ink, sign)
    return Form(page, (170, 290, w - 170, h - 130), ink, (46, 40, 36), "serif", "serif", 26)


def folk(rng: random.Random, size: Size, _sign: str) -> Form:
    """Cross-stitch borders above and below, as on an embroidered towel."""
    red = rng.choice([(178, 26, 36), (160, 36, 60), (38, 72, 140)])
    page = paper(rng, size, (252, 249, 242))
    w, h = size
    draw = ImageDraw.Draw(page)
    cell = 7
    rows = (
        "..#....#..",
        ".#.#..#.#.",
        "#..####..#",
        ".#..##..#.",
        "#.#.##.#.#",
        ".#..##..#.",
        "#..####..#",
        ".#.#..#.#.",
        "..#....#..",
    )
    for top in (44, h - 44 - cell * 17):
        for y in range(17):
            for x in range(w // cell - 10):
                pattern = (
                    rows[y - 4][x % 10]
                    if 4 <= y < 13
                    else "#"
                    if y in (0, 16)
                    else "#.."[(x + y) % 3]
                    if y in (2, 14)
                    else "."
                )
                if pattern == "#":
                    px, py = 40 + x * cell, top + y * cell
                    draw.line((px, py, px + cell - 2, py + cell - 2), fill=red, width=2)
                    draw.line((px + cell - 2, py, px, py + cell - 2), fill=red, width=2)
    for x in (40, w - 44):
        draw.rectangle((x, 44 + cell * 18, x + 3, h - 44 - cell * 18), fill=red)
    return Form(
        page,
        (110, 60 + cell * 22, w - 110, h - 70 - cell * 19),
        red,
        (48, 36, 36),
        "serif",
        "serif-bold",
        18,
    )


def ribbon(rng: random.Random, size: Size, sign: str) -> Form:
    """Flowing ribbons across the lower corner and the top, pale sky between."""
    one, two = rng.choice(
        [
            ((34, 92, 160), (232, 178, 60)),
            ((180, 40, 56), (240, 190, 90)),
            ((24, 120, 110), (244, 164, 76)),
        ]
    )
    page = paper(rng, size, (251, 252, 253))
    w, h = size
    sky = Image.linear_gradient("L").resize(size).point([round(v * 0.16) for v in range(256)])
    page.paste(one, (0, 0), sky)
    for index, (colour, lift) in enumerate(((one, 0), (two, 46), (one, 74), ((255, 255, 255), 96))):
        for flip in (False, True):
            layer = Image.new("L", (w * 2, h * 2), 0)
            draw = ImageDraw.Draw(layer)
            base = h * 2 - 250 + lift * 1.7
            line = [
                (x, base + 110 * math.sin(x / (w * 2) * 4.4 + 0.9 + index * 0.12) - x * 0.045)
                for x in range(0, w * 2 + 20, 20)
            ]
            draw.polygon([*line, (w * 2, h * 2), (0, h * 2)], fill=225 if index < 3 else 255)
            if flip:
                layer = layer.rotate(180)
                layer = ImageChops.offset(layer, 0, -120)
                ImageDraw.Draw(layer).rectangle((0, h, w * 2, h * 2), fill=0)
            _smooth(page, layer, colour)
    emblem(page, (w / 2, 236), 70, one, sign)
    return Form(page, (110, 330, w - 110, h - 190), one, (34, 44, 60), "sans", "sans-bold", 16)


def blocks(rng: random.Random, size: Size, sign: str) -> Form:
    """A modern printed form: slanted blocks of colour, sans serif."""
    a, b, c = rng.choice([
        ((24, 44, 92), (66, 132, 210), (250, 176, 50)),
        ((92, 32, 96), (206, 88, 138), (250, 200, 96)),
        ((16, 84, 78), (66, 172, 140), (248, 214, 96)),
    ])  # fmt: skip
    page = paper(rng, size, (252, 252, 251))
    w, h = size
    for colour, points in (
        (b, [(0, 0), (w * 0.62, 0), (0, h * 0.24)]),
        (a, [(0, 0), (w * 0.46, 0), (0, h * 0.17)]),
        (c, [(w * 0.62, 0), (w * 0.7, 0), (0, h * 0.27), (0, h * 0.24)]),
        (b, [(w, h), (w * 0.3, h), (w, h * 0.82)]),
        (a, [(w, h), (w * 0.5, h), (w, h * 0.87)]),
    ):
        mask, draw = _mask(size)
        draw.polygon([(x * 2, y * 2) for x, y in points], fill=255)
        _smooth(page, mask, colour)
    emblem(page, (w - 190, 170), 70, a, sign)
    return Form(
        page, (120, h * 0.24, w - 120, h - h * 0.14), a, (40, 42, 52), "sans", "sans-bold", 8
    )


def laurel(rng: random.Random, size: Size, sign: str) -> Form:
    """A big pale wreath behind the words, a dark frame."""
    tint, ink = rng.choice(
        [
            ((246, 240, 222), (110, 88, 40)),
            ((238, 242, 236), (52, 84, 66)),
            ((243, 238, 245), (84, 60, 116)),
        ]
    )
    page = paper(rng, size, tint)
    w, h = size
    pale = tuple(round(t * 0.87 + i * 0.13) for t, i in zip(tint, ink, strict=True))
    emblem(page, (w / 2, h * 0.5), min(w, h) * 0.36, (pale[0], pale[1], pale[2]), sign)
    draw = ImageDraw.Draw(page)
    draw.rectangle((30, 30, w - 30, h - 30), outline=ink, width=14)
    draw.rectangle((54, 54, w - 54, h - 54), outline=ink, width=3)
    for x in (54, w - 54):
        for y in (54, h - 54):
            draw.ellipse((x - 16, y - 16, x + 16, y + 16), fill=ink)
            draw.ellipse((x - 7, y - 7, x + 7, y + 7), fill=tint)
    return Form(page, (120, 120, w - 120, h - 110), ink, (42, 40, 36), "serif", "serif-bold", 20)


def children(rng: random.Random, size: Size, _sign: str) -> Form:
    """Balloons, stars and grass for the youngest."""
    page = paper(rng, size, (250, 251, 240))
    w, h = size
    page.paste(
        (148, 206, 240),
        (0, 0),
        Image.linear_gradient("L")
        .rotate(180)
        .resize(size)
        .point([round(v * 0.75) for v in range(256)]),
    )
    for centre, size_ in (((w * 0.24, h * 0.07), 90), ((w * 0.7, h * 0.05), 110)):
        cloud, draw = _mask(size)
        for dx, dy, r in ((-1, 0.1, 0.7), (-0.3, -0.3, 0.9), (0.5, -0.1, 0.8), (1.1, 0.2, 0.6)):
            x, y = (centre[0] + dx * size_) * 2, (centre[1] + dy * size_) * 2
            draw.ellipse(
                (x - r * size_ * 2, y - r * size_ * 1.4, x + r * size_ * 2, y + r * size_ * 1.4),
                fill=235,
            )
        _smooth(page, cloud.filter(ImageFilter.GaussianBlur(8)), (255, 255, 255))
    hills, draw = _mask(size)
    draw.ellipse((-w * 0.8, h * 1.76, w * 1.6, h * 2.5), fill=255)
    _smooth(page, hills, (132, 190, 84))
    hills, draw = _mask(size)
    draw.ellipse((w * 0.5, h * 1.80, w * 2.9, h * 2.5), fill=255)
    _smooth(page, hills, (104, 168, 74))
    for side in (0, 1):
        for index, colour in enumerate(((226, 64, 72), (250, 180, 50), (84, 110, 210))):
            x = 92 + index * 34 if not side else w - 92 - index * 34
            y = h * 0.24 + index * 62 * (1 if index != 1 else -0.7)
            _balloon(page, (x, y), 44, colour, (92 if not side else w - 92, h * 0.56))
    panel = Image.new("L", size, 0)
    ImageDraw.Draw(panel).rounded_rectangle((150, h * 0.13, w - 150, h * 0.87), 46, fill=205)
    page.paste((255, 255, 250), (0, 0), panel)
    title = rng.choice([(208, 44, 60), (44, 84, 180), (220, 104, 24)])
    return Form(
        page, (180, h * 0.155, w - 180, h * 0.865), title, (52, 46, 60), "sans", "sans-bold", 10
    )


def _balloon(
    page: Image.Image, at: tuple[float, float], r: float, colour: Colour, knot: tuple[float, float]
) -> None:
    x, y = at
    ImageDraw.Draw(page).line(
        curve([(x, y + r * 1.2), ((x + knot[0]) / 2 + 12, (y + knot[1]) / 2), knot]),
        fill=(120, 110, 120),
        width=2,
    )
    mask, draw = _mask(page.size)
    draw.ellipse(((x - r) * 2, (y - r * 1.2) * 2, (x + r) * 2, (y + r * 1.2) * 2), fill=245)
    _smooth(page, mask, colour)
    mask, draw = _mask(page.size)
    draw.ellipse(
        ((x - r * 0.6) * 2, (y - r * 0.8) * 2, (x - r * 0.15) * 2, (y - r * 0.25) * 2), fill=130
    )
    _smooth(page, mask.filter(ImageFilter.GaussianBlur(6)), (255, 255, 255))


def letter(rng: random.Random, size: Size, sign: str) -> Form:
    """A letterhead: white paper, an emblem, a rule, nothing else."""
    ink = rng.choice([(36, 56, 104), (60, 60, 66), (96, 34, 44)])
    page = paper(rng, size, (252, 252, 250))
    w, _ = size
    emblem(page, (w / 2, 140), 64, ink, sign)
    draw = ImageDraw.Draw(page)
    draw.rectangle((110, 246, w - 110, 249), fill=ink)
    draw.rectangle((110, 254, w - 110, 255), fill=ink)
    return Form(page, (130, 280, w - 130, size[1] - 150), ink, (30, 30, 34), "serif", "serif", 18)


def certificate(rng: random.Random, size: Size, _sign: str) -> Form:
    """A certificate: fine net over the sheet, a coloured side band, a rosette seal."""
    ink, tint = rng.choice(
        [
            ((30, 84, 132), (240, 246, 250)),
            ((120, 60, 110), (248, 242, 249)),
            ((150, 92, 24), (252, 247, 236)),
        ]
    )
    page = paper(rng, size, tint)
    w, h = size
    net, draw = _mask(size)
    for start in range(-h * 2, w * 2, 36):
        line = [(start + y + 14 * math.sin(y / 40), y) for y in range(0, h * 2, 16)]
        draw.line(line, fill=52, width=2)
        draw.line([(w * 2 - x, y) for x, y in line], fill=52, width=2)
    _smooth(page, net, ink)
    band, draw = _mask(size)
    draw.rectangle((0, 0, 190, h * 2), fill=255)
    draw.rectangle((210, 0, 220, h * 2), fill=255)
    _smooth(page, band, ink)
    for index in range(9):
        rosette(page, (47, h * (index + 0.5) / 9), 42, tint, 8, 190)
    return Form(page, (190, 130, w - 110, h - 120), ink, (36, 38, 44), "serif", "serif-bold", 16)
