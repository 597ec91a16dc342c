"""The sample school on a phone -> Lighthouse's scores. How does a page open?

`python -m tests.bench.opening` installs Lighthouse from npm beside the other programs of the bench,
builds the sample school with one portfolio of 40 scans, serves it on loopback, compressed as our
servers do it, and prints a table. On a busy machine the first score is about the machine: run it on
a quiet one. Search engines are kept away from every page on purpose, so that score says nothing.
"""

import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from gzip import compress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.bench.peers import find_peer
from tests.preview import CHROMIUM
from tests.sample import ROOT, build_school

FULL = "kim-sofya"
"""Whose portfolio gets 40 scans."""
SCANS = 40
PACKED = (".html", ".css", ".js", ".txt")
_GOALS = ("performance", "accessibility", "best-practices")


@dataclass(frozen=True)
class Opening:
    """A page: how it is called, the link that unlocks it, the words of the link one follows."""

    name: str
    card: str
    link: str = ""


def run_opening() -> str:
    """Builds, serves, measures; the table in Markdown."""
    peer = find_peer("lighthouse")
    if peer.missing:
        return f"no Lighthouse here: {peer.missing}"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        portfolios = root / "portfolios"
        shutil.copytree(
            ROOT / "portfolios", portfolios, ignore=shutil.ignore_patterns("register.jsonl")
        )
        write_many_scans(portfolios)
        sample = build_school(root, portfolios)
        code = sample.card(f"family:{FULL}")[1].code
        with serving(sample.job.output) as address:
            home = f"{address}primary/"
            family = f"{home}#k={code}"
            pages = (
                Opening("закрытая страница", home),
                Opening("страница семьи", family),
                Opening(f"портфолио, {SCANS} сканов", family, "Открыть портфолио"),
                Opening("страница класса", family, "«А»"),
            )
            return to_table(_ask(peer.folder, pages))


def write_many_scans(portfolios: Path) -> None:
    """Forty works with a scan each for one student: scans of everybody else's."""
    found = sorted(portfolios.glob("students/*/entries/*/*.jpg"))
    others = [path for path in found if path.parts[-4] != FULL][:SCANS]
    assert len(others) == SCANS
    for number, scan in enumerate(others):
        folder = portfolios / "students" / FULL / "entries" / f"rabota-w{number:02}"
        folder.mkdir()
        shutil.copyfile(scan, folder / "scan.jpg")
        (folder / "entry.yml").write_text(
            f"kind: creative\nid: w{number:02}\ntitle: Работа {number + 1}\nform: drawing\n"
            f"date: 2026-{number % 10 + 1:02}-{number % 20 + 1:02}\nprogramme: noo\n"
            "scans: [{file: scan.jpg, description: Рисунок, document: drawing}]\n",
            encoding="utf-8",
        )


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address at which a folder is served, compressed, until it is no longer needed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Packed, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Packed(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file():
            self.send_error(404)
            return
        content = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        if file.suffix in PACKED:
            content = compress(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the table is what matters."""


def _ask(folder: Path, pages: tuple[Opening, ...]) -> list[dict[str, Any]]:
    asked = {
        "chromium": "/usr/bin/chromium",
        "flags": CHROMIUM,
        "pages": [vars(page) for page in pages],
    }
    script = Path(__file__).with_name("lighthouse.mjs")
    ran = subprocess.run(
        ["node", str(script), str(folder)],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        timeout=900,
    )
    said: list[dict[str, Any]] = json.loads(ran.stdout)
    return said


def to_table(said: list[dict[str, Any]]) -> str:
    """A row a page; what is not reached is named below it."""
    load = os.getloadavg()[0]
    lines = [
        f"Lighthouse {said[0]['version']}, телефон; нагрузка машины {load:.1f}",
        "",
        "| страница | скорость | доступность | практики | крупнейшее | занято | сдвиг | байт |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in said:
        figures = one["figures"]
        size = f"{figures['bytes'] / 1000:.0f} КБ"
        scores = " | ".join(str(one["scores"][goal]) for goal in _GOALS)
        lines.append(
            f"| {one['name']} | {scores} | {figures['paint'] / 1000:.1f} с | "
            f"{figures['blocked']:.0f} мс | {figures['moved']:.3f} | {size} |"
        )
    lines += ["", *(f"{one['name']}: {', '.join(one['weak'])}" for one in said if one["weak"])]
    return "\n".join(lines)


if __name__ == "__main__":
    print(run_opening())
