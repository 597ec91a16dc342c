"""«Кто меня видит»: does the page say of every thing and every audience what the editions hold?"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from textwrap import dedent
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.decide import decide
from generator.decide.table import TABLE
from generator.diagnostic import Lang, Text
from generator.load import load
from generator.model.edition import Decision, Edition
from generator.model.policy import LADDER, Consent, Consents, GivenBy
from generator.model.school import LEVELS, School
from generator.model.seen import Seen, Sight, Standing
from generator.model.shown import Reason, Tier
from generator.model.student import Student
from generator.model.things import FRAME, SINGLE, things_of, tier_of
from generator.pages import compose
from generator.pages.catalogue import Texts, read_texts
from generator.pages.seen import PARTS, Cell, Row, tabulate
from generator.pages.words import bind
from generator.shell import build
from tests.world import BASE, SCHEMA, TODAY, world

ROOT = Path(__file__).parents[1]
TEXTS: dict[Lang, Texts] = {
    "ru": read_texts(ROOT / "theme", "ru"),
    "en": read_texts(ROOT / "theme", "en"),
}
ENTRIES = "students/belova-anna/entries"
CONSENT = "records/belova-anna/consent.yml"
PORTFOLIO = """\
    about: {motto: Рисую море, visibility: class}
    goals:
      - {id: more, year: 2026-27, statement: Нарисовать шторм, visibility: school}
      - {id: tiho, year: 2026-27, statement: Помириться с Лёшей}
    """
FILES: dict[str, str | bytes | None] = {
    "students/belova-anna/portfolio.yml": PORTFOLIO,
    f"{ENTRIES}/shtorm-x7k2/entry.yml": """\
        id: x7k2
        kind: creative
        title: Шторм
        form: drawing
        date: 2026-10-01
        original: папка 3
        visibility: school
        """,
    f"{ENTRIES}/tetrad-a1b2/entry.yml": """\
        {id: a1b2, kind: creative, title: Тетрадь, form: drawing, date: 2026-10-01, draft: true}
        """,
    CONSENT: dedent(BASE[CONSENT]) + "inclusions: [{entry: x7k2, by: both, on: 2026-10-02}]\n",
    "records/belova-anna/reviews.yml": """\
        reviews:
          - id: mama
            kind: testimonial
            author: Мама
            on: 2026-10-03
            text: Горжусь.
            private: true
        """,
    "records/belova-anna/results.yml": """\
        results:
          - {subject: Чтение, period: 1 четверть, year: 2026-27, mark: "5"}
        """,
}
# Fields that `_read` looks at whole.
ALONE = (
    "profile", "arranged", "moving_up", "package", "missing", "quiet_since", "coverage",
    "waiting", "state_register",
)  # fmt: skip
# Who sees what, written out by hand: own family, teacher, staff, class, level.
WRITTEN = """
Слова о себе                    да да да да -
Запись: Тетрадь                 да -  -  -  -
Запись: Шторм                   да да да да да
Цель: Нарисовать шторм          да да да да да
Цель: Помириться с Лёшей        да да да -  -
Отметки                         да да да -  -
Слова других: Отзыв родителей   да -  -  -  -
"""


class Table(HTMLParser):
    """The rows of a page's table: kind and title -> for every column whether it is seen."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.columns: list[str] = []
        self.rows: dict[str, list[bool]] = {}
        self._inside, self._words, self._is_row = "", "", False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "th":
            self._inside, self._words = tag, ""
            self._is_row = given.get("scope") == "row"
        elif tag == "td":
            self.rows[[*self.rows][-1]].append(given["data-sees"] == "yes")

    def handle_data(self, data: str) -> None:
        if self._inside == "th":
            self._words += f"{data}|"

    def handle_endtag(self, tag: str) -> None:
        if tag == "th":
            self._inside = ""
            if self._is_row:
                self.rows[self._words] = []
            else:
                self.columns.append(self._words.strip("|").replace("\xa0", " "))


@cache
def _sample(level: str) -> Decision:
    school = load(ROOT / "portfolios", SCHEMA).school
    assert school
    return decide(school, level, TODAY)  # type: ignore[arg-type]


