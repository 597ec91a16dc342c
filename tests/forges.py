"""A stand-in for a forge on this computer: the shapes of three APIs, and real repositories behind
them. What would a school's server say?

Each answer has the keys that the forge's documentation gives; Git itself is served by Git's own
`http-backend`, so what is pushed and fetched goes the whole way.
"""

import base64
import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "tok-3n-of-a-test"
OWNER = "portfolios"
LOGINS = {57: "belovy", 3: "orlova", 58: "ivanovy"}
_GIT = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}


@dataclass
class StandIn:
    """What lies at the forge, and what it was asked."""

    kind: str
    root: Path
    address: str = ""
    public: set[str] = field(default_factory=set)
    """Repositories that somebody opened to all."""
    grants: dict[str, dict[int, str]] = field(default_factory=dict)
    team: tuple[int, ...] = ()
    """Accounts of a team that reads every repository."""
    elsewhere: str = ""
    """The server that it says its repositories lie at, when not itself."""
    deep: bool = False
    """Whether it answers with more brackets than anybody can count."""
    guarded: dict[str, Any] = field(default_factory=dict)
    requests: list[Any] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    strange: bool = False
    """Whether it answers as no such forge does."""

    def folder(self, name: str) -> Path:
        """The bare repository of a name."""
        return self.root / f"{name}.git"

    def make(self, name: str) -> None:
        """A repository with nothing in it."""
        folder = self.folder(name)
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", folder], check=True, env=_GIT)
        for key in ("http.receivepack", "uploadpack.allowFilter"):
            subprocess.run(["git", "-C", folder, "config", key, "true"], check=True, env=_GIT)

    def told(self, name: str) -> dict[str, Any]:
        """A repository in the words of this forge."""
        address = f"{self.elsewhere or self.address}/{name}.git"
        private = name not in self.public
        if self.strange:
            return {"hello": "world"}
        if self.kind == "gitlab":
            return {"id": 7, "path_with_namespace": name, "http_url_to_repo": address,
                    "visibility": "private" if private else "public"}  # fmt: skip
        return {"id": 7, "full_name": name, "private": private, "clone_url": address,
                "default_branch": "main"}  # fmt: skip

    def answer(self, method: str, path: str, told: dict[str, Any]) -> tuple[int, Any]:
        """Status and body."""
        prefix = {"forgejo": "/api/v1", "gitlab": "/api/v4", "github": "/api/v3"}[self.kind]
        rest = path.removeprefix(prefix)
        if rest == path:
            return 404, {}
        return getattr(self, f"_{self.kind}")(method, rest, told)  # type: ignore[no-any-return]

    def _forgejo(self, method: str, path: str, told: dict[str, Any]) -> tuple[int, Any]:
        if found := re.fullmatch(r"/users/search\?uid=(\d+)", path):
            id = int(found[1])
            return 200, {
                "ok": True,
                "data": [{"id": id, "login": LOGINS[id]}] if id in LOGINS else [],
            }
        if path.startswith("/teams/9/members?"):
            return 200, _piece([{"id": id, "login": LOGINS[id]} for id in self.team], path)
        return self._like_github(method, path, told)

    def _github(self, method: str, path: str, told: dict[str, Any]) -> tuple[int, Any]:
        if found := re.fullmatch(r"/user/(\d+)", path):
            id = int(found[1])
            return (200, {"id": id, "login": LOGINS[id]}) if id in LOGINS else (404, {})
        return self._like_github(method, path, told)

    def _like_github(self, method: str, path: str, told: dict[str, Any]) -> tuple[int, Any]:
        if path == f"/orgs/{OWNER}/repos":
            return self._create(told["name"], bool(told["private"]))
        found = re.fullmatch(r"/repos/([^/?]+/[^/?]+)(/[^?]*)?(\?.*)?", path)
        if not found or not self.folder(name := found[1]).is_dir():
            return 404, {"message": "Not Found"}
        rest = found[2] or ""
        if not rest:
            return 200, self.told(name)
        if rest == "/branch_protections":
            if name in self.guarded:
                return 403, {"message": "Branch protection already exist"}
            self.guarded[name] = told
            return 201, told
        if rest == "/teams":
            teams = [{"id": 9, "name": "all", "permission": "read"}] if self.team else []
            return 200, _piece(teams, path)
        if rest == "/pulls":
            self.requests.append(told)
            return 201, {"number": 1, "html_url": f"{self.address}/{name}/pulls/1"}
        status, answer = self._collaborators(method, name, rest, told)
        return status, _piece(answer, path) if isinstance(answer, list) else answer

    def _collaborators(
        self, method: str, name: str, rest: str, told: dict[str, Any]
    ) -> tuple[int, Any]:
        may, ids = self.grants.setdefault(name, {}), {login: id for id, login in LOGINS.items()}
        if method == "PUT":
            may[ids[rest.rpartition("/")[2]]] = told["permission"]
            return 204, None
        if rest.endswith("/permission"):
            return 200, {"permission": may[ids[rest.split("/")[2]]]}
        return 200, [
            {"id": id, "login": LOGINS[id], "permissions": {"pull": True, "push": one == "push"}}
            for id, one in may.items()
        ]

    def _gitlab(self, method: str, path: str, told: dict[str, Any]) -> tuple[int, Any]:
        if path == f"/groups/{OWNER}":
            return 200, {"id": 12, "full_path": OWNER}
        if path == "/projects" and method == "POST":
            assert told["namespace_id"] == 12
            return self._create(told["path"], told["visibility"] == "private")
        found = re.fullmatch(r"/projects/([^/?]+)(/[^?]*)?(\?.*)?", path)
        name, rest = (unquote(found[1]), found[2] or "") if found else ("", "")
        if not name or not self.folder(name).is_dir():
            return 404, {"message": "404 Project Not Found"}
        if not rest:
            return 200, self.told(name)
        status, answer = self._project(method, name, rest, told)
        return status, _piece(answer, path) if isinstance(answer, list) else answer

    def _project(self, method: str, name: str, rest: str, told: dict[str, Any]) -> tuple[int, Any]:
        if rest.startswith("/protected_branches"):
            if method == "DELETE":
                return (204, None) if self.guarded.pop(name, None) else (404, {})
            self.guarded[name] = told
            return 201, told
        if rest == "/merge_requests":
            self.requests.append(told)
            return 201, {"iid": 1, "web_url": f"{self.address}/{name}/-/merge_requests/1"}
        may = self.grants.setdefault(name, {})
        if method == "POST":
            if told["user_id"] in may:
                return 409, {"message": "Member already exists"}
            may[told["user_id"]] = told["access_level"]
            return 201, {"id": told["user_id"], "access_level": told["access_level"]}
        return 200, [{"id": id, "access_level": level} for id, level in may.items()]

    def _create(self, name: str, private: bool) -> tuple[int, Any]:
        assert private
        self.make(f"{OWNER}/{name}")
        return 201, self.told(f"{OWNER}/{name}")


