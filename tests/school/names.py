"""Russian words -> Latin names. What is the folder of an entry called?"""

import random

from generator.say.latin import to_latin

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def slug(title: str, longest: int = 36) -> str:
    """The title in Latin letters and hyphens, cut at a word."""
    return to_latin(title, longest) or "zapis"


def short_id(rng: random.Random, taken: set[str]) -> str:
    """Four random letters and digits, a letter first, not taken before."""
    while True:
        word = rng.choice(_ALPHABET[:23]) + "".join(rng.choice(_ALPHABET) for _ in range(3))
        if word not in taken and not word.isalpha():
            taken.add(word)
            return word
