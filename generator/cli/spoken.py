"""Words of argparse -> Russian and English. What does the door say when it does not understand?"""

import argparse
from typing import Any

_SAID = {
    "usage: ": "как писать / usage: ",
    "positional arguments": "по порядку / positional",
    "options": "можно добавить / options",
    "show this help message and exit": "показать эту справку / show this help",
    "%(prog)s: error: %(message)s\n": (
        "%(prog)s: %(message)s\n  fix: посмотрите `%(prog)s --help`\n"
    ),
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "unrecognized arguments: %s": "не знаю таких слов / unknown: %s",
    "the following arguments are required: %s": "не хватает / missing: %s",
    "one of the arguments %s is required": "нужно одно из / one of these is needed: %s",
    "not allowed with argument %s": "не бывает вместе с / not together with %s",
    "ambiguous option: %(option)s could match %(matches)s": (
        "%(option)s — это что из / which of: %(matches)s?"
    ),
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "нет такого / no such: %(value)s; есть / there are: %(choices)s"
    ),
    "invalid %(type)s value: %(value)r": "не подходит / does not fit: %(value)s",
    "ignored explicit argument %r": "после этого ничего не пишут / nothing follows it: %s",
    "expected one argument": "после этого нужно слово / a word must follow",
    "expected at most one argument": "после этого — не больше одного слова / one word at most",
    "expected at least one argument": "после этого нужно хотя бы слово / a word at least",
    "expected %s argument": "после этого нужно слов: %s / words must follow: %s",
}
"""As argparse of Python 3.11 writes them; what is not here it says in English."""


def speak() -> None:
    """Lets argparse speak both languages. It has no other door for that than gettext's name."""
    told: Any = argparse
    told._ = lambda words: _SAID.get(words, words)
    told.ngettext = lambda one, many, number: _SAID.get(one, one if number == 1 else many)
