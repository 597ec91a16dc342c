"""`fmt` puts keys in the models' order, gives missing ids, and changes nothing else."""

import os
import re
import shutil
from collections import Counter
from itertools import cycle
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.curate import Change, Tidied, write_changes
from generator.curate.ids import SIGNS, Choose
from generator.curate.records import records_in
from generator.flow.files import tidy
from generator.source import Document, Tree, parse, rewrite
from generator.trouble import Trouble
from tests.golden import CASES, names, read_case
from tests.hand import write_by_hand
from tests.sample import ROOT
from tests.world import world

PORTFOLIO = "students/belova-anna/portfolio.yml"
ENTRY = "students/belova-anna/entries/{}/entry.yml"
NEW = "kind: contest\ntitle: Олимпиада\ndate: 2026-10-14\nform: olympiad\n"
SAMPLE = sorted((ROOT / "portfolios").rglob("*.yml"))


def signs(words: str = "a2bcd3efg4hj") -> Choose:
    """Chance that always throws the same signs."""
    thrown = cycle(words)
    return lambda _: next(thrown)


def run(root: Path, choose: Choose | None = None, *, write: bool = True) -> Tidied:
    return tidy(root, choose or signs(), write=write)


def in_order(file: str, raw: bytes) -> bytes:
    """One file of the layout, put in order."""
    return rewrite(raw, {one.keys: one.order for one in records_in(file, tree(raw))}, {})


def tree(raw: bytes) -> dict[str, Tree]:
    document = parse("a.yml", raw)
    assert isinstance(document, Document), document
    return dict(document.value)


# --- what it looks like ---


@pytest.mark.parametrize("name", names("fmt"))
def test_a_file_comes_out_as_the_case_shows(name: str, tmp_path: Path) -> None:
    case = read_case("fmt", name)
    world(tmp_path, {case["file"]: case["before"].encode()})

    tidied = run(tmp_path)

    assert [change.file for change in tidied.changes] == [case["file"]]
    assert (tmp_path / case["file"]).read_bytes().decode() == case["after"]
    assert run(tmp_path).changes == ()


def test_there_are_cases() -> None:
    assert len(names("fmt")) > 5
    assert CASES.is_dir()


# --- what never changes ---


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: str(path.parent.name))
def test_every_file_of_the_sample_says_the_same_and_is_in_order_after_one_time(path: Path) -> None:
    file, raw = path.relative_to(ROOT / "portfolios").as_posix(), path.read_bytes()

    once = in_order(file, raw)

    assert tree(once) == tree(raw)
    assert in_order(file, once) == once
    assert keys_out_of_order(file, once) == []


@settings(max_examples=150)
@given(st.sampled_from(SAMPLE), st.integers(0))
def test_however_it_is_written_nothing_but_the_order_changes(path: Path, seed: int) -> None:
    file = path.relative_to(ROOT / "portfolios").as_posix()
    by_hand = write_by_hand(tree(path.read_bytes()), Random(seed))
    assert tree(by_hand) == tree(path.read_bytes()), "the hand has slipped"

    made = in_order(file, by_hand)

    assert tree(made) == tree(by_hand)
    assert keys_out_of_order(file, made) == []
    assert in_order(file, made) == made
    assert signs_in(made) == signs_in(by_hand)
    assert sorted(COMMENT.findall(made.decode())) == sorted(COMMENT.findall(by_hand.decode()))
    assert comments_astray(made) == []
    assert (b"\r" in made) == (b"\r" in by_hand)


def test_a_hand_writes_comments_of_all_three_kinds_and_keys_in_disorder() -> None:
    said = tree((ROOT / "portfolios/school/events.yml").read_bytes())
    hands = [write_by_hand(said, Random(seed)) for seed in range(5)]
    text = hands[1]

    written = b"".join(hands).decode()
    assert {where for where, *_ in COMMENT.findall(written)} == {"над", "при", "под"}
    assert any(keys_out_of_order("school/events.yml", one) for one in hands)
    assert comments_astray(text.replace("# над ".encode(), b"# ")) == []
    assert any(comments_astray(one.replace(b"id:", b"di:")) for one in hands)


COMMENT = re.compile(r"# (над|при|под) (\w+) №(\d+)")


def signs_in(raw: bytes) -> Counter[str]:
    """Every sign that is not a space; order apart, they are what people wrote."""
    return Counter("".join(raw.decode().split()))


def keys_out_of_order(file: str, raw: bytes) -> list[tuple[str | int, ...]]:
    """Places of records whose keys do not follow their model."""
    found = []
    for record in records_in(file, tree(raw)):
        held: Tree = tree(raw)
        for step in record.keys:
            held = held[step]  # type: ignore[index]
        assert isinstance(held, dict)
        known = [key for key in record.order if key in held]
        if [*held] != known + [key for key in held if key not in known]:
            found.append(record.keys)
    return found


