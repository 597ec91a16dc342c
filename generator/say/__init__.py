"""Diagnostics -> words for people. How does a reader learn what is wrong and what to do?"""

from collections.abc import Iterable
from typing import Literal

from generator.diagnostic import Diagnostic, Lang
from generator.say.reports import to_github, to_gitlab, to_json
from generator.say.sarif import to_sarif
from generator.say.shown import clean, show, words_of
from generator.say.text import Lines, say_of, summary, to_concise, to_full
from generator.say.words import among, choose, near_or, nearest, plural

__all__ = [
    "Format",
    "among",
    "choose",
    "clean",
    "near_or",
    "nearest",
    "plural",
    "say",
    "say_of",
    "summary",
    "to_sarif",
    "words_of",
]

Format = Literal["full", "concise", "json", "github", "gitlab"]

_REPORTS = {"json": to_json, "github": to_github, "gitlab": to_gitlab}


def say(
    diagnostics: Iterable[Diagnostic],
    format: Format,
    lang: Lang,
    lines: Lines,
    public: bool = False,
) -> str:
    """All diagnostics, sorted by place, as text that ends with a line break; empty when none.

    `lines` gives a line of a file. With `public` the writers' own words are left out, and names
    in paths stand as the first six hex digits of their SHA-256.
    """
    if format == "full":
        return to_full(diagnostics, lang, lines, public)
    if format == "concise":
        return to_concise(diagnostics, lang, public)
    return _REPORTS[format](show(diagnostics, lang, public))
