"""Home -> Shells. What does the site engine make of a page?"""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from generator.diagnostic import Lang, Text
from generator.model.site import FACE, EngineFile, Shell, Shells
from generator.progress import NOBODY, Progress
from generator.shell.face import cut_face
from generator.trouble import Trouble
from generator.whole import locked, write_whole

SLOTS = ("title", "vision", "school", "level", "palette", "tools", "content", "foot")
META = ("title", "vision", "school", "tools", "foot")
SECONDS = 120
_ENGINE = "engine-"

# Material gives the body tag no door, and keeps the switches of a drawer and a search we lack.
REWRITTEN = (
    (r"<body ", '<body data-level="{level}" data-palette="{palette}" '),
    (r'<input class="md-toggle" data-md-toggle="drawer"[^>]*>\s*', ""),
    (r'<input class="md-toggle" data-md-toggle="search"[^>]*>\s*', ""),
    (r'<label class="md-overlay"[^>]*></label>\s*', ""),
    (r'<div data-md-component="skip">\s*</div>\s*', ""),
    (r'<div data-md-component="announce">\s*</div>\s*', ""),
    (r'<div class="md-dialog"[^>]*>\s*<div[^>]*></div>\s*</div>\s*', ""),
    (r"<script>__md_scope=.*?</script>\s*", ""),
    (r"<script>var target=.*?</script>\s*", ""),
)
# What would carry words from page to page, call somebody, or be stopped by the page's policy.
FORBIDDEN = (
    'rel="canonical"',
    'rel="prev"',
    'rel="next"',
    "md-nav",
    "md-search",
    "md-source",
    "sitemap",
    "<style",
    " style=",
    'href="http',
    'src="http',
)
PAGE_FILES = {
    "../css/page.css": "page.css",
    "../js/vision.js": "vision.js",
    "../js/page.js": "page.js",
    "../js/viewer.js": "viewer.js",
    "../js/story.js": "story.js",
    "../js/find.js": "find.js",
}
STYLES = (
    "page.css", "works.css", "story.css", "viewer.css", "seen.css", "find.css", "duty.css",
    "homes.css", "cv.css", "vision.css", "print.css",
)  # fmt: skip
LOCKED_STYLES = ("locked.css", "vision.css")
SCRIPTS = ("vision.js", "page.js", "viewer.js", "story.js", "find.js")
SEAL_PARTS = ("cipher.js", "envelope.js", "codes.js", "open.js")


def build(home: Path, work: Path, language: Lang, progress: Progress = NOBODY) -> Shells:
    """The shell of portfolio pages and the files it needs; from `work` when nothing changed.

    `home` holds mkdocs.yml, theme and schema.
    """
    kept = work / f"shells-{read_key(home, language)}.json"
    shells = read_kept(kept)
    if shells is None:
        with progress.stage("shell", 1) as done:
            shells = run_engine(home, work, language)
            done()
        write_kept(kept, shells)
    return shells


