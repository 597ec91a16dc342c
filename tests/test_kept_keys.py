"""Who loses a right keeps the ring, with real sealing: does it open anything made later?"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check import check_keys
from generator.decide import decide, find_rings
from generator.flow.access import raise_keys, suspend
from generator.flow.job import Job, find_mistakes, read_before, read_school
from generator.flow.keys import replace_key
from generator.load import load
from generator.model.published import Held, Published, handed_out, together
from generator.model.school import LEVELS, School
from generator.publish import Event, append, read, verify
from generator.publish.published import news, parse_rings, read_published, rings_of
from generator.trouble import Trouble
from tests.sample import unbuilt
from tests.town import TOWN, Town, build_town, moved
from tests.world import SCHEMA, TODAY, world

WHY = "права больше нет"
CLASS, LEVEL = "class:2026-27:4a/shared", "level:primary:2026-27/shared"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return build_town(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def town(built: Town, tmp_path: Path) -> Town:
    return moved(built, tmp_path)


def rewrite(job: Job, file: str, old: str, new: str) -> None:
    """One change of what people wrote."""
    path = job.portfolios / file
    text = path.read_text("utf-8")
    assert old in text, (file, old)
    path.write_text(text.replace(old, new, 1), "utf-8")


def unraised(job: Job) -> list[str]:
    """The keys that a build asks to be raised, as its lines for access.yml name them."""
    found = [one for one in find_mistakes(job).diagnostics if one.code == "key-not-raised"]
    return sorted(re.findall("{name: ([^,]+), epoch: [0-9]+, reason: ", " ".join(
        one.fix.ru for one in found
    )))  # fmt: skip


def written(job: Job) -> dict[str, bytes]:
    """Every file that a build could have written, but for the digests it remembers, and for what
    was decided of a student and lies ready for the next release."""
    folders, own = (job.output, job.private, job.portfolios), {"digests", "share", "ready"}
    files = (p for root in folders for p in root.rglob("*") if not own & {*p.parts, p.suffix[1:]})
    return {str(p): p.read_bytes() for p in files if p.is_file()}


def strays(now: Town, before: Town, audience: str) -> list[str]:
    """What a ring of before opens of the new tree, and its holder of today may not see."""
    kept = now.kept_opens(before, audience)
    return [page for page in kept if page not in now.opened.get(audience, {}).values()]


PEOPLE, ACCESS = "school/people.yml", "school/access.yml"
ROOMS = "school/classes/2026-27.yml"
OPENED = "  - {name: 'class:2026-27:4a', until: 2026-11-30, reason: классный час}  # в среду\n"
Changes = tuple[tuple[str, str, str], ...]
LOSSES: dict[str, tuple[Changes, str, set[str]]] = {
    "a class got another teacher": (
        ((ROOMS, "teacher: orlova", "teacher: gavrilova"),), "teacher:orlova", {CLASS, LEVEL}
    ),
    "a home was deleted": (
        (("records/belova-anna/student.yml", ", {id: papa, title: Папа}", ""),),
        "family:belova-anna/papa", {CLASS, LEVEL, "child:belova-anna/family"},
    ),
    "a deputy head lost a level": (
        ((PEOPLE, "levels: [primary]", "levels: [basic]"),), "staff:primary/lebedeva",
        {CLASS, LEVEL, "class:2026-27:3b/shared", "staff:primary:2026-27"},
    ),
    "a member left the commission": (
        ((ACCESS, "members: [lebedeva]", "members: [gavrilova]"),),
        "commission:primary:2026-27/lebedeva", {"commission:primary:2026-27"},
    ),
    "a child moved to another class": (
        ((ROOMS, ", ivanov-petr", ""), (ROOMS, "[kotova-lada", "[kotova-lada, ivanov-petr")),
        "family:ivanov-petr", {CLASS},
    ),
    "an event's line was deleted": (((ACCESS, OPENED, ""),), "class:2026-27:4a", {CLASS}),
    "a card was replaced by hand, and its keys were not": (
        ((ACCESS, "commissions:", "epochs: [{name: 'family:ivanov-petr', epoch: 2, reason: сам}]\n"
          "commissions:"),), "family:ivanov-petr", {CLASS, LEVEL, "child:ivanov-petr/family"},
    ),
}  # fmt: skip


@pytest.mark.covers("R-139")
@pytest.mark.parametrize("loss", LOSSES)
def test_nothing_is_published_until_the_keys_of_a_lost_right_are_raised(
    town: Town, loss: str
) -> None:
    job, (changes, audience, keys) = town.sample.job, LOSSES[loss]
    assert unraised(job) == []
    for change in changes:
        rewrite(job, *change)
    before = written(job)

    assert set(unraised(job)) == keys
    assert town.sample.again().built.sites == ()
    assert written(job) == before

    done = raise_keys(job, WHY)
    assert (done.names, set(done.raised), done.cards) == ((audience,), keys, ())
    now = town.again()
    assert now.sample.built.sites
    assert town.rings[audience]
    assert strays(now, town, audience) == []
    for other in ("family:kotova-lada", "family:belova-anna/mama", "teacher:gavrilova"):
        assert town.reader(other).pages() == now.opened[other] != {}, other
    assert verify(job.register).is_whole
    assert unraised(job) == []


OVER: dict[str, tuple[str, str, str]] = {
    "an event is over": (
        ACCESS, "until: 2026-11-30, reason: праздник", "until: 2026-11-21, reason: праздник"
    ),
    "an order has ended": (
        PEOPLE, "name: Орлова Мария Ивановна\n    roles: [class-teacher]\n"
        "    orders: [{number: 42-о, date: 2026-09-01}]",
        "name: Орлова Мария Ивановна\n    roles: [class-teacher]\n"
        "    orders: [{number: 42-о, date: 2026-09-01, until: 2026-11-20}]",
    ),
    "a consent is withdrawn": (
        "records/ivanov-petr/consent.yml", "signed: 2026-09-01",
        "signed: 2026-09-01, withdrawn: 2026-11-20",
    ),
    "a student has left": (
        "records/ivanov-petr/student.yml", "born: 2016-05-01",
        "born: 2016-05-01\nleft: 2026-11-20",
    ),
}  # fmt: skip


@pytest.mark.covers("R-139", "R-143")
@pytest.mark.parametrize("end", OVER)
def test_what_ended_by_itself_is_gone_at_once_and_the_keys_are_asked_for(
    town: Town, end: str
) -> None:
    rewrite(town.sample.job, *OVER[end])
    gone = set(town.cards) - set(moved_on(town).cards)
    now = town.again()
    assert now.sample.built.sites
    assert gone
    for audience in gone:
        assert town.reader(audience).ring() is None, audience
    found = [d for d in now.sample.built.diagnostics if d.code == "key-not-raised"]
    assert found
    assert not any(d.is_error for d in found)


def moved_on(town: Town) -> Town:
    """The same school as it is read now, not built yet."""
    return Town(replace(town.sample, school=read_school(town.sample.job)[0]))


def test_the_lines_that_it_gives_are_all_it_wants(town: Town) -> None:
    job = town.sample.job
    rewrite(job, "records/belova-anna/student.yml", ", {id: papa, title: Папа}", "")
    (found,) = [one for one in find_mistakes(job).diagnostics if one.code == "key-not-raised"]
    lines = re.findall("`(- [^`]*)`", found.fix.ru)
    rewrite(job, ACCESS, "commissions:", "epochs:\n" + "\n".join(lines) + "\ncommissions:")

    assert len(lines) == 3
    assert unraised(job) == []


@pytest.mark.covers("R-139")
@pytest.mark.parametrize("kept", ["register", "private"])
def test_either_the_register_or_the_private_folder_is_enough(town: Town, kept: str) -> None:
    job = town.sample.job
    rewrite(job, ROOMS, "teacher: orlova", "teacher: gavrilova")
    if kept == "register":  # a fresh copy of the portfolios
        next(job.private.rglob("published.json")).unlink()
    else:
        job.register.unlink()

    assert unraised(job) == [CLASS, LEVEL]


def test_a_right_that_came_and_went_between_two_releases_is_no_loss(town: Town) -> None:
    job = town.sample.job
    rewrite(job, ACCESS, "members: [lebedeva]", "members: [lebedeva, gavrilova]")
    assert find_mistakes(job).is_fine
    rewrite(job, ACCESS, "members: [lebedeva, gavrilova]", "members: [lebedeva]")
    assert unraised(job) == []


def test_a_ring_of_an_earlier_release_than_the_last_is_remembered(town: Town) -> None:
    """Of the child nothing was sealed in between; then its key comes back into use."""
    job, record = town.sample.job, "records/ivanov-petr/student.yml"
    rewrite(job, record, "born", "left: 2026-11-20\nborn")
    assert set(raise_keys(job, WHY).raised) == {CLASS, LEVEL}
    town.again()
    rewrite(job, record, "left: 2026-11-20\n", "households: [{id: tata, title: Тётя}]\n")

    # The card of the one home there was is not the card of the aunt.
    assert unraised(job) == ["child:ivanov-petr/family"]


def test_without_a_record_of_who_got_which_key_that_is_said(town: Town) -> None:
    job = town.sample.job
    (last,) = [e for e in read(job.register) if e.details.get("level") == "primary"]
    next(job.private.rglob("published.json")).unlink()
    job.register.unlink()
    details = {key: value for key, value in last.details.items() if key != "rings"}
    append(job.register, replace(last, details=details))

    found = [one for one in find_mistakes(job).diagnostics if one.code == "keys-not-compared"]
    assert [(one.severity, "`primary`" in one.message.ru) for one in found] == [("warning", True)]
    town.again()
    assert "keys-not-compared" not in {one.code for one in find_mistakes(job).diagnostics}


def test_of_a_replaced_master_key_no_old_ring_counts(town: Town) -> None:
    job = town.sample.job
    rewrite(job, ROOMS, "teacher: orlova", "teacher: gavrilova")
    assert unraised(job)
    replace_key(replace(job, by="lebedeva"), "ключ видели чужие")
    assert unraised(job) == []
    assert read_before(job, town.sample.school.settings).unknown == frozenset()


def test_with_nothing_to_raise_that_is_said_and_nothing_is_written(town: Town) -> None:
    before = written(town.sample.job)
    with pytest.raises(Trouble, match="nothing to raise"):
        raise_keys(town.sample.job, WHY)
    assert written(town.sample.job) == before


NEXT = """\
year: 2027-28
classes:
  - {id: 4b, title: 4 «Б», grade: 4, teacher: orlova, students: [kotova-lada]}
  - {id: 5a, title: 5 «А», grade: 5, teacher: gavrilova, students: [belova-anna, ivanov-petr]}
