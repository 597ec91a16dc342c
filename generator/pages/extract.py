"""One child's part of the register -> a page for its family. What happened? (R-132)"""

import datetime as dt
from pathlib import Path

from generator.diagnostic import Lang
from generator.model.report import Extract
from generator.pages import read_templates


def compose_extract(extract: Extract, school: str, language: Lang, theme: Path) -> str:
    """A whole HTML file with its style inside, to be given to the family; never published."""
    templates = read_templates(theme, language)
    return templates.engine.get_template("extract.html").render(
        school=school,
        extract=extract,
        day_of=dt.date.fromisoformat,
        style=(theme / "css" / "summary.css").read_text(encoding="utf-8"),
    )
