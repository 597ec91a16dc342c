"""Every audience of the domain: who holds a card, what it opens, and what it never opens."""

from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from generator.decide import decide
from generator.decide.editions import merge
from generator.load import load
from generator.model.edition import Decision, Edition, Holder
from generator.model.kinds import digest_entry, digest_frozen
from generator.model.school import Level, School
from generator.model.shown import Tier
from tests.world import BASE, SCHEMA, TODAY, world

Files = dict[str, str | bytes | None]

CONSENT = dedent(BASE["records/belova-anna/consent.yml"])
DISTRIBUTION = (
    CONSENT
    + """\
  - id: second
    purpose: distribution
    audience: public
    covers: [works, words, reviews]
    given_by: {name: Белова Ольга Петровна, relation: mother}
    signed: 2026-09-01
    until: 2027-08-31
    document: папка 4А, лист 2
"""
)
OPEN_SCHOOL = dedent(BASE["school/school.yml"]) + "switches: {open_information: true}\n"


def _read(root: Path, files: Files) -> School:
    loaded = load(world(root, files), SCHEMA)
    assert loaded.diagnostics == ()
    assert loaded.school
    return loaded.school


def _decide(root: Path, files: Files, level: Level = "primary") -> Decision:
    return decide(_read(root, files), level, TODAY)


def _holders(decision: Decision, tier: Tier) -> list[Holder]:
    return [holder for holder in decision.holders if holder.tier == tier]


def _opened(decision: Decision, holder: Holder) -> set[str]:
    """Logical paths of all that a card opens."""
    keys = set(holder.compartments)
    opened = {one.path for one in decision.editions if keys & set(one.compartments)}
    return opened | {one.path for one in decision.homes if keys & set(one.compartments)}


def _edition(decision: Decision, tier: Tier) -> Edition | None:
    return next((one for one in decision.editions if one.tier == tier), None)


# ---- brothers and sisters ----


def _siblings(ivan_in: str = "4a", access: str = "") -> Files:
    """Anna lives in two homes, Ivan in the one of them that they share."""
    rooms = {"4a": ["belova-anna"], "6b": []}
    rooms[ivan_in].append("belov-ivan")
    return {
        "school/access.yml": access or None,
        "school/classes/2026-27.yml": f"""\
            year: 2026-27
            classes:
              - {{id: 4a, title: 4 «А», grade: 4, teacher: orlova, students: {_list(rooms["4a"])}}}
              - {{id: 6b, title: 6 «Б», grade: 6, teacher: orlova, students: {_list(rooms["6b"])}}}
            """,
        "records/belova-anna/student.yml": """\
            name: {surname: Белова, given: Анна}
            born: 2016-05-01
            households:
              - {id: mama, title: Мама, home: belovy}
              - {id: papa, title: Папа}
            """,
        "records/belov-ivan/student.yml": """\
            name: {surname: Белов, given: Иван}
            born: 2016-05-01
            households: [{id: dom, title: Дом, home: belovy}]
            """,
        "records/belov-ivan/consent.yml": CONSENT,
    }


def _list(names: list[str]) -> str:
    return f"[{', '.join(names)}]"


@pytest.mark.covers("R-131")
def test_one_card_opens_all_children_of_a_home_on_a_level(tmp_path: Path) -> None:
    decision = _decide(tmp_path, _siblings())
    cards = {holder.audience: holder for holder in _holders(decision, "family")}

    assert set(cards) == {"family:belovy", "family:belova-anna/papa"}
    shared = cards["family:belovy"]
    assert shared.title == "Иван Белов, 4 «А»; Анна Белова, 4 «А» — Дом"
    assert not shared.elsewhere
    assert {"student/belova-anna/family", "student/belov-ivan/family"} <= _opened(decision, shared)
    assert shared.home == "home/belovy"
    home = next(one for one in decision.homes if one.path == shared.home)
    assert home.editions == ("student/belov-ivan/family", "student/belova-anna/family")


@pytest.mark.covers("R-131")
def test_the_other_home_of_a_child_learns_nothing_of_its_brothers_and_sisters(
    tmp_path: Path,
) -> None:
    decision = _decide(tmp_path, _siblings())
    papa = next(h for h in decision.holders if h.audience == "family:belova-anna/papa")

    assert _opened(decision, papa) == {
        "student/belova-anna/family", "family/belova-anna", "class/2026-27/4a", "level/primary",
    }  # fmt: skip
    home = next(one for one in decision.homes if one.path == papa.home)
    assert home.editions == ("student/belova-anna/family",)
    assert "belov-ivan" not in repr(papa)


