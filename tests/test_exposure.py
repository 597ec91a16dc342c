"""`stupeni build --dry-run`: what becomes visible to whom, and is it said before it is too late?"""

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from generator.cli.arguments import job_of
from generator.cli.parser import parser
from generator.decide import decide
from generator.exposure import Exposure, Record, cards_of, compare, find_granted, find_grants
from generator.flow.exposure import foresee, record_of
from generator.load import load, read_settings
from generator.model.edition import Decision
from generator.publish import Event, append
from tests.sample import Sample
from tests.world import SCHEMA, TODAY, world

ENTRY = "students/belova-anna/entries/shtorm-x7k2/entry.yml"
STORM = "id: x7k2\nkind: creative\ntitle: Шторм на море\nform: drawing\ndate: 2026-10-01\n"
RELEASE = "ab" * 32
WAVES = f"{STORM}reflection: Я рисовала волны\n"


def _entry(visibility: str, text: str = STORM) -> dict[str, str | bytes | None]:
    return {ENTRY: f"{text}visibility: {visibility}\n"}


def _decision(root: Path, files: dict[str, str | bytes | None] | None = None) -> Decision:
    school = load(world(root, files), SCHEMA).school
    assert school
    return decide(school, "primary", TODAY)


def _changes(exposure: Exposure) -> set[tuple[str, str, str]]:
    return {(c.what, c.grant.tier, c.grant.title.ru or c.grant.part) for c in exposure.changes}


def _compared(before: Decision, after: Decision) -> Exposure:
    return compare("primary", RELEASE, find_granted(before), find_granted(after))


def test_what_a_wider_wish_shows_is_named_with_those_who_come_to_see_it(tmp_path: Path) -> None:
    family = _decision(tmp_path, _entry("family"))
    level = _decision(tmp_path, _entry("school"))
    wider = {("appears", tier, "Шторм на море") for tier in ("class", "level")}
    names = {("appears", "class", "Анна Белова"), ("appears", "level", "Анна Б.")}
    assert _changes(_compared(family, level)) == wider | names
    gone = {("disappears", tier, title) for _, tier, title in wider | names}
    assert _changes(_compared(level, family)) == gone


def test_other_words_in_the_same_entry_are_a_change_for_all_who_read_it(tmp_path: Path) -> None:
    before = _decision(tmp_path, _entry("class"))
    after = _decision(tmp_path, _entry("class", WAVES))
    readers = ("family", "teacher", "staff", "class")
    assert _changes(_compared(before, after)) == {
        ("changes", tier, "Шторм на море") for tier in readers
    }
    assert _compared(after, after).changes == ()


def test_a_day_later_with_a_longer_consent_nothing_is_said_to_change(tmp_path: Path) -> None:
    """Reasons and waiting are no exposure: nobody sees a thing more than before."""
    before = _decision(tmp_path, _entry("class"))
    consent = (tmp_path / "records/belova-anna/consent.yml").read_text(encoding="utf-8")
    longer = consent.replace("2027-08-31", "2028-08-31")
    after = _decision(tmp_path, {**_entry("class"), "records/belova-anna/consent.yml": longer})
    assert before.editions != after.editions
    assert _compared(before, after).changes == ()


def test_cards_that_open_more_or_nothing_any_more_are_named(tmp_path: Path) -> None:
    before = _decision(tmp_path)
    name, *others = before.holders
    fewer = replace(before, holders=(replace(name, compartments=name.compartments[:1]), *others))
    without = replace(before, holders=tuple(others))
    assert [c.what for c in _compared(fewer, before).cards] == ["changes"]
    assert [c.what for c in _compared(before, fewer).cards] == ["changes"]
    assert [(c.what, c.title) for c in _compared(before, without).cards] == [
        ("disappears", name.title)
    ]
    assert [c.what for c in _compared(without, before).cards] == ["appears"]


def test_the_record_of_a_release_reads_as_written_and_is_its_owners_alone(tmp_path: Path) -> None:
    decision = _decision(tmp_path / "p", _entry("school"))
    record = Record(tmp_path / "private" / "granted" / "primary")
    _keep(record, decision)
    assert record.read(RELEASE) == find_granted(decision)
    assert stat.S_IMODE(record.folder.stat().st_mode) == 0o700
    found = {one.name: stat.S_IMODE(one.stat().st_mode) for one in record.folder.iterdir()}
    assert found == {"belova-anna.student": 0o600, "release.json": 0o600}


def _keep(record: Record, decision: Decision) -> None:
    students = {edition.student for edition in decision.editions}
    for student in students:
        record.prepare(student, find_grants(decision.editions))
    record.write(RELEASE, cards_of(decision), students, students)


def test_a_record_follows_who_changed_and_who_left(tmp_path: Path) -> None:
    decision = _decision(tmp_path / "p", _entry("school"))
    record = Record(tmp_path / "primary")
    _keep(record, decision)
    cards = cards_of(decision)
    record.prepare("belova-anna", ())  # of a build that was never handed over
    record.write("cd" * 32, cards, (), {"belova-anna"})
    assert not list(record.folder.glob("*.ready"))
    assert record.read("cd" * 32) == find_granted(decision)
    assert record.read(RELEASE) is None
    record.write("ef" * 32, cards, (), set())
    left = record.read("ef" * 32)
    assert left is not None
    assert left.grants == ()
    assert not record.knows("belova-anna")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"release": "x"}', '{"release": 1}'])
