"""The room that hands over: the sweep, the switch, the register."""

import base64
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.parse
from fnmatch import fnmatch
from pathlib import Path

import pytest

from generator.model.site import EngineFile, File, Laid, PrivateWord, Shell, Shells
from generator.publish import Release, lay_frame, plan, sweep, write_release
from generator.publish.headers import compose_headers
from generator.publish.release import digest_files
from generator.publish.sweep import _fold, _fold_all
from generator.publish.tree import read_tree, sync_disk
from generator.trouble import Trouble

NAME = PrivateWord("Белова", "records/belova-anna/student.yml")
TITLE = PrivateWord("Диплом за «Ёлочку»", "students/belova-anna/entries/e/entry.yml")
SLUG = PrivateWord("belova-anna", "records/belova-anna/student.yml")
SHORT = PrivateWord("Ян", "records/yan/student.yml")
WORDS = (NAME, TITLE, SLUG, SHORT)
PAYLOAD = b'<template id="sealed">%s</template>'


def _found(path: str, content: bytes) -> list[str]:
    return [leak.where for leak in sweep([File(path, content)], WORDS).leaks]


def test_sentences_that_begin_alike_are_told_apart() -> None:
    begun = "Мы с ребятами весной посадили"
    birch, oak = (PrivateWord(f"{begun} {tree}", tree) for tree in ("берёзу", "дуб у школы"))
    for said, found in ((oak.text, [oak.where]), (begun, []), (f"{begun} дубок", [])):
        swept = sweep([File("u/page.js", said.encode())], (birch, oak))
        assert [leak.where for leak in swept.leaks] == found


@pytest.mark.covers("R-135")
@pytest.mark.parametrize(
    "content",
    [
        "Белова".encode(),
        "<b>БЕЛОВА</b>".encode(),
        json.dumps("Белова").encode(),
        urllib.parse.quote("Белова").encode(),
        "".join(f"&#{ord(sign)};" for sign in "Белова").encode(),
        "".join(f"&#x{ord(sign):x};" for sign in "белова").encode(),
        "Белова".encode("utf-16-le"),
        b"<p>" + "Белова".encode("utf-16-le") + b"</p>",
        b"<i>!" + "Белова".encode("utf-16-be") + b"</i>",
        "Белова".encode("cp1251"),
        gzip.compress("Белова".encode()),
        PAYLOAD % base64.b64encode(("x" * 60 + " Белова ").encode()),
        PAYLOAD % base64.b64encode(gzip.compress(("<p>Белова</p>" + "абв " * 50).encode())),
    ],
    ids=[
        "plain",
        "caps",
        "json",
        "percent",
        "entities",
        "hex",
        "utf16",
        "utf16-odd",
        "utf16-even",
        "cp1251",
        "gzip",
        "base64",
        "base64+gzip",
    ],
)
def test_a_name_is_found_however_it_is_written(content: bytes) -> None:
    assert _found("p/x.html", content) == [NAME.where]


def test_words_are_folded_all_at_once_as_one_by_one() -> None:
    texts = ["Е\u0308лка", "\u0308 Groß\u00ad  ΑΣ ", "", "две\nстроки", "и\u0306"]
    for some in (texts, [*texts, "a\0b"], []):
        assert [*_fold_all(some)] == [_fold(text) for text in some]


def test_a_long_path_is_not_taken_for_base64() -> None:
    path = b"x/" + b"students/" * 9 + b"belova-anna/entry"
    assert _found("u/page.js", path) == [SLUG.where]
    plain = PrivateWord("kravtsov", "records/k/student.yml")
    for folders in (9, 90):  # the longer one could be sealed, but for what it spells
        swept = sweep([File("u/page.js", b"students/" * folders + b"kravtsov/entry")], (plain,))
        assert [leak.where for leak in swept.leaks] == [plain.where]


def test_a_word_in_a_part_that_many_files_share_is_found() -> None:
    shared = "<p>Белова</p>".encode()
    files = [File(f"p/{name * 16}.html", shared) for name in "ab"]
    assert [leak.where for leak in sweep(files, WORDS).leaks] == [NAME.where]


def test_a_title_is_found_across_line_breaks_spaces_and_yo() -> None:
    assert _found("x", "диплом\n  за\u00a0«елочку»".encode()) == [TITLE.where]


@pytest.mark.covers("R-135")
def test_a_file_name_is_read_too() -> None:
    assert _found("p/belova-anna.html", b"") == [SLUG.where]


