"""A name -> bytes on a store that others own. What do we take, and where does our pen go?

Whoever owns a store may put there whatever they like: links, pipes, objects without an end. Its
folders may be links, as that is the owner's choice; objects may not, or our pen would follow one
into a file of ours.
"""

import os
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol

_RIGHTS = 0o644
"""Other machines may have other users; what they read is sealed."""


class Shelf(Protocol):
    """A store; every driver raises what it likes when it does not answer."""

    def read(self, name: str, most: int) -> bytes | None:
        """The object of this name; None for none, and for what is longer than `most`."""

    def write(self, name: str, content: bytes) -> None:
        """The object of this name is this one now."""

    def wipe(self, folder: str) -> None:
        """Nothing lies in this folder any more."""


@dataclass(frozen=True)
class Folder:
    """A folder of this computer or of its network."""

    root: Path

    def read(self, name: str, most: int) -> bytes | None:
        """What lies in a file; links, pipes and whatever else is no file, is as good as none."""
        how = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        file = self.root / name
        if file.is_symlink():
            return None
        with open(file, "rb", opener=lambda path, _: os.open(path, how)) as opened:
            status = os.fstat(opened.fileno())
            is_taken = stat.S_ISREG(status.st_mode) and status.st_size <= most
            # It may be growing.
            return opened.read(status.st_size) if is_taken else None

    def write(self, name: str, content: bytes) -> None:
        """Puts a new file in the place of whatever is there, and never writes to that."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        # Not `write_whole`: its draft has one name for ever, and whoever owns the folder could
        # wait for us there with a lock or a second name of a file of ours.
        with NamedTemporaryFile(dir=file.parent, prefix=".", delete=False) as draft:
            try:
                draft.write(content)
                draft.flush()
                os.fchmod(draft.fileno(), _RIGHTS)
                Path(draft.name).replace(file)
            except OSError:
                with suppress(OSError):
                    Path(draft.name).unlink()
                raise

    def wipe(self, folder: str) -> None:
        """Removes a folder; where a link stands in it, the link."""
        with suppress(FileNotFoundError):
            shutil.rmtree(self.root / folder)


@dataclass(frozen=True)
class Far:
    """Whatever fsspec has a driver for."""

    store: Any
    root: str

    def read(self, name: str, most: int) -> bytes | None:
        """An object, of which no more than that is asked for."""
        raw: bytes = self.store.cat_file(f"{self.root}/{name}", start=0, end=most + 1)
        return raw if len(raw) <= most else None

    def write(self, name: str, content: bytes) -> None:
        """Puts an object there."""
        self.store.pipe_file(f"{self.root}/{name}", content)

    def wipe(self, folder: str) -> None:
        """Removes all objects of a folder."""
        if self.store.exists(f"{self.root}/{folder}"):
            self.store.rm(f"{self.root}/{folder}", recursive=True)


@dataclass(frozen=True)
class Silent:
    """A store that did not answer when it was first asked."""

    why: Exception

    def read(self, name: str, most: int) -> bytes | None:  # noqa: ARG002
        """Nothing."""
        raise self.why

    def write(self, name: str, content: bytes) -> None:  # noqa: ARG002
        """Nothing."""
        raise self.why

    def wipe(self, folder: str) -> None:  # noqa: ARG002
        """Nothing."""
        raise self.why
