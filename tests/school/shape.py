"""Stories -> texts and wanted scans. What lies in the sample school's folder?"""

import datetime as dt
import hashlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.model.kinds import ENTRY, digest_entry
from generator.model.school import year_of
from tests.school import people
from tests.school.entries import Made, Story, Wanted, make_entry
from tests.school.scans.subjects import SUBJECTS
from tests.school.write import Fields, Value, yaml_of

STORIES = Path(__file__).with_name("stories")
NOT_PAPERS = {"drawing", "photo", "work", "other"}
_BASIS = {
    "winner-diploma": "оригинал диплома",
    "prize-diploma": "оригинал диплома",
    "diploma": "оригинал диплома",
    "honour": "оригинал грамоты",
    "certificate": "оригинал сертификата",
    "attestation": "оригинал свидетельства",
    "identity": "оригинал удостоверения",
    "thanks": "оригинал письма",
    "protocol": "протокол",
}


@dataclass(frozen=True)
class Shaped:
    """A whole school before its confirmations: they need the digests of its scans."""

    texts: dict[str, str]
    wanted: dict[str, Wanted]
    """What to draw, by path."""
    confirmations: tuple[Callable[[Mapping[str, str]], tuple[str, str]], ...]

    def all_texts(self, digests: Mapping[str, str]) -> dict[str, str]:
        """Path -> text of every YAML file, given the SHA-256 of every scan by path."""
        return self.texts | dict(make(digests) for make in self.confirmations)


def shape_sample(seed: int, today: dt.date = people.TODAY, scans: bool = True) -> Shaped:
    """The hand-shaped sample school; without `scans` its entries have none."""
    stories = [
        yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        for path in sorted(STORIES.glob("*.yml"))
        if path.name != "events.yml"
    ]
    return shape_school([one for group in stories for one in group], seed, today, scans)


def read_events() -> list[Fields]:
    """The register of events, as in stories/events.yml."""
    keys = ("id", "date", "stage", "form", "title", "organiser")
    rows = yaml.safe_load((STORIES / "events.yml").read_text(encoding="utf-8"))
    events = []
    for row in rows:
        fields: Fields = dict(zip(keys, (cell.strip() for cell in row.split("|")), strict=True))
        fields["date"] = dt.date.fromisoformat(str(fields["date"]))
        order = ("id", "title", "date", "stage", "form", "organiser")
        events.append({key: fields[key] for key in order})
    return sorted(events, key=lambda event: str(event["date"]))


def shape_school(students: list[Story], seed: int, today: dt.date, scans: bool) -> Shaped:
    """The school of these students."""
    events = read_events()
    members: dict[str, list[tuple[str, int]]] = {}
    for story in students:
        members.setdefault(story["class"], []).append((story["id"], _since(story)))
    members = dict(sorted(members.items(), key=lambda pair: (int(pair[0][:-1]), pair[0])))
    texts = {
        "school/school.yml": yaml_of(people.SETTINGS, people.SCHOOL_HEAD),
        "school/people.yml": yaml_of(people.staff(), "Кто работает с портфолио и каким приказом"),
        "school/events.yml": yaml_of(
            {"events": list[Value](events)}, "Событие вносят один раз, записи на него ссылаются"
        ),
        "school/access.yml": yaml_of(
            people.access_of({story["id"] for story in students}),
            "Только номера и даты: самих кодов здесь нет и не должно быть",
        ),
    }
    texts |= {path: yaml_of(one) for path, one in people.class_lists(members).items()}
    by_id = {str(event["id"]): event for event in events}
    taken: set[str] = set()
    wanted: dict[str, Wanted] = {}
    confirmations = []
    for story in students:
        rng = random.Random(f"{seed}:{story['id']}")
        about = _about(story, by_id, today)
        entries = story.get("entries") or []
        if not scans:
            entries = [{key: one[key] for key in one if key != "scan"} for one in entries]
        made = [make_entry(one, rng, taken, about) for one in entries]
        texts |= _student_texts(story, made)
        for entry in made:
            folder = f"students/{story['id']}/entries/{entry.folder}"
            texts[f"{folder}/entry.yml"] = yaml_of(entry.fields)
            wanted |= {f"{folder}/{one.file}": one for one in entry.wanted}
        if any(_decision(entry) for entry in made):
            confirmations.append(_confirmer(story, made, today))
    return Shaped(texts, wanted, tuple(confirmations))


