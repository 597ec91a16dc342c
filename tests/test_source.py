"""Files become text with places, or words about why they could not be read."""

import contextlib
import hashlib
import os
import socket
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostic import Diagnostic, Place, Text
from generator.source import (
    Document,
    Tree,
    is_settled,
    parse,
    read_digests,
    read_document,
    read_line,
    read_listing,
    read_places,
    read_stamps,
    strict,
)
from generator.source.blobs import read_blobs
from generator.trouble import Trouble


def value(text: str) -> Tree:
    document = parse("a.yml", text.encode())
    assert isinstance(document, Document), document
    return dict(document.value)


def refusal(raw: bytes) -> tuple[str, int, int]:
    diagnostic = parse("a.yml", raw)
    assert isinstance(diagnostic, Diagnostic), diagnostic
    return diagnostic.code, diagnostic.place.line, diagnostic.place.column


def located(root: Path, text: str, *keys: str | int, on_key: bool = False) -> Place:
    (root / "a.yml").write_text(text, encoding="utf-8")
    mistake = Diagnostic(Place("a.yml", keys=keys, on_key=on_key), "x", Text("", ""), Text("", ""))
    return read_places(root, [mistake])[0].place


# --- what values mean ---


def test_every_value_is_text() -> None:
    written = "a: no\nb: 12:30\nc: 0123\nd: 1_000\ne: 2026-09-01\nf: 5e3\ng: =\nh: .nan\ni: true\n"

    assert value(written) == {
        "a": "no", "b": "12:30", "c": "0123", "d": "1_000", "e": "2026-09-01", "f": "5e3",
        "g": "=", "h": ".nan", "i": "true",
    }  # fmt: skip


@pytest.mark.parametrize(
    "nothing", ["", "~", "null", "Null", "NULL", '""', "''", "' '", "[]", "{}", "[~, '', {}]"]
)
def test_nothing_can_be_written_in_many_ways(nothing: str) -> None:
    assert value(f"a: 1\nb: {nothing}\n") == {"a": "1"}


def test_a_quoted_null_is_a_word() -> None:
    assert value("a: 'null'\nb: \"~\"\n") == {"a": "null", "b": "~"}


@pytest.mark.parametrize("empty", ["", "# только слова\n", "---\n", "~\n", "{}\n", "\ufeff"])
def test_an_empty_file_says_nothing(empty: str) -> None:
    assert value(empty) == {}


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    assert value("\ufeffa: 1\r\nb:\r\n  - 2\r\n") == {"a": "1", "b": ["2"]}


def test_empty_items_leave_no_holes_in_a_list() -> None:
    assert value("a:\n  -\n  - x: ''\n  - [[], ~]\n  - b\n") == {"a": ["b"]}


def test_a_text_in_paragraphs_keeps_them() -> None:
    assert value("a: |\n  раз\n\n  два\n") == {"a": "раз\n\nдва\n"}


# --- what is refused, and where ---


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"a: &x 1", ("yaml-anchor", 1, 4)),
        (b"a: 1\nb: *x", ("yaml-anchor", 2, 4)),
        (b"a: !!str 1", ("yaml-tag", 1, 4)),
        (b"a: ! 1", ("yaml-tag", 1, 4)),
        (b"a:\n  <<: {b: 1}", ("merge-key", 2, 3)),
        (b"? [a]\n: 1", ("key-not-text", 1, 3)),
        (b"'': 1", ("key-not-text", 1, 1)),
        (b"a: 1\nb: 2\na: 3", ("key-twice", 3, 1)),
        (b"a: 1\na:", ("key-twice", 2, 1)),
        (b"a: {b: ~, c: 1, b: 2}", ("key-twice", 1, 17)),
        (b"- a", ("not-a-mapping", 1, 1)),
        (b"word", ("not-a-mapping", 1, 1)),
        (b"a: 1\n---\nb: 2", ("several-documents", 2, 1)),
        (b"a: 1\n...\n---\n", ("several-documents", 3, 1)),
        (b"a:\n\tb: 1", ("broken-yaml", 2, 1)),
        (b"a: 'x", ("broken-yaml", 1, 4)),
        (b"\xef\xbb\xbfa: \xff", ("not-utf8", 1, 4)),
        ("я: ок\nж: ".encode() + b"\xcf\xf0", ("not-utf8", 2, 4)),
        ("a: 1".encode("utf-16"), ("not-utf8", 1, 1)),
        ("я: 1\nб: x\x00".encode(), ("control-character", 2, 5)),
        ("я: 1\nб: 'Бе\u200bлова'".encode(), ("control-character", 2, 7)),
        ("я:\n  - 'аб\u202eвг'".encode(), ("control-character", 2, 8)),
        ("# заметка \u2066\nя: 1".encode(), ("control-character", 1, 11)),
        ("я: 'Бел\u200dова'".encode(), ("control-character", 1, 8)),
        (b'a: 1\nb: [x, "\\x1b[2J"]', ("control-character", 2, 8)),
        (b'a: "\\0"', ("control-character", 1, 4)),
        (b'a: "\\u202e"', ("control-character", 1, 4)),
        (b'a: "x\\U0000200by"', ("control-character", 1, 4)),
        (b'a: "\\x9b31m"', ("control-character", 1, 4)),
        (b'"\\e": 1', ("control-character", 1, 1)),
    ],
)
def test_what_is_not_in_the_subset_is_refused_where_it_stands(
    raw: bytes, said: tuple[str, int, int]
) -> None:
    assert refusal(raw) == said


