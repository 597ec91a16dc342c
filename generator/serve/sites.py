"""Folder of built sites -> what of it a browser may have. What lies at this path?"""

from mimetypes import guess_type
from pathlib import Path
from typing import get_args

from generator.diagnostic import Text
from generator.model.shown import Level
from generator.serve import Answer
from generator.trouble import Trouble

LEVELS: tuple[Level, ...] = get_args(Level)


def read_site(output: Path, doors: str, path: str) -> Answer | None:
    """The page with three `doors` at the root, the files of the levels behind, nothing else."""
    if not path:
        return Answer(doors.encode())
    level, slash, rest = path.partition("/")
    if level not in LEVELS:
        return None
    if not slash:
        return Answer(moved=f"{level}/")
    site = (output / level).resolve()  # a release, to which the level's name points
    file = (site / (rest or "index.html")).resolve()
    if not file.is_relative_to(site) or not file.is_file():
        return None
    kind = guess_type(file.name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/")
    return Answer(file.read_bytes(), f"{kind}; charset=utf-8" if is_text else kind)


def refuse_nothing(output: Path) -> None:
    """Trouble where no site was ever built."""
    if not any(output.glob("*/index.html")):
        raise Trouble(
            Text(f"в папке `{output}` нет собранных сайтов", f"there are no sites in `{output}`"),
            Text("сначала соберите их: `stupeni build`", "build them first: `stupeni build`"),
        )