"""


@pytest.mark.covers("R-139")
def test_in_september_nobody_has_to_raise_anything(town: Town) -> None:
    """Classes move up, teachers change, a deputy head and the events are gone with the year."""
    job = replace(town.sample.job, date=date(2027, 9, 1))
    (job.portfolios / "school/classes/2027-28.yml").write_text(NEXT, "utf-8")
    for child in ("belova-anna", "ivanov-petr", "kotova-lada"):
        rewrite(job, f"records/{child}/consent.yml", "until: 2027-08-31", "until: 2028-08-31")
    rewrite(job, PEOPLE, "levels: [primary]\n", "levels: [basic]\n")
    rewrite(job, ACCESS, OPENED, "")

    assert unraised(job) == []
    later = Town(replace(town.sample, job=job)).again("orlova")
    assert later.sample.built.sites
    assert "Девиз ученика Лада" in later.text("family:kotova-lada")
    for audience in ("teacher:orlova", "staff:primary/lebedeva", "class:2026-27:4a",
                     "level:primary", "family:belova-anna/papa"):  # fmt: skip
        assert later.kept_opens(town, audience) == [], audience
    assert strays(later, town, "family:kotova-lada") == []


def _school(root: Path, files: dict[str, str] | None = None) -> School:
    school = load(world(root, {**TOWN, **(files or {})}), SCHEMA).school
    assert school
    return school


def _held(school: School) -> dict[str, dict[str, Held]]:
    rings = (find_rings(school, level, TODAY) for level in LEVELS)
    return {one.level: handed_out(one, school.access.numbers) for one in rings}


STOPS: dict[str, Callable[[str], str]] = {
    "suspended": lambda who: f"suspended: [{{name: '{who}', since: 2026-11-01, reason: х}}]\n",
    "replaced": lambda who: f"epochs: [{{name: '{who}', epoch: 2, reason: х}}]\n",
}


@pytest.mark.parametrize("how", STOPS)
def test_every_key_of_every_card_must_be_raised_when_it_is_stopped(
    how: str, tmp_path: Path
) -> None:
    school = _school(tmp_path)
    before = Published(held=_held(school))
    for holder in decide(school, "primary", TODAY).holders:
        if how == "suspended" and holder.tier in ("class", "level"):
            continue  # nothing of it is sealed then
        access = f"{dedent(TOWN[ACCESS])}{STOPS[how](holder.audience)}"
        stopped = _school(tmp_path, {ACCESS: access})
        rings = tuple(find_rings(stopped, level, TODAY) for level in LEVELS)
        (found,) = check_keys(stopped, TODAY, before, rings)
        raised = re.findall(r"name: ([^,]+), epoch: 2", found.fix.en)
        assert set(raised) == set(holder.compartments), holder.audience


def test_what_is_found_without_pages_is_what_is_decided(town: Town) -> None:
    school = town.sample.school
    for level in LEVELS:
        decision, rings = decide(school, level, TODAY), find_rings(school, level, TODAY)
        held = {(h.audience, h.epoch, name) for h in decision.holders for name in h.compartments}
        assert held == {(*card, name) for name, cards in rings.cards.items() for card in cards}
        sealed = {name for edition in decision.editions for name in edition.compartments}
        sealed |= {name for home in decision.homes for name in home.compartments}
        sealed |= {*decision.about.compartments} if decision.about else set()
        assert sealed - {"public"} == {*rings.cards}


def test_a_key_that_nobody_holds_today_is_in_use_while_pages_are_sealed_with_it(
    tmp_path: Path,
) -> None:
    home = "households: [{id: dom, title: Дом, home: dom-na-gore}]\n"
    files = {
        f"records/{child}/student.yml": f"{TOWN[f'records/{child}/student.yml']}{home}"
        for child in ("ivanov-petr", "kotova-lada")
    }
    before = Published(held=_held(_school(tmp_path, files)))
    access = f"{dedent(TOWN[ACCESS])}{STOPS['suspended']('family:dom-na-gore')}"
    stopped = _school(tmp_path, {**files, ACCESS: access})
    rings = find_rings(stopped, "primary", TODAY)

    editions = decide(stopped, "primary", TODAY).editions
    assert {name for one in editions for name in one.compartments} <= {*rings.cards}
    assert {*before.kept(rings, {})} == {
        "child:ivanov-petr/family", "child:kotova-lada/family", "home:dom-na-gore",
        "class:2026-27:4a/shared", "class:2026-27:3b/shared", LEVEL,
    }  # fmt: skip


def test_a_suspension_raises_what_was_never_built_here_too(tmp_path: Path) -> None:
    """What another computer published is not known: today's cards count as given out."""
    job = replace(unbuilt(tmp_path, world(tmp_path / "written", {**TOWN})), by="lebedeva")
    assert set(suspend(job, "family:kotova-lada", WHY).raised) == {
        "child:kotova-lada/family", "class:2026-27:3b/shared", LEVEL,
    }  # fmt: skip


