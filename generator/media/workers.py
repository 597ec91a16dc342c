"""Tasks -> their answers, each from a process of its own. What if a file kills its reader?"""

import ctypes
import math
import os
import selectors
import signal
import time
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path

MEMORY = 1_500_000_000
CPU_SECONDS = 20
ANSWER_BYTES = 64_000_000
_PER_WORKER = 350_000_000
_CHUNK = 1 << 20
_PRCTL = getattr(ctypes.CDLL(None), "prctl", None)
"""Linux alone can tell a worker that its parent died; elsewhere its CPU time ends it."""
_SET_DEATH_SIGNAL = 1


@dataclass(frozen=True)
class Task:
    """Work that gives bytes, its name, and the seconds it may take by the clock on the wall."""

    name: str
    work: Callable[[], bytes]
    seconds: float


@dataclass
class _Worker:
    task: Task
    pid: int
    pipe: int
    deadline: float
    answer: bytearray = field(default_factory=bytearray)


def read_room() -> int:
    """How many workers this machine has cores and free memory for; at least one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    try:
        with Path("/proc/meminfo").open(encoding="ascii") as file:
            free = next(int(line.split()[1]) for line in file if line.startswith("MemAvailable"))
    except (OSError, StopIteration):
        return cores or 1
    return max(1, min(cores or 1, free * 1024 // _PER_WORKER))


def run_apart(waiting: deque[Task], at_once: int) -> Generator[tuple[Task, bytes | None]]:
    """Each task with its answer as they come; None when its process died or had to be ended.

    Whoever listens may put further tasks in. Close the generator (`contextlib.closing`) so that no
    process outlives an interruption.
    """
    running: dict[int, _Worker] = {}
    with selectors.DefaultSelector() as selector:
        try:
            while waiting or running:
                while waiting and len(running) < at_once:
                    worker = _start(waiting.popleft())
                    running[worker.pipe] = worker
                    selector.register(worker.pipe, selectors.EVENT_READ)
                now = time.monotonic()
                patience = min(worker.deadline for worker in running.values()) - now
                for key, _ in selector.select(max(0.0, patience)):
                    worker = running[key.fd]
                    if not _hear(worker):
                        selector.unregister(worker.pipe)
                        del running[worker.pipe]
                        yield worker.task, _end(worker)
                for worker in running.values():
                    if time.monotonic() > worker.deadline:
                        _kill_or_wait(worker)
        finally:
            for worker in running.values():
                _kill(worker)
                _end(worker)


def _start(task: Task) -> _Worker:
    ours, theirs = os.pipe()
    parent = os.getpid()
    # An interrupt between the fork and the child's first line would unwind a copy of the parent.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        pid = os.fork()
        if pid == 0:
            _live(task, theirs, parent)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(theirs)
    return _Worker(task, pid, ours, time.monotonic() + task.seconds)


def _live(task: Task, pipe: int, parent: int) -> None:
    """The whole life of a worker: it never returns."""
    status = 1
    try:
        _die_with(parent)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        _confine(pipe)
        with open(pipe, "wb") as file:
            file.write(task.work())
        status = 0
    finally:
        os._exit(status)


def _die_with(parent: int) -> None:
    """A parent that is killed cannot end its workers, and nobody is left to hear them."""
    if _PRCTL:
        _PRCTL(_SET_DEATH_SIGNAL, int(signal.SIGKILL))
    if os.getppid() != parent:  # it died before we could say so
        os._exit(1)


def _confine(pipe: int) -> None:
    """No environment, no terminal, no file to write but the pipe; limits on memory and CPU time."""
    import faulthandler
    import resource

    # A crash must not print a stack: the log may be public.
    faulthandler.disable()
    os.environ.clear()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    # Nothing that the parent had open: a lock would outlive a parent that was killed.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    os.closerange(3, pipe)
    os.closerange(pipe + 1, most)
    for limit, value in (
        (resource.RLIMIT_AS, _mapped() + MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(limit)[1]
        low = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (low, low))


def _mapped() -> int:
    """Bytes of address space the parent handed down: they do not count against the worker."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        # Not Linux. The limit is then the bare one.
        return 0


def _hear(worker: _Worker) -> bool:
    """Whether there may be more to hear from it."""
    chunk = os.read(worker.pipe, _CHUNK)
    worker.answer += chunk
    if len(worker.answer) > ANSWER_BYTES:
        _kill(worker)
        return False
    return bool(chunk)


def _end(worker: _Worker) -> bytes | None:
    os.close(worker.pipe)
    _, status = os.waitpid(worker.pid, 0)
    return bytes(worker.answer) if status == 0 else None


def _kill_or_wait(worker: _Worker) -> None:
    """Ends one that is late; one that a busy machine kept from working gets the same time again."""
    if _read_worked(worker.pid) < worker.task.seconds / 4:
        worker.deadline = time.monotonic() + worker.task.seconds
    else:
        _kill(worker)


def _read_worked(pid: int) -> float:
    """CPU seconds of one that works, or waits for a core or a disk; endless for one that sleeps."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return math.inf  # not Linux, where nobody tells
    state, *numbers = told.rpartition(")")[2].split()
    worked = (int(numbers[10]) + int(numbers[11])) / os.sysconf("SC_CLK_TCK")
    return worked if state in "RD" else math.inf


def _kill(worker: _Worker) -> None:
    os.kill(worker.pid, signal.SIGKILL)
