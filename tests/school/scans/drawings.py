"""A subject -> a child's drawing. What do pupils of grades 1-4 draw?"""

import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

from tests.school.scans.crayon import (
    BLACK,
    BLUE,
    BROWN,
    GREEN,
    GREY,
    LEAF,
    ORANGE,
    PINK,
    RED,
    SIZE,
    SKIN,
    SKY,
    VIOLET,
    YELLOW,
    Sheet,
)
from tests.school.scans.motifs import cloud, fir, grass, person, sun, tree


def house(sheet: Sheet) -> None:
    """A house, the sun, a tree, a path."""
    rng = sheet.rng
    grass(sheet, 800)
    wall = rng.choice([ORANGE, YELLOW, PINK, SKY])
    x, w = rng.randint(420, 560), rng.randint(400, 470)
    sheet.shape([(x, 820), (x + 6, 480), (x + w, 474), (x + w + 6, 818)], BROWN, wall, 11, 0.02)
    sheet.shape(
        [(x - 56, 486), (x + w / 2 + rng.randint(-20, 20), 250), (x + w + 60, 478)], BROWN, RED, 12
    )
    sheet.shape(
        [(x + w * 0.72, 360), (x + w * 0.72, 250), (x + w * 0.86, 250), (x + w * 0.86, 420)],
        BROWN,
        GREY,
        9,
    )
    for index in range(3):
        sheet.line(
            [(x + w * 0.79 + index * 34, 226 - index * 44)]
            + [
                (
                    x + w * 0.79 + index * 34 + 26 * math.cos(s / 5),
                    214 - index * 44 + 22 * math.sin(s / 5),
                )
                for s in range(0, 36, 3)
            ],
            GREY,
            8,
        )
    for wx in (x + 60, x + w - 165):
        sheet.shape([(wx, 560), (wx + 104, 556), (wx + 106, 664), (wx + 2, 668)], BLUE, SKY, 10)
        sheet.line([(wx + 52, 558), (wx + 54, 666)], BLUE, 8)
        sheet.line([(wx, 612), (wx + 104, 610)], BLUE, 8)
    middle = x + w / 2
    sheet.shape(
        [(middle - 42, 822), (middle - 40, 690), (middle + 44, 690), (middle + 46, 820)],
        BROWN,
        BROWN,
        9,
        1.5,
    )
    sheet.dot(middle + 26, 760, 8, YELLOW)
    sun(sheet, rng.choice([190, 1270]), 170)
    cloud(sheet, 830, 130, 62)
    tree(sheet, 1240, 860, 300)
    tree(sheet, 190, 880, 250, None)
    for _ in range(9):
        fx, fy = rng.uniform(60, 1400), rng.uniform(900, 990)
        for turn in range(5):
            sheet.dot(
                fx + 15 * math.cos(turn * 1.26),
                fy + 15 * math.sin(turn * 1.26),
                10,
                PINK if int(fx) % 2 else RED,
            )
        sheet.dot(fx, fy, 9, YELLOW)


def family(sheet: Sheet) -> None:
    """Four people hand in hand and a dog."""
    rng = sheet.rng
    grass(sheet, 860)
    x = 250.0
    for tall, girl in ((560, False), (520, True), (330, rng.random() < 0.6), (470, True)):
        dress = rng.choice([RED, BLUE, VIOLET, ORANGE, PINK, GREEN])
        person(sheet, x, 890, tall, dress, girl, rng.choice([BROWN, BLACK, YELLOW, ORANGE]))
        x += tall * 0.27 + 130
    sheet.shape(sheet.disc(1250, 830, 92, 50), BROWN, BROWN)
    sheet.shape(sheet.disc(1350, 770, 46, 40), BROWN, BROWN)
    sheet.line([(1160, 815), (1120, 750), (1135, 720)], BROWN, 13)
    for lx in (1190, 1230, 1280, 1315):
        sheet.line([(lx, 860), (lx, 912)], BROWN, 13)
    sheet.line([(1330, 735), (1312, 790)], BLACK, 14)
    sheet.dot(1358, 762, 6, BLACK)
    sheet.dot(1394, 776, 9, BLACK)
    sun(sheet, 1290, 160, 84)
    cloud(sheet, 330, 130, 58)
    cloud(sheet, 820, 110, 48)


