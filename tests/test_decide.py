"""The room that decides: who may see what, and why."""

import datetime as dt
from pathlib import Path
from textwrap import dedent
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.decide import TABLE, Thing, allowed_by, decide, may_see
from generator.load import load
from generator.model.edition import Decision, Edition
from generator.model.policy import LADDER, Consent, GivenBy, Visibility
from generator.model.school import School
from generator.model.shown import Reason, Tier
from tests.world import BASE, SCHEMA, TODAY, world

# Audience × kind of thing, written out from domain.md («Who may see what») by hand.
#                  family class level commission teacher staff public
WRITTEN = """
family             yes    -     -     -          yes     yes   -
class              yes    yes   -     -          yes     yes   -
school             yes    yes   yes   -          yes     yes   -
public             yes    yes   yes   -          yes     yes   yes
draft              yes    -     -     -          -       -     -
unsettled          yes    -     -     -          yes     yes   -
earlier            yes    -     -     -          yes     yes   -
note               yes    -     -     -          yes     yes   -
behind             yes    -     -     -          yes     yes   -
basis              yes    -     -     yes        yes     yes   -
named              yes    yes   yes   yes        yes     yes   -
paper              yes    -     -     -          yes     yes   -
will               yes    -     -     -          yes     yes   -
arranged           yes    -     -     -          yes     yes   -
mark               yes    -     -     -          yes     yes   -
state-register     yes    -     -     -          yes     yes   -
private-words      yes    -     -     -          -       -     -
request            yes    -     -     -          yes     -     -
missing            yes    -     -     -          yes     -     -
moving-up          yes    -     -     -          yes     -     -
package            yes    -     -     yes        yes     yes   -
coverage           -      -     -     -          yes     yes   -
queue              -      -     -     -          yes     yes   -
exhibition         yes    yes   yes   -          yes     yes   -
honour             yes    yes   yes   -          yes     yes   -
about              yes    -     yes   -          yes     yes   -
"""
TIERS: tuple[Tier, ...] = ("family", "class", "level", "commission", "teacher", "staff", "public")
ROWS = [line.split() for line in WRITTEN.strip().splitlines()]
ALL_CONSENTS = {rung: Reason("consent", "лист 1") for rung in LADDER}


@pytest.mark.covers("R-144")
def test_the_written_table_names_every_kind_of_thing_and_every_audience() -> None:
    assert {row[0] for row in ROWS} == set(get_args(Thing)) == set(TABLE)
    assert set(TIERS) == set(get_args(Tier))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_with_every_consent_the_decision_is_the_written_one(row: list[str]) -> None:
    for tier, written in zip(TIERS, row[1:], strict=True):
        granted = may_see(row[0], tier, ALL_CONSENTS, "приказ № 1")  # type: ignore[arg-type]
        assert (granted is not None) == (written == "yes"), (row[0], tier)


@pytest.mark.covers("R-142", "R-143")
@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("thing", get_args(Thing))
def test_without_a_consent_for_processing_nothing_is_granted_to_anybody(
    thing: Thing, tier: Tier
) -> None:
    beyond: dict[Visibility, Reason] = {
        rung: ALL_CONSENTS[rung] for rung in LADDER if rung != "family"
    }
    assert may_see(thing, tier, {}, "приказ") is None
    assert may_see(thing, tier, beyond, "приказ") is None


def test_every_reason_names_a_paper() -> None:
    for thing in get_args(Thing):
        for tier in TIERS:
            reason = may_see(thing, tier, ALL_CONSENTS, "приказ № 1")
            assert reason is None or reason.paper


def _consent(**changes: object) -> Consent:
    whole = {
        "id": "one",
        "purpose": "processing",
        "audience": "school",
        "given_by": GivenBy(name="Белова Ольга", relation="mother"),
        "signed": dt.date(2026, 9, 1),
        "until": dt.date(2027, 8, 31),
        "document": "лист 1",
    }
    return Consent.model_validate(whole | changes)


CHILD = dt.date(2016, 5, 1)
GROWN = dt.date(2010, 5, 1)


