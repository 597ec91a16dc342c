"""Who may change what: real repositories, real attacks. The commit's author proves nothing."""

import datetime as dt
import io
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from generator.cli.parser import parser
from generator.flow.job import Job
from generator.flow.policy import Pushed, find_breaches, find_pushed_breaches
from generator.progress import NOBODY
from generator.trouble import Trouble
from tests.commits import Commits
from tests.sample import ROOT
from tests.town import TOWN
from tests.world import TODAY, world

HEAD, DEPUTY, TEACHER, OTHER, FAMILY, STRANGER = (f"forgejo:{n}" for n in (1, 2, 3, 4, 57, 99))
PEOPLE = f"""\
    people:
      - {{id: stepanov, name: Степанов Григорий, roles: [head], levels: [primary, basic],
         orders: [{{number: 42-о, date: 2026-09-01}}], accounts: ["{HEAD}"]}}
      - {{id: lebedeva, name: Лебедева Нина, roles: [deputy-head], levels: [basic],
         orders: [{{number: 42-о, date: 2026-09-01}}], accounts: ["{DEPUTY}"]}}
      - {{id: orlova, name: Орлова Мария, roles: [class-teacher],
         orders: [{{number: 42-о, date: 2026-09-01}}], accounts: ["{TEACHER}"]}}
      - {{id: gavrilova, name: Гаврилова Инна, roles: [class-teacher],
         orders: [{{number: 42-о, date: 2025-09-01, until: 2026-08-31}}], accounts: ["{OTHER}"]}}
    """
ANNA = "portfolios/students/belova-anna"
PETR = "portfolios/students/ivanov-petr"
ENTRY = "kind: page\nid: x7k2\ntitle: Лето\ndate: 2026-10-14\ntext: Лето\n"
JPEG = b"\xff\xd8\xff\xe0 not much of a picture"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a school of two classes; Anna's family has an account."""
    repository = Commits(tmp_path_factory.mktemp("class"))
    anna = TOWN["records/belova-anna/student.yml"] + f'accounts: ["{FAMILY}"]\n'
    files = {**TOWN, "school/people.yml": PEOPLE, "records/belova-anna/student.yml": anna}
    world(repository.top / "portfolios", files)
    repository.commit({f"{PETR}/entries/leto-p3t2/entry.yml": ENTRY.replace("x7k2", "p3t2")})
    return repository.top


@pytest.fixture
def there(school: Path, tmp_path: Path) -> Commits:
    """A copy of that repository to send something to."""
    subprocess.run(["cp", "-r", school, tmp_path / "copy"], check=True)
    return Commits(tmp_path / "copy")


def job(top: Path, tmp_path: Path) -> Job:
    return Job(
        portfolios=top / "portfolios", home=ROOT, output=tmp_path / "site",
        private=tmp_path / "private", now=dt.datetime(2026, 11, 22, tzinfo=dt.UTC), date=TODAY,
        by="ci", progress=NOBODY, tell=lambda _: None,
    )  # fmt: skip


def said(there: Commits, author: str, base: str = "main~1") -> list[tuple[str, str]]:
    """Code and place of all that `author` may not have done in the last commit."""
    found = find_breaches(job(there.top, there.top.parent), base, "main", author, {})
    return [(one.code, one.place.file.removeprefix("portfolios/")) for one in found]


@pytest.mark.covers("R-050", "R-051")
def test_a_family_changes_what_is_its_own_childs_and_nothing_else(there: Commits) -> None:
    there.commit({f"{ANNA}/entries/leto-x7k2/entry.yml": ENTRY})
    assert said(there, FAMILY) == []

    there.commit({f"{PETR}/entries/leto-p3t2/entry.yml": ENTRY, f"{PETR}/portfolio.yml": None})
    assert said(there, FAMILY) == [
        ("foreign-folder", "students/ivanov-petr/entries/leto-p3t2/entry.yml"),
        ("foreign-folder", "students/ivanov-petr/portfolio.yml"),
    ]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("portfolios/records/belova-anna/confirmations.yml", "staff-path"),
        ("portfolios/records/belova-anna/consent.yml", "staff-path"),
        ("portfolios/school/people.yml", "staff-path"),
        ("portfolios/school/events.yml", "staff-path"),
        (".forgejo/workflows/check.yml", "forbidden-path"),
        ("mkdocs.yml", "forbidden-path"),
        (".gitattributes", "forbidden-path"),
    ],
)
def test_a_family_writes_nothing_that_staff_or_the_forge_believes(
    there: Commits, file: str, code: str
) -> None:
    there.commit({file: "a: b\n"})

    assert (code, file.removeprefix("portfolios/")) in said(there, FAMILY)


