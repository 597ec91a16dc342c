"""Scans and levels on a Dask cluster: the same bytes, whoever dies meanwhile."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster

from generator.flow.executor import open_executor
from generator.flow.job import Job
from generator.flow.sites import build_sites
from generator.trouble import Trouble
from tests.region import LADA, SITE, another_machine, build, first_machine, published


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
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


def test_what_a_cluster_makes_is_what_one_machine_makes(here: Job, there: Job) -> None:
    build(there)
    assert published(there) == published(here)
    assert not list((there.private / SITE / "cache" / "levels").iterdir())
