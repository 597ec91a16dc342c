"""The words of --executor -> who makes scans and levels. This machine, or a cluster?"""

import shutil
from collections.abc import Callable
from typing import Protocol, TypeVar

from generator.diagnostic import Text, quote
from generator.flow.address import bare, is_here, kind_of
from generator.flow.job import Job
from generator.flow.private import levels_room
from generator.media import Read
from generator.model.school import Level, Settings
from generator.trouble import Trouble

Made = TypeVar("Made")


class Executor(Protocol):
    """Whoever works. What comes out is the same, byte for byte."""

    @property
    def read(self) -> Read | None:
        """Reads scans; None for the worker processes of this machine."""

    def make(
        self, job: Job, here: Callable[[Level], Made], apart: Callable[[Job], Made]
    ) -> list[Made]:
        """What is made of every level of the job: `here`, or where only a job of one level is
        known."""


class Here:
    """This machine: worker processes for scans, and this process for levels."""

    read: Read | None = None

    def make(
        self,
        job: Job,
        here: Callable[[Level], Made],
        apart: Callable[[Job], Made],  # noqa: ARG002
    ) -> list[Made]:
        """Every level, one after another."""
        return [here(level) for level in job.levels]


def open_executor(job: Job, settings: Settings) -> Executor:
    """Whoever was asked for; Trouble when nobody answers there."""
    levels = levels_room(job, settings)
    # Of a build that died: levels on their way home stand there in clear.
    shutil.rmtree(levels, ignore_errors=True)
    if not job.executor:
        return Here()
    _, _, address = job.executor.partition(":")
    if kind_of(job.executor, ":") != "dask" or not address:
        raise Trouble(
            Text("не знаю такого исполнителя в `--executor`", "no such executor in `--executor`"),
            Text("напишите `dask:АДРЕС`, например `dask:tls://10.0.0.5:8786`",
                 "write `dask:ADDRESS`, e.g. `dask:tls://10.0.0.5:8786`"),
        )  # fmt: skip
    _refuse_open_road(address)
    from generator.flow.cluster import open_cluster

    return open_cluster(job, address, levels)


def _refuse_open_road(address: str) -> None:
    """Light scans of children travel to a cluster and back, and nothing of ours seals them."""
    if address.startswith("tls://") or is_here(address):
        return
    told = quote(bare(address))
    raise Trouble(
        Text(f"дорога до кластера {told} открыта: облегчённые сканы детей прочёл бы любой "
             "в его сети",
             f"the road to the cluster {told} is open: anybody on its network could read the light "
             "scans of children"),
        Text("закройте сеть кластера TLS и напишите `dask:tls://АДРЕС`",
             "close the network of the cluster with TLS and write `dask:tls://ADDRESS`"),
    )  # fmt: skip