NAMES = st.sampled_from(["child:a/family", "class:2026-27:4a/shared", "staff:primary:2026-27"])
CARDS = st.frozensets(
    st.tuples(st.sampled_from(["family:a", "level:x"]), st.integers(1, 3)), min_size=1
)
KEYS = st.dictionaries(NAMES, st.builds(Held, st.integers(1, 3), CARDS))


@given(KEYS)
def test_the_words_of_a_line_say_who_got_which_key(held: dict[str, Held]) -> None:
    assert parse_rings(rings_of(held)) == held


@given(KEYS, KEYS)
def test_a_line_tells_only_what_was_not_told_and_nothing_is_forgotten(
    told: dict[str, Held], held: dict[str, Held]
) -> None:
    fresh = news(held, told)
    assert together(told, fresh) == together(told, held)
    assert news(held, together(told, fresh)) == {}


@pytest.mark.parametrize("words", ["", ";", "; ;", "x", "x=", "=1 y", "a=b=c d=e"])
def test_words_that_say_no_key_break_nothing(words: str, tmp_path: Path) -> None:
    register = tmp_path / "register.jsonl"
    details: dict[str, str | int] = {"level": "basic", "release": "r", "content": "c", "count": 1}
    event = Event("2026-11-20T12:00:00+00:00", "release", (), ("x",), "", "ci", "t", details)
    append(register, replace(event, details={**details, "rings": words}))
    assert read_published(register, None).epochs == {}
