"""Scans and levels -> tasks of a Dask cluster that is there already. Who works for us?

The only door for Dask. Machines of the cluster see the same folders at the same paths (portfolios,
private folder, sites) and read keys and words from there: a task holds paths, ids and digests, and
no secret. Every task is pure: made twice, because a machine died, it comes to the same.
"""

import hashlib
import pickle
import shutil
import stat
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, TypeVar

from generator.diagnostic import Text, quote
from generator.flow.address import bare
from generator.flow.job import Job
from generator.flow.marks import mark_installed
from generator.flow.private import levels_room
from generator.load import read_settings
from generator.media.answer import from_bytes
from generator.media.recipe import Recipe
from generator.model.school import Level
from generator.progress import NOBODY
from generator.trouble import Trouble

if TYPE_CHECKING:
    from generator.media.reader import Answer
    from generator.media.reader import Job as Scan

Made = TypeVar("Made")
_SECONDS = 20
"""How long a cluster may take to answer."""
_BATCH = 16
"""Scans of one task, at most: starting a process for them costs as much as two of them."""
_ANOTHER = Text(
    "на машинах кластера другая версия stupeni, Python или библиотек, или другая тема",
    "on the cluster there is another version of stupeni, Python or libraries, or another theme",
)
_EQUAL = Text(
    "поставьте везде одно и то же по одним и тем же путям и перезапустите кластер",
    "install the same everywhere, at the same paths, and restart the cluster",
)


@dataclass(frozen=True)
class Failed:
    """A `Trouble` on its way home: exceptions of two texts do not travel."""

    message: Text
    hint: Text


