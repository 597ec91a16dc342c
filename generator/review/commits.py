"""A repository and two names -> what changed between them, and either of them as files.

Git is run as in `source/git`: of a repository that somebody sent nothing is obeyed.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from generator.diagnostic import Text, quote
from generator.source.git import ALONE, empty_repository, find_top, reading_git, run_git
from generator.trouble import Trouble

_HEX = re.compile("[0-9a-f]{40}")
_SHORT = re.compile("[0-9a-f]{4,39}")
_PLAIN_NAME = re.compile(r"[^~^:@]*")
_NAMED = ("refs/tags/", "refs/heads/", "refs/remotes/")
_KEPT = ("refs", "packed-refs", "shallow")
"""What of a repository is no setting: names of commits, and where its history was cut off."""
MOST = 500
"""So many commits of a history are looked at."""
_BIGGEST = 64 * 1024 * 1024
_PLAIN = ("100644", "100755")
LONGEST_NAME, LONGEST_PATH = 255, 2000
"""Bytes that a disk here holds in a name, and in a path below a folder of ours."""


@dataclass(frozen=True)
class FileChange:
    """A file that two trees have differently. `mode` 000000 is one that is not there."""

    path: str
    """As its bytes say it; what is no UTF-8 in it stands as half signs."""
    before: str
    after: str
    """Modes: 100644 a file, 100755 a program, 120000 a link, 160000 another repository."""
    old: str
    new: str
    """Git's ids of the bytes."""