def test_a_short_word_of_the_frame_is_chance_there_and_around_every_sealed_page() -> None:
    frame = "<title>Школа</title> Ещё раз. "
    surname = PrivateWord("Школа", "records/shkola/student.yml")
    phrase = PrivateWord("Ещё раз", "students/a/entries/b/entry.yml")
    files = [File("index.html", frame.encode(), "frame"), File("p/a.html", frame.encode())]
    assert sweep(files, (surname, phrase)).leaks == ()
    sealed = PAYLOAD % base64.b64encode(("x" * 400 + " Школа ").encode())
    assert [leak.path for leak in sweep([*files, File("p/b.html", sealed)], (surname,)).leaks] == [
        "p/b.html"
    ]


def test_a_full_name_or_a_title_in_the_frame_is_a_leak() -> None:
    name = PrivateWord("Анна Белова-Корсакова", "records/a/student.yml")
    frame = File("u/page.js", "/* спросить у Анны: анна белова-корсакова */".encode(), "frame")
    assert [leak.path for leak in sweep([frame], (name,)).leaks] == ["u/page.js"]


def test_a_sentence_of_our_own_locked_page_is_nobodys_and_one_beside_it_is_a_leak() -> None:
    said = "Нет карточки? Спросите классного руководителя."
    hers = PrivateWord("Нет карточки? Спросите классного руководителя", "students/a/portfolio.yml")
    ours = [File("index.html", said.encode(), "frame")]
    page = File("p/a.html", said.encode() + PAYLOAD % base64.b64encode(b"x" * 400))
    assert sweep([*ours, page], (hers,), ours).leaks == ()
    assert [leak.path for leak in sweep([*ours], (hers,)).leaks] == ["index.html"]
    elsewhere = File("u/page.js", said.encode(), "frame")
    assert [leak.path for leak in sweep([elsewhere], (hers,), ours).leaks] == ["u/page.js"]
    sealed = File("p/b.html", PAYLOAD % base64.b64encode(("x" * 400 + said).encode()))
    assert [leak.path for leak in sweep([*ours, sealed], (hers,), ours).leaks] == ["p/b.html"]
    name = PrivateWord("Анна Белова-Корсакова", "records/a/student.yml")
    changed = File("index.html", f"{said} {name.text}".encode(), "frame")
    found = sweep([changed], (hers, name), ours).leaks
    assert [(leak.path, leak.where) for leak in found] == [("index.html", name.where)]


def test_in_what_others_wrote_a_short_word_is_chance_there_alone() -> None:
    vendor = File("assets/x.js", f"Белова {TITLE.text}".encode(), "vendor")
    page = File("p/a.html", "Белова".encode())
    found = {(leak.path, leak.where) for leak in sweep([vendor, page], WORDS).leaks}
    assert found == {("assets/x.js", TITLE.where), ("p/a.html", NAME.where)}


def test_invisible_signs_hide_nothing() -> None:
    assert _found("x", "Бе\u00adло\u200bва".encode()) == [NAME.where]


def test_short_words_count_only_when_they_stand_alone() -> None:
    assert _found("x", "Январь и обезьян".encode()) == []
    assert _found("x", "мальчик Ян.".encode()) == [SHORT.where]


def test_a_leak_never_repeats_the_word() -> None:
    assert "Белова" not in repr(sweep([File("x", "Белова".encode())], WORDS).leaks)


def test_sealed_bytes_and_opaque_names_are_no_leak() -> None:
    noise = random.Random(7).randbytes(200_000)
    content = PAYLOAD % base64.b64encode(noise)
    assert _found("p/xjg3dxmhd432ba7c.html", content) == []


def test_the_sweep_says_how_much_it_searched() -> None:
    swept = sweep([File("a", b"12345"), File("b", b"678")], WORDS)
    assert (swept.words, swept.files, swept.size) == (4, 2, 8)


SHELLS = Shells(Shell(("",)), (EngineFile("assets/main.css", b"body{}", True),), ("sha256-abc",))
LOCKED = Shell(("<html>", "root", "", "id", "", "payload", "</html>"))


def test_the_plan_is_an_allow_list() -> None:
    frame = lay_frame(SHELLS, (LOCKED, ""), "default-src 'none'")
    files = plan(frame, [File("p/a.html", b"sealed")])
    assert [file.path for file in files] == [
        "404.html", "_headers", "assets/main.css", "index.html", "p/a.html", "robots.txt",
    ]  # fmt: skip


