"""A whole school's words on pages: new sections, links to meanings, the page «О портфолио»."""

import dataclasses
import datetime as dt
import re

import pytest

from generator.decide import TABLE, decide
from generator.diagnostic import Text
from generator.model.about import Announced, Basis, Duty, Version
from generator.model.edition import Decision, Led
from generator.model.shown import (
    NOTHING,
    Confirmed,
    Fact,
    ShownAnswer,
    ShownEntry,
    ShownInterests,
    ShownRequest,
    ShownResult,
    ShownResults,
    ShownSelf,
    ShownYear,
    Signed,
    Waiting,
)
from generator.model.site import Page
from generator.pages import compose, compose_locked
from generator.pages.album import KINDS
from generator.pages.catalogue import read_texts
from tests.filled import filled_school
from tests.test_pages import (
    HOSTILE,
    OWN,
    SHELLS,
    THEME,
    Reader,
    about,
    decision,
    edition,
    entry,
    goal,
    home,
    leaf,
    page_of,
    review,
    scan,
)
from tests.world import TODAY

DAY = dt.date(2026, 10, 5)


def said(words: str) -> Text:
    return Text(words, words)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Decision, tuple[Page, ...]]:
    """A school with everything there is, shown to the school; its pages."""
    school, _ = filled_school(tmp_path_factory.mktemp("whole"), "school")
    made = decide(school, "primary", TODAY)
    return made, compose(made, {}, SHELLS, THEME)


# ---- the whole ----


@pytest.mark.covers("R-001")
def test_every_label_leads_to_its_meaning_for_those_who_may_open_that_page(
    whole: tuple[Decision, tuple[Page, ...]],
) -> None:
    made, pages = whole
    by_path = {page.path: Reader(page.html) for page in pages}
    anchors = set(by_path["about/primary"].values("id"))
    tiers = {one.path: one.tier for one in made.editions}
    for path, tier in tiers.items():
        links = [v for v in by_path[path].values("href") if v.startswith("page:")]
        seen = [f"page:{path}/seen"] if f"{path}/seen" in by_path else []
        links = [link for link in links if link not in seen]
        assert {link.partition("#")[0] for link in links} <= {"page:about/primary"}
        assert {link.partition("#")[2] for link in links} <= anchors
        found = {link.partition("#")[2] for link in links}
        explained = tier in TABLE["about"]
        assert {f"kinds-{kind}" for kind in KINDS} <= found or not explained
        assert ("states-confirmed" in found) == explained == bool(links)


def test_no_two_places_of_a_page_have_one_name_and_every_link_has_its_place(
    whole: tuple[Decision, tuple[Page, ...]],
) -> None:
    for page in whole[1]:
        reader = Reader(page.html)
        names = reader.values("id")
        assert len(names) == len(set(names)), page.path
        places = {href[1:] for href in reader.values("href") if href.startswith("#")}
        assert places <= {*names, "main"}, page.path


@pytest.mark.covers("R-081")
def test_marks_stand_among_the_marks_and_nowhere_else(
    whole: tuple[Decision, tuple[Page, ...]],
) -> None:
    made, pages = whole
    family = next(one for one in made.editions if one.tier == "family")
    html = next(page.html for page in pages if page.path == family.path)
    assert html.count(family.marks[0].mark) == 1
    assert html.index('id="marks"') < html.index(family.marks[0].mark)


@pytest.mark.covers("R-161")
def test_the_foot_says_by_which_version_the_portfolio_is_kept_and_the_locked_page_does_not(
    whole: tuple[Decision, tuple[Page, ...]],
) -> None:
    made, pages = whole
    kept = "Портфолио ведут по документу «Положение о портфолио», версия 1."
    closed = [page for page in pages if not page.is_open]
    assert closed and all(Reader(page.html).text.endswith(kept) for page in closed)
    locked = compose_locked(dataclasses.replace(made, about=None), SHELLS, THEME)
    # The other look of a page is called «версия для слабовидящих», and may be.
    said = "".join(locked.pieces)
    assert not [word for word in ("версия 1", "Положение", "ведут") if word in said]


