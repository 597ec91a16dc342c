"""A role -> its memo, one sheet to hand out. What does this person do, and what never?"""

from pathlib import Path

from generator.flow.job import Job, settings_of
from generator.flow.private import private_room, published_by, write_private
from generator.model.site import Memo, MemoOf
from generator.pages.papers import compose_memo
from generator.seal.master import refuse_public


def make_memo(job: Job, role: MemoOf) -> Path:
    """One A4 sheet in the school's language, among the school's papers; nobody is named on it."""
    settings = settings_of(job)
    room = private_room(job, settings) / "memos"
    refuse_public(room, published_by(job))
    sites = settings.hosting
    stand = {"primary": sites.primary, "basic": sites.basic, "senior": sites.senior}
    addresses = tuple((level, address) for level, address in stand.items() if address)
    paper = Memo(school=settings.name, role=role, addresses=addresses)
    html = compose_memo(paper, settings.language, job.home / "theme")
    return write_private(room / f"{role}.html", html)
