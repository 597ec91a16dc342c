"""One entry of a story -> entry.yml and what is to be drawn. How do notes become a record?"""

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.model.entry import EntryBase
from generator.model.kinds import KINDS
from generator.model.school import level_of, year_of
from generator.source.compose import Fields, Value
from tests.school.names import slug
from tests.school.scans.words import DOCUMENT_WORDS, words_of

Story = dict[str, Any]

_PROGRAMMES = {"primary": "noo", "basic": "ooo", "senior": "soo"}
_BY_KIND = {"course": "additional", "training": "vocational"}
_REFERRING = ("works", "entries")
_ENDINGS = {
    "phone": "jpg", "plain": "jpg", "pdf": "pdf", "born": "pdf", "tiff": "tif", "png": "png",
    # who writes these: scans/formats.py
    "heic": "heic", "press": "jpg", "deep": "png", "dense": "jpg", "webp": "webp", "clear": "png",
    "fax": "tif",
}  # fmt: skip
# Papers that must bear details (schema/vocabulary/documents.yml, `needs`).
_BEARING = ("education", "reference", "identity", "volunteer-book")
_PAPERS = {*DOCUMENT_WORDS, "other"} - {"work", "protocol"}


@dataclass(frozen=True)
class Wanted:
    """A scan to be drawn: file name, kind of document, subject of the picture, way it was taken."""

    file: str
    document: str
    subject: str
    way: str
    words: dict[str, str] = field(default_factory=dict)
    """What a diploma says: name, class, event, place …"""


@dataclass(frozen=True)
class Teller:
    """What an entry has to know about its student and its school."""

    seed: int
    today: dt.date
    events: Mapping[str, Fields]
    grades: Mapping[str, int]
    """School year -> grade."""
    decides: str
    sex: str
    letter: str
    names: tuple[tuple[dt.date, str], ...]
    """First days on which a full name was borne, the earliest first."""
    pictures: Mapping[str, str]
    ids: Mapping[str, str]
    """Short names inside the story -> ids of entries."""

    def name_at(self, day: dt.date) -> str:
        """The full name on a day."""
        return [name for since, name in self.names if since <= day][-1]

    def class_at(self, day: dt.date) -> str:
        """The class on a day, as people say it."""
        return f"{self.grades.get(year_of(day), '')} «{self.letter}»"


@dataclass(frozen=True)
class Made:
    """An entry ready to be written."""

    folder: str
    fields: Fields
    wanted: tuple[Wanted, ...]
    story: Story
    decided: Fields
    """Who decided to show it, and when; nothing where only the family sees it."""

    @property
    def id(self) -> str:
        """The entry's id."""
        return str(self.fields["id"])


def make_entry(story: Story, name: str, teller: Teller) -> Made:
    """The entry of a story, under the id `name`."""
    kind, _, form = str(story["kind"]).partition("/")
    day = _last_day(story)
    fields: Fields = {"kind": kind, "id": name, "title": story["title"]}
    if "date" in story:
        fields["date"] = story["date"]
    else:
        fields["period"] = _period(story["period"])
    fields["programme"] = story.get("programme") or _programme(kind, teller.grades, day)
    for key in ("tags", "actions"):
        if key in story:
            fields[key] = list[Value](str(story[key]).split())
    if "event" in story:
        fields["event"] = story["event"]
    fields |= _of_kind(kind, story | ({"form": form} if form else {}), teller)
    folder = f"{slug(story['title'])}-{name}"
    wanted = wanted_scans(story, _words(story, teller, day))
    if wanted:
        fields["scans"] = [_scan(one, story, folder, teller) for one in wanted]
    fields |= _own_words(story)
    return Made(folder, fields, wanted, story, _decided(story, day, teller))


def _last_day(story: Story) -> dt.date:
    day: dt.date = story["date"] if "date" in story else story["period"][1] or story["period"][0]
    return day


def _period(days: list[dt.date | None]) -> Fields:
    start, end = days
    assert start is not None
    fields: Fields = {"start": start}
    return fields | ({"end": end} if end else {})


def _programme(kind: str, grades: Mapping[str, int], day: dt.date) -> str:
    return _BY_KIND.get(kind) or _PROGRAMMES[level_of(grades.get(year_of(day)) or 1)]


def _of_kind(kind: str, story: Story, teller: Teller) -> Fields:
    """What only this kind has, in the order of its model."""
    fields: Fields = {}
    for key in KINDS[kind].model_fields:
        if key in EntryBase.model_fields or key == "kind" or key not in story:
            continue
        value = story[key]
        if key in _REFERRING:
            value = [teller.ids[one] for one in str(value).split()]
        fields[key] = value.strip() if isinstance(value, str) else value
    return fields


