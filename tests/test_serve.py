"""A server on loopback, attacked: who may ask, for what, and what do they get?"""

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest

from generator.serve import Answer, Served, Server, open_server
from generator.serve.live import Board
from generator.serve.sites import read_site
from generator.trouble import Trouble

WORD = "W0rdThatNobodyGuesses"
DOORS = '<a href="primary/">1–4</a>'
TOLD = "W0rdThatNobodySends"
"""What events bear."""


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    """A folder of sites as a build leaves it, with secrets around it."""
    release = tmp_path / "site" / ".releases" / "primary-1"
    (release / "p").mkdir(parents=True)
    (release / "index.html").write_text("<head></head>дома", encoding="utf-8")
    (release / "p" / "abc.html").write_text("<head></head>внутри", encoding="utf-8")
    (release / "p" / ".hidden").write_text("тайна", encoding="utf-8")
    (tmp_path / "site" / "primary").symlink_to(release)
    (tmp_path / "master.key").write_text("тайна", encoding="utf-8")
    (tmp_path / "site" / "beside.txt").write_text("тайна", encoding="utf-8")
    (release / "p" / "out.html").symlink_to(tmp_path / "master.key")
    return tmp_path / "site"


@pytest.fixture(params=["", WORD], ids=["open", "behind a word"])
def server(request: pytest.FixtureRequest, sites: Path) -> Iterator[Server]:
    """The sites, served; behind a word with a board."""
    board = Board(TOLD) if request.param else None
    yield from serving(Served(partial(read_site, sites, DOORS), request.param, board))


@pytest.fixture
def closed(sites: Path) -> Iterator[Server]:
    """The sites behind a word."""
    yield from serving(Served(partial(read_site, sites, DOORS), WORD, Board(TOLD)))


def serving(place: Served) -> Iterator[Server]:
    with open_server(0, place) as made:
        threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
        yield made
        made.shutdown()


def ask(
    server: Server, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], str]:
    """Status, headers, words; `path` goes out as it is, below the word when it has no slash."""
    path = path if path.startswith(("/", "*", "http")) else server.place.root + path
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(http.client.HTTPConnection("127.0.0.1", server.server_port, 10)) as asked:
        asked.putrequest(method, path, skip_host="Host" in said)
        for name, value in said.items():
            asked.putheader(name, value)
        asked.endheaders()
        came = asked.getresponse()
        return came.status, dict(came.getheaders()), came.read().decode("utf-8", "replace")


def listening(server: Server) -> bytes:
    """How a browser asks to be told."""
    path, host = f"{server.place.root}live/events", f"127.0.0.1:{server.server_port}"
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()


def test_it_listens_to_this_computer_only(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_taken_port_is_told_with_another_one_that_there_is(sites: Path) -> None:
    with closing(socket.socket()) as holder:
        with suppress(OSError):  # somebody else has it: as good
            holder.bind(("127.0.0.1", 65535))
            holder.listen()
        with pytest.raises(Trouble, match="65535 is taken") as refused:
            open_server(65535, Served(partial(read_site, sites, DOORS)))
    assert refused.value.hint.en == "take another: `--port 8000`"


def test_what_was_built_is_there_and_nothing_around_it(server: Server) -> None:
    assert ask(server, "primary/")[2].endswith("дома")
    assert ask(server, "primary/index.html")[0] == 200
    assert ask(server, "primary/p/abc.html")[2].endswith("внутри")
    assert ask(server, "primary")[1]["Location"] == f"{server.place.root}primary/"
    assert 'href="primary/"' in ask(server, "")[2]
    around = ("beside.txt", ".releases/primary-1/index.html", "primary/p/", "primary/p", "basic/",
              "primary/p/.hidden", "primary/p/out.html", "master.key")  # fmt: skip
    assert {path: ask(server, path)[0] for path in around} == dict.fromkeys(around, 404)


@pytest.mark.parametrize(
    "path",
    [
        "primary/../beside.txt",
        "primary/p/../../../master.key",
        "primary/%2e%2e/beside.txt",
        "primary/..%2fbeside.txt",
        "primary/%2e%2e%2f%2e%2e%2fmaster.key",
        "primary/..\\beside.txt",
        "primary//etc/passwd",
        "primary/./index.html",
        "primary/index.html%00.txt",
        "//etc/passwd",
        "/../../master.key",
    ],
)
def test_no_way_of_writing_a_path_leads_out(server: Server, path: str) -> None:
    status, _, said = ask(server, path)

    assert (status, said) == (404, "")


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1",
     "127.0.0.1.evil.example:{port}", "localhost:{port}@evil.example", "0.0.0.0:{port}",
     "[::1]:{port}", ""],
)  # fmt: skip
def test_a_foreign_name_that_leads_here_is_refused(server: Server, host: str) -> None:
    named = host.replace("{port}", str(server.server_port))
    assert ask(server, "primary/", Host=named)[0] == 403


def test_two_names_or_none_are_refused(server: Server) -> None:
    own = f"127.0.0.1:{server.server_port}"
    for hosts in ("", f"Host: {own}\r\nHost: evil.example\r\n"):
        request = f"GET {server.place.root}primary/ HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n"
        with socket.create_connection(("127.0.0.1", server.server_port), 10) as raw:
            raw.sendall(request.encode())
            assert b" 403 " in raw.recv(100)


