"""A subject -> a photograph under the sky. What did the walk bring?"""

import random
from itertools import pairwise

from PIL import Image, ImageFilter

from tests.school.scans.shot import HIGH, WIDE, Shot, ridge


def sunset(rng: random.Random) -> Image.Image:
    """A river at sunset, a boat."""
    top, low = rng.choice(
        [
            ((70, 74, 132), (252, 176, 104)),
            ((40, 58, 108), (246, 142, 96)),
            ((98, 92, 150), (255, 206, 140)),
        ]
    )
    shot = Shot(rng, top, low)
    x = rng.uniform(380, 1000)
    for _ in range(26):
        cx, cy = rng.uniform(0, WIDE), rng.uniform(40, 420)
        shot.oval(
            (cx - rng.uniform(90, 300), cy - 9, cx + rng.uniform(90, 300), cy + rng.uniform(9, 24)),
            (255, 200, 170),
            14,
            70,
        )
    shot.glow(x, 560, 620, (255, 190, 110), 0.9)
    shot.oval((x - 44, 516, x + 44, 604), (255, 244, 214), 3)
    for base, tall, shade_ in ((590, 110, 0.75), (600, 60, 0.5)):
        shot.poly(
            ridge(rng, base, tall, 10),
            (round(90 * shade_), round(70 * shade_), round(110 * shade_)),
            2,
        )
    water = (
        shot.view.crop((0, 0, WIDE, 590))
        .transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        .resize((WIDE, HIGH - 590))
    )
    shot.view.paste(water.filter(ImageFilter.GaussianBlur(5)), (0, 590))
    shot.texture((0, 590, WIDE, HIGH), (110, 7), 0.42)
    for index in range(40):
        y = 600 + index * 11
        half = rng.uniform(14, 60 + index * 3)
        shot.line([(x - half + rng.gauss(0, 14), y), (x + half, y)], (255, 226, 170), 4, 2, 150)
    bx, by = rng.uniform(250, 1100), rng.uniform(760, 840)
    shot.poly(
        [(bx - 130, by - 24), (bx + 140, by - 30), (bx + 96, by + 26), (bx - 92, by + 26)],
        (26, 20, 30),
        1.2,
    )
    shot.line([(bx - 10, by - 20), (bx + 4, by - 210)], (26, 20, 30), 6)
    shot.oval((bx - 120, by + 22, bx + 130, by + 64), (30, 24, 40), 9, 150)
    for _ in range(60):
        rx = rng.gauss(120, 90)
        shot.line(
            [(rx, HIGH), (rx + rng.uniform(-30, 40), HIGH - rng.uniform(120, 330))],
            (20, 16, 22),
            5,
            1,
        )
    return shot.developed()


def sky(rng: random.Random) -> Image.Image:
    """Stars, the Milky Way, a telescope in black."""
    shot = Shot(rng, (8, 12, 34), rng.choice([(40, 54, 96), (58, 48, 88), (28, 62, 84)]))
    for index in range(60):
        t = index / 60
        x, y = 150 + t * 1150 + rng.gauss(0, 60), 40 + t * 640 + rng.gauss(0, 60)
        shot.glow(
            x,
            y,
            rng.uniform(70, 190),
            rng.choice([(90, 96, 150), (120, 100, 140), (70, 90, 140)]),
            0.28,
        )
    for _ in range(900):
        x, y = rng.uniform(0, WIDE), rng.uniform(0, 900)
        r = rng.choice([0.8, 0.9, 1.1, 1.5])
        light = rng.randint(110, 255)
        shot.oval(
            (x - r, y - r, x + r, y + r),
            rng.choice([(255, 255, 255), (210, 224, 255), (255, 236, 210)]),
            0.4,
            light,
        )
    for _ in range(9):
        shot.glow(rng.uniform(60, 1340), rng.uniform(40, 640), 26, (230, 238, 255), 0.95)
    shot.poly(ridge(rng, 960, 90, 30), (8, 10, 16), 1.2)
    shot.glow(rng.choice([80, 1320]), 960, 420, (240, 170, 90), 0.35)
    x = rng.uniform(420, 900)
    dark = (6, 7, 12)
    shot.poly([(x - 200, 800), (x - 176, 846), (x + 190, 628), (x + 160, 572)], dark, 1)
    shot.poly([(x + 150, 562), (x + 196, 640), (x + 220, 626), (x + 174, 548)], dark, 1)
    for leg in (-130, 10, 140):
        shot.line([(x, 730), (x + leg, 1040)], dark, 17, 1)
    shot.oval((x - 40, 690, x + 44, 772), dark, 1)
    return shot.developed()


