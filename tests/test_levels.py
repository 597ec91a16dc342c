"""What a page has of its own at each level of school (003 §3.1), and what every page shows."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from generator.decide import decide
from generator.diagnostic import Text
from generator.load import load
from generator.model.edition import Edition
from generator.model.school import LEVELS
from generator.model.shown import (
    Fact,
    Level,
    MovingUp,
    ShownAnswer,
    ShownInterests,
    ShownProfile,
    ShownResult,
    ShownSelf,
)
from generator.model.site import Page
from generator.pages import compose
from tests.test_decide_shown import CONSENT, PORTFOLIO, Files, editions, entry, read
from tests.test_pages import HOME, OWN, SHELLS, THEME, Reader, goal, leaf, page_of, scan
from tests.test_pages import entry as shown_entry
from tests.world import BASE, SCHEMA, TODAY

CLASSES = "school/classes/2026-27.yml"


def in_grade(grade: int) -> Files:
    return {CLASSES: BASE[CLASSES].replace("grade: 4", f"grade: {grade}")}


def of_level(root: Path, files: Files, level: Level) -> dict[str, Edition]:
    return {one.tier: one for one in decide(read(root, files), level, TODAY).editions}


def section(page: Page, anchor: str) -> str:
    """The HTML of one section; nothing where there is none."""
    found = re.search(
        rf'<section class="[a-z-]+" id="{anchor}">.*?</section>', page.html, re.DOTALL
    )
    return found[0] if found else ""


# ---- grades 1-4 ----

LOOKING_BACK = """\
    goals:
      - {id: swim, year: 2025-26, statement: Плавать, state: reached}
      - {id: book, year: 2026-27, statement: Книжка}
    reflections:
      - {year: 2024-25, answers: [{prompt: joy, text: Снег.}]}
      - {year: 2025-26, answers: [{prompt: joy, text: Море.}, {prompt: now-i-can, text: Нырять.}]}
    choices: {highlights: [cat, fox], carried: [boat, cat]}
    """


def chosen() -> Files:
    files = entry("cat", visibility="school") | entry("fox") | entry("other")
    return files | entry("boat") | {PORTFOLIO: LOOKING_BACK}


@pytest.mark.covers("R-043")
def test_in_grade_4_family_and_class_teacher_find_a_draft_for_moving_up(tmp_path: Path) -> None:
    found = editions(tmp_path, chosen())

    for tier in ("family", "teacher"):
        draft = found[tier].moving_up
        assert draft
        assert draft.entries == ("cat", "fox", "boat")
        assert draft.reached == ("Плавать",)
        assert draft.year and draft.year.text == "Море."
    assert [found[tier].moving_up for tier in ("staff", "class", "level")] == [None] * 3


@pytest.mark.covers("R-043")
@pytest.mark.parametrize(("grade", "level"), [(3, "primary"), (5, "basic")])
def test_before_and_after_grade_4_there_is_no_draft(
    tmp_path: Path, grade: int, level: Level
) -> None:
    assert of_level(tmp_path, chosen() | in_grade(grade), level)["family"].moving_up is None


def test_where_nothing_is_chosen_or_told_there_is_no_draft(tmp_path: Path) -> None:
    assert editions(tmp_path, entry("cat"))["family"].moving_up is None


@pytest.mark.covers("R-043")
def test_the_draft_says_why_works_matter_what_was_reached_and_how_to_change_it() -> None:
    year = ShownAnswer(Text("Обрадовало…", "Glad…"), "Море.")
    page = page_of(
        shown_entry("cat", title="Кот", why_it_matters="Он мой."),
        shown_entry("fox", title="Лиса"),
        moving_up=MovingUp(("cat", "fox"), ("Плавать",), year, OWN),
    )
    draft = Reader(section(page, "moving-up"))
    for words in (
        "Готовлюсь к пятому классу",
        "Это видят только семья и классный руководитель.",
        "Хотите другие работы — поменяйте главные или те, что берёте на новый уровень",
        "Кот Он мой.",
        "Что у меня получилось Плавать",
        "Обрадовало… Море.",
    ):
        assert words in draft.text, words
    assert draft.values("href") == ["#cat", "#fox"]
    assert "#moving-up" in Reader(page.html).values("href")
    assert "moving-up" not in Reader(page_of(shown_entry()).html).values("id")


@pytest.mark.covers("R-043")
def test_the_youngest_walk_by_years_through_class_and_extra_curricular_work(
    tmp_path: Path,
) -> None:
    of_class = "kind: study\ntitle: Счёт\nform: subject\nsubject: Математика\ndate: {}\n"
    after = "kind: activity\ntitle: Хор\nperiod: {{start: 2025-09-08, end: {}}}\n"
    files = entry("now", of_class.format("2026-10-02")) | entry("then", after.format("2026-05-20"))
    school = read(tmp_path, files)
    made = decide(school, "primary", TODAY)
    family = next(one for one in made.editions if one.tier == "family")
    page = next(one for one in compose(made, {}, SHELLS, THEME) if one.path == family.path)

    walk = [href for href in Reader(page.html).values("href") if href.startswith("#year-")]
    assert walk == ["#year-2026-27", "#year-2025-26"]
    assert "Учёба" in Reader(section(page, "year-2026-27")).text
    assert "Внеурочная деятельность" in Reader(section(page, "year-2025-26")).text


# ---- grades 5-9 ----

CHEMIST = """\
    profile: {title: Химия и жизнь, subjects: [Химия, Биология], visibility: class}
    """


def lessons() -> Files:
    contest = "kind: contest\ntitle: Олимпиада\nform: olympiad\ndate: 2026-10-02\nsubject: {}\n"
    return (
        entry("open", contest.format("химия"), visibility="class")
        | entry("close", contest.format("ХИМИЯ"))
        | entry("other", contest.format("История"), visibility="class")
        | {PORTFOLIO: CHEMIST}
    )


@pytest.mark.covers("R-044")
@pytest.mark.parametrize(("grade", "level"), [(5, "basic"), (9, "basic"), (11, "senior")])
def test_a_profile_goes_where_the_family_lets_it_with_the_works_seen_there(
    tmp_path: Path, grade: int, level: Level
) -> None:
    found = of_level(tmp_path, lessons() | in_grade(grade), level)

    def told(tier: str) -> list[tuple[str, set[str]]]:
        profile = found[tier].profile
        return [(one.words.ru, {*one.entries}) for one in profile.subjects] if profile else []

    assert told("family") == [("Химия", {"open", "close"}), ("Биология", set())]
    assert told("class") == [("Химия", {"open"}), ("Биология", set())]
    family, shared = found["family"].profile, found["class"].profile
    assert family and shared
    assert (family.title, family.seen_by) == ("Химия и жизнь", ("teacher", "class"))
    assert (shared.reason.basis, shared.seen_by) == ("consent", ())
    assert "level" not in found


def test_a_profile_of_which_nothing_is_said_is_the_familys_and_one_alone_makes_a_page(
    tmp_path: Path,
) -> None:
    alone: Files = {PORTFOLIO: "profile: {title: Химия}\n"}
    found = of_level(tmp_path / "close", alone | in_grade(9), "basic")
    assert {*found} == {"family", "teacher", "staff"}

    alone = {PORTFOLIO: "profile: {title: Химия, visibility: school}\n"}
    found = of_level(tmp_path / "open", alone | in_grade(9), "basic")
    assert found["level"].profile == ShownProfile("Химия", (), (), found["level"].reason)


def test_in_grades_1_to_4_nobody_has_a_profile_yet(tmp_path: Path) -> None:
    assert editions(tmp_path, lessons())["family"].profile is None


@pytest.mark.covers("R-044")
def test_in_grades_5_to_9_a_profile_stands_beside_my_goals_and_possibilities() -> None:
    page = page_of(
        shown_entry("a", title="Олимпиада"),
        level="basic",
        profile=ShownProfile(
            "Химия и жизнь",
            (
                ShownResult(Text("Химия", "Химия"), ("a",)),
                ShownResult(Text("Биология", "Биология"), ()),
            ),
            ("class",),
            OWN,
        ),
        goals=(goal("Плавать"),),
        interests=(ShownInterests("2026-27", (), ("шахматы",), (), OWN),),
        selves=(ShownSelf("2026-27", "Объяснять", "", Text("", ""), "Могу", (), OWN),),
    )
    profile, goals = Reader(section(page, "profile")), Reader(section(page, "goals"))
    assert "Мой профиль Химия и жизнь Химия Олимпиада Биология Об этом пока нет" in profile.text
    assert profile.values("href") == ["#a"]
    assert goals.text.startswith("Мои цели и возможности")
    for words in ("Плавать", "Чем я увлекаюсь 2026/27 шахматы", "Объяснять Могу"):
        assert words in goals.text
    links = Reader(page.html).values("href")
    assert links.index("#profile") + 1 == links.index("#goals")
    assert section(page, "me") == ""
    assert section(page_of(shown_entry(), level="basic"), "profile") == ""


# ---- grades 10-11 ----

ROUTE = ("study", "project", "activity", "course", "practice", "training", "external")


@pytest.mark.covers("R-045")
def test_a_senior_has_a_route_in_order_of_time_with_a_link_to_every_step() -> None:
    where = (Fact("organisation", Text("Заречный университет", "")),)
    event = (Fact("event", Text("Горизонт", "")),)
    works = (
        shown_entry(
            "c",
            kind="course",
            title="Лекции",
            start=dt.date(2026, 9, 12),
            lasting=True,
            facts=where,
        ),
        shown_entry("p", kind="project", title="Озеро", start=dt.date(2025, 6, 1), facts=event),
        shown_entry("s", kind="sport", title="Кросс", start=dt.date(2025, 7, 1)),
        shown_entry("e", kind="external", title="Без даты", start=None),
    )
    page = page_of(*works, level="senior", chapters="kind")
    route = Reader(section(page, "route"))
    assert route.text == (
        "Мой маршрут 1 июня 2025 г. Озеро Горизонт "
        "с 12 сентября 2026 г. Лекции Заречный университет Без даты"
    )
    assert route.values("href") == ["#p", "#c", "#e"]
    assert "#route" in Reader(page.html).values("href")


@pytest.mark.covers("R-045")
@pytest.mark.parametrize("kind", ROUTE)
def test_a_route_leads_through_every_kind_of_learning_in_grades_10_and_11_only(kind: str) -> None:
    work = shown_entry("a", kind=kind)
    assert Reader(section(page_of(work, level="senior"), "route")).values("href") == ["#a"]
    assert section(page_of(work, level="basic"), "route") == ""


def test_a_senior_without_courses_and_practice_has_no_empty_route() -> None:
    page = page_of(shown_entry(kind="contest"), level="senior")
    assert not {"#route", "route"} & {*Reader(page.html).values("href")}
    assert section(page, "route") == ""


# ---- every level ----


@pytest.mark.covers("R-046")
def test_what_one_is_proud_of_comes_first_in_the_order_the_student_chose() -> None:
    names = ("a", "b", "c")
    page = page_of(*(shown_entry(name) for name in names), highlights=("c", "a"))
    assert Reader(section(page, "best")).values("href") == ["#c", "#a"]
    assert Reader(page.html).values("href")[0] == "#c"  # before any way through the page
    assert page.html.index('id="best"') < page.html.index('class="st-chapter"')


@pytest.mark.covers("R-031")
def test_who_decided_and_when_is_known_to_family_and_staff_only(tmp_path: Path) -> None:
    found = editions(
        tmp_path,
        entry("cat", visibility="school")
        | {CONSENT: dedent(BASE[CONSENT]) + "inclusions: [{entry: cat, by: both, on: 2026-11-08}]"},
    )

    def decided(tier: str) -> str:
        return found[tier].entries[0].decided.ru.replace("\N{NO-BREAK SPACE}", " ")

    said = "автор портфолио и родители вместе, 8 ноября 2026 г."
    assert {tier: decided(tier) for tier in found} == {
        "family": said,
        "teacher": said,
        "staff": said,
        "class": "",
        "level": "",
    }


@pytest.mark.covers("R-031")
def test_an_entry_taken_back_is_gone_from_class_and_level_at_the_next_build(
    tmp_path: Path,
) -> None:
    stays = entry("fox", visibility="school")

    def seen(folder: str, wish: str) -> dict[str, set[str]]:
        found = editions(tmp_path / folder, stays | entry("cat", visibility=wish))
        return {tier: {one.id for one in edition.entries} for tier, edition in found.items()}

    before, after = seen("before", "school"), seen("after", "family")
    assert before["class"] == before["level"] == {"cat", "fox"}
    assert after["class"] == after["level"] == {"fox"}
    assert after["family"] == {"cat", "fox"}


# ---- every page of the sample school ----

DECORATIVE = re.compile(r'<a class="st-(?:card|own|way)".*?</a>', re.DOTALL)
"""A picture on a card, or on a way to an exhibition, decorates the words of the same link."""


@pytest.fixture(scope="module")
def sample_pages() -> tuple[tuple[Edition | None, Page], ...]:
    """Every page of the sample school with the edition on it, every scan read as one leaf."""
    return tuple(_sample_pages())


def _sample_pages() -> Iterator[tuple[Edition | None, Page]]:
    school = load(HOME / "portfolios", SCHEMA).school
    assert school
    for level in LEVELS:
        made = decide(school, level, TODAY)
        found = {one.path: one for one in made.editions}
        scans = {s.digest for one in made.editions for e in one.entries for s in e.scans}
        leaves = {digest: (leaf(digest),) for digest in scans}
        yield from ((found.get(p.path), p) for p in compose(made, leaves, SHELLS, THEME))


_DRAWN = re.compile(r"<svg\b([^>]*)>(.*?)</svg>", re.DOTALL)
_TOLD = re.compile(r"\s*<title>([^<]+)</title><desc>([^<]+)</desc>")


@pytest.mark.covers("R-042")
def test_every_picture_is_told_in_words_to_those_who_do_not_see_it(
    sample_pages: tuple[tuple[Edition | None, Page], ...],
) -> None:
    pictures = charts = 0
    for _, page in sample_pages:
        for card in DECORATIVE.findall(page.html):
            assert Reader(card).text, page.path
        for tag, attrs in Reader(DECORATIVE.sub("", page.html)).tags:
            if tag == "img":
                assert (attrs.get("alt") or "").strip(), (page.path, attrs)
                pictures += 1
        # What we draw ourselves says nothing that does not stand beside it in words.
        beside = Reader(_DRAWN.sub("", page.html)).text
        for attributes, inside in _DRAWN.findall(page.html):
            if 'aria-hidden="true"' not in attributes:
                told = _TOLD.match(inside)
                assert told and 'role="img"' in attributes, page.path
                assert all(Reader(words).text in beside for words in told.groups()), page.path
                charts += 1
    assert pictures > 500
    assert charts


@pytest.mark.covers("R-042")
def test_an_entry_without_a_picture_is_shown_in_words(
    sample_pages: tuple[tuple[Edition | None, Page], ...],
) -> None:
    bare = 0
    for edition, page in sample_pages:
        for one in edition.entries if edition else ():
            if not one.scans:
                shown = re.search(
                    rf'<article [^>]*id="{one.id}".*?</article>', page.html, re.DOTALL
                )
                assert shown, (page.path, one.id)
                words = Reader(shown[0]).text
                assert len(words) > len(one.title) + 10, (page.path, one.id)
                bare += 1
    assert bare > 20


@pytest.mark.covers("R-042")
def test_a_cover_that_nobody_described_says_what_paper_it_is() -> None:
    one = shown_entry(scans=(scan(description=""),))
    page = page_of(one, leaves={"s1": (leaf("s1"),)}, cover="s1")
    assert Reader(page.html).values("alt") == ["рисунок", "рисунок"]
