"""Repositories are made and let into at a forge, whichever it is; the token stays between us."""

import json
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from generator.forge import Forge, Proposal, open_forge, understood
from generator.model.pinned import Forge as Place
from generator.model.pinned import ForgeKind
from generator.trouble import Trouble
from tests.forges import OWNER, TOKEN, StandIn, standing_in
from tests.typed import Terminal

KINDS: tuple[ForgeKind, ...] = ("forgejo", "gitlab", "github")


@pytest.fixture
def there(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StandIn]:
    """A forge of some kind."""
    with standing_in(getattr(request, "param", "forgejo"), tmp_path / "forge") as forge:
        yield forge


def opened(there: StandIn, token: str = TOKEN) -> Forge:
    """The forge as the school asks it."""
    place = {"kind": there.kind, "address": there.address, "owner": OWNER}
    return open_forge(Place.model_validate(place), token)


@pytest.mark.parametrize("there", KINDS, indirect=True)
def test_a_private_repository_is_made_and_only_who_is_named_is_let_in(there: StandIn) -> None:
    forge = opened(there)
    assert forge.find("belova-anna") is None

    made = forge.create("belova-anna", "Портфолио")
    assert made.private and made.address == f"{there.address}/{OWNER}/belova-anna.git"
    assert forge.find("belova-anna") == made
    forge.grant("belova-anna", 57, write=True)
    forge.grant("belova-anna", 3, write=False)
    forge.grant("belova-anna", 3, write=False)
    assert forge.readers("belova-anna") == {57: True, 3: False}
    for _ in range(2):
        forge.guard("belova-anna", "main")
    said = there.guarded.get(f"{OWNER}/belova-anna", {})
    assert said.get("allow_force_push", False) is False

    there.public.add(f"{OWNER}/belova-anna")
    found = forge.find("belova-anna")
    assert found and not found.private


@pytest.mark.parametrize("there", KINDS, indirect=True)
def test_nobody_is_let_in_unseen_on_a_later_page_or_by_a_team(there: StandIn) -> None:
    forge = opened(there)
    forge.create("belova-anna", "")
    for account in (57, 3, 58):
        forge.grant("belova-anna", account, write=False)
    assert forge.readers("belova-anna") == {57: False, 3: False, 58: False}

    if there.kind == "forgejo":
        there.grants.clear()
        there.team = (58,)
        assert forge.readers("belova-anna") == {58: False}


@pytest.mark.parametrize("there", KINDS, indirect=True)
def test_a_request_says_where_it_is(there: StandIn) -> None:
    there.make(f"{OWNER}/school")
    address = opened(there).propose(
        f"{OWNER}/school", Proposal("odobreno", "main", "Одобренные портфолио", "слова")
    )
    assert address.startswith(f"{there.address}/{OWNER}/school/")
    assert "odobreno" in there.requests[0].values()


@pytest.mark.parametrize("there", KINDS, indirect=True)
def test_what_a_forge_refuses_or_does_not_know_is_trouble_without_the_token(
    there: StandIn,
) -> None:
    with pytest.raises(Trouble, match="wrong token") as refused:
        opened(there, "another").find("belova-anna")
    assert "another" not in repr(refused.value) + repr(opened(there, "another"))
    opened(there).create("belova-anna", "")
    if there.kind != "gitlab":
        with pytest.raises(Trouble, match="no account 99"):
            opened(there).grant("belova-anna", 99, write=True)
    there.deep = True
    with pytest.raises(Trouble, match="is silent"):
        opened(there).find("belova-anna")
    there.deep, there.strange = False, True
    with pytest.raises(Trouble, match="as such a forge does not"), understood():
        opened(there).find("belova-anna")


