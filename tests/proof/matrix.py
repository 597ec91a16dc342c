"""YAML files -> who should see what, by a table written out. Knows nothing of `decide`.

Rows are kinds of things, as domain.md names them; an audience stands in a row or it does not.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DUTY = "family teacher staff"
TABLE: Mapping[str, str] = {
    "entry family": DUTY,
    "entry class": f"{DUTY} class",
    "entry school": f"{DUTY} class level",
    "entry public": f"{DUTY} class level public",
    "entry public, not confirmed": f"{DUTY} class level",
    "entry draft": "family",
    "entry returned, disputed, revoked": DUTY,
    "entry of an earlier level": DUTY,
    "words family": DUTY,
    "words class": f"{DUTY} class",
    "words school": f"{DUTY} class level",
    "words public": f"{DUTY} class level public",
    "words public, of oneself": f"{DUTY} class level",
    "words private": "family",
    "request": "family teacher",
    "paper on a shelf": DUTY,
    "state register": DUTY,
}
"""Kind of thing -> the tiers that see it, where the consents allow the tier at all."""
LADDER = ("family", "class", "school", "public")
NEEDS = {"class": "class", "level": "school", "public": "public"}
"""Tier -> the rung that a consent must allow; all others need `family`, that is any consent."""
PUT_FORWARD = "commission"
"""The tier of no row: it sees an entry that is in a frozen package and was carried on, whatever
its row but a draft's or a returned one's, and nothing else."""
_UNFIT = ("draft", "returned,")
_LEVELS = {"primary": range(1, 5), "basic": range(5, 10), "senior": range(10, 12)}


@dataclass(frozen=True)
class Thing:
    """Something written of one student: its row, and how it is known on a page."""

    student: str
    row: str
    mark: str
    """The entry's id, or words that stand nowhere else."""
    is_entry: bool
    within: str = ""
    """The entry that has to be seen for it to be seen, if any."""
    put_forward: bool = False
    """Whether it lies in the package of this year."""


@dataclass(frozen=True)
class Pupil:
    """Where a student is, and which rungs of the ladder the papers allow on the day."""

    id: str
    level: str
    room: str
    teacher: str
    allowed: frozenset[str]


@dataclass(frozen=True)
class Ground:
    """Where everybody is: student -> class, and the name of a family -> its children."""

    rooms: Mapping[str, str]
    families: Mapping[str, frozenset[str]]


class _Yaml(yaml.SafeLoader):
    """YAML 1.2 as people write it here: `on` is a word and no truth."""


_Yaml.yaml_implicit_resolvers = {
    first: rules
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    if first not in "yYnNoO"
}


