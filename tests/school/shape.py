"""Stories -> texts and wanted scans. What lies in the sample school's folder?"""

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator.model.kinds import KINDS
from generator.model.portfolio import Portfolio
from generator.source.compose import Fields, in_order, yaml_of
from tests.school import people
from tests.school.decisions import Maker, confirmer
from tests.school.entries import Made, Story, Teller, Wanted, make_entry
from tests.school.family import portfolio
from tests.school.names import short_id
from tests.school.office import office_texts, since
from tests.school.scans.subjects import SUBJECTS
from tests.school.signing import SIGNED, SIGNER, keys_of_signer
from tests.school.together import read_collectives, read_events, school_texts, shape_collectives

STORIES = Path(__file__).with_name("stories")


@dataclass(frozen=True)
class Shaped:
    """A whole school before its confirmations: they need the digests of its scans."""

    texts: dict[str, str]
    wanted: dict[str, Wanted]
    """What to draw, by path."""
    confirmations: tuple[Maker, ...]

    def all_texts(self, digests: Mapping[str, str]) -> dict[str, str]:
        """Path -> text of every YAML file, given the SHA-256 of every scan by path."""
        return self.texts | dict(make(digests) for make in self.confirmations)


@dataclass(frozen=True)
class Notes:
    """Stories of students and collectives, and how they are to be told."""

    students: list[Story]
    collectives: list[Story]
    seed: int
    scans: bool = True
    """Whether entries have scans."""
    today: dt.date = people.TODAY


def shape_sample(seed: int, scans: bool = True) -> Shaped:
    """The hand-shaped sample school; without `scans` its entries have none."""
    stories = [
        yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        for path in sorted(STORIES.glob("*/*.yml"))
        if path.parent.name != "school"
    ]
    return shape_school(Notes(stories, read_collectives(), seed, scans))


def shape_school(notes: Notes) -> Shaped:
    """The school of these students."""
    events = read_events()
    by_id = {str(event["id"]): event for event in events}
    together, wanted = shape_collectives(notes.collectives, by_id, notes.scans)
    texts = school_texts(events) | _people_texts(notes.students) | together
    confirmations = []
    taken: set[str] = set()
    for story in notes.students:
        made, ids = _entries(story, notes, by_id, taken)
        texts |= office_texts(story, made, ids)
        texts[f"students/{story['id']}/portfolio.yml"] = yaml_of(
            in_order(Portfolio, portfolio(story, ids))
        )
        for entry in made:
            folder = f"students/{story['id']}/entries/{entry.folder}"
            texts[f"{folder}/entry.yml"] = yaml_of(
                in_order(KINDS[str(entry.fields["kind"])], entry.fields)
            )
            wanted |= {f"{folder}/{one.file}": one for one in entry.wanted}
        if maker := confirmer(story, made, notes.today):
            confirmations.append(maker)
    return Shaped(texts, wanted, tuple(confirmations))


def _people_texts(students: list[Story]) -> dict[str, str]:
    members: dict[str, list[tuple[str, int, int]]] = {}
    for story in students:
        last = people.first_of(story["left"]) if "left" in story else people.THIS_YEAR
        members.setdefault(story["class"], []).append((story["id"], since(story), last))
    members = dict(sorted(members.items(), key=lambda pair: (int(pair[0][:-1]), pair[0])))
    # Who signs, signs everything: in the school by hand only.
    signs = any(story["id"] == SIGNED for story in students)
    keys = {SIGNER: keys_of_signer()} if signs else {}
    texts = {
        "school/people.yml": yaml_of(
            people.staff(keys), "Кто работает с портфолио и каким приказом"
        ),
        "school/access.yml": yaml_of(
            people.access_of({story["id"] for story in students}),
            "Только номера и даты: самих кодов здесь нет и не должно быть",
        ),
    }
    return texts | {path: yaml_of(one) for path, one in people.class_lists(members).items()}


def _entries(
    story: Story, notes: Notes, events: Mapping[str, Fields], taken: set[str]
) -> tuple[list[Made], dict[str, str]]:
    """A student's entries, and their ids by the short names used inside the story."""
    rng = random.Random(f"{notes.seed}:{story['id']}")
    entries = story.get("entries") or []
    if not notes.scans:
        entries = [{key: one[key] for key in one if key != "scan"} for one in entries]
    named = [(one, short_id(rng, taken)) for one in entries]
    ids = {one["ref"]: name for one, name in named if "ref" in one}
    teller = _teller(story, notes, events, ids)
    return [make_entry(one, name, teller) for one, name in named], ids


def _teller(
    story: Story, notes: Notes, events: Mapping[str, Fields], ids: Mapping[str, str]
) -> Teller:
    firsts = range(people.FIRST_YEAR, people.THIS_YEAR + 1)
    now = int(story["class"][:-1])
    name = str(story["name"])
    names = [(dt.date.min, name)]
    if former := story.get("former"):
        rest = name.partition(" ")[2]
        names = [(dt.date.min, f"{former['surname']} {rest}"), (former["until"], name)]
    return Teller(
        seed=notes.seed,
        today=notes.today,
        events=events,
        grades={people.year(first): people.grade_in(story["class"], first) for first in firsts},
        decides="parent" if now <= 2 else "both" if now < 9 else "student",
        sex="f" if name.endswith("на") else "m",
        letter=people.LETTERS[story["class"][-1]],
        names=tuple(names),
        pictures=SUBJECTS,
        ids=ids,
    )