@dataclass(frozen=True)
class Repository:
    """A repository whose objects and names are read, and nothing else of it."""

    top: Path
    environment: Mapping[str, str]

    def find(self, name: str) -> str:
        """The id of the commit that a name means; Trouble when there is none. `A...B` is where two
        parted."""
        if "..." in name:
            return self._parted(*map(self.find, name.split("...", 1)))
        self._refuse_double(name)
        said = self._ask(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        )
        found = (said or b"").decode("ascii", "replace").strip()
        if not _HEX.fullmatch(found):
            raise Trouble(
                Text(f"в Git нет {quote(name)}", f"Git knows no {quote(name)}"),
                Text(
                    "назовите ветку, метку или начало кода изменения; чужую ветку сначала "
                    "получите: `git fetch`",
                    "name a branch, a tag or the beginning of a commit; fetch a branch of others "
                    "first: `git fetch`",
                ),
            )
        return found

    def _refuse_double(self, name: str) -> None:
        """Trouble when a name means two things: Git takes a tag `main` for the branch, and whoever
        may send a tag would say what is compared with what."""
        plain = _PLAIN_NAME.match(name)
        if not plain or not plain[0] or _HEX.fullmatch(name):
            return
        said = self._ask("for-each-ref", "--format=%(refname)", *(n + plain[0] for n in _NAMED))
        whole = {top + plain[0] for top in _NAMED}
        meant = whole & {*(said or b"").decode("utf-8", "replace").splitlines()}
        if len(meant) > 1 or (meant and _SHORT.fullmatch(plain[0])):
            raise Trouble(
                Text(f"имя {quote(plain[0])} значит в Git разное",
                     f"the name {quote(plain[0])} means more than one thing in Git"),
                Text("назовите целиком, например `refs/heads/main`, а лишнее имя уберите",
                     "name it in full, e.g. `refs/heads/main`, and remove the other"),
            )  # fmt: skip

    def _parted(self, base: str, head: str) -> str:
        if found := self.partings(base, head):
            return found[0]
        raise Trouble(
            Text("у этих двух состояний нет общего начала",
                 "these two have no beginning in common"),
            Text("сравните их через две точки: `A..B`", "compare them with two dots: `A..B`"),
        )  # fmt: skip

    def partings(self, base: str, head: str) -> tuple[str, ...]:
        """Where two commits parted; several when they took from each other before, none when they
        have no beginning in common."""
        said = (self._ask("merge-base", "--all", base, head) or b"").decode("ascii", "replace")
        return tuple(one for one in said.split() if _HEX.fullmatch(one))

    @property
    def first(self) -> str:
        """The branch that a clone begins with, e.g. `refs/heads/main`; empty when none is named."""
        head = (self.top / "HEAD").read_text(encoding="utf-8", errors="replace")
        return head.removeprefix("ref:").strip() if head.startswith("ref:") else ""

    def follows(self, base: str, head: str) -> bool:
        """Whether `head` was made on top of `base`, and nothing of it was taken back."""
        return self._ask("merge-base", "--is-ancestor", base, head) is not None

    def touching(self, *folders: str) -> list[tuple[str, int]]:
        """The newest commits of this line that changed something in these folders, the oldest
        first: id, and when in seconds."""
        said = self._ask(
            "rev-list", "--first-parent", "--timestamp", f"--max-count={MOST}", "HEAD", "--",
            *(f":(top,literal){folder}" for folder in folders),
        )  # fmt: skip
        lines = (line.split() for line in (said or b"").decode("ascii").splitlines())
        return [(id, int(when)) for when, id in lines][::-1]

    def changes(self, base: str, head: str) -> list[FileChange]:
        """Every file that differs, each for itself: a moved one is gone here and new there."""
        said = self._ask(
            "diff-tree", "-r", "-z", "--raw", "--full-index", "--no-renames", "--no-ext-diff",
            "--no-textconv", "--ignore-submodules=none", base, head,
        )  # fmt: skip
        if said is None:
            raise _unread()
        parts = said.split(b"\0")
        return [_change(*pair) for pair in zip(parts[::2], parts[1::2], strict=False)]

    def files(self, tree: str, below: str = "") -> dict[str, tuple[str, str]]:
        """Path -> mode and id, of everything in a tree below a folder."""
        where = ["--", f"{below}/"] if below else []
        said = self._ask("ls-tree", "-r", "-z", "--full-tree", tree, *where)
        if said is None:
            raise _unread()
        listed = [line.partition(b"\t") for line in said.split(b"\0") if line]
        _refuse_twice([path for _, _, path in listed])
        return {os.fsdecode(path): _mode_and_id(head) for head, _, path in listed}

    def missing(self, commit: str) -> frozenset[str]:
        """Git's ids of what belongs to a commit and was left where it came from."""
        said = self._ask("rev-list", "--objects", "--no-walk", "--missing=print", commit)
        if said is None:
            raise _unread()
        lines = said.decode("utf-8", "replace").splitlines()
        return frozenset(line[1:] for line in lines if line.startswith("?"))

    def count(self, base: str, head: str) -> int:
        """How many commits are on the way from one to another."""
        return int(self._ask("rev-list", "--count", f"{base}..{head}") or 0)

    def count_all(self, head: str) -> int:
        """How many commits led to one."""
        return int(self._ask("rev-list", "--count", head) or 0)

    def has(self, commit: str) -> bool:
        """Whether a commit is here."""
        return self._ask("cat-file", "-e", f"{commit}^{{commit}}") is not None

    def day(self, commit: str) -> int:
        """When it was made, in seconds, as its author says."""
        said = self._ask("rev-list", "--max-count=1", "--timestamp", commit)
        return int((said or b"0").split()[0])

    def write(self, files: Mapping[str, str], folder: Path) -> None:
        """These files written below a folder: path -> Git's id of the bytes. What would lead out
        of it, or is too long for a disk, is left out: `shapes` tells of it."""
        fitting = {path: id for path, id in files.items() if _fits(path)}
        self.read(fitting, lambda path, content: _write(folder / path, content))

    def read(self, files: Mapping[str, str], take: Callable[[str, bytes], None]) -> None:
        """`take` is handed every file's bytes; of a very big one none."""
        paths = [*files]
        with TemporaryFile() as asked:
            asked.write("".join(f"{files[path]}\n" for path in paths).encode("ascii"))
            asked.seek(0)
            with reading_git(self.top, self.environment, asked, "cat-file", "--batch") as said:
                for path in paths:
                    take(path, _next(said))

    def _ask(self, *arguments: str) -> bytes | None:
        return run_git(self.top, self.environment, *arguments)


