"""The real Caddy and nginx with what `stupeni hosting` wrote for them."""

from __future__ import annotations

import gzip
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from generator.flow.hosting import Hosting, make_hosting
from generator.publish.caddy import compose_caddy
from generator.publish.gate import make_gate
from generator.publish.headers import LASTING, headers
from generator.publish.mounts import mount
from generator.publish.nginx import compose_nginx
from generator.trouble import Trouble
from tests.sample import ROOT, Sample, build_sample
from tests.servers import CLIENT, Answer, Server, ask, free_ports, write_certificate
from tests.world import BASE, world

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = "students/belova-anna/entries/kot-x7k2"
ENTRY = """\
    id: x7k2
    kind: creative
    form: drawing
    title: Кот
    date: 2026-10-01
    scans: [{file: kot.jpg, document: drawing, description: Кот}]
    """


@dataclass(frozen=True)
class School:
    """A published school, with what its server is to be told."""

    sample: Sample
    hosting: Hosting
    ports: list[int]
    """Of the two lower levels, and of the third, which has a host of its own."""

    def door(self, user: str) -> str:
        """`name:password` of a level."""
        return f"{user}:{self.hosting.fresh[user]}"

    def files(self, level: str) -> list[str]:
        """Paths of all published files of a level."""
        root = (self.sample.job.output / level).resolve()
        return sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())

    def one(self, folder: str) -> str:
        """Some file of a folder of the first level."""
        return next(path for path in self.files("primary") if path.startswith(folder))

    def read(self, path: str) -> bytes:
        """Bytes of a published file of the first level."""
        return (self.sample.job.output / "primary" / path).read_bytes()


