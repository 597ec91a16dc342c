"""«О портфолио» without a code: what anybody may read, and who stands in it: nobody."""

import re
from typing import TYPE_CHECKING

import pytest

from generator.decide.about import tell_about, tell_everybody
from generator.model.school import LEVELS
from tests.sample import TODAY
from tests.test_pages import Reader

if TYPE_CHECKING:
    from tests.sample import Sample

_LINK = re.compile(r'<a href="(o/\w+\.html)">О\N{NO-BREAK SPACE}портфолио</a>')


def notices(sample: "Sample") -> dict[str, str]:
    """Level -> the page to which its locked page leads."""
    found: dict[str, str] = {}
    for level in LEVELS:
        folder = sample.job.output / level
        (path,) = _LINK.findall((folder / "index.html").read_text(encoding="utf-8"))
        found[level] = (folder / path).read_text(encoding="utf-8")
    return found


@pytest.mark.covers("R-001", "R-059", "R-160", "R-163")
def test_whoever_has_no_code_reads_by_which_rules_a_portfolio_is_kept(sample: "Sample") -> None:
    regulation = sample.school.settings.regulation
    for level, html in notices(sample).items():
        reader = Reader(html)
        for words in (
            regulation.title,
            regulation.order.number,
            "Действуют ли эти акты, проверяли",
            "Классные руководители Помогают вести портфолио",
            "У семьи есть карточка",
            "Сначала классного руководителя",
            "Творческие работы",
        ):
            assert words.replace("\N{NO-BREAK SPACE}", " ") in reader.text, (level, words)
        places = {href[1:] for href in reader.values("href") if href.startswith("#")}
        assert places <= {*reader.values("id"), "main"}


@pytest.mark.covers("R-059", "R-134")
def test_nobody_is_named_on_the_page_that_needs_no_code(sample: "Sample") -> None:
    staff = {one.name.split()[0] for one in sample.school.staff.people}
    students = {one.record.name.surname for one in sample.school.students}
    assert staff
    assert students
    for html in notices(sample).values():
        said = set(re.findall(r"\w+", Reader(html).text))
        assert not said & (staff | students)


@pytest.mark.parametrize("words", ["добавлено по просьбе Орловой М. В.", "так просила Анна Белова"])
def test_what_was_changed_is_not_said_to_everybody_when_it_names_somebody(
    sample: "Sample", words: str
) -> None:
    school = sample.school
    changed = school.settings.regulation.changes[0].model_copy(update={"what": words})
    regulation = school.settings.regulation.model_copy(update={"changes": (changed,)})
    settings = school.settings.model_copy(update={"regulation": regulation})
    school = school.model_copy(update={"settings": settings})
    about = tell_about(school, "primary", (), TODAY)
    assert about.versions[0].what == words
    told = tell_everybody(about, school)
    assert told.versions[0].what == ""
    assert told.versions[0].papers == about.versions[0].papers
    assert told.announced == ()
    assert all(duty.people == () for duty in told.duties)


def test_the_schools_handbook_is_known_to_whoever_has_no_code(sample: "Sample") -> None:
    settings = sample.school.settings
    hosting = settings.hosting.model_copy(update={"handbook": "https://school.example/portfolio"})
    settings = settings.model_copy(update={"hosting": hosting})
    school = sample.school.model_copy(update={"settings": settings})
    told = tell_everybody(tell_about(school, "basic", (), TODAY), school)
    assert told.handbook == "https://school.example/portfolio"
