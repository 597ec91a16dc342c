"""A number -> a hostile file -> what we say of it. Does any file break or stall the reading?

`python -m tests.fuzz --inputs 1000000` prints what it found. An input is made of the seed and its
number alone: `--first NUMBER --inputs 1` makes it again.
"""

import argparse
import json
import multiprocessing
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError

from generator.check import check, codes, explain
from generator.diagnostic import Diagnostic
from generator.load import load, read_vocabularies
from generator.load.mistakes import mistakes
from generator.model.kinds import KINDS
from generator.model.schemas import FILES
from generator.say import Format, Veil, say, to_sarif
from generator.source import Document, parse, read_line, read_places
from generator.source.strict import LINE_BREAK, build, decode
from generator.trouble import Trouble
from tests.world import SCHEMA, TODAY

VEIL = Veil(bytes(32), lasting=True)

MOST_SECONDS = 3
"""CPU for one input: parsed, fitted to a model, said in every form."""
MOST_MEMORY = 1024**3
"""Address space of the whole process, Python and libraries included."""
LARGEST = 32 * 1024
WHOLE_SCHOOL = 500
"""Every such input takes a file's place in a school on the disk, read and checked as a whole."""

SAMPLE = Path(__file__).parents[1] / "portfolios"
STUDENT = "sokolova-darya"
WORDS = (
    b"- ", b": ", b"? ", b"[", b"]", b"{", b"}", b",", b"#", b"&a ", b"*a", b"!!int ", b"! ",
    b"|\n", b">-\n", b"'", b'"', b"%YAML 1.1\n", b"@", b"`", b"---\n", b"...\n", b"<<: ", b"~",
    b"\n", b"\r", b"\r\n", b"\t", b"  ", b"\\", b"\\x", b"\\uD800", b"\x00", b"\x1b[31m", b"\x7f",
    b"\xff", b"\xc3", b"\xef\xbb\xbf", "\u2028".encode(), "\x85".encode(), "\u202e".encode(),
    "ё".encode(), "😀".encode(), b"\n::error::x\n", b"%0A", b"0", b"-1", b"1e999", b"9" * 5000,
    b"2026-02-30", b"0000-00-00", b"9999-12-31", b"true", b"no", b"null", b"kind", b"id", b"date",
    b"titel", b"../../x", b"x" * 3000, "я".encode() * 301, b"[" * 20, b"- " * 20, b"`a`b", b"{0}",
    b"visibility: public\n", b"kind: contest\n", b"scans:\n  - file: x\n", b"consents: [{}]\n",
)  # fmt: skip
"""What means something to YAML, to our models, to a terminal or to a log."""

Result = tuple[bool, int]
"""Whether it was a document, and how many diagnostics it got."""
Trial = Callable[[int, int, Path], Result]
"""Seed, number, and the folder of a school on the disk."""


@dataclass
class Tally:
    """How a run went."""

    inputs: int = 0
    documents: int = 0
    diagnostics: int = 0
    slowest: tuple[float, int] = (0.0, -1)
    """Seconds of CPU, and the number of the input that took them."""
    memory: float = 0.0
    """MB at the highest."""
    found: dict[int, str] = field(default_factory=dict)
    """Number of an input -> what it did that none may do."""


def run_fuzz(numbers: range, seed: int, until: float, trial: Trial | None = None) -> Tally:
    """All `numbers`, or as many as there is time for; a process that dies is followed by another.

    `until` is a moment of `time.time()`.
    """
    tally = Tally()
    # Begun anew and not forked: the cap on memory must not count what the caller holds.
    context = multiprocessing.get_context("spawn")
    while numbers and time.time() < until:
        at = context.Value("q", numbers[0])
        mine, theirs = context.Pipe(duplex=False)
        work = partial(_work, numbers, seed, until, trial or run_number)
        worker = context.Process(target=work, args=(at, theirs))
        worker.start()
        theirs.close()
        done = Tally()
        with suppress(EOFError):
            while True:
                _add(done, mine.recv())
        worker.join()
        if worker.exitcode:
            done.inputs = at.value - numbers[0] + 1
            done.found[at.value] = "it killed the process: too slow, or a crash"
        _add(tally, done)
        numbers = numbers[done.inputs :]
    return tally


