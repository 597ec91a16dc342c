"""Students come into classes by name or by a list, and classes move up: nobody is guessed."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import openpyxl
import pytest

from generator.curate.names import Name, day_in, name_in, propose_id, room_in
from generator.curate.sheets import Sheets, put_folder
from generator.flow.access import remember
from generator.flow.job import find_mistakes
from generator.flow.private import make_key
from generator.trouble import Trouble
from tests.sample import job_in
from tests.town import TOWN
from tests.typed import Terminal
from tests.world import world

HEAD = ["№", "ФИО", "Дата рождения", "Класс", "СНИЛС"]
GLEB = [1, "Соколов Глеб Андреевич", dt.date(2016, 3, 2), "4А", "112-233"]
DARYA = [2, "СОКОЛОВА ДАРЬЯ АНДРЕЕВНА", "14.11.2018", "2-б класс", "445-566"]
CANARY = "112-233"


@pytest.fixture
def school(terminal: Terminal) -> Terminal:
    """The smallest whole school: Anna Belova of 4a, led by orlova."""
    world(terminal.folder / "portfolios")
    return terminal


def sheet(folder: Path, *rows: Sequence[object], name: str = "list.xlsx") -> str:
    """A real spreadsheet with a title above its columns."""
    book = openpyxl.Workbook()
    book.active.append(["Список учащихся на 1 сентября"])
    book.active.append([])
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return name


# --- one student ---


@pytest.mark.covers("R-030")
def test_a_student_comes_in_with_three_answers_and_nothing_is_granted(school: Terminal) -> None:
    said = school(
        "student", "add", "--yes", typed="Соколов\nСоколов Глеб\n31.02.2016\n02.03.2016\n4а\n"
    )

    assert said.count("не понимаю") == 2
    assert "students: [belova-anna, sokolov-gleb]" in school.text("school/classes/2026-27.yml")
    assert "born: 2016-03-02" in school.text("records/sokolov-gleb/student.yml")
    assert school.text("records/sokolov-gleb/consent.yml").endswith("\nconsents: []\n")
    assert school.mistakes() == []


def test_a_folder_s_name_is_no_longer_than_a_disk_takes(school: Terminal) -> None:
    joiner = ("--name", "Ким Софья", "--born", "09.01.2016", "--class", "4А", "--yes")
    said = school("student", "add", *joiner, "--id", "x" * 300, end=1)
    assert "длиннее 80 знаков" in said


def test_a_namesake_is_asked_about_and_gets_a_folder_of_her_own(school: Terminal) -> None:
    again = ("student", "add", "--name", "Белова Анна", "--class", "4а", "--yes")
    said = school(*again, "--born", "2016-05-02", typed="2\n")

    assert "Это он?" in said and "belova-anna, 4 «А», 01.05.2016" in said
    assert "belova-anna-2" in school.text("school/classes/2026-27.yml")
    assert "уже стоят в своём классе: 1" in school(*again, "--born", "2016-05-01")


def test_without_a_terminal_nothing_is_written_until_it_is_told_so(school: Terminal) -> None:
    before = school.files()
    said = school("student", "add", "--name", "Ким София", "--born", "2016-01-09", "--class", "4а")

    assert "4 «А»: Ким София → kim-sofiya" in said
    assert "добавьте --yes" in said
    assert school.files() == before


# --- a list ---


def test_a_list_from_excel_comes_in_with_its_classes_and_only_our_columns(
    school: Terminal,
) -> None:
    file = sheet(school.folder, HEAD, GLEB, DARYA)

    said = school("class", "import", file, "--yes", typed="Гаврилова Инна Борисовна\n")

    assert "Не читаю столбцы: «№», «СНИЛС»" in said
    assert "Кто классный руководитель 2 «Б»?" in said
    assert "2 «Б»: Соколова Дарья Андреевна → sokolova-darya" in said
    assert school.mistakes() == []
    assert "id: gavrilova\n    name: Гаврилова Инна Борисовна" in school.text("school/people.yml")
    del (written := school.files())[file]
    assert not any(CANARY.encode() in content for content in written.values())
    again = school("class", "import", file, "--yes")
    assert "Добавится учеников на 2026-27: 0; уже стоят в своём классе: 2" in again
    assert {**written, file: b""} == {**school.files(), file: b""}


def test_what_is_wrong_with_a_row_is_told_with_its_row_and_column(school: Terminal) -> None:
    wrong = [
        [3, "Иванов", dt.date(2016, 1, 1), "4А"],
        [4, "Иванов Иван", "31.02.2016", "4А"],
        [5, "Иванов Иван", None, "4А"],
        [6, "Иванов Иван", "1.2.2016", "12А"],
        GLEB,
        GLEB,
    ]
    said = school("class", "import", sheet(school.folder, HEAD, *wrong), "--yes", end=1)

    for told in (
        "строка 4, столбец B «ФИО»: `Иванов` — не фамилия и имя",
        "строка 5, столбец C «Дата рождения»: `31.02.2016` — не день",
        "строка 6, столбец C «Дата рождения»: не сказан день рождения",
        "строка 7, столбец D «Класс»: `12А` — не класс",
        "строка 9, столбец B «ФИО»: то же имя и день рождения, что в строке 8",
    ):
        assert told in said
    assert "Добавится учеников на 2026-27: 1\n" in said


def test_on_a_public_log_a_list_names_nobody(school: Terminal) -> None:
    school.patch.setenv("STUPENI_LOG", "public")
    rows = ([*HEAD, "Куратор Сомова"], GLEB, [3, "Иванов", "вчера", "4А"])
    said = school("class", "import", sheet(school.folder, *rows), "--yes", end=1)

    assert "строка 5" in said and "Не читаю столбцы: " in said
    names = ("Соколов", "Иванов", "sokolov", "вчера", "Сомова")
    assert not any(name in said for name in names)


def _zipped(flags: int = 0, method: int = 8, *, broken: bool = False) -> bytes:
    """A file of a spreadsheet that is locked, packed in a way nobody knows, or damaged inside."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>" * 50)
    raw = bytearray(out.getvalue())
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        where = raw.index(mark) + at
        raw[where], raw[where + 2] = flags, method
    if broken:
        raw[raw.index(b".xml") + 4] = 0xFF
    return bytes(raw)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Фамилия;Имя;Дата рождения;Класс\nКим;Софья;9.1.2016;4а\n".encode("cp1251"), "kim-sofya"),
        ("фамилия,имя,д.р.,класс\nКим,Софья,2016-01-09,4а\n".encode(), "kim-sofya"),
        (b"PK\3\4 not a zip", "файл повреждён"),
        (_zipped(flags=1), "файл повреждён"),
        (_zipped(method=99), "файл повреждён"),
        (_zipped(broken=True), "файл повреждён"),
        (b"\xd0\xcf\x11\xe0 old", "старый формат XLS"),
        (b"a;b\n1;2\n", "нет строки с названиями столбцов"),
        (b"\0\1\2", "это не таблица"),
    ],
)
def test_any_table_is_read_or_told_why_not(school: Terminal, content: bytes, told: str) -> None:
    (school.folder / "list").write_bytes(content)
    end = 0 if told == "kim-sofya" else 2

    assert told in school("class", "import", "list", "--yes", end=end)


