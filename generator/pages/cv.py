"""Edition -> curriculum vitae. What of it is confirmed, on two sheets at most? (R-045)

Made of what this audience sees and a teacher confirmed; never of marks, nor of words meant for the
family alone. A commission has its package, and what is open to everybody has no such page.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.diagnostic import Lang
from generator.model.edition import Edition
from generator.model.shown import ShownEntry, ShownReview, Tier
from generator.pages.catalogue import Texts
from generator.pages.words import split_paragraphs

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "route": ("study", "course", "training", "external"),
    "research": ("project",),
    "practice": ("practice",),
    "contests": ("contest", "sport", "gto", "reward"),
    "activity": ("activity", "volunteering", "government", "creative", "series", "group"),
}
"""Parts of a curriculum vitae in their order -> kinds of entries."""
_WHERE = ("organisation", "body", "given-by", "event")
"""Facts that tell where it was: they stand under the title."""
_WHAT = (
    "champion", "sign", "standing", "form", "subject", "discipline", "role",
)  # fmt: skip
"""Facts that tell what was done and how, in this order, in one sentence behind the result."""
_WITHOUT: tuple[Tier, ...] = ("commission", "public")
_ROOM = 6
_VOICES = 2


@dataclass(frozen=True)
class Line:
    """One entry: when, what, where and how; `result` stands before `details` in their sentence,
    `made` is what came out of it."""

    when: str
    title: str
    where: str
    result: str
    details: str
    made: str


@dataclass(frozen=True)
class Part:
    """One part, its lines the newest first, and whether there is more in the portfolio."""

    name: str
    lines: tuple[Line, ...]
    goes_on: bool


@dataclass(frozen=True)
class Resume:
    """A senior student on two sheets at most."""

    edition: Edition
    about: str
    interests: tuple[str, ...]
    parts: tuple[Part, ...]
    voices: tuple[ShownReview, ...]


def path_of(edition: Edition) -> str:
    """Logical path of the page; empty where there is none."""
    if edition.level != "senior" or edition.tier in _WITHOUT:
        return ""
    return f"{edition.path}/cv" if any(map(_counts, edition.entries)) else ""


def sum_up(edition: Edition, texts: Texts, language: Lang) -> Resume:
    """The edition as a curriculum vitae."""
    newest = edition.interests[-1:]
    paragraphs = split_paragraphs(edition.about)
    return Resume(
        edition=edition,
        about=paragraphs[0] if paragraphs else "",
        interests=tuple(word for year in newest for word in (*year.stayed, *year.fresh)),
        parts=tuple(_parts(edition, texts, language)),
        voices=tuple(one for one in edition.reviews if _is_told(edition, one))[:_VOICES],
    )


def _counts(entry: ShownEntry) -> bool:
    return entry.state == "confirmed" and any(entry.kind in kinds for kinds in SECTIONS.values())


def _is_told(edition: Edition, review: ShownReview) -> bool:
    """Words for the family alone stay on its own page: a sheet is made to be given away."""
    return edition.tier != "family" or bool({*review.seen_by} - {"family"})


def _parts(edition: Edition, texts: Texts, language: Lang) -> Iterator[Part]:
    for name, kinds in SECTIONS.items():
        whole = tuple(one for one in edition.entries if _counts(one) and one.kind in kinds)
        first = tuple(one for one in whole if one.id in edition.highlights)
        chosen = {*(first + tuple(one for one in whole if one not in first))[:_ROOM]}
        lines = tuple(_line(one, texts, language) for one in whole if one in chosen)
        if lines:
            yield Part(name, lines, goes_on=any(one not in chosen for one in whole))


def _line(entry: ShownEntry, texts: Texts, language: Lang) -> Line:
    told = {fact.field: fact.words.get(language) for fact in entry.facts}
    hours = texts["cv-hours"].replace("{hours}", told["hours"]) if "hours" in told else ""
    stage = texts["cv-stage"].replace("{stage}", told["stage"]) if "stage" in told else ""
    where = [told[field] for field in _WHERE if told.get(field, entry.title) != entry.title]
    said = (told.get(field, "") for field in _WHAT)
    result = "" if (came := told.get("result", "")) == entry.title else _sentence((came,))
    told_all = _sentence(words for words in (result, stage, *said, hours) if words != entry.title)
    return Line(
        when=_years(entry, texts),
        title=entry.title,
        where=", ".join(dict.fromkeys(where)),
        result=result,
        details=told_all.removeprefix(result),
        made=told.get("product", ""),
    )


def _sentence(parts: Iterable[str]) -> str:
    """«Проект, архитектура, автор»: words from lists with a capital letter at the beginning."""
    words = [part for part in dict.fromkeys(parts) if part]
    inside = [part[0].lower() + part[1:] if part[1:2].islower() else part for part in words[1:]]
    return ", ".join((words[0][0].upper() + words[0][1:], *inside)) if words else ""


def _years(entry: ShownEntry, texts: Texts) -> str:
    if entry.lasting and entry.start:
        return texts["cv-since"].replace("{year}", str(entry.start.year))
    years = dict.fromkeys(str(day.year) for day in (entry.start, entry.end) if day)
    return "–".join(years)
