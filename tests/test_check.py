"""What people wrote makes sense, or words say what does not."""

import ast
import datetime as dt
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check import CHECKS, check, codes, explain
from generator.check.consent import allowed_by, covered_by
from generator.check.inspection import Inspection, Part
from generator.decide import allowed_by as decided_by
from generator.decide.table import covered_by as covers_decided
from generator.diagnostic import Diagnostic
from generator.flow.marks import mark_students, owner_of
from generator.flow.recall import in_groups, sharing
from generator.load import Recalled, load, load_in_turn, read_vocabularies
from generator.model.kinds import digest_entry
from generator.model.policy import Category, Consent, Consents, GivenBy
from generator.model.published import Published
from generator.model.school import Role, School
from generator.model.student import Student
from generator.say import Veil, say
from generator.source import Digest, read_line, read_listing, read_places
from tests.golden import before_of, build, found_in, names, read_case, spoken
from tests.world import SCHEMA, TODAY, world

GENERATOR = Path(__file__).parent.parent / "generator"
KEBAB = re.compile("[a-z0-9]+(-[a-z0-9]+)+")
SAMPLE = Path(__file__).parent.parent / "portfolios"


def read(root: Path) -> School:
    school = load(root, SCHEMA).school
    assert school is not None
    return school


def found_alone(root: Path, before: Published) -> set[Diagnostic]:
    """The same where each student is read and looked at apart from all who share no file; what is
    nobody's own is looked at before them, when nobody is whole, and not again."""

    def recall(_: object, digests: Mapping[str, Digest]) -> Recalled:
        groups = in_groups({*mark_students(digests)}, sharing(digests), 1)
        return Recalled({}, (frozenset(), *groups))

    told: set[Diagnostic] = set()
    for turn, loaded in enumerate(load_in_turn(read_listing(root), SCHEMA, None, recall)):
        found: tuple[Diagnostic, ...] = ()
        if loaded.school:
            found = check(loaded.school, TODAY, before, part=Part(loaded.whole, turn == 0))
        again = {one.code for one in found if turn and not owner_of(one.place.file)}
        assert again <= {"account-twice", "achievement-twice"}  # they ask students' own files
        found = (*loaded.diagnostics, *found)
        mine = (one for one in found if owner_of(one.place.file) not in loaded.bare)
        told.update(read_places(root, mine))
    return told


@pytest.mark.parametrize("name", names("check"))
def test_what_makes_no_sense_is_said(name: str, tmp_path: Path) -> None:
    case = read_case("check", name)
    root = build(tmp_path, case["files"])
    before = before_of(case)

    found = found_in(root, checked=True, before=before)

    assert spoken(root, found) == case["says"]
    keys = {"key-not-raised", "keys-not-compared"}  # who asks for these sees everybody
    assert found_alone(root, before) == {one for one in found if one.code not in keys}


def test_the_smallest_whole_school_makes_sense(tmp_path: Path) -> None:
    assert check(read(world(tmp_path)), TODAY) == ()


def test_every_function_says_only_its_own_code(tmp_path: Path) -> None:
    for name in names("check"):
        case = read_case("check", name)
        school = load(build(tmp_path / name, case["files"]), SCHEMA).school
        if school is None:
            continue
        at = Inspection(school, TODAY, before_of(case))
        for code, find in CHECKS.items():
            assert {d.code for d in find(at)} <= {code}


def test_every_code_in_the_source_has_a_page_and_every_page_a_code() -> None:
    written: set[str] = set()
    for room in ("source", "load", "check", "media"):
        for path in (GENERATOR / room).glob("*.py"):
            constants = (n for n in ast.walk(ast.parse(path.read_text("utf-8"))))
            values = {n.value for n in constants if isinstance(n, ast.Constant)}
            written |= {v for v in values if isinstance(v, str) and KEBAB.fullmatch(v)}

    lists = read_vocabularies(SCHEMA / "vocabulary").values()
    chosen = {term.code for one in lists for term in one.terms}
    git = {"ls-files", "diff-files", "ls-remote", "update-ref", "read-tree", "write-tree",
           "hash-object", "update-index", "commit-tree"}  # fmt: skip
    assert written - {"utf-8", *git, *get_args(Role), *chosen} == set(codes())


@pytest.mark.parametrize("code", codes())
def test_a_page_says_what_why_and_how_in_russian_after_an_english_line(code: str) -> None:
    first, _, rest = (explain(code) or "").partition("\n\n")

    assert re.fullmatch("[A-Z][^\nА-Яа-я]*[.]", first)
    for part in ("Что это значит: ", "Почему важно: ", "Не так: ", "А так: "):
        assert re.search(f"^{part}.", rest, re.MULTILINE), part


