"""Entries -> confirmations.yml. What did the teachers decide, when, on what basis?"""

import datetime as dt
import random
from collections.abc import Callable, Mapping

from generator.model.kinds import ENTRY, digest_entry, digest_frozen
from generator.model.school import level_of, year_of
from generator.source.compose import Fields, Value, yaml_of
from tests.school import people
from tests.school.entries import Made, Story
from tests.school.signing import sign

Maker = Callable[[Mapping[str, str]], tuple[str, str]]
"""SHA-256 of every scan by path -> path and text of a confirmations.yml."""
_BASIS = {
    "winner-diploma": "оригинал диплома",
    "prize-diploma": "оригинал диплома",
    "diploma": "оригинал диплома",
    "honour": "оригинал грамоты",
    "merit-sheet": "оригинал похвального листа",
    "certificate": "оригинал сертификата",
    "attestation": "оригинал свидетельства",
    "identity": "оригинал удостоверения",
    "education": "оригинал аттестата",
    "reference": "оригинал справки",
    "volunteer-book": "книжка волонтёра",
    "thanks": "оригинал письма",
    "protocol": "протокол",
}


def confirmer(story: Story, made: list[Made], today: dt.date) -> Maker | None:
    """What makes the student's confirmations.yml; None when nothing was decided."""
    decided = [entry for entry in made if _decision(entry)]
    beside = _recognitions(made) | _arranged(story, made)
    if not decided and not beside:
        return None

    def make(digests: Mapping[str, str]) -> tuple[str, str]:
        rows = [row for entry in decided for row in _rows(story, entry, digests, today)]
        rows = sorted((sign(story["id"], row) for row in rows), key=lambda row: str(row["on"]))
        path = f"records/{story['id']}/confirmations.yml"
        fields: Fields = {"confirmations": list[Value](rows)}
        if "package" in story:
            fields["packages"] = [_package(story, made, digests)]
        return path, yaml_of({key: value for key, value in (fields | beside).items() if value})

    return make


def _recognitions(made: list[Made]) -> Fields:
    """How the crediting of results from elsewhere stands."""
    asked = [entry for entry in made if "recognition" in entry.story]
    rows: list[Value] = [{"entry": entry.id} | entry.story["recognition"] for entry in asked]
    return {"recognitions": rows} if rows else {}


def _arranged(story: Story, made: list[Made]) -> Fields:
    """With whom the student found the order of the first works."""
    if "arranged" not in story:
        return {}
    ids = {entry.story.get("ref"): entry.id for entry in made}
    order = list[Value](ids[ref] for ref in story["highlights"].split())
    told = story["arranged"]
    return {"arranged": {"by": told["with"], "on": told["day"], "highlights": order}}


def _decision(entry: Made) -> str:
    """What the teacher decided: as the story says, else papers are confirmed, the rest waits."""
    if entry.fields.get("draft"):
        return ""
    default = "confirmed" if any(one.document in _BASIS for one in entry.wanted) else ""
    state = str(entry.story.get("state", default))
    return "" if state == "none" else state


def _rows(story: Story, entry: Made, digests: Mapping[str, str], today: dt.date) -> list[Fields]:
    first = _first(story, entry, digests, today)
    after = entry.story.get("then", ())
    return [first, *(_row(first | one, str(first["digest"])) for one in after)]


def _first(story: Story, entry: Made, digests: Mapping[str, str], today: dt.date) -> Fields:
    folder = f"students/{story['id']}/entries/{entry.folder}"
    files = {one.file: digests[f"{folder}/{one.file}"] for one in entry.wanted}
    state = _decision(entry)
    # an entry that was changed later: the digest is that of what stood there before
    record = ENTRY.validate_python(entry.fields | entry.story.get("was", {}))
    assert record.day
    on = min(entry.story.get("on") or _day(story, entry, record.day), today - dt.timedelta(days=1))
    papers = [one.document for one in entry.wanted if one.document in _BASIS]
    seen = _BASIS[papers[0]] if papers else "видела работу в классе"
    teacher = people.teacher_of(story["class"], int(year_of(min(on, today))[:4]))
    return _row(
        {
            "entry": entry.id,
            "state": "confirmed" if state == "changed" else state,
            "by": entry.story.get("by") or teacher,
            "on": on,
            "basis": entry.story.get("basis") or seen,
            "copy_true": entry.story.get("copy_true", False),
            "countersigned": _countersigned(story, entry),
            "note": entry.story.get("note", ""),
        },
        digest_entry(record, files),
    )


def _package(story: Story, made: list[Made], digests: Mapping[str, str]) -> Fields:
    """What was put forward to the commission, as it stands."""
    chosen, refs = story["package"], {entry.story.get("ref"): entry for entry in made}
    frozen: list[Value] = []
    for entry in (refs[ref] for ref in chosen["entries"].split()):
        folder = f"students/{story['id']}/entries/{entry.folder}"
        files = {one.file: digests[f"{folder}/{one.file}"] for one in entry.wanted}
        record = ENTRY.validate_python(entry.fields)
        frozen.append({"entry": entry.id, "digest": digest_frozen(record, files)})
    return {
        "year": people.year(people.THIS_YEAR),
        "by": people.teacher_of(story["class"], people.THIS_YEAR),
        "on": chosen["day"],
        "decided": {"by": story["carried_by"]["by"], "on": story["carried_by"]["day"]},
        "entries": frozen,
    }


def _row(fields: Fields, digest: str) -> Fields:
    """A decision in the order of its model, without what is empty."""
    order = ("entry", "state", "by", "on", "basis")
    row: Fields = {key: fields[key] for key in order} | {"digest": digest}
    more = ("copy_true", "countersigned", "note")
    return row | {key: _bare(fields[key]) for key in more if fields.get(key)}


def _bare(value: Value) -> Value:
    return value.strip() if isinstance(value, str) else value


def _countersigned(story: Story, entry: Made) -> Fields:
    if "countersigned" not in entry.story:
        return {}
    return {
        "by": people.DEPUTIES[level_of(int(story["class"][:-1]))],
        "on": entry.story["countersigned"],
    }


def _day(story: Story, entry: Made, day: dt.date) -> dt.date:
    rng = random.Random(entry.id)
    # the school works with portfolios since the order of 30 August 2024
    on = max(day + dt.timedelta(days=rng.randint(3, 16)), dt.date(2024, 9, rng.randint(5, 27)))
    if joined := story.get("joined"):
        on = max(on, joined + dt.timedelta(days=rng.randint(6, 20)))
    return on
