"""Pen, stamp and emblem. What do people put on paper by hand?"""

# ruff: noqa: PLR0913, PLR0912 - what is drawn has a place, a size, a colour, words …

import math
import random
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.school.scans.paper import Colour, noise
from tests.school.scans.type import font, on_ring

Point = tuple[float, float]
PEN = (38, 52, 138)


def curve(points: list[Point], steps: int = 14) -> list[Point]:
    """A smooth line through the points (Catmull-Rom)."""
    ends = [points[0], *points, points[-1]]
    made: list[Point] = []
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(
        ends, ends[1:], ends[2:], ends[3:], strict=False
    ):
        for step in range(steps):
            t = step / steps
            made.append(
                (
                    _mix(ax, bx, cx, dx, t),
                    _mix(ay, by, cy, dy, t),
                )
            )
    return [*made, points[-1]]


def _mix(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )


def signature(rng: random.Random, page: Image.Image, at: Point, width: float) -> None:
    """A pen's squiggle on the page; `at` is its left middle."""
    scale = 3
    size = (round(width * 1.3) * scale, round(width * 0.7) * scale)
    layer = Image.new("L", size, 0)
    draw = ImageDraw.Draw(layer)
    x, middle = size[0] * 0.06, size[1] * 0.55
    points: list[Point] = [(x, middle + size[1] * 0.1)]
    tall = size[1] * rng.uniform(0.3, 0.42)
    points += [(x + size[0] * 0.09, middle - tall), (x + size[0] * 0.05, middle + tall * 0.8)]
    for index in range(rng.randint(4, 7)):
        x += size[0] * rng.uniform(0.06, 0.11)
        swing = size[1] * rng.uniform(0.05, 0.16) * (0.9**index)
        points += [(x, middle - swing), (x + size[0] * 0.02, middle + swing * 0.8)]
    points.append(
        (min(x + size[0] * 0.28, size[0] * 0.97), middle - size[1] * rng.uniform(-0.1, 0.2))
    )
    if rng.random() < 0.6:
        points += [
            (size[0] * 0.5, middle + size[1] * 0.22),
            (size[0] * 0.3, middle + size[1] * 0.17),
        ]
    line = curve(points)
    for (ax, ay), (bx, by) in pairwise(line):
        # a pen presses harder downward
        thick = 2.2 * scale + (1.4 * scale if by > ay else 0)
        draw.line((ax, ay, bx, by), fill=225, width=round(thick), joint="curve")
    layer = layer.resize((size[0] // scale, size[1] // scale), Image.Resampling.LANCZOS)
    page.paste(
        rng.choice([PEN, PEN, (30, 32, 44)]), (round(at[0]), round(at[1] - width * 0.38)), layer
    )


def stamp(rng: random.Random, page: Image.Image, centre: Point, radius: int, words: str) -> None:
    """A round blue stamp, unevenly inked and turned a little."""
    side = radius * 2 + 24
    colour = rng.choice([(44, 62, 150), (52, 58, 140), (70, 66, 158)])
    seal = Image.new("RGBA", (side * 2, side * 2), (*colour, 0))
    draw = ImageDraw.Draw(seal)
    middle, far = side, radius * 2
    for inset, thick in ((0, 7), (14, 3), (round(far * 0.34), 4)):
        box = (
            middle - far + inset,
            middle - far + inset,
            middle + far - inset,
            middle + far - inset,
        )
        draw.ellipse(box, outline=(*colour, 255), width=thick)
    ring = f"{words.upper()} ★ "
    size = min(round(far * 0.17), round(5.2 * far / max(20, len(ring))))
    on_ring(seal, (middle, middle), far * 0.80, ring, size, (*colour, 255))
    _emblem_in(draw, (middle, middle), far * 0.5, colour)
    seal = seal.rotate(rng.uniform(-38, 38), Image.Resampling.BICUBIC)
    seal = seal.resize((side, side), Image.Resampling.LANCZOS)
    ink = noise(rng, seal.size, 9).filter(ImageFilter.GaussianBlur(2))
    ink = ink.point([min(215, 40 + value) for value in range(256)])
    alpha = ImageChops.multiply(seal.getchannel("A"), ink)
    alpha = alpha.filter(ImageFilter.GaussianBlur(0.5))
    spot = (round(centre[0] - side / 2), round(centre[1] - side / 2))
    below = page.crop((*spot, spot[0] + side, spot[1] + side))
    inked = ImageChops.multiply(Image.new("RGB", seal.size, colour), below)
    inked = inked.point([min(255, value + 20) for value in range(256)] * 3)
    page.paste(Image.composite(inked, below, alpha), spot)


def _emblem_in(draw: ImageDraw.ImageDraw, centre: Point, size: float, colour: Colour) -> None:
    x, y = centre
    ink = (*colour, 255)
    # an open book under a wave: the fictional school's sign
    for side in (-1, 1):
        page = [(x, y + size * 0.42), (x + side * size * 0.62, y + size * 0.22)]
        page += [(x + side * size * 0.62, y - size * 0.28), (x, y - size * 0.08)]
        draw.line([*page, page[0]], fill=ink, width=5)
    wave = [
        (x + size * (step / 10 - 0.6), y - size * 0.5 + size * 0.1 * math.sin(step * 1.1))
        for step in range(13)
    ]
    draw.line(wave, fill=ink, width=5)


def emblem(page: Image.Image, centre: Point, radius: float, colour: Colour, kind: str) -> None:
    """A drawn emblem: wreath, star, book, cup, lyre, rook, gear or leaf in a circle."""
    scale, side = 3, round(radius * 2.6)
    layer = Image.new("L", (side * scale, side * scale), 0)
    draw = ImageDraw.Draw(layer)
    middle = side * scale / 2
    far = radius * scale
    _wreath(draw, middle, far)
    _sign(draw, middle, far * 0.52, kind)
    layer = layer.resize((side, side), Image.Resampling.LANCZOS)
    page.paste(colour, (round(centre[0] - side / 2), round(centre[1] - side / 2)), layer)


def _wreath(draw: ImageDraw.ImageDraw, middle: float, far: float) -> None:
    for side in (-1, 1):
        for index in range(11):
            turn = math.radians(12 + index * 13.5)
            x, y = middle + side * far * math.sin(turn), middle + far * math.cos(turn)
            along = math.atan2(-math.sin(turn), side * math.cos(turn))
            for lean in (-0.6, 0.6):
                draw.polygon(_leaf((x, y), along + lean, far * (0.32 - index * 0.008)), fill=255)


def _leaf(at: Point, turn: float, length: float) -> list[Point]:
    x, y = at
    dx, dy = math.cos(turn) * length, math.sin(turn) * length
    wide = 0.2
    return [
        (x, y),
        (x + dx * 0.45 - dy * wide, y + dy * 0.45 + dx * wide),
        (x + dx, y + dy),
        (x + dx * 0.45 + dy * wide, y + dy * 0.45 - dx * wide),
    ]


def _sign(draw: ImageDraw.ImageDraw, middle: float, size: float, kind: str) -> None:
    m, s = middle, size
    if kind == "star":
        points = []
        for index in range(10):
            reach = s if index % 2 == 0 else s * 0.42
            turn = math.radians(index * 36 - 90)
            points.append((m + reach * math.cos(turn), m + reach * math.sin(turn)))
        draw.polygon(points, fill=255)
    elif kind == "cup":
        draw.pieslice((m - s * 0.6, m - s * 1.5, m + s * 0.6, m + s * 0.25), 0, 180, fill=255)
        draw.rectangle((m - s * 0.1, m, m + s * 0.1, m + s * 0.6), fill=255)
        draw.rectangle((m - s * 0.45, m + s * 0.6, m + s * 0.45, m + s * 0.8), fill=255)
        for side in (-1, 1):
            box = sorted((m + side * s * 0.4, m + side * s * 0.95))
            draw.arc((box[0], m - s * 0.62, box[1], m), 0, 360, fill=255, width=round(s * 0.1))
    elif kind == "gear":
        for index in range(8):
            turn = math.radians(index * 45)
            draw.line(
                (m, m, m + s * math.cos(turn), m + s * math.sin(turn)),
                fill=255,
                width=round(s * 0.3),
            )
        draw.ellipse((m - s * 0.72, m - s * 0.72, m + s * 0.72, m + s * 0.72), fill=255)
        draw.ellipse((m - s * 0.34, m - s * 0.34, m + s * 0.34, m + s * 0.34), fill=0)
    elif kind == "leaf":
        draw.polygon(
            curve(
                [
                    (m, m + s),
                    (m - s * 0.7, m + s * 0.1),
                    (m, m - s),
                    (m + s * 0.7, m + s * 0.1),
                    (m, m + s),
                ]
            ),
            fill=255,
        )
        draw.line((m, m - s * 0.6, m, m + s * 1.2), fill=0, width=round(s * 0.06))
    elif kind == "rook":
        draw.rectangle((m - s * 0.42, m - s * 0.5, m + s * 0.42, m + s * 0.6), fill=255)
        for x in (-0.6, -0.16, 0.28):
            draw.rectangle((m + s * x, m - s * 0.9, m + s * (x + 0.32), m - s * 0.45), fill=255)
        draw.rectangle((m - s * 0.72, m + s * 0.6, m + s * 0.72, m + s * 0.9), fill=255)
    elif kind == "note":
        draw.line(
            (
                m - s * 0.3,
                m + s * 0.5,
                m - s * 0.3,
                m - s * 0.8,
                m + s * 0.6,
                m - s,
                m + s * 0.6,
                m + s * 0.3,
            ),
            fill=255,
            width=round(s * 0.14),
        )
        for x, y in ((-0.5, 0.55), (0.4, 0.35)):
            draw.ellipse(
                (m + s * (x - 0.25), m + s * (y - 0.2), m + s * (x + 0.25), m + s * (y + 0.2)),
                fill=255,
            )
    else:
        for side in (-1, 1):
            page = [(m, m + s * 0.62), (m + side * s * 0.9, m + s * 0.36)]
            page += [(m + side * s * 0.9, m - s * 0.5), (m, m - s * 0.22)]
            draw.polygon(page, fill=255 if side < 0 else 200)
        draw.line((m, m - s * 0.3, m, m + s * 0.66), fill=0, width=round(s * 0.07))


def handwriting(
    rng: random.Random, page: Image.Image, at: Point, text: str, size: int, colour: Colour = PEN
) -> float:
    """Words written by hand from a left middle: letters dance a little. Returns the right end."""
    x = at[0]
    drift = rng.uniform(-0.012, 0.012)
    for letter in text:
        large = size + rng.randint(-size // 16, size // 16)
        chosen = font("serif-italic", large)
        glyph = Image.new("L", (large * 2, large * 2), 0)
        ImageDraw.Draw(glyph).text((large * 0.5, large), letter, fill=220, font=chosen, anchor="lm")
        glyph = glyph.rotate(rng.uniform(-4, 3), Image.Resampling.BICUBIC)
        y = at[1] + (x - at[0]) * drift + rng.uniform(-size * 0.035, size * 0.035)
        page.paste(colour, (round(x - large * 0.5), round(y - large)), glyph)
        x += chosen.getlength(letter) * 1.04
    return x
