"""The face of every page, from its package -> the letters we need, as WOFF2. Which letters?"""

import io
import subprocess
import sys
from functools import cache
from importlib.resources import files

_LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),  # Latin with marks: names of other languages
    *range(0x400, 0x530),  # Cyrillic, all of it that the face has
    *map(ord, "‑–—‘’‚“”„•…‰‹›⁄€₽№™←↑→↓−×≈≤≥"),
)


@cache
def cut_face() -> bytes:
    """Manrope of all weights (OFL), cut to Cyrillic and Latin: about 38 KB, the same each time."""
    # By a process of its own: what it takes to read a face is 20 MB, and never given back. Ctrl-C
    # is for us; it ends with us, and has nothing to say about it.
    command = [sys.executable, "-I", __file__]
    return subprocess.run(
        command, stdout=subprocess.PIPE, check=True, start_new_session=True
    ).stdout


def _cut() -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.layout_features, options.name_IDs = ["*"], []
    source = files("font_manrope") / "files" / "Manrope-VariableFont_wght.ttf"
    with source.open("rb") as stream:
        face = TTFont(stream, recalcTimestamp=False)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=_LETTERS)
        cutter.subset(face)
        face.flavor = "woff2"
        made = io.BytesIO()
        face.save(made)
    return made.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(_cut())
