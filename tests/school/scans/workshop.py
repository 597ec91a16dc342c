"""A subject -> a photograph of something made or studied. What came out?"""

import math
import random

from PIL import Image, ImageDraw, ImageFilter

from tests.school.scans.indoors import room
from tests.school.scans.ink import curve
from tests.school.scans.shot import HIGH, WIDE, Shot


def microscope(rng: random.Random) -> Image.Image:
    """Onion cells in the round field of a microscope."""
    tint = rng.choice(
        [
            ((246, 222, 190), (196, 120, 84)),
            ((226, 236, 206), (96, 132, 88)),
            ((236, 214, 230), (146, 84, 150)),
        ]
    )
    shot = Shot(rng, tint[0], tint[0])
    shot.texture((0, 0, WIDE, HIGH), (60, 40), 0.1)
    lean = rng.uniform(-0.3, 0.3)
    for row in range(-6, 16):
        x = rng.uniform(-300, -100)
        while x < WIDE + 200:
            long = rng.uniform(170, 300)
            y = row * 84 + x * lean
            cell = [
                (x, y + 14),
                (x + long * 0.5, y - 6),
                (x + long, y + 14 + long * lean),
                (x + long + 26, y + 52 + long * lean),
                (x + long, y + 84 + long * lean),
                (x + long * 0.5, y + 92),
                (x, y + 84),
                (x - 26, y + 48),
            ]
            shot.poly(cell, tint[0], 3, 90)
            shot.line([*cell, cell[0]], tint[1], 6, 1.8, 190)
            nx, ny = x + long * rng.uniform(0.25, 0.75), y + rng.uniform(34, 64) + long * lean * 0.5
            shot.oval((nx - 19, ny - 14, nx + 19, ny + 14), tint[1], 3, 220)
            shot.oval((nx - 6, ny - 5, nx + 6, ny + 5), (90, 40, 40), 1.5, 200)
            x += long
    shot.blurred(1.4)
    field = Image.new("L", (WIDE, HIGH), 255)
    ImageDraw.Draw(field).ellipse((190, 16, 1208, 1034), fill=0)
    shot.view.paste((6, 6, 8), (0, 0), field.filter(ImageFilter.GaussianBlur(9)))
    shot.line([(700, 520), (1180, 420)], (10, 10, 10), 5, 0.8)
    return shot.developed()


def circuit(rng: random.Random) -> Image.Image:
    """A board with wires and glowing diodes."""
    shot = room(rng, 200)
    shot.shadow(700, 880, 600, 60, 130)
    shot.poly(
        [(180, 430), (1120, 360), (1270, 830), (240, 930)],
        rng.choice([(30, 110, 72), (30, 70, 130), (150, 40, 44)]),
        1,
    )
    for _ in range(36):
        x, y = rng.uniform(260, 1100), rng.uniform(450, 820)
        bend = rng.choice([-60, 60])
        shot.line(
            [(x, y), (x + 70, y - 5), (x + 110, y + bend), (x + 190, y + bend - 6)],
            (210, 190, 120),
            4,
            0.8,
            160,
        )
    for _ in range(60):
        x, y = rng.uniform(240, 1180), rng.uniform(440, 860)
        shot.oval((x - 7, y - 5, x + 7, y + 5), (222, 206, 150), 0.7)
    for x, y, w, h in ((420, 700, 210, 40), (760, 560, 150, 34), (860, 760, 190, 44)):
        shot.box3(x, y, w, h, 60, (34, 34, 38))
        for pin in range(8):
            shot.line(
                [(x + 12 + pin * (w - 24) / 7, y), (x + 12 + pin * (w - 24) / 7, y + 16)],
                (206, 206, 210),
                6,
            )
    for index, colour in enumerate(((255, 60, 60), (90, 255, 110), (90, 170, 255), (255, 210, 70))):
        x, y = 330 + index * 120, 520 - index * 9
        shot.ball(x, y, 24, colour)
        shot.glow(x, y, 110, colour, 0.8)
    for index in range(9):
        wire = rng.choice(
            [
                (220, 50, 46),
                (38, 38, 42),
                (250, 206, 60),
                (60, 140, 220),
                (240, 240, 240),
                (80, 160, 80),
            ]
        )
        x = 300 + index * 92
        shot.line(
            curve(
                [
                    (x, rng.uniform(480, 780)),
                    (x + 30, 380),
                    (x + 80, 300),
                    (x + rng.uniform(100, 220), 270),
                    (x + rng.uniform(100, 300), rng.uniform(430, 760)),
                ]
            ),
            wire,
            9,
            1,
        )
    shot.ball(1180, 880, 30, (200, 200, 206))
    return shot.developed()