def _drawing() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((600, 400)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def _settings(ports: list[int]) -> str:
    here = f"http://127.0.0.1:{ports[0]}"
    levels = f"  primary: {here}/primary/\n  basic: {here}/basic/\n"
    own = f"  senior: http://localhost:{ports[1]}/\n"
    return re.sub("(?m)^ {8}", "", BASE["school/school.yml"]) + f"hosting:\n{levels}{own}"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    folder, ports = tmp_path_factory.mktemp("hosting"), free_ports(2)
    files: dict[str, str | bytes | None] = {
        f"{FOLDER}/entry.yml": ENTRY,
        f"{FOLDER}/kot.jpg": _drawing(),
        "school/school.yml": _settings(ports),
    }
    sample = build_sample(folder / "built", world(folder / "written", files))
    made = make_hosting(sample.job, None, f"{sample.job.output}", Random(5).choice)
    return School(sample, made, ports)


@pytest.fixture(scope="module", params=["caddy", "nginx"])
def server(
    request: pytest.FixtureRequest, school: School, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp(request.param) / "run"
    started = Server(request.param, folder, school.hosting.files[0].parent)
    with started.running(school.ports):
        yield started


@pytest.mark.covers("R-134")
def test_without_the_password_there_is_nothing_but_a_refusal(
    server: Server, school: School
) -> None:
    bad = ("", "1-4:", "1-4:0000-0000-0000-0000", school.door("5-9"), school.door("10-11"))
    paths = [*school.files("primary"), "", "p/", "no.html", "%2e%2e/basic/index.html", "./a"]
    for door in bad:
        for path in paths if door in bad[:1] else paths[:3]:
            inside = "basic" if path.startswith("%2e") else "primary"
            if inside == "basic" and door == school.door("5-9"):
                continue
            came = ask(school.ports[0], f"/primary/{path}", door)
            assert came.status == 401, (server.name, path, door)
            assert len(came.body) < 300
            assert came.headers["cache-control"] == "no-cache"
    for method in ("HEAD", "POST", "PUT", "OPTIONS", "TRACE"):
        assert ask(school.ports[0], "/primary/index.html", method=method).status in (401, 405)
    assert ask(school.ports[1], "/", Host=f"localhost:{school.ports[1]}").status == 401


def test_beside_the_levels_there_is_nothing(server: Server, school: School) -> None:
    release = (school.sample.job.output / "primary").resolve().name
    for path in ("/", "/index.html", f"/.releases/{release}/index.html", "/primary.old/index.html",
                 "/primaryindex.html", "/.releases/.lock"):  # fmt: skip
        came = ask(school.ports[0], path, school.door("1-4"))
        assert came.status == 404, (server.name, path)
        assert b"<form" not in came.body
    came = ask(school.ports[0], "/primary")
    assert came.status in (301, 302)
    assert came.headers["location"] == "/primary/"


PLACES = ("index.html", "p/", "k/", "a/", "u/", "assets/", "robots.txt", "404.html")


def test_with_it_every_header_stands_on_every_kind_of_file(server: Server, school: School) -> None:
    written = school.read("_headers").decode()
    policy = re.findall("Content-Security-Policy: (.*); frame-ancestors", written)[0]
    for place in ("", *PLACES, "p/no-such-page.html", "a/no-such-picture.js"):
        path = place if place == "" or "no-such" in place else school.one(place)
        came = ask(school.ports[0], f"/primary/{path}", school.door("1-4"))
        said = headers(policy)
        assert {name: came.headers.get(name.lower()) for name in said} == said, (server.name, path)
        assert len(said) == 7
        if "no-such" in path:
            assert came.status == 404
            assert came.body == school.read("404.html")
        else:
            assert came.status == 200
            assert came.body == school.read(path or "index.html")
        lasting = path.startswith(("a/", "u/")) and came.status == 200
        assert came.headers["cache-control"] == (LASTING if lasting else "no-cache"), path


def test_text_travels_light_and_comes_out_the_same(server: Server, school: School) -> None:
    for place in ("index.html", "p/", "k/", "a/", "u/", "assets/"):
        path = school.one(place)
        door = school.door("1-4")
        came = ask(school.ports[0], f"/primary/{path}", door, Accept_Encoding="gzip")
        assert came.headers.get("content-encoding") == "gzip", (server.name, path)
        assert gzip.decompress(came.body) == school.read(path)
        assert "accept-encoding" in came.headers["vary"].lower()
        assert "javascript" in came.headers["content-type"] or not path.endswith(".js")


@pytest.mark.usefixtures("server")
def test_what_did_not_change_is_not_sent_again(school: School) -> None:
    for place in ("k/", "a/"):
        path = f"/primary/{school.one(place)}"
        first = ask(school.ports[0], path, school.door("1-4"))
        again = ask(school.ports[0], path, school.door("1-4"), If_None_Match=first.headers["etag"])
        assert (again.status, again.body) == (304, b"")
        assert again.headers["cache-control"] == first.headers["cache-control"]


@pytest.mark.usefixtures("server")
def test_a_level_may_have_a_host_of_its_own(school: School) -> None:
    host = f"localhost:{school.ports[1]}"
    came = ask(school.ports[1], "/", school.door("10-11"), Host=host)
    assert (came.status, b"<form" in came.body) == (200, True)
    lasting = next(path for path in school.files("senior") if path.startswith("u/"))
    came = ask(school.ports[1], f"/{lasting}", school.door("10-11"), Host=host)
    assert came.headers["cache-control"] == LASTING
    assert ask(school.ports[1], "/no", school.door("10-11"), Host=host).body == school.read(
        "404.html"
    )


@pytest.mark.browser
def test_a_link_of_a_card_opens_behind_the_gate(
    server: Server, school: School, chromium: Browser
) -> None:
    _, card = school.sample.card("family:belova-anna")
    user, _, password = school.door("1-4").partition(":")
    context = chromium.new_context(http_credentials={"username": user, "password": password})
    context.set_default_timeout(15_000)
    page, said = context.new_page(), []
    page.on("console", lambda it: said.append(it.text) if it.type == "error" else None)
    page.goto(card.link)
    page.wait_for_selector("body[data-level] h1")
    assert "#k=" not in page.url
    page.click("a:has-text('Открыть портфолио')")
    page.wait_for_selector(".st-entry img[src^='blob:']")
    context.close()
    assert said == [], server.name


@pytest.mark.parametrize("gate", [True, False], ids=["gate", "open"])
@pytest.mark.parametrize("name", ["caddy", "nginx"])
def test_both_understand_what_is_written_for_the_open_internet(
    name: str, gate: bool, tmp_path: Path
) -> None:
    addresses = {
        "primary": "https://портфолио.example/primary/",
        "basic": "https://portfolio.school-7.example/5-9/",
        "senior": "https://senior.school-7.example:8443/",
    }
    gates = {level: make_gate(level, "1234-5678-9012-3456") for level in addresses if gate}
    mounts = mount(addresses, f"{tmp_path}", gates)
    (tmp_path / "Caddyfile").write_text(compose_caddy(mounts, "default-src 'none'", "stupeni"))
    nginx = compose_nginx(mounts, "default-src 'none'", "00c0ffee00c0ffee", "stupeni")
    (tmp_path / "stupeni.conf").write_text(nginx)
    write_certificate(tmp_path)
    for level, one in gates.items():
        (tmp_path / f"{level}.htpasswd").write_text(f"{one.user}:{one.hash}\n")

    understood = Server(name, tmp_path / "run", tmp_path).validate()
    assert understood.returncode == 0, understood.stderr
    assert "warn" not in understood.stderr.lower(), understood.stderr
    assert ("basicauth" in (tmp_path / "Caddyfile").read_text()) == gate
    assert ("auth_basic" in nginx) == gate
    assert "xn--" in nginx


def test_over_tls_nginx_says_the_same(school: School, tmp_path: Path) -> None:
    (port,) = free_ports(1)
    gate = make_gate("primary", "1234-5678-9012-3456")
    address = {"primary": f"https://127.0.0.1:{port}/primary/"}
    mounts = mount(address, f"{school.sample.job.output}", {"primary": gate})
    (tmp_path / "stupeni.conf").write_text(compose_nginx(mounts, "x", "00c0", "stupeni"))
    (tmp_path / "primary.htpasswd").write_text(f"{gate.user}:{gate.hash}\n")
    write_certificate(tmp_path)
    with Server("nginx", tmp_path / "run", tmp_path).running([port]):
        refused = ask(port, "/primary/", secure=True)
        came = ask(port, "/primary/", "1-4:1234-5678-9012-3456", secure=True)
    assert (refused.status, came.status) == (401, 200)
    assert came.headers["strict-transport-security"].startswith("max-age=")


@pytest.mark.parametrize(
    "address",
    [
        "http://portfolio.example/primary/",
        "ftp://portfolio.example/primary/",
        "https://portfolio.example/primary",
        "https://portfolio.example/primary/;autoindex on;/",
        "https://portfolio.example/primary/{x}/",
        "https://portfolio.example /primary/",
        "https://portfolio.example:https/primary/",
        "https://me:secret@portfolio.example/primary/",
        "https://portfolio.example/primary/?a=b",
        "portfolio.example/primary/",
    ],
)
def test_an_address_that_a_server_could_misread_is_refused(address: str) -> None:
    with pytest.raises(Trouble, match="no address of a site"):
        mount({"primary": address}, "/srv/portfolio", {})


def test_no_address_one_address_twice_or_a_strange_folder_is_refused() -> None:
    same = "https://portfolio.example/"
    for addresses in ({"primary": ""}, {"primary": same, "basic": same}):
        with pytest.raises(Trouble, match="no address of its own"):
            mount(addresses, "/srv/portfolio", {})
    for root in ("srv", "/srv/my sites", "/srv/x;", "/srv/../etc", '/srv/"'):
        with pytest.raises(Trouble, match="no server's folder"):
            mount({"primary": same}, root, {})


def test_passwords_stay_until_their_line_is_deleted(school: School, tmp_path: Path) -> None:
    job = replace(school.sample.job, private=tmp_path)
    first = make_hosting(job, None, "/srv/portfolio", Random(1).choice)
    again = make_hosting(job, None, "/srv/portfolio", Random(2).choice)
    assert [*first.fresh] == ["1-4", "5-9", "10-11"]
    assert all(re.fullmatch(r"\d{4}(-\d{4}){3}", one) for one in first.fresh.values())
    assert again.fresh == {}

    assert first.passwords is not None
    text = first.passwords.read_text("utf-8")
    first.passwords.write_text(re.sub("(?m)^5-9 .*\n", "", text), "utf-8")
    third = make_hosting(job, None, "/srv/portfolio", Random(3).choice)
    assert [*third.fresh] == ["5-9"]
    kept = first.passwords.read_text("utf-8")
    assert first.fresh["1-4"] in kept
    assert first.fresh["5-9"] not in kept


def test_only_hashes_leave_the_private_folder_and_never_into_a_published_one(
    school: School, tmp_path: Path
) -> None:
    job = replace(school.sample.job, private=tmp_path / "private")
    made = make_hosting(job, tmp_path / "told", "/srv/portfolio", Random(1).choice)
    assert {file.parent for file in made.files} == {tmp_path / "told"}
    assert made.passwords is not None
    assert made.passwords.is_relative_to(tmp_path / "private")
    for file in (*made.files, made.passwords):
        assert file.stat().st_mode & 0o777 == 0o600
    for password in made.fresh.values():
        assert not any(password in file.read_text("utf-8") for file in made.files)
        assert not any(password.replace("-", "") in file.read_text("utf-8") for file in made.files)
    (tmp_path / "git/.git").mkdir(parents=True)
    for place in (job.output, job.output / "primary", job.portfolios, tmp_path / "git"):
        with pytest.raises(Trouble, match="published or under Git") as refused:
            make_hosting(job, place, "/srv/portfolio", Random(1).choice)
        assert "`--to " in refused.value.hint.en
    assert make_hosting(job, tmp_path / "git", "/srv/portfolio", None).passwords is None


@pytest.mark.parametrize("public", [False, True])
def test_the_command_prints_new_passwords_once_and_never_on_a_public_log(
    school: School, public: bool, tmp_path: Path
) -> None:
    job = school.sample.job
    command = [sys.executable, "-m", "generator", "hosting", f"{job.portfolios}"]
    folders = ["--private", f"{tmp_path}", "--output", f"{job.output}", "--date", "2026-11-22"]
    world = {"PATH": os.defpath, "PYTHONPATH": f"{ROOT}", **({"CI": "1"} if public else {})}
    said = [
        subprocess.run([*command, *folders], capture_output=True, text=True, check=True, env=world)
        for _ in range(2)
    ]
    shown = [len(re.findall(r"\d{4}(?:-\d{4}){3}", one.stdout)) for one in said]
    assert shown == ([0, 0] if public else [3, 0])
    assert "Caddyfile" in said[0].stdout


LOGGING = {"caddy": ("encode gzip", "encode gzip\n\tlog"), "nginx": ("access_log off;", "")}


@pytest.mark.parametrize("name", ["caddy", "nginx"])
@pytest.mark.parametrize("careless", [False, True], ids=["as written", "with its log on"])
def test_nothing_that_the_server_writes_down_names_a_reader(
    name: str, careless: bool, school: School, tmp_path: Path
) -> None:
    ports = free_ports(2)
    told = _on_other_ports(school, tmp_path / "told", ports)
    if careless:
        for file in told.iterdir():
            file.write_text(file.read_text("utf-8").replace(*LOGGING[name]), "utf-8")
    server = Server(name, tmp_path / "run", told)
    with server.running(ports):
        seen: list[Answer] = [
            ask(ports[0], f"/primary/{path}", door)
            for path in ("index.html", "p/no.html", "%00", "a/" + "x" * 300)
            for door in ("", "1-4:wrong", school.door("1-4"))
        ]
    assert {200, 401, 404} <= {answer.status for answer in seen}
    assert (CLIENT in server.written()) == careless


def _on_other_ports(school: School, folder: Path, ports: list[int]) -> Path:
    folder.mkdir()
    for file in school.hosting.files:
        text = file.read_text("utf-8")
        for old, new in zip(school.ports, ports, strict=True):
            text = text.replace(f":{old}", f":{new}")
        (folder / file.name).write_text(text, "utf-8")
    return folder
