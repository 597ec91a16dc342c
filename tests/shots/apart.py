"""Pages that stand outside the sealed sites: the handbook, a review, a family's copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

from generator.flow.review import review_folders, write_page
from generator.flow.takeaway import make_takeaway
from tests.sample import ROOT
from tests.shots.camera import DARK, LIGHT, wear
from tests.shots.papers import DUTY
from tests.shots.school import READERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.sample import Sample
    from tests.shots.camera import Camera

HANDBOOK = {
    "start": "index.html",
    "how-to": "how-to/add-a-diploma.html",
    "tutorial": "tutorial/first-portfolio.html",
    "reference": "reference/who-sees-what.html",
}


def shoot_handbook(camera: Camera, folder: Path) -> None:
    """What everybody may read, as `mkdocs build` makes it."""
    site = folder / "handbook"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "-d", str(site)]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=ROOT, env=quiet, check=True)
    with _served(site) as address:
        for name, page in HANDBOOK.items():
            for looks in (LIGHT, DARK):
                with camera.tab() as tab:
                    wear(tab, looks[0])
                    tab.goto(f"{address}{page}")
                    camera.take(tab, f"all-handbook-{name}", looks)


@contextmanager
def _served(site: Path) -> Iterator[str]:
    """From a disk the handbook has no search: browsers let no page read a file beside it."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def shoot_review(camera: Camera, sample: Sample, folder: Path) -> None:
    """A teacher before a decision: the school without some entries, and with them."""
    new, old = sample.job.portfolios, folder / "before"
    shutil.copytree(new, old, ignore=shutil.ignore_patterns("*-i6vs", "*-m2gk", "register.jsonl"))
    file = write_page(
        sample.job, review_folders(sample.job, old, new), "ru", folder / "review.html"
    )
    with camera.tab() as tab:
        tab.goto(file.as_uri())
        camera.take(tab, "primary-review")


def shoot_takeaway(camera: Camera, sample: Sample, folder: Path) -> None:
    """What a family takes home: the portfolio without a code, and its originals."""
    student = READERS["primary"].student
    made = make_takeaway(replace(sample.job, by=DUTY), student, folder / "takeaway")
    assert isinstance(made, tuple), made
    for page in sorted(made[0].rglob("*.html")):
        with camera.tab() as tab:
            tab.goto(page.as_uri())
            camera.take(tab, f"primary-takeaway-{page.stem}")
