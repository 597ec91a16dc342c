"""`stupeni shrink`: what came by other ways is made light, and no confirmation is lost unasked."""

import subprocess
from pathlib import Path

import pytest
from PIL import Image

from generator.load import load
from generator.model.kinds import digest_entry
from generator.model.state import digests_of, settle
from tests.media.making import saved
from tests.test_cli import run
from tests.world import SCHEMA, world

ENTRY = """\
    id: {id}
    kind: creative
    form: drawing
    title: Кот
    date: 2026-04-01
    scans: [{{file: kot.jpg, document: drawing}}]
    """
HEAVY = saved(Image.effect_noise((900, 700), 90), "JPEG", quality=97)


def entry_of(name: str) -> str:
    return f"students/belova-anna/entries/kot-{name}"


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Two entries with one heavy scan each; the teacher has confirmed the second."""
    root = tmp_path / "portfolios"
    files: dict[str, str | bytes | None] = {}
    for name in ("aaaa", "bbbb"):
        files[f"{entry_of(name)}/entry.yml"] = ENTRY.format(id=name)
        files[f"{entry_of(name)}/kot.jpg"] = HEAVY
    world(root, files)
    read = load(root, SCHEMA).school
    assert read
    second = read.students[0].entries[1]
    confirmations = f"""\
        confirmations:
          - entry: bbbb
            by: orlova
            on: 2026-10-01
            basis: оригинал
            digest: {digest_entry(second, digests_of(read, second))}
        """
    world(root, {**files, "records/belova-anna/confirmations.yml": confirmations})
    return tmp_path


def sizes(school: Path) -> list[int]:
    return [
        (school / "portfolios" / entry_of(name) / "kot.jpg").stat().st_size
        for name in ("aaaa", "bbbb")
    ]


def states(school: Path) -> list[str]:
    read = load(school / "portfolios", SCHEMA).school
    assert read
    (anna,) = read.students
    return [settle(read, anna, entry)[0] for entry in anna.entries]


def shrink(school: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(school, "shrink", "--date", "2026-11-22", *arguments)


def test_a_look_first_changes_nothing_and_says_what_could_be_spared(school: Path) -> None:
    done = shrink(school, "--check")
    assert done.returncode == 1, done.stderr
    assert sizes(school) == [len(HEAVY), len(HEAVY)]
    assert f"portfolios/{entry_of('aaaa')}/kot.jpg: 0." in done.stdout
    assert "bbbb" not in done.stdout
    assert "можно облегчить: 1," in done.stderr


def test_what_a_teacher_has_confirmed_stays_and_that_is_said(school: Path) -> None:
    done = shrink(school)
    assert done.returncode == 0, done.stderr
    light, confirmed = sizes(school)
    assert light < len(HEAVY) == confirmed
    assert "уже сверил: 1" in done.stderr
    assert states(school) == ["submitted", "confirmed"]


def test_forced_it_shrinks_all_and_the_teacher_has_to_confirm_again(school: Path) -> None:
    done = shrink(school, "--force")
    assert done.returncode == 0, done.stderr
    assert all(size < len(HEAVY) for size in sizes(school))
    assert "сверил" not in done.stderr
    assert states(school) == ["submitted", "changed"]


def test_a_public_log_names_no_file(school: Path) -> None:
    done = run(school, "shrink", "--check", "--date", "2026-11-22", CI="true")
    assert done.stdout == ""
    assert "belova" not in done.stderr