@contextmanager
def open_repository(path: Path, theirs: Mapping[str, str]) -> Iterator[tuple[Repository, str]]:
    """The repository around a path, and the path below its top; Trouble when there is none.

    `theirs` is the environment of a hook: there new objects lie apart until they are accepted.
    """
    found = find_top(path)
    if found is None:
        raise Trouble(
            Text(f"вокруг {quote(path)} нет репозитория Git",
                 f"no Git repository around {quote(path)}"),
            Text("назовите папку внутри него или две папки: старую и новую",
                 "name a folder inside one, or two folders: the old and the new"),
        )  # fmt: skip
    top, own = found
    shared = _shared(own)
    objects = theirs.get("GIT_OBJECT_DIRECTORY") or f"{shared / 'objects'}"
    more = theirs.get("GIT_ALTERNATE_OBJECT_DIRECTORIES", "")
    with empty_repository() as empty:
        room = Path(empty)
        room.joinpath("refs").rmdir()
        for name in _KEPT:
            if (shared / name).exists():
                room.joinpath(name).symlink_to((shared / name).resolve())
        for name in ("HEAD", "FETCH_HEAD"):
            if (own / name).is_file():
                room.joinpath(name).write_bytes((own / name).read_bytes())
        environment = {**ALONE, "GIT_DIR": empty, "GIT_OBJECT_DIRECTORY": _whole(top, objects)}
        if more:
            environment["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = more
        below = path.resolve().relative_to(top).as_posix()
        yield Repository(room, environment), "" if below == "." else below


def _shared(own: Path) -> Path:
    """Where a second work tree keeps what it shares with the first."""
    named = own / "commondir"
    return (own / named.read_text(encoding="utf-8").strip()).resolve() if named.is_file() else own


def _whole(top: Path, objects: str) -> str:
    return objects if Path(objects).is_absolute() else f"{top / objects}"


def _change(head: bytes, path: bytes) -> FileChange:
    before, after, old, new, _ = head.removeprefix(b":").decode("ascii").split(" ")
    return FileChange(os.fsdecode(path), before, after, old, new)


def _mode_and_id(head: bytes) -> tuple[str, str]:
    mode, _, id = head.decode("ascii").split(" ")
    return mode, id


def _refuse_twice(paths: Sequence[bytes]) -> None:
    """Trouble when two things stand at one path: which of them is read, depends on who reads."""
    folders = set[bytes]()
    for path in paths:
        above = path.rpartition(b"/")[0]
        while above and above not in folders:
            folders.add(above)
            above = above.rpartition(b"/")[0]
    twice = [path for path, count in Counter(paths).items() if count > 1 or path in folders]
    if twice:
        named = quote(os.fsdecode(twice[0]))
        raise Trouble(
            Text(f"в Git на одном месте стоят две вещи: {named}",
                 f"two things stand at one place in Git: {named}"),
            Text("такое изменение не берут: его сделала не обычная программа",
                 "such a change is not taken: no usual program made it"),
        )  # fmt: skip


def is_plain(mode: str) -> bool:
    """Whether it is a file, and neither a link nor another repository."""
    return mode in _PLAIN


def _fits(path: str) -> bool:
    """Whether a path from somebody's tree can be written, and stays below the folder it is put
    into."""
    raw = os.fsencode(path)
    parts = raw.split(b"/")
    stays = not any(part in (b"", b".", b"..") for part in parts) and b"\0" not in raw
    return stays and len(raw) <= LONGEST_PATH and max(map(len, parts)) <= LONGEST_NAME


def _next(said: IO[bytes]) -> bytes:
    """The bytes of the next object."""
    head = said.readline().split()
    if len(head) != 3 or head[1] != b"blob":
        raise _unread()
    size, content = int(head[2]), b""
    if size > _BIGGEST:
        while size and (skipped := said.read(min(size, 1 << 20))):
            size -= len(skipped)
    else:
        content = said.read(size)
    said.read(1)
    return content


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _unread() -> Trouble:
    return Trouble(
        Text("Git не отдал то, что просили", "Git did not give what was asked for"),
        Text(
            "в хранилище чего-то не хватает: получите его целиком, `git fetch --unshallow`, "
            "и без `--filter`",
            "something is missing in the repository: fetch all of it, `git fetch --unshallow`, "
            "and without `--filter`",
        ),
    )