def test_a_redirect_is_not_followed_with_the_token(there: StandIn) -> None:
    class Away(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", f"{there.address}{self.path}")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Away)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    place = Place(kind="forgejo", address=f"http://127.0.0.1:{server.server_port}", owner=OWNER)
    with pytest.raises(Trouble, match="answered 302"):
        open_forge(place, TOKEN).find("belova-anna")
    server.shutdown()
    thread.join()
    server.server_close()
    assert there.asked == []


def begun(terminal: Terminal, there: StandIn) -> None:
    """A school of one student, who has no repository yet."""
    terminal.patch.setenv("STUPENI_FORGE_TOKEN", TOKEN)
    terminal.patch.setenv("STUPENI_BY", "orlova")
    terminal(
        "init", ".", "--name", "Школа № 5", "--short-name", "Пятая", "--way", "pinned",
        "--person", "Орлова Вера Николаевна", "--order", "12-од", "--order-date", "2026-09-01",
        "--council", "1", "--forge", "forgejo", "--server", there.address, "--owner", OWNER,
        "--no-git",
    )  # fmt: skip
    assert "/portfolios/students/" in (terminal.folder / ".gitignore").read_text("utf-8")
    (terminal.folder / "8a.csv").write_text(
        "ФИО;Дата рождения;Класс\nБелова Анна;2012-05-01;8А\n", "utf-8"
    )
    terminal("class", "import", "8a.csv", "--teacher", "8a=orlova", "--yes")
    record = terminal.folder / "portfolios/records/belova-anna/student.yml"
    record.write_text(record.read_text("utf-8") + "accounts: [forgejo:57, gitlab:8]\n", "utf-8")


def test_no_childs_works_are_sent_to_a_server_that_the_school_did_not_name(
    terminal: Terminal, there: StandIn
) -> None:
    begun(terminal, there)
    there.elsewhere = "http://elsewhere.example"
    told = terminal("sources", "provision", "--yes", "--allow", "http", end=1)
    assert "адрес от сервера не годится" in told


@pytest.mark.covers("R-050", "R-051", "R-070")
def test_a_new_school_goes_the_whole_way(terminal: Terminal, there: StandIn) -> None:
    begun(terminal, there)
    dry = terminal("sources", "provision", "--dry-run", "--allow", "http")
    assert "belova-anna: файлов 1; пишут: 57" in dry
    assert not there.folder(f"{OWNER}/belova-anna").exists()
    said = terminal("sources", "provision", "--yes", "--allow", "http")
    assert "Заведено хранилищ: 1" in said and TOKEN not in said + dry
    assert there.grants == {f"{OWNER}/belova-anna": {57: "write"}}
    assert terminal.mistakes() == []
    assert "Будет заведено: 0" in terminal("sources", "provision", "--yes", "--allow", "http")

    _push(there, terminal.folder / "anna")
    assert "belova-anna: +1" in terminal("sources", "sync", "--allow", "http")
    told = terminal("sources", "review", "--format", "json")
    card = json.loads(told[: told.rindex("}") + 1])["cards"][0]
    decided = {key: card[key] for key in ("student", "entry", "digest")}
    site = terminal.text("school/school.yml").partition("site: ")[2].split()[0].strip("'\"")
    decisions = {"format": "stupeni-decisions-1", "site": site, "decisions": [
        decided | {"state": "confirmed", "basis": "видела"}]}  # fmt: skip
    (terminal.folder / "decisions.json").write_text(json.dumps(decisions), "utf-8")
    assert "Записано: 1" in terminal("confirm", "--from", "decisions.json")

    assert "Одобрено: 1" in terminal("sources", "propose")
    assert terminal.mistakes() == []
    assert "Замок" in terminal.text("students/belova-anna/entries/zamok-x7k2/entry.yml")
    stood = terminal("sources", "audit")
    assert "Нового нет" in stood and "последнее решение 2026-11-22" in stood

    # Whom the forge lets in is asked there.
    people = terminal.folder / "portfolios/school/people.yml"
    people.write_text(people.read_text("utf-8").replace("roles:", "accounts: [3]\n    roles:", 1))
    asked = ("sources", "audit", "--access", "--allow", "http")
    there.grants[f"{OWNER}/belova-anna"][3] = "read"
    assert "source-open-to-others" not in terminal(*asked)
    there.grants[f"{OWNER}/belova-anna"][58] = "read"
    assert "учётная запись № 58 здесь читает" in terminal(*asked, end=1)
    there.public.add(f"{OWNER}/belova-anna")
    assert "хранилище открыто всем" in terminal(*asked, end=1)


def _push(there: StandIn, clone: Path) -> None:
    """What a student does: an entry, sent to the repository that was made."""
    bare = there.folder(f"{OWNER}/belova-anna")
    who = ("-c", "user.name=Анна", "-c", "user.email=anna@school.example")
    subprocess.run(["git", "clone", "-q", bare, clone], check=True, capture_output=True)
    entry = clone / "entries/zamok-x7k2/entry.yml"
    entry.parent.mkdir(parents=True)
    entry.write_text(
        "kind: creative\nid: x7k2\ntitle: Замок\ndate: 2026-10-14\nform: craft\n", "utf-8"
    )
    for step in (("add", "-A"), (*who, "commit", "-qm", "замок"), ("push", "-q", "origin", "main")):
        subprocess.run(["git", *step], cwd=clone, check=True, capture_output=True)