def track(rng: random.Random) -> Image.Image:
    """A running track in perspective."""
    shot = Shot(rng, (110, 168, 226), (214, 232, 244))
    for _ in range(16):
        x, y = rng.uniform(0, WIDE), rng.uniform(60, 300)
        shot.oval(
            (x - rng.uniform(80, 220), y - 30, x + rng.uniform(80, 220), y + 30),
            (255, 255, 255),
            24,
            150,
        )
    shot.poly(ridge(rng, 470, 110, 30), (66, 108, 66), 5)
    shot.poly([(0, 470), (WIDE, 470), (WIDE, HIGH), (0, HIGH)], (94, 152, 70), 2)
    shot.texture((0, 470, WIDE, HIGH), (9, 4), 0.2)
    red = rng.choice([(186, 74, 54), (172, 66, 60), (58, 104, 164)])
    far, near = 620, rng.uniform(560, 820)
    shot.poly(
        [(far - 66, 470), (far + 150, 470), (near + 1050, HIGH), (near - 760, HIGH)], red, 1.4
    )
    shot.texture((0, 470, WIDE, HIGH), (3, 2), 0.13)
    for lane in range(7):
        t = lane / 6
        shot.line(
            [(far - 66 + 216 * t, 470), (near - 760 + 1810 * t, HIGH)],
            (246, 244, 240),
            6 if lane % 6 else 10,
            1,
        )
    for lane in range(6):
        t = (lane + 0.5) / 6
        x, y = (
            far - 66 + 216 * t + (near - 760 + 1810 * t - (far - 66 + 216 * t)) * 0.62,
            470 + 580 * 0.62,
        )
        shot.line([(x - 12, y + 24), (x, y - 26), (x, y + 24)], (246, 244, 240), 7, 0.8)
    for index in range(12):
        x = 40 + index * 120
        shot.line([(x, 478), (x, 400)], (226, 226, 230), 5, 2)
        shot.poly(
            [(x, 404), (x + 70, 412), (x, 432)],
            rng.choice([(220, 60, 60), (250, 200, 60), (70, 110, 210)]),
            2,
        )
    return shot.developed()


def birdhouse(rng: random.Random) -> Image.Image:
    """A bird feeder on a winter branch, a tit."""
    shot = Shot(rng, (196, 212, 228), (232, 236, 240))
    shot.bokeh(40, [(255, 255, 255), (150, 176, 190), (120, 140, 130)], (0, 0, WIDE, HIGH))
    for _ in range(14):
        x = rng.uniform(0, WIDE)
        shot.line(
            [(x, HIGH), (x + rng.gauss(0, 60), 0)], (110, 104, 108), rng.randint(12, 40), 16, 130
        )
    shot.line([(-20, 210), (400, 190), (820, 214), (1420, 150)], (74, 58, 50), 44, 2)
    shot.line([(-20, 190), (400, 170), (820, 196), (1420, 132)], (250, 252, 255), 20, 3)
    shot.line([(560, 200), (700, 380)], (60, 50, 44), 5)
    shot.line([(850, 206), (700, 380)], (60, 50, 44), 5)
    wood = rng.choice([(186, 130, 76), (160, 104, 66), (176, 60, 52)])
    shot.poly(
        [(430, 500), (700, 350), (980, 500)],
        (round(wood[0] * 0.7), round(wood[1] * 0.7), round(wood[2] * 0.7)),
        1,
    )
    shot.poly(
        [(430, 490), (700, 338), (980, 490), (960, 500), (700, 362), (450, 502)], (252, 252, 255), 3
    )
    for x in (490, 900):
        shot.poly([(x, 500), (x + 28, 500), (x + 28, 800), (x, 800)], wood, 1)
    shot.poly([(430, 800), (980, 800), (1010, 860), (400, 860)], wood, 1)
    shot.texture((400, 802, 1010, 860), (60, 4), 0.1)
    for _ in range(110):
        x, y = rng.uniform(450, 960), rng.gauss(796, 6)
        shot.oval(
            (x - 6, y - 4, x + 6, y + 4),
            rng.choice([(60, 52, 48), (150, 120, 70), (210, 180, 120)]),
            0.7,
        )
    x, y = rng.uniform(600, 780), 700.0
    shot.oval((x - 96, y - 60, x + 76, y + 70), (232, 204, 70), 2)
    shot.poly(
        [(x + 40, y - 30), (x + 190, y - 10), (x + 170, y + 20), (x + 30, y + 40)],
        (78, 100, 120),
        2,
    )
    shot.oval((x - 150, y - 120, x - 50, y - 24), (30, 32, 40), 1.5)
    shot.oval((x - 138, y - 92, x - 82, y - 44), (244, 244, 240), 2)
    shot.poly([(x - 148, y - 80), (x - 176, y - 66), (x - 146, y - 60)], (40, 40, 44), 1)
    shot.oval((x - 128, y - 96, x - 116, y - 84), (0, 0, 0), 0.6)
    shot.line([(x - 60, y - 20), (x - 40, y + 66)], (30, 32, 40), 13, 2)
    for _ in range(70):
        sx, sy, r = rng.uniform(0, WIDE), rng.uniform(0, HIGH), rng.uniform(2, 9)
        shot.oval((sx - r, sy - r, sx + r, sy + r), (255, 255, 255), r / 2.4, 210)
    return shot.developed()