def _read(edition: Edition) -> Iterator[tuple[str, str]]:
    """What a reader of an edition can point at, read off its fields and by no other rule."""
    yield from (("entries", one.id) for one in edition.entries)
    yield from (("goals", one.statement) for one in edition.goals)
    yield from (("years", one.year) for one in edition.years)
    yield from (("selves", f"{one.year} {one.about}") for one in edition.selves)
    yield from (("interests", one.year) for one in edition.interests)
    yield from (("reviews", one.text) for one in edition.reviews)
    yield from (("requests", f"{one.on} {one.to} {one.words}") for one in edition.requests)
    yield from (("marks", one.year) for one in edition.marks)
    for part in ALONE:
        if getattr(edition, part):
            yield part, ""
    if edition.motto or edition.about:
        yield "about", ""
    yield "name", edition.name


def _told(seen: Seen, editions: tuple[Edition, ...]) -> dict[tuple[str, str], set[str]]:
    """What the page says: thing -> compartments. Named as `_read` names things."""
    names: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    for edition in editions:
        for thing in things_of(edition):
            match = {named for named in _read(edition) if _is(named, thing.part, thing.shown)}
            names.setdefault(thing.name, set()).update(match)
    told: dict[tuple[str, str], set[str]] = {}
    for one in seen.things:
        for named in names[(one.part, *one.key)]:
            told.setdefault(named, set()).update(sight.compartment for sight in one.sights)
    return told


def _is(named: tuple[str, str], part: str, shown: object) -> bool:
    if named[0] != part:
        return False
    year, words = getattr(shown, "year", ""), getattr(shown, "words", "")
    calls = {
        "entries": getattr(shown, "id", ""),
        "goals": getattr(shown, "statement", ""),
        "years": year,
        "interests": year,
        "marks": year,
        "selves": f"{year} {getattr(shown, 'about', '')}",
        "reviews": getattr(shown, "text", ""),
        "requests": f"{getattr(shown, 'on', '')} {getattr(shown, 'to', '')} {words}",
        "name": shown,
    }
    return named[1] == calls.get(part, "")


def _mine(decision: Decision, student: str) -> tuple[Edition, ...]:
    return tuple(one for one in decision.editions if one.student == student)


def _held(editions: tuple[Edition, ...]) -> dict[tuple[str, str], set[str]]:
    held: dict[tuple[str, str], set[str]] = {}
    for edition in editions:
        for named in _read(edition):
            held.setdefault(named, set()).update(edition.compartments)
    return held


def _disagreements(decision: Decision) -> list[object]:
    """Where a page and the editions say different things, of any student."""
    found: list[object] = []
    for seen in decision.seen:
        mine = _mine(decision, next(e.student for e in decision.editions if e.path == seen.edition))
        held, told = _held(mine), _told(seen, mine)
        own = next(one for one in mine if one.path == seen.edition)
        if own.tier != "family":
            held = {named: held[named] for named in _read(own)}
        found += [
            (seen.path, named, held.get(named), told.get(named))
            for named in held.keys() | told.keys()
            if held.get(named) != told.get(named)
        ]
    return found


@pytest.mark.covers("R-143")
@pytest.mark.parametrize("level", LEVELS)
def test_the_page_and_the_editions_agree_on_every_thing_and_audience(level: str) -> None:
    decision = _sample(level)
    assert len(decision.seen) > 5
    assert _disagreements(decision) == []


@pytest.mark.parametrize("level", LEVELS)
def test_every_family_teacher_and_deputy_has_the_page_and_nobody_else(level: str) -> None:
    decision = _sample(level)
    told = {seen.edition: seen.compartments for seen in decision.seen}
    near = {e.path: e.compartments for e in decision.editions if e.tier in TABLE["behind"]}
    assert told == near
    families = [home for home in decision.homes if home.tier == "family"]
    for home in families:
        assert f"{home.editions[0]}/seen" in [path for _, path in home.homes]
    for holder in decision.holders:
        menu = [path for _, path in holder.menu]
        assert ([*filter(told.get, menu)] != []) == (holder.tier == "family")
        assert all(f"{path}/seen" in menu for path in menu if path in told)


