"""A family's copy: all that is theirs, nothing of others, readable without us."""

from __future__ import annotations

import datetime as dt
import re
import resource
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.flow.job import Job
from generator.flow.takeaway import make_takeaway
from generator.progress import NOBODY
from generator.publish import read
from generator.trouble import Trouble
from tests.axe import minded
from tests.media.making import jpeg
from tests.sample import ROOT
from tests.sights import DRAWN
from tests.typed import Terminal
from tests.world import BASE, TODAY, world

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CAT = jpeg((1200, 900), (200, 120, 40))
DIPLOMA = jpeg((900, 1200), (240, 230, 200))
CROWD = jpeg((1000, 800), (40, 120, 200))
ANNA = "students/belova-anna/"
FILES: dict[str, str | bytes | None] = {
    "school/school.yml": BASE["school/school.yml"].rstrip(" ")
    + "        hosting: {handbook: https://school.example/portfolio}\n",
    "records/orlov-boris/student.yml": "name: {surname: Орлов, given: Борис}\nborn: 2016-02-03\n",
    "records/belova-anna/results.yml": """\
        results:
          - {subject: Математика, year: 2025-26, period: год, mark: 5}
        """,
    "school/classes/2026-27.yml": """\
        year: 2026-27
        classes:
          - id: 4a
            title: 4 «А»
            grade: 4
            teacher: orlova
            students: [belova-anna, orlov-boris]
        """,
    "school/collectives.yml": """\
        collectives:
          - id: hor
            title: Хор
            form: ensemble
            leader: Орлова Мария Ивановна
            achievements:
              - id: pesnya-a1b2
                title: Песни весны
                date: 2026-10-07
                members: [{student: belova-anna, role: альт}, {student: orlov-boris, role: бас}]
                entered_by: orlova
                entered_on: 2026-10-08
                basis: афиша
                scans: [{file: hor.jpg, description: Хор на сцене, document: photo}]
        """,
    "school/collectives/pesnya-a1b2/hor.jpg": CROWD,
    f"{ANNA}portfolio.yml": "called: Аня\nabout: {motto: Рисую котов}\n",
    f"{ANNA}entries/kot/entry.yml": """\
        kind: creative
        id: kot
        title: Рыжий кот
        date: 2026-10-05
        programme: noo
        form: drawing
        scans: [{file: cat.jpg, description: Кот, document: drawing}]
        people: [{student: orlov-boris, how: named}]
        """,
    f"{ANNA}entries/kot/cat.jpg": CAT,
    f"{ANNA}entries/kot/unnamed.jpg": jpeg((700, 700), (1, 2, 3)),
    f"{ANNA}entries/diplom/entry.yml": """\
        kind: creative
        id: diplom
        title: Конкурс чтецов
        date: 2026-10-06
        programme: noo
        form: drawing
        scans:
          - file: list.jpg
            description: Список победителей
            document: protocol
            mask: [{left: 10, top: 10, width: 50, height: 20, reason: чужие имена}]
        """,
    f"{ANNA}entries/diplom/list.jpg": DIPLOMA,
    "students/orlov-boris/portfolio.yml": "about: {motto: Тайна Бориса}\n",
}
"""Two children of a choir; Anna has a cat, a list on which others are covered, and a stray file."""


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    folder = tmp_path_factory.mktemp("takeaway")
    return Job(
        portfolios=world(folder / "portfolios", FILES),
        home=ROOT,
        output=folder / "site",
        private=folder / "private",
        now=dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC),
        date=TODAY,
        by="orlova",
        progress=NOBODY,
        tell=lambda _: None,
    )


@pytest.fixture(scope="module")
def made(job: Job) -> tuple[Path, Path]:
    """Anna's folder and archive."""
    return taken(job, "belova-anna", None)


def taken(job: Job, whom: str, room: Path | None) -> tuple[Path, Path]:
    """A folder and an archive of files without mistakes."""
    copy = make_takeaway(job, whom, room)
    assert isinstance(copy, tuple)
    return copy


