"""The front door, as people use it: real processes, real exit numbers."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from generator.cli.tell import is_public
from tests.sample import ROOT
from tests.world import world

DAY = ("--date", "2026-11-22")


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`stupeni` with its private folder and output below `folder`."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=folder,
        env=_environment(folder) | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _heeding() -> None:
    """Ctrl-C is heeded even when the tests run in the background, where a shell has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _environment(folder: Path) -> dict[str, str]:
    return dict(os.environ) | {"PYTHONPATH": str(ROOT), "STUPENI_PRIVATE": str(folder / "private")}


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """A folder with the smallest school in `portfolios`."""
    world(tmp_path / "portfolios")
    return tmp_path


BROKEN = {"students/belova-anna/portfolio.yml": "about:\n  moto: Тайные слова Анны\n"}


def test_a_school_without_mistakes_is_fine(school: Path) -> None:
    done = run(school, "check", *DAY)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""


def test_a_mistake_is_said_with_place_and_fix_and_gives_one(school: Path) -> None:
    world(school / "portfolios", BROKEN)
    done = run(school, "check", *DAY)
    assert done.returncode == 1
    assert "portfolios/students/belova-anna/portfolio.yml:2:3: error[unknown-key]" in done.stdout
    assert "2 |   moto: Тайные слова Анны" in done.stdout
    assert "motto" in done.stdout


def test_a_mistake_can_be_read_in_english_and_by_programs(school: Path) -> None:
    world(school / "portfolios", BROKEN)
    english = run(school, "check", *DAY, "--lang", "en", "--format", "concise").stdout
    rows = json.loads(run(school, "check", *DAY, "--format", "json").stdout)
    assert "fix:" in english
    assert not any("а" <= sign <= "я" for sign in english.split("error")[1].split("`")[0])
    assert [row["code"] for row in rows] == ["unknown-key"]
    assert rows[0]["line"] == 2


@pytest.mark.parametrize("form", ["gitlab", "sarif"])
def test_a_report_for_a_service_is_all_that_is_printed(school: Path, form: str) -> None:
    world(school / "portfolios", BROKEN)
    done = run(school, "check", *DAY, "--format", form)
    assert done.returncode == 1
    assert done.stderr == ""
    assert "unknown-key" in json.dumps(json.loads(done.stdout))


def test_a_services_report_bears_the_codes_own_page(school: Path) -> None:
    world(school / "portfolios", BROKEN)
    (log,) = json.loads(run(school, "check", *DAY, "--format", "sarif").stdout)["runs"]
    (rule,) = log["tool"]["driver"]["rules"]
    page = run(school, "explain", "unknown-key").stdout
    assert page.startswith(rule["shortDescription"]["text"])
    assert "Почему важно" in rule["fullDescription"]["text"]


def test_marks_for_a_pull_request_hide_private_words_where_strangers_read(school: Path) -> None:
    world(school / "portfolios", BROKEN)
    done = run(school, "check", *DAY, "--format", "github", CI="true")
    assert re.match(r"::error file=students/[0-9a-f]{8}/portfolio\.yml,line=2,col=3,", done.stdout)
    assert "Тайные" not in done.stdout and "belova" not in done.stdout


def sign(done: subprocess.CompletedProcess[str]) -> str:
    """What stands for Anna on a public log."""
    (found,) = re.findall(r"students/(\w+)/portfolio\.yml", done.stdout)
    return str(found)


def test_with_the_schools_key_a_child_has_one_sign_and_without_it_another_in_every_run(
    school: Path,
) -> None:
    world(school / "portfolios", BROKEN)
    bare = [run(school, "check", *DAY, CI="true") for _ in range(2)]
    assert sign(bare[0]) != sign(bare[1])
    assert "в следующий раз знаки будут другие" in bare[0].stderr
    run(school, "keys", "init")
    kept = [run(school, "check", *DAY, CI="true") for _ in range(2)]
    assert sign(kept[0]) == sign(kept[1]) not in {sign(one) for one in bare}
    assert (
        "`stupeni check` на своём компьютере; у одного ребёнка знак всегда один" in kept[0].stderr
    )
    # Another school's key gives other signs, and a key that others may read gives none.
    (key,) = school.glob("private/*/master.key")
    key.write_text("11" * 32 + "\n", encoding="ascii")
    assert sign(run(school, "check", *DAY, CI="true")) != sign(kept[0])
    key.chmod(0o644)
    assert "знаки будут другие" in run(school, "check", *DAY, CI="true").stderr


