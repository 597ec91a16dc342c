"""Words in Cyrillic letters -> a name every disk can hold. What is a file called?"""

import re
import unicodedata
from collections.abc import Collection

_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "ә": "a", "ө": "o", "ү": "u", "җ": "zh", "ң": "n", "һ": "h", "қ": "k", "ғ": "g", "ұ": "u",
    "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ҡ": "k", "ҙ": "z", "ҫ": "s", "ӑ": "a", "ӗ": "e",
    "ӳ": "u", "ß": "ss", "ł": "l",
}  # fmt: skip


def to_latin(words: str, longest: int = 60) -> str:
    """The words in small Latin letters and figures with hyphens between, cut at a word."""
    low = unicodedata.normalize("NFC", words).lower()
    spelled = "".join(_LATIN.get(letter, letter) for letter in low)
    plain = unicodedata.normalize("NFD", spelled)
    whole = "".join(letter for letter in plain if not unicodedata.combining(letter))
    short = ""
    for word in re.findall(r"[a-z0-9]+", whole):
        if short and len(short) + len(word) >= longest:
            break
        short += f"-{word}" if short else word[:longest]
    return short


def name_apart(stem: str, suffix: str, taken: Collection[str]) -> str:
    """`stem.suffix`, or `stem-2.suffix` and so on, that no file in `taken` bears in any case."""
    there = {name.casefold() for name in taken}
    number, name = 1, f"{stem}.{suffix}"
    while name.casefold() in there:
        number += 1
        name = f"{stem}-{number}.{suffix}"
    return name
