"""A consent names purpose, audience, categories and term; what it does not name is not shown."""

import datetime as dt
from pathlib import Path
from textwrap import dedent
from typing import get_args

import pytest

from generator.decide import decide
from generator.decide.table import covered_by, lost_by, may_carry
from generator.load import load
from generator.model.edition import Edition
from generator.model.kinds import ENTRY, digest_entry
from generator.model.policy import Category, Consent, GivenBy, Visibility
from generator.model.shown import Tier, Withdrawn
from tests.world import BASE, SCHEMA, TODAY, world

FILES: dict[str, str | bytes | None] = {
    "students/belova-anna/portfolio.yml": """\
        about: {motto: Рисую ветер, visibility: school}
        goals: [{id: g, year: 2026-27, statement: Дойти до моря, visibility: school}]
        """,
    "students/belova-anna/entries/konkurs-x7k2/entry.yml": """\
        id: x7k2
        kind: contest
        form: creative
        title: Конкурс парусов
        date: 2026-10-14
        result: laureate
        reflection: Ветер не рисуется
        visibility: school
        scans:
          - {file: foto.jpg, description: Анна у мольберта, document: photo}
          - {file: diplom.jpg, description: Диплом, document: diploma}
          - {file: parus.jpg, description: Парус, document: drawing}
        """,
    "students/belova-anna/entries/konkurs-x7k2/foto.jpg": b"foto",
    "students/belova-anna/entries/konkurs-x7k2/diplom.jpg": b"diplom",
    "students/belova-anna/entries/konkurs-x7k2/parus.jpg": b"parus",
    "students/belova-anna/entries/list-p1/entry.yml": """\
        id: p1
        kind: page
        category: hobby
        title: Моя тетрадь
        date: 2026-10-15
        text: Записываю облака
        visibility: school
        """,
    "records/belova-anna/reviews.yml": """\
        reviews:
          - {id: r, kind: opinion, author: Орлова М. И., by: orlova, on: 2026-10-20,
             text: Смелая кисть, visibility: school}
        """,
}
SIGNS = {
    "surname": "Белова",
    "photos": "foto.jpg",
    "papers": "diplom.jpg",
    "works": "parus.jpg",
    "words": "Рисую ветер|Дойти до моря|Ветер не рисуется|Записываю облака|Моя тетрадь",
    "reviews": "Смелая кисть",
}
"""What an edition shows of each category."""
BARE = ("Анна", "Конкурс парусов")
"""What every audience of a consent sees."""
# Written by hand: of all that is covered, what each audience sees (a guest knows one letter of a
# surname, and papers bear the whole).
SEES: dict[Tier, str] = {
    "family": "surname photos papers works words reviews",
    "teacher": "surname photos papers works words reviews",
    "class": "surname photos papers works words reviews",
    "level": "photos works words reviews",
}


def consents(*rows: str) -> dict[str, str | bytes | None]:
    by = "given_by: {name: Белова Ольга Петровна, relation: mother}"
    base = f"{by}, signed: 2026-09-01, until: 2027-08-31, document: папка"
    lines = [f"  - {{id: n{n}, {base}, {row}}}\n" for n, row in enumerate(rows)]
    return {"records/belova-anna/consent.yml": "consents:\n" + "".join(lines)}


def editions(root: Path, *rows: str, **files: str) -> dict[str, Edition]:
    more = {name.replace("__", "/"): text for name, text in files.items()}
    loaded = load(world(root, FILES | consents(*rows) | more), SCHEMA)
    assert loaded.school
    assert loaded.diagnostics == ()
    return {e.tier: e for e in decide(loaded.school, "primary", TODAY).editions}


def carried(edition: Edition) -> set[str]:
    words = repr(edition).replace(edition.path, "").replace("students/belova-anna", "")
    found = {name: [sign in words for sign in signs.split("|")] for name, signs in SIGNS.items()}
    assert all(len({*seen}) == 1 for seen in found.values()), found  # all of a category, or nothing
    return {name for name, seen in found.items() if all(seen)}


@pytest.mark.covers("R-142", "R-143")
@pytest.mark.parametrize("category", get_args(Category))
def test_a_category_is_shown_where_a_consent_names_it_and_nowhere_else(
    category: str, tmp_path: Path
) -> None:
    # A paper bears the name: without the surname it is shown to nobody else.
    ticked = "papers, surname" if category == "papers" else category
    found = editions(tmp_path, f"purpose: processing, audience: school, covers: [{ticked}]")

    for tier, seen in SEES.items():
        own = tier in ("family", "teacher")
        expected = {*seen.split()} if own else {*ticked.split(", ")} & {*seen.split()}
        assert carried(found[tier]) == expected, tier
        assert all(word in repr(found[tier]) for word in BARE)


def test_a_paper_is_not_shown_by_a_consent_that_leaves_out_the_name(tmp_path: Path) -> None:
    found = editions(tmp_path, "purpose: processing, audience: class, covers: [papers]")
    assert carried(found["class"]) == set()
    assert found["class"].name == "Анна Б."


@pytest.mark.covers("R-143")
@pytest.mark.parametrize(
    ("covers", "shown"),
    [
        ("surname, photos, papers, works", True),
        ("surname, photos, papers", False),
        ("surname, papers, works", False),
        ("surname, photos, works", False),
        ("photos, papers, works", False),
    ],
)
def test_a_scan_of_which_nobody_said_what_it_is_may_be_a_paper_a_work_and_a_photograph(
    covers: str, shown: bool, tmp_path: Path
) -> None:
    entry = "students/belova-anna/entries/konkurs-x7k2/entry.yml"
    unsaid = str(FILES[entry]).replace(", document: diploma", "")
    row = f"purpose: processing, audience: school, covers: [{covers}]"
    found = editions(tmp_path, row, **{entry: unsaid})

    assert "diplom.jpg" in repr(found["family"]) and "diplom.jpg" in repr(found["teacher"])
    assert ("diplom.jpg" in repr(found["class"])) is shown
    assert "diplom.jpg" not in repr(found["level"])


