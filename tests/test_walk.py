"""One class at one server of Git: a family's diploma comes in, is looked at, decided and read."""

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from PIL import Image

from tests.commits import Commits
from tests.sample import ROOT, build_school
from tests.test_adding import SECRET, photo
from tests.typed import Terminal
from tests.world import TODAY

SCHOOL = "school/portfolios"
FAMILY, TEACHER = "user-57", "user-3"
DIPLOMA = "portfolios/students/belova-anna/entries/olimpiada-po-matematike-eeead904b"
ENTRY = """\
kind: contest
id: eeead904b
title: Олимпиада по математике
date: 2026-11-14
form: olympiad
scans:
  - file: img_20261120.jpg
    description: Диплом победителя олимпиады
    document: diploma
visibility: family
draft: false
"""
"""As the editor in the browser writes it (tests/test_editor_browser.py)."""
_SHOWN = re.compile(r'data-student="(.*?)" data-entry="(.*?)" data-digest="(.*?)"')

_PICTURE = re.compile(r'data-sealed="([^"]+)"')


@dataclass(frozen=True)
class Server:
    """A bare repository in which the school's own hook decides what comes in."""

    folder: Path

    def push(self, there: Commits, branch: str, who: str) -> tuple[int, str]:
        """How it ends when somebody sends what they have, and what they are told."""
        ran = subprocess.run(
            ["git", "push", "-q", f"{self.folder}", f"HEAD:{branch}"], cwd=there.top,
            capture_output=True, text=True, check=False,
            env={"PATH": f"{self.folder.parent}:{os.environ['PATH']}", "GL_ID": who,
                 "STUPENI_LOG": "private"},
        )  # fmt: skip
        return ran.returncode, ran.stderr


def begun(terminal: Terminal) -> Commits:
    """A school whose class 4a has two students, a teacher with an order, and one consent."""
    named = ("--name", "Школа № 5", "--short-name", "Школа № 5", "--council", "12")
    order = ("--order", "97-од", "--order-date", "28.08.2026")
    person = ("--person", "Лебедева Нина Львовна")
    terminal("init", "school", "--way", "class", "--forge", "gitlab", *named, *order, *person)
    rows = "ФИО;Дата рождения;Класс\nБелова Анна;14.05.2016;4А\nСоколов Глеб;02.03.2016;4А\n"
    (terminal.folder / "list.csv").write_text(rows, "utf-8")
    terminal(
        "class", "import", "list.csv", SCHOOL, "--teacher", "4a=Орлова Вера Николаевна", "--yes"
    )
    signed = ("--signed", "03.09.2026", "--until", "31.08.2027", "--document", "дело № 61")
    by = ("--signed-by", "Белова Мария Олеговна", "--relation", "mother")
    terminal("consent", "add", "belova-anna", SCHOOL, "--show", "family", *by, *signed, "--yes")
    orlova = "    orders: [{number: 98-од, date: 2026-08-28}]\n    accounts: [gitlab:3]\n"
    for file, more in (
        ("school/people.yml", orlova),
        ("records/belova-anna/student.yml", "accounts: [gitlab:57]\n"),
    ):
        with (terminal.folder / SCHOOL / file).open("a", encoding="utf-8") as end:
            end.write(more)
    school = Commits(terminal.folder / "school")
    school.commit()
    return school


def served(school: Commits, room: Path) -> Server:
    """The school at a server, with the hook that `init` wrote and our program beside it."""
    server = Server(room / "4a.git")
    school.git("clone", "-q", "--bare", f"{school.top}", f"{server.folder}")
    hook, program = server.folder / "hooks" / "pre-receive", room / "stupeni"
    hook.write_bytes((school.top / "ci/pre-receive").read_bytes())
    ours = f'exec env PYTHONPATH={ROOT} {sys.executable} -m generator "$@" --date {TODAY}'
    program.write_text(f"#!/bin/sh\n{ours}\n", "utf-8")
    for file in (hook, program):
        file.chmod(0o755)
    return server


def decided(terminal: Terminal, span: str) -> None:
    """The page of a review, on which everything is confirmed, and its saved decisions."""
    told = terminal("review", span, "--path", SCHOOL, "--class", "4a")
    page = Path(unquote(urlsplit(told.splitlines()[0]).path)).read_text("utf-8")
    site = re.search(r'data-site="(.*?)"', page)
    assert site and "Анна Белова" in page
    decisions = [
        {"student": student, "entry": entry, "digest": digest, "state": "confirmed",
         "basis": "сверено с оригиналом"}
        for student, entry, digest in _SHOWN.findall(page)
    ]  # fmt: skip
    assert [one["entry"] for one in decisions] == ["eeead904b"]
    saved = {"format": "stupeni-decisions-1", "site": site[1], "decisions": decisions}
    (terminal.folder / "decisions.json").write_text(json.dumps(saved), "utf-8")


@pytest.mark.covers("R-050", "R-060")
def test_a_diploma_goes_from_a_familys_editor_by_the_server_and_the_teacher_to_the_page(
    terminal: Terminal, tmp_path_factory: pytest.TempPathFactory
) -> None:
    room = tmp_path_factory.mktemp("forge")
    school, family = begun(terminal), Commits(room / "family")
    server = served(school, room)
    family.git("pull", "-q", f"{server.folder}", "main")
    took = photo(room / "took.jpg").read_bytes()
    family.commit({f"{DIPLOMA}/entry.yml": ENTRY, f"{DIPLOMA}/img_20261120.jpg": took})
    assert server.push(family, "diploma", FAMILY)[0] == 0
    family.commit({"portfolios/students/sokolov-gleb/portfolio.yml": "called: Глебушка\n"})
    ended, told = server.push(family, "foreign", FAMILY)
    assert (ended, "foreign-folder" in told) == (1, True)

    school.git("fetch", "-q", f"{server.folder}", "diploma")
    decided(terminal, "main...FETCH_HEAD")
    confirm = ("confirm", SCHOOL, "--from", "decisions.json", "--by", "orlova")
    assert "git merge" in terminal(*confirm, end=1)
    school.git("merge", "-q", "FETCH_HEAD")
    terminal(*confirm)
    school.commit()
    assert server.push(school, "main", TEACHER)[0] == 0

    built = build_school(terminal.folder, terminal.folder / SCHOOL)
    reader = built.reader(*built.card("family:belova-anna"))
    page = next(one for one in reader.pages().values() if "Подтверждено" in one)
    assert "Олимпиада по\N{NO-BREAK SPACE}математике" in page and "Орлова Вера Николаевна" in page
    pictures = [reader.open_asset(one) for one in set(_PICTURE.findall(page))]
    assert pictures and not any(Image.open(io.BytesIO(one)).getexif() for one in pictures)
    assert SECRET.encode() not in b"".join(pictures)