def test_no_such_code_has_no_page() -> None:
    assert explain("no-such-code") is None


@pytest.mark.covers("R-075")
def test_a_confirmation_of_what_is_still_there_is_not_outdated(tmp_path: Path) -> None:
    folder = "students/belova-anna/entries/olimpiada-x7k2"
    entry = """\
        id: x7k2
        kind: contest
        form: olympiad
        title: Олимпиада
        date: 2026-10-14
        result: winner
        scans:
          - file: diplom.jpg
            description: диплом победителя
            document: diploma
        """
    files: dict[str, str | bytes | None] = {
        f"{folder}/entry.yml": entry,
        f"{folder}/diplom.jpg": b"abc",
    }
    school = read(world(tmp_path, files))
    scans = {"diplom.jpg": school.scans[f"{folder}/diplom.jpg"].digest}
    files["records/belova-anna/confirmations.yml"] = f"""\
        confirmations:
          - entry: x7k2
            by: orlova
            on: 2026-10-20
            basis: оригинал диплома
            digest: {digest_entry(school.students[0].entries[0], scans)}
        """

    def said() -> list[str]:
        return [d.code for d in check(read(world(tmp_path, files)), TODAY)]

    assert said() == []
    files[f"{folder}/diplom.jpg"] = b"abd"
    assert said() == ["confirmation-outdated"]
    files[f"{folder}/diplom.jpg"] = b"abc"
    files[f"{folder}/entry.yml"] = entry.replace("winner", "laureate")
    assert said() == ["confirmation-outdated"]
    files[f"{folder}/entry.yml"] = entry + "        visibility: school\n        reflection: Ура\n"
    assert said() == []


# Days around the one that decides: the first and the last day of a consent count.
DAYS = st.integers(-2, 2).map(lambda days: TODAY + dt.timedelta(days=days)) | st.dates(
    dt.date(2024, 1, 1), dt.date(2028, 12, 31)
)
CONSENTS = st.builds(
    Consent,
    id=st.just("one"),
    purpose=st.sampled_from(["processing", "distribution"]),
    audience=st.sampled_from(["family", "class", "school", "public"]),
    given_by=st.just(GivenBy(name="Белова О. П.", relation="mother")),
    signed=DAYS,
    until=DAYS,
    student_signed=st.none() | DAYS,
    document=st.just("папка"),
    withdrawn=st.none() | DAYS,
    covers=st.lists(st.sampled_from(get_args(Category)), max_size=2).map(tuple),
)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    return read(world(tmp_path_factory.mktemp("school")))


@given(
    consents=st.lists(CONSENTS, max_size=3), born=st.dates(dt.date(2009, 1, 1), dt.date(2015, 1, 1))
)
def test_checks_and_decide_read_consents_alike(
    school: School, consents: list[Consent], born: dt.date
) -> None:
    anna = school.students[0]
    record = anna.record.model_copy(update={"born": born})
    student: Student = anna.model_copy(
        update={"record": record, "consents": Consents(consents=tuple(consents))}
    )
    signs_from = school.settings.switches.student_signs_from

    allowed = allowed_by(student, Inspection(school, TODAY))
    decided = decided_by(student.consents.consents, born, signs_from, TODAY)

    assert (allowed if "family" in allowed else set()) == set(decided)
    decided_covered = covers_decided(student.consents.consents, born, signs_from, TODAY)
    for category in get_args(Category):
        covered = covered_by(student, Inspection(school, TODAY), category)
        rungs = {rung for rung, named in decided_covered.items() if category in named}
        assert covered == (rungs & set(decided))


def test_the_sample_school_has_no_errors() -> None:
    loaded = load(SAMPLE, SCHEMA)
    assert loaded.school is not None

    errors = [d for d in (*loaded.diagnostics, *check(loaded.school, TODAY)) if d.is_error]

    assert errors == []


def test_the_name_of_a_personal_file_stays_out_of_a_public_log(tmp_path: Path) -> None:
    root = build(tmp_path, read_case("check", "personal-paper-file")["files"])
    found = [d for d in found_in(root, checked=True) if d.code == "personal-paper-file"]

    public = say(found, "full", "ru", partial(read_line, root), Veil(bytes(32), lasting=True))

    assert len(found) == 13
    for diagnostic in found:
        assert diagnostic.place.file.rpartition("/")[2].partition(".")[0] not in public


def test_the_same_scan_of_two_students_names_neither_of_them(tmp_path: Path) -> None:
    root = build(tmp_path, read_case("check", "scan-of-two-students")["files"])

    for diagnostic in found_in(root, checked=True):
        for student in ("belova", "petrov", "Белова", "Петров"):
            assert student not in f"{diagnostic.message} {diagnostic.fix}"