def test_every_field_of_an_edition_is_told_or_left_out_for_a_reason() -> None:
    many = {part for part in PARTS if part not in SINGLE}
    told = {"name"} | {*SINGLE} | many
    assert {one.name for one in fields(Edition)} == told | FRAME.keys()
    assert not told & FRAME.keys()
    assert told - {"name"} == {*PARTS}
    assert {*SINGLE} == {"about", *ALONE}


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_thing_audience_and_consent_has_its_words(lang: Lang) -> None:
    texts = TEXTS[lang]
    wanted = {f"who-thing-{part.replace('_', '-')}" for part in PARTS}
    wanted |= {f"who-watch-{tier}" for tier in (*get_args(Tier), "own")}
    wanted |= {f"who-are-{tier}" for tier in get_args(Tier)}
    wanted |= {f"consent-{standing}" for standing in get_args(Standing)}
    wanted |= {f"consent-reach-{rung}" for rung in LADDER}
    assert wanted - texts.keys() == set()


@pytest.mark.parametrize("tier", get_args(Tier))
def test_a_compartment_tells_whose_it_is(tier: Tier) -> None:
    made = {
        "family": "child:belova-anna/family", "teacher": "teacher:orlova:2026-27",
        "staff": "staff:primary:2026-27", "class": "class:2026-27:4a/shared",
        "level": "level:primary:2026-27/shared", "commission": "commission:primary:2026-27",
        "public": "public",
    }  # fmt: skip
    edition = _sample("primary").editions[0]
    assert tier_of(edition, made[tier]) == tier


def _small(root: Path, files: dict[str, str | bytes | None] | None = None) -> School:
    staff = BASE["school/people.yml"] + (
        "  - {id: dir, name: Зуева Инна Львовна, roles: [head], levels: [primary],\n"
        "     orders: [{number: 1-о, date: 2026-09-01}]}\n"
    )
    found = load(world(root, {"school/people.yml": staff, **FILES, **(files or {})}), SCHEMA)
    assert found.diagnostics == ()
    assert found.school
    return found.school


def _rows(seen: Seen) -> dict[str, Row]:
    table = tabulate(seen, TEXTS["ru"], "ru")
    return {": ".join(filter(None, (row.kind, row.title))): row for row in table.rows}


@pytest.mark.covers("R-031")
def test_a_small_portfolio_is_told_as_it_was_written_out_by_hand(tmp_path: Path) -> None:
    seen = decide(_small(tmp_path), "primary", TODAY).seen[0]
    rows = {
        name.partition(",")[0]: row
        for name, row in _rows(seen).items()
        if not name.startswith(("Подсказки", "Что ждёт"))
    }
    written = [line.rsplit(maxsplit=5) for line in WRITTEN.strip().splitlines()]
    assert {name: [cell.sees for cell in row.cells] for name, row in rows.items()} == {
        name.strip(): [mark == "да" for mark in marks] for name, *marks in written
    }
    storm = rows["Запись: Шторм"]
    assert storm.decided.replace("\xa0", " ") == "2 октября 2026 г."
    assert tabulate(seen, TEXTS["ru"], "ru").deciders == "автор портфолио и родители вместе"
    assert storm.cells[0].notes == ()
    assert storm.cells[3] == Cell("класс 4 «А»", True, (), ("где лежит оригинал",))
    assert storm.without == ("Класс 4 «А», 1–4 классы — не видно: где лежит оригинал",)
    assert rows["Запись: Тетрадь"].alone
    assert rows["Запись: Тетрадь"].state == "черновик"
    assert (rows["Отметки"].kind, rows["Отметки"].alone) == ("Отметки, 2026/27", False)


def test_on_a_narrow_screen_things_stand_by_who_has_them_the_most_first(tmp_path: Path) -> None:
    table = tabulate(decide(_small(tmp_path), "primary", TODAY).seen[0], TEXTS["ru"], "ru")
    told = {one.label: [row.title or row.kind for row in one.rows] for one in table.shelves}
    assert [name for name in told if name.startswith(("До", "Только"))] == [
        "До 1–4 классов",
        "До класса",
        "Только сотрудники и семья",
        "Только семья",
    ], [*told]
    assert told["Только семья"][0] == "Тетрадь"
    assert sorted(row.kind for one in table.shelves for row in one.rows) == sorted(
        row.kind for row in table.rows
    )


