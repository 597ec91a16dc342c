"""What makes a portfolio a story: filters, panes, measures, the order of sections."""

import dataclasses
import datetime as dt
import inspect
import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from generator.diagnostic import Text
from generator.model.edition import Edition
from generator.model.shown import (
    Fact,
    ShownAnswer,
    ShownMeasure,
    ShownResult,
    ShownResults,
    ShownYear,
)
from generator.pages.catalogue import read_texts
from generator.pages.measures import Chart, draw
from generator.pages.words import bind, repeats
from tests.test_decide_shown import editions
from tests.test_decide_shown import entry as written
from tests.test_pages import THEME, Reader, entry, goal, page_of, review

DAY = dt.date(2025, 10, 8)
TEXTS = read_texts(THEME, "ru")


def said(words: str) -> Text:
    return Text(words, words)


def measured(*values: str, unit: str = "м") -> ShownMeasure:
    days = (DAY + dt.timedelta(days=30 * place) for place in range(12))
    return ShownMeasure("Плыву без остановки", unit, tuple(zip(days, values, strict=False)))


# ---- filters ----


def filters(*works: dict[str, object]) -> dict[str, list[str]]:
    made = (entry(f"e{place}", **changes) for place, changes in enumerate(works))
    html = page_of(*made).html
    found = re.findall(r'<select name="(\w+)".*?</select>', html, re.DOTALL)
    lists = re.findall(r"<select.*?</select>", html, re.DOTALL)
    return {
        name: re.findall(r"<option>(.*?)</option>", one)
        for name, one in zip(found, lists, strict=True)
    }


def test_one_filters_by_what_parts_the_works_and_by_nothing_else() -> None:
    town, school = (Fact("stage", said(words)) for words in ("школьный", "муниципальный"))
    sport = {"kind": "sport", "kind_label": said("Спорт")}
    assert filters(
        {"facts": (town, Fact("event", said("Лыжня")))},
        {"facts": (school,), "year": "2026-27"},
        {"year": "2026-27", "state": "confirmed"},
        sport,
        sport,
    ) == {
        "year": ["2026/27", "2025/26"],
        "kind": ["Творческие работы", "Спорт"],
        # By the alphabet: a level of events is no rank.
        "stage": ["муниципальный", "школьный"],
        "state": ["Подтверждено", "Пока без подтверждения"],
    }


def test_a_few_works_are_seen_at_once_and_bear_no_filters() -> None:
    assert filters({}, {"year": "2024-25"}, {"year": "2023-24"}, {"year": "2022-23"}) == {}


# ---- what works speak of ----


def test_panes_stand_in_their_order_and_lead_to_their_works() -> None:
    titles = ("Кот", "Лес", "Дом", "Пруд")
    works = tuple(entry(f"e{place}", title=title) for place, title in enumerate(titles))
    names = tuple(work.id for work in works)
    group = ShownResults(
        "personal",
        said("личностные"),
        (),
        (ShownResult(said("опыт"), (), "experience"), ShownResult(said("волонтёрство"), names)),
    )
    html = page_of(*works, results=(group,), tier="teacher").html
    panes = re.findall(r"<li data-shown.*?</li>", html, re.DOTALL)
    assert [Reader(pane).text for pane in panes] == [
        "Опыт пока не показано работами",
        "Волонтёрство Кот , Лес Ещё работы Дом , Пруд",
    ]
    assert Reader(panes[1]).values("href") == [f"#{name}" for name in names]


@pytest.mark.parametrize(
    ("tier", "told"),
    [("family", "Волонтёрство Кот Что ещё можно показать Опыт"), ("class", "Волонтёрство Кот")],
)
def test_a_family_reads_what_there_is_and_a_guest_nothing_of_what_is_not(
    tier: str, told: str
) -> None:
    filled = ShownResult(said("волонтёрство"), ("e0",))
    panes = (ShownResult(said("опыт"), (), "experience"), filled)
    group = ShownResults("personal", said("личностные"), (), panes)
    html = page_of(entry("e0", title="Кот"), results=(group,), tier=tier).html
    section = re.search(r'<section class="st-results".*?</section>', html, re.DOTALL)
    assert section
    head, _, under = section[0].partition("<details>")  # folded, and a link to it opens it
    assert Reader(head).text == "О чём говорят мои работы"
    summary, _, inside = under.partition("</summary>")
    assert Reader(summary).text == TEXTS["results-told"]
    assert 'id="results"' in inside
    assert Reader(inside).text == f"Личностные {told}"


@pytest.mark.parametrize(
    ("words", "prompt", "is_repeated"),
    [
        ("Ещё хочу… научиться плавать", "Еще хочу", True),
        ("Я умею: считать.", "«Я умею…»", True),
        ("Я умеючи", "Я умею", False),
        ("Плавать", "", False),
        (
            "Раньше не получалось нырять, а теперь я умею!",
            "Раньше не получалось…, а теперь я…",
            True,
        ),
        ("Раньше не получалось нырять.", "Раньше не получалось…, а теперь я…", True),
        ("Раньше получалось нырять.", "Раньше не получалось…, а теперь я…", False),
        ("Хочу", "Хочу научиться…", False),
    ],
)
def test_what_an_answer_begins_with_is_not_said_above_it(
    words: str, prompt: str, is_repeated: bool
) -> None:
    assert repeats(words, prompt) is is_repeated
    year = ShownYear("2025-26", (ShownAnswer(said(prompt), words),), "", (), entry().reason)
    html = page_of(entry(), years=(year,)).html
    assert (f"<h4>{bind(prompt)}</h4>" in html) is not is_repeated


