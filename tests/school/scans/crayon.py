"""Wax crayons and a small hand -> marks on paper. What does a child's line look like?"""

import math
import random
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.school.scans.ink import Point, curve
from tests.school.scans.paper import Colour, Size, noise, paper

RED, ORANGE, YELLOW = (214, 44, 46), (240, 128, 34), (250, 206, 40)
GREEN, LEAF, BLUE, SKY = (44, 140, 62), (110, 180, 60), (36, 76, 186), (96, 172, 232)
BROWN, BLACK, PINK, VIOLET = (122, 76, 42), (44, 40, 46), (244, 146, 164), (128, 70, 168)
SKIN, GREY = (246, 190, 150), (140, 144, 150)
SIZE: Size = (1480, 1046)


class Sheet:
    """A sheet of drawing paper and a box of wax crayons."""

    def __init__(self, rng: random.Random, tint: Colour = (252, 251, 246)) -> None:
        self.rng = rng
        self.page = paper(rng, SIZE, tint)
        tooth = noise(rng, SIZE, 3)
        fine = ImageChops.add(tooth, noise(rng, SIZE), scale=2)
        # wax stays on the teeth of the paper, the pits stay white
        self.tooth = fine.point([0 if v < 74 else min(255, (v - 74) * 5) for v in range(256)])

    def lay(
        self, mask: Image.Image, colour: Colour, press: float = 0.95, blur: float = 1.2
    ) -> None:
        """Wax where the mask is."""
        found = mask.getbbox()
        if not found:
            return
        box = (
            max(0, found[0] - 4),
            max(0, found[1] - 4),
            min(SIZE[0], found[2] + 4),
            min(SIZE[1], found[3] + 4),
        )
        part = mask.crop(box).filter(ImageFilter.GaussianBlur(blur))
        tooth = self.tooth.crop(box).point(
            [min(255, round(v * press + 70 * press)) for v in range(256)]
        )
        below = self.page.crop(box)
        light = tuple(min(255, channel + 60) for channel in colour)
        under = ImageChops.multiply(below, Image.new("RGB", below.size, light))
        mixed = Image.blend(under, Image.new("RGB", below.size, colour), 0.72)
        self.page.paste(mixed, box[:2], ImageChops.multiply(part, tooth))

    def wobble(self, points: Sequence[Point], much: float) -> list[Point]:
        """The line as a small hand draws it."""
        made: list[Point] = []
        for (ax, ay), (bx, by) in pairwise(points):
            steps = max(2, round(math.hypot(bx - ax, by - ay) / 46))
            for step in range(steps):
                t = step / steps
                made.append(
                    (
                        ax + (bx - ax) * t + self.rng.gauss(0, much),
                        ay + (by - ay) * t + self.rng.gauss(0, much),
                    )
                )
        return curve([*made, points[-1]], 5)

    def line(
        self, points: Sequence[Point], colour: Colour, width: int = 9, much: float = 2.6
    ) -> None:
        """A line gone over twice."""
        mask = Image.new("L", SIZE, 0)
        draw = ImageDraw.Draw(mask)
        for again in range(2):
            drawn = self.wobble(points, much + again * 1.2)
            draw.line(drawn, fill=235 - again * 40, width=width - again * 2, joint="curve")
        self.lay(mask, colour)

    def shape(
        self,
        points: Sequence[Point],
        colour: Colour,
        fill: Colour | None = None,
        width: int = 9,
        angle: float | None = None,
    ) -> None:
        """A closed outline, scribbled full."""
        closed = [*points, points[0]]
        if fill:
            self.scribble(points, fill, angle)
        self.line(closed, colour, width)

    def scribble(
        self,
        points: Sequence[Point],
        colour: Colour,
        angle: float | None = None,
        gap: float = 11,
        press: float = 0.9,
    ) -> None:
        """To and fro inside the shape, now and then over its edge."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        cx, cy = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        reach = math.hypot(max(xs) - min(xs), max(ys) - min(ys)) / 2 + 12
        turn = self.rng.uniform(0.5, 1.1) if angle is None else angle
        ux, uy = math.cos(turn), math.sin(turn)
        mask = Image.new("L", SIZE, 0)
        draw = ImageDraw.Draw(mask)
        zigzag: list[Point] = []
        at, side = -reach, 1
        while at < reach:
            out = side * reach
            zigzag.append(
                (
                    cx + ux * out - uy * at + self.rng.gauss(0, 5),
                    cy + uy * out + ux * at + self.rng.gauss(0, 5),
                )
            )
            at += gap * self.rng.uniform(0.55, 1.5)
            side = -side
        if len(zigzag) > 1:
            draw.line(zigzag, fill=215, width=round(gap * 1.05), joint="curve")
        inside = Image.new("L", SIZE, 0)
        over = 1 + self.rng.uniform(-0.01, 0.035)
        loose = [(cx + (x - cx) * over, cy + (y - cy) * over) for x, y in points]
        ImageDraw.Draw(inside).polygon(self.wobble([*loose, loose[0]], 4), fill=255)
        self.lay(ImageChops.multiply(mask, inside), colour, press, 1.5)

    def disc(self, x: float, y: float, rx: float, ry: float | None = None) -> list[Point]:
        """A round outline, not quite round."""
        ry = ry or rx
        lean = self.rng.uniform(-0.06, 0.06)
        points = []
        for step in range(14):
            turn = step / 14 * math.tau
            points.append(
                (x + rx * math.cos(turn) * (1 + lean), y + ry * math.sin(turn) * (1 - lean))
            )
        return points

    def dot(self, x: float, y: float, r: float, colour: Colour) -> None:
        """A full spot."""
        mask = Image.new("L", SIZE, 0)
        ImageDraw.Draw(mask).ellipse((x - r, y - r, x + r, y + r), fill=245)
        self.lay(mask, colour)