def _piece(whole: list[Any], path: str) -> list[Any]:
    """The items of one page, of which a forge gives no more than two, whatever it is asked for."""
    page = int(parse_qs(urlsplit(path).query).get("page", ["1"])[0])
    return whole[2 * (page - 1) : 2 * page]


class _Answers(BaseHTTPRequestHandler):
    """One request."""

    forge: StandIn

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
        else:
            body = self.rfile.read(length)
        path = urlsplit(self.path).path
        said = " ".join(
            v for k, v in self.headers.items() if k.lower() in ("authorization", "private-token")
        )
        basic = base64.b64encode(f"oauth2:{TOKEN}".encode()).decode()
        is_git = ".git/" in path
        if (f"Basic {basic}" if is_git else TOKEN) not in said:
            self._send(401, [], b"{}")
            return
        if is_git:
            self._git(path, body)
            return
        self.forge.asked.append((self.command, self.path))
        status, answer = self.forge.answer(self.command, self.path, json.loads(body or b"{}"))
        raw = b"" if answer is None else json.dumps(answer).encode()
        raw = b"[" * 200_000 if self.forge.deep else raw
        self._send(status, [("Content-Type", "application/json")], raw)

    do_GET = do_POST = do_PUT = do_DELETE = _answer

    def _git(self, path: str, body: bytes) -> None:
        told = {
            **_GIT, "GIT_PROJECT_ROOT": f"{self.forge.root}", "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path, "REQUEST_METHOD": self.command, "REMOTE_USER": "bot",
            "QUERY_STRING": urlsplit(self.path).query, "CONTENT_LENGTH": f"{len(body)}",
            "CONTENT_TYPE": self.headers.get("Content-Type") or "",
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding") or "",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol") or "",
        }  # fmt: skip
        ran = subprocess.run(["git", "http-backend"], input=body, env=told, capture_output=True)
        head, _, raw = ran.stdout.partition(b"\r\n\r\n")
        lines = [tuple(one.split(": ", 1)) for one in head.decode().split("\r\n") if one]
        status = next((int(v.split()[0]) for k, v in lines if k == "Status"), 200)
        self._send(status, [(k, v) for k, v in lines if k != "Status"], raw)

    def _send(self, status: int, headers: list[tuple[str, str]], raw: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", f"{len(raw)}")
        self.end_headers()
        self.wfile.write(raw)


@contextmanager
def standing_in(kind: str, root: Path) -> Iterator[StandIn]:
    """A forge that answers on 127.0.0.1 until the end."""
    forge = StandIn(kind, root)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("_Of", (_Answers,), {"forge": forge}))
    forge.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield forge
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
