"""A generated school -> the same with what generated schools lack. What else do people write?

Words of others, a declined request, two homes, the state register, a profile, codes replaced and
suspended: `tests.school` writes them for its hand-shaped students only.
"""

import json
from itertools import islice
from pathlib import Path

import yaml

DAY = "2026-10-05"
ACCESS = """\
opened:
  - {{name: 'level:primary', until: 2027-06-30, reason: x}}
  - {{name: 'level:basic', until: 2027-06-30, reason: x}}
  - {{name: 'class:2026-27:{room}', until: 2027-06-30, reason: x}}
commissions:
  - {{level: primary, year: 2026-27, order: x, members: [stepanov], until: 2027-05-28}}
epochs:
  - {{name: 'child:{first}/family', epoch: 2, reason: x}}
  - {{name: 'family:{first}', epoch: 3, reason: x}}
suspended:
  - {{name: 'family:{last}', since: 2026-11-09, reason: x}}
"""
REVIEWS = f"""\
reviews:
  - {{id: slovo, kind: testimonial, author: x, relation: x, activity: x, on: {DAY}, text: x}}
declined:
  - {{request: prosba, by: stepanov, on: {DAY}, reason: x}}
"""
PORTFOLIO = f"""\
requests:
  - {{id: prosba, to: stepanov, what: opinion, on: {DAY}, words: x}}
"""
PROFILE = "profile: {title: x, subjects: [x]}\n"
RECORD = f"""\
households:
  - {{id: mama, title: x}}
  - {{id: papa, title: x}}
state_register: {{decision: x, on: {DAY}, credit: [x]}}
"""


DISTRIBUTION = """\
  - id: vsem
    purpose: distribution
    audience: public
    given_by: {name: x, relation: mother}
    signed: 2026-09-01
    until: 2027-08-31
    document: x
"""


def write_rest(root: Path) -> None:
    """Adds to every student what the generator leaves out, and to the school its access."""
    rooms = _rooms(root)
    first, *_, last = sorted(rooms)
    access = ACCESS.format(first=first, last=last, room=rooms[first])
    (root / "school" / "access.yml").write_text(access, "utf-8")
    for student, room in rooms.items():
        (root / "records" / student / "reviews.yml").write_text(REVIEWS, "utf-8")
        more = PORTFOLIO + PROFILE * (int(room[:-1]) > 4)
        _append(root / "students" / student / "portfolio.yml", more)
    for file in sorted(root.glob("students/*/entries/*/entry.yml")):
        _name_others(file)
    for student in islice(sorted(rooms)[1:-1], 0, None, 5):
        _append(root / "records" / student / "student.yml", RECORD)


def _name_others(file: Path) -> None:
    """Somebody else in an entry, and on its scan a corner that nobody sees."""
    entry = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
    if entry.get("scans"):
        entry["people"] = [{"name": "x", "how": "named", "consent": "x"}]
        corner = {"left": 1, "top": 1, "width": 5, "height": 5, "reason": "x"}
        entry["scans"][0]["mask"] = [corner]
        file.write_text(json.dumps(entry, ensure_ascii=False), "utf-8")


def _rooms(root: Path) -> dict[str, str]:
    listed = yaml.safe_load((root / "school" / "classes" / "2026-27.yml").read_text("utf-8"))
    return {str(who): str(one["id"]) for one in listed["classes"] for who in one["students"]}


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8").rstrip() + "\n" + text, "utf-8")


def write_open(root: Path) -> None:
    """Lets everybody see what the first student shows: a consent, the school's switch, entries."""
    student = min(_rooms(root))
    _append(root / "records" / student / "consent.yml", DISTRIBUTION)
    settings = root / "school" / "school.yml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("open_information: false", "open_information: true"), "utf-8")
    for file in root.glob(f"students/{student}/entries/*/entry.yml"):
        entry = yaml.load(file.read_text("utf-8"), yaml.BaseLoader) | {"visibility": "public"}
        file.write_text(json.dumps(entry, ensure_ascii=False), "utf-8")
