"""What staff read about a class: what happened in the days asked for, of those who consented."""

import csv
import datetime as dt
from io import StringIO
from pathlib import Path

import pytest

from generator.decide import decide
from generator.load import load
from generator.model.report import Summary
from generator.model.school import LEVELS
from generator.pages.summary import compose_summary, compose_table
from generator.reports import summarise
from tests.test_cli import DAY, run
from tests.world import SCHEMA, TODAY, world

THEME = Path(__file__).parents[1] / "theme"
ENTRIES = "students/belova-anna/entries"
FIRST, LAST = dt.date(2026, 10, 1), dt.date(2026, 10, 31)
DAYS = {
    "before-aa22": "date: 2026-09-30",
    "first-bb33": "date: 2026-10-01",
    "last-cc44": "date: 2026-10-31",
    "after-dd55": "date: 2026-11-01",
    "over-ee66": "period: {start: 2026-09-01, end: 2026-11-20}",
    "lasts-ff77": "period: {start: 2026-09-02}",
}


def summary_of(
    root: Path, files: dict[str, str | bytes | None] | None = None, whom: str = "4a"
) -> Summary | None:
    entries: dict[str, str | bytes | None] = {
        f"{ENTRIES}/{name}/entry.yml": (
            f"id: {name[-4:]}\nkind: volunteering\ntitle: {name}\norganisation: Приют\n{day}\n"
        )
        for name, day in DAYS.items()
    }
    school = load(world(root, entries | (files or {})), SCHEMA).school
    assert school is not None
    return summarise((decide(school, level, TODAY) for level in LEVELS), whom, FIRST, LAST)


@pytest.mark.covers("R-084")
@pytest.mark.parametrize("whom", ["4a", "belova-anna"])
def test_what_happened_from_the_first_to_the_last_day_is_in_it(tmp_path: Path, whom: str) -> None:
    summary = summary_of(tmp_path, whom=whom)

    assert summary is not None
    (anna,) = summary.students
    assert [entry.title for entry in anna.entries] == [
        "over-ee66", "lasts-ff77", "first-bb33", "last-cc44",
    ]  # fmt: skip


def test_nobody_is_in_it_without_a_consent_and_an_unknown_name_gives_none(tmp_path: Path) -> None:
    assert (
        summary_of(tmp_path / "one", {"records/belova-anna/consent.yml": "consents: []\n"}) is None
    )
    assert summary_of(tmp_path / "two", whom="5b") is None


@pytest.mark.covers("R-084")
def test_the_table_is_one_that_spreadsheets_read_and_do_not_run(tmp_path: Path) -> None:
    entry = """\
        id: bb33
        kind: volunteering
        title: "=1+1; «два»"
        organisation: Приют
        date: 2026-10-01
        """
    summary = summary_of(tmp_path, {f"{ENTRIES}/first-bb33/entry.yml": entry})
    assert summary is not None

    text = compose_table(summary, "ru", THEME)

    assert text.startswith("\ufeff")
    rows = list(csv.reader(StringIO(text[1:]), delimiter=";"))
    assert rows[0][:3] == ["Ученик", "Класс", "Когда"]
    assert [row[5] for row in rows[1:]] == [
        "over-ee66", "lasts-ff77", "'=1+1; «два»", "last-cc44",
    ]  # fmt: skip
    assert {row[7] for row in rows[1:]} == {"без подтверждения"}


@pytest.mark.covers("R-085")
def test_the_page_shows_how_marks_changed_over_the_years(tmp_path: Path) -> None:
    marks = """\
        results:
          - {subject: Музыка, period: год, year: 2025-26, mark: "5"}
          - {subject: Чтение, period: год, year: 2025-26, mark: "4"}
          - {subject: Музыка, period: год, year: 2024-25, mark: "3"}
        """
    summary = summary_of(tmp_path, {"records/belova-anna/results.yml": marks})
    assert summary is not None

    page = compose_summary(summary, "Школа № 7", "ru", THEME)

    music = page[page.index("<dt>Музыка") : page.index("<dt>Чтение")]
    assert music.index("2024/25") < music.index("<b>3</b>") < music.index("<b>5</b>")


def test_the_command_writes_both_into_the_private_folder_only(tmp_path: Path) -> None:
    world(tmp_path / "portfolios")
    days = ("--since", "2026-10-01", "--until", "2026-10-31")

    done = run(tmp_path, "summary", "4a", *days, *DAY)

    assert done.returncode == 0, done.stderr
    files = [Path(line.removeprefix("file://")) for line in done.stdout.splitlines()]
    assert [file.suffix for file in files] == [".html", ".csv"]
    for file in files:
        assert file.is_relative_to(tmp_path / "private")
        assert file.stat().st_mode & 0o077 == 0
    assert run(tmp_path, "summary", "9z", *days, *DAY).returncode == 2
    public = run(tmp_path, "summary", "belova-anna", *days, *DAY, CI="true")
    assert public.returncode == 0
    assert "belova" not in public.stdout + public.stderr
