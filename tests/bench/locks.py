"""The same pages as a plain site -> locked by StatiCrypt or by encryptcontent. What does it cost?

Each way: a build of the site, the lock, an edit of one entry, both again; files that changed,
bytes, and what still stands in clear.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.clock import Cost, run_timed, total
from tests.bench.corpus import Sheet, groups
from tests.bench.leaks import draw_secrets, find_leaks
from tests.bench.peers import Peer
from tests.bench.sites import Plain, Style, password, write_plain
from tests.bench.store import Part
from tests.bench.world import World, changed, digests


def run_lock(world: World, sheets: Sequence[Sheet], peers: Sequence[Peer], part: Part) -> None:
    """One round of `staticrypt`, `staticrypt-each` or `encryptcontent`; the first peer builds."""
    style = Style("mkdocs", passwords=part.name == "encryptcontent")
    plain = write_plain(world, sheets, peers[0], style, part.name)
    before = _lock(plain, sheets, peers, part, "cold")
    if "bytes" not in part.numbers:
        _weigh(plain, part)
        secrets = draw_secrets(sheets)
        for kind, found in find_leaks(locked_folder(plain, part.name), secrets).items():
            part.numbers[f"leak {kind}"] = found
            part.numbers[f"secret {kind}"] = len(secrets[kind])
        if part.name != "staticrypt-each":  # a process for each set of readers: once is enough
            again = _lock(plain, sheets, peers, part, "idle")
            part.numbers["identical"] = len(changed(before, again))
            before = again
    plain.change(world.serial())
    paths = changed(before, _lock(plain, sheets, peers, part, "entry"))
    part.raise_to("entry files", len(paths))


def run_our_leaks(world: World, sheets: Sequence[Sheet], part: Part) -> None:
    """The same words sought in what we publish."""
    secrets = draw_secrets(sheets)
    for kind, found in find_leaks(world.output, secrets).items():
        part.numbers[f"leak {kind}"] = found
        part.numbers[f"secret {kind}"] = len(secrets[kind])


def locked_folder(plain: Plain, name: str) -> Path:
    """Where the locked site lies."""
    return plain.output if name == "encryptcontent" else plain.folder / "locked"


def _weigh(plain: Plain, part: Part) -> None:
    files = [path for path in locked_folder(plain, part.name).rglob("*") if path.is_file()]
    part.numbers["files"] = len(files)
    part.numbers["bytes"] = sum(path.stat().st_size for path in files)
    pages = [path for path in files if path.suffix == ".html"]
    part.numbers["pages"] = len(pages)
    part.numbers["page bytes"] = sum(path.stat().st_size for path in pages)


def _lock(
    plain: Plain, sheets: Sequence[Sheet], peers: Sequence[Peer], part: Part, row: str
) -> dict[str, str]:
    """The site built anew and locked; what it would serve."""
    built = plain.build()
    if part.name == "encryptcontent":
        part.add(row, built)
        return plain.digests()
    out = locked_folder(plain, part.name)
    shutil.rmtree(out, ignore_errors=True)
    each = part.name == "staticrypt-each"
    costs = list(_each(plain, sheets, peers[1]) if each else _all(plain, peers[1]))
    part.add(row, total([built, *costs]))
    part.add(f"{row} lock", total(costs))
    return digests(out)


def _all(plain: Plain, peer: Peer) -> Iterator[Cost]:
    """One password for everybody: whoever has it reads every child."""
    yield _staticrypt(plain, peer, plain.output, plain.folder / "locked", "bench for everybody")


def _each(plain: Plain, sheets: Sequence[Sheet], peer: Peer) -> Iterator[Cost]:
    """A password for each set of readers: the pages of each set through a run of its own."""
    docs = plain.folder / "docs"
    pages = dict(zip((s.path for s in sheets), plain.pages, strict=True))
    out, one = plain.folder / "locked", plain.folder / "one"
    shutil.copytree(plain.output, out)
    for readers, group in groups(sheets):
        shutil.rmtree(one, ignore_errors=True)
        for sheet in group:
            place = pages[sheet.path].relative_to(docs).with_suffix(".html")
            (one / place).parent.mkdir(parents=True, exist_ok=True)
            os.link(plain.output / place, one / place)
        yield _staticrypt(plain, peer, one, out, password(readers))


def _staticrypt(plain: Plain, peer: Peer, source: Path, out: Path, word: str) -> Cost:
    # Its settings file keeps the salt, so that a browser may remember the password.
    command = [peer.command(), *(str(path) for path in sorted(source.iterdir())), "-r", "--short"]
    command += ["-d", str(out), "-p", word, "-c", ".staticrypt.json"]
    return run_timed(command, plain.folder, plain.env)
