"""Whom a class and a level thank this year (R-115): for what, and in which order?"""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.decide import decide
from generator.diagnostic import Text
from generator.load import load
from generator.model.edition import Edition
from generator.model.shown import Fact, Honour
from generator.model.site import Page
from generator.pages import compose
from tests.reviewed import bind
from tests.test_exhibition import of_class
from tests.test_pages import SHELLS, THEME, Reader, decision, home
from tests.world import SCHEMA, TODAY, world

NAMES = ("won", "took", "aside", "waits", "before", "hidden")
SLOVO = Text("Живое слово", "The living word")
KROSS = Text("Золотая тропа", "The golden path")


def _entry(name: str, more: str) -> tuple[str, str]:
    return f"students/belova-anna/entries/{name}/entry.yml", f"id: {name}\ntitle: {name}\n{more}"


CONTEST = "kind: contest\nform: creative\n"
ENTRIES = dict((
    _entry("won", f"{CONTEST}event: slovo\nresult: winner\ndate: 2026-10-20\nvisibility: class\n"),
    _entry("took", f"{CONTEST}date: 2026-10-21\nvisibility: school\n"),
    # A work that is nobody's achievement hangs in the exhibition.
    _entry("aside", "kind: creative\nform: drawing\ndate: 2026-10-01\nvisibility: school\n"),
    _entry("waits", f"{CONTEST}date: 2026-10-22\nvisibility: school\n"),
    _entry("before", f"{CONTEST}date: 2026-05-20\nvisibility: school\n"),
    _entry("hidden", f"{CONTEST}date: 2026-10-23\nvisibility: family\n"),
))  # fmt: skip


def thanked(root: Path, **changes: str) -> dict[str, list[str]]:
    """What each audience is told, all but `waits` confirmed; `highlights` are Anna's."""
    words = "".join(
        f"  - {{entry: {name}, by: orlova, on: 2026-10-25, basis: грамота,"
        f" digest: DIGEST({name})}}\n"
        for name in NAMES
        if name != "waits"
    )
    files = ENTRIES | {
        "records/belova-anna/confirmations.yml": f"confirmations:\n{words}",
        "students/belova-anna/portfolio.yml": f"choices: {{highlights: [{changes['first']}]}}\n",
        "school/events.yml": "events: [{id: slovo, title: Живое слово, date: 2026-10-20, "
        "stage: school, form: creative}]\n",
    }
    school = load(bind(world(root, files)), SCHEMA).school
    assert school
    found = decide(school, "primary", TODAY).editions
    return {e.tier: [one.entry for one in e.honours] for e in found}


@pytest.mark.covers("R-115")
def test_a_school_thanks_for_what_is_confirmed_of_this_year_and_shown_to_these_readers(
    tmp_path: Path,
) -> None:
    assert thanked(tmp_path, first="won") == {
        "family": [], "teacher": [], "staff": [], "class": ["won", "took"], "level": ["took"],
    }  # fmt: skip


@pytest.mark.covers("R-115")
def test_what_somebody_chose_themselves_comes_first_and_not_what_went_best(tmp_path: Path) -> None:
    assert thanked(tmp_path, first="took")["class"] == ["took", "won"]


# ---- the pages ----


def _thanks(student: str, name: str, *done: tuple[str, Honour, str]) -> Edition:
    """What the class sees of somebody: titles, what they are thanked for, and how it went."""
    plain = of_class(student, name, *(one.entry for _, one, _ in done), exhibits=())
    entries = tuple(
        replace(
            entry, title=title, scans=(), facts=(Fact("result", Text(how, how)),) if how else ()
        )
        for entry, (title, _, how) in zip(plain.entries, done, strict=True)
    )
    return replace(plain, entries=entries, honours=tuple(one for _, one, _ in done))


def board(*editions: Edition, tier: str = "class") -> Page:
    path = "class/4a" if tier == "class" else "level/primary"
    listed = replace(home(*(one.path for one in editions)), path=path, tier=tier)  # type: ignore[arg-type]
    pages = compose(decision(*editions, homes=(listed,)), {}, SHELLS, THEME)
    first = next(page for page in pages if page.path == path)
    assert f"page:{path}/honour" in Reader(first.html).values("href")
    return next(page for page in pages if page.path == f"{path}/honour")


def _slovo(entry: str) -> Honour:
    return Honour(entry, SLOVO, TODAY)


ANNA = _thanks(
    "anna", "Анна Белова",
    ("Чтецы", _slovo("a1"), ""),
    ("Живое слово", _slovo("a2"), "победитель"),
    ("За помощь", Honour("a3", Text("Поощрения", "Rewards")), ""),
    ("Кросс", Honour("a4", KROSS, TODAY.replace(day=1)), "победитель"),
)  # fmt: skip
VERA = _thanks("vera", "Вера Иванова", ("Чтецы", _slovo("v1"), "участник"))