def test_our_own_two_names_are_welcome(server: Server) -> None:
    for name in ("127.0.0.1", "localhost"):
        host = f"{name}:{server.server_port}"
        assert ask(server, "primary/", Host=host, Origin=f"http://{host}")[0] == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:{port}"])
def test_a_page_from_elsewhere_gets_nothing_and_no_leave_to_read(
    server: Server, origin: str
) -> None:
    said = origin.replace("{port}", str(server.server_port))
    status, headers, words = ask(server, "primary/", Origin=said)

    assert (status, words) == (403, "")
    assert not [name for name in headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_behind_a_word_no_other_page_may_even_lead_here(closed: Server, site: str) -> None:
    assert ask(closed, "primary/", Sec_Fetch_Site=site)[0] == 403
    assert ask(closed, "primary/", Sec_Fetch_Site="same-origin")[0] == 200
    assert ask(closed, "primary/", Sec_Fetch_Site="none")[0] == 200


@pytest.mark.parametrize(
    "path", ["/", "/primary/", "/live/events", f"/{WORD[:-1]}/primary/", f"/{WORD}", f"/{WORD}x/",
             f"/{WORD.lower()}/primary/", "/x/primary/"]
)  # fmt: skip
def test_without_the_word_there_is_nothing(closed: Server, path: str) -> None:
    status, _, said = ask(closed, path)

    assert (status, said) == (404, "")


def test_no_cache_keeps_what_stands_in_clear(closed: Server) -> None:
    for path in ("", "primary/", "primary/p/abc.html", "nothing"):
        headers = ask(closed, path)[1]
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT"])
def test_nothing_can_be_done_but_looking(server: Server, method: str) -> None:
    assert ask(server, "primary/", method)[0] == 501


def test_asking_for_the_head_alone_gives_no_body(server: Server) -> None:
    status, headers, said = ask(server, "primary/", "HEAD")

    assert (status, said) == (200, "")
    assert int(headers["Content-Length"]) > 0


def test_what_is_told_reaches_whoever_listens_at_once_and_whoever_comes_later(
    closed: Server,
) -> None:
    board = closed.place.board
    assert board is not None
    board.tell('{"version": "1"}')
    address = ("127.0.0.1", closed.server_port)
    with socket.create_connection(address, 10) as raw, raw.makefile("rb") as stream:
        raw.sendall(listening(closed))
        while stream.readline().strip():
            pass
        named = f"event: {TOLD}\n".encode()
        assert [stream.readline() for _ in range(3)] == [named, b'data: {"version": "1"}\n', b"\n"]
        board.tell('{"version": "2"}')
        assert [stream.readline() for _ in range(3)] == [named, b'data: {"version": "2"}\n', b"\n"]


def test_whoever_listens_is_told_that_it_is_over(closed: Server) -> None:
    board = closed.place.board
    assert board is not None
    address = ("127.0.0.1", closed.server_port)
    with socket.create_connection(address, 10) as raw, raw.makefile("rb") as stream:
        raw.sendall(listening(closed))
        while stream.readline().strip():
            pass
        assert stream.readline() == f"event: {TOLD}\n".encode()
        board.end(10)
        said = stream.read()
        assert said.endswith(f'event: {TOLD}\ndata: "ended"\n\n'.encode())


def test_pages_bear_the_word_that_no_browser_is_ever_made_to_send() -> None:
    page = Answer("<head></head>дома".encode(), version="1")
    for made in serving(Served({"": page, "a.js": Answer(b"1")}.get, WORD, Board(TOLD))):
        said = ask(made, "")[2]
        assert said.count(f'data-word="{TOLD}"') == said.count(TOLD) == 1
        assert int(ask(made, "", "HEAD")[1]["Content-Length"]) == len(said.encode())
        assert TOLD not in ask(made, "a.js")[2]


def test_a_browser_that_hangs_does_not_keep_the_server(sites: Path) -> None:
    board = Board(TOLD)
    with open_server(0, Served(partial(read_site, sites, DOORS), WORD, board)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        raw = socket.create_connection(("127.0.0.1", server.server_port), 10)
        raw.sendall(listening(server))
        assert raw.recv(12) == b"HTTP/1.1 200"
        board.tell('"' + "x" * 2**24 + '"')  # more than anybody takes in who does not read
        board.end(0.05)
        server.shutdown()
    thread.join(10)
    assert not thread.is_alive()
    raw.close()


def test_the_script_stands_once_in_the_head_and_its_version_cannot_break_out() -> None:
    page = Board(TOLD).dress("<head></head><body></head></body>", f"/{WORD}/", '"><script>')

    assert page.count("live.js") == 1
    assert page.index("live.js") < page.index("<body>")
    assert 'data-version="&#34;&gt;&lt;script&gt;"' in page


def test_a_path_is_given_as_it_is_asked_for_and_never_decoded() -> None:
    place = Served(lambda _: None, WORD)

    assert place.path(f"/{WORD}/p/a.html?x=/../") == "p/a.html"
    assert place.path(f"/{WORD}/p/%61.html") is None
    assert place.path(f"/{WORD}/p/а.html") is None