def flasks(rng: random.Random) -> Image.Image:
    """Flasks with coloured solutions."""
    shot = room(rng, 640)
    for index in range(4):
        x, base = 230 + index * 300 + rng.uniform(-20, 20), 900 + rng.uniform(-30, 30)
        colour = rng.choice(
            [
                (60, 120, 220),
                (230, 90, 120),
                (240, 190, 60),
                (80, 180, 120),
                (150, 80, 190),
                (226, 110, 50),
            ]
        )
        shot.oval((x - 120, base - 14, x + 190, base + 50), colour, 22, 90)
        glass = (232, 242, 246)
        if index % 2:
            shape = [
                (x - 34, base - 430),
                (x + 34, base - 430),
                (x + 34, base - 260),
                (x + 128, base),
                (x - 128, base),
                (x - 34, base - 260),
            ]
            drink = [
                (x - 76, base - 150),
                (x + 76, base - 150),
                (x + 120, base - 8),
                (x - 120, base - 8),
            ]
        else:
            shape = [(x - 62, base - 360), (x + 62, base - 360), (x + 62, base), (x - 62, base)]
            drink = [
                (x - 56, base - 240),
                (x + 56, base - 240),
                (x + 56, base - 6),
                (x - 56, base - 6),
            ]
        shot.poly(shape, glass, 1.2, 120)
        shot.poly(drink, colour, 1.2, 225)
        shot.oval(
            (drink[0][0], drink[0][1] - 13, drink[1][0], drink[1][1] + 13),
            (min(255, colour[0] + 40), min(255, colour[1] + 40), min(255, colour[2] + 40)),
            1,
        )
        shot.line([*shape, shape[0]], (255, 255, 255), 4, 1.2, 200)
        shot.line(
            [(shape[-1][0] + 16, base - 240), (shape[-1][0] + 8, base - 30)],
            (255, 255, 255),
            10,
            4,
            190,
        )
        for mark in range(4):
            shot.line(
                [(x + 18, base - 60 - mark * 40), (x + 46, base - 60 - mark * 40)],
                (250, 250, 250),
                3,
                0.7,
            )
    return shot.developed()


def music(rng: random.Random) -> Image.Image:
    """Piano keys and a page of notes."""
    shot = Shot(rng, (60, 44, 40), (30, 22, 22))
    shot.bokeh(16, [(255, 210, 140), (255, 240, 210)], (0, 0, WIDE, 260))
    shot.blurred(8)
    shot.poly([(300, 60), (1120, 60), (1180, 470), (250, 470)], (250, 246, 234), 1)
    for staff in range(4):
        for row in range(5):
            y = 116 + staff * 92 + row * 11
            shot.line([(320 - staff * 8, y), (1100 + staff * 10, y)], (90, 86, 84), 2, 0.7)
        for index in range(15):
            x, tone = 370 + index * 48, 116 + staff * 92 + rng.randint(0, 8) * 5.5
            shot.oval((x - 9, tone - 7, x + 9, tone + 6), (24, 22, 24), 0.7)
            shot.line([(x + 8, tone), (x + 8, tone - 42)], (24, 22, 24), 3, 0.7)
    shot.poly([(0, 520), (WIDE, 520), (WIDE, 620), (0, 620)], (26, 18, 18), 1.5)
    for index in range(15):
        x0, x1 = 700 + (index - 7.5) * 88, 700 + (index - 6.5) * 88
        y0, y1 = 700 + (index - 7.5) * 124, 700 + (index - 6.5) * 124
        shot.poly([(x0, 620), (x1, 620), (y1, HIGH), (y0, HIGH)], (248, 246, 240), 0.8)
        shot.line([(x1, 620), (y1, HIGH)], (120, 116, 112), 3, 0.8)
        if index % 7 not in (2, 6):
            bx, by = x1, 700 + (index - 6.5) * 106
            shot.poly(
                [(bx - 25, 620), (bx + 25, 620), (by + 30, 850), (by - 30, 850)], (26, 24, 28), 1
            )
            shot.line([(bx - 12, 630), (by - 14, 834)], (110, 106, 112), 7, 3, 180)
    return shot.developed()


