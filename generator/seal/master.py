"""The master key's file <-> 32 bytes. Asks: does the secret lie where nobody publishes it?"""

import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

from generator.diagnostic import Lang, Text
from generator.seal.codes import MASTER_WORDS, Misread, from_words
from generator.seal.keys import MASTER_BYTES
from generator.trouble import Trouble
from generator.whole import write_whole

_DIGITS = re.compile(r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{64}(?![0-9A-Fa-f])")
_OPEN = (".git", "mkdocs.yml")  # a work tree's `.git` is a folder, or a file that names one


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
        master = bytes.fromhex(file.read_text(encoding="utf-8").strip())
    except ValueError:
        master = b""
    if len(master) != MASTER_BYTES:
        raise Trouble(
            Text(f"главный ключ `{file}` повреждён", f"the master key `{file}` is damaged"),
            Text(
                "уберите этот файл и верните ключ с бумаги: `stupeni keys restore`",
                "move this file away and restore the key from paper: `stupeni keys restore`",
            ),
        )
    return master


def new_master() -> bytes:
    """32 bytes by chance."""
    return secrets.token_bytes(MASTER_BYTES)


def read_typed(text: str, words: tuple[str, ...]) -> bytes:
    """The master key that somebody typed or scanned: 24 words, or 64 digits with whatever stands
    around them; raises `Trouble` that never repeats what was typed."""
    found = _DIGITS.search(text)
    if found:
        return bytes.fromhex(found[0])
    try:
        return from_words(text, words, MASTER_WORDS)
    except Misread as no:
        raise Trouble(
            Text(f"это не главный ключ: {_told(no, 'ru')}", f"no master key: {_told(no, 'en')}"),
            Text(
                "наберите 24 слова с бумаги по порядку или 64 знака из файла ключа",
                "type the 24 words of the paper in order, or the 64 digits of the key's file",
            ),
        ) from None


def write_master(
    file: Path, published: Iterable[Path], master: bytes, *, over: bool = False
) -> None:
    """The master key in its file, readable by its owner only, whole or not at all; it takes the
    place of another one only where that is wanted.

    Refuses to lie below a folder of `published` or inside a Git work tree (access.md §4.6).
    """
    refuse_public(file, published)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    write_whole(draft, f"{master.hex()}\n".encode("ascii"), lasting=True)
    try:
        if over:
            draft.replace(file)
        else:
            os.link(draft, file)
    except FileExistsError:
        raise Trouble(
            Text(f"главный ключ уже есть: `{file}`", f"there is a master key already: `{file}`"),
            Text(
                "другой ключ закрыл бы все розданные карточки; этот не тронут. Если он утёк: "
                "`stupeni keys init --replace`",
                "another one would void every card; this one is left alone. If it leaked: "
                "`stupeni keys init --replace`",
            ),
        ) from None
    finally:
        draft.unlink(missing_ok=True)


def put_aside(file: Path, moment: str) -> Path:
    """The old key under another name too: what it sealed was published and stays readable."""
    old = file.with_name(f"old-{moment}.key")
    # Not a rename: that would silently take the place of an older one, and leave no key meanwhile.
    os.link(file, old)
    return old


def refuse_public(secret: Path, published: Iterable[Path], option: str = "--private") -> None:
    """Raises `Trouble` when a secret would lie in a published folder, a handbook or under Git.

    `option` is what names another folder.
    """
    real = secret.expanduser().resolve()
    folders = [folder.resolve() for folder in published]
    # A site that is published into the private folder would lie in one tree with its key.
    near = any(real.is_relative_to(one) or one.is_relative_to(real.parent) for one in folders)
    # Whatever lies beside or below mkdocs.yml may become part of a handbook that is published.
    if near or any((one / name).exists() for one in (real, *real.parents) for name in _OPEN):
        raise Trouble(
            Text(
                f"секрет нельзя хранить в `{real.parent}`: эта папка публикуется или лежит в Git",
                f"a secret must not lie in `{real.parent}`: it is published or under Git",
            ),
            Text(
                f"укажите другую папку: `{option} ПАПКА`", f"name another folder: `{option} FOLDER`"
            ),
        )


def _told(no: Misread, lang: Lang) -> str:
    # The words themselves are the secret: of a wrong one only its number is told.
    return re.sub(" [«“].*?[»”]", "", no.message.get(lang))