@pytest.mark.covers("R-050", "R-060")
def test_staff_write_what_their_duty_and_their_order_allow(there: Commits) -> None:
    records = "portfolios/records"
    there.commit({f"{records}/belova-anna/confirmations.yml": "confirmations: []\n",
                  f"{records}/kotova-lada/consent.yml": "consents: []\n",
                  f"{records}/kotova-lada/reviews.yml": "reviews: []\n",
                  "portfolios/school/events.yml": "events: []\n",
                  "portfolios/school/people.yml": "people: []\n"})  # fmt: skip

    assert said(there, TEACHER) == [
        ("beyond-duty", "records/kotova-lada/consent.yml"),
        ("beyond-duty", "school/people.yml"),
    ]
    assert said(there, HEAD) == []
    # A deputy head of another level, somebody whose order has ended, somebody nobody knows.
    assert ("beyond-duty", "records/kotova-lada/consent.yml") in said(there, DEPUTY)
    assert said(there, OTHER) == [("author-without-order", "school/people.yml")]
    assert said(there, STRANGER) == [("author-unknown", "school/people.yml")]


def test_who_is_who_says_the_state_before_and_not_the_one_that_is_sent(there: Commits) -> None:
    people = (
        PEOPLE.replace(STRANGER, "x").replace(OTHER, STRANGER).replace("2026-08-31", "2027-08-31")
    )
    there.commit({"portfolios/school/people.yml": people})

    assert said(there, STRANGER) == [("author-unknown", "school/people.yml")]


def test_a_link_a_second_repository_and_a_program_are_nobodys_to_put_in(there: Commits) -> None:
    folder = f"{ANNA}/entries/leto-x7k2"
    there.put("120000", f"{folder}/scan.jpg", "../../../ivanov-petr/entries/leto-p3t2/entry.yml")
    there.put("160000", f"{folder}/more", "f" * 40)
    there.put("100755", f"{folder}/run.yml", "#!/bin/sh\n")
    there.put("100644", f"{folder}/virus.svg", "<svg onload=x>")
    there.put("100644", f"{folder}/page.jpg", "<html><script>")
    there.put("100644", f"{folder}/.gitattributes", "* filter=evil\n")
    there.put("100644", f"{folder}/a\u202egpj.exe", "MZ")

    found = {(code, file.rpartition("/")[2]) for code, file in said(there, FAMILY, "main~7")}
    assert found >= {
        ("not-a-file", "scan.jpg"), ("submodule", "more"), ("exec-bit", "run.yml"),
        ("bad-type", "virus.svg"), ("scan-svg", "virus.svg"), ("scan-html", "page.jpg"),
        ("odd-name", ".gitattributes"), ("odd-name", "a\u202egpj.exe"),
    }  # fmt: skip
    # The head may not either.
    assert {code for code, _ in said(there, HEAD, "main~7")} >= {"not-a-file", "submodule"}


def test_names_that_are_one_on_another_disk_are_told(there: Commits) -> None:
    folder = f"{ANNA}/entries/leto-x7k2"
    there.put("100644", f"{folder}/Диплом.jpg", JPEG.decode("latin1"))
    parted = unicodedata.normalize("NFD", f"{folder}/зимний-йод.jpg")
    there.put("100644", parted, "\n")
    there.put("100644", f"{folder}/диплом.jpg", "\n")
    # A folder of another student in other letters, too.
    there.put("100644", "portfolios/students/Belova-Anna/portfolio.yml", "a: b\n")

    found = said(there, HEAD, "main~4")
    assert ("name-not-nfc", parted.removeprefix("portfolios/")) in found
    clashes = {file for code, file in found if code == "names-differ-by-case"}
    assert clashes >= {
        "students/belova-anna/entries/leto-x7k2/диплом.jpg",
        "students/Belova-Anna/portfolio.yml",
    }


def test_what_is_too_big_is_told_before_it_comes_in(there: Commits) -> None:
    there.commit({f"{ANNA}/portfolio.yml": "# " + "x" * 1_100_000})

    assert said(there, FAMILY) == [("file-too-big", "students/belova-anna/portfolio.yml")]


def test_history_that_was_written_anew_is_told(there: Commits) -> None:
    there.commit({f"{ANNA}/entries/leto-x7k2/entry.yml": ENTRY})
    there.git("branch", "before")
    there.git("reset", "-q", "--hard", "main~1")
    there.commit({f"{ANNA}/entries/zima-z1m4/entry.yml": ENTRY.replace("x7k2", "z1m4")})

    assert said(there, FAMILY, "before") == [
        ("history-rewritten", "portfolios"),
    ]