def test_children_on_two_levels_have_two_cards_and_each_says_so(tmp_path: Path) -> None:
    files = _siblings(ivan_in="6b")
    found = {}
    levels: tuple[Level, ...] = ("primary", "basic")
    for level in levels:
        decision = _decide(tmp_path / level, files, level)
        found[level] = next(h for h in decision.holders if h.audience == "family:belovy")

    assert found["primary"].title == "Анна Белова, 4 «А» — Мама"
    assert found["basic"].title == "Иван Белов, 6 «Б» — Дом"
    assert all(holder.elsewhere for holder in found.values())
    assert "ivan" not in repr(found["primary"])


@pytest.mark.covers("R-139")
@pytest.mark.parametrize(
    ("stopped", "left"),
    [
        ("family:belovy", {"family:belova-anna/papa"}),
        ("family:belov-ivan", {"family:belova-anna/papa"}),
        ("family:belova-anna/mama", {"family:belova-anna/papa"}),
        ("family:belova-anna", set()),
        ("family:belova-anna/papa", {"family:belovy"}),
    ],
)
def test_whoever_is_stopped_is_stopped_with_the_card_of_the_home(
    tmp_path: Path, stopped: str, left: set[str]
) -> None:
    access = f"suspended: [{{name: {stopped}, since: 2026-11-01, reason: потеря}}]\n"
    decision = _decide(tmp_path, _siblings(access=access))

    assert {holder.audience for holder in _holders(decision, "family")} == left


# ---- the transition commission ----

ENTRY = "students/belova-anna/entries/{0}-{0}/entry.yml"
COMMISSION = """\
commissions:
  - level: primary
    year: 2026-27
    order: приказ № 118-од
    members: [orlova, zimin, nobody]
    until: {until}
"""
PEOPLE = """\
people:
  - id: orlova
    name: Орлова Мария Ивановна
    roles: [class-teacher]
    orders: [{number: 42-о, date: 2026-09-01}]
  - {id: zimin, name: Зимин Пётр, roles: [deputy-head], levels: [primary]}
"""


def _entry(name: str, more: str = "") -> str:
    facts = f"id: {name}\nkind: creative\nform: drawing\ntitle: Рисунок {name}\ndate: 2026-10-01\n"
    return f"{facts}reflection: Слова о {name}.\n{more}"


def _put_forward(root: Path, **changes: str) -> Files:
    """Two entries, `one` put forward and frozen as it stands, `two` kept at home."""
    given = {
        "until": "2027-05-28",
        "by": "orlova",
        "carried": "[one]",
        "on": "2026-11-16",
    } | changes
    files: Files = {
        ENTRY.format("one"): _entry("one", "visibility: family\n"),
        ENTRY.format("two"): _entry("two", "visibility: school\n"),
        "school/people.yml": PEOPLE,
        "school/access.yml": COMMISSION.format(until=given["until"]),
        "students/belova-anna/portfolio.yml": (
            "about: {motto: Мой девиз, text: Обо мне, visibility: school}\n"
            "goals: [{id: g, year: 2026-27, statement: Моя цель, visibility: school}]\n"
            f"choices: {{carried: {given['carried']}, highlights: [two]}}\n"
        ),
        "records/belova-anna/results.yml": (
            "results:\n  - {subject: Чтение, period: год, year: 2025-26, mark: отлично}\n"
        ),
    }
    one = next(e for e in _read(root / "frozen", files).students[0].entries if e.id == "one")
    files["records/belova-anna/confirmations.yml"] = (
        f"packages: [{{year: 2026-27, by: {given['by']}, on: {given['on']},"
        " decided: {by: both, on: 2026-11-10},"
        f" entries: [{{entry: one, digest: {digest_frozen(one, {})}}}]}}]\n"
    )
    return files


