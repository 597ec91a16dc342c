"""A subject -> a photograph taken in a room. What stands on the table or on the stage?"""

import math
import random
from itertools import pairwise

from PIL import Image

from tests.school.scans.ink import curve
from tests.school.scans.shot import HIGH, WIDE, Shot

_ROOMS = [
    ((180, 170, 158), (120, 112, 108)),
    ((150, 168, 182), (96, 108, 122)),
    ((214, 198, 172), (150, 130, 108)),
]
_LAMPS = [(255, 236, 190), (255, 255, 240), (220, 236, 255)]
_WOODS = [(176, 126, 82), (142, 100, 68), (206, 170, 124), (120, 92, 74)]


def room(rng: random.Random, top: float = 480) -> Shot:
    """A room out of focus, a table in front."""
    shot = Shot(rng, *rng.choice(_ROOMS))
    x = rng.uniform(100, 900)
    shot.poly([(x, 0), (x + 330, 0), (x + 330, 330), (x, 330)], (244, 248, 250), 30, 220)
    shot.bokeh(10, _LAMPS, (0, 0, WIDE, round(top)))
    shot.blurred(6)
    shot.wood(top, rng.choice(_WOODS))
    return shot


def chess(rng: random.Random) -> Image.Image:
    """A chess board in the middle of a game."""
    shot = room(rng, 330)

    def at(u: float, v: float) -> tuple[float, float]:
        depth = 1 / (1 + v * 0.11)
        return 700 + (u - 4) * 178 * depth, 1010 - 640 * (1 - depth) * 1.62

    shot.shadow(700, 960, 760, 80)
    shot.poly([at(-0.4, -0.3), at(8.4, -0.3), at(8.4, 8.4), at(-0.4, 8.4)], (92, 56, 34), 1)
    dark = rng.choice([(122, 78, 48), (70, 110, 82), (96, 66, 52)])
    for row in range(8):
        for column in range(8):
            corner = [
                at(column, row),
                at(column + 1, row),
                at(column + 1, row + 1),
                at(column, row + 1),
            ]
            shot.poly(corner, (236, 214, 172) if (row + column) % 2 else dark, 0.7)
    spots = rng.sample([(u, v) for u in range(8) for v in range(8)], 19)
    for u, v in sorted(spots, key=lambda spot: -spot[1]):
        white = rng.random() < (0.85 if v < 4 else 0.2)
        _piece(shot, at(u + 0.5, v + 0.45), 1 / (1 + v * 0.11), white, rng.randint(0, 3))
    return shot.developed()


def _piece(shot: Shot, at: tuple[float, float], scale: float, white: bool, kind: int) -> None:
    x, y = at
    s = 64 * scale
    colour = (240, 226, 196) if white else (54, 40, 36)
    bright = (255, 250, 236) if white else (120, 100, 92)
    shot.shadow(x + s * 0.4, y + s * 0.12, s * 0.9, s * 0.3, 130)
    shot.oval((x - s * 0.68, y - s * 0.22, x + s * 0.68, y + s * 0.26), colour)
    tall = s * (1.5, 2.1, 2.4, 1.9)[kind]
    shot.poly(
        [
            (x - s * 0.52, y),
            (x - s * 0.2, y - tall * 0.62),
            (x + s * 0.2, y - tall * 0.62),
            (x + s * 0.52, y),
        ],
        colour,
    )
    if kind == 1:
        shot.poly(
            [
                (x - s * 0.4, y - tall * 0.6),
                (x + s * 0.4, y - tall * 0.6),
                (x + s * 0.44, y - tall),
                (x - s * 0.44, y - tall),
            ],
            colour,
        )
    elif kind == 2:
        shot.poly(
            [
                (x - s * 0.42, y - tall * 0.94),
                (x, y - tall * 0.6),
                (x + s * 0.42, y - tall * 0.94),
                (x + s * 0.2, y - tall * 0.5),
                (x - s * 0.2, y - tall * 0.5),
            ],
            colour,
        )
        shot.ball(x, y - tall * 0.98, s * 0.16, colour)
    else:
        shot.ball(x, y - tall * 0.76, s * 0.38, colour)
    shot.line(
        [(x - s * 0.24, y - s * 0.1), (x - s * 0.1, y - tall * 0.6)],
        bright,
        max(2, round(s * 0.12)),
        s * 0.08,
        170,
    )