def test_every_audience_is_told_by_what_right_and_until_when(tmp_path: Path) -> None:
    seen = decide(_small(tmp_path), "primary", TODAY).seen[0]
    columns = tabulate(seen, TEXTS["ru"], "ru").columns
    told = {one.label: [line.replace("\xa0", " ") for line in one.lines] for one in columns}
    until = "до 31 августа 2027 г."
    assert told["Моя семья"][-1] == f"{TEXTS['ru']['who-by-own']}, {until}".replace(
        "{paper}", "папка 4А, лист 1"
    )
    duty = "По должности, по положению о портфолио: приказ № 41-о от 31 августа 2026 г."
    assert told["Классный руководитель"] == ["Орлова Мария Ивановна", duty]
    assert told["Завуч и директор"] == ["Зуева Инна Львовна", duty]
    consent = f"По согласию от 1 сентября 2026 г. (папка 4А, лист 1), {until}"
    assert told["Класс 4 «А»"] == [TEXTS["ru"]["who-are-class"], consent]
    assert told["1–4 классы"] == [TEXTS["ru"]["who-are-level"], "Имя здесь: Анна Б.", consent]


def test_how_much_an_audience_sees_is_said_before_what(tmp_path: Path) -> None:
    family, teacher = decide(_small(tmp_path), "primary", TODAY).seen[:2]
    table = tabulate(family, TEXTS["ru"], "ru")
    ours = "подсказки тем, кто отвечает за портфолио; что ждёт решения учителя"
    but = "кроме: Тетрадь; отзыв родителей (Мама, 3 октября 2026 г.)"
    assert {one.label: (one.reach, one.besides.replace("\xa0", " ")) for one in table.columns} == {
        "Моя семья": ("всё", f"кроме служебного: {ours}"),
        "Классный руководитель": ("почти всё", but),
        "Завуч и директор": ("почти всё", but),
        "Класс 4 «А»": ("1 запись", "из них 1 не целиком; ещё: слова о себе, цель"),
        "1–4 классы": ("1 запись", "из них 1 не целиком; ещё: цель"),
    }
    assert not table.is_open
    # Nothing is taken for granted, of one's own family neither.
    own = family.watchers[0].compartment
    lost = next(one for one in family.things if one.part == "entries")
    others = tuple(one for one in lost.sights if one.compartment != own)
    less = replace(lost, sights=others)
    things = tuple(less if one is lost else one for one in family.things)
    assert (
        tabulate(replace(family, things=things), TEXTS["ru"], "ru").columns[0].reach == "почти всё"
    )
    # A teacher's page does not know of the draft and of what a parent keeps to itself.
    told = tabulate(teacher, TEXTS["ru"], "ru").columns
    assert [one.reach for one in told] == ["всё", "все записи", "все записи", *["все записи"] * 2]
    nothing = replace(family.watchers[-1], compartment="nobody", tier="public")
    shown = tabulate(replace(family, watchers=(*family.watchers, nothing)), TEXTS["ru"], "ru")
    assert (shown.columns[-1].reach, shown.is_open) == ("ничего", True)