def _since(story: Story) -> int:
    # a school year begins in September: who joined in March came in the year before
    joined = story.get("joined")
    return int(year_of(joined)[:4]) if joined else people.FIRST_YEAR


def _about(story: Story, events: Mapping[str, Fields], today: dt.date) -> dict[str, Any]:
    """What an entry has to know about its student."""
    firsts = range(people.FIRST_YEAR, people.THIS_YEAR + 1)
    grades = {
        f"{first}-{(first + 1) % 100:02d}": people.grade_in(story["class"], first)
        for first in firsts
    }
    letter, now = people.LETTERS[story["class"][-1]], int(story["class"][:-1])
    surname, _, rest = str(story["name"]).partition(" ")

    def name_at(day: dt.date) -> str:
        old = story.get("former")
        return f"{old['surname'] if old and day < old['until'] else surname} {rest}"

    return {
        "events": events,
        "grades": grades,
        "today": today,
        "decides": "parent" if now <= 2 else "both" if now < 9 else "student",
        "name_at": name_at,
        "sex": "f" if str(story["name"]).endswith("на") else "m",
        "class_at": lambda day: f"{grades.get(year_of(day), '')} «{letter}»",
        "pictures": SUBJECTS,
    }


def _student_texts(story: Story, made: list[Made]) -> dict[str, str]:
    staff_side = f"records/{story['id']}"
    texts = {
        f"{staff_side}/student.yml": yaml_of(_record(story)),
        f"{staff_side}/consent.yml": yaml_of({"consents": _consents(story)}),
    }
    if marks := _marks(story):
        texts[f"{staff_side}/results.yml"] = yaml_of(
            {"results": marks}, "Из электронного журнала; другим семьям не показывается никогда"
        )
    ids = {entry.ref: entry.id for entry in made if entry.ref}
    if story.get("reviews"):
        reviews: list[Value] = [
            _review(number, one, ids) for number, one in enumerate(story["reviews"], 1)
        ]
        texts[f"{staff_side}/reviews.yml"] = yaml_of({"reviews": reviews})
    texts[f"students/{story['id']}/portfolio.yml"] = yaml_of(_portfolio(story, ids))
    return texts


def _record(story: Story) -> Fields:
    surname, given, *rest = str(story["name"]).split(" ", 2)
    name: Fields = {"surname": surname, "given": given}
    if rest:
        name["patronymic"] = rest[0]
    fields: Fields = {"name": name}
    if former := story.get("former"):
        fields["former_surnames"] = [former["surname"]]
    fields["born"] = story["born"]
    for key in ("households", "joined", "came_from", "left", "state_register"):
        if key in story:
            fields[key] = story[key]
    return fields


def _consents(story: Story) -> list[Value]:
    if "consents" in story:
        return list(story["consents"])
    name, relation = str(story["parent"]).split(", ")
    grown = story["born"].replace(year=story["born"].year + 14) <= dt.date(2026, 9, 3)
    made: list[Value] = []
    number = int(hashlib.sha256(story["id"].encode()).hexdigest()[:4], 16) % 180 + 20
    for first, until in ((2025, dt.date(2026, 9, 10)), (2026, dt.date(2027, 9, 10))):
        if first < _since(story):
            continue
        consent: Fields = {
            "id": f"obrabotka-{first}",
            "purpose": "processing",
            "audience": story["consent"],
            "given_by": {"name": name, "relation": relation},
            "signed": dt.date(first, 9, 3),
            "until": until,
        }
        if grown and first == 2026:
            consent["student_signed"] = dt.date(first, 9, 4)
        consent["document"] = f"дело № {number}, лист {first - 2020}"
        made.append(consent)
    return made


def _review(number: int, story: Story, ids: Mapping[str, str]) -> Fields:
    fields: Fields = {
        "id": story.get("id") or f"{story['kind']}-{number}",
        "kind": story["kind"],
        "author": story["author"],
        "on": story["day"],
        "text": str(story["text"]).strip(),
    }
    if "entry" in story:
        fields["entry"] = ids[story["entry"]]
    if story.get("private"):
        fields["private"] = True
    if "see" in story:
        fields["visibility"] = story["see"]
    return fields


