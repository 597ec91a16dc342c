"""A cache that machines share on somebody's store: what it spares, and what its owner learns."""

import os
import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from generator.flow.depot import Depot, open_depot
from generator.flow.files import clear_cache
from generator.flow.job import Job, read_school
from generator.flow.shelf import Far, Folder
from generator.progress import Progress
from generator.seal.chest import make_chest
from generator.trouble import Trouble
from tests.region import ANNA, SITE, Told, another_machine, build, first_machine, published

SCANS = 5
MASTER = bytes(range(32))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """A machine that shares its cache in a folder, and has built."""
    folder = tmp_path_factory.mktemp("first")
    job = first_machine(folder)
    job = replace(job, cache=f"file://{folder / 'shared'}")
    build(job)
    return job


def store_of(job: Job) -> Path:
    return Path(job.cache.removeprefix("file://"))


def objects(job: Job) -> list[Path]:
    return sorted(path for path in store_of(job).rglob("*") if path.is_file())


@pytest.fixture
def second(first: Job, tmp_path: Path) -> Iterator[tuple[Job, Told]]:
    """A machine that never built, with a copy of what is shared."""
    told = Told()
    shutil.copytree(store_of(first), tmp_path / "shared")
    job = another_machine(first, tmp_path / "second")
    (job.portfolios / "school" / "register.jsonl").unlink()
    job = replace(
        job, cache=f"file://{tmp_path / 'shared'}", progress=Progress(told), tell=told.say
    )
    yield job, told


def as_first(first: Job, job: Job) -> bool:
    """Whether both published the same bytes and remember the same of it."""
    return published(first) == published(job)


def test_another_machine_makes_no_scan_anew_and_publishes_the_same_bytes(
    first: Job, second: tuple[Job, Told]
) -> None:
    job, told = second
    before = [(path, path.stat().st_mtime_ns) for path in objects(job)]

    build(job)

    assert as_first(first, job)
    assert told.files == SCANS
    # Whatever is made is put there: nothing was.
    assert [(path, path.stat().st_mtime_ns) for path in objects(job)] == before


def test_a_store_in_memory_serves_as_well(first: Job, second: tuple[Job, Told]) -> None:
    job, _ = second
    url = "memory://shared/there"
    one = replace(job, cache=url)
    build(one)
    depot = open_depot(one, read_school(one)[0].settings, _master(one))
    assert depot and isinstance(depot.shelf, Far)
    store, root = depot.shelf.store, depot.shelf.root
    assert len(store.find(root)) == SCANS
    assert as_first(first, one)
    clear_cache(one)
    assert store.find(root) == []


def _master(job: Job) -> bytes:
    return bytes.fromhex((job.private / SITE / "master.key").read_text(encoding="ascii"))


