"""Pages as a reader sees them, in clear, for our eyes: `python -m tests.preview [folder]`.

Writes the sample school's pages, unsealed and with pictures, into a folder outside the
repository (/tmp/preview) and takes screenshots. Never published.
"""

import datetime as dt
import json
import re
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from generator.decide import decide
from generator.load import load
from generator.media import prepare
from generator.model.edition import Decision
from generator.model.school import LEVELS
from generator.model.site import Shells
from generator.pages import compose, compose_locked, policy
from generator.progress import NOBODY
from generator.shell import build

HOME = Path(__file__).parent.parent
WORK = Path("/tmp/preview-work")
TODAY = dt.date(2026, 11, 22)
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def name_of(path: str) -> str:
    """A file name for a logical path."""
    return path.replace("/", "-").replace(":", "-")


def write_site(decision: Decision, root: Path) -> list[str]:
    """Every page of a level below `root`; their names."""
    scans = [s for e in decision.editions for entry in e.entries for s in entry.scans]
    leaves = prepare(scans, HOME / "portfolios", WORK / "media", NOBODY).leaves
    shells = build(HOME, WORK, decision.language)
    for file in shells.files:
        target = root / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    (root / "p").mkdir(exist_ok=True)
    (root / "a").mkdir(exist_ok=True)
    pages = compose(decision, leaves, shells, HOME / "theme")
    for page in pages:
        for name, picture in page.pictures:
            shutil.copyfile(picture.path, root / "a" / f"{name.rpartition('/')[2]}.webp")
        html = opened(page.html, shells)
        for other in pages:
            html = re.sub(f'"page:{other.path}(?=["#])', f'"{name_of(other.path)}.html', html)
        (root / "p" / f"{name_of(page.path)}.html").write_text(html, encoding="utf-8")
    menu = [[label.get("ru"), name_of(path)] for label, path in decision.holders[0].menu]
    (root / "opened.js").write_text(
        f"var Stupeni={{ring:{{menu:{json.dumps(menu)}}},lock(){{}},"
        "openAsset:async r=>`../a/${r.split('/').pop()}.webp`};",
        encoding="utf-8",
    )
    locked = compose_locked(decision, shells, HOME / "theme")
    (root / "index.html").write_text(
        locked.fill({"root": "", "id": "", "payload": "", "door": ""}).replace(
            "hidden autoc", "autoc"
        ),
        encoding="utf-8",
    )
    return [name_of(page.path) for page in pages]


def opened(html: str, shells: Shells) -> str:
    """The page as it is after unlocking: under its policy, with a keyring at hand."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(shells)}">'
    return html.replace("<head>", f'<head>{meta}<script src="../opened.js"></script>', 1)


def shoot(browser: Browser, root: Path, names: list[str]) -> Iterator[str]:
    """Screenshots of pages, narrow and wide, light and dark; yields what the browser refused."""
    for scheme in ("light", "dark"):
        for width in (390, 1440):
            context = browser.new_context(
                viewport={"width": width, "height": 844 if width == 390 else 900},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            tab = context.new_page()
            said: list[str] = []
            tab.on("console", partial(hear, said))
            for name in names:
                where = root / ("index.html" if name == "index" else f"p/{name}.html")
                tab.goto(where.as_uri())
                wait(tab)
                tab.screenshot(path=root / f"{name}-{width}-{scheme}.png", full_page=True)
            yield from said
            context.close()


def hear(said: list[str], message: ConsoleMessage) -> None:
    """Adds what the browser's console says."""
    said.append(message.text)


def wait(tab: Page) -> None:
    """Returns when every picture of the page is there, those below too."""
    tab.mouse.move(1, 1)  # whoever has a mouse may print: then all of them are opened
    there = "() => [...document.images].every(i => i.naturalWidth && !/^data:.*svg/.test(i.src))"
    while not tab.evaluate(there):
        tab.wait_for_timeout(50)
    tab.wait_for_timeout(250)


if __name__ == "__main__":
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "/tmp/preview")
    school = load(HOME / "portfolios", HOME / "schema").school
    assert school is not None
    for level in LEVELS:
        shutil.rmtree(out / level, ignore_errors=True)
        (out / level).mkdir(parents=True)
        print(level, *write_site(decide(school, level, TODAY), out / level), sep="\n  ")
    if len(sys.argv) > 2:
        with sync_playwright() as play:
            chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
            for wanted in sys.argv[2:]:
                folder, _, name = wanted.partition("/")
                print(*shoot(chromium, out / folder, [name]), sep="\n")
            chromium.close()