def test_signs_that_are_seen_or_only_part_and_join_are_read() -> None:
    for fine in (
        "семья 👨\u200d👩\u200d👧",
        "ра\xadдость",
        "❤\ufe0f",
        "1\xa02",
        "می\u200cخواهم",
        "C:\\x1b",
    ):
        assert value(f"a: '{fine}'") == {"a": fine}
    assert value('a: "одна\\nдве\\tтри \\u0451 \\\\x1b"') == {"a": "одна\nдве\tтри ё \\x1b"}


def test_a_quoted_pair_of_less_signs_is_an_ordinary_key() -> None:
    assert value("'<<': 1") == {"<<": "1"}


def test_sixteen_levels_are_read_and_seventeen_are_not() -> None:
    assert value("a: " + "[" * 15 + "x" + "]" * 15)
    assert refusal(b"a: " + b"[" * 16 + b"x" + b"]" * 16) == ("too-deep", 1, 19)


def test_a_hundred_thousand_values_are_read_and_one_more_is_not() -> None:
    # The mapping, its key and the list are values too.
    assert value("a: [" + "x," * 99_997 + "]")
    assert refusal(b"a: [" + b"x," * 99_998 + b"]")[0] == "too-many-values"


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 100_000,
        b"a: " + b"[" * 100_000,
        b"a: " + b"{" * 100_000,
        b"? " * 100_000,
        b"- " * 100_000,
        b"a: &a [x]\n" + b"".join(b"k%d: &b%d [*a, *a]\n" % (i, i) for i in range(1000)),
        b'a: "' + b"x\n" * 400_000,
        b"a: " + b"'" * 500_000,
        b"#\n" * 500_000,
        b": " * 300_000,
    ],
)
def test_hostile_files_neither_crash_nor_keep_us_waiting(raw: bytes) -> None:
    begun = time.process_time()

    assert isinstance(parse("a.yml", raw), Document | Diagnostic)
    assert time.process_time() - begun < 2


@given(st.binary(max_size=300))
def test_any_bytes_are_a_document_or_a_diagnostic(raw: bytes) -> None:
    assert isinstance(parse("a.yml", raw), Document | Diagnostic)


@given(st.text("ab:-[]{}&*!|>'\"#%@`,? \n\tя\r\x85\u2028\ufeff<~\\", max_size=60))
def test_any_signs_that_mean_something_are_a_document_or_a_place_inside(text: str) -> None:
    read = parse("a.yml", text.encode())

    if isinstance(read, Diagnostic):
        lines = strict.LINE_BREAK.split(text)
        assert 1 <= read.place.line <= len(lines) + 1
        assert read.place.column >= 1


def test_a_file_over_one_mebibyte_is_not_even_read(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"#" * (1024 * 1024) + b"\n")
    (tmp_path / "b.yml").write_bytes(b"#" * (1024 * 1024))

    big = read_document(tmp_path, "a.yml")

    assert isinstance(big, Diagnostic)
    assert big.code == "file-too-big"
    assert isinstance(read_document(tmp_path, "b.yml"), Document)


