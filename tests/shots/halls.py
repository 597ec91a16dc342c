"""Showings for a hall -> their slides. What hangs on the wall, and what does the host read?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.flow.asked import Asked
from generator.flow.present import make_deck
from tests.shots.camera import DARK, HALL, LIGHT, wear
from tests.shots.school import READERS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sample import Sample
    from tests.shots.camera import Camera, Look

ALONE = """async () => {
  document.body.setAttribute("data-idle", "");
  for (const one of document.querySelectorAll(".slide[data-now] img")) await one.decode();
  await new Promise((on) => setTimeout(on, 200));
}"""
"""Nobody moves, and the picture is there."""


def showings(sample: Sample, folder: Path) -> Iterator[tuple[str, Path]]:
    """A student of each level, a class hour, a meeting and a ceremony, each in its folder."""
    since = dt.date(2026, 9, 1)
    asked = [
        (f"{level}-deck-student", Asked(kind="student", whom=one.student, before="class"))
        for level, one in READERS.items()
    ]
    asked += [
        ("primary-deck-class", Asked(kind="class", whom="4a", title="Наши работы")),
        ("basic-deck-meeting", Asked(kind="meeting", whom="9a")),
        ("senior-deck-ceremony", Asked(kind="ceremony", whom="11a", since=since)),
        ("primary-deck-ceremony", Asked(kind="ceremony", whom="primary", since=since)),
    ]
    for name, one in asked:
        job = replace(sample.job, by=READERS["basic"].teacher.partition(":")[2])
        made = make_deck(job, replace(one, folder=folder / name))
        assert made.folder, name
        yield name, made.folder
        if made.sheets:
            yield f"{name}-sheets", made.sheets


def shoot_halls(camera: Camera, sample: Sample, folder: Path) -> None:
    """Every slide as the hall sees it; the host's words as the host does."""
    for name, place in showings(sample, folder):
        if place.is_file():
            with camera.tab() as tab:
                tab.goto(place.as_uri())
                camera.print(tab, name.replace("deck", "paper"), 1)
            continue
        for look in HALL:
            _shoot_slides(camera, name, place, look)
        if (place / "script.html").exists():
            with camera.tab() as tab:
                for looks in (DARK, LIGHT):
                    wear(tab, looks[0])
                    tab.goto((place / "script.html").as_uri())
                    camera.take(tab, f"{name}-script", looks)
                camera.print(tab, f"{name}-script".replace("deck", "paper"), 1)


def _shoot_slides(camera: Camera, name: str, place: Path, look: Look) -> None:
    with camera.tab() as tab:
        wear(tab, look)
        tab.goto((place / "index.html").as_uri())
        last = tab.locator(".slide").count()
        for number in range(1, last + 1):
            tab.locator(f".slide:nth-of-type({number})[data-now]").wait_for()
            if look == HALL[0] or number in (1, 2, 3, last - 1, last):
                tab.evaluate(ALONE)
                camera.take(tab, f"{name}-{number:02}", [look], all_=False)
            tab.keyboard.press("PageDown")
