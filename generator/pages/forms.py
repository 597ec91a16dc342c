"""Papers to sign -> one printable page. What does a representative hold in their hands?"""

from pathlib import Path

from generator.model.forms import Forms
from generator.pages import read_templates


def compose_forms(forms: Forms, theme: Path) -> str:
    """A whole HTML file with its style inside, each paper a sheet of its own; for staff to print.

    In Russian whatever the language of the pages: it is a paper of Russian law.
    """
    return (
        read_templates(theme, "ru")
        .engine.get_template("forms.html")
        .render(forms=forms, style=(theme / "css" / "forms.css").read_text(encoding="utf-8"))
    )