def test_links_pipes_and_folders_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "real.yml").write_text("a: 1")
    (tmp_path / "link.yml").symlink_to("real.yml")
    (tmp_path / "folder.yml").mkdir()
    os.mkfifo(tmp_path / "pipe.yml")
    with socket.socket(socket.AF_UNIX) as made, contextlib.chdir(tmp_path):
        made.bind("socket.yml")

    for name in ("link.yml", "folder.yml", "pipe.yml", "socket.yml"):
        refused = read_document(tmp_path, name)
        assert isinstance(refused, Diagnostic)
        assert refused.code == "not-a-file"


def test_a_file_that_is_not_there_is_a_diagnostic(tmp_path: Path) -> None:
    refused = read_document(tmp_path, "none.yml")

    assert isinstance(refused, Diagnostic)
    assert refused.code == "file-not-opened"


def test_without_libyaml_the_run_cannot_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict, "CParser", None)

    with pytest.raises(Trouble):
        parse("a.yml", b"a: 1")


# --- places ---


def test_places_are_exact(tmp_path: Path) -> None:
    text = "название: «Ёж»\nscans:\n  - file: b.jpg\n    text: 'два слова'\n  - {file: c.jpg}\n"

    def at(*keys: str | int, on_key: bool = False) -> tuple[int, int, int]:
        place = located(tmp_path, text, *keys, on_key=on_key)
        return place.line, place.column, place.width

    assert at("название") == (1, 11, 4)
    assert at("название", on_key=True) == (1, 1, 8)
    assert at("scans", on_key=True) == (2, 1, 5)
    assert at("scans", 0, "file") == (3, 11, 5)
    assert at("scans", 0, "text") == (4, 11, 11)
    assert at("scans", 1, "file") == (5, 12, 5)


def test_what_is_missing_is_placed_at_the_nearest_key(tmp_path: Path) -> None:
    text = "a: 1\nabout:\n  text: x\nlist:\n  - b: 1\nempty:\n"

    def at(*keys: str | int) -> tuple[int, int]:
        place = located(tmp_path, text, *keys)
        return place.line, place.column

    assert at("none") == (1, 1)
    assert at("about", "motto") == (2, 1)
    assert at("list", 0, "c") == (5, 5)
    assert at("empty") == (6, 1)


def test_the_only_key_of_a_file_has_a_place_though_it_is_empty(tmp_path: Path) -> None:
    assert located(tmp_path, "# слова\n\nkind:\n", "kind").line == 3


def test_an_empty_item_does_not_shift_the_places_after_it(tmp_path: Path) -> None:
    text = "list:\n  -\n  - a: ~\n  - a: 1\n    b: 2\n"

    assert located(tmp_path, text, "list", 0, "a").line == 4
    assert located(tmp_path, text, "list", 0, "b").line == 5


def test_a_key_of_an_empty_item_is_not_taken_for_the_next_items(tmp_path: Path) -> None:
    assert located(tmp_path, "list:\n  - a: ~\n  - b: 2\n", "list", 0, "a").line == 3


def test_a_place_behind_a_byte_order_mark_is_exact(tmp_path: Path) -> None:
    assert located(tmp_path, "\ufeffa: 1\n", "a").column == 4


def test_a_text_of_many_lines_is_as_wide_as_its_first(tmp_path: Path) -> None:
    place = located(tmp_path, 'a: "раз\n  два"\n', "a")

    assert (place.line, place.column, place.width) == (1, 4, 4)


def test_a_place_that_is_already_known_stays(tmp_path: Path) -> None:
    known = Diagnostic(Place("a.yml", 7, 3, keys=("a",)), "x", Text("", ""), Text("", ""))

    assert read_places(tmp_path, [known]) == [known]


def test_a_whole_file_has_no_line(tmp_path: Path) -> None:
    assert located(tmp_path, "a: 1\n").line == 0


def test_a_line_can_be_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("\ufeffраз\r\nдва\n", encoding="utf-8", newline="")

    assert [read_line(tmp_path, "a.yml", line) for line in (0, 1, 2, 9)] == ["", "раз", "два", ""]
    assert read_line(tmp_path, "none.yml", 1) == ""


# --- digests ---

ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-4, "abc"


def scan(root: Path, content: bytes, age: int = 60) -> None:
    (root / "a.jpg").write_bytes(content)
    then = time.time() - age
    os.utime(root / "a.jpg", (then, then))


