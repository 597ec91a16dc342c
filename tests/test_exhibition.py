"""Works on the wall of a class and of a level (R-116): whose, which, and in what order?"""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.decide import decide
from generator.diagnostic import Text
from generator.model.edition import Edition, Home, Share
from generator.model.shown import Exhibit, Fact, Honour
from generator.model.site import Page
from generator.pages import compose, compose_lists, outline, pictures_in, read_templates
from tests.test_decide_companions import gleb
from tests.test_decide_shown import CONSENT, Files, read
from tests.test_decide_shown import entry as written
from tests.test_pages import (
    SHELLS,
    THEME,
    Reader,
    decision,
    edition,
    entry,
    home,
    leaf,
    scan,
)
from tests.world import TODAY

ALL = "audience: school, covers: [surname, photos, papers, works, words]"
FOLDER = "students/belova-anna/entries"


def hung(files: Files, root: Path, tier: str = "class") -> dict[str, str]:
    """What of Anna's hangs on a wall, and in which hall."""
    found = decide(read(root, files), "primary", TODAY).editions
    mine = next((e for e in found if (e.student, e.tier) == ("belova-anna", tier)), None)
    return {one.entry: one.hall for one in mine.exhibits} if mine else {}


def work(name: str, more: str = "", document: str = "drawing") -> Files:
    """A work with a picture, for the school."""
    return {
        f"{FOLDER}/{name}/entry.yml": f"id: {name}\nkind: creative\nform: drawing\ntitle: {name}\n"
        f"date: 2026-10-01\nvisibility: school\n{more}"
        f"scans: [{{file: a.jpg, description: кот, document: {document}}}]\n",
        f"{FOLDER}/{name}/a.jpg": b"cat",
    }


@pytest.mark.covers("R-116")
def test_works_hang_for_those_who_see_them_and_nobody_elses_edition_has_a_wall(
    tmp_path: Path,
) -> None:
    files = work("cat") | written("secret", visibility="family")
    found = decide(read(tmp_path, files), "primary", TODAY).editions
    assert {e.tier: [one.entry for one in e.exhibits] for e in found} == {
        "family": [], "teacher": [], "staff": [], "class": ["cat"], "level": ["cat"],
    }  # fmt: skip


@pytest.mark.covers("R-116", "R-143")
def test_without_a_consent_for_works_nothing_hangs(tmp_path: Path) -> None:
    by = "given_by: {name: Белова Ольга Петровна, relation: mother}"
    row = f"id: one, purpose: processing, audience: school, covers: [photos, words], {by}"
    term = "signed: 2026-09-01, until: 2027-08-31, document: папка"
    consent = f"consents:\n  - {{{row}, {term}}}\n"
    assert hung(work("cat", document="photo") | {CONSENT: consent}, tmp_path) == {}


@pytest.mark.covers("R-116", "R-143")
@pytest.mark.parametrize(
    ("consent", "people", "tiers"),
    [
        (ALL, "people: [{student: sokolov-gleb, how: pictured}]\n", ["class", "level"]),
        (
            "audience: class, covers: [photos, works]",
            "people: [{student: sokolov-gleb, how: pictured}]\n",
            ["class"],
        ),
        # Who consents to photographs only has not said that a work of theirs may hang here.
        (
            "audience: school, covers: [surname, photos]",
            "people: [{student: sokolov-gleb, how: pictured}]\n",
            [],
        ),
        # Nobody knows whose consent it would need.
        (ALL, "", []),
    ],
)
def test_what_a_group_made_hangs_only_if_everybody_in_it_agrees(
    consent: str, people: str, tiers: list[str], tmp_path: Path
) -> None:
    files = gleb(consent) | work("town", f"authorship: [group]\n{people}")
    walls = [tier for tier in ("class", "level") if hung(files, tmp_path / tier, tier)]
    assert walls == tiers


