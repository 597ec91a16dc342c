"""What checks and builds at a forge: its shell is run as it stands, over what an attacker sends."""

import importlib.resources
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator.cli.arguments import home
from generator.cli.parser import parser
from generator.curate.ci import ci_files
from tests.commits import Commits
from tests.runner import NAME, Runner, pinned, steps_in, wheel
from tests.test_policy import FAMILY, OTHER, PEOPLE
from tests.typed import Terminal
from tests.world import BASE, world

ANNA = "portfolios/students/belova-anna"
KEY = "ab" * 32
GITHUB = {
    path: raw.decode() for path, raw in ci_files("github", "staff", home(), None, "0").items()
}
CHECK, BUILD = (GITHUB[f".github/workflows/{name}.yml"] for name in ("check", "build"))
SPY = "#!/bin/sh\ntouch {canary}\n"
TITLE = "Лето @all ::error::x <img src=x> [x](http://x.example) $(touch x)"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Commits:
    """A school's repository as `ci` leaves it, with a program of one pinned wheel."""
    there = Commits(tmp_path_factory.mktemp("server") / "school.git")
    people = PEOPLE.replace("forgejo:", "github:").replace("[basic]", "[primary, basic]")
    anna = BASE["records/belova-anna/student.yml"] + f'accounts: ["{_id(FAMILY)}"]\n'
    world(
        there.top / "portfolios",
        {"school/people.yml": people, "records/belova-anna/student.yml": anna},
    )
    (there.top / "ci").mkdir()
    (there.top / "ci" / NAME).write_bytes(wheel())
    there.commit({**GITHUB, "requirements.lock": pinned(wheel())})
    return there


