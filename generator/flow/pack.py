"""What is made and needed later -> one large file without a name. Must a site fit into memory?"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from generator.model.site import File, Laid, Packed
from generator.seal import Sealed
from generator.whole import writing


@dataclass(frozen=True, eq=False)
class Pack:
    """Where sealed files lie until they are handed over, and what is needed then. As it has no name
    it goes with whoever wrote it, however they end."""

    folder: Path

    def put_all(self, sealed: Sealed[Laid]) -> Sealed[Laid]:
        """The same, out of memory; what stands open stays there."""
        return replace(sealed, pages=self.put(sealed.pages), assets=self.put(sealed.assets))

    def put(self, files: Iterable[Laid]) -> tuple[Laid, ...]:
        """The same files, out of memory."""
        with writing(self.folder):
            packed = tuple(self._put(one) if isinstance(one, File) else one for one in files)
            self._file.flush()
        return packed

    def _put(self, file: File) -> Packed:
        start = self._file.seek(0, os.SEEK_END)
        self._file.write(file.content)
        return Packed(file.path, file.sha256, file.size, self, start)

    def put_by(self, raw: bytes) -> "PutBy":
        """The same bytes, out of memory."""
        with writing(self.folder):
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(raw)
            self._file.flush()
        return PutBy(self, start, len(raw))

    def read(self, start: int, size: int) -> bytes:
        """So many bytes from a place on."""
        return os.pread(self._file.fileno(), size, start)

    def __del__(self) -> None:
        """The last file that lay here is gone."""
        if "_file" in vars(self):
            self._file.close()

    @cached_property
    def _file(self) -> BinaryIO:
        return TemporaryFile(dir=self.folder)


@dataclass(frozen=True, slots=True)
class PutBy:
    """Bytes that lie in a pack."""

    pack: Pack
    start: int
    size: int

    def fetch(self) -> bytes:
        """The bytes."""
        return self.pack.read(self.start, self.size)
