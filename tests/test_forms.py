"""Papers of consent: separate sheets with separate words, for whom they are, and by which law."""

import re
from pathlib import Path
from typing import get_args

import pypdfium2
import pytest
from playwright.sync_api import Browser

from generator.decide.forms import BLANK, make_forms
from generator.load import load
from generator.model.forms import Forms
from generator.model.policy import Category
from generator.model.school import School
from generator.pages.forms import compose_forms
from tests.test_cli import DAY, run
from tests.world import SCHEMA, TODAY, world

HOME = SCHEMA.parent

SAMPLE = HOME / "portfolios"
PAPER = re.compile(r'<article class="paper" data-paper="(\w+)">(.*?)</article>', re.DOTALL)


@pytest.fixture(scope="module")
def school() -> School:
    found = load(SAMPLE, SCHEMA).school
    assert found
    return found


def made(school: School, whom: str) -> Forms:
    forms = make_forms(school, whom, TODAY)
    assert forms
    return forms


def papers(forms: Forms) -> list[tuple[str, str]]:
    """Kind and text of every paper, spaces as plain ones."""
    html = compose_forms(forms, HOME / "theme").replace("\N{NO-BREAK SPACE}", " ")
    return [(kind, text) for kind, text in PAPER.findall(html)]


@pytest.mark.covers("R-143")
def test_processing_distribution_and_withdrawal_are_separate_papers(school: School) -> None:
    (one, two, three) = papers(made(school, "belova-anna"))
    assert (one[0], two[0], three[0]) == ("processing", "distribution", "withdrawal")
    assert "статья 9 Федерального закона " in one[1] and "10.1" not in one[1]
    assert "статья 10.1 Федерального закона " in two[1] and "приказ Роскомнадзора" in two[1]
    assert "неограниченному кругу лиц" in two[1] and "неограниченному" not in one[1]
    for _, text in (one, two):
        assert "Белова Анна Сергеевна, 4 «А»" in text
        assert school.settings.name in text
        assert "До какого дня" in text and "31 августа 2027 г." in text and "Как отозвать" in text
    assert "отзываю" in three[1]


@pytest.mark.covers("R-142")
def test_every_category_has_its_tick_box_for_every_audience_that_may_get_it(
    school: School,
) -> None:
    processing, distribution, _ = (text for _, text in papers(made(school, "belova-anna")))
    boxes = {
        category: row.count('class="box"')
        for category, row in re.findall(r'<tr data-category="(\w+)">(.*?)</tr>', processing)
    }
    assert set(boxes) == set(get_args(Category))
    # A guest of a level knows the first letter only, and papers bear the name.
    assert {name for name, count in boxes.items() if count == 1} == {"surname", "papers"}
    public = set(re.findall('data-category="(\\w+)"', distribution))
    assert public == set(get_args(Category)) - {"surname", "papers"}


@pytest.mark.covers("R-142")
def test_the_student_signs_from_the_age_the_school_has_set(school: School) -> None:
    grown, child = made(school, "ilyina-marta"), made(school, "belova-anna")
    assert [one.student_signs for one in (*grown.signatories, *child.signatories)] == [True, False]
    assert all("подпись ученика" in text for _, text in papers(grown))
    assert not any("подпись ученика" in text for _, text in papers(child))
    assert all("если ему уже 14" in text for _, text in papers(made(school, BLANK)))


def test_a_class_gets_papers_for_everybody_in_it_and_for_nobody_else(school: School) -> None:
    room = next(r for y in school.years if y.year == "2026-27" for r in y.classes if r.id == "4a")
    forms = made(school, "4a")
    assert len(forms.signatories) == len(room.students)
    surnames = {s.record.name.surname: s.id for s in school.students}
    assert {surnames[one.child.split()[0]] for one in forms.signatories} == {*room.students}
    assert len(papers(forms)) == 3 * len(room.students)
    ends = {one.level_ends for one in (*forms.signatories, *made(school, "7b").signatories)}
    assert {day.year for day in ends if day} == {2027, 2029}


def test_a_blank_paper_names_no_child(school: School) -> None:
    text = compose_forms(made(school, BLANK), HOME / "theme")
    for student in school.students:
        assert student.record.name.surname not in text


def test_whoever_left_gets_no_paper_and_nobody_is_nobody(school: School) -> None:
    assert make_forms(school, "lavrova-darina", TODAY) is None
    assert make_forms(school, "12z", TODAY) is None


def test_a_school_that_shows_nothing_to_everybody_does_not_ask_for_it(tmp_path: Path) -> None:
    school = load(world(tmp_path), SCHEMA).school
    assert school
    forms = made(school, "belova-anna")
    assert [kind for kind, _ in papers(forms)] == ["processing", "withdrawal"]
    assert "open_information" in compose_forms(forms, HOME / "theme")


def test_an_act_that_ended_is_said_to_have_ended(school: School) -> None:
    order = school.acts["order-18-2021"]
    ended = order.model_copy(update={"until": TODAY.replace(year=2025)})
    acts = dict(school.acts) | {"order-18-2021": ended}
    _, distribution, _ = papers(made(school.model_copy(update={"acts": acts}), "belova-anna"))
    assert "уже не действует" in distribution[1]
    assert not any("уже не действует" in text for _, text in papers(made(school, "belova-anna")))


def test_the_command_writes_into_the_private_folder_and_names_no_child_on_a_public_log(
    tmp_path: Path,
) -> None:
    world(tmp_path / "portfolios")

    done = run(tmp_path, "consent-form", "4a", *DAY)

    assert done.returncode == 0, done.stderr
    file = Path(done.stdout.strip().removeprefix("file://"))
    assert file.is_relative_to(tmp_path / "private")
    assert file.stat().st_mode & 0o077 == 0
    assert run(tmp_path, "consent-form", "9z", *DAY).returncode == 2
    public = run(tmp_path, "consent-form", "belova-anna", *DAY, CI="true")
    assert public.returncode == 0
    assert "belova" not in public.stdout + public.stderr


@pytest.mark.browser
def test_every_paper_is_one_sheet_of_a4(school: School, chromium: Browser, tmp_path: Path) -> None:
    for whom in ("belova-anna", "ilyina-marta", BLANK):
        file = tmp_path / f"{whom}.html"
        file.write_text(compose_forms(made(school, whom), HOME / "theme"), encoding="utf-8")
        page = chromium.new_page()
        page.goto(file.as_uri())
        page.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
        page.close()
        with pypdfium2.PdfDocument(tmp_path / "paper.pdf") as document:
            assert len(document) == 3, whom
            assert [round(side) for side in document[0].get_size()] == [595, 842]
