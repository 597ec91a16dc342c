"""Cards on paper: whose they are, what they bear, who may make them, what the register holds."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.decide import decide
from generator.flow.cards import Issued, cards_of, make_cards, make_code_files, make_staff_cards
from generator.flow.job import Job, find_mistakes
from generator.publish import read, verify
from generator.trouble import Trouble
from tests.hall import CHILDREN, EVENT, LONG, hall
from tests.sample import TODAY


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    return replace(hall(tmp_path_factory.mktemp("cards")), by="orlova")


@pytest.fixture(scope="module")
def sheets(job: Job) -> dict[str, str]:
    """File name -> what stands in it, of families and events."""
    return {file.name: file.read_text("utf-8") for file in make_cards(job)}


def issued(job: Job, tier: str) -> list[Issued]:
    school = find_mistakes(job).school
    assert school
    found = cards_of(job, decide(school, "primary", TODAY), TODAY)
    return [pair for pair in found if pair[0].tier == tier]


def test_a_class_has_its_sheet_and_every_open_event_its_two_pages(sheets: dict[str, str]) -> None:
    assert set(sheets) == {
        "primary-4a.html",
        "primary-4a-invitation.html",
        "primary-4a-projector.html",
        "primary-event-invitation.html",
        "primary-event-projector.html",
    }


@pytest.mark.covers("R-131")
def test_a_class_sheet_holds_every_family_and_nobody_else(job: Job, sheets: dict[str, str]) -> None:
    sheet = sheets["primary-4a.html"]
    assert sheet.count("<article") == len(CHILDREN) + 2
    for _, card in issued(job, "family"):
        assert all(f"<li>{word}</li>" in sheet for word in card.words)
    for tier in ("teacher", "staff", "class", "level"):
        for _, card in issued(job, tier):
            assert tier in ("class", "level") or card.title not in sheet.replace(
                "\N{NO-BREAK SPACE}", " "
            )
            assert "".join(f"<li>{word}</li>" for word in card.words) not in sheet


def test_a_found_card_does_not_say_whose_it_is(sheets: dict[str, str]) -> None:
    cards = re.findall("<article.*?</article>", sheets["primary-4a.html"], re.S)
    for card in cards:
        stub, rest = re.fullmatch("(.*<p class=.stub.>.*?</p>)(.*)", card, re.S).groups()  # type: ignore[union-attr]
        assert "Иванов" in stub or LONG in stub.replace("\N{NON-BREAKING HYPHEN}", "-")
        for word in ("Иванов", "Пётр", "Анна", LONG[:8], "4", "Мама"):
            assert word not in re.sub(
                "<svg.*?</svg>|1–4|2026.{1,6}|[0-9/.-]+/", "", rest, flags=re.S
            )


def test_an_events_pages_bear_its_name_its_last_day_and_its_code_only(
    job: Job, sheets: dict[str, str]
) -> None:
    ((_, card),) = issued(job, "class")
    for name in ("primary-4a-invitation.html", "primary-4a-projector.html"):
        text = sheets[name].replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")
        assert EVENT in text
        assert ("Приглашаем вас" in text) == ("invitation" in name)
        assert "28 мая 2027 г." in text
        assert card.qr_svg in text
        assert [*card.words] == re.findall("<li>(.*?)</li>", text)[:12]
        for family in ("Иванов", "Анна", LONG[:8], "Лебедев"):
            assert family not in text


def test_a_page_of_cards_runs_no_script_and_asks_nobody(sheets: dict[str, str]) -> None:
    for text in sheets.values():
        assert "default-src 'none'" in text
        assert "<script" not in text
        assert not re.search("(?:src|href)=", text)


@pytest.mark.covers("R-060", "R-133")
def test_the_codes_of_staff_are_made_by_a_named_person_for_those_named_by_an_order(
    job: Job,
) -> None:
    for make in (make_staff_cards, make_code_files):
        with pytest.raises(Trouble, match="answer for this"):
            make(replace(job, by="login:me"))
    files = {file.name: file.read_text("utf-8") for file in make_staff_cards(job)}
    assert set(files) == {"primary-staff.html", "basic-staff.html"}
    text = files["primary-staff.html"].replace("\N{NO-BREAK SPACE}", " ")
    assert re.findall('stub"><b>(.*?)</b>', text) == ["Орлова Мария Ивановна", "Лебедев Пётр Ильич"]
    assert "#k=" not in text
    assert "<svg" not in text


def test_a_code_file_is_three_lines_for_its_owner_only(job: Job) -> None:
    files = {file.name: file for file in make_code_files(job)}
    assert set(files) == {
        "primary-teacher-orlova.txt",
        "primary-staff-primary-lebedev.txt",
        "basic-staff-basic-lebedev.txt",
    }
    ((_, card),) = issued(job, "teacher")
    file = files["primary-teacher-orlova.txt"]
    assert file.read_text("ascii") == f"stupeni-code/v1\n00c0ffee00c0ffee primary\n{card.code}\n"
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.covers("R-137")
def test_every_issue_of_cards_is_registered_with_those_whom_they_open(tmp_path: Path) -> None:
    job = replace(hall(tmp_path), by="orlova")
    make_cards(job)
    make_staff_cards(job)
    make_code_files(job)
    found = [(one.details["kind"], one.audiences[-1], one.basis) for one in read(job.register)]
    rule, mine, his = "regulation:2026-08-31", "order:orlova:2026-09-01", "order:lebedev:2026-08-28"
    teacher, deputy = ("teacher:orlova", mine), ("staff:primary/lebedev", his)
    assert found == [
        ("families", "family:belova-anna/papa", rule),
        ("event", "level:primary", rule),
        ("event", "class:2026-27:4a", rule),
        ("staff", *teacher),
        ("staff", *deputy),
        ("staff", "staff:basic/lebedev", his),
        ("key-files", *teacher),
        ("key-files", *deputy),
        ("key-files", "staff:basic/lebedev", his),
    ]
    families, level, room, *staff = read(job.register)
    assert families.about == ("belova-anna", *CHILDREN)
    assert (level.about, room.about) == ((), ("belova-anna",))
    assert [len(one.about) for one in staff[:3]] == [16, 16, 0]
    assert {one.by for one in (families, *staff)} == {"orlova"}
    assert verify(job.register).is_whole
    assert dt.datetime.fromisoformat(families.at) == job.now


def test_what_new_cards_replace_is_removed_and_nobody_elses_file(tmp_path: Path) -> None:
    said: list[str] = []
    job = replace(hall(tmp_path), by="orlova", tell=lambda text: said.append(text.ru))
    first = {file.name for file in make_cards(job)}
    codes = make_code_files(job)
    folder = codes[0].parent
    (folder / "primary-заметки.html").write_text("моё", "utf-8")
    (job.portfolios / "school/access.yml").unlink()
    second = {file.name for file in make_cards(job)}

    assert first - second == {one for one in first if "invitation" in one or "projector" in one}
    assert {file.name for file in folder.glob("*.html")} == second | {"primary-заметки.html"}
    assert all(file.is_file() for file in codes), "made by another command"
    assert said[-1] == "Убрано прежних листов: 4"
    (folder / "families.list").write_text("../cards/primary-заметки.html\n/etc/hostname\n", "utf-8")
    said.clear()
    make_cards(job)
    assert (folder / "primary-заметки.html").is_file()
    assert said == []


def test_without_an_address_there_are_words_and_no_code_to_scan(tmp_path: Path) -> None:
    job = hall(tmp_path)
    settings = job.portfolios / "school/school.yml"
    kept = settings.read_text("utf-8").partition("hosting")[0].rstrip()
    settings.write_text(kept + "\n", "utf-8")
    for file in make_cards(job):
        text = file.read_text("utf-8")
        assert "<svg" not in text
        assert text.count("<li>") % 12 == 0
        assert "<li>" in text
