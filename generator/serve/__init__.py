"""Pages -> this computer's browser, and nobody else's. Who asks, and may they?"""

import errno
import hmac
import re
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from generator.diagnostic import Text
from generator.serve.live import Board
from generator.trouble import Trouble

_HERE = "127.0.0.1"
_NAMES = (_HERE, "localhost")
# No `%`, so that there is one way only to write a path; no part begins with a dot.
_PATH = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)*(?:[A-Za-z0-9_][A-Za-z0-9_.-]*)?")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_EVENTS = "live/events"
_PATIENCE = 15.0
"""Seconds after which a silent stream says that it is still there."""


@dataclass(frozen=True)
class Answer:
    """What a browser gets: bytes of a type, or another path to ask for."""

    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    moved: str = ""
    version: str | None = None
    """Which one it is of a page that is made again; such a page asks whether it is the newest."""


Find = Callable[[str], Answer | None]
"""Path below the root, without the first slash -> what lies there."""


@dataclass(frozen=True)
class Served:
    """How what is served is found, and, where strangers may not read it, the word in every
    path that they cannot guess."""

    find: Find
    word: str = ""
    board: Board | None = None

    @property
    def root(self) -> str:
        """The path of the first page."""
        return f"/{self.word}/" if self.word else "/"

    def path(self, asked: str) -> str | None:
        """The path below the root; None when it lies outside or is no path of ours."""
        whole = urlsplit(asked).path[1:]
        if self.word:
            word, slash, whole = whole.partition("/")
            if not slash or not hmac.compare_digest(word.encode(), self.word.encode()):
                return None
        return whole if _PATH.fullmatch(whole) else None


class Server(ThreadingHTTPServer):
    """A server on loopback; a thread that still talks to a browser keeps nobody waiting."""

    request_queue_size = 64  # a page asks for many files at once; the usual 5 refuse some
    daemon_threads = True

    def __init__(self, port: int, place: Served) -> None:
        self.place = place
        super().__init__((_HERE, port), _Door)

    @property
    def address(self) -> str:
        """Where the first page is, with the final slash."""
        return f"http://{_HERE}:{self.server_port}{self.place.root}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing of a browser that went away in the middle; whatever else happens is our bug."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "stupeni", ""
    timeout = 60
    server: Server

    def do_GET(self) -> None:
        """What lies at the path, for a browser of this computer that was sent by nobody else."""
        place = self.server.place
        path = place.path(self.path)
        if not self._is_welcome():
            self._refuse(HTTPStatus.FORBIDDEN)
        elif path is None:
            self._refuse(HTTPStatus.NOT_FOUND)
        elif path == _EVENTS and place.board:
            self._stream(place.board)
        elif answer := place.find(path):
            self._give(answer)
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: paths tell who is looked at, and the screen is for mistakes."""

    def _is_welcome(self) -> bool:
        """Whether it is asked for under our own name, and not by a page from elsewhere."""
        port = self.server.server_port
        names = {f"{name}:{port}" for name in _NAMES} | ({*_NAMES} if port == 80 else set())
        if len(self.headers.get_all("Host", [])) != 1 or self.headers["Host"] not in names:
            return False  # another name that leads here: DNS rebinding
        origin = self.headers.get("Origin")
        if origin is not None and origin.removeprefix("http://") not in names:
            return False
        # Sealed pages may be come to from a link anywhere; pages in clear may not.
        site = self.headers.get("Sec-Fetch-Site", "none")
        return not self.server.place.word or site in ("none", "same-origin")

    def _refuse(self, status: HTTPStatus) -> None:
        self._head(status, "text/plain; charset=utf-8", 0)

    def _give(self, answer: Answer) -> None:
        if answer.moved:
            moved = {"Location": self.server.place.root + answer.moved}
            return self._head(HTTPStatus.FOUND, answer.type, 0, moved)
        body, place = answer.body, self.server.place
        if place.board and answer.version is not None:
            body = place.board.dress(body.decode(), place.root, answer.version).encode()
        self._head(HTTPStatus.OK, answer.type, len(body))
        if self.command == "GET":
            self.wfile.write(body)
        return None

    def _head(
        self, status: HTTPStatus, type: str, length: int | None, more: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        keep = "no-store" if self.server.place.word else "no-cache"
        ends = {"Connection": "close"} if length is None else {"Content-Length": str(length)}
        said = {"Content-Type": type, "Cache-Control": keep} | ends | _HEADERS | (more or {})
        for name, value in said.items():
            self.send_header(name, value)
        self.end_headers()

    def _stream(self, board: Board) -> None:
        """Everything the board tells, until the browser goes."""
        self.close_connection = True
        self._head(HTTPStatus.OK, "text/event-stream", None)
        if self.command == "GET":
            with closing(board.listen(_PATIENCE)) as events:
                for event in events:
                    self.wfile.write(event)


def open_server(port: int, place: Served) -> Server:
    """A server on loopback, not yet serving; port 0 chooses a free one."""
    try:
        return Server(port, place)
    except OSError as wrong:
        if wrong.errno != errno.EADDRINUSE:
            raise
        other = port + 1 if port < 65535 else 8000  # there are no more
        raise Trouble(
            Text(f"порт {port} занят", f"port {port} is taken"),
            Text(f"возьмите другой: `--port {other}`", f"take another: `--port {other}`"),
        ) from wrong
