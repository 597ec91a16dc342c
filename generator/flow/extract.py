"""The register -> what happened to the words of one child, for its family. May it be given out?"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.diagnostic import Lang, Text, quote
from generator.flow.job import Job, read_school
from generator.flow.private import private_room, published_by, write_private
from generator.flow.register import (
    begin,
    ground_of,
    note,
    regulation_of,
    require_person,
)
from generator.model.event import Event
from generator.model.report import Extract
from generator.model.school import School
from generator.model.spoken import say_day, say_paper
from generator.model.student import Student
from generator.pages.extract import compose_extract
from generator.publish import read, verify
from generator.reports import follow
from generator.seal.master import refuse_public
from generator.trouble import Trouble

_ORDER = Text("приказ", "order")


def make_extract(job: Job, whom: str) -> Path:
    """A page for one child's family, in the private folder; that it was made is registered too
    (R-132, R-137)."""
    school, today = read_school(job)
    _, order = require_person(job, school, today)
    student = next((one for one in school.students if one.id == whom), None)
    if student is None:
        raise Trouble(
            Text(f"нет ученика {quote(whom)}", f"there is no student {quote(whom)}"),
            Text("укажите имя папки ученика из portfolios/records",
                 "name the student's folder in portfolios/records"),
        )  # fmt: skip
    folder = private_room(job, school.settings) / "reports"
    refuse_public(folder, published_by(job))
    language, register = school.settings.language, job.register
    events, found = read(register), verify(register)
    names = dict(_replaced(events, language)) | dict(_names(school, student, language))
    name, zone = student.record.name, ZoneInfo(school.settings.time_zone)
    extract = Extract(
        name=f"{name.given} {name.surname}",
        day=today,
        happenings=follow(events, whom, names, zone),
        lines=found.records,
        last=found.last,
        broken=found.broken,
    )
    page = compose_extract(extract, school.settings.name, language, job.home / "theme")
    file = write_private(folder / f"{whom}-register-{today}.html", page)
    home = (f"family:{whom}",)
    given = replace(begin(job, "export"), about=(whom,), audiences=home, basis=order)
    note(job, school, replace(given, details={"kind": "extract"}))
    return file


def _names(school: School, student: Student, language: Lang) -> Iterator[tuple[str, str]]:
    """Words for ids that may stand in this child's part of the register."""
    for person in school.staff.people:
        yield person.id, person.name
        for order in person.orders:
            said = say_paper(_ORDER, order.number, order.date).get(language)
            yield ground_of(person, order), said
    order = school.settings.regulation.order
    yield regulation_of(school), say_paper(_ORDER, order.number, order.date).get(language)
    for consent in student.consents.consents:
        day = say_day(consent.signed)
        words = Text(f"согласие от {day.ru}: {consent.document}",
                     f"consent of {day.en}: {consent.document}")  # fmt: skip
        yield f"consent:{student.id}/{consent.id}", words.get(language)
    yield f"family:{student.id}", Text("семья", "the family").get(language)
    for house in student.record.households:
        yield f"family:{student.id}/{house.id}", house.title
        if house.home:
            yield f"family:{house.home}", house.title


def _replaced(events: Iterable[Event], language: Lang) -> Iterator[tuple[str, str]]:
    """Words for orders that no file names any more: the day is all that the register keeps."""
    for ground in {part.rpartition("@")[2] for event in events for part in event.basis.split()}:
        if ground.startswith(("regulation:", "order:")):
            day = say_day(dt.date.fromisoformat(ground.rpartition(":")[2]))
            yield ground, Text(f"приказ от {day.ru}", f"order of {day.en}").get(language)