def comments_astray(raw: bytes) -> list[str]:
    """Comments that do not stand where their key is."""
    lines = [line for line in raw.decode("utf-8-sig").splitlines() if line.strip()]
    found = []
    for at, line in enumerate(lines):
        for where, key, number in COMMENT.findall(line):
            words = [one.partition("#")[0] for one in lines]
            above = next((one for one in reversed(words[:at]) if one.strip()), "")
            below = next((one for one in words[at:] if one.strip()), "")
            beside = {"над": below, "при": words[at], "под": above}[where]
            if not re.match(rf'[ -]*"?{key}"?:', beside):
                found.append(f"{where} {key} {number}")
    return found


# --- what is left alone ---


def test_a_file_in_order_is_not_even_touched(tmp_path: Path) -> None:
    file = world(tmp_path, {PORTFOLIO: "called: Аня\ndesign:   {palette: sea}"}) / PORTFOLIO
    os.utime(file, (1, 1))

    assert run(tmp_path).changes == ()
    assert file.stat().st_mtime == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("design: &a {palette: sea}\ncalled: Аня\n", "yaml-anchor"),
        ("design: !x {palette: sea}\ncalled: Аня\n", "yaml-tag"),
        ("design: {palette: sea\ncalled: Аня\n", "broken-yaml"),
        ("called: Аня\ncalled: Нюша\n", "key-twice"),
        (b"design: {palette: sea}\ncalled: \xff\n", "not-utf8"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_and_left(
    text: str | bytes, code: str, tmp_path: Path
) -> None:
    file = world(tmp_path, {PORTFOLIO: text}) / PORTFOLIO
    before = file.read_bytes()

    tidied = run(tmp_path)

    assert [(one.place.file, one.code) for one in tidied.diagnostics] == [(PORTFOLIO, code)]
    assert (file.read_bytes(), tidied.changes) == (before, ())


@pytest.mark.parametrize(
    "text",
    [
        "design: {palette: sea}\n? called\n: Аня\n",
        "design: {palette: sea}\ncalled: |\n  без конца строки",
        "about: {text: a # что\n  , motto: b}\n",
        "design: {palette: sea}\n\ncalled: |+\n  Аня\n\n",
    ],
)
def test_what_cannot_be_put_in_order_without_another_meaning_stays(text: str) -> None:
    assert in_order(PORTFOLIO, text.encode()) == text.encode()


def test_an_entry_of_no_known_kind_stays(tmp_path: Path) -> None:
    world(tmp_path, {ENTRY.format("x"): "title: Олимпиада\nkind: olympiad\nscans: []\n"})

    assert run(tmp_path).changes == ()


def test_links_are_said_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    text = "design: {palette: sea}\ncalled: Аня\n"
    world(outside, {PORTFOLIO: text, ENTRY.format("x"): NEW})
    root = world(tmp_path / "root")
    (root / "students/belova-anna").mkdir(parents=True)
    (root / PORTFOLIO).symlink_to(outside / PORTFOLIO)
    (root / "students/belova-anna/entries").symlink_to(outside / "students/belova-anna/entries")

    tidied = run(root)

    assert {one.code for one in tidied.diagnostics} == {"not-a-file"}
    assert {one.place.file for one in tidied.diagnostics} >= {PORTFOLIO}
    assert (tidied.changes, (outside / PORTFOLIO).read_text("utf-8")) == ((), text)
    assert (outside / ENTRY.format("x")).read_text("utf-8") == NEW


def test_a_folder_of_students_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    outside = world(tmp_path / "outside", {PORTFOLIO: "design: {palette: sea}\ncalled: Аня\n"})
    root = world(tmp_path / "root")
    (root / "students").symlink_to(outside / "students")

    tidied = run(root)

    assert {one.code for one in tidied.diagnostics} == {"not-a-file"}
    assert tidied.changes == ()


def test_a_file_keeps_its_rights_and_nothing_else_is_left_beside_it(tmp_path: Path) -> None:
    text = "design: {palette: sea}\ncalled: Аня\n"
    file = world(tmp_path, {PORTFOLIO: text}) / PORTFOLIO
    file.chmod(0o640)

    assert run(tmp_path).changes
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in file.parent.iterdir()] == ["portfolio.yml"]


def test_where_nothing_can_be_written_the_run_stops_and_the_file_is_whole(tmp_path: Path) -> None:
    file = world(tmp_path, {ENTRY.format("olimpiada"): NEW}) / ENTRY.format("olimpiada")
    taken = file.parent.with_name("olimpiada-a2bc")
    world(tmp_path, {ENTRY.format(taken.name) + "/x": "занято"})

    with pytest.raises(Trouble):
        run(tmp_path, signs("a2bc"))
    assert file.read_text("utf-8") == NEW