def _portfolio(story: Story, ids: Mapping[str, str]) -> Fields:
    fields: Fields = {}
    if "called" in story:
        fields["called"] = story["called"]
    if about := story.get("about"):
        fields["about"] = {
            key: str(value).strip() if isinstance(value, str) else value
            for key, value in about.items()
        }
    if goals := story.get("goals"):
        fields["goals"] = [_goal(number, one, ids) for number, one in enumerate(goals, 1)]
    choices: Fields = {
        key: [ids[ref] for ref in str(story[key]).split()]
        for key in ("highlights", "carried")
        if key in story
    }
    if choices:
        fields["choices"] = choices
    design: Fields = {"palette": story["palette"]} if "palette" in story else {}
    if "cover" in story:
        design["cover"] = ids[story["cover"]]
    if design:
        fields["design"] = design
    return fields


def _goal(number: int, story: Story, ids: Mapping[str, str]) -> Fields:
    fields: Fields = {
        "id": f"tsel-{number}",
        "year": story.get("year", "2026-27"),
        "statement": story["goal"],
    }
    if "steps" in story:
        fields["steps"] = story["steps"]
    fields["state"] = story.get("state", "going")
    if "evidence" in story:
        fields["evidence"] = [ids[ref] for ref in str(story["evidence"]).split()]
    if "see" in story:
        fields["visibility"] = story["see"]
    return fields


def _marks(story: Story) -> list[Value]:
    """A few marks, as the journal exports them; none before the second grade."""
    grade = int(story["class"][:-1])
    if story.get("marks") == "none" or grade < 2:
        return []
    subjects = ["Русский язык", "Математика", "Окружающий мир", "Литературное чтение"]
    if grade >= 5:
        subjects = ["Русский язык", "Литература", "Математика", "История", "Биология"]
    if grade >= 7:
        subjects = ["Русский язык", "Литература", "Алгебра", "Физика", "История", "Английский язык"]
    rng = random.Random(f"marks:{story['id']}")
    marks: list[Value] = []
    for period, year in (("год", "2025-26"), ("1 четверть", "2026-27")):
        if (grade == 2 and year == "2025-26") or (
            story.get("joined", dt.date(2000, 1, 1)) > dt.date(2026, 6, 1) and year == "2025-26"
        ):
            continue
        if grade >= 10 and year == "2026-27":
            continue
        for subject in subjects:
            mark = rng.choice("5554443")
            marks.append({"subject": subject, "period": period, "year": year, "mark": mark})
    return marks


def _decision(entry: Made) -> str:
    """What the teacher decided: as the story says, else papers are confirmed, the rest waits."""
    if entry.fields.get("draft"):
        return ""
    default = "confirmed" if any(one.document not in NOT_PAPERS for one in entry.wanted) else ""
    state = str(entry.story.get("state", default))
    return "" if state == "none" else state


def _confirmer(
    story: Story, made: list[Made], today: dt.date
) -> Callable[[Mapping[str, str]], tuple[str, str]]:
    def make(digests: Mapping[str, str]) -> tuple[str, str]:
        rows = [_confirmation(story, entry, digests, today) for entry in made if _decision(entry)]
        rows.sort(key=lambda row: str(row["on"]))
        path = f"records/{story['id']}/confirmations.yml"
        return path, yaml_of({"confirmations": list[Value](rows)})

    return make


def _confirmation(story: Story, entry: Made, digests: Mapping[str, str], today: dt.date) -> Fields:
    folder = f"students/{story['id']}/entries/{entry.folder}"
    files = {one.file: digests[f"{folder}/{one.file}"] for one in entry.wanted}
    state = _decision(entry)
    # an entry that was changed later: the digest is that of what stood there before
    record = ENTRY.validate_python(entry.fields | entry.story.get("was", {}))
    day = record.day
    assert day is not None
    rng = random.Random(entry.id)
    # the school works with portfolios since the order of 30 August 2024
    on = max(day + dt.timedelta(days=rng.randint(3, 16)), dt.date(2024, 9, rng.randint(5, 27)))
    if joined := story.get("joined"):
        on = max(on, joined + dt.timedelta(days=rng.randint(6, 20)))
    teacher = people.teacher_of(story["class"], int(year_of(min(on, today))[:4]))
    papers = [one.document for one in entry.wanted if one.document in _BASIS]
    basis = entry.story.get("basis") or (_BASIS[papers[0]] if papers else "видела работу в классе")
    row: Fields = {
        "entry": entry.id,
        "state": "confirmed" if state == "changed" else state,
        "by": entry.story.get("by") or teacher,
        "on": min(on, today - dt.timedelta(days=1)),
        "basis": basis,
        "digest": digest_entry(record, files),
    }
    if "note" in entry.story:
        row["note"] = str(entry.story["note"]).strip()
    return row
