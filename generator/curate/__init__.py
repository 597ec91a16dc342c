"""Portfolios -> the same, in order. Which keys move, and which ids are missing?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.curate.ids import Choose, Ids, ending_of, ids_in
from generator.curate.records import records_in
from generator.diagnostic import Diagnostic, Text, quote
from generator.source import Tree, not_a_file, parse, read_bytes, rewrite
from generator.trouble import Trouble
from generator.whole import write_whole

__all__ = ["Change", "Tidied", "read_changes", "write_changes"]

_ORDER = Text("порядок ключей", "order of keys")


@dataclass(frozen=True)
class Change:
    """A file that is not yet in order, and what it should be."""

    file: str
    """POSIX path relative to the portfolios."""
    content: bytes
    ids: tuple[str, ...] = ()
    """Ids that were missing."""
    folder: str = ""
    """Its folder's new name, when that must end with a new id."""

    @property
    def lacks(self) -> Text:
        """What is missing as long as the change is not written."""
        count = len(self.ids)
        return Text(f"не хватает id: {count}", f"ids missing: {count}") if count else _ORDER

    @property
    def done(self) -> Text:
        """What the change did when it is written."""
        ids = ", ".join(self.ids)
        folder = quote(self.folder, len(self.folder))
        ru, en = (
            (f", папка теперь {folder}", f", the folder is {folder}") if self.folder else ("", "")
        )
        return Text(f"новые id: {ids}{ru}", f"new ids: {ids}{en}") if ids else _ORDER


@dataclass(frozen=True)
class Tidied:
    """What there is to change, and the files that could not be read."""

    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]
    files: int
    """How many were looked at."""


@dataclass(frozen=True)
class _Read:
    file: str
    raw: bytes
    value: Mapping[str, Tree]


def read_changes(root: Path, files: Iterable[str], choose: Choose) -> Tidied:
    """What would put `files` in order; nothing is written."""
    files = sorted(files)
    found = [_read(root, file) for file in files]
    read = [one for one in found if isinstance(one, _Read)]
    refused = tuple(one for one in found if isinstance(one, Diagnostic))
    taken = {written for one in read for written in ids_in(dict(one.value))}
    # What stands in an unreadable file is not known; its folder tells at least its id.
    taken |= {ending_of(_folder_of(one.place.file)) for one in refused}
    ids = Ids(choose, taken, frozenset(ending_of(_folder_of(file)) for file in files))
    changes = tuple(change for one in read for change in _changes(one, ids))
    return Tidied(changes, refused, len(files))


def write_changes(root: Path, changes: Iterable[Change]) -> None:
    """Every change written, each file whole or not at all; Trouble when one cannot be."""
    for change in changes:
        path = root / change.file
        try:
            if change.folder:
                # First: a run that is cut off here leaves the id in the folder's name.
                path = path.parent.rename(path.parent.with_name(change.folder)) / path.name
            mode = path.stat().st_mode & 0o7777 if path.exists() else 0o644
            write_whole(path, change.content, mode)
        except OSError as error:
            file = quote(path)
            raise Trouble(
                Text(f"{file} не записать: остался прежним", f"{file} stays as it was: no write"),
                Text("проверьте права и место на диске", "look at the rights and the disk's room"),
            ) from error


def _read(root: Path, file: str) -> _Read | Diagnostic:
    # A folder on the way may be a link that leads elsewhere; what is written must stay inside.
    if (root / file).parent.resolve() != root.resolve() / Path(file).parent:
        return not_a_file(file)
    raw = read_bytes(root, file)
    if isinstance(raw, Diagnostic):
        return raw
    document = parse(file, raw)
    return document if isinstance(document, Diagnostic) else _Read(file, raw, document.value)


def _changes(one: _Read, ids: Ids) -> Iterator[Change]:
    standing, folder = list(records_in(one.file, dict(one.value))), _folder_of(one.file)
    values = {
        (*record.keys, "id"): ids.new() if record.keys else ids.of_folder(folder)
        for record in standing
        if record.lacks_id
    }
    content = rewrite(one.raw, {record.keys: record.order for record in standing}, values)
    if content != one.raw:
        own = values.get(("id",), "")
        follows = not own or folder == own or folder.endswith(f"-{own}")
        renamed = "" if follows else f"{folder}-{own}"
        yield Change(one.file, content, tuple(values.values()), renamed)


def _folder_of(file: str) -> str:
    return file.split("/")[-2]
