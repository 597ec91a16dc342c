"""Edition for everybody -> what its page may say in clear. Which words are granted to all?

The sweep asks: whatever private word stands on such a page must stand inside one of these.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import get_args

from markupsafe import escape

from generator.diagnostic import Lang
from generator.model.about import About
from generator.model.edition import Edition
from generator.model.site import Shell
from generator.pages.words import cut_short, set_date, set_short, split_paragraphs, unquoted

_NO_WORDS = frozenset({"path", "student", "compartments", "class_id", "digest", "reason", "people"})
"""Fields of an edition that no page says."""
_PLACE = re.compile(r"\{\w+\}")
_SENTENCE = re.compile(r"[.!?…]+(?=\s|$)")
_LOCK = '<meta charset="utf-8">'


def granted_words(
    shown: Iterable[Edition | About], shell: Shell, texts: Iterable[str]
) -> tuple[str, ...]:
    """Every text of what is shown, of the shell and of the interface, as a page sets it."""
    said = {words for one in shown for words in _told(one)}
    said |= {piece for text in texts for piece in _PLACE.split(text)}
    frame = {*shell.pieces[::2]}
    plain = {words.strip() for words in said if words.strip()}
    return tuple(sorted(plain | {str(escape(words)) for words in plain} | frame))


def named_people(editions: Iterable[Edition]) -> tuple[str, ...]:
    """Ids of those whom these editions may name: whose they are, and who has consented to it."""
    found = ((edition.student, *edition.people) for edition in editions)
    return tuple(sorted({one for ids in found for one in ids}))


def with_policy(shell: Shell, policy: str) -> Shell:
    """The shell under its own security policy: nobody unlocks an open page and lends it one."""
    first, *rest = shell.pieces
    if first.count(_LOCK) != 1:
        raise ValueError("the shell does not begin as we know it")
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return Shell((first.replace(_LOCK, _LOCK + meta), *rest))


def _told(noun: object) -> Iterator[str]:
    if isinstance(noun, str):
        for part in split_paragraphs(noun):
            yield from (part, unquoted(part), cut_short(part), *_SENTENCE.split(part))
    elif isinstance(noun, dt.date):
        # The name of a month is the name of somebody: «15 марта» names no Марта.
        ways = (set_date, set_short)
        yield from (say(noun, language) for language in get_args(Lang) for say in ways)
    elif isinstance(noun, tuple):
        for one in noun:
            yield from _told(one)
    elif is_dataclass(noun):
        for field in fields(noun):
            if field.name not in _NO_WORDS:
                yield from _told(getattr(noun, field.name))
