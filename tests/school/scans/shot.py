"""Shapes, light and blur -> a photograph. How does a lens see?"""

# ruff: noqa: PLR0913 - what is drawn has a place, a size, a colour, words …

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.school.scans.ink import Point
from tests.school.scans.paper import Colour, noise, shade, slope, softened, vignette

WIDE, HIGH = 1400, 1050


class Shot:
    """A photograph being exposed: every layer may be out of focus."""

    def __init__(self, rng: random.Random, top: Colour, low: Colour) -> None:
        self.rng = rng
        ramp = Image.linear_gradient("L").resize((WIDE, HIGH), Image.Resampling.BICUBIC)
        size = (WIDE, HIGH)
        self.view = Image.composite(Image.new("RGB", size, low), Image.new("RGB", size, top), ramp)

    def poly(
        self, points: Sequence[Point], colour: Colour, blur: float = 0.8, light: int = 255
    ) -> None:
        """A filled shape, soft by `blur` pixels."""
        mask = Image.new("L", (WIDE, HIGH), 0)
        ImageDraw.Draw(mask).polygon(points, fill=light)
        self.lay(mask, colour, blur)

    def oval(
        self,
        box: tuple[float, float, float, float],
        colour: Colour,
        blur: float = 0.8,
        light: int = 255,
    ) -> None:
        """A filled oval."""
        mask = Image.new("L", (WIDE, HIGH), 0)
        ImageDraw.Draw(mask).ellipse(box, fill=light)
        self.lay(mask, colour, blur)

    def line(
        self,
        points: Sequence[Point],
        colour: Colour,
        width: int,
        blur: float = 0.8,
        light: int = 255,
    ) -> None:
        """A thick line."""
        mask = Image.new("L", (WIDE, HIGH), 0)
        ImageDraw.Draw(mask).line(points, fill=light, width=width, joint="curve")
        self.lay(mask, colour, blur)

    def lay(self, mask: Image.Image, colour: Colour, blur: float) -> None:
        """Colour where the mask is, out of focus by `blur`."""
        found = mask.getbbox()
        if not found:
            return
        far = round(blur * 3) + 2
        box = (
            max(0, found[0] - far),
            max(0, found[1] - far),
            min(WIDE, found[2] + far),
            min(HIGH, found[3] + far),
        )
        self.view.paste(
            colour, box[:2] + box[2:], mask.crop(box).filter(ImageFilter.GaussianBlur(blur))
        )

    def glow(self, x: float, y: float, r: float, colour: Colour, light: float = 1.0) -> None:
        """Light around a point, added to what is there."""
        side = round(r * 2)
        ramp = Image.radial_gradient("L").resize((side, side))
        ramp = ramp.point(
            [round(max(0, 1 - value / 182) ** 2 * 255 * light) for value in range(256)]
        )
        lamp = Image.new("RGB", (side, side), (0, 0, 0))
        lamp.paste(colour, (0, 0), ramp)
        spot = (round(x - r), round(y - r))
        below = self.view.crop((*spot, spot[0] + side, spot[1] + side))
        self.view.paste(ImageChops.screen(below, lamp), spot)

    def texture(
        self, box: tuple[int, int, int, int], grain: tuple[int, int], strength: float
    ) -> None:
        """Uneven surface inside the box; grain is wide, high."""
        w, h = box[2] - box[0], box[3] - box[1]
        small = noise(self.rng, (max(2, w // grain[0]), max(2, h // grain[1])))
        rough = softened(small.resize((w, h), Image.Resampling.BICUBIC), strength)
        self.view.paste(shade(self.view.crop(box), rough), box[:2])

    def box3(self, x: float, y: float, w: float, h: float, d: float, colour: Colour) -> None:
        """A box seen from a little above: front, top, side."""
        bright = tuple(min(255, round(part * 1.16 + 8)) for part in colour)
        dark = tuple(round(part * 0.66) for part in colour)
        self.poly([(x, y), (x + w, y), (x + w, y - h), (x, y - h)], colour)
        self.poly(
            [(x, y - h), (x + w, y - h), (x + w + d, y - h - d * 0.5), (x + d, y - h - d * 0.5)],
            (bright[0], bright[1], bright[2]),
        )
        self.poly(
            [(x + w, y), (x + w + d, y - d * 0.5), (x + w + d, y - h - d * 0.5), (x + w, y - h)],
            (dark[0], dark[1], dark[2]),
        )

    def ball(self, x: float, y: float, r: float, colour: Colour) -> None:
        """A round thing lit from the upper left."""
        self.oval((x - r, y - r, x + r, y + r), tuple(round(part * 0.62) for part in colour))  # type: ignore[arg-type]
        self.oval((x - r * 0.92, y - r * 0.95, x + r * 0.68, y + r * 0.66), colour, r * 0.16)
        self.oval(
            (x - r * 0.55, y - r * 0.6, x - r * 0.1, y - r * 0.16), (255, 255, 255), r * 0.13, 150
        )

    def wood(self, top: float, colour: Colour) -> None:
        """A table top from `top` down."""
        self.poly([(0, top), (WIDE, top), (WIDE, HIGH), (0, HIGH)], colour, 1.2)
        self.texture((0, round(top), WIDE, HIGH), (90, 5), 0.1)
        self.texture((0, round(top), WIDE, HIGH), (260, 40), 0.12)

    def blurred(self, much: float) -> None:
        """All that was laid so far goes out of focus."""
        self.view = self.view.filter(ImageFilter.GaussianBlur(much))

    def bokeh(self, number: int, colours: list[Colour], area: tuple[int, int, int, int]) -> None:
        """Lights far out of focus."""
        for _ in range(number):
            x, y = self.rng.uniform(area[0], area[2]), self.rng.uniform(area[1], area[3])
            r = self.rng.uniform(18, 58)
            self.oval(
                (x - r, y - r, x + r, y + r), self.rng.choice(colours), 3, self.rng.randint(36, 110)
            )

    def shadow(self, x: float, y: float, rx: float, ry: float, strong: int = 120) -> None:
        """What a thing on a table darkens below itself."""
        self.oval((x - rx, y - ry, x + rx, y + ry), (20, 16, 18), ry * 0.5, strong)

    def developed(self) -> Image.Image:
        """The finished photograph: light from one side, dark corners, grain."""
        size = (WIDE, HIGH)
        side = self.rng.choice([0, 90, 180, 270])
        view = shade(self.view, slope(size, self.rng.randint(112, 122), 136, side))
        view = shade(view, vignette(size, self.rng.randint(84, 100)))
        view = view.filter(ImageFilter.GaussianBlur(0.6))
        view = shade(view, softened(noise(self.rng, size, 3), 0.016))
        if self.rng.random() < 0.35:
            view = view.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        return view


def ridge(rng: random.Random, base: float, tall: float, rough: float) -> list[Point]:
    """The skyline of hills or trees, closed at the bottom."""
    a, b, c = (rng.uniform(0, math.tau) for _ in range(3))
    points: list[Point] = []
    for x in range(-20, WIDE + 40, 20):
        y = base - tall * (0.5 + 0.3 * math.sin(x / 310 + a) + 0.2 * math.sin(x / 121 + b))
        points.append((x, y - rng.uniform(0, rough) + 4 * math.sin(x / 33 + c)))
    return [*points, (WIDE + 40, HIGH + 20), (-20, HIGH + 20)]
