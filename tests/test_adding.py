"""A paper becomes an entry: the wizard `add`, and `inbox` for a whole folder of them."""

import hashlib
import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from generator.curate.piles import Page, group
from generator.curate.questions import ASKED
from generator.model.kinds import ENTRY
from generator.source import Document, parse
from tests.sample import ROOT
from tests.typed import Terminal
from tests.world import world

EVENTS = """\
    events:
      - {id: mat-2026, title: Олимпиада «Формула Севера», date: 2026-11-14, stage: municipal, form: olympiad}
      - {id: mat-2025, title: Олимпиада «Формула Севера», date: 2025-11-15, stage: municipal, form: olympiad}
    """  # noqa: E501
SECRET = "Nokia 3310 near home"
ALL = (
    "--student", "belova-anna", "--kind", "contest", "--event", "mat-2026",
    "--set", "form=olympiad", "--set", "subject=Математика", "--set", "result=призер",
    "--document", "diploma", "--description", "Диплом", "--yes",
)  # fmt: skip


@pytest.fixture
def school(terminal: Terminal) -> Terminal:
    """The smallest whole school, and an event of two years."""
    world(terminal.folder / "portfolios", {"school/events.yml": EVENTS})
    return terminal


def photo(path: Path, *, at: float = 0, colour: str = "beige") -> Path:
    """What a phone makes: lying on its side, with a place and a maker in it."""
    picture = Image.new("RGB", (600, 400), colour)
    picture.paste("navy", (40, 40, 300, 90))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, SECRET
    exif.get_ifd(0x8825)[2] = (55.0, 45.0, 1.0)
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, exif=exif, quality=95)
    if at:
        os.utime(path, (at, at))
    return path


def entries(terminal: Terminal) -> list[Path]:
    """Folders of all entries."""
    found = (terminal.folder / "portfolios/students").glob("*/entries/*")
    return sorted(found)


# --- one paper ---


@pytest.mark.covers("R-056")
def test_a_photograph_becomes_an_entry_light_straight_and_for_the_family(school: Terminal) -> None:
    photo(school.folder / "IMG 1.jpg")
    before = school.files()

    said = school(
        "add", "IMG 1.jpg", "--yes", typed="\x1b[A\nбел\nформула\n\n\nматематика\nпобед\n\n\n"
    )

    (folder,) = entries(school)
    assert re.fullmatch("olimpiada-formula-severa-[a-z0-9]{4}", folder.name)
    id = folder.name[-4:]
    assert folder.joinpath("entry.yml").read_text("utf-8") == (
        f"kind: contest\nid: {id}\ntitle: Олимпиада «Формула Севера»\ndate: 2026-11-14\n"
        "event: mat-2026\nform: olympiad\nsubject: математика\nresult: winner\nscans:\n"
        "  - file: diplom-pobeditelya.jpg\n"
        "    description: Диплом победителя — Олимпиада «Формула Севера»\n"
        "    document: winner-diploma\nvisibility: family\n"
    )
    scan = folder / "diplom-pobeditelya.jpg"
    with Image.open(scan) as light:
        assert [*light.getexif()] == [0x0112]  # how it is turned, and nothing else
        assert ImageOps.exif_transpose(light).size == (400, 600)
    assert SECRET.encode() not in scan.read_bytes()
    assert "только семья" in said
    assert school.mistakes() == []
    assert {f: school.files().get(f) for f in before} == before, "nothing else was touched"
    assert len(school.files()) == len(before) + 2


def test_all_answers_can_be_given_beforehand(school: Terminal) -> None:
    photo(school.folder / "a.jpg")
    photo(school.folder / "b.jpg", colour="white")
    school("add", "a.jpg", "b.jpg", *ALL)

    (folder,) = entries(school)
    assert {one.name for one in folder.iterdir()} == {"entry.yml", "diplom.jpg", "diplom-2.jpg"}
    text = folder.joinpath("entry.yml").read_text("utf-8")
    assert "result: prize-winner" in text
    assert "description: Диплом, страница 2\n" in text
    assert school.mistakes() == []