def robot(rng: random.Random) -> Image.Image:
    """A wheeled robot on a black line."""
    shot = Shot(rng, (170, 178, 186), (120, 126, 134))
    shot.bokeh(26, [(255, 240, 200), (120, 170, 230), (250, 150, 120)], (0, 0, WIDE, 420))
    shot.blurred(9)
    shot.poly([(0, 430), (WIDE, 430), (WIDE, HIGH), (0, HIGH)], (238, 238, 234), 5)
    shot.texture((0, 430, WIDE, HIGH), (160, 60), 0.06)
    line = [(300 + 420 * math.sin(step / 9) + step * 14, 440 + step * 21) for step in range(30)]
    for (ax, ay), (bx, by) in pairwise(line):
        shot.line([(ax, ay), (bx, by)], (26, 26, 30), round(16 + (ay - 430) * 0.08), 1.4)
    body = rng.choice([(222, 74, 60), (50, 120, 200), (246, 176, 50), (70, 160, 110)])
    x, y = 480.0, 860.0
    shot.shadow(x + 230, y + 40, 360, 60, 150)
    for wx in (x + 470, x + 40):
        shot.oval((wx - 10, y - 170, wx + 110, y + 40), (34, 34, 38))
    shot.box3(x, y - 40, 420, 150, 150, (70, 74, 82))
    shot.box3(x + 40, y - 190, 330, 130, 120, body)
    shot.box3(x + 120, y - 360, 180, 110, 70, (226, 228, 232))
    for ex in (x + 160, x + 250):
        shot.oval((ex - 30, y - 440, ex + 30, y - 380), (30, 34, 40))
        shot.glow(ex, y - 410, 46, (110, 220, 255), 1.0)
    shot.line([(x + 210, y - 470), (x + 226, y - 590)], (60, 60, 66), 7)
    shot.ball(x + 226, y - 600, 17, (240, 80, 70))
    for wx in (x + 10, x + 330):
        shot.oval((wx - 16, y - 130, wx + 124, y + 52), (30, 30, 34))
        shot.oval((wx + 18, y - 92, wx + 92, y + 14), (190, 192, 196))
        shot.oval((wx + 42, y - 54, wx + 68, y - 24), body)
    for index, wire in enumerate(((220, 50, 50), (40, 40, 44), (250, 210, 60), (60, 140, 70))):
        sx = x + 70 + index * 16
        shot.line(
            curve(
                [
                    (sx, y - 190),
                    (sx - 40, y - 260 - index * 10),
                    (sx + 10, y - 340),
                    (x + 130, y - 330),
                ]
            ),
            wire,
            6,
        )
    return shot.developed()


