"""Signed papers come into consent.yml: nothing is allowed that a paper does not say."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.curate.consents import circle_in, covers_in
from tests.golden import CASES
from tests.town import TOWN
from tests.typed import Terminal
from tests.world import world

CONSENT = "records/belova-anna/consent.yml"
STORM = "students/belova-anna/entries/shtorm-x7k2/entry.yml"
DRAWING = (
    "kind: creative\nid: x7k2\ntitle: Шторм\nform: drawing\ndate: 2026-10-01\nvisibility: class\n"
)
GLEB = {
    "records/sokolov-gleb/student.yml": (
        "name: {surname: Соколов, given: Глеб}\nborn: 2011-03-02\n"
        "representatives: [{name: Соколов Лев Ильич, relation: father}]\n"
    ),
    "records/sokolov-gleb/consent.yml": "consents: []\n",
    "students/sokolov-gleb/portfolio.yml": "about: {motto: Вперёд, visibility: public}\n",
    "school/classes/2026-27.yml": TOWN["school/classes/2026-27.yml"]
    .replace("ivanov-petr", "sokolov-gleb")
    .replace("kotova-lada", ""),
}
PAPER = (
    "--signed-by", "Белова Ольга Петровна", "--relation", "мать", "--signed", "03.09.2026",
    "--until", "31.08.2027", "--document", "дело 4А, лист 2",
)  # fmt: skip


def cases() -> list[str]:
    return sorted(path.stem for path in (CASES / "consent").glob("*.yml"))


@pytest.mark.parametrize("name", cases())
def test_a_list_of_papers_becomes_what_the_case_says(terminal: Terminal, name: str) -> None:
    case: dict[str, Any] = yaml.safe_load((CASES / "consent" / f"{name}.yml").read_text("utf-8"))
    world(terminal.folder / "portfolios", case.get("files"))
    (terminal.folder / "list.csv").write_text(case["list"], "utf-8")
    before = terminal.files()

    said = terminal("consent", "import", "list.csv", "--yes", end=case.get("end", 0))

    for line in case["says"]:
        assert line in said.splitlines()
    after = {f"portfolios/{file}": text.encode() for file, text in case["becomes"].items()}
    assert terminal.files() == before | after
    assert terminal.mistakes() == []


@pytest.mark.covers("R-142", "R-143")
def test_a_paper_is_asked_in_its_own_order_and_shows_who_will_see_what(terminal: Terminal) -> None:
    world(terminal.folder / "portfolios", {CONSENT: "consents: []\n", STORM: DRAWING})

    # The level is ticked as well; of the level's list surname and papers are not there.
    typed = "1\n3\nфамилия, 4\n2\nОльга\nБелова Ольга Петровна\n1\n03.09.2026\n\nлист 2\n"
    said = terminal("consent", "add", "белова", "--yes", typed=typed)

    assert said.count("не понимаю") == 1  # «Ольга» is no full name
    assert "  класс 4 «А»\n    + Анна Белова: имя, «Шторм»" in said
    assert "вся ступень и гости" not in said  # the drawing does not ask for it
    text = terminal.text(CONSENT)
    assert "audience: class\n    covers: [surname, works]" in text
    assert "audience: school\n    covers: [works]" in text


def test_without_a_yes_nothing_is_written_and_a_paper_is_never_there_twice(
    terminal: Terminal,
) -> None:
    world(terminal.folder / "portfolios")
    before = terminal.files()
    again = ("consent", "add", "belova-anna", "--show", "class=works", *PAPER)

    assert "добавьте --yes" in terminal(*again)
    assert terminal.files() == before
    terminal(*again, "--yes")
    after = terminal.files()
    assert "уже внесено" in terminal(*again, "--yes")
    assert terminal.files() == after


@pytest.mark.covers("R-142")
def test_who_is_old_enough_signs_too_and_else_only_the_family_sees(terminal: Terminal) -> None:
    world(terminal.folder / "portfolios", GLEB)
    begun = ("consent", "add", "соколов", "--show", "класс=всё")
    rest = ("--signed", "03.09.2026", "--until", "31.08.2027", "--document", "лист 3")

    said = terminal(*begun, *rest, typed="1\n\n")

    assert "Когда подписал сам ученик" in said
    assert "consent-student-signature" in said
    assert "  своя семья\n" in said and "  класс 4 «А»\n" not in said
    signed = terminal(*begun, *rest, "--student-signed", "04.09.2026", "--yes", typed="1\n")
    assert "consent-student-signature" not in signed and "  класс 4 «А»\n" in signed
    text = terminal.text("records/sokolov-gleb/consent.yml")
    assert "name: Соколов Лев Ильич\n      relation: father" in text
    assert "student_signed: 2026-09-04" in text


@pytest.mark.covers("R-143", "R-144")
def test_a_paper_for_everybody_opens_nothing_in_a_school_that_is_closed_to_them(
    terminal: Terminal,
) -> None:
    world(terminal.folder / "portfolios", {STORM: DRAWING.replace("class", "public")})

    said = terminal("consent", "add", "belova-anna", "--show", "всем=работы", *PAPER, "--yes")

    assert "Пока ничего не откроется" in said
    assert "purpose: distribution\n    audience: public\n    covers: [works]" in terminal.text(
        CONSENT
    )


@pytest.mark.covers("R-143")
def test_a_withdrawal_is_one_line_and_tells_what_closes(terminal: Terminal) -> None:
    world(terminal.folder / "portfolios", {STORM: DRAWING})
    terminal("consent", "add", "belova-anna", "--show", "family=", *PAPER, "--yes")
    before = terminal.text(CONSENT)

    said = terminal("consent", "withdraw", "belova-anna", typed="1\n\n")
    assert "− Анна Белова: имя, «Шторм»" in said and "своя семья" not in said
    assert terminal.text(CONSENT) == before

    terminal("consent", "withdraw", "belova-anna", "--which", "first", "--yes", typed="\n")
    new = [one for one in terminal.text(CONSENT).splitlines() if one not in before.splitlines()]
    assert new == ["    withdrawn: 2026-11-22"]
    last = terminal("consent", "withdraw", "belova-anna", "--on", "22.11.2026", "--yes")
    assert "не публикуется ничего" in last and "access rotate belova-anna" in last
    assert "действующих согласий нет" in terminal("consent", "withdraw", "белова", end=2)


def test_on_a_public_log_nobody_is_named_and_nothing_is_asked(terminal: Terminal) -> None:
    world(terminal.folder / "portfolios", {CONSENT: "consents: []\n", STORM: DRAWING})
    terminal.patch.setenv("STUPENI_LOG", "public")

    said = terminal("consent", "add", "belova-anna", "--show", "class=works", *PAPER, "--yes")

    assert "класс: появится 2 (учеников: 1)" in said
    assert not any(word in said for word in ("Белова", "belova", "Шторм", "Анна"))
    assert "нет ответа" in terminal("consent", "add", "belova-anna", end=2)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("всей ступени", "school"), ("Всем", "public"), ("КЛАССУ", "class"), ("никому", "family"),
     ("всем классам", None), ("не классу", None), ("", None)],
)  # fmt: skip
def test_a_circle_is_a_word_we_know_and_never_one_that_only_begins_like_it(
    said: str, meant: str | None
) -> None:
    assert circle_in(said) == meant


def test_what_nobody_beyond_the_class_is_shown_cannot_be_ticked_for_them() -> None:
    assert covers_in("всё", "class") and "surname" in (covers_in("всё", "class") or ())
    assert covers_in("всё", "school") == ("photos", "works", "words", "reviews")
    assert covers_in("1 3", "class") == ("surname", "papers")
    assert covers_in("1 3", "school") == ("photos", "words")
    assert covers_in("бумаги", "public") is None
    assert covers_in("7", "class") is None
    assert covers_in("работы, без фамилии", "class") is None


def test_other_lines_of_a_file_stay_as_somebody_wrote_them(
    terminal: Terminal, tmp_path: Path
) -> None:
    portfolios = world(terminal.folder / "portfolios")
    raw = (portfolios / CONSENT).read_bytes().replace(
        b"\n", b"\r\n"
    ) + b"# \xd0\xb2\xd1\x81\xd1\x91\r\n"
    (portfolios / CONSENT).write_bytes(raw)
    (tmp_path / "before").write_bytes(raw)

    terminal("consent", "add", "belova-anna", "--show", "class=works", *PAPER, "--yes")

    files = [f"{tmp_path / 'before'}", f"{portfolios / CONSENT}"]
    asked = ["git", "diff", "--no-index", "--numstat", *files]
    numbers = subprocess.run(asked, capture_output=True, text=True, timeout=30).stdout.split()
    assert numbers[1] == "0" and int(numbers[0]) == 10


def test_on_a_public_log_a_list_of_papers_names_nobody(terminal: Terminal) -> None:
    world(terminal.folder / "portfolios", {CONSENT: "consents: []\n"})
    terminal.patch.setenv("STUPENI_LOG", "public")
    head = "ФИО;Кому;Что;Кто подписал;Подписано;Документ;Сомова, соседка"
    rows = "Белова Анна;классу;работы;Белова Ольга Петровна;03.09.2026;дело 1;да\n"
    (terminal.folder / "list.csv").write_text(f"{head}\n{rows}", "utf-8")
    said = terminal("consent", "import", "list.csv", "--yes", end=1)

    assert "Не читаю столбцы: 1" in said
    assert not any(name in said for name in ("Сомова", "Белова", "belova"))
