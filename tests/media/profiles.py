"""Colour profiles made in sight, so that it is known what they mean."""

import struct

from PIL import ImageCms

Point = tuple[float, float, float]
# Colorants by the standards, as seen under D50.
P3: tuple[Point, Point, Point] = (
    (0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407),
)  # fmt: skip
ADOBE: tuple[Point, Point, Point] = (
    (0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457),
)  # fmt: skip


def profile(head: bytes, tags: dict[bytes, bytes]) -> bytes:
    """A profile of these tags; `head` is its class, its space and what that is measured in."""
    place, table, bodies = 132 + 12 * len(tags), b"", b""
    for name, body in tags.items():
        table += struct.pack(">4sII", name, place + len(bodies), len(body))
        bodies += body + bytes(-len(body) % 4)
    size = place + len(bodies)
    top = struct.pack(">I4xI", size, 0x02400000) + head + bytes(12) + b"acsp" + bytes(28)
    white = struct.pack(">iii", 0xF6D6, 0x10000, 0xD32D)
    return (top + white).ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + bodies


def rgb_profile(colorants: tuple[Point, Point, Point], curve: bytes) -> bytes:
    """An RGB space of three colorants and one curve."""
    tags = {b"wtpt": xyz((0.9642, 1.0, 0.8249))}
    for letter, colorant in zip(b"rgb", colorants, strict=True):
        tags[bytes([letter]) + b"XYZ"] = xyz(colorant)
        tags[bytes([letter]) + b"TRC"] = curve
    return profile(b"mntrRGB XYZ ", tags)


def xyz(point: Point) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">iii", *(round(value * 65_536) for value in point))


def gamma(value: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(value * 256))


def srgb_curve() -> bytes:
    """The curve of Pillow's own sRGB."""
    raw = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    (count,) = struct.unpack_from(">I", raw, 128)
    tags = (struct.unpack_from(">4sII", raw, 132 + 12 * n) for n in range(count))
    return next(raw[at : at + size] for name, at, size in tags if name == b"rTRC")


def gray_magenta_profile() -> bytes:
    """A press whose magenta ink is gray of lightness 50 and whose other inks are black."""
    straight = bytes(range(256))
    spots = b""
    for spot in range(16):
        others, magenta = spot & 0b1011, spot & 0b0100
        spots += bytes((0 if others else 128 if magenta else 255, 128, 128))
    one = (0x10000, 0, 0)
    matrix = struct.pack(">9i", *one, 0, 0x10000, 0, *one[::-1])
    table = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + matrix + straight * 4 + spots + straight * 3
    return profile(b"prtrCMYKLab ", {b"wtpt": xyz((0.9642, 1.0, 0.8249)), b"A2B0": table})