def ski(rng: random.Random) -> Image.Image:
    """A ski track in a winter wood."""
    shot = Shot(
        rng, rng.choice([(120, 166, 220), (196, 190, 206), (236, 196, 170)]), (236, 240, 248)
    )
    shot.glow(rng.uniform(300, 1100), 300, 480, (255, 226, 180), 0.7)
    for depth in range(4):
        grey = 150 - depth * 34
        for _ in range(11):
            x, base = rng.uniform(-40, WIDE + 40), 540 + depth * 40
            if depth == 3 and 380 < x < 1020:
                continue
            tall = rng.uniform(170, 300) * (1 + depth * 0.5)
            for level in range(5):
                low, wide = base - tall * level * 0.19, tall * (0.27 - level * 0.045)
                shot.poly(
                    [(x - wide, low), (x, low - tall * 0.34), (x + wide, low)],
                    (round(grey * 0.62), round(grey * 0.8), round(grey * 0.78)),
                    2.4 - depth * 0.4,
                )
                shot.poly(
                    [
                        (x - wide * 0.9, low - 4),
                        (x - wide * 0.1, low - tall * 0.3),
                        (x + wide * 0.2, low - tall * 0.1),
                    ],
                    (240, 246, 252),
                    7,
                    95,
                )
    shot.poly(
        [(0, 640), (480, 600), (940, 610), (WIDE, 650), (WIDE, HIGH), (0, HIGH)], (240, 245, 252), 4
    )
    shot.texture((0, 610, WIDE, HIGH), (70, 26), 0.07)
    shot.texture((0, 610, WIDE, HIGH), (3, 2), 0.06)
    near = rng.uniform(560, 760)
    for offset in (0, 1):
        line = [
            (690 + offset * 8, 604),
            (660 + offset * 30, 690),
            (near + offset * 92, 840),
            (near - 60 + offset * 190, HIGH + 10),
        ]
        for wide, tone in ((17, (186, 204, 230)), (9, (160, 182, 216))):
            for (ax, ay), (bx, by) in pairwise(line):
                shot.line([(ax, ay), (bx, by)], tone, round(wide * (0.3 + (ay - 590) / 300)), 2)
    for _ in range(46):
        y = rng.uniform(640, HIGH)
        x = near + 20 + rng.choice([-1, 1]) * (60 + (y - 600) * 0.5) + rng.gauss(0, 6)
        shot.oval((x - 7, y - 4, x + 7, y + 4), (150, 172, 206), 1.6)
    return shot.developed()


def city(rng: random.Random) -> Image.Image:
    """An old street in the evening."""
    shot = Shot(
        rng,
        rng.choice([(42, 50, 96), (70, 72, 120), (96, 84, 120)]),
        rng.choice([(236, 160, 118), (220, 176, 160)]),
    )
    for side in (False, True):
        edge = 0.0
        for index in range(4):
            wide, tall = 250 - index * 52, rng.uniform(430, 640) - index * 96
            _front(shot, edge, wide, tall, side)
            edge += wide
    shot.poly(
        [(0, 1010), (660, 690), (740, 690), (WIDE, 1010), (WIDE, HIGH), (0, HIGH)], (82, 76, 86), 3
    )
    shot.texture((0, 700, WIDE, HIGH), (34, 8), 0.22)
    for index in range(4):
        for across in (-1, 1):
            x, y = 700 + across * (460 - index * 110), 890 - index * 54
            shot.line([(x, y), (x, y - 300 + index * 60)], (34, 32, 38), 9 - index * 2)
            shot.glow(x, y - 300 + index * 60, 150 - index * 26, (255, 216, 150), 0.95)
            shot.oval((x - 50, y + 10, x + 50, y + 90), (255, 206, 140), 22, 60)
    for _ in range(3):
        left, foot = rng.uniform(560, 840), rng.uniform(770, 860)
        shot.oval((left - 9, foot - 96, left + 9, foot - 76), (24, 22, 28), 1)
        coat = [
            (left - 16, foot - 74),
            (left + 16, foot - 74),
            (left + 12, foot),
            (left - 12, foot),
        ]
        shot.poly(coat, (24, 22, 28), 1.2)
    return shot.developed()


