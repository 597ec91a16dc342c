"""The machine's Chromium -> pages that watch themselves. What breaks, leaves or is blocked?"""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

from generator.cli.tell import is_mark
from generator.whole import locked
from tests.sample import Sample, build_sample, taken
from tests.typed import Terminal

if TYPE_CHECKING:  # playwright is slow to import, and most tests need no browser
    from playwright.sync_api import Browser, BrowserContext, Page

WINDOWED = Path("/usr/bin/chromium")
SHELL = Path("/usr/bin/chromium-headless-shell")
# The same engine without windows, tabs and an address bar: a third of the work for each new page.
CHROMIUM = SHELL if SHELL.exists() else WINDOWED
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OWN_SCHEMES = {"file", "blob", "data"}
OWN_HOST = "127.0.0.1"

Serve = Callable[..., str]

# A busy machine is slow, not wrong: nothing fails for the time it took.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# On a forge too the tests begin where nobody else reads; what is to be public says so itself.
for name in [name for name in os.environ if is_mark(name) or name == "STUPENI_LOG"]:
    del os.environ[name]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of long tests begin first: at the end of a run nobody waits for the last of them.

    The very first builds the sample school; others that need it come late enough not to wait.
    """
    browsing = {it.path for it in items if "chromium" in _fixtures(it)}
    waiting = {it.path for it in items if "sample" in _fixtures(it)} & browsing
    first = next((it.path for it in items if it.path in waiting), None)
    items.sort(
        key=lambda it: (
            it.path != first,
            it.path not in browsing,
            it.path in waiting,
            "proof" not in it.path.parts,
        )
    )


def _fixtures(item: pytest.Item) -> list[str]:
    return item.fixturenames if isinstance(item, pytest.Function) else []


def need(browser: Path) -> None:
    """Skips, by name, where the machine has no such browser."""
    if not browser.exists():
        pytest.skip(f"no browser: {browser} is missing")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One headless Chromium for the whole run."""
    need(CHROMIUM)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def violations() -> list[str]:
    """What a browser test saw and must not see: blocked, failed, foreign. Empty at its end."""
    return []


@pytest.fixture
def context(chromium: Browser, violations: list[str]) -> Iterator[BrowserContext]:
    """A fresh profile, all tabs of which write into `violations`."""
    fresh = chromium.new_context(locale="ru-RU")
    fresh.set_default_timeout(15_000)  # a loaded machine is slow, not wrong
    # Chromium reports a breach of the Content-Security-Policy as a console error of its own.
    fresh.on("console", lambda it: violations.append(it.text) if it.type == "error" else None)
    fresh.on("weberror", lambda it: violations.append(f"uncaught: {it.error}"))
    fresh.on(
        "request",
        lambda it: violations.append(f"foreign: {it.url}") if _is_foreign(it.url) else None,
    )
    yield fresh
    fresh.close()
    assert violations == [], "the page was blocked, failed or asked somebody else"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab of a fresh profile."""
    return context.new_page()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves folders on free loopback ports; gives the address, which ends in `/`.

    `kept` says how long a browser may keep what it got.
    """
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path, kept: str = "no-cache") -> str:
        handler = functools.partial(_Quiet, directory=str(folder), kept=kept)
        server = _Server((OWN_HOST, 0), handler)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        return f"http://{OWN_HOST}:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    request_queue_size = 64  # on a busy machine the usual 5 make Chromium see a reset connection


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for many files: fewer to be reset

    def __init__(self, *given: Any, kept: str, **named: Any) -> None:
        self._kept = kept
        super().__init__(*given, **named)

    def send_header(self, keyword: str, value: str) -> None:
        """A file rewritten within the second must not come from the cache as unchanged."""
        if keyword != "Last-Modified":
            super().send_header(keyword, value)

    def end_headers(self) -> None:
        """As our own servers say; `no-store` would keep pages out of the history's memory too."""
        self.send_header("Cache-Control", self._kept)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests' own output is what matters."""


def _is_foreign(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in OWN_SCHEMES and parts.hostname != OWN_HOST


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """The sample school, published; do not change it, `fork` it.

    Whoever tests beside us takes what the first has built: the second build has nothing to do.
    """
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "sample"
    shared.mkdir(exist_ok=True)
    with locked(shared / ".lock"):
        if not (shared / "portfolios").exists():
            return build_sample(shared)
        return taken(shared)


@pytest.fixture
def terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """An empty folder to type commands in."""
    monkeypatch.setenv("STUPENI_LOG", "private")
    return Terminal(tmp_path, capsys, monkeypatch)
