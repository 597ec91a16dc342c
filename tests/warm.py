"""Room of a school -> its caches of shells and templates, filled. What need not be made each time?

Both are kept by all that they are made of and are alike in every school, so a test that is about
something else takes what an earlier one has made. Tests of shells and templates begin with nothing.
"""

import shutil
from functools import cache
from pathlib import Path

from generator.pages import read_templates
from generator.pages.apart import APART
from generator.shell import build
from generator.whole import locked

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".pytest_cache" / "d" / "warm"


def warm(room: Path) -> None:
    """Puts shells and compiled templates into the caches of a school's private folder."""
    for kept in _fill():
        shutil.copytree(kept, room / "cache" / kept.name, dirs_exist_ok=True)


@cache
def _fill() -> tuple[Path, Path]:
    shells, templates = KEPT / "shell", KEPT / "templates"
    KEPT.mkdir(parents=True, exist_ok=True)
    with locked(KEPT / ".lock"):
        build(ROOT, shells, "ru")
        engine = read_templates(ROOT / "theme", "ru", templates).engine
        for page in (ROOT / "theme" / "pages").glob("*.html"):
            if page.name not in APART:
                engine.get_template(page.name)
    return shells, templates
