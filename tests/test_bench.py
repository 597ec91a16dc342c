"""The bench: figures made by hand come out right, and a tiny school is measured whole."""

import gzip
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bench.__main__ import run_bench
from tests.bench.clock import Cost, middle, run_timed
from tests.bench.corpus import Sheet, groups
from tests.bench.leaks import draw_secrets, find_leaks
from tests.bench.markdown import to_words
from tests.bench.ours import by_folder
from tests.bench.reading import run_reading
from tests.bench.report import to_json, to_markdown
from tests.bench.store import Figures, Part, Store
from tests.bench.targets import Target, find_targets, show
from tests.bench.world import changed, written

ROOMS = {"room load": 10.0, "room seal": 5.0, "room pages": 5.0}


def part(name: str, students: int = 1200, **cpu: float) -> Part:
    """A part each row of which was run once and took so much CPU."""
    costs = {row: [Cost(spent, 2 * spent, 300, 100)] for row, spent in cpu.items()}
    return Part(name, students, costs=costs)


def ours(students: int = 1200) -> Part:
    """Our own figures."""
    made = part("ours", students, cold=10, theme=6, entry=1, idle=0.5, check=3, whole=40)
    made.numbers = {**ROOMS, "written": 0, "identical": 0, "entry files": 7}
    made.numbers |= {"scans": 100, "pages": 9000, "files": 20000, "bytes": 5e7}
    made.notes = {"entry files": "k: 3, p: 4"}
    return made


def targets(*parts: Part) -> dict[tuple[str, str], Target]:
    """By name and aim, those that only stand beside for comparison left out."""
    found = find_targets(Figures(parts))
    return {(one.id, one.aim): one for one in found if one.aim != "для сравнения"}


# ---- arithmetic ----


def test_of_every_figure_the_median_counts_and_of_memory_the_highest() -> None:
    runs = [Cost(1, 9, 50, 40), Cost(5, 2, 70, 30), Cost(3, 4, 60, 45)]
    assert middle(runs) == Cost(3, 4, 70, 45)


def test_a_ratio_is_told_as_a_part_or_as_a_multiple() -> None:
    assert [show(one) for one in (0.2, 1 / 7, 1.0, 2.5, None)] == [
        "1/5,0",
        "1/7,0",
        "1,00",
        "2,50",
        "—",
    ]


def test_targets_are_met_or_not_by_the_ratio_to_mkdocs_with_as_many_pages() -> None:
    found = targets(ours(), part("mkdocs", cold=36), part("mkdocs-one", cold=500))
    assert found["T1", "≤ 1/4"].measured == "1/3,6"
    assert found["T1", "≤ 1/4"].met is False
    assert (found["T2", "≤ 1/9"].measured, found["T2", "≤ 1/9"].met) == ("1/6,0", False)
    assert (found["T3", "≤ 1/40"].measured, found["T3", "≤ 1/40"].met) == ("1/36,0", False)
    assert (found["T4", "≤ 1/60"].measured, found["T4", "≤ 1/60"].met) == ("1/72,0", True)


def test_a_target_that_is_met_exactly_is_met() -> None:
    found = targets(ours(), part("mkdocs", cold=40), part("hugo", entry=6))
    assert found["T1", "≤ 1/4"].met is True
    assert found["T3", "≤ 1/6"].met is True


def test_without_sealing_means_without_its_share_of_the_same_build() -> None:
    # Sealing takes 5 of 20, a quarter: of 10 seconds 7.5 are left, and 40 : 7.5 = 5.33.
    found = targets(ours(), part("mkdocs", cold=40))["T1", "≤ 1/5"]
    assert (found.measured, found.met) == ("1/5,3", True)


def test_the_ratio_to_one_page_a_student_stands_beside_and_decides_nothing() -> None:
    found = find_targets(Figures([ours(), part("mkdocs", cold=40), part("mkdocs-one", cold=20)]))
    (beside,) = [t for t in found if "страница на ученика" in t.what and "нуля, сканы" in t.what]
    assert (beside.id, beside.measured, beside.met) == ("T1", "1/2,0", None)


def test_memory_is_that_of_the_process_itself() -> None:
    found = targets(ours())["T6", "≤ 120"]
    assert (found.measured, found.met) == ("100", True), "the largest of its children took 300"


def test_growth_compares_what_one_student_costs() -> None:
    # 10 : 1200 and 130 : 12000, which is 1.3 times as much.
    found = targets(part("growth", cold=10), part("growth", 12000, cold=130))["T7", "≤ 1,2"]
    assert (found.measured, found.met) == ("1,30", False)


def test_files_changed_are_counted_against_their_targets() -> None:
    found = targets(ours())
    assert (found["T8", "≤ 5"].measured, found["T8", "≤ 5"].met) == ("7", False)
    assert (found["T8", "0"].measured, found["T8", "0"].met) == ("0", True)


