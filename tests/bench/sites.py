"""Our pages as Markdown -> the folder of an ordinary site engine. What would it cost without us?"""

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, relpath

from tests.bench.clock import Cost, run_timed
from tests.bench.corpus import Sheet
from tests.bench.peers import Peer
from tests.bench.world import World, classes, digests

_LINK = re.compile(r"\]\(page:([^)#]+)(#[^)]*)?\)")
_PICTURE = re.compile(r"\]\(asset:([0-9a-f]{64})\)")
_ANCHOR = re.compile(r'<a id="[^"]*"></a>')
_PLAIN = {
    "site_name": "Портфолио",
    "use_directory_urls": False,
    "markdown_extensions": ["admonition", "attr_list", "tables", {"toc": {"permalink": True}}],
}
_SEARCH = {"search": {"lang": "ru"}}
_MINIMAL = {
    "single.html": (
        "<!doctype html><html lang=ru><meta charset=utf-8><title>{{ .Title }}</title>"
        '<link rel=stylesheet href="/style.css"><nav><a href="/">Школа</a>'
        '{{ with .Parent }} · <a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>'
        "<main>{{ .TableOfContents }}{{ .Content }}</main></html>"
    ),
    "list.html": (
        "<!doctype html><html lang=ru><meta charset=utf-8><title>{{ .Title }}</title><ul>"
        '{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</ul></html>'
    ),
}
_HUGO = {
    "baseURL": "https://example.invalid/",
    "languageCode": "ru",
    "title": "Портфолио",
    "disableKinds": ["taxonomy", "term", "rss"],
    "markup": {"goldmark": {"renderer": {"unsafe": True}}},
}


@dataclass(frozen=True)
class Style:
    """How an engine is told to make a site."""

    engine: str
    """`mkdocs`, `zensical` or `hugo`."""
    one: bool = False
    """One page a student with everything in it, as without access control."""
    prune: bool = True
    passwords: bool = False
    """A password in the head of every page, for the plugin that encrypts."""


@dataclass(frozen=True)
class Plain:
    """A site engine's folder, ready to be built again and again."""

    folder: Path
    peer: Peer
    style: Style
    env: Mapping[str, str]
    pages: tuple[Path, ...]

    @property
    def output(self) -> Path:
        """The built site."""
        return self.folder / ("public" if self.style.engine == "hugo" else "site")

    def forget(self) -> None:
        """No site and no cache."""
        for name in (self.output.name, ".cache", "resources", ".hugo_build.lock"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def build(self) -> Cost:
        """The cost of one build, in a fresh process."""
        arguments = {
            "mkdocs": ("build", "--quiet"),
            "zensical": ("build",),
            "hugo": ("--quiet", "--environment", "production"),
        }[self.style.engine]
        return run_timed([self.peer.command(self.style.engine), *arguments], self.folder, self.env)

    def change(self, number: int) -> None:
        """Other words in one student's pages, as after the edit of one entry."""
        owned = [page for page in self.pages if page.parent.name != "lists"]
        chosen = owned[number * len(owned) // 7 % len(owned)]
        together = [chosen] if self.style.one else sorted(chosen.parent.glob("*.md"))
        for page in together:
            with page.open("a", encoding="utf-8") as text:
                text.write(f"\nНовые слова {number}\n")

    def digests(self) -> dict[str, str]:
        """What it would serve."""
        return digests(self.output)


def write_plain(
    world: World, sheets: Sequence[Sheet], peer: Peer, style: Style, name: str
) -> Plain:
    """A site of those pages; the pictures that they show lie ready, and are copied as they are."""
    folder = world.folder / "plain" / name
    shutil.rmtree(folder, ignore_errors=True)
    hugo = style.engine == "hugo"
    docs, pictures = _folders(folder, hugo)
    chosen = [s for s in sheets if s.is_family or s.is_list or not style.one]
    places = dict(_places(chosen, classes(world.school), style.one))
    for sheet in chosen:
        page = docs / places[sheet.path]
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_page(sheet, places, style), encoding="utf-8")
    for digest, file in {pair for sheet in chosen for pair in sheet.pictures}:
        os.link(file, pictures / f"{digest}.webp")
    (docs / ("_index.md" if hugo else "index.md")).write_text("# Школа\n", encoding="utf-8")
    _write_settings(folder, style)
    pages = tuple(docs / place for place in places.values())
    return Plain(folder, peer, style, world.env(), pages)


def _folders(folder: Path, hugo: bool) -> tuple[Path, Path]:
    docs = folder / ("content" if hugo else "docs")
    pictures = folder / "static" / "img" if hugo else docs / "img"
    for one in (docs, pictures):
        one.mkdir(parents=True)
    return docs, pictures


def _places(
    sheets: Sequence[Sheet], class_of: Mapping[str, str], one: bool
) -> Iterator[tuple[str, str]]:
    """Logical path -> file: a folder for each class, in it one for each student."""
    for sheet in sheets:
        _, owner, *rest = sheet.path.split("/")
        if sheet.is_list or owner not in class_of:
            place = f"lists/{sheet.path.replace('/', '-')}.md"
        elif one:
            place = f"{class_of[owner]}/{owner}.md"
        else:
            place = f"{class_of[owner]}/{owner}/{'-'.join(rest) or 'home'}.md"
        yield sheet.path, place


def _page(sheet: Sheet, places: Mapping[str, str], style: Style) -> str:
    here, hugo = dirname(places[sheet.path]), style.engine == "hugo"

    def link(found: re.Match[str]) -> str:
        place = places.get(found[1])
        if place is None:  # with one page a student, to a page that is not made then
            return "](#)"
        target = f"/{place[:-3].lower()}/" if hugo else relpath(place, here)
        # Anchors of Markdown headings are the engine's own.
        return f"]({target})"

    up = "/img" if hugo else relpath("img", here)
    text = _LINK.sub(link, sheet.text)
    text = _PICTURE.sub(lambda found: f"]({up}/{found[1]}.webp)", text)
    return _head(sheet, style) + _ANCHOR.sub("", text)


def _head(sheet: Sheet, style: Style) -> str:
    head = {"title": sheet.title} if style.engine == "hugo" else {}
    if style.passwords:
        head["password"] = password(sheet.readers)
    lines = "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items()
    )
    return f"---\n{lines}---\n" if head else ""


def password(readers: Sequence[str]) -> str:
    """What whoever may read these pages would have to type."""
    return "bench " + " + ".join(readers)


def _write_settings(folder: Path, style: Style) -> None:
    if style.engine == "hugo":
        layouts = folder / "layouts" / "_default"
        layouts.mkdir(parents=True)
        for name, text in _MINIMAL.items():
            (layouts / name).write_text(text, encoding="utf-8")
        (folder / "hugo.json").write_text(json.dumps(_HUGO), encoding="utf-8")
        return
    features = ["navigation.prune"] if style.prune else []
    theme = {"name": "material", "language": "ru", "font": False, "features": features}
    plugins = [_SEARCH, *(["encryptcontent"] if style.passwords else [])]
    settings = {**_PLAIN, "theme": theme, "plugins": plugins}
    (folder / "mkdocs.yml").write_text(json.dumps(settings), encoding="utf-8")
