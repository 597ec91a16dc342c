"""Paths of scans -> their pages or a refusal, read apart. Who touches a child's file?"""

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path

from generator.media.answer import Reading, from_bytes, to_bytes
from generator.media.clean import Clean
from generator.media.derive import read
from generator.media.gate import read_scan
from generator.media.heic import is_there
from generator.media.proof import run_proven
from generator.media.recipe import Recipe, Want
from generator.media.refusals import Refused
from generator.media.workers import Task, read_room
from generator.model.shown import Rectangle

Answer = Reading | Refused

_PICTURE_SECONDS = 30
_PDF_SECONDS = 60
_READERS = {
    "pdf": ("generator.media.carried", "generator.media.pdf"),
    "heic": ("pillow_heif",) if is_there() else (),
}


@dataclass(frozen=True)
class Job:
    """A scan to be read: its key, SHA-256 of its bytes, path below the root, what is asked for."""

    key: str
    digest: str
    path: str
    want: Want
    masks: tuple[Rectangle, ...] = ()


def read_answers(
    jobs: Sequence[Job], root: Path, recipe: Recipe, at_once: int = 0
) -> Generator[tuple[str, Answer]]:
    """Key and answer for every job, in the order they are ready; as many at once as there is room
    for, unless told."""
    tasks = [_task(root, job, recipe) for job in jobs]
    with closing(run_proven(tasks, at_once or read_room(), from_bytes, _copy_of)) as answers:
        yield from answers


def _copy_of(answer: Answer) -> Clean | None:
    return answer.copy if isinstance(answer, Reading) else None


def _task(root: Path, job: Job, recipe: Recipe) -> Task:
    ending = job.path.lower().rpartition(".")[2]
    for reader in _READERS.get(ending, ()):
        # Before the fork, so that a worker need not load it.
        import_module(reader)
    work = partial(_read_answer, root, job, recipe)
    return Task(job.key, work, _PDF_SECONDS if ending == "pdf" else _PICTURE_SECONDS)


def _read_answer(root: Path, job: Job, recipe: Recipe) -> bytes:
    """What a worker does: the only place where the bytes of a scan are read or decoded."""
    try:
        content = read_scan(root, job.path, job.digest)
        return to_bytes(read(content, recipe, job.want, job.masks))
    except Refused as refused:
        return to_bytes(refused)