@pytest.mark.covers("R-142", "R-143")
@pytest.mark.parametrize(
    ("consents", "born", "rungs"),
    [
        ([], CHILD, set()),
        ([_consent()], CHILD, {"family", "class", "school"}),
        ([_consent(audience="family")], CHILD, {"family"}),
        ([_consent(audience="class")], CHILD, {"family", "class"}),
        ([_consent(audience="public")], CHILD, {"family", "class", "school"}),
        ([_consent(purpose="distribution", audience="public")], CHILD, set()),
        (
            [_consent(), _consent(id="two", purpose="distribution", audience="public")],
            CHILD,
            {"family", "class", "school", "public"},
        ),
        ([_consent(), _consent(id="two", purpose="distribution")], CHILD, {*LADDER[:3]}),
        ([_consent(until="2026-11-21")], CHILD, set()),
        ([_consent(until="2026-11-22")], CHILD, {"family", "class", "school"}),
        ([_consent(signed="2026-11-23")], CHILD, set()),
        ([_consent(withdrawn="2026-11-22")], CHILD, set()),
        ([_consent(withdrawn="2026-11-23")], CHILD, {"family", "class", "school"}),
        ([_consent()], GROWN, {"family"}),
        ([_consent(student_signed="2026-09-01")], GROWN, {"family", "class", "school"}),
    ],
)
def test_consents_allow_exactly_this(
    consents: list[Consent], born: dt.date, rungs: set[Visibility]
) -> None:
    assert set(allowed_by(tuple(consents), born, 14, TODAY)) == rungs


@given(
    st.lists(
        st.builds(
            _consent,
            purpose=st.sampled_from(["processing", "distribution"]),
            audience=st.sampled_from(LADDER),
            until=st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)),
            withdrawn=st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1)),
        ),
        max_size=4,
    ),
    st.sampled_from([CHILD, GROWN]),
)
def test_whatever_a_wider_audience_sees_a_narrower_one_sees_too(
    consents: list[Consent], born: dt.date
) -> None:
    allowed = allowed_by(tuple(consents), born, 14, TODAY)
    for thing in set(get_args(Thing)) - {"about"}:  # the school's own page, of no child
        seen = [may_see(thing, tier, allowed, "приказ") is not None for tier in TIERS]
        family, one_class, level = seen[:3]
        assert level <= one_class <= family


def _entry(visibility: str, more: str = "") -> str:
    facts = "id: x7k2\nkind: creative\ntitle: Тайный рисунок\nform: drawing\ndate: 2026-10-01\n"
    return f"{facts}visibility: {visibility}\n{dedent(more)}"


ENTRY = "students/belova-anna/entries/risunok-x7k2/entry.yml"


def _school(tmp_path: Path, files: dict[str, str | bytes | None]) -> School:
    loaded = load(world(tmp_path, files), SCHEMA)
    assert loaded.diagnostics == ()
    assert loaded.school
    return loaded.school


def _decision(tmp_path: Path, files: dict[str, str | bytes | None]) -> Decision:
    return decide(_school(tmp_path, files), "primary", TODAY)


def _editions(decision: Decision) -> dict[str, Edition]:
    return {edition.tier: edition for edition in decision.editions}


@pytest.mark.covers("R-030")
def test_a_family_entry_reaches_family_and_duty_and_nobody_else(tmp_path: Path) -> None:
    editions = _editions(_decision(tmp_path, {ENTRY: _entry("family")}))

    assert set(editions) == {"family", "teacher", "staff"}
    assert "Тайный рисунок" in repr(editions["teacher"])


def test_a_class_entry_is_absent_from_the_level_edition(tmp_path: Path) -> None:
    editions = _editions(_decision(tmp_path, {ENTRY: _entry("class")}))

    assert set(editions) == {"family", "teacher", "staff", "class"}
    assert editions["class"].entries[0].reason == Reason(
        "consent", "папка 4А, лист 1", dt.date(2027, 8, 31), "first"
    )
    assert editions["family"].entries[0].seen_by == ("teacher", "class")
    assert editions["class"].entries[0].seen_by == ()


def test_the_level_knows_a_given_name_and_one_letter_only(tmp_path: Path) -> None:
    editions = _editions(_decision(tmp_path, {ENTRY: _entry("school")}))

    assert editions["class"].name == "Анна Белова"
    assert editions["level"].name == "Анна Б."
    assert "Белова" not in repr(editions["level"])


def test_a_draft_is_the_familys_alone(tmp_path: Path) -> None:
    editions = _editions(_decision(tmp_path, {ENTRY: _entry("school", "draft: true\n")}))

    assert set(editions) == {"family", "teacher", "staff"}
    assert editions["teacher"].entries == ()
    assert editions["family"].entries[0].state == "draft"


