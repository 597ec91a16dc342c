"""One protocol, many entries: whoever is surely ours gets a draft, nobody is guessed."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.model.kinds import ENTRY
from generator.source import Document, parse
from tests.test_roster import sheet
from tests.typed import Terminal
from tests.world import world

ROOM = "  - {id: %s, title: %s, grade: 9, teacher: orlova, students: [%s]}\n"
PEOPLE = {
    "sokolov-gleb": ("Соколов", "Глеб", "Андреевич"),
    "sokolova-darya": ("Соколова", "Дарья", "Андреевна"),
    "ivanov-petr": ("Иванов", "Пётр", "Ильич"),
    "ivanov-petr-2": ("Иванов", "Пётр", ""),
    "kim-sofya": ("Ким", "Софья", "Леонидовна"),
}
FILES = {
    "school/classes/2026-27.yml": "year: 2026-27\nclasses:\n"
    + ROOM % ("9a", "9 «А»", "sokolov-gleb, ivanov-petr, kim-sofya")
    + ROOM % ("9b", "9 «Б»", "sokolova-darya, ivanov-petr-2, belova-anna"),
    "school/events.yml": """\
        # Событие вносят один раз
        events:
          - {id: mat-2026, title: Олимпиада «Формула», date: 2026-11-14, stage: zonal, form: olympiad}
          - {id: kross-2026, title: Осенний кросс, date: 2026-09-19, stage: municipal, form: sport}
        """,  # noqa: E501
    **{
        f"records/{id}/student.yml": f"name: {{surname: {surname}, given: {given}"
        f"{f', patronymic: {patronymic}' if patronymic else ''}}}\nborn: 2011-05-01\n"
        for id, (surname, given, patronymic) in PEOPLE.items()
    },
}
HEAD = ["Место", "Фамилия", "Имя", "Отчество", "Класс", "ОО", "Статус"]
OURS: list[Sequence[object]] = [
    [1, "Соколов", "Глеб", "Андреевич", 9, "МБОУ СОШ №7", "Победитель"],
    [2, "СОКОЛОВА", "ДАРЬЯ", "АНДРЕЕВНА", "9б", "Школа № 7", "призер"],
    [3, "Ким", "Софья", "", "9А", "Школа № 7", "участник"],
]
CANARIES = ("Зверев", "Мурад", "Лицей", "Кукушкин")
FOREIGN: list[Sequence[object]] = [
    [4, "Зверев", "Мурад", "Олегович", 9, "Лицей № 1", "Победитель"],
    [5, "Соколов", "Глеб", "Андреевич", 9, "Гимназия № 40", "Победитель"],
    [6, "Кукушкин", "Глеб", "", "9А", "", "призёр"],
]


@pytest.fixture
def school(terminal: Terminal) -> Terminal:
    """Two 9th classes, with two boys of one name."""
    world(terminal.folder / "portfolios", FILES)
    return terminal


def drafts(school: Terminal) -> dict[str, str]:
    """Student -> the text of the only entry."""
    found = (school.folder / "portfolios/students").glob("*/entries/*/entry.yml")
    return {path.parts[-4]: path.read_text("utf-8") for path in found}


def results(school: Terminal, *rows: Sequence[object], **how: str) -> str:
    """What is said of a protocol for the olympiad."""
    file = sheet(school.folder, HEAD, *rows, name="protocol.xlsx")
    said = school("event", "results", file, "--event", "mat-2026", "--set", "subject=математика",
                  "--yes", **how)  # type: ignore[arg-type]  # fmt: skip
    (school.folder / file).unlink()
    return said


@pytest.mark.covers("R-056")
def test_every_participant_of_ours_gets_a_draft_with_event_date_and_result(
    school: Terminal,
) -> None:
    said = results(school, *OURS, *FOREIGN)

    assert "Черновиков: 3; уже есть: 0; строк других школ: 2" in said
    assert "строка 9, столбец B «Фамилия»: ученика с таким именем в школе нет" in said
    made = drafts(school)
    assert {*made} == {"sokolov-gleb", "sokolova-darya", "kim-sofya"}
    assert "result: winner" in made["sokolov-gleb"]
    assert "result: prize-winner" in made["sokolova-darya"]
    assert "result" not in made["kim-sofya"], "taking part needs no word"
    for text in made.values():
        document = parse("entry.yml", text.encode())
        assert isinstance(document, Document)
        entry = ENTRY.validate_python(document.value)
        assert (entry.draft, entry.visibility, entry.event) == (True, "family", "mat-2026")
        assert f"{entry.date}" == "2026-11-14"
    assert school.mistakes() == []


def test_children_of_other_schools_never_reach_a_file_of_ours(school: Terminal) -> None:
    results(school, *OURS, *FOREIGN)
    written = b"".join(school.files().values()).decode(errors="replace")

    assert [word for word in CANARIES if word in written] == []
    assert "Статус" not in written and "Победитель" not in written


def test_a_namesake_at_another_school_is_not_ours_whatever_else_fits(school: Terminal) -> None:
    assert "Черновиков: 0; уже есть: 0; строк других школ: 1" in results(school, FOREIGN[1])
    assert drafts(school) == {}


def test_a_second_run_adds_nothing_and_another_subject_does(school: Terminal) -> None:
    results(school, *OURS)
    before = school.files()
    assert "Черновиков: 0; уже есть: 3" in results(school, *OURS)
    assert school.files() == before

    head, row = [*HEAD, "Предмет"], [*OURS[0], "физика"]
    file = sheet(school.folder, head, row, [*OURS[0], "Физика"], name="p.xlsx")
    said = school("event", "results", file, "--event", "mat-2026", "--yes")
    assert "тот же ученик, что в строке 4" in said
    assert "Черновиков: 1;" in said


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ([1, "Иванов", "Пётр", "", 9, "", "призёр"], "one of two, by a name alone"),
        ([1, "Ким", "С.", "Л.", 9, "", "призёр"], "an initial"),
        ([1, "Ким", "Софья", "", 9, "", "призёр"], "a grade that many are in"),
        ([1, "Соколова", "Даша", "", "9Б", "", "призёр"], "a short name"),
    ],
)
def test_whoever_is_not_sure_is_asked_about_and_never_guessed(
    school: Terminal, row: list[object], why: str
) -> None:
    said = results(school, row, typed="1\n")
    assert "Строка 4:" in said and "Кто это?" in said, why
    assert len(drafts(school)) == 1

    results(school, [*row[:1], "Соколов", "Г.", *row[3:]], typed="2\n")
    assert "sokolov-gleb" not in drafts(school), "nobody of these"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ([1, "Соколов", "Глеб", "Андреевич", "8А", "", ""], "но класс или день рождения другой"),
        ([1, "Соколов", "Глеб", "Павлович", 9, "", ""], "ученика с таким именем в школе нет"),
        ([1, "Соколов", "Глеб", "Андреевич", 9, "", "2 степень"], "— не результат из списка"),
    ],
)
def test_what_does_not_fit_is_told_with_its_row_and_reason(
    school: Terminal, row: list[object], told: str
) -> None:
    said = results(school, row)
    assert told in said and "строка 4" in said
    assert drafts(school) == {}


def test_a_folder_named_in_the_table_settles_who_is_meant(school: Terminal) -> None:
    head = ["id", "Участник", "Результат"]
    rows = [["ivanov-petr-2", "Иванов П.", "лауреат"], ["nobody", "Иванов П.", "лауреат"]]
    file = sheet(school.folder, head, *rows)
    said = school("event", "results", file, "--event", "kross-2026", "--yes",
                  typed="лёгкая атлетика\n")  # fmt: skip

    assert "папки `nobody` нет" in said
    (text,) = drafts(school).values()
    assert "kind: sport" in text and "discipline: лёгкая атлетика" in text
    assert "result: laureate" in text


def test_an_event_is_entered_once_below_all_others(school: Terminal) -> None:
    event = ("event", "add", "--title", "Конкурс чтецов: «Слово»", "--on", "23.10.2026")
    more = ("--stage", "городской", "--form", "creative", "--organiser", "Дом творчества")
    assert "konkurs-chtetsov-slovo-2026" in school(*event, *more)
    text = school.text("school/events.yml")

    assert text.startswith("# Событие вносят один раз\nevents:\n")
    assert text.endswith(
        '  - id: konkurs-chtetsov-slovo-2026\n    title: "Конкурс чтецов: «Слово»"\n'
        "    date: 2026-10-23\n    stage: municipal\n    form: creative\n"
        "    organiser: Дом творчества\n"
    )
    assert "Такое событие уже есть: konkurs-chtetsov-slovo-2026" in school(*event, *more)
    assert school.text("school/events.yml") == text
    assert "похоже на `mat-2026`" in school("event", "results", "x", "--event", "mat-2O26", end=2)


def test_what_a_register_cannot_hold_never_gets_into_it(school: Terminal) -> None:
    """Nothing more could be entered: the register could not be read."""
    event = ("event", "add", "--on", "23.10.2026", "--stage", "school", "--form", "creative",
             "--organiser", "x")  # fmt: skip
    before = school.text("school/events.yml")
    for unfit in (("--title", "x", "--id", "../../x"), ("--title", "Слово\nid: x")):
        assert "не подходит" in school(*event, *unfit, end=2)
    assert school.text("school/events.yml") == before


def test_on_a_public_log_an_event_has_no_name(school: Terminal) -> None:
    school.patch.setenv("STUPENI_LOG", "public")
    said = school("event", "add", "--title", "Победа Анны", "--on", "23.10.2026", "--stage",
                  "school", "--form", "creative", "--organiser", "x")  # fmt: skip
    assert "Событие внесено" in said and "anny" not in said


def test_the_questions_about_an_event_can_be_answered_in_words(school: Terminal) -> None:
    said = school(
        "event", "add", typed="Эстафета\n32.1.2026\n1.10.2026\nшкольный\nсоревнования\n\n"
    )

    assert "etsafeta" not in said and "estafeta-2026" in said
    assert "form: sport" in school.text("school/events.yml")


def test_on_a_public_log_a_protocol_names_nobody(school: Terminal) -> None:
    school.patch.setenv("STUPENI_LOG", "public")
    said = results(school, *OURS, *FOREIGN)

    assert len(drafts(school)) == 3
    names = (*CANARIES, "Соколов", "sokolov", "Ким", "kim", "СОКОЛОВА")
    assert [name for name in names if name in said] == []


def test_on_a_public_log_nobody_is_asked_about_by_name(school: Terminal) -> None:
    school.patch.setenv("STUPENI_LOG", "public")
    file = sheet(school.folder, HEAD, [1, "Ким", "С.", "", 9, "", "призёр"], name="p.xlsx")
    said = school("event", "results", file, "--event", "mat-2026", "--set", "subject=x", end=2)

    assert "нет ответа: Строка 4: `…`" in said
    assert "Ким" not in said and "kim" not in said


def test_a_protocol_that_is_no_table_is_told(school: Terminal, tmp_path: Path) -> None:
    (tmp_path / "p.xlsx").write_bytes(b"PK\3\4")
    said = school("event", "results", "p.xlsx", "--event", "mat-2026", end=2)
    assert "`p.xlsx` не прочитать" in said
