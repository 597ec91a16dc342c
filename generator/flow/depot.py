"""The address of a shared store -> a cache of many machines. What did another one make already?

The only door for fsspec. What comes from the store counts only when this school's master key
sealed it; whatever else lies there, and a store that does not answer, is as good as an empty one.
"""

from pathlib import Path
from threading import Lock

from generator.diagnostic import Text, quote
from generator.flow.address import kind_of
from generator.flow.job import Job
from generator.flow.shelf import Far, Folder, Shelf, Silent
from generator.media.workers import ANSWER_BYTES
from generator.model.school import Settings
from generator.seal.chest import Chest, make_chest
from generator.trouble import Trouble

_LOST = Text(
    "Общий кэш не отвечает ({why}); собираю без него: всё сделаю сам, это дольше",
    "The shared cache does not answer ({why}); building without it: all is made here, more slowly",
)
_MOST = ANSWER_BYTES * 9 // 8
"""Bytes of an object, at most: an answer about a scan, and what is padded and sealed around it."""


class Depot:
    """Objects on a store that others own, sealed; once the store is lost it is asked no more."""

    def __init__(self, job: Job, chest: Chest, shelf: Shelf) -> None:
        self.job, self.chest, self.shelf = job, chest, shelf
        self.is_lost = False
        self.lock = Lock()

    def get(self, key: str) -> bytes | None:
        """What another machine of this school put there under this key."""
        if self.is_lost:
            return None
        name = self.chest.name(key)
        try:
            raw = self.shelf.read(name, _MOST)
        except FileNotFoundError:
            return None
        # Every driver raises what it likes when its network is gone.
        except Exception as error:
            self._lose(error)
            return None
        return None if raw is None else self.chest.open(name, raw)

    def put(self, key: str, content: bytes) -> None:
        """Keeps it for other machines. Two that put the same put equal bytes: the last one wins."""
        if self.is_lost:
            return
        name = self.chest.name(key)
        try:
            self.shelf.write(name, self.chest.close(name, content))
        except Exception as error:
            self._lose(error)

    def wipe(self) -> None:
        """Nothing of this school is kept there any more; raises `Trouble` if that failed."""
        try:
            self.shelf.wipe(self.chest.folder)
        except Exception as error:
            why = type(error).__name__
            raise Trouble(
                Text(f"общий кэш не стёрт ({why})", f"the shared cache was not wiped ({why})"),
                Text("повторите, когда хранилище ответит", "try again when the store answers"),
            ) from error

    def _lose(self, error: Exception) -> None:
        # Only the kind of it: the words of a driver may hold an address with its password.
        why = type(error).__name__
        with self.lock:
            if not self.is_lost:
                self.job.tell(Text(_LOST.ru.format(why=why), _LOST.en.format(why=why)))
            self.is_lost = True


def open_depot(job: Job, settings: Settings, master: bytes) -> Depot | None:
    """The shared cache that was asked for, if any; Trouble when there is no such kind of store."""
    if not job.cache:
        return None
    return Depot(job, make_chest(master, settings.site), _shelf_of(job.cache))


def _shelf_of(address: str) -> Shelf:
    try:
        from fsspec.core import url_to_fs
        from fsspec.implementations.local import LocalFileSystem
    except ImportError:
        raise Trouble(
            Text("для общего кэша не хватает пакета fsspec", "a shared cache needs fsspec"),
            Text("поставьте добавку `stupeni[region]`", "install the extra `stupeni[region]`"),
        ) from None
    kind = kind_of(address)
    # One driver behind another (`dir::file://…`) would be a way around the folder's own door.
    if not kind or "::" in address:
        if address.startswith(("/", "./", "../", "~")):
            raise _plain(Path(address).expanduser().absolute())
        raise _unknown(Text("такого хранилища нет", "there is no such store"))
    try:
        store, root = url_to_fs(address)
    except (ImportError, ValueError):
        told = quote(kind)
        raise _unknown(
            Text(f"к хранилищу вида {told} нет подхода", f"no way to a store of the kind {told}")
        ) from None
    # Some drivers call their store at once, and it may be away.
    except Exception as error:
        return Silent(error)
    is_folder = isinstance(store, LocalFileSystem)
    return Folder(Path(root)) if is_folder else Far(store, root.rstrip("/"))


def _plain(folder: Path) -> Trouble:
    return Trouble(
        Text("--cache ждёт адрес, а не просто путь", "--cache wants an address, no mere path"),
        Text(f"напишите так: `file://{folder}`", f"write it like this: `file://{folder}`"),
    )


def _unknown(what: Text) -> Trouble:
    # Nothing of the address but its kind: there may be a password in it.
    return Trouble(
        what,
        Text("адрес в --cache начинается с `file://` или `s3://`; для `s3` нужен пакет s3fs",
             "it begins with `file://` or `s3://`; `s3` needs the package s3fs"),
    )  # fmt: skip