def files(folder: Path) -> dict[str, bytes]:
    """Everything below a folder."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def plain_words(content: bytes) -> str:
    return content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_a_family_gets_pages_originals_and_records_and_a_word_on_how_to_open_them(
    made: tuple[Path, Path],
) -> None:
    there = files(made[0])
    own = {name for name in there if not name.startswith("files/")}
    assert own == {
        "README.txt", "portfolio.html", "who-sees.html", "about.html", "originals.html",
        "originals/portfolio.yml", "originals/entries/kot/entry.yml",
        "originals/entries/kot/cat.jpg", "originals/entries/diplom/entry.yml",
    }  # fmt: skip
    assert there["originals/entries/kot/cat.jpg"] == CAT
    portfolio = plain_words(there["portfolio.html"])
    assert [one for one in ("Рыжий кот", "Песни весны", "Список победителей", "Рисую котов")
            if one not in portfolio] == []  # fmt: skip
    assert "Копия портфолио для семьи, снята 22 ноября 2026 г. — не заперта" in portfolio
    assert portfolio.index("Это открытая копия") < portfolio.index("Рыжий кот")
    assert "Видят только те, кому его показали" not in portfolio
    told = there["README.txt"].decode("utf-8-sig")
    assert "Дважды щёлкните по файлу portfolio.html" in told
    assert "Анна Белова" in told and "22 ноября 2026 г." in told
    assert "{" not in told


def test_every_address_on_every_page_of_the_copy_is_a_file_of_the_copy(
    made: tuple[Path, Path],
) -> None:
    there = files(made[0])
    used = {"README.txt"} | {name for name in there if name.endswith((".html", ".yml"))}
    for name in [name for name in there if name.endswith(".html")]:
        text = there[name].decode()
        named = re.findall(r' (?:href|src|data-(?:screen|zoom|copy))="([^"#:]+)(?:#[^"]*)?"', text)
        assert set(named) <= there.keys(), name
        used |= set(named)
        assert not re.search(r"page:|asset:|data-sealed|\.\./|https?://(?!www\.w3\.org)", text)
    styles = (name for name in used if name.endswith(".css"))
    used |= {f"{name.rpartition('/')[0]}/manrope.woff2" for name in styles} & there.keys()
    assert there.keys() - used == set()


def test_nothing_of_another_child_goes_with_the_copy_but_what_the_family_sees(
    made: tuple[Path, Path],
) -> None:
    there = files(made[0])
    words = [content.decode("utf-8-sig") for name, content in there.items()
             if name.endswith((".html", ".yml", ".txt", ".js", ".css"))]  # fmt: skip
    assert [one for one in ("orlov-boris", "Тайна Бориса", "Борис") if one in "".join(words)] == []
    assert "student: someone-else" in plain_words(there["originals/entries/kot/entry.yml"])
    assert {DIPLOMA, CROWD, FILES[f"{ANNA}entries/kot/unnamed.jpg"]} & {*there.values()} == set()
    covered = plain_words(there["originals.html"])
    assert re.search("Конкурс чтецов</strong><p>На этом снимке закрыта часть", covered)
    assert re.search(
        '<a href="originals/entries/kot/cat.jpg">Рыжий кот</a><span>Кот, cat.jpg', covered
    )


def test_a_link_in_a_hidden_folder_takes_nothing_of_anybody_else_along(
    job: Job, tmp_path: Path
) -> None:
    """Nobody reads these folders, so nobody is told of them: whoever may write into the child's
    folder could have a teacher hand out another child's entry, or a file of the computer."""
    portfolios = tmp_path / "portfolios"
    shutil.copytree(job.portfolios, portfolios)
    entries, foreign = portfolios / ANNA / "entries", tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "entry.yml").write_text("title: Тайна Бориса\n", encoding="utf-8")
    (entries / ".hidden").symlink_to(foreign, target_is_directory=True)
    for name in (".other", "README.md"):
        (entries / name).mkdir()
        (entries / name / "entry.yml").symlink_to(foreign / "entry.yml")

    folder, _ = taken(replace(job, portfolios=portfolios), "belova-anna", tmp_path / "out")

    there = files(folder)
    assert {name for name in there if name.endswith(".yml")} == {
        "originals/portfolio.yml", "originals/entries/kot/entry.yml",
        "originals/entries/diplom/entry.yml",
    }  # fmt: skip


@pytest.mark.covers("R-137")
def test_that_a_copy_was_made_is_registered_by_whom_and_for_whom(
    job: Job, made: tuple[Path, Path]
) -> None:
    assert made[0].is_dir()
    last = read(job.register)[-1]
    assert (last.what, last.about, last.by) == ("export", ("belova-anna",), "orlova")
    assert (last.audiences, last.details) == (("family:belova-anna",), {"kind": "takeaway"})
    assert last.basis == "order:orlova:2026-09-01"


def test_the_archive_holds_the_folder_and_is_the_same_another_time(
    job: Job, made: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, archive = made
    with zipfile.ZipFile(archive) as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    assert held == {f"{folder.name}/{name}": content for name, content in files(folder).items()}
    later = replace(job, now=job.now + dt.timedelta(hours=5))
    again = taken(later, "belova-anna", tmp_path / "flash")
    assert again[1].parent == tmp_path / "flash"
    assert again[1].read_bytes() == archive.read_bytes()


def test_the_copy_is_for_its_owner_alone_and_takes_nobodys_place(
    job: Job, made: tuple[Path, Path]
) -> None:
    folder, archive = made
    modes = {path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*"), archive)}
    assert modes == {0o700, 0o600}
    with pytest.raises(Trouble, match="a copy already"):
        make_takeaway(job, "belova-anna", None)
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".")] == []


