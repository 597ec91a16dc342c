"""The address of a shared store -> a cache of many machines. What did another one make already?

The only door for fsspec. What comes from the store counts only when this school's master key
sealed it; whatever else lies there, and a store that does not answer, is as good as an empty one.
"""

from threading import Lock
from typing import Any

from generator.diagnostic import Text, quote
from generator.flow.job import Job
from generator.model.school import Settings
from generator.seal.chest import Chest, make_chest
from generator.trouble import Trouble

_LOST = Text(
    "Общий кэш не отвечает ({why}); собираю без него: всё сделаю сам, это дольше",
    "The shared cache does not answer ({why}); building without it: all is made here, more slowly",
)


class Depot:
    """Objects on a store that others own, sealed; once the store is lost it is asked no more."""

    def __init__(self, job: Job, chest: Chest, store: Any, root: str) -> None:
        self.job, self.chest, self.store, self.root = job, chest, store, root.rstrip("/")
        self.is_lost = False
        self.lock = Lock()

    def get(self, key: str) -> bytes | None:
        """What another machine of this school put there under this key."""
        if self.is_lost:
            return None
        name = self.chest.name(key)
        try:
            raw = self.store.cat_file(f"{self.root}/{name}")
        except FileNotFoundError:
            return None
        # Every driver raises what it likes when its network is gone.
        except Exception as error:
            self._lose(error)
            return None
        return self.chest.open(name, raw)

    def put(self, key: str, content: bytes) -> None:
        """Keeps it for other machines. Two that put the same put equal bytes: the last one wins."""
        if self.is_lost:
            return
        name = self.chest.name(key)
        try:
            self.store.pipe_file(f"{self.root}/{name}", self.chest.close(name, content))
        except Exception as error:
            self._lose(error)

    def wipe(self) -> None:
        """Nothing of this school is kept there any more; raises `Trouble` if that failed."""
        folder = f"{self.root}/{self.chest.folder}"
        try:
            if self.store.exists(folder):
                self.store.rm(folder, recursive=True)
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
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise Trouble(
            Text("для общего кэша не хватает пакета fsspec", "a shared cache needs fsspec"),
            Text("поставьте добавку `stupeni[region]`", "install the extra `stupeni[region]`"),
        ) from None
    kind, mark, _ = job.cache.partition("://")
    # Only where folders are folders they have to be made.
    options = {"auto_mkdir": True} if kind in ("file", "local") else {}
    try:
        if not (kind and mark):
            raise ValueError("no address")
        store, root = url_to_fs(job.cache, **options)
    except (ImportError, ValueError) as error:
        raise Trouble(
            Text(f"к хранилищу вида {quote(kind)} нет подхода",
                 f"no way to a store of the kind {quote(kind)}"),
            Text("адрес в --cache начинается с `file://` или `s3://`; для `s3` нужен пакет s3fs",
                 "it begins with `file://` or `s3://`; `s3` needs the package s3fs"),
        ) from error  # fmt: skip
    return Depot(job, make_chest(master, settings.site), store, root)
