"""Noise and light -> paper. What does a sheet look like under a scanner?"""

import random

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

Colour = tuple[int, int, int]
Size = tuple[int, int]


def noise(rng: random.Random, size: Size, grain: int = 1) -> Image.Image:
    """Grey noise with spots about `grain` pixels wide, the same for the same rng."""
    small = (max(2, size[0] // grain + 2), max(2, size[1] // grain + 2))
    raw = Image.frombytes("L", small, rng.randbytes(small[0] * small[1]))
    if grain == 1:
        return raw.crop((0, 0, *size))
    return raw.resize((small[0] * grain, small[1] * grain), Image.Resampling.BICUBIC).crop(
        (0, 0, *size)
    )


def softened(picture: Image.Image, strength: float) -> Image.Image:
    """The noise brought near to middle grey: strength 0 is flat, 1 is as it was."""
    return picture.point([round(128 + (value - 128) * strength) for value in range(256)])


def shade(picture: Image.Image, light: Image.Image) -> Image.Image:
    """The picture lit: 128 leaves a point as it is, less darkens, more lightens."""
    grey = Image.merge("RGB", (light, light, light)) if light.mode == "L" else light
    doubled = ImageChops.multiply(picture, grey)
    return doubled.point([min(255, round(value * 1.992)) for value in range(256)] * 3)


def paper(rng: random.Random, size: Size, colour: Colour) -> Image.Image:
    """A blank sheet: tint, clouds, fibres."""
    sheet = Image.new("RGB", size, colour)
    sheet = shade(sheet, softened(noise(rng, size, 160), 0.022))
    return shade(sheet, softened(noise(rng, size, 5), 0.022))


def slope(size: Size, dark: int, bright: int, angle: float) -> Image.Image:
    """Light that falls from one side: from `dark` to `bright` (128 is neutral)."""
    side = round((size[0] ** 2 + size[1] ** 2) ** 0.5) + 2
    ramp = Image.linear_gradient("L").resize((64, 64)).rotate(angle, fillcolor=128)
    ramp = ramp.crop((12, 12, 52, 52)).resize((side, side), Image.Resampling.BICUBIC)
    table = [round(dark + (bright - dark) * value / 255) for value in range(256)]
    left, top = (side - size[0]) // 2, (side - size[1]) // 2
    return ramp.point(table).crop((left, top, left + size[0], top + size[1]))


def vignette(size: Size, edge: int) -> Image.Image:
    """Light that falls off to the edges; `edge` is the light in the corners (128 is neutral)."""
    ramp = Image.radial_gradient("L").resize(size, Image.Resampling.BICUBIC)
    return ramp.point([round(128 - (128 - edge) * (value / 255) ** 2) for value in range(256)])


def flatbed(rng: random.Random, page: Image.Image) -> Image.Image:
    """The page as a school's flatbed scanner gives it: askew, an edge, shadow, dust, grain."""
    width, height = page.size
    lid = rng.choice([(250, 250, 249), (238, 240, 241), (228, 229, 227)])
    margin = rng.randint(4, 22)
    bed = Image.new("RGB", (width + 2 * margin, height + 2 * margin), lid)
    angle = rng.choice([-1, 1]) * rng.uniform(0.15, 1.0)
    mask = Image.new("L", page.size, 255).rotate(
        angle, Image.Resampling.BICUBIC, expand=True, fillcolor=0
    )
    tilted = page.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=lid)
    spot = ((bed.width - tilted.width) // 2, (bed.height - tilted.height) // 2)
    shadow = Image.new("L", bed.size, 0)
    shadow.paste(mask, (spot[0] + rng.randint(3, 6), spot[1] + rng.randint(3, 6)))
    shadow = shadow.filter(ImageFilter.GaussianBlur(6)).point([v * 2 // 5 for v in range(256)])
    bed.paste((120, 120, 122), (0, 0), shadow)
    bed.paste(tilted, spot, mask)
    bed = shade(bed, slope(bed.size, rng.randint(119, 125), 130, rng.choice([0, 90, 180, 270])))
    if rng.random() < 0.4:
        bed = _folded(rng, bed)
    _dust(rng, bed)
    bed = bed.filter(ImageFilter.GaussianBlur(rng.uniform(0.35, 0.6)))
    bed = shade(bed, softened(noise(rng, bed.size, 3), 0.012))
    return ImageEnhance.Color(bed).enhance(rng.uniform(0.86, 1.02))


def _folded(rng: random.Random, page: Image.Image) -> Image.Image:
    # a diploma was carried home in a schoolbag: one soft crease
    light = Image.new("L", page.size, 128)
    draw = ImageDraw.Draw(light)
    at = rng.uniform(0.47, 0.53)
    if page.width < page.height:
        y = round(page.height * at)
        draw.line((0, y, page.width, y + rng.randint(-9, 9)), fill=112, width=4)
        draw.line((0, y + 5, page.width, y + 5), fill=136, width=3)
    else:
        x = round(page.width * at)
        draw.line((x, 0, x + rng.randint(-9, 9), page.height), fill=112, width=4)
        draw.line((x + 5, 0, x + 5, page.height), fill=136, width=3)
    return shade(page, light.filter(ImageFilter.GaussianBlur(2.2)))


def _dust(rng: random.Random, page: Image.Image) -> None:
    draw = ImageDraw.Draw(page)
    for _ in range(rng.randint(4, 14)):
        x, y = rng.randint(0, page.width), rng.randint(0, page.height)
        size = rng.choice([1, 1, 2])
        grey = rng.randint(90, 170)
        draw.ellipse((x, y, x + size, y + size), fill=(grey, grey, grey))
