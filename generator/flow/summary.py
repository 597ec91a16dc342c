"""A class or a student over some days -> a page and a table for staff. What happened?"""

import datetime as dt
from pathlib import Path

from generator.decide import decide
from generator.diagnostic import Text, quote
from generator.flow.job import Job, read_school
from generator.flow.pinned import lay_or_stop
from generator.flow.private import private_room, published_by, write_private
from generator.model.school import LEVELS
from generator.pages.summary import compose_summary, compose_table
from generator.reports import summarise
from generator.seal.master import refuse_public
from generator.trouble import Trouble


def make_summary(job: Job, whom: str, since: dt.date, until: dt.date) -> tuple[Path, ...]:
    """A page and a table about a class or a student over a time, in the private folder (R-084)."""
    lay_or_stop(job.portfolios, job.private)
    school, today = read_school(job)
    room, language = private_room(job, school.settings), school.settings.language
    refuse_public(room / "reports", published_by(job))
    summary = summarise((decide(school, level, today) for level in LEVELS), whom, since, until)
    if summary is None:
        raise Trouble(
            Text(f"нет ни класса, ни ученика {quote(whom)}", f"no class or student {quote(whom)}"),
            Text("укажите id класса или ученика, как в school/classes, например 4a",
                 "name the id of a class or student as in school/classes, e.g. 4a"),
        )  # fmt: skip
    theme, name = job.home / "theme", f"{whom}-{since}-{until}"
    page = compose_summary(summary, school.settings.name, language, theme)
    return (
        write_private(room / "reports" / f"{name}.html", page),
        write_private(room / "reports" / f"{name}.csv", compose_table(summary, language, theme)),
    )
