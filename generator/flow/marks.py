"""Files, program, day -> digests. What was something made of?"""

import hashlib
import platform
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import cache
from importlib.metadata import version
from pathlib import Path

import generator
from generator.media.recipe import STANDARD, read_fingerprint
from generator.model.site import Shells
from generator.pages.apart import APART
from generator.source import Digest

_OF_OTHERS = ("student.yml", "consent.yml")
"""What of a student decides what others may show: name, consents, whether they left."""
_CALLED = re.compile(rb"^called: ?([\w\x80-\xff-]+)\n(?=[a-z]|\Z)", re.MULTILINE)
"""And how they like to be called, as almost everybody writes it: a word, and then another key."""
_UNUSUAL = re.compile(rb"^[\"'?{!&*]|[\\\r]", re.MULTILINE)
"""A key that may be written so that it does not look like one, or a sign that is not itself."""
_READERS = ("pydantic", "pyyaml")
_MAKERS = ("jinja2", "markupsafe", "cryptography", "segno")


def owner_of(file: str) -> str:
    """The student to whom a file below the portfolios belongs, or nothing."""
    top, _, rest = file.partition("/")
    return rest.partition("/")[0] if top in ("records", "students") else ""


def mark_students(digests: Mapping[str, Digest]) -> dict[str, str]:
    """Student -> a digest of all their files, by name and content."""
    files: defaultdict[str, list[str]] = defaultdict(list)
    for file, digest in digests.items():
        if owner := owner_of(file):
            files[owner].append(f"{file} {digest.sha256}")
    return {student: digest_all(sorted(listed)) for student, listed in files.items()}


def mark_program(home: Path) -> str:
    """A digest of the program that reads and decides, and of what it reads with."""
    ours = _contents(Path(generator.__file__).parent, "*.py"), _contents(home / "schema", "*")
    tools = (platform.python_version(), *(f"{name} {version(name)}" for name in _READERS))
    return digest_all((*ours, *tools))


def mark_context(root: Path, digests: Mapping[str, Digest], *others: object) -> str:
    """A digest of what concerns every student: the school's files, everybody's names and consents,
    and whatever else is given (the day)."""
    files = (
        f"{file} {digest.sha256}"
        for file, digest in digests.items()
        if not owner_of(file) or (file.startswith("records/") and file.endswith(_OF_OTHERS))
    )
    called = (
        f"{file} {_called(root / file, digest)}"
        for file, digest in digests.items()
        if file.startswith("students/") and file.count("/") == 2
    )
    return digest_all((*sorted(files), *sorted(called), *map(repr, others)))


def mark_filling(theme: Path, *others: object) -> str:
    """A digest of what is put into shells with: templates (the locked page is one), words, and
    whatever else is given."""
    tools = (zlib.ZLIB_RUNTIME_VERSION, *(f"{name} {version(name)}" for name in _MAKERS))
    apart = {*(theme / "pages" / name for name in APART), *(theme / "editor").glob("*.html")}
    texts = (_contents(theme, "*.html", apart), _contents(theme, "*.po"))
    return digest_all((*texts, *tools, *map(repr, others)))


def mark_frame(filling: str, shells: Shells) -> str:
    """A digest of what every page of a site is made with: of that, and of the shells."""
    files = ((file.path, hashlib.sha256(file.content).hexdigest()) for file in shells.files)
    return digest_all((filling, *map(repr, (shells.page, shells.inline_scripts, *files))))


def mark_installed(home: Path) -> str:
    """A digest of all that is installed: who has the same makes the same bytes."""
    return digest_all(
        (_mark_code(), *(_contents(home / name, "*") for name in ("schema", "theme")))
    )


@cache
def _mark_code() -> str:
    """Of the program as it was when it was first asked: a machine of a cluster runs for weeks what
    it once loaded, whatever has been installed since."""
    ours = _contents(Path(generator.__file__).parent, "*.py")
    tools = (*_READERS, *_MAKERS, "mkdocs", "mkdocs-material")
    versions = (platform.python_version(), *(f"{name} {version(name)}" for name in tools))
    return digest_all((ours, *versions, zlib.ZLIB_RUNTIME_VERSION, read_fingerprint(STANDARD)))


def _called(portfolio: Path, digest: Digest) -> str:
    """The line that says how a student is called; where it is written otherwise, the whole file."""
    raw = portfolio.read_bytes()
    lines = _CALLED.findall(raw)
    is_moving = hashlib.sha256(raw).hexdigest() != digest.sha256
    if is_moving or raw.count(b"called") != len(lines) or _UNUSUAL.search(raw):
        return digest.sha256
    return repr(lines)


def _contents(folder: Path, pattern: str, apart: Set[Path] = frozenset()) -> str:
    """A digest of all files below a folder but those `apart`, by name and content."""
    files = sorted(p for p in folder.rglob(pattern) if p.is_file() and p not in apart)
    return digest_all(
        f"{path.relative_to(folder).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in files
    )


def digest_all(parts: Iterable[str]) -> str:
    """64 hex digits that change whenever one of these texts does."""
    whole = hashlib.sha256()
    for part in parts:
        # Each with its length, so that no two lists look alike.
        raw = part.encode(errors="surrogateescape")
        whole.update(len(raw).to_bytes(8, "big") + raw)
    return whole.hexdigest()
