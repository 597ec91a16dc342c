"""Originals on disk -> the same, light and clean, under the same names. What can be spared?"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostic import Diagnostic
from generator.media.clean import Suffix
from generator.media.intake import Light, make_light, read_size
from generator.media.refusals import Refused, diagnose
from generator.progress import Progress
from generator.stop import to_the_end
from generator.whole import write_whole

_ENDINGS: dict[str, Suffix] = {"jpg": "jpg", "jpeg": "jpg", "png": "png", "pdf": "pdf"}


@dataclass(frozen=True)
class Shrunk:
    """A scan that can be lighter, in bytes before and after.

    `name` is set when it would have to be another kind of file: then its own would lie, so it was
    left as it is, and this is what it could be called in its folder.
    """

    path: str
    before: int
    after: int
    name: str = ""


@dataclass(frozen=True)
class Shrinking:
    """What became lighter, or would, and the mistakes of scans that could not be read."""

    scans: tuple[Shrunk, ...]
    diagnostics: tuple[Diagnostic, ...]


def write_light(root: Path, paths: Sequence[str], progress: Progress, *, write: bool) -> Shrinking:
    """Every scan made light in its place, each file whole or not at all; or only what that would
    spare."""
    shrunk, diagnostics = [], []
    with closing(make_light(root, paths, progress)) as answers:
        for path, light in answers:
            if isinstance(light, Refused):
                diagnostics.append(diagnose(path, light))
            elif light:
                shrunk.append(_placed(root / path, light, write))
    return Shrinking(
        tuple(sorted(shrunk, key=lambda one: one.path)),
        tuple(sorted(diagnostics, key=lambda one: one.place)),
    )


def _placed(file: Path, light: Light, write: bool) -> Shrunk:
    content = light.clean.content
    before, after = read_size(file), len(content)
    if _ENDINGS.get(file.suffix[1:].lower()) != light.clean.suffix:
        name = light.name([one.name for one in file.parent.iterdir()])
        return Shrunk(light.path, before, after, name)
    if write:
        with to_the_end():
            write_whole(file, content, file.stat().st_mode & 0o777)
    return Shrunk(light.path, before, after)