def test_hostile_words_stay_words_in_the_new_sections() -> None:
    bad = said(HOSTILE)
    one = entry(
        kind_label=bad,
        said=tuple(Fact(name, bad) for name in ("text", "outcome", "change")),
        links=("kot-x7k2",),
        scans=(scan(copy=True, paper=bad),),
        state="confirmed",
        confirmed=Confirmed(HOSTILE, DAY, HOSTILE, True, Signed(HOSTILE, DAY)),
        decided=bad,
        seen_by=("class",),
    )  # fmt: skip
    album = edition(
        one,
        arranged=Signed(HOSTILE, DAY),
        highlights=("kot-x7k2",),
        goals=(goal(HOSTILE, evidence=("kot-x7k2",)),),
        years=(ShownYear("2025-26", (ShownAnswer(bad, HOSTILE),), HOSTILE, (), OWN),),
        selves=(ShownSelf("2025-26", HOSTILE, HOSTILE, bad, HOSTILE, (), OWN),),
        interests=(ShownInterests("2025-26", (HOSTILE,), (HOSTILE,), (), OWN),) * 2,
        results=(ShownResults("personal", bad, (ShownResult(bad, ("kot-x7k2",)),)),),
        requests=(ShownRequest(HOSTILE, bad, "kot-x7k2", DAY, HOSTILE, "declined", HOSTILE, OWN),),
        waiting=(Waiting("submitted", "kot-x7k2", DAY, False),),
    )
    told = about(
        regulation=HOSTILE,
        version=HOSTILE,
        versions=(Version(HOSTILE, HOSTILE, (Fact("order", bad),)),),
        basis=(Basis(HOSTILE, bad, "replaced", bad, dt.date(2026, 11, 22)),),
        duties=(Duty("head", bad, (Fact(HOSTILE, bad),)),),
        announced=(Announced(HOSTILE, DAY, bad, HOSTILE),),
    )
    made = decision(album, homes=(home(album.path, tier="teacher"),))
    pages = compose(dataclasses.replace(made, about=told), {"s1": (leaf("s1"),)}, SHELLS, THEME)
    assert len(pages) == 3
    for page in pages:
        reader = Reader(page.html)
        assert "script" not in {tag for tag, _ in reader.tags}
        assert not [name for _, attrs in reader.tags for name in attrs if name.startswith("on")]
        assert {attrs.get("src") for tag, attrs in reader.tags if tag == "img"} <= {None}


# ---- entries ----


def works() -> tuple[ShownEntry, ...]:
    series = entry(
        "coty",
        kind="series",
        kind_label=said("Было и стало"),
        title="Коты",
        links=("first", "middle", "last"),
        said=(Fact("change", said("Линия смелее.")),),
    )
    one, two = scan("s1"), scan("s2")
    return (
        series,
        entry("first", title="Первый кот", scans=(one,)),
        entry("middle", title="Средний кот"),
        entry("last", title="Новый кот", scans=(two,)),
    )


@pytest.mark.covers("R-022")
def test_a_series_hangs_its_first_and_last_work_side_by_side_and_links_them_all() -> None:
    page = page_of(*works(), leaves={"s1": (leaf("s1"),), "s2": (leaf("s2"),)})
    pair = re.search(r'<div class="st-pair">.*?</div>', page.html, re.DOTALL)
    assert pair
    reader = Reader(pair[0])
    assert reader.text == "Было: Первый кот Стало: Новый кот"
    assert reader.values("data-sealed") == ["asset:anna/s1-320", "asset:anna/s2-320"]
    links = re.search(r'<div class="st-links">.*?</div>', page.html, re.DOTALL)
    assert links
    assert Reader(links[0]).values("href") == ["#first", "#middle", "#last"]


def test_a_series_whose_works_have_no_pictures_is_told_in_words() -> None:
    assert "st-pair" not in page_of(*works(), leaves={"s1": (leaf("s1"),)}).html


def test_a_page_of_ones_own_and_a_drawing_ask_for_no_confirmation() -> None:
    text = Fact("text", said("Первый абзац.\n\nВторой абзац."))
    html = page_of(entry(kind="page", facts=(), said=(text,))).html
    assert "<p>Первый абзац.</p><p>Второй абзац.</p>" in html
    assert "Пока без подтверждения" not in Reader(html).text
    assert "Пока без подтверждения" not in Reader(page_of(entry()).html).text
    paper = dataclasses.replace(scan(), copy=True)
    claiming = (entry(kind="contest"), entry(scans=(paper,)))
    assert all("Пока без подтверждения" in Reader(page_of(one).html).text for one in claiming)