def test_a_record_of_another_release_or_none_is_no_record(tmp_path: Path, content: str) -> None:
    record = Record(tmp_path)
    assert record.read(RELEASE) is None
    record.head.write_text(content, encoding="utf-8")
    assert record.read(RELEASE) is None
    _keep(record, _decision(tmp_path / "p"))
    assert record.read("cd" * 32) is None
    assert record.read("") is None


def test_a_build_keeps_what_it_granted_and_then_nothing_changes(sample: Sample) -> None:
    room = sample.job.private / sample.school.settings.site / "granted"
    for site in sample.built.sites:
        file = room / site.level / "release.json"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert json.loads(file.read_text(encoding="utf-8"))["release"] == site.release.digest
    foreseen = foresee(sample.job)
    assert [(one.known, one.changes, one.cards) for one in foreseen.exposures] == [
        (True, (), ())
    ] * 3
    assert [one.release for one in foreseen.exposures] == [
        site.release.digest for site in sample.built.sites
    ]


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A school whose entry was last released for the family, and is now meant for the class."""
    before = _decision(tmp_path / "portfolios", _entry("family"))
    register = tmp_path / "portfolios" / "school" / "register.jsonl"
    at = "2026-11-20T12:00:00+00:00"
    details: dict[str, str | int] = {
        "level": "primary",
        "release": RELEASE,
        "content": "c",
        "count": 1,
    }
    append(register, Event(at, "release", (), (), "", "ci", "stupeni", details))
    folders = ["--private", str(tmp_path / "private"), str(tmp_path / "portfolios")]
    job = job_of(parser().parse_args(["build", *folders]))
    settings = read_settings(job.portfolios)
    assert settings is not None
    _keep(record_of(job, before.level, settings), before)
    world(tmp_path / "portfolios", _entry("class"))
    return tmp_path


def _dry(root: Path, *more: str) -> int:
    where = ["--private", str(root / "private"), "--output", str(root / "site")]
    typed = ["build", "--dry-run", str(root / "portfolios"), *where, "--date", f"{TODAY}", *more]
    arguments = parser().parse_args(typed)
    code: int = arguments.run(arguments)
    return code


def _files(folder: Path) -> dict[Path, bytes]:
    """Every file, but for the digests that are remembered of whatever was read."""
    files = (p for p in folder.rglob("*") if p.is_file() and "digests" not in p.parts)
    return {p: p.read_bytes() for p in files}


@pytest.mark.covers("R-031")
def test_a_dry_run_says_what_the_class_will_see_and_publishes_nothing(
    released: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    files = _files(released)
    assert _dry(released) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[:3] == [
        f"1–4 классы: против выпуска {RELEASE[:16]}",
        "  класс 4 «А»",
        "    + Анна Белова: имя, «Шторм на море»",
    ]
    assert said.out.count("сравнить не с чем: выпусков ещё не было") == 2  # the other two levels
    assert "Ничего не выпущено" in said.err
    assert _files(released) == files
    assert not (released / "site").exists()


def test_no_title_can_wipe_what_a_dry_run_says_off_the_screen(
    released: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    # Such a title is not read any more; a release of before may have one, and it is gone now.
    record = Record(released / "private/00c0ffee00c0ffee/granted/primary")
    _keep(record, _decision(released / "portfolios"))
    (file,) = record.folder.glob("*.student")
    world(released / "portfolios", _entry("family"))
    kept = file.read_text(encoding="utf-8")
    wiping = r"Шторм\u001b[2K\u001b[1A\u001b[2K\u001b[1A\u202e"
    assert "Шторм на море" in kept
    file.write_text(kept.replace("Шторм на море", wiping), encoding="utf-8")
    assert _dry(released) == 0
    said = capsys.readouterr()
    assert all(line.isprintable() for line in (said.out + said.err).splitlines())
    assert "«Шторм·[2K·[1A·[2K·[1A·»" in said.out

    written = STORM.replace("Шторм на море", rf'"{wiping}"')
    world(released / "portfolios", _entry("class", written))
    assert _dry(released) == 1
    said = capsys.readouterr()
    assert "error[control-character]" in said.out
    assert all(line.isprintable() for line in (said.out + said.err).splitlines())


def test_on_a_public_log_a_dry_run_only_counts(
    released: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "1")
    assert _dry(released) == 0
    said = capsys.readouterr()
    assert "  класс: появится 2 (учеников: 1)" in said.out.splitlines()
    for word in ("Анна", "Белова", "belova", "Шторм", "x7k2", "Орлова"):
        assert word not in said.out + said.err
    assert "4 «А»" not in said.out


def test_in_english_a_dry_run_speaks_english(
    released: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "1")
    assert _dry(released, "--lang", "en") == 0
    assert "  class: appears 2 (students: 1)" in capsys.readouterr().out.splitlines()


def test_a_fresh_clone_says_that_there_is_nothing_to_compare_with(
    released: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    (released / "private/00c0ffee00c0ffee/granted/primary/release.json").unlink()
    assert _dry(released) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "1–4 классы: сравнить не с чем: на этом компьютере не записано, что показал прошлый выпуск"
    )
    assert "  класс 4 «А»: появится 2 (учеников: 1)" in lines


def test_a_mistake_stops_a_dry_run_as_it_stops_a_build(
    released: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    world(released / "portfolios", {ENTRY: f"{STORM}visibility: everybody\n"})
    assert _dry(released) == 1
    assert "появится" not in capsys.readouterr().out