def stage(rng: random.Random) -> Image.Image:
    """A school stage: curtain, lights, small figures, heads of the audience."""
    shot = Shot(rng, (22, 14, 26), (40, 24, 34))
    back = rng.choice([(52, 70, 140), (120, 60, 100), (40, 96, 104)])
    shot.poly([(210, 150), (1190, 150), (1190, 720), (210, 720)], back, 4)
    shot.glow(700, 480, 520, (255, 220, 170), 0.6)
    shot.poly([(120, 710), (1280, 710), (1400, 870), (0, 870)], (150, 104, 70), 2)
    shot.texture((0, 710, WIDE, 870), (200, 6), 0.16)
    curtain = rng.choice([(150, 22, 34), (120, 26, 60), (28, 60, 110)])
    for side in (0, 1):
        for fold in range(9):
            edge = fold * 34 if not side else WIDE - fold * 34 - 40
            tone = 0.55 + 0.45 * abs(math.sin(fold * 1.9 + 0.5))
            colour = (round(curtain[0] * tone), round(curtain[1] * tone), round(curtain[2] * tone))
            shot.poly(
                [(edge, 0), (edge + 44, 0), (edge + 44 + fold * 2, 850), (edge - 6, 850)], colour, 5
            )
    shot.poly(
        [(0, 0), (WIDE, 0), (WIDE, 120), (700, 170), (0, 120)],
        (round(curtain[0] * 0.7), round(curtain[1] * 0.7), round(curtain[2] * 0.7)),
        3,
    )
    for lamp in (330, 700, 1070):
        beam = [
            (lamp - 16, 90),
            (lamp + 16, 90),
            (lamp + rng.uniform(60, 220), 800),
            (lamp - rng.uniform(60, 220), 800),
        ]
        shot.poly(beam, (255, 240, 200), 22, 60)
        shot.glow(lamp, 96, 90, (255, 246, 220), 1.0)
    for index in range(rng.randint(4, 6)):
        x, base = 360 + index * 140 + rng.uniform(-30, 30), 800 + rng.uniform(-20, 26)
        dress = rng.choice(
            [(236, 236, 240), (230, 80, 80), (250, 200, 80), (80, 160, 220), (170, 110, 200)]
        )
        shot.shadow(x, base + 6, 60, 13, 130)
        shot.poly(
            [(x - 22, base - 150), (x + 22, base - 150), (x + 52, base - 40), (x - 52, base - 40)],
            dress,
            1.6,
        )
        for side in (-1, 1):
            shot.line([(x + side * 14, base - 44), (x + side * 15, base)], (226, 184, 150), 11, 1.2)
            shot.line(
                [(x + side * 20, base - 142), (x + side * 70, base - 130 - rng.uniform(-50, 70))],
                (226, 184, 150),
                11,
                1.2,
            )
        shot.oval((x - 22, base - 206, x + 22, base - 156), (232, 192, 158), 1.2)
        shot.oval(
            (x - 25, base - 214, x + 25, base - 180),
            rng.choice([(60, 40, 30), (30, 26, 26), (150, 104, 60)]),
            1.6,
        )
    for index in range(13):
        seat, row = index * 118 + rng.uniform(-20, 20), 980 + rng.uniform(-24, 24)
        shot.oval((seat - 52, row - 66, seat + 52, row + 66), (16, 12, 16), 5)
        shot.oval((seat - 110, row + 40, seat + 110, row + 260), (16, 12, 16), 6)
    return shot.developed()


