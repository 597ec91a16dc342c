"""The sample school: its script, and what lies in portfolios/."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from generator.check import check
from generator.diagnostic import Diagnostic
from generator.load import load
from generator.model.collective import Collectives
from generator.model.kinds import KINDS, AnyEntry
from generator.model.policy import Access, Consents
from generator.model.portfolio import Portfolio
from generator.model.record import FileRecord, Record
from generator.model.school import ClassList, Events, School, Settings, Staff
from generator.model.shared import entries_of
from generator.model.shown import State
from generator.model.state import settle
from generator.model.student import Confirmations, Results, Reviews, Student, StudentRecord
from generator.model.vocabulary import OwnWords, chosen
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


_FILES: tuple[type[FileRecord], ...] = (
    Settings, Staff, ClassList, Events, Collectives, Access, OwnWords, StudentRecord, Portfolio,
    Consents, Confirmations, Reviews, Results, *KINDS.values(),
)  # fmt: skip


def _records(school: School) -> Iterator[FileRecord]:
    """Every file of a school."""
    yield from (school.settings, school.staff, school.events, school.collectives, school.access)
    yield from (*school.years, *school.own_words.values())
    for one in school.students:
        yield from (one.record, one.portfolio, one.consents, one.confirmations, one.reviews)
        yield from (one.results, *one.entries)


def _within(record: Record) -> Iterator[Record]:
    """The record and every record inside it."""
    yield record
    for value in vars(record).values():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Record):
                yield from _within(one)


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The model and every model that its fields name."""
    yield model
    pending = [field.annotation for field in model.model_fields.values()]
    while pending:
        kind = pending.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _models(kind)
        pending += get_args(kind)


def _owner(model: type[BaseModel], name: str) -> type[BaseModel]:
    """The model that defines the field: what all entries have need not be in each kind."""
    heirs = reversed(model.__mro__)
    return next(one for one in heirs if name in getattr(one, "model_fields", ()))


def _words(record: Record) -> Iterator[tuple[str, str]]:
    """Every word of a record that was chosen from a list: the list's name, the word."""
    for keys, listed in chosen(type(record)).items():
        found: list[object] = [record]
        for key in keys.split("."):
            inside = [getattr(one, key) for one in found if one is not None]
            found = [x for one in inside for x in (one if isinstance(one, tuple) else (one,))]
        yield from ((listed, str(word)) for word in found if word is not None)


def _all_entries(school: School) -> Iterator[tuple[Student, AnyEntry]]:
    for student in school.students:
        yield from ((student, entry) for entry in entries_of(school, student))


def _titled(school: School, student: str, title: str) -> tuple[Student, AnyEntry]:
    found = _student(school, student)
    return found, next(one for one in found.entries if one.title == title)


def _whose(diagnostic: Diagnostic) -> str:
    return diagnostic.place.file.split("/")[1]


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
    files = {path for path in PORTFOLIOS.rglob("*/*") if path.is_file()}
    scans = {path for path in files if path.suffix != ".yml" and path.name != "register.jsonl"}
    wanted = set(shape_sample(12).wanted)
    assert {path.relative_to(PORTFOLIOS).as_posix() for path in scans} == wanted
    assert sum(path.stat().st_size for path in files) < 25_000_000


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
    assert _student(school, "lavrova-darina").record.left
    assert _student(school, "zhdanov-roman").record.came_from
    assert len(_student(school, "kravtsov-ilya").entries) >= 20
    held = {one.name for one in school.access.suspended if one.resumed is None}
    assert held == {"family:melnikov-egor"}


def test_sample_school_has_raised_the_keys_of_everybody_who_had_to_go(
    sample: tuple[School, list[Diagnostic]],
) -> None:
    assert [one for one in sample[1] if one.code == "key-not-raised"] == []


def test_sample_school_warns_only_of_what_is_awkward_on_purpose(
    sample: tuple[School, list[Diagnostic]],
) -> None:
    assert {(one.code, _whose(one)) for one in sample[1]} == {
        ("public-unconfirmed", "ilyina-marta"),
        ("public-own-words", "ilyina-marta"),
        ("act-replaced", "school.yml"),
        ("paper-incomplete", "zhdanov-roman"),
        ("reward-without-order", "kim-sofya"),
        ("consent-expired", "akhmetova-alina"),
        ("consent-withdrawn", "guseva-polina"),
        ("consent-student-signature", "polyakova-vera"),
        ("confirmation-outdated", "osipov-nikita"),
        ("result-without-document", "kravtsov-ilya"),
    }


