"""Events and protocols -> the register and drafts. What did our students do there?"""

from collections.abc import Mapping
from pathlib import Path

from generator.curate.events import Announced, put_event
from generator.curate.joining import Answers
from generator.curate.questions import Question, kind_of, questions_of
from generator.curate.results import COLUMNS, Results, Shared, plan_results
from generator.curate.table import Table, read_table
from generator.diagnostic import Text, quote
from generator.flow.roster import Desk
from generator.model.label import Labels
from generator.model.school import Event
from generator.say import near_or
from generator.trouble import Trouble


def write_event(desk: Desk, said: Announced) -> str:
    """An event in the register; its id."""
    id = put_event(desk.sheets, desk.school, said)
    desk.sheets.write()
    return id


def event_named(desk: Desk, id: str) -> Event:
    """The event with this id; Trouble when there is none."""
    known = {event.id: event for event in desk.school.events.events}
    if (event := known.get(id)) is None:
        raise Trouble(
            Text(f"события {quote(id)} нет в events.yml", f"no event {quote(id)} in events.yml"),
            near_or(id, known, Text("внесите его: `stupeni event add`",
                                    "enter it: `stupeni event add`")),
        )  # fmt: skip
    return event


def read_protocol(file: Path) -> Table:
    """The table of a protocol; it stays where it is, nothing of it is copied."""
    return read_table(file, COLUMNS)


def questions_for_all(desk: Desk, labels: Labels, event: Event) -> list[Question]:
    """What is to be asked once about all entries of an event; `result` is told by the rows."""
    return questions_of(kind_of(event), desk.school, labels, event)


def plan_protocol(
    desk: Desk, table: Table, asked: tuple[Event, list[Question]], said: Mapping[str, str],
    answers: Answers,
) -> Results:  # fmt: skip
    """A draft for each of our students, and what has to be asked."""
    event, questions = asked
    result = next((one for one in questions if one.key == "result"), None)
    return plan_results(desk.school, table, Shared(event, kind_of(event), said, result), answers)
