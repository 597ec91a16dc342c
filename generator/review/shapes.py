"""Changed files -> diagnostics. Is each a plain file with a plain name, as every disk can hold it?

Whoever made the change: a link or a second repository is nobody's to put in.
"""

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.review.commits import LONGEST_PATH, FileChange, is_plain

_LINK, _OTHER, _PROGRAM, _GONE = "120000", "160000", "100755", "000000"
_ODD = re.compile(
    '[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\\\\:*?"<>|]|[. ]$'
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST = 200
_TYPES = re.compile(r".+\.(yml|jpe?g|png|webp|heic|tiff?|pdf)|README\.md|register\.jsonl", re.I)
"""What a folder of portfolios is made of."""


def misshapen(changes: Iterable[FileChange], below: str) -> Iterator[Diagnostic]:
    """What stands there now and is no plain file of a plain kind and name."""
    for change in changes:
        if change.after == _GONE:
            continue
        place, name = Place(change.path), change.path.rpartition("/")[2]
        if found := _of_mode(change.after):
            yield Diagnostic(place, *found)
        inside = not below or change.path.startswith(f"{below}/")
        # Beside the portfolios hidden names are those of Git and of the forge.
        deep = len(os.fsencode(change.path)) > LONGEST_PATH
        if deep or any(_is_odd(part, hidden=inside) for part in change.path.split("/")):
            yield Diagnostic(place, "odd-name", *_NAMES["odd"])
        elif unicodedata.normalize("NFC", change.path) != change.path:
            yield Diagnostic(place, "name-not-nfc", *_NAMES["nfc"])
        if inside and is_plain(change.after) and not _TYPES.fullmatch(name):
            yield Diagnostic(place, "bad-type", *_NAMES["type"])


def clashing(changed: Iterable[FileChange], there: Iterable[str]) -> Iterator[Diagnostic]:
    """Names that on another disk would be one: they differ by case or by how letters are made."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for path in there:
        for folder in _folders(path):
            if folder not in alike[_folded(folder)]:
                alike[_folded(folder)].append(folder)
    for change in changed:
        if change.after == _GONE:
            continue
        for folder in _folders(change.path):
            others = [one for one in alike[_folded(folder)] if one != folder]
            if others:
                yield Diagnostic(
                    Place(change.path),
                    "names-differ-by-case",
                    Text(
                        f"имя отличается от {quote(others[0])} только большими буквами или "
                        "невидимыми знаками",
                        f"the name differs from {quote(others[0])} in case or unseen signs only",
                    ),
                    Text("назовите иначе", "give it another name"),
                )
                break


def _of_mode(mode: str) -> tuple[str, Text, Text] | None:
    if mode == _LINK:
        return "not-a-file", *_NAMES["link"]
    if mode == _OTHER:
        return "submodule", *_NAMES["other"]
    return ("exec-bit", *_NAMES["program"]) if mode == _PROGRAM else None


def _is_odd(part: str, *, hidden: bool) -> bool:
    if hidden and part.startswith("."):
        return True
    long = len(part.encode(errors="surrogateescape")) > _LONGEST
    return bool(long or _ODD.search(part) or _RESERVED.fullmatch(part))


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _folders(path: str) -> Iterator[str]:
    """A path, and every folder on the way to it."""
    parts = path.split("/")
    for end in range(len(parts), 0, -1):
        yield "/".join(parts[:end])


_NAMES = {
    "link": (
        Text("это ссылка, а не файл", "this is a link and no file"),
        Text("положите сюда сам файл", "put the file itself here"),
    ),
    "other": (
        Text("это другой репозиторий (submodule)", "this is another repository (submodule)"),
        Text("положите сюда сами файлы", "put the files themselves here"),
    ),
    "program": (
        Text("файл помечен как программа", "the file is marked as a program"),
        Text("снимите пометку: `git update-index --chmod=-x`",
             "take the mark away: `git update-index --chmod=-x`"),
    ),
    "odd": (
        Text(
            "в имени то, чего не вынесет чужой диск или чего не видно",
            "the name holds what some disk cannot, or what is not seen",
        ),
        Text("назовите буквами, цифрами и дефисами", "use letters, figures and hyphens"),
    ),
    "nfc": (
        Text(
            "буквы имени сложены из частей (так пишет macOS)",
            "letters of the name are made of parts (as macOS does)",
        ),
        Text("переименуйте файл, набрав имя заново", "rename it, typing the name anew"),
    ),
    "type": (
        Text("файлу такого вида в портфолио не место", "such a file has no place in a portfolio"),
        Text("положите снимок (JPEG, PNG, WebP, HEIC, TIFF) или PDF",
             "put a picture (JPEG, PNG, WebP, HEIC, TIFF) or a PDF"),
    ),
}  # fmt: skip