def run_number(seed: int, number: int, school: Path) -> Result:
    """One input through all the rooms; a broken promise is an AssertionError."""
    whole = number % WHOLE_SCHOOL == 0
    file, raw = make_input(seed, number, school if whole else SAMPLE)
    document, found = run_file(file, raw)
    if whole:
        found += _read_whole(school, file, raw)
    return document, found


def make_input(seed: int, number: int, folder: Path) -> tuple[str, bytes]:
    """A file of `folder` and what to put there: noise, or what stands there, changed."""
    draw = random.Random(f"{seed}/{number}")
    files = _files(folder)
    file = draw.choice(tuple(files))
    raw, times = files[file], draw.choice((1, 1, 2, 3, 8))
    match draw.choice(("noise", "bytes", "bytes", "values", "values")):
        case "noise":
            count = draw.randint(0, draw.choice((3, 10, 40, 200)))
            raw = b"".join(_word(draw) for _ in range(count))
        case "bytes":
            for _ in range(times):
                raw = _change(draw, raw, files)
        case "values":
            tree = json.loads(_as_json(raw))
            for _ in range(times):
                _change_value(draw, tree)
            raw = json.dumps(tree, ensure_ascii=False).encode()  # JSON is YAML too
    return file, raw[:LARGEST]


def run_file(file: str, raw: bytes) -> Result:
    """One file parsed, fitted to its model, and everything said of it in every form."""
    document = parse(file, raw)
    found = [document] if isinstance(document, Diagnostic) else list(_misfits(document))
    if isinstance(document, Document) and len(raw) % 4 == 0:
        noted = build(decode(raw), [])
        assert noted == document.value, "what is read depends on whether places are noted"
    lines = len(LINE_BREAK.split(raw.decode("utf-8", "replace")))
    for one in found:
        assert one.code in _codes(), f"no page for {one.code}"
        assert one.message.ru and one.message.en and one.fix.ru and one.fix.en, one.code
        assert 0 <= one.place.line <= lines + 1, "a line that is not there"
    _say_all(found, raw)
    return isinstance(document, Document), len(found)


def _misfits(document: Document) -> Iterator[Diagnostic]:
    model = _model(document)
    try:
        model.model_validate(document.value)
    except ValidationError as error:
        yield from mistakes(document.file, model, error, _vocabularies())


def _model(document: Document) -> type[BaseModel]:
    path = Path(document.file)
    if path.stem == "entry":
        return KINDS.get(str(document.value.get("kind")), next(iter(KINDS.values())))
    folder = path.parent.name
    model: type[BaseModel] = FILES[folder if folder in FILES else path.stem]
    return model


def _say_all(found: list[Diagnostic], raw: bytes) -> None:
    # One form for each input, by its length: all six would take most of the time.
    veil, number = VEIL if len(raw) % 2 else None, len(raw) // 2 % 6
    if number == 5:
        assert to_sarif(found, "ru", explain, veil)[:-1].isprintable()
        return
    form = get_args(Format)[number]
    lines = LINE_BREAK.split(raw[:2000].decode("utf-8", "replace"))
    said = say(found, form, "en" if veil else "ru", lambda _, at: lines[at % len(lines)], veil)
    assert all(row.isprintable() for row in said.split("\n")), f"{form} steers a terminal"
    commands = len(said.splitlines()) if form == "github" else len(found)
    assert commands == len(found), "a command too many, or too few"


def _read_whole(school: Path, file: str, raw: bytes) -> int:
    place, before = school / file, _files(school)[file]
    place.write_bytes(raw)
    loaded = load(school, SCHEMA)
    found = list(loaded.diagnostics)
    if loaded.school:
        found += check(loaded.school, TODAY)
    found = read_places(school, found)
    say(found, "full", "ru", partial(read_line, school)).encode()
    place.write_bytes(before)
    return len(found)


def _work(numbers: range, seed: int, until: float, trial: Trial, *ways: Any) -> None:
    at, answers = ways
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="stupeni-fuzz-") as folder:
        school = Path(folder)
        _write_school(school)
        for number in numbers:
            at.value = number
            _try(tally, trial, seed, number, school)
            if tally.found or tally.inputs == 10_000:  # told at once: the next may kill us
                answers.send(tally)
                tally = Tally()
            if time.time() >= until:
                break
    signal.setitimer(signal.ITIMER_PROF, 0)
    tally.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answers.send(tally)