def cat(sheet: Sheet) -> None:
    """A ginger cat on a mat by the window."""
    rng = sheet.rng
    fur = rng.choice([ORANGE, (230, 150, 70), (224, 120, 44)])
    sheet.scribble([(30, 30), (1450, 30), (1450, 700), (30, 700)], (250, 226, 170), 0.1, 26, 0.5)
    sheet.shape(sheet.disc(740, 880, 560, 110), VIOLET, PINK, 12, 0.05)
    for index in range(9):
        fx = 240 + index * 125
        sheet.line(
            [(fx, 960 - abs(index - 4) * 12), (fx - 6, 1010 - abs(index - 4) * 12)], VIOLET, 8
        )
    sheet.line([(1010, 800), (1180, 780), (1240, 640), (1180, 560), (1140, 610)], fur, 46, 3)
    sheet.shape(sheet.disc(760, 730, 290, 190), BROWN, fur, 11)
    sheet.shape(sheet.disc(500, 500, 190, 160), BROWN, fur, 11)
    for side in (-1, 1):
        sheet.shape(
            [(500 + side * 60, 360), (500 + side * 165, 240), (500 + side * 178, 430)],
            BROWN,
            fur,
            10,
        )
        sheet.scribble(
            [(500 + side * 95, 355), (500 + side * 150, 285), (500 + side * 155, 390)], PINK
        )
        sheet.shape(sheet.disc(500 + side * 74, 480, 38, 44), BLACK, LEAF, 7)
        sheet.line([(500 + side * 74, 450), (500 + side * 74, 512)], BLACK, 15, 1)
        for index in range(3):
            sheet.line(
                [(500 + side * 60, 560 + index * 12), (500 + side * 260, 530 + index * 38)],
                BLACK,
                5,
                2,
            )
    sheet.shape([(476, 538), (526, 538), (500, 566)], RED, PINK, 7)
    sheet.line([(440, 590), (470, 606), (500, 572), (530, 606), (562, 588)], BROWN, 8, 1.5)
    for index in range(4):
        sheet.line([(660 + index * 90, 560 - (index % 2) * 16), (680 + index * 90, 660)], BROWN, 15)
    for px in (560, 690):
        sheet.shape(sheet.disc(px, 890, 72, 40), BROWN, fur, 9)
        for index in (-1, 0, 1):
            sheet.line([(px + index * 24, 890), (px + index * 26, 916)], BROWN, 6, 1)
    sheet.shape([(1090, 120), (1370, 116), (1376, 420), (1094, 424)], BROWN, SKY, 12)
    sheet.line([(1232, 118), (1236, 420)], BROWN, 10)
    sheet.line([(1092, 270), (1372, 268)], BROWN, 10)


