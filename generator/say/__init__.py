"""Diagnostics -> words for people. How does a reader learn what is wrong and what to do?"""

from collections.abc import Iterable
from typing import Literal

from generator.diagnostic import Diagnostic, Lang
from generator.say.panel import Panel, to_panel
from generator.say.reports import to_events, to_github, to_gitlab, to_json
from generator.say.sarif import to_sarif
from generator.say.shown import Veil, bare, clean, show, words_of
from generator.say.text import Lines, count_reasons, say_of, summary, to_concise, to_full
from generator.say.words import among, choose, near_or, nearest, plural

__all__ = [
    "Format",
    "Panel",
    "Veil",
    "among",
    "bare",
    "choose",
    "clean",
    "count_reasons",
    "near_or",
    "nearest",
    "plural",
    "say",
    "say_of",
    "summary",
    "to_panel",
    "to_sarif",
    "words_of",
]

Format = Literal["full", "concise", "json", "events", "github", "gitlab"]

_REPORTS = {"json": to_json, "events": to_events, "github": to_github, "gitlab": to_gitlab}


def say(
    diagnostics: Iterable[Diagnostic],
    format: Format,
    lang: Lang,
    lines: Lines,
    veil: Veil | None = None,
) -> str:
    """All diagnostics, sorted by place, as text that ends with a line break; empty when none.

    `lines` gives a line of a file. Behind a veil the writers' own words are left out, and signs
    stand for names.
    """
    if format in _REPORTS:
        return _REPORTS[format](show(diagnostics, lang, veil))
    if veil:
        diagnostics, lines = veil.over(diagnostics), _no_line
    return to_full(diagnostics, lang, lines) if format == "full" else to_concise(diagnostics, lang)


def _no_line(_file: str, _number: int) -> str:
    return ""