@pytest.mark.covers("R-120", "R-121", "R-031")
def test_the_commission_reads_what_was_put_forward_and_nothing_else(tmp_path: Path) -> None:
    decision = _decide(tmp_path / "now", _put_forward(tmp_path))
    edition = _edition(decision, "commission")

    assert edition
    assert edition.package
    assert [one.id for one in edition.entries] == ["one"]
    assert edition.compartments == ("commission:primary:2026-27",)
    assert (edition.package.grade, edition.package.frozen.by) == (5, "Орлова Мария Ивановна")
    assert edition.package.decided.ru.startswith("автор портфолио и родители вместе")
    assert edition.reason.paper == "приказ № 118-од"
    for kept in ("Рисунок two", "Мой девиз", "Обо мне", "Моя цель", "отлично"):
        assert kept not in repr(edition)
    assert edition.name == "Анна Белова"


@pytest.mark.covers("R-060", "R-133")
def test_members_named_by_an_order_hold_cards_with_words_only_that_open_packages_only(
    tmp_path: Path,
) -> None:
    decision = _decide(tmp_path / "now", _put_forward(tmp_path))
    members = _holders(decision, "commission")

    assert [one.audience for one in members] == ["commission:primary:2026-27/orlova"]
    assert not members[0].by_link
    assert _opened(decision, members[0]) == {
        "student/belova-anna/commission", "commission/primary/2026-27",
    }  # fmt: skip
    assert members[0].menu == (
        (members[0].menu[0][0], "commission/primary/2026-27"),
    )  # nothing leads to pages that it cannot open


