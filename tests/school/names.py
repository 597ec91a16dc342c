"""Russian words -> Latin names. What is the folder of an entry called?"""

import random
import re

_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya".split(),
        strict=True,
    )
)
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def slug(title: str, longest: int = 36) -> str:
    """The title in Latin letters and hyphens, cut at a word."""
    low = "".join(_LATIN.get(letter, letter) for letter in title.lower()).replace("--", "")
    words = re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z])-|-(?=[a-z])", "", low))
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
