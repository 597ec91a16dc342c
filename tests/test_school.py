"""The sample school: its script, and what lies in portfolios/."""

import datetime as dt
from pathlib import Path

import pytest

from generator.check import check
from generator.diagnostic import Diagnostic
from generator.load import load
from generator.model.kinds import digest_entry
from generator.model.school import School
from generator.model.student import Student
from tests.school.__main__ import read_digests, run_school
from tests.school.people import TODAY
from tests.school.scans.draw import write_scan
from tests.school.scans.words import dative
from tests.school.shape import shape_sample

ROOT = Path(__file__).parent.parent
PORTFOLIOS = ROOT / "portfolios"
SCHEMA = ROOT / "schema"


def _read(folder: Path) -> tuple[School, list[Diagnostic]]:
    loaded = load(folder, SCHEMA)
    assert loaded.school
    return loaded.school, [*loaded.diagnostics, *check(loaded.school, TODAY)]


def _bytes_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def sample() -> tuple[School, list[Diagnostic]]:
    """The committed school as the product reads it."""
    return _read(PORTFOLIOS)


def _student(school: School, name: str) -> Student:
    return next(one for one in school.students if one.id == name)


def test_committed_yaml_is_what_the_script_makes_now() -> None:
    shaped = shape_sample(12)
    made = shaped.all_texts(read_digests(PORTFOLIOS, shaped))
    there = {
        path.relative_to(PORTFOLIOS).as_posix(): path.read_text(encoding="utf-8")
        for path in PORTFOLIOS.rglob("*.yml")
    }
    assert made.keys() == there.keys()
    assert [path for path in made if made[path] != there[path]] == []


def test_committed_scans_are_the_wanted_ones_and_no_others() -> None:
    files = {path for path in PORTFOLIOS.glob("students/*/entries/*/*") if path.suffix != ".yml"}
    assert {path.relative_to(PORTFOLIOS).as_posix() for path in files} == set(
        shape_sample(12).wanted
    )
    assert sum(path.stat().st_size for path in files) < 22_000_000


def test_sample_school_has_no_error(sample: tuple[School, list[Diagnostic]]) -> None:
    assert [one for one in sample[1] if one.is_error] == []


def test_sample_school_keeps_its_awkward_cases(sample: tuple[School, list[Diagnostic]]) -> None:
    school, _ = sample
    withdrawn = _student(school, "guseva-polina").consents.consents
    assert all(one.withdrawn and one.withdrawn < TODAY for one in withdrawn)
    expired = _student(school, "akhmetova-alina").consents.consents
    assert all(dt.date(2026, 6, 1) <= one.until <= dt.date(2026, 6, 30) for one in expired)
    unsigned = [one for one in _student(school, "polyakova-vera").consents.consents
                if one.audience == "school" and one.until > TODAY]  # fmt: skip
    assert unsigned and all(one.student_signed is None for one in unsigned)
    assert len(_student(school, "belova-anna").record.households) == 2
    assert _student(school, "dyomina-ekaterina").record.former_surnames == ("Рогова",)
    assert not _student(school, "gromova-varvara").entries
    assert len(_student(school, "kravtsov-ilya").entries) >= 20
    assert {one.name for one in school.access.suspended} == {"family:melnikov-egor"}


def test_sample_school_has_raised_the_keys_of_everybody_who_had_to_go(
    sample: tuple[School, list[Diagnostic]],
) -> None:
    assert [one for one in sample[1] if one.code == "key-not-raised"] == []


def test_one_confirmation_fits_no_longer(sample: tuple[School, list[Diagnostic]]) -> None:
    school, _ = sample
    loose = []
    for student in school.students:
        for entry in student.entries:
            folder = entry.file.removesuffix("entry.yml")
            scans = {scan.file: school.scans[folder + scan.file].digest for scan in entry.scans}
            for word in student.confirmations.confirmations:
                if word.entry == entry.id and word.digest != digest_entry(entry, scans):
                    loose.append((student.id, entry.title))
    assert loose == [("osipov-nikita", "Школьный чемпионат по настольному теннису")]


def test_generated_school_of_sixty_has_no_error(tmp_path: Path) -> None:
    run_school([str(tmp_path), "--students", "60", "--entries", "5"])
    school, found = _read(tmp_path)
    assert len(school.students) == 60
    assert {len(student.entries) for student in school.students} == {5}
    assert [one for one in found if one.is_error] == []


def test_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", "3"), ("two", "3"), ("three", "4")):
        run_school([str(tmp_path / name), "--students", "3", "--entries", "4", "--seed", seed])
    one = _bytes_below(tmp_path / "one")
    assert one == _bytes_below(tmp_path / "two")
    assert one != _bytes_below(tmp_path / "three")


def test_school_without_scans_names_none(tmp_path: Path) -> None:
    run_school([str(tmp_path), "--no-scans"])
    school, found = _read(tmp_path)
    assert not school.scans
    assert [one for one in found if one.is_error] == []


@pytest.mark.parametrize("kind", ["drawing", "certificate", "photo"])
def test_scan_of_a_seed_is_always_the_same(tmp_path: Path, kind: str) -> None:
    wanted = next(one for one in shape_sample(12).wanted.values() if one.document == kind)
    for name in ("a", "b"):
        write_scan(tmp_path / name / "entry" / wanted.file, wanted, 12)
    assert _bytes_below(tmp_path / "a") == _bytes_below(tmp_path / "b")


@pytest.mark.parametrize(
    ("name", "girl", "to_whom"),
    [
        ("Белова Анна Сергеевна", True, "Беловой Анне Сергеевне"),
        ("Ким Софья Дмитриевна", True, "Ким Софье Дмитриевне"),
        ("Фомина Лидия Артёмовна", True, "Фоминой Лидии Артёмовне"),
        ("Зайцев Михаил Олегович", False, "Зайцеву Михаилу Олеговичу"),
        ("Кравцов Илья Максимович", False, "Кравцову Илье Максимовичу"),
    ],
)
def test_diploma_names_its_owner_in_the_dative(name: str, girl: bool, to_whom: str) -> None:
    assert dative(name, girl) == to_whom