@pytest.mark.covers("R-116")
def test_papers_and_pictures_of_which_nobody_said_what_they_are_do_not_hang(
    tmp_path: Path,
) -> None:
    files = work("cat") | work("paper", document="diploma")
    unsaid = work("unsaid")
    file = f"{FOLDER}/unsaid/entry.yml"
    files |= unsaid | {file: str(unsaid[file]).replace(", document: drawing", "")}
    assert hung(files, tmp_path) == {"cat": "pictures"}


def test_two_works_of_one_id_are_a_mistake_and_no_crash(tmp_path: Path) -> None:
    """A build is refused then; a review of the change is not."""
    files = work("cat") | {
        one.replace("/cat/", "/copy/"): what for one, what in work("cat").items()
    }
    assert hung(files, tmp_path) == {"cat": "pictures"}


@pytest.mark.covers("R-116")
def test_a_poem_that_is_written_down_hangs_without_a_picture(tmp_path: Path) -> None:
    poem = "kind: creative\nform: literary\ntitle: Тик\ndate: 2026-10-01\n"
    files = written("poem", f"{poem}text: Тик и так.\n", visibility="class")
    assert hung(files | written("plain", poem, visibility="class"), tmp_path) == {"poem": "words"}


@pytest.mark.covers("R-116", "R-022")
def test_a_series_hangs_its_first_and_last_work_side_by_side(tmp_path: Path) -> None:
    series = "kind: series\ntitle: Коты\narea: рисунок\nworks: [cat, dog]\nvisibility: class\n"
    files = work("cat") | work("dog") | written("growth", series)
    assert hung(files, tmp_path / "both")["growth"] == "growth"
    # The last work is the family's: a pair would tell that there is something.
    file = f"{FOLDER}/dog/entry.yml"
    files[file] = str(files[file]).replace("visibility: school", "visibility: family")
    assert hung(files, tmp_path / "one") == {"cat": "pictures"}


# ---- the pages ----

DRAWN = Text("Рисунок и живопись", "Drawing and painting")
SPOKEN = Text("Проба пера", "In words")