def test_what_the_table_grants_by_mistake_stands_on_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page has no rule of its own: it tells what happens, not what should."""
    monkeypatch.setitem(TABLE, "draft", TABLE["draft"] | {"class"})
    decision = decide(_small(tmp_path), "primary", TODAY)
    draft = _rows(decision.seen[0])["Запись: Тетрадь"]
    assert [cell.label for cell in draft.cells if cell.sees] == ["моя семья", "класс 4 «А»"]
    assert not draft.alone
    assert _disagreements(decision) == []


CONSENTS = """\
    consents:
      - id: old
        purpose: processing
        audience: school
        given_by: {name: Белова Ольга Петровна, relation: mother}
        signed: 2025-09-01
        until: 2026-08-31
        document: папка 4А, лист 1
      - id: taken-back
        purpose: processing
        audience: school
        given_by: {name: Белова Ольга Петровна, relation: mother}
        signed: 2026-09-01
        until: 2027-08-31
        withdrawn: 2026-11-01
        document: папка 4А, лист 2
      - id: now
        purpose: processing
        audience: class
        given_by: {name: Белов Олег Юрьевич, relation: father}
        signed: 2026-11-01
        until: 2027-05-31
        document: папка 4А, лист 3
    """


@pytest.mark.covers("R-143")
def test_every_consent_stands_there_with_what_has_become_of_it(tmp_path: Path) -> None:
    school = _small(tmp_path, {"records/belova-anna/consent.yml": CONSENTS})
    seen = decide(school, "primary", TODAY).seen[0]
    agreements = tabulate(seen, TEXTS["ru"], "ru").agreements
    assert [one.standing.replace("\xa0", " ") for one in agreements] == [
        "Действует до 31 мая 2027 г.",
        "Отозвано 1 ноября 2026 г.",
        "Закончилось 31 августа 2026 г.",
    ]
    assert agreements[0].lines[0] == "Хранить портфолио и показывать его в школе, не шире класса"
    assert "level:primary:2026-27/shared" not in [one.compartment for one in seen.watchers]


def test_of_several_reasons_each_thing_bears_its_own() -> None:
    """A consent for one kind of things may end before that for another."""
    seen = next(one for one in _sample("primary").seen if len(one.watchers) == 5)
    level = seen.watchers[-1]
    shorter = Reason("consent", "лист 9", dt.date(2026, 12, 1))
    watcher = replace(level, reasons=(*level.reasons, shorter))
    sight = Sight(level.compartment, shorter, ())
    thing = replace(next(one for one in seen.things if one.part == "goals"), sights=(sight,))
    told = replace(seen, things=(thing,), watchers=(*seen.watchers[:-1], watcher))
    cell = tabulate(told, TEXTS["ru"], "ru").rows[0].cells[-1]
    assert [note.replace("\xa0", " ") for note in cell.notes] == ["до 1 декабря 2026 г."]


_day = st.dates(dt.date(2025, 9, 1), dt.date(2027, 9, 1))
_consent = st.builds(
    Consent,
    id=st.just("one"),
    purpose=st.sampled_from(["processing", "processing", "distribution"]),
    audience=st.sampled_from(LADDER),
    given_by=st.just(GivenBy(name="Белова Ольга Петровна", relation="mother")),
    signed=_day,
    until=_day,
    withdrawn=st.none() | _day,
    document=st.sampled_from(["лист 1", "лист 2"]),
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> School:
    """One student with a few things."""
    return _small(tmp_path_factory.mktemp("small"))


@settings(max_examples=30)
@given(pick=st.data())
def test_whatever_is_wished_and_consented_the_page_and_the_editions_agree(
    small: School, pick: st.DataObject
) -> None:
    student = small.students[0]
    wish = st.sampled_from(LADDER)
    entries = tuple(
        one.model_copy(update={"visibility": pick.draw(wish), "draft": pick.draw(st.booleans())})
        for one in student.entries
    )
    goals = tuple(
        one.model_copy(update={"visibility": pick.draw(wish)}) for one in student.portfolio.goals
    )
    always = student.consents.consents
    changed: Student = student.model_copy(
        update={
            "entries": entries,
            "portfolio": student.portfolio.model_copy(update={"goals": goals}),
            "consents": Consents(consents=(*always, *pick.draw(st.lists(_consent, max_size=3)))),
        }
    )
    decision = decide(small.model_copy(update={"students": (changed,)}), "primary", TODAY)
    assert decision.seen
    assert _disagreements(decision) == []


def test_the_page_itself_says_of_every_row_and_column_what_the_table_says(tmp_path: Path) -> None:
    decision = decide(_small(tmp_path), "primary", TODAY)
    pages = compose(decision, {}, build(ROOT, tmp_path / "work", "ru"), ROOT / "theme")
    for seen in decision.seen:
        html = next(page.html for page in pages if page.path == seen.path)
        read, table = Table(html), tabulate(seen, TEXTS["ru"], "ru")
        assert read.columns[1:] == [one.label for one in table.columns]
        assert [*read.rows.values()] == [[cell.sees for cell in row.cells] for row in table.rows]
        # Who decided is told to whoever holds a phone, too.
        narrow = html.partition('class="st-shelves"')[2]
        for row in (one for one in table.rows if one.decided):
            assert bind(row.decided) in narrow, row.title
        edition = next(page.html for page in pages if page.path == seen.edition)
        assert f'href="page:{seen.path}"' in edition


def test_staff_read_of_no_thing_that_is_the_familys_alone(tmp_path: Path) -> None:
    family, teacher = decide(_small(tmp_path), "primary", TODAY).seen[:2]
    assert (family.tier, teacher.tier) == ("family", "teacher")
    only = {one.title for one in family.things} - {one.title for one in teacher.things}
    assert {title.ru.partition(",")[0] for title in only} == {
        "Тетрадь",
        "отзыв родителей",
        "Анна Б.",
    }
    assert Text("Шторм", "Шторм") in {one.title for one in teacher.things}