def test_the_file_of_headers_names_each_of_them_once_for_every_place() -> None:
    rules: dict[str, list[tuple[str, str]]] = {}
    for line in compose_headers("default-src 'none'").splitlines():
        if line.startswith("/"):
            place = rules.setdefault(line, [])
        else:
            name, _, value = line.strip().partition(": ")
            place.append((name, value))
    assert ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'") in rules["/*"]

    for file in ("index.html", "p/a.html", "k/b.js", "a/c.js", "u/d/e.js", "assets/f.css", ""):
        held = [h for place in rules if fnmatch(f"/{file}", place) for h in rules[place]]
        names = [name for name, _ in held]
        assert sorted(names) == sorted({*names}), "hosts join what two rules say of one header"
        lasting = "immutable" in dict(held)["Cache-Control"]
        assert lasting == file.startswith(("a/", "u/")), file
        assert "public" not in dict(held)["Cache-Control"]


def test_two_files_of_one_path_are_our_bug_and_said() -> None:
    with pytest.raises(ValueError, match="one path"):
        plan(lay_frame(SHELLS, (LOCKED, ""), ""), [File("index.html", b"")])


def written(output: Path, level: str, files: tuple[File, ...]) -> Release:
    with write_release(output, level, files) as release:
        pass
    return release


ONE = (File("index.html", b"one"), File("p/a.html", b"same"))
TWO = (File("index.html", b"two"), File("p/a.html", b"same"), File("p/b.html", b"new"))


def test_a_release_is_whole_and_only_changes_are_written(tmp_path: Path) -> None:
    first = written(tmp_path, "primary", ONE)
    inode = (tmp_path / "primary/p/a.html").stat().st_ino
    second = written(tmp_path, "primary", TWO)

    assert (first.changed, second.changed) == (2, 2)
    assert (tmp_path / "primary/index.html").read_bytes() == b"two"
    assert (tmp_path / "primary/p/a.html").stat().st_ino == inode


def test_an_identical_release_touches_nothing(tmp_path: Path) -> None:
    written(tmp_path, "primary", ONE)
    before = {p: p.lstat().st_mtime_ns for p in tmp_path.rglob("*")}
    again = written(tmp_path, "primary", ONE)

    assert again.changed == 0
    assert {p: p.lstat().st_mtime_ns for p in tmp_path.rglob("*")} == before


def test_what_is_gone_is_gone_and_two_releases_are_kept(tmp_path: Path) -> None:
    for number in range(4):
        written(tmp_path, "basic", (File("index.html", b"%d" % number),))
    written(tmp_path, "primary", TWO)
    assert written(tmp_path, "primary", ONE).changed == 2

    assert not (tmp_path / "primary/p/b.html").exists()
    assert len(list((tmp_path / ".releases").glob("basic-*"))) == 2


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _places(output: Path, level: str) -> tuple[Path, Path]:
    """Of the live release, and of what the next one will be made of."""
    live = (output / level).resolve()
    (spare,) = (one for one in (output / ".releases").glob(f"{level}-*") if one != live)
    return live, spare


def test_a_release_is_made_of_the_one_before_the_last_which_stands_until_then(
    tmp_path: Path,
) -> None:
    written(tmp_path, "primary", ONE)
    live, twin = _places(tmp_path, "primary")
    assert _bytes(twin) == _bytes(live)
    folder = twin.stat().st_ino

    for files, before in ((TWO, ONE), (ONE[:1], TWO), (TWO, ONE[:1])):
        written(tmp_path, "primary", files)
        live, spare = _places(tmp_path, "primary")
        assert _bytes(live) == {file.path: file.content for file in files}
        assert _bytes(spare) == {file.path: file.content for file in before}
        made, folder = folder, spare.stat().st_ino
        assert live.stat().st_ino == made


def test_what_somebody_did_to_the_release_before_the_last_reaches_neither_readers_nor_others(
    tmp_path: Path,
) -> None:
    output, mine = tmp_path / "site", tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("mine")
    files = (*TWO, File("u/1/page.js", b"script"), File("u/1/page.css", b"style"))
    written(output, "primary", files)
    live, spare = _places(output, "primary")
    for path in ("p/a.html", "p/b.html", "u/1/page.js", "u/1/page.css"):
        (spare / path).unlink()
    (spare / "p/a.html").write_bytes(b"evil")
    (spare / "p/b.html").mkdir()
    (spare / "p/b.html/thesis.txt").symlink_to(mine / "thesis.txt")
    (spare / "u/1").rmdir()
    (spare / "u/1").symlink_to(mine)
    (spare / "foreign/deep").mkdir(parents=True)
    (spare / "foreign/deep/x.html").write_bytes(b"evil")

    written(output, "primary", (*files[1:], File("index.html", b"three")))
    wanted = {file.path: file.content for file in files} | {"index.html": b"three"}
    assert _bytes(output / "primary") == wanted
    assert not (output / "primary/foreign").exists()
    assert (output / "primary/p/a.html").samefile(live / "p/a.html")
    assert _bytes(mine) == {"thesis.txt": b"mine"}


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "primary").mkdir()
    (tmp_path / "primary/thesis.txt").write_text("mine")
    with pytest.raises(Trouble, match="did not make"):
        written(tmp_path, "primary", ONE)
    assert (tmp_path / "primary/thesis.txt").read_text() == "mine"


