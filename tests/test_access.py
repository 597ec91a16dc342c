"""The life of a code, with real sealing: what the old one opens, and what its neighbours do."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.flow.access import Done, expire, issue, raise_keys, resume, rotate, suspend
from generator.flow.job import Job, find_mistakes
from generator.flow.keys import replace_key
from generator.flow.listing import list_access, stopped_elsewhere
from generator.publish import read, verify
from generator.trouble import Trouble
from tests.town import Town, build_town, moved

WHY = "карточку потеряли: в поезде"
NEIGHBOURS = (
    "family:ivanov-petr",
    "family:kotova-lada",
    "teacher:orlova",
    "staff:primary/lebedeva",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return build_town(tmp_path_factory.mktemp("town"))


@pytest.fixture
def town(built: Town, tmp_path: Path) -> Town:
    return moved(built, tmp_path)


def opens_nothing(now: Town, before: Town, audience: str) -> None:
    """The card of before has no keyring, and a keyring kept from before opens no page."""
    assert before.opened[audience], "it did open something"
    assert before.reader(audience).ring() is None
    assert now.kept_opens(before, audience) == []


def opens_the_same(before: Town, *audiences: str) -> None:
    """The very card of before opens the very pages of before."""
    for audience in audiences:
        assert before.opened[audience], audience
        assert before.reader(audience).pages() == before.opened[audience], audience


def still_reads(before: Town, audience: str, words: str) -> None:
    """The very card of before opens the page with these words, whatever else has changed."""
    assert words in before.text(audience)
    assert words in " ".join(before.reader(audience).pages().values()).replace("\xa0", " ")


def test_the_town_opens_as_it_should_before_anything_happens(town: Town) -> None:
    assert set(town.opened) == {
        "family:belova-anna/mama", "family:belova-anna/papa", "family:ivanov-petr",
        "family:kotova-lada", "teacher:orlova", "teacher:gavrilova", "staff:primary/lebedeva",
        "class:2026-27:4a", "level:primary", "commission:primary:2026-27/lebedeva",
    }  # fmt: skip
    assert "Девиз ученика Анна" in town.text("family:ivanov-petr")
    assert "Белова" not in town.text("family:kotova-lada")


@pytest.mark.covers("R-131", "R-139")
def test_a_lost_card_opens_nothing_and_no_other_card_changes(town: Town) -> None:
    done = rotate(town.sample.job, "family:belova-anna/papa", WHY)
    now = town.again()

    assert done.cards == ("Анна Белова, 4 «А» — Папа",)
    opens_nothing(now, town, "family:belova-anna/papa")
    opens_the_same(town, "family:belova-anna/mama", *NEIGHBOURS)
    assert now.opened["family:belova-anna/papa"] == town.opened["family:belova-anna/papa"]


def test_both_homes_of_a_child_get_new_cards_when_the_child_is_named(town: Town) -> None:
    done = rotate(town.sample.job, "belova-anna", WHY)
    now = town.again()

    assert len(done.cards) == 2
    for home in ("mama", "papa"):
        opens_nothing(now, town, f"family:belova-anna/{home}")
    opens_the_same(town, *NEIGHBOURS)


def test_a_family_that_left_reads_nothing_of_the_next_release(town: Town) -> None:
    record = town.sample.job.portfolios / "records/ivanov-petr/student.yml"
    record.write_text(record.read_text("utf-8") + "left: 2026-11-20\n", "utf-8")
    done = rotate(town.sample.job, "ivanov-petr", "семья переехала")
    now = town.again()

    assert done.cards == ()
    opens_nothing(now, town, "family:ivanov-petr")
    assert "Пётр" not in " ".join(map(now.text, now.cards))
    still_reads(town, "family:kotova-lada", "Девиз ученика Лада")
    still_reads(town, "family:belova-anna/mama", "Девиз ученика Анна")


def test_a_teacher_who_left_reads_nothing_of_what_all_could_read(town: Town) -> None:
    people = town.sample.job.portfolios / "school/people.yml"
    order = "orders: [{number: 42-о, date: 2026-09-01}]"
    ended = order.replace("2026-09-01", "2026-09-01, until: 2026-11-20")
    people.write_text(people.read_text("utf-8").replace(order, ended, 1), "utf-8")
    done = rotate(town.sample.job, "orlova", "учительница уволилась")
    now = town.again()

    assert done.cards == ()
    assert {"teacher:orlova", "teacher:orlova:2026-27", "class:2026-27:4a/shared",
            "level:primary:2026-27/shared"} == set(done.raised)  # fmt: skip
    opens_nothing(now, town, "teacher:orlova")
    assert "teacher:orlova" not in now.cards
    still_reads(town, "family:belova-anna/mama", "Девиз ученика Анна")
    still_reads(town, "family:ivanov-petr", "Девиз ученика Пётр")


def test_a_deputy_head_who_lost_the_card_gets_another_and_nobody_else(town: Town) -> None:
    done = rotate(town.sample.job, "lebedeva", WHY)
    now = town.again()

    assert done.names == ("staff:primary/lebedeva", "commission:primary:2026-27/lebedeva")
    for audience in done.names:
        opens_nothing(now, town, audience)
    opens_the_same(town, "family:belova-anna/mama", *NEIGHBOURS[:3], "teacher:gavrilova")


@pytest.mark.covers("R-143")
def test_a_family_that_withdrew_its_consent_is_gone_and_so_is_its_card(town: Town) -> None:
    file = town.sample.job.portfolios / "records/ivanov-petr/consent.yml"
    text = file.read_text("utf-8").replace("document:", "withdrawn: 2026-11-22, document:")
    file.write_text(text, "utf-8")
    rotate(town.sample.job, "ivanov-petr", "отозвали согласие")
    now = town.again()

    opens_nothing(now, town, "family:ivanov-petr")
    assert "Пётр" not in " ".join(map(now.text, now.cards))
    still_reads(town, "family:kotova-lada", "Девиз ученика Лада")


def test_after_the_master_key_leaked_no_old_card_opens_anything(town: Town) -> None:
    file, old = replace_key(town.sample.job, "ключ видели чужие")
    now = town.again()

    assert file.read_text() != old.read_text()
    assert old.stat().st_mode & 0o777 == 0o600
    for audience in town.cards:
        opens_nothing(now, town, audience)
        assert len(now.opened[audience]) == len(town.opened[audience]) > 0
    assert [e.details["action"] for e in read(town.sample.job.register) if e.what == "access"] == [
        "master-replaced"
    ]


@pytest.mark.covers("R-139")
def test_a_suspended_card_opens_nothing_and_after_resuming_is_the_same_card(town: Town) -> None:
    suspend(town.sample.job, "family:belova-anna/papa", WHY)
    now = town.again()
    opens_nothing(now, town, "family:belova-anna/papa")
    opens_the_same(town, "family:belova-anna/mama", *NEIGHBOURS)

    resume(town.sample.job, "family:belova-anna/papa", "нашлась")
    town.again()
    opens_the_same(town, "family:belova-anna/papa", "family:belova-anna/mama", *NEIGHBOURS)


@pytest.mark.covers("R-139")
def test_a_suspended_child_is_on_nobodys_page(town: Town) -> None:
    suspend(town.sample.job, "belova-anna", "нарушение")
    now = town.again()

    for home in ("mama", "papa"):
        opens_nothing(now, town, f"family:belova-anna/{home}")
    words = " ".join(map(now.text, now.cards))
    assert "Анна" not in words and "Белова" not in words
    still_reads(town, "teacher:orlova", "Девиз ученика Пётр")
    still_reads(town, "family:kotova-lada", "Девиз ученика Лада")

    resume(town.sample.job, "belova-anna", "устранили")
    town.again()
    opens_the_same(town, "family:belova-anna/papa", *NEIGHBOURS)


@pytest.mark.covers("R-139")
def test_of_a_suspended_class_no_card_opens_and_no_page_is_there(town: Town) -> None:
    suspend(town.sample.job, "4a", "утечка")
    now = town.again()

    for audience in ("family:belova-anna/mama", "family:ivanov-petr", "teacher:orlova",
                     "class:2026-27:4a"):  # fmt: skip
        opens_nothing(now, town, audience)
    words = " ".join(map(now.text, now.cards))
    for gone in ("Анна", "Пётр", "4 «А»", "Орлова"):
        assert gone not in words, gone
    still_reads(town, "family:kotova-lada", "Девиз ученика Лада")

    resume(town.sample.job, "4a", "устранили")
    town.again()
    opens_the_same(town, "family:belova-anna/mama", "class:2026-27:4a", *NEIGHBOURS)


@pytest.mark.covers("R-139")
@pytest.mark.parametrize("word", ["primary", "site"])
def test_of_a_suspended_site_the_locked_page_is_all_there_is(town: Town, word: str) -> None:
    suspend(town.sample.job, word, "утечка")
    town.again()

    site = town.sample.job.output / "primary"
    folders = {path.name for path in site.iterdir() if path.is_dir()}
    assert not {"p", "k", "a"} & folders
    assert (site / "index.html").is_file()
    for audience in town.cards:
        assert town.reader(audience).ring() is None

    resume(town.sample.job, word, "устранили")
    town.again()
    opens_the_same(town, *town.cards)


def test_an_event_that_was_ended_is_over_and_the_next_one_has_another_code(town: Town) -> None:
    job = town.sample.job
    expire(job, "4a", "код ушёл в чат")
    now = town.again()
    opens_nothing(now, town, "class:2026-27:4a")
    opens_the_same(town, "level:primary")
    # Not the very same page: it tells the family that guests of the class see it no more.
    still_reads(town, "family:ivanov-petr", "Девиз ученика Пётр")
    still_reads(town, "teacher:orlova", "Девиз ученика Анна")

    issue(job, "4a", dt.date(2026, 12, 25), "новогодний огонёк")
    now = town.again()
    assert town.reader("class:2026-27:4a").ring() is None
    assert now.opened["class:2026-27:4a"] == town.opened["class:2026-27:4a"]


@pytest.mark.covers("R-139")
@pytest.mark.parametrize("at_once", [False, True])
def test_after_its_last_day_a_commission_opens_nothing(town: Town, at_once: bool) -> None:
    member = "commission:primary:2026-27/lebedeva"
    if not at_once:  # nobody does anything: the next build is later than the day
        late = replace(town.sample, job=replace(town.sample.job, date=dt.date(2026, 12, 1)))
        # Its key needs no number: nothing is sealed with it. The events' keys of that day do.
        raised = {"class:2026-27:4a/shared", "level:primary:2026-27/shared"}
        assert set(raise_keys(late.job, "события прошли").raised) == raised
        assert late.again().built.sites
    else:
        done = expire(town.sample.job, "commission:primary:2026-27", "закончили")
        assert (done.names, done.raised) == (("commission:primary:2026-27",), {})
        assert member not in town.again().cards
    opens_nothing(town, town, member)
    still_reads(town, "staff:primary/lebedeva", "Девиз ученика Пётр")
    still_reads(town, "family:belova-anna/mama", "Девиз ученика Анна")


def test_a_first_event_needs_no_replacing(town: Town) -> None:
    done = issue(town.sample.job, "3b", dt.date(2026, 12, 25), "ёлка")
    assert (done.names, done.raised) == (("class:2026-27:3b",), {})
    assert "Лада" in town.again().text("class:2026-27:3b")


def test_what_people_wrote_in_access_stays_as_they_wrote_it(town: Town) -> None:
    file = town.sample.job.portfolios / "school/access.yml"
    before = file.read_text("utf-8").splitlines()
    for act, *words in (
        (suspend, "4a", WHY), (rotate, "kotova-lada", WHY), (expire, "4a", WHY),
        (resume, "4a", "нашлась"), (rotate, "kotova-lada", "ещё раз"),
        (expire, "commission:primary:2026-27", WHY),
    ):  # fmt: skip
        act(town.sample.job, *words)
    after = file.read_text("utf-8").splitlines()

    ended = before[2].replace("2026-11-30", "2026-11-21")
    closed = before[-1].replace("2026-11-30", "2026-11-21")
    assert after[: len(before)] == [*before[:2], ended, *before[3:-1], closed]
    assert ended.endswith("# в среду") and closed.endswith("# последнее заседание")


@pytest.mark.covers("R-139", "R-060")
def test_every_decision_stands_in_the_register_with_who_and_why(town: Town) -> None:
    job = town.sample.job
    suspend(job, "ivanov-petr", WHY)
    resume(job, "ivanov-petr", "нашлась")
    done = [event for event in read(job.register) if event.what == "access"]

    assert [(e.details["action"], e.details["reason"]) for e in done] == [
        ("suspend", WHY), ("resume", "нашлась"),
    ]  # fmt: skip
    for event in done:
        assert (event.by, event.basis) == ("lebedeva", "order:lebedeva:2026-09-01")
        assert event.about == ("ivanov-petr",)
        assert event.audiences == ("student:ivanov-petr",)
    assert verify(job.register).is_whole


DEEDS: list[Callable[[Job], Done]] = [
    lambda job: rotate(job, "belova-anna", WHY),
    lambda job: suspend(job, "belova-anna", WHY),
    lambda job: resume(job, "belova-anna", WHY),
    lambda job: expire(job, "4a", WHY),
    lambda job: issue(job, "3b", dt.date(2026, 12, 1), WHY),
]


@pytest.mark.covers("R-060", "R-133")
@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_decides_without_an_order(town: Town, deed: Callable[[Job], Done]) -> None:
    job = town.sample.job
    if deed is DEEDS[2]:
        suspend(job, "belova-anna", WHY)
    file, lines = job.portfolios / "school/access.yml", job.register.read_bytes()
    before = file.read_bytes()
    for by in ("ci", "login:me", "nobody"):
        with pytest.raises(Trouble, match="answer for this"):
            deed(replace(job, by=by))
    assert (file.read_bytes(), job.register.read_bytes()) == (before, lines)


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        (lambda job: rotate(job, "belova-ana", WHY), "there is none"),
        (lambda job: rotate(job, "3b", WHY), "has no card"),
        (lambda job: resume(job, "belova-anna", WHY), "is not suspended"),
        (lambda job: expire(job, "3b", WHY), "has no code now"),
        (lambda job: issue(job, "4a", dt.date(2026, 12, 1), WHY), "a code already"),
        (lambda job: issue(job, "3b", dt.date(2026, 11, 21), WHY), "is over"),
        (lambda job: issue(job, "belova-anna", dt.date(2026, 12, 1), WHY), "no class or level"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_written(
    town: Town, deed: Callable[[Job], Done], said: str
) -> None:
    file = town.sample.job.portfolios / "school/access.yml"
    before = file.read_bytes()
    with pytest.raises(Trouble, match=said):
        deed(town.sample.job)
    assert file.read_bytes() == before


def codes_of(town: Town) -> list[str]:
    """Codes of the mistakes about access that stop a build."""
    found = find_mistakes(town.sample.job).diagnostics
    return [one.code for one in found if one.is_error and one.place.file == "school/access.yml"]


@pytest.mark.covers("R-139")
@pytest.mark.parametrize("kept", ["register", "private"])
def test_a_lost_card_cannot_come_back_by_an_emptied_file(town: Town, kept: str) -> None:
    job = town.sample.job
    rotate(job, "ivanov-petr", WHY)
    town.again()
    (job.portfolios / "school/access.yml").unlink()
    # A fresh copy of the portfolios has no private folder; a cut register has no line about it.
    if kept == "register":
        next(job.private.rglob("published.json")).unlink()
    else:
        job.register.unlink()

    assert codes_of(town) == ["epoch-lowered"]
    assert town.sample.again().built.sites == ()
    assert town.reader("family:ivanov-petr").ring() is None


def test_the_lines_that_are_asked_for_are_all_it_wants(town: Town) -> None:
    job = town.sample.job
    rotate(job, "ivanov-petr", WHY)
    town.again()
    file = job.portfolios / "school/access.yml"
    whole = file.read_text("utf-8").partition("epochs:")[0]
    file.write_text(whole, "utf-8")
    (found,) = [one for one in find_mistakes(job).diagnostics if one.code == "epoch-lowered"]
    lines = re.findall("`(- [^`]*)`", found.fix.ru)
    file.write_text(f"{whole}epochs:\n" + "\n".join(lines) + "\n", "utf-8")

    assert len(lines) == 4
    assert codes_of(town) == []


def test_a_number_written_by_hand_is_remembered_from_its_first_release_on(town: Town) -> None:
    job, name = town.sample.job, "family:kotova-lada"
    file = job.portfolios / "school/access.yml"
    whole = file.read_text("utf-8")
    keys = ("child:kotova-lada/family", "class:2026-27:3b/shared", "level:primary:2026-27/shared")
    by_hand = "".join(
        f"  - {{name: '{one}', epoch: 3, reason: вручную}}\n" for one in (name, *keys)
    )
    file.write_text(f"{whole}epochs:\n{by_hand}", "utf-8")
    assert town.again().sample.built.sites
    next(job.private.rglob("published.json")).unlink()
    file.write_text(f"{whole}epochs:\n{by_hand.replace('3', '2', 1)}", "utf-8")

    assert codes_of(town) == ["epoch-lowered"]
    assert rotate(job, name, WHY).raised[name] == 4


@pytest.mark.covers("R-139")
def test_a_suspension_that_was_rubbed_out_stops_the_build_until_somebody_answers(
    town: Town,
) -> None:
    job = town.sample.job
    file = job.portfolios / "school/access.yml"
    before = file.read_text("utf-8")
    suspend(job, "ivanov-petr", WHY)
    town.again()
    epochs = "epochs:" + file.read_text("utf-8").partition("epochs:")[2]
    file.write_text(f"{before}{epochs}", "utf-8")
    assert "student:ivanov-petr" not in file.read_text("utf-8")

    assert codes_of(town) == ["suspension-dropped"]
    resume(job, "ivanov-petr", "ошибка")
    assert codes_of(town) == []
    town.again()
    opens_the_same(town, "family:ivanov-petr")


def test_the_list_names_every_code_with_its_days(town: Town) -> None:
    job = town.sample.job
    suspend(job, "family:ivanov-petr", WHY)
    suspend(job, "kotova-lada", WHY)
    rows = {row.audience: row for row in list_access(job)}

    assert set(rows) == set(town.cards)
    petr, lada, event = (
        rows[n] for n in ("family:ivanov-petr", "family:kotova-lada", "level:primary")
    )
    assert petr.stopped and petr.stopped.reason == WHY
    assert lada.stopped and lada.stopped.name == "student:kotova-lada"
    assert (event.epoch, event.until) == (1, dt.date(2026, 11, 30))
    assert event.stopped is None
    assert petr.since == dt.date(2026, 11, 22)
    assert petr.until == dt.date(2027, 8, 31)
    assert rows["teacher:orlova"].order.ru.startswith("приказ №\xa042-о от")
    assert [one.name for one in stopped_elsewhere(job)] == ["student:kotova-lada"]

    rotate(job, "family:belova-anna/papa", WHY)
    papa = next(row for row in list_access(job) if row.audience == "family:belova-anna/papa")
    assert (papa.epoch, papa.since) == (2, None)
