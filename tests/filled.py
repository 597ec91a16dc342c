"""Models -> a school with a word of its own in every text. Where did each word come from?"""

import datetime as dt
import types
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, StringConstraints

from generator.load import load
from generator.model.collective import Collective, Collectives
from generator.model.entry import Amount, EntryBase
from generator.model.kinds import KINDS, digest_entry, digest_frozen
from generator.model.policy import Access, Consent, Consents
from generator.model.portfolio import Portfolio
from generator.model.record import Account, FileRecord, From, Line, Prose, Year
from generator.model.school import Event, Events, OfficialList, ScanFile, School
from generator.model.student import (
    Confirmation,
    Confirmations,
    Recognition,
    Results,
    Reviews,
    Student,
    StudentRecord,
)
from tests.world import SCHEMA, world

R = TypeVar("R", bound=FileRecord)
DIGEST = "d" * 64
_TEXTS = {get_args(Line)[1], get_args(Prose)[1]}
_WRITTEN = {get_args(Year)[1]: "2025-26", get_args(Amount)[1]: "41,5", get_args(Account)[1]: "57"}
"""What stands where the form of a text is bound."""


@dataclass
class Filler:
    """Fills models; remembers which word it put where, as `Model.key.key`."""

    visibility: str
    vocabularies: Any
    words: dict[str, str] = field(default_factory=dict)

    def fill(self, model: type[BaseModel], **given: Any) -> dict[str, Any]:
        """What stands in a file of this model, whole; `given` fields are taken as they are."""
        return self._record(model, model.__name__, given)

    def entry(self, model: type[EntryBase], **given: Any) -> dict[str, Any]:
        """An entry; words that every kind has are remembered as the entry's, once."""
        common = dict.fromkeys(EntryBase.model_fields, "Entry")
        return self._record(model, model.__name__, given, common)

    def _record(
        self,
        model: type[BaseModel],
        path: str,
        given: dict[str, Any],
        common: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        hints = get_type_hints(model, include_extras=True)
        filled = {}
        for name in model.model_fields:
            here = f"{(common or {}).get(name, path)}.{name}"
            filled[name] = given[name] if name in given else self._value(hints[name], here)
        return filled

    def _value(self, hint: Any, path: str) -> Any:
        if get_origin(hint) in (Union, types.UnionType):
            return self._value(next(a for a in get_args(hint) if a is not type(None)), path)
        if get_origin(hint) is tuple:
            return [self._value(get_args(hint)[0], path)]
        if get_origin(hint) is Literal:
            options = get_args(hint)
            return self.visibility if self.visibility in options else options[0]
        if isinstance(hint, type) and issubclass(hint, BaseModel):
            return self._record(hint, path, {})
        marks = getattr(hint, "__metadata__", ())
        plain = hint.__origin__ if marks else hint
        if plain is str:
            return self._text(marks, path)
        known = {bool: False, int: 5, dt.date: dt.date(2026, 10, 1)}
        return known[plain] if plain in known else self._value(plain, path)

    def _text(self, marks: tuple[Any, ...], path: str) -> str:
        lists = [mark.vocabulary for mark in marks if isinstance(mark, From)]
        if lists and lists[0] in self.vocabularies:
            return str(self.vocabularies[lists[0]].terms[0].code)
        rules = [mark for mark in marks if isinstance(mark, StringConstraints)]
        if rules and rules[0] in _TEXTS:
            word = f"Канарейка {len(self.words):03} летит"
            self.words[word] = path
            return word
        return next((_WRITTEN[rule] for rule in rules if rule in _WRITTEN), "x")


def read(model: type[R], file: str, content: dict[str, Any]) -> R:
    """The record as if it had been read from `file`."""
    record = model.model_validate(content)
    record._file = file
    return record


def filled_school(root: Path, visibility: str) -> tuple[School, dict[str, str]]:
    """A school whose one student has everything there is, and word -> where it stands."""
    base = load(world(root), SCHEMA).school
    assert base
    filler = Filler(visibility, base.vocabularies)
    student, scans = _student(filler, base)
    together, events = _collectives(filler), _events(filler)
    file = together.collectives[0].achievements[0].scans[0].file
    school = base.model_copy(
        update={
            "students": (student,),
            "scans": scans | _scan(f"school/collectives/g1/{file}"),
            "collectives": together,
            "events": events,
            "access": _access(filler),
        }
    )
    return school, filler.words


def _access(filler: Filler) -> Access:
    content = filler.fill(Access)
    content["commissions"][0] |= {"year": "2026-27", "until": "2027-05-28"}
    return read(Access, "school/access.yml", content)


def _student(filler: Filler, base: School) -> tuple[Student, dict[str, ScanFile]]:
    here, own = "records/belova-anna", "students/belova-anna"
    scans: dict[str, ScanFile] = {}
    entries: list[EntryBase] = []
    for kind, model in KINDS.items():
        folder = f"{own}/entries/{kind}-e1"
        content = filler.entry(model, id=f"e-{kind}", kind=kind, date=None, mentor="orlova")
        content |= {"event": "x", "works": ["e-study"], "entries": ["e-sport"]}
        content = {key: value for key, value in content.items() if key in model.model_fields}
        content["scans"][0]["document"] = "diploma"
        content["people"][0]["student"] = None
        scans |= _scan(f"{folder}/{content['scans'][0]['file']}")
        entries.append(read(model, f"{folder}/entry.yml", content))
    record = filler.fill(StudentRecord, born="2016-05-01", left=None)
    consents = (*base.students[0].consents.consents, Consent(**filler.fill(Consent)))
    student = Student(
        id="belova-anna",
        record=read(StudentRecord, f"{here}/student.yml", record),
        portfolio=_portfolio(filler, own),
        consents=read(Consents, f"{here}/consent.yml", {"consents": consents}),
        confirmations=_confirmations(filler, here, entries),
        reviews=read(Reviews, f"{here}/reviews.yml", _reviews(filler)),
        results=read(Results, f"{here}/results.yml", filler.fill(Results)),
    )
    return student.model_copy(update={"entries": tuple(entries)}), scans


def _scan(path: str) -> dict[str, ScanFile]:
    return {path: ScanFile(path=path, size=1, digest=DIGEST)}


def _portfolio(filler: Filler, own: str) -> Portfolio:
    content = filler.fill(Portfolio)
    content["choices"] = {"highlights": ["e-study"], "carried": [f"e-{kind}" for kind in KINDS]}
    content["requests"][0] |= {"to": "orlova", "entry": None}
    content["goals"][0]["evidence"] = ["e-study"]
    content["shared"][0]["achievement"] = "g1"
    return read(Portfolio, f"{own}/portfolio.yml", content)


def _reviews(filler: Filler) -> dict[str, Any]:
    content = filler.fill(Reviews)
    content["reviews"][0] |= {"entry": "e-study", "request": None, "replaces": None}
    return content


def _confirmations(filler: Filler, here: str, entries: list[EntryBase]) -> Confirmations:
    entry = entries[0]
    digest = digest_entry(entry, {entry.scans[0].file: DIGEST})
    content = filler.fill(Confirmation, entry=entry.id, by="orlova", digest=digest)
    content["countersigned"]["by"] = "orlova"
    frozen = [
        {"entry": one.id, "digest": digest_frozen(one, {one.scans[0].file: DIGEST})}
        for one in entries
    ]
    package = {"year": "2026-27", "by": "orlova", "on": "2026-11-16", "entries": frozen}
    credited = filler.fill(Recognition, entry="e-external", state="credited")
    together = {"by": "orlova", "on": "2026-10-01", "highlights": ["e-study"]}
    whole = {
        "confirmations": [content],
        "packages": [package],
        "recognitions": [credited],
        "arranged": together,
    }
    return read(Confirmations, f"{here}/confirmations.yml", whole)


def _collectives(filler: Filler) -> Collectives:
    content = filler.fill(Collective)
    content["achievements"][0] |= {"id": "g1", "entered_by": "orlova"}
    content["achievements"][0]["members"][0]["student"] = "belova-anna"
    content["achievements"][0]["people"][0]["student"] = None
    return read(Collectives, "school/collectives.yml", {"collectives": [content]})


def _events(filler: Filler) -> Events:
    event = filler.fill(Event, id="x", announced_by="orlova")
    listed = filler.fill(OfficialList, year="2026-27")
    listed["titles"].append(event["title"])
    return read(Events, "school/events.yml", {"events": [event], "lists": [listed]})
