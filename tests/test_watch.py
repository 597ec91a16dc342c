"""The real file system, and what is told of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path, PurePath

import pytest

from generator import watch
from generator.watch import Changes, is_ours, watching


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files in a folder, below another whose name begins with a dot."""
    made = tmp_path / ".kept" / "portfolios"
    (made / "students" / "anna" / "entries" / "kot").mkdir(parents=True)
    for name in ("portfolio.yml", "entries/kot/entry.yml"):
        (made / "students" / "anna" / name).write_text("title: Кот\n", encoding="utf-8")
    return made


@pytest.fixture(params=["told by the system", "looked for by ourselves"])
def changes(
    folder: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Changes]:
    """Whoever watches the folder, in both ways."""
    if request.param == "looked for by ourselves":
        monkeypatch.setattr(watch, "Observer", lambda: _Full())
        monkeypatch.setattr(watch, "_ROUND", 0.05)
    with watching([folder]) as watched:
        yield watched


class _Full:
    """A system with no room for one more watch."""

    def schedule(self, *_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    def is_alive(self) -> bool:
        return False


def told(changes: Changes, folder: Path) -> set[str]:
    """What was saved, below the folder."""
    return {Path(path).relative_to(folder).as_posix() for path in changes.wait(10)}


def test_a_file_that_is_saved_is_told(changes: Changes, folder: Path) -> None:
    (folder / "students/anna/portfolio.yml").write_text("title: Море, и ещё море\n", "utf-8")

    assert told(changes, folder) == {"students/anna/portfolio.yml"}
    assert changes.wait(0.3) == frozenset()


def test_an_editor_that_saves_by_renaming_has_saved_the_file(
    changes: Changes, folder: Path
) -> None:
    half = folder / "students/anna/.portfolio.yml.swp"
    half.write_text("title: Море, и ещё море\n", encoding="utf-8")
    half.replace(folder / "students/anna/portfolio.yml")

    assert told(changes, folder) == {"students/anna/portfolio.yml"}


def test_many_files_at_once_are_told_at_once(changes: Changes, folder: Path) -> None:
    names = {f"students/anna/entries/kot/{number}.jpg" for number in range(60)}
    for name in names:
        (folder / name).write_bytes(b"...")

    # A slow machine may need a second answer; none gets sixty.
    found = told(changes, folder)
    found |= set() if names <= found else told(changes, folder)
    assert names <= found


def test_a_folder_that_comes_or_goes_is_told_and_what_is_new_in_it_later(
    changes: Changes, folder: Path
) -> None:
    shutil.rmtree(folder / "students/anna/entries/kot")
    assert "students/anna/entries/kot" in told(changes, folder)
    new = folder / "students/boris"
    new.mkdir()
    assert "students/boris" in told(changes, folder)
    (new / "portfolio.yml").write_text("called: Боря\n", encoding="utf-8")
    assert "students/boris/portfolio.yml" in told(changes, folder)


def test_what_no_page_is_made_of_wakes_nobody(changes: Changes, folder: Path) -> None:
    for name in ("school/register.jsonl", ".git/index.lock", "students/anna/portfolio.yml~"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("...", encoding="utf-8")

    assert told(changes, folder) <= {"school"}
    assert changes.wait(0.3) == frozenset()


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        ("students/anna/entries/kot/entry.yml", True),
        ("school/school.yml", True),
        ("students/anna/entries/kot", True),
        (".git/HEAD", False),
        ("students/.git/refs/heads/main", False),
        ("students/anna/.entry.yml.swp", False),
        ("students/anna/entry.yml~", False),
        ("students/anna/#entry.yml#", False),
        ("school/register.jsonl", False),
    ],
)
def test_which_files_count(path: str, ours: bool) -> None:
    assert is_ours(PurePath(path)) == ours