@pytest.mark.parametrize(
    ("environment", "public"),
    [
        ({}, False),
        ({"CI": "true"}, True),
        ({"ci": "True"}, True),
        ({"CI": ""}, False),
        ({"CI": "0"}, False),
        ({"CI": " False "}, False),
        ({"CI": "woodpecker"}, True),
        ({"GITHUB_ACTIONS": "true"}, True),
        ({"GITEA_ACTIONS": "true"}, True),
        ({"FORGEJO_ACTIONS": "true"}, True),
        ({"GITLAB_CI": "true"}, True),
        ({"CI_JOB_ID": "17"}, True),
        ({"BUILD_NUMBER": "17"}, True),
        ({"JENKINS_URL": "x"}, True),
        ({"TF_BUILD": "True"}, True),
        ({"TEAMCITY_VERSION": "2026"}, True),
        ({"CI": "false", "GITLAB_CI": "true"}, True),
        ({"PRECISION": "1", "CITY": "Тула", "HOME": "/home/ci"}, False),
        ({"CI": "true", "STUPENI_LOG": "private"}, False),
        ({"STUPENI_LOG": "public"}, True),
        ({"STUPENI_LOG": "privat"}, True),
    ],
)
def test_a_log_is_public_when_a_forge_writes_it(
    environment: dict[str, str], *, public: bool
) -> None:
    assert is_public(environment) is public


def test_on_a_public_log_no_private_word_is_printed(school: Path) -> None:
    world(school / "portfolios", BROKEN)
    done = run(school, "check", *DAY, CI="true")
    assert done.returncode == 1
    assert "Тайные слова" not in done.stdout + done.stderr
    assert "portfolio.yml:2:3" in done.stdout
    assert "belova" not in done.stdout + done.stderr


DISORDER = {
    "students/belova-anna/portfolio.yml": "design: {palette: sea}\ncalled: Аня\n",
    "students/belova-anna/entries/olimpiada/entry.yml": (
        "kind: contest\ntitle: Олимпиада\ndate: 2026-10-14\nform: olympiad\n"
    ),
}


def test_keys_are_put_in_order_and_ids_given_once(school: Path) -> None:
    world(school / "portfolios", DISORDER)
    done = run(school, "fmt")
    again = run(school, "fmt")
    order, ids = sorted(done.stdout.splitlines(), key=len)
    assert (done.returncode, again.returncode, again.stdout) == (0, 0, "")
    assert order == "portfolios/students/belova-anna/portfolio.yml: порядок ключей"
    assert re.fullmatch(r".*/olimpiada/entry.yml: новые id: \w{4}, папка .*`olimpiada-\w{4}`", ids)
    assert "изменено: 2 из 7" in done.stderr
    assert run(school, "check", *DAY).returncode == 0


def test_a_ci_can_ask_whether_all_is_in_order_and_learns_nobodys_name(school: Path) -> None:
    world(school / "portfolios", DISORDER)
    done = run(school, "fmt", "--check", "--lang", "en", CI="true")
    assert done.returncode == 1
    assert "/portfolio.yml: order of keys\n" in done.stdout
    assert "/entry.yml: ids missing: 1\n" in done.stdout
    assert "belova" not in done.stdout + done.stderr
    assert "olimpiada" not in done.stdout + done.stderr
    assert "to change: 2 of 7" in done.stderr
    assert (school / "portfolios/students/belova-anna/entries/olimpiada").is_dir()


def test_what_cannot_be_put_in_order_is_said_with_place_and_gives_one(school: Path) -> None:
    world(school / "portfolios", {"students/belova-anna/portfolio.yml": "called: [Аня\n"})
    done = run(school, "fmt")
    assert done.returncode == 1
    assert "portfolios/students/belova-anna/portfolio.yml:1:9: error[broken-yaml]" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [("check", "nowhere"), ("fmt", "nowhere"), ("build",), ("explain", "no-code"), ("serve",),
     ("preview", "belova-anna", "nowhere"), ("serve", "nowhere", "--watch")],
)  # fmt: skip
def test_what_cannot_go_on_says_what_to_do_and_gives_two(
    school: Path, arguments: tuple[str, ...]
) -> None:
    done = run(school, *arguments)
    assert done.returncode == 2
    assert "не могу продолжить" in done.stderr
    assert "что делать" in done.stderr
    assert "Traceback" not in done.stderr


