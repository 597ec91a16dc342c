"""Lists of classes -> a school's files. Who joins, who moves up, and is it as people want it?"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.curate.joining import Answers, Doubt, Joiner, Roster, list_of, plan_roster
from generator.curate.listed import COLUMNS, read_joiners
from generator.curate.names import Room
from generator.curate.rollover import Rollover, Wishes, plan_rollover, put_rollover
from generator.curate.roster import put_roster
from generator.curate.sheets import Sheets
from generator.curate.table import Table, read_table
from generator.diagnostic import Text, quote
from generator.flow.job import Job
from generator.flow.pinned import lay_or_stop
from generator.load import load
from generator.model.school import School, SchoolClass, year_of
from generator.trouble import Trouble


@dataclass(frozen=True)
class Desk:
    """A school that is read, the day, and its files as they would be."""

    school: School
    today: dt.date
    sheets: Sheets

    @property
    def year(self) -> str:
        """The school year of today."""
        return year_of(self.today)

    @property
    def rooms(self) -> dict[str, SchoolClass]:
        """Student's id -> the class of this year."""
        listed = list_of(self.school, self.year)
        rooms = listed.classes if listed else ()
        return {student: room for room in rooms for student in room.students}


@dataclass(frozen=True)
class NewYear:
    """A year that begins: classes that move up, and newcomers with whom to ask what."""

    moving: Rollover
    joining: Roster

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What only a person can know."""
        return (*self.moving.doubts, *self.joining.doubts)


def open_desk(job: Job) -> Desk:
    """The school as people wrote it; Trouble when a part of it cannot be read: what stands in it
    could be written a second time."""
    lay_or_stop(job.portfolios, job.private)
    loaded = load(job.portfolios, job.home / "schema")
    school = loaded.school
    if school is None or school.unread:
        named = ", ".join(quote(file) for file in sorted(school.unread if school else ())[:3])
        raise Trouble(
            Text(f"портфолио прочитаны не все: {named or 'school/school.yml'}",
                 f"not everything can be read: {named or 'school/school.yml'}"),
            Text("сначала исправьте, что назовёт `stupeni check`",
                 "first mend what `stupeni check` tells"),
        )  # fmt: skip
    return Desk(school, job.today(school.settings), Sheets(job.portfolios))


def read_list(file: Path) -> Table:
    """The table of a class list."""
    return read_table(file, COLUMNS)


def plan_import(desk: Desk, table: Table, year: str, room: Room | None, answers: Answers) -> Roster:
    """What a class list would change."""
    joiners, remarks = read_joiners(table, room)
    roster = plan_roster(desk.school, year, joiners, answers)
    return replace(roster, remarks=(*remarks, *roster.remarks))


def plan_students(desk: Desk, joiners: Sequence[Joiner], year: str, answers: Answers) -> Roster:
    """What it would change to take these in."""
    return plan_roster(desk.school, year, joiners, answers)


def write_roster(desk: Desk, roster: Roster) -> tuple[str, ...]:
    """Everything written, or nothing; the files."""
    put_roster(desk.sheets, desk.school, roster)
    return _written(desk)


def plan_year(desk: Desk, wishes: Wishes, newcomers: Table | None) -> NewYear:
    """What the next school year would change."""
    moving = plan_rollover(desk.school, wishes, desk.today)
    joining = Roster(moving.year)
    if newcomers:
        coming = replace(desk, school=_with_year(desk.school, moving))
        joining = plan_import(coming, newcomers, moving.year, None, wishes.answers)
    return NewYear(moving, joining)


def write_year(desk: Desk, plan: NewYear) -> tuple[str, ...]:
    """The whole step written, or nothing; the files."""
    put_rollover(desk.sheets, plan.moving)
    school = _with_year(desk.school, plan.moving)
    put_roster(desk.sheets, school, plan.joining)
    return _written(desk)


def _with_year(school: School, moving: Rollover) -> School:
    return school.model_copy(update={"years": (*school.years, moving.listed)})


def _written(desk: Desk) -> tuple[str, ...]:
    files = tuple(desk.sheets.changed)
    desk.sheets.write()
    return files
