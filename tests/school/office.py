"""A student's story -> records/. What does the school's office write about one student?"""

import datetime as dt
import hashlib
import random
from collections.abc import Mapping
from typing import get_args

from generator.model.policy import Category, Consents
from generator.source.compose import Fields, Value, in_order, yaml_of
from tests.school import people
from tests.school.entries import Made, Story

_FACTS = (
    "representatives",
    "households",
    "joined",
    "came_from",
    "left",
    "reviewed",
    "state_register",
    "accounts",
)
_REVIEW = ("by", "relation", "activity")


def office_texts(story: Story, made: list[Made], ids: Mapping[str, str]) -> dict[str, str]:
    """Path -> text of the student's records, but for the confirmations."""
    here = f"records/{story['id']}"
    consents: Fields = {"consents": _consents(story)}
    if included := _inclusions(story, made):
        consents["inclusions"] = included
    texts = {
        f"{here}/student.yml": yaml_of(_record(story)),
        f"{here}/consent.yml": yaml_of(in_order(Consents, consents)),
    }
    if marks := _marks(story):
        texts[f"{here}/results.yml"] = yaml_of(
            {"results": marks}, "Из электронного журнала; другим семьям не показывается никогда"
        )
    said: Fields = {}
    if reviews := story.get("reviews"):
        said["reviews"] = [_review(number, one, ids) for number, one in enumerate(reviews, 1)]
    if "declined" in story:
        said["declined"] = story["declined"]
    if said:
        texts[f"{here}/reviews.yml"] = yaml_of(said)
    return texts


def since(story: Story) -> int:
    """The year in whose September the student's first school year here began."""
    return people.first_of(story["joined"]) if "joined" in story else 0


def _record(story: Story) -> Fields:
    surname, given, *rest = str(story["name"]).split(" ", 2)
    name: Fields = {"surname": surname, "given": given}
    if rest:
        name["patronymic"] = rest[0]
    fields: Fields = {"name": name}
    if former := story.get("former"):
        fields["former_surnames"] = [former["surname"]]
    fields["born"] = story["born"]
    return fields | {key: story[key] for key in _FACTS if key in story}


def _consents(story: Story) -> list[Value]:
    if "consents" in story:
        return list(story["consents"])
    name, relation = str(story["parent"]).split(", ")
    grown = story["born"].replace(year=story["born"].year + 14) <= dt.date(2026, 9, 3)
    made: list[Value] = []
    number = int(hashlib.sha256(story["id"].encode()).hexdigest()[:4], 16) % 180 + 20
    for first, until in ((2025, dt.date(2026, 9, 10)), (2026, dt.date(2027, 9, 10))):
        if first < since(story):
            continue
        consent: Fields = {
            "id": f"obrabotka-{first}",
            "purpose": "processing",
            "audience": story["consent"],
            **_covers(story),
            "given_by": {"name": name, "relation": relation},
            "signed": dt.date(first, 9, 3),
            "until": until,
        }
        if grown and first == 2026:
            consent["student_signed"] = dt.date(first, 9, 4)
        consent["document"] = f"дело № {number}, лист {first - 2020}"
        made.append(consent)
    return made


def _inclusions(story: Story, made: list[Made]) -> list[Value]:
    """Who decided to show what, the newest last."""
    rows: list[Fields] = [{"entry": one.id, **one.decided} for one in made if one.decided]
    for wish in story.get("shared", ()):
        rows.append({"entry": wish["what"], "by": wish["by"], "on": wish["day"]})
    rows.sort(key=lambda row: str(row["on"]))
    return list[Value](rows)


def _covers(story: Story) -> Fields:
    """Whatever the family ticked: everything, unless the story says otherwise."""
    if story["consent"] == "family":
        return {}
    ticked = str(story.get("covers", " ".join(get_args(Category)))).split()
    return {"covers": list[Value](ticked)}


def _review(number: int, story: Story, ids: Mapping[str, str]) -> Fields:
    fields: Fields = {
        "id": story.get("id") or f"{story['kind']}-{number}",
        "kind": story["kind"],
        "author": story["author"],
    }
    fields |= {key: story[key] for key in _REVIEW if key in story}
    fields |= {"on": story["day"], "text": str(story["text"]).strip()}
    if "entry" in story:
        fields["entry"] = ids[story["entry"]]
    fields |= {key: story[key] for key in ("request", "replaces", "private") if key in story}
    return fields | ({"visibility": story["see"]} if "see" in story else {})


def _marks(story: Story) -> list[Value]:
    """A few marks, as the journal exports them; none before the second grade."""
    grade = int(story["class"][:-1])
    if story.get("marks") == "none" or grade < 2:
        return []
    rng = random.Random(f"marks:{story['id']}")
    marks: list[Value] = []
    for period, year in (("год", "2025-26"), ("1 четверть", "2026-27")):
        came = story.get("joined", dt.date(2000, 1, 1)) > dt.date(2026, 6, 1)
        if year == "2025-26" and (grade == 2 or came):
            continue
        if year == "2026-27" and (grade >= 10 or "left" in story):
            continue
        for subject in _subjects(grade):
            mark = rng.choice("5554443")
            marks.append({"subject": subject, "period": period, "year": year, "mark": mark})
    return [*marks, *(_exam(one) for one in story.get("exams", ()))]


def _exam(row: str) -> Fields:
    """`год | предмет | отметка`: what stood on the sheet of the state exam."""
    year, subject, mark = (cell.strip() for cell in row.split("|"))
    return {"subject": subject, "period": "ОГЭ", "year": year, "mark": mark}


def _subjects(grade: int) -> list[str]:
    if grade >= 7:
        return ["Русский язык", "Литература", "Алгебра", "Физика", "История", "Английский язык"]
    if grade >= 5:
        return ["Русский язык", "Литература", "Математика", "История", "Биология"]
    return ["Русский язык", "Математика", "Окружающий мир", "Литературное чтение"]