def test_what_belongs_to_no_size_is_found_at_every_size() -> None:
    paint, known = Part("paint", 0, numbers={"ratio words": 1.05}), part("known", 0, cold=1.2)
    found = targets(ours(), paint, known, Part("watch", 0, numbers={"page ms": 40, "cpu ms": 4000}))
    assert (found["T11", "≤ 1,1"].measured, found["T11", "≤ 1,1"].met) == ("1,05", True)
    assert (found["T10", "≤ 1"].measured, found["T10", "≤ 1"].met) == ("1,20", False)
    assert (found["T5", "≤ 50"].measured, found["T5", "≤ 50"].met) == ("40", True)


def test_targets_are_told_for_the_largest_school_when_theirs_was_not_measured() -> None:
    small = [ours(30), ours(300), part("mkdocs", 300, cold=80), part("mkdocs", 30, cold=20)]
    assert targets(*small)["T1", "≤ 1/4"].measured == "1/8,0"


# ---- what is not there ----


def test_a_peer_that_does_not_install_is_a_line_with_its_reason() -> None:
    absent = Part("hugo", 1200, missing="не ставится: no matching distribution")
    found = targets(ours(), part("mkdocs", cold=40), absent)["T3", "≤ 1/6"]
    assert (found.measured, found.met) == (absent.missing, None)
    page = to_markdown(Figures([ours(), absent]))
    assert "| Hugo, те же страницы, наименьшая тема | не ставится: no matching" in page


def test_what_was_not_measured_is_said_and_is_neither_met_nor_missed() -> None:
    found = targets(ours())
    unknown = [key for key, one in found.items() if one.met is None]
    assert " ".join(name for name, _ in unknown) == "T1 T1 T2 T3 T3 T4 T5 T7 T10 T11"
    assert {found[key].measured for key in unknown} == {"не измерено"}


def test_a_report_of_nothing_says_so() -> None:
    page = to_markdown(Figures([]))
    assert "| T8 | файлов меняет правка записи | ≤ 5 | не измерено |  |" in page
    assert json.loads(to_json(Figures([])))["parts"] == []


# ---- the page ----


def test_every_row_stands_in_the_page_beside_mkdocs() -> None:
    page = to_markdown(Figures([ours(), part("mkdocs", cold=40), part("hugo", cold=5, entry=4)]))
    assert "| мы, правка одной записи | 1,00 | 2,00 | 300 | 1/40,0 | 1 | 0,0 |" in page
    assert "Hugo, те же страницы, наименьшая тема, с нуля | 5,00 | 10,00 | 300 | 1/8,0 |" in page
    assert "| T3 | правка одной записи ÷ Hugo | ≤ 1/6 | 1/4,0 | **нет** |" in page
    assert "Файлов меняет правка одной записи: мы — 7 (k: 3, p: 4)." in page
    assert "Сканы: 30,0 с, 300,0 мс на каждый." in page, "40 less 10 seconds for 100 scans"
    assert "| запечатать | 5,00 | 25% |" in page


def test_growth_is_told_in_milliseconds_a_student() -> None:
    page = to_markdown(Figures([part("growth", 300, cold=3), part("growth", 3000, cold=33)]))
    assert "| что | 300 | 3000 |" in page
    assert "| мы, без сканов | 10,0 | 11,0 |" in page


def test_other_locks_stand_beside_ours_with_what_they_give_away() -> None:
    lock, us = part("staticrypt", 300, cold=30, entry=29), ours(300)
    kinds = ("names", "titles", "own", "ids", "pictures")
    for one, leaks in ((lock, 8), (us, 0)):
        one.numbers |= {f"leak {kind}": leaks for kind in kinds}
        one.numbers |= {f"secret {kind}": 8 for kind in kinds}
    lock.numbers |= {"files": 50, "bytes": 2e6, "entry files": 49, "identical": 48}
    page = to_markdown(Figures([us, lock]))
    name = "MkDocs и StatiCrypt, один пароль на всех"
    assert f"| {name} | 30,0 | 3,0 | 29,0 | 2,0 | 50 | 49 | 48 |" in page
    assert f"| {name} |{' 8 из 8 |' * 5}" in page
    assert f"| мы |{' 0 из 8 |' * 5}" in page


# ---- what is kept ----


def test_what_was_measured_is_read_back_as_it_was(tmp_path: Path) -> None:
    store, made = Store(tmp_path / "new"), ours()
    store.write(made)
    store.write(part("known", 0, cold=0.4))
    found = store.read()
    assert found.part(1200, "ours") == made
    assert found.sizes == [1200]
    assert found.cpu(0, "known") == 0.4


# ---- the same pages for others, and what they give away ----