def test_what_a_paper_says_of_itself_is_one_press_away() -> None:
    copy = scan(copy=True, paper=Text("№ 0258", "No. 0258"))
    html = page_of(entry(scans=(copy,), facts=())).html.replace("\xa0", " ")
    assert "<dt>Рисунок</dt><dd>№ 0258" in html.partition('class="st-more"')[2]
    assert "№ 0258" not in html.partition('class="st-more"')[0]


@pytest.mark.parametrize("result", ["Победитель", "Участник"])
def test_how_it_went_stands_first_whether_one_won_or_took_part(result: str) -> None:
    told = {"event": "Лыжня", "stage": "региональный", "result": result}
    facts = tuple(Fact(field, said(words)) for field, words in told.items())
    html = page_of(entry(kind="sport", facts=facts)).html
    chief = re.search(r'<p class="st-chief" data-came>(.*?)</p>', html)
    assert chief
    assert Reader(chief[1]).text == f"{result} · региональный уровень · Лыжня"


@pytest.mark.parametrize(
    ("copy", "confirmed", "words"),
    [
        (False, None, []),
        (True, None, ["рисунок, копия"]),
        (
            True,
            Confirmed("Орлова М. И.", DAY, "оригинал", copy_true=True),
            ["рисунок, копия верна: Орлова М. И., 5 октября 2026 г."],
        ),
    ],
)
def test_a_copy_says_that_it_is_one_and_who_found_it_true(
    copy: bool, confirmed: Confirmed | None, words: list[str]
) -> None:
    shown = entry(scans=(scan(copy=copy),), confirmed=confirmed, state="confirmed")
    html = page_of(shown, leaves={"s1": (leaf("a"), leaf("b"))}).html
    assert [Reader(one).text for one in re.findall("<figcaption>.*?</figcaption>", html)] == words


@pytest.mark.covers("R-007")
def test_participation_without_a_result_leaves_no_empty_place() -> None:
    html = page_of(entry(kind="contest", facts=(Fact("subject", said("Химия")),))).html
    assert "<dd></dd>" not in html
    assert "Результат" not in Reader(html).text


def test_an_entry_that_still_lasts_says_since_when() -> None:
    assert "с 14 марта 2026 г." in Reader(page_of(entry(lasting=True)).html).text


# ---- sections ----


def test_each_new_section_stands_only_where_there_is_something_in_it() -> None:
    bare = Reader(page_of(entry()).html)
    assert not {"years", "me", "results", "close"} & set(bare.values("id"))
    full = Reader(
        page_of(
            entry(),
            years=(ShownYear("2025-26", (ShownAnswer(said("Что?"), "То."),), "", (), OWN),),
            interests=(
                ShownInterests("2024-25", (), ("кошки", "море"), (), OWN),
                ShownInterests("2025-26", ("кошки",), ("шахматы",), ("class",), OWN),
            ),
            selves=(ShownSelf("2025-26", "Рисовать", "bridge", said("мост"), "Да", (), OWN),),
            results=(
                ShownResults(
                    "personal", said("личностные"), (ShownResult(said("опыт"), ("kot-x7k2",)),)
                ),
                ShownResults("subject", said("предметные"), ()),
            ),
            requests=(
                ShownRequest("Орлова", said("отзыв"), "", DAY, "", "declined", "не вела", OWN),
            ),
            missing=("goal",),
            quiet_since=DAY,
            reviews=(review(relation="тренер", activity="бег", earlier=DAY),),
            goals=(goal(term=DAY, outcome="Поплыла!", evidence=("kot-x7k2",)),),
        ).html
    )
    assert {"years", "me", "results", "close"} <= set(full.values("id"))
    for words in (
        "Что? То.",
        "2024/25 кошки, море",
        "по-прежнему: кошки новое: шахматы",
        "Рисовать мост Да",
        "Личностные опыт Кот Плюш",
        "Об этом пока нет записей.",
        "отзыв — Орлова, 5 октября 2026 г.: сейчас не получится. не вела",
        "Цель на этот учебный год.",
        "Последняя запись — 5 октября 2026 г.",
        "Что делали вместе: бег",
        "(первый вариант — 5 октября 2026 г.)",
        "до 5 октября 2026 г.",
        "Это видно здесь: Кот Плюш",
    ):
        assert words in full.text, words


def test_a_relation_that_repeats_the_author_is_said_once() -> None:
    text = Reader(page_of(entry(), reviews=(review(author="Мама", relation="мама"),)).html).text
    assert "Мама, мама" not in text