def test_a_few_answers_are_an_entry_of_every_kind(school: Terminal) -> None:
    for kind in ASKED:
        typed = "\nбел\nСвоё дело\n14.10.2026\n" + "1\n" * 6
        school("add", "--kind", kind, "--yes", typed=typed)

    read = []
    for folder in entries(school):
        document = parse("entry.yml", folder.joinpath("entry.yml").read_bytes())
        assert isinstance(document, Document)
        read.append(ENTRY.validate_python(document.value))
    assert {entry.kind for entry in read} == {*ASKED}
    assert {entry.title for entry in read} == {"Своё дело"}
    assert school.mistakes() == []


PRINT = """\
ДИПЛОМ ПРИЗЁРА
награждается
Белова Анна
олимпиада формула севера, 14 ноября 2026 г.
"""


@pytest.mark.parametrize("languages", ["eng rus", "eng", ""])
def test_what_a_reading_program_finds_is_proposed_and_nobody_needs_one(
    school: Terminal, languages: str
) -> None:
    photo(school.folder / "a.jpg")
    program = school.folder / "bin/tesseract"
    program.parent.mkdir()
    lines = ["#!/bin/sh", f'[ "$1" = --list-langs ] && {{ echo {languages}; exit; }}',
             f"exec /bin/cat {school.folder}/print.txt"]  # fmt: skip
    (school.folder / "print.txt").write_text(PRINT, "utf-8")
    program.write_text("\n".join(lines if languages else ["#!/bin/sh", "exit 1"]), "utf-8")
    program.chmod(0o755)
    school.patch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")

    said = school("add", "a.jpg", "--yes", typed="\n" * 9, end=0 if "rus" in languages else 2)

    if "rus" in languages:
        (folder,) = entries(school)
        text = folder.joinpath("entry.yml").read_text("utf-8")
        assert "event: mat-2026" in text and "result: prize-winner" in text
        assert "document: prize-diploma" in text
    else:
        assert "нет ответа: Кто это" in said
        assert entries(school) == []


@pytest.mark.covers("R-040")
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="no tesseract on this machine")
@pytest.mark.parametrize(
    ("turned", "told", "said"),
    [
        (0, 1, ""),
        (90, 1, "вправо на 90°"),
        (180, 1, "вверх ногами"),
        (270, 1, "влево на 90°"),
        (90, 6, ""),  # lies on its side, and every viewer sets it upright
    ],
)
def test_a_page_that_lies_is_told_with_the_way_to_turn_it(
    school: Terminal, turned: int, told: int, said: str
) -> None:
    poem = ROOT / "portfolios/students/belova-anna/entries/stikhotvorenie-dva-okna-q7iv/rabota.jpg"
    exif = Image.Exif()
    exif[0x0112] = told
    with Image.open(poem) as page:
        page.rotate(turned, expand=True).save(school.folder / "a.jpg", exif=exif, quality=90)
    output = school("add", "a.jpg", *ALL)
    if said:
        assert "a.jpg: похоже, лист" in output and said in output
    else:
        assert "похоже, лист" not in output
    assert entries(school), "it is only said"


def test_what_makes_no_sense_is_not_written_and_told(school: Terminal) -> None:
    wrong = [one for one in ALL if one not in ("--event", "mat-2026")]
    later = ("--title", "x", "--on", "1.9.2027", "--set", "stage=school")
    said = school("add", *wrong, *later, end=1)
    assert "date-in-future" in said and "Ничего не записано" in said
    assert entries(school) == []
    assert "--title" in school("add", *ALL, "--title", "a\x1b[2Jb", end=2)
    for option in ("--event", "--student", "--kind", "--document"):
        photo(school.folder / "a.jpg")
        said = school("add", "a.jpg", *ALL, option, "нет-такого", end=2)
        assert option in said
    (school.folder / "note.jpg").write_text("текст", "utf-8")
    assert "note.jpg" in school("add", "note.jpg", *ALL, end=2)
    assert entries(school) == []