def test_a_change_is_judged_from_where_it_parted_when_that_is_asked_for(there: Commits) -> None:
    there.git("checkout", "-q", "-b", "ours")
    there.commit({f"{ANNA}/entries/leto-x7k2/entry.yml": ENTRY})
    there.git("checkout", "-q", "main")
    there.commit({f"{PETR}/portfolio.yml": "about: {motto: моё}\n"})  # meanwhile, by somebody else
    there.git("branch", "-m", "main", "base")
    there.git("branch", "-m", "ours", "main")

    assert {code for code, _ in said(there, FAMILY, "base")} == {
        "foreign-folder",
        "history-rewritten",
    }
    assert said(there, FAMILY, "base...main") == []


def test_git_obeys_nothing_that_a_repository_brings_along(there: Commits, tmp_path: Path) -> None:
    trap, sprung = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch {sprung}\n", encoding="utf-8")
    trap.chmod(0o755)
    for name, value in {
        "core.fsmonitor": f"{trap}", "diff.external": f"{trap}", "core.hooksPath": f"{tmp_path}",
        "diff.x.textconv": f"{trap}", "filter.x.smudge": f"{trap}", "core.pager": f"{trap}",
        "remote.origin.promisor": "true", "alias.diff-tree": f"!{trap}",
    }.items():  # fmt: skip
        there.git("config", name, value)
    (there.top / ".git" / "info" / "attributes").write_text("* diff=x filter=x\n", encoding="utf-8")
    for name in ("post-checkout", "reference-transaction", "post-index-change"):
        (there.top / ".git" / "hooks" / name).symlink_to(trap)
    there.git("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c",
              "filter.x.smudge=", "commit", "-q", "--allow-empty", "-m", "x")  # fmt: skip
    sprung.unlink(missing_ok=True)

    assert said(there, FAMILY) == []
    assert not sprung.exists()


def test_a_state_that_git_does_not_know_is_told_and_never_taken_for_an_option(
    there: Commits, tmp_path: Path
) -> None:
    for name in ("no-such", "--upload-pack=x", "main:portfolios", ""):
        with pytest.raises(Trouble):
            find_breaches(job(there.top, tmp_path), "main", name, FAMILY, {})


@pytest.mark.covers("R-050")
def test_a_pre_receive_hook_keeps_out_what_its_author_may_not_change(
    there: Commits, tmp_path: Path
) -> None:
    server = tmp_path / "server.git"
    there.git("clone", "-q", "--bare", f"{there.top}", f"{server}")
    hook = server / "hooks" / "pre-receive"
    hook.write_text(
        f"#!/bin/sh\nexec env PYTHONPATH={ROOT} {sys.executable} -m generator policy --stdin "
        f'--author "$PUSHER" --date {TODAY} portfolios\n',
        encoding="utf-8",
    )
    hook.chmod(0o755)

    def push(pusher: str, *what: str) -> tuple[int, str]:
        ran = subprocess.run(
            ["git", "push", "-q", f"{server}", *what], cwd=there.top, capture_output=True,
            text=True, check=False, timeout=60,
            env={"PATH": os.environ["PATH"], "PUSHER": pusher, "STUPENI_LOG": "private"},
        )  # fmt: skip
        return ran.returncode, ran.stderr

    there.commit({f"{ANNA}/entries/leto-x7k2/entry.yml": ENTRY})
    assert push(FAMILY, "main")[0] == 0
    there.commit({f"{PETR}/portfolio.yml": "about: {motto: чужое}\n"})
    code, told = push(FAMILY, "main:review")
    assert (code, "foreign-folder" in told) == (1, True)
    # Not by way of another name, nor by taking one away.
    assert push(FAMILY, ":main")[0] == 1
    assert push(TEACHER, "main")[0] == 0


def test_who_is_who_in_a_push_says_the_first_branch_of_the_server(
    there: Commits, tmp_path: Path
) -> None:
    pushed = [Pushed("0" * 40, there.commit({"mkdocs.yml": "a: b\n"}), "refs/heads/new")]
    there.git("update-ref", "refs/heads/main", "main~1")
    found = find_pushed_breaches(job(there.top, tmp_path), pushed, FAMILY, {})

    assert [one.code for one in found] == ["forbidden-path"]