def test_of_a_copy_that_a_disk_does_not_take_nothing_is_left(
    job: Job, made: tuple[Path, Path], tmp_path: Path
) -> None:
    """Half a portfolio in a hidden folder of a flash drive would be anybody's."""
    folder, archive = made
    most = max(one.stat().st_size for one in folder.rglob("*") if one.is_file())
    assert archive.stat().st_size > most
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, allowed[1]))
    try:
        with pytest.raises(Trouble, match=str(tmp_path)):
            make_takeaway(job, "belova-anna", tmp_path / "stick")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)
    assert list((tmp_path / "stick").iterdir()) == []


def test_a_file_in_the_way_is_told_before_a_scan_is_opened(job: Job, tmp_path: Path) -> None:
    for place in ("/dev/null", "/dev/null/below"):
        with pytest.raises(Trouble, match="stands in the way"):
            make_takeaway(replace(job, private=tmp_path), "belova-anna", Path(place))
    assert [*tmp_path.rglob("media")] == []


@pytest.mark.parametrize("where", ["site", "site/primary", "portfolios", "portfolios/students/b"])
def test_a_copy_is_never_written_where_it_would_be_published_or_committed(
    job: Job, where: str
) -> None:
    before = files(job.portfolios)
    with pytest.raises(Trouble, match="published or under Git"):
        make_takeaway(job, "belova-anna", job.portfolios.parent / where)
    assert files(job.portfolios) == before


def test_a_copy_wants_a_person_of_an_order_and_a_child_who_was_shown(
    job: Job, tmp_path: Path
) -> None:
    with pytest.raises(Trouble, match="is not in"):
        make_takeaway(replace(job, by="ci"), "belova-anna", tmp_path)
    with pytest.raises(Trouble, match="there is no student"):
        make_takeaway(job, "belova", tmp_path)
    with pytest.raises(Trouble, match="shown to nobody"):
        make_takeaway(job, "orlov-boris", tmp_path)
    assert files(tmp_path) == {}


def test_mistakes_in_the_childs_files_are_told_as_check_tells_them(terminal: Terminal) -> None:
    broken = {f"students/{one}/portfolio.yml": "about:\n  moto: Кот\n"
              for one in ("belova-anna", "orlov-boris")}  # fmt: skip
    world(terminal.folder / "portfolios", {**broken, **{
        name: words for name, words in FILES.items() if name.startswith("records/orlov-boris")
    }})  # fmt: skip

    said = terminal("takeaway", "belova-anna", "--by", "orlova", "--progress", "none", end=1)

    assert "belova-anna/portfolio.yml:2:3: error[unknown-key]" in said
    assert "orlov-boris" not in said
    assert f" check portfolios --date {TODAY}\n" in said


def test_whoever_has_left_takes_what_the_family_saw_on_the_last_day(
    job: Job, tmp_path: Path
) -> None:
    portfolios = tmp_path / "portfolios"
    shutil.copytree(job.portfolios, portfolios)
    record = portfolios / "records/belova-anna/student.yml"
    record.write_text(record.read_text("utf-8") + "left: 2026-11-20\n", encoding="utf-8")
    folder, _ = taken(replace(job, portfolios=portfolios), "belova-anna", tmp_path / "out")
    assert folder.name == "belova-anna-2026-11-19"
    assert "19 ноября 2026 г." in (folder / "README.txt").read_text("utf-8-sig")


@pytest.mark.browser
def test_the_copy_opens_from_a_folder_with_pictures_viewer_and_menu(
    page: Page, made: tuple[Path, Path]
) -> None:
    page.goto((made[0] / "portfolio.html").as_uri())
    scans = page.locator(".st-scan img")
    assert scans.count() == 3
    for image in scans.all():
        image.scroll_into_view_if_needed()
        assert image.evaluate(DRAWN) > 0
    page.locator(".st-scan").first.click()
    assert page.locator(".st-viewer__stage img").evaluate(DRAWN) > 0
    page.keyboard.press("Escape")
    page.locator("#menu").get_by_text("Кто меня видит").click()
    page.get_by_role("heading", name="Что кому видно").wait_for()
    page.locator("#menu").get_by_text("Исходные файлы").click()
    page.get_by_role("link", name="Рыжий кот", exact=True).click()
    assert page.url.endswith("originals/entries/kot/cat.jpg")


@pytest.mark.browser
def test_axe_finds_nothing_on_the_pages_of_a_copy(
    chromium: Browser, made: tuple[Path, Path]
) -> None:
    context, found = chromium.new_context(bypass_csp=True), {}
    page = context.new_page()
    for name in ("portfolio", "originals"):
        page.goto((made[0] / f"{name}.html").as_uri())
        found[name] = minded(page)
    context.close()
    assert found == {"portfolio": [], "originals": []}
