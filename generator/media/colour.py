"""Pixels of any mode -> eight-bit sRGB on white paper. What would the eye see?"""

from io import BytesIO
from typing import cast

from PIL import Image, ImageCms

WHITE = (255, 255, 255)

_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
# Colours that tell any other RGB space from sRGB.
_PROBE = bytes((255, 0, 0, 0, 255, 0, 0, 0, 255, 128, 64, 32, 30, 90, 160, 200, 180, 90))


def to_resizable(image: Image.Image) -> Image.Image:
    """The same picture in a mode whose pixels may be averaged: no palette, no bits, no 16 bits."""
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return _to_eight_bits(image)
    if image.mode in ("P", "PA") or "transparency" in image.info:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.mode == "1":
        return image.convert("L")
    return image


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """An RGB picture on white, its colours as the embedded profile means them."""
    if image.mode in ("RGBA", "LA", "RGBa", "La"):
        image = _on_white(image)
    if not profile:
        return image.convert("RGB")
    try:
        return _convert(image, profile)
    except (ImageCms.PyCMSError, OSError, ValueError):
        # A profile that is broken or made for another mode says nothing about these pixels.
        return image.convert("RGB")


def dominant(image: Image.Image) -> str:
    """The colour that takes most of an RGB picture, `#rrggbb`."""
    small = image.resize((32, 32), Image.Resampling.BOX).quantize(8)
    counts = cast(list[tuple[int, int]], small.getcolors())
    index = max(counts)[1]
    palette = small.getpalette() or []
    red, green, blue = palette[3 * index : 3 * index + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _to_eight_bits(image: Image.Image) -> Image.Image:
    # Pillow's own conversion clips instead of scaling: a 16-bit page would turn pure white.
    high = 65_535.0
    if image.mode in ("I", "F"):
        top = max(cast(tuple[float, float], image.getextrema()))
        high = next((step for step in (1.0, 255.0, 65_535.0) if top <= step), top)
    elif image.mode != "I;16":
        image = image.convert("I")
    factor = 255 / high
    return image.point(lambda value: value * factor + 0).convert("L")


def _on_white(image: Image.Image) -> Image.Image:
    image = image.convert("RGBA")
    paper = Image.new("RGB", image.size, WHITE)
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _convert(image: Image.Image, profile: bytes) -> Image.Image:
    transform = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        image.mode,
        "RGB",
        _INTENT,
        _FLAGS,
    )
    if image.mode == "RGB" and _changes_nothing(transform):
        return image
    return cast(Image.Image, ImageCms.applyTransform(image, transform))


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Most phones name sRGB itself as their profile: then there is nothing to compute."""
    probe = Image.frombytes("RGB", (len(_PROBE) // 3, 1), _PROBE)
    seen = cast(Image.Image, ImageCms.applyTransform(probe, transform)).tobytes()
    return max(abs(a - b) for a, b in zip(_PROBE, seen, strict=True)) <= 2