@pytest.mark.parametrize("how", ["a bit", "cut", "empty", "longer", "another's"])
def test_objects_that_were_changed_are_as_good_as_none(
    first: Job, second: tuple[Job, Told], how: str
) -> None:
    job, told = second
    found = objects(job)
    old = [path.read_bytes() for path in found]
    for n, (path, raw) in enumerate(zip(found, old, strict=True)):
        path.write_bytes(
            {
                "a bit": raw[:-9] + bytes((raw[-9] ^ 1,)) + raw[-8:],
                "cut": raw[: len(raw) // 2],
                "empty": b"",
                "longer": raw + b"\0",
                "another's": old[n - 1],
            }[how]
        )

    build(job)

    assert as_first(first, job)
    assert told.words == []
    # What was damaged is put right for the next machine.
    assert [path.read_bytes() for path in objects(job)] == old


def test_another_key_finds_nothing_and_opens_nothing(second: tuple[Job, Told]) -> None:
    job, _ = second
    before = set(objects(job))
    (job.private / SITE / "master.key").write_text(MASTER.hex(), encoding="ascii")
    build(job)
    added = set(objects(job)) - before
    assert len(added) == SCANS
    assert {path.parts[-3] for path in added}.isdisjoint(path.parts[-3] for path in before)
    chest = make_chest(MASTER, SITE)
    for path in before:
        assert chest.open("/".join(path.parts[-3:]), path.read_bytes()) is None


def test_a_store_that_does_not_answer_costs_time_and_a_line_no_build(
    first: Job, second: tuple[Job, Told]
) -> None:
    job, told = second
    folder = store_of(job)
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()
    folder.write_bytes(b"no folder at all")

    build(job)

    assert as_first(first, job)
    assert len(told.words) == 1
    assert "Общий кэш не отвечает" in told.words[0].ru


@pytest.mark.parametrize(
    "url",
    [
        "nosuchkind://user:password@a/b",
        "://",
        "s3//x:y",
        "/folder",
        "user:password@store/cache",
        "user:password@store://x",
        "dir::file:///folder",
        "ftp://user:password@127.0.0.1:port/x",
    ],
)
def test_an_address_of_no_known_kind_is_told_at_once_without_its_secrets(
    second: tuple[Job, Told], url: str
) -> None:
    job = replace(second[0], cache=url)
    with pytest.raises(Trouble) as refused:
        open_depot(job, read_school(job)[0].settings, MASTER)
    assert "password" not in "".join(map(str, (refused.value.message, refused.value.hint)))
    is_path = url.startswith("/")
    assert (f"напишите так: `file://{url}`" == refused.value.hint.ru) is is_path


def test_a_store_that_is_away_when_it_is_opened_costs_a_line_no_build(
    second: tuple[Job, Told],
) -> None:
    job, told = second
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens: whoever calls is refused
        url = f"ftp://user:password@127.0.0.1:{taken.getsockname()[1]}/x"
        depot = open_depot(replace(job, cache=url), read_school(job)[0].settings, MASTER)
        assert depot
        assert depot.get("scan") is None
        depot.put("scan", b"bytes")
        with pytest.raises(Trouble) as refused:
            depot.wipe()
    assert [words.ru for words in told.words] == [
        "Общий кэш не отвечает (ConnectionRefusedError); собираю без него: всё сделаю сам, "
        "это дольше"
    ]
    assert "password" not in refused.value.message.ru


@pytest.fixture
def held(second: tuple[Job, Told]) -> tuple[Depot, Path]:
    """A store in a folder, and the file in it of the only object, which is kept as `scan`."""
    job = second[0]
    shutil.rmtree(store_of(job))
    depot = open_depot(job, read_school(job)[0].settings, MASTER)
    assert depot
    depot.put("scan", b"bytes")
    (file,) = objects(job)
    assert depot.get("scan") == b"bytes"
    return depot, file


def test_nothing_is_written_or_read_through_a_link_in_the_place_of_an_object(
    held: tuple[Depot, Path], tmp_path: Path
) -> None:
    depot, file = held
    ours = tmp_path / "master.key"
    shutil.copy(file, ours)
    before = ours.read_bytes()
    file.unlink()
    file.symlink_to(ours)

    assert depot.get("scan") is None
    ours.write_bytes(b"a secret")
    depot.put("scan", b"bytes")

    assert ours.read_bytes() == b"a secret"
    assert not file.is_symlink()
    assert file.read_bytes() == before
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_a_second_name_of_a_file_of_ours_is_replaced_and_not_written_to(
    held: tuple[Depot, Path], tmp_path: Path
) -> None:
    depot, file = held
    ours = tmp_path / "master.key"
    ours.write_bytes(b"a secret")
    for name in (file, file.with_name(f".{file.name}.new")):
        name.unlink(missing_ok=True)
        os.link(ours, name)
    depot.put("scan", b"bytes")
    assert ours.read_bytes() == b"a secret"
    assert depot.get("scan") == b"bytes"


def test_a_pipe_in_the_place_of_an_object_keeps_nobody_waiting(held: tuple[Depot, Path]) -> None:
    depot, file = held
    file.unlink()
    os.mkfifo(file)
    assert depot.get("scan") is None
    assert not depot.is_lost
    depot.put("scan", b"bytes")
    assert depot.get("scan") == b"bytes"


def test_folders_of_a_store_may_be_links(held: tuple[Depot, Path], tmp_path: Path) -> None:
    depot, file = held
    file.parent.rename(tmp_path / "elsewhere")
    file.parent.symlink_to(tmp_path / "elsewhere")
    assert depot.get("scan") == b"bytes"
    depot.put("scan", b"others")
    assert depot.get("scan") == b"others"


@pytest.mark.parametrize("kind", ["folder", "far"])
def test_of_an_object_without_an_end_no_more_is_read_than_one_may_have(
    kind: str, tmp_path: Path
) -> None:
    (tmp_path / "object").write_bytes(b"x" * 1001)
    asked = MemoryFileSystem()
    asked.pipe_file("/there/object", b"x" * 1001)
    shelf = Folder(tmp_path) if kind == "folder" else Far(asked, "/there")
    assert shelf.read("object", 1000) is None
    assert shelf.read("object", 1001) == b"x" * 1001
    assert shelf.read("object", 5000) == b"x" * 1001
    with pytest.raises(FileNotFoundError):
        shelf.read("nothing", 1000)


def test_no_word_name_digest_or_picture_stands_in_the_store(first: Job) -> None:
    found = objects(first)
    assert len(found) == SCANS
    held = b"".join(path.as_posix().encode() + path.read_bytes() for path in found)
    held = held.replace(str(store_of(first)).encode(), b"")
    media = first.private / SITE / "cache" / "media"
    light = list(media.rglob("*.webp"))
    assert light
    scans = list((first.portfolios / ANNA).glob("*.jpg"))
    for path in (*light, *scans):
        raw = path.read_bytes()
        assert raw[20:60] not in held
        assert sha256(raw).digest() not in held
        assert sha256(raw).hexdigest().encode() not in held
    for word in (SITE, "belova", "Белова", "webp", "WEBP", "RIFF", "pages", "remarks", "scan"):
        assert word.encode() not in held


def test_sizes_are_padded_and_equal_content_has_equal_bytes() -> None:
    chest = make_chest(MASTER, SITE)
    one, two = chest.name("scan 1"), chest.name("scan 2")
    assert chest.close(one, b"x" * 1000) == chest.close(one, b"x" * 1000)
    assert chest.close(one, b"x" * 1000)[4:60] != chest.close(two, b"x" * 1000)[4:60]
    sizes = {len(chest.close(one, b"x" * size)) for size in range(1000, 1020)}
    assert len(sizes) == 1
    assert chest.open(one, chest.close(one, b"words")) == b"words"
    assert chest.open(two, chest.close(one, b"words")) is None
    assert chest.open(one, chest.close(two, b"words")) is None


def test_two_bodies_under_one_name_never_meet_one_key() -> None:
    # AES-GCM with one key and nonce gives the difference of two texts away.
    chest = make_chest(MASTER, SITE)
    name = chest.name("scan")
    one, two = chest.close(name, b"\0" * 300), chest.close(name, b"\1" * 300)
    assert one[4:36] != two[4:36]
    apart = bytes(a ^ b for a, b in zip(one[36:], two[36:], strict=True))
    assert apart[4:304] != b"\1" * 300


def test_nothing_of_the_keys_is_shown() -> None:
    chest = make_chest(MASTER, SITE)
    shown = repr(chest)
    for key in (chest.naming, chest.salting, chest.sealing):
        assert repr(key) not in shown
