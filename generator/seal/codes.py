"""Secret <-> what a card or a paper bears: a link, 12 or 24 words (schema/seal-v2.md §8)."""

import base64
import re
import unicodedata
from pathlib import Path

from generator.diagnostic import Text
from generator.seal.cipher import digest
from generator.trouble import Trouble

WORDS = 12
"""Of a card."""
MASTER_WORDS = 24
"""Of the master key's paper."""
BITS = 11
START = 4


class Misread(Exception):
    """These words are no code; `message` says which word, or how many."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


def to_words(secret: bytes, words: tuple[str, ...]) -> tuple[str, ...]:
    """12 words for 16 bytes, 24 for 32: one bit in 33 is a check of the rest."""
    check = len(secret) // 4
    number = int.from_bytes(secret, "big") << check | digest(secret)[0] >> 8 - check
    count = (len(secret) * 8 + check) // BITS
    return tuple(words[number >> shift & 0x7FF] for shift in range(BITS * (count - 1), -1, -BITS))


def from_words(text: str, words: tuple[str, ...], count: int = WORDS) -> bytes:
    """The secret behind `count` typed words; raises `Misread` and says what to look at."""
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
    if len(typed) != count:
        raise Misread(
            Text(f"слов {len(typed)}, а нужно {count}", f"{len(typed)} words, {count} are needed")
        )
    number = 0
    for word in typed:
        number = number << BITS | index[word[:START]]
    check = count // 3
    secret = (number >> check).to_bytes((count * BITS - check) // 8, "big")
    if digest(secret)[0] >> 8 - check != number & (1 << check) - 1:
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
