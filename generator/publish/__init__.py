"""Sealed files -> a site handed over, all or nothing. Asks: is there anything that must not be?"""

from collections.abc import Iterable

from generator.model.site import File, Laid, Shell, Shells
from generator.publish.chain import Verified, find_line, verify
from generator.publish.headers import compose_headers
from generator.publish.register import Event, append, next_count, read, stamp
from generator.publish.release import Release, digest_files, write_release
from generator.publish.sweep import Leak, Swept, sweep

__all__ = [
    "Event", "Leak", "Release", "Swept", "Verified", "append", "digest_files", "find_line",
    "lay_frame", "next_count", "plan", "read", "stamp", "sweep", "verify", "write_release",
]  # fmt: skip

_NOT_FOUND = """<!doctype html>
<html lang="ru"><meta charset="utf-8"><meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>Нет такой страницы</title>
<p>Такой страницы нет. Откройте сайт с начала и введите код с карточки.</p>
<p lang="en">There is no such page. Open the site from its start and enter your code.</p>
"""


def lay_frame(shells: Shells, landing: tuple[Shell, str], policy: str) -> tuple[File, ...]:
    """Everything that was made before any student was known: engine's files, first page, headers.

    `landing` is the locked page and the HTML of its door to what everybody may read.
    """
    locked, door = landing
    first = locked.fill({"root": "", "id": "", "payload": "", "door": door})
    frame = {
        "index.html": first.encode(),
        "404.html": _NOT_FOUND.format(policy=policy).encode(),
        "robots.txt": b"User-agent: *\nDisallow: /\n",
        "_headers": compose_headers(policy).encode(),
    }
    return (
        *(File(path, content, "frame") for path, content in frame.items()),
        *(File(f.path, f.content, "vendor" if f.vendor else "frame") for f in shells.files),
    )


def plan(frame: Iterable[File], sealed: Iterable[Laid]) -> tuple[Laid, ...]:
    """The whole tree of one site and nothing else."""
    files = (*frame, *sealed)
    if len({file.path for file in files}) != len(files):
        raise ValueError("two files of the plan have one path")
    return tuple(sorted(files, key=lambda file: file.path))
