"""Edition -> curriculum vitae. What of it is confirmed, on two sheets at most? (R-045)

Made of what this audience sees and a teacher confirmed; never of marks, nor of words meant for the
family alone. A commission has its package, and what is open to everybody has no such page.
"""

from collections.abc import Iterator, Mapping
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
_DETAILS = (
    "form", "subject", "discipline", "organisation", "body", "given-by", "event", "stage",
    "result", "standing", "champion", "sign", "role", "product",
)  # fmt: skip
"""Facts that stand under the title, in this order."""
_WITHOUT: tuple[Tier, ...] = ("commission", "public")
_ROOM = 6
_VOICES = 2


@dataclass(frozen=True)
class Line:
    """One entry: when, what, where and how."""

    when: str
    title: str
    details: str


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
    said = (told.get(field, "") for field in _DETAILS)
    details = [words for words in (*said, hours) if words and words != entry.title]
    return Line(_years(entry, texts), entry.title, " · ".join(dict.fromkeys(details)))


def _years(entry: ShownEntry, texts: Texts) -> str:
    if entry.lasting and entry.start:
        return texts["cv-since"].replace("{year}", str(entry.start.year))
    years = dict.fromkeys(str(day.year) for day in (entry.start, entry.end) if day)
    return "–".join(years)