PAGE = """<!doctype html><title>Портфолио</title><nav>Меню</nav><main><article class="st-page">
<h1>Дина&nbsp;Аистова</h1><p>Видит <a href="page:student/dina/family/seen">кто</a></p>
<article class="st-entry" id="e1"><h3>Урок *мира* — 1</h3>
<button type="button">
<img data-sealed="asset:dina/aa" data-screen="asset:dina/bb" alt="Лист"></button>
<div class="st-reflection"><h4>Что я думаю</h4><p>Мне понравилось.</p></div>
<dl><div><dt>Вид</dt><dd>урок</dd></div></dl></article>
<section><h3>Не запись</h3></section>
<table><tr><th>Что</th><th>Кому</th></tr><tr><td>Всё</td><td>семье</td></tr></table>
</article></main><footer>Низ</footer>"""


def test_a_page_in_markdown_has_the_same_words_links_and_pictures() -> None:
    words = to_words(PAGE)
    assert words.title == "Дина Аистова"
    assert words.titles == (r"Урок \*мира\* — 1",), "of entries only"
    assert words.own == ("Мне понравилось.",)
    lines = [line for line in words.text.splitlines() if line.strip() and "<a id" not in line]
    assert lines == [
        "# Дина Аистова",
        "Видит [кто](page:student/dina/family/seen)",
        r"### Урок \*мира\* — 1",
        "[![Лист](asset:aa)](asset:bb)",
        "#### Что я думаю",
        "Мне понравилось.",
        "- **Вид**",
        "урок",
        "### Не запись",
        "| Что | Кому |",
        "| --- | --- |",
        "| Всё | семье |",
    ]


def sheet(student: str, name: str, *titles: str) -> Sheet:
    """A family's page."""
    readers = (f"child:{student}/family",)
    return Sheet(f"student/{student}/family", name, "", readers, (), titles, ())


def test_pages_are_grouped_by_who_may_read_them() -> None:
    dina, oleg = sheet("uchenik-1", "Дина Аистова"), sheet("uchenik-2", "Олег Туманов")
    seen = Sheet("student/uchenik-1/family/seen", "", "", dina.readers, (), (), ())
    assert [len(pages) for _, pages in groups([dina, oleg, seen])] == [2, 1]


def test_words_are_found_however_a_program_wrote_them(tmp_path: Path) -> None:
    sheets = [
        sheet("uchenik-1", "Дина Аистова", "Наша гора — 12"),
        sheet("uchenik-2", "Олег Туманов", "Наш лес — 13"),
        sheet("uchenik-3", "Эмма Звонарова"),
    ]
    secrets = draw_secrets(sheets)
    assert find_leaks(tmp_path, secrets) == dict.fromkeys(secrets, 0)
    (tmp_path / "index.json").write_text(json.dumps({"title": "Дина Аистова"}))
    packed = gzip.compress("<p>Олег Туманов</p><p>Наша&#32;гора</p>".encode())
    (tmp_path / "map.xml.gz").write_bytes(packed)
    (tmp_path / "uchenik-3").mkdir()
    found = find_leaks(tmp_path, secrets)
    assert found == {"names": 2, "titles": 0, "own": 0, "ids": 1, "pictures": 0}


def test_changed_files_are_counted_by_folder() -> None:
    assert (
        by_folder(["basic/p/a.html", "basic/p/b.html", "basic/index.html"]) == "index.html: 1, p: 2"
    )


# ---- a true run ----


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Where a tiny school's figures lie, as arguments."""
    top = tmp_path_factory.mktemp("bench")
    return [f"--{name}={top / name}" for name in ("results", "work", "out")]


TINY = ["--size=12", "--entries=4", "--rounds=1", "--only=ours"]


@pytest.fixture(scope="module")
def bench(folders: list[str]) -> Any:
    """The figures of 12 students, one run of each row."""
    run_bench([*TINY, *folders])
    out = Path(folders[2].partition("=")[2])
    return json.loads((out / "performance.json").read_text(encoding="utf-8"))


def part_of(bench: Any, name: str) -> Any:
    """One part of what the run left."""
    return next(one for one in bench["parts"] if one["name"] == name)


def test_every_row_of_ours_is_measured(bench: Any) -> None:
    rows = part_of(bench, "ours")["costs"]
    assert set(rows) == {"whole", "cold", "idle", "check", "entry", "theme"}
    for name, (run,) in rows.items():
        assert run["cpu"] > 0 and run["wall"] > 0 and run["main"] > 10, name