class Cluster:
    """A cluster that answers, and what every machine of it must have to work for us."""

    def __init__(self, job: Job, address: str, levels: Path) -> None:
        self.home, self.address, self.levels = job.home, address, levels
        self.program = mark_installed(job.home)

    def read(
        self, scans: "Sequence[Scan]", root: Path, recipe: Recipe
    ) -> "Generator[tuple[str, Answer]]":
        """Key and answer of every scan, batch by batch, in the order they are ready."""
        from distributed import as_completed

        with _connected(self.address) as client:
            cores = sum(client.ncores().values())
            count = max(-(-len(scans) // _BATCH), min(len(scans), 2 * cores))
            # Largest first, and every batch gets its share of the large ones.
            batches = [tuple(scans[start::count]) for start in range(count)]
            tasks = [
                self._submit(client, _read_batch, one, root.resolve(), recipe) for one in batches
            ]
            for task in as_completed(tasks, loop=client.loop):  # type: ignore[no-untyped-call]
                for key, raw in _result(task):
                    yield key, from_bytes(raw)
                task.release()

    def make(
        self,
        job: Job,
        here: Callable[[Level], Made],  # noqa: ARG002
        apart: Callable[[Job], Made],
    ) -> list[Made]:
        """Every level, made on some machine and fetched from the private folder."""
        with _connected(self.address) as client:
            tasks = [self._submit(client, _make_level, apart, one) for one in one_by_one(job)]
            try:
                return [_fetch(self.levels, *_result(task)) for task in tasks]
            finally:
                shutil.rmtree(self.levels, ignore_errors=True)

    def _submit(self, client: Any, work: Callable[..., object], *given: object) -> Any:
        return client.submit(_run, self.program, self.home, work, *given, pure=False)


def open_cluster(job: Job, address: str, levels: Path) -> Cluster:
    """The cluster at this address, whose levels come home through this folder; Trouble when it
    does not answer, or nobody works there."""
    with _connected(address):
        return Cluster(job, address, levels)


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """Dask's client, for as long as something is done there and no longer: it has threads, and
    workers are forked afterwards. What is still to be done in the end is called off."""
    client = _open_client(address)
    try:
        try:
            client.wait_for_workers(1, timeout=_SECONDS)
        except OSError as error:
            raise _silent(address) from error
        yield client
    finally:
        client.close()


def _open_client(address: str) -> Any:
    try:
        from distributed import Client, Security
    except ImportError:
        raise Trouble(
            Text("для кластера не хватает пакета distributed", "a cluster needs distributed"),
            Text("поставьте добавку `stupeni[dask]`", "install the extra `stupeni[dask]`"),
        ) from None
    try:
        security: Any = Security()  # type: ignore[no-untyped-call]
        lock = security.get_connection_args("client").get("ssl_context")
    except OSError as error:  # a certificate that is not there, or is none
        raise _without_certificates() from error
    if address.startswith("tls://") and not lock:
        raise _without_certificates()
    try:
        return Client(address, security=security, timeout=_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise _silent(address) from error


def _result(task: Any) -> Any:
    """What a task came to; Trouble where it was given up."""
    from distributed import KilledWorker

    try:
        found = task.result()
    except (KilledWorker, CancelledError, OSError) as error:
        raise _lost(error) from error
    except ImportError as error:
        raise Trouble(_ANOTHER, _EQUAL) from error
    if isinstance(found, Failed):
        raise Trouble(found.message, found.hint)
    return found


def one_by_one(job: Job) -> Iterator[Job]:
    """A job for every level, with nothing in it but paths, the day and who builds."""
    silent = replace(job, cache="", executor="", progress=NOBODY)
    there = replace(
        silent,
        tell=_tell_nobody,
        portfolios=job.portfolios.resolve(),
        output=job.output.resolve(),
        private=job.private.resolve(),
    )
    return (replace(there, levels=(level,)) for level in job.levels)


def _tell_nobody(_: Text) -> None:
    """Of a level on its way nobody hears."""


def _run(program: str, home: Path, work: Callable[..., object], *given: object) -> object:
    """What a machine of the cluster does with every task."""
    try:
        if mark_installed(home) != program:
            raise Trouble(_ANOTHER, _EQUAL)
        return work(*given)
    except Trouble as trouble:
        return Failed(trouble.message, trouble.hint)


def _read_batch(scans: "Sequence[Scan]", root: Path, recipe: Recipe) -> list[tuple[str, bytes]]:
    from generator.media.apart import run_batch

    return run_batch(scans, root, recipe)


def _make_level(apart: Callable[[Job], object], job: Job) -> tuple[str, str]:
    """The name under which the level was put into the private folder, and its digest: it is too
    much to travel, and too private."""
    made = apart(job)
    settings = read_settings(job.portfolios)
    assert settings, "it was read to make the level"
    folder = levels_room(job, settings)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    raw = pickle.dumps(made, protocol=5)
    # A name of its own: a task that was given up may still be at work. Nobody else may read it.
    with NamedTemporaryFile(dir=folder, prefix=f"{job.levels[0]}-", delete=False) as file:
        file.write(raw)
    return Path(file.name).name, hashlib.sha256(raw).hexdigest()


def _fetch(levels: Path, name: str, digest: str) -> Any:
    """The level that a machine put into the private folder, and nothing else: it says a name, and
    never where to look."""
    file = levels / name
    try:
        if file.parent != levels or not stat.S_ISREG(file.lstat().st_mode):
            raise _lost(OSError())
        raw = file.read_bytes()
        file.unlink()
    except OSError as error:
        raise _lost(error) from error
    if hashlib.sha256(raw).hexdigest() != digest:
        raise _lost(OSError())
    return pickle.loads(raw)


def _lost(error: BaseException) -> Trouble:
    why = type(error).__name__
    return Trouble(
        Text(f"работа на кластере оборвалась ({why})", f"the cluster gave the work up ({why})"),
        Text("прежние сайты на месте; соберите ещё раз или без `--executor`",
             "the sites are as before; build again, or without `--executor`"),
    )  # fmt: skip


def _without_certificates() -> Trouble:
    return Trouble(
        Text("нет сертификатов, которыми закрыта сеть кластера",
             "the certificates that close the network of the cluster are not here"),
        Text("впишите в настройки Dask на этой машине `distributed.comm.tls`: `ca-file`, "
             "`client.cert` и `client.key`",
             "name them in the settings of Dask on this machine, `distributed.comm.tls`: "
             "`ca-file`, `client.cert` and `client.key`"),
    )  # fmt: skip


def _silent(address: str) -> Trouble:
    told = quote(bare(address))
    return Trouble(
        Text(f"кластер {told} не отвечает или в нём нет машин",
             f"the cluster {told} does not answer, or has no machines"),
        Text("запустите его, проверьте адрес или соберите без `--executor`",
             "start it, see to the address, or build without `--executor`"),
    )  # fmt: skip