CONFIRMED = """\
    confirmations:
      - {{entry: x7k2, by: {by}, on: 2026-10-05, basis: рисунок, digest: {digest}, state: {state}}}
    """


@pytest.mark.covers("R-070", "R-075")
@pytest.mark.parametrize(
    ("by", "digest", "state", "expected"),
    [
        ("orlova", "0" * 64, "confirmed", "changed"),
        ("orlova", None, "confirmed", "confirmed"),
        ("nobody", None, "confirmed", "submitted"),
        ("orlova", None, "returned", "returned"),
        ("orlova", "0" * 64, "returned", "submitted"),
        ("orlova", "0" * 64, "disputed", "disputed"),
        ("orlova", None, "revoked", "revoked"),
    ],
)
def test_the_state_is_computed_from_the_last_decision(
    tmp_path: Path, by: str, digest: str | None, state: str, expected: str
) -> None:
    from generator.model.kinds import digest_entry

    files: dict[str, str | bytes | None] = {ENTRY: _entry("class")}
    entry = _school(tmp_path / "before", files).students[0].entries[0]
    files["records/belova-anna/confirmations.yml"] = CONFIRMED.format(
        by=by, digest=digest or digest_entry(entry, {}), state=state
    )
    editions = _editions(_decision(tmp_path / "after", files))

    assert editions["family"].entries[0].state == expected
    # What was returned and mended since waits for the teacher before the class sees it again.
    shown = expected in ("confirmed", "changed", "submitted") and state != "returned"
    assert ("class" in editions) == shown
    assert (editions["family"].entries[0].confirmed is not None) == (expected == "confirmed")


