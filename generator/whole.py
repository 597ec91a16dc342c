"""Bytes -> a file, whole or not at all. What lies there if the run ends here?"""

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.diagnostic import Text
from generator.trouble import Trouble

NEW = os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
"""How a file is opened that nobody has put there before."""
_FULL = (
    Text("на диске нет места", "the disk is full"),
    Text("освободите место и повторите команду: прежнее осталось, как было",
         "make room and try again: what was there before is as it was"),
)  # fmt: skip
_CLOSED = (
    Text("нет права читать и писать", "no right to read and write"),
    Text("разрешите читать и писать эту папку или укажите другую",
         "allow reading and writing this folder, or name another"),
)  # fmt: skip
_READ_ONLY = (Text("можно только читать", "may only be read"), _CLOSED[1])
_FAILING = (
    Text("диск неисправен", "the disk fails"),
    Text("проверьте диск и повторите команду", "check the disk and try again"),
)
_UNLOCKED = (
    Text("этот диск не умеет запирать файлы", "this disk cannot lock files"),
    Text("укажите папку на диске этого компьютера", "name a folder on a disk of this computer"),
)
_IN_THE_WAY = (
    Text("на пути стоит файл или ссылка", "a file or a link stands in the way"),
    Text("уберите его или укажите другую папку", "move it away or name another folder"),
)
_TOO_LONG = (
    Text("имя слишком длинное", "the name is too long"),
    Text("назовите короче", "choose a shorter one"),
)
_NOWHERE = (
    Text("такой папки нет, и завести её здесь нельзя",
         "there is no such folder, and none can be made here"),
    Text("укажите другую папку", "name another folder"),
)  # fmt: skip
_UNFIT = (
    Text("диск не принимает такого имени", "the disk does not take such a name"),
    Text('назовите иначе: без знаков `: ? * " < > |`', 'choose another: without `: ? * " < > |`'),
)
_WHY = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.EROFS: _READ_ONLY,
    errno.EIO: _FAILING,
    errno.ENOLCK: _UNLOCKED,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EEXIST: _IN_THE_WAY,
    errno.ELOOP: _IN_THE_WAY,
    errno.ENAMETOOLONG: _TOO_LONG,
}
"""What a disk may say that is nobody's mistake in the program."""
_WHY_NOT_THERE = {errno.ENOENT: _NOWHERE, errno.EINVAL: _UNFIT}
"""What it may say of a place that somebody named; of any other it is our mistake."""


def refusal(error: OSError, place: Path | None = None) -> Trouble | None:
    """Why a disk does not take what is written to `place`, in words; None when it is a bug."""
    known = _WHY | _WHY_NOT_THERE if _is_about(error, place) else _WHY
    if error.errno not in known:
        return None
    why, advice = known[error.errno]
    named = place or error.filename
    where = f"`{named}`: " if named else ""
    return Trouble(Text(f"{where}{why.ru}", f"{where}{why.en}"), advice)


def _is_about(error: OSError, place: Path | None) -> bool:
    """Whether it was this place that a disk refused, a draft beside it, or what leads to it."""
    if place is None or not isinstance(error.filename, str):
        return False
    refused = Path(error.filename)
    return refused.is_relative_to(place.parent) or place.is_relative_to(refused)


def refuse_file(place: Path) -> None:
    """Raises `Trouble` where no folder can be: before anything long is made for it."""
    with writing(place):
        there = next(one for one in (place, *place.parents) if os.path.lexists(one))
        if not there.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), f"{there}")


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """What a disk refuses meanwhile is told as `Trouble` about this place."""
    try:
        yield
    except OSError as error:
        if trouble := refusal(error, place):
            raise trouble from error
        raise


@contextmanager
def clearing(*places: Path) -> Iterator[None]:
    """What lies at these places goes when the block does not end well: a disk may be full of it,
    and half a copy of somebody's work is nobody's to find."""
    try:
        yield
    except BaseException:
        for place in places:
            shutil.rmtree(place, ignore_errors=True)
            if not place.is_dir():
                place.unlink(missing_ok=True)
        raise


def write_whole(path: Path, content: bytes, mode: int = 0o600, *, lasting: bool = False) -> None:
    """The file with this content and these rights; until then, the one that was there before.

    What is `lasting` survives a power failure, too. A draft that the dead left behind has one name
    for ever, so that the next to write takes it over.
    """
    draft = path.with_name(f".{path.name}.new")
    with writing(path), _open_alone(draft) as handle:
        try:
            os.fchmod(handle, mode)
            os.truncate(handle, 0)
            with open(handle, "wb", closefd=False) as file:
                file.write(content)
            if lasting:
                os.fsync(handle)
            draft.replace(path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise


def make_private(folder: Path) -> None:
    """The folder, and whatever is missing above it, for its owner alone."""
    with writing(folder):
        for one in reversed((folder, *folder.parents)):
            if not one.exists():
                one.mkdir(mode=0o700, exist_ok=True)


def write_folder(folder: Path, files: Iterable[tuple[str, bytes | Path]]) -> None:
    """A new folder with these files, for its owner alone; what stands there already is no place for
    them: it may be a link, or the folder of somebody who waits for them."""
    make_private(folder.parent)
    folder.mkdir(mode=0o700)
    for name, content in files:
        file = folder / name
        make_private(file.parent)
        # Not changed afterwards: a flash drive knows no rights, and says so.
        with os.fdopen(os.open(file, os.O_WRONLY | NEW, 0o600), "wb") as out:
            out.write(bytes_of(content))


def bytes_of(content: bytes | Path) -> bytes:
    """The bytes themselves, or those of the file that has them."""
    return content.read_bytes() if isinstance(content, Path) else content


@contextmanager
def locked(file: Path, wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Nobody else is in here with this file; `wait` is called once when somebody is.

    The lock dies with whoever holds it.
    """
    import fcntl  # not on Windows; publishing there is not supported

    with writing(file.parent):
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with writing(file.parent):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                wait()
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _open_alone(draft: Path) -> Iterator[int]:
    """A draft that nobody else writes to meanwhile: whoever had it may just have given it its
    name."""
    import fcntl

    while True:
        # A link that came with somebody's commit must not lead our pen into another file.
        how = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        handle = os.open(draft, how, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if draft.exists() and os.path.samestat(os.fstat(handle), os.lstat(draft)):
                yield handle
                return
        finally:
            os.close(handle)
