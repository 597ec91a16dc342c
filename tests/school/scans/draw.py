"""What is wanted -> a file. Which kind of picture is drawn, and how is it taken?"""

import random
from pathlib import Path

from PIL import Image, ImageDraw

from tests.school.entries import Wanted


def write_scan(target: Path, wanted: Wanted, seed: int) -> None:
    """The scan in its file."""
    rng = random.Random(f"{seed}:{target.parent.name}:{target.name}")
    colour = (rng.randint(200, 250), rng.randint(200, 240), rng.randint(180, 230))
    picture = Image.new("RGB", (1000, 1400), colour)
    ImageDraw.Draw(picture).rectangle((60, 60, 940, 1340), outline=(120, 80, 40), width=9)
    target.parent.mkdir(parents=True, exist_ok=True)
    picture.save(target)
