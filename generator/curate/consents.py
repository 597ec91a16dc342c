"""A signed paper -> the consents in it, as consent.yml has them. What was allowed, and to whom?

Nothing is granted that the paper does not say: a circle that was not ticked is not there.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

from generator.curate.names import fold, name_in
from generator.curate.sheets import Sheets
from generator.model.policy import LADDER, Category, Consent, GivenBy, Visibility
from generator.model.school import School, year_of
from generator.model.student import Student
from generator.source import Document, Fields, Value, append, parse, rewrite

T = TypeVar("T")
CATEGORIES: tuple[Category, ...] = get_args(Category)
_ONLY_CLASS = frozenset({"surname", "papers"})
"""What nobody beyond the class is shown, whatever a paper says."""
_IDS: Mapping[Visibility, str] = {
    "family": "semya", "class": "klass", "school": "shkola", "public": "vsem",
}  # fmt: skip
# A circle is one of these words and no other: «всей ступени» must never begin like «всем».
_CALLED: Mapping[Visibility, tuple[str, ...]] = {
    "family": ("семья", "семье", "только семья", "только семье", "никому", "family"),
    "class": ("класс", "классу", "классу и семьям класса", "class"),
    "school": ("школа", "школе", "всей школе", "внутри школы", "ступень", "ступени",
               "вся ступень", "всей ступени", "school", "level"),
    "public": ("все", "всем", "распространение", "public"),
}  # fmt: skip
# By these letters a word begins, whatever its ending.
_COVERED: Mapping[str, Category] = {
    "фам": "surname", "surn": "surname", "фот": "photos", "сним": "photos", "phot": "photos",
    "бума": "papers", "дипл": "papers", "грам": "papers", "коп": "papers", "pape": "papers",
    "рабо": "works", "рису": "works", "work": "works", "слов": "words", "word": "words",
    "отзы": "reviews", "revi": "reviews",
}  # fmt: skip
_RELATIONS = {
    "мат": "mother", "мам": "mother", "moth": "mother", "оте": "father", "отц": "father",
    "пап": "father", "fath": "father", "опек": "guardian", "попеч": "guardian",
    "guar": "guardian",
}  # fmt: skip
_ALL, _NONE = ("все", "all"), ("нет", "ничего", "-", "–", "—", "none")


@dataclass(frozen=True)
class Paper:
    """What stands on a signed paper."""

    allows: Mapping[Visibility, tuple[Category, ...]]
    """Every circle that was ticked, and what it may see."""
    given_by: GivenBy
    signed: dt.date
    until: dt.date
    document: str
    """Where the paper lies."""
    student_signed: dt.date | None = None


def consents_in(paper: Paper, taken: Collection[str]) -> tuple[Consent, ...]:
    """A consent for every circle, with an id that is not taken."""
    return tuple(_consent(paper, circle, taken) for circle in LADDER if circle in paper.allows)


def _consent(paper: Paper, circle: Visibility, taken: Collection[str]) -> Consent:
    id = f"{_IDS[circle]}-{paper.signed.year}"
    numbered = (f"{id}-{number}" for number in range(2, len(taken) + 3))
    return Consent(
        id=next(one for one in (id, *numbered) if one not in taken),
        purpose="distribution" if circle == "public" else "processing",
        audience=circle,
        covers=paper.allows[circle],
        given_by=paper.given_by,
        signed=paper.signed,
        until=paper.until,
        student_signed=paper.student_signed,
        document=paper.document,
    )


def choices_of(circle: Visibility) -> tuple[Category, ...]:
    """What a paper may name for a circle; to the family everything is shown anyway."""
    if circle == "family":
        return ()
    return tuple(one for one in CATEGORIES if circle == "class" or one not in _ONLY_CLASS)


def circle_in(text: str) -> Visibility | None:
    """A circle as people call it: «классу», «всей ступени», «всем»."""
    return next((circle for circle, names in _CALLED.items() if fold(text) in names), None)


def covers_in(text: str, circle: Visibility) -> tuple[Category, ...] | None:
    """What may be shown to a circle, as people list it; None when a word of it means nothing, or
    nobody of that circle is ever shown it."""
    if fold(text) in _NONE:
        return ()
    if fold(text) in _ALL:
        return choices_of(circle)
    listed = ",".join(text.split()) if re.fullmatch(r"[\d\s,;]+", text) else text
    words = [word for part in listed.replace(";", ",").split(",") for word in part.split(" и ")]
    found = {_covered(word, circle) for word in words if word.strip()}
    if None in found or not found:
        return None
    return tuple(one for one in CATEGORIES if one in found)


def _covered(word: str, circle: Visibility) -> Category | None:
    found, fitting = _begun(word, _COVERED), choices_of(circle)
    if word.strip().isdecimal() and 0 < int(word) <= len(fitting):
        return fitting[int(word) - 1]
    return found if found in fitting else None


def relation_in(text: str) -> str | None:
    """Who somebody is to a child: mother, father or guardian."""
    return _begun(text, _RELATIONS)


def signer_in(text: str, relation: str, student: Student) -> GivenBy | None:
    """Who signed: one of the student's representatives, or somebody with a full name and a word
    who that is; None when that cannot be told."""
    for one in student.record.representatives:
        if fold(one.name) == fold(text):
            return one
    name, who = name_in(text), relation_in(relation)
    if name is None or who is None:
        return None
    return GivenBy.model_validate({"name": name.whole, "relation": who})


def _begun(text: str, known: Mapping[str, T]) -> T | None:
    low = fold(text)
    return next((value for start, value in known.items() if low.startswith(start)), None)


def year_end(day: dt.date) -> dt.date:
    """The last day of the school year of a day."""
    return dt.date(int(year_of(day)[:4]) + 1, 8, 31)


def same(one: Consent, other: Consent) -> bool:
    """Whether two consents are of one paper and for one circle."""
    names = fold(one.given_by.name), fold(other.given_by.name)
    return one.audience == other.audience and one.signed == other.signed and names[0] == names[1]


def with_consents(school: School, given: Iterable[tuple[str, Consent]]) -> School:
    """The school as it would be; a consent whose id is there already takes its place."""
    new: dict[str, dict[str, Consent]] = {}
    for student, consent in given:
        new.setdefault(student, {})[consent.id] = consent
    return school.model_copy(
        update={"students": tuple(_with(one, new.get(one.id, {})) for one in school.students)}
    )


def _with(student: Student, new: Mapping[str, Consent]) -> Student:
    if not new:
        return student
    held = {one.id: one for one in student.consents.consents} | {**new}
    consents = student.consents.model_copy(update={"consents": tuple(held.values())})
    return student.model_copy(update={"consents": consents})


def put_consents(sheets: Sheets, given: Iterable[tuple[str, Consent]]) -> None:
    """These consents as the last ones of their files; nothing else in them is touched."""
    for student, consent in given:
        file, fields = file_of(student), _fields(consent)
        told = ", ".join(f"{key}: {value}" for key, value in fields.items())
        sheets.put(file, append(sheets.read(file), ("consents",), fields), f"- {{{told}}}")


def put_withdrawal(sheets: Sheets, student: Student, ids: Collection[str], day: dt.date) -> None:
    """The day of a withdrawal, written into these consents; no line is taken out."""
    file, raw = file_of(student.id), sheets.read(file_of(student.id))
    places = [at for at, one in enumerate(student.consents.consents) if one.id in ids]
    made = rewrite(raw, {}, {("consents", at, "withdrawn"): f"{day}" for at in places})
    document = parse(file, made)
    listed: Any = document.value["consents"] if isinstance(document, Document) else []
    written = bool(listed) and all(listed[at].get("withdrawn") == f"{day}" for at in places)
    sheets.put(file, made if written else None, f"withdrawn: {day}")


def file_of(student: str) -> str:
    """Where a student's consents stand."""
    return f"records/{student}/consent.yml"


def _fields(consent: Consent) -> Fields:
    return dict(_pairs(consent))


def _pairs(consent: Consent) -> Iterator[tuple[str, Value]]:
    by: Fields = {"name": consent.given_by.name, "relation": consent.given_by.relation}
    yield "id", consent.id
    yield "purpose", consent.purpose
    yield "audience", consent.audience
    if consent.covers:
        yield "covers", [*consent.covers]
    yield "given_by", by
    yield "signed", consent.signed
    yield "until", consent.until
    if consent.student_signed:
        yield "student_signed", consent.student_signed
    yield "document", consent.document
