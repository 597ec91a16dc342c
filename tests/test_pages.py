"""Editions become pages. Are they whole, fair, and safe whatever a child writes?"""

import dataclasses
import datetime as dt
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostic import Text
from generator.model.about import About, Term
from generator.model.edition import Decision, Edition, Holder, Home
from generator.model.shown import (
    NOTHING,
    Confirmed,
    Fact,
    Level,
    Reason,
    ShownEntry,
    ShownGoal,
    ShownMark,
    ShownReview,
    ShownScan,
)
from generator.model.site import Copy, EngineFile, Leaf, Leaves, Page, Picture, Shell, Shells
from generator.pages import compose, compose_locked
from generator.pages.catalogue import read_texts

HOME = Path(__file__).parent.parent
THEME = HOME / "theme"
OWN = Reason("own", "")
OWN_WORD = Text("Что нарисовано своими руками.", "What was drawn by hand.")
FRAME = Shell(
    (
        *('<meta charset="utf-8"><title>', "title", '</title><body data-level="', "level"),
        *('" data-palette="', "palette", '"><header>', "school", "", "tools"),
        *("</header><main>", "content", "</main><footer>", "foot", "</footer>"),
    )
)
SHELLS = Shells(FRAME, (EngineFile("u/0123456789abcdef/unlock.js", b"", False),), ())
HOSTILE = (
    """"><script>alert('1')</script><img src=x onerror="alert(2)">' "asset:other/1" {{ 7*7 }}"""
)


def scan(digest: str = "s1", **changes: Any) -> ShownScan:
    plain = ShownScan(
        f"students/anna/{digest}.jpg", digest, "Кот на коврике", Text("рисунок", "drawing")
    )
    return dataclasses.replace(plain, **changes)


def entry(name: str = "kot-x7k2", **changes: Any) -> ShownEntry:
    """A drawing of last spring, confirmed by nobody yet."""
    plain = ShownEntry(
        id=name,
        kind="creative",
        kind_label=Text("Творческие работы", "Creative works"),
        title="Кот Плюш",
        start=dt.date(2026, 3, 14),
        end=None,
        lasting=False,
        year="2025-26",
        grade=3,
        facts=(Fact("form", Text("рисунок", "drawing")),),
        said=(),
        links=(),
        tags=(),
        scans=(),
        reflection="",
        why_it_matters="",
        state="submitted",
        confirmed=None,
        note="",
        kept="",
        held=(),
        unpictured=(),
        decided=NOTHING,
        seen_by=(),
        reason=OWN,
    )
    return dataclasses.replace(plain, **changes)


def edition(*entries: ShownEntry, **changes: Any) -> Edition:
    """What Anna's family sees."""
    plain = Edition(
        path="student/anna/family",
        tier="family",
        level="primary",
        compartments=("child:anna/family",),
        student="anna",
        name="Анна Белова",
        year="2026-27",
        class_id="4a",
        class_title="4 «А»",
        grade=4,
        motto="",
        about="",
        palette="school",
        chapters="year",
        cover="",
        highlights=(),
        entries=entries,
        reason=OWN,
    )
    return dataclasses.replace(plain, **changes)


def goal(statement: str = "Научиться плавать", **changes: Any) -> ShownGoal:
    plain = ShownGoal(
        statement=statement,
        year="2026-27",
        steps=(),
        state="going",
        term=None,
        outcome="",
        evidence=(),
        seen_by=(),
        reason=OWN,
    )
    return dataclasses.replace(plain, **changes)


def review(**changes: Any) -> ShownReview:
    plain = ShownReview(
        kind=Text("отзыв", "opinion"),
        author="Тренер",
        on=dt.date(2026, 5, 3),
        text="Смелая.",
        entry="",
        relation="",
        activity="",
        earlier=None,
        seen_by=(),
        reason=OWN,
    )
    return dataclasses.replace(plain, **changes)


