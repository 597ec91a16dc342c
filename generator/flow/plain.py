"""A page that is nobody's -> in the school's language. What does a browser see before the rest?"""

from generator.diagnostic import Lang
from generator.flow.job import Job
from generator.load import read_settings
from generator.model.school import LEVELS
from generator.pages import read_templates


def read_doors(job: Job, otherwise: Lang = "ru") -> str:
    """The way to the three levels."""
    return _read(job, "doors.html", otherwise)


def read_waiting(job: Job) -> str:
    """That there is nothing to show yet."""
    return _read(job, "waiting.html", "ru")


def _read(job: Job, name: str, otherwise: Lang) -> str:
    settings = read_settings(job.portfolios)
    templates = read_templates(job.home / "theme", settings.language if settings else otherwise)
    return templates.engine.get_template(name).render(levels=LEVELS)
