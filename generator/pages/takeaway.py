"""One student's pages -> a folder that a family keeps. What can be read without us?"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from markupsafe import escape

from generator.model.edition import Edition
from generator.pages import compose_page
from generator.pages.catalogue import Texts
from generator.pages.preview import Sitting, file_name
from generator.pages.words import bind, set_date

Taken = tuple[str, bytes | Path]
"""Path below the folder, and its bytes or the file that has them."""
ORIGINALS = "originals"
_NAMES: Mapping[str, str] = {
    "family": "portfolio.html",
    "family-seen": "who-sees.html",
    "about": "about.html",
    ORIGINALS: "originals.html",
}
"""What a page is called among us -> its file."""
_LINK = re.compile(r' href="([\w-]+)\.html')
_UP = re.compile(r'(?<=")\.\./(?=(?:a|u|assets)/)')
_MENU = re.compile(r'(<nav class="st-menu" id="menu"[^>]*?) hidden></nav>')
_NEEDED = re.compile(r'"files/([^"]+)"')
_IN_STYLE = re.compile(r'url\("?([\w.-]+)"?\)')


@dataclass(frozen=True)
class Original:
    """A scan as the family brought it: of which work, and where it lies below `originals`."""

    work: str
    says: str
    """What can be seen on it, or what kind of paper it is; empty when nobody said."""
    path: str
    kept_back: bool
    """Whether a part of it is covered for everybody, so that it is not given out as it is."""

    @property
    def file(self) -> str:
        """What the family called it."""
        return self.path.rpartition("/")[2]

    @property
    def address(self) -> str:
        """How a page of the folder leads to it."""
        return quote(f"{ORIGINALS}/{self.path}")


@dataclass(frozen=True)
class Leaving:
    """What a family takes with it: of which edition, as of which day."""

    sitting: Sitting
    edition: Edition
    day: dt.date
    originals: tuple[Original, ...]


def compose_takeaway(leaving: Leaving) -> Iterator[Taken]:
    """The pages of the family's edition in clear, with all that they show and need."""
    pages = dict(_pages(leaving))
    needed = {name for html in pages.values() for name in _NEEDED.findall(html)}
    yield from ((name, html.encode()) for name, html in pages.items())
    for file in leaving.sitting.shells.files:
        if file.path in needed and file.path.endswith(".css"):
            folder = file.path.rpartition("/")[0]
            needed |= {f"{folder}/{one}" for one in _IN_STYLE.findall(file.content.decode())}
    for file in leaving.sitting.shells.files:
        if file.path in needed:
            yield f"files/{file.path}", file.content
    hung = {f"a/{file_name(one)}": one.path for one in leaving.sitting.hung}
    yield from ((f"files/{name}", hung[name]) for name in sorted(needed & hung.keys()))


def compose_read_me(leaving: Leaving, theme: Path) -> bytes:
    """Plain words on how to open it and what is in it, as any old editor reads them."""
    decision = leaving.sitting.decision
    text = (theme / "locale" / decision.language / "takeaway.txt").read_text(encoding="utf-8")
    day = set_date(leaving.day, decision.language).replace("\N{NO-BREAK SPACE}", " ")
    words = {"name": leaving.edition.name, "school": decision.school, "day": day}
    for slot, said in words.items():
        text = text.replace(f"{{{slot}}}", said)
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _pages(leaving: Leaving) -> Iterator[tuple[str, str]]:
    sitting = leaving.sitting
    texts = sitting.templates.texts
    day = set_date(leaving.day, sitting.decision.language)
    made = texts["takeaway-made"].replace("{day}", day)
    foot = _set(texts["made"]), _set(made)
    found = {name: sitting.bare(name) for name in _NAMES}
    found[ORIGINALS] = compose_page(
        "takeaway.html", sitting.decision, sitting.clear_shells, sitting.templates,
        edition=leaving.edition, originals=leaving.originals, folder=ORIGINALS,
    )  # fmt: skip
    there = {name: html for name, html in found.items() if html}
    # Whoever opens the folder reads at once that nothing locks it.
    loose = f'</h1><p class="st-quiet">{_set(texts["takeaway-open"])}</p>'
    there["family"] = there["family"].replace("</h1>", loose, 1)
    for name, html in there.items():
        yield _NAMES[name], _settled(html.replace(*foot), _menu(name, there, texts))


def _settled(html: str, menu: str) -> str:
    """The page at the top of the folder: links to its neighbours, all else in `files`."""
    html = _MENU.sub(lambda m: f"{m[1]}>{menu}</nav>", html, count=1)
    html = _LINK.sub(lambda m: f' href="{_file(m[1])}', html)
    return _UP.sub("files/", html)


def _file(name: str) -> str:
    # What only a site has, a list of others, leads back to the beginning.
    return _NAMES.get(name, _NAMES["family"])


def _menu(here: str, there: Mapping[str, str], texts: Texts) -> str:
    return "".join(
        f'<a href="{name}.html"{" aria-current=page" * (name == here)}>'
        f"{_set(texts[f'takeaway-{name}'])}</a>"
        for name in _NAMES
        if name in there
    )


def _set(words: str) -> str:
    return str(escape(bind(words)))