def about(**changes: Any) -> About:
    """A level by whose rules nothing was ever changed."""
    plain = About(
        path="about/primary",
        level="primary",
        compartments=("level:primary:2026-27/shared",),
        regulation="Положение о портфолио",
        version="2",
        trail=(Fact("order", Text("приказ № 41-о", "order No. 41-o")),),
        versions=(),
        basis=(),
        duties=(),
        announced=(),
        glossary=(("kinds", (Term("kinds-creative", Text("Творческие работы", ""), OWN_WORD),)),),
    )
    return dataclasses.replace(plain, **changes)


def home(*paths: str, **changes: Any) -> Home:
    plain = Home(
        path="class/4a",
        tier="class",
        level="primary",
        compartments=("class:2026-27:4a/shared",),
        title=Text("4 «А»", "4 A"),
        editions=paths,
        homes=(),
    )
    return dataclasses.replace(plain, **changes)


def decision(
    *editions: Edition, homes: tuple[Home, ...] = (), level: Level = "primary", language: str = "ru"
) -> Decision:
    holders: tuple[Holder, ...] = ()
    return Decision(
        level=level,
        site="00c0ffee00c0ffee",
        school="Школа № 7",
        language="en" if language == "en" else "ru",
        address="",
        editions=editions,
        homes=homes,
        holders=holders,
        epochs=(),
    )


def leaf(name: str) -> Leaf:
    """A tall picture in two sizes; its digests are its name and a size."""
    small = Picture(f"/cache/{name}-320", 226, 320, f"{name}-320")
    large = Picture(f"/cache/{name}-1600", 1131, 1600, f"{name}-1600")
    return Leaf(small, large, "#c0ffee")


def page_of(*entries: ShownEntry, leaves: Leaves | None = None, **changes: Any) -> Page:
    """The one page of one edition."""
    one = edition(*entries, **changes)
    return compose(decision(one, level=one.level), leaves or {}, SHELLS, THEME)[0]


