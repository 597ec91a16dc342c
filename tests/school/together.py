"""Notes about the whole school -> school/. What concerns everybody, and what was done together?"""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.source.compose import Fields, Value, yaml_of
from tests.school.entries import Story, Wanted, scan_of, wanted_scans, words_of_event
from tests.school.scans.subjects import SUBJECTS

NOTES = Path(__file__).parent / "stories" / "school"
_EVENT = ("id", "date", "stage", "form", "title", "organiser", "announced_by")
_SCHOOL_HEAD = (
    "Школа, её люди и все документы в этой папке вымышлены.\n"
    "The school, its people and every document in this folder are fictional."
)


def school_texts(events: list[Fields]) -> dict[str, str]:
    """Path -> text of what is the same for every school: settings, events, own words."""
    lists = _read("events")["lists"]
    texts = {
        "school/school.yml": yaml_of(_read("school"), _SCHOOL_HEAD),
        "school/events.yml": yaml_of(
            {"events": list[Value](events), "lists": lists},
            "Событие вносят один раз, записи на него ссылаются",
        ),
    }
    for name, terms in _read("vocabulary").items():
        texts[f"school/vocabulary/{name}.yml"] = yaml_of({"terms": terms}, "Слова нашей школы")
    return texts


def read_events() -> list[Fields]:
    """The register of events, the earliest first."""
    return sorted(map(_event, _read("events")["events"]), key=lambda event: str(event["date"]))


def read_collectives() -> list[Story]:
    """The collectives of the school by hand."""
    found: list[Story] = _read("collectives")["collectives"]
    return found


def shape_collectives(
    stories: Iterable[Story], events: Mapping[str, Fields], scans: bool
) -> tuple[dict[str, str], dict[str, Wanted]]:
    """collectives.yml, and what is to be drawn beside it."""
    collectives: list[Value] = []
    wanted: dict[str, Wanted] = {}
    for story in stories:
        achievements: list[Value] = []
        for one in story.get("achievements", ()):
            drawn = wanted_scans(one, _words(story, one, events)) if scans else ()
            achievements.append(_achievement(one, drawn))
            wanted |= {f"school/collectives/{one['id']}/{scan.file}": scan for scan in drawn}
        plain: Fields = {key: story[key] for key in ("id", "title", "form", "leader")}
        collectives.append(plain | {"achievements": achievements})
    text = yaml_of({"collectives": collectives}, "Общее достижение вносят один раз на всех")
    return ({"school/collectives.yml": text} if collectives else {}), wanted


def _read(name: str) -> dict[str, Any]:
    text = (NOTES / f"{name}.yml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.safe_load(text)
    return read


def _event(row: str) -> Fields:
    fields: Fields = dict(zip(_EVENT, (cell.strip() for cell in row.split("|")), strict=False))
    fields["date"] = dt.date.fromisoformat(str(fields["date"]))
    order = ("id", "title", "date", "stage", "form", "organiser", "announced_by")
    return {key: fields[key] for key in order if key in fields}


def _words(story: Story, one: Story, events: Mapping[str, Fields]) -> dict[str, str]:
    given = {"student": story["title"], "sex": "group", "grade": "", "day": str(one["date"])}
    return given | words_of_event(one, events)


def _achievement(story: Story, drawn: tuple[Wanted, ...]) -> Fields:
    fields: Fields = {key: story[key] for key in ("id", "title", "date")}
    for key in ("event", "stage", "result"):
        if key in story:
            fields[key] = story[key]
    fields["members"] = [
        {"student": student, "role": role} for student, role in story["members"].items()
    ]
    if drawn:
        fields["scans"] = [scan_of(one, story, SUBJECTS) for one in drawn]
    if "people" in story and drawn:
        fields["people"] = story["people"]
    if "original" in story:
        fields["original"] = story["original"]
    entered: Fields = {key: story[key] for key in ("entered_by", "entered_on", "basis")}
    return fields | entered