def test_key_cards_and_sites_in_three_commands(school: Path) -> None:
    assert run(school, "keys", "init", *DAY).returncode == 0
    assert run(school, "keys", "init", *DAY).returncode == 2
    assert run(school, "keys", "init", "--keep", *DAY).returncode == 0
    cards = run(school, "cards", *DAY)
    built = run(school, "build", *DAY)
    assert (cards.returncode, built.returncode) == (0, 0), built.stderr
    assert "primary-4a.html" in cards.stdout
    assert (school / "site/primary/index.html").is_file()
    assert "#k=" not in built.stdout  # only a fictional school's codes are shown on a screen


@pytest.mark.covers("R-137")
def test_the_register_is_verified_and_compared_with_paper(school: Path) -> None:
    assert run(school, "register", "verify").returncode == 2
    run(school, "keys", "init", *DAY)
    run(school, "build", *DAY)
    whole = run(school, "register", "verify")
    assert whole.returncode == 0
    assert "Журнал цел: записей 3" in whole.stdout
    assert "доказать не может" in whole.stdout
    (digest,) = re.findall("[0-9a-f]{64}", whole.stdout)
    register = school / "portfolios/school/register.jsonl"
    noted = run(school, "register", "verify", str(register), "--digest", digest[:16].upper())
    assert (noted.returncode, "это строка 3" in noted.stdout) == (0, True)
    lines = register.read_bytes().splitlines(keepends=True)
    register.write_bytes(b"".join(lines[:2]))
    cut = run(school, "register", "verify", "--digest", digest)
    assert (cut.returncode, "конец отрезали" in cut.stdout) == (1, True)
    register.write_bytes(b"".join(lines[1:]))
    broken = run(school, "register", "verify", "--lang", "en")
    assert (broken.returncode, "Line 1: this is not the first line" in broken.stdout) == (1, True)


def test_the_cards_of_staff_want_a_name_and_no_id_of_theirs_is_told_in_public(school: Path) -> None:
    run(school, "keys", "init", *DAY)
    assert run(school, "cards", "--staff", *DAY).returncode == 2
    made = run(school, "cards", "--staff", "--key-files", *DAY, "--by", "orlova")
    assert made.returncode == 0, made.stderr
    assert {"primary-staff.html", "primary-teacher-orlova.txt"} <= set(
        re.findall(r"cards/(\S+)", made.stdout)
    )
    public = run(school, "cards", "--key-files", *DAY, STUPENI_BY="orlova", CI="true")
    assert public.returncode == 0
    assert "orlova" not in public.stdout + public.stderr


def test_an_extract_is_made_in_the_name_of_a_person(school: Path) -> None:
    nameless = run(school, "register", "extract", "belova-anna", *DAY)
    assert nameless.returncode == 2
    assert "--by" in nameless.stderr
    made = run(school, "register", "extract", "belova-anna", *DAY, STUPENI_BY="orlova")
    assert made.returncode == 0, made.stderr
    assert "belova-anna-register-2026-11-22.html" in made.stdout
    public = run(school, "register", "extract", "belova-anna", *DAY, "--by", "orlova", CI="true")
    assert public.returncode == 0
    assert "belova" not in public.stdout + public.stderr


def test_a_copy_for_a_family_is_named_here_and_never_on_a_public_log(school: Path) -> None:
    made = run(school, "takeaway", "belova-anna", *DAY, "--by", "orlova")
    assert made.returncode == 0, made.stderr
    folder, archive = made.stdout.split()
    assert folder.endswith("/takeaway/belova-anna-2026-11-22/portfolio.html")
    assert archive.endswith("/takeaway/belova-anna-2026-11-22.zip")
    flash = ("--to", str(school / "flash"))
    public = run(school, "takeaway", "belova-anna", *DAY, "--by", "orlova", *flash, CI="true")
    assert (public.returncode, public.stdout) == (0, f"{school / 'flash'}\n")
    assert "belova" not in public.stderr


def test_a_fictional_schools_codes_are_shown_but_never_on_a_public_log(school: Path) -> None:
    settings = (school / "portfolios/school/school.yml").read_text(encoding="utf-8")
    world(school / "portfolios", {"school/school.yml": settings + "sample: true\n"})
    run(school, "keys", "init", *DAY)
    assert "#k=" in run(school, "build", *DAY).stdout
    public = run(school, "build", *DAY, CI="true")
    assert public.returncode == 0
    assert "#k=" not in public.stdout + public.stderr


