"""Built sites -> this computer's browser. What does a teacher see before anything is hosted?"""

import errno
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator.diagnostic import Text
from generator.trouble import Trouble

_DOORS = """<!doctype html>
<html lang="ru"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Ступени</title>
<p><a href="primary/">1–4 классы</a></p><p><a href="basic/">5–9 классы</a></p>
<p><a href="senior/">10–11 классы</a></p>
"""


class _Server(ThreadingHTTPServer):
    request_queue_size = 64  # a page asks for many files at once; the usual 5 refuse some


class _Sites(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Three doors at the root, files below them, and no lists of files."""
        if self.path != "/":
            return super().do_GET()
        doors = _DOORS.encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(doors)))
        self.end_headers()
        self.wfile.write(doors)
        return None

    def list_directory(self, _: object) -> None:
        """Nothing: what lies beside the sites is not for a browser."""
        self.send_error(HTTPStatus.NOT_FOUND)


def run_server(output: Path, port: int) -> ThreadingHTTPServer:
    """A server of the built sites on loopback, not yet serving; port 0 chooses a free one."""
    if not any(output.glob("*/index.html")):
        raise Trouble(
            Text(f"в папке `{output}` нет собранных сайтов", f"there are no sites in `{output}`"),
            Text("сначала соберите их: `stupeni build`", "build them first: `stupeni build`"),
        )
    try:
        return _Server(("127.0.0.1", port), partial(_Sites, directory=str(output)))
    except OSError as wrong:
        if wrong.errno != errno.EADDRINUSE:
            raise
        raise Trouble(
            Text(f"порт {port} занят", f"port {port} is taken"),
            Text(f"возьмите другой: `--port {port + 1}`", f"take another: `--port {port + 1}`"),
        ) from wrong
