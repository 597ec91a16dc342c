"""Scans and levels on a Dask cluster: the same bytes, whoever dies meanwhile."""

import os
import pickle
import shutil
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from generator.flow.cluster import Cluster, one_by_one
from generator.flow.executor import Executor, open_executor
from generator.flow.job import Job, read_school
from generator.flow.sites import build_sites, plan_apart
from generator.trouble import Trouble
from tests.region import LADA, SITE, another_machine, build, first_machine, published


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two processes that work, on this computer."""
    from distributed import LocalCluster

    silent = {"dashboard_address": None, "silence_logs": "CRITICAL"}
    with LocalCluster(n_workers=2, threads_per_worker=1, **silent) as cluster:  # type: ignore[no-untyped-call]
        yield cluster


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Job:
    """The school, built on this machine."""
    job = first_machine(tmp_path_factory.mktemp("here"))
    build(job)
    return job


@pytest.fixture
def there(here: Job, cluster: Any, tmp_path: Path) -> Job:
    """The same school, to be built on the cluster."""
    job = another_machine(here, tmp_path / "there")
    (job.portfolios / "school" / "register.jsonl").unlink()
    return replace(job, executor=f"dask:{cluster.scheduler_address}")


def opened(job: Job) -> Executor:
    """Whoever works for the school."""
    return open_executor(job, read_school(job)[0].settings)


def build_while_one_dies(job: Job, cluster: Any) -> None:
    """One of the processes is killed as soon as it was given something to do."""
    from distributed import Client

    with Client(cluster, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        address, pid = next(iter(client.run(os.getpid).items()))
    with ThreadPoolExecutor(1) as pool:
        building = pool.submit(build, job)
        while not cluster.scheduler.workers[address].processing:
            assert not building.done(), building.result()
            time.sleep(0.01)
        os.kill(pid, signal.SIGKILL)
        building.result()


@pytest.mark.parametrize("scans_are_known", [False, True])
def test_a_cluster_makes_the_same_bytes_though_one_of_it_dies_at_scans_or_at_levels(
    here: Job, there: Job, cluster: Any, scans_are_known: bool
) -> None:
    if scans_are_known:  # then only levels are left to be made
        media = Path(SITE) / "cache" / "media"
        shutil.copytree(here.private / media, there.private / media)

    build_while_one_dies(there, cluster)

    assert published(there) == published(here)
    assert not [*(there.private / SITE / "cache" / "levels").glob("*")]


def test_no_secret_and_no_word_of_a_child_is_in_a_task(there: Job) -> None:
    cached = replace(there, cache="ftp://user:password@store/cache")
    tasks = pickle.dumps([*one_by_one(cached)])
    master = (there.private / SITE / "master.key").read_text(encoding="ascii").strip()
    for secret in (master, "password", "Белова", "belova", "Тихая"):
        assert secret.encode() not in tasks
    assert bytes.fromhex(master) not in tasks


def test_a_scan_that_nobody_can_read_is_told_as_it_is_here(there: Job) -> None:
    (there.portfolios / LADA / "plan.jpg").write_bytes(b"no picture")
    told = build_sites(there)
    assert told.sites == ()
    assert told.diagnostics == build_sites(replace(there, executor="")).diagnostics
    assert [one.code for one in told.diagnostics if one.is_error] == ["scan-kind"]


def test_a_machine_with_another_version_is_refused(there: Job) -> None:
    executor = opened(there)
    assert isinstance(executor, Cluster)
    executor.program = "another"
    with pytest.raises(Trouble) as refused:
        executor.make(there, lambda _: None, plan_apart)
    assert "другая версия" in refused.value.message.ru


def test_a_level_that_cannot_be_made_there_says_why(there: Job) -> None:
    executor = opened(there)
    (there.private / SITE / "master.key").chmod(0o644)
    with pytest.raises(Trouble) as refused:
        executor.make(there, lambda _: None, plan_apart)
    assert "главный ключ" in refused.value.message.ru


@pytest.mark.parametrize(
    "who",
    [
        "dask:",
        "spark:tcp://user:password@127.0.0.1:1",
        "user:password@127.0.0.1",
        "dask:nonsense://user:password@x",
        "dask:tls://user:password@127.0.0.1:9",
    ],
)
def test_an_executor_nobody_knows_is_told_at_once_without_its_secrets(there: Job, who: str) -> None:
    with pytest.raises(Trouble) as refused:
        build_sites(replace(there, executor=who))
    assert "password" not in "".join(map(str, (refused.value.message, refused.value.hint)))
    assert not there.output.exists()


@pytest.mark.parametrize(
    "address",
    ["tcp://10.0.0.5:8786", "10.0.0.5:8786", "ws://10.0.0.5:8786", "tcp://127.0.0.1@10.0.0.5:1"],
)
def test_scans_of_children_do_not_travel_where_others_can_read_them(
    there: Job, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.flow.cluster._SECONDS", 1)
    with pytest.raises(Trouble) as refused:
        opened(replace(there, executor=f"dask:{address}"))
    assert "сканы детей прочёл бы любой" in refused.value.message.ru
    assert "dask:tls://" in refused.value.hint.ru


def test_a_sealed_road_without_certificates_says_what_is_missing(there: Job) -> None:
    with pytest.raises(Trouble) as refused:
        opened(replace(there, executor="dask:tls://127.0.0.1:9"))
    assert "сертификатов" in refused.value.message.ru


@pytest.mark.parametrize("where", ["/", "..", "link"])
def test_a_machine_says_which_level_and_never_where_to_look(
    there: Job, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    executor = opened(there)
    levels = there.private / SITE / "cache" / "levels"
    levels.mkdir(parents=True)
    ours = there.private / "ours"
    ours.write_bytes(pickle.dumps("taken"))
    (levels / "link").symlink_to(ours)
    named = {"/": ours.resolve(), "..": levels / "../../../ours", "link": levels / "link"}[where]
    digest = sha256(ours.read_bytes()).hexdigest()
    monkeypatch.setattr("generator.flow.cluster._make_level", lambda _apart, _job: (named, digest))
    with pytest.raises(Trouble):
        executor.make(replace(there, levels=("primary",)), lambda _: None, plan_apart)
    assert ours.exists()


def test_levels_of_a_build_that_died_are_gone_at_the_next(here: Job, tmp_path: Path) -> None:
    job = another_machine(here, tmp_path / "again")
    levels = job.private / SITE / "cache" / "levels"
    levels.mkdir(parents=True)
    (levels / "primary-1").write_bytes(b"words about children")
    assert not opened(job).read
    assert not levels.exists()


def test_a_cluster_that_does_not_answer_is_told_and_nothing_is_touched(
    there: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.flow.cluster._SECONDS", 1)
    with pytest.raises(Trouble) as refused:
        build_sites(replace(there, executor="dask:tcp://127.0.0.1:9"))
    assert "не отвечает" in refused.value.message.ru
    assert not there.output.exists()
