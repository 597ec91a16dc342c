"""Parts of drawings. What does every child draw again and again?"""

# ruff: noqa: PLR0913 - a person has a place, a height, clothes, hair

import math

from tests.school.scans.crayon import (
    BLACK,
    BLUE,
    BROWN,
    GREEN,
    LEAF,
    ORANGE,
    PINK,
    RED,
    SIZE,
    SKIN,
    SKY,
    YELLOW,
    Sheet,
)
from tests.school.scans.ink import Point
from tests.school.scans.paper import Colour


def sun(sheet: Sheet, x: float, y: float, r: float = 92) -> None:
    """A smiling sun."""
    sheet.shape(sheet.disc(x, y, r), ORANGE, YELLOW)
    for index in range(13):
        turn = index / 13 * math.tau + sheet.rng.uniform(-0.07, 0.07)
        near, far = r * 1.2, r * sheet.rng.uniform(1.5, 1.95)
        sheet.line(
            [
                (x + near * math.cos(turn), y + near * math.sin(turn)),
                (x + far * math.cos(turn), y + far * math.sin(turn)),
            ],
            YELLOW,
            11,
        )
    sheet.dot(x - r * 0.3, y - r * 0.15, 8, BLACK)
    sheet.dot(x + r * 0.3, y - r * 0.15, 8, BLACK)
    sheet.line([(x - r * 0.4, y + r * 0.25), (x, y + r * 0.5), (x + r * 0.4, y + r * 0.25)], RED, 8)


def grass(sheet: Sheet, top: float, colour: Colour = LEAF) -> None:
    """Grass from `top` down."""
    w, h = SIZE
    sheet.scribble(
        [(30, top), (w * 0.4, top - 18), (w - 30, top + 10), (w - 30, h - 26), (30, h - 26)],
        colour,
        0.12,
        15,
    )
    for _ in range(34):
        x, y = sheet.rng.uniform(40, w - 40), top + sheet.rng.uniform(-4, 40)
        sheet_line = [(x, y + 16), (x + sheet.rng.uniform(-10, 10), y - 30)]
        sheet.line(sheet_line, GREEN, 7, 1)


def cloud(sheet: Sheet, x: float, y: float, size: float) -> None:
    """A bumpy cloud."""
    points = []
    for step in range(22):
        turn = step / 22 * math.tau
        bump = 1 + 0.16 * abs(math.sin(turn * 2.7))
        points.append(
            (x + size * 1.7 * bump * math.cos(turn), y + size * 0.8 * bump * math.sin(turn))
        )
    sheet.shape(points, BLUE, SKY, 8, 0.1)


def tree(sheet: Sheet, x: float, base: float, size: float, fruit: Colour | None = RED) -> None:
    """A round tree, with fruit."""
    sheet.shape(
        [
            (x - size * 0.12, base),
            (x - size * 0.09, base - size * 0.9),
            (x + size * 0.1, base - size * 0.9),
            (x + size * 0.13, base),
        ],
        BROWN,
        BROWN,
        8,
        1.5,
    )
    points = []
    for step in range(20):
        turn = step / 20 * math.tau
        bump = 1 + 0.1 * math.sin(turn * 6)
        points.append(
            (
                x + size * 0.55 * bump * math.cos(turn),
                base - size * 1.3 + size * 0.55 * bump * math.sin(turn),
            )
        )
    sheet.shape(points, GREEN, LEAF, 9)
    if fruit:
        for _ in range(7):
            turn, reach = sheet.rng.uniform(0, math.tau), sheet.rng.uniform(0.1, 0.42) * size
            sheet.dot(
                x + reach * math.cos(turn), base - size * 1.3 + reach * math.sin(turn), 13, fruit
            )


def fir(sheet: Sheet, x: float, base: float, size: float, toys: bool = False) -> None:
    """A fir of three triangles, with toys at New Year."""
    sheet.shape(
        [
            (x - size * 0.07, base),
            (x - size * 0.07, base - size * 0.2),
            (x + size * 0.07, base - size * 0.2),
            (x + size * 0.07, base),
        ],
        BROWN,
        BROWN,
        7,
    )
    for index in range(3):
        low, wide = base - size * (0.16 + index * 0.33), size * (0.46 - index * 0.1)
        sheet.shape([(x - wide, low), (x, low - size * 0.5), (x + wide, low)], GREEN, GREEN, 9)
    if toys:
        for _ in range(8):
            level = sheet.rng.uniform(0.2, 1.0)
            half = size * 0.36 * (1.1 - level)
            sheet.dot(
                x + sheet.rng.uniform(-half, half),
                base - size * level,
                14,
                sheet.rng.choice([RED, YELLOW, BLUE, PINK]),
            )


def person(
    sheet: Sheet, x: float, base: float, tall: float, dress: Colour, girl: bool, hair: Colour
) -> Point:
    """Head, triangle or trousers, sticks for arms; returns where the right hand is."""
    head = tall * 0.17
    hy = base - tall + head
    legs = base - tall * 0.3
    for side in (-1, 1):
        sheet.line(
            [
                (x + side * tall * 0.06, legs),
                (x + side * tall * 0.07, base - 8),
                (x + side * tall * 0.13, base),
            ],
            BLACK if not girl else SKIN,
            12,
        )
    shoulders = hy + head * 1.15
    body = [
        (x - tall * 0.06, shoulders),
        (x + tall * 0.06, shoulders),
        (x + tall * (0.2 if girl else 0.11), legs + 6),
        (x - tall * (0.2 if girl else 0.11), legs + 6),
    ]
    sheet.shape(body, dress, dress, 9)
    hand = (x + tall * 0.27, shoulders + tall * 0.24)
    for side in (-1, 1):
        sheet.line(
            [(x + side * tall * 0.06, shoulders + 12), (x + side * tall * 0.27, hand[1])], SKIN, 12
        )
    sheet.shape(sheet.disc(x, hy, head), BROWN, SKIN, 7)
    if girl:
        for side in (-1, 1):
            sheet.line(
                [
                    (x, hy - head),
                    (x + side * head, hy - head * 0.5),
                    (x + side * head * 1.2, hy + head * 1.1),
                ],
                hair,
                17,
            )
    for index in range(7):
        turn = math.radians(200 + index * 23)
        sheet.line(
            [
                (x + head * 0.86 * math.cos(turn), hy + head * 0.86 * math.sin(turn)),
                (x + head * 1.22 * math.cos(turn), hy + head * 1.22 * math.sin(turn)),
            ],
            hair,
            13,
        )
    for side in (-1, 1):
        sheet.dot(x + side * head * 0.36, hy - head * 0.1, 7, BLUE)
        sheet.dot(x + side * head * 0.58, hy + head * 0.3, 10, PINK)
    sheet.line(
        [
            (x - head * 0.4, hy + head * 0.38),
            (x, hy + head * 0.62),
            (x + head * 0.4, hy + head * 0.38),
        ],
        RED,
        7,
        1,
    )
    return hand