def test_a_release_that_somebody_touched_is_made_whole_again(tmp_path: Path) -> None:
    written(tmp_path, "primary", ONE)
    (tmp_path / "primary/p/a.html").write_bytes(b"evil")
    (tmp_path / "primary/p/foreign.html").write_bytes(b"evil")
    written(tmp_path, "primary", ONE)
    assert (tmp_path / "primary/p/a.html").read_bytes() == b"same"
    assert not (tmp_path / "primary/p/foreign.html").exists()
    assert written(tmp_path, "primary", ONE).changed == 0


def test_a_release_says_how_it_lies_and_is_told_how_the_one_before_lay(tmp_path: Path) -> None:
    def lies() -> str:
        return read_tree((tmp_path / "primary").resolve()).mark

    for files in (ONE, TWO, TWO):
        before = read_tree((tmp_path / "primary").resolve()) if files != ONE else None
        with write_release(tmp_path, "primary", files, before) as release:
            pass
        assert release.lies == lies()
    # What somebody saw of another release is not believed of this one.
    _, spare = _places(tmp_path, "primary")
    with write_release(tmp_path, "primary", TWO, read_tree(spare)) as release:
        pass
    assert (release.lies, release.changed) == (lies(), 0)
    os.utime(tmp_path / "primary/p/a.html", (1, 1))
    assert release.lies != lies()
    assert written(tmp_path, "primary", TWO).lies == lies()


def test_what_was_touched_since_somebody_looked_is_never_handed_over(tmp_path: Path) -> None:
    written(tmp_path, "primary", ONE)
    before = read_tree((tmp_path / "primary").resolve())
    (tmp_path / "primary/p/a.html").write_bytes(b"evil")
    kept: tuple[Laid, ...] = before.kept
    kept = (TWO[0], *(one for one in kept if one.path == "p/a.html"))
    with pytest.raises(Trouble, match="somebody is changing"):  # noqa: SIM117
        with write_release(tmp_path, "primary", kept, before):
            pass
    assert (tmp_path / "primary/index.html").read_bytes() == b"one"


def test_a_disk_says_when_all_that_was_written_is_there(tmp_path: Path) -> None:
    assert sync_disk(tmp_path)
    # More than are asked for one by one.
    files = tuple(File(f"p/{number}.html", b"%d" % number) for number in range(1000))
    written(tmp_path, "senior", files)
    assert _bytes(tmp_path / "senior") == {file.path: file.content for file in files}


def test_a_linked_folder_of_releases_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site/.releases").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Trouble, match="did not make"):
        written(tmp_path / "site", "primary", ONE)


WRITER = """
import sys
from pathlib import Path
from generator.model.site import File
from generator.publish import write_release
number = 0
print("ready", flush=True)
while True:
    number += 1
    files = tuple(File(f"p/{i}.html", b"%d" % number * 500) for i in range(60))
    with write_release(Path(sys.argv[1]), "primary", files):
        pass
"""


def test_killed_at_any_moment_the_site_is_one_whole_release(tmp_path: Path) -> None:
    chance = random.Random(3)
    written(tmp_path, "primary", tuple(File(f"p/{i}.html", b"first") for i in range(60)))
    for _ in range(12):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE
        )
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(0.05 + chance.random() * 0.1)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        pages = [path.read_bytes() for path in (tmp_path / "primary/p").iterdir()]
        assert len(pages) == 60
        assert len(set(pages)) == 1
    written(tmp_path, "primary", ONE)
    assert not list((tmp_path / ".releases").glob(".partial-*"))


def test_the_digest_of_a_site_knows_paths_and_bytes() -> None:
    assert digest_files(ONE) == digest_files(tuple(reversed(ONE)))
    assert len({digest_files(ONE), digest_files(TWO), digest_files(ONE[:1])}) == 3