def _decided(story: Story, day: dt.date, teller: Teller) -> Fields:
    if story.get("see", "family") == "family" or story.get("draft"):
        return {}
    return {"by": teller.decides, "on": min(day + dt.timedelta(days=4), teller.today)}


def _own_words(story: Story) -> Fields:
    words: Fields = {"original": story["original"]} if "original" in story else {}
    for key, short in (("reflection", "r"), ("why_it_matters", "why")):
        if short in story:
            words[key] = str(story[short]).strip()
    if "authorship" in story:
        words["authorship"] = list[Value](str(story["authorship"]).split())
    if "ai_help" in story:
        words["ai_help"] = story["ai_help"]
    if "people" in story:
        words["people"] = story["people"]
    words["visibility"] = story.get("see", "family")
    if story.get("draft"):
        words["draft"] = True
    return words


def wanted_scans(story: Story, words: dict[str, str]) -> tuple[Wanted, ...]:
    """`diploma`, `diploma phone`, `drawing house`, `photo chess`, `work text pdf` …"""
    wanted: list[Wanted] = []
    for note in story.get("scan", ()):
        document, *rest = str(note).split()
        ways = [word for word in rest if word in _ENDINGS]
        subject = next((word for word in rest if word not in ways), "")
        way = ways[0] if ways else "flatbed"
        paper = DOCUMENT_WORDS.get(document)
        stem = slug(paper) if paper else subject or document
        number = sum(1 for one in wanted if one.file.startswith(stem)) + 1
        file = f"{stem}{'' if number == 1 else f'-{number}'}.{_ENDINGS.get(way, 'jpg')}"
        wanted.append(Wanted(file, document, subject, way, words))
    return tuple(wanted)


def _words(story: Story, teller: Teller, day: dt.date) -> dict[str, str]:
    return {
        "student": teller.name_at(day),
        "sex": teller.sex,
        "grade": teller.class_at(day),
        "day": day.isoformat(),
        **words_of_event(story, teller.events),
    }


def words_of_event(story: Story, events: Mapping[str, Fields]) -> dict[str, str]:
    """What a diploma of this story says about where and for what it was given."""
    event = events.get(str(story.get("event")), {})
    by = event.get("organiser") or story.get("organisation") or story.get("given_by")
    return {
        "event": str(event.get("title") or story.get("of") or story["title"]),
        "organiser": str(by or "Школа № 12"),
        "stage": str(event.get("stage") or story.get("stage") or "school"),
        "result": str(story.get("result", "")),
        "subject": str(story.get("subject") or story.get("discipline") or ""),
        "hours": str(story.get("hours", "")),
        "title": str(story["title"]),
        "town": str(story.get("town", "г. Североречинск")),
        "says": str(story.get("says", "учится по основной образовательной программе")),
        # what is not on the paper is not drawn there either
        "unstamped": "yes" if story.get("paper", {}).get("stamped", True) is False else "",
    }


def _scan(wanted: Wanted, story: Story, folder: str, teller: Teller) -> Fields:
    scan = scan_of(wanted, story, teller.pictures)
    if wanted.document in _BEARING or ("paper" in story and wanted.document in _PAPERS):
        drawn = random.Random(f"{teller.seed}:{folder}:{wanted.file}")
        there = _borne(wanted, drawn) if wanted.document in DOCUMENT_WORDS else {}
        borne = there | story.get("paper", {})
        scan["paper"] = {key: value for key, value in borne.items() if value is not False}
    wishes = (wish for wish in ("zoom", "download") if wanted.document in str(story.get(wish, "")))
    return scan | dict.fromkeys(wishes, True)


def scan_of(wanted: Wanted, story: Story, pictures: Mapping[str, str]) -> Fields:
    """A scan as entry.yml names it: a person describes what hangs on the wall, not the file."""
    seen = str(story.get("seen") or "")
    if wanted.document in DOCUMENT_WORDS and wanted.document != "work":
        description = f"{DOCUMENT_WORDS[wanted.document]} — {wanted.words['event']}"
    else:
        description = seen or pictures.get(wanted.subject, wanted.words["title"])
    kind = story.get("shows", wanted.document)
    scan: Fields = {"file": wanted.file, "description": description[:300], "document": kind}
    masks = story.get("mask", {}).get(wanted.document)
    return scan | ({"mask": masks} if masks else {})


def _borne(wanted: Wanted, drawn: random.Random) -> Fields:
    """The details that are drawn on the paper."""
    words = words_of(wanted.words, wanted.document, drawn)
    return {
        "number": words.number,
        "issuer": words.organiser,
        "issued": dt.date.fromisoformat(wanted.words["day"]),
        "signed_by": f"{words.post} {words.head}",
        "stamped": words.stamped,
        "signed": True,
    }