class Files:
    """The folder of portfolios, read with nothing but a YAML loader."""

    def __init__(self, root: Path, day: dt.date) -> None:
        self.root, self.day = root, day
        self.settings = self.read("school/school.yml")
        self.year = "2026-27"
        self.rooms = {
            file.stem: self.read(f"school/classes/{file.name}")["classes"]
            for file in root.glob("school/classes/*.yml")
        }

    def read(self, path: str) -> dict[str, Any]:
        """A file's tree; empty when there is none."""
        file = self.root / path
        if not file.is_file():
            return {}
        return yaml.load(file.read_text("utf-8"), _Yaml) or {}

    def pupils(self) -> Iterator[Pupil]:
        """Every student of this year's classes who has not left."""
        for room in self.rooms[self.year]:
            level = next(name for name, grades in _LEVELS.items() if room["grade"] in grades)
            for student in room["students"]:
                record = self.read(f"records/{student}/student.yml")
                if not record.get("left") or record["left"] > self.day:
                    allowed = frozenset(self._allowed(student, record["born"]))
                    yield Pupil(student, level, room["id"], room["teacher"], allowed)

    def _allowed(self, student: str, born: dt.date) -> Iterator[str]:
        rungs: set[str] = set()
        switches = self.settings.get("switches", {})
        for one in self.read(f"records/{student}/consent.yml").get("consents", ()):
            if not one["signed"] <= self.day <= one["until"]:
                continue
            if one.get("withdrawn") and one["withdrawn"] <= self.day:
                continue
            signed = one["signed"]
            years = signed.year - born.year - ((signed.month, signed.day) < (born.month, born.day))
            alone = years >= switches.get("student_signs_from", 14) and "student_signed" not in one
            if one["purpose"] == "processing":
                reach = 0 if alone else min(LADDER.index(one["audience"]), 2)
                rungs.update(LADDER[: reach + 1])
            elif one["audience"] == "public" and not alone and switches.get("open_information"):
                rungs.add("public")
        if "family" in rungs:
            yield from rungs

    def ground(self) -> Ground:
        """Where everybody is; a student of whom nothing is written has a class too."""
        rooms = {pupil.id: pupil.room for pupil in self.pupils()}
        families = {student: {student} for student in rooms}
        for student in rooms:
            for house in self.read(f"records/{student}/student.yml").get("households", ()):
                families.setdefault(house.get("home", student), set()).add(student)
        return Ground(rooms, {name: frozenset(own) for name, own in families.items()})

    # ---- things ----

    def things(self, pupil: Pupil) -> Iterator[Thing]:
        """Everything of one student that a page can be searched for."""
        portfolio = self.read(f"students/{pupil.id}/portfolio.yml")
        carried = portfolio.get("choices", {}).get("carried", ())
        last, packages = self._last(pupil.id), self._packed(pupil.id)
        rows = {}
        for file in sorted(self.root.glob(f"students/{pupil.id}/entries/*/entry.yml")):
            entry = self.read(file.relative_to(self.root).as_posix())
            row = rows[entry["id"]] = self._row(pupil, entry, carried, last)
            packed = entry["id"] in packages & {*carried} and row.split()[1] not in _UNFIT
            yield Thing(pupil.id, row, entry["id"], is_entry=True, put_forward=packed)
            if entry.get("original"):
                paper = "entry draft" if row == "entry draft" else "paper on a shelf"
                yield Thing(pupil.id, paper, entry["original"], is_entry=False)
        yield from self._words(pupil, portfolio)
        yield from self._reviews(pupil)
        listed = self.read(f"records/{pupil.id}/student.yml").get("state_register")
        if listed:
            yield Thing(pupil.id, "state register", listed["decision"], is_entry=False)

    def _row(
        self, pupil: Pupil, entry: dict[str, Any], carried: Any, last: Mapping[str, str]
    ) -> str:
        if entry.get("draft"):
            return "entry draft"
        if last.get(entry["id"], "confirmed") != "confirmed":
            return "entry returned, disputed, revoked"
        level = self._level_on(pupil, entry)
        if level not in ("", pupil.level) and entry["id"] not in carried:
            return "entry of an earlier level"
        public = entry.get("visibility") == "public"
        late = ", not confirmed" if public and entry["id"] not in last else ""
        return f"entry {entry.get('visibility', 'family')}{late}"

    def _last(self, student: str) -> Mapping[str, str]:
        """Entry -> how it was decided about last."""
        last: dict[str, str] = {}
        for one in self.read(f"records/{student}/confirmations.yml").get("confirmations", ()):
            last[one["entry"]] = one.get("state", "confirmed")
        return last

    def _packed(self, student: str) -> set[str]:
        packages = self.read(f"records/{student}/confirmations.yml").get("packages", ())
        now = [one for one in packages if one["year"] == self.year and one["on"] <= self.day]
        return {entry["entry"] for entry in now[-1]["entries"]} if now else set()

    def _level_on(self, pupil: Pupil, entry: dict[str, Any]) -> str:
        period = entry.get("period", {})
        day = entry.get("date") or period.get("end") or period.get("start")
        if not day:
            return ""
        start = day.year if day.month >= 9 else day.year - 1
        listed = self.rooms.get(f"{start}-{(start + 1) % 100:02}", ())
        grade = next((r["grade"] for r in listed if pupil.id in r["students"]), None)
        if grade is None:
            now = next(r["grade"] for r in self.rooms[self.year] if r["id"] == pupil.room)
            grade = now - (int(self.year[:4]) - start)
        return next((name for name, grades in _LEVELS.items() if grade in grades), "")

    def _words(self, pupil: Pupil, portfolio: dict[str, Any]) -> Iterator[Thing]:
        said: list[tuple[dict[str, Any], tuple[str, ...]]]
        said = [(portfolio.get("about", {}), ("text",))]
        said += [(one, ("statement",)) for one in portfolio.get("goals", ())]
        said += [(one, ("essay",)) for one in portfolio.get("reflections", ())]
        said += [(one, ("about", "words")) for one in portfolio.get("self_assessments", ())]
        for one, names in said:
            rung = one.get("visibility", "family")
            row = f"words {rung}" + ", of oneself" * (rung == "public")
            yield from (Thing(pupil.id, row, one[n], is_entry=False) for n in names if n in one)
        for one in portfolio.get("requests", ()):
            if "words" in one and "entry" not in one:
                yield Thing(pupil.id, "request", one["words"], is_entry=False)

    def _reviews(self, pupil: Pupil) -> Iterator[Thing]:
        reviews = self.read(f"records/{pupil.id}/reviews.yml").get("reviews", ())
        replaced = {one.get("replaces") for one in reviews}
        for one in reviews:
            if one["id"] not in replaced:
                row = "private" if one.get("private") else one.get("visibility", "family")
                about = one.get("entry", "")
                yield Thing(pupil.id, f"words {row}", one["text"], is_entry=False, within=about)


def tiers_of(audience: str, level: str, pupil: Pupil, ground: Ground) -> set[str]:
    """As what the holder of a card stands before one student; by the audience's name alone."""
    kind, _, rest = audience.partition(":")
    name = rest.partition("/")[0]
    if level != pupil.level:
        return set()
    if kind == "family":
        own = ground.families[name]
        mates = {"class"} if pupil.room in {ground.rooms[child] for child in own} else set()
        return {"level"} | mates | ({"family"} if pupil.id in own else set())
    if kind == "teacher":
        return {"level"} | ({"teacher", "class"} if name == pupil.teacher else set())
    if kind == "staff":
        return {"staff", "class", "level"}
    if kind == "class":
        return {"class"} if rest.endswith(f":{pupil.room}") else set()
    return {kind}


def is_granted(tiers: set[str], thing: Thing, pupil: Pupil) -> bool:
    """Whether one of these tiers stands in the thing's row, and the papers allow that tier."""
    if PUT_FORWARD in tiers:
        return thing.put_forward and "family" in pupil.allowed
    return any(
        NEEDS.get(tier, "family") in pupil.allowed and "family" in pupil.allowed
        for tier in tiers & set(TABLE[thing.row].split())
    )
