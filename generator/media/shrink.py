"""Originals on disk -> the same, light and clean, under the same names. What can be spared?"""

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.diagnostic import Diagnostic
from generator.media.clean import Clean, Suffix, check_clean
from generator.media.gate import read_scan
from generator.media.refusals import Refused, diagnose
from generator.media.watcher import Progress
from generator.media.workers import Task, read_room, run_apart

_SECONDS = 60
_ENDINGS: dict[str, Suffix] = {"jpg": "jpg", "jpeg": "jpg", "png": "png", "pdf": "pdf"}
_REFUSED = b"\0"


@dataclass(frozen=True)
class Shrunk:
    """A scan that can be lighter, in bytes before and after.

    `suffix` is set when it would have to be another kind of file: then its name would lie, and it
    was left as it is.
    """

    path: str
    before: int
    after: int
    suffix: Suffix | None = None


@dataclass(frozen=True)
class Shrinking:
    """What became lighter, or would, and the mistakes of scans that could not be read."""

    scans: tuple[Shrunk, ...]
    diagnostics: tuple[Diagnostic, ...]


def write_light(root: Path, paths: Sequence[str], progress: Progress, *, write: bool) -> Shrinking:
    """Every scan made light in its place, each file whole or not at all; or only what that would
    spare."""
    # The decoders are loaded here, once for all workers.
    from generator.media.light import make_light

    sizes = {path: _read_size(root / path) for path in sorted(set(paths))}
    order = sorted(sizes, key=lambda path: (-sizes[path], path))
    tasks = [Task(path, partial(_read_light, root, path, make_light), _SECONDS) for path in order]
    shrunk, diagnostics = [], []
    progress.start(len(order), sum(sizes.values()))
    try:
        with closing(run_apart(tasks, read_room())) as answers:
            for task, raw in answers:
                light = _understood(raw)
                if isinstance(light, Refused):
                    diagnostics.append(diagnose(task.name, light))
                elif light:
                    shrunk.append(_placed(root, task.name, light, write))
                progress.advance(sizes[task.name])
    finally:
        progress.finish()
    return Shrinking(
        tuple(sorted(shrunk, key=lambda one: one.path)),
        tuple(sorted(diagnostics, key=lambda one: one.place)),
    )


def _read_light(root: Path, path: str, make_light: Callable[[bytes], Clean]) -> bytes:
    """What a worker does: the light file, nothing when it is light already, or a reason."""
    try:
        content = read_scan(root, path)
        light = make_light(content).content
    except Refused as refused:
        return _REFUSED + refused.code.encode()
    except MemoryError:
        return _REFUSED + b"scan-costly"
    except Exception:
        # Decoders fail in any way they like on damaged bytes.
        return _REFUSED + b"scan-broken"
    return b"" if light == content or len(light) > len(content) else light


def _understood(raw: bytes | None) -> Clean | Refused | None:
    if raw is None:
        return Refused("scan-costly")
    if raw.startswith(_REFUSED):
        code = raw[1:].decode("ascii", "replace")
        return Refused(code if code.startswith("scan-") else "scan-costly")
    try:
        return check_clean(raw) if raw else None
    except (ValueError, IndexError):
        return Refused("scan-costly")


def _placed(root: Path, path: str, light: Clean, write: bool) -> Shrunk:
    file = root / path
    before, after = _read_size(file), len(light.content)
    if _ENDINGS.get(path.lower().rpartition(".")[2]) != light.suffix:
        return Shrunk(path, before, after, light.suffix)
    if write:
        part = file.with_name(f".{file.name}.{os.getpid()}.part")
        part.write_bytes(light.content)
        part.chmod(file.stat().st_mode & 0o777)
        part.replace(file)
    return Shrunk(path, before, after)


def _read_size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0
