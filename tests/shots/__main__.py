"""All pictures, a line for each group, and where they lie: `make shots`.

Words after the command choose groups: `python -m tests.shots primary halls`.
"""

import sys
import time
from collections.abc import Callable, Collection
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from generator.model.school import LEVELS
from generator.model.shown import Level
from tests.conftest import CHROMIUM, FLAGS
from tests.sample import Sample
from tests.shots import camera as camera_of
from tests.shots.apart import shoot_handbook, shoot_review, shoot_takeaway
from tests.shots.camera import LOOKS, Camera
from tests.shots.halls import shoot_halls
from tests.shots.papers import print_papers, print_site
from tests.shots.pressed import press_site, see_weakly
from tests.shots.school import read_sample
from tests.shots.site import walk_duty, walk_event, walk_family, walk_open


def shoot_level(camera: Camera, sample: Sample, level: Level) -> None:
    """Every kind of page of one level, on screens and on paper."""
    for walk in (walk_open, walk_family, walk_event, walk_duty):
        with camera.tab() as tab:
            for kind in walk(tab, sample, level):
                camera.take(tab, f"{level}-{kind}")
    with camera.tab() as tab:
        for kind in press_site(tab, sample, level):
            camera.take(tab, f"{level}-{kind}", all_=False)
    with camera.tab() as tab:
        see_weakly(tab, sample, level)
        camera.take(tab, f"{level}-vision", LOOKS[:3])
    print_site(camera, sample, level)


def groups(camera: Camera, sample: Sample, folder: Path) -> dict[str, Callable[[], None]]:
    """What is taken together."""
    levels = {level: lambda level=level: shoot_level(camera, sample, level) for level in LEVELS}
    return levels | {
        "halls": lambda: shoot_halls(camera, sample, folder),
        "papers": lambda: print_papers(camera, sample),
        "review": lambda: shoot_review(camera, sample, folder),
        "takeaway": lambda: shoot_takeaway(camera, sample, folder),
        "handbook": lambda: shoot_handbook(camera, folder),
    }


def main(chosen: Collection[str]) -> None:
    """The groups that are named, or all of them."""
    sample = read_sample()
    if not chosen:
        camera_of.empty()
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        camera = Camera(browser, [])
        every = groups(camera, sample, Path(folder))
        if unknown := set(chosen) - set(every):
            raise SystemExit(f"unknown: {' '.join(sorted(unknown))}; groups: {' '.join(every)}")
        for name in chosen or every:
            before, began = len(camera.taken), time.monotonic()
            every[name]()
            print(f"{name}: {len(camera.taken) - before}, {time.monotonic() - began:.0f} s")
        browser.close()
    print(camera_of.OUT)


if __name__ == "__main__":
    main(sys.argv[1:])