def craft(rng: random.Random) -> Image.Image:
    """A paper town of boxes."""
    shot = room(rng, 420)
    colours = [
        (236, 120, 96),
        (246, 196, 92),
        (122, 178, 204),
        (158, 196, 124),
        (214, 150, 190),
        (232, 226, 212),
    ]
    shot.shadow(700, 950, 680, 90, 100)
    for row, base in enumerate((640, 760, 900)):
        for index in range(6 - row % 2):
            x = 130 + index * 200 + row % 2 * 90 + rng.uniform(-16, 16)
            w, h = rng.uniform(96, 140), rng.uniform(120, 290) - row * 26
            colour = rng.choice(colours)
            shot.box3(x, base, w, h, 46, colour)
            if rng.random() < 0.55:
                roof = rng.choice([(186, 60, 56), (90, 70, 120), (70, 110, 90)])
                shot.poly(
                    [(x - 10, base - h), (x + w / 2, base - h - 84), (x + w + 8, base - h)], roof
                )
                shot.poly(
                    [
                        (x + w + 8, base - h),
                        (x + w / 2, base - h - 84),
                        (x + w / 2 + 46, base - h - 104),
                        (x + w + 52, base - h - 22),
                    ],
                    (round(roof[0] * 0.7), round(roof[1] * 0.7), round(roof[2] * 0.7)),
                )
            for wy in range(int(h // 64)):
                for wx in range(2):
                    px, py = x + 18 + wx * (w - 36) * 0.58, base - 34 - wy * 60
                    shot.poly(
                        [(px, py), (px + 26, py), (px + 26, py - 32), (px, py - 32)],
                        (255, 246, 200) if rng.random() < 0.6 else (70, 76, 96),
                        0.8,
                    )
    for x in (180, 620, 1130):
        shot.line([(x, 960), (x, 800)], (60, 56, 56), 8)
        shot.ball(x, 792, 22, (255, 230, 140))
    return shot.developed()


def plants(rng: random.Random) -> Image.Image:
    """Bean sprouts in glasses on a sill."""
    shot = Shot(rng, (206, 226, 238), (236, 240, 230))
    shot.bokeh(22, [(140, 180, 120), (255, 255, 255), (180, 206, 226)], (0, 0, WIDE, 700))
    shot.poly([(690, 0), (730, 0), (730, 740), (690, 740)], (250, 250, 250), 5)
    shot.blurred(5)
    shot.poly([(0, 740), (WIDE, 740), (WIDE, HIGH), (0, HIGH)], (244, 242, 236), 2)
    for index in range(4):
        x, tall = (
            190 + index * 340 + rng.uniform(-20, 20),
            (120, 250, 380, 470)[index] * rng.uniform(0.8, 1.1),
        )
        shot.shadow(x + 40, 930, 150, 26, 90)
        shot.poly(
            [(x - 92, 690), (x + 92, 690), (x + 70, 930), (x - 70, 930)], (236, 244, 248), 1.2, 170
        )
        shot.poly(
            [(x - 84, 760), (x + 84, 760), (x + 68, 922), (x - 68, 922)],
            rng.choice([(92, 66, 48), (80, 60, 50)]),
            2,
        )
        shot.texture((round(x - 84), 760, round(x + 84), 922), (8, 6), 0.4)
        pale = index == 3
        green = (196, 210, 130) if pale else (84, 150, 64)
        sway = rng.uniform(-50, 50)
        stem = [
            (x + sway * math.sin(step / 10 * 1.7), 764 - tall * step / 10) for step in range(11)
        ]
        shot.line(stem, green, 10 if not pale else 7)
        for step in (4, 6, 8, 10):
            px, py = stem[step]
            for side in (-1, 1):
                long = 74 if not pale else 40
                shot.poly(
                    [
                        (px, py),
                        (px + side * long * 0.5, py - 34),
                        (px + side * long, py - 8),
                        (px + side * long * 0.5, py + 12),
                    ],
                    green,
                    1,
                )
                shot.line([(px, py), (px + side * long * 0.9, py - 10)], (50, 110, 50), 2, 0.8, 150)
        shot.line([(x - 80, 700), (x - 62, 916)], (255, 255, 255), 9, 3, 200)
        shot.poly([(x - 50, 820), (x + 50, 820), (x + 48, 874), (x - 48, 874)], (255, 255, 250), 1)
        shot.line([(x - 30, 848), (x + 28, 846)], (60, 70, 140), 5)
    return shot.developed()


def books(rng: random.Random) -> Image.Image:
    """A pile of books at a window, an open one."""
    shot = room(rng, 560)
    y = 800.0
    shot.shadow(500, 830, 420, 50, 140)
    for _ in range(6):
        h, w = rng.uniform(46, 82), rng.uniform(420, 560)
        x = 480 - w / 2 + rng.uniform(-34, 34)
        colour = rng.choice(
            [
                (146, 44, 48),
                (44, 74, 120),
                (60, 104, 80),
                (196, 150, 70),
                (92, 60, 96),
                (214, 204, 186),
            ]
        )
        shot.box3(x, y, w, h, 70, colour)
        shot.poly(
            [(x + w, y - 6), (x + w + 66, y - 40), (x + w + 66, y - h - 28), (x + w, y - h + 6)],
            (240, 232, 212),
        )
        for stripe in (0.12, 0.84):
            shot.line([(x + w * stripe, y - 3), (x + w * stripe, y - h + 3)], (226, 190, 110), 6)
        shot.line(
            [(x + w * 0.28, y - h / 2), (x + w * rng.uniform(0.5, 0.72), y - h / 2)],
            (236, 216, 160),
            9,
            1,
        )
        y -= h
    for side in (-1, 1):
        page = [(1020, 900), (1020 + side * 250, 860), (1020 + side * 280, 990), (1020, 1036)]
        shot.poly(page, (250, 246, 234), 1)
        for row in range(9):
            t = row / 9
            x0, x1 = 1020 + side * 26, 1020 + side * (230 + 22 * t)
            shot.line([(x0, 912 + t * 106), (x1, 876 + t * 106)], (130, 124, 120), 3, 0.8)
    shot.line([(1020, 900), (1020, 1036)], (160, 150, 140), 7, 3)
    return shot.developed()


PHOTOS = (chess, robot, stage, craft, plants, books)
