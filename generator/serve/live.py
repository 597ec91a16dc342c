"""What a page has to be told -> pages that are open in a browser. Is this still the newest?"""

import threading
from pathlib import Path

from markupsafe import escape

_FILES = {"live.js": "text/javascript; charset=utf-8", "live.css": "text/css; charset=utf-8"}


class Board:
    """The newest that every open page is to know; whoever waits is told at once."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._number, self._told = 1, b"{}"

    def tell(self, told: str) -> None:
        """Puts up a line of JSON in place of the one before."""
        with self._changed:
            self._number, self._told = self._number + 1, told.encode()
            self._changed.notify_all()

    def wait(self, known: int, seconds: float) -> tuple[int, bytes]:
        """The number and the words of what is newer than `known`; no words when nothing is."""
        with self._changed:
            is_new = self._changed.wait_for(lambda: self._number != known, seconds)
            return self._number, self._told if is_new else b""


def dress(html: str, root: str, version: str) -> str:
    """A page with the script that asks whether it is the newest. It stands in no published file."""
    tags = (
        f'<link rel="stylesheet" href="{root}live/live.css">'
        f'<script src="{root}live/live.js" data-version="{escape(version)}" defer></script>'
    )
    return html.replace("</head>", f"{tags}</head>", 1)


def read_live(theme: Path, path: str) -> tuple[bytes, str] | None:
    """Bytes and type of the script or its style, as they lie in the theme."""
    folder, _, name = path.rpartition("/")
    if folder != "live" or name not in _FILES:
        return None
    return (theme / "live" / name).read_bytes(), _FILES[name]
