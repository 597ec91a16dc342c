"""What was handed over -> one line in school/register.jsonl (002 §7.5.4, R-137)."""

import datetime as dt
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Line:
    """One release of one level: when, what exactly, for whom, by which tool."""

    at: str
    what: str
    level: str
    release: str
    content: str
    count: int
    audiences: tuple[str, ...]
    tool: str


def read_last(register: Path, level: str) -> tuple[str, str, int]:
    """Release, content and count of a level's last line; empty and 0 when there is none.

    A line that cannot be read (half-written when the power went) counts as not written.
    """
    last = ("", "", 0)
    if not register.exists():
        return last
    for text in register.read_text(encoding="utf-8").splitlines():
        try:
            line = json.loads(text)
            if line["what"] == "release" and line["level"] == level:
                last = line["release"], line["content"], int(line["count"])
        except (ValueError, KeyError, TypeError):
            continue
    return last


def next_count(register: Path, level: str, content: str) -> int:
    """The number of this release: one more than the last when any page or picture changed."""
    _, last, count = read_last(register, level)
    return count if last == content else count + 1


def write_line(register: Path, line: Line) -> bool:
    """Appends the line unless this very release is the level's last one; whether it did."""
    if read_last(register, line.level)[0] == line.release:
        return False
    broken = register.exists() and not register.read_bytes().endswith(b"\n")
    text = json.dumps(asdict(line), ensure_ascii=False) + "\n"
    with register.open("a", encoding="utf-8") as out:
        out.write("\n" + text if broken and register.stat().st_size else text)
        out.flush()
        os.fsync(out.fileno())
    return True


def stamp(now: dt.datetime) -> str:
    """A moment as it stands in the register."""
    return now.isoformat(timespec="seconds")
