"""A sealed page and its twin in clear -> milliseconds until words are seen. Is unlocking felt?"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.store import Part
from tests.bench.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_THROTTLE = 6
_WORDS, _PICTURE = ".st-cover h1", ".st-cover img"
_WATCH = """
(() => {
  const seen = (name) => requestAnimationFrame(() => requestAnimationFrame(() => {
    document.documentElement.setAttribute(`data-bench-${name}`, performance.now());
  }));
  let words = false, picture = false;
  const look = () => {
    if (document.readyState !== "loading") {
      const title = document.querySelector("%s");
      if (title && !words) { words = true; seen("words"); }
      const image = document.querySelector("%s");
      if (image && image.complete && image.naturalWidth && !picture) {
        picture = true; seen("picture");
      }
    }
    if (!words || !picture) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
""" % (_WORDS, _PICTURE)  # noqa: UP031  # braces are the script's own
"""Two frames after the words, or the first picture, stand in the finished page."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 64


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        """As a server does for files whose names change with their bytes."""
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def run_paint(world: World, part: Part, rounds: int) -> None:
    """Medians of so many loads, each kind by turns, the first one left out."""
    if not _CHROMIUM.exists():
        part.missing = "нет Chromium"
        return
    clear, told = _stage(world)
    times: dict[str, list[float]] = {}
    with _serving(world.output) as sealed, _serving(clear) as plain, _browser() as browser:
        twin = f"{plain}p/page.html"
        page = f"{sealed}{told['level']}/p/{told['page']}.html"
        door = f"{sealed}{told['level']}/index.html#k={told['code']}"
        for number in range(rounds + 1):
            found = _load(browser, (twin, page, door))
            for name, spent in found.items() if number else ():
                times.setdefault(name, []).append(spent)
    part.numbers |= {name: median(each) for name, each in times.items()}
    part.numbers |= {
        f"ratio {what}": median(
            a / b for a, b in zip(times[f"sealed {what}"], times[f"clear {what}"], strict=True)
        )
        for what in ("words", "picture")
    }
    part.numbers |= {"rounds": rounds, "throttle": _THROTTLE, "size": float(told["size"])}


def _stage(world: World) -> tuple[Path, dict[str, str]]:
    folder = world.folder / "corpus" / "clear"
    told: dict[str, str] = json.loads((folder / "sealed.json").read_text(encoding="utf-8"))
    return folder, told


def _load(browser: Browser, addresses: tuple[str, str, str]) -> dict[str, float]:
    """Milliseconds from asking for a page: in clear, sealed, and sealed with unlocking."""
    twin, page, door = addresses
    found: dict[str, float] = {}
    for name, first, then in (("clear", twin, twin), ("sealed", door, page)):
        context = browser.new_context(locale="ru-RU", viewport={"width": 390, "height": 844})
        tab = context.new_page()
        # Opened once before: unlocked, and the files that all pages share are in the cache.
        tab.goto(first)
        tab.wait_for_selector("body[data-level] h1")
        tab.add_init_script(_WATCH)
        _throttle(context, tab)
        tab.goto(then)
        found |= {f"{name} {what}": _read(tab, what) for what in ("words", "picture")}
        context.close()
    return found


def _throttle(context: BrowserContext, tab: Page) -> None:
    context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": _THROTTLE})


def _read(tab: Page, what: str) -> float:
    # No `wait_for_function`: the page's own policy forbids to evaluate text.
    tab.wait_for_selector(f"html[data-bench-{what}]", timeout=60_000, state="attached")
    return float(tab.locator("html").get_attribute(f"data-bench-{what}") or "nan")


@contextmanager
def _browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    """The address of a folder on loopback, which ends in `/`."""
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
