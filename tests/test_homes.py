"""First pages: what those on duty look at, what a family could do next, what a level lives by."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from generator.decide import decide
from generator.decide.coverage import CHECKLISTS
from generator.diagnostic import Text
from generator.model.edition import Edition, Led, Session
from generator.model.school import LEVELS
from generator.model.shown import (
    Coverage,
    Ending,
    Exhibit,
    Fact,
    Level,
    ShownPackage,
    ShownProfile,
    Signed,
    Waiting,
    What,
)
from generator.pages import compose, read_templates
from generator.pages.duty import CHECKLIST, look_round
from tests.test_decide_shown import CONSENT, Files, editions, entry, read, switches
from tests.test_pages import (
    OWN,
    SHELLS,
    THEME,
    Reader,
    about,
    decision,
    edition,
    home,
)
from tests.test_pages import entry as shown
from tests.world import BASE, TODAY

A, B = Led("4a", Text("4 «А»", "4 A"), "class/4a", "Орлова", "2026-27"), Led(
    "4b", Text("4 «Б»", "4 B"), "class/4b", "", "2026-27"
)  # fmt: skip


# ---- decide: what is not there yet ----


def second(**changes: str) -> str:
    """One more consent, to stand after the first."""
    text = dedent(BASE[CONSENT]).partition("consents:\n")[2].replace("id: first", "id: second")
    for key, value in changes.items():
        text = re.sub(rf"{key}: .*", f"{key}: {value}", text)
    return text


def covers(files: Files, root: Path) -> dict[str, Coverage | None]:
    return {tier: one.coverage for tier, one in editions(root, files).items()}


@pytest.mark.covers("R-058", "R-011")
def test_those_on_duty_and_nobody_else_learn_what_is_not_there_yet(tmp_path: Path) -> None:
    drawing = "kind: creative\nform: drawing\ntitle: Кот\ndate: 2026-10-01\ntags: [independence]\n"
    found = covers(entry("cat", drawing, visibility="school"), tmp_path)
    assert {tier for tier, one in found.items() if one} == {"teacher", "staff"}
    told = found["teacher"]
    assert told
    assert told.missing == ("about", "work", "why", "goal", "activity", "year")
    words = [one.ru for one in told.results]
    assert "самостоятельность" not in words
    assert words[:2] == ["опыт", "толерантность"]
    assert (told.quiet_since, told.ending) == (None, None)


@pytest.mark.covers("R-039")
def test_a_long_silence_is_told_after_the_months_the_school_has_chosen(tmp_path: Path) -> None:
    drawing = "kind: creative\nform: drawing\ntitle: Кот\ndate: 2026-09-20\n"
    for months, day in ((2, dt.date(2026, 9, 20)), (3, None)):
        files = entry("cat", drawing) | switches(f"remind_after_months: {months}")
        told = covers(files, tmp_path / str(months))["teacher"]
        assert told and told.quiet_since == day


@pytest.mark.covers("R-058", "R-142")
@pytest.mark.parametrize(
    ("until", "ending"),
    [
        ("2027-01-21", Ending(dt.date(2027, 1, 21), "all")),
        ("2027-01-22", None),
    ],
)
def test_a_consent_is_told_to_end_two_months_before(
    until: str, ending: Ending | None, tmp_path: Path
) -> None:
    files: Files = {CONSENT: BASE[CONSENT].replace("2027-08-31", until)}
    told = covers(files | entry("cat", visibility="school"), tmp_path)["teacher"]
    assert told and told.ending == ending


@pytest.mark.covers("R-058")
def test_a_consent_that_is_renewed_does_not_end(tmp_path: Path) -> None:
    first = dedent(BASE[CONSENT]).replace("2027-08-31", "2026-12-01")
    files: Files = {CONSENT: first + second()}
    told = covers(files | entry("cat"), tmp_path)["teacher"]
    assert told and told.ending is None


@pytest.mark.covers("R-058")
def test_when_only_a_wider_consent_ends_it_is_said_what_closes(tmp_path: Path) -> None:
    wide = dedent(BASE[CONSENT]).replace("2027-08-31", "2026-12-01")
    files: Files = {CONSENT: wide + second(audience="family")}
    told = covers(files | entry("cat"), tmp_path)["teacher"]
    assert told and told.ending == Ending(dt.date(2026, 12, 1), "others")


def test_the_order_of_the_first_page_knows_every_line_of_every_checklist() -> None:
    for level in LEVELS:
        listed = [name for name in CHECKLIST if name in CHECKLISTS[level]]
        assert {*listed} == {*CHECKLISTS[level]}


@pytest.mark.covers("R-058")
def test_the_deputy_head_finds_every_class_with_its_teacher_even_an_empty_one(
    tmp_path: Path,
) -> None:
    file = "school/classes/2026-27.yml"
    empty = "  - {id: 4b, title: 4 «Б», grade: 4, teacher: orlova, students: []}\n"
    classes = "\n".join(line[8:] for line in BASE[file].splitlines()) + f"\n{empty}"
    made = decide(read(tmp_path, entry("cat") | {file: classes}), "primary", TODAY)
    desk = next(one for one in made.homes if one.tier == "staff")
    assert [(led.id, led.path, led.teacher) for led in desk.led] == [
        ("4a", "class/2026-27/4a", "Орлова Мария Ивановна"),
        ("4b", "class/2026-27/4b", "Орлова Мария Ивановна"),
    ]
    assert [one.led for one in made.homes if one.tier in ("class", "level", "family")] == [()] * 4


# ---- pages: words and names ----


def covered(name: str, tier: str = "teacher", **changes: object) -> Edition:
    plain = Coverage((), (), None, None, OWN)
    one = replace(plain, **changes)  # type: ignore[arg-type]
    return edition(path=f"student/{name}/{tier}", student=name, name=name, coverage=one)


def desk(*shown_of: Edition, tier: str = "teacher", led: tuple[Led, ...] = (A,)) -> str:
    """The first page of somebody on duty."""
    listed = home(*(e.path for e in shown_of), tier=tier, path=f"{tier}/orlova", led=led)
    pages = compose(decision(*shown_of, homes=(listed,)), {}, SHELLS, THEME)
    return next(page.html for page in pages if page.path == f"{tier}/orlova")


@pytest.mark.covers("R-058", "R-080")
def test_a_teacher_reads_who_has_what_not_yet_in_words_and_names_and_no_number() -> None:
    html = desk(
        covered("Аня", missing=("goal",), results=(Text("опыт", "experience"),)),
        covered("Боря", missing=("about", "goal"), quiet_since=dt.date(2026, 3, 1)),
        covered("Вера", ending=Ending(dt.date(2026, 12, 31), "all")),
    )
    text = Reader(html).text
    for words in (
        "Скоро кончится согласие: Вера до 31 декабря 2026 г., потом портфолио закроется для всех",
        "Давно не было нового Боря последнее — 1 марта 2026 г.",
        "Предложение о себе — для обложки. Боря",
        "Цель на этот учебный год. Аня , Боря",
        "опыт Аня",
    ):
        assert words in text, words
    assert text.index("Предложение о себе") < text.index("Цель на этот")
    # A consent that ends waits with the works, before whom one might remember.
    assert text.index("Что ждёт вас") < text.index("Скоро кончится") < text.index("О ком вспомнить")


@pytest.mark.covers("R-058")
def test_what_the_same_students_have_not_yet_is_one_row() -> None:
    lacks = (Text("опыт", ""), Text("гуманность", ""))
    html = desk(
        covered("Аня", results=lacks, missing=("about", "goal")),
        covered("Боря", results=(*lacks, Text("толерантность", ""))),
    )
    text = Reader(html).text
    assert "гуманность, опыт Аня , Боря" in text
    assert "толерантность Боря" in text
    assert "Предложение о себе — для обложки. Цель на этот учебный год. Аня" in text


@pytest.mark.covers("R-058")
def test_a_teacher_is_not_told_to_wait_for_what_the_family_has_to_answer() -> None:
    def waits(name: str, what: What) -> Waiting:
        return Waiting(what, name, dt.date(2026, 10, 5), False)

    whole = (waits("a", "returned"), waits("b", "disputed"), waits("c", "submitted"))
    entries = tuple(shown(name, title=f"Кот {name}") for name in "abc")
    one = edition(*entries, path="student/anna/teacher", waiting=whole)
    text = Reader(desk(one)).text
    assert "Новое: посмотреть и подтвердить 1 с 5 октября 2026 г." in text
    # Nothing is unfolded; before how much waits of what, and not what others owe.
    at_once = text.partition("Дольше всего ждут")[2].partition("Новое:")[0]
    assert [f"Кот {name}" in at_once for name in "abc"] == [False, True, True]
    assert text.index("Новое:") < text.index("Есть сомнения") < text.index("Возвращено семье")
    answer = replace(one, waiting=whole[:1])
    assert "Что ждёт вас Возвращено семье, ответа пока нет 1" in Reader(desk(answer)).text


@pytest.mark.covers("R-058")
def test_where_nothing_is_missing_a_teacher_reads_nothing_about_it() -> None:
    text = Reader(desk(edition())).text
    assert "О ком вспомнить" not in text
    assert "Сейчас ничего не ждёт вашего решения" in text


@pytest.mark.covers("R-058")
def test_the_deputy_head_finds_what_waits_longest_and_then_class_by_class() -> None:
    def waits(name: str, class_id: str, day: int) -> Edition:
        waiting = (Waiting("submitted", "cat", dt.date(2026, 10, day), True),)
        return edition(
            shown("cat", title=f"Кот {name}"), path=f"student/{name}/staff", student=name,
            name=name, class_id=class_id, class_title=f"4 «{name[0]}»", waiting=waiting,
        )  # fmt: skip

    html = desk(waits("Аня", "4a", 9), waits("Боря", "4b", 3), tier="staff", led=(A, B))
    text = Reader(html).text
    rows = re.findall("<li>(.*?)</li>", html.partition("st-longest")[2].partition("</ul>")[0])
    assert [Reader(row).text for row in rows] == [
        "Боря, 4 «Б» · Кот Боря · с 3 октября 2026 г.",
        "Аня, 4 «А» · Кот Аня · с 9 октября 2026 г.",
    ]
    rooms = text.partition("4 «А» Орлова")[2]
    assert rooms.index("Кот Аня") < rooms.index("4 «Б»") < rooms.index("Кот Боря")
    for command in (
        "stupeni summary 4a --since 2026-09-01 --until 2027-08-31",
        "stupeni consent-form 4b",
        "stupeni cards",
    ):
        assert command in text
    # Names are enough: a level has three hundred faces.
    assert "st-roster" not in html


@pytest.mark.parametrize(
    ("tier", "heading"), [("teacher", "4 «А», 4 «Б»"), ("staff", "Вся ступень")]
)
def test_those_on_duty_read_above_all_what_the_page_is_of(tier: str, heading: str) -> None:
    html = desk(tier=tier, led=(A, B))
    over, _, below = html.partition("<h1>")
    assert Reader(below.partition("</h1>")[0]).text == heading
    assert over.endswith('<p class="st-over">4\xa0«А»</p>')  # what the page itself is called


def test_a_commission_reads_on_a_tile_what_was_put_forward() -> None:
    package = edition(
        *(shown(name, title=f"Кот {name}") for name in "abcd"),
        path="student/anna/commission", tier="commission", waiting=(),
        package=ShownPackage(
            tuple("abcd"), 5, "2026-27", Signed("Орлова", dt.date(2026, 11, 1)),
            Text("", ""), None, OWN,
        ),
    )  # fmt: skip
    session = Session("приказ № 7", "2026-27", dt.date(2027, 6, 25))
    listed = home(package.path, tier="commission", path="commission/x", session=session)
    pages = compose(decision(package, homes=(listed,)), {}, SHELLS, THEME)
    text = Reader(next(page.html for page in pages if page.path == "commission/x")).text
    assert "Кот a Кот b Кот c Открыть пакет" in text
    assert "Кот d" not in text
    assert "2026/27 · приказ № 7 · открыто до 25 июня 2027 г." in " ".join(text.split())


def test_a_class_without_portfolios_says_why() -> None:
    text = Reader(desk(tier="staff", led=(B,))).text
    assert "ни на одно портфолио нет действующего согласия" in text


@pytest.mark.parametrize("tier", ["class", "level", "family", "public"])
def test_nobody_off_duty_reads_what_is_missing_even_if_it_were_there(tier: str) -> None:
    one = covered("Аня", missing=("goal",))
    listed = home(one.path, tier=tier, led=(A,))
    assert look_round(listed, {one.path: one}, read_templates(THEME, "ru").texts, "ru") is None
    html = desk(one, tier=tier)
    assert "Цель на этот учебный год" not in Reader(html).text


# ---- a family's next step ----


def first_page(one: Edition) -> str:
    return first_reader(one).text


def first_reader(one: Edition) -> Reader:
    listed = home(one.path, path="family/anna", tier="family")
    pages = compose(decision(one, homes=(listed,), level=one.level), {}, SHELLS, THEME)
    return Reader(next(page.html for page in pages if page.path == "family/anna"))


@pytest.mark.covers("R-041")
def test_a_family_reads_one_or_two_calm_sentences_about_what_next() -> None:
    text = first_page(edition(missing=("why", "goal", "year")))
    assert "Что дальше Выберите любую работу" in text
    assert "Запишите одну цель" in text
    assert "Вспомните прошедший год" not in text
    assert "Что дальше" not in first_page(edition())


def test_the_card_of_a_portfolio_wears_the_colours_of_the_child() -> None:
    assert "berry" in first_reader(edition(palette="berry")).values("data-palette")
    assert "berry" not in first_reader(edition()).values("data-palette")


@pytest.mark.covers("R-039")
def test_a_family_that_was_quiet_for_long_is_asked_kindly() -> None:
    text = first_page(edition(quiet_since=dt.date(2026, 3, 1)))
    assert "Последняя запись — 1 марта 2026 г. Может быть" in text


def doors(*others: Edition) -> str:
    """What a family of Anna's reads, of whom there are these editions for others."""
    mine = edition(student="anna")
    behind = ((Text("4 «А»", ""), "class/2026-27/4a"), (Text("Школа", ""), "level/primary"))
    seen = (Text("Кто меня видит", ""), f"{mine.path}/seen")
    listed = home(mine.path, path="family/anna", tier="family", homes=(seen, *behind))
    pages = compose(decision(mine, *others, homes=(listed,)), {}, SHELLS, THEME)
    return Reader(next(page.html for page in pages if page.path == "family/anna")).text