class Reader(HTMLParser):
    """What stands on a page: its words, and its tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        words = " ".join(self.words).replace("\N{NO-BREAK SPACE}", " ")
        return " ".join(words.replace("\N{WORD JOINER}", "").split())

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.tags if attribute in attrs]


@pytest.mark.covers("R-001")
def test_who_may_not_open_the_page_of_meanings_reads_them_in_place() -> None:
    theirs = dataclasses.replace(edition(entry()), tier="class")
    states = ("states", (Term("states-submitted", Text("Без подтверждения", ""), OWN_WORD),))
    told = about(glossary=(*about().glossary, states))
    made = dataclasses.replace(decision(theirs), about=told)
    reader = Reader(compose(made, {}, SHELLS, THEME)[0].html)
    targets = set(reader.values("popovertarget")) - {"menu"}
    assert targets == {"means-kinds-creative", "means-states-submitted"}
    assert targets <= set(reader.values("id"))
    assert OWN_WORD.ru in reader.text
    assert "page:about/primary#kinds-creative" not in reader.values("href")


def test_a_page_keeps_the_path_and_the_compartments_of_its_edition() -> None:
    page = page_of(entry())
    assert page.path == "student/anna/family"
    assert page.compartments == ("child:anna/family",)


@pytest.mark.parametrize(("language", "title"), [("ru", "Портфолио"), ("en", "Portfolio")])
def test_the_titles_that_a_browsers_history_keeps_name_nobody(language: str, title: str) -> None:
    own = edition(entry())
    listed = home(own.path, title=Text("4 «А»", "4 A"))
    pages = compose(decision(own, homes=(listed,), language=language), {}, SHELLS, THEME)
    locked = compose_locked(decision(own, language=language), SHELLS, THEME)
    assert len(pages) == 3
    for html in (*(page.html for page in pages), "".join(locked.pieces)):
        assert re.findall("<title>(.*?)</title>", html) == [title]


@pytest.mark.covers("R-033")
def test_the_childs_voice_stands_before_the_official_facts() -> None:
    page = page_of(
        entry(why_it_matters="Плюш меня ждёт.", reflection="Усы трудные.", state="draft")
    )
    text = Reader(page.html).text
    places = [
        text.index(w) for w in ("Кот Плюш", "Плюш меня ждёт", "Усы трудные", "Черновик", "Вид")
    ]
    assert places == sorted(places)


def test_only_an_entry_that_asks_shows_a_copy_and_a_large_view() -> None:
    rich = replace(
        leaf("s1"),
        zoom=Picture("/cache/s1-2400", 1697, 2400, "s1-2400"),
        copy=Copy(Path("/cache/s1.pdf"), "s1-copy", "pdf"),
    )
    plain = page_of(entry(scans=(scan(),)), leaves={"s1": (rich,)})
    asked = page_of(entry(scans=(scan(zoom=True, download=True),)), leaves={"s1": (rich,)})
    names = [name.rpartition("/")[2] for name, _ in plain.pictures]
    assert [name.rpartition("/")[2] for name, _ in asked.pictures] == [*names, "s1-2400", "s1-copy"]
    assert "data-copy" not in plain.html
    assert re.search(r'data-copy="asset:[^"]+/s1-copy" data-name="[a-z0-9-]+\.pdf"', asked.html)


def test_hostile_words_stay_words_everywhere() -> None:
    bad = entry(
        name="kot-x7k2",
        title=HOSTILE,
        facts=(Fact("subject", Text(HOSTILE, HOSTILE)),),
        tags=(Text(HOSTILE, HOSTILE),),
        scans=(scan(description=HOSTILE, document=Text(HOSTILE, HOSTILE)),),
        reflection=HOSTILE,
        why_it_matters=HOSTILE,
        state="confirmed",
        confirmed=Confirmed(HOSTILE, dt.date(2026, 4, 1), HOSTILE),
        note=HOSTILE,
    )
    page = page_of(
        bad,
        leaves={"s1": (leaf("s1"),)},
        name=HOSTILE,
        class_title=HOSTILE,
        motto=HOSTILE,
        about=HOSTILE,
        highlights=("kot-x7k2",),
        cover="s1",
        goals=(goal(HOSTILE, steps=(HOSTILE,), outcome=HOSTILE),),
        reviews=(review(author=HOSTILE, text=HOSTILE, relation=HOSTILE, activity=HOSTILE),),
        marks=(ShownMark(HOSTILE, HOSTILE, "2025-26", HOSTILE, OWN),),
        state_register=HOSTILE,
    )
    reader = Reader(page.html)
    assert "script" not in {tag for tag, _ in reader.tags}
    assert not [name for _, attrs in reader.tags for name in attrs if name.startswith("on")]
    assert {attrs.get("src") for tag, attrs in reader.tags if tag == "img"} == {None}
    assert "49" not in page.html.replace("&#34;", "").replace("&#39;", "")
    assert {name for name, _ in page.pictures} == {"anna/s1-320", "anna/s1-1600"}


def test_no_page_has_what_its_policy_would_stop() -> None:
    one = edition(entry(scans=(scan(),)), cover="s1", highlights=("kot-x7k2",))
    made = decision(one, homes=(home(one.path), home(one.path, tier="family", path="family/anna")))
    for page in compose(made, {"s1": (leaf("s1"),)}, SHELLS, THEME):
        reader = Reader(page.html)
        assert not reader.values("style")
        assert not {"script", "style", "iframe", "object", "base"} & {tag for tag, _ in reader.tags}
        assert not [v for name in ("href", "src") for v in reader.values(name) if "//" in v]


def test_every_picture_on_the_page_is_listed_in_both_sizes_and_no_other() -> None:
    shown = entry(scans=(scan("s1"), scan("s2"), scan("unreadable")))
    leaves = {"s1": (leaf("s1"),), "s2": (leaf("a"), leaf("b")), "others": (leaf("others"),)}
    page = page_of(shown, leaves=leaves)
    assert {name for name, _ in page.pictures} == {
        f"anna/{name}-{size}" for name in ("s1", "a", "b") for size in (320, 1600)
    }
    assert all(name == f"anna/{picture.digest}" for name, picture in page.pictures)
    reader = Reader(page.html)
    images = [attrs for tag, attrs in reader.tags if tag == "img"]
    assert [image["data-sealed"] for image in images] == [
        "asset:anna/s1-320",
        "asset:anna/a-320",
        "asset:anna/b-320",
    ]
    assert [image["data-screen"] for image in images] == [
        "asset:anna/s1-1600",
        "asset:anna/a-1600",
        "asset:anna/b-1600",
    ]
    assert images[1]["alt"] == "Кот на коврике, страница 1"
    assert (images[0]["width"], images[0]["height"]) == ("226", "320")


@pytest.mark.covers("R-007")
def test_a_winner_and_a_participant_are_set_alike() -> None:
    def of(result: str) -> str:
        return page_of(entry(kind="contest", facts=(Fact("result", Text(result, result)),))).html

    assert of("победитель") != of("участник")
    alike = of("победитель").replace("победитель", "участник").replace("Победитель", "Участник")
    assert alike == of("участник")


@pytest.mark.covers("R-080")
def test_no_page_counts_anybodys_works() -> None:
    many = tuple(entry(f"kot-{letter}") for letter in "abcdefghijklm")
    busy, calm = edition(*many, motto="Рисую"), edition(entry(), path="student/bela/family")
    pages = compose(decision(busy, calm, homes=(home(busy.path, calm.path),)), {}, SHELLS, THEME)
    assert str(len(many)) not in Reader(pages[0].html).text
    roster = Reader(pages[2].html).text
    assert re.findall(r"\d+", roster.removeprefix("4 «А»").replace("Школа № 7", "")) == ["4"]


def test_a_list_shows_pictures_names_and_mottos_and_links() -> None:
    one = edition(entry(scans=(scan(),)), motto="«Рисую то, что люблю»")
    two = edition(path="student/ilya/class", student="ilya", name="Илья К.")
    pages = compose(
        decision(one, two, homes=(home(one.path, two.path),)), {"s1": (leaf("s1"),)}, SHELLS, THEME
    )
    reader = Reader(pages[2].html)
    assert reader.values("href") == [
        "page:student/anna/family", "page:student/ilya/class", "page:class/4a/honour",
    ]  # fmt: skip
    assert "Рисую то, что люблю" in reader.text
    assert [name for name, _ in pages[2].pictures] == ["anna/s1-320"]


def test_a_family_finds_its_own_child_first_and_then_the_doors() -> None:
    one = edition(entry(scans=(scan(),)), cover="s1")
    first = home(
        one.path,
        path="family/anna",
        tier="family",
        title=Text("Семья", "Family"),
        homes=((Text("4 «А»", "4 A"), "class/4a"), (Text("Начальная школа", ""), "level/primary")),
    )
    page = compose(decision(one, homes=(first,)), {"s1": (leaf("s1"),)}, SHELLS, THEME)[1]
    reader = Reader(page.html)
    assert reader.values("href") == [
        "page:student/anna/family",
        "page:class/4a",
        "page:level/primary",
    ]
    assert ("anna/s1-1600", leaf("s1").screen) in page.pictures


def test_a_long_list_is_grouped_by_class_and_an_open_one_can_be_searched() -> None:
    crowd = [
        edition(path=f"student/s{n}/teacher", student=f"s{n}", name=f"Имя {n}", class_title=title)
        for n, title in enumerate(["4 «А»"] * 7 + ["4 «Б»"] * 7)
    ]
    listed = home(*(e.path for e in crowd))
    page = compose(decision(*crowd, homes=(listed,)), {}, SHELLS, THEME)[len(crowd)]
    assert re.findall("<h2>(.*?)</h2>", page.html) == ["4\xa0«А»", "4\xa0«Б»"]
    # Where there is a keyring, the field of the header finds everybody.
    assert 'id="find"' not in page.html
    for shown in (crowd, crowd[:1]):
        everybody = replace(listed, tier="public", editions=tuple(e.path for e in shown))
        html = compose(decision(*crowd, homes=(everybody,)), {}, SHELLS, THEME)[-1].html
        assert ('id="find"' in html) == (shown == crowd)
        # No menu leads from here to where one enters a code.
        assert '<a href="../index.html">Войти по\xa0коду с\xa0карточки</a>' in html


def test_nobody_to_show_is_said_kindly() -> None:
    page = compose(decision(homes=(home(),)), {}, SHELLS, THEME)[0]
    assert "Здесь появятся портфолио" in Reader(page.html).text


@pytest.mark.covers("R-070")
@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", "Черновик"),
        ("submitted", "Пока без подтверждения"),
        ("changed", "учитель посмотрит ещё раз"),
        ("returned", "Учитель просит дополнить"),
        ("disputed", "Уточняется вместе с учителем"),
        ("revoked", "Подтверждение снято"),
    ],
)
def test_every_state_has_calm_words(state: str, words: str) -> None:
    text = Reader(page_of(entry(kind="contest", state=state)).html).text
    assert words in text
    assert "Подтверждено" not in text


@pytest.mark.covers("R-050", "R-055", "R-070")
def test_a_confirmed_entry_tells_who_when_and_on_what_basis() -> None:
    duty = Text("классный руководитель", "class teacher")
    known = Confirmed("Орлова М. И.", dt.date(2026, 4, 2), "оригинал диплома", role=duty)
    page = page_of(entry(state="confirmed", confirmed=known))
    folded = r'<details class="st-more" data-stands="yes">.*?</details>'
    seal = re.search(folded, page.html, re.DOTALL)
    assert seal is not None
    text = Reader(seal[0]).text
    assert text == (
        "Подтверждено Кто Орлова М. И., классный руководитель Когда 2 апреля 2026 г."
        " Основание оригинал диплома Вид рисунок Что это значит"
    )


def test_a_note_and_who_else_sees_appear_only_when_given() -> None:
    bare = page_of(entry()).html
    assert "st-note" not in bare
    assert "Кто ещё это видит" not in bare
    full = Reader(page_of(entry(note="Добавьте дату.", seen_by=("family", "class"))).html).text
    assert "Добавьте дату." in full
    assert "Кто ещё это видит второй дом ребёнка, класс и семьи класса" in full


def test_marks_goals_and_reviews_appear_only_when_given() -> None:
    bare = page_of(entry()).html
    assert not {"<table", 'id="goals"', 'id="words"'} & {
        part for part in ("<table", 'id="goals"', 'id="words"') if part in bare
    }
    page = page_of(
        entry(),
        goals=(goal(steps=("Ходить в бассейн",), state="reached"),),
        reviews=(review(entry="kot-x7k2"),),
        marks=(ShownMark("Русский язык", "год", "2025-26", "5", OWN),),
        state_register="Внесена приказом № 5",
    )
    text = Reader(page.html).text
    for words in (
        "получилось",
        "Ходить в бассейн",
        "О работе Кот Плюш",
        "2025/26, год Предмет Отметка Русский язык 5",
        "№ 5",
    ):
        assert words in text


def test_a_review_of_a_work_that_is_not_shown_does_not_name_it() -> None:
    page = page_of(entry(), reviews=(review(entry="tayna-q1"),))
    assert "tayna-q1" not in page.html


@pytest.mark.parametrize("level", ["primary", "basic", "senior"])
def test_an_empty_portfolio_says_what_will_live_here(level: Level) -> None:
    texts = read_texts(THEME, "ru")
    assert texts[f"empty-{level}"] in Reader(page_of(level=level).html).text


def test_one_walks_by_years_or_by_kinds() -> None:
    works = (
        entry("a", year="2026-27", grade=11, kind="project", kind_label=Text("Проекты", "")),
        entry("b", year="2025-26", grade=10, kind="sport", kind_label=Text("Спорт", "")),
        entry("c", year="", grade=None, start=None),
    )
    young = Reader(page_of(*works).html)
    assert [a for a in young.values("id") if a.startswith("year-")] == [
        "year-2026-27",
        "year-2025-26",
        "year-none",
    ]
    senior = Reader(page_of(*works, chapters="kind").html)
    assert [a for a in senior.values("id") if a.startswith("kind-")] == [
        "kind-project",
        "kind-creative",
        "kind-sport",
    ]


@pytest.mark.parametrize(
    ("chosen", "shelf"),
    [("abc", ["#b", "#c"]), ("bc", ["#b", "#c"]), ("ab", ["#a", "#b"]), ("a", ["#a"])],
)
def test_a_work_on_the_cover_is_named_there_and_hangs_on_the_shelf_only_beside_too_few(
    chosen: str, shelf: list[str]
) -> None:
    works = (entry(name, title=f"Работа {name}", scans=(scan(f"s{name}"),)) for name in "abc")
    leaves = {f"s{name}": (leaf(f"s{name}"),) for name in "abc"}
    page = page_of(*works, leaves=leaves, cover="sa", highlights=tuple(chosen))
    cover, rest = page.html.split('<section class="st-best"')
    assert '<a href="#a">' in cover and "Работа a</span>" in cover.replace("\xa0", " ")
    assert re.findall(r'class="st-plate" href="(#\w)"', rest) == shelf


def test_what_was_chosen_comes_before_the_years_with_a_picture_and_the_childs_words() -> None:
    made = leaf("wide")
    made = dataclasses.replace(
        made, screen=dataclasses.replace(made.screen, width=1600, height=900)
    )
    scans = (scan("text"), scan("wide"), scan("paper", copy=True))
    chosen = entry("a", scans=scans, why_it_matters="Сама.\n\nИ ещё.", reflection="Долго.")
    won = entry("b", year="2024-25", grade=2, reflection="Всё равно рада.")
    leaves = {"text": (leaf("text"),), "wide": (made,), "paper": (leaf("paper"),)}
    html = page_of(chosen, won, leaves=leaves, highlights=("a", "b")).html
    best, walk = html.index('<section class="st-best"'), html.index('<nav class="st-walk"')
    assert html.index('id="cover"') < best < walk < html.index('class="st-chapter"')
    shelf = html[best:walk]
    assert re.findall(r'data-sealed="asset:anna/([a-z]+)-', shelf) == ["wide"]
    assert re.findall(r'st-plate__voice">([^<]+)<', shelf) == ["Сама."]
    assert re.findall(r'st-mat--words">([^<]+)<', shelf) == ["Всё равно рада."]


def test_works_of_one_name_are_told_apart_by_their_year_where_a_link_calls_them() -> None:
    works = (entry("a", title="Кубок"), entry("b", title="Кубок", year="2024-25", grade=2))
    page = page_of(*works, entry("c", title="Кот"), goals=(goal(evidence=("a", "b", "c")),))
    text = Reader(page.html).text
    assert "Кубок (2025/26) , Кубок (2024/25) , Кот" in text


def test_links_inside_a_page_lead_to_what_stands_on_it() -> None:
    works = (entry("a"), entry("b", year="2024-25", grade=2, kind="sport"))
    page = page_of(
        *works,
        highlights=("b", "a", "gone"),
        goals=(goal(evidence=("b",)),),
    )
    reader = Reader(page.html)
    goals = [href[1:] for href in reader.values("href") if href.startswith("#")]
    assert goals
    assert set(goals) <= set(reader.values("id"))
    assert [goal for goal in goals if goal in "ab"] == ["b", "a", "b"]
    assert len(reader.values("id")) == len(set(reader.values("id")))


def test_an_english_school_reads_english() -> None:
    one = edition(entry(state="draft"))
    page = compose(decision(one, language="en"), {}, SHELLS, THEME)[0]
    text = Reader(page.html).text
    assert "Draft: only the family sees it" in text
    assert "14 March 2026" in text