@pytest.mark.covers("R-115", "R-080")
def test_events_stand_by_their_days_and_people_by_the_alphabet_each_on_one_line() -> None:
    page = board(ANNA, VERA)

    assert page.compartments == ("class:2026-27:4a/shared",)
    text = " ".join(Reader(page.html).text.split()).replace("\xa0", " ")
    events, _, people = text.partition("По событиям")[2].rpartition("По алфавиту")
    assert events.partition("По алфавиту")[2].split("2026 г.") == [
        " Живое слово 22 ноября ",
        " Анна Белова Чтецы; Победитель Вера Иванова Участник · Чтецы Золотая тропа 1 ноября ",
        " Анна Белова Победитель · Кросс За помощь 28 октября ",
        " Анна Белова ",
    ]  # fmt: skip
    assert people.startswith(
        " Анна Белова Чтецы · Живое слово Вера Иванова Участник · Чтецы · Живое слово "
    )
    assert "page:student/anna/class#a1" in Reader(page.html).values("href")


@pytest.mark.covers("R-115", "R-080")
def test_nobody_stands_larger_or_twice_for_having_more() -> None:
    html = board(ANNA, VERA).html
    people = html[html.index('data-by="name"') :]
    rows = [people.count(f"page:student/{one}/class") for one in ("anna", "vera")]
    assert rows == [1, 1] and people.count("<span>") == 2


def test_on_a_level_the_first_letter_of_a_surname_leads_and_the_class_is_told() -> None:
    both = (replace(VERA, name="Вера Б."), replace(ANNA, name="Анна И.", class_title="3 «Б»"))
    guests = [replace(one, tier="level") for one in reversed(both)]
    text = Reader(board(*guests, tier="level").html).text.replace("\xa0", " ")
    people = text.rpartition("По алфавиту")[2]
    assert people.index("Вера Б. 4 «А»") < people.index("Анна И. 3 «Б»")


def test_a_class_that_is_thanked_for_nothing_yet_has_a_page_that_says_for_what_it_waits() -> None:
    page = board(of_class("anna", "Анна Белова"))
    text = Reader(page.html).text.replace("\xa0", " ")
    assert "Здесь появятся имена" in text and "Анна" not in text
    assert 'type="radio"' not in page.html


@pytest.mark.parametrize("tier", ["family", "teacher", "staff", "public"])
def test_nobody_elses_list_has_an_honour_page(tier: str) -> None:
    listed = replace(home(ANNA.path), tier=tier)  # type: ignore[arg-type]
    made = compose(decision(ANNA, homes=(listed,)), {}, SHELLS, THEME)
    assert not any(page.path.endswith("/honour") for page in made)
    assert not any("/honour" in href for page in made for href in Reader(page.html).values("href"))


@pytest.mark.covers("R-115", "R-080")
def test_the_way_there_tells_of_the_latest_events_and_of_nobody() -> None:
    listed = home(ANNA.path, VERA.path)
    pages = compose(decision(ANNA, VERA, homes=(listed,)), {}, SHELLS, THEME)
    first = next(page.html for page in pages if page.path == listed.path)
    way = first.partition("/honour")[2].partition("</a>")[0]
    told = Reader(f"<p {way}").text.replace("\xa0", " ")
    assert told.strip().endswith("Страница почёта Живое слово Золотая тропа")


@pytest.mark.covers("R-115")
@pytest.mark.parametrize(
    ("title", "kind", "how", "line"),
    [
        ("Хакатон «Мост»", "contest", "победитель", "Победитель"),
        ("Школьный конкурс «Мост»", "contest", "победитель", "Победитель"),
        ("Чертёж к «Мосту»", "contest", "победитель", "Победитель · Чертёж к «Мосту»"),
        ("Афиша «Мост»", "contest", "победитель", "Победитель · Афиша «Мост»"),
        ("Эссе «Право на паузу»", "contest", "", "Участие · Эссе «Право на паузу»"),
        ("Хакатон «Мост»", "olympiad", "", "Участие"),
        ("Хакатон «Мост»", "activity", "", ""),
    ],
)  # fmt: skip
def test_a_line_says_how_it_went_and_repeats_no_name_of_its_event(
    title: str, kind: str, how: str, line: str
) -> None:
    bridge = Text("Школьный хакатон «Мост»", "")
    one = _thanks("anna", "Анна Белова", (title, Honour("a1", bridge, TODAY), how))
    label = Text("Конкурс", "Contest")
    entries = tuple(replace(it, kind=kind, kind_label=label) for it in one.entries)
    text = Reader(board(replace(one, entries=entries)).html).text.replace("\xa0", " ")
    told = text.partition("22 ноября 2026 г.")[2].partition("По алфавиту")[0]
    assert " ".join(told.split()) == f"Анна Белова {line}".strip()
