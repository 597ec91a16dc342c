"""The words of --executor -> who makes scans and levels. This machine, or a cluster?"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from generator.diagnostic import Text, quote
from generator.flow.job import Job
from generator.media import Read
from generator.model.school import Level
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


def open_executor(job: Job) -> Executor:
    """Whoever was asked for; Trouble when nobody answers there."""
    if not job.executor:
        return Here()
    kind, _, address = job.executor.partition(":")
    if kind != "dask" or not address:
        raise Trouble(
            Text(f"не знаю, кто это: {quote(job.executor)}", f"who is {quote(job.executor)}?"),
            Text("напишите `dask:АДРЕС`, например `dask:tcp://10.0.0.5:8786`",
                 "write `dask:ADDRESS`, e.g. `dask:tcp://10.0.0.5:8786`"),
        )  # fmt: skip
    from generator.flow.cluster import open_cluster

    return open_cluster(job, address)
