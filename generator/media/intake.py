"""Originals from anywhere -> light, clean files with names of their own. What may enter Git?

Whoever takes scans in goes through here: nothing else is fit to be committed.
"""

from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from generator.media.clean import Clean, check_clean
from generator.media.gate import read_scan
from generator.media.refusals import CODES, Refused
from generator.media.workers import Task, read_room
from generator.progress import Progress
from generator.say.latin import name_apart, to_latin

_SECONDS = 60
_REFUSED = b"\0"
_LIGHT_ALREADY = b""
_NAMELESS = "skan"


@dataclass(frozen=True)
class Light:
    """A scan made light, and the path it came by."""

    path: str
    clean: Clean

    def name(self, taken: Collection[str]) -> str:
        """Its old name in Latin letters, with the ending of what it is now, like none in `taken`.

        `taken` is what lies in the folder it goes to.
        """
        stem = to_latin(PurePosixPath(self.path).stem) or _NAMELESS
        return name_apart(stem, self.clean.suffix, taken)


def make_light(
    root: Path, paths: Sequence[str], progress: Progress
) -> Generator[tuple[str, Light | Refused | None]]:
    """Every scan below `root` at most 2000 pixels and 400 KB a page, nothing but pixels; or why it
    is not taken; None for what is all that already.

    Each is read by a worker of its own. Close the generator when it is left early.
    """
    # The decoders are loaded here, once for all workers.
    from generator.media.light import lighten
    from generator.media.proof import run_proven

    sizes = {path: read_size(root / path) for path in sorted(set(paths))}
    order = sorted(sizes, key=lambda path: (-sizes[path], path))
    tasks = [Task(path, partial(_read_light, root, path, lighten), _SECONDS) for path in order]
    with (
        progress.stage("scans", len(order), sum(sizes.values())) as done,
        closing(run_proven(tasks, read_room(), _understood, _clean_of)) as answers,
    ):
        for path, answer in answers:
            yield path, Light(path, answer) if isinstance(answer, Clean) else answer
            done(sizes[path])


def read_size(path: Path) -> int:
    """Bytes of a file; 0 for one that is not there."""
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _read_light(root: Path, path: str, lighten: Callable[[bytes], Clean]) -> bytes:
    """What a worker does: the light file, nothing when it is light already, or a reason."""
    try:
        content = read_scan(root, path)
        light = lighten(content).content
    except Refused as refused:
        return _REFUSED + f"{refused.code} {refused.amount}".encode()
    return _LIGHT_ALREADY if light == content or len(light) > len(content) else light


def _understood(raw: bytes | None) -> Clean | Refused | None:
    """What a worker answered; it has met a hostile file, so its word is checked."""
    if raw == _LIGHT_ALREADY:
        return None
    try:
        if raw is None or not raw.startswith(_REFUSED):
            return check_clean(raw or b"")
        code, _, amount = raw[1:].decode().partition(" ")
        return Refused(code if code in CODES else "scan-costly", amount[:40])
    except (ValueError, IndexError):
        return Refused("scan-costly")


def _clean_of(answer: Clean | Refused | None) -> Clean | None:
    return answer if isinstance(answer, Clean) else None