def test_a_write_that_fails_leaves_nothing_beside_the_file(tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        write_changes(tmp_path, [Change("gone/gone.yml", b"")])
    assert [*tmp_path.iterdir()] == []


# --- ids ---


def entries(root: Path) -> dict[str, str]:
    """Folder of an entry -> its id."""
    found = sorted(root.glob("students/*/entries/*/entry.yml"))
    return {path.parent.name: str(tree(path.read_bytes()).get("id")) for path in found}


@pytest.mark.parametrize(
    ("folder", "renamed", "given"),
    [
        ("olimpiada", "olimpiada-a2bc", "a2bc"),
        ("olimpiada-2026", "olimpiada-2026-a2bc", "a2bc"),
        ("olimpiada-myod", "olimpiada-myod-a2bc", "a2bc"),
        ("olimpiada-x7k2", "olimpiada-x7k2", "x7k2"),
        ("x7k2", "x7k2", "x7k2"),
        ("olimpiada-used", "olimpiada-used-a2bc", "a2bc"),
        ("olimpiada-z9z9", "olimpiada-z9z9-a2bc", "a2bc"),
    ],
)
def test_an_entry_without_id_gets_one_and_its_folder_follows(
    folder: str, renamed: str, given: str, tmp_path: Path
) -> None:
    other = ENTRY.replace("belova-anna", "kim-sofya").format("drugaya-z9z9")
    world(tmp_path, {ENTRY.format(folder): NEW, other: "id: z9z9\n" + NEW})

    tidied = run(tmp_path)

    assert entries(tmp_path) == {"drugaya-z9z9": "z9z9", renamed: given}
    text = (tmp_path / ENTRY.format(renamed)).read_text("utf-8")
    assert text == NEW.replace("contest\n", f"contest\nid: {given}\n")
    assert tidied.changes[0].ids == (given,)


def test_a_folder_that_never_bore_its_entrys_id_is_left_to_its_owner(tmp_path: Path) -> None:
    world(tmp_path, {ENTRY.format("olimpiada"): "id: x7k2\n" + NEW})

    run(tmp_path)

    assert entries(tmp_path) == {"olimpiada": "x7k2"}


def test_a_new_id_is_nobodys_in_the_whole_school(tmp_path: Path) -> None:
    other = ENTRY.replace("belova-anna", "kim-sofya")
    world(tmp_path, {
        ENTRY.format("a"): NEW,
        ENTRY.format("b"): NEW,
        other.format("c-a2bc"): "id: a2bc\n" + NEW,
        other.format("d-d3ef"): "key: [\n",
        other.format("e-g4hj"): NEW,
        other.format("f-g4hj"): NEW,
        other.format("g-d3ef"): NEW,
    })  # fmt: skip

    run(tmp_path, signs("a2bcd3ef2345abcdg4hjk5mnk5mnp6qrp6qrs7tuv8wx"))

    (tmp_path / other.format("d-d3ef")).unlink()
    assert entries(tmp_path) == {
        "a-k5mn": "k5mn",
        "b-p6qr": "p6qr",
        "c-a2bc": "a2bc",
        "e-g4hj": "g4hj",
        "f-g4hj-s7tu": "s7tu",
        "g-d3ef-v8wx": "v8wx",
    }


def test_an_id_is_short_and_has_no_sign_that_is_taken_for_another(tmp_path: Path) -> None:
    world(tmp_path, {ENTRY.format(f"e{number}"): NEW for number in range(50)})

    run(tmp_path, Random(7).choice)

    given = list(entries(tmp_path).values())
    assert len({*given}) == 50
    assert not {*"0o1li"} & {*"".join(given)}
    assert all(re.fullmatch(rf"(?=.*\d)[a-z][{SIGNS}]{{3}}", one) for one in given)


def test_items_of_lists_get_ids_in_any_handwriting(tmp_path: Path) -> None:
    people = "people:\n- name: Орлова\n  roles: [head]\n\n- {}\n- {name: Ким, roles: [head]}\n"
    world(tmp_path, {"school/people.yml": people})

    run(tmp_path)

    assert (tmp_path / "school/people.yml").read_text("utf-8") == (
        "people:\n- id: a2bc\n  name: Орлова\n  roles: [head]\n\n"
        "- {}\n- {id: d3ef, name: Ким, roles: [head]}\n"
    )


def test_values_are_filled_in_with_the_files_own_line_ends_and_inner_ones_first() -> None:
    made = rewrite(b"l:\r\n- a: 1", {}, {("l", 0, "id"): "x", ("id",): "y"})

    assert made == b"l:\r\n- a: 1\r\n  id: x\r\nid: y"


def test_looking_writes_nothing(tmp_path: Path) -> None:
    world(tmp_path, {ENTRY.format("olimpiada"): NEW})

    tidied = run(tmp_path, write=False)

    assert [change.file for change in tidied.changes] == [ENTRY.format("olimpiada")]
    assert entries(tmp_path) == {"olimpiada": "None"}


def test_the_sample_school_is_in_order_and_its_register_is_nobodys_to_mend(tmp_path: Path) -> None:
    root = tmp_path / "portfolios"
    shutil.copytree(ROOT / "portfolios", root, ignore=shutil.ignore_patterns("*.jpg", "*.png"))
    register = root / "school" / "register.jsonl"
    register.write_text('{"what": "release"}\n{"what": "release"}\n', encoding="utf-8")

    tidied = run(root, write=False)

    assert (tidied.changes, tidied.diagnostics) == ((), ())
    assert tidied.files > 400
