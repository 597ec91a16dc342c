"""The master key's file <-> 32 bytes. Asks: does the secret lie where nobody publishes it?"""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from generator.diagnostic import Text
from generator.seal.keys import MASTER_BYTES
from generator.trouble import Trouble


def read_master(file: Path) -> bytes:
    """The master key; raises `Trouble` when it is missing, damaged or open to others."""
    if not file.is_file():
        raise Trouble(
            Text(f"нет главного ключа `{file}`", f"there is no master key `{file}`"),
            Text(
                "создайте его: `stupeni keys init` (или верните копию с бумаги)",
                "make it: `stupeni keys init` (or restore it from paper)",
            ),
        )
    if os.name == "posix" and file.stat().st_mode & 0o077:
        raise Trouble(
            Text(f"главный ключ `{file}` могут прочитать другие", f"others can read `{file}`"),
            Text(f"закройте его: `chmod 600 {file}`", f"close it: `chmod 600 {file}`"),
        )
    try:
        master = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except ValueError:
        master = b""
    if len(master) != MASTER_BYTES:
        raise Trouble(
            Text(f"главный ключ `{file}` повреждён", f"the master key `{file}` is damaged"),
            Text("верните копию с бумаги: 64 знака", "restore it from paper: 64 digits"),
        )
    return master


def write_master(file: Path, published: Iterable[Path]) -> None:
    """A new random master key, readable by its owner only; never replaces one.

    Refuses to lie below a folder of `published` or inside a Git work tree (access.md §4.6).
    """
    refuse_public(file, published)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Trouble(
            Text(f"главный ключ уже есть: `{file}`", f"there is a master key already: `{file}`"),
            Text(
                "новый ключ закрыл бы все розданные карточки; старый не тронут",
                "a new one would void every card; the old one is left alone",
            ),
        ) from None
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_bytes(MASTER_BYTES).hex() + "\n")
        out.flush()
        os.fsync(out.fileno())


def refuse_public(secret: Path, published: Iterable[Path], option: str = "--private") -> None:
    """Raises `Trouble` when a secret would lie in a published folder or under Git.

    `option` is what names another folder.
    """
    real = secret.expanduser().resolve()
    folders = [folder.resolve() for folder in published]
    # A site that is published into the private folder would lie in one tree with its key.
    near = any(real.is_relative_to(one) or one.is_relative_to(real.parent) for one in folders)
    if near or any((parent / ".git").exists() for parent in real.parents):
        raise Trouble(
            Text(
                f"секрет нельзя хранить в `{real.parent}`: эта папка публикуется или лежит в Git",
                f"a secret must not lie in `{real.parent}`: it is published or under Git",
            ),
            Text(
                f"укажите другую папку: `{option} ПАПКА`", f"name another folder: `{option} FOLDER`"
            ),
        )
