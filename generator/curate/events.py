"""An event, and what is in the school's register -> the register with it. Is it there already?"""

import datetime as dt
from dataclasses import dataclass

from generator.curate.names import fold
from generator.curate.sheets import Sheets
from generator.model.school import Event, School
from generator.say.latin import to_latin
from generator.source import Fields, append

FILE = "school/events.yml"


@dataclass(frozen=True)
class Announced:
    """What was said of an event."""

    title: str
    date: dt.date
    stage: str
    form: str
    organiser: str = ""
    by: str = ""
    """Who announced it: an id of people.yml."""
    id: str = ""


def known_event(school: School, said: Announced) -> Event | None:
    """The same event, when the register has it."""
    for event in school.events.events:
        if fold(event.title) == fold(said.title) and event.date == said.date:
            return event
    return None


def put_event(sheets: Sheets, school: School, said: Announced) -> str:
    """The event as the last one of the register; its id."""
    taken = {event.id for event in school.events.events}
    stem = f"{to_latin(said.title, 30) or 'sobytie'}-{said.date.year}"
    names = (said.id or stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    id = next(one for one in names if one not in taken)
    fields: Fields = {
        "id": id,
        "title": said.title,
        "date": f"{said.date}",
        "stage": said.stage,
        "form": said.form,
        **({"organiser": said.organiser} if said.organiser else {}),
        **({"announced_by": said.by} if said.by else {}),
    }
    raw = append(sheets.read(FILE), ("events",), fields)
    sheets.put(FILE, raw, f"- {{id: {id}, title: {said.title}, date: {said.date}}}")
    return id
