"""What happened to somebody's words -> one more line of school/register.jsonl (002 §7.5.4, R-137).

Every line bears the SHA-256 of the line before it, so that none can be changed, put in or taken
out without the next one telling. Only the end can be cut off unseen: its digest is for paper.
"""

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from errno import ELOOP, ENOSPC
from io import FileIO
from pathlib import Path

from generator.diagnostic import Text
from generator.model.event import Event, What
from generator.trouble import Trouble
from generator.whole import writing

__all__ = [
    "BEGINNING",
    "Event",
    "Record",
    "What",
    "append",
    "mark",
    "next_count",
    "parse",
    "read",
    "read_last",
    "read_lines",
    "stamp",
]

BEGINNING = hashlib.sha256(b"stupeni register v1").hexdigest()
"""What stands in the first line in place of a digest of the line before."""


@dataclass(frozen=True)
class Record:
    """A line of the register that can be read."""

    event: Event
    previous: str
    """The `mark` of the lines before."""
    torn: bool = False
    """Whether the line before was found half-written (the power went) and left as it was."""

    @property
    def line(self) -> bytes:
        """The one way to write it: canonical JSON without the end of the line."""
        fields = {
            **vars(self.event),
            "details": dict(self.event.details),
            "previous": self.previous,
            **({"torn": True} if self.torn else {}),
        }
        text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()


def parse(line: bytes) -> Record | None:
    """The record of a line; None when it is anything else than what we would have written."""
    try:
        fields = json.loads(line)
        previous, torn = fields.pop("previous"), fields.pop("torn", False)
        for several in ("about", "audiences"):
            fields[several] = tuple(fields[several])
        record = Record(Event(**fields), previous, torn)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return record if record.line == line else None


def mark(lines: Sequence[bytes]) -> str:
    """The digest that a line put behind these would bear.

    It is of the last line that can be read and of every half-written one behind it, so that the
    chain goes on over those too.
    """
    if not lines:
        return BEGINNING
    start = next((n for n in range(len(lines) - 1, -1, -1) if parse(lines[n])), 0)
    return hashlib.sha256(b"\n".join(lines[start:])).hexdigest()


def read_lines(register: Path) -> list[bytes]:
    """Every line, the last one too when it was never ended."""
    return split(register.read_bytes()) if register.exists() else []


def split(content: bytes) -> list[bytes]:
    """The lines of a register, without their ends."""
    lines = content.split(b"\n")
    return lines if lines[-1] else lines[:-1]


def read(register: Path) -> tuple[Event, ...]:
    """Everything that can be read, the oldest first."""
    return tuple(record.event for line in read_lines(register) if (record := parse(line)))


def read_last(register: Path, level: str) -> tuple[str, str, int]:
    """Release, content and count of a level's last release; empty and 0 when there is none."""
    return _last_release(read_lines(register), level)


def next_count(register: Path, level: str, content: str) -> int:
    """The number of this release: one more than the last when any page or picture changed."""
    _, last, count = read_last(register, level)
    return count if last == content else count + 1


def append(register: Path, event: Event) -> bool:
    """Adds a line, or nothing when it is a release that is the level's last already; whether it
    did.

    A line that was half-written when the power went is ended where it is and stays as it was: the
    digest in the new one is of that line too, and the new one says so.
    """
    with writing(register), _opened(register) as file:
        content = file.read()
        lines = split(content)
        if event.what == "release":
            last, *_ = _last_release(lines, str(event.details["level"]))
            if last == event.details["release"]:
                return False
        torn = bool(lines) and parse(lines[-1]) is None
        end = b"" if content.endswith(b"\n") or not content else b"\n"
        _write_line(file, end + Record(event, mark(lines), torn).line + b"\n", len(content))
    return True


def _write_line(file: FileIO, line: bytes, before: int) -> None:
    """The line whole, or the register as long as it was."""
    try:
        if file.write(line) != len(line):
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        os.fsync(file.fileno())
    except OSError:
        file.truncate(before)
        raise


def stamp(now: dt.datetime) -> str:
    """A moment as it stands in the register."""
    return now.isoformat(timespec="seconds")


def _last_release(lines: Sequence[bytes], level: str) -> tuple[str, str, int]:
    for line in reversed(lines):
        record = parse(line)
        if record and record.event.what == "release":
            found = record.event.details
            if found.get("level") == level:
                return str(found["release"]), str(found["content"]), int(found["count"])
    return "", "", 0


@contextmanager
def _opened(register: Path) -> Iterator[FileIO]:
    """The register from its start, to be read and added to by nobody else meanwhile."""
    import fcntl  # not on Windows; publishing there is not supported

    register.parent.mkdir(parents=True, exist_ok=True)
    # A link that came with somebody's commit must not lead our pen into another file.
    how = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        handle = os.open(register, how, 0o644)
    except OSError as error:
        if error.errno != ELOOP:
            raise
        raise Trouble(
            Text(f"журнал `{register}` — ссылка", f"the register `{register}` is a link"),
            Text("положите на её место сам файл", "put the file itself in its place"),
        ) from error
    with FileIO(handle, "a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        yield file