def space(sheet: Sheet) -> None:
    """A rocket among planets on a night scribbled dark."""
    rng = sheet.rng
    w, h = SIZE
    sheet.scribble(
        [(24, 24), (w - 24, 24), (w - 24, h - 24), (24, h - 24)], (34, 44, 110), 0.7, 17, 0.92
    )
    sheet.scribble(
        [(24, 24), (w - 24, 24), (w - 24, h - 24), (24, h - 24)], (60, 60, 140), 2.3, 34, 0.6
    )
    for _ in range(34):
        x, y, r = rng.uniform(50, w - 50), rng.uniform(50, h - 50), rng.uniform(8, 20)
        for turn in range(3):
            a = turn * math.pi / 3
            sheet.line(
                [
                    (x - r * math.cos(a), y - r * math.sin(a)),
                    (x + r * math.cos(a), y + r * math.sin(a)),
                ],
                YELLOW,
                7,
                0.6,
            )
    for x, y, r, colour in (
        (250, 250, 118, RED),
        (1230, 250, 140, ORANGE),
        (1280, 800, 92, LEAF),
        (240, 820, 76, SKY),
    ):
        sheet.dot(x, y, r * 0.97, (250, 244, 230))
        sheet.shape(sheet.disc(x, y, r), BROWN, colour, 9)
    sheet.line(
        [
            (1230 + 230 * math.cos(s / 10), 250 + 62 * math.sin(s / 10) - 40 * math.cos(s / 10))
            for s in range(-2, 34)
        ],
        YELLOW,
        17,
    )
    for cx, cy in ((220, 220), (290, 285), (245, 310)):
        sheet.shape(sheet.disc(cx, cy, 18), BROWN, ORANGE, 6)
    x, y = 740, 560
    body = [
        (x, y - 380),
        (x + 92, y - 190),
        (x + 104, y + 170),
        (x - 104, y + 170),
        (x - 92, y - 190),
    ]
    mask = Image.new("L", SIZE, 0)
    ImageDraw.Draw(mask).polygon(body, fill=255)
    sheet.page.paste((248, 246, 240), (0, 0), mask)
    sheet.shape(body, BLACK, (210, 214, 222), 11)
    sheet.shape([(x, y - 392), (x + 88, y - 192), (x - 88, y - 192)], RED, RED, 10)
    for side in (-1, 1):
        sheet.shape(
            [(x + side * 100, y + 20), (x + side * 210, y + 220), (x + side * 100, y + 180)],
            RED,
            RED,
            10,
        )
    for wy, colour in ((-90, SKY), (60, SKY)):
        sheet.shape(sheet.disc(x, y + wy, 56), BLUE, colour, 11)
        sheet.dot(x, y + wy + 14, 25, SKIN)
        sheet.dot(x - 9, y + wy + 8, 5, BLACK)
        sheet.dot(x + 9, y + wy + 8, 5, BLACK)
    for colour, wide, long in ((RED, 92, 250), (ORANGE, 66, 190), (YELLOW, 40, 130)):
        sheet.scribble(
            [(x - wide, y + 182), (x + wide, y + 182), (x + rng.randint(-30, 30), y + 182 + long)],
            colour,
            1.5,
            10,
        )


def forest(sheet: Sheet) -> None:
    """Firs and birches, rain, a hedgehog with an apple."""
    rng = sheet.rng
    sheet.scribble([(30, 30), (1450, 30), (1450, 320), (30, 320)], SKY, 0.1, 20, 0.6)
    cloud(sheet, 360, 150, 80)
    cloud(sheet, 1040, 130, 92)
    grass(sheet, 780, GREEN)
    for x, size in ((160, 520), (430, 620), (1180, 600), (1370, 460)):
        fir(sheet, x + rng.randint(-20, 20), 830, size)
    for x in (660, 960):
        sheet.shape(
            [(x, 840), (x + 6, 330), (x + 38, 330), (x + 46, 840)], BLACK, (244, 244, 240), 7
        )
        for index in range(8):
            sheet.line(
                [
                    (x + 8 + (index % 2) * 14, 390 + index * 52),
                    (x + 26 + (index % 2) * 14, 394 + index * 52),
                ],
                BLACK,
                9,
                1,
            )
        sheet.shape(sheet.disc(x + 22, 350, 120, 140), LEAF, rng.choice([LEAF, YELLOW]), 9)
    for _ in range(40):
        left, top = rng.uniform(60, 1420), rng.uniform(260, 800)
        sheet.line([(left, top), (left - 12, top + 42)], BLUE, 6, 0.6)
    sheet.shape(sheet.disc(800, 890, 120, 74), BROWN, BROWN, 9)
    for index in range(17):
        turn = math.radians(180 + index * 10.5)
        sheet.line(
            [
                (800 + 104 * math.cos(turn), 890 + 64 * math.sin(turn)),
                (800 + 156 * math.cos(turn), 880 + 112 * math.sin(turn)),
            ],
            BLACK,
            9,
            1,
        )
    sheet.shape([(905, 880), (990, 918), (900, 940)], BROWN, SKIN, 8)
    sheet.dot(990, 916, 11, BLACK)
    sheet.dot(926, 900, 8, BLACK)
    sheet.shape(sheet.disc(780, 790, 34), RED, RED, 7)
    sheet.line([(780, 758), (790, 736)], BROWN, 8, 1)


