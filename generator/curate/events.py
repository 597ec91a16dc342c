"""An event, and what is in the school's register -> the register with it. Is it there already?"""

import datetime as dt
from dataclasses import dataclass

from pydantic import ValidationError

from generator.curate.names import fold
from generator.curate.sheets import Sheets
from generator.diagnostic import Text, quote
from generator.model.school import Event, School
from generator.say.latin import to_latin
from generator.source import Fields, append, as_text
from generator.trouble import Trouble

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
    _refuse_unfit(fields)
    raw = append(sheets.read(FILE), ("events",), fields)
    sheets.put(FILE, raw, f"- {{id: {id}, title: {said.title}, date: {said.date}}}")
    return id


def _refuse_unfit(fields: Fields) -> None:
    """Raises `Trouble` for what `check` would refuse: nothing more could be entered after it."""
    try:
        Event.model_validate(as_text(fields))
    except ValidationError as error:
        key = f"{error.errors()[0]['loc'][0]}"
        said = quote(f"{fields[key]}")
        raise Trouble(
            Text(f"--{key}: не подходит {said}", f"--{key}: {said} does not fit"),
            Text("id — маленькие латинские буквы, цифры и дефис; остальное — одна строка до 300 "
                 "знаков",
                 "an id is small Latin letters, digits and hyphens; all else one line of 300 signs "
                 "at most"),
        ) from None  # fmt: skip
