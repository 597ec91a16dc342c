"""Summary -> a page to print and a table. What does a teacher take to a meeting? (R-084)"""

import csv
from io import StringIO
from pathlib import Path

from generator.diagnostic import Lang
from generator.model.report import Summary
from generator.pages import read_templates

# A spreadsheet takes a cell that begins so for a formula and would run it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = ("student", "class", "from", "to", "kind", "title", "facts", "state")


def compose_summary(summary: Summary, school: str, language: Lang, theme: Path) -> str:
    """A whole HTML file with its style inside, for staff only; never published."""
    templates = read_templates(theme, language)
    return templates.engine.get_template("summary.html").render(
        texts=templates.texts,
        lang=language,
        school=school,
        summary=summary,
        style=(theme / "css" / "summary.css").read_text(encoding="utf-8"),
    )


def compose_table(summary: Summary, language: Lang, theme: Path) -> str:
    """CSV: a row for an entry, semicolons as Russian spreadsheets want them; it begins with the
    sign by which they know UTF-8."""
    texts = read_templates(theme, language).texts
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([texts[f"summary-{column}"] for column in _COLUMNS])
    for student in summary.students:
        for entry in student.entries:
            facts = "; ".join(
                f"{texts[f'fact-{fact.field}']}: {fact.words.get(language)}" for fact in entry.facts
            )
            row = (
                student.name, student.class_title, f"{entry.start or ''}", f"{entry.end or ''}",
                entry.kind_label.get(language), entry.title, facts,
                texts[f"state-short-{entry.state}"],
            )  # fmt: skip
            writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return "\ufeff" + text.getvalue()