def ship(sheet: Sheet) -> None:
    """A steamer on a river, gulls, the sun."""
    rng = sheet.rng
    sheet.scribble([(30, 700), (1450, 690), (1450, 1020), (30, 1020)], BLUE, 0.05, 17)
    sheet.scribble([(30, 720), (1450, 720), (1450, 1020), (30, 1020)], SKY, 0.12, 30, 0.7)
    hull = rng.choice([RED, GREEN, VIOLET])
    shape = [(330, 640), (1160, 630), (1060, 800), (440, 806)]
    mask = Image.new("L", SIZE, 0)
    ImageDraw.Draw(mask).polygon(shape, fill=235)
    sheet.page.paste((246, 240, 232), (0, 0), mask)
    sheet.shape(shape, BROWN, hull, 12, 0.05)
    sheet.shape([(480, 640), (484, 500), (980, 496), (990, 636)], BROWN, YELLOW, 10, 0.05)
    sheet.shape([(580, 500), (582, 400), (860, 396), (864, 498)], BROWN, ORANGE, 10)
    for x in range(540, 960, 105):
        sheet.shape(sheet.disc(x, 570, 34), BLUE, SKY, 9)
    for x in (640, 790):
        sheet.shape([(x - 34, 400), (x - 30, 260), (x + 34, 258), (x + 36, 398)], BLACK, RED, 10)
        sheet.line([(x - 32, 310), (x + 34, 308)], BLACK, 18)
        for puff in range(4):
            sheet.shape(
                sheet.disc(
                    x - 60 - puff * 66, 220 - puff * 34 + rng.randint(-10, 10), 30 + puff * 9
                ),
                GREY,
                (196, 198, 204),
                7,
            )
    sheet.line([(1090, 632), (1096, 430)], BROWN, 10)
    sheet.shape([(1098, 436), (1210, 466), (1098, 500)], RED, RED, 8)
    for row in range(4):
        sheet.line(
            [(50 + s * 24, 760 + row * 70 + 13 * math.sin(s * 1.2 + row)) for s in range(58)],
            (26, 54, 150),
            8,
            1,
        )
    sun(sheet, 1270, 170)
    for x, y in ((980, 200), (1060, 300), (900, 120)):
        sheet.line(
            [(x - 46, y - 20), (x - 20, y - 34), (x, y), (x + 22, y - 36), (x + 50, y - 18)],
            BLACK,
            7,
            1,
        )