def _front(shot: Shot, x0: float, wide: float, tall: float, mirrored: bool) -> None:
    """One house of the street, smaller with distance; half of its windows are lit."""
    wall = shot.rng.choice(
        [(150, 104, 84), (168, 140, 104), (112, 108, 124), (146, 90, 78), (124, 130, 118)]
    )
    x1 = x0 + wide
    ground0, ground1 = 1010 - x0 * 0.44, 1010 - x1 * 0.44
    roof0, roof1 = ground0 - tall, ground1 - tall * 0.84

    def at(x: float, y: float) -> tuple[float, float]:
        return (WIDE - x if mirrored else x), y

    shot.poly([at(x0, ground0), at(x1, ground1), at(x1, roof1), at(x0, roof0)], wall, 1.2)
    eaves = [at(x0 - 6, roof0), at(x1 + 6, roof1), at(x1 - 20, roof1 - 50), at(x0 + 12, roof0 - 60)]
    shot.poly(eaves, (70, 48, 50), 1.2)
    for window in range(12):
        row, column = divmod(window, 3)
        u0, u1 = (column + 0.28) / 3, (column + 0.68) / 3
        v0, v1 = (row + 0.3) / 4.4, (row + 0.78) / 4.4
        corner = []
        for u, v in ((u0, v0), (u1, v0), (u1, v1), (u0, v1)):
            top, low = roof0 + (roof1 - roof0) * u, ground0 + (ground1 - ground0) * u
            corner.append(at(x0 + wide * u, top + (low - top) * v))
        lit = shot.rng.random() < 0.45
        shot.poly(corner, (255, 214, 130) if lit else (46, 50, 68), 0.8)
        if lit:
            shot.glow(corner[0][0], corner[0][1] + 20, 70, (255, 190, 100), 0.3)


def river(rng: random.Random) -> Image.Image:
    """A river bank after the clean-up, full bags."""
    shot = Shot(rng, (136, 184, 228), (222, 236, 244))
    shot.poly(ridge(rng, 430, 120, 26), (86, 124, 82), 5)
    shot.poly([(0, 420), (WIDE, 400), (WIDE, 690), (0, 600)], (104, 146, 178), 3)
    shot.texture((0, 420, WIDE, 680), (80, 5), 0.3)
    shot.poly([(0, 590), (500, 610), (WIDE, 680), (WIDE, HIGH), (0, HIGH)], (150, 146, 96), 3)
    shot.texture((0, 600, WIDE, HIGH), (12, 6), 0.26)
    for _ in range(240):
        x, y = rng.uniform(0, WIDE), rng.uniform(620, HIGH)
        shot.line(
            [(x, y), (x + rng.gauss(0, 8), y - rng.uniform(14, 46))],
            rng.choice([(92, 130, 62), (124, 150, 74), (84, 110, 58)]),
            3,
            0.8,
        )
    bag = rng.choice([(40, 84, 170), (34, 120, 84), (52, 54, 62)])
    for index in range(rng.randint(5, 7)):
        x, y = 240 + index * 150 + rng.uniform(-30, 30), 800 + rng.uniform(-50, 90)
        r = rng.uniform(78, 112)
        shot.shadow(x + 20, y + r * 0.9, r * 1.1, 26)
        shot.oval((x - r, y - r * 0.9, x + r, y + r), bag, 1.4)
        shot.poly(
            [
                (x - 22, y - r * 0.8),
                (x + 20, y - r * 0.8),
                (x + 40, y - r * 1.25),
                (x, y - r * 1.1),
                (x - 40, y - r * 1.28),
            ],
            bag,
            1.2,
        )
        for _ in range(6):
            ax, ay = x + rng.uniform(-0.6, 0.3) * r, y + rng.uniform(-0.6, 0.6) * r
            shot.line(
                [(ax, ay), (ax + rng.uniform(10, 40), ay + rng.uniform(-40, 30))],
                (min(255, bag[0] + 90), min(255, bag[1] + 90), min(255, bag[2] + 90)),
                5,
                3,
                150,
            )
    return shot.developed()


PHOTOS = (sunset, sky, track, birdhouse, ski, city, river)
