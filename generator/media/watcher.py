"""Long work -> whoever watches it. What are they told?"""

from typing import Protocol


class Progress(Protocol):
    """Whoever watches long work: told the whole first, then every file done, then the end."""

    def start(self, total_files: int, total_bytes: int) -> None:
        """So much is to be done."""

    def advance(self, path_bytes: int) -> None:
        """One more file of so many bytes is done."""

    def finish(self) -> None:
        """Nothing more will come, for whatever reason."""
