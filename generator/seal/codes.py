"""Secret <-> what a card bears: a link and 12 words (schema/seal-v1.md §8)."""

import base64
import re
import unicodedata
from pathlib import Path

from generator.diagnostic import Text
from generator.seal.cipher import digest
from generator.trouble import Trouble

WORDS = 12
BITS = 11
START = 4


class Misread(Exception):
    """These words are no code; `message` says which word, or how many."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


def to_words(secret: bytes, words: tuple[str, ...]) -> tuple[str, ...]:
    """The 12 words of a 16-byte secret; the last 4 of their 132 bits check the rest."""
    number = int.from_bytes(secret, "big") << 4 | digest(secret)[0] >> 4
    return tuple(words[number >> shift & 0x7FF] for shift in range(BITS * (WORDS - 1), -1, -BITS))


def from_words(text: str, words: tuple[str, ...]) -> bytes:
    """The secret behind 12 typed words; raises `Misread` and says what to look at."""
    index = {word[:START]: number for number, word in enumerate(words)}
    typed = re.findall(r"[а-я]+", unicodedata.normalize("NFC", text).lower().replace("ё", "е"))
    for place, word in enumerate(typed, 1):
        if word[:START] not in index:
            raise Misread(
                Text(
                    f"слова {place} «{word}» нет в списке",
                    f"word {place} “{word}” is not on the list",
                )
            )
    if len(typed) != WORDS:
        raise Misread(
            Text(f"слов {len(typed)}, а нужно {WORDS}", f"{len(typed)} words, {WORDS} are needed")
        )
    number = 0
    for word in typed:
        number = number << BITS | index[word[:START]]
    secret = (number >> 4).to_bytes(16, "big")
    if digest(secret)[0] >> 4 != number & 0xF:
        raise Misread(Text("одно из слов не то", "one of the words is another one"))
    return secret


def to_link(secret: bytes, address: str) -> str:
    """The link of a QR code; what follows `#` never reaches a server."""
    return f"{address}#k={to_text(secret)}"


def to_file(code: str, site: str, level: str) -> str:
    """A code file: for staff, who come by no link (theme/seal/codes.js reads it)."""
    return f"stupeni-code/v1\n{site} {level}\n{code}\n"


def to_text(raw: bytes) -> str:
    """Bytes as b64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def to_qr(link: str) -> str:
    """A link as a QR code in SVG, medium error correction."""
    import segno  # heavy for a door that prints no cards

    return segno.make_qr(link, error="m").svg_inline(border=4, omitsize=True)


def read_word_list(file: Path) -> tuple[str, ...]:
    """The 2048 words; raises `Trouble` when the file is not the list this version knows."""
    words = tuple(file.read_text(encoding="utf-8").split())
    if len(words) != 1 << BITS or len({word[:START] for word in words}) != 1 << BITS:
        raise Trouble(
            Text(f"список слов `{file}` повреждён", f"the word list `{file}` is damaged"),
            Text("верните файл из выпуска программы", "restore the file of this release"),
        )
    return words
