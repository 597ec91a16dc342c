"""A folder becomes a school, or words about what could not be read."""

import datetime as dt
import re
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from generator.check import CHECKS, codes
from generator.load import Recalled, load, load_in_turn
from generator.load.mistakes import mistakes
from generator.media.refusals import CODES as REFUSED_SCANS
from generator.media.remarks import REMARKS
from generator.model.record import Day
from generator.model.school import Settings
from generator.source import read_listing
from generator.trouble import Trouble
from tests.golden import before_of, build, found_in, names, read_case, spoken
from tests.world import BASE, SCHEMA, world

OLYMPIAD = "students/belova-anna/entries/olimpiada-x7k2"
ENTRY = """\
    id: x7k2
    kind: contest
    form: olympiad
    title: Олимпиада
    date: 2026-10-14
    scans:
      - file: diplom.jpg
    """


@pytest.mark.parametrize("name", names("load"))
def test_what_cannot_be_read_is_said(name: str, tmp_path: Path) -> None:
    case = read_case("load", name)
    root = build(tmp_path, case["files"])

    assert spoken(root, found_in(root, checked=False)) == case["says"]


def test_the_smallest_whole_school_is_read_without_a_word(tmp_path: Path) -> None:
    loaded = load(world(tmp_path), SCHEMA)

    assert loaded.diagnostics == ()
    assert loaded.school is not None
    assert [person.id for person in loaded.school.staff.people] == ["orlova"]
    assert [student.id for student in loaded.school.students] == ["belova-anna"]
    assert loaded.school.years[0].classes[0].students == ("belova-anna",)
    assert loaded.school.unread == frozenset()


def test_every_record_knows_its_file(tmp_path: Path) -> None:
    root = world(tmp_path, {f"{OLYMPIAD}/entry.yml": ENTRY, f"{OLYMPIAD}/diplom.jpg": b"abc"})

    school = load(root, SCHEMA).school

    assert school is not None
    student = school.students[0]
    assert student.entries[0].file == f"{OLYMPIAD}/entry.yml"
    assert student.record.file == "records/belova-anna/student.yml"
    assert student.portfolio.file == "students/belova-anna/portfolio.yml"
    assert student.reviews.file == "records/belova-anna/reviews.yml"
    assert school.years[0].file == "school/classes/2026-27.yml"
    assert school.events.file == "school/events.yml"


def test_a_scan_bears_its_size_and_digest(tmp_path: Path) -> None:
    root = world(tmp_path, {f"{OLYMPIAD}/entry.yml": ENTRY, f"{OLYMPIAD}/a/b.jpg": b"abc"})

    school = load(root, SCHEMA, tmp_path / "digests").school

    assert school is not None
    scan = school.scans[f"{OLYMPIAD}/a/b.jpg"]
    assert scan.size == 3
    # FIPS 180-4, "abc"
    assert scan.digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert any(scan.path in shard.read_text() for shard in (tmp_path / "digests").iterdir())


def test_one_wrong_file_does_not_hide_the_others(tmp_path: Path) -> None:
    root = world(
        tmp_path,
        {
            f"{OLYMPIAD}/entry.yml": ENTRY,
            "students/belova-anna/entries/konkurs-p3mw/entry.yml": "kind: contst",
            "records/belova-anna/reviews.yml": "reviews: x",
            "records/petrov-ivan/student.yml": "born: вчера",
        },
    )

    loaded = load(root, SCHEMA)

    assert loaded.school is not None
    assert [student.id for student in loaded.school.students] == ["belova-anna"]
    assert [entry.id for entry in loaded.school.students[0].entries] == ["x7k2"]
    assert loaded.school.unread == {
        "students/belova-anna/entries/konkurs-p3mw/entry.yml",
        "records/belova-anna/reviews.yml",
        "records/petrov-ivan/student.yml",
    }


def test_a_consent_that_cannot_be_read_allows_nothing(tmp_path: Path) -> None:
    root = world(tmp_path, {"records/belova-anna/consent.yml": "consents: [{id: first}]"})

    school = load(root, SCHEMA).school

    assert school is not None
    assert school.students[0].consents.consents == ()


def test_without_settings_there_is_no_school_but_all_is_said(tmp_path: Path) -> None:
    root = world(tmp_path, {"school/school.yml": "site: x", "school/people.yml": "people: x"})

    loaded = load(root, SCHEMA)

    assert loaded.school is None
    assert {d.place.file for d in loaded.diagnostics} == {"school/school.yml", "school/people.yml"}


def test_a_folder_that_holds_no_portfolios_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        load(tmp_path, SCHEMA)
    with pytest.raises(Trouble):
        load(tmp_path / "none", SCHEMA)


def test_a_file_saved_while_we_read_is_trouble(tmp_path: Path) -> None:
    """What was made of it would be kept as made of what lay there when we began."""
    root = world(tmp_path, {f"{OLYMPIAD}/entry.yml": ENTRY})
    file = root / f"{OLYMPIAD}/entry.yml"

    def recall(*_: object) -> Recalled:
        file.write_text(file.read_text(encoding="utf-8") + "\n# saved just now\n", encoding="utf-8")
        return Recalled({}, ({"belova-anna"},))

    with pytest.raises(Trouble, match=r"somebody is changing .*entry\.yml. right now"):
        list(load_in_turn(read_listing(root), SCHEMA, None, recall))