def _try(tally: Tally, trial: Trial, seed: int, number: int, school: Path) -> None:
    # Nobody listens to this alarm, so that it ends the process, even inside libyaml.
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    begun = time.process_time()
    tally.inputs += 1
    try:
        document, found = trial(seed, number, school)
        tally.documents += document
        tally.diagnostics += found
    except Trouble:
        pass
    except BaseException:
        tally.found[number] = traceback.format_exc(limit=-4)
        _write_school(school)
    tally.slowest = max(tally.slowest, (time.process_time() - begun, number))


def _add(tally: Tally, part: Tally) -> None:
    tally.inputs += part.inputs
    tally.documents += part.documents
    tally.diagnostics += part.diagnostics
    tally.slowest = max(tally.slowest, part.slowest)
    tally.memory = max(tally.memory, part.memory)
    tally.found |= part.found


def _word(draw: random.Random) -> bytes:
    if draw.random() < 0.8:
        return draw.choice(WORDS)
    return draw.randbytes(draw.randint(1, 8))


def _change(draw: random.Random, raw: bytes, files: dict[str, bytes]) -> bytes:
    start = draw.randint(0, len(raw))
    end = min(len(raw), start + draw.choice((0, 0, 1, 1, 5, 40, 400)))
    other = draw.choice(tuple(files.values()))
    between = {
        "word": _word(draw),
        "line": b"\n" + b" " * draw.randint(0, 6) + _word(draw),
        "value": b": " + _word(draw) + b"\n",
        "gone": b"",
        "twice": raw[start:end] * draw.choice((2, 3, 50)),
        "alien": other[draw.randint(0, len(other)) :][:200],
    }[draw.choice(("word", "word", "line", "value", "value", "gone", "twice", "alien"))]
    if draw.random() < 0.5:  # at the end of a line, where values stand
        end = start = raw.find(b"\n", start) if b"\n" in raw[start:] else start
    return raw[:start] + between + raw[end:]


def _change_value(draw: random.Random, tree: Any) -> None:
    """One value somewhere in a tree is another now, or a key is, or it is gone."""
    holders = [tree]
    for holder in holders:
        inside = holder.values() if isinstance(holder, dict) else holder
        holders += [one for one in inside if isinstance(one, dict | list) and one]
    holder = draw.choice(holders)
    keys = list(holder if isinstance(holder, dict) else range(len(holder)))
    if not keys:
        return
    key: Any = draw.choice(keys)
    word = _word(draw).decode("utf-8", "replace")
    old = holder[key]
    new: tuple[Any, ...] = (
        word,
        str(old) + word,
        [old],
        [old] * (40 if len(str(old)) < 500 else 2),
        {word: old},
        [],
        {},
        [word, [[word]]],
        None,
    )
    if isinstance(holder, dict) and draw.random() < 0.3:
        near = key[1:] + key[:1]
        holder[draw.choice((word, near, key.upper(), "id"))] = holder.pop(key)
    elif draw.random() < 0.2:
        del holder[key]
    else:
        holder[key] = draw.choice(new)


def _write_school(target: Path) -> None:
    """A school of one student of the sample, its scans empty."""
    for part in ("school", f"records/{STUDENT}", f"students/{STUDENT}"):
        shutil.rmtree(target / part, ignore_errors=True)
        for path in (SAMPLE / part).rglob("*.*"):
            place = target / path.relative_to(SAMPLE)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(path.read_bytes() if path.suffix == ".yml" else b"")


@cache
def _files(folder: Path) -> dict[str, bytes]:
    paths = sorted(folder.rglob("*.yml"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@cache
def _as_json(raw: bytes) -> str:
    return json.dumps(yaml.load(raw, yaml.CBaseLoader))


@cache
def _codes() -> frozenset[str]:
    return frozenset(codes())


_vocabularies = cache(partial(read_vocabularies, SCHEMA / "vocabulary"))


def main() -> None:
    """Runs from the command line; leaves with 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after these")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    begun = time.time()
    numbers = range(given.first, given.first + given.inputs)
    tally = run_fuzz(numbers, given.seed, begun + given.seconds)
    for number, what in tally.found.items():
        print(f"input {number}:\n{what}")
    took = {"seconds": round(time.time() - begun, 1)}
    print(json.dumps(asdict(tally) | took | {"found": len(tally.found)}))
    sys.exit(bool(tally.found))


if __name__ == "__main__":
    main()