def test_a_name_that_several_bear_is_asked_about(school: Terminal) -> None:
    other = {"records/belova-anna-2/student.yml": "name: {surname: Белова, given: Анна}\n"
             "born: 2009-05-01\nleft: 2025-05-31\n",
             "records/belova-yana/student.yml": "name: {surname: Белова, given: Яна}\n"
             "born: 2016-05-01\n"}  # fmt: skip
    world(school.folder / "portfolios", {"school/events.yml": EVENTS, **other})
    given = [one for one in ALL if one not in ("--student", "belova-anna")]
    said = school("add", *given, typed="белова\n2\n")

    assert "1 Белова Анна, 4 «А»\n   2 Белова Яна\n" in said
    assert [one.parts[-3] for one in entries(school)] == ["belova-yana"]


def test_on_a_public_log_an_entry_names_nobody(school: Terminal) -> None:
    school.patch.setenv("STUPENI_LOG", "public")
    photo(school.folder / "Белова.jpg")
    said = school("add", "Белова.jpg", *ALL)

    assert len(entries(school)) == 1
    assert not any(word in said for word in ("Белова", "belova", "Формула", "formula"))


def test_at_a_real_terminal_ctrl_c_leaves_nothing_half_made(school: Terminal) -> None:
    before = school.files()
    answers = ("\r", "бел\r", "формула\r", "\r", "\r", "\r", "\r", "\x03")
    said, ended = at_terminal(school, ["add"], *answers)

    assert ended == 128 + signal.SIGINT, said
    assert "title: Олимпиада «Формула Севера»" in said
    assert "Записать? (д/н) [д]: " in said
    assert said.rstrip().endswith("Остановлено: ничего не записано")
    assert school.files() == before


def at_terminal(school: Terminal, command: list[str], *typed: str) -> tuple[str, int]:
    """All that a person sees who types this, each time something is asked, and how it ends."""
    master, slave = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "generator", *command],
        cwd=school.folder, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
             "STUPENI_PRIVATE": str(school.folder / "private")},
        preexec_fn=_own_terminal,
    )  # fmt: skip
    os.close(slave)
    seen, answers = b"", list(typed)
    until = time.monotonic() + 60
    # To the end of what is said, not only until it ends: its last words may come just before.
    while time.monotonic() < until:
        if select.select([master], [], [], 0.2)[0]:
            try:
                seen += os.read(master, 4096)
            except OSError:
                break
        elif answers and seen.rstrip(b" ").endswith(b":"):
            os.write(master, answers.pop(0).encode())
            seen += b"\n"
    ended = running.wait(timeout=60)
    os.close(master)
    return seen.decode(errors="replace"), ended


def _own_terminal() -> None:
    import fcntl
    import termios

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


# --- a folder of papers ---


def test_pages_are_grouped_by_name_and_by_time_and_a_pdf_is_whole() -> None:
    names = {
        "IMG_0001.jpg": 100, "IMG_0002.jpg": 110, "IMG_0003.jpg": 900,
        "Грамота стр 2.jpg": 200, "Грамота стр 10.jpg": 300, "Грамота стр 1.jpg": 5000,
        "договор.pdf": 105, "Диплом (1).png": 400,
    }  # fmt: skip
    piles = group(Page(Path(name), made) for name, made in names.items())

    assert [[page.path.name for page in pile] for pile in piles] == [
        ["IMG_0001.jpg", "IMG_0002.jpg"], ["договор.pdf"],
        ["Грамота стр 1.jpg", "Грамота стр 2.jpg", "Грамота стр 10.jpg"],
        ["Диплом (1).png"], ["IMG_0003.jpg"],
    ]  # fmt: skip


