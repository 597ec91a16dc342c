"""Answers of workers -> the same, their PDFs proven. Is there really nothing else in one?

A JPEG or a PNG is looked through by whoever takes it from a worker (`clean`). A PDF is too
intricate for that, and the worker that made it has met a hostile file. So a second worker, which
has met no other file and decodes no picture, copies it once more: what comes out as it went in has
nothing that does not belong.
"""

from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from functools import partial
from typing import TypeVar

from generator.media.clean import Clean
from generator.media.refusals import Refused
from generator.media.workers import Task, run_apart

Answer = TypeVar("Answer")

_SECONDS = 30
_PROVEN = b"proven"


def run_proven(
    tasks: Sequence[Task],
    at_once: int,
    understand: Callable[[bytes | None], Answer],
    clean_of: Callable[[Answer], Clean | None],
) -> Generator[tuple[str, Answer | Refused]]:
    """Name and answer of every task, in the order they are ready; `scan-costly` when a PDF in it
    is more than pages."""
    waiting, unproven = deque(tasks), dict[str, Answer]()
    with closing(run_apart(waiting, at_once)) as answers:
        for task, raw in answers:
            if task.name in unproven:
                answer = unproven.pop(task.name)
                yield task.name, answer if raw == _PROVEN else Refused("scan-costly")
                continue
            answer = understand(raw)
            clean = clean_of(answer)
            if clean and clean.suffix == "pdf":
                unproven[task.name] = answer
                waiting.appendleft(Task(task.name, partial(_prove, clean.content), _SECONDS))
            else:
                yield task.name, answer


def _prove(content: bytes) -> bytes:
    """What a worker does: it says whether a PDF is what our own copying makes."""
    from generator.media.pdf_copy import copy_pages

    return _PROVEN if copy_pages(content) == content else b""