def read_key(home: Path, language: str) -> str:
    """A digest of all that the shells depend on."""
    digest = hashlib.sha256(language.encode())
    for package in (
        "mkdocs",
        "mkdocs-material",
        "jinja2",
        "markdown",
        "pymdown-extensions",
        "font-manrope",
        "fonttools",
    ):
        digest.update(f"{package} {version(package)}\0".encode())
    theme = sorted(path for path in (home / "theme").rglob("*") if path.is_file())
    ours = sorted(Path(__file__).parent.glob("*.py"))
    for path in (*ours, home / "mkdocs.yml", home / "schema" / "words-ru.txt", *theme):
        if path.is_file():
            name = path.name if path in ours else path.relative_to(home).as_posix()
            digest.update(f"{name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:32]


def run_engine(home: Path, work: Path, language: Lang) -> Shells:
    """The shells cut from a probe page that MkDocs has just built."""
    work.mkdir(parents=True, exist_ok=True)
    with (
        locked(work / ".lock"),
        tempfile.TemporaryDirectory(dir=work, prefix=_ENGINE) as folder,
    ):
        for left in work.glob(f"{_ENGINE}*"):  # by those who were killed here
            if left != Path(folder):
                shutil.rmtree(left)
        root = Path(folder).resolve()
        write_page(root / "docs" / "p" / "probe.md", {name: token(name) for name in SLOTS})
        site = run_mkdocs(home, root, language)
        html = (site / "p" / "probe.html").read_text(encoding="utf-8")
        ours = read_ours(home, site)
        html, used = point_to(trim(html), ours)
        files = (*read_engine_files(site, used), *ours)
    return Shells(cut(html), files, hashes_of_inline_scripts(html))


def token(slot: str) -> str:
    """The word that holds a slot's place in the probe page."""
    return f"STUPENISLOT{slot.upper()}TOLSINEPUTS"


def write_page(path: Path, slots: dict[str, str]) -> None:
    """A page for MkDocs whose slots are filled with ready HTML, and a first page beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    meta = {"template": "portfolio.html"} | {name: slots[name] for name in META}
    head = "".join(f"{key}: {json.dumps(words)}\n" for key, words in meta.items())
    path.write_text(f"---\n{head}---\n\n<div>{slots['content']}</div>\n", encoding="utf-8")
    (path.parent.parent / "index.md").write_text("# Probe\n", encoding="utf-8")


def run_mkdocs(home: Path, root: Path, language: Lang) -> Path:
    """The folder of the site that MkDocs made of `root`/docs with our theme."""
    site = root / "site"
    config = {
        "INHERIT": str((home / "mkdocs.yml").resolve()),
        "docs_dir": str(root / "docs"),
        "site_dir": str(site),
        "theme": {
            "custom_dir": str((home / "theme").resolve()),
            "language": language,
            "features": [],
        },
        "plugins": [],
        "hooks": [],
        "extra_css": [],
        "extra_javascript": [],
        "nav": ["index.md", {"Probe": "p/probe.md"}],
    }
    # JSON is YAML: the engine reads it, and the strict loader stays the only door for YAML.
    (root / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")
    command = [sys.executable, "-I", "-X", "utf8", "-m", "mkdocs", "build", "--quiet"]
    bare = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "0", "PATH": os.defpath}
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env=bare | {"HOME": str(root)},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise _trouble(
            "MkDocs не ответил за 120 секунд", "MkDocs gave no answer in 120 s"
        ) from slow
    if done.returncode != 0:
        last = done.stderr.strip()[-600:]
        raise _trouble(f"MkDocs не собрал страницу:\n{last}", f"MkDocs built no page:\n{last}")
    return site


def read_ours(home: Path, site: Path) -> list[EngineFile]:
    """Our own styles and scripts, in one folder named by what is in them."""
    theme = home / "theme"
    contents = {
        "page.css": b"\n".join((site / "css" / part).read_bytes() for part in STYLES),
        **{name: (site / "js" / name).read_bytes() for name in SCRIPTS},
        "locked.css": b"\n".join((theme / "css" / part).read_bytes() for part in LOCKED_STYLES),
        "unlock.js": b"\n".join(
            (theme / "seal" / part).read_bytes()
            for part in SEAL_PARTS
            if (theme / "seal" / part).is_file()
        ),
        "words.js": read_words(home / "schema" / "words-ru.txt"),
        FACE: cut_face(),
    }
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    folder = f"u/{digest.hexdigest()[:16]}"
    # The same in every school; a child called Вера is no reason to stop for the words of codes.
    foreign = ("words.js", FACE)
    return [EngineFile(f"{folder}/{n}", content, n in foreign) for n, content in contents.items()]


def read_words(path: Path) -> bytes:
    """The words of access codes as a script."""
    words = path.read_text(encoding="utf-8").split() if path.is_file() else []
    line = json.dumps(" ".join(words), ensure_ascii=False)
    return f'var Stupeni=Stupeni||{{}};Stupeni.words={line}.split(" ");\n'.encode()


def point_to(html: str, ours: Iterable[EngineFile]) -> tuple[str, tuple[str, ...]]:
    """The page with our files at their final place, and the engine's files it still names."""
    places = {Path(file.path).name: file.path for file in ours}
    for old, name in PAGE_FILES.items():
        if html.count(f'"{old}"') != 1:
            raise _changed(old)
        html = html.replace(f'"{old}"', f'"../{places[name]}"')
    named = re.findall(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"', html)
    outside = [name for name in named if not name.startswith(("../assets/", "../u/", "data:"))]
    if outside:
        raise _changed(", ".join(outside))
    return html, tuple(name[3:] for name in named if name.startswith("../assets/"))


def read_engine_files(site: Path, names: Iterable[str]) -> list[EngineFile]:
    """The engine's files by their paths, with whatever their styles name."""
    package = find_spec("material")
    origin = Path(package.origin or "").parent / "templates" if package else Path()
    files: dict[str, EngineFile] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name in files:
            continue
        content = (site / name).read_bytes()
        vendor = (origin / name).is_file() and (origin / name).read_bytes() == content
        files[name] = EngineFile(name, content, vendor)
        if name.endswith(".css"):
            waiting += _named_in_style(name, content.decode())
    return list(files.values())


def _named_in_style(name: str, style: str) -> list[str]:
    found = re.findall(r"""url\(\s*["']?(?!data:|#)([^"')]+)""", style)
    folder = Path(name).parent.as_posix()
    paths = {path: os.path.normpath(f"{folder}/{path}") for path in found}
    outside = [
        path
        for path, place in paths.items()
        if path.startswith("/") or ":" in path or not place.startswith("assets/")
    ]
    if outside or "@import" in style:
        raise _changed(", ".join(outside) or "@import")
    return list(paths.values())


def trim(html: str) -> str:
    """The engine's page with two more slots in its body tag and without its idle parts."""
    for pattern, instead in REWRITTEN:
        words = instead.format(level=token("level"), palette=token("palette"))
        html, count = re.subn(pattern, words, html, flags=re.DOTALL)
        if count != 1:
            raise _changed(pattern)
    for words in FORBIDDEN:
        if words in html:
            raise _changed(words)
    html = html.replace(f"<div>{token('content')}</div>", token("content"))
    return re.sub(r"\s*\n\s*", "\n", html).strip() + "\n"


def cut(html: str) -> Shell:
    """The probe page cut at its slots; trouble unless each stands in it exactly once."""
    for slot in SLOTS:
        if html.count(token(slot)) != 1:
            raise _changed(f"{slot} × {html.count(token(slot))}")
    slots = {token(slot): slot for slot in SLOTS}
    pieces = re.split(f"({'|'.join(slots)})", html)
    return Shell(tuple(slots.get(piece, piece) for piece in pieces))


def hashes_of_inline_scripts(html: str) -> tuple[str, ...]:
    """`sha256-…` of every script that stands in the page itself, for its security policy."""
    scripts = re.findall(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", html, re.DOTALL)
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts]
    return tuple("sha256-" + base64.b64encode(digest).decode() for digest in digests)


def read_kept(path: Path) -> Shells | None:
    """The shells kept from an earlier run, or nothing when there are none or they are damaged."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        files = [
            EngineFile(file["path"], base64.b64decode(file["content"]), file["vendor"])
            for file in kept["files"]
        ]
        return Shells(Shell(tuple(kept["page"])), tuple(files), tuple(kept["inline_scripts"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_kept(path: Path, shells: Shells) -> None:
    """Keeps the shells for the next run; nobody sees half a file."""
    kept = {
        "page": shells.page.pieces,
        "inline_scripts": shells.inline_scripts,
        "files": [
            {
                "path": file.path,
                "vendor": file.vendor,
                "content": base64.b64encode(file.content).decode(),
            }
            for file in shells.files
        ],
    }
    write_whole(path, json.dumps(kept).encode())


def _changed(what: str) -> Trouble:
    return _trouble(
        f"страница MkDocs выглядит не так, как мы знаем: {what}",
        f"the page of MkDocs is not as we know it: {what}",
    )


def _trouble(ru: str, en: str) -> Trouble:
    return Trouble(
        Text(ru, en),
        Text(
            "верните версии mkdocs и mkdocs-material из pyproject.toml или проверьте theme/",
            "go back to the mkdocs and mkdocs-material of pyproject.toml or check theme/",
        ),
    )
