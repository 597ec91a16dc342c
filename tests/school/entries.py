"""One entry of a story -> entry.yml and what is to be drawn. How do notes become a record?"""

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from generator.model.school import level_of, year_of
from tests.school.names import short_id, slug
from tests.school.write import Fields, Value

Story = dict[str, Any]

DOCUMENT_WORDS = {
    "winner-diploma": "Диплом победителя",
    "prize-diploma": "Диплом призёра",
    "diploma": "Диплом",
    "honour": "Грамота",
    "certificate": "Сертификат",
    "attestation": "Свидетельство",
    "identity": "Удостоверение",
    "thanks": "Благодарственное письмо",
    "protocol": "Протокол",
    "work": "Работа",
}
_PROGRAMMES = {"primary": "noo", "basic": "ooo", "senior": "soo"}
_COMMON = ("form", "subject", "stage", "result", "standing", "role", "product", "mentor")
_MORE = ("technique", "discipline", "organisation", "direction", "hours")


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
class Made:
    """An entry ready to be written."""

    folder: str
    ref: str
    fields: Fields
    wanted: tuple[Wanted, ...]
    story: Story

    @property
    def id(self) -> str:
        """The entry's id."""
        return str(self.fields["id"])


def make_entry(story: Story, rng: random.Random, taken: set[str], about: dict[str, Any]) -> Made:
    """The entry of a story; `about`: events by id, grade by school year, who decides, words."""
    kind, _, form = str(story["kind"]).partition("/")
    name = short_id(rng, taken)
    day = _last_day(story)
    fields: Fields = {"kind": kind, "id": name, "title": story["title"]}
    if "date" in story:
        fields["date"] = story["date"]
    else:
        start, end = story["period"]
        fields["period"] = {"start": start} | ({"end": end} if end else {})
    grade = about["grades"].get(year_of(day))
    fields["programme"] = story.get("programme") or _programme(kind, grade)
    if tags := story.get("tags"):
        fields["tags"] = tags.split()
    if "event" in story:
        fields["event"] = story["event"]
    given = {"form": form} if form else {}
    given |= {key: story[key] for key in (*_COMMON, *_MORE) if key in story}
    fields |= given
    wanted = _wanted(story, about, day)
    if wanted:
        fields["scans"] = [_scan(one, story, about) for one in wanted]
    fields |= _own_words(story, day, about)
    return Made(f"{slug(story['title'])}-{name}", story.get("ref", ""), fields, wanted, story)


def _last_day(story: Story) -> dt.date:
    day: dt.date = story["date"] if "date" in story else story["period"][1] or story["period"][0]
    return day


def _programme(kind: str, grade: int | None) -> str:
    return "additional" if kind == "course" else _PROGRAMMES[level_of(grade or 1)]


def _own_words(story: Story, day: dt.date, about: dict[str, Any]) -> Fields:
    words: Fields = {}
    for key, short in (("reflection", "r"), ("why_it_matters", "why")):
        if short in story:
            words[key] = str(story[short]).strip()
    if "authorship" in story:
        words["authorship"] = list[Value](str(story["authorship"]).split())
    see = story.get("see", "family")
    words["visibility"] = see
    if see != "family" and not story.get("draft"):
        on = min(day + dt.timedelta(days=4), about["today"])
        words["decided"] = {"by": about["decides"], "on": on}
    if story.get("draft"):
        words["draft"] = True
    return words


def _wanted(story: Story, about: dict[str, Any], day: dt.date) -> tuple[Wanted, ...]:
    """`diploma`, `diploma phone`, `drawing house`, `photo chess`, `work text pdf` …"""
    wanted: list[Wanted] = []
    for note in story.get("scan", ()):
        document, *rest = str(note).split()
        ways = [word for word in rest if word in ("phone", "pdf", "tiff", "png", "born", "plain")]
        subject = next((word for word in rest if word not in ways), "")
        way = ways[0] if ways else "flatbed"
        ending = {"pdf": "pdf", "born": "pdf", "tiff": "tif", "png": "png"}.get(way, "jpg")
        paper = DOCUMENT_WORDS.get(document)
        stem = slug(paper) if paper else subject or document
        number = sum(1 for one in wanted if one.file.startswith(stem)) + 1
        file = f"{stem}{'' if number == 1 else f'-{number}'}.{ending}"
        wanted.append(Wanted(file, document, subject, way, _diploma_words(story, about, day)))
    return tuple(wanted)


def _diploma_words(story: Story, about: dict[str, Any], day: dt.date) -> dict[str, str]:
    event = about["events"].get(story.get("event"), {})
    return {
        "student": about["name_at"](day),
        "sex": about["sex"],
        "grade": about["class_at"](day),
        "event": str(event.get("title") or story.get("of") or story["title"]),
        "organiser": str(event.get("organiser") or story.get("organisation") or "Школа № 12"),
        "stage": str(event.get("stage") or story.get("stage") or "school"),
        "result": str(story.get("result", "")),
        "subject": str(story.get("subject") or story.get("discipline") or ""),
        "hours": str(story.get("hours", "")),
        "day": day.isoformat(),
        "title": str(story["title"]),
    }


def _scan(wanted: Wanted, story: Story, about: dict[str, Any]) -> Fields:
    if wanted.document in DOCUMENT_WORDS and wanted.document != "work":
        # a person describes what hangs on the wall, not the file
        description = f"{DOCUMENT_WORDS[wanted.document]} — {wanted.words['event']}"
    else:
        description = str(
            story.get("seen") or about["pictures"].get(wanted.subject, story["title"])
        )
    return {"file": wanted.file, "description": description[:300], "document": wanted.document}