@pytest.fixture(scope="module")
def attacked(school: Commits, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A runner that has what an attacker proposed, and has put in the program all the same."""
    room = tmp_path_factory.mktemp("runner")
    school.git("update-ref", "refs/pull/7/head", _attack(school, room / "canary"))
    school.git("checkout", "-q", "main")
    runner = Runner(room, _context(school, "refs/pull/7/head", FAMILY))
    steps = steps_in(CHECK, "check")
    assert [runner.step(steps["fetch"]), runner.step(steps["install"])] == [0, 0], runner.log
    return runner


@pytest.fixture(scope="module")
def tool(attacked: Runner) -> Path:
    """The program, put in by the very step that does so at the forge."""
    return attacked.room / "tool"


def _attack(school: Commits, canary: Path) -> str:
    """A commit with everything that somewhere runs by itself, or is believed."""
    spy, folder = SPY.format(canary=canary), f"{ANNA}/entries/leto-x7k2"
    evil = wheel(f"import pathlib; pathlib.Path({f'{canary}'!r}).touch()\ndef main(): pass\n")
    python = f"import pathlib; pathlib.Path({f'{canary}'!r}).touch()\n"
    school.git("checkout", "-q", "-B", f"x`touch${{IFS}}{canary}`$(id)", "main")
    (school.top / "ci" / NAME).write_bytes(evil)
    school.commit({
        ".github/workflows/check.yml": CHECK.replace("set -eu", f"touch {canary}", 1),
        ".github/workflows/more.yml": f"on: push\njobs: {{a: {{steps: [{{run: {spy!r}}}]}}}}",
        "requirements.lock": pinned(evil),
        ".gitattributes": "* filter=spy export-subst\n", "hooks/post-checkout": spy,
        ".githooks/pre-commit": spy, "sitecustomize.py": python, "generator/__init__.py": python,
        "pip.conf": "[global]\nindex-url = http://127.0.0.1:1\n", "stupeni": spy,
        "portfolios/records/belova-anna/confirmations.yml": "confirmations: []\n",
        "portfolios/school/people.yml": "people: []\n",
    })  # fmt: skip
    school.put("120000", f"{folder}/scan.jpg", "../../../../../../../etc/passwd")
    school.put("160000", f"{folder}/more", "f" * 40)
    return school.put("100755", f"{folder}/run.yml", spy)


def _id(account: str) -> str:
    return account.replace("forgejo:", "github:")


def _context(school: Commits, head: str, author: str, sender: str = "") -> dict[str, str]:
    """All that a workflow of ours may ask the forge for: neither a title nor a branch's name."""
    return {
        "github.server_url": f"file://{school.top.parent}",
        "github.repository": "school",
        "github.token": "t0ken",
        "github.event.pull_request.number": "7",
        "github.event.repository.private": "true",
        "toJSON(github.event.repository.private) != 'false'": "true",
        "github.event.pull_request.head.sha": school.git("rev-parse", head),
        "github.event.pull_request.user.id": author.partition(":")[2],
        "github.event.sender.id": (sender or author).partition(":")[2],
        "secrets.STUPENI_KEY": KEY,
        "secrets.SITES_TOKEN": "s1tes",
        "vars.SITES_URL": f"file://{school.top.parent}/sites.git",
        "vars.SITES_LOGIN": "stupeni",
    }


def _judged(school: Commits, tool: Path, room: Path, who: tuple[str, str]) -> tuple[int, Runner]:
    """What the check says of the branch that stands there as a proposal."""
    head = school.git("rev-parse", "HEAD")
    school.git("update-ref", "refs/pull/7/head", head)
    school.git("checkout", "-q", "main")
    runner = Runner(room / "job", _context(school, head, *who))
    steps = steps_in(CHECK, "check")
    assert runner.step(steps["fetch"]) == 0, runner.log
    (runner.room / "tool").symlink_to(tool)
    return runner.step(steps["judge"]), runner


@pytest.mark.covers("R-050", "R-051")
def test_a_familys_entry_passes_and_is_told_where_it_can_do_no_harm(
    school: Commits, tool: Path, tmp_path: Path
) -> None:
    school.git("checkout", "-q", "-B", "anna", "main")
    entry = f"kind: creative\nid: x7k2\ntitle: '{TITLE}'\nform: drawing\ndate: 2026-10-14\n"
    school.commit({f"{ANNA}/entries/leto-x7k2/entry.yml": entry})

    verdict, runner = _judged(school, tool, tmp_path, (FAMILY, FAMILY))

    assert verdict == 0, runner.log + runner.report
    assert "Лето" in runner.report and "Лето" not in runner.log  # strangers may read a log
    bare = re.sub(r"`[^`\n]*`", "", runner.report)  # what is shown as it was typed does nothing
    assert not any(sign in bare for sign in ("<img", "@all", "](", "::"))
    assert "t0ken" not in runner.log + runner.report
    with _forge() as (address, heard):
        said = {"github.api_url": address, "github.repository": "school", "github.token": "t0ken",
                "github.event.pull_request.number": "7",
                "needs.check.outputs.report": runner.report}  # fmt: skip
        assert Runner(tmp_path, said).step(steps_in(CHECK, "say")["comment"]) == 0
    assert heard == [("/repos/school/issues/7/comments", {"body": runner.report})]


@pytest.mark.covers("R-050")
def test_an_attackers_proposal_is_refused_and_nothing_of_it_runs(attacked: Runner) -> None:
    verdict = attacked.step(steps_in(CHECK, "check")["judge"])

    assert verdict == 1
    assert attacked.report == "**Так изменить нельзя.** Что и почему — в журнале этой проверки.\n"
    codes = ("forbidden-path", "staff-path", "not-a-file", "submodule", "exec-bit")
    assert all(code in attacked.log for code in codes), attacked.log
    assert not (attacked.room / "canary").exists()
    assert not (attacked.room / "data.git" / "hooks").exists()


@pytest.mark.covers("R-050")
def test_who_pushed_and_who_proposed_must_both_be_allowed_to(
    school: Commits, tool: Path, tmp_path: Path
) -> None:
    school.git("checkout", "-q", "-B", "motto", "main")
    school.commit({f"{ANNA}/portfolio.yml": "about: {motto: Вперёд}\n"})

    verdict, runner = _judged(school, tool, tmp_path, (FAMILY, OTHER))

    assert (verdict, "author-without-order" in runner.log) == (1, True)


def test_a_program_of_another_digest_than_the_pinned_one_is_not_put_in(
    school: Commits, tmp_path: Path
) -> None:
    subprocess.run(["cp", "-r", school.top, tmp_path / "school.git"], check=True)
    there = Commits(tmp_path / "school.git")
    canary = tmp_path / "canary"
    (there.top / "ci" / NAME).write_bytes(wheel(f"open({f'{canary}'!r}, 'w')\n"))
    there.git("checkout", "-q", "main")
    there.commit()
    there.git("update-ref", "refs/pull/7/head", "main")
    runner, steps = (
        Runner(tmp_path / "job", _context(there, "main", FAMILY)),
        steps_in(CHECK, "check"),
    )

    assert runner.step(steps["fetch"]) == 0
    assert runner.step(steps["install"]) != 0
    assert "DO NOT MATCH THE HASHES" in runner.log
    assert not (runner.room / "tool" / "bin" / "stupeni").exists()


def test_a_repository_that_everybody_reads_is_never_checked(
    school: Commits, tmp_path: Path
) -> None:
    said = _context(school, "main", FAMILY) | {"github.event.repository.private": "false"}
    runner = Runner(tmp_path, said)

    assert runner.step(steps_in(CHECK, "check")["fetch"]) == 2
    assert not (tmp_path / "data.git").exists()


PROGRAM = """\
#!/bin/sh
# Does what `keys restore` and `build` do to files, and tells what it was given.
echo "$@" >> "$HOME/../calls"
env >> "$HOME/../known"
case "$1" in
  keys) mkdir "$STUPENI_PRIVATE/school" && cat > "$STUPENI_PRIVATE/school/master.key" ;;
  build)
    cat "$STUPENI_PRIVATE/school/master.key" > "$HOME/../key"
    echo '{}' >> work/portfolios/school/register.jsonl
    for level in primary basic senior; do
      mkdir -p "site/.releases/$level" && echo sealed > "site/.releases/$level/index.html"
      ln -s ".releases/$level" "site/$level"
    done ;;
esac
"""


@pytest.mark.covers("R-134")
def test_a_release_goes_out_from_main_alone_and_its_key_stays_nowhere(
    school: Commits, tmp_path: Path
) -> None:
    sites = school.top.parent / "sites.git"
    subprocess.run(["git", "init", "-q", "--bare", sites], check=True)
    before = school.git("rev-parse", "main")
    school.git("checkout", "-q", "--detach", "main")  # a server's repository has no files out
    runner = Runner(tmp_path / "job", _context(school, "main", FAMILY))
    steps = steps_in(BUILD, "build")
    assert runner.step(steps["fetch"]) == 0, runner.log
    (runner.room / "tool" / "bin").mkdir(parents=True)
    (runner.room / "tool" / "bin" / "stupeni").write_text(PROGRAM, "utf-8")
    (runner.room / "tool" / "bin" / "stupeni").chmod(0o755)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    release = {**steps["release"], "env": {**steps["release"]["env"], "TMPDIR": f"{temporary}"}}

    assert runner.step(release) == 0, runner.log

    assert (temporary / "key").read_text("utf-8") == f"{KEY}\n"
    calls = (temporary / "calls").read_text("utf-8").splitlines()
    assert calls == ["keys restore work/portfolios", "build work/portfolios --output site"]
    for call in calls:
        parser().parse_args(call.split())
    assert school.git("diff", "--name-only", before, "main") == "portfolios/school/register.jsonl"
    for level in ("primary", "basic", "senior"):
        listed = ["git", "-C", f"{sites}", "log", "--format=%p", level]
        assert subprocess.run(listed, capture_output=True, text=True, check=True).stdout == "\n"
    assert [one.name for one in temporary.iterdir() if one.is_dir()] == []  # no secret is left
    (temporary / "key").unlink()
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        assert KEY.encode() not in path.read_bytes()
    known = (temporary / "known").read_text("utf-8") + runner.log
    assert not any(secret in known for secret in (KEY, "s1tes", "t0ken"))


def test_the_schools_own_computer_publishes_main_and_nothing_that_left_it(
    tmp_path: Path,
) -> None:
    there, entry = Commits(tmp_path / "school.git"), f"{ANNA}/entries/leto-x7k2/entry.yml"
    there.commit({entry: "a: b\n", "portfolios/school/register.jsonl": ""})
    build = ci_files("none", "staff", home(), None, "0")["ci/build.sh"].decode()
    bin, private = tmp_path / "bin", tmp_path / "private"
    for folder in (bin, private / "school"):
        folder.mkdir(parents=True)
    (private / "school" / "master.key").write_text("", "utf-8")
    (bin / "stupeni").write_text(PROGRAM.replace("mkdir -p", "rm -rf site; mkdir -p"), "utf-8")
    (bin / "stupeni").chmod(0o755)
    room = tmp_path / "room" / "job"
    said = {
        "URL": f"file://{there.top}", "SITES": f"{tmp_path / 'sites'}", "ROOM": f"{room}",
        "STUPENI_PRIVATE": f"{private}", "PATH": f"{bin}:/usr/bin:/bin",
    }  # fmt: skip
    there.git("checkout", "-q", "-b", "`id`$(id)")
    waiting = there.commit({entry: "a: c\n"})
    there.git("checkout", "-q", "--detach", "main")

    assert (runner := Runner(room, {})).shell(build, said) == 0, runner.log
    assert (room / "work" / entry).is_file()
    assert there.git("show", "main:portfolios/school/register.jsonl") == "{}"
    assert (tmp_path / "sites" / "senior" / "index.html").read_text("utf-8") == "sealed\n"

    there.git("checkout", "-q", "main")
    there.commit({entry: None})
    there.git("checkout", "-q", "--detach", "main")
    assert runner.shell(build, said) == 0, runner.log
    assert not (room / "work" / entry).exists()
    assert f"review main...{waiting} --output {room}/reports/{waiting}.html" in (
        room.parent / "calls"
    ).read_text("utf-8")


def test_zizmor_finds_nothing_in_the_workflows(tmp_path: Path) -> None:
    for forge, way in (("github", "staff"), ("forgejo", "class")):
        for path, raw in ci_files(forge, way, home(), None, "0").items():  # type: ignore[arg-type]
            if path.endswith(".yml"):
                (tmp_path / f"{forge}-{Path(path).name}").write_bytes(raw)
    zizmor = f"{Path(sys.executable).with_name('zizmor')}"
    asked = [zizmor, "--offline", "--no-config", "--persona=pedantic", "--format=json"]
    files = [f"{file}" for file in sorted(tmp_path.iterdir())]
    ran = subprocess.run([*asked, *files], capture_output=True, text=True, timeout=60)

    assert [(one["ident"], one["desc"]) for one in json.loads(ran.stdout)] == []


@pytest.mark.parametrize(
    ("forge", "schema"),
    [("github", "github-workflows"), ("forgejo", "github-workflows"), ("gitlab", "gitlab-ci")],
)
def test_the_files_are_what_the_forges_own_schemas_ask_for(forge: Any, schema: str) -> None:
    vendored = importlib.resources.files("check_jsonschema") / "builtin_schemas/vendor"
    rules = json.loads((vendored / f"{schema}.json").read_text("utf-8"))
    files = ci_files(forge, "staff", home(), None, "0")
    written = {path: raw for path, raw in files.items() if path.endswith(".yml")}
    assert written
    for raw in written.values():
        said = yaml.safe_load(raw)
        said["on"] = said.pop(True, None)  # what YAML 1.1 makes of `on`
        jsonschema.Draft7Validator(rules).validate({k: v for k, v in said.items() if v is not None})


@pytest.mark.parametrize("forge", ["github", "forgejo", "gitlab", "none"])
@pytest.mark.parametrize("way", ["staff", "class", "pinned"])
def test_every_shell_of_every_way_can_be_read_and_none_has_a_gap(forge: Any, way: Any) -> None:
    files = {path: raw.decode() for path, raw in ci_files(forge, way, home(), None, "0").items()}
    for path, text in files.items():
        assert "@" not in "".join(word for word in text.split() if word.endswith(".sh@")), path
    scripts = [text for text in files.values() if text.startswith("#!")]
    for text in (text for path, text in files.items() if path.endswith(".yml")):
        scripts += _shells(yaml.safe_load(text))
    assert scripts
    for script in scripts:
        subprocess.run(["bash", "-n"], input=script, text=True, check=True, timeout=10)
    assert "uses:" not in "".join(files.values()).replace("(uses:)", "")
    # Students' repositories are mirrored at the school: there is nothing to build from at a forge.
    assert way != "pinned" or "stupeni build" not in "".join(
        text for path, text in files.items() if path.endswith(".yml")
    )
    # Where others may push a branch, no key lies in the repository's own secrets.
    assert ("secrets.STUPENI_KEY" in "".join(files.values())) == (
        (forge, way) == ("github", "staff")
    )


def test_gitlab_asks_the_server_who_proposed_it(tmp_path: Path) -> None:
    files = ci_files("gitlab", "class", home(), None, "0")
    first = yaml.safe_load(files["ci/gitlab.yml"])["check"]["script"][0]
    with _forge({"author": {"id": 57, "name": "$(touch x)"}}) as (address, heard):
        said = {
            "CI_API_V4_URL": address, "CI_PROJECT_ID": "3", "CI_MERGE_REQUEST_PROJECT_ID": "3",
            "CI_MERGE_REQUEST_IID": "7", "STUPENI_READ_TOKEN": "r3ad", "CI_PROJECT_URL": "x",
            "CI_JOB_TOKEN": "t", "GITLAB_USER_ID": "4", "CI_COMMIT_SHA": "a" * 40,
            "CI_PROJECT_VISIBILITY": "private",
        }  # fmt: skip
        runner = Runner(tmp_path, {})
        assert runner.shell(f'{first}\necho "$AUTHOR $SENDER $PRIVATE"', said) == 0
        assert runner.log == "57 4 true\n"
        assert runner.shell(first, {**said, "CI_MERGE_REQUEST_PROJECT_ID": "4"}) == 2
    assert heard == [("/projects/3/merge_requests/7", {})]


@pytest.mark.parametrize(
    ("told", "end", "author"),
    [
        ({"GITEA_PUSHER_ID": "57"}, 0, "forgejo:57"),
        ({"GITEA_PUSHER_ID": "57", "GITEA_DEPLOY_KEY_ID": "0"}, 0, "forgejo:57"),
        # Under a deploy key the server names the owner of the repository.
        ({"GITEA_PUSHER_ID": "1", "GITEA_DEPLOY_KEY_ID": "9"}, 1, ""),
        ({"GITEA_PUSHER_ID": "1", "GITEA_IS_DEPLOY_KEY": "true"}, 1, ""),
        ({"GL_ID": "user-57"}, 0, "gitlab:57"),
        ({"GL_ID": "key-57"}, 1, ""),
        ({}, 1, ""),
    ],
)
def test_the_hook_believes_the_servers_number_of_a_person_and_no_other(
    tmp_path: Path, told: dict[str, str], end: int, author: str
) -> None:
    (tmp_path / "stupeni").write_text('#!/bin/sh\necho "$@"\n', "utf-8")
    (tmp_path / "stupeni").chmod(0o755)
    hook = ci_files("none", "staff", home(), None, "0")["ci/pre-receive"].decode()
    path = f"{tmp_path}:/usr/bin:/bin"
    ran = subprocess.run(
        ["sh", "-c", hook], env={"PATH": path, **told}, capture_output=True, text=True, timeout=10
    )

    assert ran.returncode == end
    assert ran.stdout == (f"policy --stdin --author {author} portfolios\n" if author else "")


def test_ci_names_what_it_would_write_and_renews_only_what_differs(terminal: Terminal) -> None:
    world(terminal.folder / "portfolios")
    (terminal.folder / NAME).write_bytes(wheel())
    before = terminal.files()
    asked = ("ci", "--way", "staff", "--forge", "github")

    said = terminal(*asked)
    assert "новый: .github/workflows/check.yml" in said and "добавьте --wheel" in said
    assert terminal.files() == before
    terminal(*asked, "--wheel", NAME, "--yes")
    assert terminal.files()["requirements.lock"].decode().endswith(pinned(wheel()))
    assert (terminal.folder / "ci" / NAME).read_bytes() == wheel()

    (terminal.folder / ".github/workflows/check.yml").write_text("on: push\n", "utf-8")
    said = terminal(*asked, "--yes")  # which program it is, the lock says
    assert said.count("изменится") == 1 and "новый" not in said and "--wheel" not in said
    assert "Всё уже так" in terminal(*asked, "--wheel", NAME, "--yes")
    assert "не программа stupeni" in terminal(*asked, "--wheel", "x.whl", end=2)
    assert "нет папки portfolios" in terminal("ci", "portfolios", *asked[1:], end=2)


def _shells(tree: Any) -> Iterator[str]:
    """Every piece of shell in a workflow."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key == "run":
                yield value
            elif key == "script":
                yield "\n".join(value)
            else:
                yield from _shells(value)
    elif isinstance(tree, list):
        for one in tree:
            yield from _shells(one)


class _forge:
    """A server that notes what it is asked, and gives one answer."""

    def __init__(self, answer: object = None) -> None:
        heard: list[tuple[str, object]] = []

        class Heard(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                heard.append((self.path, json.loads(self.rfile.read(length) or "{}")))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            do_POST = do_GET

            def log_message(self, *_: object) -> None:
                pass

        self.heard, self.server = heard, HTTPServer(("127.0.0.1", 0), Heard)
        self.thread = threading.Thread(target=self.server.serve_forever)

    def __enter__(self) -> tuple[str, list[tuple[str, object]]]:
        self.thread.start()
        return f"http://127.0.0.1:{self.server.server_port}", self.heard

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
