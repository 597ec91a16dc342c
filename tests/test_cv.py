"""A senior student on a sheet to print: what was confirmed, and nothing meant for home (R-045)."""

import datetime as dt
from dataclasses import replace

import pytest

from generator.diagnostic import Text
from generator.model.edition import Edition
from generator.model.shown import (
    Confirmed,
    Fact,
    Level,
    ShownInterests,
    ShownMark,
    ShownProfile,
    ShownResult,
    Tier,
)
from generator.model.site import Page
from generator.pages import compose
from tests.test_pages import OWN, SHELLS, THEME, Reader, decision, edition, entry, review

SIGNED = Confirmed(by="Рябинин", on=dt.date(2026, 5, 2), basis="оригинал")


def fact(field: str, words: str) -> Fact:
    return Fact(field, Text(words, words))


def senior(**changes: object) -> Edition:
    """What a senior's family sees: a confirmed project and course, a drawing nobody looked at."""
    project = entry(
        "p", kind="project", kind_label=Text("Проекты и исследования", "Projects"),
        title="Письма", confirmed=SIGNED, state="confirmed",
        facts=(
            fact("form", "исследование"), fact("event", "Горизонт"), fact("hours", "12"),
            fact("result", "дипломант"),
        ),
        start=dt.date(2024, 10, 1), end=dt.date(2026, 4, 17),
    )  # fmt: skip
    course = entry("c", kind="course", title="Палеография", confirmed=SIGNED, state="confirmed")
    late = entry("d", title="Набросок", state="submitted")
    plain = edition(project, course, late, level="senior", grade=11, class_title="11 «А»")
    return replace(plain, **changes)  # type: ignore[arg-type]


def sheets(one: Edition) -> list[Page]:
    pages = compose(decision(one, level=one.level), {}, SHELLS, THEME)
    return [page for page in pages if page.path.endswith("/cv")]


@pytest.mark.covers("R-045")
def test_the_sheet_holds_what_was_confirmed_by_its_parts_and_in_words() -> None:
    one = senior(about="Изучаю письма.\n\nДальше длинно.")
    (sheet,) = sheets(one)
    assert sheet.path == f"{one.path}/cv"
    assert sheet.compartments == one.compartments
    assert sheet.pictures == ()
    text = Reader(sheet.html).text
    for words in (
        "Резюме · 11 «А» класс · Школа № 7 Анна Белова Печать / PDF К портфолио",
        "Изучаю письма.",
        "Образование Сейчас Школа № 7 11 «А» класс, 2026/27 учебный год 2026 Палеография",
        "Проекты и исследования 2024–2026 Письма Горизонт Исследование, дипломант; 12 часов",
    ):
        assert words in text, words
    assert "Набросок" not in text
    assert "Дальше длинно" not in text


@pytest.mark.covers("R-045")
@pytest.mark.parametrize(
    "one",
    [
        senior(level="basic"),
        senior(tier="public", compartments=("public",)),
        senior(entries=(entry("d", state="submitted"),)),
    ],
    ids=["another level", "everybody", "nothing confirmed"],
)
def test_there_is_no_sheet_for(one: Edition) -> None:
    assert sheets(one) == []
    pages = compose(decision(one, level=one.level), {}, SHELLS, THEME)
    assert "/cv" not in pages[0].html


@pytest.mark.covers("R-045")
@pytest.mark.parametrize("tier", ["family", "class", "level", "teacher", "staff"])
def test_every_reader_of_a_senior_portfolio_finds_the_sheet_of_the_same_edition(
    tier: Tier,
) -> None:
    one = senior(tier=tier, path=f"student/anna/{tier}")
    page = compose(decision(one, level="senior"), {}, SHELLS, THEME)[0]
    assert f"page:{one.path}/cv" in Reader(page.html).values("href")


@pytest.mark.covers("R-045", "R-052")
def test_marks_and_words_for_the_family_alone_are_not_on_the_sheet() -> None:
    private = review(text="Только для тебя", author="Мама")
    other_home = replace(private, text="Для обоих домов", seen_by=("family",))
    told = review(text="Точна и человечна", seen_by=("teacher", "class"))
    mark = ShownMark("Физика", "год", "2025-26", "пять с плюсом", OWN)
    (sheet,) = sheets(senior(reviews=(private, other_home, told), marks=(mark,)))
    text = Reader(sheet.html).text
    assert "Точна и человечна" in text
    for words in ("Только для тебя", "Для обоих домов", "пять с плюсом", "Физика"):
        assert words not in text