def hangs(student: str, *titles: str, **changes: object) -> Edition:
    """What a class sees of a student: works of these titles, the newest first."""
    days = (dt.date(2026, 10, 9), dt.date(2026, 10, 5), dt.date(2026, 9, 1))
    works = tuple(
        replace(shown(f"w{n}", title=title), start=day)
        for (n, title), day in zip(enumerate(titles), days, strict=False)
    )
    exhibits = tuple(Exhibit(one.id, "pictures", Text("Рисунок", ""), ()) for one in works)
    plain = edition(
        *works, path=f"student/{student}/class", tier="class", student=student, class_id="4a",
        compartments=("class:2026-27:4a/shared",), exhibits=exhibits,
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.covers("R-116")
def test_a_family_reads_on_a_door_what_of_its_own_hangs_behind_it_and_of_nobody_elses() -> None:
    text = doors(hangs("anna", "Кот", "Дом", "Лес"), hangs("gleb", "Чужая ракета"))
    assert "На выставке: Кот" in text  # the newest alone: the rest is behind the door
    assert "Дом" not in text and "Лес" not in text and "ракета" not in text
    assert "Сейчас видят: класс 4 «А» 4 «А»" in text  # and nobody of the level
    # On the wall of a level there is nothing of hers.
    assert text.count("На выставке") == 1
    bare = doors(hangs("gleb", "Чужая ракета"))
    assert "На выставке" not in bare and "Сейчас видят" not in bare


def test_who_sees_the_same_reads_one_edition_and_stands_on_the_door_all_the_same() -> None:
    both = ("class:2026-27:4a/shared", "level:primary:2026-27/shared")
    text = doors(hangs("anna", "Кот", compartments=both))
    assert "Сейчас видят: класс 4 «А», 1–4 классы 4 «А»" in text  # as «Кто меня видит» calls them
    assert text.count("На выставке: Кот") == 1
    other = doors(hangs("anna", "Кот", "Дом", compartments=both))
    assert "На выставке: Кот" in other and "На выставке: Дом" in other  # no work on two doors
    duty = edition(student="anna", path="student/anna/teacher", tier="teacher",
                   compartments=("teacher:orlova:2026-27", "staff:primary:2026-27"))  # fmt: skip
    assert "Сейчас видят: классный руководитель, завуч и директор 4 «А»" in doors(duty)


def test_a_family_of_a_senior_student_finds_the_sheet_to_print_on_its_first_page() -> None:
    won = shown("won", kind="contest", state="confirmed")
    senior = edition(won, level="senior")
    assert f"page:{senior.path}/cv" in first_reader(senior).values("href")
    assert not any(one.endswith("/cv") for one in first_reader(edition(won)).values("href"))


# ---- what a level lives by ----


def level_page(level: Level, *entries: object, **changes: object) -> str:
    one = edition(
        *entries,  # type: ignore[arg-type]
        path="student/anna/level", tier="level", level=level, name="Анна Б.", **changes,
    )  # fmt: skip
    listed = home(one.path, path=f"level/{level}", tier="level", level=level)
    made = replace(decision(one, homes=(listed,), level=level), about=about())
    pages = compose(made, {}, SHELLS, THEME)
    return Reader(next(page.html for page in pages if page.path == f"level/{level}")).text


def at(kind: str, title: str) -> object:
    where = Fact("organisation", Text("Заречный университет", ""))
    return shown(kind, kind=kind, title=title, facts=(where,))


@pytest.mark.covers("R-044")
def test_grades_5_to_9_read_profiles_and_activities() -> None:
    profile = ShownProfile("Химия и жизнь", (), (), OWN)
    text = level_page("basic", at("activity", "Хор"), at("project", "Мост"), profile=profile)
    assert "Кто куда смотрит Химия и жизнь Анна Б." in text
    assert "Занятия и дела Хор Заречный университет Анна Б." in text
    assert "Мост" not in text


@pytest.mark.covers("R-045")
def test_grades_10_and_11_read_research_practice_and_courses() -> None:
    text = level_page("senior", at("project", "Мост"), at("practice", "Верфь"), at("sport", "Бег"))
    assert "Исследования и проекты Мост Заречный университет Анна Б." in text
    assert "Практика и курсы Верфь Заречный университет Анна Б." in text
    assert "Бег" not in text


def test_what_several_go_to_is_one_row() -> None:
    each = [
        edition(
            at("activity", "Хор"), path=f"student/{name}/level", tier="level", level="basic",  # type: ignore[arg-type]
            student=name, name=name,
        )
        for name in ("Аня", "Боря")
    ]  # fmt: skip
    listed = home(*(e.path for e in each), path="level/basic", tier="level", level="basic")
    pages = compose(decision(*each, homes=(listed,), level="basic"), {}, SHELLS, THEME)
    text = Reader(pages[-2].html).text
    assert "Хор Заречный университет Аня , Боря" in text


# ---- what a class is busy with ----


def class_page(*each: Edition, level: Level = "senior") -> str:
    listed = home(*(e.path for e in each), path="class/11a", tier="class", level=level)
    pages = compose(decision(*each, homes=(listed,), level=level), {}, SHELLS, THEME)
    return next(page.html for page in pages if page.path == "class/11a")


def busy(name: str, *entries: object, level: Level = "senior", **changes: object) -> Edition:
    return edition(
        *entries,  # type: ignore[arg-type]
        path=f"student/{name}/class", tier="class", level=level, student=name, name=name, **changes,
    )  # fmt: skip


def of_kind(kind: str, title: str, **changes: object) -> object:
    return replace(at(kind, title), id=title, **changes)  # type: ignore[type-var]


@pytest.mark.covers("R-045")
def test_in_a_class_everybodys_paths_stand_together_and_something_of_each_kind_first() -> None:
    works = [of_kind("project", f"Мост {n}") for n in range(3)]
    year = {"start": dt.date(2025, 9, 1), "end": dt.date(2026, 5, 1), "lasting": False}
    practice = of_kind("practice", "Верфь", **year)
    profile = ShownProfile("Корабли", (), (), OWN)
    html = class_page(busy("Аня", *works, practice, profile=profile), busy("Боря"))
    section = html.partition('class="st-busy"')[2].partition("</section>")[0]
    first, _, fold = section.partition("<details>")
    text = Reader(first).text
    assert "Путь, исследования, практика Аня Корабли" in text
    assert text.index("Корабли") < text.index("Мост 0") < text.index("Верфь")
    assert "Заречный университет · 2025–2026" in text
    assert "Мост 1" not in text
    # A fold is no loss: it opens by a key, and whose it is, is said.
    told = Reader(f"<details>{fold}").text
    assert "Ещё : Аня" in told and "Мост 1" in told and "Мост 2" in told
    assert "Боря" not in section
    assert "page:student/Аня/class#Верфь" in Reader(html).values("href")


@pytest.mark.covers("R-044", "R-080")
def test_nobody_has_more_rows_in_sight_than_others_and_no_number_stands_there() -> None:
    much = busy("Аня", *(of_kind("sport", f"Бег {n}") for n in "абвгдежз"), level="basic")
    few = busy("Боря", of_kind("activity", "Хор"), level="basic")
    html = class_page(much, few, level="basic")
    section = html.partition('class="st-busy"')[2].partition("</section>")[0]
    shown_at_once = section.partition("<details>")[0]
    assert [f"Бег {n}" in shown_at_once for n in "абвг"] == [True, True, True, False]
    assert [f"Бег {n}" in Reader(section).text for n in "гдежз"] == [True, True, True, False, False]
    assert not re.search(r"\d", Reader(section).text.replace("2026", ""))
