"""A cache that machines share on somebody's store: what it spares, and what its owner learns."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from generator.flow.depot import open_depot
from generator.flow.files import clear_cache
from generator.flow.job import Job, read_school
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
    assert depot and len(depot.store.find(depot.root)) == SCANS
    assert as_first(first, one)
    clear_cache(one)
    assert depot.store.find(depot.root) == []


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


@pytest.mark.parametrize("url", ["nosuchkind://a/b", "://", "s3//x:y", "/folder"])
def test_an_address_of_no_known_kind_is_told_at_once(second: tuple[Job, Told], url: str) -> None:
    job = replace(second[0], cache=url)
    with pytest.raises(Trouble):
        open_depot(job, read_school(job)[0].settings, MASTER)


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