def test_read_in_turn_everybody_is_whole_once_and_otherwise_bare(tmp_path: Path) -> None:
    """Three students, each with a work and a wrong file; of one nothing has changed."""
    names = ("antonova-vera", "belova-anna", "volkov-oleg")
    root = world(tmp_path, {path: text for name in names for path, text in (
        (f"records/{name}/student.yml", BASE["records/belova-anna/student.yml"]),
        (f"students/{name}/entries/olimpiada-9c21/entry.yml", ENTRY),
        (f"records/{name}/reviews.yml", "reviews: x"),
    )})  # fmt: skip
    every = load(root, SCHEMA)
    assert every.school
    known = {one.id: one for one in every.school.students}
    oleg = {"volkov-oleg": known["volkov-oleg"].bare}

    groups = ({"belova-anna"}, {"antonova-vera"})
    first, then = load_in_turn(read_listing(root), SCHEMA, None, lambda *_: Recalled(oleg, groups))

    for loaded, group in zip((first, then), groups, strict=True):
        assert loaded.school
        assert loaded.whole == group
        assert loaded.bare == {*names} - group
        for one in loaded.school.students:
            assert one == (known[one.id] if one.id in group else known[one.id].bare)
    assert first.school and then.school
    assert first.school.names is then.school.names  # found out once, not once a group
    assert first.without_works is None
    assert then.without_works
    assert [*then.without_works.students] == [known[name].bare for name in names]
    told = {one.place.file.split("/")[1] for one in then.diagnostics}
    assert told == {"antonova-vera", "belova-anna"}


def test_a_damaged_vocabulary_is_trouble(tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.mkdir()
    (words / "tags.yml").write_text("title: x")

    with pytest.raises(Trouble):
        load(world(tmp_path / "school"), words)


def test_class_lists_come_the_oldest_first(tmp_path: Path) -> None:
    older = {"school/classes/z.yml": "year: 2024-25", "school/classes/a.yml": "year: 2025-26"}

    school = load(world(tmp_path, older), SCHEMA).school

    assert school is not None
    assert [years.year for years in school.years] == ["2024-25", "2025-26", "2026-27"]


def test_a_refusal_we_never_met_still_gets_our_own_words() -> None:
    from pydantic import ValidationError

    error = ValidationError.from_exception_data(
        "x",
        [{"type": "url_scheme", "loc": ("name",), "input": "x", "ctx": {"expected_schemes": "y"}}],
    )

    (said,) = mistakes("a.yml", Settings, error, {})

    assert said.code == "wrong-format"


EVERY_CASE = [(room, name) for room in ("load", "check") for name in names(room)]
PROGRAMMERS = re.compile(
    r"invalid|illegal|malformed|schema|\bnull\b|failed to|validation|should be|expected|input", re.I
)


def test_every_code_has_a_case() -> None:
    said = " ".join(line for room, name in EVERY_CASE for line in read_case(room, name)["says"])
    shown = set(re.findall(r"(?:error|warning)\[([a-z0-9-]+)\]", said))

    # Nobody but the administrator may open such a file, and tests may run as the administrator;
    # what keeps a scan from being taken is shown by tests/media/.
    assert set(codes()) - shown - {*REFUSED_SCANS, *REMARKS, "scan-alike"} == {"file-not-opened"}
    assert shown <= set(codes())
    assert CHECKS


@pytest.mark.parametrize(("room", "name"), EVERY_CASE)
def test_english_says_the_same_in_english_and_nobody_talks_like_a_programmer(
    room: str, name: str, tmp_path: Path
) -> None:
    case = read_case(room, name)
    root = build(tmp_path, case["files"])
    before = before_of(case)
    found = found_in(root, checked=room == "check", before=before)

    english = spoken(root, found, "en")

    assert len(english) == len(case["says"])
    for line in english:
        words = _own_words(line)
        assert words
        assert not re.search("[А-Яа-яЁё]", words), line
        assert not PROGRAMMERS.search(words), line
    for line in case["says"]:
        assert re.search("[А-Яа-яЁё]", _own_words(line)), line


def _own_words(line: str) -> str:
    """What a line says without the writers' words; one that only counts the rest has no code."""
    said = line.partition("]: ")[2] or line.partition(": ")[2]
    return re.sub("`[^`]*`", "", said)


@pytest.mark.parametrize("zone", ["Nowhere/City", "../../etc/passwd", "/etc/passwd", "Europe", "."])
def test_a_school_in_no_time_zone_is_not_read(zone: str, tmp_path: Path) -> None:
    settings = f"{dedent(BASE['school/school.yml'])}time_zone: {zone}\n"

    loaded = load(world(tmp_path, {"school/school.yml": settings}), SCHEMA)

    assert loaded.school is None
    assert [d.code for d in loaded.diagnostics] == ["time-zone-unknown"]


@given(st.dates())
def test_a_day_is_read_only_when_its_school_year_can_be_named(day: dt.date) -> None:
    read = TypeAdapter(Day)
    if dt.date(1900, 1, 1) <= day <= dt.date(2100, 12, 31):
        assert read.validate_python(day.isoformat()) == day
    else:
        with pytest.raises(ValidationError):
            read.validate_python(day.isoformat())


@pytest.mark.parametrize("written", ["0", "1790000000", "2026-10-14T00:00", "2026-1-4", "", 0, 1.5])
def test_what_is_no_day_is_not_read_as_one(written: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Day).validate_python(written)