# --- a new year ---

GRADES = """\
    year: 2026-27
    classes:
      - {id: 4a, title: 4 «А», grade: 4, teacher: orlova, students: [belova-anna, ivanov-petr]}
      - {id: 11k, title: 11 «Кадеты», grade: 11, teacher: gavrilova, students: [kotova-lada]}
    """


@pytest.fixture
def town(terminal: Terminal) -> Terminal:
    """Two classes: the 4th of this school goes up into the 5th, the 11th leaves."""
    world(terminal.folder / "portfolios", {**TOWN, "school/classes/2026-27.yml": GRADES})
    return terminal


def test_all_classes_move_up_in_one_step_that_is_shown_in_words(town: Terminal) -> None:
    file = sheet(town.folder, [*HEAD[1:4]], ["Котов Лев Ильич", "1.3.2020", "1А"])
    before, mistakes = town.files(), town.mistakes()
    rollover: tuple[str, ...] = ("year", "rollover", "--newcomers", file, "--teacher", "1a=orlova")
    assert "нет ответа: Кто классный руководитель 5 «А»?" in town(*rollover, end=2)
    rollover += ("--teacher", "5a=Рыбина Ольга Ильинична")
    said = town(*rollover)
    assert town.files() == before

    assert "4 «А» → 5 «А»: учеников 2, Рыбина Ольга Ильинична; новая ступень\n" in said
    assert "11 «Кадеты»: kotova-lada уходит 2027-08-31" in said
    assert "1 «А»: Котов Лев Ильич → kotov-lev" in said

    town(*rollover, "--yes")
    assert town.mistakes() == mistakes
    assert town.text("school/classes/2027-28.yml") == dedent(
        """\
        year: 2027-28
        classes:
          - id: 5a
            title: 5 «А»
            grade: 5
            teacher: rybina
            students: [belova-anna, ivanov-petr]
          - id: 1a
            title: 1 «А»
            grade: 1
            teacher: orlova
            students: [kotov-lev]
        """
    )
    assert town.text("records/kotova-lada/student.yml").endswith("left: 2027-08-31\n")
    assert "классы 2027-28 года уже есть" in town(*rollover, end=2)