@pytest.mark.covers("R-120")
@pytest.mark.parametrize(
    "changes",
    [
        {"until": "2026-11-21"},
        {"carried": "[]"},
        {"carried": "[two]"},
        {"by": "zimin"},
        {"on": "2026-11-23"},
    ],
    ids=["deadline over", "taken back", "another one", "frozen without an order", "not yet"],
)
def test_nothing_is_put_forward_when(tmp_path: Path, changes: dict[str, str]) -> None:
    decision = _decide(tmp_path / "now", _put_forward(tmp_path, **changes))

    assert _edition(decision, "commission") is None
    over = changes.get("until") is not None
    assert bool(_holders(decision, "commission")) != over


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (ENTRY.format("one"), "Слова о one.", "Другие слова."),
        (ENTRY.format("one"), "2026-10-01", "2026-10-02"),
        (ENTRY.format("one"), "visibility: family", "draft: true"),
        ("school/classes/2026-27.yml", "grade: 4", "grade: 3"),
        ("records/belova-anna/consent.yml", "2027-08-31", "2026-11-21"),
    ],
    ids=["its words changed", "its facts changed", "a draft again", "another grade", "no consent"],
)
def test_what_is_not_as_it_was_frozen_no_commission_reads(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    files = _put_forward(tmp_path)
    before = str(files.get(file) or dedent(BASE.get(file, "")))
    assert old in before
    files[file] = before.replace(old, new)

    assert _edition(_decide(tmp_path / "now", files), "commission") is None


def test_a_text_broken_into_other_lines_is_the_same_text(tmp_path: Path) -> None:
    files = _put_forward(tmp_path)
    entry = str(files[ENTRY.format("one")])
    files[ENTRY.format("one")] = entry.replace(
        "reflection: Слова о one.", "reflection: |\n  Слова\n  о one.\n"
    )

    assert _edition(_decide(tmp_path / "now", files), "commission")


def test_the_family_is_told_that_the_commission_reads_an_entry(tmp_path: Path) -> None:
    files = _put_forward(tmp_path)
    at_work = _edition(_decide(tmp_path / "now", files), "family")
    files["school/access.yml"] = COMMISSION.format(until="2026-11-21")
    over = _edition(_decide(tmp_path / "over", files), "family")

    def told(edition: Edition | None) -> dict[str, tuple[Tier, ...]]:
        assert edition
        return {one.id: one.seen_by for one in edition.entries}

    assert told(at_work) == {"two": ("teacher", "class", "level"), "one": ("teacher", "commission")}
    assert told(over)["one"] == ("teacher",)
    assert at_work
    assert at_work.package
    assert str(at_work.package.until) == "2027-05-28"


# ---- everybody ----


WORK = _entry("one", "mentor: orlova\nvisibility: public\n").replace(
    "kind: creative\nform: drawing", "kind: project\nform: project"
)
WORD = "records/belova-anna/confirmations.yml"
REVIEWS = "records/belova-anna/reviews.yml"


def _public(root: Path, **changes: str | None) -> Files:
    """Entry `one` and a review of it, for everybody; a teacher has confirmed the entry."""
    files: Files = {
        "school/school.yml": OPEN_SCHOOL,
        "records/belova-anna/consent.yml": DISTRIBUTION,
        ENTRY.format("one"): WORK,
        ENTRY.format("two"): _entry("two", "visibility: school\n"),
        REVIEWS: (
            "reviews:\n  - {id: a, kind: testimonial, author: Белова Ольга, relation: мама,"
            " on: 2026-10-02, text: Ей нравится рисовать, entry: one, visibility: public}\n"
        ),
    }
    one = next(e for e in _read(root / "confirmed", files).students[0].entries if e.id == "one")
    files[WORD] = (
        "confirmations: [{entry: one, by: orlova, on: 2026-10-05, basis: работа,"
        f" digest: {digest_entry(one, {})}}}]\n"
    )
    return files | changes


@pytest.mark.covers("R-144", "R-145")
def test_everybody_reads_what_was_granted_to_all_and_learns_no_name(tmp_path: Path) -> None:
    decision = _decide(tmp_path / "now", _public(tmp_path))
    edition = _edition(decision, "public")

    assert edition
    assert edition.compartments == ("public",)
    assert (edition.name, edition.class_title) == ("Анна Б.", "4")
    assert [one.id for one in edition.entries] == ["one"]
    said = repr(edition)
    for kept in ("Белова", "4 «А»", "Орлова", "Рисунок two", "мама"):
        assert kept not in said.replace("belova", "")
    assert edition.reviews[0].text == "Ей нравится рисовать"
    home = next(one for one in decision.homes if one.tier == "public")
    assert home.editions == (edition.path,)
    assert not _holders(decision, "public")


@pytest.mark.covers("R-144")
@pytest.mark.parametrize(
    "changes",
    [
        {"school/school.yml": BASE["school/school.yml"]},
        {"records/belova-anna/consent.yml": CONSENT},
        {"school/access.yml": "suspended: [{name: public, since: 2026-11-01, reason: сбой}]\n"},
        {ENTRY.format("one"): WORK.replace("public", "school"), REVIEWS: None},
        {WORD: None, REVIEWS: None},
    ],
    ids=["the switch is off", "no consent", "suspended", "nobody wishes it", "nobody confirmed it"],
)
def test_nothing_is_open_when(tmp_path: Path, changes: dict[str, str | None]) -> None:
    decision = _decide(tmp_path / "now", _public(tmp_path, **changes))

    assert _edition(decision, "public") is None
    assert not [home for home in decision.homes if home.tier == "public"]


# ---- the word of a teacher, and equal pages ----


def test_on_what_basis_a_thing_was_confirmed_guests_do_not_read(tmp_path: Path) -> None:
    files: Files = {ENTRY.format("one"): _entry("one", "visibility: school\n")}
    entry = _read(tmp_path / "before", files).students[0].entries[0]
    files["records/belova-anna/confirmations.yml"] = (
        "confirmations: [{entry: one, by: orlova, on: 2026-10-05, basis: слова мамы по телефону,"
        f" digest: {digest_entry(entry, {})}}}]\n"
    )
    decision = _decide(tmp_path / "after", files)

    read = {one.tier for one in decision.editions if "слова мамы по телефону" in repr(one)}
    assert read == {"family", "teacher", "staff"}
    guests = [one for one in decision.editions if one.tier in ("class", "level")]
    assert all(one.entries[0].confirmed for one in guests)


def test_editions_that_differ_in_their_readers_alone_are_one_page(tmp_path: Path) -> None:
    files: Files = {ENTRY.format("one"): _entry("one", "visibility: school\n")}
    editions = {one.tier: one for one in _decide(tmp_path, files).editions}
    staff = editions["staff"]

    def beside(tier: Tier, **changes: object) -> int:
        key = (f"{tier}:x",)
        other = replace(staff, tier=tier, path="other", compartments=key, **changes)  # type: ignore[arg-type]
        return len(merge((staff, other)))

    assert merge((staff, replace(staff, tier="teacher", path="x", compartments=("t",)))) == (
        replace(staff, compartments=(*staff.compartments, "t")),
    )
    assert beside("teacher") == 1
    # Another name, another remark, another reason, or a page that leads nowhere: another page.
    assert beside("teacher", name="Анна Б.") == 2
    assert beside("teacher", reason=editions["family"].reason) == 2
    assert beside("class") == beside("commission") == beside("public") == 2
    # A family's page is its own: it must not learn by its slots whether others read the same.
    assert all(len(one.compartments) == 1 for one in editions.values() if one.tier == "family")
