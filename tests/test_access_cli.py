"""`stupeni access …` as people type it: what is said, in which language, and what strangers see."""

from pathlib import Path

import pytest

from tests.test_cli import DAY, run
from tests.town import TOWN
from tests.world import world

DEED = ("--reason", "потеряли: в поезде", "--by", "lebedeva", *DAY)


@pytest.fixture
def school(tmp_path: Path) -> Path:
    world(tmp_path / "portfolios", {**TOWN})
    return tmp_path


def test_a_lost_card_is_replaced_in_one_command_that_says_what_it_cannot_undo(school: Path) -> None:
    done = run(school, "access", "rotate", "family:belova-anna/papa", *DEED)
    assert done.returncode == 0, done.stderr
    assert "Записано: family:belova-anna/papa\n" in done.stdout
    assert "Заменено кодов и ключей: 4\n" in done.stdout
    assert "(остальные карточки работают): Анна Белова, 4 «А» — Папа\n" in done.stdout
    assert "прочтёт свою копию" in done.stdout
    assert "stupeni build" in done.stdout
    assert "папа" not in done.stdout and "Мама" not in done.stdout
    listed = run(school, "access", "list", *DAY).stdout
    assert "family:belova-anna/papa\n    Анна Белова, 4 «А» — Папа; код № 2;" in listed
    assert "family:belova-anna/mama\n    Анна Белова, 4 «А» — Мама; код № 1;" in listed


def test_every_deed_speaks_english_too_and_the_list_shows_what_is_closed(school: Path) -> None:
    for deed, whom, *more in (
        ("suspend", "4a"), ("resume", "4a"), ("suspend", "belova-anna"), ("expire", "primary"),
        ("issue", "3b", "--until", "2026-12-20"),
    ):  # fmt: skip
        done = run(school, "access", deed, whom, *more, *DEED, "--lang", "en")
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("Written down: ")
        assert not any("а" <= sign <= "я" for sign in done.stdout.replace("3 «Б»", "")), done.stdout
    listed = run(school, "access", "list", *DAY, "--lang", "en").stdout
    assert "SUSPENDED since 2026-11-22: потеряли: в поезде" in listed
    assert "class:2026-27:3b" in listed
    assert "level:primary" not in listed


def test_keys_of_those_who_lost_a_right_are_raised_in_one_command(school: Path) -> None:
    for step in (("keys", "init"), ("build", *DAY)):
        assert run(school, *step).returncode == 0
    rooms = school / "portfolios/school/classes/2026-27.yml"
    rooms.write_text(rooms.read_text("utf-8").replace("orlova", "gavrilova"), "utf-8")
    stopped = run(school, "build", *DAY)
    assert stopped.returncode == 1
    assert "key-not-raised" in stopped.stdout + stopped.stderr
    done = run(school, "access", "raise", *DEED)
    assert done.returncode == 0, done.stderr
    assert "Записано: teacher:orlova\nЗаменено кодов и ключей: 2\n" in done.stdout
    assert "Напечатать" not in done.stdout
    assert run(school, "build", *DAY).returncode == 0
    again = run(school, "access", "raise", *DEED)
    assert again.returncode == 2
    assert "поднимать нечего" in again.stderr


def test_on_a_public_log_nobody_is_named(school: Path) -> None:
    said = ""
    for arguments in (
        ("rotate", "belova-anna"), ("suspend", "ivanov-petr"), ("resume", "ivanov-petr"),
        ("resume", "kotova-lada"),
    ):  # fmt: skip
        done = run(school, "access", *arguments, *DEED, CI="true")
        said += done.stdout + done.stderr
    listed = run(school, "access", "list", *DAY, CI="true")
    said += listed.stdout + listed.stderr
    for word in ("belova", "ivanov", "kotova", "Анна", "Белова", "Папа", "orlova", "Орлова"):
        assert word not in said, word
    assert "1–4 классы: 10" in listed.stdout


def test_a_deed_without_somebody_who_answers_for_it_is_refused_and_says_how(school: Path) -> None:
    done = run(school, "access", "suspend", "4a", "--reason", "утечка", *DAY)
    assert done.returncode == 2
    assert "--by" in done.stderr
    assert "suspended" not in (school / "portfolios/school/access.yml").read_text("utf-8")