@pytest.mark.covers("R-045")
def test_a_long_way_stays_on_a_sheet_and_begins_with_what_the_student_chose() -> None:
    every = tuple(
        entry(f"e{n}", kind="contest", title=f"Конкурс {n}", state="confirmed", confirmed=SIGNED)
        for n in range(10)
    )
    (sheet,) = sheets(senior(entries=every, highlights=("e9",)))
    text = Reader(sheet.html).text
    assert [n for n in range(10) if f"Конкурс {n}" in text] == [0, 1, 2, 3, 4, 9]
    assert "Остальное — в портфолио." in text


def told(title: str, *facts: tuple[str, str]) -> str:
    """What stands on the sheet of one confirmed contest."""
    one = entry(
        "k", kind="contest", title=title, state="confirmed", confirmed=SIGNED,
        facts=tuple(fact(field, words) for field, words in facts),
    )  # fmt: skip
    text = Reader(sheets(senior(entries=(one,)))[0].html).text
    return text.partition(f"2026 {title} ")[2].partition(" Записи")[0]


@pytest.mark.covers("R-045")
def test_a_line_is_said_in_few_words_and_says_nothing_that_its_title_said() -> None:
    river = "Конкурс рисунка «Цвет реки»"
    assert told(
        river, ("form", "творческий конкурс"), ("subject", "Графика"),
        ("event", "Областной конкурс рисунка «Цвет реки»"), ("stage", "региональный"),
        ("result", "дипломант"),
    ) == "Графика, дипломант, региональный уровень"  # fmt: skip
    assert told(
        "Олимпиада по искусству", ("form", "олимпиада"), ("subject", "Искусство"),
        ("stage", "школьный"), ("round", "школьный этап"), ("result", "победитель"),
    ) == "Победитель, школьный этап"  # fmt: skip
    # Who took part is told of as who won: where it was, what was done, what came of it.
    assert told(
        "Павильон", ("form", "проект"), ("subject", "Архитектура"), ("event", "«Горизонт»"),
        ("stage", "региональный"), ("role", "автор проекта"), ("product", "План, макет"),
    ) == "«Горизонт» Проект (архитектура); автор проекта; план, макет"  # fmt: skip
    assert told("Забег", ("stage", "школьный")) == "Школьный уровень"


@pytest.mark.covers("R-045", "R-047")
def test_profile_stands_under_the_school_and_an_interest_is_named_once() -> None:
    years = (ShownInterests("2026-27", ("хор",), ("Хор", "графы"), (), OWN),)
    subjects = tuple(ShownResult(Text(name, name), ()) for name in ("Физика", "Химия"))
    profile = ShownProfile("Естественно-научный", subjects, (), OWN)
    (sheet,) = sheets(senior(interests=years, profile=profile))
    text = Reader(sheet.html).text
    assert "2026/27 учебный год Профиль: естественно-научный (физика, химия). 2026" in text
    assert "Интересы Хор, графы Записи" in text


@pytest.mark.parametrize("level", ["primary", "basic"])
def test_the_young_have_no_curriculum_vitae(level: Level) -> None:
    assert sheets(senior(level=level)) == []


def test_what_goes_on_stands_first_and_a_year_above_the_two_years_that_end_in_it() -> None:
    def project(name: str, start: dt.date, end: dt.date | None, **changes: object) -> object:
        return entry(
            name, kind="project", title=name, confirmed=SIGNED, state="confirmed",
            start=start, end=end, **changes,
        )  # fmt: skip

    long = project("Долгий", dt.date(2025, 9, 1), dt.date(2026, 5, 20))
    short = project("Короткий", dt.date(2026, 2, 1), dt.date(2026, 3, 1))
    still = project("Идёт", dt.date(2024, 9, 1), None, lasting=True)
    (sheet,) = sheets(senior(entries=(long, short, still)))
    assert (
        "С 2024 Идёт Рисунок 2026 Короткий Рисунок 2025–2026 Долгий Рисунок"
        in Reader(sheet.html).text
    )