@pytest.mark.covers("R-058")
def test_staff_find_what_waits_in_piles_how_much_since_when_and_whose() -> None:
    def waits(name: str, what: str, overdue: bool) -> Waiting:
        return Waiting(what, name, DAY, overdue)  # type: ignore[arg-type]

    one = edition(
        *(entry(name, title=f"Кот {name}") for name in "abc"),
        path="student/anna/teacher",
        waiting=(
            waits("a", "submitted", True),
            waits("b", "returned", False),
            waits("c", "submitted", False),
        ),
    )
    led = Led("4a", Text("4 «А»", "4 A"), "class/4a", "Орлова Мария Ивановна", "2026-27")
    desk = home(one.path, tier="teacher", path="teacher/orlova", led=(led,))
    html = compose(decision(one, homes=(desk,)), {}, SHELLS, THEME)[1].html
    piles = [Reader(pile).text for pile in re.findall("<details.*?</details>", html, re.DOTALL)]
    since = "с 5 октября 2026 г."
    assert piles == [
        f"Новое: посмотреть и подтвердить 2 давно, {since} Анна Белова Кот a {since} Кот c {since}",
        f"Возвращено семье, ответа пока нет 1 {since} Анна Белова Кот b {since}",
    ]
    assert "page:student/anna/teacher#a" in Reader(html).values("href")


def test_what_is_missing_and_what_waits_have_words_for_every_case() -> None:
    from generator.decide.coverage import CHECKLISTS

    texts = read_texts(THEME, "ru")
    names = {name for names in CHECKLISTS.values() for name in names}
    assert {f"missing-{name}" for name in names} == {
        key for key in texts if key.startswith("missing-")
    }
    assert not [texts[f"missing-{name}"] for name in names if re.search(r"\d|%", name)]


# ---- the page «О портфолио» ----


@pytest.mark.covers("R-053")
@pytest.mark.parametrize("level", ["primary", "basic", "senior"])
def test_the_page_about_portfolios_guides_families_and_teachers_of_its_level(level: str) -> None:
    checked, since = dt.date(2026, 11, 20), dt.date(2022, 9, 1)
    told = about(
        level=level,
        basis=(
            Basis("Закон", said("№ 273-ФЗ"), "in-force", NOTHING, checked, since),
            Basis("Порядок", said("№ 77"), "replaced", said("Порядок № 531"), dt.date.max),
        ),
        duties=(Duty("head", said("Директор"), (Fact("Степанов Г. А.", said("приказ № 97")),)),),
        versions=(Version("2", "добавлены цели", (Fact("council", said("протокол № 4")),)),),
        announced=(Announced("Кросс", DAY, said("школьный"), "Быков С. А."),),
    )
    page = compose(dataclasses.replace(decision(), about=told), {}, SHELLS, THEME)[0]
    reader = Reader(page.html)
    assert (page.path, page.compartments) == ("about/primary", ("level:primary:2026-27/shared",))
    for words in (
        "Утверждено приказ № 41-о",
        "добавлены цели Педагогический совет: протокол № 4",
        "Закон, № 273-ФЗ — действует с 1 сентября 2022 г.",
        "Действуют ли эти акты, проверяли 20 ноября 2026 г.",
        "Порядок, № 77 — заменён вместо него: Порядок № 531",
        "Директор Утверждает положение и назначает тех, кто отвечает за портфолио. "
        "Степанов Г. А. приказ № 97",
        "Кросс 5 октября 2026 г. · школьный · Быков С. А.",
        "Творческие работы Что нарисовано своими руками.",
        "Семье и ученику Зачем",
        "Классному руководителю Зачем",
    ):
        assert words in reader.text, words
    assert "kinds-creative" in reader.values("id")
    places = {href[1:] for href in reader.values("href")}
    assert places <= set(reader.values("id"))


def test_no_section_of_the_page_about_portfolios_is_empty() -> None:
    page = compose(dataclasses.replace(decision(), about=about()), {}, SHELLS, THEME)[0]
    assert not {"about-duties", "about-events"} & set(Reader(page.html).values("id"))


def test_the_handbook_is_linked_where_the_school_has_one() -> None:
    def links(handbook: str) -> list[str]:
        told = about(handbook=handbook)
        page = compose(dataclasses.replace(decision(), about=told), {}, SHELLS, THEME)[0]
        return [href for href in Reader(page.html).values("href") if not href.startswith("#")]

    assert links("https://school.example/portfolio") == [
        "https://school.example/portfolio/index.html"
    ]
    assert links("") == []
