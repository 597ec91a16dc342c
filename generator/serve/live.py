"""What a page has to be told -> pages that are open in a browser. Is this still the newest?"""

import threading
from collections.abc import Generator
from pathlib import Path

from markupsafe import escape

_FILES = {"live.js": "text/javascript; charset=utf-8", "live.css": "text/css; charset=utf-8"}
_ENDED = b'"ended"'
"""What is told last."""


class Board:
    """The newest that every open page is to know; whoever listens is told at once.

    Whatever is told bears a word that stands in the pages and that no browser ever sends: whoever
    gets the port after us does not know it, and an open page does not heed them.
    """

    def __init__(self, word: str) -> None:
        self.word = word
        self._changed = threading.Condition()
        self._number, self._told = 1, b"{}"
        self._listeners, self._is_over = 0, False

    def tell(self, told: str) -> None:
        """Puts up a line of JSON in place of the one before."""
        with self._changed:
            self._put_up(told.encode())

    def end(self, seconds: float) -> None:
        """Says good-bye to whoever listens; a browser that hangs keeps us so long and no longer."""
        with self._changed:
            self._is_over = True
            self._put_up(_ENDED)
            self._changed.wait_for(lambda: not self._listeners, seconds)

    def listen(self, seconds: float) -> Generator[bytes]:
        """Events for a browser until all is over; after so many seconds of silence, a sign of
        life."""
        known, is_over = 0, False
        self._count(1)
        try:
            while not is_over:
                known, told, is_over = self._wait(known, seconds)
                yield b"event: %s\ndata: %s\n\n" % (self.word.encode(), told) if told else b":\n\n"
        finally:
            self._count(-1)

    def dress(self, html: str, root: str, version: str) -> str:
        """A page with the script that asks whether it is the newest. It stands in no published
        file."""
        said = f'data-version="{escape(version)}" data-word="{escape(self.word)}"'
        tags = (
            f'<link rel="stylesheet" href="{root}live/live.css">'
            f'<script src="{root}live/live.js" {said} defer></script>'
        )
        return html.replace("</head>", f"{tags}</head>", 1)

    def _put_up(self, told: bytes) -> None:
        self._number, self._told = self._number + 1, told
        self._changed.notify_all()

    def _wait(self, known: int, seconds: float) -> tuple[int, bytes, bool]:
        with self._changed:
            is_new = self._changed.wait_for(lambda: self._number != known, seconds)
            return self._number, self._told if is_new else b"", self._is_over

    def _count(self, more: int) -> None:
        with self._changed:
            self._listeners += more
            self._changed.notify_all()


def read_live(theme: Path, path: str) -> tuple[bytes, str] | None:
    """Bytes and type of the script or its style, as they lie in the theme."""
    folder, _, name = path.rpartition("/")
    if folder != "live" or name not in _FILES:
        return None
    return (theme / "live" / name).read_bytes(), _FILES[name]