def test_a_digest_is_the_sha256_of_the_bytes(tmp_path: Path) -> None:
    scan(tmp_path, b"abc")

    digest = read_digests(tmp_path, read_stamps(tmp_path, ["a.jpg"]), None)["a.jpg"]

    assert (digest.size, digest.sha256) == (3, ABC)
    assert [path.name for path in tmp_path.iterdir()] == ["a.jpg"]


def _only(cache: Path) -> Path:
    (shard,) = cache.iterdir()
    return shard


def _lie(cache: Path, digest: str, other: str = ABC) -> None:
    for shard in cache.iterdir():
        shard.write_text(shard.read_text().replace(digest, other))


def test_an_untouched_file_is_not_read_again_and_a_touched_one_is(tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "digests"
    scan(tmp_path, b"xyz")
    first = read_digests(tmp_path, read_stamps(tmp_path, ["a.jpg"]), cache)
    remembered = first["a.jpg"].sha256
    _lie(cache, remembered)

    assert read_digests(tmp_path, read_stamps(tmp_path, ["a.jpg"]), cache)["a.jpg"].sha256 == ABC
    scan(tmp_path, b"xyz", age=30)
    assert read_digests(tmp_path, read_stamps(tmp_path, ["a.jpg"]), cache) == first


def test_a_file_that_changed_while_the_cache_was_written_is_read_again(tmp_path: Path) -> None:
    cache = tmp_path / "digests"
    scan(tmp_path, b"xyz", age=0)
    read_digests(tmp_path, read_stamps(tmp_path, ["a.jpg"]), cache)
    stamp = (tmp_path / "a.jpg").stat().st_mtime_ns
    (tmp_path / "a.jpg").write_bytes(b"abc")
    os.utime(tmp_path / "a.jpg", ns=(stamp, stamp))
    os.utime(_only(cache), ns=(stamp, stamp))

    assert read_digests(tmp_path, read_stamps(tmp_path, ["a.jpg"]), cache)["a.jpg"].sha256 == ABC


def test_in_a_fresh_clone_bytes_that_git_vouches_for_are_not_read_again(tmp_path: Path) -> None:
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@x.test", "-c", "init.defaultBranch=m")
    first, second, cache = tmp_path / "one", tmp_path / "two", tmp_path / "digests"
    names = [f"{n}.jpg" for n in range(30)]
    first.mkdir()
    for name in names:
        (first / name).write_bytes(name.encode())
    for command in (("init", "-q"), ("add", "."), ("commit", "-qm", "all")):
        subprocess.run([*git, *command], cwd=first, check=True)
    true = read_digests(first, read_stamps(first, names), cache)
    subprocess.run([*git, "clone", "-q", first, second], check=True)
    then = time.time() - 60
    for number, name in enumerate(names):
        os.utime(second / name, (then + number, then + number))
    subprocess.run([*git, "update-index", "-q", "--refresh"], cwd=second, check=True)
    # What is remembered is taken at its word, so a wrong word tells that no file was read.
    _lie(cache, true["3.jpg"].sha256)
    (second / "4.jpg").write_bytes(b"changed since")
    found = read_digests(second, read_stamps(second, names), cache)
    assert found["3.jpg"].sha256 == ABC
    assert found["4.jpg"].sha256 == hashlib.sha256(b"changed since").hexdigest()
    others = [name for name in names if name not in ("3.jpg", "4.jpg")]
    assert [found[name] for name in others] == [true[name] for name in others]


def _git(folder: Path, *words: str) -> None:
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@x.test", "-c", "init.defaultBranch=m")
    subprocess.run([*git, *words], cwd=folder, check=True, capture_output=True)


def _hostile_repository(here: Path, ran: Path) -> None:
    """What a commit may put into a folder so that Git takes the folder for a repository: its index
    lacks a tree, and its settings say which program fetches that."""
    made = here.parent / "made"
    for folder in ("a", "b/c"):
        (made / folder).mkdir(parents=True)
        (made / folder / "f").write_text("x")
    for words in (
        ("init",), ("add", "."), ("commit", "-m", "x"),
        ("sparse-checkout", "init", "--cone", "--sparse-index"), ("sparse-checkout", "set", "a"),
    ):  # fmt: skip
        _git(made, *words)
    for name in ("HEAD", "index"):
        (here / name).write_bytes((made / ".git" / name).read_bytes())
    for name in ("objects", "refs"):
        (here / name).mkdir()
    (here / "config").write_text(
        "[core]\n\trepositoryformatversion = 1\n\tbare = false\n\tworktree = .\n"
        "\tsparseCheckout = true\n\tsparseCheckoutCone = true\n[index]\n\tsparse = true\n"
        '[extensions]\n\tpartialClone = origin\n[remote "origin"]\n'
        f'\turl = "ext::sh -c touch% {ran}"\n\tpromisor = true\n'
        '\tpartialclonefilter = blob:none\n[protocol "ext"]\n\tallow = always\n'
    )


def test_no_program_runs_that_came_with_the_folder(tmp_path: Path) -> None:
    root, ran = tmp_path / "portfolios", tmp_path / "ran"
    root.mkdir()
    _git(tmp_path, "init")
    _hostile_repository(root, ran)
    subprocess.run(["git", "ls-files", "-s"], cwd=root, check=False, capture_output=True)
    assert ran.exists(), "it would run"
    ran.unlink()

    assert read_blobs(root) == {}
    assert not ran.exists()


def test_no_filter_runs_that_the_folder_s_settings_name(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    _git(tmp_path, "init")
    (tmp_path / ".gitattributes").write_text("*.jpg filter=x\n")
    (tmp_path / "a.jpg").write_bytes(b"abc")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-m", "x")
    _git(tmp_path, "config", "filter.x.clean", f"touch {ran}; cat")
    (tmp_path / "a.jpg").write_bytes(b"xyz")  # as long as before: only its bytes tell

    assert "a.jpg" not in read_blobs(tmp_path)
    assert not ran.exists()


def test_a_file_that_git_was_told_to_pass_over_is_read(tmp_path: Path) -> None:
    _git(tmp_path, "init")
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        (tmp_path / name).write_bytes(b"abc")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "update-index", "--assume-unchanged", "a.jpg")
    _git(tmp_path, "update-index", "--skip-worktree", "b.jpg")
    assert [*read_blobs(tmp_path)] == ["c.jpg"]


@pytest.mark.parametrize("where", [".", "below"])
def test_git_speaks_of_a_second_work_tree_too(tmp_path: Path, where: str) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    (first / "below").mkdir(parents=True)
    (first / "below/a.jpg").write_bytes(b"abc")
    for words in (("init",), ("add", "."), ("commit", "-m", "x")):
        _git(first, *words)
    _git(first, "worktree", "add", str(second))
    for top in (first, second):
        assert [Path(name).name for name in read_blobs(top / where)] == ["a.jpg"]


@pytest.mark.parametrize(
    ("changed", "at", "settled"),
    [
        (5_000_000_001, 5_030_000_000, True),
        (5_000_000_001, 5_010_000_000, False),
        (5_000_000_001, 4_000_000_000, False),
        # A clock that counts whole seconds, or two of them: FAT, HFS+, some network disks.
        (5_000_000_000, 6_900_000_000, False),
        (5_000_000_000, 7_100_000_000, True),
    ],
)
def test_a_file_that_may_change_once_more_within_one_tick_is_not_settled(
    changed: int, at: int, settled: bool
) -> None:
    assert is_settled(changed, at) is settled


def test_a_file_whose_size_and_time_were_put_back_is_read_again(tmp_path: Path) -> None:
    cache = tmp_path / "digests"
    scan(tmp_path, b"xyz", age=60)
    read_digests(tmp_path, read_stamps(tmp_path, ["a.jpg"]), cache)
    stamp = (tmp_path / "a.jpg").stat().st_mtime_ns
    (tmp_path / "a.jpg").write_bytes(b"abc")
    os.utime(tmp_path / "a.jpg", ns=(stamp, stamp))

    assert read_digests(tmp_path, read_stamps(tmp_path, ["a.jpg"]), cache)["a.jpg"].sha256 == ABC


def test_a_listing_has_every_name_and_how_every_file_looks(tmp_path: Path) -> None:
    for file in ("b/2.yml", "b/1.yml", "a.yml", ".hidden/in.yml", "made/in.yml"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("text")
    (tmp_path / "link").symlink_to(tmp_path / "b", target_is_directory=True)

    found = read_listing(tmp_path, without={"made"})

    # What is not looked into is named all the same: somebody may have to say that it is there.
    assert found.names == {"": [".hidden", "a.yml", "b", "link", "made"], "b": ["1.yml", "2.yml"]}
    plain = ("a.yml", "b/1.yml", "b/2.yml")
    assert [path for path, one in found.stamps.items() if one.is_plain] == [*plain]
    assert found.stamps.keys() == {*plain, "link"}
    assert {file: found.stamps[file] for file in plain} == read_stamps(tmp_path, plain)


def test_a_listing_is_of_these_folders_alone_or_of_what_is_no_folder(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        scan(tmp_path / folder, b"abc")

    assert read_listing(tmp_path, "b", "c").names == {"b": ["a.jpg"]}
    assert read_listing(tmp_path, "b", "c").stamps == read_stamps(tmp_path, ["b/a.jpg"])
    file = read_listing(tmp_path / "a" / "a.jpg")
    assert (file.names, [*file.stamps]) == ({}, [""])
    nothing = read_listing(tmp_path / "nowhere")
    assert (nothing.names, nothing.stamps) == ({}, {})


def test_what_goes_while_somebody_looks_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (".a.yml.swp", "a.yml"):
        (tmp_path / name).write_text("text")
    scandir = os.scandir

    def late(folder: str) -> contextlib.nullcontext[list[os.DirEntry[str]]]:
        listed = list(scandir(folder))
        (tmp_path / ".a.yml.swp").unlink()
        return contextlib.nullcontext(listed)

    monkeypatch.setattr(os, "scandir", late)
    found = read_listing(tmp_path)

    assert (found.names, [*found.stamps]) == ({"": ["a.yml"]}, ["a.yml"])


def test_without_git_every_file_is_read(tmp_path: Path) -> None:
    assert read_blobs(tmp_path) == {}


@pytest.mark.parametrize(
    "damaged",
    ["", "{", "[]", "null", '{"a.jpg": 1}', '{"a.jpg": [3, 0, "x"]}', '{"a.jpg": [3]}',
     '{"a.jpg": ["x", [], null]}', "[" * 100_000, "\udcff"],
)  # fmt: skip
def test_a_damaged_cache_is_an_empty_one(tmp_path: Path, damaged: str) -> None:
    cache = tmp_path / "digests"
    scan(tmp_path, b"abc")
    read_digests(tmp_path, read_stamps(tmp_path, ["a.jpg"]), cache)
    _lie(cache, ABC, "0" * 64)  # it would be believed
    _only(cache).write_bytes(damaged.encode("utf-8", "surrogateescape"))

    assert read_digests(tmp_path, read_stamps(tmp_path, ["a.jpg"]), cache)["a.jpg"].sha256 == ABC


def test_what_is_remembered_is_its_owner_s_alone_whatever_the_umask(tmp_path: Path) -> None:
    scan(tmp_path, b"abc")
    before = os.umask(0o002)
    try:
        read_digests(tmp_path, read_stamps(tmp_path, ["a.jpg"]), tmp_path / "private/digests")
    finally:
        os.umask(before)
    for folder in (tmp_path / "private", tmp_path / "private/digests"):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_nothing_changed_means_nothing_written(tmp_path: Path) -> None:
    cache = tmp_path / "digests"
    scan(tmp_path, b"abc")
    read_digests(tmp_path, read_stamps(tmp_path, ["a.jpg"]), cache)
    before = _only(cache).stat()

    read_digests(tmp_path, read_stamps(tmp_path, ["a.jpg"]), cache)

    after = _only(cache).stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_what_changes_in_one_folder_is_written_in_one_small_file(tmp_path: Path) -> None:
    cache = tmp_path / "digests"
    files = [f"students/pupil-{number}/portfolio.yml" for number in range(40)]
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).write_bytes(b"abc")
    read_digests(tmp_path, read_stamps(tmp_path, files), cache)
    before = {shard: shard.stat().st_ino for shard in cache.iterdir()}
    (tmp_path / files[7]).write_bytes(b"longer than before")

    found = read_digests(tmp_path, read_stamps(tmp_path, files), cache)

    assert found[files[7]].size == 18
    changed = [shard for shard in cache.iterdir() if before[shard] != shard.stat().st_ino]
    assert len(before) > 10
    assert [files[7] in shard.read_text() for shard in changed] == [True]


def test_a_deleted_file_is_forgotten(tmp_path: Path) -> None:
    cache = tmp_path / "digests"
    scan(tmp_path, b"abc")
    read_digests(tmp_path, read_stamps(tmp_path, ["a.jpg"]), cache)

    read_digests(tmp_path, read_stamps(tmp_path, []), cache)

    assert "a.jpg" not in _only(cache).read_text()
