"""A forge and a way of working -> the files by which it checks and builds. Who may be believed?

The verdict comes from where its author cannot edit: main, another project, a hook of the server.
What was proposed is only ever read. docs/how-to/ci.md tells the school what to set.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Literal

Way = Literal["pinned", "staff", "class"]
Forge = Literal["forgejo", "gitlab", "github", "none"]
LOCK = "requirements.lock"
_PART = re.compile(r"^( *)@([a-z-]+\.sh)@\n", re.MULTILINE)


@dataclass(frozen=True)
class Server:
    """Where a template goes, and the words that differ from forge to forge."""

    files: Mapping[str, tuple[str, ...]]
    """Path in the school's repository -> templates, one after the other."""
    words: Mapping[str, str]


_HOOK = {"ci/pre-receive": ("pre-receive",)}
_BUILD = {"ci/build.sh": ("build.sh",)}
_WITH_KEY = ("build.yml", "gitlab-build.yml")
"""What builds at the forge itself, where the key is lent to it."""
_SERVERS: Mapping[Forge, Server] = {
    "github": Server(
        {".github/workflows/check.yml": ("check.yml",),
         ".github/workflows/build.yml": ("build.yml",)},
        {"account": "github", "runner": "ubuntu-latest", "ref": "refs/pull/$NUMBER/head",
         "form": "github"},
    ),
    # Forgejo reads this folder as well, as long as there is no `.forgejo/workflows`.
    "forgejo": Server(
        {".gitea/workflows/check.yml": ("check.yml",), **_BUILD, **_HOOK},
        {"account": "forgejo", "runner": "stupeni", "ref": "refs/pull/$NUMBER/head",
         "form": "concise"},
    ),
    "gitlab": Server(
        {"ci/gitlab.yml": ("gitlab.yml", "gitlab-build.yml"), **_HOOK},
        {"account": "gitlab", "ref": "refs/merge-requests/$NUMBER/head", "form": "concise"},
    ),
    "none": Server({**_BUILD, **_HOOK}, {}),
}  # fmt: skip


@dataclass(frozen=True)
class Wheel:
    """The program itself, as it is installed where a change is checked."""

    name: str
    content: bytes

    @property
    def line(self) -> str:
        """What stands of it among the pinned tools."""
        return f"./ci/{self.name} --hash=sha256:{hashlib.sha256(self.content).hexdigest()}\n"


def ci_files(
    forge: Forge, way: Way, home: Path, wheel: Wheel | None, version: str
) -> dict[str, bytes]:
    """Path -> content of everything that checks and builds a school's repository."""
    return {path: text.encode() for path, text in _texts(forge, way, home, wheel, version)} | (
        {f"ci/{wheel.name}": wheel.content} if wheel else {}
    )


def _texts(
    forge: Forge, way: Way, home: Path, wheel: Wheel | None, version: str
) -> Iterator[tuple[str, str]]:
    room = home / "schema" / "start" / "ci"
    for path, templates in _files(forge, way).items():
        parts = ((room / one).read_text(encoding="utf-8") for one in templates)
        yield path, _filled("".join(parts), room, forge)
    yield "ci/README.md", (room / f"{forge}.md").read_text(encoding="utf-8")
    # Without a digest nothing is installed: what checks children's papers is never just a name.
    own = wheel.line if wheel else f"stupeni=={version}\n"
    yield LOCK, (home / LOCK).read_text(encoding="utf-8") + own


def _files(forge: Forge, way: Way) -> Mapping[str, tuple[str, ...]]:
    files = _SERVERS[forge].files
    # In a class's repository whoever may push a branch writes workflows, too: no secret of ours is
    # beside them. And students' own repositories are mirrored on the school's computer alone.
    if way == "pinned" or (way == "class" and forge == "github"):
        kept = {p: tuple(t for t in parts if t not in _WITH_KEY) for p, parts in files.items()}
        return {path: parts for path, parts in kept.items() if parts} | _BUILD
    return files


def _filled(text: str, room: Path, forge: Forge) -> str:
    def part(found: "re.Match[str]") -> str:
        return indent((room / found[2]).read_text(encoding="utf-8"), found[1])

    whole = _PART.sub(part, text)
    for word, value in _SERVERS[forge].words.items():
        whole = whole.replace(f"@{word}@", value)
    return whole