def test_serving_stays_on_this_computer(school: Path) -> None:
    (school / "site/primary").mkdir(parents=True)
    (school / "site/primary/index.html").write_text("дома", encoding="utf-8")
    server = subprocess.Popen(
        [sys.executable, "-m", "generator", "serve", "--port", "0"],
        cwd=school, env=_environment(school), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, preexec_fn=_heeding,
    )  # fmt: skip
    try:
        assert server.stdout
        address = server.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address, timeout=5) as page:
            assert page.read().decode() == "дома"
        with urllib.request.urlopen(address.replace("primary/", ""), timeout=5) as doors:
            assert 'href="primary/"' in doors.read().decode()
        taken = run(school, "serve", "--port", address.split(":")[2].partition("/")[0])
        assert taken.returncode == 2
        assert "занят" in taken.stderr
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=60)
    assert server.returncode == 0


def test_every_code_can_be_explained(school: Path) -> None:
    done = run(school, "explain", "scan-missing")
    assert done.returncode == 0
    assert "scan" in done.stdout


def test_help_imports_nothing_heavy(school: Path) -> None:
    code = (
        "import sys\nsys.argv = ['stupeni', '--help']\n"
        "try:\n    from generator.cli import main; main()\nexcept SystemExit: pass\n"
        "heavy = {'pydantic', 'jinja2', 'PIL', 'cryptography', 'yaml'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=school, env=_environment(school), capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["nonsense"], "нет такого / no such: nonsense"),
        (["build", "--nonsense"], "не знаю таких слов / unknown: --nonsense"),
        (["build", "--date"], "после этого нужно слово / a word must follow"),
        (["access", "issue"], "не хватает / missing: ИМЯ"),
        (["serve", "--port", "99999"], "--port: от 0 до 65535"),
        (["preview", "x", "--port=-5"], "--port: от 0 до 65535"),
    ],
)
def test_what_is_mistyped_is_answered_in_russian_first(
    school: Path, typed: list[str], told: str
) -> None:
    done = run(school, *typed)
    assert done.returncode == 2
    assert told in done.stderr
    assert "--help`" in done.stderr


def test_a_build_on_one_machine_loads_nothing_that_many_machines_need() -> None:
    code = "import sys, generator.flow.sites; print({'fsspec', 'distributed'} & {*sys.modules})"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "set()\n"


BAD_SCANS: dict[str, str | bytes | None] = {
    "students/belova-anna/entries/kot-x7k2/entry.yml": """\
        id: x7k2
        kind: creative
        form: drawing
        title: Кот
        date: 2026-10-01
        scans: [{file: kot.jpg, document: drawing}, {file: page.png, document: drawing}]
        """,
    "students/belova-anna/entries/kot-x7k2/kot.jpg": b"\xff\xd8\xff\xe0cut",
    "students/belova-anna/entries/kot-x7k2/page.png": b"<html>",
}


def test_scans_are_checked_too_and_reasons_are_counted(school: Path) -> None:
    world(school / "portfolios", BAD_SCANS)
    done = run(school, "check", *DAY)
    assert done.returncode == 1
    assert "kot-x7k2/kot.jpg" in done.stdout
    assert "error[scan-cut]" in done.stdout
    assert "Не взяты сканы: scan-cut 1, scan-html 1. stupeni explain scan-cut" in done.stderr
    events = [json.loads(one) for one in run(school, "check", *DAY, "--json").stdout.splitlines()]
    begun = next(one for one in events if one.get("stage") == "scans")
    assert (begun["event"], begun["total"]) == ("begun", 2)
    codes = [one["code"] for one in events if one["event"] == "diagnostic"]
    assert {"scan-cut", "scan-html"} <= {*codes}
    result = events[-1]
    assert (result["event"], result["exit"], result["errors"]) == ("result", 1, 2)
    assert result["warnings"] == len(codes) - 2


def test_one_command_wipes_what_was_remembered(school: Path) -> None:
    world(school / "portfolios", BAD_SCANS)
    run(school, "check", *DAY)
    (cache,) = (school / "private").glob("*/cache")
    assert (school / "private" / "digests").exists()
    done = run(school, "cache", "clear", *DAY)
    assert done.returncode == 0, done.stderr
    assert not cache.exists()
    assert not [*(school / "private" / "digests").iterdir()]


def test_whoever_stops_reading_leaves_no_traceback(school: Path) -> None:
    world(school / "portfolios", BROKEN)
    command = f"{sys.executable} -m generator check --format json {' '.join(DAY)} | head -c 1"
    done = subprocess.run(
        ["sh", "-c", command], cwd=school, env=_environment(school), capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout == "["
    assert "Traceback" not in done.stderr