@pytest.mark.covers("R-143")
def test_each_audience_has_conditions_of_its_own(tmp_path: Path) -> None:
    found = editions(
        tmp_path,
        "purpose: processing, audience: class, covers: [surname, photos, works]",
        "purpose: processing, audience: school, covers: [works]",
    )
    assert carried(found["class"]) == {"surname", "photos", "works"}
    assert carried(found["level"]) == {"works"}


def test_the_family_is_told_who_else_sees_it_and_not_more(tmp_path: Path) -> None:
    family = editions(tmp_path, "purpose: processing, audience: class, covers: [works]")["family"]
    assert [goal.seen_by for goal in family.goals] == [("teacher",)]
    assert {e.id: e.seen_by for e in family.entries} == {
        "p1": ("teacher",),
        "x7k2": ("teacher", "class"),
    }


def consent(**changes: object) -> Consent:
    whole = {
        "id": "one",
        "purpose": "processing",
        "audience": "school",
        "given_by": GivenBy(name="Белова Ольга", relation="mother"),
        "signed": dt.date(2026, 9, 1),
        "until": dt.date(2027, 8, 31),
        "document": "лист 1",
        "covers": ["works"],
    }
    return Consent.model_validate(whole | changes)


CHILD, GROWN = dt.date(2016, 5, 1), dt.date(2010, 5, 1)
OCTOBER = dt.date(2026, 10, 12)
FAMILY = consent(id="home", audience="family", covers=[])
PUBLIC = consent(id="all", purpose="distribution", audience="public")


@pytest.mark.covers("R-143")
@pytest.mark.parametrize(
    ("papers", "born", "lost"),
    [
        ([FAMILY, consent()], CHILD, None),
        ([FAMILY, consent(withdrawn=OCTOBER)], CHILD, {"class", "school"}),
        ([FAMILY, consent(withdrawn=TODAY)], CHILD, {"class", "school"}),
        ([FAMILY, consent(withdrawn="2026-11-23")], CHILD, None),  # tomorrow
        ([consent(withdrawn=OCTOBER), consent(id="new")], CHILD, None),  # granted anew
        ([consent(audience="class"), consent(withdrawn=OCTOBER)], CHILD, {"school"}),
        ([FAMILY, consent(withdrawn=OCTOBER, until="2026-11-21")], CHILD, None),  # over anyway
        ([FAMILY, consent(withdrawn=OCTOBER)], GROWN, None),  # never allowed more than the family
        ([consent(), PUBLIC.model_copy(update={"withdrawn": OCTOBER})], CHILD, {"public"}),
    ],
)
def test_a_withdrawal_is_known_by_what_was_lost(
    papers: list[Consent], born: dt.date, lost: set[Visibility] | None
) -> None:
    found = lost_by(tuple(papers), born, 14, TODAY)
    assert (set(found[1]) if found else None) == lost
    assert found is None or found[0] == next(p.withdrawn for p in papers if p.withdrawn)


@pytest.mark.covers("R-143")
def test_after_a_withdrawal_the_family_reads_the_day_and_others_read_nothing(
    tmp_path: Path,
) -> None:
    family = "purpose: processing, audience: family"
    school = "purpose: processing, audience: school, covers: [works, words]"
    before = editions(tmp_path / "before", family, school)
    after = editions(tmp_path / "after", family, f"{school}, withdrawn: 2026-10-12")

    assert {*before} == {"family", "teacher", "staff", "class", "level"}
    assert {*after} == {"family", "teacher", "staff"}
    assert before["family"].withdrawn is None
    assert after["family"].withdrawn == Withdrawn(OCTOBER, "family", only_public=False)


def test_a_school_that_is_closed_to_everybody_does_not_speak_of_everybody(tmp_path: Path) -> None:
    rows = (
        "purpose: processing, audience: school, covers: [works]",
        "purpose: distribution, audience: public, covers: [works], withdrawn: 2026-10-12",
    )
    opened = dedent(BASE["school/school.yml"]) + "switches: {open_information: true}\n"
    assert editions(tmp_path / "closed", *rows)["family"].withdrawn is None
    found = editions(tmp_path / "open", *rows, **{"school__school.yml": opened})
    assert found["family"].withdrawn == Withdrawn(OCTOBER, "school", only_public=True)
    assert found["level"].withdrawn is None


@pytest.mark.parametrize("category", get_args(Category))
def test_family_and_staff_need_no_word_of_a_consent_for_a_category(category: Category) -> None:
    for tier in get_args(Tier):
        assert may_carry(category, tier, {}) == (tier not in ("class", "level", "public"))


def test_what_a_paper_covers_ends_with_the_paper() -> None:
    papers = (consent(), consent(id="two", covers=["photos"], until="2026-11-21"))
    assert covered_by(papers, CHILD, 14, TODAY)["class"] == {"works"}
    day_before = TODAY - dt.timedelta(days=1)
    assert covered_by(papers, CHILD, 14, day_before)["class"] == {"works", "photos"}


def test_to_say_later_that_a_scan_is_a_photograph_asks_for_the_teacher_again() -> None:
    base = {"id": "a1", "kind": "page", "category": "hobby", "title": "Т", "date": "2026-10-14"}
    unsaid, photo = (
        digest_entry(
            ENTRY.validate_python({**base, "text": "т", "scans": [{"file": "a.jpg"} | more]}), {}
        )
        for more in ({}, {"document": "photo"})
    )
    assert unsaid != photo
