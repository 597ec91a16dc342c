"""Russian words -> Latin names. What is the folder of an entry called?"""

import random
import re

_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def slug(title: str, longest: int = 36) -> str:
    """The title in Latin letters and hyphens, cut at a word."""
    low = "".join(_LATIN.get(letter, letter) for letter in title.lower())
    words = re.findall(r"[a-z0-9]+", low)
    short = ""
    for word in words:
        if len(short) + len(word) >= longest:
            break
        short += f"-{word}" if short else word
    return short or "zapis"


def short_id(rng: random.Random, taken: set[str]) -> str:
    """Four random letters and digits, a letter first, not taken before."""
    while True:
        word = rng.choice(_ALPHABET[:23]) + "".join(rng.choice(_ALPHABET) for _ in range(3))
        if word not in taken and not word.isalpha():
            taken.add(word)
            return word
