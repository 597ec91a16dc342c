"""What is remembered of a scan, and what is made again."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from generator.media.attic import RUNS
from generator.media.recipe import NOTHING_MORE, STANDARD, Recipe, read_fingerprint
from generator.media.store import INDEX, read_store
from generator.trouble import Trouble
from tests.media.making import (
    BLUE,
    GREEN,
    RED,
    Impatient,
    Watching,
    assert_no_child_is_left,
    dirty,
    everything_below,
    jpeg,
    lay,
    run,
    stamps,
)


def colourful() -> dict[str, bytes]:
    return {"a.jpg": jpeg(colour=RED), "b.jpg": jpeg((90, 60), GREEN), "c/a.jpg": jpeg(colour=RED)}


def test_what_is_known_is_not_written_forked_or_imported_again(tmp_path: Path) -> None:
    watching = Watching()
    first = run(tmp_path, colourful(), watching)
    before = stamps(tmp_path / "cache")
    assert [one.kind for one in watching.heard] == ["begun", "done", "done", "ended"]
    again = Watching()
    assert run(tmp_path, colourful(), again) == first
    assert again.heard == []
    assert stamps(tmp_path / "cache") == before
    program = (
        "import sys; from pathlib import Path; from generator.media import prepare;"
        "from generator.model.shown import ShownScan; from generator.diagnostic import Text;"
        f"scans = [ShownScan('a.jpg', {next(iter(first.leaves))!r}, '', Text('', ''))];"
        f"found = prepare(scans, Path('nowhere'), Path({str(tmp_path / 'cache')!r}), None);"
        "print(len(found.leaves), {'PIL', 'pypdfium2', 'generator.media.workers'} & {*sys.modules})"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert said.stdout == "1 set()\n", said.stderr


def test_the_same_scans_give_the_same_bytes(tmp_path: Path) -> None:
    files = dirty()
    run(tmp_path / "one", files)
    run(tmp_path / "two", files)
    one, two = (everything_below(tmp_path / name / "cache") for name in ("one", "two"))
    # Workers end in any order: the journal has the same lines, not the same order.
    assert sorted(one.pop(INDEX).splitlines()) == sorted(two.pop(INDEX).splitlines())
    assert one == two


def test_pictures_are_named_by_their_bytes_and_open_to_nobody_else(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        prepared = run(tmp_path, colourful())
    finally:
        os.umask(before)
    for (leaf,) in prepared.leaves.values():
        for picture in (leaf.thumb, leaf.screen):
            assert hashlib.sha256(picture.path.read_bytes()).hexdigest() == picture.digest
            name = f"{picture.digest[:2]}/{picture.digest}.webp"
            assert picture.path == tmp_path / "cache" / name
            with Image.open(picture.path) as image:
                assert image.size == (picture.width, picture.height)
    for path in [tmp_path / "cache", *(tmp_path / "cache").rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_a_folder_that_others_could_read_is_closed(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir(mode=0o755)
    run(tmp_path, colourful())
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("kept", [0, 1, 100, 300, -1])
def test_a_torn_journal_is_made_whole_again(tmp_path: Path, kept: int) -> None:
    first = run(tmp_path, colourful())
    journal = tmp_path / "cache" / INDEX
    journal.write_bytes(journal.read_bytes()[:kept])
    assert run(tmp_path, colourful()) == first
    quiet = Watching()
    assert run(tmp_path, colourful(), quiet) == first
    assert quiet.heard == []


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe\0",
        b"null",
        b"[" * 100_000,
        b'["{digest}","{recipe}",null]',
        b'["{digest}","{recipe}",[]]',
        b'["{digest}","{recipe}",[[],[],null,false]]',
        b'["{digest}","{recipe}",[[["#000000",["..x",1,1,1],["..x",1,1,1]]],[],null,false]]',
        b'["{digest}","{recipe}",[[["red",0,0]],[],null,false]]',
        b'["{digest}","{recipe}",[[[5,[1,2,3,4],[1,2,3,4]]],[],null,false]]',
        b'["{digest}","{recipe}",[[["#000000"]],[],null,false]]',
        b'["{digest}","{recipe}",[[],[["scan-attachment",1,1]],null,false]]',
        b'[["{digest}"],"{recipe}",[]]',
    ],
)
def test_a_foreign_line_in_the_journal_is_a_cold_scan_and_no_error(
    tmp_path: Path, line: bytes
) -> None:
    first = run(tmp_path, colourful())
    (tmp_path / "..x.webp").write_bytes(b"?")  # what a path out of the cache would find
    digest = next(iter(first.leaves)).encode()
    line = line.replace(b"{digest}", digest)
    line = line.replace(b"{recipe}", read_fingerprint(STANDARD).encode())
    with (tmp_path / "cache" / INDEX).open("ab") as file:
        file.write(line)
    assert run(tmp_path, colourful()) == first


@pytest.mark.parametrize("harm", ["gone", "short"])
def test_a_picture_that_is_gone_or_short_is_made_again(tmp_path: Path, harm: str) -> None:
    first = run(tmp_path, colourful())
    path = next(iter(first.leaves.values()))[0].screen.path
    whole = path.read_bytes()
    path.unlink() if harm == "gone" else path.write_bytes(whole[:-1])
    assert run(tmp_path, colourful()) == first
    assert path.read_bytes() == whole


def test_a_cache_that_cannot_be_written_ends_the_run_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")
    with pytest.raises(Trouble) as caught:
        run(tmp_path, colourful())
    assert "диск" in caught.value.hint.ru


def test_another_recipe_remembers_nothing_of_this_one(tmp_path: Path) -> None:
    first = run(tmp_path, colourful())
    other = read_fingerprint(Recipe(quality=60))
    for fingerprint, known in ((read_fingerprint(STANDARD), True), (other, False)):
        store = read_store(tmp_path / "cache", fingerprint)
        assert all(
            (store.read_kept(digest, NOTHING_MORE) is not None) is known for digest in first.leaves
        )


def test_an_interruption_keeps_what_is_done_and_leaves_no_process(tmp_path: Path) -> None:
    files = {f"{n}.jpg": jpeg((400, 300), (n * 20, 0, 0)) for n in range(9)}
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, files, Watching(Impatient()))
    assert_no_child_is_left()
    rest = Watching()
    prepared = run(tmp_path, files, rest)
    assert len(prepared.leaves) == 9
    assert rest.heard[0].total == 8


def test_progress_hears_every_file_once_and_the_end(tmp_path: Path) -> None:
    watching = Watching()
    files = {"a.jpg": jpeg(), "b.jpg": b"no picture at all"}
    run(tmp_path, files, watching)
    sizes = [len(content) for content in files.values()]
    begun, first, second, ended = watching.heard
    assert (begun.kind, begun.total, begun.total_size) == ("begun", 2, sum(sizes))
    assert sorted([first.size, second.size - first.size]) == sorted(sizes)
    assert (ended.kind, ended.done, ended.size) == ("ended", 2, sum(sizes))


def test_a_killed_run_is_taken_up_where_it_ended(tmp_path: Path) -> None:
    files = {f"{n}.jpg": jpeg((1500, 1000), (n * 9, 0, 0)) for n in range(24)}
    lay(tmp_path / "in", files)
    program = (
        "import sys; from pathlib import Path; from tests.media.making import shown, Watching;"
        "from generator.media import prepare; root = Path('in');"
        "scans = [shown(p.name, p.read_bytes()) for p in sorted(root.iterdir())];"
        "prepare(scans, root, Path('cache'), Watching())"
    )
    where = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    child = subprocess.Popen([sys.executable, "-c", program], cwd=tmp_path, env=where)
    journal = tmp_path / "cache" / INDEX
    while not journal.exists() or journal.read_bytes().count(b"\n") < 3:
        assert child.poll() is None
    child.kill()
    child.wait()
    rest = Watching()
    assert len(run(tmp_path, files, rest).leaves) == 24
    assert rest.heard[0].total <= 21


def test_what_no_entry_shows_any_more_goes_after_twenty_runs(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = run(tmp_path, {"old.jpg": jpeg(colour=RED), "kept.jpg": jpeg(colour=BLUE)})
    (cache / "ab").mkdir(mode=0o700, exist_ok=True)
    (cache / "ab" / "torn.4711.part").write_bytes(b"left by a killed run")
    old = hashlib.sha256(jpeg(colour=RED)).hexdigest()
    for number in range(RUNS + 1):
        assert first.leaves[old][0].screen.path.exists(), number
        files = {"kept.jpg": jpeg(colour=BLUE), "new.jpg": jpeg(colour=(0, 9 * number, 0))}
        kept = run(tmp_path, files)
    assert not first.leaves[old][0].screen.path.exists()
    assert not (cache / "ab" / "torn.4711.part").exists()
    quiet = Watching()
    assert run(tmp_path, files, quiet) == kept
    assert quiet.heard == []
    assert old.encode() not in (cache / INDEX).read_bytes()
    back = Watching()
    run(tmp_path, {"old.jpg": jpeg(colour=RED)}, back)
    assert back.heard[0].total == 1


def test_what_another_recipe_made_goes_after_twenty_runs_too(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = run(tmp_path, {"a.jpg": jpeg(colour=RED)})
    former = cache / "00" / f"{'0' * 64}.webp"
    former.parent.mkdir(mode=0o700, exist_ok=True)
    former.write_bytes(b"made by an older codec")
    line = f'["{"1" * 64}","0123456789abcdef",[[["#000000",["{"0" * 64}",1,1,22]]],[],null,false]]'
    with (cache / INDEX).open("a") as journal:
        journal.write(f"{line}\n")
    for number in range(RUNS + 1):
        assert former.exists(), number
        kept = run(tmp_path, {"a.jpg": jpeg(colour=RED), "b.jpg": jpeg(colour=(0, 9 * number, 0))})
    assert not former.exists()
    assert "0123456789abcdef" not in (cache / INDEX).read_text()
    assert first.leaves.items() <= kept.leaves.items()


def test_a_run_that_made_nothing_counts_nothing(tmp_path: Path) -> None:
    run(tmp_path, colourful())
    run(tmp_path, {"new.jpg": jpeg(colour=BLUE)})
    before = stamps(tmp_path / "cache")
    for _ in range(RUNS + 2):
        run(tmp_path, {"new.jpg": jpeg(colour=BLUE)})
    assert stamps(tmp_path / "cache") == before