# ---- the order of sections ----


@pytest.mark.covers("R-032")
def test_sections_stand_as_the_student_wants_and_the_others_as_usual() -> None:
    def order(**changes: Any) -> list[str]:
        page = page_of(entry(), goals=(goal(),), reviews=(review(),), **changes)
        wanted = ("year-2025-26", "goals", "reviews")
        return [name for name in Reader(page.html).values("id") if name in wanted]

    assert order() == ["year-2025-26", "goals", "reviews"]
    assert order(sections=("reviews", "me", "works")) == ["reviews", "year-2025-26", "goals"]


def test_one_can_walk_to_every_section_and_back() -> None:
    html = page_of(entry(), goals=(goal(),), sections=("goals",)).html
    walk = re.search(r'<nav class="st-walk".*?</nav>', html, re.DOTALL)
    assert walk
    assert Reader(walk[0]).values("href") == ["#year-2025-26", "#goals"]
    # The years stay in sight on a phone; what stands beside them is one row, which opens.
    years, beside = walk[0].split("<summary>Разделы</summary>")
    assert "#year-2025-26" in years and "#goals" in beside
    assert Reader(html).values("href")[-1] == "#cover"


# ---- competing with oneself ----


@pytest.mark.covers("R-038")
def test_what_is_drawn_has_no_place_for_a_second_student() -> None:
    hints = {field.name: field.type for field in dataclasses.fields(ShownMeasure)}
    assert hints == {"what": str, "unit": str, "taken": tuple[tuple[dt.date, str], ...]}
    assert list(inspect.signature(draw).parameters) == ["measure", "texts", "language"]
    assert {field.name for field in dataclasses.fields(Chart)} == {
        "title", "told", "line", "dots", "since", "until", "rows",
    }  # fmt: skip
    assert next(one for one in dataclasses.fields(Edition) if one.name == "student").type is str


@pytest.mark.covers("R-038")
def test_a_chart_says_the_same_in_a_picture_a_sentence_and_a_table() -> None:
    chart = draw(measured("5", "10.5", "9"), TEXTS, "ru")
    assert chart.told.replace("\xa0", " ") == (
        "Было 5 м (8 октября 2025 г.), теперь 9 м (7 декабря 2025 г.)."
    )
    assert [dot.words for dot in chart.dots] == ["5", "10,5", "9"]
    assert [value.replace("\xa0", " ") for _, value in chart.rows] == ["5 м", "10,5 м", "9 м"]
    heights = [float(dot.y) for dot in chart.dots]
    assert heights[1] < heights[2] < heights[0]
    assert [float(dot.x) for dot in chart.dots] == [24, 180, 336]
    html = page_of(entry(kind="sport", measures=(measured("5", "10.5", "9"),))).html
    drawn = re.search(r"<svg role=.*?</svg>", html, re.DOTALL)
    assert drawn
    picture = ElementTree.fromstring(drawn[0])
    assert [picture[0].tag, picture[1].tag] == ["title", "desc"]
    assert (picture[1].text or "") == chart.told
    table = re.search(r"<table>.*?</table>", html, re.DOTALL)
    assert table
    assert Reader(table[0]).text.startswith("День Сколько 8 октября 2025 г. 5 м")


def test_fewer_words_than_measurings_stand_where_there_is_no_room() -> None:
    chart = draw(measured(*(str(number) for number in range(12))), TEXTS, "ru")
    words = [dot.words for dot in chart.dots]
    assert words[0] == "0" and words[-1] == "11" and "" in words
    places = [float(dot.x) for dot in chart.dots if dot.words]
    assert all(after - before >= 40 for before, after in pairwise(places))


@pytest.mark.parametrize("values", [("7", "7"), ("7",)])
def test_what_stays_the_same_or_was_measured_once_is_told_too(values: tuple[str, ...]) -> None:
    chart = draw(measured(*values, unit=""), TEXTS, "ru")
    assert bool(chart.line) == (len(values) > 1)
    assert "7 (" in chart.told
    assert {dot.y for dot in chart.dots} <= {"93.0"}


@pytest.mark.covers("R-038", "R-080")
def test_measures_go_where_their_entry_goes_and_by_days(tmp_path: Path) -> None:
    swim = """\
        kind: sport
        title: Заплыв
        discipline: плавание
        date: 2026-04-29
        measures:
          - what: Плыву
            unit: м
            taken: [{on: 2026-04-29, value: 25}, {on: 2025-10-08, value: 5}]
        """
    found = editions(tmp_path, written("swim", swim, visibility="class") | written("other"))
    assert found["class"].entries[0].measures == (
        ShownMeasure("Плыву", "м", ((DAY, "5"), (dt.date(2026, 4, 29), "25"))),
    )
    assert "level" not in found
