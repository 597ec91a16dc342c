"""Words -> words set well. How do dates and short words stand in a line?"""

import datetime as dt
import re
from functools import lru_cache

from markupsafe import Markup

from generator.diagnostic import Lang
from generator.model.spoken import say_day

_SHORT = re.compile(r"(?<![\w-])([A-Za-zА-Яа-яЁё]{1,2}|для|при|над|без|это) (?=\S)")
_UNITS = re.compile(r"(?<=[\d№§]) (?=\S)|(?<=№) ?(?=\d)|(?<=лист|файл) (?=\d)")
_HYPHEN = re.compile(
    r"(?<=[а-яё])-(?=(?:то|либо|нибудь|ка|де|таки|за|под)\b)|\b(?<=[Пп]о)-(?=[а-яё])|(?<=\d)-(?=[А-ЯЁа-яё])"
)
_SIGNS = re.compile(r"""["'\\<>&\n]""")
_SHORT_TEXT = 150
_ENOUGH = 2
"""Words by which one hears that an answer goes on with what was asked."""
_LETTERS = re.compile(r"[\W_]+")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_ENGLISH = re.compile(r"\b(?:the|and|of|my|is|are|with|for)\b", re.IGNORECASE)
_DASH = re.compile(r" (?=[—–])")
_SPACE = "\N{NO-BREAK SPACE}"
_JOINED = "-\N{WORD JOINER}"
"""A hyphen after which no line ends; the sweep and our search look through the joiner."""


@lru_cache(maxsize=1 << 12)  # a school lives through few days
def set_date(day: dt.date, language: Lang) -> str:
    """«14 марта 2026 г.», with spaces that do not break."""
    return say_day(day).get(language)


def set_short(day: dt.date, language: Lang) -> str:
    """«14 марта»: a day of a year that is told beside it."""
    return _SPACE.join(set_date(day, language).split(_SPACE)[:2])


def set_span(start: dt.date | None, end: dt.date | None, language: Lang) -> str:
    """One day, or two with a dash between, the month and the year said once where they are the
    same: «15–21 июня 2026 г.»; empty when there is none."""
    days = [day for day in (start, end) if day]
    if not days:
        return ""
    first, last = days[0], days[-1]
    whole = set_date(last, language)
    if first == last:
        return whole
    if first.year != last.year:
        begin = set_date(first, language)
    elif first.month != last.month:
        begin = set_short(first, language)
    else:
        return f"{first.day}–\N{WORD JOINER}{whole}"
    return f"{begin}{_SPACE}— {whole}"  # no line begins with a dash


def set_school_year(year: str) -> str:
    """2026-27 as it is said: 2026/27."""
    return year.replace("-", "/")


def bind(words: str) -> str:
    """Short words and numbers kept on the line of the word that follows them; «кто-то» and
    «273-ФЗ» on one line."""
    # Twice, because of two short words in a row the first match takes both their spaces.
    words = _SHORT.sub(rf"\1{_SPACE}", _SHORT.sub(rf"\1{_SPACE}", words))
    return _DASH.sub(_SPACE, _UNITS.sub(_SPACE, _HYPHEN.sub(_JOINED, words)))


def begin_large(words: str) -> str:
    """The same with a capital letter at the beginning, and nothing else of it changed."""
    return words[:1].upper() + words[1:]


def split_paragraphs(words: str) -> list[str]:
    """The paragraphs of a text, empty ones left out."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", words) if part.strip()]


def cut_short(words: str) -> str:
    """The beginning of a long text, whole words, with three dots; a short one as it is."""
    if len(words) <= _SHORT_TEXT:
        return words
    return words[:_SHORT_TEXT].rpartition(" ")[0].rstrip(" .,;:—–") + "…"


@lru_cache(maxsize=1 << 12)
def find_language(words: str, page: Lang) -> Lang | None:
    """The language of somebody's words where it is plain, and another than the page's.

    German and English look alike without their little words: of those nothing is said.
    """
    language: Lang | None = "en" if _ENGLISH.search(words) else None
    if language is None and _CYRILLIC.search(words):
        language = "ru"
    return language if language != page else None


def set_quoted(words: str) -> Markup:
    """A string of a style sheet inside a page, whatever signs stand in the words."""
    return Markup('"' + _SIGNS.sub(lambda sign: f"\\{ord(sign[0]):x} ", words) + '"')


def set_language(words: str, page: Lang) -> Markup:
    """The attribute by which a screen reader changes its voice, where words need it."""
    language = find_language(words, page)
    return Markup(f' lang="{language}"') if language else Markup()


def repeats(words: str, prompt: str) -> bool:
    """Whether a text begins with what it answers: the page need not say it twice."""
    said, asked = (
        " ".join(_LETTERS.sub(" ", one.lower().replace("ё", "е")).split()[:_ENOUGH])
        for one in (words, prompt)
    )
    return bool(asked) and f"{said} ".startswith(f"{asked} ")


def unquoted(words: str) -> str:
    """A sentence without the quotation marks around it: the page sets its own."""
    bare = words.strip()
    inner = bare[1:-1]
    pairs = ("«»", "“”", "„“", '""')
    whole = len(bare) > 1 and bare[0] + bare[-1] in pairs and not set(inner) & set('«»“”„"')
    return inner if whole else bare
