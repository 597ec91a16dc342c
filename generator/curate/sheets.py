"""Files as they would be -> files, all of them or none. What lies there when one is refused?"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostic import Diagnostic, Text, quote
from generator.source import read_bytes
from generator.stop import to_the_end
from generator.trouble import Trouble
from generator.whole import write_whole, writing


@dataclass(frozen=True)
class Sheets:
    """The files below a folder, with changes that nobody sees before they are written."""

    root: Path
    changed: dict[str, bytes] = field(default_factory=dict)
    """POSIX path -> its new content."""

    def read(self, file: str) -> bytes:
        """The content a file would have, none when there is no such file."""
        if file in self.changed:
            return self.changed[file]
        if not os.path.lexists(self.root / file):
            return b""
        raw = read_bytes(self.root, file)
        if isinstance(raw, Diagnostic):
            told = Text(f"{quote(file)}: {raw.message.ru}", f"{quote(file)}: {raw.message.en}")
            raise Trouble(told, raw.fix)
        return raw

    def put(self, file: str, content: bytes | None, by_hand: str) -> None:
        """A file gets this content; Trouble with what to write `by_hand` where there is none."""
        if content is None:
            told = quote(by_hand, 300)
            raise Trouble(
                Text(
                    f"файл {quote(file)} записан так, что вписать в него не получается",
                    f"{quote(file)} is written in a way that nothing can be put into it",
                ),
                Text(f"впишите сами: {told}", f"write it yourself: {told}"),
            )
        self.changed[file] = content

    def new(self, file: str, text: str) -> None:
        """A file that was not there; Trouble when it was."""
        if file in self.changed or os.path.lexists(self.root / file):
            raise Trouble(
                Text(f"файл {quote(file)} уже есть", f"{quote(file)} is there already"),
                Text("уберите его или назовите другое имя", "move it away, or take another name"),
            )
        self.changed[file] = text.encode()

    @property
    def fresh(self) -> tuple[str, ...]:
        """Changed files that were not there before."""
        return tuple(one for one in self.changed if not os.path.lexists(self.root / one))

    def write(self) -> None:
        """All changes on the disk; when one is refused, everything is as it was before."""
        with to_the_end(), _undone(self.root) as done:
            # Lists of classes last: a run that was killed can then be done again, to the same end.
            for file in sorted(self.changed, key=lambda one: one.startswith("school/classes/")):
                content = self.changed[file]
                path = _inside(self.root, file)
                old = path.read_bytes() if path.exists() else None
                mode = path.stat().st_mode & 0o777 if old is not None else 0o644
                with writing(path):
                    path.parent.mkdir(parents=True, exist_ok=True)
                done.append((path, old))
                write_whole(path, content, mode)


def put_folder(root: Path, folder: str, files: Mapping[str, bytes]) -> None:
    """A new folder with these files, there with all of them or not at all."""
    target = _inside(root, folder)
    draft = target.with_name(f".{target.name}.new")
    with to_the_end(), writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        try:
            for name, content in files.items():
                write_whole(draft / name, content, 0o644)
            # A folder that came to stand there meanwhile is somebody's: it is never replaced.
            target.mkdir()
            draft.replace(target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _inside(root: Path, file: str) -> Path:
    """Where a file belongs; Trouble when a link on the way leads elsewhere."""
    path = root / file
    if path.parent.resolve() != root.resolve() / Path(file).parent or path.is_symlink():
        raise Trouble(
            Text(f"на пути к {quote(file)} стоит ссылка", f"a link on the way to {quote(file)}"),
            Text("положите вместо неё сами файлы", "put the files themselves there"),
        )
    return path


@contextmanager
def _undone(root: Path) -> Iterator[list[tuple[Path, bytes | None]]]:
    """What was changed is put back when something fails, and new folders go."""
    done: list[tuple[Path, bytes | None]] = []
    try:
        yield done
    except BaseException:
        for path, old in reversed(done):
            if old is not None:
                write_whole(path, old, path.stat().st_mode & 0o777)
            else:
                path.unlink(missing_ok=True)
                _remove_empty(path.parent, root)
        raise


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