def of_class(student: str, name: str, *entries: str, **changes: object) -> Edition:
    """What the class sees of a student: drawings called as their ids, the newest first."""
    shown = tuple(
        replace(entry(one, title=f"Работа {one}", scans=(scan(one),)), start=day)
        for one, day in zip(entries, _days(), strict=False)
    )
    exhibits = tuple(Exhibit(one.id, "pictures", DRAWN, (one.scans[0].key,)) for one in shown)
    plain = edition(
        *shown, path=f"student/{student}/class", tier="class", student=student, name=name,
        compartments=("class:2026-27:4a/shared",), exhibits=exhibits,
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def _days() -> tuple[dt.date, ...]:
    return tuple(dt.date(2026, 10, day) for day in range(30, 1, -1))


def pages_of(*editions: Edition, **changes: object) -> dict[str, Page]:
    """The pages of a class, by their paths."""
    listed: Home = replace(home(*(e.path for e in editions)), **changes)  # type: ignore[arg-type]
    made = decision(*editions, homes=(listed,))
    keys = {key for e in editions for one in e.exhibits for key in one.scans}
    pages = compose(made, {key: (leaf(key),) for key in keys}, SHELLS, THEME)
    return {page.path: page for page in pages}


@pytest.mark.covers("R-116")
def test_an_exhibition_names_its_authors_and_is_sealed_for_the_readers_of_the_list() -> None:
    page = pages_of(of_class("anna", "Анна Белова", "cat"))["class/4a/works"]
    assert page.compartments == ("class:2026-27:4a/shared",)
    reader = Reader(page.html)
    for words in ("Выставка работ", "Рисунок и живопись", "Работа cat", "Анна Белова"):
        assert words in reader.text
    assert {"page:class/4a", "page:student/anna/class#cat"} <= {*reader.values("href")}
    assert {name for name, _ in page.pictures} == {"anna/cat-320", "anna/cat-1600"}


@pytest.mark.covers("R-116", "R-080")
def test_works_stand_in_the_order_of_time_and_of_one_day_by_the_alphabet() -> None:
    anna = of_class("anna", "Анна Белова", "cat", "ant")
    gleb = of_class("gleb", "Глеб Соколов", "bee")
    html = pages_of(gleb, anna)["class/4a/works"].html
    places = [html.index(f'id="{name}"') for name in ("bee", "cat", "ant")]
    assert places == sorted(places)


@pytest.mark.covers("R-116")
def test_a_poem_can_be_read_in_the_hall_of_words() -> None:
    poem = entry("poem", title="Тик", said=(Fact("text", Text("Тик\n\nи так", "Тик\n\nи так")),))
    one = of_class("anna", "Анна", exhibits=(Exhibit("poem", "words", SPOKEN, ()),))
    page = pages_of(replace(one, entries=(poem,)))["class/4a/works"]
    assert "Проба пера Тик Анна" in Reader(page.html).text
    assert "<p>Тик</p><p>и\xa0так</p>" in page.html


@pytest.mark.covers("R-116")
def test_what_several_made_hangs_once_and_nobody_speaks_for_all() -> None:
    two = [of_class(student, name, "album") for student, name in (("a", "Аня"), ("b", "Боря"))]
    told = [
        replace(one, entries=(replace(one.entries[0], reflection=f"я {one.student}"),))
        for one in two
    ]
    html = pages_of(*told)["class/4a/works"].html
    assert html.count('id="album"') == 1
    text = Reader(html).text
    assert "Аня , Боря" in text.replace("Аня,", "Аня ,")
    assert "я a" not in text and "я b" not in text


def test_two_halls_of_one_work_share_a_row_and_further_pictures_hang_below_the_words() -> None:
    one = of_class("anna", "Анна", "cat", "dog", "cup", "bee")
    halls = ("pictures", "pictures", "made", "words")
    exhibits = tuple(replace(it, hall=hall) for it, hall in zip(one.exhibits, halls, strict=True))
    more = replace(exhibits[3], scans=("bee", "bee-2"))
    bee = replace(one.entries[3], scans=(scan("bee"), scan("bee-2")))
    one = replace(one, exhibits=(*exhibits[:3], more), entries=(*one.entries[:3], bee))
    html = pages_of(one)["class/4a/works"].html
    alone, _, row = html.partition('class="st-halls"')
    assert [name for name in Reader(html).values("id") if name.startswith("hall-")] == [
        "hall-pictures", "hall-made", "hall-words",
    ]  # fmt: skip
    assert 'id="hall-pictures"' in alone and 'id="hall-made"' in row and 'id="hall-words"' in row
    assert row.index("Работа bee</h3>") < row.index("asset:anna/bee-2-")


def test_the_newest_works_of_a_class_leave_room_for_everybody() -> None:
    many = of_class("anna", "Анна", *(f"w{n}" for n in range(9)))
    few = of_class("gleb", "Глеб", "cover", "old")
    html = pages_of(many, few)["class/4a"].html
    shown = [ref.partition("#")[2] for ref in Reader(html).values("href") if "works#" in ref]
    # What stands for Anna and Gleb above, their first works, does not hang again.
    assert shown == ["old", "w1", "w2"]


@pytest.mark.covers("R-116")
def test_a_class_opens_with_its_people_then_two_ways_on_then_what_is_new() -> None:
    html = pages_of(of_class("anna", "Анна", *(f"w{n}" for n in range(5))))["class/4a"].html
    words = ("st-roster", "Выставка работ", "Страница почёта", "Новые работы")
    places = [html.index(one) for one in words]
    assert places == sorted(places)
    ways = html.partition('class="st-ways"')[2].partition("</nav>")[0]
    assert Reader(ways).values("href") == ["page:class/4a/works", "page:class/4a/honour"]
    assert "Рисунок и живопись" in Reader(ways).text
    # Through the door one sees first what hangs nowhere else on this page: neither cover nor new.
    assert re.findall(r"asset:anna/(w\d)", ways) == ["w3", "w4", "w0"]
    assert not re.search(r"\d", Reader(ways).text)


def test_new_works_hang_in_whole_rows() -> None:
    crowd = [of_class(f"s{n}", f"Имя {n}", f"c{n}", f"w{n}") for n in range(7)]
    html = pages_of(*crowd)["class/4a"].html
    shown = [ref for ref in Reader(html).values("href") if "works#" in ref]
    assert len(shown) == 4


@pytest.mark.covers("R-116")
def test_on_the_wall_of_a_level_everybody_has_the_same_room() -> None:
    many = of_class("anna", "Анна", *(f"w{n}" for n in range(9)))
    page = pages_of(many, tier="level", path="level/primary")["level/primary/works"]
    works = [name for name in Reader(page.html).values("id") if name.startswith("w")]
    assert works == ["w0", "w1", "w2"]


def test_a_class_that_shows_no_work_is_told_what_will_hang_here() -> None:
    pages = pages_of(of_class("anna", "Анна"))
    assert "здесь откроется выставка" in Reader(pages["class/4a"].html).text
    assert "class/4a/works" not in pages


@pytest.mark.parametrize("tier", ["family", "teacher", "staff", "public"])
def test_nobody_elses_list_has_an_exhibition(tier: str) -> None:
    assert "class/4a/works" not in pages_of(of_class("anna", "Анна", "cat"), tier=tier)


def test_an_outline_is_enough_for_lists_and_exhibitions_and_holds_no_more() -> None:
    """Pages that are made of what is kept are those that are made of everything."""
    poem = entry("poem", title="Тик", said=(Fact("text", Text("Тик", "Тик")),))
    whole = replace(
        of_class("anna", "Анна", "cat", "dog", "cup", motto="Рисую", about="Длинный рассказ"),
        exhibits=(
            Exhibit("poem", "words", SPOKEN, ()),
            Exhibit("cat", "pictures", DRAWN, ("cat",)),
        ),
        honours=(Honour("cup", DRAWN), Honour("cat", DRAWN), Honour("poem", SPOKEN, TODAY)),
    )
    secret = Fact("outcome", Text("Только здесь", "Only here"))
    cat = replace(whole.entries[0], why_it_matters="Он мой", note="тайна", said=(secret,))
    chalk = Fact("technique", Text("мел", "chalk"))
    cat = replace(cat, facts=(chalk, Fact("mentor", Text("Мастер", "A master"))))
    cat = replace(cat, facts=(*cat.facts, Fact("result", Text("призёр", "prize"))))
    whole = replace(whole, entries=(poem, cat, *whole.entries[1:]))
    leaves = {key: (leaf(key), leaf(f"{key}-2")) for key in ("cat", "dog", "cup")}
    share = Share("anna", (whole,), (), ())
    listed = outline(share, leaves)

    kept = {key: leaves[key][:1] for key in pictures_in(listed) if key in leaves}
    assert [*kept] == ["cat"]
    for words in ("Длинный рассказ", "тайна", "Работа dog", "Только здесь", "Мастер"):
        assert words in repr(share), words
        assert words not in repr(listed), words
    made = [
        compose_lists(
            decision(one, homes=(home(one.path),)), pictures, SHELLS, read_templates(THEME, "ru")
        )
        for one, pictures in ((whole, leaves), (listed.editions[0], kept))
    ]
    assert [page.path for page in made[0]] == ["class/4a", "class/4a/works", "class/4a/honour"]
    assert "мел, 3 класс, 2026" in Reader(made[0][1].html).text
    told = Reader(made[0][2].html).text
    assert "Призёр" in told and "Работа cup" in told
    assert made[0] == made[1]