def test_all_of_the_school_was_built_and_none_of_it_can_be_read(bench: Any) -> None:
    numbers = part_of(bench, "ours")["numbers"]
    assert numbers["scans"] == 30, "as many as the entries of this school name (counted by hand)"
    assert numbers["pages"] > 12
    assert numbers["search works"] <= 30 and 4096 < numbers["ring bytes"] < 8192
    assert numbers["search bytes"] > 5 * numbers["search works"] > 0
    assert numbers["secret names"] == 8 and numbers["secret pictures"] > 12
    leaks = {key: found for key, found in numbers.items() if key.startswith("leak ")}
    assert len(leaks) == 5 and set(leaks.values()) == {0}


def test_a_build_with_nothing_to_do_was_seen_to_write_nothing(bench: Any) -> None:
    numbers = part_of(bench, "ours")["numbers"]
    assert (numbers["identical"], numbers["written"]) == (0, 0)


def test_the_edit_of_an_entry_reaches_its_readers(bench: Any) -> None:
    folders = part_of(bench, "ours")["notes"]["entry files"]
    assert "p: " in folders and "k: " in folders, "a page, and the keyrings that pin it"


def test_what_was_measured_is_not_measured_again(
    bench: Any, folders: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run_bench([*TINY, *folders])
    said = capsys.readouterr().err
    assert "осталось примерно 0 мин" in said and "ours, раз" not in said
    out = Path(folders[2].partition("=")[2])
    again = json.loads((out / "performance.json").read_text(encoding="utf-8"))
    assert part_of(again, "ours") == part_of(bench, "ours")


def test_the_report_alone_is_made_of_what_is_known(bench: Any, folders: list[str]) -> None:
    out = Path(folders[2].partition("=")[2])
    page = (out / "performance.md").read_text(encoding="utf-8")
    (out / "performance.md").unlink()
    run_bench(["--report", *folders])
    assert (out / "performance.md").read_text(encoding="utf-8") == page
    cold = part_of(bench, "ours")["costs"]["cold"][0]["cpu"]
    assert f"сканы известны | {cold:.2f} |".replace(".", ",") in page


# ---- reading, and the clock itself ----


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of reading 6 students' files."""
    folder = tmp_path_factory.mktemp("bench") / "read"
    run_reading(["--students=6", "--entries=3", "--rounds=1", "--out", str(folder)])
    return folder


def test_reading_is_measured_beside_the_plain_loader(read: Path) -> None:
    figures = json.loads((read / "reading.json").read_text(encoding="utf-8"))
    ours, plain = (figures["costs"][who][0] for who in ("ours", "plain"))
    assert figures["files"] > 6 * 3, "entries, and the records of every student"
    assert figures["students"] == 6
    assert figures["mistakes"] >= 6, "one in every portfolio at least, all found"
    assert figures["ratio"]["cpu"] == pytest.approx(ours["cpu"] / plain["cpu"])
    assert figures["ratio"]["wall"] == pytest.approx(ours["wall"] / plain["wall"])


def test_whether_reading_meets_its_aim_is_said(read: Path) -> None:
    table = (read / "reading.md").read_text(encoding="utf-8")
    ratio = json.loads((read / "reading.json").read_text(encoding="utf-8"))["ratio"]["cpu"]
    assert f"CPU: {ratio:.2f} (aim ≤ 1.5: {'met' if ratio <= 1.5 else '**missed**'})" in table


def test_the_work_and_memory_of_a_childs_child_count_but_not_as_its_own(tmp_path: Path) -> None:
    inner = "x = bytearray(150_000_000); sum(range(4_000_000))"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    idle = run_timed([sys.executable, "-c", ""], tmp_path, os.environ)
    busy = run_timed([sys.executable, "-c", outer], tmp_path, os.environ)
    assert busy.memory > 140
    assert 1 < busy.main < 100
    assert busy.cpu > idle.cpu + 0.03


def test_the_memory_of_whoever_starts_a_process_is_not_the_processs_own(tmp_path: Path) -> None:
    held = bytearray(200_000_000)
    idle = run_timed([sys.executable, "-c", "import time; time.sleep(0.2)"], tmp_path, os.environ)
    assert len(held) == 200_000_000 and 1 < idle.memory < 100


def test_a_run_that_failed_is_not_a_figure(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="left with 3:\nlast words"):
        run_timed([sys.executable, "-c", "print('last words'); exit(3)"], tmp_path, os.environ)


def test_changes_are_what_came_went_or_differs() -> None:
    assert changed({"a": "1", "b": "2", "c": "3"}, {"b": "2", "c": "4", "d": "5"}) == list("acd")


def test_a_file_written_again_with_the_same_bytes_is_touched(tmp_path: Path) -> None:
    file = tmp_path / "a"
    stamps = []
    for moment in (1, 1, 2):
        file.write_text("same")
        os.utime(file, (moment, moment))
        stat = file.stat()
        stamps.append({str(file): (stat.st_ino, stat.st_mtime_ns, stat.st_size)})
    assert written(stamps[0], stamps[1]) == 0
    assert written(stamps[1], stamps[2]) == 1
