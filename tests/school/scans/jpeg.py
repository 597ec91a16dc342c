"""A picture -> a light JPEG. How small may it be?"""

import io
from pathlib import Path
from typing import Any

from PIL import Image

LARGEST = 92_000


def write_light(target: Path, picture: Image.Image, **more: Any) -> None:
    """The picture, as good as fits: more than two hundred of them live in Git."""
    made = _encoded(picture, 66, more)
    if len(made) > LARGEST:
        # bytes fall a little slower than quality does
        quality = round(66 * (LARGEST / len(made)) ** 1.15)
        made = _encoded(picture, max(36, quality), more)
    if len(made) > LARGEST * 1.2:
        # wax and fine nets stay heavy: a smaller picture is better than a muddy one
        made = _encoded(_smaller(picture), 56, more)
    target.write_bytes(made)


def _smaller(picture: Image.Image) -> Image.Image:
    size = (round(picture.width * 0.76), round(picture.height * 0.76))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _encoded(picture: Image.Image, quality: int, more: dict[str, Any]) -> bytes:
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=quality, optimize=True, **more)
    return made.getvalue()