def flowers(sheet: Sheet) -> None:
    """A bunch of seven flowers in a blue vase."""
    rng = sheet.rng
    sheet.scribble([(30, 840), (1450, 830), (1450, 1020), (30, 1020)], (214, 160, 100), 0.03, 16)
    for index in range(7):
        turn = math.radians(-150 + index * 20 + rng.uniform(-4, 4))
        reach = rng.uniform(330, 440)
        x, y = 740 + reach * 1.1 * math.cos(turn), 560 + reach * math.sin(turn)
        sheet.line(
            [(740 + (index - 3) * 12, 600), ((x + 740) / 2 + 16, (y + 600) / 2), (x, y)], GREEN, 12
        )
        sheet.shape(sheet.disc((x + 740) / 2 + 30, (y + 620) / 2, 46, 20), GREEN, LEAF, 7)
        colour = (RED, YELLOW, VIOLET, PINK, ORANGE, BLUE, RED)[index]
        petals = rng.randint(6, 8)
        for petal in range(petals):
            a = petal / petals * math.tau
            sheet.shape(
                sheet.disc(x + 52 * math.cos(a), y + 52 * math.sin(a), 32), colour, colour, 6
            )
        sheet.shape(sheet.disc(x, y, 32), BROWN, YELLOW if colour != YELLOW else BROWN, 7)
    vase = [
        (620, 600),
        (860, 598),
        (820, 680),
        (900, 800),
        (850, 930),
        (630, 934),
        (576, 800),
        (660, 684),
    ]
    mask = Image.new("L", SIZE, 0)
    ImageDraw.Draw(mask).polygon(vase, fill=255)
    sheet.page.paste((236, 242, 250), (0, 0), mask)
    sheet.shape(vase, BLUE, SKY, 12)
    sheet.line([(590, 780 + 0), (660, 750), (740, 785), (820, 750), (890, 782)], BLUE, 14)
    for x in (660, 740, 820):
        sheet.dot(x, 850, 17, YELLOW)


def winter(sheet: Sheet) -> None:
    """A snowman, a fir with toys, snow on blue paper."""
    rng = sheet.rng
    sheet.scribble([(28, 28), (1452, 28), (1452, 760), (28, 760)], (112, 160, 222), 0.5, 18, 0.9)
    white = (252, 252, 252)
    sheet.scribble(
        [(28, 760), (700, 730), (1452, 770), (1452, 1020), (28, 1020)],
        (206, 224, 244),
        0.06,
        22,
        0.7,
    )
    for y, r in ((800, 180), (540, 132), (344, 94)):
        sheet.dot(560, y, r, white)
        sheet.dot(560, y, r, white)
        sheet.line([*sheet.disc(560, y, r), sheet.disc(560, y, r)[0]], BLUE, 9)
    sheet.shape(
        [(486, 284), (500, 170), (620, 168), (636, 282)], BLACK, rng.choice([RED, VIOLET, GREY]), 10
    )
    sheet.line([(450, 290), (672, 284)], BLACK, 15)
    sheet.shape([(560, 340), (690, 366), (562, 374)], ORANGE, ORANGE, 7)
    for side in (-1, 1):
        sheet.dot(560 + side * 36, 318, 11, BLACK)
        sheet.line([(560 + side * 124, 520), (560 + side * 290, 420)], BROWN, 12)
        for lean in (-34, 30):
            sheet.line([(560 + side * 250, 446), (560 + side * 300, 446 + lean)], BROWN, 8)
    for index in range(5):
        sheet.dot(516 + index * 22, 396 + (10 if index in (1, 2, 3) else 0), 6, BLACK)
    for y in (490, 550, 610):
        sheet.dot(560, y, 14, RED)
    sheet.line([(472, 436), (560, 462), (652, 434)], RED, 30)
    sheet.line([(640, 444), (690, 560)], RED, 30)
    fir(sheet, 1130, 900, 720, toys=True)
    sheet.dot(1130, 196, 26, YELLOW)
    for _ in range(70):
        sheet.dot(rng.uniform(40, 1440), rng.uniform(40, 800), rng.uniform(7, 14), white)


DRAWINGS: dict[str, Callable[[Sheet], None]] = {
    "house": house,
    "family": family,
    "cat": cat,
    "space": space,
    "forest": forest,
    "ship": ship,
    "flowers": flowers,
    "winter": winter,
}


def draw_drawing(rng: random.Random, subject: str) -> Image.Image:
    """A child's drawing of the subject, the sheet flat under the scanner."""
    sheet = Sheet(rng)
    DRAWINGS[subject](sheet)
    return sheet.page
