"""Files of a scanner's or phone's folder -> documents. Which pages belong together?"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic", ".heif"})
_GAP = 20.0
"""Seconds between two pages that somebody feeds into a scanner one after the other."""
_PAGE = re.compile(r"^(.*?)[\s_.(-]*(?:стр|с|page|p)?[\s_.(-]*(\d{1,3})\)?$", re.IGNORECASE)
# Names that a device gives to everything say nothing about what belongs together.
_DEVICE = re.compile(
    r"(img|dsc|dcim|pxl|scan|скан|image|photo|фото|doc|документ|screenshot|camscanner|whatsapp"
    r"|viber|telegram)?[\s\d_.,-]*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Page:
    """A file, and when it was made."""

    path: Path
    made: float


def read_pages(folder: Path) -> list[Page]:
    """Every scan in a folder; no links, nothing hidden."""
    found = []
    for path in folder.iterdir():
        is_scan = path.suffix.lower() in PICTURES or path.suffix.lower() == ".pdf"
        if is_scan and path.name[0] != "." and path.is_file() and not path.is_symlink():
            found.append(Page(path, path.stat().st_mtime))
    return found


def group(pages: Iterable[Page]) -> list[tuple[Page, ...]]:
    """Pages that seem to be of one document together: named alike but for a number, or made one
    right after the other by a device that names them all alike. A PDF is a whole one."""
    piles: list[list[Page]] = []
    for page in sorted(pages, key=lambda one: (one.made, _natural(one.path.stem))):
        pile = next(_matching(piles, page), None)
        if pile is None:
            piles.append([page])
        else:
            pile.append(page)
    return [tuple(sorted(pile, key=lambda one: _natural(one.path.stem))) for pile in piles]


def _matching(piles: list[list[Page]], page: Page) -> Iterator[list[Page]]:
    if _is_whole(page):
        return
    stem = _stem(page)
    for pile in piles:
        if stem and _stem(pile[0]) == stem and not _is_whole(pile[0]):
            yield pile
    likely = (pile for pile in reversed(piles) if not _stem(pile[0]) and not _is_whole(pile[0]))
    last = next(likely, [])
    if last and not stem and page.made - last[-1].made <= _GAP:
        yield last


def _is_whole(page: Page) -> bool:
    return page.path.suffix.lower() == ".pdf"


def _stem(page: Page) -> str:
    """What a file is called beside its page number; nothing when a device called it so."""
    name = page.path.stem
    if _DEVICE.fullmatch(name):
        return ""
    found = _PAGE.fullmatch(name)
    stem = found[1] if found else name
    return "" if _DEVICE.fullmatch(stem) else stem.casefold()


def _natural(name: str) -> list[tuple[int, str]]:
    """So that page 10 comes after page 9."""
    return [
        (int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name)
    ]
