"""Edition -> curriculum vitae. What of it is confirmed, on two sheets at most? (R-045)

Made of what this audience sees and a teacher confirmed; never of marks, nor of words meant for the
family alone. A commission has its package, and what is open to everybody has no such page.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.diagnostic import Lang
from generator.model.edition import Edition
from generator.model.shown import ShownEntry, ShownReview, Tier
from generator.pages.catalogue import Texts
from generator.pages.words import begin_large, set_school_year, split_paragraphs

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "route": ("study", "course", "training", "external"),
    "practice": ("practice",),
    "research": ("project",),
    "contests": ("contest", "sport", "gto", "reward"),
    "activity": ("activity", "volunteering", "government", "creative", "series", "group"),
}
"""Parts of a curriculum vitae in their order -> kinds of entries."""
_WHERE = ("organisation", "body", "given-by", "event")
"""Facts that tell where it was: they stand under the title."""
_CAME = ("result", "champion", "sign", "standing")
_STEM = 5
"""As many letters of a word stay the same in its other forms: «конкурс», «конкурса»."""
_WITHOUT: tuple[Tier, ...] = ("commission", "public")
_ROOM = 6
_VOICES = 2


@dataclass(frozen=True)
class Line:
    """One entry: when, what, where, and the rest of it on a line."""

    when: str
    title: str
    where: str
    told: str


@dataclass(frozen=True)
class Part:
    """One part, its lines the newest first, and whether there is more in the portfolio."""

    title: str
    """As its kind is called in the portfolio, where all of it is of one."""
    lines: tuple[Line, ...]
    goes_on: bool


@dataclass(frozen=True)
class Resume:
    """A senior student on two sheets at most."""

    edition: Edition
    about: str
    interests: str
    parts: tuple[Part, ...]
    voices: tuple[ShownReview, ...]


def path_of(edition: Edition) -> str:
    """Logical path of the page; empty where there is none."""
    if edition.level != "senior" or edition.tier in _WITHOUT:
        return ""
    return f"{edition.path}/cv" if any(map(_counts, edition.entries)) else ""


def sum_up(edition: Edition, school: str, texts: Texts, language: Lang) -> Resume:
    """The edition as a curriculum vitae; `school` is where this student learns."""
    newest = edition.interests[-1:]
    paragraphs = split_paragraphs(edition.about)
    words = (word for year in newest for word in (*year.stayed, *year.fresh))
    return Resume(
        edition=edition,
        about=paragraphs[0] if paragraphs else "",
        interests=_list_once(words),
        parts=tuple(_parts(edition, _school(edition, school, texts, language), texts, language)),
        voices=tuple(one for one in edition.reviews if _is_told(edition, one))[:_VOICES],
    )


def _school(edition: Edition, school: str, texts: Texts, language: Lang) -> Line:
    """Where every curriculum vitae of this age begins."""
    title = texts["class-of"].replace("{title}", edition.class_title)
    year = texts["school-year"].replace("{year}", set_school_year(edition.year))
    told = ""
    if profile := edition.profile:
        subjects = _list_once(one.words.get(language) for one in profile.subjects)
        said = f"{profile.title} ({_low(subjects)})" if subjects else profile.title
        told = f"{texts['cv-profile'].replace('{profile}', _low(said))}."
    return Line(texts["cv-now"], school, f"{title}, {year}", told)


def _counts(entry: ShownEntry) -> bool:
    return entry.state == "confirmed" and any(entry.kind in kinds for kinds in SECTIONS.values())


def _is_told(edition: Edition, review: ShownReview) -> bool:
    """Words for the family alone stay on its own page: a sheet is made to be given away."""
    return edition.tier != "family" or bool({*review.seen_by} - {"family"})


def _parts(edition: Edition, school: Line, texts: Texts, language: Lang) -> Iterator[Part]:
    for name, kinds in SECTIONS.items():
        whole = tuple(one for one in edition.entries if _counts(one) and one.kind in kinds)
        first = tuple(one for one in whole if one.id in edition.highlights)
        chosen = {*(first + tuple(one for one in whole if one not in first))[:_ROOM]}
        told = sorted((one for one in whole if one in chosen), key=_age, reverse=True)
        lines = tuple(_line(one, texts, language) for one in told)
        lines = (school, *lines) if name == "route" else lines
        if lines:
            called = {one.kind_label.get(language) for one in told}
            alone = name != "route" and not [*called][1:]
            title = called.pop() if alone else texts[f"cv-{name}"]
            yield Part(title, lines, goes_on=any(one not in chosen for one in whole))


def _age(entry: ShownEntry) -> tuple[int, int]:
    """By the years that are told: «2026» above «2025–2026», and above all what still goes on."""
    start, end = entry.start or entry.end, entry.end or entry.start
    newest = dt.MAXYEAR if entry.lasting and entry.start else end.year if end else dt.MINYEAR
    return newest, start.year if start else dt.MINYEAR


def _line(entry: ShownEntry, texts: Texts, language: Lang) -> Line:
    told = {fact.field: words for fact in entry.facts if (words := fact.words.get(language))}
    where = [told[field] for field in _WHERE if field in told]
    apart = [one for one in dict.fromkeys(where) if not _is_called(one, entry.title)]
    came = (_what(told, entry.title), _how(told, entry.title, texts, bare=not apart))
    said = (
        ", ".join(_low(one) for one in came if one),
        *(_low(told.get(name, "")) for name in ("role", "product")),
        _long(told, texts),
    )
    parts = dict.fromkeys(one for one in said if one and one.casefold() != entry.title.casefold())
    return Line(
        when=_years(entry, texts),
        title=entry.title,
        where=", ".join(apart),
        told=begin_large("; ".join(one.removesuffix(".") for one in parts)),
    )


def _how(told: Mapping[str, str], title: str, texts: Texts, *, bare: bool) -> str:
    """«Призёр, региональный уровень»; the stage alone only where no event tells of it."""
    came = [told[field] for field in _CAME if told.get(field, title) != title]
    stage = texts["cv-stage"].replace("{stage}", told["stage"]) if "stage" in told else ""
    stage = told.get("round", stage)
    if not came:
        return stage if bare else ""
    how = ", ".join(dict.fromkeys((came[0], *map(_low, came[1:]))))
    return f"{how}, {_low(stage)}" if stage else how


def _what(told: Mapping[str, str], title: str) -> str:
    """«Учебное исследование (обществознание)»; nothing that the title says already."""
    form = next((told[name] for name in ("form", "profession") if name in told), "")
    about = next(
        (told[name] for name in ("subject", "discipline", "qualification") if name in told), ""
    )
    form, about = ("" if _is_said(one, title) else one for one in (form, about))
    return f"{form} ({_low(about)})" if form and about else form or about


def _long(told: Mapping[str, str], texts: Texts) -> str:
    hours = told.get("hours", "")
    return texts.count("cv-hours", int(hours)) if hours.isdecimal() else hours


def _is_said(words: str, title: str) -> bool:
    """Whether the title names it, in whatever form of the word."""
    long = (word for word in words.casefold().split() if len(word) >= _STEM)
    return any(word[:_STEM] in title.casefold() for word in long)


def _is_called(where: str, title: str) -> bool:
    """Whether the place has no other name than the title: both are called «Цвет моей реки»."""
    named = re.search("«(.+)»", where)
    return where == title or bool(named and named[0] in title)


def _list_once(words: Iterable[str]) -> str:
    """Words of a list, each once whatever its letters, the first with a capital one."""
    return begin_large(", ".join({one.casefold(): _low(one) for one in words}.values()))


def _low(words: str) -> str:
    """As inside a sentence; «ИЗО» and «Python» stay what they are."""
    return words[:1].lower() + words[1:] if words[1:2].islower() and not words.isascii() else words


def _years(entry: ShownEntry, texts: Texts) -> str:
    if entry.lasting and entry.start:
        return texts["cv-since"].replace("{year}", str(entry.start.year))
    years = dict.fromkeys(str(day.year) for day in (entry.start, entry.end) if day)
    return "–".join(years)