def test_on_a_public_log_a_new_year_names_no_teacher(town: Terminal) -> None:
    town.patch.setenv("STUPENI_LOG", "public")
    said = town("year", "rollover", "--teacher", "5a=Рыбина Ольга Ильинична")
    assert "5 «А»: учеников 2; новая ступень" in said and "Рыбина" not in said


def test_who_leaves_or_changes_class_is_named_and_nobody_else_does(town: Terminal) -> None:
    teacher = ("--teacher", "5a=orlova")
    said = town("year", "rollover", *teacher, "--leaves", "ivanov-petr")
    assert "4 «А»: ivanov-petr уходит" in said and "учеников 1," in said
    for wrong in (("--leaves", "nobody"), ("--move", "belova-anna=7b"), ("--move", "belova-anna")):
        town("year", "rollover", *teacher, *wrong, "--yes", end=2)
    assert not (town.folder / "portfolios/school/classes/2027-28.yml").exists()


def test_september_needs_no_work_and_raises_no_key(town: Terminal) -> None:
    job = job_in(town.folder, town.folder / "portfolios")
    found = find_mistakes(job)
    assert found.school and found.rings
    make_key(job)
    remember(job, found.school, found.today, found.rings)  # as a build does

    town("year", "rollover", "--teacher", "5a=gavrilova", "--yes")

    for day in (dt.date(2027, 6, 1), dt.date(2027, 9, 1)):
        after = find_mistakes(replace(job, date=day))
        assert after.is_fine, after.diagnostics
        assert after.rings
    rooms = town.folder / "portfolios/school/classes/2026-27.yml"
    rooms.write_text(rooms.read_text("utf-8").replace("teacher: orlova", "teacher: lebedeva"))
    midyear = find_mistakes(job).diagnostics
    assert "key-not-raised" in {one.code for one in midyear}, "then the keys do matter"


# --- all or nothing ---


def test_when_one_file_is_refused_every_other_is_as_it_was(school: Terminal) -> None:
    root = school.folder / "portfolios"
    before = school.files()
    sheets = Sheets(root)
    sheets.put("school/people.yml", b"people: []\n", "")
    sheets.new("records/new/student.yml", "born: x\n")
    sheets.changed["school/people.yml/inside"] = b""

    with pytest.raises(Trouble):
        sheets.write()
    assert school.files() == before
    assert not (root / "records/new").exists()


def test_a_link_on_the_way_leads_nobodys_pen(
    school: Terminal, tmp_path_factory: pytest.TempPathFactory
) -> None:
    away, root = tmp_path_factory.mktemp("away"), school.folder / "portfolios"
    (root / "students").symlink_to(away)

    with pytest.raises(Trouble):
        put_folder(root, "students/a/entries/b", {"entry.yml": b""})
    school("student", "add", "--name", "Ким Софья", "--born", "2016-01-09", "--class", "4а",
           "--yes", end=2)  # fmt: skip
    assert [*away.iterdir()] == []
    assert "kim" not in school.text("school/classes/2026-27.yml")


# --- words ---


def test_names_days_and_classes_are_understood_as_people_write_them() -> None:
    assert name_in("  СОКОЛОВ-МИКИТОВ   иван  Сергеевич ") == Name(
        "Соколов-Микитов", "Иван", "Сергеевич"
    )
    assert [name_in(one) for one in ("Белова", "Белова А.", "Белова 2", "")] == [None] * 4
    assert day_in("5.3.2016") == day_in("2016-03-05 00:00:00") == dt.date(2016, 3, 5)
    assert [day_in(one) for one in ("5.3.16", "31.02.2016", "март", "")] == [None] * 4
    rooms = [room_in(one) for one in ("4а", "4 «А»", "4-А класс", "4 A", "4 'а'")]
    assert {(one.id, one.title) for one in rooms if one} == {("4a", "4 «А»")}
    assert None not in rooms
    assert [room_in(one) for one in ("12А", "0Б", "А4", "4АБ")] == [None] * 4


def test_a_folder_is_named_by_the_name_and_never_like_another() -> None:
    name = Name("Щукина", "Юлия", "Яновна")
    first = propose_id(name, ())
    second = propose_id(name, (first,))
    third = propose_id(name, (first, second))

    assert (first, second, third) == (
        "shchukina-yuliya", "shchukina-yuliya-yanovna", "shchukina-yuliya-2"
    )  # fmt: skip