def test_a_folder_is_filed_paper_by_paper_and_the_last_can_be_undone(school: Terminal) -> None:
    inbox = school.folder / "inbox"
    for name, at in (("IMG_1.jpg", 100), ("IMG_2.jpg", 105), ("IMG_3.jpg", 500)):
        photo(inbox / name, at=at, colour=("white", "beige", "pink")[int(name[4]) - 1])
    (inbox / "note.txt").write_text("не скан", "utf-8")
    before = {path.name: path.read_bytes() for path in inbox.iterdir()}

    said = school("inbox", "inbox", *ALL, typed="\n0\n")

    assert "Документ: IMG_1.jpg, IMG_2.jpg\n" in said
    assert "Разобрано документов: 1; осталось файлов: 1" in said
    (folder,) = entries(school)
    assert len(list(folder.glob("*.jpg"))) == 2
    left = {p.relative_to(inbox).as_posix() for p in inbox.rglob("*.*") if p.is_file()}
    assert left == {"IMG_3.jpg", "note.txt", "готово/IMG_1.jpg", "готово/IMG_2.jpg"}
    assert school.mistakes() == []

    school("inbox", "inbox", "--undo")
    assert entries(school) == []
    assert {p.name: p.read_bytes() for p in inbox.iterdir() if p.is_file()} == before
    assert "отменять нечего" in school("inbox", "inbox", "--undo", end=2)


def test_one_page_of_a_pile_can_be_filed_alone_and_undone_at_once(school: Terminal) -> None:
    inbox = school.folder / "inbox"
    photo(inbox / "IMG_1.jpg", at=100)
    photo(inbox / "IMG_2.jpg", at=105, colour="white")

    said = school("inbox", "inbox", *ALL, typed="1\nу\n0\n")

    assert said.count("Документ:") == 3
    assert "Отменено: IMG_1.jpg" in said
    assert entries(school) == []


def test_what_is_no_scan_or_makes_no_sense_stays_in_the_folder(school: Terminal) -> None:
    inbox = school.folder / "inbox"
    inbox.mkdir()
    (inbox / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
    said = school("inbox", "inbox", *ALL, typed="\n")

    assert "broken.jpg" in said and "осталось файлов: 1" in said
    assert entries(school) == []


def test_a_link_among_the_scans_chooses_nobodys_folder(school: Terminal) -> None:
    """Whoever may put scans into a shared folder could take files out of another one, or in."""
    inbox, theirs = school.folder / "inbox", school.folder / "theirs"
    photo(inbox / "IMG_1.jpg")
    theirs.mkdir()
    (inbox / "готово").symlink_to(theirs, target_is_directory=True)
    for asked in (ALL, ("--undo",)):
        assert "стоит ссылка" in school("inbox", "inbox", *asked, typed="\n", end=2)
    assert [*theirs.iterdir()] == [] and entries(school) == []


def test_nobody_can_make_undo_remove_what_was_not_filed(school: Terminal) -> None:
    """Whoever may put a scan there may know every byte of an entry, and write a note about it."""
    inbox, entry = school.folder / "inbox", "students/belova-anna/entries/leto-x7k2"
    folder = school.folder / "portfolios" / entry
    folder.mkdir(parents=True)
    (folder / "entry.yml").write_bytes(b"kind: page\n")
    digest = hashlib.sha256(b"kind: page\n").hexdigest()
    (inbox / "готово").mkdir(parents=True)
    forged = {"entry": entry, "files": {"entry.yml": digest}, "originals": {}}
    (inbox / "готово/filed.jsonl").write_text(json.dumps(forged) + "\n", "utf-8")

    assert "отменять нечего" in school("inbox", "inbox", "--undo", end=2)
    assert folder.is_dir()


def test_what_was_changed_since_is_not_undone(school: Terminal) -> None:
    inbox = school.folder / "inbox"
    photo(inbox / "IMG_1.jpg")
    school("inbox", "inbox", *ALL, typed="\n")
    (folder,) = entries(school)

    (folder / "more").mkdir()
    assert "с тех пор изменили" in school("inbox", "inbox", "--undo", end=2)
    (folder / "more").rmdir()
    with (folder / "entry.yml").open("a", encoding="utf-8") as file:
        file.write("reflection: Я старалась\n")
    assert "с тех пор изменили" in school("inbox", "inbox", "--undo", end=2)
    assert folder.is_dir()