@pytest.mark.covers("R-074", "R-081")
def test_marks_and_the_state_register_never_leave_family_and_duty(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {
        ENTRY: _entry("school"),
        "records/belova-anna/results.yml": (
            "results:\n  - {subject: Математика, period: год, year: 2025-26, mark: КАНАРЕЙКА-5}\n"
        ),
        "records/belova-anna/student.yml": (
            "name: {surname: Белова, given: Анна}\nborn: 2016-05-01\n"
            "state_register: {decision: КАНАРЕЙКА-РЕЕСТР, on: 2026-09-01}\n"
        ),
    }
    editions = _editions(_decision(tmp_path, files))

    assert "КАНАРЕЙКА" in repr(editions["family"])
    assert "КАНАРЕЙКА" in repr(editions["teacher"])
    assert "КАНАРЕЙКА" not in repr(editions["class"])
    assert "КАНАРЕЙКА" not in repr(editions["level"])


def test_an_entry_of_an_earlier_level_stays_at_home_unless_carried_on(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {
        ENTRY: _entry("school").replace("2026-10-01", "2022-10-01"),
        "school/classes/2026-27.yml": (
            "year: 2026-27\nclasses:\n  - {id: 6a, title: 6 «А», grade: 6, teacher: orlova,"
            " students: [belova-anna]}\n"
        ),
    }
    stayed = decide(_school(tmp_path / "one", files), "basic", TODAY)
    files["students/belova-anna/portfolio.yml"] = "choices: {carried: [x7k2]}\n"
    carried = decide(_school(tmp_path / "two", files), "basic", TODAY)

    assert set(_editions(stayed)) == {"family", "teacher", "staff"}
    assert set(_editions(carried)) == {"family", "teacher", "staff", "class", "level"}
    assert _editions(stayed)["family"].entries[0].grade == 2


@pytest.mark.covers("R-143")
def test_a_withdrawn_consent_leaves_no_edition_and_no_card(tmp_path: Path) -> None:
    consent = "records/belova-anna/consent.yml"
    text = dedent(BASE[consent]) + "    withdrawn: 2026-11-01\n"
    decision = _decision(tmp_path, {ENTRY: _entry("school"), consent: text})

    assert decision.editions == ()
    assert not [holder for holder in decision.holders if holder.tier == "family"]
    assert "Белова" not in repr(decision)


def test_each_household_holds_its_own_card(tmp_path: Path) -> None:
    student = (
        "name: {surname: Белова, given: Анна}\nborn: 2016-05-01\n"
        "households:\n  - {id: mama, title: Мама}\n  - {id: papa, title: Папа}\n"
    )
    decision = _decision(tmp_path, {"records/belova-anna/student.yml": student})
    families = [holder for holder in decision.holders if holder.tier == "family"]

    assert [f.audience for f in families] == ["family:belova-anna/mama", "family:belova-anna/papa"]
    assert families[0].compartments == families[1].compartments


@pytest.mark.covers("R-139")
def test_a_suspended_family_is_suspended_in_every_household(tmp_path: Path) -> None:
    student = (
        "name: {surname: Белова, given: Анна}\nborn: 2016-05-01\n"
        "households:\n  - {id: mama, title: Мама}\n  - {id: papa, title: Папа}\n"
    )
    one = "suspended:\n  - {name: family:belova-anna/papa, since: 2026-11-01, reason: суд}\n"
    both = "suspended:\n  - {name: family:belova-anna, since: 2026-11-01, reason: утечка}\n"
    for access, left in ((one, ["family:belova-anna/mama"]), (both, [])):
        files: dict[str, str | bytes | None] = {
            "records/belova-anna/student.yml": student,
            "school/access.yml": access,
        }
        decision = _decision(tmp_path, files)
        assert [h.audience for h in decision.holders if h.tier == "family"] == left


def test_words_about_an_entry_go_where_the_entry_goes_and_private_ones_stay(
    tmp_path: Path,
) -> None:
    reviews = """\
        reviews:
          - {id: a, kind: opinion, author: Орлова, on: 2026-10-02, text: О РИСУНКЕ, entry: x7k2,
             visibility: school}
          - {id: b, kind: testimonial, author: Мама, on: 2026-10-02, text: ЛИЧНОЕ, private: true,
             visibility: school}
        """
    files: dict[str, str | bytes | None] = {
        ENTRY: _entry("family"),
        "records/belova-anna/reviews.yml": reviews,
    }
    editions = _editions(_decision(tmp_path, files))

    assert "О РИСУНКЕ" in repr(editions["teacher"])
    assert "ЛИЧНОЕ" in repr(editions["family"])
    assert "ЛИЧНОЕ" not in repr(editions["teacher"])
    assert "class" not in editions
    assert "level" not in editions


@pytest.mark.covers("R-060", "R-133", "R-139")
def test_suspended_expired_and_unappointed_audiences_hold_no_card(tmp_path: Path) -> None:
    access = """\
        opened:
          - {name: class:2026-27:4a, until: 2026-11-22, reason: классный час}
          - {name: level:primary, until: 2026-11-21, reason: линейка прошла}
        suspended:
          - {name: family:belova-anna, since: 2026-11-22, reason: карточка потеряна}
        """
    people = """\
        people:
          - {id: orlova, name: Орлова Мария, roles: [class-teacher]}
          - id: zimin
            name: Зимин Пётр
            roles: [deputy-head]
            levels: [primary]
            orders: [{number: 42-о, date: 2025-09-01, until: 2026-08-31}]
        """
    files: dict[str, str | bytes | None] = {
        "school/access.yml": access,
        "school/people.yml": people,
    }
    decision = _decision(tmp_path, files)

    assert [holder.audience for holder in decision.holders] == ["class:2026-27:4a"]


@pytest.mark.covers("R-131")
def test_a_family_opens_its_child_its_class_and_its_level_only(tmp_path: Path) -> None:
    decision = _decision(tmp_path, {})
    family = next(holder for holder in decision.holders if holder.tier == "family")

    assert family.compartments == (
        "child:belova-anna/family",
        "class:2026-27:4a/shared",
        "level:primary:2026-27/shared",
    )
    assert family.by_link
    assert not any(h.by_link for h in decision.holders if h.tier in ("teacher", "staff"))


def test_every_home_and_menu_leads_to_a_page_that_its_holder_can_open(tmp_path: Path) -> None:
    decision = _decision(tmp_path, {ENTRY: _entry("school")})
    readers = {edition.path: set(edition.compartments) for edition in decision.editions}
    readers |= {home.path: set(home.compartments) for home in decision.homes}
    readers |= {seen.path: set(seen.compartments) for seen in decision.seen}
    assert decision.about
    readers[decision.about.path] = set(decision.about.compartments)

    for holder in decision.holders:
        for path in (holder.home, *(path for _, path in holder.menu)):
            assert readers[path] & set(holder.compartments), (holder.audience, path)
    for home in decision.homes:
        for path in home.editions:
            assert set(home.compartments) & readers[path] or home.tier in ("teacher", "family")
