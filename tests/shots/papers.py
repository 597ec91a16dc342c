"""What a school prints -> its first sheets as a printer gets them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.flow.cards import make_cards, make_staff_cards
from generator.flow.extract import make_extract
from generator.flow.forms import make_consent_forms
from generator.flow.memo import make_memo
from generator.flow.summary import make_summary
from tests.shots.camera import HALL
from tests.shots.school import READERS
from tests.shots.site import enter, follow, open_portfolio

if TYPE_CHECKING:
    from pathlib import Path

    from generator.model.shown import Level
    from tests.sample import Sample
    from tests.shots.camera import Camera

DUTY = "stepanov"


def print_site(camera: Camera, sample: Sample, level: Level) -> None:
    """Portfolio, curriculum vitae, exhibition, a teacher's page, from the browser's menu."""
    readers = READERS[level]
    with camera.tab() as tab:
        enter(tab, sample, readers.family)
        open_portfolio(tab)
        camera.print(tab, f"{level}-paper-portfolio")
        if follow(tab, "Резюме"):
            camera.print(tab, f"{level}-paper-cv")
        enter(tab, sample, readers.level)
        if follow(tab, "Выставка работ"):
            camera.print(tab, f"{level}-paper-works", 2)
        enter(tab, sample, readers.teacher)
        camera.print(tab, f"{level}-paper-home-teacher", 1)


def print_papers(camera: Camera, sample: Sample) -> None:
    """Every page that is made to be printed, and the sheet that hangs before a projector."""
    for name, file in papers(sample):
        with camera.tab() as tab:
            tab.goto(file.as_uri())
            if "projector" in name:
                camera.take(tab, name, HALL, all_=False)
            else:
                camera.print(tab, name, 2)


def papers(sample: Sample) -> Iterator[tuple[str, Path]]:
    """What it is, and its page."""
    job = replace(sample.job, by=DUTY)
    for file in make_cards(sample.job):
        yield f"all-paper-{file.stem}", file
    yield "all-paper-cards-staff", make_staff_cards(job)[0]
    yield "all-paper-memo-parent", make_memo(job, "parent")
    yield "all-paper-memo-student", make_memo(job, "student")
    yield "primary-paper-consent", make_consent_forms(job, "4a")
    yield "primary-paper-extract", make_extract(job, READERS["primary"].student)
    since, until = dt.date(2026, 9, 1), dt.date(2027, 8, 31)
    for file in make_summary(job, "4a", since, until):
        if file.suffix == ".html":
            yield "primary-paper-summary", file