def test_sample_school_uses_every_kind_of_entry(sample: tuple[School, list[Diagnostic]]) -> None:
    school, _ = sample
    assert {entry.kind for _, entry in _all_entries(school)} == {*KINDS, "group"}


def test_sample_school_has_an_entry_in_every_state(
    sample: tuple[School, list[Diagnostic]],
) -> None:
    school, _ = sample
    states: dict[str, list[str]] = {state: [] for state in get_args(State)}
    for student, entry in _all_entries(school):
        states[settle(school, student, entry)[0]].append(entry.title)

    assert [state for state, titles in states.items() if not titles] == []
    assert states["changed"] == ["Школьный чемпионат по настольному теннису"]
    assert states["revoked"] == ["Забег «Первый снег»"]


def test_sample_school_shows_how_entries_come_into_their_states(
    sample: tuple[School, list[Diagnostic]],
) -> None:
    school, _ = sample
    words = [word for one in school.students for word in one.confirmations.confirmations]
    people = {person.id: person for person in school.staff.people}
    orders = {people[word.by].order_on(word.on) for word in words}

    assert len(orders) > 1, "somebody confirmed under an earlier order"
    assert any(word.countersigned for word in words)
    assert any(word.copy_true for word in words)
    # a paper that lacks a detail is not confirmed, whoever says so
    reference = _titled(school, "zhdanov-roman", "Справка из школы № 3")
    assert settle(school, *reference) == ("submitted", None)
    # what came back and was answered waits for the teacher again
    answered, lemon = _titled(school, "petrenko-ulyana", "Лимон из косточки")
    assert answered.confirmations.confirmations[-1].state == "returned"
    assert settle(school, answered, lemon)[0] == "submitted"


def test_sample_school_chooses_words_from_every_list(
    sample: tuple[School, list[Diagnostic]],
) -> None:
    used = {listed for record in _records(sample[0]) for listed, _ in _words(record)}
    every = {listed for model in _FILES for listed in chosen(model).values()}
    assert used == every


def test_sample_school_uses_words_of_its_own(sample: tuple[School, list[Diagnostic]]) -> None:
    school, _ = sample
    used = {pair for record in _records(school) for pair in _words(record)}
    own = {(name, term.code) for name, words in school.own_words.items() for term in words.terms}
    assert own and own - used == set()


def test_every_field_that_people_may_fill_is_filled_somewhere_in_the_sample_school(
    sample: tuple[School, list[Diagnostic]],
) -> None:
    filled: set[tuple[type[BaseModel], str]] = set()
    for record in _records(sample[0]):
        for one in _within(record):
            filled |= {(_owner(type(one), name), name) for name in one.model_fields_set}
    models = {model for file in _FILES for model in _models(file)}
    fields = {(_owner(model, name), name) for model in models for name in model.model_fields}

    assert sorted(f"{model.__name__}.{name}" for model, name in fields - filled) == []


def test_collective_is_shared_by_some_kept_by_some_and_hidden_for_want_of_consent(
    sample: tuple[School, list[Diagnostic]],
) -> None:
    school, found = sample
    members = {
        (one.id, member.student)
        for collective in school.collectives.collectives
        for one in collective.achievements
        for member in one.members
    }
    wishes = {(w.achievement, s.id): w for s in school.students for w in s.portfolio.shared}

    assert len(school.collectives.collectives) == 3
    assert {wish.visibility for wish in wishes.values()} == {"class", "school"}
    assert wishes.keys() < members
    expired = {_whose(one) for one in found if one.code == "consent-expired"}
    assert {student for _, student in members} & expired


def test_generated_school_of_sixty_has_no_error(tmp_path: Path) -> None:
    run_school([str(tmp_path), "--students", "60", "--entries", "5"])
    school, found = _read(tmp_path)
    assert len(school.students) == 60
    assert {len(student.entries) for student in school.students} == {5}
    assert {entry.kind for _, entry in _all_entries(school)} == {*KINDS, "group"}
    assert any(student.portfolio.reflections for student in school.students)
    assert any(student.portfolio.shared for student in school.students)
    assert [one for one in found if one.is_error] == []


def test_generated_school_of_three_has_no_error(tmp_path: Path) -> None:
    run_school([str(tmp_path), "--students", "3", "--entries", "4"])
    school, found = _read(tmp_path)
    assert len(school.students) == 3
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