def ceramic(rng: random.Random) -> Image.Image:
    """Clay vessels on a shelf."""
    shot = Shot(
        rng,
        *rng.choice(
            [
                ((206, 200, 190), (170, 160, 150)),
                ((96, 104, 112), (60, 66, 74)),
                ((224, 214, 200), (186, 172, 156)),
            ]
        ),
    )
    shot.texture((0, 0, WIDE, HIGH), (60, 40), 0.06)
    shot.poly([(0, 850), (WIDE, 850), (WIDE, 930), (0, 930)], (128, 92, 64), 1)
    shot.texture((0, 850, WIDE, 930), (120, 5), 0.2)
    for index in range(5):
        x = 150 + index * 272 + rng.uniform(-14, 14)
        colour = rng.choice(
            [
                (176, 110, 76),
                (150, 90, 66),
                (206, 178, 146),
                (92, 82, 80),
                (120, 134, 128),
                (214, 206, 196),
            ]
        )
        tall, belly = rng.uniform(270, 430), rng.uniform(80, 116)
        left = []
        for step in range(21):
            t = step / 20
            r = belly * (0.42 + 0.62 * math.sin(math.pi * min(1, t * 1.15 + 0.12)) ** 1.4)
            left.append((x - r, 852 - tall * t))
        right = [(2 * x - px, py) for px, py in reversed(left)]
        shot.shadow(x + 50, 856, belly * 1.3, 20, 150)
        shot.poly(
            [*left, *right],
            (round(colour[0] * 0.66), round(colour[1] * 0.66), round(colour[2] * 0.66)),
            1,
        )
        inner = [((px - x) * 0.82 + x - belly * 0.12, py) for px, py in [*left, *right]]
        shot.poly(inner, colour, 15)
        shot.oval(
            (x - belly * 0.55, 852 - tall - 12, x + belly * 0.55, 852 - tall + 12),
            (60, 46, 40),
            1.5,
        )
        shot.line(
            [(x - belly * 0.5, 852 - tall * 0.7), (x - belly * 0.62, 852 - tall * 0.4)],
            (255, 250, 240),
            13,
            8,
            150,
        )
        for ring in range(3):
            y = 852 - tall * (0.3 + ring * 0.06)
            shot.line(
                [(x - belly * 0.9, y), (x, y + 9), (x + belly * 0.9, y)], (90, 60, 46), 3, 1.2, 110
            )
    return shot.developed()


def code(rng: random.Random) -> Image.Image:
    """A screen: a program beside its graph."""
    view = Image.new("RGB", (1440, 900), (30, 33, 40))
    draw = ImageDraw.Draw(view)
    draw.rectangle((0, 0, 1440, 34), fill=(52, 56, 66))
    for index, colour in enumerate(((236, 106, 94), (244, 190, 80), (98, 196, 84))):
        draw.ellipse((16 + index * 24, 11, 28 + index * 24, 23), fill=colour)
    y, inset = 64, 0
    while y < 860:
        inset = max(0, min(4, inset + rng.choice([-1, 0, 0, 1])))
        x = 64 + inset * 30
        draw.rectangle((24, y + 3, 40, y + 9), fill=(84, 90, 104))
        for _ in range(rng.randint(1, 6)):
            long = rng.randint(24, 110)
            if x + long > 760:
                break
            draw.rounded_rectangle(
                (x, y, x + long, y + 11),
                4,
                fill=rng.choice(
                    [
                        (198, 120, 221),
                        (97, 175, 239),
                        (152, 195, 121),
                        (229, 192, 123),
                        (171, 178, 191),
                    ]
                ),
            )
            x += long + 12
        y += 24 if rng.random() < 0.9 else 46
    draw.rectangle((800, 60, 1416, 460), fill=(250, 250, 252))
    for index in range(7):
        draw.line((840, 90 + index * 54, 1396, 90 + index * 54), fill=(224, 226, 232))
    for colour in ((66, 122, 214), (226, 96, 80)):
        a, b = rng.uniform(50, 90), rng.uniform(0, 6)
        draw.line(
            [
                (840 + s * 5.5, 270 - a * math.sin(s / 12 + b) - s * rng.uniform(0.6, 0.66))
                for s in range(100)
            ],
            fill=colour,
            width=4,
        )
    draw.rectangle((800, 484, 1416, 872), fill=(22, 24, 30))
    for row in range(13):
        draw.rectangle(
            (824, 508 + row * 27, 824 + rng.randint(120, 520), 518 + row * 27),
            fill=(120, 200, 130) if row % 4 else (200, 200, 206),
        )
    return view


PHOTOS = (microscope, circuit, flasks, music, ceramic, code)
