"""Fonts of the machine -> words on paper. Which face, how large, where do the lines break?"""

# ruff: noqa: PLR0913 - what is drawn has a place, a size, a colour, words …

from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tests.school.scans.paper import Colour

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
_FOLDERS = ("/usr/share/fonts/truetype/paratype", "/usr/share/fonts/truetype/dejavu")
_FACES = {
    "serif": ("PTF55F.ttf", "DejaVuSerif.ttf"),
    "serif-bold": ("PTF75F.ttf", "DejaVuSerif-Bold.ttf"),
    "serif-italic": ("PTF56F.ttf", "DejaVuSerif-Italic.ttf"),
    "serif-bold-italic": ("PTF76F.ttf", "DejaVuSerif-BoldItalic.ttf"),
    "sans": ("PTS55F.ttf", "DejaVuSans.ttf"),
    "sans-bold": ("PTS75F.ttf", "DejaVuSans-Bold.ttf"),
    "sans-italic": ("PTS56F.ttf", "DejaVuSans-Oblique.ttf"),
    "narrow": ("PTN77F.ttf", "DejaVuSansCondensed-Bold.ttf"),
    "caption": ("PTZ55F.ttf", "DejaVuSerif.ttf"),
    "mono": ("PTM55F.ttf", "DejaVuSansMono.ttf"),
}


@cache
def font(face: str, size: int) -> Font:
    """The face in this size; Pillow's own font when the machine has none of ours."""
    for name in _FACES[face]:
        for folder in _FOLDERS:
            if (path := Path(folder, name)).is_file():
                return ImageFont.truetype(str(path), size)
    return ImageFont.load_default(size)


def width_of(text: str, face: str, size: int, spacing: float = 0) -> float:
    """How wide the line is, in pixels."""
    return font(face, size).getlength(text) + spacing * max(0, len(text) - 1)


def lines_of(text: str, face: str, size: int, width: float) -> list[str]:
    """The text broken into lines no wider than `width`."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", face, size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def put_line(
    draw: ImageDraw.ImageDraw, centre: tuple[float, float], text: str, face: str, size: int,
    fill: Colour, spacing: float = 0,
) -> None:  # fmt: skip
    """One line around its centre, letters apart by `spacing`."""
    x = centre[0] - width_of(text, face, size, spacing) / 2
    chosen = font(face, size)
    for piece in text if spacing else (text,):
        draw.text((x, centre[1]), piece, fill=fill, font=chosen, anchor="lm")
        x += chosen.getlength(piece) + spacing


def put_lines(
    draw: ImageDraw.ImageDraw, centre: tuple[float, float], text: str, face: str, size: int,
    fill: Colour, width: float,
) -> float:  # fmt: skip
    """Lines around x, downward from y; returns the y below them."""
    y = centre[1]
    for line in lines_of(text, face, size, width):
        put_line(draw, (centre[0], y), line, face, size, fill)
        y += size * 1.32
    return y


def fitting(text: str, face: str, largest: int, width: float, spacing: float = 0) -> int:
    """The largest size up to `largest` at which the text fits into `width`."""
    size = largest
    while size > 12 and width_of(text, face, size, spacing) > width:
        size -= 2
    return size


def on_ring(
    picture: Image.Image, centre: tuple[float, float], radius: float, text: str, size: int,
    fill: tuple[int, int, int, int],
) -> None:  # fmt: skip
    """Words around a circle, clockwise from the left, as on a round stamp."""
    import math

    chosen = font("sans-bold", size)
    step = 360 / len(text)
    for index, letter in enumerate(text):
        turn = math.radians(index * step - 90)
        glyph = Image.new("RGBA", (size * 2, size * 2), (*fill[:3], 0))
        ImageDraw.Draw(glyph).text((size, size), letter, fill=fill, font=chosen, anchor="mm")
        glyph = glyph.rotate(-index * step, Image.Resampling.BICUBIC)
        at = (
            round(centre[0] + radius * math.cos(turn) - size),
            round(centre[1] + radius * math.sin(turn) - size),
        )
        picture.alpha_composite(glyph, (max(0, at[0]), max(0, at[1])))