def test_no_name_of_a_file_speaks_to_the_forge_and_no_log_names_a_child(
    there: Commits, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there.put("100644", f"{PETR}/entries/leto-p3t2/a\n::error::все хорошо\u202e.yml", "a: b\n")
    folder, private = f"{there.top / 'portfolios'}", f"{there.top.parent / 'private'}"
    asked = ["policy", "main~1..main", folder, "--author", FAMILY, "--date", f"{TODAY}"]
    for public in ("private", "public"):
        monkeypatch.setenv("STUPENI_LOG", public)
        for form in ("full", "concise", "github", "gitlab", "sarif", "json"):
            arguments = parser().parse_args([*asked, "--private", private, "--format", form])
            assert arguments.run(arguments) == 1
            told = capsys.readouterr().out
            assert "foreign-folder" in told
            assert not [line for line in told.splitlines() if line.startswith("::error::")]
            assert "\u202e" not in told
            assert (public == "public") is ("students/ivanov-petr" not in told)


def test_what_is_approved_is_its_class_teachers_to_say_and_where_it_lies_the_deputys(
    there: Commits,
) -> None:
    here = "portfolios/school/sources.yml"

    def sources(commit: str, by: str, address: str = "https://git.school.example/a.git") -> str:
        return (
            f"sources: [{{student: belova-anna, address: '{address}', approved: '{commit}', "
            f"approved_by: {by}, approved_on: 2026-11-20}}]\n"
        )

    there.commit({here: sources("1" * 40, "orlova")})
    assert said(there, TEACHER) == [("beyond-duty", "school/sources.yml")]
    assert said(there, DEPUTY) == []
    assert said(there, FAMILY) == [("staff-path", "school/sources.yml")]

    there.commit({here: sources("2" * 40, "orlova")})
    assert said(there, TEACHER) == []
    there.commit({here: sources("3" * 40, "lebedeva")})
    assert said(there, TEACHER) == [("beyond-duty", "school/sources.yml")]
    there.commit({here: sources("3" * 40, "orlova", "https://elsewhere.example/a.git")})
    assert said(there, TEACHER) == [("beyond-duty", "school/sources.yml")]
    there.commit({here: "sources: [{"})
    assert said(there, TEACHER) == [("beyond-duty", "school/sources.yml")]


def test_a_right_that_was_taken_away_is_not_had_again_by_beginning_before_that(
    there: Commits,
) -> None:
    there.git("branch", "old")
    there.commit({"portfolios/records/belova-anna/student.yml":
                  TOWN["records/belova-anna/student.yml"]})  # fmt: skip
    there.git("checkout", "-q", "old")
    there.commit({f"{ANNA}/entries/leto-x7k2/entry.yml": ENTRY})
    there.git("branch", "-m", "main", "base")
    there.git("branch", "-m", "old", "main")

    assert said(there, FAMILY, "base...main") == [("author-unknown", "school/people.yml")]


def test_what_others_did_in_the_first_branch_is_not_laid_to_who_takes_it_in(
    there: Commits, tmp_path: Path
) -> None:
    there.git("checkout", "-q", "-b", "anna")
    mine = there.commit({f"{ANNA}/entries/leto-x7k2/entry.yml": ENTRY})
    there.git("checkout", "-q", "main")
    there.commit({f"{PETR}/portfolio.yml": "about: {motto: моё}\n"})
    there.git("checkout", "-q", "anna")
    there.git("merge", "-q", "--no-edit", "main")
    merged = there.git("rev-parse", "HEAD")
    theirs = there.commit({f"{PETR}/portfolio.yml": "about: {motto: чужое}\n"})
    there.git("checkout", "-q", "main")

    def pushed(old: str, new: str) -> list[str]:
        moved = [Pushed(old, new, "refs/heads/anna")]
        found = find_pushed_breaches(job(there.top, tmp_path), moved, FAMILY, {})
        return [one.code for one in found]

    assert pushed("0" * 40, mine) == []
    assert pushed(mine, merged) == []
    # Nor is it forgotten with a second push.
    assert pushed(mine, theirs) == ["foreign-folder"]
    assert pushed(theirs, there.git("rev-parse", "anna")) == ["foreign-folder"]


def test_nothing_is_undone_by_way_of_a_second_beginning(there: Commits) -> None:
    there.git("branch", "theirs")
    there.commit({"portfolios/school/events.yml": "events: []\n"})
    first = there.git("rev-parse", "HEAD")
    there.git("checkout", "-q", "theirs")
    there.commit({f"{PETR}/portfolio.yml": "about: {motto: моё}\n"})
    second = there.git("rev-parse", "HEAD")
    there.git("checkout", "-q", "main")
    there.git("merge", "-q", "--no-edit", second)
    # A family takes from both lines, and leaves out what one of them has.
    for kept, taken, left in ((first, second, PETR), (second, first, "portfolios/school")):
        there.git("checkout", "-q", "-B", "anna", kept)
        there.git("merge", "-q", "--no-commit", "-s", "ours", taken)
        there.commit({f"{ANNA}/portfolio.yml": "about: {motto: наше}\n"})
        found = find_breaches(job(there.top, there.top.parent), "main...anna", "anna", FAMILY, {})
        assert any(one.place.file.startswith(left) for one in found), kept


def test_a_tag_that_is_named_like_a_branch_never_says_what_is_compared(
    there: Commits, tmp_path: Path
) -> None:
    there.git("checkout", "-q", "-b", "theirs")
    there.commit({f"{PETR}/portfolio.yml": "about: {motto: чужое}\n"})
    there.git("checkout", "-q", "main")
    there.git("fetch", "-q", ".", "theirs")
    here = job(there.top, tmp_path)
    assert [one.code for one in find_breaches(here, "main", "FETCH_HEAD", FAMILY, {})] == [
        "foreign-folder"
    ]

    there.git("tag", "main", "theirs")
    short = there.git("rev-parse", "--short=9", "theirs")
    there.git("branch", short, "refs/heads/main")
    for base, head in (("main", "theirs"), ("main~0", "theirs"), ("refs/heads/main", short)):
        with pytest.raises(Trouble, match="means more than one thing"):
            find_breaches(here, base, head, FAMILY, {})
    assert find_breaches(here, "refs/heads/main", "theirs", FAMILY, {})


def test_only_a_leader_sends_a_name_that_is_no_branch(there: Commits, tmp_path: Path) -> None:
    now = there.git("rev-parse", "main")
    for name in (f"refs/replace/{now}", "refs/tags/main", "refs/notes/commits"):
        pushed = [Pushed("0" * 40, now, name)]
        for author, codes in ((FAMILY, ["not-a-branch"]), (DEPUTY, [])):
            found = find_pushed_breaches(job(there.top, tmp_path), pushed, author, {})
            assert [one.code for one in found] == codes


def test_a_branch_with_a_space_of_another_alphabet_is_judged_too(
    there: Commits, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new = there.commit({f"{PETR}/portfolio.yml": "about: {motto: чужое}\n"})
    there.git("update-ref", "refs/heads/main", "main~1")
    folder, private = f"{there.top / 'portfolios'}", f"{there.top.parent / 'private'}"
    asked = ["policy", "--stdin", "--author", FAMILY, "--date", f"{TODAY}", "--private", private]
    arguments = parser().parse_args(asked)
    arguments.path = Path(folder)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{'0' * 40} {new} refs/heads/a\u2003b\n"))

    assert arguments.run(arguments) == 1
    assert "foreign-folder" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{'0' * 40} {new}\n"))
    with pytest.raises(Trouble):
        arguments.run(arguments)


def test_two_things_at_one_place_are_not_taken(there: Commits, tmp_path: Path) -> None:
    """A file and a folder of one name: whoever looks at one may publish the other."""
    blob = there.git("hash-object", "-w", "--stdin", given=ENTRY)
    inside = there.git("mktree", given=f"100644 blob {blob}\tentry.yml\n")
    ids = {"100644": blob, "40000": inside}
    raw = b"".join(f"{mode} leto-x7k2".encode() + b"\0" + bytes.fromhex(ids[mode]) for mode in ids)
    made = subprocess.run(
        ["git", "hash-object", "-t", "tree", "-w", "--literally", "--stdin"], cwd=there.top,
        input=raw, capture_output=True, check=True,
    ).stdout.decode().strip()  # fmt: skip
    there.git("read-tree", "main")
    for path in ("entries", "belova-anna", "students", "portfolios"):
        made = there.git("mktree", given=f"40000 tree {made}\t{path}\n")
    there.git(
        "update-ref", "refs/heads/odd", there.git("commit-tree", made, "-p", "main", "-m", "x")
    )

    with pytest.raises(Trouble, match="two things stand at one place"):
        find_breaches(job(there.top, tmp_path), "main", "odd", FAMILY, {})


def test_a_second_line_of_a_student_approves_nothing_in_anybodys_name(there: Commits) -> None:
    here = "portfolios/school/sources.yml"
    line = (
        "{{student: kotova-lada, address: 'https://git.school.example/{0}.git', approved: '{1}', "
        "approved_by: lebedeva, approved_on: 2026-11-20}}"
    ).format
    there.commit({here: f"sources: [{line('l', '1' * 40)}]\n"})
    there.commit({here: f"sources: [{line('l', '1' * 40)}, {line('l', '2' * 40)}]\n"})

    assert said(there, TEACHER) == [("beyond-duty", "school/sources.yml")]
